//! Pages of lists, and the lists that need no file of their own: devices and mails.

use serde::Serialize;
use tegata_domain::b64;
use tegata_domain::device::DeviceView;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{DeviceId, OutboxId};
use tegata_domain::json;
use tegata_domain::outbox::{OutboxRow, OutboxState, OutboxView};
use tegata_domain::panel::{ListMails, ListPanelDevices, Order, Page};
use tegata_domain::phonetic::folded;
use tegata_kv_schema::search::{Listed, Place};
use tegata_kv_schema::timeline::Span;
use tegata_kv_schema::{approvals, devices, outbox};

use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::mails::letter;
use crate::tenant::operator::{PAGE, take_away};

/// The refusal of a change that was based on an older version.
pub(super) fn changed(current: &impl Serialize) -> Refusal {
    let current = serde_json::to_string(current).and_then(|text| json::read(&text));
    current.map_or(Refusal::Storage, |current| Refusal::Changed { current })
}

/// Where a page begins: behind this place in the order, and this id. The first begins behind nothing.
pub(super) fn cursor(text: Option<&str>) -> Result<Place, Refusal> {
    let Some(text) = text.filter(|text| !text.is_empty()) else {
        return Ok(Default::default());
    };
    let read = |text: &str| json::read_bytes(&b64::decode(text)?);
    read(text).ok_or_else(|| FieldError::new("cursor", "must be a cursor from an earlier page").into())
}

/// A page of a list in the order of time; one row more tells whether there is another.
pub(super) fn span(order: Order, after: &Place) -> Span<'_> {
    Span {
        order,
        after: (&after.0, &after.1),
        most: PAGE.saturating_add(1),
    }
}

/// A page of `listed`, which was read one longer than a page to see whether there is another, or looked through as far as
/// it says.
pub(super) fn page<T, V>(
    listed: Listed<T>,
    id: impl Fn(&T) -> String,
    view: impl Fn(&T) -> Result<V, Refusal>,
) -> Result<Page<V>, Refusal> {
    let Listed { mut rows, more } = listed;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let longer = rows.len() > size;
    rows.truncate(size);
    let place = |(place, item): &(String, T)| (place.clone(), id(item));
    let last = rows.last().filter(|_| longer).map(place).or(more);
    Ok(Page {
        cursor: last.and_then(|last| serde_json::to_string(&last).ok()).map(b64::encode),
        items: rows.iter().map(|(_, item)| view(item)).collect::<Result<_, _>>()?,
    })
}

pub(super) fn devices(ctx: &Context<'_>, input: &ListPanelDevices) -> Result<Page<DeviceView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let span = span(input.order, &after);
    let rows = match &input.q {
        Some(q) => devices::find(ctx.sql, &folded(q), input.state, ctx.now, span.after, span.most),
        None => devices::in_order(ctx.sql, input.state, ctx.now, span),
    };
    page(
        rows.or_storage()?,
        |device| device.id.to_string(),
        |device| Ok(device.view(ctx.now)),
    )
}

pub(super) fn device(ctx: &Context<'_>, id: &DeviceId) -> Result<DeviceView, Refusal> {
    let device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    Ok(device.view(ctx.now))
}

pub(super) fn device_receipt(ctx: &Context<'_>, id: &DeviceId) -> Result<String, Refusal> {
    let device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    let approval = approvals::load(ctx.sql, &device.approval).or_storage()?;
    approval.and_then(|approval| approval.receipt).ok_or(Refusal::NotFound)
}

pub(super) fn revoke(ctx: &Context<'_>, visitor: &Visitor, id: &DeviceId) -> Result<DeviceView, Refusal> {
    let device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    take_away(ctx, device, visitor.actor(), "revoked")?;
    self::device(ctx, id)
}

pub(super) fn mails(ctx: &Context<'_>, visitor: &Visitor, input: &ListMails) -> Result<Page<OutboxView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let listed = outbox::undeliverable(ctx.sql, span(input.order, &after)).or_storage()?;
    let view = |row: &OutboxRow| {
        let to = letter(ctx, &visitor.tenant, &row.message)?.map(|(to, _)| to.address);
        Ok(OutboxView { to, ..row.view() })
    };
    page(listed, |row| row.id.to_string(), view)
}

pub(super) fn retry_mail(ctx: &Context<'_>, visitor: &Visitor, id: &OutboxId) -> Result<(), Refusal> {
    let mut row = outbox::load(ctx.sql, id)
        .or_storage()?
        .filter(|row| row.state == OutboxState::Undeliverable)
        .ok_or(Refusal::NotFound)?;
    row.retry(ctx.now);
    outbox::save(ctx.sql, &row).or_storage()?;
    visitor.audit(ctx, "outbox.retry", format!("outbox/{id}"), "done")
}

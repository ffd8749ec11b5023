//! Pages of lists, and the lists that need no file of their own: devices and mails.

use serde::Serialize;
use tegata_domain::b64;
use tegata_domain::device::DeviceView;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{DeviceId, OutboxId};
use tegata_domain::json;
use tegata_domain::outbox::{OutboxState, OutboxView};
use tegata_domain::panel::{ListMails, ListPanelDevices, Order, Page};
use tegata_domain::phonetic::folded;
use tegata_kv_schema::search::Place;
use tegata_kv_schema::timeline::Span;
use tegata_kv_schema::{approvals, devices, outbox};

use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::mails::letter;
use crate::tenant::operator::take_away;

/// Rows on a page.
pub(super) const PAGE: i64 = 50;

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

/// A page of `rows`, which were read one longer than a page to see whether there is another.
pub(super) fn page<T, V>(rows: Vec<T>, place: impl Fn(&T) -> Place, view: impl Fn(&T) -> V) -> Page<V> {
    page_of(rows, None, place, view)
}

/// The same, of a list that is looked through as far as `more` for one page.
pub(super) fn page_of<T, V>(
    mut rows: Vec<T>,
    more: Option<Place>,
    place: impl Fn(&T) -> Place,
    view: impl Fn(&T) -> V,
) -> Page<V> {
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let longer = rows.len() > size;
    rows.truncate(size);
    let last = rows.last().filter(|_| longer).map(place).or(more);
    Page {
        cursor: last.and_then(|last| serde_json::to_string(&last).ok()).map(b64::encode),
        items: rows.iter().map(view).collect(),
    }
}

pub(super) fn devices(ctx: &Context<'_>, input: &ListPanelDevices) -> Result<Page<DeviceView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let span = span(input.order, &after);
    let rows = match &input.q {
        Some(q) => devices::find(ctx.sql, &folded(q), input.state, ctx.now, span.after, span.most),
        None => devices::in_order(ctx.sql, input.state, ctx.now, span),
    };
    let listed = rows.or_storage()?;
    Ok(page_of(
        listed.rows,
        listed.more,
        |(place, device)| (place.clone(), device.id.to_string()),
        |(_, device)| device.view(ctx.now),
    ))
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
    let mut rows = Vec::new();
    for row in outbox::undeliverable(ctx.sql, span(input.order, &after)).or_storage()? {
        let to = letter(ctx, &visitor.tenant, &row.message)?.map(|(to, _)| to.address);
        rows.push(OutboxView { to, ..row.view() });
    }
    Ok(page(
        rows,
        |row| (row.created_at.0.to_string(), row.id.to_string()),
        Clone::clone,
    ))
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

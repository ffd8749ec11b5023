//! Devices.

use tegata_domain::device::DeviceView;
use tegata_domain::error::Refusal;
use tegata_domain::id::DeviceId;
use tegata_domain::panel::devices::List;
use tegata_domain::phonetic::folded;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{approvals, devices};

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::operator::take_away;

pub(super) fn list(ctx: &Context<'_>, input: &List) -> Result<Page<DeviceView>, Refusal> {
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

pub(super) fn show(ctx: &Context<'_>, id: &DeviceId) -> Result<DeviceView, Refusal> {
    let device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    Ok(device.view(ctx.now))
}

pub(super) fn receipt(ctx: &Context<'_>, id: &DeviceId) -> Result<String, Refusal> {
    let device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    let approval = approvals::load(ctx.sql, &device.approval).or_storage()?;
    approval.and_then(|approval| approval.receipt).ok_or(Refusal::NotFound)
}

pub(super) fn revoke(ctx: &Context<'_>, visitor: &Visitor, id: &DeviceId) -> Result<DeviceView, Refusal> {
    let device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    take_away(ctx, device, visitor.actor(), "revoked")?;
    show(ctx, id)
}

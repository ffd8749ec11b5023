//! The provider's index of serial numbers: a customer notes what has changed, and tells its provider in batches.

use tegata_domain::command::{NoteEquipment, ReportedSerial};
use tegata_domain::equipment::{Equipment, EquipmentState};
use tegata_domain::error::Refusal;
use tegata_domain::outbox::{Message, OutboxRow};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind};
use tegata_kv_schema::{equipment, outbox, serials, tenants};

use crate::context::{Context, OrStorage as _};
use crate::tenant::outbox::enqueue;

/// The most notes that one message is about.
const BATCH: i64 = 200;

/// Notes that the serial number of a piece of equipment, or whether it is in use, may have changed.
pub(in crate::tenant) fn changed(ctx: &Context<'_>, equipment: &Equipment) -> Result<(), Refusal> {
    let tenant = tenants::load(ctx.sql).or_storage()?;
    if tenant.is_none_or(|tenant| tenant.provider.is_none()) {
        return Ok(());
    }
    // While older notes wait, so does their message.
    if serials::add_news(ctx.sql, &equipment.id).or_storage()? {
        enqueue(ctx, Message::TellEquipment { to: None })?;
    }
    Ok(())
}

/// Decides which notes a message that is due is about.
pub(in crate::tenant) fn closed(ctx: &Context<'_>, mut row: OutboxRow) -> Result<OutboxRow, Refusal> {
    if let Message::TellEquipment { to } = &mut row.message
        && to.is_none()
    {
        *to = serials::next_news(ctx.sql, BATCH).or_storage()?;
        outbox::save(ctx.sql, &row).or_storage()?;
    }
    Ok(row)
}

/// The message about the notes up to number `to`.
pub(in crate::tenant) fn news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    to: Option<i64>,
) -> Result<Option<(Slug, NoteEquipment)>, Refusal> {
    let Some((provider, to)) = tenant.provider.clone().zip(to) else {
        return Ok(None);
    };
    let mut reported = Vec::new();
    for id in serials::news(ctx.sql, to).or_storage()? {
        let Some(equipment) = equipment::load(ctx.sql, &id).or_storage()? else {
            continue;
        };
        let in_use = equipment.state() == EquipmentState::Active;
        reported.push(ReportedSerial {
            version: equipment.version,
            serial_number: Some(equipment.description.serial_number).filter(|_| in_use),
            equipment: id,
        });
    }
    let note = NoteEquipment {
        tenant: tenant.slug.clone(),
        equipment: reported,
    };
    Ok(Some((provider, note)))
}

/// Forgets the notes up to number `to`, which the provider has taken, and goes on to the next.
pub(in crate::tenant) fn told(ctx: &Context<'_>, to: Option<i64>) -> Result<(), Refusal> {
    let Some(to) = to else {
        return Ok(());
    };
    serials::delete_news(ctx.sql, to).or_storage()?;
    if serials::any_news(ctx.sql).or_storage()? {
        enqueue(ctx, Message::TellEquipment { to: None })?;
    }
    Ok(())
}

/// Takes a customer's report into the index.
pub(in crate::tenant) fn note(ctx: &Context<'_>, tenant: &TenantRecord, note: &NoteEquipment) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    serials::note(ctx.sql, note).or_storage()
}

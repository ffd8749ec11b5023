//! Copies of attended sessions at the provider: the update that a customer sends, and what the provider makes of it.

use tegata_domain::attended::{AttendedView, DeskAttended};
use tegata_domain::desk::NoteAttended;
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::LaunchId;
use tegata_domain::outbox::Message;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind, TenantState};
use tegata_kv_schema::desk_attended;

use super::found;
use crate::context::{Context, OrStorage as _};
use crate::tenant::outbox::enqueue;

/// The update that tells the provider about an attended session, and the provider's slug.
pub(in crate::tenant) fn news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &LaunchId,
) -> Result<Option<(Slug, NoteAttended)>, Refusal> {
    let attended = found(ctx, id)?;
    let provider = attended.opened_by.provider.clone();
    let entry = Box::new(DeskAttended {
        tenant: tenant.slug.clone(),
        tenant_name: tenant.name.clone(),
        attended: AttendedView::of(attended, ctx.now),
    });
    Ok(Some((provider, NoteAttended { entry })))
}

/// Stores a customer's update about an attended session, unless the copy is newer. One that has opened while the provider
/// was being suspended is ended.
pub(in crate::tenant) fn note(ctx: &Context<'_>, tenant: &TenantRecord, note: &NoteAttended) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    let (customer, id) = (&note.entry.tenant, &note.entry.attended.id);
    let known = desk_attended::load(ctx.sql, customer, id).or_storage()?;
    if known.is_some_and(|known| known.attended.version >= note.entry.attended.version) {
        return Ok(());
    }
    desk_attended::save(ctx.sql, &note.entry).or_storage()?;
    ctx.news.note(&[Topic::DeskAttended]);
    if tenant.state == TenantState::Suspended && note.entry.attended.open_until().is_some() {
        let (tenant, launch) = (customer.clone(), id.clone());
        enqueue(ctx, Message::EndDeskSession { tenant, launch })?;
    }
    Ok(())
}

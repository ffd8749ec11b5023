//! The audit log as an administrator reads it (B4).

use tegata_domain::audit::AuditEntry;
use tegata_domain::audit::filter::AuditFilter;
use tegata_domain::command::ListAudit;
use tegata_domain::error::Refusal;
use tegata_domain::id::UserId;
use tegata_domain::panel::{ListPanelAudit, NamedEntry, Order, Page};
use tegata_kv_schema::users;

use crate::context::{Context, OrStorage as _};
use crate::tenant::audit as log;

/// What is asked for.
pub(super) fn filter(input: ListPanelAudit) -> AuditFilter {
    AuditFilter {
        actor: input.actor,
        object: input.object,
        action: input.action,
        from: input.from,
        to: input.to,
    }
}

/// An entry with today's name of its actor.
pub(super) fn named(ctx: &Context<'_>, entry: AuditEntry) -> Result<NamedEntry, Refusal> {
    // A token's actor is its user, and the token behind a slash.
    let id = entry
        .act
        .actor
        .id
        .as_deref()
        .and_then(|id| UserId::parse(id.split('/').next()?));
    let user = match id {
        Some(id) => users::load(ctx.sql, &id).or_storage()?,
        None => None,
    };
    Ok(NamedEntry {
        entry,
        actor_name: user.map(|user| user.display_name),
    })
}

pub(super) fn list(ctx: &Context<'_>, input: ListPanelAudit) -> Result<Page<NamedEntry>, Refusal> {
    let command = ListAudit {
        cursor: input.cursor.clone(),
        newest_first: input.order == Order::Newest,
        filter: filter(input),
    };
    let page = log::list(ctx, &command)?;
    Ok(Page {
        items: page
            .items
            .into_iter()
            .map(|entry| named(ctx, entry))
            .collect::<Result<_, _>>()?,
        cursor: page.cursor,
    })
}

//! The outbox: rows written with the change that they follow from. `deliveries.rs` is how they leave.

use tegata_domain::error::Refusal;
use tegata_domain::id::OutboxId;
use tegata_domain::outbox::{Message, OutboxRow};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::outbox;

use crate::context::{Context, OrStorage as _};

/// Writes a row, due at once.
pub(super) fn enqueue(ctx: &Context<'_>, message: Message) -> Result<(), Refusal> {
    enqueue_at(ctx, message, ctx.now)
}

/// Writes a row, due at `due`.
pub(super) fn enqueue_at(ctx: &Context<'_>, message: Message, due: UnixSeconds) -> Result<(), Refusal> {
    let mut row = OutboxRow::new(OutboxId::generate(ctx.random), message, ctx.now);
    row.next_at = due;
    outbox::save(ctx.sql, &row).or_storage()
}

/// Puts news of the customer in line, where it has a provider.
pub(super) fn tell_provider(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<(), Refusal> {
    match tenant.provider {
        Some(_) => enqueue(ctx, Message::TellCustomer),
        None => Ok(()),
    }
}

//! Enqueueing outbox entries together with the change that causes them. `deliveries.rs` delivers them.

use tegata_domain::error::Refusal;
use tegata_domain::id::OutboxId;
use tegata_domain::outbox::{Message, OutboxRow};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::outbox;

use crate::context::{Context, OrStorage as _};

/// Enqueues a message for immediate delivery.
pub(super) fn enqueue(ctx: &Context<'_>, message: Message) -> Result<(), Refusal> {
    enqueue_at(ctx, message, ctx.now)
}

/// Enqueues a message for delivery at `due`.
pub(super) fn enqueue_at(ctx: &Context<'_>, message: Message, due: UnixSeconds) -> Result<(), Refusal> {
    let mut row = OutboxRow::new(OutboxId::generate(ctx.random), message, ctx.now);
    row.next_at = due;
    outbox::save(ctx.sql, &row).or_storage()
}

/// Enqueues an update about the customer, if it has a provider.
pub(super) fn tell_provider(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<(), Refusal> {
    match tenant.provider {
        Some(_) => enqueue(ctx, Message::TellCustomer),
        None => Ok(()),
    }
}

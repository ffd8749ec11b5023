//! Mails that could not be delivered.

use tegata_domain::error::Refusal;
use tegata_domain::id::OutboxId;
use tegata_domain::outbox::{OutboxRow, OutboxState, OutboxView};
use tegata_domain::panel::mails::{List, Retry};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::outbox;

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::mails::letter;

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<OutboxView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let listed = outbox::undeliverable(ctx.sql, span(input.order, &after)).or_storage()?;
    let view = |row: &OutboxRow| {
        let to = letter(ctx, &visitor.tenant, &row.message, row.created_at)?.map(|(to, _)| to.address);
        Ok(OutboxView { to, ..row.view() })
    };
    page(listed, |row| row.id.to_string(), view)
}

pub(super) fn retry(ctx: &Context<'_>, visitor: &Visitor, id: &OutboxId) -> Result<(), Refusal> {
    let mut row = outbox::load(ctx.sql, id)
        .or_storage()?
        .filter(|row| row.state == OutboxState::Undeliverable)
        .ok_or(Refusal::NotFound)?;
    row.retry(ctx.now);
    outbox::save(ctx.sql, &row).or_storage()?;
    visitor.audit::<Retry>(ctx, format!("outbox/{id}"), "done")
}

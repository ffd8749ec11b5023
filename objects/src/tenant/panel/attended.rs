//! Attended sessions in the panel: viewed and ended by the tenant's administrators; and, at the provider, those of its
//! customers. They belong to no equipment and no organisation, so an organisation administrator has none of them.

use tegata_domain::attended::{Attended, AttendedView, DeskAttended};
use tegata_domain::error::Refusal;
use tegata_domain::id::LaunchId;
use tegata_domain::panel::attended::{AttendedFilter, List, Receipt, Record};
use tegata_domain::panel::desk::Attended as AtDesk;
use tegata_domain::session::{SessionEnd, SessionReport};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::search::Listed;
use tegata_kv_schema::{attended, desk_attended};

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::attended as shared;
use crate::tenant::launches::Ending;
use crate::tenant::session_record;

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<AttendedView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let open = input.state == AttendedFilter::Open;
    let listed = match visitor.scope(ctx)?.holds(None) {
        true => attended::list(ctx.sql, open, span(input.order, &after)).or_storage()?,
        false => Listed {
            rows: Vec::new(),
            more: None,
        },
    };
    page(
        listed,
        |attended| attended.id.to_string(),
        |attended| Ok(AttendedView::of(attended.clone(), ctx.now)),
    )
}

/// Loads the session `id` if the visitor may see it.
fn found(ctx: &Context<'_>, visitor: &Visitor, id: &LaunchId) -> Result<Attended, Refusal> {
    let attended = shared::found(ctx, id)?;
    match visitor.scope(ctx)?.holds(None) {
        true => Ok(attended),
        false => Err(Refusal::NotFound),
    }
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, id: &LaunchId) -> Result<AttendedView, Refusal> {
    Ok(AttendedView::of(found(ctx, visitor, id)?, ctx.now))
}

pub(super) fn record(ctx: &Context<'_>, visitor: &Visitor, input: &Record) -> Result<Page<SessionReport>, Refusal> {
    found(ctx, visitor, &input.id)?;
    session_record::page(ctx, &input.id, input.cursor.as_deref())
}

pub(super) fn receipt(ctx: &Context<'_>, visitor: &Visitor, input: &Receipt) -> Result<String, Refusal> {
    found(ctx, visitor, &input.id)?;
    shared::receipt(ctx, &input.id, &input.guest)
}

/// An administrator ends it.
pub(super) fn end(ctx: &Context<'_>, visitor: &Visitor, id: &LaunchId) -> Result<AttendedView, Refusal> {
    let ending = Ending {
        why: SessionEnd::Administrator,
        by: Some(visitor.person.user.display_name.as_str()),
        actor: visitor.actor(),
    };
    let ended = shared::end_by_person(ctx, found(ctx, visitor, id)?, ending)?;
    Ok(AttendedView::of(ended, ctx.now))
}

pub(super) fn at_customers(ctx: &Context<'_>, input: &AtDesk) -> Result<Page<DeskAttended>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let open = (input.state == AttendedFilter::Open).then_some(ctx.now);
    let span = span(input.order, &after);
    let listed = desk_attended::list(ctx.sql, input.customer.as_ref(), open, span).or_storage()?;
    page(
        listed,
        |entry| entry.attended.id.to_string(),
        |entry| {
            Ok(DeskAttended {
                attended: entry.attended.clone().at(ctx.now),
                ..entry.clone()
            })
        },
    )
}

//! Remote support on the tenant's equipment (K7 to K9): viewed, answered and ended in the panel. An organisation
//! administrator sees and decides that of their own organisations; and, at the provider, the launches of its customers.

use tegata_domain::approval::{Answered, Approval};
use tegata_domain::error::Refusal;
use tegata_domain::id::LaunchId;
use tegata_domain::launch::{DeskLaunch, Launch, LaunchView};
use tegata_domain::locale::Locale;
use tegata_domain::panel::desk::Launches;
use tegata_domain::panel::launches::{Answer, LaunchFilter, List, Record, Show};
use tegata_domain::session::{SessionEnd, SessionReport};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{desk, launches};

use super::equipment;
use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::approvals::{Given, Opened};
use crate::tenant::launches::{self as shared, Ending};
use crate::tenant::session_record;

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<LaunchView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let within = visitor.scope(ctx)?.narrowed(None);
    let open = input.state == LaunchFilter::Open;
    let span = span(input.order, &after);
    let listed = launches::list(ctx.sql, input.equipment.as_ref(), within.as_deref(), open, span).or_storage()?;
    page(
        listed,
        |launch| launch.id.to_string(),
        |launch| {
            let approval = shared::approval(ctx, launch)?;
            Ok(LaunchView::of(launch.clone(), approval.as_ref(), ctx.now))
        },
    )
}

/// Loads the launch `id` if the visitor may see its equipment.
fn found(ctx: &Context<'_>, visitor: &Visitor, id: &LaunchId) -> Result<(Launch, Option<Approval>), Refusal> {
    let (launch, approval) = shared::found(ctx, id)?;
    equipment::found(ctx, &visitor.scope(ctx)?, &launch.equipment)?;
    Ok((launch, approval))
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, input: &Show) -> Result<LaunchView, Refusal> {
    let (launch, approval) = found(ctx, visitor, &input.id)?;
    shown(ctx, visitor, launch, approval.as_ref(), input.locale)
}

/// A launch with the statement to which this visitor would consent.
fn shown(
    ctx: &Context<'_>,
    visitor: &Visitor,
    launch: Launch,
    approval: Option<&Approval>,
    locale: Option<Locale>,
) -> Result<LaunchView, Refusal> {
    let mut view = shared::view(ctx, launch, approval)?;
    let id = approval.map(|approval| &approval.id);
    if let Some(opened) = Opened::by(ctx, id, &visitor.person)? {
        let locale = locale.unwrap_or(visitor.person.account.locale);
        view.statement = Some(opened.statement(&visitor.tenant, locale));
    }
    Ok(view)
}

pub(super) fn record(ctx: &Context<'_>, visitor: &Visitor, input: &Record) -> Result<Page<SessionReport>, Refusal> {
    found(ctx, visitor, &input.id)?;
    session_record::page(ctx, &input.id, input.cursor.as_deref())
}

pub(super) fn receipt(ctx: &Context<'_>, visitor: &Visitor, id: &LaunchId) -> Result<String, Refusal> {
    found(ctx, visitor, id)?;
    shared::receipt(ctx, id)
}

pub(super) fn answer(ctx: &Context<'_>, visitor: &Visitor, input: Answer) -> Result<LaunchView, Refusal> {
    if !input.confirmed {
        return Err(Refusal::NotConfirmed);
    }
    let (_, approval) = found(ctx, visitor, &input.id)?;
    let id = approval.map(|approval| approval.id).ok_or(Refusal::Conflict)?;
    let mut opened = Opened::by(ctx, Some(&id), &visitor.person)?.ok_or(Refusal::Conflict)?;
    opened.check_panel(&visitor.tenant, visitor.with_passkey())?;
    let locale = input.locale.unwrap_or(visitor.person.account.locale);
    let given = Given {
        outcome: input.outcome,
        reason: input.reason,
        locale,
    };
    match opened.answer(ctx, &visitor.tenant, given, visitor.approver())? {
        Answered::Settled | Answered::Agreed => {
            let (launch, approval) = shared::found(ctx, &input.id)?;
            shown(ctx, visitor, launch, approval.as_ref(), Some(locale))
        }
        Answered::Before | Answered::Closed => Err(Refusal::Conflict),
    }
}

/// An administrator ends it.
pub(super) fn end(ctx: &Context<'_>, visitor: &Visitor, id: &LaunchId) -> Result<LaunchView, Refusal> {
    let (launch, approval) = found(ctx, visitor, id)?;
    let ending = Ending {
        why: SessionEnd::Administrator,
        by: Some(visitor.person.user.display_name.as_str()),
        actor: visitor.actor(),
    };
    shared::end_by_person(ctx, launch, approval.as_ref(), ending)
}

pub(super) fn at_customers(ctx: &Context<'_>, input: &Launches) -> Result<Page<DeskLaunch>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let open = (input.state == LaunchFilter::Open).then_some(ctx.now);
    let span = span(input.order, &after);
    let listed = desk::list_launches(ctx.sql, input.customer.as_ref(), open, span).or_storage()?;
    page(
        listed,
        |entry| entry.launch.id.to_string(),
        |entry| {
            Ok(DeskLaunch {
                launch: entry.launch.clone().at(ctx.now),
                ..entry.clone()
            })
        },
    )
}

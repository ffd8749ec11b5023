//! Viewers' requests: viewed and answered in the panel, with the same statement and consequences as by mail.

use tegata_domain::approval::Answered;
use tegata_domain::error::Refusal;
use tegata_domain::id::RegistrationId;
use tegata_domain::locale::Locale;
use tegata_domain::panel::lists::WaitingFilter;
use tegata_domain::panel::registrations::{Decide, List, PanelRegistration, Show};
use tegata_domain::phonetic::folded;
use tegata_domain::registration::{Registration, Stage};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{approvals, registrations};

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::approvals::{Given, Opened};

fn seen(ctx: &Context<'_>, registration: &Registration) -> Result<PanelRegistration, Refusal> {
    let decision = match &registration.approval {
        // An unanswered request has no decision to load, and lists of unanswered requests are long.
        Some(id) if registration.stage != Stage::AwaitingApproval => approvals::decision(ctx.sql, id).or_storage()?,
        _ => None,
    };
    Ok(PanelRegistration::of(registration, decision, ctx.now))
}

pub(super) fn list(ctx: &Context<'_>, input: &List) -> Result<Page<PanelRegistration>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let span = span(input.order, &after);
    let waiting = input.state == WaitingFilter::Waiting;
    let rows = match &input.q {
        Some(q) => registrations::find(ctx.sql, &folded(q), waiting, ctx.now, span.after, span.most),
        None => registrations::list(ctx.sql, waiting, ctx.now, span),
    };
    page(
        rows.or_storage()?,
        |registration| registration.id.to_string(),
        |registration| seen(ctx, registration),
    )
}

fn found(ctx: &Context<'_>, id: &RegistrationId) -> Result<Registration, Refusal> {
    registrations::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)
}

/// A request with the statement to which this visitor would consent.
fn shown(
    ctx: &Context<'_>,
    visitor: &Visitor,
    id: &RegistrationId,
    locale: Option<Locale>,
) -> Result<PanelRegistration, Refusal> {
    let registration = found(ctx, id)?;
    let mut view = seen(ctx, &registration)?;
    if let Some(opened) = Opened::by(ctx, registration.approval.as_ref(), &visitor.person)? {
        let locale = locale.unwrap_or(visitor.person.account.locale);
        view.statement = Some(opened.statement(&visitor.tenant, locale));
    }
    Ok(view)
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, input: &Show) -> Result<PanelRegistration, Refusal> {
    shown(ctx, visitor, &input.id, input.locale)
}

pub(super) fn receipt(ctx: &Context<'_>, id: &RegistrationId) -> Result<String, Refusal> {
    let approval = found(ctx, id)?.approval.ok_or(Refusal::NotFound)?;
    let approval = approvals::load(ctx.sql, &approval).or_storage()?;
    approval.and_then(|approval| approval.receipt).ok_or(Refusal::NotFound)
}

pub(super) fn decide(ctx: &Context<'_>, visitor: &Visitor, input: Decide) -> Result<PanelRegistration, Refusal> {
    if !input.confirmed {
        return Err(Refusal::NotConfirmed);
    }
    let approval = found(ctx, &input.id)?.approval;
    let mut opened = Opened::by(ctx, approval.as_ref(), &visitor.person)?.ok_or(Refusal::Conflict)?;
    let locale = input.locale.unwrap_or(visitor.person.account.locale);
    let given = Given {
        outcome: input.outcome,
        reason: input.reason,
        locale,
    };
    if opened.answer(ctx, &visitor.tenant, given, visitor.approver())? != Answered::Settled {
        return Err(Refusal::Conflict);
    }
    shown(ctx, visitor, &input.id, Some(locale))
}

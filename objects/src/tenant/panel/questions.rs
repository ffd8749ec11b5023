//! The provider's questions (B12): viewed and answered in the panel with the same statement and consequences as by
//! mail; and, at the provider, the questions its desk has asked.

use tegata_domain::approval::Answered;
use tegata_domain::error::Refusal;
use tegata_domain::id::QuestionId;
use tegata_domain::locale::Locale;
use tegata_domain::panel::desk::Questions;
use tegata_domain::panel::lists::WaitingFilter;
use tegata_domain::panel::questions::{Answer, List, Show};
use tegata_domain::question::{DeskQuestion, QuestionView};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{desk, questions};

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::approvals::{Given, Opened, question};

pub(super) fn list(ctx: &Context<'_>, input: &List) -> Result<Page<QuestionView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let waiting = input.state == WaitingFilter::Waiting;
    let listed = questions::list(ctx.sql, waiting, ctx.now, span(input.order, &after)).or_storage()?;
    page(
        listed,
        |question| question.id.to_string(),
        |question| question::show(ctx, &question.id),
    )
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, input: &Show) -> Result<QuestionView, Refusal> {
    shown(ctx, visitor, &input.id, input.locale)
}

/// A question with the statement to which this visitor would consent.
fn shown(
    ctx: &Context<'_>,
    visitor: &Visitor,
    id: &QuestionId,
    locale: Option<Locale>,
) -> Result<QuestionView, Refusal> {
    let (asked, approval) = question::found(ctx, id)?;
    let mut view = QuestionView::of(asked, &approval, ctx.now);
    if let Some(opened) = Opened::by(ctx, Some(&approval.id), &visitor.person)? {
        let locale = locale.unwrap_or(visitor.person.account.locale);
        view.statement = Some(opened.statement(&visitor.tenant, locale));
    }
    Ok(view)
}

pub(super) fn answer(ctx: &Context<'_>, visitor: &Visitor, input: Answer) -> Result<QuestionView, Refusal> {
    if !input.confirmed {
        return Err(Refusal::NotConfirmed);
    }
    let approval = question::found(ctx, &input.id)?.1.id;
    let mut opened = Opened::by(ctx, Some(&approval), &visitor.person)?.ok_or(Refusal::Conflict)?;
    let locale = input.locale.unwrap_or(visitor.person.account.locale);
    let given = Given {
        outcome: input.outcome,
        reason: input.reason,
        locale,
    };
    match opened.answer(ctx, &visitor.tenant, given, visitor.approver())? {
        Answered::Settled | Answered::Agreed => shown(ctx, visitor, &input.id, Some(locale)),
        Answered::Before | Answered::Closed => Err(Refusal::Conflict),
    }
}

pub(super) fn asked(ctx: &Context<'_>, input: &Questions) -> Result<Page<DeskQuestion>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let span = span(input.order, &after);
    let listed = desk::list_questions(ctx.sql, input.customer.as_ref(), span).or_storage()?;
    page(
        listed,
        |entry| entry.question.id.to_string(),
        |entry| {
            Ok(DeskQuestion {
                question: entry.question.clone().at(ctx.now),
                ..entry.clone()
            })
        },
    )
}

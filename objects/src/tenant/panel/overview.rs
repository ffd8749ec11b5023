//! The overview that an administrator sees first (C8). Its cost does not grow with the tenant, except that a provider's
//! customers are counted in their index.

use std::slice;

use tegata_domain::application::latest_overdue;
use tegata_domain::error::Refusal;
use tegata_domain::inquiry::InquiryState;
use tegata_domain::panel::overview::{DayCount, DeskOverview, Overview, Waiting};
use tegata_domain::right::{Right, Role};
use tegata_domain::time::TimeZone;
use tegata_kv_schema::{accounts, applications, audit, day_counts, desk, outbox, questions, registrations};

use super::applications::today;
use super::audit::named;
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::inquiries::count_answered;
use crate::tenant::setup;

/// Number of days in the chart.
const DAYS: i64 = 30;
/// Counts stop at this number.
const COUNTED: i64 = 100;
/// Rows of each of the desk's lists.
const DESK_ROWS: i64 = 5;
/// Number of audit entries shown.
const LATEST: i64 = 10;

fn chart(ctx: &Context<'_>, zone: &TimeZone) -> Result<Vec<DayCount>, Refusal> {
    let ago = |days: i64| zone.day(ctx.now.plus(days.saturating_mul(-24 * 3600)));
    let counted = day_counts::since(ctx.sql, &ago(DAYS.saturating_sub(1))).or_storage()?;
    let mut days: Vec<String> = (0..DAYS).rev().map(ago).collect();
    // When a clock is put back, two of these times can fall on one day.
    days.dedup();
    let count = |day: String| {
        let known = counted.iter().find(|count| count.day == day).cloned();
        known.unwrap_or(DayCount {
            day,
            requests: 0,
            approved: 0,
            refused: 0,
        })
    };
    Ok(days.into_iter().map(count).collect())
}

/// For a customer, the number of unread answers; for the desk, the number of open inquiries.
fn waiting_inquiries(ctx: &Context<'_>, visitor: &Visitor) -> Result<i64, Refusal> {
    if visitor.may(Right::Desk) {
        desk::count_inquiries(ctx.sql, InquiryState::Open, COUNTED).or_storage()
    } else if visitor.may(Right::Inquiries) {
        count_answered(ctx, COUNTED)
    } else {
        Ok(0)
    }
}

/// For the desk, the number of open applications, and of those that are overdue.
fn waiting_applications(ctx: &Context<'_>, visitor: &Visitor) -> Result<(i64, i64), Refusal> {
    if !visitor.may(Right::Desk) {
        return Ok((0, 0));
    }
    let overdue = latest_overdue(today(ctx, visitor)?);
    Ok((
        applications::count_open(ctx.sql, None, COUNTED).or_storage()?,
        applications::count_open(ctx.sql, Some(overdue), COUNTED).or_storage()?,
    ))
}

fn desk_overview(ctx: &Context<'_>) -> Result<DeskOverview, Refusal> {
    let [customers, suspended, unfinished] = desk::count_customers(ctx.sql).or_storage()?;
    Ok(DeskOverview {
        customers,
        suspended,
        unfinished,
        unfinished_customers: desk::unfinished_customers(ctx.sql, DESK_ROWS).or_storage()?,
        open_questions: desk::count_open_questions(ctx.sql, ctx.now, COUNTED).or_storage()?,
        questions: desk::open_questions(ctx.sql, ctx.now, DESK_ROWS).or_storage()?,
    })
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor) -> Result<Overview, Refusal> {
    let administrators = accounts::of_role(ctx.sql, Role::SystemAdministrator)
        .or_storage()?
        .len();
    let mails = if visitor.may(Right::Mails) {
        outbox::count_undeliverable(ctx.sql, COUNTED).or_storage()?
    } else {
        0
    };
    let entries = if visitor.may(Right::AuditRead) {
        audit::latest(ctx.sql, LATEST).or_storage()?
    } else {
        Vec::new()
    };
    let latest = entries
        .into_iter()
        .map(|entry| named(ctx, visitor, entry))
        .collect::<Result<_, _>>()?;
    let (applications, applications_overdue) = waiting_applications(ctx, visitor)?;
    Ok(Overview {
        waiting: Waiting {
            registrations: registrations::count_waiting(ctx.sql, ctx.now, COUNTED).or_storage()?,
            questions: questions::count_waiting(ctx.sql, ctx.now, COUNTED).or_storage()?,
            inquiries: waiting_inquiries(ctx, visitor)?,
            applications,
            applications_overdue,
            mails,
        },
        setup: setup::steps(
            ctx,
            &visitor.tenant,
            administrators,
            slice::from_ref(&visitor.person.account),
        )?,
        recommend_second_administrator: administrators < 2,
        days: chart(ctx, &visitor.tenant.time_zone)?,
        latest,
        desk: visitor.may(Right::Desk).then(|| desk_overview(ctx)).transpose()?,
    })
}

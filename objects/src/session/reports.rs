//! What the session reports to its tenant: each event has a number, and is stored until the tenant has taken it.

use tegata_domain::command::NoteSession;
use tegata_domain::error::Refusal;
use tegata_domain::id::OutboxId;
use tegata_domain::outbox::{DeliveryError, Message, OutboxRow};
use tegata_domain::session::record::SessionRecord;
use tegata_domain::session::{SessionEvent, SessionReport};
use tegata_domain::wire::object::Told;
use tegata_kv_schema::{migrations, outbox, support_session};

use super::load;
use crate::context::{Context, OrStorage as _, whole};
use crate::hosted::Delivery;

/// How many entries one run takes.
const BATCH: i64 = 100;
/// How many reports one message carries. What a terminal showed takes up to 32 KiB in each.
const CARRIED: i64 = 200;

pub(super) fn enqueue(ctx: &Context<'_>, message: Message) -> Result<(), Refusal> {
    let row = OutboxRow::new(OutboxId::generate(ctx.random), message, ctx.now);
    outbox::save(ctx.sql, &row).or_storage()
}

/// Reports `event`. The caller stores the session, whose last number this changes.
pub(super) fn report(ctx: &Context<'_>, session: &mut SessionRecord, event: SessionEvent) -> Result<(), Refusal> {
    session.reports = session.reports.saturating_add(1);
    let report = SessionReport {
        number: session.reports,
        at: ctx.now,
        event,
    };
    support_session::add_report(ctx.sql, &report).or_storage()?;
    enqueue(ctx, Message::ReportSession { through: report.number })
}

/// Lists the entries due now, each with its delivery. The one that reports most carries what all others do: those are
/// deleted, and so is what has nothing left to report.
pub(super) fn take_due(ctx: &Context<'_>) -> Result<Vec<(OutboxRow, Delivery)>, Refusal> {
    whole(ctx, &mut || {
        if !migrations::exists(ctx.sql).or_storage()? {
            return Ok(Vec::new());
        }
        let rows = outbox::due(ctx.sql, ctx.now, BATCH).or_storage()?;
        let through = |row: &OutboxRow| match row.message {
            Message::ReportSession { through } => Some(through),
            _ => None,
        };
        let last = rows.iter().filter_map(through).max();
        let mut due = Vec::new();
        for row in rows {
            let covered = through(&row).is_some() && through(&row) != last;
            match if covered { None } else { prepare(ctx, &row)? } {
                Some(delivery) => due.push((row, delivery)),
                None => outbox::delete(ctx.sql, &row.id).or_storage()?,
            }
        }
        Ok(due)
    })
}

fn prepare(ctx: &Context<'_>, row: &OutboxRow) -> Result<Option<Delivery>, Refusal> {
    let Some(session) = load(ctx)? else {
        return Ok(None);
    };
    let (tenant, launch, reports) = match &row.message {
        Message::ReportSession { through } => {
            let reports = support_session::reports(ctx.sql, *through, CARRIED).or_storage()?;
            (session.tenant, session.launch, reports)
        }
        Message::ReportTaken { tenant, launch } => {
            let taken = SessionReport {
                number: 1,
                at: row.created_at,
                event: SessionEvent::Taken,
            };
            (tenant.clone(), launch.clone(), vec![taken])
        }
        _ => return Ok(None),
    };
    if reports.is_empty() {
        return Ok(None);
    }
    let note = NoteSession {
        launch,
        number: session.number,
        reports,
    };
    Ok(Told::new(&tenant, note).map(Delivery::Tell))
}

/// Records the result of delivering `row`: deletes what was delivered, or keeps the entry with the error.
pub(super) fn settle(ctx: &Context<'_>, row: &OutboxRow, result: &Result<(), DeliveryError>) -> Result<(), Refusal> {
    if let Err(error) = result {
        let Some(mut row) = outbox::load(ctx.sql, &row.id).or_storage()? else {
            return Ok(());
        };
        row.failed(error, ctx.now, ctx.settings.retry_base);
        return outbox::save(ctx.sql, &row).or_storage();
    }
    if let Message::ReportSession { through } = row.message {
        let carried = support_session::reports(ctx.sql, through, CARRIED).or_storage()?;
        let last = carried.last().map_or(through, |report| report.number);
        support_session::delivered(ctx.sql, last).or_storage()?;
        if last < through {
            // The entry stays due, and carries the rest.
            return Ok(());
        }
    }
    outbox::delete(ctx.sql, &row.id).or_storage()
}

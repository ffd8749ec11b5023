//! The record of a session, as people read it: a page at a time, and in short; and the desk's note of its outcome.

use tegata_domain::desk::{DeskActor, NewOutcome};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{InquiryId, LaunchId};
use tegata_domain::session::summary::Summary;
use tegata_domain::session::{SessionNote, SessionReport};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{inquiries, session_records};

use crate::context::{Context, OrStorage as _};

/// How many reports a page has. What a terminal showed takes up to 32 KiB in each.
const PAGE: i64 = 50;
/// How many reports are read at a time for a summary.
const READ: i64 = 200;

/// A page of the record, oldest first. The cursor is the number of the last report on the page before.
pub(super) fn page(ctx: &Context<'_>, launch: &LaunchId, cursor: Option<&str>) -> Result<Page<SessionReport>, Refusal> {
    let after = match cursor.filter(|text| !text.is_empty()) {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| FieldError::new("cursor", "must be a cursor from an earlier page"))?,
    };
    let mut items = session_records::list(ctx.sql, launch, after, PAGE.saturating_add(1)).or_storage()?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let longer = items.len() > size;
    items.truncate(size);
    let last = items.last().filter(|_| longer).map(|report| report.number.to_string());
    Ok(Page { cursor: last, items })
}

/// Refuses an inquiry that is not the customer's.
pub(super) fn check_inquiry(ctx: &Context<'_>, inquiry: Option<&InquiryId>) -> Result<(), Refusal> {
    if let Some(inquiry) = inquiry
        && inquiries::load(ctx.sql, inquiry).or_storage()?.is_none()
    {
        return Err(FieldError::new("inquiry", "must be one of this customer's inquiries").into());
    }
    Ok(())
}

/// The desk's note of the outcome. It replaces an earlier one.
pub(super) fn note(ctx: &Context<'_>, by: &DeskActor, outcome: NewOutcome) -> Result<SessionNote, Refusal> {
    check_inquiry(ctx, outcome.inquiry.as_ref())?;
    Ok(SessionNote {
        text: outcome.text,
        inquiry: outcome.inquiry,
        by: by.name.clone(),
        at: ctx.now,
    })
}

/// The whole record in short.
pub(super) fn summary(ctx: &Context<'_>, launch: &LaunchId) -> Result<Summary, Refusal> {
    let mut summary = Summary::default();
    let mut after = 0;
    loop {
        let reports = session_records::list(ctx.sql, launch, after, READ).or_storage()?;
        reports.iter().for_each(|report| summary.add(report));
        match reports.last() {
            Some(last) => after = last.number,
            None => return Ok(summary),
        }
    }
}

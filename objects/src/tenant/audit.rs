//! Access to the audit log: searching it, and signing its head (B4).

use tegata_domain::alert::AlertKind;
use tegata_domain::audit::AuditEntry;
use tegata_domain::audit::filter::AuditFilter;
use tegata_domain::audit::head::{AuditHead, due};
use tegata_domain::command::ListAudit;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::wake::waits;
use tegata_kv_schema::{audit, audit_heads};

use super::alerts::alert;
use super::operator::{PAGE, page};
use crate::context::{Context, OrStorage as _};

/// The largest integer that the platform passes exactly.
const LAST: i64 = (1 << 53) - 1;

/// Parses a cursor into an entry number.
fn numbered(cursor: Option<&str>) -> Result<Option<i64>, FieldError> {
    let number = |text: &str| {
        let number = text.parse().ok().filter(|number| (0..=LAST).contains(number));
        number.ok_or_else(|| FieldError::new("cursor", "must be a cursor from an earlier page"))
    };
    cursor.map(number).transpose()
}

pub(super) fn list(ctx: &Context<'_>, command: &ListAudit) -> Result<Page<AuditEntry>, Refusal> {
    let cursor = numbered(command.cursor.as_deref())?;
    let found = audit::search(ctx.sql, &command.filter, command.newest_first, cursor, PAGE).or_storage()?;
    Ok(Page {
        items: found.entries,
        cursor: found.cursor.map(|seq| seq.to_string()),
    })
}

pub(super) fn list_heads(ctx: &Context<'_>, cursor: Option<&str>) -> Result<Page<AuditHead>, Refusal> {
    let before = numbered(cursor)?.unwrap_or(LAST);
    let rows = audit_heads::list(ctx.sql, before, PAGE.saturating_add(1)).or_storage()?;
    Ok(page(rows, |head| head.seq.to_string(), Clone::clone))
}

/// The number of the first entry since the last head that was changed or does not continue the chain. Examines at most
/// 10,000 entries.
fn broken_entry(ctx: &Context<'_>) -> Result<Option<i64>, Refusal> {
    const PIECES: usize = 40;
    const PIECE: i64 = 250;
    let head = audit_heads::last(ctx.sql).or_storage()?;
    let mut seq = head.as_ref().map_or(0, |head| head.seq);
    let mut before = head.map(|head| head.hash);
    let covered = audit::load(ctx.sql, seq).or_storage()?;
    if before.is_some() && covered.map(|entry| entry.hash) != before {
        return Ok(Some(seq));
    }
    for _ in 0..PIECES {
        let found = audit::search(ctx.sql, &AuditFilter::default(), false, Some(seq), PIECE).or_storage()?;
        for entry in &found.entries {
            let follows = entry.seq == seq.saturating_add(1) && entry.previous == before.unwrap_or_default();
            if !follows || !entry.is_intact() {
                return Ok(Some(entry.seq));
            }
            seq = entry.seq;
            before = Some(entry.hash.clone());
        }
        if found.cursor.is_none() {
            break;
        }
    }
    Ok(None)
}

/// Signs a head if one is due. Signing writes no audit entry, because that entry would need a head of its own.
pub(super) fn sign_head(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<(), Refusal> {
    let uncovered = waits(ctx.sql).or_storage()?.uncovered;
    if uncovered.is_none_or(|first| ctx.now < due(first)) {
        return Ok(());
    }
    let Some(last) = audit::last(ctx.sql).or_storage()? else {
        return Ok(());
    };
    // A broken log still gets its head: the head states what the log is now, and verifying the log reveals the break.
    if let Some(seq) = broken_entry(ctx)? {
        alert(ctx, AlertKind::Audit, format!("#{seq}"))?;
    }
    let head = AuditHead::sign(&ctx.signers.receipt, ctx.issuer(&tenant.slug), &last, ctx.now);
    audit_heads::insert(ctx.sql, &head).or_storage()
}

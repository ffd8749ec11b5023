//! The audit log: only ever appended to.

use tegata_domain::audit::{Act, AuditEntry};
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, all, json, one};

/// Appends the next entry of the chain.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn append(sql: &dyn Sql, act: Act, at: UnixSeconds) -> Result<(), SqlError> {
    let last: Option<AuditEntry> = one(&sql.run("SELECT record FROM audit ORDER BY seq DESC LIMIT 1", Vec::new())?)?;
    let entry = AuditEntry::next(last.as_ref(), act, at);
    sql.run(
        "INSERT INTO audit (seq, record) VALUES (?, ?)",
        vec![entry.seq.into(), json(&entry)?],
    )
    .map(drop)
}

/// Entries after number `after`, in order.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, after: i64, most: i64) -> Result<Vec<AuditEntry>, SqlError> {
    all(&sql.run(
        "SELECT record FROM audit WHERE seq > ? ORDER BY seq LIMIT ?",
        vec![after.into(), most.into()],
    )?)
}

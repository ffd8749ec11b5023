//! The `audit_head` table: signed heads of the audit log, one for each day on which the log grew.

use tegata_domain::audit::head::AuditHead;

use crate::sql::{Sql, SqlError, all, json, one};

/// Inserts a head.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn insert(sql: &dyn Sql, head: &AuditHead) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO audit_head (seq, record) VALUES (?, ?)",
        vec![head.seq.into(), json(head)?],
    )
    .map(drop)
}

/// Loads the latest head.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn last(sql: &dyn Sql) -> Result<Option<AuditHead>, SqlError> {
    one(&sql.run("SELECT record FROM audit_head ORDER BY seq DESC LIMIT 1", Vec::new())?)
}

/// Lists at most `most` heads with numbers below `before`, newest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, before: i64, most: i64) -> Result<Vec<AuditHead>, SqlError> {
    all(&sql.run(
        "SELECT record FROM audit_head WHERE seq < ? ORDER BY seq DESC LIMIT ?",
        vec![before.into(), most.into()],
    )?)
}

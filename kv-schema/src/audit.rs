//! The `audit` table, which is append-only.

mod search;
mod source;

use tegata_domain::audit::{Act, AuditEntry};
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, all, json, one};

pub use search::{Found, search};
pub use source::LOOKED_AT;

/// Appends the next entry of the hash chain.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn append(sql: &dyn Sql, act: Act, at: UnixSeconds) -> Result<(), SqlError> {
    let entry = AuditEntry::next(last(sql)?.as_ref(), act, at);
    sql.run(
        "INSERT INTO audit (seq, record) VALUES (?, ?)",
        vec![entry.seq.into(), json(&entry)?],
    )
    .map(drop)
}

/// Loads the last entry.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn last(sql: &dyn Sql) -> Result<Option<AuditEntry>, SqlError> {
    one(&sql.run("SELECT record FROM audit ORDER BY seq DESC LIMIT 1", Vec::new())?)
}

/// Loads entry number `seq`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, seq: i64) -> Result<Option<AuditEntry>, SqlError> {
    one(&sql.run("SELECT record FROM audit WHERE seq = ?", vec![seq.into()])?)
}

/// Lists the latest `most` entries, newest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn latest(sql: &dyn Sql, most: i64) -> Result<Vec<AuditEntry>, SqlError> {
    all(&sql.run("SELECT record FROM audit ORDER BY seq DESC LIMIT ?", vec![most.into()])?)
}

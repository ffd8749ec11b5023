//! The `gathered` table: failures caused by strangers that are still to be written to the audit log, counted by
//! outcome.

use tegata_domain::gathered::Gathered;
use tegata_domain::time::UnixSeconds;

use crate::sql::{Row, Sql, SqlError, Value, json, one};

/// Loads the failure count for `outcome`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, outcome: &str) -> Result<Option<Gathered>, SqlError> {
    one(&sql.run("SELECT record FROM gathered WHERE outcome = ?", vec![outcome.into()])?)
}

/// Stores the failure count for `outcome`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, outcome: &str, gathered: &Gathered) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO gathered (outcome, due_at, record) VALUES (?, ?, ?)",
        vec![
            outcome.into(),
            gathered.due_at().map_or(Value::Null, |due| due.0.into()),
            json(gathered)?,
        ],
    )
    .map(drop)
}

/// Returns when the next audit entry is due, and its outcome.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn next_due(sql: &dyn Sql) -> Result<Option<(UnixSeconds, String)>, SqlError> {
    let statement = "SELECT due_at, outcome FROM gathered WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1";
    let rows = sql.run(statement, Vec::new())?;
    let read = |row: &Row| Ok((UnixSeconds(row.integer(0)?), row.text(1)?.to_owned()));
    rows.first().map(read).transpose()
}

//! The `alert` and `alert_digest` tables: alerts, and the state of each recipient's digest mail.

use tegata_domain::alert::{Alert, Digest, KEPT};
use tegata_domain::id::UserId;

use crate::sql::{Sql, SqlError, json, one};

/// Adds an alert and returns its number. Deletes alerts older than [`KEPT`].
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add(sql: &dyn Sql, alert: &Alert) -> Result<i64, SqlError> {
    let before = alert.at.plus(KEPT.saturating_neg());
    sql.run("DELETE FROM alert WHERE at < ?", vec![before.0.into()])?;
    let rows = sql.run(
        "INSERT INTO alert (at, record) VALUES (?, ?) RETURNING number",
        vec![alert.at.0.into(), json(alert)?],
    )?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Lists alerts from number `from` to number `to`, oldest first, at most 1,000.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn between(sql: &dyn Sql, from: i64, to: i64) -> Result<Vec<Alert>, SqlError> {
    let statement = "SELECT record FROM alert WHERE number BETWEEN ? AND ? ORDER BY number LIMIT 1000";
    crate::sql::all(&sql.run(statement, vec![from.into(), to.into()])?)
}

/// Returns the number of the latest alert; 0 when there is none.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn last(sql: &dyn Sql) -> Result<i64, SqlError> {
    let rows = sql.run("SELECT coalesce(max(number), 0) FROM alert", Vec::new())?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Loads the state of the digest mail of `user`; the default when nothing was stored yet.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn digest(sql: &dyn Sql, user: &UserId) -> Result<Digest, SqlError> {
    let found = one(&sql.run(
        "SELECT record FROM alert_digest WHERE user = ?",
        vec![user.as_str().into()],
    )?)?;
    Ok(found.unwrap_or_default())
}

/// Stores the state of the digest mail of `user`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_digest(sql: &dyn Sql, user: &UserId, digest: Digest) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO alert_digest (user, record) VALUES (?, ?)",
        vec![user.as_str().into(), json(&digest)?],
    )
    .map(drop)
}

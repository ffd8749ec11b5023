//! The `rate_limit` table: theoretical arrival times of the rate limits.

use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError};

/// Loads the arrival time stored under `key`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, key: &str) -> Result<Option<UnixSeconds>, SqlError> {
    let rows = sql.run("SELECT arrival FROM rate_limit WHERE key = ?", vec![key.into()])?;
    Ok(rows.first().map(|row| row.integer(0)).transpose()?.map(UnixSeconds))
}

/// Stores `arrival` under `key`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, key: &str, arrival: UnixSeconds) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO rate_limit (key, arrival) VALUES (?, ?)",
        vec![key.into(), arrival.0.into()],
    )
    .map(drop)
}

/// Deletes arrival times that have passed, since they no longer limit anything.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn sweep(sql: &dyn Sql, now: UnixSeconds) -> Result<(), SqlError> {
    sql.run("DELETE FROM rate_limit WHERE arrival < ?", vec![now.0.into()])
        .map(drop)
}

/// Returns the earliest stored arrival time.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn earliest(sql: &dyn Sql) -> Result<Option<UnixSeconds>, SqlError> {
    let rows = sql.run("SELECT arrival FROM rate_limit ORDER BY arrival LIMIT 1", Vec::new())?;
    Ok(rows.first().map(|row| row.integer(0)).transpose()?.map(UnixSeconds))
}

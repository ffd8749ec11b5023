//! The `login_tries` table: login attempts per hashed account name, including names that do not exist.

use tegata_domain::lockout::{MEMORY, Tries};
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, json, one};

/// Loads the attempts recorded for `account`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, account: &str) -> Result<Option<Tries>, SqlError> {
    one(&sql.run("SELECT record FROM login_tries WHERE account = ?", vec![account.into()])?)
}

/// Stores the attempts for `account`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, account: &str, tries: &Tries) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO login_tries (account, last, record) VALUES (?, ?, ?)",
        vec![account.into(), tries.last.0.into(), json(tries)?],
    )
    .map(drop)
}

/// Deletes the attempts recorded for `account`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, account: &str) -> Result<(), SqlError> {
    sql.run("DELETE FROM login_tries WHERE account = ?", vec![account.into()])
        .map(drop)
}

/// Deletes attempts too old to count.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn sweep(sql: &dyn Sql, now: UnixSeconds) -> Result<(), SqlError> {
    let before = now.plus(MEMORY.saturating_neg());
    sql.run("DELETE FROM login_tries WHERE last < ?", vec![before.0.into()])
        .map(drop)
}

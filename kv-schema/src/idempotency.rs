//! The `idempotency` table: replies to creating requests, kept for a day under the request's `Idempotency-Key`. The
//! replies contain no secrets.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, json, one};

/// How long a reply is kept, in seconds.
pub const KEPT: i64 = 24 * 3600;

/// Loads the reply stored under `key`, unless it is older than [`KEPT`].
///
/// # Errors
/// [`SqlError`] when the store fails, or when the stored reply belongs to another kind of request.
pub fn load<T: DeserializeOwned>(sql: &dyn Sql, key: &HashedSecret, now: UnixSeconds) -> Result<Option<T>, SqlError> {
    let since = now.plus(KEPT.saturating_neg());
    one(&sql.run(
        "SELECT reply FROM idempotency WHERE key = ? AND at > ?",
        vec![key.as_str().into(), since.0.into()],
    )?)
}

/// Stores a reply and deletes expired ones.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, key: &HashedSecret, reply: &impl Serialize, now: UnixSeconds) -> Result<(), SqlError> {
    sql.run(
        "DELETE FROM idempotency WHERE at <= ?",
        vec![now.plus(KEPT.saturating_neg()).0.into()],
    )?;
    let row = vec![key.as_str().into(), now.0.into(), json(reply)?];
    sql.run(
        "INSERT OR REPLACE INTO idempotency (key, at, reply) VALUES (?, ?, ?)",
        row,
    )
    .map(drop)
}

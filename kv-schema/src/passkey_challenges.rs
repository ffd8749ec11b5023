//! The `passkey_challenge` table: issued challenges by their hash. Each can be used once.

use tegata_domain::passkey::IssuedChallenge;
use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, json, one};

/// Stores a challenge.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, hash: &HashedSecret, challenge: &IssuedChallenge) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO passkey_challenge (hash, ends_at, record) VALUES (?, ?, ?)",
        vec![hash.as_str().into(), challenge.expires_at.0.into(), json(challenge)?],
    )
    .map(drop)
}

/// Deletes a challenge and returns it. Only the first caller gets it; the delete makes it single-use.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn take(sql: &dyn Sql, hash: &HashedSecret) -> Result<Option<IssuedChallenge>, SqlError> {
    one(&sql.run(
        "DELETE FROM passkey_challenge WHERE hash = ? RETURNING record",
        vec![hash.as_str().into()],
    )?)
}

/// Deletes expired challenges.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn sweep(sql: &dyn Sql, now: UnixSeconds) -> Result<(), SqlError> {
    sql.run("DELETE FROM passkey_challenge WHERE ends_at < ?", vec![now.0.into()])
        .map(drop)
}

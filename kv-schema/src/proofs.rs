//! DPoP proofs that were seen: single use by one insert.

use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError};

/// Remembers a proof until `expires_at`; whether this was the first to show it.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn first_use(sql: &dyn Sql, jti_hash: &str, expires_at: UnixSeconds) -> Result<bool, SqlError> {
    let statement = "INSERT INTO dpop_proof (jti_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1";
    Ok(!sql
        .run(statement, vec![jti_hash.into(), expires_at.0.into()])?
        .is_empty())
}

/// Forgets proofs whose time is over.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn sweep(sql: &dyn Sql, now: UnixSeconds) -> Result<(), SqlError> {
    sql.run("DELETE FROM dpop_proof WHERE expires_at < ?", vec![now.0.into()])
        .map(drop)
}

//! The `dpop_proof` table: proofs that were already used. One atomic insert enforces single use.

use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError};

/// Records a proof until `expires_at`. Returns whether this was its first use.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn first_use(sql: &dyn Sql, jti_hash: &str, expires_at: UnixSeconds) -> Result<bool, SqlError> {
    let statement = "INSERT INTO dpop_proof (jti_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING 1";
    Ok(!sql
        .run(statement, vec![jti_hash.into(), expires_at.0.into()])?
        .is_empty())
}

/// Deletes expired proofs.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn sweep(sql: &dyn Sql, now: UnixSeconds) -> Result<(), SqlError> {
    sql.run("DELETE FROM dpop_proof WHERE expires_at < ?", vec![now.0.into()])
        .map(drop)
}

//! The `spent_refresh` table: refresh tokens of devices and agents that were used, by which a second use is noticed.

use tegata_domain::refresh::SPENT_MEMORY;
use tegata_domain::secret::HashedSecret;

use crate::sql::{Sql, SqlError};

/// Records a spent refresh token of the device or agent with the id `holder`. Every 64 generations it also deletes those that are more than [`SPENT_MEMORY`]
/// generations old.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add(sql: &dyn Sql, holder: &str, generation: i64, hash: &HashedSecret) -> Result<(), SqlError> {
    let row = vec![holder.into(), generation.into(), hash.as_str().into()];
    sql.run(
        "INSERT INTO spent_refresh (device, generation, hash) VALUES (?, ?, ?)",
        row,
    )?;
    if generation.checked_rem(64) == Some(0) {
        let before = generation.saturating_sub(SPENT_MEMORY);
        sql.run(
            "DELETE FROM spent_refresh WHERE device = ? AND generation < ?",
            vec![holder.into(), before.into()],
        )?;
    }
    Ok(())
}

/// Returns whether a refresh token of the device or agent with the id `holder` is recorded as spent.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn contains(sql: &dyn Sql, holder: &str, hash: &HashedSecret) -> Result<bool, SqlError> {
    let row = vec![holder.into(), hash.as_str().into()];
    Ok(!sql
        .run("SELECT 1 FROM spent_refresh WHERE device = ? AND hash = ?", row)?
        .is_empty())
}

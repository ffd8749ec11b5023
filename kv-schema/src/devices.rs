//! Devices and their spent refresh tokens.

use tegata_domain::device::Device;
use tegata_domain::id::DeviceId;
use tegata_domain::refresh::SPENT_MEMORY;
use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, Value, all, json, one};

/// The device `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &DeviceId) -> Result<Option<Device>, SqlError> {
    one(&sql.run("SELECT record FROM device WHERE id = ?", vec![id.as_str().into()])?)
}

/// Writes a device.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, device: &Device) -> Result<(), SqlError> {
    let revoked = device.revoked_at.map_or(Value::Null, |at| at.0.into());
    sql.run(
        "INSERT INTO device (id, revoked_at, record) VALUES (?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at, record = excluded.record",
        vec![device.id.as_str().into(), revoked, json(device)?],
    )
    .map(drop)
}

/// Devices in the order of their ids, from behind `after`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, after: &str, most: i64) -> Result<Vec<Device>, SqlError> {
    all(&sql.run(
        "SELECT record FROM device WHERE id > ? ORDER BY id LIMIT ?",
        vec![after.into(), most.into()],
    )?)
}

/// Devices revoked at `since` or later.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn revoked_since(sql: &dyn Sql, since: UnixSeconds) -> Result<Vec<Device>, SqlError> {
    all(&sql.run(
        "SELECT record FROM device WHERE revoked_at >= ? ORDER BY revoked_at",
        vec![since.0.into()],
    )?)
}

/// Remembers a spent refresh token, and from time to time forgets those of more than [`SPENT_MEMORY`] generations ago.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn spend_refresh(sql: &dyn Sql, device: &DeviceId, generation: i64, hash: &HashedSecret) -> Result<(), SqlError> {
    let row = vec![device.as_str().into(), generation.into(), hash.as_str().into()];
    sql.run(
        "INSERT INTO spent_refresh (device, generation, hash) VALUES (?, ?, ?)",
        row,
    )?;
    if generation.checked_rem(64) == Some(0) {
        let before = generation.saturating_sub(SPENT_MEMORY);
        sql.run(
            "DELETE FROM spent_refresh WHERE device = ? AND generation < ?",
            vec![device.as_str().into(), before.into()],
        )?;
    }
    Ok(())
}

/// Whether a refresh token is known to be spent.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn is_spent(sql: &dyn Sql, device: &DeviceId, hash: &HashedSecret) -> Result<bool, SqlError> {
    let row = vec![device.as_str().into(), hash.as_str().into()];
    Ok(!sql
        .run("SELECT 1 FROM spent_refresh WHERE device = ? AND hash = ?", row)?
        .is_empty())
}

//! The `device` table.

use tegata_domain::device::Device;
use tegata_domain::id::DeviceId;
use tegata_domain::panel::devices::DeviceFilter;
use tegata_domain::time::UnixSeconds;

use crate::found::{Among, Search};
use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the device `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &DeviceId) -> Result<Option<Device>, SqlError> {
    one(&sql.run("SELECT record FROM device WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts or updates a device. An update leaves the activation and expiry columns alone, since they never change; a
/// refresh therefore does not rewrite their indexes.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, device: &Device) -> Result<(), SqlError> {
    let revoked = device.revoked_at.map_or(Value::Null, |at| at.0.into());
    sql.run(
        "INSERT INTO device (id, revoked_at, since, ends_at, record) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at, record = excluded.record",
        vec![
            device.id.as_str().into(),
            revoked,
            device.activated_at.0.into(),
            device.expires_at.map_or(Value::Null, |at| at.0.into()),
            json(device)?,
        ],
    )
    .map(drop)
}

/// Lists at most `most` devices in id order, after the id `after`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, after: &str, most: i64) -> Result<Vec<Device>, SqlError> {
    all(&sql.run(
        "SELECT record FROM device WHERE id > ? ORDER BY id LIMIT ?",
        vec![after.into(), most.into()],
    )?)
}

/// Lists devices revoked at `since` or later, in the order of revocation.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn revoked_since(sql: &dyn Sql, since: UnixSeconds) -> Result<Vec<Device>, SqlError> {
    all(&sql.run(
        "SELECT record FROM device WHERE revoked_at >= ? ORDER BY revoked_at",
        vec![since.0.into()],
    )?)
}

/// The SQL condition for a device in `state`. Formatting `now` into the statement is safe: it is a number of ours, not
/// user input.
fn condition(state: DeviceFilter, now: UnixSeconds) -> String {
    match state {
        DeviceFilter::All => String::new(),
        DeviceFilter::Active => format!(" AND t.revoked_at IS NULL AND coalesce(t.ends_at > {}, 1)", now.0),
        DeviceFilter::Expired => format!(" AND t.revoked_at IS NULL AND t.ends_at <= {}", now.0),
        DeviceFilter::Revoked => " AND t.revoked_at IS NOT NULL".to_owned(),
    }
}

/// Lists a page of devices in the order in which they were activated, expired or revoked, depending on `state`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn in_order(
    sql: &dyn Sql,
    state: DeviceFilter,
    now: UnixSeconds,
    span: Span<'_>,
) -> Result<Listed<Device>, SqlError> {
    let timeline = Timeline {
        table: "device t",
        at: match state {
            DeviceFilter::All | DeviceFilter::Active => "since",
            DeviceFilter::Expired => "ends_at",
            DeviceFilter::Revoked => "revoked_at",
        },
        until: (state == DeviceFilter::Expired).then_some(now),
        conditions: match state {
            DeviceFilter::Active => &condition(state, now),
            DeviceFilter::Expired => " AND t.revoked_at IS NULL",
            DeviceFilter::All | DeviceFilter::Revoked => "",
        },
        checked: matches!(state, DeviceFilter::Active | DeviceFilter::Expired),
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Lists at most `most` devices that match `prefix`, in search order, after the cursor `after`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn find(
    sql: &dyn Sql,
    prefix: &str,
    state: DeviceFilter,
    now: UnixSeconds,
    after: (&str, &str),
    most: i64,
) -> Result<Listed<Device>, SqlError> {
    let expired = format!("SELECT id FROM device WHERE ends_at <= {}", now.0);
    let search = Search {
        among: Among::Devices,
        table: "device t",
        condition: &condition(state, now),
        fulfil: match state {
            DeviceFilter::All | DeviceFilter::Active => None,
            DeviceFilter::Expired => Some(&expired),
            DeviceFilter::Revoked => Some("SELECT id FROM device WHERE revoked_at IS NOT NULL"),
        },
        parameter: None,
    };
    Listed::of(search.find(sql, prefix, after, most)?, |row| row.record(2))
}

/// Returns whether the tenant has any device.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn any(sql: &dyn Sql) -> Result<bool, SqlError> {
    Ok(!sql.run("SELECT 1 FROM device LIMIT 1", Vec::new())?.is_empty())
}

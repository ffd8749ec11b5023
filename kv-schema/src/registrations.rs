//! Registrations by id, by device code, by user code, and by the requester's PC and mail address.

use tegata_domain::id::RegistrationId;
use tegata_domain::registration::{Applicant, Registration};
use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

use crate::found::{Among, Search};
use crate::search::Listed;
use crate::sql::{Sql, SqlError, all, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the registration `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &RegistrationId) -> Result<Option<Registration>, SqlError> {
    one(&sql.run("SELECT record FROM registration WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts or updates a registration. Its `ends_at` is the time at which its current stage expires, or at which it
/// ended.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, registration: &Registration) -> Result<(), SqlError> {
    let row = vec![
        registration.id.as_str().into(),
        registration.expires_at.0.into(),
        json(registration)?,
    ];
    sql.run(
        "INSERT INTO registration (id, ends_at, record) VALUES (?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET ends_at = excluded.ends_at, record = excluded.record",
        row,
    )
    .map(drop)
}

/// The key by which a repeated request from the same PC and address finds its registration; `None` when the PC sent no
/// proof key.
#[must_use]
pub fn repeat_key(applicant: &Applicant) -> Option<String> {
    applicant
        .jkt
        .as_ref()
        .map(|jkt| format!("{}/{}", jkt.as_str(), applicant.email.mailbox_key()))
}

/// Loads the latest registration for the repeat key `key`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_repeat(sql: &dyn Sql, key: &str) -> Result<Option<Registration>, SqlError> {
    let statement =
        "SELECT r.record FROM open_request o JOIN registration r ON r.id = o.registration WHERE o.repeat_key = ?";
    one(&sql.run(statement, vec![key.into()])?)
}

/// Stores `id` as the latest registration for the repeat key `key`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_repeat(sql: &dyn Sql, key: &str, id: &RegistrationId) -> Result<(), SqlError> {
    let row = vec![key.into(), id.as_str().into()];
    sql.run(
        "INSERT OR REPLACE INTO open_request (repeat_key, registration) VALUES (?, ?)",
        row,
    )
    .map(drop)
}

/// Deletes the repeat key `key` if it points to `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_repeat(sql: &dyn Sql, key: &str, id: &RegistrationId) -> Result<(), SqlError> {
    let statement = "DELETE FROM open_request WHERE repeat_key = ? AND registration = ?";
    sql.run(statement, vec![key.into(), id.as_str().into()]).map(drop)
}

/// Loads the registration to which a device code belongs.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_device_code(sql: &dyn Sql, code: &HashedSecret) -> Result<Option<Registration>, SqlError> {
    let statement = "SELECT r.record FROM device_code c JOIN registration r ON r.id = c.registration WHERE c.hash = ?";
    one(&sql.run(statement, vec![code.as_str().into()])?)
}

/// Loads the registration to which a user code belongs.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_user_code(sql: &dyn Sql, user_code: &str) -> Result<Option<Registration>, SqlError> {
    let statement =
        "SELECT r.record FROM device_code c JOIN registration r ON r.id = c.registration WHERE c.user_code = ?";
    one(&sql.run(statement, vec![user_code.into()])?)
}

/// Returns whether a user code is in use.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn user_code_exists(sql: &dyn Sql, user_code: &str) -> Result<bool, SqlError> {
    Ok(!sql
        .run("SELECT 1 FROM device_code WHERE user_code = ?", vec![user_code.into()])?
        .is_empty())
}

/// Inserts a device code with its user code.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn insert_device_code(
    sql: &dyn Sql,
    code: &HashedSecret,
    id: &RegistrationId,
    user_code: &str,
) -> Result<(), SqlError> {
    let row = vec![code.as_str().into(), id.as_str().into(), user_code.into()];
    sql.run(
        "INSERT INTO device_code (hash, registration, user_code) VALUES (?, ?, ?)",
        row,
    )
    .map(drop)
}

/// Deletes a device code.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_device_code(sql: &dyn Sql, code: &HashedSecret) -> Result<(), SqlError> {
    sql.run("DELETE FROM device_code WHERE hash = ?", vec![code.as_str().into()])
        .map(drop)
}

/// Lists registrations whose `ends_at` is before `before`, at most `most`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn ended_before(sql: &dyn Sql, before: UnixSeconds, most: i64) -> Result<Vec<Registration>, SqlError> {
    let statement = "SELECT record FROM registration WHERE ends_at < ? ORDER BY ends_at LIMIT ?";
    all(&sql.run(statement, vec![before.0.into(), most.into()])?)
}

/// Deletes a registration.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &RegistrationId) -> Result<(), SqlError> {
    sql.run("DELETE FROM registration WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

/// Lists a page of registrations by request time. With `waiting`, lists only those that wait for an approval, by expiry
/// time: that order lets the index skip the requests that expired unanswered.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, waiting: bool, now: UnixSeconds, span: Span<'_>) -> Result<Listed<Registration>, SqlError> {
    let timeline = if waiting {
        Timeline {
            table: "registration t",
            at: "ends_at",
            after: Some(now),
            conditions: " AND t.stage = 'awaiting_approval'",
            ..Timeline::default()
        }
    } else {
        Timeline {
            table: "registration t",
            at: "requested_at",
            ..Timeline::default()
        }
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Lists at most `most` registrations that match `prefix`, in search order, after the cursor `after`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn find(
    sql: &dyn Sql,
    prefix: &str,
    waiting: bool,
    now: UnixSeconds,
    after: (&str, &str),
    most: i64,
) -> Result<Listed<Registration>, SqlError> {
    // The number comes from nobody.
    let condition = format!(" AND t.stage = 'awaiting_approval' AND t.ends_at > {}", now.0);
    let fulfil = format!(
        "SELECT id FROM registration WHERE stage = 'awaiting_approval' AND ends_at > {}",
        now.0
    );
    let search = Search {
        among: Among::Registrations,
        table: "registration t",
        condition: if waiting { &condition } else { "" },
        fulfil: waiting.then_some(&fulfil),
        parameter: None,
    };
    Listed::of(search.find(sql, prefix, after, most)?, |row| row.record(2))
}

/// Counts registrations that wait for an answer, stopping at `most`: an approver's decision, or the requester's
/// confirmation of their mail address.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_unanswered(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let waiting = count_waiting(sql, now, most)?;
    let statement = "SELECT count(*) FROM (SELECT 1 FROM registration INDEXED BY registration_unconfirmed \
                     WHERE stage = 'awaiting_address' AND ends_at > ? LIMIT ?)";
    let rows = sql.run(statement, vec![now.0.into(), most.saturating_sub(waiting).into()])?;
    let unconfirmed = rows.first().map_or(Ok(0), |row| row.integer(0))?;
    Ok(waiting.saturating_add(unconfirmed))
}

/// Counts like [`count_unanswered`], but only registrations requested from `network`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_of_network(sql: &dyn Sql, network: &str, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM registration INDEXED BY registration_network \
                     WHERE network = ? AND stage IN ('awaiting_address', 'awaiting_approval') AND ends_at > ? LIMIT ?)";
    let rows = sql.run(statement, vec![network.into(), now.0.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Counts registrations that wait for an approval, stopping at `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_waiting(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM registration INDEXED BY registration_waiting \
                     WHERE stage = 'awaiting_approval' AND ends_at > ? LIMIT ?)";
    let rows = sql.run(statement, vec![now.0.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

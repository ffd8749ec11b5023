//! Registrations: by id, by device code, by user code, and by who asks from which PC.

use tegata_domain::id::RegistrationId;
use tegata_domain::registration::{Applicant, Registration};
use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

use crate::search::{Among, Listed, Search};
use crate::sql::{Row, Sql, SqlError, all, json, one};
use crate::timeline::{Span, Timeline};

/// The registration `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &RegistrationId) -> Result<Option<Registration>, SqlError> {
    one(&sql.run("SELECT record FROM registration WHERE id = ?", vec![id.as_str().into()])?)
}

/// Writes a registration. `ends_at` is when its current wait ends, or when it ended.
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

/// The key under which a repeat from the same PC and address finds its registration; `None` for a PC without a key.
#[must_use]
pub fn repeat_key(applicant: &Applicant) -> Option<String> {
    applicant
        .jkt
        .as_ref()
        .map(|jkt| format!("{}/{}", jkt.as_str(), applicant.email.mailbox_key()))
}

/// The last registration of `key`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_repeat(sql: &dyn Sql, key: &str) -> Result<Option<Registration>, SqlError> {
    let statement =
        "SELECT r.record FROM open_request o JOIN registration r ON r.id = o.registration WHERE o.repeat_key = ?";
    one(&sql.run(statement, vec![key.into()])?)
}

/// Remembers `id` as the last registration of `key`.
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

/// Forgets `key`, if `id` is what it leads to.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_repeat(sql: &dyn Sql, key: &str, id: &RegistrationId) -> Result<(), SqlError> {
    let statement = "DELETE FROM open_request WHERE repeat_key = ? AND registration = ?";
    sql.run(statement, vec![key.into(), id.as_str().into()]).map(drop)
}

/// The registration that a device code holds.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_device_code(sql: &dyn Sql, code: &HashedSecret) -> Result<Option<Registration>, SqlError> {
    let statement = "SELECT r.record FROM device_code c JOIN registration r ON r.id = c.registration WHERE c.hash = ?";
    one(&sql.run(statement, vec![code.as_str().into()])?)
}

/// The registration that a user code names.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_user_code(sql: &dyn Sql, user_code: &str) -> Result<Option<Registration>, SqlError> {
    let statement =
        "SELECT r.record FROM device_code c JOIN registration r ON r.id = c.registration WHERE c.user_code = ?";
    one(&sql.run(statement, vec![user_code.into()])?)
}

/// Whether a user code is in use.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn user_code_exists(sql: &dyn Sql, user_code: &str) -> Result<bool, SqlError> {
    Ok(!sql
        .run("SELECT 1 FROM device_code WHERE user_code = ?", vec![user_code.into()])?
        .is_empty())
}

/// Adds a device code and its user code.
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

/// Registrations whose wait ended before `before`, at most `most`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn ended_before(sql: &dyn Sql, before: UnixSeconds, most: i64) -> Result<Vec<Registration>, SqlError> {
    let statement = "SELECT record FROM registration WHERE ends_at < ? ORDER BY ends_at LIMIT ?";
    all(&sql.run(statement, vec![before.0.into(), most.into()])?)
}

/// When the registration that ended first did.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn first_end(sql: &dyn Sql) -> Result<Option<UnixSeconds>, SqlError> {
    let rows = sql.run("SELECT ends_at FROM registration ORDER BY ends_at LIMIT 1", Vec::new())?;
    Ok(rows
        .first()
        .map(|row: &Row| row.integer(0))
        .transpose()?
        .map(UnixSeconds))
}

/// Deletes a registration.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &RegistrationId) -> Result<(), SqlError> {
    sql.run("DELETE FROM registration WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

/// Registrations in the order in which they were asked for. Those that wait for an answer are in the order in which their
/// time runs out: others of that kind, which nobody answered, are not gone through.
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

/// Registrations that are found by `prefix`, in the order of what was found.
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
    let search = if waiting {
        Search {
            among: Among::Registrations,
            table: "registration t",
            columns: "t.record",
            conditions: " AND t.stage = 'awaiting_approval' AND t.ends_at > ?1",
            fulfil: Some("SELECT id FROM registration WHERE stage = 'awaiting_approval' AND ends_at > ?1"),
            parameter: Some(now.0.into()),
        }
    } else {
        Search {
            among: Among::Registrations,
            table: "registration t",
            columns: "t.record",
            conditions: "",
            fulfil: None,
            parameter: None,
        }
    };
    Listed::of(search.find(sql, prefix, after, most)?, |row| row.record(2))
}

/// How many wait for an answer, be it the approvers' or the requester's to the question whose address it is, counted up to
/// `most`.
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

/// As [`count_unanswered`], of those that were asked from `network`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_of_network(sql: &dyn Sql, network: &str, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM registration INDEXED BY registration_network \
                     WHERE network = ? AND stage IN ('awaiting_address', 'awaiting_approval') AND ends_at > ? LIMIT ?)";
    let rows = sql.run(statement, vec![network.into(), now.0.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// How many wait for an answer, counted up to `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_waiting(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM registration INDEXED BY registration_waiting \
                     WHERE stage = 'awaiting_approval' AND ends_at > ? LIMIT ?)";
    let rows = sql.run(statement, vec![now.0.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

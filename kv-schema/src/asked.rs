//! The `asked` and `gathered_request` tables: which mails each approver got recently, and the requests that wait for a
//! digest mail.

use tegata_domain::asked::Asked;
use tegata_domain::id::{RegistrationId, UserId};
use tegata_domain::limit::MOST_WAITING;
use tegata_domain::registration::Registration;
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, all, json, one};

/// Loads what `user` was mailed recently; the default when nothing was stored yet.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, user: &UserId) -> Result<Asked, SqlError> {
    let found = one(&sql.run("SELECT record FROM asked WHERE user = ?", vec![user.as_str().into()])?)?;
    Ok(found.unwrap_or_default())
}

/// Stores what `user` was mailed recently.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, user: &UserId, asked: &Asked) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO asked (user, record) VALUES (?, ?)",
        vec![user.as_str().into(), json(asked)?],
    )
    .map(drop)
}

/// Queues a request for the next digest mail and returns its number. Drops the oldest requests beyond [`MOST_WAITING`].
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn gather(sql: &dyn Sql, registration: &RegistrationId) -> Result<i64, SqlError> {
    let rows = sql.run(
        "INSERT INTO gathered_request (registration) VALUES (?) RETURNING number",
        vec![registration.as_str().into()],
    )?;
    let number = rows.first().map_or(Ok(0), |row| row.integer(0))?;
    sql.run(
        "DELETE FROM gathered_request WHERE number <= ?",
        vec![number.saturating_sub(MOST_WAITING).into()],
    )?;
    Ok(number)
}

/// Returns the number of the latest queued request; 0 when there is none.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn last(sql: &dyn Sql) -> Result<i64, SqlError> {
    let rows = sql.run("SELECT coalesce(max(number), 0) FROM gathered_request", Vec::new())?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

const WAITING: &str = "FROM gathered_request g JOIN registration r ON r.id = g.registration \
                       WHERE g.number BETWEEN ? AND ? AND r.stage = 'awaiting_approval' AND r.ends_at > ?";

/// Counts the requests numbered `from` to `to` that still wait for an answer, and returns the first `most` of them.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn waiting(
    sql: &dyn Sql,
    (from, to): (i64, i64),
    now: UnixSeconds,
    most: usize,
) -> Result<(i64, Vec<Registration>), SqlError> {
    let which = || vec![from.into(), to.into(), now.0.into()];
    let count = sql.run(&format!("SELECT count(*) {WAITING}"), which())?;
    let first = sql.run(
        &format!("SELECT r.record {WAITING} ORDER BY g.number LIMIT {most}"),
        which(),
    )?;
    Ok((count.first().map_or(Ok(0), |row| row.integer(0))?, all(&first)?))
}

//! What approvers were mailed lately, and the requests that wait to be told together.

use tegata_domain::asked::Asked;
use tegata_domain::id::{RegistrationId, UserId};
use tegata_domain::limit::MOST_WAITING;
use tegata_domain::registration::Registration;
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, all, json, one};

/// What `user` was mailed lately.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, user: &UserId) -> Result<Asked, SqlError> {
    let found = one(&sql.run("SELECT record FROM asked WHERE user = ?", vec![user.as_str().into()])?)?;
    Ok(found.unwrap_or_default())
}

/// Writes that down.
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

/// Adds a request that is to be told with others; its number. No more are kept than may wait at a time.
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

/// The number of the last request.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn last(sql: &dyn Sql) -> Result<i64, SqlError> {
    let rows = sql.run("SELECT coalesce(max(number), 0) FROM gathered_request", Vec::new())?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

const WAITING: &str = "FROM gathered_request g JOIN registration r ON r.id = g.registration \
                       WHERE g.number BETWEEN ? AND ? AND r.stage = 'awaiting_approval' AND r.ends_at > ?";

/// How many of the requests `from` to `to` wait for an answer, and the first `most` of them.
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

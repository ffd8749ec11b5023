//! The `session` table: console sessions by the hash of their cookie, and by user.

use tegata_domain::console_session::{ConsoleSession, IDLE};
use tegata_domain::id::{SessionId, UserId};
use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError, all, json, one};

/// Loads the session of a cookie.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, token: &HashedSecret) -> Result<Option<ConsoleSession>, SqlError> {
    one(&sql.run("SELECT record FROM session WHERE hash = ?", vec![token.as_str().into()])?)
}

/// Inserts or updates a session.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, token: &HashedSecret, session: &ConsoleSession) -> Result<(), SqlError> {
    let ends_at = session.expires_at.min(session.last_seen_at.plus(IDLE));
    let row = vec![
        token.as_str().into(),
        session.id.as_str().into(),
        session.user.as_str().into(),
        ends_at.0.into(),
        json(session)?,
    ];
    sql.run(
        "INSERT INTO session (hash, id, user, ends_at, record) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (hash) DO UPDATE SET ends_at = excluded.ends_at, record = excluded.record",
        row,
    )
    .map(drop)
}

/// Lists the sessions of `user`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of_user(sql: &dyn Sql, user: &UserId) -> Result<Vec<ConsoleSession>, SqlError> {
    let mut sessions: Vec<ConsoleSession> =
        all(&sql.run("SELECT record FROM session WHERE user = ?", vec![user.as_str().into()])?)?;
    sessions.sort_by_key(|session| session.created_at);
    Ok(sessions)
}

/// Deletes the session `id` of `user`. Returns whether it existed.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, user: &UserId, id: &SessionId) -> Result<bool, SqlError> {
    let statement = "DELETE FROM session WHERE id = ? AND user = ? RETURNING 1";
    Ok(!sql
        .run(statement, vec![id.as_str().into(), user.as_str().into()])?
        .is_empty())
}

/// Deletes all sessions of `user` except `but`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_of_user(sql: &dyn Sql, user: &UserId, but: Option<&SessionId>) -> Result<(), SqlError> {
    let but = but.map_or("", SessionId::as_str);
    sql.run(
        "DELETE FROM session WHERE user = ? AND id <> ?",
        vec![user.as_str().into(), but.into()],
    )
    .map(drop)
}

/// Deletes sessions that have ended.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn sweep(sql: &dyn Sql, now: UnixSeconds) -> Result<(), SqlError> {
    sql.run("DELETE FROM session WHERE ends_at < ?", vec![now.0.into()])
        .map(drop)
}

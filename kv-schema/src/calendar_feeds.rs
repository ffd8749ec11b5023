//! The `calendar_feed` table of a provider: feeds by the hash of the secret in their address, and by owner.

use tegata_domain::calendar_feed::StoredFeed;
use tegata_domain::id::{CalendarFeedId, UserId};
use tegata_domain::secret::HashedSecret;

use crate::sql::{Sql, SqlError, all, json, one};

/// Loads the feed whose secret has this hash.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, hash: &HashedSecret) -> Result<Option<StoredFeed>, SqlError> {
    one(&sql.run(
        "SELECT record FROM calendar_feed WHERE hash = ?",
        vec![hash.as_str().into()],
    )?)
}

/// Inserts a feed.
///
/// # Errors
/// [`SqlError`] when the store fails, or has this feed.
pub fn insert(sql: &dyn Sql, feed: &StoredFeed) -> Result<(), SqlError> {
    let row = vec![
        feed.hash.as_str().into(),
        feed.id.as_str().into(),
        feed.user.as_str().into(),
        json(feed)?,
    ];
    let statement = "INSERT INTO calendar_feed (hash, id, user, record) VALUES (?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// Lists the feeds of `user`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of_user(sql: &dyn Sql, user: &UserId) -> Result<Vec<StoredFeed>, SqlError> {
    let rows = sql.run(
        "SELECT record FROM calendar_feed WHERE user = ?",
        vec![user.as_str().into()],
    )?;
    let mut feeds: Vec<StoredFeed> = all(&rows)?;
    feeds.sort_by(|one, other| (one.created_at, one.id.as_str()).cmp(&(other.created_at, other.id.as_str())));
    Ok(feeds)
}

/// Deletes the feed `id` of `user`. Returns whether it existed.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, user: &UserId, id: &CalendarFeedId) -> Result<bool, SqlError> {
    let statement = "DELETE FROM calendar_feed WHERE id = ? AND user = ? RETURNING 1";
    let rows = sql.run(statement, vec![id.as_str().into(), user.as_str().into()])?;
    Ok(!rows.is_empty())
}

/// Deletes all feeds of `user`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_of_user(sql: &dyn Sql, user: &UserId) -> Result<(), SqlError> {
    let statement = "DELETE FROM calendar_feed WHERE user = ?";
    sql.run(statement, vec![user.as_str().into()]).map(drop)
}

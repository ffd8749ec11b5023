//! The `signing_key` table of the keyring's object.

use tegata_domain::keyring::Key;

use crate::sql::{Sql, SqlError, all, json};

/// Loads every key. There are few, so no paging is needed.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql) -> Result<Vec<Key>, SqlError> {
    all(&sql.run("SELECT record FROM signing_key", Vec::new())?)
}

/// Inserts a key.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn insert(sql: &dyn Sql, key: &Key) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO signing_key (kid, record) VALUES (?, ?)",
        vec![key.kid.as_str().into(), json(key)?],
    )
    .map(drop)
}

/// Updates a key.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, key: &Key) -> Result<(), SqlError> {
    sql.run(
        "UPDATE signing_key SET record = ? WHERE kid = ?",
        vec![json(key)?, key.kid.as_str().into()],
    )
    .map(drop)
}

/// Deletes a key.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, kid: &str) -> Result<(), SqlError> {
    sql.run("DELETE FROM signing_key WHERE kid = ?", vec![kid.into()])
        .map(drop)
}

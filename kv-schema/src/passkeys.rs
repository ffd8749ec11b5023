//! The `passkey` table: passkeys by id, by credential id and by user.

use tegata_domain::id::{PasskeyId, UserId};
use tegata_domain::passkey::{CredentialId, Passkey};

use crate::sql::{Sql, SqlError, all, json, one};

/// Loads the passkey whose authenticator knows it as `credential`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_credential(sql: &dyn Sql, credential: &CredentialId) -> Result<Option<Passkey>, SqlError> {
    one(&sql.run(
        "SELECT record FROM passkey WHERE credential = ?",
        vec![credential.as_str().into()],
    )?)
}

/// Inserts a new passkey. Returns `false` and stores nothing when its credential id is already known.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn insert(sql: &dyn Sql, passkey: &Passkey) -> Result<bool, SqlError> {
    let row = vec![
        passkey.id.as_str().into(),
        passkey.user.as_str().into(),
        passkey.credential.as_str().into(),
        json(passkey)?,
    ];
    let statement = "INSERT INTO passkey (id, user, credential, record) VALUES (?, ?, ?, ?) \
         ON CONFLICT (credential) DO NOTHING RETURNING 1";
    Ok(!sql.run(statement, row)?.is_empty())
}

/// Updates a passkey.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn update(sql: &dyn Sql, passkey: &Passkey) -> Result<(), SqlError> {
    sql.run(
        "UPDATE passkey SET record = ? WHERE id = ?",
        vec![json(passkey)?, passkey.id.as_str().into()],
    )
    .map(drop)
}

/// Lists the passkeys of `user`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of_user(sql: &dyn Sql, user: &UserId) -> Result<Vec<Passkey>, SqlError> {
    let mut passkeys: Vec<Passkey> =
        all(&sql.run("SELECT record FROM passkey WHERE user = ?", vec![user.as_str().into()])?)?;
    passkeys.sort_by_key(|passkey| passkey.created_at);
    Ok(passkeys)
}

/// Deletes the passkey `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &PasskeyId) -> Result<(), SqlError> {
    sql.run("DELETE FROM passkey WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

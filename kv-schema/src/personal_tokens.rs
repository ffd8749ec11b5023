//! The `personal_token` table: personal access tokens by the hash of their plain form, and by user.

use tegata_domain::id::{TokenId, UserId};
use tegata_domain::personal_token::PersonalToken;
use tegata_domain::secret::HashedSecret;

use crate::sql::{Sql, SqlError, all, json, one};

/// Loads the personal access token with this hash.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, token: &HashedSecret) -> Result<Option<PersonalToken>, SqlError> {
    one(&sql.run(
        "SELECT record FROM personal_token WHERE hash = ?",
        vec![token.as_str().into()],
    )?)
}

/// Inserts or updates a token.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, hash: &HashedSecret, token: &PersonalToken) -> Result<(), SqlError> {
    let row = vec![
        hash.as_str().into(),
        token.id.as_str().into(),
        token.user.as_str().into(),
        json(token)?,
    ];
    sql.run(
        "INSERT INTO personal_token (hash, id, user, record) VALUES (?, ?, ?, ?) \
         ON CONFLICT (hash) DO UPDATE SET record = excluded.record",
        row,
    )
    .map(drop)
}

/// Lists the tokens of `user`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of_user(sql: &dyn Sql, user: &UserId) -> Result<Vec<PersonalToken>, SqlError> {
    let mut tokens: Vec<PersonalToken> = all(&sql.run(
        "SELECT record FROM personal_token WHERE user = ?",
        vec![user.as_str().into()],
    )?)?;
    tokens.sort_by_key(|token| token.created_at);
    Ok(tokens)
}

/// Deletes the token `id` of `user`. Returns whether it existed.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, user: &UserId, id: &TokenId) -> Result<bool, SqlError> {
    let statement = "DELETE FROM personal_token WHERE id = ? AND user = ? RETURNING 1";
    Ok(!sql
        .run(statement, vec![id.as_str().into(), user.as_str().into()])?
        .is_empty())
}

/// Deletes all tokens of `user`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_of_user(sql: &dyn Sql, user: &UserId) -> Result<(), SqlError> {
    sql.run("DELETE FROM personal_token WHERE user = ?", vec![user.as_str().into()])
        .map(drop)
}

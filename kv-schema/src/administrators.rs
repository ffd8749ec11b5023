//! Administrators, by id and by account name.

use tegata_domain::account::{AccountName, Administrator};
use tegata_domain::id::UserId;

use crate::sql::{Sql, SqlError, all, json, one};

/// Most administrators that one approval asks.
pub const MOST_APPROVERS: i64 = 50;

/// The administrator `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &UserId) -> Result<Option<Administrator>, SqlError> {
    one(&sql.run(
        "SELECT record FROM administrator WHERE id = ?",
        vec![id.as_str().into()],
    )?)
}

/// Whether an account of this name exists.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn account_exists(sql: &dyn Sql, account: &AccountName) -> Result<bool, SqlError> {
    Ok(!sql
        .run(
            "SELECT 1 FROM administrator WHERE account = ?",
            vec![account.as_str().into()],
        )?
        .is_empty())
}

/// Those who are asked to approve, at most [`MOST_APPROVERS`].
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn approvers(sql: &dyn Sql) -> Result<Vec<Administrator>, SqlError> {
    all(&sql.run(
        "SELECT record FROM administrator ORDER BY id LIMIT ?",
        vec![MOST_APPROVERS.into()],
    )?)
}

/// Adds an administrator.
///
/// # Errors
/// [`SqlError`] when the store fails, or the account name is taken.
pub fn insert(sql: &dyn Sql, administrator: &Administrator) -> Result<(), SqlError> {
    let row = vec![
        administrator.id.as_str().into(),
        administrator.person.account.as_str().into(),
        json(administrator)?,
    ];
    sql.run("INSERT INTO administrator (id, account, record) VALUES (?, ?, ?)", row)
        .map(drop)
}

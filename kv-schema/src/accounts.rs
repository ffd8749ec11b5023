//! The `account` table: accounts looked up by user, by login name and by role.

use tegata_domain::account::{Account, AccountName};
use tegata_domain::id::UserId;
use tegata_domain::right::Role;

use crate::sql::{Sql, SqlError, all, json, one};

/// Limit on the administrators whom one approval asks, or to whom one alert goes.
pub const MOST_ASKED: i64 = 50;

/// Loads the account of `user`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, user: &UserId) -> Result<Option<Account>, SqlError> {
    one(&sql.run("SELECT record FROM account WHERE user = ?", vec![user.as_str().into()])?)
}

/// Loads the account with the login name `name`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_name(sql: &dyn Sql, name: &AccountName) -> Result<Option<Account>, SqlError> {
    one(&sql.run("SELECT record FROM account WHERE name = ?", vec![name.as_str().into()])?)
}

/// Inserts or updates an account.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, account: &Account) -> Result<(), SqlError> {
    let row = vec![
        account.user.as_str().into(),
        account.name.as_str().into(),
        account.role.name().into(),
        i64::from(account.support_option).into(),
        json(account)?,
    ];
    sql.run(
        "INSERT INTO account (user, name, role, support_option, record) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (user) DO UPDATE SET role = excluded.role, support_option = excluded.support_option, record = excluded.record",
        row,
    )
    .map(drop)
}

/// Deletes the account of `user`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, user: &UserId) -> Result<(), SqlError> {
    sql.run("DELETE FROM account WHERE user = ?", vec![user.as_str().into()])
        .map(drop)
}

/// Lists accounts that have `role`, at most [`MOST_ASKED`].
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of_role(sql: &dyn Sql, role: Role) -> Result<Vec<Account>, SqlError> {
    all(&sql.run(
        "SELECT record FROM account WHERE role = ? ORDER BY user LIMIT ?",
        vec![role.name().into(), MOST_ASKED.into()],
    )?)
}

/// Counts accounts of `role` whose owner has logged in and chosen a password, excluding the account of `but`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_settled(sql: &dyn Sql, role: Role, but: &UserId) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM account WHERE role = ? AND user <> ? \
                     AND json_extract(record, '$.password.kind') = 'own'";
    let rows = sql.run(statement, vec![role.name().into(), but.as_str().into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Counts accounts that have the support option, excluding the account of `but`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_support_options(sql: &dyn Sql, but: &UserId) -> Result<i64, SqlError> {
    let statement =
        "SELECT count(*) FROM account WHERE role = 'system_administrator' AND support_option = 1 AND user <> ?";
    let rows = sql.run(statement, vec![but.as_str().into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Lists the system administrators' accounts that have the support option, at most [`MOST_ASKED`].
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn with_support_option(sql: &dyn Sql) -> Result<Vec<Account>, SqlError> {
    all(&sql.run(
        "SELECT record FROM account WHERE role = 'system_administrator' AND support_option = 1 ORDER BY user LIMIT ?",
        vec![MOST_ASKED.into()],
    )?)
}

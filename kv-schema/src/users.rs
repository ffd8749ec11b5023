//! Users with their accounts: by id, by name, by what they are searched by.

use tegata_domain::account::Account;
use tegata_domain::id::UserId;
use tegata_domain::panel::{AccountFilter, UserSort};
use tegata_domain::phonetic::{PhoneticName, folded};
use tegata_domain::user::User;

use crate::search::{self, Among, Search};
use crate::sql::{Row, Sql, SqlError, Value, json, one};

/// A user, and their account where they have one.
pub type Person = (User, Option<Account>);

/// A row of a list: where it stands in the order, and who it is.
pub type Found = (String, Person);

/// The user `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &UserId) -> Result<Option<User>, SqlError> {
    one(&sql.run("SELECT record FROM user WHERE id = ?", vec![id.as_str().into()])?)
}

/// Writes a user, and what they are found by. `account` is the name they log in with.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, user: &User, account: Option<&str>) -> Result<(), SqlError> {
    let organization = user.organization.as_ref().map_or(Value::Null, |id| id.as_str().into());
    let name = folded(user.display_name.as_str());
    let phonetic = folded(user.phonetic_name.as_ref().map_or("", PhoneticName::as_str));
    sql.run(
        "INSERT OR REPLACE INTO user (id, organization, name, phonetic, record) VALUES (?, ?, ?, ?, ?)",
        vec![
            user.id.as_str().into(),
            organization,
            name.into(),
            phonetic.into(),
            json(user)?,
        ],
    )?;
    search::save(sql, Among::Users, user.id.as_str(), &user.search_terms(account))
}

/// Deletes a user.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &UserId) -> Result<(), SqlError> {
    search::delete(sql, Among::Users, id.as_str())?;
    sql.run("DELETE FROM user WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

/// Whether anybody has no account.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn any_without_account(sql: &dyn Sql) -> Result<bool, SqlError> {
    let statement = "SELECT 1 FROM user u WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.user = u.id) LIMIT 1";
    Ok(!sql.run(statement, Vec::new())?.is_empty())
}

/// Which users, and in which order.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// A folded text that one of their terms begins with.
    pub prefix: Option<&'a str>,
    /// Ids of the organisations they must belong to, as a JSON array.
    pub within: Option<&'a str>,
    /// With or without an account.
    pub account: AccountFilter,
    /// The order, where nothing is searched for.
    pub sort: UserSort,
    /// Where to begin: place in the order and id.
    pub after: (&'a str, &'a str),
    /// How many at most.
    pub most: i64,
}

const PERSON: &str = "t.record, a.record";

/// Users as `query` says.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, query: &Query<'_>) -> Result<Vec<Found>, SqlError> {
    let mut conditions = String::new();
    match query.account {
        AccountFilter::With => conditions.push_str(" AND a.user IS NOT NULL"),
        AccountFilter::Without => conditions.push_str(" AND a.user IS NULL"),
        AccountFilter::Any => {}
    }
    let rows = if let Some(prefix) = query.prefix {
        let within = if query.within.is_some() {
            " AND t.organization IN (SELECT value FROM json_each(?7))"
        } else {
            ""
        };
        let search = Search {
            among: Among::Users,
            table: "user t LEFT JOIN account a ON a.user = t.id",
            columns: PERSON,
            conditions: &format!("{conditions}{within}"),
            parameters: query.within.map(Value::from).into_iter().collect(),
        };
        search.find(sql, prefix, query.after, query.most)?
    } else {
        let order = match query.sort {
            UserSort::Name => "name",
            UserSort::Phonetic => "phonetic",
        };
        let (within, join) = (
            if query.within.is_some() {
                " AND t.organization IN (SELECT value FROM json_each(?4))"
            } else {
                ""
            },
            // Few have accounts: beginning with those finds them without looking through all users.
            if query.account == AccountFilter::With {
                "account a JOIN user t ON t.id = a.user"
            } else {
                "user t LEFT JOIN account a ON a.user = t.id"
            },
        );
        let statement = format!(
            "SELECT t.{order}, t.id, {PERSON} FROM {join} WHERE (t.{order}, t.id) > (?1, ?2){conditions}{within} \
             ORDER BY t.{order}, t.id LIMIT ?3"
        );
        let mut parameters: Vec<Value> = vec![query.after.0.into(), query.after.1.into(), query.most.into()];
        parameters.extend(query.within.map(Value::from));
        sql.run(&statement, parameters)?
    };
    rows.iter().map(found).collect()
}

fn found(row: &Row) -> Result<Found, SqlError> {
    let account = match row.0.get(3) {
        Some(Value::Null) | None => None,
        Some(_) => Some(row.record(3)?),
    };
    Ok((row.text(0)?.to_owned(), (row.record(2)?, account)))
}

//! Users and their accounts: by id, by name, and by search term.

use tegata_domain::account::Account;
use tegata_domain::id::UserId;
use tegata_domain::panel::users::{AccountFilter, UserSort};
use tegata_domain::phonetic::{PhoneticName, folded};
use tegata_domain::user::User;

use crate::search::{self, Among, Listed, Search};
use crate::sql::{Row, Sql, SqlError, Value, json, one};

/// A user, and their account if they have one.
pub type Person = (User, Option<Account>);

/// Loads the user `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &UserId) -> Result<Option<User>, SqlError> {
    one(&sql.run("SELECT record FROM user WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts or replaces a user and their search terms. `account` is their login name if they have an account.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, user: &User, account: Option<&str>) -> Result<(), SqlError> {
    let organization = user.organization.as_ref().map_or(Value::Null, |id| id.as_str().into());
    let name = folded(user.display_name.as_str());
    let phonetic = folded(user.phonetic_name.as_ref().map_or("", PhoneticName::as_str));
    sql.run(
        "INSERT OR REPLACE INTO user (id, organization, account, name, phonetic, record) VALUES (?, ?, ?, ?, ?, ?)",
        vec![
            user.id.as_str().into(),
            organization,
            i64::from(account.is_some()).into(),
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

/// Returns whether any user has no account.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn any_without_account(sql: &dyn Sql) -> Result<bool, SqlError> {
    let statement = "SELECT 1 FROM user WHERE account = 0 LIMIT 1";
    Ok(!sql.run(statement, Vec::new())?.is_empty())
}

/// Which users to list, and in which order.
#[derive(Debug, Clone)]
pub struct Query<'a> {
    /// A folded text with which one of their search terms starts.
    pub prefix: Option<&'a str>,
    /// Ids of the organisations to which they must belong, as a JSON array.
    pub within: Option<&'a str>,
    /// Whether they must have an account.
    pub account: AccountFilter,
    /// The order; ignored when `prefix` is given.
    pub sort: UserSort,
    /// Cursor from the previous page: place in the order, and id.
    pub after: (&'a str, &'a str),
    /// The maximum number of rows.
    pub most: i64,
}

const PERSON: &str = "t.record, a.record";
const PERSONS: &str = "user t LEFT JOIN account a ON a.user = t.id";

/// Lists the users that match `query`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, query: &Query<'_>) -> Result<Listed<Person>, SqlError> {
    let found = match (query.prefix, query.within) {
        (Some(prefix), _) => found(sql, query, prefix)?,
        (None, Some(within)) => (members(sql, query, within)?, None),
        (None, None) => (ordered(sql, query)?, None),
    };
    Listed::of(found, person)
}

const fn order(sort: UserSort) -> &'static str {
    match sort {
        UserSort::Name => "name",
        UserSort::Phonetic => "phonetic",
    }
}

/// Allowed values of `user.account`, as a JSON array.
const fn accounts(filter: AccountFilter) -> &'static str {
    match filter {
        AccountFilter::Any => "[0,1]",
        AccountFilter::With => "[1]",
        AccountFilter::Without => "[0]",
    }
}

fn found(sql: &dyn Sql, query: &Query<'_>, prefix: &str) -> Result<(Vec<Row>, Option<search::Place>), SqlError> {
    let mut conditions = String::new();
    if query.within.is_some() {
        conditions.push_str(" AND t.organization IN (SELECT value FROM json_each(?1))");
    }
    match query.account {
        AccountFilter::With => conditions.push_str(" AND t.account = 1"),
        AccountFilter::Without => conditions.push_str(" AND t.account = 0"),
        AccountFilter::Any => {}
    }
    let members = "SELECT id FROM user WHERE organization IN (SELECT value FROM json_each(?1))";
    let fulfil = match query.account {
        _ if query.within.is_some() => Some(members),
        AccountFilter::Any => None,
        AccountFilter::With => Some("SELECT id FROM user WHERE account = 1"),
        AccountFilter::Without => Some("SELECT id FROM user WHERE account = 0"),
    };
    let search = Search {
        among: Among::Users,
        table: PERSONS,
        columns: PERSON,
        conditions: &conditions,
        fulfil,
        parameter: query.within.map(Value::from),
    };
    search.find(sql, prefix, query.after, query.most)
}

fn ordered(sql: &dyn Sql, query: &Query<'_>) -> Result<Vec<Row>, SqlError> {
    let order = order(query.sort);
    let account = match query.account {
        AccountFilter::With => "t.account = 1 AND ",
        AccountFilter::Without => "t.account = 0 AND ",
        AccountFilter::Any => "",
    };
    let statement = format!(
        "SELECT t.{order}, t.id, {PERSON} FROM {PERSONS} WHERE {account}(t.{order}, t.id) > (?, ?) \
         ORDER BY t.{order}, t.id LIMIT ?"
    );
    let parameters = vec![query.after.0.into(), query.after.1.into(), query.most.into()];
    sql.run(&statement, parameters)
}

/// Takes a page of each organisation from the index, and keeps the first rows of all of them.
fn members(sql: &dyn Sql, query: &Query<'_>, within: &str) -> Result<Vec<Row>, SqlError> {
    let order = order(query.sort);
    let statement = format!(
        "SELECT t.{order}, t.id, {PERSON} FROM (\
           SELECT json_extract(n.value, '$[0]') AS place, json_extract(n.value, '$[1]') AS id \
           FROM json_each(?4) AS o, json_each(?5) AS c, json_each((SELECT json_group_array(json_array({order}, id)) FROM (\
             SELECT u.{order}, u.id FROM user u INDEXED BY user_organization_{order} \
             WHERE u.organization = o.value AND u.account = c.value AND (u.{order}, u.id) > (?1, ?2) \
             ORDER BY u.{order}, u.id LIMIT ?3))) AS n ORDER BY place, id LIMIT ?3\
         ) AS first CROSS JOIN {PERSONS} WHERE t.id = first.id ORDER BY t.{order}, t.id"
    );
    let parameters = vec![
        query.after.0.into(),
        query.after.1.into(),
        query.most.into(),
        within.into(),
        accounts(query.account).into(),
    ];
    sql.run(&statement, parameters)
}

fn person(row: &Row) -> Result<Person, SqlError> {
    let account = match row.0.get(3) {
        Some(Value::Null) | None => None,
        Some(_) => Some(row.record(3)?),
    };
    Ok((row.record(2)?, account))
}

//! A provider's copies of its customers, their inquiries, their questions and their launches. The customers' own objects hold the
//! originals and decide.

use serde::de::DeserializeOwned;
use tegata_domain::desk::Customer;
use tegata_domain::id::{InquiryId, LaunchId, QuestionId};
use tegata_domain::inquiry::{DeskInquiry, InquiryState};
use tegata_domain::launch::DeskLaunch;
use tegata_domain::panel::desk::CustomerSort;
use tegata_domain::panel::lists::Order;
use tegata_domain::phonetic::{folded, terms};
use tegata_domain::question::DeskQuestion;
use tegata_domain::slug::Slug;
use tegata_domain::time::UnixSeconds;

use crate::inquiries::page;
use crate::search::{self, Among, Listed, Search};
use crate::sql::{Row, Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// The conditions of the partial indexes, which SQLite enters only where they are repeated word by word.
const SUSPENDED: &str = "json_extract(record, '$.state') = 'suspended'";
const UNFINISHED: &str = "json_extract(record, '$.state') = 'active' AND json_extract(record, '$.setup_done') < json_extract(record, '$.setup_of')";
const OPEN: &str = "json_extract(record, '$.question.state') = 'open'";

/// Loads the customer `slug`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_customer(sql: &dyn Sql, slug: &Slug) -> Result<Option<Customer>, SqlError> {
    one(&sql.run("SELECT record FROM customer WHERE slug = ?", vec![slug.as_str().into()])?)
}

/// Inserts or replaces a customer and its search terms.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_customer(sql: &dyn Sql, customer: &Customer) -> Result<(), SqlError> {
    let (slug, name) = (customer.slug.as_str(), folded(customer.name.as_str()));
    let row = vec![slug.into(), name.as_str().into(), json(customer)?];
    sql.run(
        "INSERT OR REPLACE INTO customer (slug, name, record) VALUES (?, ?, ?)",
        row,
    )?;
    search::save(sql, Among::Customers, slug, &[name, slug.to_owned()])
}

/// Lists at most `most` customers after the cursor `after`: with `prefix`, the search results in search order,
/// otherwise every customer in the order of `sort`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list_customers(
    sql: &dyn Sql,
    prefix: Option<&str>,
    sort: CustomerSort,
    after: (&str, &str),
    most: i64,
) -> Result<Listed<Customer>, SqlError> {
    let found = match (prefix, sort) {
        (Some(prefix), _) => {
            let search = Search {
                among: Among::Customers,
                table: "(SELECT slug AS id, record FROM customer) t",
                columns: "t.record",
                conditions: "",
                fulfil: None,
                parameter: None,
            };
            search.find(sql, prefix, after, most)?
        }
        (None, CustomerSort::Newest) => {
            let timeline = Timeline {
                table: "(SELECT slug AS id, created_at, record FROM customer) t",
                at: "created_at",
                ..Timeline::default()
            };
            let order = Order::Newest;
            timeline.page(sql, Span { order, after, most })?
        }
        (None, CustomerSort::Name) => {
            let statement =
                "SELECT name, slug, record FROM customer WHERE (name, slug) > (?, ?) ORDER BY name, slug LIMIT ?";
            (
                sql.run(statement, vec![after.0.into(), after.1.into(), most.into()])?,
                None,
            )
        }
    };
    Listed::of(found, |row| row.record(2))
}

/// Loads the copy of the inquiry `id` of `tenant`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_inquiry(sql: &dyn Sql, tenant: &Slug, id: &InquiryId) -> Result<Option<DeskInquiry>, SqlError> {
    one(&sql.run(
        "SELECT record FROM desk_inquiry WHERE tenant = ? AND id = ?",
        vec![tenant.as_str().into(), id.as_str().into()],
    )?)
}

/// Inserts or replaces the copy of an inquiry and its search terms.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_inquiry(sql: &dyn Sql, entry: &DeskInquiry) -> Result<(), SqlError> {
    let row = vec![
        entry.tenant.as_str().into(),
        entry.inquiry.id.as_str().into(),
        entry.inquiry.state.name().into(),
        entry.inquiry.updated_at.0.into(),
        json(entry)?,
    ];
    sql.run(
        "INSERT OR REPLACE INTO desk_inquiry (tenant, id, state, updated_at, record) VALUES (?, ?, ?, ?, ?)",
        row,
    )?;
    let customer = [entry.tenant.as_str().to_owned()]
        .into_iter()
        .chain(terms(entry.tenant_name.as_str()));
    let found_by: Vec<String> = customer.chain(entry.inquiry.search_terms()).collect();
    search::save(sql, Among::DeskInquiries, entry.inquiry.id.as_str(), &found_by)
}

/// Lists a page of inquiries: with `prefix`, the search results in search order, otherwise by last change.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list_inquiries(
    sql: &dyn Sql,
    prefix: Option<&str>,
    state: Option<InquiryState>,
    span: Span<'_>,
) -> Result<Listed<DeskInquiry>, SqlError> {
    page(sql, (Among::DeskInquiries, "desk_inquiry t"), prefix, state, span)
}

/// Counts inquiries in `state`, stopping at `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_inquiries(sql: &dyn Sql, state: InquiryState, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM desk_inquiry WHERE state = ? LIMIT ?)";
    let rows = sql.run(statement, vec![state.name().into(), most.into()])?;
    rows.first().map_or(Ok(0), |row: &Row| row.integer(0))
}

/// The number of customers, of those that are suspended, and of those in use whose setup is unfinished.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_customers(sql: &dyn Sql) -> Result<[i64; 3], SqlError> {
    let suspended = format!("SELECT count(*) FROM customer INDEXED BY customer_suspended WHERE {SUSPENDED}");
    let unfinished = format!("SELECT count(*) FROM customer INDEXED BY customer_unfinished WHERE {UNFINISHED}");
    let count = |statement: &str| {
        let rows = sql.run(statement, Vec::new())?;
        rows.first().map_or(Ok(0), |row: &Row| row.integer(0))
    };
    Ok([
        count("SELECT count(*) FROM customer INDEXED BY customer_name")?,
        count(&suspended)?,
        count(&unfinished)?,
    ])
}

/// The newest customers in use whose setup is unfinished, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn unfinished_customers(sql: &dyn Sql, most: i64) -> Result<Vec<Customer>, SqlError> {
    let statement =
        format!("SELECT record FROM customer WHERE {UNFINISHED} ORDER BY created_at DESC, slug DESC LIMIT ?");
    all(&sql.run(&statement, vec![most.into()])?)
}

/// The number of questions that wait for an answer at `now`, stopping at `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_open_questions(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let statement =
        format!("SELECT count(*) FROM (SELECT 1 FROM desk_question WHERE {OPEN} AND expires_at > ? LIMIT ?)");
    let rows = sql.run(&statement, vec![now.0.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row: &Row| row.integer(0))
}

/// The questions that wait for an answer at `now`, at most `most`; the one that expires first is the first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn open_questions(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<Vec<DeskQuestion>, SqlError> {
    let statement = format!(
        "SELECT record FROM desk_question WHERE {OPEN} AND expires_at > ? ORDER BY expires_at, tenant, id LIMIT ?"
    );
    all(&sql.run(&statement, vec![now.0.into(), most.into()])?)
}

/// Loads the copy of the question `id` of `tenant`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_question(sql: &dyn Sql, tenant: &Slug, id: &QuestionId) -> Result<Option<DeskQuestion>, SqlError> {
    let statement = "SELECT record FROM desk_question WHERE tenant = ? AND id = ?";
    one(&sql.run(statement, vec![tenant.as_str().into(), id.as_str().into()])?)
}

/// Inserts or replaces the copy of a question.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_question(sql: &dyn Sql, entry: &DeskQuestion) -> Result<(), SqlError> {
    let row = vec![
        entry.tenant.as_str().into(),
        entry.question.id.as_str().into(),
        entry.question.asked_at.0.into(),
        json(entry)?,
    ];
    let statement = "INSERT OR REPLACE INTO desk_question (tenant, id, asked_at, record) VALUES (?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// Lists a page of questions, of one customer or of all, by the time they were asked.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list_questions(sql: &dyn Sql, tenant: Option<&Slug>, span: Span<'_>) -> Result<Listed<DeskQuestion>, SqlError> {
    let timeline = Timeline {
        table: "desk_question t",
        at: "asked_at",
        conditions: if tenant.is_some() { " AND t.tenant = ?4" } else { "" },
        parameters: tenant.map(|tenant| tenant.as_str().into()).into_iter().collect(),
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Loads the copy of the launch `id` of `tenant`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_launch(sql: &dyn Sql, tenant: &Slug, id: &LaunchId) -> Result<Option<DeskLaunch>, SqlError> {
    let statement = "SELECT record FROM desk_launch WHERE tenant = ? AND id = ?";
    one(&sql.run(statement, vec![tenant.as_str().into(), id.as_str().into()])?)
}

/// Inserts or replaces the copy of a launch.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_launch(sql: &dyn Sql, entry: &DeskLaunch) -> Result<(), SqlError> {
    let row = vec![
        entry.tenant.as_str().into(),
        entry.launch.id.as_str().into(),
        entry.launch.requested_at.0.into(),
        entry.launch.open_until().map_or(Value::Null, |until| until.0.into()),
        json(entry)?,
    ];
    let statement =
        "INSERT OR REPLACE INTO desk_launch (tenant, id, requested_at, open_until, record) VALUES (?, ?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// Lists a page of launches, of one customer or of all, by the time of the request; with `open` only those that are not
/// over at that time.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list_launches(
    sql: &dyn Sql,
    tenant: Option<&Slug>,
    open: Option<UnixSeconds>,
    span: Span<'_>,
) -> Result<Listed<DeskLaunch>, SqlError> {
    of_customers(sql, ("desk_launch t", "requested_at"), (tenant, open), span)
}

/// A page of what customers have, in the order of the column `at`: of one customer or of all; with a time only what is
/// open at that time.
pub(crate) fn of_customers<T: DeserializeOwned>(
    sql: &dyn Sql,
    (table, at): (&str, &str),
    (tenant, open): (Option<&Slug>, Option<UnixSeconds>),
    span: Span<'_>,
) -> Result<Listed<T>, SqlError> {
    let mut conditions = String::new();
    let mut parameters: Vec<Value> = Vec::new();
    if let Some(tenant) = tenant {
        conditions.push_str(" AND t.tenant = ?4");
        parameters.push(tenant.as_str().into());
    }
    if let Some(now) = open {
        conditions.push_str(&format!(" AND t.open_until > {}", now.0));
    }
    let timeline = Timeline {
        table,
        at,
        conditions: &conditions,
        parameters,
        checked: open.is_some(),
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// The launches that are not over at `now`, at most `most`; the one that ends first is the first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn open_launches(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<Vec<DeskLaunch>, SqlError> {
    let statement = "SELECT record FROM desk_launch WHERE open_until > ? ORDER BY open_until, tenant, id LIMIT ?";
    all(&sql.run(statement, vec![now.0.into(), most.into()])?)
}

//! What a provider keeps of its customers: how they are, and their inquiries. Copies; the customers' own objects decide.

use tegata_domain::desk::Customer;
use tegata_domain::id::InquiryId;
use tegata_domain::inquiry::{DeskInquiry, InquiryState};
use tegata_domain::phonetic::folded;
use tegata_domain::slug::Slug;

use crate::search::{self, Among, Search};
use crate::sql::{Row, Sql, SqlError, all, json, one};

/// The customer `slug`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_customer(sql: &dyn Sql, slug: &Slug) -> Result<Option<Customer>, SqlError> {
    one(&sql.run("SELECT record FROM customer WHERE slug = ?", vec![slug.as_str().into()])?)
}

/// Writes a customer, and what it is found by.
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

/// Customers in the order of their names, or of what was found by `prefix`, from behind `after`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list_customers(
    sql: &dyn Sql,
    prefix: Option<&str>,
    after: (&str, &str),
    most: i64,
) -> Result<Vec<(String, Customer)>, SqlError> {
    let rows = match prefix {
        Some(prefix) => {
            let search = Search {
                among: Among::Customers,
                table: "(SELECT slug AS id, record FROM customer) t",
                columns: "t.record",
                conditions: "",
                parameters: Vec::new(),
            };
            search.find(sql, prefix, after, most)?
        }
        None => sql.run(
            "SELECT name, slug, record FROM customer WHERE (name, slug) > (?, ?) ORDER BY name, slug LIMIT ?",
            vec![after.0.into(), after.1.into(), most.into()],
        )?,
    };
    rows.iter()
        .map(|row| Ok((row.text(0)?.to_owned(), row.record(2)?)))
        .collect()
}

/// The inquiry `id` of `tenant`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_inquiry(sql: &dyn Sql, tenant: &Slug, id: &InquiryId) -> Result<Option<DeskInquiry>, SqlError> {
    one(&sql.run(
        "SELECT record FROM desk_inquiry WHERE tenant = ? AND id = ?",
        vec![tenant.as_str().into(), id.as_str().into()],
    )?)
}

/// Writes an inquiry.
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
    )
    .map(drop)
}

/// Inquiries, the latest changed first, from behind `after` (when, and the id).
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn latest_inquiries(
    sql: &dyn Sql,
    state: Option<InquiryState>,
    after: (&str, &str),
    most: i64,
) -> Result<Vec<DeskInquiry>, SqlError> {
    let before: i64 = after.0.parse().unwrap_or(i64::MAX >> 11);
    let mut parameters = vec![before.into(), after.1.into(), most.into()];
    let condition = match state {
        None => "",
        Some(state) => {
            parameters.push(state.name().into());
            "state = ?4 AND "
        }
    };
    let statement = format!(
        "SELECT record FROM desk_inquiry WHERE {condition}(updated_at, id) < (?1, ?2) ORDER BY updated_at DESC, id DESC LIMIT ?3"
    );
    all(&sql.run(&statement, parameters)?)
}

/// How many inquiries stand at `state`, counted up to `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_inquiries(sql: &dyn Sql, state: InquiryState, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM desk_inquiry WHERE state = ? LIMIT ?)";
    let rows = sql.run(statement, vec![state.name().into(), most.into()])?;
    rows.first().map_or(Ok(0), |row: &Row| row.integer(0))
}

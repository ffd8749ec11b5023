//! Inquiries of a customer: threads of messages, with files.

use serde::de::DeserializeOwned;
use tegata_domain::id::{AttachmentId, InquiryId};
use tegata_domain::inquiry::{Attachment, Inquiry, InquiryMessage, InquiryState};

use crate::search::{self, Among, Listed, Search};
use crate::sql::{Row, Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// The inquiry `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &InquiryId) -> Result<Option<Inquiry>, SqlError> {
    one(&sql.run("SELECT record FROM inquiry WHERE id = ?", vec![id.as_str().into()])?)
}

/// Writes an inquiry, and what it is found by.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, inquiry: &Inquiry) -> Result<(), SqlError> {
    let row = vec![
        inquiry.id.as_str().into(),
        inquiry.state.name().into(),
        inquiry.updated_at.0.into(),
        json(inquiry)?,
    ];
    sql.run(
        "INSERT OR REPLACE INTO inquiry (id, state, updated_at, record) VALUES (?, ?, ?, ?)",
        row,
    )?;
    // What it is found by never changes.
    if inquiry.messages > 1 {
        return Ok(());
    }
    search::save(sql, Among::Inquiries, inquiry.id.as_str(), &inquiry.search_terms())
}

/// Inquiries in the order of their latest changes, or, found by `prefix`, in the order of what was found.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(
    sql: &dyn Sql,
    prefix: Option<&str>,
    state: Option<InquiryState>,
    span: Span<'_>,
) -> Result<Listed<Inquiry>, SqlError> {
    page(sql, (Among::Inquiries, "inquiry t"), prefix, state, span)
}

/// A page of `table` with inquiries, the tenant's or a provider's copies.
pub(crate) fn page<T: DeserializeOwned>(
    sql: &dyn Sql,
    (among, table): (Among, &str),
    prefix: Option<&str>,
    state: Option<InquiryState>,
    span: Span<'_>,
) -> Result<Listed<T>, SqlError> {
    let name = state.map(|state| Value::from(state.name()));
    let condition = |condition| state.map_or("", |_| condition);
    let rows = match prefix {
        Some(prefix) => {
            let search = Search {
                among,
                table,
                columns: "t.record",
                conditions: condition(" AND t.state = ?1"),
                fulfil: None,
                parameter: name,
            };
            search.find(sql, prefix, span.after, span.most)?
        }
        None => {
            let timeline = Timeline {
                table,
                at: "updated_at",
                conditions: condition(" AND t.state = ?4"),
                parameters: name.into_iter().collect(),
                ..Timeline::default()
            };
            timeline.page(sql, span)?
        }
    };
    Listed::of(rows, |row| row.record(2))
}

/// How many stand at `state`, counted up to `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count(sql: &dyn Sql, state: InquiryState, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM inquiry WHERE state = ? LIMIT ?)";
    let rows = sql.run(statement, vec![state.name().into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Adds a message.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add_message(sql: &dyn Sql, inquiry: &InquiryId, message: &InquiryMessage) -> Result<(), SqlError> {
    let row = vec![inquiry.as_str().into(), message.number.into(), json(message)?];
    sql.run(
        "INSERT INTO inquiry_message (inquiry, number, record) VALUES (?, ?, ?)",
        row,
    )
    .map(drop)
}

/// How many bytes the messages of an inquiry hold, without its files.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn written(sql: &dyn Sql, inquiry: &InquiryId) -> Result<i64, SqlError> {
    let rows = sql.run(
        "SELECT coalesce(sum(length(CAST(record AS BLOB))), 0) FROM inquiry_message WHERE inquiry = ?",
        vec![inquiry.as_str().into()],
    )?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// The messages of an inquiry, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn messages(sql: &dyn Sql, inquiry: &InquiryId) -> Result<Vec<InquiryMessage>, SqlError> {
    all(&sql.run(
        "SELECT record FROM inquiry_message WHERE inquiry = ? ORDER BY number",
        vec![inquiry.as_str().into()],
    )?)
}

/// Message `number` of an inquiry.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn message(sql: &dyn Sql, inquiry: &InquiryId, number: i64) -> Result<Option<InquiryMessage>, SqlError> {
    one(&sql.run(
        "SELECT record FROM inquiry_message WHERE inquiry = ? AND number = ?",
        vec![inquiry.as_str().into(), number.into()],
    )?)
}

/// How many files are kept.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_attachments(sql: &dyn Sql) -> Result<i64, SqlError> {
    let rows = sql.run("SELECT count(*) FROM attachment", Vec::new())?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Keeps a file; `data` is its content in base64.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add_attachment(sql: &dyn Sql, inquiry: &InquiryId, file: &Attachment, data: &str) -> Result<(), SqlError> {
    let row = vec![
        file.id.as_str().into(),
        inquiry.as_str().into(),
        json(file)?,
        data.into(),
    ];
    sql.run(
        "INSERT INTO attachment (id, inquiry, record, data) VALUES (?, ?, ?, ?)",
        row,
    )
    .map(drop)
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What is known of it.
    pub file: Attachment,
    /// Its content in base64; `None` once it is a blob.
    pub data: Option<String>,
}

/// A file of an inquiry.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn attachment(sql: &dyn Sql, inquiry: &InquiryId, id: &AttachmentId) -> Result<Option<Kept>, SqlError> {
    let statement = "SELECT record, data, moved FROM attachment WHERE id = ? AND inquiry = ?";
    let rows = sql.run(statement, vec![id.as_str().into(), inquiry.as_str().into()])?;
    let read = |row: &Row| {
        let here = row.integer(2)? == 0;
        Ok(Kept {
            file: row.record(0)?,
            data: here.then(|| row.text(1).map(str::to_owned)).transpose()?,
        })
    };
    rows.first().map(read).transpose()
}

/// Notes that the content of a file lies elsewhere, and drops it here.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn moved(sql: &dyn Sql, id: &AttachmentId) -> Result<(), SqlError> {
    let statement = "UPDATE attachment SET data = '', moved = 1 WHERE id = ?";
    sql.run(statement, vec![id.as_str().into()]).map(drop)
}

//! A customer's inquiries: threads of messages with attachments.

use serde::de::DeserializeOwned;
use tegata_domain::id::{AttachmentId, InquiryId};
use tegata_domain::inquiry::{Attachment, Inquiry, InquiryMessage, InquiryState};

use crate::search::{self, Among, Listed, Search};
use crate::sql::{Row, Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the inquiry `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &InquiryId) -> Result<Option<Inquiry>, SqlError> {
    one(&sql.run("SELECT record FROM inquiry WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts or replaces an inquiry and, with its first message, its search terms.
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
    // The search terms never change after the first message.
    if inquiry.messages > 1 {
        return Ok(());
    }
    search::save(sql, Among::Inquiries, inquiry.id.as_str(), &inquiry.search_terms())
}

/// Lists a page of inquiries: with `prefix`, the search results in search order, otherwise by last change.
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

/// Lists a page of inquiries from `table`: the tenant's own, or a provider's copies.
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

/// Counts inquiries in `state`, stopping at `most`.
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

/// Returns the total size of an inquiry's messages in bytes, without its attachments.
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

/// Lists the messages of an inquiry, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn messages(sql: &dyn Sql, inquiry: &InquiryId) -> Result<Vec<InquiryMessage>, SqlError> {
    all(&sql.run(
        "SELECT record FROM inquiry_message WHERE inquiry = ? ORDER BY number",
        vec![inquiry.as_str().into()],
    )?)
}

/// Loads message `number` of an inquiry.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn message(sql: &dyn Sql, inquiry: &InquiryId, number: i64) -> Result<Option<InquiryMessage>, SqlError> {
    one(&sql.run(
        "SELECT record FROM inquiry_message WHERE inquiry = ? AND number = ?",
        vec![inquiry.as_str().into(), number.into()],
    )?)
}

/// Counts the tenant's attachments.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_attachments(sql: &dyn Sql) -> Result<i64, SqlError> {
    let rows = sql.run("SELECT count(*) FROM attachment", Vec::new())?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Stores an attachment; `data` is its content in base64.
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

/// A stored attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its metadata.
    pub file: Attachment,
    /// Its content in base64; `None` once it has moved to the blob store.
    pub data: Option<String>,
}

/// Loads the attachment `id` of an inquiry.
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

/// Records that an attachment's content has moved to the blob store, and deletes the content from the row.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn moved(sql: &dyn Sql, id: &AttachmentId) -> Result<(), SqlError> {
    let statement = "UPDATE attachment SET data = '', moved = 1 WHERE id = ?";
    sql.run(statement, vec![id.as_str().into()]).map(drop)
}

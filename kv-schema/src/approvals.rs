//! The `approval` table: approvals by id.

use tegata_domain::approval::{Approval, Decision};
use tegata_domain::id::ApprovalId;

use crate::sql::{Sql, SqlError, Value, json, one};

/// Loads the approval `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &ApprovalId) -> Result<Option<Approval>, SqlError> {
    one(&sql.run("SELECT record FROM approval WHERE id = ?", vec![id.as_str().into()])?)
}

/// Loads only the decision of the approval `id`, without its receipt; `None` while it is undecided.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn decision(sql: &dyn Sql, id: &ApprovalId) -> Result<Option<Decision>, SqlError> {
    let statement = "SELECT json_extract(record, '$.decision') FROM approval WHERE id = ?";
    let rows = sql.run(statement, vec![id.as_str().into()])?;
    let decided = rows.first().filter(|row| matches!(row.0.first(), Some(Value::Text(_))));
    decided.map(|row| row.record(0)).transpose()
}

/// Inserts or replaces an approval.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, approval: &Approval) -> Result<(), SqlError> {
    let row = vec![approval.id.as_str().into(), json(approval)?];
    sql.run("INSERT OR REPLACE INTO approval (id, record) VALUES (?, ?)", row)
        .map(drop)
}

/// Deletes an approval. Called when its registration is deleted.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &ApprovalId) -> Result<(), SqlError> {
    sql.run("DELETE FROM approval WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

//! Approvals, by id.

use tegata_domain::approval::Approval;
use tegata_domain::id::ApprovalId;

use crate::sql::{Sql, SqlError, json, one};

/// The approval `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &ApprovalId) -> Result<Option<Approval>, SqlError> {
    one(&sql.run("SELECT record FROM approval WHERE id = ?", vec![id.as_str().into()])?)
}

/// Writes an approval.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, approval: &Approval) -> Result<(), SqlError> {
    let row = vec![approval.id.as_str().into(), json(approval)?];
    sql.run("INSERT OR REPLACE INTO approval (id, record) VALUES (?, ?)", row)
        .map(drop)
}

/// Deletes an approval whose registration is deleted.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &ApprovalId) -> Result<(), SqlError> {
    sql.run("DELETE FROM approval WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

//! The `organization` table. All organisations of a tenant are read at once and written one at a time.

use tegata_domain::id::OrganizationId;
use tegata_domain::organization::Organization;

use crate::sql::{Sql, SqlError, Value, all, json, one};

/// Loads the organisation `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &OrganizationId) -> Result<Option<Organization>, SqlError> {
    one(&sql.run("SELECT record FROM organization WHERE id = ?", vec![id.as_str().into()])?)
}

/// Lists all organisations of the tenant.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql) -> Result<Vec<Organization>, SqlError> {
    all(&sql.run("SELECT record FROM organization ORDER BY id", Vec::new())?)
}

/// Inserts or replaces an organisation.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, organization: &Organization) -> Result<(), SqlError> {
    let parent = organization
        .parent
        .as_ref()
        .map_or(Value::Null, |id| id.as_str().into());
    sql.run(
        "INSERT OR REPLACE INTO organization (id, parent, record) VALUES (?, ?, ?)",
        vec![organization.id.as_str().into(), parent, json(organization)?],
    )
    .map(drop)
}

/// Returns whether any user, piece of equipment, organisation administrator's account or other organisation belongs to
/// it.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn is_used(sql: &dyn Sql, id: &OrganizationId) -> Result<bool, SqlError> {
    let statement = "SELECT 1 WHERE EXISTS (SELECT 1 FROM organization WHERE parent = ?1) \
                     OR EXISTS (SELECT 1 FROM user WHERE organization = ?1) \
                     OR EXISTS (SELECT 1 FROM equipment WHERE organization = ?1) \
                     OR EXISTS (SELECT 1 FROM account WHERE role = 'organization_administrator' \
                     AND json_extract(record, '$.organization') = ?1)";
    Ok(!sql.run(statement, vec![id.as_str().into()])?.is_empty())
}

/// Deletes an organisation.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &OrganizationId) -> Result<(), SqlError> {
    sql.run("DELETE FROM organization WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

//! The one row that says which tenant an object is.

use tegata_domain::tenant::Tenant;

use crate::sql::{Sql, SqlError, json, one};

/// The tenant; `None` before it was made.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql) -> Result<Option<Tenant>, SqlError> {
    one(&sql.run("SELECT record FROM tenant WHERE id = 1", Vec::new())?)
}

/// Writes the tenant.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, tenant: &Tenant) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO tenant (id, record) VALUES (1, ?)",
        vec![json(tenant)?],
    )
    .map(drop)
}

//! The `tenant` table: the single row that says which tenant the object belongs to.

use tegata_domain::tenant::Tenant;

use crate::sql::{Sql, SqlError, json, one};

/// Loads the tenant; `None` before it is created.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql) -> Result<Option<Tenant>, SqlError> {
    one(&sql.run("SELECT record FROM tenant WHERE id = 1", Vec::new())?)
}

/// Inserts or replaces the tenant.
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

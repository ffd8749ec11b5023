//! The `face` table: the single row with how a provider presents itself, in its own object and, as a copy, in those of its
//! customers. The logo has a column of its own, so that it is read only where it is shown.

use tegata_domain::error::FieldError;
use tegata_domain::face::{Face, Logo};

use crate::sql::{Sql, SqlError, Value, json, one};

/// Loads the face without its logo.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql) -> Result<Option<Face>, SqlError> {
    one(&sql.run("SELECT record FROM face WHERE id = 1", Vec::new())?)
}

/// Loads the logo.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn logo(sql: &dyn Sql) -> Result<Option<Logo>, SqlError> {
    let rows = sql.run("SELECT logo FROM face WHERE id = 1 AND logo IS NOT NULL", Vec::new())?;
    let damaged = |error: FieldError| SqlError::Damaged(error.to_string());
    rows.first()
        .map(|row| Logo::try_from(row.text(0)?.to_owned()).map_err(damaged))
        .transpose()
}

/// Inserts or replaces the face with its logo.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, face: &Face, logo: Option<&Logo>) -> Result<(), SqlError> {
    let logo = logo.map_or(Value::Null, |logo| logo.as_str().into());
    sql.run(
        "INSERT OR REPLACE INTO face (id, record, logo) VALUES (1, ?, ?)",
        vec![json(face)?, logo],
    )
    .map(drop)
}

//! A provider's copies of its customers' attended sessions. The customers' own objects hold the originals and decide.

use tegata_domain::attended::DeskAttended;
use tegata_domain::id::LaunchId;
use tegata_domain::slug::Slug;
use tegata_domain::time::UnixSeconds;

use crate::desk::of_customers;
use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, all, json, one};
use crate::timeline::Span;

/// Loads the copy of the attended session `id` of `tenant`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, tenant: &Slug, id: &LaunchId) -> Result<Option<DeskAttended>, SqlError> {
    let statement = "SELECT record FROM desk_attended WHERE tenant = ? AND id = ?";
    one(&sql.run(statement, vec![tenant.as_str().into(), id.as_str().into()])?)
}

/// Inserts or replaces the copy of an attended session.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, entry: &DeskAttended) -> Result<(), SqlError> {
    let row = vec![
        entry.tenant.as_str().into(),
        entry.attended.id.as_str().into(),
        entry.attended.opened_at.0.into(),
        entry.attended.open_until().map_or(Value::Null, |until| until.0.into()),
        json(entry)?,
    ];
    let statement =
        "INSERT OR REPLACE INTO desk_attended (tenant, id, opened_at, open_until, record) VALUES (?, ?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// Lists a page of attended sessions, of one customer or of all, by the time they were opened; with `open` only those
/// that are not over at that time.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(
    sql: &dyn Sql,
    tenant: Option<&Slug>,
    open: Option<UnixSeconds>,
    span: Span<'_>,
) -> Result<Listed<DeskAttended>, SqlError> {
    of_customers(sql, ("desk_attended t", "opened_at"), (tenant, open), span)
}

/// The attended sessions that are not over at `now`, at most `most`, after the one that ends at `after.0`; those that end
/// first are the first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn under_way(
    sql: &dyn Sql,
    now: UnixSeconds,
    after: (UnixSeconds, &str, &str),
    most: i64,
) -> Result<Vec<DeskAttended>, SqlError> {
    let statement = "SELECT record FROM desk_attended WHERE open_until IS NOT NULL AND (open_until, tenant, id) > (?, ?, ?) \
                     ORDER BY open_until, tenant, id LIMIT ?";
    let from = after.0.max(now);
    all(&sql.run(
        statement,
        vec![from.0.into(), after.1.into(), after.2.into(), most.into()],
    )?)
}

//! The `launch` table: remote support by id, by time, by equipment, and by when it needs attention.

use tegata_domain::id::{EquipmentId, LaunchId};
use tegata_domain::launch::Launch;
use tegata_domain::time::UnixSeconds;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the launch `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &LaunchId) -> Result<Option<Launch>, SqlError> {
    one(&sql.run("SELECT record FROM launch WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts or replaces a launch, which needs attention at `due`, or never again.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, launch: &Launch, due: Option<UnixSeconds>) -> Result<(), SqlError> {
    let row = vec![
        launch.id.as_str().into(),
        launch.equipment.as_str().into(),
        launch.requested_at.0.into(),
        due.map_or(Value::Null, |due| due.0.into()),
        json(launch)?,
    ];
    let statement =
        "INSERT OR REPLACE INTO launch (id, equipment, requested_at, due_at, record) VALUES (?, ?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// The launches of `equipment` that are not over, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn open_of(sql: &dyn Sql, equipment: &EquipmentId, most: i64) -> Result<Vec<Launch>, SqlError> {
    let statement = "SELECT record FROM launch WHERE equipment = ? AND due_at IS NOT NULL ORDER BY due_at, id LIMIT ?";
    all(&sql.run(statement, vec![equipment.as_str().into(), most.into()])?)
}

/// The launches that need attention at `now`, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn due(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<Vec<Launch>, SqlError> {
    let statement = "SELECT record FROM launch WHERE due_at <= ? ORDER BY due_at, id LIMIT ?";
    all(&sql.run(statement, vec![now.0.into(), most.into()])?)
}

/// All launches that execute or run, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn under_way(sql: &dyn Sql, most: i64) -> Result<Vec<Launch>, SqlError> {
    let statement = "SELECT record FROM launch WHERE due_at IS NOT NULL \
                     AND json_extract(record, '$.execution') IS NOT NULL ORDER BY due_at, id LIMIT ?";
    all(&sql.run(statement, vec![most.into()])?)
}

/// Lists a page of launches by the time of the request: of one piece of equipment or of all. With `within` (a JSON array
/// of organisations) only those on equipment of these organisations; with `open` only those that are not over.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(
    sql: &dyn Sql,
    equipment: Option<&EquipmentId>,
    within: Option<&str>,
    open: bool,
    span: Span<'_>,
) -> Result<Listed<Launch>, SqlError> {
    let mut conditions = String::new();
    let mut parameters = Vec::new();
    if let Some(id) = equipment {
        conditions.push_str(" AND t.equipment = ?4");
        parameters.push(id.as_str().into());
    }
    if let Some(within) = within {
        let number = parameters.len().saturating_add(4);
        conditions.push_str(&format!(
            " AND EXISTS (SELECT 1 FROM equipment e, json_each(?{number}) o WHERE e.id = t.equipment AND e.organization = o.value)"
        ));
        parameters.push(within.into());
    }
    if open {
        conditions.push_str(" AND t.due_at IS NOT NULL");
    }
    let timeline = Timeline {
        table: "launch t",
        at: "requested_at",
        conditions: &conditions,
        parameters,
        // The equipment has an index of its own; the other conditions look at each row.
        checked: within.is_some() || open,
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

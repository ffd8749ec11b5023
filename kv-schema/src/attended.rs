//! The `attended` table: attended sessions by id, by time, and by when they need attention; and `consent_receipt`, the
//! signed receipts of their participants, which are too long to be rewritten with each change of the session.

use tegata_domain::attended::Attended;
use tegata_domain::id::{GuestId, LaunchId};
use tegata_domain::time::UnixSeconds;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the attended session `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &LaunchId) -> Result<Option<Attended>, SqlError> {
    one(&sql.run("SELECT record FROM attended WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts or replaces an attended session, with when it needs attention next.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, attended: &Attended) -> Result<(), SqlError> {
    let row = vec![
        attended.id.as_str().into(),
        attended.opened_at.0.into(),
        attended.due().map_or(Value::Null, |due| due.0.into()),
        json(attended)?,
    ];
    let statement = "INSERT OR REPLACE INTO attended (id, opened_at, due_at, record) VALUES (?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// The attended sessions that need attention at `now`, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn due(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<Vec<Attended>, SqlError> {
    let statement = "SELECT record FROM attended WHERE due_at <= ? ORDER BY due_at, id LIMIT ?";
    all(&sql.run(statement, vec![now.0.into(), most.into()])?)
}

/// All attended sessions that are not over, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn under_way(sql: &dyn Sql, most: i64) -> Result<Vec<Attended>, SqlError> {
    let statement = "SELECT record FROM attended WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT ?";
    all(&sql.run(statement, vec![most.into()])?)
}

/// Lists a page of attended sessions by the time they were opened; with `open` only those that are not over.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, open: bool, span: Span<'_>) -> Result<Listed<Attended>, SqlError> {
    let timeline = Timeline {
        table: "attended t",
        at: "opened_at",
        conditions: if open { " AND t.due_at IS NOT NULL" } else { "" },
        checked: open,
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Stores the receipt of the consent `guest`.
///
/// # Errors
/// [`SqlError`] when the store fails, or has a receipt of this consent.
pub fn keep_receipt(sql: &dyn Sql, id: &LaunchId, guest: &GuestId, receipt: &str) -> Result<(), SqlError> {
    let row = vec![id.as_str().into(), guest.as_str().into(), receipt.into()];
    let statement = "INSERT INTO consent_receipt (attended, guest, receipt) VALUES (?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// The receipt of the consent `guest`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn receipt(sql: &dyn Sql, id: &LaunchId, guest: &GuestId) -> Result<Option<String>, SqlError> {
    let statement = "SELECT receipt FROM consent_receipt WHERE attended = ? AND guest = ?";
    let rows = sql.run(statement, vec![id.as_str().into(), guest.as_str().into()])?;
    rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()
}

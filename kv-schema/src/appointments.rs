//! The `appointment` table: appointments by id, by start, by launch, and by when they need attention; and
//! `appointment_receipt`, the signed receipts of the dates that were agreed, of which the last one counts.

use tegata_domain::appointment::{Appointment, Event};
use tegata_domain::id::{AppointmentId, LaunchId};
use tegata_domain::time::UnixSeconds;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the appointment `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &AppointmentId) -> Result<Option<Appointment>, SqlError> {
    one(&sql.run("SELECT record FROM appointment WHERE id = ?", vec![id.as_str().into()])?)
}

/// Loads the appointment whose date is that of the launch `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of_launch(sql: &dyn Sql, id: &LaunchId) -> Result<Option<Appointment>, SqlError> {
    one(&sql.run(
        "SELECT record FROM appointment WHERE launch = ?",
        vec![id.as_str().into()],
    )?)
}

/// Inserts or replaces an appointment, with when it needs attention next.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, appointment: &Appointment) -> Result<(), SqlError> {
    let launch = match &appointment.event {
        Event::Launch { launch, .. } => launch.as_str().into(),
        Event::Attended { .. } => Value::Null,
    };
    let row = vec![
        appointment.id.as_str().into(),
        appointment.starts_at().0.into(),
        launch,
        appointment.due().map_or(Value::Null, |(due, _)| due.0.into()),
        json(appointment)?,
    ];
    let statement = "INSERT OR REPLACE INTO appointment (id, starts_at, launch, due_at, record) VALUES (?, ?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// The appointments that need attention at `now`, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn due(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<Vec<Appointment>, SqlError> {
    let statement = "SELECT record FROM appointment WHERE due_at <= ? ORDER BY due_at, id LIMIT ?";
    all(&sql.run(statement, vec![now.0.into(), most.into()])?)
}

/// Lists a page of appointments by their start; with `open` only those that are not over.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, open: bool, span: Span<'_>) -> Result<Listed<Appointment>, SqlError> {
    let timeline = Timeline {
        table: "appointment t",
        at: "starts_at",
        conditions: if open { " AND t.due_at IS NOT NULL" } else { "" },
        checked: open,
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// The appointments on the machine with the equipment id `equipment` that are not over, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn open_on_equipment(sql: &dyn Sql, equipment: &str, most: i64) -> Result<Vec<Appointment>, SqlError> {
    let statement = "SELECT record FROM appointment WHERE launch IS NOT NULL AND due_at IS NOT NULL \
                     AND json_extract(record, '$.event.launch.equipment') = ? ORDER BY due_at LIMIT ?";
    all(&sql.run(statement, vec![equipment.into(), most.into()])?)
}

/// Stores the receipt of the agreed date, in place of that of an earlier one.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn keep_receipt(sql: &dyn Sql, id: &AppointmentId, receipt: &str) -> Result<(), SqlError> {
    let statement = "INSERT OR REPLACE INTO appointment_receipt (appointment, receipt) VALUES (?, ?)";
    sql.run(statement, vec![id.as_str().into(), receipt.into()]).map(drop)
}

/// The receipt of the agreed date.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn receipt(sql: &dyn Sql, id: &AppointmentId) -> Result<Option<String>, SqlError> {
    let statement = "SELECT receipt FROM appointment_receipt WHERE appointment = ?";
    let rows = sql.run(statement, vec![id.as_str().into()])?;
    rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()
}

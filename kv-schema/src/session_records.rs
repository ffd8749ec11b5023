//! The `session_record` table: what happened in each session, as its object reported it, by launch and number.

use tegata_domain::id::LaunchId;
use tegata_domain::session::SessionReport;

use crate::sql::{Sql, SqlError, all, json};

/// Stores a report. One that is there already stays as it is.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn keep(sql: &dyn Sql, launch: &LaunchId, report: &SessionReport) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO session_record (launch, number, record) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        vec![launch.as_str().into(), report.number.into(), json(report)?],
    )
    .map(drop)
}

/// Lists the first `most` reports after the number `after`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, launch: &LaunchId, after: i64, most: i64) -> Result<Vec<SessionReport>, SqlError> {
    all(&sql.run(
        "SELECT record FROM session_record WHERE launch = ? AND number > ? ORDER BY number LIMIT ?",
        vec![launch.as_str().into(), after.into(), most.into()],
    )?)
}

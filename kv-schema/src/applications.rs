//! The `application` table of a provider: applications by date of application, and those that await an answer.

use tegata_domain::application::{Application, ApplicationState};
use tegata_domain::date::Date;
use tegata_domain::id::ApplicationId;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the application `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &ApplicationId) -> Result<Option<Application>, SqlError> {
    one(&sql.run("SELECT record FROM application WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts or replaces an application.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, application: &Application) -> Result<(), SqlError> {
    let row = vec![
        application.id.as_str().into(),
        application.applied_on.number().into(),
        application.state().name().into(),
        json(application)?,
    ];
    sql.run(
        "INSERT OR REPLACE INTO application (id, day, state, record) VALUES (?, ?, ?, ?)",
        row,
    )
    .map(drop)
}

/// Lists a page of applications by date of application.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, state: Option<ApplicationState>, span: Span<'_>) -> Result<Listed<Application>, SqlError> {
    let timeline = Timeline {
        table: "application t",
        at: "day",
        conditions: if state.is_some() { " AND t.state = ?4" } else { "" },
        parameters: state.map(|state| Value::from(state.name())).into_iter().collect(),
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Counts open applications up to the date `until`, or all of them, stopping at `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_open(sql: &dyn Sql, until: Option<Date>, most: i64) -> Result<i64, SqlError> {
    let until = until.map_or(i64::from(i32::MAX), Date::number);
    let statement = "SELECT count(*) FROM (SELECT 1 FROM application WHERE state = 'open' AND day <= ? LIMIT ?)";
    let rows = sql.run(statement, vec![until.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

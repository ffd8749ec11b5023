//! A provider's copies of its customers' appointments, for its calendar. The customers' own objects hold the originals and
//! decide.

use tegata_domain::appointment::DeskAppointment;
use tegata_domain::id::{AppointmentId, UserId};
use tegata_domain::slug::Slug;
use tegata_domain::time::UnixSeconds;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the copy of the appointment `id` of `tenant`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, tenant: &Slug, id: &AppointmentId) -> Result<Option<DeskAppointment>, SqlError> {
    let statement = "SELECT record FROM desk_appointment WHERE tenant = ? AND id = ?";
    one(&sql.run(statement, vec![tenant.as_str().into(), id.as_str().into()])?)
}

/// Inserts or replaces the copy of an appointment.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, entry: &DeskAppointment) -> Result<(), SqlError> {
    let view = &entry.appointment;
    let row = vec![
        entry.tenant.as_str().into(),
        view.id.as_str().into(),
        view.host.user.as_str().into(),
        view.starts_at.0.into(),
        view.open_until().map_or(Value::Null, |until| until.0.into()),
        json(entry)?,
    ];
    let statement = "INSERT OR REPLACE INTO desk_appointment (tenant, id, host, starts_at, open_until, record) \
                     VALUES (?, ?, ?, ?, ?, ?)";
    sql.run(statement, row).map(drop)
}

/// Which appointments are listed.
#[derive(Debug, Default)]
pub struct Filter<'a> {
    /// Only those of this customer.
    pub tenant: Option<&'a Slug>,
    /// Only those that this member of the desk's staff holds.
    pub host: Option<&'a UserId>,
    /// Only those that start at this instant or later.
    pub from: Option<UnixSeconds>,
    /// Only those that start before this instant.
    pub until: Option<UnixSeconds>,
    /// Only those that are not over at this instant.
    pub open: Option<UnixSeconds>,
}

/// Lists a page of appointments by their start.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, filter: &Filter<'_>, span: Span<'_>) -> Result<Listed<DeskAppointment>, SqlError> {
    let mut conditions = String::new();
    let mut parameters: Vec<Value> = Vec::new();
    let given = [
        ("tenant", filter.tenant.map(Slug::as_str)),
        ("host", filter.host.map(UserId::as_str)),
    ];
    for (column, value) in given {
        if let Some(value) = value {
            parameters.push(value.into());
            let place = parameters.len().saturating_add(3);
            conditions.push_str(&format!(" AND t.{column} = ?{place}"));
        }
    }
    if let Some(now) = filter.open {
        conditions.push_str(&format!(" AND t.open_until > {}", now.0));
    }
    let timeline = Timeline {
        table: "desk_appointment t",
        at: "starts_at",
        after: filter.from.map(|from| from.plus(-1)),
        until: filter.until.map(|until| until.plus(-1)),
        checked: !conditions.is_empty(),
        conditions: &conditions,
        parameters,
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// The appointments that start at `from` or later, of one host or of all, at most `most`, in order.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn since(
    sql: &dyn Sql,
    host: Option<&UserId>,
    from: UnixSeconds,
    most: i64,
) -> Result<Vec<DeskAppointment>, SqlError> {
    let rows = match host {
        Some(host) => sql.run(
            "SELECT record FROM desk_appointment WHERE host = ? AND starts_at >= ? ORDER BY starts_at, id LIMIT ?",
            vec![host.as_str().into(), from.0.into(), most.into()],
        ),
        None => sql.run(
            "SELECT record FROM desk_appointment WHERE starts_at >= ? ORDER BY starts_at, id LIMIT ?",
            vec![from.0.into(), most.into()],
        ),
    };
    all(&rows?)
}

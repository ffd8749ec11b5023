//! Enrolment without a code: at a provider, the `service_organization` row and the `desk_enrolment` table with the
//! requests of machines; at a customer, the `enrolment_request` table with the machines that the provider vouched for.

use tegata_domain::enrolment::answer::AnsweredMachine;
use tegata_domain::enrolment::organization::ServiceOrganization;
use tegata_domain::enrolment::{EnrolmentRequest, machine};
use tegata_domain::equipment::SerialNumber;
use tegata_domain::id::EnrolmentRequestId;
use tegata_domain::jwk::Thumbprint;
use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, json, one};
use crate::timeline::{Span, Timeline};

/// Loads what the provider is known by; `None` before its first verification code.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn organization(sql: &dyn Sql) -> Result<Option<ServiceOrganization>, SqlError> {
    one(&sql.run("SELECT record FROM service_organization WHERE id = 1", Vec::new())?)
}

/// Inserts or replaces what the provider is known by.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_organization(sql: &dyn Sql, organization: &ServiceOrganization) -> Result<(), SqlError> {
    let statement = "INSERT OR REPLACE INTO service_organization (id, record) VALUES (1, ?)";
    sql.run(statement, vec![json(organization)?]).map(drop)
}

/// Loads the request `id` at the provider.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_desk(sql: &dyn Sql, id: &EnrolmentRequestId) -> Result<Option<EnrolmentRequest>, SqlError> {
    let statement = "SELECT record FROM desk_enrolment WHERE id = ?";
    one(&sql.run(statement, vec![id.as_str().into()])?)
}

/// Loads the request whose machine polls with the secret that has this hash.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_secret(sql: &dyn Sql, secret: &HashedSecret) -> Result<Option<EnrolmentRequest>, SqlError> {
    let statement = "SELECT record FROM desk_enrolment WHERE secret = ?";
    one(&sql.run(statement, vec![secret.as_str().into()])?)
}

/// Loads the newest request of the machine with this key and serial number.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_by_machine(
    sql: &dyn Sql,
    jkt: &Thumbprint,
    serial: &SerialNumber,
) -> Result<Option<EnrolmentRequest>, SqlError> {
    let statement = "SELECT record FROM desk_enrolment WHERE machine = ? ORDER BY requested_at DESC, id DESC LIMIT 1";
    one(&sql.run(statement, vec![machine::name(jkt, serial).into()])?)
}

/// Inserts a request whose machine polls with the secret that has this hash.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn insert_desk(sql: &dyn Sql, request: &EnrolmentRequest, secret: &HashedSecret) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO desk_enrolment (id, secret, machine, requested_at, open_until, record) VALUES (?, ?, ?, ?, ?, ?)",
        vec![
            request.machine.request.as_str().into(),
            secret.as_str().into(),
            request.machine.name().into(),
            request.machine.requested_at.0.into(),
            open_until(request.open_until()),
            json(request)?,
        ],
    )
    .map(drop)
}

/// Updates a request.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_desk(sql: &dyn Sql, request: &EnrolmentRequest) -> Result<(), SqlError> {
    sql.run(
        "UPDATE desk_enrolment SET open_until = ?, record = ? WHERE id = ?",
        vec![
            open_until(request.open_until()),
            json(request)?,
            request.machine.request.as_str().into(),
        ],
    )
    .map(drop)
}

/// The number of requests that are open at `now`, stopping at `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_open(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM desk_enrolment WHERE open_until > ? LIMIT ?)";
    let rows = sql.run(statement, vec![now.0.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Lists a page of the provider's requests by time, with `open` only those that are open then.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list_desk(
    sql: &dyn Sql,
    open: Option<UnixSeconds>,
    span: Span<'_>,
) -> Result<Listed<EnrolmentRequest>, SqlError> {
    let conditions = open.map(|now| format!(" AND t.open_until > {}", now.0));
    let timeline = Timeline {
        table: "desk_enrolment t",
        at: "requested_at",
        conditions: conditions.as_deref().unwrap_or_default(),
        checked: open.is_some(),
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Loads the machine of the request `id` at the customer.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &EnrolmentRequestId) -> Result<Option<AnsweredMachine>, SqlError> {
    let statement = "SELECT record FROM enrolment_request WHERE id = ?";
    one(&sql.run(statement, vec![id.as_str().into()])?)
}

/// Inserts or replaces a machine at the customer.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, machine: &AnsweredMachine) -> Result<(), SqlError> {
    let equipment = machine.equipment.as_ref().map_or(Value::Null, |id| id.as_str().into());
    sql.run(
        "INSERT OR REPLACE INTO enrolment_request (id, equipment, requested_at, open_until, record) VALUES (?, ?, ?, ?, ?)",
        vec![
            machine.machine.request.as_str().into(),
            equipment,
            machine.machine.requested_at.0.into(),
            open_until(machine.open_until()),
            json(machine)?,
        ],
    )
    .map(drop)
}

/// Lists a page of the customer's machines that concern equipment, by the time of the request: with `within` (a JSON array
/// of organisations) only those for equipment of these organisations; with `open` only those that are open then.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(
    sql: &dyn Sql,
    within: Option<&str>,
    open: Option<UnixSeconds>,
    span: Span<'_>,
) -> Result<Listed<AnsweredMachine>, SqlError> {
    let mut conditions = " AND t.equipment IS NOT NULL".to_owned();
    let mut parameters = Vec::new();
    if let Some(within) = within {
        conditions.push_str(
            " AND EXISTS (SELECT 1 FROM equipment e, json_each(?4) o WHERE e.id = t.equipment AND e.organization = o.value)",
        );
        parameters.push(within.into());
    }
    if let Some(now) = open {
        conditions.push_str(&format!(" AND t.open_until > {}", now.0));
    }
    let timeline = Timeline {
        table: "enrolment_request t",
        at: "requested_at",
        conditions: &conditions,
        parameters,
        checked: true,
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Deletes up to `most` requests made before `before`, at a provider and at a customer.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn forget(sql: &dyn Sql, before: UnixSeconds, most: i64) -> Result<(), SqlError> {
    for table in ["desk_enrolment", "enrolment_request"] {
        let old = format!("SELECT id FROM {table} WHERE requested_at < ? ORDER BY requested_at, id LIMIT ?");
        let statement = format!("DELETE FROM {table} WHERE id IN ({old})");
        sql.run(&statement, vec![before.0.into(), most.into()])?;
    }
    Ok(())
}

fn open_until(until: Option<UnixSeconds>) -> Value {
    until.map_or(Value::Null, |until| until.0.into())
}

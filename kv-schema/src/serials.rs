//! Serial numbers between customers and their provider: at the provider, the `serial` table, an index of its customers'
//! equipment; at a customer, the `serial_news` table, the equipment whose serial number the provider must still learn.

use tegata_domain::command::{NoteEquipment, ReportedSerial};
use tegata_domain::enrolment::Candidate;
use tegata_domain::equipment::SerialNumber;
use tegata_domain::id::EquipmentId;
use tegata_domain::slug::Slug;

use crate::sql::{Row, Sql, SqlError, Value};

/// Takes a customer's report, but for equipment that the index knows a newer version of. Retired equipment stays, without
/// a number, so that a late report does not bring it back.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn note(sql: &dyn Sql, note: &NoteEquipment) -> Result<(), SqlError> {
    for ReportedSerial {
        equipment,
        version,
        serial_number,
    } in &note.equipment
    {
        sql.run(
            "INSERT INTO serial (tenant, equipment, version, serial) VALUES (?, ?, ?, ?) ON CONFLICT (tenant, equipment) \
             DO UPDATE SET version = excluded.version, serial = excluded.serial WHERE excluded.version > version",
            vec![
                note.tenant.as_str().into(),
                equipment.as_str().into(),
                (*version).into(),
                serial_number
                    .as_ref()
                    .map_or(Value::Null, |serial| serial.key().into()),
            ],
        )?;
    }
    Ok(())
}

/// The customers' equipment in use with the serial number `serial`, at most `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of(sql: &dyn Sql, serial: &SerialNumber, most: i64) -> Result<Vec<Candidate>, SqlError> {
    let statement = "SELECT tenant, equipment FROM serial WHERE serial = ? ORDER BY tenant, equipment LIMIT ?";
    let candidate = |row: &Row| {
        let (tenant, id) = (row.text(0)?, row.text(1)?);
        let damaged = || SqlError::Damaged(format!("serial {tenant}/{id}"));
        Ok(Candidate {
            customer: Slug::parse(tenant).map_err(|_| damaged())?,
            equipment: EquipmentId::parse(id).ok_or_else(damaged)?,
        })
    };
    let rows = sql.run(statement, vec![serial.key().into(), most.into()])?;
    rows.iter().map(candidate).collect()
}

/// Notes that the provider must learn of `equipment`. Returns whether nothing else was waiting.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add_news(sql: &dyn Sql, equipment: &EquipmentId) -> Result<bool, SqlError> {
    let first = !any_news(sql)?;
    let statement = "INSERT INTO serial_news (equipment) VALUES (?)";
    sql.run(statement, vec![equipment.as_str().into()])?;
    Ok(first)
}

/// Whether the provider must still learn of anything.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn any_news(sql: &dyn Sql) -> Result<bool, SqlError> {
    Ok(!sql.run("SELECT 1 FROM serial_news LIMIT 1", Vec::new())?.is_empty())
}

/// The number of the last note that goes out with the next message, if a message holds `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn next_news(sql: &dyn Sql, most: i64) -> Result<Option<i64>, SqlError> {
    let statement = "SELECT max(number) FROM (SELECT number FROM serial_news ORDER BY number LIMIT ?)";
    let rows = sql.run(statement, vec![most.into()])?;
    Ok(rows.first().and_then(|row| row.integer(0).ok()))
}

/// The equipment of the notes up to number `to`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn news(sql: &dyn Sql, to: i64) -> Result<Vec<EquipmentId>, SqlError> {
    let statement = "SELECT DISTINCT equipment FROM serial_news WHERE number <= ?";
    let rows = sql.run(statement, vec![to.into()])?;
    let id = |row: &Row| {
        let text = row.text(0)?;
        EquipmentId::parse(text).ok_or_else(|| SqlError::Damaged(format!("serial_news {text}")))
    };
    rows.iter().map(id).collect()
}

/// Deletes the notes up to number `to`: the provider has learned of them.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_news(sql: &dyn Sql, to: i64) -> Result<(), SqlError> {
    sql.run("DELETE FROM serial_news WHERE number <= ?", vec![to.into()])
        .map(drop)
}

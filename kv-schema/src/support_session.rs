//! The tables of a remote support session's object: the session, people's connections, tickets, deeds and reports. What
//! was written and offered is in [`support_talk`](crate::support_talk).

use tegata_domain::id::CommandId;
use tegata_domain::secret::HashedSecret;
use tegata_domain::session::SessionReport;
use tegata_domain::session::party::Party;
use tegata_domain::session::record::{DeedRecord, Inside, Pass, SessionRecord};

use crate::sql::{Sql, SqlError, all, json, one};

/// Loads the session; `None` for a number that nobody has claimed.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql) -> Result<Option<SessionRecord>, SqlError> {
    one(&sql.run("SELECT record FROM session", Vec::new())?)
}

/// Stores the session.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, session: &SessionRecord) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO session (id, record) VALUES (1, ?)",
        vec![json(session)?],
    )
    .map(drop)
}

/// Deletes what only a session that has not ended needs.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn empty(sql: &dyn Sql) -> Result<(), SqlError> {
    for table in ["inside", "ticket", "dpop_proof", "deed", "chat", "offer", "received"] {
        sql.run(&format!("DELETE FROM {table}"), Vec::new())?;
    }
    Ok(())
}

/// Deletes everything: the number may be claimed again.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn forget(sql: &dyn Sql) -> Result<(), SqlError> {
    empty(sql)?;
    for table in ["session", "report", "outbox"] {
        sql.run(&format!("DELETE FROM {table}"), Vec::new())?;
    }
    Ok(())
}

/// Stores a connection of a person.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_inside(sql: &dyn Sql, inside: &Inside) -> Result<(), SqlError> {
    sql.run(
        "INSERT OR REPLACE INTO inside (address, record) VALUES (?, ?)",
        vec![i64::from(inside.address).into(), json(inside)?],
    )
    .map(drop)
}

/// Lists people's connections.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list_inside(sql: &dyn Sql) -> Result<Vec<Inside>, SqlError> {
    all(&sql.run("SELECT record FROM inside ORDER BY address", Vec::new())?)
}

/// Loads a connection of a person.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_inside(sql: &dyn Sql, address: u16) -> Result<Option<Inside>, SqlError> {
    one(&sql.run(
        "SELECT record FROM inside WHERE address = ?",
        vec![i64::from(address).into()],
    )?)
}

/// Deletes a connection of a person and returns it.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn take_inside(sql: &dyn Sql, address: u16) -> Result<Option<Inside>, SqlError> {
    one(&sql.run(
        "DELETE FROM inside WHERE address = ? RETURNING record",
        vec![i64::from(address).into()],
    )?)
}

/// Stores a ticket.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_ticket(sql: &dyn Sql, hash: &HashedSecret, pass: &Pass) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO ticket (hash, record) VALUES (?, ?)",
        vec![hash.as_str().into(), json(pass)?],
    )
    .map(drop)
}

/// Deletes a ticket and returns what it lets in. Only the first caller gets it; the delete makes it single-use.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn take_ticket(sql: &dyn Sql, hash: &HashedSecret) -> Result<Option<Pass>, SqlError> {
    one(&sql.run(
        "DELETE FROM ticket WHERE hash = ? RETURNING record",
        vec![hash.as_str().into()],
    )?)
}

/// Deletes every ticket that lets somebody in of whom `is` is true.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete_tickets(sql: &dyn Sql, is: impl Fn(&Party) -> bool) -> Result<(), SqlError> {
    for row in sql.run("SELECT hash, record FROM ticket", Vec::new())? {
        let pass: Pass = row.record(1)?;
        if is(&pass.by) {
            sql.run("DELETE FROM ticket WHERE hash = ?", vec![row.text(0)?.into()])?;
        }
    }
    Ok(())
}

/// Stores a new deed under the next number.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add_deed(sql: &dyn Sql, deed: &DeedRecord) -> Result<(), SqlError> {
    let waits = i64::from(deed.outcome.is_none());
    sql.run(
        "INSERT INTO deed (id, waits, record) VALUES (?, ?, ?)",
        vec![deed.id.as_str().into(), waits.into(), json(deed)?],
    )
    .map(drop)
}

/// Stores the outcome of a deed.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn end_deed(sql: &dyn Sql, deed: &DeedRecord) -> Result<(), SqlError> {
    sql.run(
        "UPDATE deed SET waits = 0, record = ? WHERE id = ?",
        vec![json(deed)?, deed.id.as_str().into()],
    )
    .map(drop)
}

/// Loads a deed.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load_deed(sql: &dyn Sql, id: &CommandId) -> Result<Option<DeedRecord>, SqlError> {
    one(&sql.run("SELECT record FROM deed WHERE id = ?", vec![id.as_str().into()])?)
}

/// Lists the deeds that wait for their outcome, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn waiting_deeds(sql: &dyn Sql) -> Result<Vec<DeedRecord>, SqlError> {
    all(&sql.run("SELECT record FROM deed WHERE waits = 1 ORDER BY number", Vec::new())?)
}

/// Lists the latest deeds, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn latest_deeds(sql: &dyn Sql, most: i64) -> Result<Vec<DeedRecord>, SqlError> {
    let mut deeds = all(&sql.run(
        "SELECT record FROM deed ORDER BY number DESC LIMIT ?",
        vec![most.into()],
    )?)?;
    deeds.reverse();
    Ok(deeds)
}

/// Counts the deeds.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_deeds(sql: &dyn Sql) -> Result<i64, SqlError> {
    let rows = sql.run("SELECT count(*) FROM deed", Vec::new())?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Stores a report.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add_report(sql: &dyn Sql, report: &SessionReport) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO report (number, record) VALUES (?, ?)",
        vec![report.number.into(), json(report)?],
    )
    .map(drop)
}

/// Lists the first `most` reports that were not delivered, up to the number `through`, oldest first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn reports(sql: &dyn Sql, through: i64, most: i64) -> Result<Vec<SessionReport>, SqlError> {
    all(&sql.run(
        "SELECT record FROM report WHERE number <= ? ORDER BY number LIMIT ?",
        vec![through.into(), most.into()],
    )?)
}

/// Deletes the reports up to the number `through`, which were delivered.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delivered(sql: &dyn Sql, through: i64) -> Result<(), SqlError> {
    sql.run("DELETE FROM report WHERE number <= ?", vec![through.into()])
        .map(drop)
}

//! The `agent` and `enrolment` tables: agents by id and by equipment, and the enrolment code of each piece of equipment.

use tegata_domain::agent::{Agent, Enrolment};
use tegata_domain::id::{AgentId, EquipmentId};
use tegata_domain::secret::HashedSecret;

use crate::sql::{Sql, SqlError, json, one};

/// Loads the agent `id`, accepted or not.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &AgentId) -> Result<Option<Agent>, SqlError> {
    one(&sql.run("SELECT record FROM agent WHERE id = ?", vec![id.as_str().into()])?)
}

/// Loads the agent of `equipment`: the one that is accepted, or else the one that was enrolled last.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn of_equipment(sql: &dyn Sql, equipment: &EquipmentId) -> Result<Option<Agent>, SqlError> {
    one(&sql.run(
        "SELECT record FROM agent WHERE equipment = ? ORDER BY ended, since DESC, id DESC LIMIT 1",
        vec![equipment.as_str().into()],
    )?)
}

/// Inserts an accepted agent, or updates its record. An update leaves the other columns alone; a refresh therefore does
/// not rewrite their indexes. An index refuses a second accepted agent of the same equipment.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, agent: &Agent) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO agent (id, equipment, ended, since, record) VALUES (?, ?, 0, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET record = excluded.record",
        vec![
            agent.id.as_str().into(),
            agent.equipment.as_str().into(),
            agent.enrolled_at.0.into(),
            json(agent)?,
        ],
    )
    .map(drop)
}

/// Updates an agent that has just ended.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn end(sql: &dyn Sql, agent: &Agent) -> Result<(), SqlError> {
    sql.run(
        "UPDATE agent SET ended = 1, record = ? WHERE id = ?",
        vec![json(agent)?, agent.id.as_str().into()],
    )
    .map(drop)
}

/// Loads the enrolment code of `equipment`, used or not.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn enrolment(sql: &dyn Sql, equipment: &EquipmentId) -> Result<Option<Enrolment>, SqlError> {
    one(&sql.run(
        "SELECT record FROM enrolment WHERE equipment = ?",
        vec![equipment.as_str().into()],
    )?)
}

/// Loads the enrolment code with this hash.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn enrolment_by_code(sql: &dyn Sql, hash: &HashedSecret) -> Result<Option<Enrolment>, SqlError> {
    one(&sql.run(
        "SELECT record FROM enrolment WHERE hash = ?",
        vec![hash.as_str().into()],
    )?)
}

/// Inserts an enrolment code, or replaces the one that its equipment had.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save_enrolment(sql: &dyn Sql, enrolment: &Enrolment) -> Result<(), SqlError> {
    sql.run(
        "INSERT INTO enrolment (equipment, hash, record) VALUES (?, ?, ?) \
         ON CONFLICT (equipment) DO UPDATE SET hash = excluded.hash, record = excluded.record",
        vec![
            enrolment.equipment.as_str().into(),
            enrolment.hash.as_str().into(),
            json(enrolment)?,
        ],
    )
    .map(drop)
}

/// Ends the enrolment code of `equipment`. Returns whether there was one that nobody had used.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn end_enrolment(sql: &dyn Sql, equipment: &EquipmentId) -> Result<bool, SqlError> {
    let ended: Option<Enrolment> = one(&sql.run(
        "DELETE FROM enrolment WHERE equipment = ? RETURNING record",
        vec![equipment.as_str().into()],
    )?)?;
    Ok(ended.is_some_and(|ended| ended.used_by.is_none()))
}

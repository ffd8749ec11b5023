//! What a tenant's object waits for, across its tables. Every command that changes something asks for it, so it is read in
//! one statement.

use tegata_domain::time::UnixSeconds;

use crate::sql::{Sql, SqlError};

/// Each subquery reads one row of an index, but for `gathered`, which has one row for each outcome of a failed login. The
/// first entry of the log that no head covers counts whatever its number: deleting an entry must not stop the heads.
const FIRST_OF_EACH: &str = "SELECT \
     (SELECT min(due_at) FROM outbox WHERE copy = 2 AND due_at IS NOT NULL), \
     (SELECT min(due_at) FROM outbox WHERE copy = 1 AND due_at IS NOT NULL), \
     (SELECT min(due_at) FROM outbox WHERE copy = 0 AND due_at IS NOT NULL), \
     (SELECT min(due_at) FROM gathered), \
     (SELECT min(due_at) FROM launch WHERE due_at IS NOT NULL), \
     (SELECT min(due_at) FROM attended WHERE due_at IS NOT NULL), \
     (SELECT min(due_at) FROM appointment WHERE due_at IS NOT NULL), \
     (SELECT min(ends_at) FROM registration), \
     (SELECT json_extract(record, '$.at') FROM audit WHERE seq > coalesce((SELECT max(seq) FROM audit_head), 0) \
        ORDER BY seq LIMIT 1)";

/// The times of what is next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waits {
    /// When something has to be done: a delivery, an entry to be written, a launch, an attended session or an appointment that
    /// needs attention.
    pub due: Option<UnixSeconds>,
    /// When the first registration ended, or will end.
    pub first_end: Option<UnixSeconds>,
    /// The time of the first entry of the log that no head covers.
    pub uncovered: Option<UnixSeconds>,
}

/// Reads what the object waits for.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn waits(sql: &dyn Sql) -> Result<Waits, SqlError> {
    let rows = sql.run(FIRST_OF_EACH, Vec::new())?;
    let Some(row) = rows.first() else {
        return Ok(Waits::default());
    };
    let time = |column| row.optional(column).map(|time| time.map(UnixSeconds));
    let mut due = None;
    for column in 0..7 {
        due = due.into_iter().chain(time(column)?).min();
    }
    Ok(Waits {
        due,
        first_end: time(7)?,
        uncovered: time(8)?,
    })
}

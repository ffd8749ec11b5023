//! The `outbox` table: messages that are still to be delivered.

use tegata_domain::id::OutboxId;
use tegata_domain::outbox::{OutboxRow, OutboxState};
use tegata_domain::time::UnixSeconds;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, Value, all, json, one};
use crate::timeline::{Span, Timeline};

/// The lanes in the column `copy`. Earlier versions knew no third one, so a row of theirs may wait in the second.
const LANES: [i64; 3] = [2, 1, 0];

/// Inserts or updates an outbox entry.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn save(sql: &dyn Sql, row: &OutboxRow) -> Result<(), SqlError> {
    let due = match row.state {
        OutboxState::Waiting => row.next_at.0.into(),
        OutboxState::Undeliverable => Value::Null,
    };
    sql.run(
        "INSERT INTO outbox (id, copy, due_at, record) VALUES (?, ?, ?, ?) \
         ON CONFLICT (id) DO UPDATE SET due_at = excluded.due_at, record = excluded.record",
        vec![row.id.as_str().into(), row.message.lane().into(), due, json(row)?],
    )
    .map(drop)
}

/// Loads the outbox entry `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &OutboxId) -> Result<Option<OutboxRow>, SqlError> {
    one(&sql.run("SELECT record FROM outbox WHERE id = ?", vec![id.as_str().into()])?)
}

/// Deletes a delivered outbox entry.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn delete(sql: &dyn Sql, id: &OutboxId) -> Result<(), SqlError> {
    sql.run("DELETE FROM outbox WHERE id = ?", vec![id.as_str().into()])
        .map(drop)
}

/// Lists entries due at `now`: at most `most` of each lane ([`tegata_domain::outbox::Message::lane`]), the highest lane first, and within it the
/// longest overdue first.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn due(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<Vec<OutboxRow>, SqlError> {
    let statement = "SELECT record FROM outbox WHERE copy = ? AND due_at <= ? ORDER BY due_at LIMIT ?";
    let mut rows = Vec::new();
    for lane in LANES {
        rows.extend(all::<OutboxRow>(
            &sql.run(statement, vec![lane.into(), now.0.into(), most.into()])?,
        )?);
    }
    Ok(rows)
}

/// Returns when the next entry is due.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn next_due(sql: &dyn Sql) -> Result<Option<UnixSeconds>, SqlError> {
    let statement = "SELECT due_at FROM outbox WHERE copy = ? AND due_at IS NOT NULL ORDER BY due_at LIMIT 1";
    let mut first = None;
    for lane in LANES {
        let rows = sql.run(statement, vec![lane.into()])?;
        let due = rows.first().map(|row| row.integer(0)).transpose()?.map(UnixSeconds);
        first = first.into_iter().chain(due).min();
    }
    Ok(first)
}

/// Lists at most `most` entries in id order, after the id `after`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, after: &str, most: i64) -> Result<Vec<OutboxRow>, SqlError> {
    all(&sql.run(
        "SELECT record FROM outbox WHERE id > ? ORDER BY id LIMIT ?",
        vec![after.into(), most.into()],
    )?)
}

/// Lists a page of undeliverable entries by creation time.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn undeliverable(sql: &dyn Sql, span: Span<'_>) -> Result<Listed<OutboxRow>, SqlError> {
    let timeline = Timeline {
        table: "outbox t",
        at: "created_at",
        conditions: " AND t.due_at IS NULL",
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

/// Counts undeliverable entries, stopping at `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_undeliverable(sql: &dyn Sql, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT count(*) FROM (SELECT 1 FROM outbox WHERE due_at IS NULL LIMIT ?)";
    let rows = sql.run(statement, vec![most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

//! The `question` table: free questions by id and by time.

use tegata_domain::id::QuestionId;
use tegata_domain::question::Question;
use tegata_domain::time::UnixSeconds;

use crate::search::Listed;
use crate::sql::{Sql, SqlError, json, one};
use crate::timeline::{Span, Timeline};

/// Loads the question `id`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn load(sql: &dyn Sql, id: &QuestionId) -> Result<Option<Question>, SqlError> {
    one(&sql.run("SELECT record FROM question WHERE id = ?", vec![id.as_str().into()])?)
}

/// Inserts a new question, which can be answered until `waits_until`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn insert(sql: &dyn Sql, question: &Question, waits_until: UnixSeconds) -> Result<(), SqlError> {
    let (asked_at, waits_until) = (question.asked_at.0, waits_until.0);
    let row = vec![
        question.id.as_str().into(),
        asked_at.into(),
        waits_until.into(),
        json(question)?,
    ];
    sql.run(
        "INSERT INTO question (id, asked_at, waits_until, record) VALUES (?, ?, ?, ?)",
        row,
    )
    .map(drop)
}

/// Marks a question as no longer waiting for an answer.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn close(sql: &dyn Sql, id: &QuestionId) -> Result<(), SqlError> {
    sql.run(
        "UPDATE question SET waits_until = NULL WHERE id = ?",
        vec![id.as_str().into()],
    )
    .map(drop)
}

/// Counts questions that wait for an answer, stopping at `most`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn count_waiting(sql: &dyn Sql, now: UnixSeconds, most: i64) -> Result<i64, SqlError> {
    let statement = "SELECT COUNT(*) FROM (SELECT 1 FROM question WHERE waits_until > ? LIMIT ?)";
    let rows = sql.run(statement, vec![now.0.into(), most.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Lists a page of questions: all by the time they were asked, or with `waiting` only the open ones, by deadline.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn list(sql: &dyn Sql, waiting: bool, now: UnixSeconds, span: Span<'_>) -> Result<Listed<Question>, SqlError> {
    let timeline = Timeline {
        table: "question t",
        at: if waiting { "waits_until" } else { "asked_at" },
        after: waiting.then_some(now),
        ..Timeline::default()
    };
    Listed::of(timeline.page(sql, span)?, |row| row.record(2))
}

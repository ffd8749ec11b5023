//! The `day_count` table: requests and decisions per day.

use tegata_domain::panel::overview::DayCount;

use crate::sql::{Sql, SqlError};

/// The events that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// A request was made.
    Request,
    /// A request was approved.
    Approved,
    /// A request was refused.
    Refused,
}

/// Adds one to the count of `counted` on `day`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn add(sql: &dyn Sql, day: &str, counted: Counted) -> Result<(), SqlError> {
    let (column, row) = match counted {
        Counted::Request => ("requests", [1_i64, 0, 0]),
        Counted::Approved => ("approved", [0, 1, 0]),
        Counted::Refused => ("refused", [0, 0, 1]),
    };
    let statement = format!(
        "INSERT INTO day_count (day, requests, approved, refused) VALUES (?, ?, ?, ?) \
         ON CONFLICT (day) DO UPDATE SET {column} = {column} + 1"
    );
    let [requests, approved, refused] = row;
    sql.run(
        &statement,
        vec![day.into(), requests.into(), approved.into(), refused.into()],
    )
    .map(drop)
}

/// Lists the counts from `day` on, in order, at most 400 days. Days without events are omitted.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn since(sql: &dyn Sql, day: &str) -> Result<Vec<DayCount>, SqlError> {
    let statement = "SELECT day, requests, approved, refused FROM day_count WHERE day >= ? ORDER BY day LIMIT 400";
    sql.run(statement, vec![day.into()])?
        .iter()
        .map(|row| {
            Ok(DayCount {
                day: row.text(0)?.to_owned(),
                requests: row.integer(1)?,
                approved: row.integer(2)?,
                refused: row.integer(3)?,
            })
        })
        .collect()
}

//! Lists in chronological order. Each page continues after the previous one, forwards or backwards.

use tegata_domain::panel::lists::Order;
use tegata_domain::time::UnixSeconds;

use crate::search::{Place, last_looked_at};
use crate::sql::{Row, Sql, SqlError, Value};

/// The position and direction of a page.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    /// Newest or oldest first.
    pub order: Order,
    /// Cursor from the previous page: time in seconds, and id. Empty for the first page.
    pub after: (&'a str, &'a str),
    /// The maximum number of rows.
    pub most: i64,
}

/// A list ordered by time.
#[derive(Debug, Default)]
pub struct Timeline<'a> {
    /// The table, under the alias `t`; it needs an index on the time and the id.
    pub table: &'a str,
    /// The column that holds the time.
    pub at: &'a str,
    /// Only rows later than this.
    pub after: Option<UnixSeconds>,
    /// Only rows up to and including this time.
    pub until: Option<UnixSeconds>,
    /// Further conditions, each starting with ` AND `; their parameters start at `?4`.
    pub conditions: &'a str,
    /// The parameters of those conditions.
    pub parameters: Vec<Value>,
    /// Whether the conditions have to check each row of the index. If so, only [`LOOKED_AT`](crate::search::LOOKED_AT)
    /// rows are examined for one page.
    pub checked: bool,
}

impl Timeline<'_> {
    /// Reads the page at `span`. Each row is the time as text, the id, and the record.
    ///
    /// # Errors
    /// [`SqlError`] when the store fails.
    pub fn page(self, sql: &dyn Sql, span: Span<'_>) -> Result<(Vec<Row>, Option<Place>), SqlError> {
        let (table, at) = (self.table, self.at);
        let given = span.after.0.parse().ok().map(|instant: i64| (instant, span.after.1));
        let next = |instant: UnixSeconds| (instant.0.saturating_add(1), "");
        // The start of the page is a single condition: with a second one, SQLite would enter the index at the wrong
        // one.
        let (behind, as_far_as, direction, begin, limit) = match span.order {
            Order::Newest => {
                let begin = given.into_iter().chain(self.until.map(next)).min();
                // The largest integer that the platform passes exactly stands for the end of time.
                let begin = begin.unwrap_or(((1 << 53) - 1, ""));
                (
                    "<",
                    ">=",
                    "DESC",
                    begin,
                    self.after.map(|after| format!("> {}", after.0)),
                )
            }
            Order::Oldest => {
                let begin = given.into_iter().chain(self.after.map(next)).max().unwrap_or((-1, ""));
                (
                    ">",
                    "<=",
                    "ASC",
                    begin,
                    self.until.map(|until| format!("<= {}", until.0)),
                )
            }
        };
        let mut conditions = self.conditions.to_owned();
        if let Some(limit) = limit {
            conditions.push_str(&format!(" AND t.{at} {limit}"));
        }
        let list = |columns: &str, conditions: &str| {
            format!(
                "SELECT CAST(t.{at} AS TEXT), t.id{columns} FROM {table} \
                 WHERE t.{at} IS NOT NULL AND (t.{at}, t.id) {behind} (?1, ?2){conditions} \
                 ORDER BY t.{at} {direction}, t.id {direction}"
            )
        };
        let mut parameters: Vec<Value> = vec![begin.0.into(), begin.1.into()];
        let more = if self.checked {
            last_looked_at(sql, &list("", ""), parameters.clone())?
        } else {
            None
        };
        parameters.push(span.most.into());
        parameters.extend(self.parameters);
        if let Some((instant, id)) = &more {
            let number = parameters.len();
            let (first, second) = (number.saturating_add(1), number.saturating_add(2));
            conditions.push_str(&format!(" AND (t.{at}, t.id) {as_far_as} (?{first}, ?{second})"));
            parameters.extend([instant.parse().unwrap_or(0_i64).into(), id.as_str().into()]);
        }
        let statement = format!("{} LIMIT ?3", list(", t.record", &conditions));
        Ok((sql.run(&statement, parameters)?, more))
    }
}

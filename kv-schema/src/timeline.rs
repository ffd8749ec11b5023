//! Lists in the order of time: a page goes on where the one before ended, forwards or backwards.

use tegata_domain::panel::lists::Order;
use tegata_domain::time::UnixSeconds;

use crate::search::{Place, last_looked_at};
use crate::sql::{Row, Sql, SqlError, Value};

/// Which page: where it begins, and which way it goes.
#[derive(Debug, Clone, Copy)]
pub struct Span<'a> {
    /// The newest or the oldest first.
    pub order: Order,
    /// Behind this: when, in seconds, and the id. Behind nothing at first.
    pub after: (&'a str, &'a str),
    /// How many at most.
    pub most: i64,
}

/// A list.
#[derive(Debug, Default)]
pub struct Timeline<'a> {
    /// The table, called `t`; it has an index on the instant and the id.
    pub table: &'a str,
    /// The column with the instant.
    pub at: &'a str,
    /// Only what is later.
    pub after: Option<UnixSeconds>,
    /// Only what is not later.
    pub until: Option<UnixSeconds>,
    /// Further conditions, each after ` AND `; their parameters begin with `?4`.
    pub conditions: &'a str,
    /// These parameters.
    pub parameters: Vec<Value>,
    /// Whether rows of the index have to be checked by the conditions: then only so many are looked at for one page.
    pub checked: bool,
}

impl Timeline<'_> {
    /// The page at `span`: each row is the instant as text, the id, and the record.
    ///
    /// # Errors
    /// [`SqlError`] when the store fails.
    pub fn page(self, sql: &dyn Sql, span: Span<'_>) -> Result<(Vec<Row>, Option<Place>), SqlError> {
        let (table, at) = (self.table, self.at);
        let given = span.after.0.parse().ok().map(|instant: i64| (instant, span.after.1));
        let next = |instant: UnixSeconds| (instant.0.saturating_add(1), "");
        // Where the page begins is said once: twice, the index would be entered at the other place.
        let (behind, as_far_as, direction, begin, limit) = match span.order {
            Order::Newest => {
                let begin = given.into_iter().chain(self.until.map(next)).min();
                // The largest number that the platform passes on exactly stands for the end of time.
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

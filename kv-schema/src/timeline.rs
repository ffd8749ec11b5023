//! Lists in the order of time: a page goes on where the one before ended, forwards or backwards.

use tegata_domain::panel::Order;

use crate::sql::{Row, Sql, SqlError, Value};

/// Where a page begins, and which way it goes.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The newest or the oldest first.
    pub order: Order,
    /// Behind this: when, in seconds, and the id. Behind nothing at first.
    pub after: (&'a str, &'a str),
    /// How many at most.
    pub most: i64,
}

/// A list.
#[derive(Debug)]
pub struct Timeline<'a> {
    /// The table, called `t`; it has an index on the instant and the id.
    pub table: &'a str,
    /// The column with the instant.
    pub at: &'a str,
    /// Further conditions, each after ` AND `; their parameters begin with `?4`.
    pub conditions: &'a str,
    /// These parameters.
    pub parameters: Vec<Value>,
}

impl Timeline<'_> {
    /// The page at `place`: each row is the instant as text, the id, and the record.
    ///
    /// # Errors
    /// [`SqlError`] when the store fails.
    pub fn page(self, sql: &dyn Sql, place: Place<'_>) -> Result<Vec<Row>, SqlError> {
        let Self {
            table, at, conditions, ..
        } = self;
        // The largest number that the platform passes on exactly stands for the end of time.
        let (behind, direction, start) = match place.order {
            Order::Newest => ("<", "DESC", (1_i64 << 53) - 1),
            Order::Oldest => (">", "ASC", -1),
        };
        let statement = format!(
            "SELECT CAST(t.{at} AS TEXT), t.id, t.record FROM {table} WHERE (t.{at}, t.id) {behind} (?1, ?2){conditions} \
             ORDER BY t.{at} {direction}, t.id {direction} LIMIT ?3"
        );
        let start = place.after.0.parse().unwrap_or(start);
        let mut parameters = vec![start.into(), place.after.1.into(), place.most.into()];
        parameters.extend(self.parameters);
        sql.run(&statement, parameters)
    }
}

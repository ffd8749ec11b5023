//! The statements behind a search: one index is gone through in the order of the numbers, what it does not answer is
//! checked entry by entry.

use crate::sql::{Row, Sql, SqlError, Value};

/// Most entries looked at for one page. A page may be short for it, and then says where to go on.
pub const LOOKED_AT: i64 = 5_000;
/// Sets up to this size are counted, to choose the smallest.
const COUNTED: i64 = 1_000;

/// The numbers that come into question, both ends excluded, and in which order they are wanted.
#[derive(Clone, Copy)]
pub(super) struct Window {
    pub(super) after: i64,
    pub(super) before: i64,
    pub(super) newest_first: bool,
}

impl Window {
    const fn order(self) -> &'static str {
        if self.newest_first { "DESC" } else { "ASC" }
    }
}

/// What an index is asked for.
pub(super) enum Source {
    Object(String),
    Actor(String),
    /// Facets as a JSON array.
    Facets(String),
}

impl Source {
    const fn index(&self) -> &'static str {
        match self {
            Self::Object(_) => "audit_object",
            Self::Actor(_) => "audit_actor_id",
            Self::Facets(_) => "audit_facet",
        }
    }

    const fn condition(&self) -> &'static str {
        match self {
            Self::Object(_) => "object = ?",
            Self::Actor(_) => "actor_id = ?",
            Self::Facets(_) => "facet IN (SELECT value FROM json_each(?))",
        }
    }

    fn parameter(&self) -> Value {
        match self {
            Self::Object(text) | Self::Actor(text) | Self::Facets(text) => text.as_str().into(),
        }
    }

    /// How many entries it has in `window`, up to [`COUNTED`].
    pub(super) fn count(&self, sql: &dyn Sql, window: Window) -> Result<i64, SqlError> {
        let (index, condition) = (self.index(), self.condition());
        let statement = format!(
            "SELECT count(*) FROM (SELECT 1 FROM audit INDEXED BY {index} \
             WHERE {condition} AND seq > ? AND seq < ? LIMIT ?)"
        );
        let rows = sql.run(
            &statement,
            vec![
                self.parameter(),
                window.after.into(),
                window.before.into(),
                COUNTED.into(),
            ],
        )?;
        rows.first().map_or(Ok(0), |row| row.integer(0))
    }

    /// The last entry that is looked at for one page, where there are more behind it.
    pub(super) fn last_looked_at(&self, sql: &dyn Sql, window: Window) -> Result<Option<i64>, SqlError> {
        if matches!(self, Self::Facets(_)) {
            // Only chosen, beside others, where they are few.
            return Ok(None);
        }
        let (index, condition, order) = (self.index(), self.condition(), window.order());
        let statement = format!(
            "SELECT seq FROM audit INDEXED BY {index} WHERE {condition} AND seq > ? AND seq < ? \
             ORDER BY seq {order} LIMIT 1 OFFSET ?"
        );
        let rows = sql.run(
            &statement,
            vec![
                self.parameter(),
                window.after.into(),
                window.before.into(),
                LOOKED_AT.saturating_sub(1).into(),
            ],
        )?;
        rows.first().map(|row| row.integer(0)).transpose()
    }
}

/// The records of `source` in `window` that fulfil `rest`.
pub(super) fn page(
    sql: &dyn Sql,
    source: Option<&Source>,
    rest: &[Source],
    window: Window,
    most: i64,
) -> Result<Vec<Row>, SqlError> {
    let order = window.order();
    let mut parameters: Vec<Value> = source.map(Source::parameter).into_iter().collect();
    parameters.extend([window.after.into(), window.before.into()]);
    let more: String = rest
        .iter()
        .map(|source| format!(" AND {}", source.condition()))
        .collect();
    let statement = match source {
        None => format!("SELECT record FROM audit WHERE seq > ? AND seq < ?{more} ORDER BY seq {order} LIMIT ?"),
        // Each facet's entries are in order, and the first of each are merged by number before a record is read.
        Some(Source::Facets(_)) => {
            parameters.push(if rest.is_empty() { most } else { COUNTED }.into());
            format!(
                "SELECT record FROM audit WHERE seq IN (\
                   SELECT seq FROM json_each(?) AS wanted CROSS JOIN audit ON seq IN (\
                     SELECT seq FROM audit INDEXED BY audit_facet WHERE facet = wanted.value AND seq > ? AND seq < ? \
                     ORDER BY seq {order} LIMIT ?) WHERE 1{more} ORDER BY seq {order} LIMIT ?) ORDER BY seq {order}"
            )
        }
        Some(source) => {
            let (index, condition) = (source.index(), source.condition());
            format!(
                "SELECT record FROM audit INDEXED BY {index} WHERE {condition} AND seq > ? AND seq < ?{more} \
                 ORDER BY seq {order} LIMIT ?"
            )
        }
    };
    parameters.extend(rest.iter().map(Source::parameter));
    parameters.push(most.into());
    sql.run(&statement, parameters)
}

//! The SQL statements behind a search. Each uses one index, and reads records only for the entries it returns.

use tegata_domain::audit::filter::AuditFilter;

use crate::sql::{Row, Sql, SqlError, Value};

/// Limit on the entries examined for one page where each has to be checked. A page that reaches the limit may be short;
/// it then carries a cursor to continue from.
pub const LOOKED_AT: i64 = 1_000;
/// Entries at the start of the window that are scanned first, whatever their facets.
const NEAR: i64 = 400;

/// The range of entry numbers to search, both ends excluded, and the order of the results.
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

    /// The first [`NEAR`] entries of the window, in its order.
    fn near(self) -> Self {
        if self.newest_first {
            let after = self.after.max(self.before.saturating_sub(NEAR));
            Self { after, ..self }
        } else {
            let before = self.before.min(self.after.saturating_add(NEAR));
            Self { before, ..self }
        }
    }
}

/// Records in `window`.
pub(super) fn page(sql: &dyn Sql, window: Window, most: i64) -> Result<Vec<Row>, SqlError> {
    let order = window.order();
    let statement = format!("SELECT record FROM audit WHERE seq > ? AND seq < ? ORDER BY seq {order} LIMIT ?");
    sql.run(&statement, vec![window.after.into(), window.before.into(), most.into()])
}

/// Number of the last entry of `object` that one page may examine, when the object has that many in `window`.
pub(super) fn last_of_object(sql: &dyn Sql, object: &str, window: Window) -> Result<Option<i64>, SqlError> {
    let order = window.order();
    let statement = format!(
        "SELECT seq FROM audit INDEXED BY audit_object WHERE object = ? AND seq > ? AND seq < ? \
         ORDER BY seq {order} LIMIT 1 OFFSET ?"
    );
    let rows = sql.run(
        &statement,
        vec![
            object.into(),
            window.after.into(),
            window.before.into(),
            LOOKED_AT.saturating_sub(1).into(),
        ],
    )?;
    rows.first().map(|row| row.integer(0)).transpose()
}

/// Records of `object` in `window` that match the actor and the action of `filter`.
pub(super) fn page_of_object(
    sql: &dyn Sql,
    object: &str,
    filter: &AuditFilter,
    window: Window,
    most: i64,
) -> Result<Vec<Row>, SqlError> {
    let order = window.order();
    let mut conditions = String::new();
    let mut parameters: Vec<Value> = vec![object.into(), window.after.into(), window.before.into(), most.into()];
    if let Some(actor) = &filter.actor {
        conditions.push_str(" AND ?5 IN (actor_id, json_extract(record, '$.actor.kind'))");
        parameters.push(actor.as_str().into());
    }
    if let Some(action) = &filter.action {
        let number = parameters.len().saturating_add(1);
        conditions.push_str(" AND json_extract(record, '$.action') GLOB ?");
        conditions.push_str(&number.to_string());
        // Actions contain no GLOB metacharacters.
        let all = if action.as_str().ends_with('.') { "*" } else { "" };
        parameters.push(format!("{}{all}", action.as_str()).into());
    }
    let statement = format!(
        "SELECT record FROM audit INDEXED BY audit_object WHERE object = ?1 AND seq > ?2 AND seq < ?3{conditions} \
         ORDER BY seq {order} LIMIT ?4"
    );
    sql.run(&statement, parameters)
}

/// Records in `window` that have one of `facets`, and are by `actor` when one is given.
///
/// Common facets fill a page from the first [`NEAR`] entries, and no more of the index is read. Otherwise the statement
/// takes a page of each facet and keeps the first entries of all by number.
pub(super) fn page_of_facets(
    sql: &dyn Sql,
    actor: Option<&str>,
    facets: &[String],
    window: Window,
    most: i64,
) -> Result<Vec<Row>, SqlError> {
    let facets = serde_json::to_string(facets).map_err(|error| SqlError::Damaged(error.to_string()))?;
    let order = window.order();
    let within = if actor.is_some() {
        "audit a INDEXED BY audit_actor_id WHERE a.actor_id = ?5"
    } else {
        "audit a INDEXED BY audit_facet WHERE a.facet IS NOT NULL"
    };
    let run = |numbers: &str, window: Window| {
        let statement = format!("SELECT record FROM audit WHERE seq IN ({numbers}) ORDER BY seq {order}");
        let mut parameters: Vec<Value> = vec![
            facets.as_str().into(),
            window.after.into(),
            window.before.into(),
            most.into(),
        ];
        parameters.extend(actor.map(Value::from));
        sql.run(&statement, parameters)
    };
    let near = format!(
        "SELECT a.seq FROM {within} AND a.facet IN (SELECT value FROM json_each(?1)) \
         AND a.seq > ?2 AND a.seq < ?3 ORDER BY a.seq {order} LIMIT ?4"
    );
    let found = run(&near, window.near())?;
    if i64::try_from(found.len()).unwrap_or(i64::MAX) >= most {
        return Ok(found);
    }
    // Each facet's numbers are passed as one JSON text: a join of the log with its facets would read every candidate's
    // record.
    let all = format!(
        "SELECT n.value FROM json_each(?1) AS wanted, json_each((SELECT json_group_array(seq) FROM (\
           SELECT a.seq FROM {within} AND a.facet = wanted.value AND a.seq > ?2 AND a.seq < ?3 \
           ORDER BY a.seq {order} LIMIT ?4))) AS n ORDER BY n.value {order} LIMIT ?4"
    );
    run(&all, window)
}

//! The statements behind a search: each enters one index, and reads records only of what it answers with.

use tegata_domain::audit::filter::AuditFilter;

use crate::sql::{Row, Sql, SqlError, Value};

/// Most entries looked at for one page, where each has to be checked. A page may be short for it, and then says where to
/// go on.
pub const LOOKED_AT: i64 = 1_000;
/// How many entries from the end of the window are gone through first, whatever their facets.
const NEAR: i64 = 400;

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

    /// The part of it that comes first.
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

/// The records in `window`.
pub(super) fn page(sql: &dyn Sql, window: Window, most: i64) -> Result<Vec<Row>, SqlError> {
    let order = window.order();
    let statement = format!("SELECT record FROM audit WHERE seq > ? AND seq < ? ORDER BY seq {order} LIMIT ?");
    sql.run(&statement, vec![window.after.into(), window.before.into(), most.into()])
}

/// The last entry of `object` that is looked at for one page, where there are more behind it.
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

/// The records of `object` in `window` with the actor and the action of `filter`.
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
        // An action is spelt without anything that GLOB reads otherwise.
        let all = if action.as_str().ends_with('.') { "*" } else { "" };
        parameters.push(format!("{}{all}", action.as_str()).into());
    }
    let statement = format!(
        "SELECT record FROM audit INDEXED BY audit_object WHERE object = ?1 AND seq > ?2 AND seq < ?3{conditions} \
         ORDER BY seq {order} LIMIT ?4"
    );
    sql.run(&statement, parameters)
}

/// The records in `window` with one of `facets`, and by `actor` where one is named.
///
/// Where the facets are common, a page of them lies within the first [`NEAR`] entries, and no more of the index is
/// read. Otherwise a page of each facet is taken, and the first of them all by number.
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
    // Each facet's numbers travel as one JSON text: joining the log to its facets would read every candidate's record.
    let all = format!(
        "SELECT n.value FROM json_each(?1) AS wanted, json_each((SELECT json_group_array(seq) FROM (\
           SELECT a.seq FROM {within} AND a.facet = wanted.value AND a.seq > ?2 AND a.seq < ?3 \
           ORDER BY a.seq {order} LIMIT ?4))) AS n ORDER BY n.value {order} LIMIT ?4"
    );
    run(&all, window)
}

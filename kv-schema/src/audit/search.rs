//! Searches the audit log by its indexes, so that a page costs the same in a log of a million entries as in one of a
//! hundred. Three indexes serve every filter. `facet` is one text made of action, kind of actor and kind of object, and
//! has few distinct values. A search steps from one distinct value to the next, selects those that match the filter,
//! and merges their entries, each facet's being in order already. `actor_id` has the same facets within each actor, so
//! a filter on an actor with any action and kind of object is just as exact. `object` finds the entries of one object;
//! these are few, so each is checked against the other conditions. Entries are in the order of their numbers. Their
//! times are in the same order and are found by binary search.

use tegata_domain::audit::AuditEntry;
use tegata_domain::audit::filter::AuditFilter;
use tegata_domain::time::UnixSeconds;

use super::source::{Window, last_of_object, page, page_of_facets, page_of_object};
use crate::sql::{Row, Sql, SqlError, Value, all};

/// A page of search results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// The number after which the next page continues; `None` at the end.
    pub cursor: Option<i64>,
}

/// Returns at most `most` entries that match `filter`, after number `cursor`, in the order given by `newest_first`.
///
/// # Errors
/// [`SqlError`] when the store fails.
pub fn search(
    sql: &dyn Sql,
    filter: &AuditFilter,
    newest_first: bool,
    cursor: Option<i64>,
    most: i64,
) -> Result<Found, SqlError> {
    let mut window = Window::of(sql, filter, newest_first)?;
    match cursor {
        Some(cursor) if newest_first => window.before = window.before.min(cursor),
        Some(cursor) => window.after = window.after.max(cursor),
        None => {}
    }
    let (rows, more) = rows(sql, filter, window, most.saturating_add(1))?;
    let mut entries: Vec<AuditEntry> = all(&rows)?;
    let size = usize::try_from(most).unwrap_or(usize::MAX);
    let cursor = if entries.len() > size {
        entries.truncate(size);
        entries.last().map(|entry| entry.seq)
    } else {
        more
    };
    Ok(Found { entries, cursor })
}

/// Rows in `window` that match `filter`, and the number of the last entry examined when more follow it.
fn rows(
    sql: &dyn Sql,
    filter: &AuditFilter,
    mut window: Window,
    most: i64,
) -> Result<(Vec<Row>, Option<i64>), SqlError> {
    let kind = filter.object.as_ref().and_then(|object| object.kind());
    if let (Some(object), None) = (&filter.object, kind) {
        let mut more = None;
        if filter.actor.is_some() || filter.action.is_some() {
            more = last_of_object(sql, object.as_str(), window)?;
            match more {
                Some(last) if window.newest_first => window.after = last.saturating_sub(1),
                Some(last) => window.before = last.saturating_add(1),
                None => {}
            }
        }
        return Ok((page_of_object(sql, object.as_str(), filter, window, most)?, more));
    }
    let actor = filter.actor.as_ref().map(|actor| actor.as_str());
    if actor.is_none() && filter.action.is_none() && kind.is_none() {
        return Ok((page(sql, window, most)?, None));
    }
    // An id never equals a kind of actor: ids are mail addresses or random strings.
    let of_actor = actor.map_or(Ok(Vec::new()), |actor| facets(sql, Some(actor)))?;
    let (id, actor_kind, facets) = if of_actor.is_empty() {
        (None, actor, facets(sql, None)?)
    } else {
        (actor, None, of_actor)
    };
    let action = filter.action.as_ref();
    let wanted: Vec<String> = facets
        .into_iter()
        .filter(|facet| {
            let mut parts = facet.splitn(3, ' ');
            let mut part = || parts.next().unwrap_or_default();
            let (is, by, to) = (part(), part(), part());
            action.is_none_or(|action| action.matches(is))
                && actor_kind.is_none_or(|kind| kind == by)
                && kind.is_none_or(|kind| kind == to)
        })
        .collect();
    let rows = if wanted.is_empty() {
        Vec::new()
    } else {
        page_of_facets(sql, id, &wanted, window, most)?
    };
    Ok((rows, None))
}

impl Window {
    fn of(sql: &dyn Sql, filter: &AuditFilter, newest_first: bool) -> Result<Self, SqlError> {
        let rows = sql.run("SELECT seq FROM audit ORDER BY seq DESC LIMIT 1", Vec::new())?;
        let end = rows.first().map_or(Ok(0), |row| row.integer(0))?.saturating_add(1);
        let first = |at: Option<UnixSeconds>| at.map(|at| first_from(sql, end, at)).transpose();
        Ok(Self {
            after: first(filter.from)?.map_or(0, |seq| seq.saturating_sub(1)),
            before: first(filter.to)?.unwrap_or(end),
            newest_first,
        })
    }
}

/// Number of the first entry at or after `at`; `end` when there is none.
fn first_from(sql: &dyn Sql, end: i64, at: UnixSeconds) -> Result<i64, SqlError> {
    let statement = "SELECT json_extract(record, '$.at') FROM audit WHERE seq = ?";
    let (mut low, mut high) = (1_i64, end);
    while low < high {
        let middle = low.midpoint(high);
        let rows = sql.run(statement, vec![middle.into()])?;
        let missing = || SqlError::Damaged("the audit log has a gap".to_owned());
        if rows.first().ok_or_else(missing)?.integer(0)? < at.0 {
            low = middle.saturating_add(1);
        } else {
            high = middle;
        }
    }
    Ok(low)
}

/// All distinct facets, or those of `actor`, at the cost of one index step each.
fn facets(sql: &dyn Sql, actor: Option<&str>) -> Result<Vec<String>, SqlError> {
    let within = if actor.is_some() {
        "audit INDEXED BY audit_actor_id WHERE audit.actor_id = ?1"
    } else {
        "audit INDEXED BY audit_facet WHERE audit.facet IS NOT NULL"
    };
    let statement = format!(
        "WITH RECURSIVE found (facet) AS (\
           SELECT (SELECT audit.facet FROM {within} ORDER BY audit.facet LIMIT 1) \
           UNION ALL \
           SELECT (SELECT audit.facet FROM {within} AND audit.facet > found.facet ORDER BY audit.facet LIMIT 1) \
           FROM found WHERE found.facet IS NOT NULL\
         ) SELECT facet FROM found WHERE facet IS NOT NULL"
    );
    let rows = sql.run(&statement, actor.map(Value::from).into_iter().collect())?;
    rows.iter().map(|row| row.text(0).map(str::to_owned)).collect()
}

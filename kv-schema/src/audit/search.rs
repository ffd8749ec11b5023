//! Searching the audit log by its indexes, so that a page of a million entries costs what a page of a hundred does.
//!
//! Three indexes serve every filter. `actor_id` and `object` find one actor's or one object's entries. `facet` holds
//! action, kind of actor and kind of object as one text: these take few values, so the facets a filter means are found
//! by going from one distinct value to the next, and their entries, each facet's in order, are merged. All three yield
//! entries in the order of their numbers. Times are in that order too, and are found by halving.

use tegata_domain::audit::AuditEntry;
use tegata_domain::audit::filter::AuditFilter;
use tegata_domain::time::UnixSeconds;

use super::source::{Source, Window, page};
use crate::sql::{Row, Sql, SqlError, all};

/// A page of what was searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The entries.
    pub entries: Vec<AuditEntry>,
    /// The number behind which to go on; `None` at the end.
    pub cursor: Option<i64>,
}

/// At most `most` entries that `filter` means, behind number `cursor`, the oldest or the newest first.
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
    let Some(mut sources) = sources(sql, filter)? else {
        return Ok(Found {
            entries: Vec::new(),
            cursor: None,
        });
    };
    let source = most_selective(sql, &mut sources, window)?;
    let mut more = None;
    if let (Some(source), false) = (&source, sources.is_empty()) {
        more = source.last_looked_at(sql, window)?;
        match more {
            Some(last) if newest_first => window.after = last.saturating_sub(1),
            Some(last) => window.before = last.saturating_add(1),
            None => {}
        }
    }
    let mut entries: Vec<AuditEntry> = all(&page(sql, source.as_ref(), &sources, window, most.saturating_add(1))?)?;
    let size = usize::try_from(most).unwrap_or(usize::MAX);
    let cursor = if entries.len() > size {
        entries.truncate(size);
        entries.last().map(|entry| entry.seq)
    } else {
        more
    };
    Ok(Found { entries, cursor })
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

/// The number of the first entry at or after `at`; `end` when there is none.
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

/// What `filter` asks of each index it needs; `None` when nothing can match.
fn sources(sql: &dyn Sql, filter: &AuditFilter) -> Result<Option<Vec<Source>>, SqlError> {
    let mut sources = Vec::new();
    let object_kind = filter.object.as_ref().and_then(|object| object.kind());
    if let (Some(object), None) = (&filter.object, object_kind) {
        sources.push(Source::Object(object.as_str().to_owned()));
    }
    if filter.actor.is_none() && filter.action.is_none() && object_kind.is_none() {
        return Ok(Some(sources));
    }
    let facets = facets(sql)?;
    // No id is a kind: ids are mail addresses, or 22 characters of chance.
    let actor = filter.actor.as_ref().map(|actor| actor.as_str());
    let actor_kind = actor.filter(|actor| facets.iter().any(|facet| facet.actor_kind == *actor));
    if let (Some(actor), None) = (actor, actor_kind) {
        sources.push(Source::Actor(actor.to_owned()));
    }
    if filter.action.is_none() && actor_kind.is_none() && object_kind.is_none() {
        return Ok(Some(sources));
    }
    let wanted: Vec<&str> = facets
        .iter()
        .filter(|facet| {
            filter
                .action
                .as_ref()
                .is_none_or(|action| action.matches(&facet.action))
                && actor_kind.is_none_or(|kind| kind == facet.actor_kind)
                && object_kind.is_none_or(|kind| kind == facet.object_kind)
        })
        .map(|facet| facet.text.as_str())
        .collect();
    if wanted.is_empty() {
        return Ok(None);
    }
    let json = serde_json::to_string(&wanted).map_err(|error| SqlError::Damaged(error.to_string()))?;
    sources.push(Source::Facets(json));
    Ok(Some(sources))
}

struct Facet {
    text: String,
    action: String,
    actor_kind: String,
    object_kind: String,
}

/// Every facet there is, by as many steps in the index.
fn facets(sql: &dyn Sql) -> Result<Vec<Facet>, SqlError> {
    let rows = sql.run(
        "WITH RECURSIVE found (facet) AS (\
           SELECT (SELECT facet FROM audit INDEXED BY audit_facet ORDER BY facet LIMIT 1) \
           UNION ALL \
           SELECT (SELECT audit.facet FROM audit INDEXED BY audit_facet WHERE audit.facet > found.facet \
                   ORDER BY audit.facet LIMIT 1) FROM found WHERE found.facet IS NOT NULL\
         ) SELECT facet FROM found WHERE facet IS NOT NULL",
        Vec::new(),
    )?;
    let facet = |row: &Row| {
        let text = row.text(0)?.to_owned();
        let mut parts = text.splitn(3, ' ').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        Ok(Facet {
            action: part(),
            actor_kind: part(),
            object_kind: part(),
            text,
        })
    };
    rows.iter().map(facet).collect()
}

/// Takes the source with the fewest entries out of `sources`; what stays there is checked entry by entry.
fn most_selective(sql: &dyn Sql, sources: &mut Vec<Source>, window: Window) -> Result<Option<Source>, SqlError> {
    if sources.len() < 2 {
        return Ok(sources.pop());
    }
    let mut smallest = (i64::MAX, 0);
    for (place, source) in sources.iter().enumerate() {
        // Among equals the first: facets come last, and are taken only where they were counted to the end.
        smallest = smallest.min((source.count(sql, window)?, place));
    }
    Ok(Some(sources.remove(smallest.1)))
}

//! Compares the audit log's indexed filters with a scan of every entry.

use tegata_domain::audit::filter::{ActionFilter, ActorFilter, AuditFilter, ObjectFilter};
use tegata_domain::audit::{Act, Actor, AuditEntry};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::audit::{LOOKED_AT, append, search};
use tegata_kv_schema::migrations::{TENANT, apply};
use tegata_kv_schema::native::NativeSql;

const ACTORS: [(&str, Option<&str>); 5] = [
    ("operator", None),
    ("requester", Some("taro@aozora.example")),
    ("requester", Some("jiro@aozora.example")),
    ("approver", Some("e8Na3vpN")),
    ("device", Some("sYL5vfcQ")),
];
const ACTIONS: [&str; 6] = [
    "registration.create",
    "registration.code.page",
    "registration.code.device",
    "approval.decide",
    "device.create",
    "device.revoke",
];

fn act(number: usize) -> Act {
    let (kind, id) = ACTORS[number * 7 % ACTORS.len()];
    let action = ACTIONS[number * 5 % ACTIONS.len()];
    let family = action.split('.').next().unwrap();
    Act::new(
        Actor::new(kind, id, None),
        action,
        format!("{family}/{}", number % 4),
        "done",
    )
}

fn log(length: usize) -> NativeSql {
    let sql = NativeSql::in_memory().unwrap();
    apply(&sql, TENANT).unwrap();
    for number in 0..length {
        append(&sql, act(number), at(number)).unwrap();
    }
    sql
}

/// Three entries a second, with a clock that occasionally lags behind.
fn at(number: usize) -> UnixSeconds {
    let lag = i64::from(number.is_multiple_of(17)) * 5;
    UnixSeconds(1_795_000_000 + i64::try_from(number).unwrap() / 3 - lag)
}

/// Collects every page.
fn paged(sql: &NativeSql, filter: &AuditFilter, newest_first: bool, most: i64) -> Vec<AuditEntry> {
    let (mut entries, mut cursor) = (Vec::new(), None);
    loop {
        let found = search(sql, filter, newest_first, cursor, most).unwrap();
        assert!(i64::try_from(found.entries.len()).unwrap() <= most);
        entries.extend(found.entries);
        cursor = found.cursor;
        if cursor.is_none() {
            return entries;
        }
    }
}

fn filters() -> Vec<AuditFilter> {
    let texts = |texts: &[&'static str]| -> Vec<Option<&'static str>> {
        [None].into_iter().chain(texts.iter().copied().map(Some)).collect()
    };
    let actors = texts(&["requester", "operator", "taro@aozora.example", "sYL5vfcQ", "nobody"]);
    let objects = texts(&["registration/", "device/3", "registration/1", "device/9", "tenant/"]);
    let actions = texts(&[
        "registration.",
        "registration.code.",
        "device.revoke",
        "device.",
        "nothing",
    ]);
    let times = [
        (None, None),
        (Some(40), None),
        (None, Some(60)),
        (Some(30), Some(75)),
        (Some(75), Some(30)),
        (Some(999), None),
    ];
    let instant = |at: Option<i64>| at.map(|at| UnixSeconds(1_795_000_000 + at));
    let mut filters = Vec::new();
    for actor in &actors {
        for object in &objects {
            for action in &actions {
                for (from, to) in times {
                    filters.push(AuditFilter {
                        actor: actor.map(|text| ActorFilter::parse(text).unwrap()),
                        object: object.map(|text| ObjectFilter::parse(text).unwrap()),
                        action: action.map(|text| ActionFilter::parse(text).unwrap()),
                        from: instant(from),
                        to: instant(to),
                    });
                }
            }
        }
    }
    filters
}

#[test]
fn every_filter_finds_what_reading_every_entry_finds() {
    let sql = log(300);
    let whole = paged(&sql, &AuditFilter::default(), false, 50);
    assert_eq!(whole.len(), 300);
    assert!(whole.is_sorted_by_key(|entry| entry.at), "times are in ascending order");
    let mut hits = 0;
    for filter in filters() {
        let expected: Vec<&AuditEntry> = whole.iter().filter(|entry| filter.matches(entry)).collect();
        let found = paged(&sql, &filter, false, 7);
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter:?}");
        let mut found = paged(&sql, &filter, true, 7);
        found.reverse();
        assert_eq!(found.iter().collect::<Vec<_>>(), expected, "newest first: {filter:?}");
        hits += usize::from(!expected.is_empty());
    }
    assert!(hits > 200, "too many filters find nothing: {hits}");
}

fn filter(actor: Option<&str>, object: Option<&str>, action: Option<&str>) -> AuditFilter {
    AuditFilter {
        actor: actor.map(|text| ActorFilter::parse(text).unwrap()),
        object: object.map(|text| ObjectFilter::parse(text).unwrap()),
        action: action.map(|text| ActionFilter::parse(text).unwrap()),
        ..AuditFilter::default()
    }
}

#[test]
fn a_page_looks_at_a_bounded_number_of_entries_and_says_where_to_go_on() {
    let sql = NativeSql::in_memory().unwrap();
    apply(&sql, TENANT).unwrap();
    let length = LOOKED_AT + 500;
    for number in 1..=length {
        // One object has many entries, and only the last has the wanted action.
        let action = if number == length { "a.b" } else { "c.d" };
        append(
            &sql,
            Act::new(Actor::new("operator", None, None), action, "x/1".to_owned(), "done"),
            UnixSeconds(number),
        )
        .unwrap();
    }
    let filter = filter(None, Some("x/1"), Some("a."));
    let first = search(&sql, &filter, false, None, 50).unwrap();
    assert!(first.entries.is_empty() && first.cursor.is_some(), "{first:?}");
    let found = paged(&sql, &filter, false, 50);
    assert_eq!(found.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [length]);
}

/// The cost of the first page of `filter`.
fn steps(sql: &NativeSql, filter: &AuditFilter) -> i64 {
    let before = sql.steps();
    search(sql, filter, true, None, 10).unwrap();
    sql.steps() - before
}

#[test]
fn a_page_of_a_long_log_costs_what_a_page_of_a_short_one_does() {
    let (short, long) = (log(1_000), log(12_000));
    // This leaves out filters on one object with further conditions: up to `LOOKED_AT` of its entries are checked one
    // by one for each page, and each of these objects has a quarter of the log.
    let checked = |filter: &AuditFilter| {
        let one = filter.object.as_ref().is_some_and(|object| object.kind().is_none());
        one && (filter.actor.is_some() || filter.action.is_some())
    };
    for filter in filters().into_iter().filter(|filter| !checked(filter)) {
        let (few, many) = (steps(&short, &filter), steps(&long, &filter));
        assert!(many < few * 3 / 2 + 300, "{few} steps became {many}: {filter:?}");
    }
}

#[test]
fn a_log_from_before_the_indexes_is_searched_too() {
    let sql = NativeSql::in_memory().unwrap();
    let first_release = &TENANT[..16];
    apply(&sql, first_release).unwrap();
    for number in 0..20 {
        append(&sql, act(number), at(number)).unwrap();
    }
    apply(&sql, TENANT).unwrap();
    let filter = AuditFilter {
        action: Some(ActionFilter::parse("device.").unwrap()),
        ..AuditFilter::default()
    };
    let expected = (0..20)
        .filter(|number| act(*number).action.starts_with("device."))
        .count();
    assert_eq!(paged(&sql, &filter, true, 3).len(), expected);
}

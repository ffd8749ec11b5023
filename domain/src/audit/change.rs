//! Descriptions of changes for the outcome of an audit entry: every changed member by name, and its values where the
//! log may record them. A description never omits a member and truncates each value separately, so its length is
//! bounded by the number of members, each with at most [`LONGEST_VALUE`] characters per value plus a hash.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::jwk::sha256_b64;

/// Longest value that is recorded in full, in characters. A longer one is truncated and identified by its hash.
pub const LONGEST_VALUE: usize = 60;
/// Length of the hash in characters, which stand for 96 bits.
const HASH: usize = 16;

/// How much detail of a change is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Member names only. The values are personal data, which must stay out of a log that nobody can delete from.
    Names,
    /// New values; earlier entries record the old ones.
    Now,
    /// Old and new values.
    BeforeAndNow,
}

/// The members `names` of `thing`. Members of a nested object are named with a dot, and an absent member is null.
#[must_use]
pub fn members(thing: &impl Serialize, names: &[&str]) -> Map<String, Value> {
    let Ok(Value::Object(mut all)) = serde_json::to_value(thing) else {
        return Map::new();
    };
    let mut found = Map::new();
    for name in names {
        match all.remove(*name).unwrap_or_default() {
            Value::Object(inner) => {
                found.extend(
                    inner
                        .into_iter()
                        .map(|(within, value)| (format!("{name}.{within}"), value)),
                );
            }
            value => {
                found.insert((*name).to_owned(), value);
            }
        }
    }
    found
}

/// `value` as JSON. A long value is truncated and followed by the hash of its whole JSON text.
fn shown(value: &Value) -> String {
    let whole = value.to_string();
    match whole.char_indices().nth(LONGEST_VALUE) {
        None => whole,
        Some((end, _)) => {
            let (beginning, hash) = (whole.get(..end).unwrap_or_default(), sha256_b64(&whole));
            format!("{beginning}… (sha256 {})", hash.get(..HASH).unwrap_or_default())
        }
    }
}

/// The differences between `before` and `now` as the outcome of an entry, such as
/// `locale: "da", device_life_seconds: null`; `done` without differences.
#[must_use]
pub fn changes(before: &Map<String, Value>, now: &Map<String, Value>, told: Told) -> String {
    let gone = before.keys().filter(|name| !now.contains_key(*name));
    let changed = now.keys().chain(gone).filter_map(|name| {
        let (was, is) = (
            before.get(name).unwrap_or(&Value::Null),
            now.get(name).unwrap_or(&Value::Null),
        );
        (was != is).then(|| match told {
            Told::Names => name.clone(),
            Told::Now => format!("{name}: {}", shown(is)),
            Told::BeforeAndNow => format!("{name}: {} -> {}", shown(was), shown(is)),
        })
    });
    let told: Vec<String> = changed.collect();
    if told.is_empty() {
        return "done".to_owned();
    }
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Told, changes, members};
    use crate::jwk::sha256_b64;

    fn map(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn each_way_of_telling() {
        let (before, now) = (
            map(json!({ "locale": "ja", "life": 60, "same": 1, "gone": true })),
            map(json!({ "locale": "da", "life": null, "same": 1, "new": [] })),
        );
        for (told, expected) in [
            (Told::Names, "life, locale, new, gone"),
            (Told::Now, r#"life: null, locale: "da", new: [], gone: null"#),
            (
                Told::BeforeAndNow,
                r#"life: 60 -> null, locale: "ja" -> "da", new: null -> [], gone: true -> null"#,
            ),
        ] {
            assert_eq!(changes(&before, &now, told), expected);
            assert_eq!(changes(&before, &before, told), "done");
        }
    }

    #[test]
    fn a_long_value_is_cut_by_itself_and_told_by_its_hash() {
        let url = format!("https://data.aozora.example/{}", "x".repeat(600));
        for (value, beginning) in [
            (json!(url), format!("\"{}", url.get(..59).unwrap())),
            (json!("青".repeat(600)), format!("\"{}", "青".repeat(59))),
            (json!("𠮷".repeat(60)), format!("\"{}", "𠮷".repeat(59))),
            (
                json!([vec!["a.example"; 9], vec!["b.example"; 9]]),
                r#"[["a.example","a.example","a.example","a.example","a.example"#.to_owned(),
            ),
        ] {
            let (before, now) = (map(json!({ "it": 1, "z": 1 })), map(json!({ "it": value, "z": 2 })));
            let told = changes(&before, &now, Told::Now);
            let beginning: String = beginning.chars().take(60).collect();
            let hash = sha256_b64(value.to_string()).get(..16).unwrap().to_owned();
            assert_eq!(told, format!("it: {beginning}… (sha256 {hash}), z: 2"));
        }
        let exact = json!("x".repeat(58));
        let told = changes(&Map::new(), &map(json!({ "it": exact })), Told::Now);
        assert_eq!(told, format!("it: {exact}"));
    }

    #[test]
    fn of_forty_settings_none_is_left_out() {
        let before: Map<String, Value> = (0..40).map(|n| (format!("setting_{n:02}"), json!(n))).collect();
        let now: Map<String, Value> = before
            .iter()
            .map(|(name, was)| (name.clone(), json!(format!("{was} {}", "長い".repeat(300)))))
            .collect();
        for told in [Told::Names, Told::Now, Told::BeforeAndNow] {
            let text = changes(&before, &now, told);
            assert!(before.keys().all(|name| text.contains(name.as_str())), "{text}");
            assert!(text.chars().count() <= 40 * (20 + 2 * 100), "{}", text.chars().count());
        }
    }

    #[test]
    fn members_of_an_object_within_are_named_one_by_one() {
        let thing = json!({ "role": "user", "alerts": { "device": true, "audit": false }, "password": "secret" });
        assert_eq!(
            members(&thing, &["role", "alerts", "absent"]),
            map(json!({ "role": "user", "alerts.device": true, "alerts.audit": false, "absent": null }))
        );
    }
}

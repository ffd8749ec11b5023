//! JSON documents as text: one fact per line, or tab-separated rows that other programs can cut.

use crate::output::time;
use crate::printable::printable;
use serde_json::{Map, Value};

/// A cell without a value.
const UNKNOWN: &str = "-";

/// `member<TAB>value` for every leaf; members of inner objects are written `outer.inner`.
pub(crate) fn facts(document: &Value) -> String {
    let mut lines = Vec::new();
    collect("", document, &mut lines);
    lines.join("\n")
}

fn collect(path: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                let path = if path.is_empty() {
                    member.clone()
                } else {
                    format!("{path}.{member}")
                };
                collect(&path, value, lines);
            }
        }
        // A statement has several lines; all but the first are indented, so that none can pass for a fact of its own.
        Value::String(text) => {
            let text: Vec<String> = text.lines().map(printable).collect();
            lines.push(format!("{}\t{}", printable(path), text.join("\n\t")));
        }
        value => lines.push(format!("{}\t{}", printable(path), cell(path, value))),
    }
}

/// A header and one line for each item.
pub(crate) fn rows(columns: &[&str], items: &[Value]) -> String {
    let mut lines = vec![columns.join("\t")];
    for item in items {
        let cells: Vec<String> = columns.iter().map(|column| cell(column, &item[*column])).collect();
        lines.push(cells.join("\t"));
    }
    lines.join("\n")
}

/// One value. Members whose name ends in `_at`, and an audit entry's `at`, are times.
fn cell(member: &str, value: &Value) -> String {
    let name = member.rsplit('.').next().unwrap_or(member);
    match value {
        Value::Null => UNKNOWN.to_owned(),
        Value::String(text) => shown(text),
        Value::Number(number) if name == "at" || name.ends_with("_at") || name == "iat" => {
            number.as_u64().map_or_else(|| number.to_string(), time)
        }
        Value::Object(members) if name == "actor" => actor(members),
        Value::Array(items) => shown(&items.iter().map(|item| cell(name, item)).collect::<Vec<_>>().join(",")),
        value => printable(&value.to_string()),
    }
}

/// The actor as `kind id address`, without unknown parts: the system is just `system`.
fn actor(members: &Map<String, Value>) -> String {
    let parts = ["kind", "id", "address"].into_iter();
    let known = parts.filter_map(|name| members.get(name)?.as_str().filter(|part| !part.is_empty()));
    shown(&known.collect::<Vec<_>>().join(" "))
}

/// A text in its column. An empty one is shown as `-`, so that the columns stay aligned.
fn shown(text: &str) -> String {
    if text.is_empty() {
        UNKNOWN.to_owned()
    } else {
        printable(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{facts, rows};
    use serde_json::json;

    #[test]
    fn inner_members_and_times_are_readable() {
        let document = json!({"created_at": 1_775_034_000, "policy": {"data_origin": null, "mail_domains": ["a.example", "b.example"]}});
        assert_eq!(
            facts(&document),
            "created_at\t2026-04-01T09:00:00Z\npolicy.data_origin\t-\npolicy.mail_domains\ta.example,b.example"
        );
    }

    #[test]
    fn a_line_of_a_statement_cannot_pass_for_a_fact() {
        assert_eq!(
            facts(&json!({"text": "a\noutcome\tapproved\r\n"})),
            "text\ta\n\toutcome\u{fffd}approved"
        );
    }

    #[test]
    fn an_actor_is_named_without_braces() {
        let items = [
            json!({"actor": {"kind": "requester", "id": "taro@aozora.example", "address": "192.0.2.10"}}),
            json!({"actor": {"kind": "resource_server", "id": null, "address": "2001:db8::1"}}),
            json!({"actor": {"kind": "operator", "id": null, "address": null}}),
            json!({"actor": {"kind": "system", "id": "", "address": ""}}),
            json!({"actor": {}}),
        ];
        assert_eq!(
            rows(&["actor"], &items),
            "actor\nrequester taro@aozora.example 192.0.2.10\nresource_server 2001:db8::1\noperator\nsystem\n-"
        );
    }

    #[test]
    fn no_cell_is_empty() {
        let items = [json!({"actor": {"kind": "system"}, "outcome": "", "ended": [], "next_at": null})];
        assert_eq!(
            rows(&["actor", "outcome", "ended", "next_at"], &items),
            "actor\toutcome\tended\tnext_at\nsystem\t-\t-\t-"
        );
    }

    #[test]
    fn a_cell_cannot_break_its_row() {
        let items = [json!({"name": "山田\t太郎\n", "n": 1})];
        assert_eq!(rows(&["n", "name"], &items), "n\tname\n1\t山田\u{fffd}太郎\u{fffd}");
    }
}

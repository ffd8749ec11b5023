//! Checks that `docs/openapi.json` describes every response of the panel's API and every document that it accepts, for
//! all requests that these tests send.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::support::call::Answer;

fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
        let text = std::fs::read_to_string(file).expect("the document is written by `cargo xtask openapi`");
        serde_json::from_str(&text).expect("the document is JSON")
    })
}

fn followed(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str().and_then(|place| place.strip_prefix('#')) {
        Some(place) => document().pointer(place).expect("no reference dangles"),
        None => value,
    }
}

/// The operation for `method` and `path`, if they belong to the panel's API.
fn operation(method: &str, path: &str) -> Option<&'static Value> {
    let path = path.split('?').next().unwrap_or_default();
    let paths = document()["paths"].as_object().expect("paths");
    let answers = |template: &str| {
        let (named, given) = (template.split('/'), path.split('/'));
        template.split('/').count() == path.split('/').count()
            && named
                .zip(given)
                .all(|(named, given)| named.starts_with('{') || named == given)
    };
    let methods = paths
        .iter()
        .find(|(template, _)| answers(template))
        .map(|(_, methods)| methods)?;
    methods.get(method.to_lowercase())
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("these tests do not know the type {other}"),
    }
}

fn within(schema: &Value, limits: [&str; 2], size: impl TryInto<i64>) -> bool {
    let size = size.try_into().unwrap_or(i64::MAX);
    let [least, most] = limits.map(|limit| schema[limit].as_i64());
    least.is_none_or(|least| size >= least) && most.is_none_or(|most| size <= most)
}

/// The first way in which `value` violates `schema`; patterns and formats are not checked.
fn wrong(schema: &'static Value, value: &Value, place: &str) -> Option<String> {
    let schema = followed(schema);
    if let Some(choices) = schema["oneOf"].as_array() {
        let fitting = choices
            .iter()
            .filter(|choice| wrong(choice, value, place).is_none())
            .count();
        return (fitting != 1).then(|| format!("{place}: {value} fits {fitting} choices"));
    }
    if let Some(parts) = schema["allOf"].as_array() {
        return parts.iter().find_map(|part| wrong(part, value, place));
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let known = schema["enum"].as_array().is_none_or(|known| known.contains(value));
    if !known || !(kinds.is_empty() || kinds.iter().any(|kind| is(kind, value))) {
        return Some(format!("{place}: {value} is not {schema}"));
    }
    let fits = match value {
        Value::String(text) => within(schema, ["minLength", "maxLength"], text.chars().count()),
        Value::Number(number) => within(schema, ["minimum", "maximum"], number.as_i64().unwrap_or_default()),
        Value::Array(items) => within(schema, ["minItems", "maxItems"], items.len()),
        _ => true,
    };
    if !fits {
        return Some(format!("{place}: {value} is beyond {schema}"));
    }
    match value {
        Value::Array(items) => items.iter().find_map(|item| wrong(&schema["items"], item, place)),
        Value::Object(members) => wrong_member(schema, members, place),
        _ => None,
    }
}

fn wrong_member(schema: &'static Value, members: &Map<String, Value>, place: &str) -> Option<String> {
    let mut required = schema["required"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    if let Some(missing) = required.find(|name| !members.contains_key(*name)) {
        return Some(format!("{place}.{missing} is missing"));
    }
    members.iter().find_map(|(name, value)| {
        let place = format!("{place}.{name}");
        match schema["properties"].get(name) {
            Some(schema) => wrong(schema, value, &place),
            None if schema["additionalProperties"] == false => Some(format!("{place} is not told of")),
            None => None,
        }
    })
}

/// Checks a response against the document, and the request as well if it was accepted.
pub fn check(method: &str, path: &str, sent: &[u8], answer: &Answer) {
    let Some(operation) = operation(method, path) else {
        return;
    };
    let place = format!("{method} {path}: {}", answer.status);
    let told = operation["responses"].get(answer.status.as_str());
    let told = followed(told.unwrap_or_else(|| panic!("{place} is not described: {}", answer.body)));
    match told["content"].as_object() {
        None => assert!(answer.body.is_empty(), "{place} has a body: {}", answer.body),
        Some(content) => {
            let media_type = answer.header("content-type");
            let media = content.get(media_type);
            let media = media.unwrap_or_else(|| panic!("{place} is {media_type}"));
            let body = if media_type.ends_with("json") {
                answer.json()
            } else {
                answer.body.clone().into()
            };
            assert_eq!(wrong(&media["schema"], &body, "answer"), None, "{place}");
        }
    }
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    if answer.status.is_success() && !schema.is_null() && !sent.is_empty() {
        let sent = serde_json::from_slice(sent).expect("only JSON bodies are accepted");
        assert_eq!(wrong(schema, &sent, "sent"), None, "{place}");
    }
}

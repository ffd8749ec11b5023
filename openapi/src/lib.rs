//! The contract of the panel's API (OpenAPI 3.1), built from the routing table and the descriptions of the actions, and
//! the files generated from it: the document, a page for people, and types for the console. This crate is native only;
//! the worker just serves the files.

mod answers;
mod by_hand;
mod entrance;
pub mod files;
mod operation;
mod page;
mod schemas;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use tegata_routes::table::TABLE;

use schemas::Components;

const ABOUT: &str = "Everything a tenant's panel can do. A browser authenticates with its session cookie; a program \
    sends a personal access token as a bearer token, created in the panel under \"My account\". Times are seconds \
    since 1970-01-01T00:00:00Z. Long lists are returned in pages of 50: pass `cursor` from one page to get the next. \
    A change names the `version` it is based on; 409 `changed` returns the current version of the resource. Decide by \
    the `code` of a problem; its other texts may change.";

/// Builds the API description.
#[must_use]
pub fn document() -> Value {
    let mut components = Components::default();
    let mut paths: Map<String, Value> = Map::new();
    let mut tags = Vec::new();
    let operations = TABLE
        .iter()
        .filter_map(|route| operation::of(route, &mut components))
        .collect::<Vec<_>>();
    for operation in operations {
        let path = paths.entry(operation.path).or_insert_with(|| json!({}));
        path[operation.method] = operation.value;
        if !tags.contains(&operation.tag) {
            tags.push(operation.tag);
        }
    }
    let mut paths = Value::Object(paths);
    let schemas = components.finish(&mut paths);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Tegata panel API",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "tags": tags.iter().map(|tag| json!({ "name": tag })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": answers::shared(),
            "parameters": entrance::shared_parameters(),
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-tegata-{slug}",
                    "description": "The session that a login begins. Each tenant has its own cookie; `{slug}` is the \
                     tenant's slug.",
                },
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "tg_pat_…",
                    "description": "A personal access token. It permits what both its scopes and its owner's role \
                     allow.",
                },
            },
        },
    })
}

/// Every `$ref` in `value`, verbatim.
#[must_use]
pub fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    collect(value, &mut found);
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            found.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|member| collect(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        _ => {}
    }
}

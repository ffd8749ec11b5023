//! The operation that describes each route of the panel's API.

use serde_json::{Map, Value, json};
use tegata_domain::panel::Action;
use tegata_domain::right::Right;
use tegata_routes::Answer;
use tegata_routes::table::Route;

use crate::answers;
use crate::by_hand::{BY_HAND, ByHand, FILE, RECEIPT, accepted, account_passwords, placeholders as named};
use crate::entrance::Entrance;
use crate::schemas::{Components, without_null};

const BASE: &str = "/t/{slug}/api/v1";
/// Actions that have an hourly limit.
const LIMITED: &[&str] = &[
    "create_inquiry",
    "answer_inquiry",
    "start_passkey",
    "start_passkey_check",
    "reissue_account",
];

/// An operation and its place in the document.
pub(crate) struct Operation {
    pub(crate) path: String,
    pub(crate) method: &'static str,
    pub(crate) tag: String,
    pub(crate) value: Value,
}

/// The operation for `route`; `None` if the route is not part of the panel's API.
pub(crate) fn of(route: &Route, components: &mut Components) -> Option<Operation> {
    let rest = route.path.strip_prefix(BASE)?;
    let value = match (route.action, route.writes_out) {
        (Some((action, answer)), _) => of_action(route, action, answer, components),
        (None, Some(list)) => of_list(list, components),
        (None, None) => {
            let by_hand = BY_HAND.iter().find(|one| one.route == (route.method, rest))?;
            of_hand(by_hand, components)
        }
    };
    let tag = rest.split('/').nth(1).unwrap_or_default().to_owned();
    let mut value = value;
    value["tags"] = json!([tag]);
    Some(Operation {
        path: route.path.to_owned(),
        method: route.method,
        tag,
        value,
    })
}

fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    let parts = path.split('/');
    parts.filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn of_action(route: &Route, action: &Action, answer: Answer, components: &mut Components) -> Value {
    let mut collected = Vec::new();
    let ((input_name, input), reply) = (action.schemas)(&mut collected);
    components.add(collected);
    // Serialisation cannot fail, because a schema is plain data.
    let mut input = serde_json::to_value(input).unwrap();
    let mut parameters = named_in_path(route.path, &mut input);
    let reads = route.method == "get";
    let mut operation = json!({ "operationId": action.name, "summary": action.summary });
    if reads {
        parameters.extend(in_query(&input));
    } else if let Some(body) = body(&input_name, input, components) {
        operation["requestBody"] = body;
    }
    if action.repeatable {
        parameters.push(json!({ "$ref": "#/components/parameters/idempotency_key" }));
    }
    operation["parameters"] = parameters.into();
    let entrance = match action.right {
        right if !right.fits_token() => Entrance::Session,
        _ => Entrance::Either,
    };
    enter(&mut operation, entrance, Some(action));
    let (status, success) = match answer {
        Answer::Shown => ("200", shown("The requested resource.", &components.name(reply))),
        Answer::Created => ("201", shown("The created resource.", &components.name(reply))),
        Answer::Done => ("204", json!({ "description": "Done; the response has no body." })),
        Answer::Receipt => ("200", receipt()),
        Answer::File => ("200", file()),
    };
    let mut responses = json!({ status: success });
    let problems: &[u16] = &[400, 401, 403, 404, 413, 429, 503];
    let problems = problems.iter().copied().filter(|status| match status {
        413 => !reads,
        429 => LIMITED.contains(&action.name),
        _ => true,
    });
    answers::add(&mut responses, &problems.collect::<Vec<_>>(), action.name);
    operation["responses"] = responses;
    operation
}

fn of_hand(route: &ByHand, components: &mut Components) -> Value {
    components.add(tegata_routes::described::schemas());
    let action = route.action;
    let mut operation = json!({ "operationId": route.id, "summary": route.summary });
    let mut parameters = named_in_path(route.route.1, &mut named(route.route.1));
    parameters.insert(0, json!({ "$ref": "#/components/parameters/slug" }));
    if let Some(list) = route.query {
        let named: Vec<Value> = parameters.iter().map(|parameter| parameter["name"].clone()).collect();
        let filters = filters(list, components).into_iter();
        parameters.extend(filters.filter(|filter| !named.contains(&filter["name"])));
    }
    if let Some(body) = route.body {
        operation["requestBody"] = json!({
            "required": true,
            "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{body}") } } },
        });
    }
    if let (Some("CreateAccount"), Some(action)) = (route.body, action) {
        parameters.truncate(1);
        parameters.extend(account(action, components));
    }
    operation["parameters"] = parameters.into();
    enter(&mut operation, route.entrance, action);
    components.insert("Accepted", accepted());
    let mut success = match route.reply {
        Some(FILE) => file(),
        Some(RECEIPT) => receipt(),
        Some(reply) => shown(
            "The requested resource.",
            &json!({ "$ref": format!("#/components/schemas/{reply}") }),
        ),
        None => json!({ "description": "Done; the response has no body." }),
    };
    if let Some(cookie) = route.cookie {
        success["headers"] = json!({ "Set-Cookie": { "description": cookie, "schema": { "type": "string" } } });
    }
    let mut responses = json!({ route.status.to_string(): success });
    answers::add(&mut responses, route.problems, route.id);
    operation["responses"] = responses;
    operation
}

fn of_list(action: &Action, components: &mut Components) -> Value {
    let mut parameters = vec![json!({ "$ref": "#/components/parameters/slug" })];
    parameters.extend(written_out(action, components));
    let mut operation = json!({
        "operationId": action.name.replacen("list_", "export_", 1),
        "summary": "Exports the whole list; accepts the list's filters",
        "parameters": parameters,
    });
    enter(&mut operation, Entrance::Either, Some(action));
    let mut responses = json!({ "200": list() });
    answers::add(&mut responses, &[400, 401, 403, 404, 503], action.name);
    operation["responses"] = responses;
    operation
}

/// The query parameters of a list.
fn filters(action: &Action, components: &mut Components) -> Vec<Value> {
    let mut collected = Vec::new();
    let ((_, input), _) = (action.schemas)(&mut collected);
    components.add(collected);
    // Serialisation cannot fail, because a schema is plain data.
    in_query(&serde_json::to_value(input).unwrap())
}

/// The query parameters of an export: the list's filters, and the format.
fn written_out(action: &Action, components: &mut Components) -> Vec<Value> {
    let mut collected = Vec::new();
    let ((_, input), _) = (action.schemas)(&mut collected);
    components.add(collected);
    // Serialisation cannot fail, because a schema is plain data.
    let mut input = serde_json::to_value(input).unwrap();
    if let Some(members) = input["properties"].as_object_mut() {
        members.remove("cursor");
    }
    let format = json!({
        "type": "string", "enum": ["csv", "jsonl"], "default": "csv",
        "description": "`csv`: a table for people, with headings, names and times in the caller's language and time \
                        zone. `jsonl`: one document per line, as the list returns it.",
    });
    let mut parameters = in_query(&input);
    parameters.push(parameter("format", "query", false, &format));
    parameters
}

/// Adds the request body for a new account, including its passwords, and returns the parameters in the path.
fn account(action: &Action, components: &mut Components) -> Vec<Value> {
    let mut collected = Vec::new();
    let ((name, input), _) = (action.schemas)(&mut collected);
    components.add(collected);
    // Serialisation cannot fail, because a schema is plain data.
    let mut input = serde_json::to_value(input).unwrap();
    let parameters = named_in_path("/{id}", &mut input);
    if let (Some(members), Value::Object(passwords)) = (input["properties"].as_object_mut(), account_passwords()) {
        members.extend(passwords);
    }
    components.insert(&name, input);
    parameters
}

/// The parameters of `path`. Their schemas move out of `input`.
fn named_in_path(path: &str, input: &mut Value) -> Vec<Value> {
    let mut parameters = Vec::new();
    for name in placeholders(path) {
        if name == "slug" {
            parameters.push(json!({ "$ref": "#/components/parameters/slug" }));
            continue;
        }
        let members = input.get_mut("properties").and_then(Value::as_object_mut);
        if let Some(schema) = members.and_then(|members| members.remove(name)) {
            parameters.push(parameter(name, "path", true, &schema));
        }
        if let Some(required) = input.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|member| member != name);
        }
    }
    parameters
}

fn parameter(name: &str, place: &str, required: bool, schema: &Value) -> Value {
    let mut schema = without_null(schema);
    let description = schema.as_object_mut().and_then(|members| members.remove("description"));
    let mut parameter = json!({ "name": name, "in": place, "required": required, "schema": schema });
    if let Some(description) = description {
        parameter["description"] = description;
    }
    parameter
}

fn members(input: &Value) -> impl Iterator<Item = (&String, &Value)> {
    input.get("properties").and_then(Value::as_object).into_iter().flatten()
}

fn is_required(input: &Value, name: &str) -> bool {
    let required = input.get("required").and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|member| member == name))
}

fn in_query(input: &Value) -> Vec<Value> {
    let members = members(input);
    members
        .map(|(name, schema)| parameter(name, "query", is_required(input, name), schema))
        .collect()
}

fn body(name: &str, mut input: Value, components: &mut Components) -> Option<Value> {
    members(&input).next()?;
    let required = input
        .get("required")
        .and_then(Value::as_array)
        .is_some_and(|required| !required.is_empty());
    if let Some(members) = input.as_object_mut().filter(|_| !required) {
        members.remove("required");
    }
    let schema = components.insert(name, input);
    Some(json!({ "required": required, "content": { "application/json": { "schema": schema } } }))
}

/// Describes who may call the operation, in words and for programs.
fn enter(operation: &mut Value, entrance: Entrance, action: Option<&Action>) {
    let security: &[Value] = &[json!({ "session": [] }), json!({ "token": [] })];
    let taken = match entrance {
        Entrance::Open => 0,
        Entrance::Session => 1,
        Entrance::Either => 2,
    };
    operation["security"] = json!(security.iter().take(taken).collect::<Vec<_>>());
    let Some(action) = action else {
        operation["description"] = json!("Requires no login.");
        return;
    };
    let mut text = match entrance {
        Entrance::Either => format!("Requires the right `{}`.", action.right.name()),
        _ if action.right == Right::Own => "Requires a login; a personal access token is not enough.".to_owned(),
        _ => format!(
            "Requires the right `{}` and a login; a personal access token is not enough.",
            action.right.name()
        ),
    };
    operation["x-right"] = json!(action.right.name());
    if action.fresh {
        text.push_str(" With a session, the user must have authenticated within the last 10 minutes.");
        operation["x-fresh-login"] = json!(true);
    }
    operation["description"] = json!(text);
}

fn shown(what: &str, schema: &Value) -> Value {
    json!({ "description": what, "content": { "application/json": { "schema": schema } } })
}

fn saved(what: &str, types: &[&str]) -> Value {
    let content = types
        .iter()
        .map(|name| ((*name).to_owned(), json!({ "schema": { "type": "string" } })));
    json!({
        "description": what,
        "headers": { "Content-Disposition": { "schema": { "type": "string" } } },
        "content": content.collect::<Map<String, Value>>(),
    })
}

fn file() -> Value {
    let types = [
        "application/gzip",
        "application/pdf",
        "application/zip",
        "image/jpeg",
        "image/png",
        "text/csv; charset=utf-8",
        "text/plain; charset=utf-8",
    ];
    saved("The file, as a download.", &types)
}

fn list() -> Value {
    saved(
        "The list, as a download. If the transfer breaks off, the list is incomplete.",
        &["application/jsonl", "text/csv; charset=utf-8"],
    )
}

fn receipt() -> Value {
    let schema: Map<String, Value> = Map::from_iter([
        ("type".to_owned(), json!("string")),
        ("pattern".to_owned(), json!(r"^[\w-]+\.[\w-]+\.[\w-]+$")),
    ]);
    json!({
        "description": "The receipt, a signed JWT, as a download.",
        "headers": { "Content-Disposition": { "schema": { "type": "string" } } },
        "content": { "application/jwt": { "schema": schema } },
    })
}

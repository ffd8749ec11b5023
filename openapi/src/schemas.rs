//! Schemas by name, collected from the types. A type gets two schemas where a request may omit members that a response
//! always has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use tegata_domain::schema::{NamedSchema, Schemas};

use crate::references;

const HERE: &str = "#/components/schemas/";

/// Members that a response may omit. All others are always present, with null for no value.
const MAY_BE_ABSENT: [(&str, &str); 29] = [
    ("NamedEntry", "actor_name"),
    ("NamedEntry", "object_name"),
    ("Policy", "key_required"),
    ("Act", "requester"),
    ("Act", "approver"),
    ("PanelRegistration", "email_domain"),
    ("PanelRegistration", "statement"),
    ("QuestionView", "statement"),
    ("LaunchView", "statement"),
    ("LaunchView", "connected"),
    ("LaunchView", "obstacle"),
    ("LaunchView", "note"),
    ("SessionNote", "inquiry"),
    ("Guest", "email"),
    ("Policy", "session_files"),
    ("AttendedView", "hand_over"),
    ("AttendedView", "note"),
    ("LaunchEnded", "by"),
    ("Step", "by"),
    ("Step", "detail"),
    ("Policy", "launch_approvals"),
    ("Policy", "launch_login"),
    ("Problem", "field"),
    ("Problem", "current"),
    ("Problem", "choices"),
    ("TimeAsked", "occurrence"),
    ("Preflight", "browser"),
    ("Preflight", "system"),
    ("Checked", "value"),
];

/// Schemas that are sent as a merge patch (RFC 7396): an absent member stays as it is.
const MERGED: [&str; 1] = ["Policy"];

/// All schemas that the document refers to.
#[derive(Default)]
pub(crate) struct Components(BTreeMap<String, Value>);

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("{HERE}{name}") })
}

impl Components {
    /// Adds `schemas`.
    pub(crate) fn add(&mut self, schemas: Schemas) {
        for named in schemas {
            self.name(named);
        }
    }

    /// Adds a schema and returns a reference to it.
    pub(crate) fn name(&mut self, (name, schema): NamedSchema) -> Value {
        // Serialisation cannot fail, because a schema is plain data.
        let schema = serde_json::to_value(schema).unwrap();
        self.insert(&name, schema)
    }

    /// Adds a schema that corresponds to no single type and returns a reference to it.
    pub(crate) fn insert(&mut self, name: &str, mut schema: Value) -> Value {
        lift_descriptions(&mut schema);
        let reference = reference(name);
        if let Some(other) = self.0.insert(name.to_owned(), schema.clone()) {
            assert_eq!(other, schema, "two different schemas are named {reference}");
        }
        reference
    }

    /// All schemas that `from` refers to, directly or indirectly.
    fn reached(&self, from: &[&Value]) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<String> = from.iter().flat_map(|value| names(value)).collect();
        while let Some(name) = waiting.pop() {
            if let Some(schema) = self.0.get(&name).filter(|_| !reached.contains(&name)) {
                waiting.extend(names(schema));
                reached.insert(name);
            }
        }
        reached
    }

    /// The schemas that `paths` and problems need. A schema whose request and response forms differ gets two names.
    pub(crate) fn finish(mut self, paths: &mut Value) -> Value {
        let (mut sent, mut answered) = (Vec::new(), vec![json!(reference("Problem"))]);
        for operation in operations(paths) {
            sent.extend(["parameters", "requestBody"].map(|part| operation[part].clone()));
            answered.push(operation["responses"].clone());
        }
        sent.push(crate::entrance::shared_parameters());
        let sent = self.reached(&sent.iter().collect::<Vec<_>>());
        let answered = self.reached(&answered.iter().collect::<Vec<_>>());

        let complete: BTreeMap<String, Value> = answered
            .iter()
            .map(|name| (name.clone(), complete(name, &self.0[name])))
            .collect();
        let mut two: BTreeSet<String> = sent
            .intersection(&answered)
            .filter(|name| complete[*name] != self.0[*name])
            .cloned()
            .collect();
        while let Some(more) = sent
            .intersection(&answered)
            .find(|name| !two.contains(*name) && !names(&self.0[*name]).is_disjoint(&two))
        {
            two.insert(more.clone());
        }

        let mut all = BTreeMap::new();
        for name in &sent {
            let mut schema = self.0.remove(name).unwrap_or_default();
            rename(&mut schema, &two);
            if MERGED.contains(&name.as_str()) {
                without_defaults(&mut schema);
            }
            let name = if two.contains(name) {
                input_name(name)
            } else {
                name.clone()
            };
            all.insert(name, schema);
        }
        all.extend(complete);
        for operation in operations_mut(paths) {
            for part in ["parameters", "requestBody"] {
                if let Some(part) = operation.get_mut(part) {
                    rename(part, &two);
                }
            }
        }
        json!(all)
    }
}

fn input_name(name: &str) -> String {
    format!("{name}Input")
}

fn names(value: &Value) -> BTreeSet<String> {
    let names = references(value);
    names
        .iter()
        .filter_map(|name| name.strip_prefix(HERE))
        .map(str::to_owned)
        .collect()
}

fn operations(paths: &Value) -> impl Iterator<Item = &Value> {
    let paths = paths.as_object().into_iter().flat_map(|paths| paths.values());
    paths.filter_map(Value::as_object).flat_map(|path| path.values())
}

fn operations_mut(paths: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = paths.as_object_mut().into_iter().flat_map(|paths| paths.values_mut());
    paths
        .filter_map(Value::as_object_mut)
        .flat_map(|path| path.values_mut())
}

/// `schema` with every member required that a response always has.
fn complete(name: &str, schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(parts) = schema.get_mut("allOf").and_then(Value::as_array_mut) {
        for part in parts {
            *part = complete(name, part);
        }
    }
    if let Some(members) = schema.get("properties").and_then(Value::as_object) {
        let always = members
            .keys()
            .filter(|member| !MAY_BE_ABSENT.contains(&(name, member.as_str())));
        schema["required"] = always.cloned().collect::<Vec<_>>().into();
    }
    without_defaults(&mut schema);
    schema
}

fn without_defaults(schema: &mut Value) {
    let members = schema.get_mut("properties").and_then(Value::as_object_mut);
    for member in members.into_iter().flat_map(|members| members.values_mut()) {
        member.as_object_mut().and_then(|member| member.remove("default"));
    }
}

/// Moves the description of a nullable member from its non-null variant to the member itself.
fn lift_descriptions(schema: &mut Value) {
    let members = schema.get_mut("properties").and_then(Value::as_object_mut);
    for member in members.into_iter().flat_map(|members| members.values_mut()) {
        let choices = member.get_mut("oneOf").and_then(Value::as_array_mut);
        let mut choices = choices.into_iter().flatten().filter_map(Value::as_object_mut);
        if let Some(description) = choices.find_map(|choice| choice.remove("description")) {
            member["description"] = description;
        }
    }
}

/// Redirects references to the schemas in `two` to their request form.
fn rename(value: &mut Value, two: &BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let named = member.as_str().and_then(|name| name.strip_prefix(HERE));
                match named
                    .filter(|name| key == "$ref" && two.contains(*name))
                    .map(input_name)
                {
                    Some(name) => *member = json!(format!("{HERE}{name}")),
                    None => rename(member, two),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, two)),
        _ => {}
    }
}

/// `schema` without null, since a query parameter cannot be null.
pub(crate) fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let is_null = |kind: &Value| kind == "null" || kind["type"] == "null";
    for choice in ["type", "oneOf"] {
        if let Some(choices) = schema.get_mut(choice).and_then(Value::as_array_mut) {
            choices.retain(|kind| !is_null(kind));
            if let [only] = choices.as_slice() {
                let only = only.clone();
                match only {
                    Value::Object(only) => {
                        schema[choice].take();
                        let members = schema.as_object_mut().into_iter();
                        members.for_each(|members| {
                            members.remove(choice);
                            members.extend(only.clone());
                        });
                    }
                    only => schema[choice] = only,
                }
            }
        }
    }
    schema
}

//! The API description as a page for people. It needs no script, and every schema is one link away.

use anyhow::{Context as _, Result};
use askama::Template;
use serde_json::Value;

const SCHEMAS: &str = "#/components/schemas/";

#[derive(Template)]
#[template(path = "api.html")]
struct Page<'a> {
    title: &'a str,
    version: &'a str,
    about: Vec<Span<'a>>,
    groups: Vec<Group<'a>>,
    schemas: Vec<Shape<'a>>,
}

struct Group<'a> {
    tag: &'a str,
    operations: Vec<Operation<'a>>,
}

struct Operation<'a> {
    id: &'a str,
    method: String,
    path: &'a str,
    summary: &'a str,
    about: Vec<Span<'a>>,
    parameters: Vec<Member<'a>>,
    body: Option<&'a str>,
    members: Vec<Member<'a>>,
    answers: Vec<Answer<'a>>,
}

/// A parameter, or a member of an object.
struct Member<'a> {
    name: &'a str,
    place: &'a str,
    required: bool,
    kind: Vec<Word>,
    about: Vec<Span<'a>>,
}

struct Answer<'a> {
    status: &'a str,
    media: Vec<&'a str>,
    kind: Vec<Word>,
    about: Vec<Span<'a>>,
}

struct Shape<'a> {
    name: &'a str,
    kind: Vec<Word>,
    about: Vec<Span<'a>>,
    members: Vec<Member<'a>>,
}

/// A fragment of a description, which marks code with backticks.
struct Span<'a> {
    code: bool,
    text: &'a str,
}

/// A fragment of a type description.
struct Word {
    /// The schema that this word links to.
    link: Option<String>,
    text: String,
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

fn spans<'a>(value: &'a Value, member: &str) -> Vec<Span<'a>> {
    let parts = text(value, member).split('`').enumerate();
    let spans = parts.map(|(at, text)| Span {
        code: at % 2 == 1,
        text,
    });
    spans.filter(|span| !span.text.is_empty()).collect()
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn items<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn word(text: impl Into<String>) -> Word {
    Word {
        link: None,
        text: text.into(),
    }
}

/// Describes the type of a value in words.
fn kind(schema: &Value) -> Vec<Word> {
    if let Some(name) = text(schema, "$ref").strip_prefix(SCHEMAS) {
        let link = Some(name.to_owned());
        let text = name.to_owned();
        return vec![Word { link, text }];
    }
    if let Some(choices) = schema
        .get("oneOf")
        .or_else(|| schema.get("allOf"))
        .and_then(Value::as_array)
    {
        let between = if schema.get("oneOf").is_some() { " or " } else { " and " };
        // Null comes last, because readers care about it least.
        let (null, other): (Vec<_>, Vec<_>) = choices.iter().partition(|choice| choice["type"] == "null");
        let mut words = Vec::new();
        for choice in other.into_iter().chain(null) {
            if !words.is_empty() {
                words.push(word(between));
            }
            words.extend(kind(choice));
        }
        return words;
    }
    let mut words = match schema.get("enum") {
        Some(_) => vec![word(
            items(schema, "enum")
                .map(Value::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        )],
        None => vec![word(match schema.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
            Some(Value::String(kind)) => kind.clone(),
            _ => "anything".to_owned(),
        })],
    };
    if let Some(inner) = schema.get("items") {
        words.push(word(" of "));
        words.extend(kind(inner));
    }
    let limits = [
        "format",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "pattern",
    ];
    for limit in limits {
        match schema.get(limit) {
            Some(Value::String(value)) => words.push(word(format!(", {limit} {value}"))),
            Some(value) => words.push(word(format!(", {limit} {value}"))),
            None => {}
        }
    }
    words
}

/// The members of an object, including one composed with `allOf`.
fn members<'a>(schema: &'a Value, schemas: &'a Value) -> Vec<Member<'a>> {
    let mut found = Vec::new();
    for part in items(schema, "allOf") {
        let named = text(part, "$ref")
            .strip_prefix(SCHEMAS)
            .and_then(|name| schemas.get(name));
        found.extend(members(named.unwrap_or(part), schemas));
    }
    for (name, member) in entries(schema.get("properties").unwrap_or(&Value::Null)) {
        found.push(Member {
            name,
            place: "",
            required: items(schema, "required").any(|required| required == name),
            kind: kind(member),
            about: spans(member, "description"),
        });
    }
    found
}

/// Resolves `value` if it is a reference.
fn followed<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let place = text(value, "$ref").strip_prefix('#');
    place.and_then(|place| document.pointer(place)).unwrap_or(value)
}

fn operation<'a>(document: &'a Value, path: &'a str, method: &str, operation: &'a Value) -> Operation<'a> {
    let schemas = &document["components"]["schemas"];
    let parameters = items(operation, "parameters").map(|parameter| followed(document, parameter));
    let body = operation.pointer("/requestBody/content/application~1json/schema");
    let answers = entries(&operation["responses"]).map(|(status, answer)| {
        let answer = followed(document, answer);
        let content = answer.get("content").unwrap_or(&Value::Null);
        Answer {
            status,
            media: entries(content).map(|(media, _)| media.as_str()).collect(),
            kind: entries(content)
                .flat_map(|(_, content)| kind(&content["schema"]))
                .collect(),
            about: spans(answer, "description"),
        }
    });
    Operation {
        id: text(operation, "operationId"),
        method: method.to_uppercase(),
        path,
        summary: text(operation, "summary"),
        about: spans(operation, "description"),
        parameters: parameters
            .map(|parameter| Member {
                name: text(parameter, "name"),
                place: text(parameter, "in"),
                required: parameter["required"] == true,
                kind: kind(&parameter["schema"]),
                about: spans(parameter, "description"),
            })
            .collect(),
        body: body.and_then(|schema| text(schema, "$ref").strip_prefix(SCHEMAS)),
        members: body.map_or_else(Vec::new, |schema| members(followed(document, schema), schemas)),
        answers: answers.collect(),
    }
}

/// Renders the page.
pub(crate) fn render(document: &Value) -> Result<String> {
    let schemas = &document["components"]["schemas"];
    let groups = items(document, "tags").map(|tag| {
        let tag = text(tag, "name");
        let all = entries(&document["paths"]).flat_map(|(path, methods)| {
            entries(methods).map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        });
        let ours = all.filter(|(.., operation)| items(operation, "tags").any(|name| name == tag));
        Group {
            tag,
            operations: ours
                .map(|(path, method, value)| operation(document, path, method, value))
                .collect(),
        }
    });
    let page = Page {
        title: text(&document["info"], "title"),
        version: text(&document["info"], "version"),
        about: spans(&document["info"], "description"),
        groups: groups.collect(),
        schemas: entries(schemas)
            .map(|(name, schema)| Shape {
                name,
                kind: kind(schema),
                about: spans(schema, "description"),
                members: members(schema, schemas),
            })
            .collect(),
    };
    page.render().context("rendering the page")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::kind;

    fn told(schema: &serde_json::Value) -> String {
        kind(schema).iter().map(|word| word.text.as_str()).collect()
    }

    #[test]
    fn a_value_is_told_in_words() {
        let id = json!({ "$ref": "#/components/schemas/UserId" });
        assert_eq!(told(&json!({ "oneOf": [{ "type": "null" }, id] })), "UserId or null");
        assert_eq!(
            told(&json!({ "type": "array", "items": id, "maxItems": 3 })),
            "array of UserId, maxItems 3"
        );
        assert_eq!(
            told(&json!({ "type": "string", "enum": ["ja", "en"] })),
            "\"ja\", \"en\""
        );
        assert_eq!(
            told(&json!({ "type": ["integer", "null"], "minimum": 1 })),
            "integer or null, minimum 1"
        );
    }
}

//! Parsing of JSON documents into types, with errors that name the invalid member.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::FieldError;
use crate::wire::json;

/// Parses a document.
///
/// Tracking the path while parsing would duplicate the parsing code of every type, so the path to the invalid member is
/// searched for only after an error.
///
/// # Errors
/// [`FieldError`] naming the member by its dotted path, or `body` when the text is not JSON.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, FieldError> {
    let read = |text: &str| json::read::<T>(text).map_err(|error| unplaced(&error));
    read(text).map_err(|detail| at_fault(text, &detail, &|without| read(&without.to_string()).err()))
}

/// Serde's message without line and column, which differ in the re-serialised copies.
fn unplaced(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    text.get(..end).unwrap_or(&text).to_owned()
}

/// Finds the member whose removal changes the error, and repeats the search within it.
fn at_fault(text: &str, detail: &str, other: &dyn Fn(&Value) -> Option<String>) -> FieldError {
    let Ok(document) = json::read::<Value>(text) else {
        return FieldError::new("body", detail);
    };
    // Serde writes "missing field `name`" and "unknown field `name`"; an unknown member is found like any other.
    let missing = detail
        .strip_prefix("missing field `")
        .and_then(|rest| rest.split('`').next());
    let mut path: Vec<String> = Vec::new();
    while !missing.is_some_and(|name| lacks(&document, &path, name, detail, other))
        && let Some(name) = member_at_fault(&document, &path, detail, other)
    {
        path.push(name);
    }
    path.extend(missing.map(str::to_owned));
    // Errors of this crate's own types already name the field.
    let is_name = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let named = detail.split_once(": ").filter(|(name, _)| is_name(name));
    FieldError::new(&path.join("."), named.map_or(detail, |(_, rest)| rest))
}

/// Whether the member `name` is missing at `path`: adding it removes the error, or changes it to anything but an
/// unknown member.
fn lacks(
    document: &Value,
    path: &[String],
    name: &str,
    detail: &str,
    other: &dyn Fn(&Value) -> Option<String>,
) -> bool {
    let mut with = document.clone();
    let node = path.iter().try_fold(&mut with, |node, name| node.get_mut(name));
    let Some(members) = node.and_then(Value::as_object_mut) else {
        return false;
    };
    members.insert(name.to_owned(), Value::Null);
    let unknown = format!("unknown field `{name}`");
    other(&with).is_none_or(|error| error != detail && !error.starts_with(&unknown))
}

fn member_at_fault(
    document: &Value,
    path: &[String],
    detail: &str,
    other: &dyn Fn(&Value) -> Option<String>,
) -> Option<String> {
    let within = |document: &mut Value| -> Option<Vec<String>> {
        let node = path.iter().try_fold(document, |node, name| node.get_mut(name))?;
        Some(node.as_object()?.keys().cloned().collect())
    };
    let names = within(&mut document.clone())?;
    names.into_iter().find(|name| {
        let mut without = document.clone();
        let node = path.iter().try_fold(&mut without, |node, name| node.get_mut(name));
        let removed = node
            .and_then(Value::as_object_mut)
            .and_then(|members| members.remove(name));
        removed.is_some() && other(&without).as_deref() != Some(detail)
    })
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::command::CreateTenant;
    use crate::panel::users::{Change as ChangeUser, Create as CreateUser};

    fn fault(text: &str) -> String {
        read::<CreateUser>(text).unwrap_err().field
    }

    #[test]
    fn the_member_at_fault_is_named() {
        let emails = r#""emails":[{"value":"a@aozora.example","type":"work","primary":true}]"#;
        for (text, field) in [
            (
                format!(r#"{{"display_name":"","phonetic_name":"さとう",{emails}}}"#),
                "display_name",
            ),
            (
                format!(r#"{{"display_name":"a","phonetic_name":"佐藤",{emails}}}"#),
                "phonetic_name",
            ),
            (format!(r#"{{"display_name":"a","typo":1,{emails}}}"#), "typo"),
            (format!("{{{emails}}}"), "display_name"),
            (format!(r#"{{"external_id":"x",{emails}}}"#), "display_name"),
            (r#"{"display_name":"a","emails":[]}"#.to_owned(), "emails"),
            (r#"{"display_name":"a","emails":[{"value":"x"}]}"#.to_owned(), "emails"),
            ("{".to_owned(), "body"),
            ("[1]".to_owned(), ""),
        ] {
            assert_eq!(fault(&text), field, "{text}");
        }
    }

    #[test]
    fn a_missing_member_is_not_looked_for_in_those_that_are_there() {
        let fault = |text: &str| read::<ChangeUser>(text).unwrap_err().field;
        assert_eq!(fault(r#"{"id":"AAAAAAAAAAAAAAAAAAAAAA"}"#), "version");
        assert_eq!(fault(r#"{"version":1}"#), "id");
    }

    #[test]
    fn nested_members_are_named_with_their_way() {
        let tenant = |policy: &str, email: &str| {
            format!(
                r#"{{"slug":"aozora","kind":"tenant","name":"a","locale":"ja","time_zone":"UTC","policy":{policy},
                "administrator":{{"name":"a","email":"{email}","account":"aa","locale":"ja","time_zone":"UTC"}}}}"#
            )
        };
        let fault = |text: String| read::<CreateTenant>(&text).unwrap_err().field;
        assert_eq!(fault(tenant("{}", "nobody")), "administrator.email");
        assert_eq!(
            fault(tenant(r#"{"activation":"later"}"#, "a@a.example")),
            "policy.activation"
        );
        assert_eq!(fault(tenant(r#"{"typo":1}"#, "a@a.example")), "policy.typo");
        let without_account = tenant("{}", "a@a.example").replace(r#""account":"aa","#, "");
        assert_eq!(fault(without_account), "administrator.account");
    }
}

//! Commands and replies as they travel between a route and an object: texts.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tegata_domain::error::Refusal;
use tegata_domain::wire::json;

/// The command that `text` is.
///
/// # Errors
/// Why it is none, for the log.
pub fn read<C: DeserializeOwned>(text: &str) -> Result<C, String> {
    json::read(text).map_err(|error| format!("not a command: {error}"))
}

/// The JSON of a command's reply.
///
/// # Errors
/// The refusal; [`Refusal::Storage`] for a reply without a JSON form, which none of ours is.
pub fn reply(result: Result<impl Serialize, Refusal>) -> Result<String, Refusal> {
    serde_json::to_string(&result?).map_err(|_| Refusal::Storage)
}

/// An answer: `+` and its JSON, or `-` and the refusal's.
#[must_use]
pub fn written(outcome: Result<String, Refusal>) -> String {
    match outcome {
        Ok(reply) => format!("+{reply}"),
        Err(refusal) => format!("-{}", serde_json::to_value(refusal).unwrap_or(Value::Null)),
    }
}

//! The text form in which commands and replies travel between a route and an object.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tegata_domain::error::Refusal;
use tegata_domain::wire::json;

/// Parses a command.
///
/// # Errors
/// Why `text` is not a command, for the log.
pub fn read<C: DeserializeOwned>(text: &str) -> Result<C, String> {
    json::read(text).map_err(|error| format!("not a command: {error}"))
}

/// Serialises the reply to a command as JSON.
///
/// # Errors
/// The refusal itself; [`Refusal::Storage`] for a reply that cannot be represented as JSON, which none of ours is.
pub fn reply(result: Result<impl Serialize, Refusal>) -> Result<String, Refusal> {
    serde_json::to_string(&result?).map_err(|_| Refusal::Storage)
}

/// An answer as text: `+` and the reply's JSON, or `-` and the refusal's JSON.
#[must_use]
pub fn written(outcome: Result<String, Refusal>) -> String {
    match outcome {
        Ok(reply) => format!("+{reply}"),
        Err(refusal) => format!("-{}", serde_json::to_value(refusal).unwrap_or(Value::Null)),
    }
}

//! Commands and replies as they travel between a route and an object: texts.

use serde_json::Value;
use tegata_domain::command::TenantCommand;
use tegata_domain::error::Refusal;
use tegata_domain::json;

/// The command that `text` is.
///
/// # Errors
/// Why it is none, for the log.
pub fn read(text: &str) -> Result<TenantCommand, String> {
    json::read(text).map_err(|error| format!("not a command: {error}"))
}

/// A reply: `+` and its JSON, or `-` and the refusal's.
#[must_use]
pub fn written(outcome: Result<String, Refusal>) -> String {
    match outcome {
        Ok(reply) => format!("+{reply}"),
        Err(refusal) => format!("-{}", serde_json::to_value(refusal).unwrap_or(Value::Null)),
    }
}

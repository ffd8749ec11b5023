//! Members that the inputs of several lists or changes share, and how they are read.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::time::UnixSeconds;

/// Longest search text, in characters.
const LONGEST_SEARCH: usize = 100;

/// Reads a member that is present, even if null: an absent member leaves the value unchanged and null removes it (RFC
/// 7396).
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// Reads a search text; a blank one means no search.
pub(super) fn search<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(from)?.unwrap_or_default();
    if text.chars().nth(LONGEST_SEARCH).is_some() {
        return Err(serde::de::Error::custom("must be at most 100 characters long"));
    }
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}

/// Reads an instant in Unix seconds: a number, or its text in a query parameter.
pub(super) fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<UnixSeconds>, D::Error> {
    let seconds = match Option::<Value>::deserialize(from)? {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text.parse().ok(),
        Some(other) => other.as_i64(),
    };
    let seconds = seconds.ok_or_else(|| serde::de::Error::custom("must be whole seconds since 1970"))?;
    Ok(Some(UnixSeconds(seconds)))
}

choices! {
    /// State filter for lists of requests or questions.
    WaitingFilter {
        /// Those that await an answer.
        Waiting "waiting",
        /// All.
        #[default]
        All "all",
    }
    /// Sort order by time.
    Order {
        /// Newest first.
        #[default]
        Newest "newest",
        /// Oldest first.
        Oldest "oldest",
    }
}

//! What the inputs of lists, and of changes, have in common.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::time::UnixSeconds;

/// Longest text that is searched for, in characters.
const LONGEST_SEARCH: usize = 100;

/// Present, whatever it is: an absent member stays as it was, and null takes the value away (RFC 7396).
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// A text to search for; nothing where it is empty.
pub(super) fn search<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    let text = Option::<String>::deserialize(from)?.unwrap_or_default();
    if text.chars().nth(LONGEST_SEARCH).is_some() {
        return Err(serde::de::Error::custom("must be at most 100 characters long"));
    }
    Ok(Some(text).filter(|text| !text.trim().is_empty()))
}

/// An instant as a number, or as a query writes it.
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
    /// Which requests, or questions, are listed.
    WaitingFilter {
        /// Those that wait for an answer.
        Waiting "waiting",
        /// All.
        #[default]
        All "all",
    }
    /// How a list goes through time.
    Order {
        /// The newest first.
        #[default]
        Newest "newest",
        /// The oldest first.
        Oldest "oldest",
    }
}

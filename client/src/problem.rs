//! The error documents in the edge's responses: OAuth errors (RFC 6749 section 5.2) and problem documents (RFC 9457).

use serde::Deserialize;
use std::fmt;

/// An OAuth error document with Tegata's two additions.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct OAuthError {
    /// The registered error code, for example `authorization_pending`.
    pub error: String,
    /// For developers; never parsed.
    #[serde(default, rename = "error_description")]
    pub description: Option<String>,
    /// The form field at fault, if there is one.
    #[serde(default)]
    pub field: Option<String>,
    /// After a wrong activation code: attempts that remain.
    #[serde(default)]
    pub tries_left: Option<u32>,
    /// HTTP status it came with.
    #[serde(skip)]
    pub status: u16,
    /// Seconds from `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

/// A problem document.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Problem {
    /// Stable code, the last part of `type`.
    #[serde(default)]
    pub code: String,
    /// Short text, the same for every problem of this type.
    #[serde(default)]
    pub title: String,
    /// Explanation of this occurrence.
    #[serde(default)]
    pub detail: Option<String>,
    /// The input field at fault, if there is one.
    #[serde(default)]
    pub field: Option<String>,
    /// HTTP status, taken from the response, not from the document.
    #[serde(skip)]
    pub status: u16,
    /// Seconds from `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

impl fmt::Display for OAuthError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.error)?;
        match &self.description {
            Some(description) => write!(formatter, ": {description}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} ({})", self.title, self.status)?;
        if let Some(field) = &self.field {
            write!(formatter, ": {field}")?;
        }
        match &self.detail {
            Some(detail) => write!(formatter, ": {detail}"),
            None => Ok(()),
        }
    }
}

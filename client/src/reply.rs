//! One bounded answer of the edge, and the error documents it may carry: OAuth errors (RFC 6749 section 5.2) and
//! problem documents (RFC 9457).

use crate::error::Error;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fmt;

/// An answer whose body was read whole, up to the transport's bound.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers, as received.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

/// An OAuth error document with Tegata's two additions.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct OAuthError {
    /// The registered error code, for example `authorization_pending`.
    pub error: String,
    /// For developers; never parsed.
    #[serde(default, rename = "error_description")]
    pub description: Option<String>,
    /// The form field at fault, when it is one.
    #[serde(default)]
    pub field: Option<String>,
    /// After a wrong activation code: tries that remain.
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
    /// What is particular to this one.
    #[serde(default)]
    pub detail: Option<String>,
    /// The input field at fault, when it is one.
    #[serde(default)]
    pub field: Option<String>,
    /// HTTP status; taken from the answer, not from the document.
    #[serde(skip)]
    pub status: u16,
    /// Seconds from `Retry-After`.
    #[serde(skip)]
    pub retry_after: Option<u64>,
}

impl Reply {
    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Itself when successful, otherwise the error it carries.
    pub fn success(self) -> Result<Self, Error> {
        if self.is_success() {
            Ok(self)
        } else {
            Err(self.into_error())
        }
    }

    /// The body of a successful answer as `T`; `what` names the expected document in the error.
    pub fn json<T: DeserializeOwned>(self, what: &'static str) -> Result<T, Error> {
        let reply = self.success()?;
        serde_json::from_slice(&reply.body).map_err(|_| Error::Protocol(what))
    }

    /// The error document in the body, or the bare status.
    pub fn into_error(self) -> Error {
        let retry_after = header_number(&self.headers);
        let content_type = self
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("");
        if content_type.starts_with("application/problem+json")
            && let Ok(problem) = serde_json::from_slice::<Problem>(&self.body)
        {
            return Error::Problem(Box::new(Problem {
                status: self.status,
                retry_after,
                ..problem
            }));
        }
        match serde_json::from_slice::<OAuthError>(&self.body) {
            Ok(error) => Error::OAuth(Box::new(OAuthError {
                status: self.status,
                retry_after,
                ..error
            })),
            Err(_) => Error::Status(self.status),
        }
    }
}

/// `Retry-After` in its form of seconds; the edge uses no other.
fn header_number(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
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

//! A response of the edge with a size limit.

use crate::error::Error;
use crate::problem::{OAuthError, Problem};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use serde::de::DeserializeOwned;

/// A response whose body was read completely, up to the transport's size limit.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers, as received.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// Returns itself if successful, otherwise the error it carries.
    pub fn success(self) -> Result<Self, Error> {
        if self.is_success() {
            Ok(self)
        } else {
            Err(self.into_error())
        }
    }

    /// Parses the body of a successful response as `T`; `what` names the expected document in the error.
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

/// `Retry-After` in seconds; the edge does not use the date form.
fn header_number(headers: &HeaderMap) -> Option<u64> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()
}

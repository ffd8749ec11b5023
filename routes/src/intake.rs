//! What a route needs of a request, known before any of it is read: which headers, and how much of the body.
//!
//! Crossing from the platform costs for each header, and unauthenticated input is bounded before it is read
//! (design rule 7).

use axum::body::{Bytes, HttpBody as _, to_bytes};
use http::StatusCode;

use crate::problem::Problem;

/// Largest form or JSON document that is read, in bytes.
pub const MAX_DOCUMENT: usize = 16 * 1024;

/// Largest document with files, in bytes: three of 1 MB in base64, and the message.
pub const MAX_FILES: usize = 4_300_000;

/// Whether so large a body is read only for those who may send it: none but messages with files are.
#[must_use]
pub fn is_large(body: &axum::body::Body) -> bool {
    body.size_hint().upper().is_none_or(|size| size > MAX_DOCUMENT as u64)
}

/// The whole of a body that is read when it is asked for.
///
/// # Errors
/// 413 where it is larger than a message with files may be, or breaks off.
pub(crate) async fn whole(body: axum::body::Body) -> Result<Bytes, Problem> {
    to_bytes(body, MAX_FILES).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The document is too large",
            "send at most three files of 1 MB each, in one piece",
        )
    })
}

/// What becomes of the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// It is not looked at.
    Ignored,
    /// It is read whole, up to this many bytes.
    Read(usize),
    /// It is read when the route asks for it, up to this many bytes: of strangers nothing large is read.
    Asked(usize),
    /// It stays where it is and is handed on.
    Streamed,
}

/// What a request's route needs of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// Names of the headers that are read, in lower case.
    pub headers: &'static [&'static str],
    /// What becomes of the body.
    pub body: Body,
}

/// What is told to everybody is the same whatever was sent. An upgrade is not seen there, and so not heeded.
const NOTHING: &[&str] = &[];
const PAGE: &[&str] = &["upgrade", "accept-language", "cookie"];
const GATE: &[&str] = &["upgrade", "authorization", "dpop", "content-length"];
const DOCUMENT: &[&str] = &[
    "upgrade",
    "accept",
    "authorization",
    "dpop",
    "content-type",
    "content-length",
    "origin",
    "sec-fetch-site",
    "accept-language",
    "idempotency-key",
    "cf-connecting-ip",
    "cookie",
    "user-agent",
];

/// The intake of a request for `method` and `path`.
#[must_use]
pub fn intake(method: &str, path: &str) -> Intake {
    if path
        .strip_prefix("/t/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(_, rest)| rest.starts_with("gate/"))
    {
        return Intake {
            headers: GATE,
            body: Body::Streamed,
        };
    }
    match method {
        "GET" | "HEAD"
            if path == "/healthz"
                || path == "/favicon.ico"
                || path.starts_with("/.well-known/")
                || path.starts_with("/assets/") =>
        {
            Intake {
                headers: NOTHING,
                body: Body::Ignored,
            }
        }
        "GET" | "HEAD" if path.starts_with("/a/") || path.starts_with("/c/") => Intake {
            headers: PAGE,
            body: Body::Ignored,
        },
        "GET" | "HEAD" => Intake {
            headers: DOCUMENT,
            body: Body::Ignored,
        },
        _ => Intake {
            headers: DOCUMENT,
            body: if takes_files(path) {
                Body::Asked(MAX_FILES)
            } else {
                Body::Read(MAX_DOCUMENT)
            },
        },
    }
}

/// Whether a message with files is sent to `path`.
fn takes_files(path: &str) -> bool {
    let api = path
        .strip_prefix("/t/")
        .and_then(|rest| rest.split_once("/api/v1/"))
        .map(|(_, rest)| rest);
    let message = |rest: &str| rest.ends_with("/messages");
    api.is_some_and(|rest| rest == "inquiries" || (rest.contains("inquiries/") && message(rest)))
}

#[cfg(test)]
mod tests {
    use super::{Body, MAX_FILES, intake};
    use crate::table::TABLE;

    #[test]
    fn large_documents_are_taken_where_files_may_come() {
        for route in TABLE.iter().filter(|route| route.method != "get") {
            let Some((action, _)) = route.action else { continue };
            let asked = intake(&route.method.to_uppercase(), route.path).body == Body::Asked(MAX_FILES);
            assert_eq!(asked, action.with_files, "{} {}", route.method, route.path);
        }
    }

    #[test]
    fn an_upgrade_is_seen_wherever_anything_is() {
        for path in [
            "/t/aozora/gate/x",
            "/t/aozora/gate/",
            "/a/x",
            "/t/aozora/",
            "/operator/v1/tenants",
            "/x",
        ] {
            for method in ["GET", "POST"] {
                assert!(intake(method, path).headers.contains(&"upgrade"), "{method} {path}");
            }
        }
    }

    #[test]
    fn only_the_gate_streams() {
        assert_eq!(intake("POST", "/t/aozora/gate/x").body, Body::Streamed);
        assert_eq!(
            intake("POST", "/t/gate/oauth/token").body,
            Body::Read(super::MAX_DOCUMENT)
        );
        assert_eq!(intake("GET", "/t/aozora/activate").body, Body::Ignored);
        assert_eq!(
            intake("POST", "/t/aozora/api/v1/inquiries").body,
            Body::Asked(super::MAX_FILES)
        );
        assert_eq!(
            intake("POST", "/t/aozora/api/v1/users").body,
            Body::Read(super::MAX_DOCUMENT)
        );
        assert_eq!(intake("DELETE", "/gate/").body, Body::Read(super::MAX_DOCUMENT));
    }
}

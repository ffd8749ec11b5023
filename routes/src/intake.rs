//! What a route needs from a request, decided before any of it is read: which headers, and how much of the body. Every
//! header costs a crossing from the platform, and unauthenticated input must be bounded before it is read (design rule
//! 7).

use axum::body::{Bytes, HttpBody as _, to_bytes};
use http::StatusCode;

use crate::meeting::check::MOST_BYTES;
use crate::problem::Problem;
use crate::upgrade::opens_sockets;

/// Largest form or JSON document that a route reads, in bytes.
pub const MAX_DOCUMENT: usize = 16 * 1024;

/// Largest document with attachments, in bytes: three files of 1 MB each in base64, plus the message.
pub const MAX_FILES: usize = 4_300_000;

/// Whether a body is so large that the caller's right must be checked before it is read. Only documents with
/// files may be this large.
#[must_use]
pub fn is_large(body: &axum::body::Body) -> bool {
    body.size_hint().upper().is_none_or(|size| size > MAX_DOCUMENT as u64)
}

/// Reads the whole of a body whose reading was deferred.
///
/// # Errors
/// 413 when the body exceeds [`MAX_FILES`] or ends early.
pub(crate) async fn whole(body: axum::body::Body) -> Result<Bytes, Problem> {
    to_bytes(body, MAX_FILES).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "Request body too large",
            "send the complete body, with at most three files of 1 MB each",
        )
    })
}

/// How the body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Body {
    /// The body is ignored.
    Ignored,
    /// The body is read before the route runs, up to this many bytes.
    Read(usize),
    /// The body is read only when the route asks for it, up to this many bytes, so that a stranger cannot make us read
    /// a large one.
    Asked(usize),
    /// The body is passed on as a stream.
    Streamed,
}

/// What a route needs from a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// Names of the headers the route reads, in lower case.
    pub headers: &'static [&'static str],
    /// How the body is read.
    pub body: Body,
}

/// For public resources, whose response never depends on the request. An `Upgrade` header is not read there, and so has
/// no effect.
const NOTHING: &[&str] = &[];
const PAGE: &[&str] = &["upgrade", "accept-language", "cookie"];
/// What a WebSocket handshake consists of, where it comes from, and what a program shows.
const SOCKET: &[&str] = &[
    "upgrade",
    "authorization",
    "dpop",
    "connection",
    "origin",
    "sec-websocket-key",
    "sec-websocket-version",
    "sec-websocket-protocol",
];
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
    "if-none-match",
];

/// The intake for a request of `method` to `path`.
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
        "GET" if opens_sockets(path) => Intake {
            headers: SOCKET,
            body: Body::Ignored,
        },
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
            body: match () {
                () if takes_files(path) => Body::Asked(MAX_FILES),
                // What a page or an agent sends to measure the line with.
                () if path == "/check/bytes" => Body::Read(MOST_BYTES),
                () => Body::Read(MAX_DOCUMENT),
            },
        },
    }
}

/// Whether `path` accepts files: a logo, a list to import, or messages with attachments.
fn takes_files(path: &str) -> bool {
    let api = path
        .strip_prefix("/t/")
        .and_then(|rest| rest.split_once("/api/v1/"))
        .map(|(_, rest)| rest);
    let message = |rest: &str| rest.ends_with("/messages");
    api.is_some_and(|rest| {
        matches!(rest, "face" | "inquiries" | "equipment/import") || (rest.contains("inquiries/") && message(rest))
    })
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

//! WebSocket upgrades (RFC 6455): who may open a socket, decided before one is opened. Browsers let pages of other
//! sites open sockets to us and send cookies along, so a route that opens sockets calls [`accept`], which compares the
//! origin. Only event sockets, control sockets, sessions and the pre-flight check open any. On all other routes [`refused`] rejects
//! every upgrade before a route sees the request, the gate's included, because a socket could otherwise outlive the
//! credential that admitted it.

use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

use crate::port::{Opaque, header as value};
use crate::problem::Problem;

/// Whether `path` is where sockets are opened: consoles' event sockets, agents' control sockets, sessions, and the
/// pre-flight check, whose socket ends in the worker.
#[must_use]
pub fn opens_sockets(path: &str) -> bool {
    if path.starts_with("/m/") && path.ends_with("/check/socket") {
        return true;
    }
    let rest = path.strip_prefix("/t/").and_then(|rest| rest.split_once('/'));
    rest.is_some_and(|(_, rest)| matches!(rest, "api/v1/events" | "agent") || rest.starts_with("sessions/"))
}

/// The only WebSocket version (RFC 6455 section 4.1).
const VERSION: &str = "13";

/// Who may open sockets on a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// The edge's own pages, in a browser.
    Page,
    /// Programs, which send no origin but present a token with a DPoP proof. A page of another site cannot do that.
    Program,
}

/// Why an upgrade is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The route only opens sockets, and the request does not ask for one.
    NotAnUpgrade,
    /// The protocol version is unsupported.
    Version,
    /// The handshake does not follow RFC 6455 section 4.1.
    Malformed,
    /// The request comes from a page of another site, or does not state its origin.
    Origin,
    /// The route opens no sockets.
    NotHere,
}

/// Whether a comma-separated header, which may be repeated, contains `token`.
fn lists(headers: &HeaderMap, name: &str, token: &str) -> bool {
    let values = headers.get_all(name).into_iter();
    let mut tokens = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    tokens.any(|listed| listed.trim().eq_ignore_ascii_case(token))
}

/// Whether a request asks for a WebSocket. A server may ignore other protocols (RFC 9110 section 7.8).
fn asks(headers: &HeaderMap) -> bool {
    lists(headers, "upgrade", "websocket")
}

/// Whether the request comes from one of the edge's own pages, or from a program where programs are allowed.
fn is_from_here(headers: &HeaderMap, edge_url: &str, opener: Opener) -> bool {
    if headers.contains_key(header::ORIGIN) {
        return value(headers, "origin") == Some(edge_url);
    }
    let scheme = value(headers, "authorization").and_then(|value| value.split_once(' '));
    let bound = scheme.is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("DPoP"));
    opener == Opener::Program && bound && value(headers, "dpop").is_some()
}

/// Validates the handshake of an `opener` on a route that opens sockets and returns its `Sec-WebSocket-Key`. The caller
/// still has to check the credentials it presents.
///
/// # Errors
/// [`Refused`], with the first reason that applies.
pub fn accept<'a>(method: &Method, headers: &'a HeaderMap, edge_url: &str, opener: Opener) -> Result<&'a str, Refused> {
    if !asks(headers) {
        return Err(Refused::NotAnUpgrade);
    }
    if !is_from_here(headers, edge_url, opener) {
        return Err(Refused::Origin);
    }
    if value(headers, "sec-websocket-version") != Some(VERSION) {
        return Err(Refused::Version);
    }
    let key = value(headers, "sec-websocket-key").ok_or(Refused::Malformed)?;
    let nonce = STANDARD.decode(key).map_err(|_| Refused::Malformed)?;
    if method != Method::GET || !lists(headers, "connection", "upgrade") || nonce.len() != 16 {
        return Err(Refused::Malformed);
    }
    Ok(key)
}

/// The response to an upgrade on a route that opens no sockets; `None` for other requests.
#[must_use]
pub fn refused(headers: &HeaderMap) -> Option<Response> {
    asks(headers).then(|| Refused::NotHere.into_response())
}

/// The response that hands on an opened socket.
pub(crate) fn switching(socket: Opaque) -> Response {
    let mut response = StatusCode::SWITCHING_PROTOCOLS.into_response();
    response.extensions_mut().insert(socket);
    response
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let new = |status, code, title, detail| Problem::new(status, code, title, detail).into_response();
        let mut response = match self {
            Self::NotAnUpgrade | Self::Version => new(
                StatusCode::UPGRADE_REQUIRED,
                "upgrade-required",
                "WebSocket upgrade required",
                "send a WebSocket handshake (RFC 6455) for version 13",
            ),
            Self::Malformed => new(
                StatusCode::BAD_REQUEST,
                "malformed-handshake",
                "Malformed WebSocket handshake",
                "send a WebSocket handshake (RFC 6455) for version 13",
            ),
            Self::Origin => new(
                StatusCode::FORBIDDEN,
                "wrong-origin",
                "Cross-origin request",
                "open the socket from a page of this service, or with a token and a DPoP proof",
            ),
            Self::NotHere => new(
                StatusCode::NOT_IMPLEMENTED,
                "no-upgrades",
                "WebSocket upgrade not supported",
                "send the request without Upgrade: websocket",
            ),
        };
        if matches!(self, Self::NotAnUpgrade | Self::Version) {
            let headers = response.headers_mut();
            headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
            headers.insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static(VERSION));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::{Opener, Refused, accept, refused};
    use axum::response::IntoResponse as _;
    use http::{HeaderMap, HeaderName, HeaderValue, Method};

    const EDGE: &str = "https://edge.example.com";
    const HANDSHAKE: &[(&str, &str)] = &[
        ("upgrade", "websocket"),
        ("connection", "Upgrade"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];

    fn with(headers: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        map
    }

    /// The handshake with `changes` applied; an empty value removes the header.
    fn changed(changes: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut map = with(HANDSHAKE);
        for (name, value) in changes {
            map.remove(*name);
            if !value.is_empty() {
                map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
        }
        map
    }

    fn told(headers: &HeaderMap, opener: Opener) -> Result<String, Refused> {
        accept(&Method::GET, headers, EDGE, opener).map(str::to_owned)
    }

    #[test]
    fn a_browser_opens_sockets_from_our_own_pages_alone() {
        let key = Ok("dGhlIHNhbXBsZSBub25jZQ==".to_owned());
        for opener in [Opener::Page, Opener::Program] {
            assert_eq!(told(&changed(&[("origin", EDGE)]), opener), key, "{opener:?}");
            for other in [
                "null",
                "https://evil.example",
                "http://edge.example.com",
                "https://edge.example.com:8443",
                "https://edge.example.com.evil.example",
                "https://EDGE.example.com",
                "https://edge.example.com/",
                "https://sub.edge.example.com",
                "https://edge.example.com, https://edge.example.com",
            ] {
                let headers = changed(&[("origin", other), ("authorization", "DPoP x"), ("dpop", "y")]);
                assert_eq!(told(&headers, opener), Err(Refused::Origin), "{opener:?} {other}");
            }
            let mut twice = changed(&[("origin", EDGE)]);
            twice.append("origin", HeaderValue::from_static(EDGE));
            assert_eq!(told(&twice, opener), Err(Refused::Origin), "{opener:?} twice");
        }
    }

    #[test]
    fn without_an_origin_a_program_shows_a_token_and_its_proof() {
        let proven = changed(&[("authorization", "DPoP x"), ("dpop", "y")]);
        assert!(told(&proven, Opener::Program).is_ok());
        assert_eq!(told(&proven, Opener::Page), Err(Refused::Origin));
        for (authorization, proof) in [("", ""), ("DPoP x", ""), ("", "y"), ("Bearer x", "y"), ("DPoP", "y")] {
            let headers = changed(&[("authorization", authorization), ("dpop", proof)]);
            assert_eq!(
                told(&headers, Opener::Program),
                Err(Refused::Origin),
                "{authorization} {proof}"
            );
        }
    }

    #[test]
    fn a_handshake_is_as_the_standard_has_it() {
        for (name, value, refusal) in [
            ("upgrade", "", Refused::NotAnUpgrade),
            ("upgrade", "h2c", Refused::NotAnUpgrade),
            ("upgrade", "websockets", Refused::NotAnUpgrade),
            ("connection", "", Refused::Malformed),
            ("connection", "keep-alive", Refused::Malformed),
            ("sec-websocket-version", "", Refused::Version),
            ("sec-websocket-version", "8", Refused::Version),
            ("sec-websocket-version", "13, 8", Refused::Version),
            ("sec-websocket-key", "", Refused::Malformed),
            ("sec-websocket-key", "dGhl", Refused::Malformed),
            ("sec-websocket-key", "not base64!", Refused::Malformed),
        ] {
            let headers = changed(&[("origin", EDGE), (name, value)]);
            assert_eq!(told(&headers, Opener::Page), Err(refusal), "{name}: {value}");
        }
        let fine = changed(&[
            ("origin", EDGE),
            ("connection", "keep-alive, upgrade"),
            ("upgrade", "WebSocket"),
        ]);
        assert!(told(&fine, Opener::Page).is_ok());
        assert_eq!(
            accept(&Method::POST, &fine, EDGE, Opener::Page),
            Err(Refused::Malformed)
        );
    }

    #[test]
    fn each_refusal_has_its_status() {
        for (refusal, status) in [
            (Refused::NotAnUpgrade, 426),
            (Refused::Version, 426),
            (Refused::Malformed, 400),
            (Refused::Origin, 403),
            (Refused::NotHere, 501),
        ] {
            let response = refusal.into_response();
            assert_eq!(response.status(), status);
            assert_eq!(response.headers().contains_key("upgrade"), status == 426);
        }
    }

    #[test]
    fn where_no_sockets_are_opened_every_spelling_of_an_upgrade_is_refused() {
        for asking in ["websocket", "WebSocket", "h2c, websocket", " websocket "] {
            assert!(refused(&with(&[("upgrade", asking)])).is_some(), "{asking}");
        }
        assert!(refused(&with(&[("upgrade", "h2c"), ("upgrade", "websocket")])).is_some());
        for other in [&[][..], &[("upgrade", "h2c")], &[("connection", "upgrade")]] {
            assert!(refused(&with(other)).is_none(), "{other:?}");
        }
    }
}

//! Which addresses a deployed edge answers under: its own host, over https, and nothing else. The URL alone decides,
//! before any header is read or any object is called. A development edge, whose `EDGE_URL` is http, answers under every
//! address.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::problem::Problem;

/// The value of `Strict-Transport-Security` on every response of a deployed edge. It omits `includeSubDomains`: hosts
/// below the edge's own belong to the operator, who decides about them.
pub const STRICT_TRANSPORT_SECURITY: &str = "max-age=31536000";

/// The health check. Probes reach it under addresses of their own, often over http. Its response says nothing about the
/// deployment and involves no object.
const PROBED: &str = "/healthz";

/// What happens to a request, judged by its URL.
#[derive(Debug, PartialEq, Eq)]
enum Entrance {
    /// The request goes on to its route.
    Open,
    /// The client is redirected to this URL: the same path and query over https, under the edge's own name.
    Moved(String),
    /// The request came over http and may have carried a secret, so the client must not simply repeat it.
    Insecure,
    /// The request names another host.
    Misdirected,
}

/// Whether this deployment tells browsers to use https only.
#[must_use]
pub fn is_secure(edge_url: &str) -> bool {
    edge_url.starts_with("https://")
}

/// Splits a request's URL into scheme, authority and target (path and query). The platform passes the URL on as the
/// client wrote it: the host may have capitals, a trailing dot or an explicit default port.
fn split(url: &str) -> (&str, &str, &str) {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at_checked(end).unwrap_or((rest, ""));
    (scheme, authority, target.split('#').next().unwrap_or_default())
}

/// Normalises host and port for comparison. Anything that is not a host and port stays unchanged and equals no valid
/// authority.
fn comparable(authority: &str) -> (String, &str) {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, "443"),
    };
    let host = host.strip_suffix('.').unwrap_or(host);
    (host.to_ascii_lowercase(), port)
}

fn entrance(edge_url: &str, method: &str, url: &str) -> Entrance {
    let Some(own) = edge_url.strip_prefix("https://") else {
        return Entrance::Open;
    };
    // The fast path: one comparison settles nearly every request.
    let ours = url.strip_prefix(edge_url);
    if ours.is_some_and(|target| target.starts_with(['/', '?', '#']) || target.is_empty()) {
        return Entrance::Open;
    }
    let (scheme, authority, target) = split(url);
    let reads = matches!(method, "GET" | "HEAD");
    if reads && target.split('?').next() == Some(PROBED) {
        return Entrance::Open;
    }
    if !scheme.eq_ignore_ascii_case("https") {
        let slash = if target.starts_with('/') { "" } else { "/" };
        return if reads {
            Entrance::Moved(format!("{edge_url}{slash}{target}"))
        } else {
            Entrance::Insecure
        };
    }
    if comparable(authority) == comparable(own) {
        Entrance::Open
    } else {
        Entrance::Misdirected
    }
}

/// Turns away a request that came to a wrong address; `None` lets it proceed. An edge whose `edge_url` is https
/// answers:
///
/// 1. 308 to the same path and query under `edge_url`, for GET and HEAD over http. The request's own host is ignored.
/// 2. 403 for any other method over http.
/// 3. 421 for a host or port that is not its own.
///
/// `/healthz` may be read under any address.
#[must_use]
pub fn turned_away(edge_url: &str, method: &str, url: &str) -> Option<Response> {
    let problem = |status, code, title, detail| Problem::new(status, code, title, detail).into_response();
    match entrance(edge_url, method, url) {
        Entrance::Open => None,
        Entrance::Moved(place) => {
            let mut response = StatusCode::PERMANENT_REDIRECT.into_response();
            match HeaderValue::try_from(place) {
                Ok(place) => drop(response.headers_mut().insert(header::LOCATION, place)),
                Err(_) => *response.status_mut() = StatusCode::BAD_REQUEST,
            }
            Some(response)
        }
        Entrance::Insecure => Some(problem(
            StatusCode::FORBIDDEN,
            "https-required",
            "HTTPS required",
            "send the request over https, and replace any secret it carried",
        )),
        Entrance::Misdirected => Some(problem(
            StatusCode::MISDIRECTED_REQUEST,
            "misdirected",
            "Misdirected request",
            "send the request to the host in this service's URL",
        )),
    }
}

#[cfg(test)]
mod tests {
    use http::{StatusCode, header};

    use super::{Entrance, STRICT_TRANSPORT_SECURITY, entrance, turned_away};

    const EDGE: &str = "https://edge.example.com";

    #[test]
    fn the_consoles_files_say_the_same_as_every_other_answer() {
        let headers = include_str!("../../console/public/_headers");
        let line = format!("/console/*\n  Strict-Transport-Security: {STRICT_TRANSPORT_SECURITY}\n");
        assert_eq!(headers, line);
    }

    #[test]
    fn the_edge_answers_under_its_own_name_by_https() {
        for url in [
            "https://edge.example.com",
            "https://edge.example.com/",
            "https://edge.example.com?x",
            "https://edge.example.com/t/aozora/?a=1",
            "https://EDGE.example.COM/x",
            "https://edge.example.com./x",
            "https://edge.example.com:443/x",
            "HTTPS://edge.example.com/x",
        ] {
            for method in ["GET", "POST", "DELETE", "PURGE"] {
                assert_eq!(entrance(EDGE, method, url), Entrance::Open, "{method} {url}");
            }
        }
    }

    #[test]
    fn another_host_is_misdirected() {
        for url in [
            "https://other.example/",
            "https://192.0.2.1/t/aozora/",
            "https://edge.example.com.evil.example/",
            "https://edge.example.com:8443/",
            "https://edge.example.com:80/",
            "https://edge.example.com@evil.example/",
            "https://someone@edge.example.com/",
            "https://edge.example.com../",
            "https://edge.example.comx/",
            "https://sub.edge.example.com/",
            "https://[::1]/",
            "https:///x",
            "https://",
        ] {
            for method in ["GET", "HEAD", "POST"] {
                assert_eq!(entrance(EDGE, method, url), Entrance::Misdirected, "{method} {url}");
            }
        }
        let with_port = "https://edge.example.com:8443";
        assert_eq!(
            entrance(with_port, "GET", "https://EDGE.example.com.:8443/x"),
            Entrance::Open
        );
        assert_eq!(
            entrance(with_port, "GET", "https://edge.example.com/x"),
            Entrance::Misdirected
        );
    }

    #[test]
    fn what_is_read_over_http_moves_to_https_and_never_to_the_hosts_own_name() {
        for (url, place) in [
            ("http://edge.example.com/t/aozora/?a=1&b", "/t/aozora/?a=1&b"),
            ("http://edge.example.com", "/"),
            ("http://edge.example.com?a", "/?a"),
            ("http://evil.example/x#y", "/x"),
            ("http://evil.example//evil.example/", "//evil.example/"),
            ("http://evil.example@/x", "/x"),
            ("HTTP://edge.example.com:8080/x", "/x"),
            ("ws://edge.example.com/x", "/x"),
        ] {
            for method in ["GET", "HEAD"] {
                let response = turned_away(EDGE, method, url).unwrap();
                assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT, "{url}");
                assert_eq!(response.headers()[header::LOCATION], format!("{EDGE}{place}"), "{url}");
            }
        }
    }

    #[test]
    fn nothing_is_changed_over_http() {
        for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "get"] {
            for url in [
                "http://edge.example.com/t/aozora/oauth/token",
                "http://other.example/healthz",
            ] {
                let response = turned_away(EDGE, method, url).unwrap();
                assert_eq!(response.status(), StatusCode::FORBIDDEN, "{method} {url}");
                assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
            }
        }
        assert_eq!(
            turned_away(EDGE, "GET", "https://other.example/").unwrap().status(),
            421
        );
    }

    #[test]
    fn probes_are_answered_under_every_address() {
        for url in [
            "http://10.0.0.7:8080/healthz",
            "https://other.example/healthz?x=1",
            "http://edge.example.com/healthz",
        ] {
            assert!(turned_away(EDGE, "GET", url).is_none(), "{url}");
            assert!(turned_away(EDGE, "HEAD", url).is_none(), "{url}");
        }
        assert!(turned_away(EDGE, "GET", "https://other.example/healthz/x").is_some());
        assert!(turned_away(EDGE, "GET", "https://other.example/t/healthz").is_some());
    }

    #[test]
    fn a_development_edge_answers_under_every_address() {
        for url in [
            "http://127.0.0.1:8787/x",
            "http://localhost:8787/x",
            "https://other.example/",
        ] {
            assert!(turned_away("http://127.0.0.1:8787", "POST", url).is_none(), "{url}");
        }
    }
}

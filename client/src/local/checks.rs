//! Whether a request comes from this server's own pages, in the one browser that was let in.
//!
//! `Host` keeps out pages of a name that has been pointed at 127.0.0.1 (DNS rebinding). `Origin` and `Sec-Fetch-Site`
//! keep out pages of other sites, and those of other programs on 127.0.0.1, which a browser takes for the same site. The
//! cookie keeps out other programs and other users of this PC.

use super::door::{Door, START};
use axum::http::header::{COOKIE, HOST, HeaderMap, HeaderName, ORIGIN};
use axum::http::{Method, request::Parts};

/// Why a request is not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It was sent to another host name.
    OtherHost,
    /// It was caused by a page that is not ours.
    OtherSite,
    /// Neither GET nor POST.
    Method,
    /// It is larger than anything our pages send, or its body did not arrive in time.
    TooLarge,
    /// It does not carry the session.
    NoSession,
    /// The one-time URL has been used, or never was one.
    Spent,
    /// There is no such page.
    NotFound,
}

/// What a request that passed the checks may reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// What is outside the session: the one-time URL and the stylesheet.
    Outside,
    /// A page of the session.
    Page,
}

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Checks everything but the body.
pub fn check(door: &Door, request: &Parts) -> Result<Passed, Refusal> {
    let headers = &request.headers;
    // A target with an authority of its own (`GET http://…`) would take precedence over `Host`.
    if request.uri.authority().is_some() || only(headers, HOST) != Some(door.authority()) {
        return Err(Refusal::OtherHost);
    }
    let path = request.uri.path();
    match request.method {
        Method::GET | Method::HEAD => {
            // The file that the program opens in the browser leads here; so may a link that somebody pasted.
            let may_come_from_anywhere = path.strip_prefix(START).is_some_and(|rest| rest.starts_with('/'));
            if !may_come_from_anywhere && !is_from_here(headers) {
                return Err(Refusal::OtherSite);
            }
        }
        Method::POST => {
            if only(headers, ORIGIN) != Some(door.origin().as_str()) || !is_from_here(headers) {
                return Err(Refusal::OtherSite);
            }
        }
        _ => return Err(Refusal::Method),
    }
    if door.below(path).is_none() {
        return Ok(Passed::Outside);
    }
    let mut cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    if cookies.any(|value| door.admits(value)) {
        Ok(Passed::Page)
    } else {
        Err(Refusal::NoSession)
    }
}

/// Whether the browser says that the person or one of our pages caused the request. Older browsers say nothing.
fn is_from_here(headers: &HeaderMap) -> bool {
    !headers.contains_key(FETCH_SITE) || matches!(only(headers, FETCH_SITE), Some("same-origin" | "none"))
}

/// The value of a header that is there exactly once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() {
        return None;
    }
    value.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::{Passed, Refusal, check};
    use crate::local::door::Door;
    use axum::http::Request;

    /// A request with these headers, after `Host`, unless they begin with one.
    fn checked(door: &Door, method: &str, target: &str, headers: &[(&str, &str)]) -> Result<Passed, Refusal> {
        let mut request = Request::builder().method(method).uri(target);
        if headers.first().is_none_or(|(name, _)| *name != "host") {
            request = request.header("host", "127.0.0.1:4711");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        check(door, &request.body(()).unwrap().into_parts().0)
    }

    fn door() -> (Door, String) {
        let door = Door::new(4711).unwrap();
        let url = door.one_time_url().unwrap();
        let cookie = door.enter(url.rsplit('/').next().unwrap()).unwrap();
        let pair = cookie.split(';').next().unwrap().to_owned();
        (door, pair)
    }

    #[test]
    fn only_the_own_host_is_answered() {
        let (door, _) = door();
        assert_eq!(checked(&door, "GET", "/start/x", &[]), Ok(Passed::Outside));
        for host in [
            "localhost:4711",
            "127.0.0.1",
            "127.0.0.1:4712",
            "evil.example:4711",
            "127.0.0.1:4711.evil.example",
            "",
        ] {
            let refused = checked(&door, "GET", "/start/x", &[("host", host)]);
            assert_eq!(refused, Err(Refusal::OtherHost), "{host}");
        }
        let twice = [("host", "127.0.0.1:4711"), ("host", "127.0.0.1:4711")];
        assert_eq!(checked(&door, "GET", "/start/x", &twice), Err(Refusal::OtherHost));
        let absolute = checked(&door, "GET", "http://127.0.0.1:4711/start/x", &[]);
        assert_eq!(absolute, Err(Refusal::OtherHost));
    }

    #[test]
    fn a_write_needs_the_own_origin() {
        let (door, cookie) = door();
        let home = door.home();
        let own = ("origin", "http://127.0.0.1:4711");
        let cookie = ("cookie", cookie.as_str());
        assert_eq!(checked(&door, "POST", &home, &[cookie, own]), Ok(Passed::Page));
        assert_eq!(checked(&door, "POST", &home, &[cookie]), Err(Refusal::OtherSite));
        for origin in [
            "null",
            "http://127.0.0.1:4712",
            "https://127.0.0.1:4711",
            "http://evil.example",
        ] {
            let refused = checked(&door, "POST", &home, &[cookie, ("origin", origin)]);
            assert_eq!(refused, Err(Refusal::OtherSite), "{origin}");
        }
        assert_eq!(
            checked(&door, "POST", &home, &[cookie, own, own]),
            Err(Refusal::OtherSite)
        );
        for site in ["cross-site", "same-site"] {
            let refused = checked(&door, "POST", &home, &[cookie, own, ("sec-fetch-site", site)]);
            assert_eq!(refused, Err(Refusal::OtherSite), "{site}");
        }
        assert_eq!(checked(&door, "PUT", &home, &[cookie, own]), Err(Refusal::Method));
    }

    #[test]
    fn a_page_needs_the_session() {
        let (door, cookie) = door();
        let home = door.home();
        assert_eq!(checked(&door, "GET", &home, &[]), Err(Refusal::NoSession));
        assert_eq!(
            checked(&door, "GET", &home, &[("cookie", "tegata_local=x")]),
            Err(Refusal::NoSession)
        );
        assert_eq!(checked(&door, "GET", &home, &[("cookie", &cookie)]), Ok(Passed::Page));
        for site in ["cross-site", "same-site"] {
            let refused = checked(&door, "GET", &home, &[("cookie", &cookie), ("sec-fetch-site", site)]);
            assert_eq!(refused, Err(Refusal::OtherSite), "{site}");
            let start = checked(&door, "GET", "/start/x", &[("sec-fetch-site", site)]);
            assert_eq!(start, Ok(Passed::Outside));
        }
    }
}

//! The data origins a deployment may forward to: servers on the public internet other than the deployment itself and,
//! on a developer's machine, servers on that machine. A host is judged by its name alone. This code cannot see that a
//! public name resolves to a private address; the platform's `global_fetch_strictly_public` keeps a deployed edge from
//! connecting to such addresses.

use std::net::{Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use crate::error::FieldError;

/// The settings of the deployment that determine which data origins are allowed.
#[derive(Debug, Clone, Copy)]
pub struct Deployment<'a> {
    /// Public base URL, without a trailing slash.
    pub edge_url: &'a str,
    /// Whether it runs on a developer's machine, where data origins may run too.
    pub development: bool,
}

/// Names by which a machine refers to itself, besides those under `localhost` (RFC 6761 section 6.3).
const OWN_NAMES: [&str; 4] = ["localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback"];

/// The form in which names are compared: in lower case, without a trailing dot, because a name with the root's dot
/// resolves to the same host.
fn plain_name(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn is_own_name(name: &str) -> bool {
    OWN_NAMES.contains(&name) || name.ends_with(".localhost")
}

/// The IPv4 address embedded in an IPv6 address: mapped, compatible, NAT64 (RFC 6052) or 6to4 (RFC 3056).
fn embedded(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Some(Ipv4Addr::new(a, b, c, d))
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2002, high, low, ..] => v4(high, low),
        _ => None,
    }
}

fn is_loopback_v4(ip: Ipv4Addr) -> bool {
    // All of 0.0.0.0/8 refers to this host (RFC 6890).
    matches!(ip.octets(), [0 | 127, ..])
}

fn is_loopback_v6(ip: Ipv6Addr) -> bool {
    ip.is_loopback() || ip.is_unspecified() || embedded(ip).is_some_and(is_loopback_v4)
}

/// Whether an address is outside the public internet (RFC 6890): loopback, private, shared, link-local, multicast,
/// reserved.
fn is_internal_v4(ip: Ipv4Addr) -> bool {
    is_loopback_v4(ip)
        || matches!(
            ip.octets(),
            [10, ..]
                | [100, 64..=127, ..]
                | [169, 254, ..]
                | [172, 16..=31, ..]
                | [192, 0, 0, _]
                | [192, 168, ..]
                | [198, 18 | 19, ..]
                | [224..=255, ..]
        )
}

fn is_internal_v6(ip: Ipv6Addr) -> bool {
    let [first, ..] = ip.segments();
    is_loopback_v6(ip)
        || embedded(ip).is_some_and(is_internal_v4)
        // Unique local, link-local, site-local, multicast.
        || matches!(first, 0xfc00..=0xfdff | 0xfe80..=0xfeff | 0xff00..=0xffff)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_loopback_v4(ip),
        Some(Host::Ipv6(ip)) => is_loopback_v6(ip),
        Some(Host::Domain(name)) => is_own_name(&plain_name(name)),
        None => false,
    }
}

fn is_internal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_internal_v4(ip),
        Some(Host::Ipv6(ip)) => is_internal_v6(ip),
        Some(Host::Domain(_)) | None => is_loopback(url),
    }
}

fn same_host(one: &Url, other: &Url) -> bool {
    one.host_str().map(plain_name) == other.host_str().map(plain_name)
}

/// Describes a change of the data origin for people: its old and its new host, or the whole URLs if the hosts are the
/// same. `None` if nothing changed.
#[must_use]
pub fn change(before: Option<&str>, after: Option<&str>) -> Option<String> {
    if before == after {
        return None;
    }
    let host = |origin: Option<&str>| {
        let url = Url::parse(origin?).ok()?;
        let host = url.host_str()?;
        Some(
            url.port()
                .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")),
        )
    };
    let (mut old, mut new) = (host(before), host(after));
    if old == new {
        (old, new) = (before.map(str::to_owned), after.map(str::to_owned));
    }
    let [old, new] = [old, new].map(|origin| origin.unwrap_or_else(|| "–".to_owned()));
    Some(format!("{old} → {new}"))
}

impl Deployment<'_> {
    /// Whether `url` leads back to the deployment. On a developer's machine all servers share one host, so there the
    /// port counts as well.
    fn is_own(&self, url: &Url) -> bool {
        let Ok(edge) = Url::parse(self.edge_url) else {
            return false;
        };
        if self.development && is_loopback(&edge) {
            let same_port = url.port_or_known_default() == edge.port_or_known_default();
            return same_port && is_loopback(url);
        }
        same_host(url, &edge)
    }

    /// The reason why `url` is not allowed here, if there is one.
    fn objection(&self, url: &Url) -> Option<&'static str> {
        if self.is_own(url) {
            return Some("must not be this service itself");
        }
        if !self.development && is_internal(url) {
            return Some("must be on the public internet, not on a loopback, private or link-local address");
        }
        None
    }

    /// Whether the gate may forward to the stored `origin`.
    #[must_use]
    pub fn allows(&self, origin: &str) -> bool {
        read(origin).is_some_and(|url| self.objection(&url).is_none())
    }

    /// Checks `text` and returns it in normal form, without a trailing slash.
    ///
    /// # Errors
    /// [`FieldError`] on `data_origin`.
    pub fn checked(&self, text: &str) -> Result<String, FieldError> {
        let refused = |detail: &str| FieldError::new("data_origin", detail);
        let url = read(text).ok_or_else(|| {
            refused(
                "must be an https URL without user, query or fragment (http on a loopback host in development only)",
            )
        })?;
        match self.objection(&url) {
            Some(detail) => Err(refused(detail)),
            None => Ok(url.as_str().trim_end_matches('/').to_owned()),
        }
    }
}

/// Parses `text` as a URL that some deployment could accept as a data origin.
fn read(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    let secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    (text.len() <= 2000 && plain && secure).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::{Deployment, change};

    const PRODUCTION: Deployment<'_> = Deployment {
        edge_url: "https://edge.example.com",
        development: false,
    };
    const DEVELOPMENT: Deployment<'_> = Deployment {
        edge_url: "http://127.0.0.1:8787",
        development: true,
    };

    #[test]
    fn a_public_https_server_is_allowed_everywhere() {
        for good in [
            "https://data.aozora.example/v1",
            "https://data.aozora.example:8443",
            "https://192.0.2.7/data",
            "https://172.32.0.1",
            "https://100.128.0.1",
            "https://[2001:db8::7]",
            "https://localhost.aozora.example",
            "https://notlocalhost",
            "https://edge.example.com.aozora.example",
            "https://data.edge.example.com",
        ] {
            for deployment in [PRODUCTION, DEVELOPMENT] {
                assert_eq!(deployment.checked(good).as_deref(), Ok(good));
                assert!(deployment.allows(good), "{good}");
            }
        }
    }

    #[test]
    fn a_change_is_told_by_the_hosts_and_by_the_urls_where_those_are_the_same() {
        let (a, b) = ("https://data.aozora.example/v1", "https://data.minato.example:8443/");
        for (before, after, told) in [
            (None, None, None),
            (Some(a), Some(a), None),
            (None, Some(a), Some("– → data.aozora.example")),
            (Some(a), None, Some("data.aozora.example → –")),
            (Some(a), Some(b), Some("data.aozora.example → data.minato.example:8443")),
            (
                Some(a),
                Some("https://data.aozora.example/v2"),
                Some("https://data.aozora.example/v1 → https://data.aozora.example/v2"),
            ),
            (Some("not a url"), Some("nor this"), Some("not a url → nor this")),
        ] {
            assert_eq!(change(before, after).as_deref(), told);
        }
    }

    #[test]
    fn the_edge_itself_is_no_data_origin() {
        for own in [
            "https://edge.example.com",
            "https://EDGE.Example.com/t/aozora/gate",
            "https://edge.example.com./x",
            "https://edge.example.com:8443",
            "https://e%64ge.example.com",
        ] {
            let error = PRODUCTION.checked(own).unwrap_err();
            assert_eq!(
                (error.field.as_str(), error.detail.as_str()),
                ("data_origin", "must not be this service itself"),
                "{own}"
            );
            assert!(!PRODUCTION.allows(own), "{own}");
        }
        for own in ["http://127.0.0.1:8787", "http://localhost:8787/x", "http://[::1]:8787"] {
            assert!(DEVELOPMENT.checked(own).is_err(), "{own}");
        }
        assert!(DEVELOPMENT.checked("http://127.0.0.1:9000").is_ok());
    }

    #[test]
    fn no_spelling_of_an_internal_address_is_allowed_in_production() {
        for host in [
            "127.0.0.1",
            "127.255.3.4",
            "127.0.0.1.",
            "127.1",
            "0x7f.1",
            "2130706433",
            "017700000001",
            "0.0.0.0",
            "0.0.0.1",
            "[::1]",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[::127.0.0.1]",
            "[64:ff9b::7f00:1]",
            "[2002:7f00:1::]",
            "localhost",
            "LOCALHOST",
            "localhost.",
            "data.localhost",
            "data.LocalHost.",
            "localhost.localdomain",
            "ip6-localhost",
            "10.1.2.3",
            "100.64.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "[::ffff:10.1.2.3]",
            "[fc00::1]",
            "[fdff::1]",
            "[fe80::1]",
            "[febf::1]",
            "[fec0::1]",
            "[ff02::1]",
        ] {
            for port in ["", ":9000"] {
                let origin = format!("https://{host}{port}/data");
                let error = PRODUCTION.checked(&origin).unwrap_err();
                assert_eq!(error.field, "data_origin", "{origin}");
                assert!(error.detail.contains("public internet"), "{origin}: {error:?}");
                assert!(!PRODUCTION.allows(&origin), "{origin}");
                assert!(DEVELOPMENT.checked(&origin).is_ok(), "{origin}");
            }
        }
        for loopback in ["http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"] {
            assert!(PRODUCTION.checked(loopback).is_err(), "{loopback}");
            assert!(DEVELOPMENT.allows(loopback), "{loopback}");
        }
    }
}

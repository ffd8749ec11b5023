//! The proxy that the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`) or the system's settings name
//! for an address, as curl understands them, and on Windows the one that its automatic configuration names. Settles
//! nothing: whether it is used is a setting.

use crate::proxy::address::ProxyAddress;
use crate::secret::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Uri;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use serde::{Deserialize, Serialize};

/// Where a proxy was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The process's environment.
    Environment,
    /// The settings of Windows or macOS.
    System,
    /// The automatic configuration of Windows: a PAC script.
    Script,
}

/// A proxy that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundProxy {
    /// Where it is.
    pub address: ProxyAddress,
    /// The user name in its URL.
    pub user: Option<String>,
    /// The password in its URL.
    pub password: Option<Secret>,
    /// Who named it.
    pub source: Source,
}

/// The proxy for `url`, if one is named. `Err` holds the scheme of a proxy that this program cannot talk to, such as
/// `socks5`.
pub fn for_url(url: &str) -> Result<Option<FoundProxy>, String> {
    let Ok(uri) = url.parse::<Uri>() else { return Ok(None) };
    if let Some(intercept) = Matcher::from_env().intercept(&uri) {
        return read(&intercept, Source::Environment).map(Some);
    }
    match Matcher::from_system().intercept(&uri) {
        Some(intercept) => read(&intercept, Source::System).map(Some),
        None => Ok(None),
    }
}

/// The proxy for `url` by the system's automatic configuration, which may be fetched from the network for it.
#[cfg(windows)]
pub async fn by_script(url: &str) -> Option<FoundProxy> {
    let url = url.to_owned();
    let listed = tokio::task::spawn_blocking(move || super::script::proxies_for(&url));
    let address = first_listed(&listed.await.ok().flatten()?)?;
    Some(FoundProxy {
        address,
        user: None,
        password: None,
        source: Source::Script,
    })
}

/// No other system runs such scripts for its programs.
#[cfg(not(windows))]
#[expect(clippy::unused_async, reason = "it waits on Windows")]
pub async fn by_script(_url: &str) -> Option<FoundProxy> {
    None
}

/// The first proxy of a list in WinHTTP's form: `[scheme=][scheme://]host[:port]`, with semicolons or blanks between.
#[cfg(any(windows, test))]
fn first_listed(list: &str) -> Option<ProxyAddress> {
    let first = list.split([';', ' ']).find(|entry| !entry.is_empty())?;
    let address = first.rsplit_once('=').map_or(first, |(_, address)| address);
    let address = address.rsplit_once("//").map_or(address, |(_, address)| address);
    ProxyAddress::parse(address)
        .or_else(|_| ProxyAddress::parse(&format!("{address}:80")))
        .ok()
}

fn read(intercept: &Intercept, source: Source) -> Result<FoundProxy, String> {
    let uri = intercept.uri();
    let scheme = uri.scheme_str().unwrap_or("http");
    let host = uri.host().unwrap_or_default();
    if scheme != "http" || host.is_empty() {
        return Err(scheme.to_owned());
    }
    let (user, password) = credentials(intercept).unzip();
    Ok(FoundProxy {
        address: ProxyAddress {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: uri.port_u16().unwrap_or(80),
        },
        user,
        password: password.map(Secret::new),
        source,
    })
}

/// The matcher hands out credentials only as the header that would be sent.
fn credentials(intercept: &Intercept) -> Option<(String, String)> {
    let header = intercept.basic_auth()?.to_str().ok()?;
    let plain = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    let (user, password) = plain.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::{Source, first_listed, read};
    use crate::secret::Secret;
    use http::Uri;
    use hyper_util::client::proxy::matcher::Matcher;

    #[test]
    fn a_proxy_is_read_with_the_user_in_its_url() {
        let edge = Uri::from_static("https://edge.example/t/aozora");
        let named = |proxy: &str| {
            let matcher = Matcher::builder().all(proxy.to_owned()).build();
            read(&matcher.intercept(&edge).unwrap(), Source::Environment)
        };
        let found = named("http://line7:s%3Acret@proxy.example:3128").unwrap();
        assert_eq!(found.address.to_string(), "proxy.example:3128");
        assert_eq!(found.user.as_deref(), Some("line7"));
        assert_eq!(found.password.as_ref().map(Secret::expose), Some("s:cret"));
        assert_eq!(named("proxy.example").unwrap().address.port, 80);
        assert_eq!(named("http://[2001:db8::7]:81").unwrap().address.host, "2001:db8::7");
        assert_eq!(named("socks5://proxy.example:1080"), Err("socks5".to_owned()));
    }

    #[test]
    fn the_first_proxy_of_a_windows_list_is_taken() {
        for (list, first) in [
            ("proxy.example:8080", Some("proxy.example:8080")),
            ("a.example:81;b.example:82", Some("a.example:81")),
            (
                " http=proxy.example:3128 https=other.example:1",
                Some("proxy.example:3128"),
            ),
            ("http://proxy.example", Some("proxy.example:80")),
            ("", None),
            (";", None),
        ] {
            assert_eq!(
                first_listed(list).map(|address| address.to_string()).as_deref(),
                first,
                "{list}"
            );
        }
    }
}

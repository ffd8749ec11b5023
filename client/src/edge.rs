//! The address of a deployment: the edge's base URL, validated before anything is sent, and the URLs below it.

use crate::error::Error;
use serde::{Deserialize, Serialize};
use tegata_domain::slug::Slug;
use url::{Host, Url};

/// Base URL of a deployment, without a trailing slash. Always `https`, except on the loopback interface, so that a
/// mistyped `http://` never sends a device code or a token in the clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EdgeUrl(String);

impl EdgeUrl {
    /// Parses what a person typed. Errors: `InvalidInput` with field `edge`.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let invalid = || Error::InvalidInput { field: "edge" };
        let url = Url::parse(text.trim()).map_err(|_| invalid())?;
        let plain_address = url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none();
        let safe = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
        if !plain_address || !safe {
            return Err(invalid());
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The URL as text, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The OAuth issuer of a tenant.
    pub fn issuer(&self, tenant: &Slug) -> String {
        format!("{}/t/{}", self.0, tenant.as_str())
    }

    /// The metadata URL of that issuer by RFC 8414 section 3.1: the well-known part goes before the path.
    pub fn metadata_url(&self, tenant: &Slug) -> String {
        format!(
            "{}/.well-known/oauth-authorization-server/t/{}",
            self.0,
            tenant.as_str()
        )
    }

    /// The URL of the deployment's public keys.
    pub fn jwks_url(&self) -> String {
        format!("{}/.well-known/jwks.json", self.0)
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

impl TryFrom<String> for EdgeUrl {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        Self::parse(&text)
    }
}

impl From<EdgeUrl> for String {
    fn from(edge: EdgeUrl) -> Self {
        edge.0
    }
}

/// Parses a tenant's name as a person typed it. Names are lower case; this is the only place that also accepts
/// capitals. Errors: `InvalidInput` with field `tenant`.
pub fn parse_tenant(text: &str) -> Result<Slug, Error> {
    Slug::parse(&text.trim().to_ascii_lowercase()).map_err(|_| Error::InvalidInput { field: "tenant" })
}

#[cfg(test)]
mod tests {
    use super::{EdgeUrl, parse_tenant};

    #[test]
    fn only_https_or_loopback_is_accepted() {
        for good in [
            "https://edge.example",
            "https://edge.example/",
            "http://127.0.0.1:8787",
            "http://[::1]:1/",
            "http://localhost:9",
        ] {
            assert!(EdgeUrl::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "http://edge.example",
            "http://127.0.0.1.example",
            "https://edge.example/t/aozora",
            "https://u@edge.example",
            "ftp://edge.example",
            "edge.example",
            "https://edge.example/?a",
        ] {
            assert!(EdgeUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_metadata_url_follows_rfc_8414() {
        let edge = EdgeUrl::parse("https://Edge.example/").unwrap();
        let tenant = parse_tenant(" Aozora ").unwrap();
        assert_eq!(
            edge.metadata_url(&tenant),
            "https://edge.example/.well-known/oauth-authorization-server/t/aozora"
        );
        assert_eq!(edge.issuer(&tenant), "https://edge.example/t/aozora");
    }

    #[test]
    fn a_tenant_name_cannot_leave_its_path_segment() {
        for bad in ["", "-a", "a-", "a/b", "..", "青空", "a b", &"x".repeat(64)] {
            assert!(parse_tenant(bad).is_err(), "{bad}");
        }
    }
}

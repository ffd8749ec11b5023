//! A tenant's OAuth metadata (RFC 8414), fetched once at registration and kept with the state.

use crate::edge::EdgeUrl;
use crate::error::Error;
use crate::transport::Transport;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use tegata_domain::slug::Slug;
use url::Url;

/// The endpoints that a Viewer uses. Values from the network are constructed only after `discover` has checked them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The tenant's issuer identifier.
    pub issuer: String,
    /// Device authorization endpoint (RFC 8628).
    pub device_authorization_endpoint: String,
    /// Token endpoint.
    pub token_endpoint: String,
    /// Revocation endpoint (RFC 7009).
    pub revocation_endpoint: String,
}

/// A tenant that a deployment has.
#[derive(Debug, Clone)]
pub struct Found {
    /// The deployment.
    pub edge: EdgeUrl,
    /// The tenant.
    pub tenant: Slug,
    /// The tenant's endpoints.
    pub metadata: Metadata,
}

impl Metadata {
    /// Fetches and checks the metadata of a tenant.
    ///
    /// Errors: `Problem` with status 404 for an unknown tenant; `Protocol` when the document names another issuer
    /// (RFC 8414 section 3.3) or an endpoint outside the issuer's origin, where a secret must not be sent.
    pub async fn discover(transport: &Transport, edge: &EdgeUrl, tenant: &Slug) -> Result<Self, Error> {
        let request = transport.request(Method::GET, &edge.metadata_url(tenant));
        let metadata: Self = transport
            .send(request)
            .await?
            .json("the issuer's metadata cannot be parsed")?;
        metadata.check(&edge.issuer(tenant))?;
        Ok(metadata)
    }

    fn check(&self, issuer: &str) -> Result<(), Error> {
        if self.issuer != issuer {
            return Err(Error::Protocol("the metadata names another issuer"));
        }
        let origin = |text: &str| Url::parse(text).map(|url| url.origin()).ok();
        let home = origin(issuer);
        let endpoints = [
            &self.device_authorization_endpoint,
            &self.token_endpoint,
            &self.revocation_endpoint,
        ];
        if home.is_none() || endpoints.into_iter().any(|endpoint| origin(endpoint) != home) {
            return Err(Error::Protocol("the metadata names an endpoint of another host"));
        }
        Ok(())
    }

    /// URL of the pending registration.
    pub fn registration_endpoint(&self) -> String {
        format!("{}/api/v1/registration", self.issuer)
    }

    /// The full URL of a path behind the gate, built nowhere else. A path may carry a query. Errors: `InvalidInput`
    /// with field `path` when the path would leave the gate or carries a fragment.
    pub fn gate_url(&self, path: &str) -> Result<Url, Error> {
        let invalid = || Error::InvalidInput { field: "path" };
        let base = format!("{}/gate/", self.issuer);
        let url = Url::parse(&format!("{base}{}", path.trim_start_matches('/'))).map_err(|_| invalid())?;
        if !url.as_str().starts_with(&base) || url.fragment().is_some() {
            return Err(invalid());
        }
        Ok(url)
    }
}

#[cfg(test)]
mod tests {
    use super::Metadata;

    fn metadata() -> Metadata {
        let at = |path: &str| format!("https://edge.example/t/aozora/oauth/{path}");
        Metadata {
            issuer: "https://edge.example/t/aozora".to_owned(),
            device_authorization_endpoint: at("device_authorization"),
            token_endpoint: at("token"),
            revocation_endpoint: at("revoke"),
        }
    }

    #[test]
    fn another_issuer_or_host_is_refused() {
        assert!(metadata().check("https://edge.example/t/aozora").is_ok());
        assert!(metadata().check("https://edge.example/t/midori").is_err());
        let elsewhere = Metadata {
            token_endpoint: "https://evil.example/token".to_owned(),
            ..metadata()
        };
        assert!(elsewhere.check("https://edge.example/t/aozora").is_err());
    }

    #[test]
    fn a_path_stays_behind_the_gate() {
        let url = |path| metadata().gate_url(path).map(String::from);
        assert_eq!(
            url("/vitals/målinger?fra=1").unwrap(),
            "https://edge.example/t/aozora/gate/vitals/m%C3%A5linger?fra=1"
        );
        assert_eq!(
            url("計測").unwrap(),
            "https://edge.example/t/aozora/gate/%E8%A8%88%E6%B8%AC"
        );
        for bad in ["../oauth/token", "a/../../x", "%2e%2e/oauth/token", "a#b"] {
            assert!(url(bad).is_err(), "{bad}");
        }
    }
}

//! The deployment's public keys (RFC 7517), as published and as saved to a file.

use crate::edge::EdgeUrl;
use crate::error::Error;
use crate::transport::Transport;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::VerifyingKey;
use reqwest::Method;
use serde::{Deserialize, Serialize};

/// A key set.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeySet {
    /// Its keys; saving keeps members that this version does not know.
    pub keys: Vec<Jwk>,
}

/// One public key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Jwk {
    /// Key type; `OKP` for Ed25519.
    pub kty: String,
    /// Curve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crv: Option<String>,
    /// Public key, base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x: Option<String>,
    /// Id of the key in JWS headers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// What Tegata signs with the key: `token` or `receipt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tegata_use: Option<String>,
    /// Other members.
    #[serde(flatten)]
    pub other: serde_json::Map<String, serde_json::Value>,
}

impl KeySet {
    /// Parses a key set.
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        serde_json::from_slice(json).map_err(|_| Error::Protocol("the key set cannot be parsed"))
    }

    /// Fetches the published key set.
    pub async fn fetch(transport: &Transport, edge: &EdgeUrl) -> Result<Self, Error> {
        let request = transport.request(Method::GET, &edge.jwks_url());
        Self::parse(&transport.send(request).await?.success()?.body)
    }

    /// The receipt key with this id; a token key with that id does not count.
    pub fn receipt_key(&self, kid: &str) -> Option<VerifyingKey> {
        self.keys
            .iter()
            .filter(|key| key.kid.as_deref() == Some(kid) && key.tegata_use.as_deref() == Some("receipt"))
            .find_map(Jwk::ed25519)
    }

    /// Whether the key with this id was retired before `at`, seconds since 1970. A signature claiming a later time is
    /// not genuine.
    pub fn ended_before(&self, kid: &str, at: u64) -> bool {
        let ended = |key: &Jwk| key.other.get("tegata_not_after").and_then(serde_json::Value::as_u64);
        let named = self.keys.iter().filter(|key| key.kid.as_deref() == Some(kid));
        named.filter_map(ended).any(|end| end < at)
    }
}

impl Jwk {
    fn ed25519(&self) -> Option<VerifyingKey> {
        if self.kty != "OKP" || self.crv.as_deref() != Some("Ed25519") {
            return None;
        }
        let x: [u8; 32] = URL_SAFE_NO_PAD.decode(self.x.as_deref()?).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&x).ok()
    }
}

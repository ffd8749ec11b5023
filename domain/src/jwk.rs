//! Public keys: JWK (RFC 7517, RFC 8037) and their thumbprints (RFC 7638).

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::time::UnixSeconds;
use crate::wire::b64;

/// A JWK thumbprint: SHA-256, base64url, 43 characters (RFC 7638). It identifies a key in `cnf.jkt` and `dpop_jkt`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 43, max_length = 43, pattern = "^[A-Za-z0-9_-]{43}$")
)]
#[serde(try_from = "String")]
pub struct Thumbprint(String);

impl Thumbprint {
    /// Parses a thumbprint; `None` if it is not 32 bytes of canonical base64url.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (b64::decode(text)?.len() == 32).then(|| Self(text.to_owned()))
    }

    /// The 43-character form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Thumbprint {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("must be a base64url SHA-256 JWK thumbprint")
    }
}

/// SHA-256 of `bytes` in base64url, the form used by `ath` (RFC 9449) and by stored hashes.
#[must_use]
pub fn sha256_b64(bytes: impl AsRef<[u8]>) -> String {
    b64::encode(Sha256::digest(bytes))
}

/// A public key of one of the two kinds accepted for DPoP proofs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofKey {
    /// ECDSA over P-256; coordinates of 32 bytes each, base64url.
    P256 {
        /// The x coordinate.
        x: String,
        /// The y coordinate.
        y: String,
    },
    /// Ed25519; 32 bytes, base64url.
    Ed25519 {
        /// The public key.
        x: String,
    },
}

/// A JWK as found in a DPoP header. Private members make it invalid.
#[derive(Debug, Deserialize)]
pub struct RawJwk {
    kty: String,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    d: Option<serde_json::Value>,
    k: Option<serde_json::Value>,
}

impl ProofKey {
    /// Reads the key from a JWK; `None` for other kinds, wrong lengths, or a JWK with private members.
    #[must_use]
    pub fn from_jwk(raw: &RawJwk) -> Option<Self> {
        let coordinate = |value: &Option<String>| {
            let text = value.as_deref()?;
            (b64::decode(text)?.len() == 32).then(|| text.to_owned())
        };
        if raw.d.is_some() || raw.k.is_some() {
            return None;
        }
        match (raw.kty.as_str(), raw.crv.as_deref()?) {
            ("EC", "P-256") => Some(Self::P256 {
                x: coordinate(&raw.x)?,
                y: coordinate(&raw.y)?,
            }),
            ("OKP", "Ed25519") => Some(Self::Ed25519 { x: coordinate(&raw.x)? }),
            _ => None,
        }
    }

    /// The RFC 7638 thumbprint: the required members in lexical order, hashed.
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        Thumbprint(sha256_b64(self.canonical_json()))
    }

    /// The JWK with its required members only, in lexical order.
    #[must_use]
    pub fn canonical_json(&self) -> String {
        match self {
            Self::P256 { x, y } => format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#),
            Self::Ed25519 { x } => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#),
        }
    }
}

/// The use of a published key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PublicUse {
    /// Signs access tokens and identity headers.
    Token,
    /// Signs consent receipts.
    Receipt,
}

/// One key of the published set: an Ed25519 key in the form of RFC 8037.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicJwk {
    /// Always `OKP`.
    pub kty: String,
    /// Always `Ed25519`.
    pub crv: String,
    /// The public key, base64url.
    pub x: String,
    /// The key's id.
    pub kid: String,
    /// Always `sig`.
    #[serde(rename = "use")]
    pub key_use: String,
    /// Always `EdDSA`.
    pub alg: String,
    /// What Tegata uses the key for.
    pub tegata_use: PublicUse,
    /// When it stopped signing, if it was ended because somebody else might know it. A signature dated later was not
    /// made here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tegata_not_after: Option<UnixSeconds>,
}

impl PublicJwk {
    /// The published form of an Ed25519 public key.
    #[must_use]
    pub fn ed25519(kid: &str, public: &[u8; 32], tegata_use: PublicUse) -> Self {
        Self {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            x: b64::encode(public),
            kid: kid.to_owned(),
            key_use: "sig".to_owned(),
            alg: "EdDSA".to_owned(),
            tegata_use,
            tegata_not_after: None,
        }
    }
}

/// A JWK set (RFC 7517 section 5), as served at `/.well-known/jwks.json`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKeySet {
    /// The keys.
    pub keys: Vec<PublicJwk>,
}

impl PublicKeySet {
    /// The key with the id `kid`, if its use is `tegata_use`.
    #[must_use]
    pub fn find(&self, kid: &str, tegata_use: PublicUse) -> Option<&PublicJwk> {
        self.keys
            .iter()
            .find(|key| key.kid == kid && key.tegata_use == tegata_use)
    }
}

#[cfg(test)]
mod tests {
    use super::{ProofKey, RawJwk};

    #[test]
    fn thumbprint_of_the_rfc_8037_example() {
        let raw: RawJwk =
            serde_json::from_str(r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)
                .unwrap();
        let key = ProofKey::from_jwk(&raw).unwrap();
        assert_eq!(key.thumbprint().as_str(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn private_and_foreign_keys_are_refused() {
        for bad in [
            r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"AA"}"#,
            r#"{"kty":"oct","k":"AA"}"#,
            r#"{"kty":"RSA","n":"AA","e":"AQAB"}"#,
            r#"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#,
            r#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#,
        ] {
            let raw: RawJwk = serde_json::from_str(bad).unwrap();
            assert_eq!(ProofKey::from_jwk(&raw), None, "{bad}");
        }
    }
}

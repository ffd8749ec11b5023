//! A PC's key, and the DPoP proofs it signs.

use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::b64;

use crate::support::edge::EDGE;

#[derive(Clone)]
pub struct Key(SigningKey);

impl Key {
    pub fn new(seed: u8) -> Self {
        Self(SigningKey::from_bytes(&[seed; 32]))
    }

    pub fn x(&self) -> String {
        b64::encode(self.0.verifying_key().to_bytes())
    }

    pub fn jwk(&self) -> Value {
        json!({ "kty": "OKP", "crv": "Ed25519", "x": self.x() })
    }

    pub fn thumbprint(&self) -> String {
        sha256_b64(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, self.x()))
    }

    /// A proof for one request, with an `ath` claim if an access token goes with it.
    pub fn proof(&self, method: &str, path: &str, now: UnixSeconds, access_token: Option<&str>, jti: &str) -> String {
        let mut claims = json!({ "jti": jti, "htm": method, "htu": format!("{EDGE}{path}"), "iat": now });
        if let Some(token) = access_token {
            claims["ath"] = json!(sha256_b64(token));
        }
        self.jws(
            &json!({ "typ": "dpop+jwt", "alg": "EdDSA", "jwk": self.jwk() }),
            &claims,
        )
    }

    pub fn jws(&self, header: &Value, claims: &Value) -> String {
        let input = format!(
            "{}.{}",
            b64::encode(header.to_string()),
            b64::encode(claims.to_string())
        );
        let signature = self.0.sign(input.as_bytes());
        format!("{input}.{}", b64::encode(signature.to_bytes()))
    }
}

//! The Viewer's key pair. It is generated on the PC and never leaves it; the edge learns its thumbprint (RFC 7638).

use crate::error::Error;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;
use tegata_domain::jws::signing::KeyPair;

/// An Ed25519 key for DPoP proofs. `Debug` shows the thumbprint only.
#[derive(Clone)]
pub struct ViewerKey {
    pair: KeyPair,
}

/// The public half as a JWK (RFC 8037), with exactly the members that RFC 7638 hashes, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicJwk {
    /// `Ed25519`.
    pub crv: String,
    /// `OKP`.
    pub kty: String,
    /// The public key, base64url.
    pub x: String,
}

/// The key as stored in `key.json`: a private JWK.
#[derive(Serialize, Deserialize)]
struct StoredKey {
    crv: String,
    kty: String,
    x: String,
    d: String,
}

impl ViewerKey {
    /// Generates a key from the operating system's random source.
    pub fn generate() -> Result<Self, Error> {
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).map_err(|_| Error::Protocol("no random source"))?;
        Ok(Self::from_seed(seed))
    }

    /// The key with this private seed (RFC 8032).
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self {
            pair: KeyPair::from_seed(&seed),
        }
    }

    /// The public half.
    pub fn public_jwk(&self) -> PublicJwk {
        PublicJwk {
            crv: "Ed25519".to_owned(),
            kty: "OKP".to_owned(),
            x: URL_SAFE_NO_PAD.encode(self.pair.public()),
        }
    }

    /// The JWK thumbprint, base64url of SHA-256, as in `dpop_jkt` and `cnf.jkt`.
    pub fn thumbprint(&self) -> String {
        self.public_jwk().thumbprint()
    }

    /// Returns a compact JWS of `claims` whose header carries the public key.
    pub fn sign_claims(&self, typ: &str, claims: &impl Serialize) -> String {
        self.pair.sign_with_key_inside(typ, claims)
    }

    /// Signs bytes with EdDSA.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        SigningKey::from_bytes(&self.pair.seed()).sign(message).to_bytes()
    }

    /// The private JWK for the key file.
    pub fn to_json(&self) -> String {
        let public = self.public_jwk();
        let stored = StoredKey {
            crv: public.crv,
            kty: public.kty,
            x: public.x,
            d: URL_SAFE_NO_PAD.encode(self.pair.seed()),
        };
        // Safe: a struct of four strings always serialises.
        serde_json::to_string(&stored).unwrap_or_default()
    }

    /// Reads a private JWK; `None` when it is not an Ed25519 key or its two halves do not match.
    pub fn from_json(json: &[u8]) -> Option<Self> {
        let stored: StoredKey = serde_json::from_slice(json).ok()?;
        let seed: [u8; 32] = URL_SAFE_NO_PAD.decode(&stored.d).ok()?.try_into().ok()?;
        let key = Self::from_seed(seed);
        let public = key.public_jwk();
        (stored.crv == public.crv && stored.kty == public.kty && stored.x == public.x).then_some(key)
    }
}

impl PublicJwk {
    /// RFC 7638: SHA-256 over the required members in lexicographic order, which is this struct's order.
    pub fn thumbprint(&self) -> String {
        let canonical = format!(r#"{{"crv":"{}","kty":"{}","x":"{}"}}"#, self.crv, self.kty, self.x);
        URL_SAFE_NO_PAD.encode(Sha256::digest(canonical.as_bytes()))
    }
}

impl fmt::Debug for ViewerKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ViewerKey({})", self.thumbprint())
    }
}

#[cfg(test)]
mod tests {
    use super::ViewerKey;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    /// RFC 8037 appendix A.1 to A.3: the private key and its thumbprint.
    #[test]
    fn the_thumbprint_is_the_one_of_rfc_8037() {
        let seed = URL_SAFE_NO_PAD
            .decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
            .unwrap();
        let key = ViewerKey::from_seed(seed.try_into().unwrap());
        assert_eq!(key.public_jwk().x, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(key.thumbprint(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn key_file_format_unchanged() {
        let key = ViewerKey::from_seed([7; 32]);
        let json = r#"{"crv":"Ed25519","kty":"OKP","x":"6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw","d":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc"}"#;
        assert_eq!(key.to_json(), json);
        assert_eq!(
            ViewerKey::from_json(json.as_bytes()).unwrap().thumbprint(),
            key.thumbprint()
        );
    }

    #[test]
    fn halves_that_do_not_belong_together_are_refused() {
        let other = ViewerKey::from_seed([8; 32]).public_jwk().x;
        let mixed = ViewerKey::from_seed([7; 32])
            .to_json()
            .replace("6kpsY-KcUgq-9VB7Ey7F-ZVHdq6-vnuSQh7qaRRG0iw", &other);
        assert!(ViewerKey::from_json(mixed.as_bytes()).is_none());
    }
}

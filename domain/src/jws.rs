//! Compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037), the one algorithm Tegata signs with.
//!
//! The algorithm is never taken from the token: a header that names another one is no header of ours, so `none` and
//! HMAC with the public key have nowhere to act. On the hot path the signature is checked by the platform's WebCrypto;
//! [`Compact`] gives it the bytes. [`Compact::verify`] is the same check without a platform.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::b64;
use crate::json;

/// Longest compact JWS that is looked at, in bytes.
pub const MAX_COMPACT: usize = 8192;

/// The protected header of everything we sign.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
    #[serde(default, skip_serializing)]
    crit: Option<serde_json::Value>,
}

/// Signs `payload` with an Ed25519 key.
#[must_use]
pub fn sign(key: &SigningKey, kid: &str, typ: &str, payload: &impl Serialize) -> String {
    let header = Header {
        alg: "EdDSA".to_owned(),
        typ: typ.to_owned(),
        kid: kid.to_owned(),
        crit: None,
    };
    // Serialising these plain structs into memory cannot fail; an empty part would verify nowhere.
    let part = |bytes: Result<Vec<u8>, _>| b64::encode(bytes.unwrap_or_default());
    let input = format!(
        "{}.{}",
        part(serde_json::to_vec(&header)),
        part(serde_json::to_vec(payload))
    );
    let signature = key.sign(input.as_bytes());
    format!("{input}.{}", b64::encode(signature.to_bytes()))
}

/// The Ed25519 public key of `seed`.
#[must_use]
pub fn public_key(seed: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// A compact JWS taken apart, its signature not yet checked.
#[derive(Debug)]
pub struct Compact<'a> {
    /// Names the signing key.
    pub kid: String,
    /// What is signed: header and payload as they stand in the token.
    pub signing_input: &'a str,
    /// The 64 signature bytes.
    pub signature: [u8; 64],
    payload: Vec<u8>,
}

impl<'a> Compact<'a> {
    /// Takes `token` apart; `None` unless it is canonical, of type `typ`, with `alg` EdDSA.
    #[must_use]
    pub fn parse(token: &'a str, typ: &str) -> Option<Self> {
        if token.len() > MAX_COMPACT {
            return None;
        }
        let (signing_input, signature) = token.rsplit_once('.')?;
        let (header, payload) = signing_input.split_once('.')?;
        let header: Header = json::read_bytes(&b64::decode(header)?)?;
        if header.alg != "EdDSA" || header.typ != typ || header.crit.is_some() {
            return None;
        }
        let signature = b64::decode(signature)?.try_into().ok()?;
        Some(Self {
            kid: header.kid,
            signing_input,
            signature,
            payload: b64::decode(payload)?,
        })
    }

    /// Whether the signature is `public`'s. Strict: malleable and small-order forms fail.
    #[must_use]
    pub fn verify(&self, public: &[u8; 32]) -> bool {
        VerifyingKey::from_bytes(public).is_ok_and(|key| {
            key.verify_strict(self.signing_input.as_bytes(), &Signature::from_bytes(&self.signature))
                .is_ok()
        })
    }

    /// The payload as `T`; `None` when it does not have that shape. Trust it only after the signature was checked.
    #[must_use]
    pub fn payload<T: DeserializeOwned>(&self) -> Option<T> {
        json::read_bytes(&self.payload)
    }
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;

    use super::{Compact, public_key, sign};
    use crate::b64;

    const SEED: [u8; 32] = [7; 32];

    #[test]
    fn signed_and_verified() {
        let token = sign(
            &SigningKey::from_bytes(&SEED),
            "k1",
            "at+jwt",
            &serde_json::json!({"sub": "佐藤"}),
        );
        let compact = Compact::parse(&token, "at+jwt").unwrap();
        assert!(compact.verify(&public_key(&SEED)));
        assert!(!compact.verify(&public_key(&[8; 32])));
        assert_eq!(compact.payload::<serde_json::Value>().unwrap()["sub"], "佐藤");
        assert!(Compact::parse(&token, "dpop+jwt").is_none());
    }

    #[test]
    fn every_changed_byte_is_noticed() {
        let token = sign(
            &SigningKey::from_bytes(&SEED),
            "k1",
            "at+jwt",
            &serde_json::json!({"sub": "a", "exp": 1}),
        );
        for at in 0..token.len() {
            for replacement in [b'A', b'B', b'_', b'.', b'='] {
                let mut changed = token.clone().into_bytes();
                if changed[at] == replacement {
                    continue;
                }
                changed[at] = replacement;
                let changed = String::from_utf8(changed).unwrap();
                let accepted =
                    Compact::parse(&changed, "at+jwt").is_some_and(|c| c.kid == "k1" && c.verify(&public_key(&SEED)));
                assert!(!accepted, "byte {at} as {}", replacement as char);
            }
        }
    }

    #[test]
    fn other_algorithms_are_no_headers_of_ours() {
        let payload = b64::encode("{}");
        for alg in ["none", "HS256", "ES256", "eddsa"] {
            let header = b64::encode(format!(r#"{{"alg":"{alg}","typ":"at+jwt","kid":"k1"}}"#));
            assert!(Compact::parse(&format!("{header}.{payload}."), "at+jwt").is_none());
            assert!(Compact::parse(&format!("{header}.{payload}.{}", b64::encode([0; 64])), "at+jwt").is_none());
        }
        let crit = b64::encode(r#"{"alg":"EdDSA","typ":"at+jwt","kid":"k1","crit":["exp"]}"#);
        assert!(Compact::parse(&format!("{crit}.{payload}.{}", b64::encode([0; 64])), "at+jwt").is_none());
    }
}

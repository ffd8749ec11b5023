//! Compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037), the only algorithm Tegata signs with. The library is
//! `jsonwebtoken`: [`signing`] signs with it, using the cryptography of [`provider`]. The library ignores `crit`,
//! accepts any `typ` and any length, and reads its own clock, so [`Compact`] is the only way to read a JWS, in the
//! worker and in the client. It never takes the algorithm from the token: a header that names another algorithm is
//! rejected, so `none` and HMAC with the public key have no effect. On the hot path the platform's WebCrypto verifies
//! the signature over the bytes that [`Compact`] returns; native programs let the library verify it.

pub mod provider;
pub mod signing;
#[cfg(test)]
mod tests;

use core::fmt;

use ed25519_dalek::SigningKey;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::time::UnixSeconds;
use crate::wire::b64;
use crate::wire::json;

/// Maximum length of a token, in bytes.
pub const MAX_TOKEN: usize = 8 * 1024;
/// Maximum length of a receipt or head, in bytes. A receipt carries the text that the approver saw.
pub const MAX_RECORD: usize = 64 * 1024;
/// Maximum clock difference between the deployment's machines, in seconds.
pub const LEEWAY: i64 = 5;

const ALGORITHM: &str = "EdDSA";

/// Why a text is rejected as a JWS of this deployment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// Longer than anything Tegata signs.
    #[error("longer than {0} bytes")]
    TooLong(usize),
    /// Not three parts in canonical base64url, or a part with invalid content.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// Signed with another algorithm, or with none.
    #[error("algorithm {0} is not EdDSA")]
    Algorithm(String),
    /// A signed document of another type.
    #[error("unexpected type {0}")]
    Type(String),
    /// Not valid yet, or expired.
    #[error("not valid at this time")]
    Time,
}

/// The protected header of everything Tegata signs. Other members are rejected: each of those that the RFCs define and
/// that are missing here (`crit`, `b64`, `jwk`, `jku`, `x5u`) would change what has to be verified, or with which key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    #[serde(default)]
    typ: String,
    #[serde(default)]
    kid: String,
}

/// The validity period of a token (RFC 7519 section 4.1).
#[derive(Deserialize)]
struct Times {
    iat: UnixSeconds,
    exp: UnixSeconds,
    #[serde(default)]
    nbf: Option<UnixSeconds>,
}

/// The Ed25519 public key of `seed`.
#[must_use]
pub fn public_key(seed: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// A parsed compact JWS whose signature has not been verified yet.
pub struct Compact<'a> {
    /// The signing key's id.
    pub kid: String,
    /// The signed bytes: header and payload as they stand in the token.
    pub signing_input: &'a str,
    /// The 64 signature bytes.
    pub signature: [u8; 64],
    #[cfg(not(target_family = "wasm"))]
    text: &'a str,
    payload: Vec<u8>,
}

/// A whole token is a credential, so only its key id is printed.
impl fmt::Debug for Compact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Compact({})", self.kid)
    }
}

impl<'a> Compact<'a> {
    /// Parses a token of type `typ`. A token has a validity period, which must include `now`.
    pub fn token(text: &'a str, typ: &str, now: UnixSeconds) -> Result<Self, CompactError> {
        let compact = Self::parse(text, typ, MAX_TOKEN)?;
        let times: Times = compact.payload().ok_or(CompactError::Malformed("payload"))?;
        let latest = now.plus(LEEWAY);
        if now < times.exp && times.iat <= latest && times.nbf.is_none_or(|from| from <= latest) {
            Ok(compact)
        } else {
            Err(CompactError::Time)
        }
    }

    /// Parses a receipt or a head of type `typ`. These are signed for good, so the time of verification does not
    /// matter.
    pub fn record(text: &'a str, typ: &str) -> Result<Self, CompactError> {
        Self::parse(text, typ, MAX_RECORD)
    }

    fn parse(text: &'a str, typ: &str, longest: usize) -> Result<Self, CompactError> {
        let part = |part: &str, name| b64::decode(part).ok_or(CompactError::Malformed(name));
        if text.len() > longest {
            return Err(CompactError::TooLong(longest));
        }
        let (signing_input, signature) = text.rsplit_once('.').ok_or(CompactError::Malformed("parts"))?;
        let (header, payload) = signing_input.split_once('.').ok_or(CompactError::Malformed("parts"))?;
        let header: Header = json::read_bytes(&part(header, "header")?).ok_or(CompactError::Malformed("header"))?;
        if header.alg != ALGORITHM {
            return Err(CompactError::Algorithm(header.alg));
        }
        if header.typ != typ {
            return Err(CompactError::Type(header.typ));
        }
        let signature = part(signature, "signature")?;
        Ok(Self {
            kid: header.kid,
            signing_input,
            signature: signature.try_into().map_err(|_| CompactError::Malformed("signature"))?,
            #[cfg(not(target_family = "wasm"))]
            text,
            payload: part(payload, "payload")?,
        })
    }

    /// Whether the signature was made by `public`. The check is strict: malleable and small-order forms fail. The
    /// worker uses WebCrypto instead.
    #[cfg(not(target_family = "wasm"))]
    #[must_use]
    pub fn verify(&self, public: &[u8; 32]) -> bool {
        use jsonwebtoken::{Algorithm, DecodingKey, Validation};

        // These checks are made elsewhere; the library would use its own clock, or have no value to compare with.
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.validate_aud = false;
        #[expect(clippy::disallowed_methods, reason = "this type is the one that reads a JWS")]
        let decoded =
            || jsonwebtoken::decode::<serde::de::IgnoredAny>(self.text, &DecodingKey::from_ed_der(public), &validation);
        provider::install() && decoded().is_ok()
    }

    /// The payload as `T`; `None` if it does not have that shape. Trust it only after the signature has been verified.
    #[must_use]
    pub fn payload<T: DeserializeOwned>(&self) -> Option<T> {
        json::read_bytes(&self.payload)
    }
}

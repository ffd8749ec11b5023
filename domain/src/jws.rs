//! Compact JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037), the one algorithm Tegata signs with. The library is
//! `jsonwebtoken`: [`signing`] signs by it, with the cryptography of [`provider`].
//!
//! The library ignores `crit`, accepts any `typ` and any length, and compares times with a clock of its own.
//! [`Compact`] is therefore the one way to read a JWS, in the worker and in the client. It never takes the algorithm
//! from the token: a header that names another one is no header of ours, so `none` and HMAC with the public key have
//! nowhere to act. On the hot path the platform's WebCrypto checks the signature of the bytes that [`Compact`] names.
//! Native programs let the library check it.

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

/// Longest token that is read, in bytes.
pub const MAX_TOKEN: usize = 8 * 1024;
/// Longest receipt or head that is read, in bytes. A receipt carries the text that the approver saw.
pub const MAX_RECORD: usize = 64 * 1024;
/// How far clocks of the deployment's machines may differ, in seconds.
pub const LEEWAY: i64 = 5;

const ALGORITHM: &str = "EdDSA";

/// Why a text is not read as a JWS of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// Longer than anything we sign.
    #[error("longer than {0} bytes")]
    TooLong(usize),
    /// Not three parts in canonical base64url, or a part that is not what it should be.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// Signed with another algorithm, or with none.
    #[error("algorithm {0} is not EdDSA")]
    Algorithm(String),
    /// A signed document of another kind.
    #[error("type {0} is not the one wanted")]
    Type(String),
    /// Not yet good, or no longer.
    #[error("not valid at this time")]
    Time,
}

/// The protected header of everything we sign. No other member is allowed: each one that the RFCs know and that is
/// missing here (`crit`, `b64`, `jwk`, `jku`, `x5u`) would change what has to be verified, or with what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    #[serde(default)]
    typ: String,
    #[serde(default)]
    kid: String,
}

/// When a token is good (RFC 7519 section 4.1).
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

/// A compact JWS taken apart, its signature not yet checked.
pub struct Compact<'a> {
    /// Names the signing key.
    pub kid: String,
    /// What is signed: header and payload as they stand in the token.
    pub signing_input: &'a str,
    /// The 64 signature bytes.
    pub signature: [u8; 64],
    #[cfg(not(target_family = "wasm"))]
    text: &'a str,
    payload: Vec<u8>,
}

/// A whole token is a credential, so none of it is shown.
impl fmt::Debug for Compact<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Compact({})", self.kid)
    }
}

impl<'a> Compact<'a> {
    /// Takes apart a token of type `typ`, which has a beginning and an end: it must be good at `now`.
    ///
    /// # Errors
    /// [`CompactError`].
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

    /// Takes apart a receipt or a head of type `typ`: signed once and for good, so no instant makes it wrong.
    ///
    /// # Errors
    /// [`CompactError`], but never [`CompactError::Time`].
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

    /// Whether the signature is `public`'s. Strict: malleable and small-order forms fail. The worker asks WebCrypto
    /// instead.
    #[cfg(not(target_family = "wasm"))]
    #[must_use]
    pub fn verify(&self, public: &[u8; 32]) -> bool {
        use jsonwebtoken::{Algorithm, DecodingKey, Validation};

        // What the library would compare with its own clock, or with nothing, is compared elsewhere.
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

    /// The payload as `T`; `None` when it does not have that shape. Trust it only after the signature was checked.
    #[must_use]
    pub fn payload<T: DeserializeOwned>(&self) -> Option<T> {
        json::read_bytes(&self.payload)
    }
}

//! Signing: key pairs, and the two kinds of header that Tegata writes.

use core::fmt;
use std::sync::Arc;

use ed25519_dalek::SigningKey;
use jsonwebtoken::jwk::{
    AlgorithmParameters, CommonParameters, EllipticCurve, Jwk, OctetKeyPairParameters, OctetKeyPairType,
};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;

use super::provider;
use crate::wire::b64;

/// An Ed25519 key pair that is ready to sign. Creating one takes as long as signing; clones share the pair.
#[derive(Clone)]
pub struct KeyPair {
    pair: Arc<SigningKey>,
    handle: EncodingKey,
}

impl fmt::Debug for KeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyPair({})", b64::encode(self.public()))
    }
}

/// The signing input (RFC 7515 section 5.1) of what [`KeyPair::sign`] makes.
#[must_use]
pub fn signing_input(kid: &str, typ: &str, payload: &impl Serialize) -> String {
    let mut header = header(typ);
    header.kid = Some(kid.to_owned());
    // Both serialise into memory; if that failed all the same, the empty part would verify nowhere.
    let header = serde_json::to_vec(&header).unwrap_or_default();
    let payload = serde_json::to_vec(payload).unwrap_or_default();
    format!("{}.{}", b64::encode(header), b64::encode(payload))
}

impl KeyPair {
    /// Derives the key pair from a private seed (RFC 8032).
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        let pair = Arc::new(SigningKey::from_bytes(seed));
        let handle = provider::handle(&pair);
        Self { pair, handle }
    }

    /// The private seed.
    #[must_use]
    pub fn seed(&self) -> [u8; 32] {
        self.pair.to_bytes()
    }

    /// The public key.
    #[must_use]
    pub fn public(&self) -> [u8; 32] {
        self.pair.verifying_key().to_bytes()
    }

    /// Signs `payload` as a compact JWS whose header names the key `kid`.
    #[must_use]
    pub fn sign(&self, kid: &str, typ: &str, payload: &impl Serialize) -> String {
        let mut header = header(typ);
        header.kid = Some(kid.to_owned());
        self.encode(&header, payload)
    }

    /// Signs `payload` as a compact JWS whose header contains the public key itself, as in a DPoP proof (RFC 9449
    /// section 4.2).
    #[must_use]
    pub fn sign_with_key_inside(&self, typ: &str, payload: &impl Serialize) -> String {
        let mut header = header(typ);
        header.jwk = Some(Jwk {
            common: CommonParameters::default(),
            algorithm: AlgorithmParameters::OctetKeyPair(OctetKeyPairParameters {
                key_type: OctetKeyPairType::OctetKeyPair,
                curve: EllipticCurve::Ed25519,
                x: b64::encode(self.public()),
            }),
        });
        self.encode(&header, payload)
    }

    /// Encoding cannot fail: our headers and claims serialise into memory, and `self` holds the pair. If it failed all
    /// the same, the empty result would verify nowhere.
    fn encode(&self, header: &Header, payload: &impl Serialize) -> String {
        if !provider::install() {
            return String::new();
        }
        jsonwebtoken::encode(header, payload, &self.handle).unwrap_or_default()
    }
}

fn header(typ: &str) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(typ.to_owned());
    header
}

//! The cryptographic provider for `jsonwebtoken`: Ed25519 from `ed25519-dalek`, and nothing else. Unsupported
//! operations return an error, whereas the library's own placeholders panic. The library requests a signer for each
//! signature and passes the bytes of its key. Expanding a key pair takes as long as signing, so those bytes are only a
//! handle: this module keeps a weak reference to the pair, which works for as long as the pair's owner holds it.

use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use ed25519_dalek::{Signature, SigningKey};
use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind, Result};
use jsonwebtoken::signature::{self, Signer};
use jsonwebtoken::{Algorithm, AlgorithmFamily, DecodingKey, EncodingKey};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: verifier,
    key_utils: KeyUtils {
        rsa_pub_components_from_private_key: |_| Err(not_offered()),
        rsa_pub_components_from_public_key: |_| Err(not_offered()),
        ec_pub_components_from_private_key: |_, _| Err(not_offered()),
        ed_pub_components_from_private_key: |_, _| Err(not_offered()),
        compute_digest: |_, _| Err(not_offered()),
    },
};

/// Installs this provider in the library at the first call. Returns false if the process has already installed another
/// one: then nothing is signed or verified, because the strictness of the other provider is unknown.
///
/// All code that signs or verifies calls this function itself, so no program can forget to.
pub fn install() -> bool {
    static OURS: OnceLock<bool> = OnceLock::new();
    *OURS.get_or_init(|| PROVIDER.install_default().is_ok())
}

/// Key pairs in use, each under the number that serves as its handle.
static HELD: Mutex<Held> = Mutex::new(Held {
    next: 0,
    pairs: Vec::new(),
});

struct Held {
    next: u64,
    pairs: Vec<(u64, Weak<SigningKey>)>,
}

/// The library's key for `pair`, valid for as long as the caller holds the pair.
pub(super) fn handle(pair: &Arc<SigningKey>) -> EncodingKey {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    let number = held.next;
    held.next = number.wrapping_add(1);
    held.pairs.retain(|(_, pair)| pair.strong_count() > 0);
    held.pairs.push((number, Arc::downgrade(pair)));
    EncodingKey::from_ed_der(&number.to_le_bytes())
}

fn held(key: &EncodingKey) -> Option<Arc<SigningKey>> {
    let number = u64::from_le_bytes(key.as_bytes().try_into().ok()?);
    let held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    held.pairs.iter().find(|(other, _)| *other == number)?.1.upgrade()
}

fn not_offered() -> Error {
    ErrorKind::UnsupportedAlgorithm.into()
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    if *algorithm != Algorithm::EdDSA || key.family() != AlgorithmFamily::Ed {
        return Err(not_offered());
    }
    let pair = held(key).ok_or(ErrorKind::InvalidEddsaKey)?;
    Ok(Box::new(Ed25519Signer(pair)))
}

struct Ed25519Signer(Arc<SigningKey>);

impl Signer<Vec<u8>> for Ed25519Signer {
    fn try_sign(&self, message: &[u8]) -> core::result::Result<Vec<u8>, signature::Error> {
        let signature: Signature = self.0.sign(message);
        Ok(signature.to_bytes().to_vec())
    }
}

impl JwtSigner for Ed25519Signer {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

/// In the worker, WebCrypto verifies signatures, faster than this code could.
#[cfg(target_family = "wasm")]
fn verifier(_: &Algorithm, _: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    Err(not_offered())
}

#[cfg(not(target_family = "wasm"))]
fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    if *algorithm != Algorithm::EdDSA || key.family() != AlgorithmFamily::Ed {
        return Err(not_offered());
    }
    Ok(Box::new(native::Ed25519Verifier::new(key.try_get_as_bytes()?)?))
}

#[cfg(not(target_family = "wasm"))]
mod native {
    use ed25519_dalek::{Signature, VerifyingKey};
    use jsonwebtoken::Algorithm;
    use jsonwebtoken::crypto::JwtVerifier;
    use jsonwebtoken::errors::{ErrorKind, Result};
    use jsonwebtoken::signature::{self, Verifier};

    pub(super) struct Ed25519Verifier(VerifyingKey);

    impl Ed25519Verifier {
        pub(super) fn new(public: &[u8]) -> Result<Self> {
            let public = public.try_into().map_err(|_| ErrorKind::InvalidEddsaKey)?;
            let key = VerifyingKey::from_bytes(public).map_err(|_| ErrorKind::InvalidEddsaKey)?;
            Ok(Self(key))
        }
    }

    impl Verifier<Vec<u8>> for Ed25519Verifier {
        /// Strict, beyond RFC 8032 section 5.1.7: a signature has exactly one encoding, and a public key of small order
        /// verifies nothing. `verify` would accept such a key, and one signature under it for many messages.
        fn verify(&self, message: &[u8], signature: &Vec<u8>) -> core::result::Result<(), signature::Error> {
            self.0.verify_strict(message, &Signature::from_slice(signature)?)
        }
    }

    impl JwtVerifier for Ed25519Verifier {
        fn algorithm(&self) -> Algorithm {
            Algorithm::EdDSA
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ed25519_dalek::SigningKey;
    use jsonwebtoken::jwk::{EllipticCurve, Jwk, ThumbprintHash};
    use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};

    use super::{HELD, PROVIDER, handle, held, install};

    #[test]
    fn a_second_installation_changes_nothing() {
        assert!(install());
        assert!(install());
        assert!(PROVIDER.install_default().is_err(), "the library holds the first one");
        assert!(install());
    }

    #[test]
    fn a_key_pair_is_found_for_as_long_as_it_is_held() {
        let [one, other] = [[1; 32], [2; 32]].map(|seed| Arc::new(SigningKey::from_bytes(&seed)));
        let [of_one, of_other] = [handle(&one), handle(&other)];
        assert_eq!(held(&of_one).unwrap(), one);
        assert_eq!(held(&of_other).unwrap(), other);
        drop(one);
        assert!(held(&of_one).is_none());
        assert_eq!(held(&of_other).unwrap(), other);
        let number = u64::from_le_bytes(of_one.as_bytes().try_into().unwrap());
        let _next = handle(&other);
        let pairs = &HELD.lock().unwrap().pairs;
        assert!(pairs.iter().all(|(kept, _)| *kept != number), "nothing is left of it");
    }

    /// Calls every function of the library that reaches the provider, with everything that the provider does not
    /// support.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test calls the library directly")]
    fn what_is_not_offered_is_an_error_and_no_panic() {
        assert!(install());
        let pair = Arc::new(SigningKey::from_bytes(&[1; 32]));
        let public = pair.verifying_key().to_bytes();
        let claims = serde_json::json!({});
        let keys = [
            handle(&pair),
            EncodingKey::from_secret(&public),
            EncodingKey::from_ec_der(&public),
            EncodingKey::from_rsa_der(&public),
            EncodingKey::from_ed_der(&[]),
            EncodingKey::from_ed_der(&public),
            EncodingKey::from_ed_der(&u64::MAX.to_le_bytes()),
        ];
        let readers = [
            DecodingKey::from_ed_der(&public),
            DecodingKey::from_secret(&public),
            DecodingKey::from_ec_der(&public),
            DecodingKey::from_rsa_der(&public),
            DecodingKey::from_rsa_raw_components(&public, &public),
            DecodingKey::from_ed_der(&[]),
            DecodingKey::from_ed_der(&[2; 31]),
            DecodingKey::from_ed_der(&[2; 33]),
            // No point on the curve has this y coordinate.
            DecodingKey::from_ed_der(&[2; 32]),
        ];
        let algorithms = [
            Algorithm::EdDSA,
            Algorithm::HS256,
            Algorithm::HS384,
            Algorithm::HS512,
            Algorithm::ES256,
            Algorithm::ES384,
            Algorithm::RS256,
            Algorithm::RS384,
            Algorithm::RS512,
            Algorithm::PS256,
            Algorithm::PS384,
            Algorithm::PS512,
        ];
        for algorithm in algorithms {
            for (number, key) in keys.iter().enumerate() {
                let works = algorithm == Algorithm::EdDSA && number == 0;
                let encoded = jsonwebtoken::encode(&Header::new(algorithm), &claims, key);
                assert_eq!(encoded.is_ok(), works, "encode, {algorithm:?}, key {number}");
                assert_eq!((PROVIDER.signer_factory)(&algorithm, key).is_ok(), works);
                assert_eq!(jsonwebtoken::crypto::sign(b"", key, algorithm).is_ok(), works);
                // The library needs no provider for HMAC: such a JWK is the secret itself.
                let jwk = Jwk::from_encoding_key(key, algorithm);
                assert!(jwk.is_err() || key.family() == jsonwebtoken::AlgorithmFamily::Hmac);
            }
            let head = crate::wire::b64::encode(serde_json::to_vec(&Header::new(algorithm)).unwrap());
            let forged = format!("{head}.e30.{}", crate::wire::b64::encode([0; 64]));
            for (number, key) in readers.iter().enumerate() {
                let works = algorithm == Algorithm::EdDSA && number == 0;
                assert_eq!((PROVIDER.verifier_factory)(&algorithm, key).is_ok(), works, "{number}");
                let validation = Validation::new(algorithm);
                assert!(jsonwebtoken::decode::<serde_json::Value>(&forged, key, &validation).is_err());
                let verified = jsonwebtoken::crypto::verify("AA", b"", key, algorithm);
                assert_eq!(verified.ok(), works.then_some(false));
            }
        }
        let tools = &PROVIDER.key_utils;
        assert!((tools.rsa_pub_components_from_private_key)(&public).is_err());
        assert!((tools.rsa_pub_components_from_public_key)(&public).is_err());
        assert!((tools.ec_pub_components_from_private_key)(&public, Algorithm::ES256).is_err());
        assert!((tools.ed_pub_components_from_private_key)(&public, &EllipticCurve::Ed25519).is_err());
        for hash in [ThumbprintHash::SHA256, ThumbprintHash::SHA384, ThumbprintHash::SHA512] {
            assert!((tools.compute_digest)(&public, hash).is_err());
        }
        let jwk = Jwk::from_decoding_key(&readers[0], None).unwrap();
        assert!(jwk.thumbprint(ThumbprintHash::SHA256).is_err());
        assert!(Jwk::from_decoding_key(&readers[3], None).is_err());
    }
}

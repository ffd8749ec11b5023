//! DPoP proofs (RFC 9449): parsing, and comparison with the request. The caller verifies the signature with its own
//! crypto and detects replays with its own memory.

use serde::Deserialize;
use url::Url;

use crate::jwk::{ProofKey, RawJwk, Thumbprint, sha256_b64};
use crate::time::UnixSeconds;
use crate::wire::b64;
use crate::wire::json;

/// Maximum length of a proof, in bytes.
pub const MAX_PROOF: usize = 4096;
/// How far `iat` may differ from the current time at the token endpoint, in seconds. There each proof is accepted
/// exactly once.
pub const TOKEN_WINDOW: i64 = 300;
/// How far `iat` may differ from the current time at the gate, in seconds. There only the isolate that saw a proof
/// remembers it.
pub const GATE_WINDOW: i64 = 60;

/// Why a proof is rejected (RFC 9449 section 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DpopError {
    /// Not a compact JWS of type `dpop+jwt` with one public key and the required claims.
    #[error("the DPoP proof is malformed")]
    Malformed,
    /// The algorithm or key type is not supported.
    #[error("the DPoP proof must use ES256 or EdDSA")]
    Algorithm,
    /// The proof was made for another method or URL.
    #[error("the DPoP proof is for another request")]
    OtherRequest,
    /// The proof was made too long ago, or lies in the future.
    #[error("the DPoP proof is too old or lies in the future; check the clock")]
    Time,
    /// The proof was made for another access token, or for none.
    #[error("the DPoP proof is for another access token")]
    OtherToken,
    /// The signature does not match the key.
    #[error("the DPoP proof's signature is invalid")]
    Signature,
}

#[derive(Deserialize)]
struct Header {
    typ: String,
    alg: String,
    jwk: RawJwk,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: f64,
    #[serde(default)]
    ath: Option<String>,
}

/// A parsed proof whose signature has not been verified yet.
#[derive(Debug)]
pub struct Proof<'a> {
    /// The key that the proof presents.
    pub key: ProofKey,
    /// The signed bytes: header and payload as they stand in the proof.
    pub signing_input: &'a str,
    /// 64 bytes: r and s for ES256, or the Ed25519 signature.
    pub signature: Vec<u8>,
    /// The proof's `iat`.
    pub issued_at: UnixSeconds,
    htm: String,
    htu: String,
    ath: Option<String>,
    jti: String,
}

impl<'a> Proof<'a> {
    /// Parses the value of a `DPoP` header.
    pub fn parse(header: &'a str) -> Result<Self, DpopError> {
        if header.len() > MAX_PROOF {
            return Err(DpopError::Malformed);
        }
        let (signing_input, signature) = header.rsplit_once('.').ok_or(DpopError::Malformed)?;
        let (head, claims) = signing_input.split_once('.').ok_or(DpopError::Malformed)?;
        let decode = |part: &str| b64::decode(part).ok_or(DpopError::Malformed);
        let head: Header = json::read_bytes(&decode(head)?).ok_or(DpopError::Malformed)?;
        if head.typ != "dpop+jwt" || head.crit.is_some() {
            return Err(DpopError::Malformed);
        }
        let key = ProofKey::from_jwk(&head.jwk).ok_or(DpopError::Algorithm)?;
        match (&key, head.alg.as_str()) {
            (ProofKey::P256 { .. }, "ES256") | (ProofKey::Ed25519 { .. }, "EdDSA" | "Ed25519") => {}
            _ => return Err(DpopError::Algorithm),
        }
        let claims: Claims = json::read_bytes(&decode(claims)?).ok_or(DpopError::Malformed)?;
        let signature = decode(signature)?;
        if signature.len() != 64 || claims.jti.is_empty() || claims.jti.len() > 256 || !claims.iat.is_finite() {
            return Err(DpopError::Malformed);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "finite, and saturating: an absurd iat fails the window"
        )]
        let issued_at = UnixSeconds(claims.iat as i64);
        Ok(Self {
            key,
            signing_input,
            signature,
            issued_at,
            htm: claims.htm,
            htu: claims.htu,
            ath: claims.ath,
            jti: claims.jti,
        })
    }

    /// The thumbprint of the proof's key.
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        self.key.thumbprint()
    }

    /// The hash to remember the proof by, given its key's thumbprint.
    #[must_use]
    pub fn jti_hash(&self, jkt: &Thumbprint) -> String {
        sha256_b64(format!("{}.{}", jkt.as_str(), self.jti))
    }

    /// Compares the claims with the request that carried the proof. `url` is the request's URL; query and fragment are
    /// ignored. `ath` is the hash of the access token, if there is one ([`sha256_b64`]).
    pub fn check(
        &self,
        method: &str,
        url: &str,
        now: UnixSeconds,
        window: i64,
        ath: Option<&str>,
    ) -> Result<(), DpopError> {
        if self.htm != method || !same_target(&self.htu, url) {
            return Err(DpopError::OtherRequest);
        }
        if now.since(self.issued_at).saturating_abs() > window {
            return Err(DpopError::Time);
        }
        match ath {
            Some(_) if self.ath.as_deref() != ath => Err(DpopError::OtherToken),
            _ => Ok(()),
        }
    }
}

fn without_query(url: &str) -> &str {
    url.split(['?', '#']).next().unwrap_or_default()
}

/// Whether two URLs denote the same target after the normalisation of RFC 3986 sections 6.2.2 and 6.2.3.
fn same_target(left: &str, right: &str) -> bool {
    let (left, right) = (without_query(left), without_query(right));
    left == right
        || match (Url::parse(left), Url::parse(right)) {
            (Ok(left), Ok(right)) => left == right,
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::{DpopError, Proof};
    use crate::jwk::sha256_b64;
    use crate::jws::public_key;
    use crate::time::UnixSeconds;
    use crate::wire::b64;

    fn proof(alg: &str, typ: &str, jwk: &str, claims: &serde_json::Value) -> String {
        let header = format!(r#"{{"typ":"{typ}","alg":"{alg}","jwk":{jwk}}}"#);
        format!(
            "{}.{}.{}",
            b64::encode(header),
            b64::encode(claims.to_string()),
            b64::encode([0; 64])
        )
    }

    fn jwk() -> String {
        format!(
            r#"{{"kty":"OKP","crv":"Ed25519","x":"{}"}}"#,
            b64::encode(public_key(&[1; 32]))
        )
    }

    fn claims() -> serde_json::Value {
        serde_json::json!({"jti": "a", "htm": "GET", "htu": "https://edge.example.com/t/aozora/gate/x", "iat": 1000, "ath": sha256_b64("token")})
    }

    const URL: &str = "https://edge.example.com/t/aozora/gate/x?page=2";

    #[test]
    fn fits_its_request_only() {
        let text = proof("EdDSA", "dpop+jwt", &jwk(), &claims());
        let proof = Proof::parse(&text).unwrap();
        let check = |method, url, now, token: Option<&str>| {
            proof.check(method, url, UnixSeconds(now), 60, token.map(sha256_b64).as_deref())
        };
        assert_eq!(check("GET", URL, 1060, Some("token")), Ok(()));
        assert_eq!(
            check(
                "GET",
                "https://EDGE.example.com:443/t/aozora/gate/x",
                1000,
                Some("token")
            ),
            Ok(())
        );
        assert_eq!(check("POST", URL, 1000, Some("token")), Err(DpopError::OtherRequest));
        assert_eq!(
            check("GET", "https://edge.example.com/t/aozora/gate/y", 1000, Some("token")),
            Err(DpopError::OtherRequest)
        );
        assert_eq!(
            check("GET", "https://evil.example.com/t/aozora/gate/x", 1000, Some("token")),
            Err(DpopError::OtherRequest)
        );
        assert_eq!(check("GET", URL, 1061, Some("token")), Err(DpopError::Time));
        assert_eq!(check("GET", URL, 939, Some("token")), Err(DpopError::Time));
        assert_eq!(check("GET", URL, 1000, Some("other")), Err(DpopError::OtherToken));
    }

    #[test]
    fn malformed_proofs_are_named() {
        let parse = |text: &str| Proof::parse(text).map(|_| ()).unwrap_err();
        assert_eq!(parse("a.b"), DpopError::Malformed);
        assert_eq!(parse(&proof("EdDSA", "jwt", &jwk(), &claims())), DpopError::Malformed);
        for alg in ["none", "HS256", "ES256", "RS256"] {
            assert_eq!(parse(&proof(alg, "dpop+jwt", &jwk(), &claims())), DpopError::Algorithm);
        }
        assert_eq!(
            parse(&proof("EdDSA", "dpop+jwt", r#"{"kty":"oct","k":"AAAA"}"#, &claims())),
            DpopError::Algorithm
        );
        let mut huge = claims();
        huge["jti"] = serde_json::json!("x".repeat(300));
        assert_eq!(parse(&proof("EdDSA", "dpop+jwt", &jwk(), &huge)), DpopError::Malformed);
        assert_eq!(parse(&"x".repeat(10_000)), DpopError::Malformed);
    }
}

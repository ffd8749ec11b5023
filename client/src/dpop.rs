//! DPoP proofs (RFC 9449): each request carries one signed statement that proves possession of the key.

use crate::error::Error;
use crate::key::ViewerKey;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use url::Url;

/// Name of the request header that carries the proof.
pub const PROOF_HEADER: &str = "DPoP";
const TYP: &str = "dpop+jwt";
const NONCE_HEADER: &str = "DPoP-Nonce";
const NONCE_WANTED: &str = "use_dpop_nonce";

/// The content of a proof. `sign` adds `jti` and the signature.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    /// HTTP method.
    pub method: &'a str,
    /// The request's URL; the proof omits query and fragment (RFC 9449 section 4.2).
    pub url: &'a str,
    /// Seconds since 1970.
    pub issued_at: u64,
    /// The access token in the same request, for `ath`; `None` at the token endpoint.
    pub access_token: Option<&'a str>,
    /// The nonce that the server requested.
    pub nonce: Option<&'a str>,
}

impl Proof<'_> {
    /// Returns the proof as a compact JWS with a fresh random `jti`.
    pub fn sign(&self, key: &ViewerKey) -> Result<String, Error> {
        let mut random = [0u8; 16];
        getrandom::fill(&mut random).map_err(|_| Error::Protocol("no random source"))?;
        self.sign_with_id(key, &URL_SAFE_NO_PAD.encode(random))
    }

    fn sign_with_id(&self, key: &ViewerKey, jti: &str) -> Result<String, Error> {
        let mut url = Url::parse(self.url).map_err(|_| Error::Protocol("an endpoint is not a URL"))?;
        url.set_query(None);
        url.set_fragment(None);
        let mut claims = Map::new();
        claims.insert("jti".to_owned(), Value::from(jti));
        claims.insert("htm".to_owned(), Value::from(self.method));
        claims.insert("htu".to_owned(), Value::from(url.as_str()));
        claims.insert("iat".to_owned(), Value::from(self.issued_at));
        if let Some(token) = self.access_token {
            let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()));
            claims.insert("ath".to_owned(), Value::from(hash));
        }
        if let Some(nonce) = self.nonce {
            claims.insert("nonce".to_owned(), Value::from(nonce));
        }
        Ok(key.sign_claims(TYP, &claims))
    }
}

/// The nonce to retry a request with, when a token endpoint's response asks for one (RFC 9449 section 8). Only
/// `use_dpop_nonce` may lead to a retry: retrying after another error would use up activation attempts.
pub fn nonce_after_oauth_error(error: &str, headers: &HeaderMap) -> Option<String> {
    if error == NONCE_WANTED { nonce(headers) } else { None }
}

/// The same for a protected resource, which sends the nonce challenge in `WWW-Authenticate` (RFC 9449 section 9).
pub fn nonce_after_challenge(headers: &HeaderMap) -> Option<String> {
    let asked = headers
        .get_all(WWW_AUTHENTICATE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|challenge| challenge.contains(NONCE_WANTED));
    if asked { nonce(headers) } else { None }
}

fn nonce(headers: &HeaderMap) -> Option<String> {
    headers.get(NONCE_HEADER)?.to_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::Proof;
    use crate::key::ViewerKey;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use ed25519_dalek::{Signature, VerifyingKey};
    use serde_json::{Value, json};
    use sha2::{Digest as _, Sha256};

    fn decode(part: &str) -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    #[test]
    fn a_proof_names_method_url_time_token_and_nonce_and_is_signed_by_the_key_in_it() {
        let key = ViewerKey::from_seed([3; 32]);
        let proof = Proof {
            method: "GET",
            url: "https://edge.example/t/aozora/gate/målinger?fra=1#x",
            issued_at: 1_700_000_000,
            access_token: Some("at"),
            nonce: Some("n-1"),
        };
        let jws = proof.sign_with_id(&key, "id-1").unwrap();
        let parts: Vec<&str> = jws.split('.').collect();
        assert_eq!(
            decode(parts[0]),
            json!({"typ":"dpop+jwt","alg":"EdDSA","jwk":key.public_jwk()})
        );
        let ath = URL_SAFE_NO_PAD.encode(Sha256::digest(b"at"));
        assert_eq!(
            decode(parts[1]),
            json!({"jti": "id-1", "htm": "GET", "htu": "https://edge.example/t/aozora/gate/m%C3%A5linger",
                   "iat": 1_700_000_000, "ath": ath, "nonce": "n-1"})
        );
        let x: [u8; 32] = URL_SAFE_NO_PAD.decode(key.public_jwk().x).unwrap().try_into().unwrap();
        let signature: [u8; 64] = URL_SAFE_NO_PAD.decode(parts[2]).unwrap().try_into().unwrap();
        let signed = format!("{}.{}", parts[0], parts[1]);
        VerifyingKey::from_bytes(&x)
            .unwrap()
            .verify_strict(signed.as_bytes(), &Signature::from_bytes(&signature))
            .unwrap();
    }

    #[test]
    fn no_two_proofs_share_their_id() {
        let key = ViewerKey::from_seed([3; 32]);
        let proof = Proof {
            method: "POST",
            url: "https://edge.example/",
            issued_at: 1,
            access_token: None,
            nonce: None,
        };
        assert_ne!(proof.sign(&key).unwrap(), proof.sign(&key).unwrap());
    }
}

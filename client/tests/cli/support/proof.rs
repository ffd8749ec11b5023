//! Checks a DPoP proof the way an edge does, independently of the client's own code.

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Verifies the proof in `headers` for this request and returns the thumbprint of its key and its claims.
pub(crate) fn check(
    headers: &HeaderMap,
    method: &str,
    url: &str,
    token: Option<&str>,
) -> Result<(String, Value), String> {
    let proof = headers
        .get("DPoP")
        .and_then(|value| value.to_str().ok())
        .ok_or("no proof")?;
    let (signed, signature) = proof.rsplit_once('.').ok_or("no signature")?;
    let (header, claims) = signed.split_once('.').ok_or("no claims")?;
    let (header, claims) = (json(header)?, json(claims)?);
    let jwk = &header["jwk"];
    let x = jwk["x"].as_str().ok_or("no key")?;
    let key: [u8; 32] = decode(x)?.try_into().map_err(|_| "key length")?;
    let signature = Signature::from_slice(&decode(signature)?).map_err(|error| error.to_string())?;
    let key = VerifyingKey::from_bytes(&key).map_err(|error| error.to_string())?;
    key.verify_strict(signed.as_bytes(), &signature)
        .map_err(|error| error.to_string())?;
    let expected = [
        ("typ", &header["typ"], Value::from("dpop+jwt")),
        ("alg", &header["alg"], Value::from("EdDSA")),
        ("htm", &claims["htm"], Value::from(method)),
        ("htu", &claims["htu"], Value::from(url)),
        (
            "ath",
            &claims["ath"],
            token.map_or(Value::Null, |token| Value::from(hash(token))),
        ),
    ];
    for (name, found, expected) in expected {
        if *found != expected {
            return Err(format!("{name}: {found} is not {expected}"));
        }
    }
    Ok((hash(&format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#)), claims))
}

fn hash(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

fn decode(text: &str) -> Result<Vec<u8>, String> {
    URL_SAFE_NO_PAD.decode(text).map_err(|error| error.to_string())
}

fn json(part: &str) -> Result<Value, String> {
    serde_json::from_slice(&decode(part)?).map_err(|error| error.to_string())
}

//! Tampering: texts with one byte changed, and JWS built by hand.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// `text` with another character of the same alphabet at `position`.
pub fn changed(text: &str, position: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[position] = if bytes[position] == b'a' { b'b' } else { b'a' };
    String::from_utf8(bytes).expect("ASCII stays ASCII")
}

/// Every `step`th position of `text`, and its last three.
pub fn positions(text: &str, step: usize) -> impl Iterator<Item = usize> {
    let length = text.len();
    (0..length).filter(move |position| position % step == 0 || position + 3 >= length)
}

/// The JSON of one part of a compact JWS.
pub fn part(jws: &str, number: usize) -> Value {
    let encoded = jws.split('.').nth(number).expect("a JWS has three parts");
    let decoded = URL_SAFE_NO_PAD.decode(encoded).expect("base64url");
    serde_json::from_slice(&decoded).expect("JSON")
}

/// The first two parts of a JWS, to be signed.
pub fn signing_input(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()))
}

/// Base64url.
pub fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Bytes of base64url.
pub fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).expect("base64url")
}

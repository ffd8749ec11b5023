//! Strict base64url without padding (RFC 7515 section 2): each value has exactly one encoding, so changing any byte of
//! a token changes what it says.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

/// Encodes `bytes`.
#[must_use]
pub fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Decodes `text`; `None` unless it is a canonical encoding.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Encodes `bytes` in standard base64 (RFC 4648 section 4), for files.
#[must_use]
pub fn encode_standard(bytes: impl AsRef<[u8]>) -> String {
    STANDARD.encode(bytes)
}

/// Decodes standard base64; `None` unless it is a canonical encoding.
#[must_use]
pub fn decode_standard(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn trailing_bits_must_be_zero() {
        assert_eq!(encode([0xff]), "_w");
        assert_eq!(decode("_w"), Some(vec![0xff]));
        assert_eq!(decode("_x"), None);
        assert_eq!(decode("_w=="), None);
    }
}

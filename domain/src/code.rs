//! Codes that people type: the user code, the activation code and the first password. Mailed codes are never stored,
//! not even while their mail waits in the outbox. They are derived from a keyring key and the record they belong to,
//! once when the mail is written and once when the entered code is checked.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::random::Random;
use crate::unicode::nfkc;

/// Digits and letters that cannot be mistaken for each other: no 0, 1, I, L, O, U.
pub const CODE_ALPHABET: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Consonants only, so that no word appears (RFC 8628 section 6.1).
pub const USER_CODE_ALPHABET: &[u8] = b"BCDFGHJKLMNPQRSTVWXZ";
/// Length of an activation code in characters; 49 bits of entropy.
pub const ACTIVATION_CODE_LENGTH: usize = 10;
/// Length of a provider's verification code in characters; 49 bits of entropy.
pub const VERIFICATION_CODE_LENGTH: usize = 10;
/// Length of a user code in characters; 34 bits of entropy (RFC 8628 section 6.1).
pub const USER_CODE_LENGTH: usize = 8;
/// Length of a first password in characters; 73 bits of entropy.
pub const FIRST_PASSWORD_LENGTH: usize = 15;

/// Maps a byte to a character of `alphabet`. Rejects bytes beyond the last whole multiple of its length, so that every
/// character is equally likely.
fn unbiased(alphabet: &[u8], byte: u8) -> Option<char> {
    let size = u8::try_from(alphabet.len()).ok()?;
    let limit = u8::MAX.checked_div(size)?.checked_mul(size)?;
    if byte >= limit {
        return None;
    }
    alphabet
        .get(usize::from(byte.checked_rem(size)?))
        .map(|b| char::from(*b))
}

/// A random code of `length` characters from `alphabet`.
#[must_use]
pub fn random_code(random: &dyn Random, alphabet: &[u8], length: usize) -> String {
    let mut code = String::with_capacity(length);
    while code.len() < length {
        let mut block = [0; 16];
        random.fill(&mut block);
        code.extend(
            block
                .iter()
                .filter_map(|byte| unbiased(alphabet, *byte))
                .take(length.saturating_sub(code.len())),
        );
    }
    code
}

/// HMAC-SHA256 of `parts` under `key`. Parts are length-prefixed, so that no two lists of parts give the same input.
#[must_use]
pub fn mac(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    // HMAC accepts a key of 32 bytes; if it ever failed, no code would match.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return [0; 32];
    };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().into()
}

/// PBKDF2 with HMAC-SHA256 (RFC 8018 section 5.2), the first block. It makes a stored hash of a code that people type
/// expensive to guess from; the entropy of such a code alone would not.
#[must_use]
pub fn stretched(secret: &[u8], salt: &[u8], rounds: u32) -> [u8; 32] {
    // HMAC accepts a key of any length.
    let Ok(keyed) = Hmac::<Sha256>::new_from_slice(secret) else {
        return [0; 32];
    };
    let next = |parts: [&[u8]; 2]| -> [u8; 32] {
        let mut mac = keyed.clone();
        for part in parts {
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    };
    let mut last = next([salt, &1_u32.to_be_bytes()]);
    let mut all = last;
    for _ in 1..rounds {
        last = next([&last, &[]]);
        for (sum, byte) in all.iter_mut().zip(last) {
            *sum ^= byte;
        }
    }
    all
}

/// The code of `length` characters that `key` yields for `parts`: deterministic, and unguessable without the key.
#[must_use]
pub fn derived_code(key: &[u8; 32], parts: &[&str], length: usize) -> String {
    let mut code = String::with_capacity(length);
    let mut round = 0_u32;
    while code.len() < length {
        let counter = round.to_string();
        let block = mac(key, &[&["code", &counter], parts].concat());
        code.extend(
            block
                .iter()
                .filter_map(|byte| unbiased(CODE_ALPHABET, *byte))
                .take(length.saturating_sub(code.len())),
        );
        round = round.wrapping_add(1);
    }
    code
}

/// A code in groups of `group` characters joined by hyphens, as people read and type it.
#[must_use]
pub fn grouped(code: &str, group: usize) -> String {
    let characters: Vec<char> = code.chars().collect();
    characters
        .chunks(group.max(1))
        .map(|chunk| chunk.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-")
}

/// The code a person meant to type: full-width forms folded (an input method may be on), in upper case, without spaces
/// and hyphens. `None` if it is longer than any code.
#[must_use]
pub fn normalized(typed: &str) -> Option<String> {
    if typed.len() > 256 {
        return None;
    }
    let dashes = [
        '-', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}', '\u{30fc}',
    ];
    Some(
        nfkc(typed)
            .chars()
            .filter(|c| !c.is_whitespace() && !dashes.contains(c))
            .flat_map(char::to_uppercase)
            .collect(),
    )
}

/// A code of `length` characters from `alphabet`, as the person meant it. `None` if the input cannot be such a code,
/// because it is empty, too short, too long, or contains other characters. The form then says so, and the attempt is
/// not counted.
fn well_formed(typed: &str, alphabet: &[u8], length: usize) -> Option<String> {
    normalized(typed).filter(|code| code.len() == length && code.bytes().all(|byte| alphabet.contains(&byte)))
}

/// The activation code that a person meant; `None` if the input cannot be one.
#[must_use]
pub fn activation_code(typed: &str) -> Option<String> {
    well_formed(typed, CODE_ALPHABET, ACTIVATION_CODE_LENGTH)
}

/// The verification code that a person meant; `None` if the input cannot be one.
#[must_use]
pub fn verification_code(typed: &str) -> Option<String> {
    well_formed(typed, CODE_ALPHABET, VERIFICATION_CODE_LENGTH)
}

/// The user code that a person meant; `None` if the input cannot be one.
#[must_use]
pub fn user_code(typed: &str) -> Option<String> {
    well_formed(typed, USER_CODE_ALPHABET, USER_CODE_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::{
        CODE_ALPHABET, USER_CODE_ALPHABET, activation_code, derived_code, grouped, mac, normalized, random_code,
        stretched, user_code,
    };
    use crate::random::CountingRandom;

    #[test]
    fn codes_use_their_alphabet() {
        let code = random_code(&CountingRandom::new(3), USER_CODE_ALPHABET, 8);
        assert_eq!(code.len(), 8);
        assert!(code.bytes().all(|b| USER_CODE_ALPHABET.contains(&b)));
        let derived = derived_code(&[1; 32], &["activation", "x"], 10);
        assert!(derived.len() == 10 && derived.bytes().all(|b| CODE_ALPHABET.contains(&b)));
    }

    #[test]
    fn derivation_unchanged() {
        // A code mailed yesterday is entered today: a different result here breaks every code in transit.
        assert_eq!(
            derived_code(&[1; 32], &["activation", "aozora", "r1"], 10),
            "ZB56798VZM"
        );
        assert_ne!(
            derived_code(&[1; 32], &["activation", "aozora", "r1"], 10),
            derived_code(&[1; 32], &["activation", "aozora", "r2"], 10)
        );
        assert_ne!(mac(&[1; 32], &["ab", "c"]), mac(&[1; 32], &["a", "bc"]));
    }

    #[test]
    fn stretching_is_pbkdf2() {
        // RFC 7914 section 11, the first half of each result.
        let hex = |bytes: [u8; 32]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(
            hex(stretched(b"passwd", b"salt", 1)),
            "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        );
        assert_eq!(
            hex(stretched(b"Password", b"NaCl", 80_000)),
            "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56"
        );
    }

    #[test]
    fn typing_is_forgiven() {
        for typed in [
            "ABCDE-23456",
            "abcde 23456",
            "ＡＢＣＤＥ－２３４５６",
            " abcde\u{2013}23456\u{3000}",
            "ａｂｃｄｅー２３４５６",
        ] {
            assert_eq!(normalized(typed).as_deref(), Some("ABCDE23456"), "{typed}");
        }
        assert_eq!(normalized(&"A".repeat(10_000)), None);
    }

    #[test]
    fn what_cannot_be_a_code_is_told_from_a_wrong_one() {
        assert_eq!(activation_code("ａｂｃｄｅ-２３４５６").as_deref(), Some("ABCDE23456"));
        assert_eq!(user_code("bcdf ghjk").as_deref(), Some("BCDFGHJK"));
        for bad in [
            "",
            " - ",
            "ABCDE-2345",
            "ABCDE-234567",
            "ABCDE-2345O",
            "ABCDE-2345\u{e9}",
            "あいうえおかきくけこ",
            "BCDF-GHJK",
        ] {
            assert_eq!(activation_code(bad), None, "{bad}");
        }
        for bad in ["", "BCDF-GHJ", "BCDF-GHJKL", "ABCD-EFGH", "BCDF-GHJ2", "ABCDE-23456"] {
            assert_eq!(user_code(bad), None, "{bad}");
        }
    }

    #[test]
    fn groups() {
        assert_eq!(grouped("ABCDE23456", 5), "ABCDE-23456");
        assert_eq!(grouped("BCDFGHJK", 4), "BCDF-GHJK");
    }
}

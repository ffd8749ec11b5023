//! Serial numbers. Two people may type the number on one nameplate in different ways: in full-width characters, in
//! lower case, with another dash. Letters that only look like Latin ones are refused, since nobody could tell the two
//! numbers apart.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::phonetic::is_hyphen;
use crate::unicode::nfkc;

/// Longest serial number, in characters.
const MOST: usize = 64;

/// A serial number: 1 to 64 printable ASCII characters, at least one of them a letter or digit. Full-width characters
/// and other dashes are converted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
#[serde(try_from = "String")]
pub struct SerialNumber(String);

impl SerialNumber {
    /// Converts and checks `text`.
    ///
    /// # Errors
    /// [`FieldError`] on `serial_number`.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        const DETAIL: &str = "must be 1 to 64 letters from A to Z, digits and punctuation marks";
        let refuse = || FieldError::new("serial_number", DETAIL);
        if text.len() > MOST.saturating_mul(8) {
            return Err(refuse());
        }
        let plain: String = nfkc(text).chars().map(|c| if is_hyphen(c) { '-' } else { c }).collect();
        let folded = plain
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        let printable = folded.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        if printable && folded.len() <= MOST && folded.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
            Ok(Self(folded))
        } else {
            Err(refuse())
        }
    }

    /// The number as it was written, in ASCII.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which two numbers are compared.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_uppercase()
    }
}

impl TryFrom<String> for SerialNumber {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::SerialNumber;

    #[test]
    fn one_number_has_one_key_however_it_is_typed() {
        for typed in [
            "TG-2041/b",
            " tg-2041/B ",
            "ＴＧ－２０４１／ｂ",
            "TG\u{2010}2041/b",
            "TG\u{2212}2041/b",
            "\u{3000}Tg-2041/b\u{3000}",
        ] {
            assert_eq!(SerialNumber::parse(typed).unwrap().key(), "TG-2041/B", "{typed}");
        }
        assert_eq!(SerialNumber::parse("A  1").unwrap().key(), "A 1");
        assert_eq!(SerialNumber::parse("ab-1").unwrap().as_str(), "ab-1");
        let different = ["A1", "A-1", "A 1", "A.1", "AI", "Al2"].map(|text| SerialNumber::parse(text).unwrap().key());
        for (at, key) in different.iter().enumerate() {
            assert!(!different[at + 1..].contains(key), "{key}");
        }
    }

    #[test]
    fn what_looks_like_another_number_is_refused() {
        for bad in [
            "",
            " ",
            "-",
            "ТG-2041",
            "TG-2041\u{0410}",
            "ΑB-1",
            "TG\u{200b}-2041",
            "TG\u{202e}2041",
            "TG-\n2041",
            "TG\t2041",
            "製造-1",
            "TG－ー1",
            "tg\u{0130}1",
        ] {
            let error = SerialNumber::parse(bad).unwrap_err();
            assert_eq!(error.field, "serial_number", "{bad:?}");
        }
        assert!(SerialNumber::parse(&"A".repeat(64)).is_ok());
        assert!(SerialNumber::parse(&"A".repeat(65)).is_err());
        assert!(SerialNumber::parse(&"Ａ".repeat(10_000_000)).is_err());
    }
}

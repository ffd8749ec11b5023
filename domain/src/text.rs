//! Short texts that people type: names of people, companies and PCs, and reasons.
//!
//! Such a text ends up in mails, pages and the audit log, in front of someone who decides by it. So it is normalised
//! once (NFC, white space folded), bounded, and free of what could make it read as something else: control characters
//! (header injection), bidirectional overrides, and characters that show nothing.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::unicode::nfc;

fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Normalises `text` and checks it against `max` characters. `field` names it in the error.
///
/// # Errors
/// [`FieldError`] when it is empty, too long, or holds a character that is not for reading.
pub fn bounded(field: &str, text: &str, max: usize) -> Result<String, FieldError> {
    if text.len() > max.saturating_mul(4) {
        return Err(FieldError::new(
            field,
            &format!("must be at most {max} characters long"),
        ));
    }
    if text.chars().any(|c| c.is_control() || shows_nothing(c) || private(c)) {
        return Err(FieldError::new(
            field,
            "holds control characters or characters that cannot be seen",
        ));
    }
    let folded = nfc(text).split_whitespace().collect::<Vec<_>>().join(" ");
    match folded.chars().count() {
        0 => Err(FieldError::new(field, "must not be empty")),
        length if length > max => Err(FieldError::new(
            field,
            &format!("must be at most {max} characters long"),
        )),
        _ => Ok(folded),
    }
}

macro_rules! bounded_text {
    ($(#[$doc:meta])* $name:ident, $field:literal, $max:tt) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = $max))]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Normalises and checks `text`.
            ///
            /// # Errors
            /// [`FieldError`] as [`bounded`] says.
            pub fn parse(text: &str) -> Result<Self, FieldError> {
                bounded($field, text, $max).map(Self)
            }

            /// The normalised text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = FieldError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

bounded_text!(
    /// A person's name, 1 to 100 characters.
    PersonName, "name", 100
);
bounded_text!(
    /// A company's or tenant's name, 1 to 100 characters.
    OrganizationName, "organization", 100
);
bounded_text!(
    /// What a PC is called, 1 to 100 characters.
    DeviceName, "device_name", 100
);
bounded_text!(
    /// Why an approver refused, 1 to 500 characters.
    Reason, "reason", 500
);
bounded_text!(
    /// What a free question is about, 1 to 120 characters.
    QuestionTitle, "title", 120
);
bounded_text!(
    /// The asker's own name for the matter of a question, such as a ticket's number, 1 to 100 characters.
    QuestionReference, "reference", 100
);

#[cfg(test)]
mod tests {
    use super::{PersonName, Reason};

    #[test]
    fn names_are_normalised() {
        assert_eq!(PersonName::parse("  佐藤\u{3000}花子 ").unwrap().as_str(), "佐藤 花子");
        assert_eq!(PersonName::parse("カ\u{3099}").unwrap().as_str(), "ガ");
    }

    #[test]
    fn what_could_deceive_a_reader_is_refused() {
        for bad in [
            "",
            "   ",
            "a\r\nBcc: x@example.com",
            "a\u{202e}b",
            "a\u{200b}b",
            "\u{3164}",
            "a\0",
            "a\u{e000}",
        ] {
            assert!(PersonName::parse(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn length_counts_characters() {
        assert!(PersonName::parse(&"漢".repeat(100)).is_ok());
        assert!(PersonName::parse(&"漢".repeat(101)).is_err());
        assert!(Reason::parse(&"x".repeat(10_000_000)).is_err());
    }
}

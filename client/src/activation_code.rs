//! The activation code that a person copies from a mail, accepted the way people type it: in lower case, with or
//! without the hyphen, or in the full-width forms a Japanese keyboard produces. It is checked here first, because the
//! edge counts every wrong attempt.

use crate::error::Error;
use std::fmt;
use tegata_domain::code::activation_code;

/// A well-formed activation code in its canonical form, without separators. `Debug` is redacted.
#[derive(Clone, PartialEq, Eq)]
pub struct ActivationCode(String);

impl ActivationCode {
    /// Parses typed input. Errors: `InvalidInput` with field `activation_code` when it is not a well-formed code.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let code = activation_code(text).ok_or(Error::InvalidInput {
            field: "activation_code",
        })?;
        Ok(Self(code))
    }

    /// The canonical form, as sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ActivationCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ActivationCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::ActivationCode;

    #[test]
    fn the_forms_people_type_are_one_code() {
        for typed in [
            "ABCDE-23456",
            "abcde 23456",
            " ABCDE23456\n",
            "ＡＢＣＤＥ－２３４５６",
            "ａｂｃｄｅー２３４５６",
            "AB-CD-E2-34-56",
        ] {
            assert_eq!(ActivationCode::parse(typed).unwrap().as_str(), "ABCDE23456", "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_a_code_costs_no_try() {
        for typed in [
            "",
            "ABCDE-2345",
            "ABCDE-234567",
            "ABCDE-23450",
            "ABCDE-2345I",
            "ÆBCDE-23456",
            "あいうえおかきくけこ",
        ] {
            assert!(ActivationCode::parse(typed).is_err(), "{typed}");
        }
    }
}

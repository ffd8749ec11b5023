//! What a provider is known by on a machine: the organisation id, which stays, and the verification code, which it
//! renews. Together they only allow a machine to ask; they are printed in manuals and known to many.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::code::{CODE_ALPHABET, VERIFICATION_CODE_LENGTH, grouped, normalized, random_code, stretched};
use crate::error::FieldError;
use crate::random::{self, Random};
use crate::secret::same;
use crate::time::UnixSeconds;
use crate::wire::b64;

/// Length of an organisation id, in digits.
const DIGITS: usize = 8;
/// Rounds by which the stored hash of a verification code is stretched; some milliseconds.
const ROUNDS: u32 = 10_000;

/// The organisation id of a provider: eight digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 8, max_length = 8, pattern = "^[1-9][0-9]{7}$")
)]
#[serde(try_from = "String")]
pub struct OrganizationNumber(String);

impl OrganizationNumber {
    /// A random id. It does not begin with 0, which a spreadsheet would drop.
    #[must_use]
    pub fn generate(random: &dyn Random) -> Self {
        let first = random_code(random, b"123456789", 1);
        Self(first + &random_code(random, b"0123456789", DIGITS.saturating_sub(1)))
    }

    /// The id that a person meant to type: full-width digits, spaces and dashes are accepted.
    ///
    /// # Errors
    /// [`FieldError`] on `organization`.
    pub fn parse(typed: &str) -> Result<Self, FieldError> {
        normalized(typed)
            .filter(|text| text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit()))
            .filter(|text| !text.starts_with('0'))
            .map(Self)
            .ok_or_else(|| FieldError::new("organization", "must be an organisation id of eight digits"))
    }

    /// The eight digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for OrganizationNumber {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for OrganizationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is stored of a verification code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCode {
    salt: String,
    hash: String,
    /// When it was issued.
    pub issued_at: UnixSeconds,
}

impl fmt::Debug for StoredCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoredCode({})", self.issued_at.0)
    }
}

impl StoredCode {
    /// A new code: as it is shown, once, in two groups, and as it is stored.
    #[must_use]
    pub fn issue(random: &dyn Random, now: UnixSeconds) -> (String, Self) {
        let code = random_code(random, CODE_ALPHABET, VERIFICATION_CODE_LENGTH);
        let salt = b64::encode(random::bytes::<16>(random));
        let stored = Self {
            hash: hash(&code, &salt),
            salt,
            issued_at: now,
        };
        (grouped(&code, 5), stored)
    }

    /// Whether `code`, normalised, is the one that was issued.
    #[must_use]
    pub fn matches(&self, code: &str) -> bool {
        same(&hash(code, &self.salt), &self.hash)
    }
}

fn hash(code: &str, salt: &str) -> String {
    b64::encode(stretched(code.as_bytes(), salt.as_bytes(), ROUNDS))
}

/// What a provider is known by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceOrganization {
    /// The organisation id.
    pub number: OrganizationNumber,
    /// The verification code.
    pub code: StoredCode,
}

/// What a provider is known by, as its administrators see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServiceOrganizationView {
    /// The organisation id; null until the first verification code is issued.
    pub organization: Option<OrganizationNumber>,
    /// When the current verification code was issued; null if there is none.
    pub code_issued_at: Option<UnixSeconds>,
}

/// A new verification code, shown once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct VerificationCodeIssued {
    /// The organisation id.
    pub organization: OrganizationNumber,
    /// The verification code. It is not shown again, and the one before has ended.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[2-9A-Z]{5}-[2-9A-Z]{5}$"))]
    pub verification_code: String,
    /// When it was issued.
    pub code_issued_at: UnixSeconds,
}

impl fmt::Debug for VerificationCodeIssued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerificationCodeIssued({})", self.organization)
    }
}

#[cfg(test)]
mod tests {
    use super::{OrganizationNumber, StoredCode};
    use crate::code::verification_code;
    use crate::random::CountingRandom;
    use crate::time::UnixSeconds;

    #[test]
    fn an_organisation_id_is_eight_digits_however_they_are_typed() {
        let number = OrganizationNumber::generate(&CountingRandom::new(3));
        assert_eq!(OrganizationNumber::parse(number.as_str()), Ok(number));
        for typed in ["12345678", " 1234 5678 ", "1234-5678", "１２３４－５６７８"] {
            assert_eq!(
                OrganizationNumber::parse(typed).unwrap().as_str(),
                "12345678",
                "{typed}"
            );
        }
        for bad in ["", "1234567", "123456789", "01234567", "1234567a", "一二三四五六七八"] {
            assert_eq!(
                OrganizationNumber::parse(bad).unwrap_err().field,
                "organization",
                "{bad}"
            );
        }
    }

    #[test]
    fn a_verification_code_is_recognised_and_not_stored() {
        let random = CountingRandom::new(5);
        let (shown, stored) = StoredCode::issue(&random, UnixSeconds(7));
        let code = verification_code(&shown.to_lowercase()).unwrap();
        assert!(stored.matches(&code));
        assert!(!stored.matches("2222222222"));
        assert!(!serde_json::to_string(&stored).unwrap().contains(&code));
        let (_, renewed) = StoredCode::issue(&random, UnixSeconds(8));
        assert!(!renewed.matches(&code), "the one before has ended");
    }
}

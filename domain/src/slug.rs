//! A tenant's domain (「利用ドメイン」): the name in its URLs.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;

/// Names that would look like part of the service itself.
const RESERVED: &[&str] = &[
    "admin",
    "api",
    "assets",
    "console",
    "docs",
    "edge",
    "export",
    "help",
    "login",
    "mail",
    "oauth",
    "operator",
    "provider",
    "root",
    "security",
    "static",
    "status",
    "support",
    "system",
    "tegata",
    "test-only",
    "well-known",
    "www",
];

/// 3 to 40 ASCII letters, digits and single hyphens, beginning and ending with a letter or digit, lower case.
///
/// Everything else is refused, even upper case: a slug is part of every issuer URL, and two spellings of one issuer, or
/// two that look the same, would be two identities.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(min_length = 3, max_length = 40, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")
)]
#[serde(try_from = "String")]
pub struct Slug(String);

impl Slug {
    /// Parses a slug.
    ///
    /// # Errors
    /// [`FieldError`] on `slug`, stating which rule is violated.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let refuse = |detail| Err(FieldError::new("slug", detail));
        if !(3..=40).contains(&text.len()) {
            return refuse("must be 3 to 40 characters long");
        }
        if !text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            return refuse("must contain only lower-case ASCII letters, digits and hyphens");
        }
        if text.starts_with('-') || text.ends_with('-') || text.contains("--") {
            return refuse("must not begin or end with a hyphen or contain two in a row");
        }
        if RESERVED.contains(&text) {
            return refuse("must not be a reserved name");
        }
        Ok(Self(text.to_owned()))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Slug {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Slug;

    #[test]
    fn plain_names_are_taken() {
        for good in ["aozora", "kita-support", "a1b", "2go"] {
            assert!(Slug::parse(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn look_alikes_and_ambiguities_are_refused() {
        for bad in [
            "", "ab", "Aozora", "аozora", "a--b", "xn--abc", "-abc", "abc-", "a.b.c", "a/b", "ａozora", "admin",
            "a b c",
        ] {
            assert!(Slug::parse(bad).is_err(), "{bad}");
        }
        assert!(Slug::parse(&"a".repeat(41)).is_err());
    }
}

//! The languages in which Tegata is available (B10).

use core::fmt;

use serde::{Deserialize, Serialize};

/// A language in which every text exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Japanese, the first language of most users.
    Ja,
    /// English.
    En,
    /// Danish.
    Da,
}

impl Locale {
    /// Every locale, in the order of the language switch.
    pub const ALL: [Self; 3] = [Self::Ja, Self::En, Self::Da];

    /// The BCP 47 tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
            Self::Da => "da",
        }
    }

    /// The language's own name for itself.
    #[must_use]
    pub const fn endonym(self) -> &'static str {
        match self {
            Self::Ja => "日本語",
            Self::En => "English",
            Self::Da => "Dansk",
        }
    }

    /// The locale of a BCP 47 tag, by its primary language (`ja-JP` is Japanese); `None` for other languages.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|locale| primary.eq_ignore_ascii_case(locale.tag()))
    }

    /// The first supported locale in an `Accept-Language` value (RFC 9110 section 12.5.4), in the order written,
    /// because browsers send the list sorted by preference.
    #[must_use]
    pub fn from_accept_language(value: &str) -> Option<Self> {
        value
            .split(',')
            .take(16)
            .find_map(|range| Self::from_tag(range.split(';').next().unwrap_or_default().trim()))
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn regional_tags_find_their_language() {
        assert_eq!(Locale::from_tag("ja-JP"), Some(Locale::Ja));
        assert_eq!(Locale::from_tag("DA"), Some(Locale::Da));
        assert_eq!(Locale::from_tag("fr"), None);
    }

    #[test]
    fn accept_language_takes_the_first_we_speak() {
        assert_eq!(
            Locale::from_accept_language("fr-CH, da;q=0.9, en;q=0.8"),
            Some(Locale::Da)
        );
        assert_eq!(Locale::from_accept_language("*"), None);
    }
}

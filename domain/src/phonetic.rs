//! Phonetic names (フリガナ, C3): full-width katakana, whatever way they were typed; and the folding that lists sort and
//! search by.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::text::bounded;
use crate::unicode::nfkc;

/// Hiragana as katakana; everything else as it is.
fn katakana(c: char) -> char {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' => {
            char::from_u32(u32::from(c).saturating_add(0x60)).unwrap_or(c)
        }
        other => other,
    }
}

/// A phonetic name in full-width katakana, 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
#[serde(try_from = "String")]
pub struct PhoneticName(String);

impl PhoneticName {
    /// Converts hiragana and half-width katakana, and checks what comes of it.
    ///
    /// # Errors
    /// [`FieldError`] when anything but katakana, the middle dot, the long vowel mark and spaces is left.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        const FIELD: &str = "phonetic_name";
        // Compatibility forms first: half-width kana become full-width, with their voicing marks.
        let wide = nfkc(&text.chars().take(500).collect::<String>())
            .chars()
            .map(katakana)
            .collect::<String>();
        let folded = bounded(FIELD, &wide, 100)?;
        let good = |c| matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fb}'..='\u{30fe}' | ' ');
        if text.chars().nth(500).is_none() && folded.chars().all(good) {
            return Ok(Self(folded));
        }
        Err(FieldError::new(
            FIELD,
            "must be katakana (hiragana and half-width katakana are converted), at most 100 characters",
        ))
    }

    /// The name in full-width katakana.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PhoneticName {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl fmt::Display for PhoneticName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The form in which texts are compared when somebody searches or sorts: compatibility forms, case and the two kana
/// scripts make no difference, and white space is one space.
#[must_use]
pub fn folded(text: &str) -> String {
    let plain = nfkc(text)
        .chars()
        .map(katakana)
        .flat_map(char::to_lowercase)
        .collect::<String>();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Most terms of one text. Each is stored, and texts are written by strangers too.
const MOST_TERMS: usize = 8;

/// What a text is found by: its folded form, and each of its words behind the first with what follows it, up to the eighth.
pub fn terms(text: &str) -> impl Iterator<Item = String> {
    let mut rest = Some(folded(text)).filter(|whole| !whole.is_empty());
    std::iter::from_fn(move || {
        let whole = rest.take()?;
        rest = whole.split_once(' ').map(|(_, behind)| behind.to_owned());
        Some(whole)
    })
    .take(MOST_TERMS)
}

#[cfg(test)]
mod tests {
    use super::{PhoneticName, folded, terms};

    #[test]
    fn hiragana_and_half_width_become_katakana() {
        for typed in ["サトウ ハナコ", "さとう　はなこ", "ｻﾄｳ ﾊﾅｺ", " サトウ  はなこ "] {
            assert_eq!(PhoneticName::parse(typed).unwrap().as_str(), "サトウ ハナコ", "{typed}");
        }
        assert_eq!(PhoneticName::parse("ﾋﾞｮｰﾝ・ゔぁ").unwrap().as_str(), "ビョーン・ヴァ");
    }

    #[test]
    fn anything_else_is_refused_with_the_reason() {
        for bad in ["佐藤", "Sato", "サトウ1", "", "サトウ😀", "サ\u{202e}トウ", "-"] {
            let error = PhoneticName::parse(bad).unwrap_err();
            assert_eq!(error.field, "phonetic_name", "{bad}");
        }
        assert!(PhoneticName::parse(&"ア".repeat(100)).is_ok());
        assert!(PhoneticName::parse(&"ア".repeat(101)).is_err());
        assert!(PhoneticName::parse(&"ｱ".repeat(10_000_000)).is_err());
    }

    #[test]
    fn searching_takes_one_spelling() {
        assert_eq!(folded("ＳＡＴＯ　Hanako"), "sato hanako");
        assert_eq!(folded("さとう"), folded("ｻﾄｳ"));
        assert_eq!(terms("佐藤 花子").collect::<Vec<_>>(), ["佐藤 花子", "花子"]);
        assert_eq!(terms(" ").count(), 0);
        assert_eq!(terms(&"a ".repeat(50)).count(), 8);
    }
}

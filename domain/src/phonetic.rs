//! Phonetic names (フリガナ, C3), stored in full-width katakana however they were typed; and the folding used by search and
//! sorting. The parts of a double name are joined by `゠` or by a hyphen, as the person writes it (アン゠マリー, アン-マリー).
//! Keyboards produce many characters for each; `゠` (U+30A0) is stored for those that look like an equals sign, and `-`
//! (U+002D) for those that look like a hyphen.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::text::{bounded, without_forms};
use crate::unicode::nfkc;

/// Converts hiragana to katakana and leaves everything else as it is.
fn katakana(c: char) -> char {
    match c {
        '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' => {
            char::from_u32(u32::from(c).saturating_add(0x60)).unwrap_or(c)
        }
        other => other,
    }
}

/// Characters that people type for a hyphen: hyphens, dashes and the minus sign. NFKC has already turned the full-width
/// hyphen into `-`.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Letters and the long vowel mark, without the marks between the parts of a name.
fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}')
}

/// A phonetic name in full-width katakana, 1 to 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
#[serde(try_from = "String")]
pub struct PhoneticName(String);

impl PhoneticName {
    /// Converts hiragana, half-width katakana, and the marks that join a double name, and checks the result.
    ///
    /// # Errors
    /// [`FieldError`] if the result contains anything but katakana, the middle dot, the long vowel mark, `゠`, `-` and
    /// spaces, or if a joining mark does not stand between two parts.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        const FIELD: &str = "phonetic_name";
        // Compatibility forms first: half-width kana become full-width and combine with their voicing marks.
        let wide = nfkc(&text.chars().take(500).collect::<String>())
            .chars()
            .map(|c| match c {
                '=' => '\u{30a0}',
                c if is_hyphen(c) => '-',
                c => katakana(c),
            })
            .collect::<String>();
        let folded = bounded(FIELD, &wide, 100)?;
        let joins = |c| matches!(c, '\u{30a0}' | '-');
        let good = |c| is_katakana(c) || joins(c) || matches!(c, '\u{30fb}' | ' ');
        let joined = |part: &str| part.contains(is_katakana);
        let sound = !folded.contains(joins) || folded.split(joins).all(joined);
        if text.chars().nth(500).is_none() && folded.chars().all(good) && sound {
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

/// The form in which texts are compared in search and sorting. It ignores compatibility forms, case, the difference
/// between the two kana scripts, variants of an ideograph, and which of several look-alike marks joins two katakana
/// names, and it reduces white space to one space.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut before = ' ';
    let plain = without_forms(&nfkc(text))
        .map(|c| {
            let c = match katakana(c) {
                '\u{30a0}' => '=',
                // Elsewhere a dash stays as it is, so that terms stored earlier are still found.
                c if is_hyphen(c) && is_katakana(before) => '-',
                c => c,
            };
            before = c;
            c
        })
        .flat_map(char::to_lowercase)
        .collect::<String>();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Maximum number of terms per text. Each term is stored, and strangers write some of these texts.
const MOST_TERMS: usize = 8;

/// The terms by which a text is found: its folded form, and the rest of it from each further word, at most eight in
/// all.
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
    fn double_names_are_joined_in_one_form() {
        for (typed, stored) in [
            ("アン゠マリー", "アン゠マリー"),
            ("アン＝マリー", "アン゠マリー"),
            ("あん=まりー", "アン゠マリー"),
            ("アン-マリー", "アン-マリー"),
            ("アン－マリー", "アン-マリー"),
            ("アン\u{2010}マリー", "アン-マリー"),
            ("アン\u{2011}マリー", "アン-マリー"),
            ("ｱﾝ\u{2013}ﾏﾘｰ", "アン-マリー"),
            ("アン\u{2212}マリー サトウ", "アン-マリー サトウ"),
        ] {
            let name = PhoneticName::parse(typed).unwrap();
            assert_eq!(name.as_str(), stored, "{typed}");
            assert_eq!(PhoneticName::parse(name.as_str()).unwrap(), name, "{typed}");
        }
        for bad in [
            "-",
            "゠",
            "＝",
            "アン-",
            "-アン",
            "アン--マリー",
            "アン- ",
            "アン゠-マリー",
            "・-・",
        ] {
            assert!(PhoneticName::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn searching_finds_every_form_of_an_ideograph_and_of_a_double_name() {
        for (stored, typed) in [
            ("葛\u{e0100}城", "葛城"),
            ("葛城", "葛\u{e0101}城"),
            ("神\u{fe00}田", "神田"),
            ("アン゠マリー", "あん＝まりー"),
            ("アン゠マリー", "アン゠マリー"),
            ("アン-マリー", "アン\u{2013}マリー"),
            ("アン-マリー", "ｱﾝ－ﾏﾘｰ"),
        ] {
            assert_eq!(folded(stored), folded(typed), "{stored} {typed}");
        }
        assert_eq!(folded("A\u{2013}B"), "a\u{2013}b");
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

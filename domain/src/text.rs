//! Short texts that people type: names of people, companies and PCs, and reasons. Such a text ends up in mails, pages
//! and the audit log, in front of someone who bases a decision on it. It is therefore normalised once (NFC, white space
//! folded), limited in length, and free of characters that could make it read as something else: control characters
//! (header injection), bidirectional overrides, and invisible characters. A variation selector directly after an
//! ideograph is visible: it selects the form in which a name is written (葛󠄀 is not 葛).

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::unicode::nfc;

pub(crate) fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2800}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Whether the character selects a form of the ideograph before it: a selector of the Ideographic Variation Database,
/// or a standardised one by which compatibility ideographs survive NFC.
fn selects_form(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe02}' | '\u{e0100}'..='\u{e01ef}')
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether `text` contains a character that is not meant to be read.
pub(crate) fn deceives(text: &str) -> bool {
    let mut before = None;
    text.chars().any(|c| {
        let selects = selects_form(c) && before.is_some_and(is_ideograph);
        before = Some(c);
        c.is_control() || (shows_nothing(c) && !selects) || private(c)
    })
}

/// `text` without variation selectors, the form used by search.
pub(crate) fn without_forms(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !selects_form(*c))
}

fn private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Normalises `text` and checks that it has at most `max` characters. `field` is its name in the error.
///
/// # Errors
/// [`FieldError`] if it is empty, too long, or contains a character that is not meant to be read.
pub fn bounded(field: &str, text: &str, max: usize) -> Result<String, FieldError> {
    if text.len() > max.saturating_mul(4) {
        return Err(FieldError::new(
            field,
            &format!("must be at most {max} characters long"),
        ));
    }
    if deceives(text) {
        return Err(FieldError::new(
            field,
            "must not contain control characters or invisible characters",
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
            /// [`FieldError`] under the conditions of [`bounded`].
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
    /// The version of an agent's software, as it tells it.
    SoftwareVersion, "software", 60
);
bounded_text!(
    /// The operating system of an agent's machine, as it tells it.
    SystemName, "system", 100
);
bounded_text!(
    /// The host name of an agent's machine, as it tells it.
    HostName, "host_name", 100
);
bounded_text!(
    /// The name of a calendar feed.
    FeedName, "name", 60
);
bounded_text!(
    /// The name of a log file in an agent's configuration.
    LogName, "log", 60
);
bounded_text!(
    /// A folder in an agent's configuration, 1 to 200 characters.
    FolderName, "folder", 200
);
bounded_text!(
    /// What an attended session is about, 1 to 120 characters.
    SessionTitle, "title", 120
);
bounded_text!(
    /// A person's name, 1 to 100 characters.
    PersonName, "name", 100
);
bounded_text!(
    /// A company's or tenant's name, 1 to 100 characters.
    OrganizationName, "organization", 100
);
bounded_text!(
    /// A telephone number as people write it, 1 to 40 characters.
    PhoneNumber, "phone", 40
);
bounded_text!(
    /// The name of a PC, 1 to 100 characters.
    DeviceName, "device_name", 100
);
bounded_text!(
    /// The name of a piece of equipment, 1 to 100 characters.
    EquipmentName, "name", 100
);
bounded_text!(
    /// The model of a piece of equipment, 1 to 100 characters.
    EquipmentModel, "model", 100
);
bounded_text!(
    /// Where a piece of equipment stands, 1 to 200 characters.
    EquipmentPlace, "place", 200
);
bounded_text!(
    /// An approver's reason for a refusal, 1 to 500 characters.
    Reason, "reason", 500
);
bounded_text!(
    /// The title of a free question, 1 to 120 characters.
    QuestionTitle, "title", 120
);
bounded_text!(
    /// The asker's own reference for the matter of a question, such as a ticket number, 1 to 100 characters.
    QuestionReference, "reference", 100
);

/// Most characters of something written in a session.
const MOST_CHAT: usize = 2_000;

/// Something written in a session, 1 to 2,000 characters, with line breaks. Invisible characters stay, because emoji are
/// joined by them; those that turn the direction of reading are refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2_000))]
#[serde(try_from = "String")]
pub struct ChatText(String);

impl ChatText {
    /// Normalises and checks `text`.
    ///
    /// # Errors
    /// [`FieldError`] if it is empty, too long, or contains control characters.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let refuse = |detail| Err(FieldError::new("text", detail));
        if text.len() > MOST_CHAT.saturating_mul(4) {
            return refuse("must be at most 2,000 characters long");
        }
        let text = text.replace("\r\n", "\n");
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\t') || turns(c))
        {
            return refuse("must not contain control characters");
        }
        let text = nfc(text.trim()).into_owned();
        match text.chars().count() {
            0 => refuse("must not be empty"),
            length if length > MOST_CHAT => refuse("must be at most 2,000 characters long"),
            _ => Ok(Self(text)),
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ChatText {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

/// Most characters of a text for a machine's clipboard: the message that carries it has room for them in every script.
const MOST_CLIPBOARD: usize = 4_000;

/// A text for a machine's clipboard: up to 4,000 characters, with line breaks and tabs. The edge passes it on and keeps
/// none of it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ClipboardText(String);

impl ClipboardText {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ClipboardText {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        let long = text.len() > 14_000 || text.chars().count() > MOST_CLIPBOARD;
        let control = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
        match long || control {
            false => Ok(Self(text)),
            true => Err(FieldError::new(
                "text",
                "must be at most 4,000 characters long, without control characters",
            )),
        }
    }
}

/// It may be a password: nobody prints it.
impl fmt::Debug for ClipboardText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClipboardText(…)")
    }
}

/// Whether the character changes the direction in which others are read (Unicode, UAX #9).
const fn turns(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{ChatText, PersonName, Reason};

    #[test]
    fn what_is_written_in_a_session_keeps_its_lines_and_emoji() {
        let family = "👨\u{200d}👩\u{200d}👧 ok\r\n二行目";
        assert_eq!(
            ChatText::parse(family).unwrap().as_str(),
            "👨\u{200d}👩\u{200d}👧 ok\n二行目"
        );
        for bad in ["", " \n ", "a\u{202e}b", "a\0", "\u{1b}[2J"] {
            assert!(ChatText::parse(bad).is_err(), "{bad:?}");
        }
        assert!(ChatText::parse(&"漢".repeat(2_000)).is_ok());
        assert!(ChatText::parse(&"漢".repeat(2_001)).is_err());
    }

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
    fn a_name_keeps_the_form_of_its_ideographs() {
        for name in [
            "葛\u{e0100}城 太郎",
            "辻\u{e0100}",
            "邉\u{e0101}\u{3000}花子",
            "神\u{fe00}",
            "齋藤",
            "𠮷\u{e0100}野",
            "\u{fa11}\u{e0100}",
        ] {
            let kept = PersonName::parse(name).unwrap();
            assert_eq!(kept.as_str(), name.replace('\u{3000}', " "), "{name}");
            assert_eq!(PersonName::parse(kept.as_str()).unwrap(), kept, "{name}");
        }
        for stray in [
            "\u{e0100}葛",
            "葛 \u{e0100}",
            "葛\u{e0100}\u{e0100}",
            "葛\u{e0100}\u{fe00}",
            "a\u{e0100}",
            "カ\u{e0100}",
            "1\u{fe00}",
            "葛\u{fe03}",
            "葛\u{fe0f}",
            "☺\u{fe0f}",
            "葛\u{e01f0}",
            "葛\u{e0001}",
            "葛\u{200d}",
        ] {
            assert!(PersonName::parse(stray).is_err(), "{stray:?}");
        }
    }

    #[test]
    fn length_counts_characters() {
        assert!(PersonName::parse(&"漢".repeat(100)).is_ok());
        assert!(PersonName::parse(&"漢".repeat(101)).is_err());
        assert!(Reason::parse(&"x".repeat(10_000_000)).is_err());
    }
}

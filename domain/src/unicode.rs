//! Unicode normalisation forms (UAX #15), which give one spelling to texts that look the same, international domain
//! names (UTS 46), and the encodings that came before Unicode.

use std::borrow::Cow;
use std::sync::OnceLock;

/// A normalisation form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Canonical composition: unifies what looks and means the same.
    Nfc,
    /// Compatibility composition: also unifies what differs only in width or shape.
    Nfkc,
}

/// An encoding in which spreadsheets save files by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// In Japan (`CP932` included, as the Encoding Standard defines it).
    ShiftJis,
    /// In western Europe.
    Windows1252,
}

impl Encoding {
    /// Its label in the Encoding Standard (WHATWG).
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ShiftJis => "shift_jis",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// An implementation of the forms. They need large tables, which the platform already has.
pub trait Forms: Sync {
    /// `text` in `form`.
    fn normalized(&self, form: Form, text: &str) -> String;
    /// The A-label form (`xn--…`) of `domain`, which consists of letters, digits, hyphens, dots and non-ASCII
    /// characters; `None` if it is not a domain name (UTS 46, ToASCII, nontransitional).
    fn ascii_domain(&self, domain: &str) -> Option<String>;
    /// The text that `bytes` are in `encoding`; `None` if they are none.
    fn decoded(&self, encoding: Encoding, bytes: &[u8]) -> Option<String>;
}

static FORMS: OnceLock<&'static dyn Forms> = OnceLock::new();

/// Sets the Unicode tables, once, at the start of the process. Native programs use the compiled tables.
pub fn use_forms(forms: &'static dyn Forms) {
    // A second call has no effect: the tables stay the same for the lifetime of the process.
    FORMS.get_or_init(|| forms);
}

/// The tables compiled into native programs.
struct Compiled;

impl Forms for Compiled {
    #[cfg(not(target_family = "wasm"))]
    fn normalized(&self, form: Form, text: &str) -> String {
        use unicode_normalization::UnicodeNormalization as _;
        match form {
            Form::Nfc => text.nfc().collect(),
            Form::Nfkc => text.nfkc().collect(),
        }
    }

    #[cfg(target_family = "wasm")]
    fn normalized(&self, _: Form, text: &str) -> String {
        text.to_owned()
    }

    #[cfg(not(target_family = "wasm"))]
    fn ascii_domain(&self, domain: &str) -> Option<String> {
        let mapped: String = idna_mapping::Mapper::new(domain.chars(), false).collect();
        let labels = self.normalized(Form::Nfc, &mapped);
        let labels: Option<Vec<String>> = labels.split('.').map(compiled::ascii_label).collect();
        Some(labels?.join("."))
    }

    #[cfg(target_family = "wasm")]
    fn ascii_domain(&self, _: &str) -> Option<String> {
        None
    }

    #[cfg(not(target_family = "wasm"))]
    fn decoded(&self, encoding: Encoding, bytes: &[u8]) -> Option<String> {
        let encoding = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
        let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.into_owned())
    }

    #[cfg(target_family = "wasm")]
    fn decoded(&self, _: Encoding, _: &[u8]) -> Option<String> {
        None
    }
}

#[cfg(not(target_family = "wasm"))]
mod compiled {
    //! The checks that native programs make on a label. They are stricter than the platform's: joiners, whose validity
    //! depends on the letters around them, are refused, and so are names that begin with a combining mark. The edge has
    //! the last word on what a client sends it.

    use idna::punycode;
    use unicode_normalization::char::is_combining_mark;
    use unicode_normalization::is_nfc;

    fn is_sound(label: &str) -> bool {
        let stays = idna_mapping::Mapper::new(label.chars(), true).eq(label.chars());
        let joins = |c| matches!(c, '\u{200c}' | '\u{200d}' | '\u{fffd}' | '.');
        stays && is_nfc(label) && !label.starts_with(is_combining_mark) && !label.contains(joins)
    }

    /// The A-label of a label that has been mapped and is in NFC.
    pub(super) fn ascii_label(label: &str) -> Option<String> {
        match label.strip_prefix("xn--") {
            Some(encoded) => {
                let decoded = punycode::decode_to_string(encoded).filter(|decoded| !decoded.is_ascii())?;
                is_sound(&decoded).then(|| label.to_owned())
            }
            None if label.is_ascii() => Some(label.to_owned()),
            None if is_sound(label) => Some(format!("xn--{}", punycode::encode_str(label)?)),
            None => None,
        }
    }
}

fn normalized(form: Form, text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(FORMS.get_or_init(|| &Compiled).normalized(form, text))
}

/// `text` in NFC.
#[must_use]
pub fn nfc(text: &str) -> Cow<'_, str> {
    normalized(Form::Nfc, text)
}

/// `text` in NFKC.
#[must_use]
pub fn nfkc(text: &str) -> Cow<'_, str> {
    normalized(Form::Nfkc, text)
}

/// The text that `bytes` are: in UTF-8, with or without a byte order mark, or else in `encoding`; `None` if they are text in
/// neither.
#[must_use]
pub fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    match core::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(_) => FORMS.get_or_init(|| &Compiled).decoded(encoding, bytes),
    }
}

/// `domain` with its international labels in A-label form (`xn--…`); `None` if it is not a domain name.
#[must_use]
pub fn ascii_domain(domain: &str) -> Option<Cow<'_, str>> {
    if domain.is_ascii() {
        return Some(Cow::Borrowed(domain));
    }
    // The platform's implementation parses more than domains, so characters that separate the parts of a URL must never
    // reach it.
    let plain = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
    if !domain.chars().all(plain) {
        return None;
    }
    FORMS.get_or_init(|| &Compiled).ascii_domain(domain).map(Cow::Owned)
}

/// `domain`, which is in lower case and ASCII, in the script of its holders. `None` if that is the same, or if an
/// A-label is invalid: one that does not survive the round trip must not be shown as the name it claims to be.
#[must_use]
pub fn written_domain(domain: &str) -> Option<String> {
    let written = |label: &str| match label.strip_prefix("xn--") {
        Some(encoded) => idna::punycode::decode_to_string(encoded),
        None => Some(label.to_owned()),
    };
    let labels: Option<Vec<String>> = domain.split('.').map(written).collect();
    let whole = labels?.join(".");
    let same = whole != domain && ascii_domain(&whole).is_some_and(|ascii| ascii == domain);
    same.then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::{Encoding, ascii_domain, decoded, nfc, nfkc, written_domain};

    #[test]
    fn a_file_is_read_in_utf_8_or_what_came_before_it() {
        for (encoding, bytes, text) in [
            (
                Encoding::ShiftJis,
                &b"\x8b\x40\x8a\xed \xb6\xde \x87\x40"[..],
                "機器 ｶﾞ ①",
            ),
            (Encoding::ShiftJis, "機器".as_bytes(), "機器"),
            (Encoding::ShiftJis, b"\xef\xbb\xbfa", "a"),
            (Encoding::Windows1252, b"K\xe6lder", "Kælder"),
        ] {
            assert_eq!(decoded(encoding, bytes).as_deref(), Some(text));
        }
        assert_eq!(decoded(Encoding::ShiftJis, b"\x8b"), None);
        assert_eq!(decoded(Encoding::ShiftJis, b"\xff\xfe"), None);
    }

    #[test]
    fn international_domains_have_one_ascii_form_and_come_back() {
        for (written, ascii) in [
            ("日本語.jp", "xn--wgv71a119e.jp"),
            ("青空.example", "xn--grzr40d.example"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("straße.example", "xn--strae-oqa.example"),
            ("mail.日本語.jp", "mail.xn--wgv71a119e.jp"),
            ("はじめよう.みんな", "xn--p8j9a0d9c9a.xn--q9jyb4c"),
        ] {
            assert_eq!(ascii_domain(written).as_deref(), Some(ascii), "{written}");
            assert_eq!(written_domain(ascii).as_deref(), Some(written), "{ascii}");
        }
        assert_eq!(
            ascii_domain("BÜCHER。example").as_deref(),
            Some("xn--bcher-kva.example")
        );
        assert_eq!(ascii_domain("ﾃﾞｰﾀ．example"), ascii_domain("データ.example"));
    }

    #[test]
    fn what_is_no_domain_has_no_ascii_form() {
        for bad in [
            "青空.example/",
            "青空:80",
            "a@青空.example",
            "青空%2e.example",
            "青\u{202e}空.example",
            "\u{301}青.jp",
        ] {
            assert_eq!(ascii_domain(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_a_label_that_is_none_is_not_shown_as_another() {
        // Punycode of plain ASCII, of a capital letter, of a text that UTS 46 maps to something else, and of nothing at
        // all.
        for odd in [
            "xn--abc-.example",
            "xn--Bcher-Kva.example",
            "xn--a.example",
            "xn--.example",
            "a.example",
        ] {
            assert_eq!(written_domain(odd), None, "{odd}");
        }
    }

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(nfc("カ\u{3099}"), "ガ");
        assert_eq!(nfkc("ｶﾞＡ①"), "ガA1");
        assert_eq!(nfc("ｶﾞ"), "ｶﾞ");
    }
}

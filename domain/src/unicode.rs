//! Unicode normalisation forms (UAX #15): one spelling for what looks the same.

use std::borrow::Cow;
use std::sync::OnceLock;

/// A normalisation form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Canonical composition: what looks and means the same.
    Nfc,
    /// Compatibility composition: also what differs in width or shape alone.
    Nfkc,
}

/// Who knows the forms. They are large tables, which the platform has already.
pub trait Forms: Sync {
    /// `text` in `form`.
    fn normalized(&self, form: Form, text: &str) -> String;
}

static FORMS: OnceLock<&'static dyn Forms> = OnceLock::new();

/// Says once, at the start of the process, whose tables are used. Native programs have their own.
pub fn use_forms(forms: &'static dyn Forms) {
    // A second call changes nothing: the tables stay the same for as long as the process lives.
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

#[cfg(test)]
mod tests {
    use super::{nfc, nfkc};

    #[test]
    fn what_looks_the_same_is_the_same() {
        assert_eq!(nfc("カ\u{3099}"), "ガ");
        assert_eq!(nfkc("ｶﾞＡ①"), "ガA1");
        assert_eq!(nfc("ｶﾞ"), "ｶﾞ");
    }
}

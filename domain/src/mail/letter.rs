//! A mail as a sequence of parts, before it is laid out as plain text or HTML. Values are not escaped here.

use super::Invite;
use crate::face::Face;
use crate::locale::Locale;
use crate::texts::text;

/// A mail's content, ready for layout.
pub(super) struct Letter {
    pub(super) locale: Locale,
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) parts: Vec<Part>,
    /// Why the recipient got this mail, and what to do if it was unexpected.
    pub(super) why: String,
    /// A note that the mail was generated automatically.
    pub(super) automatic: String,
    /// The product's name, as the signature.
    pub(super) product: String,
    /// How the provider presents itself.
    pub(super) face: Option<Letterhead>,
    /// A date, for calendar programs.
    pub(super) invite: Option<Invite>,
}

/// A provider's face on a mail.
pub(super) struct Letterhead {
    pub(super) name: String,
    pub(super) has_logo: bool,
    /// The background of buttons and the text on them.
    pub(super) colours: Option<(String, String)>,
    /// The heading of the contact lines, and the lines.
    pub(super) contact: Option<(String, Vec<String>)>,
}

impl Letterhead {
    pub(super) fn of(face: &Face, locale: Locale) -> Self {
        let lines: Vec<_> = face.contact.iter().map(|line| line.as_str().to_owned()).collect();
        let colours = face.accent.as_ref().map(|accent| {
            let [light, _] = accent.shades();
            (light.accent, light.on_accent)
        });
        Self {
            name: face.name.to_string(),
            has_logo: face.logo.is_some(),
            colours,
            contact: (!lines.is_empty()).then(|| (text(locale, "mail-contact"), lines)),
        }
    }
}

/// One part of a mail.
pub(super) enum Part {
    /// Running text.
    Paragraph(String),
    /// A warning that the reader must not overlook.
    Warning(String),
    /// A heading for the next part.
    Heading(String),
    /// Short statements, one per line.
    List(Vec<String>),
    /// Sentences, each with a mark of its own.
    Advice(Vec<String>),
    /// Labels with their values.
    Facts(Vec<(String, String)>),
    /// A code or password: its label on one line and the value alone on the next.
    Secret { label: String, value: String },
    /// A link: its purpose, the button's text, and the URL on a line of its own.
    Link { label: String, button: String, url: String },
    /// A link to further reading, less prominent than the mail's own.
    Reference { label: String, url: String },
    /// Somebody else's words, under a label.
    Quotation { label: String, words: String },
}

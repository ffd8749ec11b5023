//! A mail as a sequence of parts, before it is laid out as plain text or HTML. Values are not escaped here.

use crate::locale::Locale;

/// A mail's content, ready for layout.
pub(super) struct Letter {
    pub(super) locale: Locale,
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) parts: Vec<Part>,
    /// Why the recipient got this mail, and what to do if it was unexpected.
    pub(super) why: String,
    /// That no person wrote it.
    pub(super) automatic: String,
    /// Who signs.
    pub(super) product: String,
}

/// One part of a mail.
pub(super) enum Part {
    /// Running text.
    Paragraph(String),
    /// What must not be overlooked.
    Warning(String),
    /// A line over what follows.
    Heading(String),
    /// Short statements, one under the other.
    List(Vec<String>),
    /// Labels and their values.
    Facts(Vec<(String, String)>),
    /// A code or password: its label on one line and the value alone on the next.
    Secret { label: String, value: String },
    /// An address to open: what for, the button's words, and the address alone on its line.
    Link { label: String, button: String, url: String },
    /// What somebody else wrote, under its label.
    Quotation { label: String, words: String },
}

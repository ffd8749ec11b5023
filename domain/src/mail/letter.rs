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
    /// A note that the mail was generated automatically.
    pub(super) automatic: String,
    /// The product's name, as the signature.
    pub(super) product: String,
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
    /// Labels with their values.
    Facts(Vec<(String, String)>),
    /// A code or password: its label on one line and the value alone on the next.
    Secret { label: String, value: String },
    /// A link: its purpose, the button's text, and the URL on a line of its own.
    Link { label: String, button: String, url: String },
    /// Somebody else's words, under a label.
    Quotation { label: String, words: String },
}

//! The pages people see: those that links in mails open, and the one where they type the activation code. Each page is
//! a struct of finished values with a template in `templates/`; the routes decide who may see it and with which status.
//! The pages need no script and no inline style, so they work under `default-src 'none'; style-src 'self'; form-action
//! 'self'`. Their only asset is [`STYLESHEET`], served at `/assets/page.css`.

mod activation;
mod address;
mod approval;
mod closed;
mod console;
mod entrance;
mod join;
mod kind;
mod meeting;
mod statement;

use tegata_domain::directory::DirectoryEntry;
use tegata_domain::face::{ContactLine, PublishedFace};
use tegata_domain::locale::Locale;
use tegata_domain::texts;

pub use activation::{ActivateError, ActivatePage, ActivatedPage};
pub use address::{ConfirmAddressPage, ConfirmedAddressPage};
pub use approval::{AgreedPage, ApprovalError, ApprovalPage, DecidedPage};
pub use closed::{ClosedPage, ClosedReason};
pub use console::ConsolePage;
pub use entrance::{EntranceError, EntrancePage};
pub use join::{JoinPage, KnockError, KnockPage};
pub use kind::Wording;
pub use meeting::{CheckPage, MeetingError, MeetingForm, MeetingPage, MeetingView, OFFERED};
pub use statement::{Block, Line, Statement};

/// The stylesheet of every page, to be served at `/assets/page.css` as `text/css; charset=utf-8`.
pub const STYLESHEET: &str = concat!(
    include_str!("../../styles/tokens.css"),
    include_str!("../../styles/controls.css"),
    include_str!("../../styles/pages.css"),
    include_str!("pages/page.css"),
);

/// What the layout needs from every page.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The deployment's product name.
    pub product: &'a str,
    /// Path and query of the page, without `lang`, for the language switch.
    pub path: &'a str,
    /// The tenant, if its provider has set a face (B16).
    pub face: Option<&'a DirectoryEntry>,
}

impl Frame<'_> {
    fn published(&self) -> Option<&PublishedFace> {
        self.face.and_then(|entry| entry.face.as_ref())
    }

    /// The name that heads the page: the provider's, or the product's.
    fn brand(&self) -> &str {
        self.published().map_or(self.product, |face| face.name.as_str())
    }

    /// Where the stylesheet with the provider's colour is.
    fn colours(&self) -> Option<String> {
        let face = self.published().filter(|face| face.accent.is_some())?;
        Some(format!("/t/{}/face.css?v={}", self.face?.slug, face.version))
    }

    /// Where the provider's logo is.
    fn logo(&self) -> Option<String> {
        let logo = self.published()?.logo.as_ref()?;
        Some(format!("/t/{}/logo.png?v={logo}", self.face?.slug))
    }

    /// How to reach the provider's desk.
    fn contact(&self) -> &[ContactLine] {
        self.published().map_or(&[], |face| &face.contact)
    }

    /// Parses a statement to `tenant` in the reader's language, for layout on a page.
    fn statement<'a>(&self, text: &'a str, tenant: &str) -> Statement<'a> {
        Statement::of(text, self.locale, tenant)
    }
}

/// One entry of the language switch.
#[derive(Debug)]
pub struct LanguageLink {
    tag: &'static str,
    name: &'static str,
    href: String,
    current: bool,
}

/// A page within the common layout.
pub trait Page {
    /// The part that all pages share.
    fn frame(&self) -> &Frame<'_>;

    /// Renders the page as HTML. Writing into a `String` cannot fail, and the templates call nothing that can.
    fn html(&self) -> String
    where
        Self: askama::Template,
    {
        self.render().unwrap_or_default()
    }

    /// The page's `h1`, which is also its title.
    fn heading(&self) -> String;

    /// Whether the page rejects a submitted form; the title then says so first, for screen readers.
    fn failed(&self) -> bool {
        false
    }

    /// A text in the reader's language.
    fn t(&self, key: &str) -> String {
        texts::text(self.frame().locale, key)
    }

    /// A text in the reader's language with a value filled in.
    fn with(&self, key: &str, name: &str, value: &str) -> String {
        texts::text_with(self.frame().locale, key, &[(name, value)])
    }

    /// The language switch.
    fn language_links(&self) -> Vec<LanguageLink> {
        let frame = self.frame();
        let link = |locale: Locale| LanguageLink {
            tag: locale.tag(),
            name: locale.endonym(),
            href: language_href(frame.path, locale),
            current: locale == frame.locale,
        };
        Locale::ALL.into_iter().map(link).collect()
    }
}

/// The address of `path` in another language. Browsers read `//host` and `/\host` as another site, so such a path is
/// dropped and the link leads back to the current page.
fn language_href(path: &str, locale: Locale) -> String {
    let mut characters = path.chars();
    let local = characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && !path.chars().any(char::is_control);
    let path = if local { path } else { "" };
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}lang={locale}")
}

#[cfg(test)]
mod tests;

//! The pages people see: what a link in a mail opens, and where the activation code is typed. Each page is a struct of
//! finished values and its template in `templates/`; who may see it and with which status is decided by the routes.
//!
//! The pages need no script and no inline style, so they work under `default-src 'none'; style-src 'self';
//! form-action 'self'`. Their only asset is [`STYLESHEET`], at `/assets/page.css`.

mod activation;
mod address;
mod approval;
mod closed;
mod console;
mod kind;

use tegata_domain::locale::Locale;
use tegata_domain::texts;

pub use activation::{ActivateError, ActivatePage, ActivatedPage};
pub use address::{ConfirmAddressPage, ConfirmedAddressPage};
pub use approval::{AgreedPage, ApprovalError, ApprovalPage, DecidedPage};
pub use closed::{ClosedPage, ClosedReason};
pub use console::ConsolePage;
pub use kind::Wording;

/// The stylesheet of every page, to be served at `/assets/page.css` as `text/css; charset=utf-8`.
pub const STYLESHEET: &str = concat!(
    include_str!("../../styles/tokens.css"),
    include_str!("../../styles/controls.css"),
    include_str!("pages/page.css"),
);

/// What the layout needs of every page.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The deployment's product name.
    pub product: &'a str,
    /// Path and query of the page without `lang`, for the language switch.
    pub path: &'a str,
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
    /// What it shares with the others.
    fn frame(&self) -> &Frame<'_>;

    /// The page as HTML. Writing into a `String` does not fail, and the templates call nothing that can.
    fn html(&self) -> String
    where
        Self: askama::Template,
    {
        self.render().unwrap_or_default()
    }

    /// The page's `h1`, also its title.
    fn heading(&self) -> String;

    /// Whether the page answers a form that was not accepted; the title then says so first, for screen readers.
    fn failed(&self) -> bool {
        false
    }

    /// A text in the reader's language.
    fn t(&self, key: &str) -> String {
        texts::text(self.frame().locale, key)
    }

    /// A text in the reader's language, with a value in it.
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

/// `path` in another language. Browsers read `//host`, and `/\host`, as another site: such a path is left out, and the
/// link then leads to the page it stands on.
fn language_href(path: &str, locale: Locale) -> String {
    let mut characters = path.chars();
    let local = characters.next() == Some('/')
        && !matches!(characters.next(), Some('/' | '\\'))
        && !path.chars().any(char::is_control);
    let path = if local { path } else { "" };
    let separator = if path.contains('?') { '&' } else { '?' };
    format!("{path}{separator}lang={locale}")
}

/// A statement's first line, which heads the panel, and all that follows it. Together they stay the text that is signed.
fn headed(statement: &str) -> (&str, &str) {
    let end = statement.find('\n').unwrap_or(statement.len());
    statement.split_at_checked(end).unwrap_or((statement, ""))
}

#[cfg(test)]
mod tests;

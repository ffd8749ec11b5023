//! The console's page: a frame for its script.

use askama::Template;
use tegata_domain::locale::Locale;

use super::{Frame, Page, finish};

/// The console of one tenant. The script reads who it is for from the element `app`.
#[derive(Debug, Template)]
#[template(path = "console.html")]
pub struct ConsolePage<'a> {
    /// The reader's language, until they log in.
    pub locale: Locale,
    /// The deployment's product name.
    pub product: &'a str,
    /// Path of this page.
    pub path: &'a str,
    /// The tenant's domain.
    pub slug: &'a str,
    /// The tenant's name.
    pub tenant_name: &'a str,
    /// `tenant` or `provider`.
    pub kind: &'a str,
}

impl ConsolePage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        finish(self)
    }
}

impl Page for ConsolePage<'_> {
    fn frame(&self) -> Frame<'_> {
        Frame {
            locale: self.locale,
            product: self.product,
            path: self.path,
        }
    }

    fn heading(&self) -> String {
        self.with("page-console-title", "tenant", self.tenant_name)
    }
}

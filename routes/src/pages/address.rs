//! Whether a requester's mail address is theirs (K2).

use askama::Template;
use tegata_domain::locale::Locale;

use super::{Frame, Page, finish};

/// The question to the requester. Its form posts `confirm` and `lang`.
#[derive(Debug, Template)]
#[template(path = "confirm_address.html")]
pub struct ConfirmAddressPage<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The deployment's product name.
    pub product: &'a str,
    /// Path and query of this page without `lang`.
    pub path: &'a str,
    /// The company whose data is asked for.
    pub tenant_name: &'a str,
    /// The PC.
    pub device_name: &'a str,
    /// Until when it can be confirmed, written out.
    pub expires: String,
    /// Where the form goes.
    pub token_path: &'a str,
    /// Whether the form was sent without the tick.
    pub error: bool,
}

impl ConfirmAddressPage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        finish(self)
    }
}

impl Page for ConfirmAddressPage<'_> {
    fn frame(&self) -> Frame<'_> {
        Frame {
            locale: self.locale,
            product: self.product,
            path: self.path,
        }
    }

    fn heading(&self) -> String {
        self.t("page-confirm-title")
    }

    fn failed(&self) -> bool {
        self.error
    }
}

/// The address is confirmed.
#[derive(Debug, Template)]
#[template(path = "confirmed_address.html")]
pub struct ConfirmedAddressPage<'a> {
    /// The reader's language.
    pub locale: Locale,
    /// The deployment's product name.
    pub product: &'a str,
    /// Path and query of this page without `lang`.
    pub path: &'a str,
    /// The company whose approvers are asked now.
    pub tenant_name: &'a str,
}

impl ConfirmedAddressPage<'_> {
    /// The page as HTML.
    #[must_use]
    pub fn render(&self) -> String {
        finish(self)
    }
}

impl Page for ConfirmedAddressPage<'_> {
    fn frame(&self) -> Frame<'_> {
        Frame {
            locale: self.locale,
            product: self.product,
            path: self.path,
        }
    }

    fn heading(&self) -> String {
        self.t("page-confirmed-title")
    }
}

//! The pages on which a requester confirms their mail address (K2).

use askama::Template;

use super::{Frame, Page};

/// The question to the requester. Its form posts `confirm` and `lang`.
#[derive(Debug, Template)]
#[template(path = "confirm_address.html")]
pub struct ConfirmAddressPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The company whose data the requester wants to view.
    pub tenant_name: &'a str,
    /// The name of the PC.
    pub device_name: &'a str,
    /// The deadline for confirming, formatted for the reader.
    pub expires: String,
    /// The path the form posts to.
    pub token_path: &'a str,
    /// Whether the form was submitted without the tick.
    pub error: bool,
}

impl Page for ConfirmAddressPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-confirm-title")
    }

    fn failed(&self) -> bool {
        self.error
    }
}

/// The page after the address is confirmed.
#[derive(Debug, Template)]
#[template(path = "confirmed_address.html")]
pub struct ConfirmedAddressPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The company whose approvers will now decide.
    pub tenant_name: &'a str,
}

impl Page for ConfirmedAddressPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-confirmed-title")
    }
}

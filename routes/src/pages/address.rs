//! Whether a requester's mail address is theirs (K2).

use askama::Template;

use super::{Frame, Page};

/// The question to the requester. Its form posts `confirm` and `lang`.
#[derive(Debug, Template)]
#[template(path = "confirm_address.html")]
pub struct ConfirmAddressPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
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

/// The address is confirmed.
#[derive(Debug, Template)]
#[template(path = "confirmed_address.html")]
pub struct ConfirmedAddressPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The company whose approvers are asked now.
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

//! The page for typing the activation code when the Viewer itself does not accept it (K4, RFC 8628 section 3.3).

use askama::Template;

use super::{Frame, Page};

/// Why the codes were rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivateError {
    /// No open registration has this user code.
    UnknownOrExpired,
    /// The activation code is wrong.
    WrongCode {
        /// How many tries remain.
        tries_left: u32,
    },
    /// The input cannot be a user code.
    NoUserCode,
    /// The input cannot be an activation code. It did not count as a try.
    NoActivationCode,
    /// No approver has approved yet.
    NotYetApproved,
    /// Too many requests.
    Throttled,
}

impl ActivateError {
    fn field(self) -> &'static str {
        match self {
            Self::WrongCode { .. } | Self::NoActivationCode => "activation_code",
            Self::UnknownOrExpired | Self::NoUserCode | Self::NotYetApproved | Self::Throttled => "user_code",
        }
    }
}

/// The form for the user code and the activation code. It posts `user_code`, `activation_code` and `lang` to its own
/// path.
#[derive(Debug, Template)]
#[template(path = "activate.html")]
pub struct ActivatePage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The company whose data may be viewed.
    pub tenant_name: &'a str,
    /// The user code typed so far or taken from the link.
    pub user_code: &'a str,
    /// What was wrong with the submitted form, if there was one.
    pub error: Option<ActivateError>,
}

impl ActivatePage<'_> {
    /// The path without its query: the form itself carries the user code.
    fn action(&self) -> &str {
        self.frame.path.split('?').next().unwrap_or_default()
    }

    fn is_wrong(&self, field: &str) -> bool {
        match self.error {
            None | Some(ActivateError::NotYetApproved | ActivateError::Throttled) => false,
            Some(error) => error.field() == field,
        }
    }

    fn error_text(&self, error: &ActivateError) -> String {
        match error {
            ActivateError::UnknownOrExpired => self.t("page-activate-error-unknown"),
            ActivateError::WrongCode { tries_left } => {
                self.with("page-activate-error-wrong", "tries", &tries_left.to_string())
            }
            ActivateError::NoUserCode => self.t("page-activate-error-no-user-code"),
            ActivateError::NoActivationCode => self.t("page-activate-error-no-code"),
            ActivateError::NotYetApproved => self.t("page-activate-error-pending"),
            ActivateError::Throttled => self.t("page-activate-error-often"),
        }
    }
}

impl Page for ActivatePage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-activate-title")
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
}

/// The page after both codes were accepted.
#[derive(Debug, Template)]
#[template(path = "activated.html")]
pub struct ActivatedPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The company whose data may be viewed.
    pub tenant_name: &'a str,
    /// The name of the PC.
    pub device_name: &'a str,
}

impl Page for ActivatedPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-activated-title")
    }
}

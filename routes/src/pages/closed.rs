//! Pages that only explain why there is nothing to do here, and what to do next.

use askama::Template;
use tegata_domain::link::Link;

use super::{Frame, Page};

/// Why there is nothing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClosedReason {
    /// The deadline for answering has passed.
    Expired,
    /// The requester withdrew, or the registration ended in another way.
    Withdrawn,
    /// The deadline for answering a free question has passed.
    QuestionExpired,
    /// The provider withdrew its question.
    QuestionWithdrawn,
    /// The deadline for answering a request for remote support has passed.
    LaunchExpired,
    /// The provider withdrew its request for remote support.
    LaunchWithdrawn,
    /// The tenant requires a login with a passkey for this answer.
    PasskeyRequired,
    /// The activation code was wrong too often, which ended the registration.
    WrongCodes,
    /// The link was not issued here, or is damaged.
    Invalid,
    /// The tenant requires its approvers to log in first.
    LoginRequired,
    /// Another account is logged in here.
    OtherAccount,
    /// The tenant is suspended.
    Suspended,
    /// There is no such page.
    NotFound,
    /// Too many requests.
    TooMany,
    /// The form exceeds the size limit.
    TooLarge,
    /// A part of the service does not respond.
    Unavailable,
    /// Something else failed.
    Error,
}

impl ClosedReason {
    /// Every reason.
    pub const ALL: [Self; 17] = [
        Self::Expired,
        Self::Withdrawn,
        Self::QuestionExpired,
        Self::QuestionWithdrawn,
        Self::LaunchExpired,
        Self::LaunchWithdrawn,
        Self::PasskeyRequired,
        Self::WrongCodes,
        Self::Invalid,
        Self::LoginRequired,
        Self::OtherAccount,
        Self::Suspended,
        Self::NotFound,
        Self::TooMany,
        Self::TooLarge,
        Self::Unavailable,
        Self::Error,
    ];

    fn title_key(self) -> &'static str {
        match self {
            Self::Expired | Self::QuestionExpired | Self::LaunchExpired => "page-closed-expired-title",
            Self::QuestionWithdrawn => "page-closed-question-withdrawn-title",
            Self::LaunchWithdrawn => "page-closed-launch-withdrawn-title",
            Self::PasskeyRequired => "page-closed-passkey-title",
            Self::Withdrawn => "page-closed-withdrawn-title",
            Self::WrongCodes => "page-closed-codes-title",
            Self::Invalid => "page-closed-invalid-title",
            Self::LoginRequired => "page-closed-login-title",
            Self::OtherAccount => "page-closed-other-title",
            Self::Suspended => "page-closed-suspended-title",
            Self::NotFound => "page-closed-missing-title",
            Self::TooMany => "page-closed-often-title",
            Self::TooLarge => "page-closed-large-title",
            Self::Unavailable => "page-closed-unavailable-title",
            Self::Error => "page-closed-failed-title",
        }
    }

    fn body_key(self) -> &'static str {
        match self {
            Self::Expired => "page-closed-expired-body",
            Self::QuestionExpired => "page-closed-question-expired-body",
            Self::QuestionWithdrawn => "page-closed-question-withdrawn-body",
            Self::LaunchExpired => "page-closed-launch-expired-body",
            Self::LaunchWithdrawn => "page-closed-launch-withdrawn-body",
            Self::PasskeyRequired => "page-closed-passkey-body",
            Self::Withdrawn => "page-closed-withdrawn-body",
            Self::WrongCodes => "page-closed-codes-body",
            Self::Invalid => "page-closed-invalid-body",
            Self::LoginRequired => "page-closed-login-body",
            Self::OtherAccount => "page-closed-other-body",
            Self::Suspended => "page-closed-suspended-body",
            Self::NotFound => "page-closed-missing-body",
            Self::TooMany => "page-closed-often-body",
            Self::TooLarge => "page-closed-large-body",
            Self::Unavailable => "page-closed-unavailable-body",
            Self::Error => "page-closed-failed-body",
        }
    }
}

/// A page without a form.
#[derive(Debug, Template)]
#[template(path = "closed.html")]
pub struct ClosedPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// Why there is nothing to do.
    pub reason: ClosedReason,
}

impl ClosedPage<'_> {
    /// The link onwards from an approval that requires a login: its address and its text. The login leads back to the
    /// question.
    fn way_on(&self) -> Option<(String, String)> {
        let token = self.frame.path.strip_prefix("/a/")?;
        let console = format!("/t/{}/", Link::claimed_tenant(token)?);
        match self.reason {
            ClosedReason::LoginRequired | ClosedReason::PasskeyRequired => {
                Some((format!("{console}#/answer/{token}"), self.t("page-closed-login-link")))
            }
            ClosedReason::OtherAccount => Some((console, self.t("page-closed-other-link"))),
            _ => None,
        }
    }
}

impl Page for ClosedPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(self.reason.title_key())
    }
}

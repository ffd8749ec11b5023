//! The question to an approver, and what became of it (K3, B1).

use askama::Template;
use tegata_domain::texts::text_with;

use super::{Frame, Page};

/// Why the approver's form was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalError {
    /// The confirmation was not ticked.
    NotConfirmed,
    /// Neither button was pressed.
    NoDecision,
    /// The reason is longer than 500 characters.
    ReasonTooLong,
}

impl ApprovalError {
    fn key(self) -> &'static str {
        match self {
            Self::NotConfirmed => "page-approval-error-confirm",
            Self::NoDecision => "page-approval-error-decision",
            Self::ReasonTooLong => "page-approval-error-reason",
        }
    }

    /// The id of the field at fault.
    fn field(self) -> &'static str {
        match self {
            Self::NotConfirmed => "confirm",
            Self::NoDecision => "decision",
            Self::ReasonTooLong => "reason",
        }
    }
}

/// The open question. Its form posts `decision`, `confirm`, `reason` and `lang`.
#[derive(Debug, Template)]
#[template(path = "approval.html")]
pub struct ApprovalPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The company whose data is asked for.
    pub tenant_name: &'a str,
    /// What is consented to, shown as it is.
    pub statement: &'a str,
    /// Whether the requester's address lies outside the company's own domains.
    pub outside_mail_domains: bool,
    /// Until when it can be answered, written out.
    pub expires: String,
    /// Where the form goes.
    pub token_path: &'a str,
    /// What was wrong with the form, if it was sent before.
    pub error: Option<ApprovalError>,
    /// The reason typed so far.
    pub reason: &'a str,
}

impl ApprovalPage<'_> {
    fn is_wrong(&self, field: &str) -> bool {
        self.error.is_some_and(|error| error.field() == field)
    }
}

impl Page for ApprovalPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-approval-title")
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
}

/// How a question was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Granted.
    Approved,
    /// Not granted.
    Refused,
}

/// The answered question, to the one who answered and to whoever comes later.
#[derive(Debug, Template)]
#[template(path = "decided.html")]
pub struct DecidedPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The company whose data was asked for.
    pub tenant_name: &'a str,
    /// What was answered, as it was shown.
    pub statement: &'a str,
    /// The answer.
    pub outcome: Outcome,
    /// Who answered.
    pub by_name: &'a str,
    /// When, written out.
    pub at: String,
    /// Why it was refused.
    pub reason: Option<&'a str>,
    /// Where the receipt is.
    pub receipt_path: &'a str,
    /// Whether this request gave the answer; otherwise it was there before.
    pub just_now: bool,
}

impl DecidedPage<'_> {
    fn class(&self) -> &'static str {
        match self.outcome {
            Outcome::Approved => "good",
            Outcome::Refused => "bad",
        }
    }

    fn answered(&self) -> String {
        let key = match self.outcome {
            Outcome::Approved => "page-decided-by-approved",
            Outcome::Refused => "page-decided-by-refused",
        };
        text_with(self.frame.locale, key, &[("name", self.by_name), ("at", &self.at)])
    }

    /// How the requester learns of it: of a refusal by mail, of an approval in the Viewer, and by mail where a code is due.
    fn told(&self) -> String {
        self.t(match self.outcome {
            Outcome::Approved => "page-decided-next-approved",
            Outcome::Refused => "page-decided-next-refused",
        })
    }
}

impl Page for DecidedPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(match (self.outcome, self.just_now) {
            (Outcome::Approved, true) => "page-decided-approved-now",
            (Outcome::Approved, false) => "page-decided-approved",
            (Outcome::Refused, true) => "page-decided-refused-now",
            (Outcome::Refused, false) => "page-decided-refused",
        })
    }
}

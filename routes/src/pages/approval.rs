//! The question to an approver, and what became of it (K3, B1).

use askama::Template;
use tegata_domain::approval::{Follows, Outcome};
use tegata_domain::texts::text_with;

use super::kind::Wording;
use super::{Frame, Page};

/// Why the approver's form was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalError {
    /// The confirmation was not ticked.
    NotConfirmed,
    /// The refusal was not ticked.
    RefusalNotConfirmed,
    /// Neither button was pressed.
    NoDecision,
    /// The reason is longer than 500 characters.
    ReasonTooLong,
}

impl ApprovalError {
    fn key(self) -> &'static str {
        match self {
            Self::NotConfirmed => "page-approval-error-confirm",
            Self::RefusalNotConfirmed => "page-approval-error-refuse",
            Self::NoDecision => "page-approval-error-decision",
            Self::ReasonTooLong => "page-approval-error-reason",
        }
    }

    /// The id of the field at fault.
    fn field(self) -> &'static str {
        match self {
            Self::NotConfirmed => "confirm",
            Self::RefusalNotConfirmed => "refuse",
            Self::NoDecision => "decision",
            Self::ReasonTooLong => "reason",
        }
    }
}

/// The open question. Its form posts `decision`, the tick that belongs to it (`confirm` or `refuse`), `reason` and `lang`.
#[derive(Debug, Template)]
#[template(path = "approval.html")]
pub struct ApprovalPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The company whose data is asked for.
    pub tenant_name: &'a str,
    /// What is consented to, shown as it is.
    pub statement: &'a str,
    /// The texts of its kind.
    pub wording: &'static Wording,
    /// Whether the statement holds a warning, which then is among what has to be checked.
    pub needs_caution: bool,
    /// The approver as whom the reader answers: name and mail address.
    pub approver: (&'a str, &'a str),
    /// How many approvers have to approve, written out, where it is more than one.
    pub several: Option<String>,
    /// Who approved so far, each written out.
    pub agreements: Vec<String>,
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
    /// What an approver checks before approving.
    fn checks(&self) -> Option<[&'static str; 2]> {
        let [usual, cautious] = self.wording.checks?;
        Some(if self.needs_caution { cautious } else { usual })
    }

    fn answering(&self) -> String {
        let (name, email) = self.approver;
        text_with(self.frame.locale, "page-approval-as", &[("name", name), ("email", email)])
    }

    fn is_wrong(&self, field: &str) -> bool {
        self.error.is_some_and(|error| error.field() == field)
    }
}

impl Page for ApprovalPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(self.wording.title)
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
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
    /// The texts of its kind.
    pub wording: &'static Wording,
    /// Who approved before the last, each written out.
    pub agreements: Vec<String>,
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
    /// What follows from the answer.
    pub follows: Follows,
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

    fn told(&self) -> String {
        self.t(match self.follows {
            Follows::Code => "page-decided-next-code",
            Follows::Access => "page-decided-next-access",
            Follows::Refusal => "page-decided-next-refused",
            Follows::Answer => "page-decided-question-next",
        })
    }
}

impl Page for DecidedPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(self.wording.decided(self.outcome, self.just_now))
    }
}

/// An open question that this approver has approved, while others still have to.
#[derive(Debug, Template)]
#[template(path = "agreed.html")]
pub struct AgreedPage<'a> {
    /// What every page has.
    pub frame: Frame<'a>,
    /// The company that is asked.
    pub tenant_name: &'a str,
    /// What is asked, as it was shown.
    pub statement: &'a str,
    /// The texts of its kind.
    pub wording: &'static Wording,
    /// Who approved so far, each written out.
    pub agreements: Vec<String>,
    /// Where the receipt of this approver's answer is.
    pub receipt_path: &'a str,
}

impl Page for AgreedPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("page-question-own-title")
    }
}

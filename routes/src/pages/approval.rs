//! The question to an approver, and its outcome (K3, B1).

use askama::Template;
use tegata_domain::approval::{Follows, Outcome};
use tegata_domain::texts::text_with;

use super::kind::Wording;
use super::{Frame, Page};

/// Why the approver's form was rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalError {
    /// The confirmation box was not ticked.
    NotConfirmed,
    /// The refusal box was not ticked.
    RefusalNotConfirmed,
    /// Neither button was pressed.
    NoDecision,
    /// Both boxes are ticked.
    Both,
    /// The reason is longer than 500 characters.
    ReasonTooLong,
}

impl ApprovalError {
    fn key(self) -> &'static str {
        match self {
            Self::NotConfirmed => "page-approval-error-confirm",
            Self::RefusalNotConfirmed => "page-approval-error-refuse",
            Self::NoDecision => "page-approval-error-decision",
            Self::Both => "page-approval-error-both",
            Self::ReasonTooLong => "page-approval-error-reason",
        }
    }

    /// The id of the field at fault.
    fn field(self) -> &'static str {
        match self {
            Self::NotConfirmed => "confirm",
            Self::RefusalNotConfirmed => "refuse",
            Self::NoDecision | Self::Both => "decision",
            Self::ReasonTooLong => "reason",
        }
    }
}

/// The open question. Its form posts `decision`, the tick for that decision (`confirm` or `refuse`), `reason` and
/// `lang`.
#[derive(Debug, Template)]
#[template(path = "approval.html")]
pub struct ApprovalPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The company whose data is requested.
    pub tenant_name: &'a str,
    /// The statement that the approver consents to, shown verbatim.
    pub statement: &'a str,
    /// The texts for this kind of approval.
    pub wording: &'static Wording,
    /// Whether the statement contains a warning, which the approver must then check as well.
    pub needs_caution: bool,
    /// The approver the reader answers as: name and mail address.
    pub approver: (&'a str, &'a str),
    /// How many approvers must approve, formatted for the reader; `None` if one is enough.
    pub several: Option<String>,
    /// The approvals so far, each formatted for the reader.
    pub agreements: Vec<String>,
    /// The deadline for answering, and when an answer is final, formatted for the reader.
    pub finality: String,
    /// The path the form posts to.
    pub token_path: &'a str,
    /// What was wrong with the submitted form, if there was one.
    pub error: Option<ApprovalError>,
    /// The reason typed so far.
    pub reason: &'a str,
}

impl ApprovalPage<'_> {
    /// What the approver should check before approving.
    fn checks(&self) -> Option<[&'static str; 2]> {
        let [usual, cautious] = self.wording.checks?;
        Some(if self.needs_caution { cautious } else { usual })
    }

    fn answering(&self) -> String {
        let (name, email) = self.approver;
        text_with(
            self.frame.locale,
            "page-approval-as",
            &[("name", name), ("email", email)],
        )
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

/// The answered question, shown to the approver who answered and to later visitors.
#[derive(Debug, Template)]
#[template(path = "decided.html")]
pub struct DecidedPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The company whose data was requested.
    pub tenant_name: &'a str,
    /// The statement that was answered, exactly as it was shown.
    pub statement: &'a str,
    /// The texts for this kind of approval.
    pub wording: &'static Wording,
    /// The approvals before the last one, each formatted for the reader.
    pub agreements: Vec<String>,
    /// The answer.
    pub outcome: Outcome,
    /// The name of the approver who answered.
    pub by_name: &'a str,
    /// The time of the answer, formatted for the reader.
    pub at: String,
    /// The reason for a refusal.
    pub reason: Option<&'a str>,
    /// The path of the receipt.
    pub receipt_path: &'a str,
    /// Whether this request gave the answer; otherwise it had been given before.
    pub just_now: bool,
    /// What happens next because of the answer.
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
            Follows::Launch => "page-decided-launch-next",
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

/// An open question that this approver has approved while others still have to.
#[derive(Debug, Template)]
#[template(path = "agreed.html")]
pub struct AgreedPage<'a> {
    /// The common part of every page.
    pub frame: Frame<'a>,
    /// The company whose approvers are asked.
    pub tenant_name: &'a str,
    /// The statement exactly as it was shown.
    pub statement: &'a str,
    /// The texts for this kind of approval.
    pub wording: &'static Wording,
    /// The approvals so far, each formatted for the reader.
    pub agreements: Vec<String>,
    /// The path of the receipt for this approver's answer.
    pub receipt_path: &'a str,
}

impl AgreedPage<'_> {
    fn what_next(&self) -> String {
        let [_, body] = self.wording.agreed;
        self.t(body)
    }
}

impl Page for AgreedPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        let [title, _] = self.wording.agreed;
        self.t(title)
    }
}

//! The texts that differ between the pages of one kind of approval and another.

use tegata_domain::approval::{ApprovalKind, Outcome};

use super::ClosedReason;

/// The message keys of the texts, and the reasons why a question is closed.
#[derive(Debug)]
pub struct Wording {
    /// The heading of the open question.
    pub title: &'static str,
    /// What the approver should do.
    pub lead: &'static str,
    /// The heading of the statement.
    pub statement: &'static str,
    /// The label of the confirmation box.
    pub confirm: &'static str,
    /// The hint that says who will see the reason.
    pub reason_hint: &'static str,
    /// The warning for a statement that calls for one.
    pub caution: Option<&'static str>,
    decided: [&'static str; 4],
    next: [&'static str; 2],
    /// Shown when nobody answered in time.
    pub expired: ClosedReason,
    /// Shown when the requester withdrew the question.
    pub withdrawn: ClosedReason,
}

const VIEWER: Wording = Wording {
    title: "page-approval-title",
    lead: "page-approval-lead",
    statement: "page-approval-statement",
    confirm: "page-approval-confirm",
    reason_hint: "page-approval-reason-hint",
    caution: Some("page-approval-outside"),
    decided: [
        "page-decided-approved-now",
        "page-decided-approved",
        "page-decided-refused-now",
        "page-decided-refused",
    ],
    next: ["page-decided-next-approved", "page-decided-next-refused"],
    expired: ClosedReason::Expired,
    withdrawn: ClosedReason::Withdrawn,
};

const QUESTION: Wording = Wording {
    title: "page-question-title",
    lead: "page-question-lead",
    statement: "page-question-statement",
    confirm: "page-question-confirm",
    reason_hint: "page-question-reason-hint",
    caution: None,
    decided: [
        "page-decided-question-approved-now",
        "page-decided-question-approved",
        "page-decided-question-refused-now",
        "page-decided-question-refused",
    ],
    next: ["page-decided-question-next", "page-decided-question-next"],
    expired: ClosedReason::QuestionExpired,
    withdrawn: ClosedReason::QuestionWithdrawn,
};

impl Wording {
    /// The texts for `kind`.
    #[must_use]
    pub const fn of(kind: ApprovalKind) -> &'static Self {
        match kind {
            ApprovalKind::Viewer => &VIEWER,
            ApprovalKind::Question => &QUESTION,
        }
    }

    /// The heading of the answered question, for the approver who just answered or for later visitors.
    pub(super) const fn decided(&self, outcome: Outcome, just_now: bool) -> &'static str {
        let [approved_now, approved, refused_now, refused] = self.decided;
        match (outcome, just_now) {
            (Outcome::Approved, true) => approved_now,
            (Outcome::Approved, false) => approved,
            (Outcome::Refused, true) => refused_now,
            (Outcome::Refused, false) => refused,
        }
    }

    /// How the requester learns the answer.
    pub(super) const fn next(&self, outcome: Outcome) -> &'static str {
        let [approved, refused] = self.next;
        match outcome {
            Outcome::Approved => approved,
            Outcome::Refused => refused,
        }
    }
}

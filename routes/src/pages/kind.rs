//! The texts in which the pages of one kind of approval differ from those of another.

use tegata_domain::approval::{ApprovalKind, Outcome};

use super::ClosedReason;

/// Keys of texts, and why there is nothing to answer any more.
#[derive(Debug)]
pub struct Wording {
    /// Heading of the open question.
    pub title: &'static str,
    /// What to do.
    pub lead: &'static str,
    /// Heading of the statement.
    pub statement: &'static str,
    /// Beside the box to tick.
    pub confirm: &'static str,
    /// Who is told the reason.
    pub reason_hint: &'static str,
    /// The warning, where the statement calls for one.
    pub caution: Option<&'static str>,
    decided: [&'static str; 4],
    next: [&'static str; 2],
    /// Nobody answered in time.
    pub expired: ClosedReason,
    /// The requester took the question back.
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
    /// The texts of `kind`.
    #[must_use]
    pub const fn of(kind: ApprovalKind) -> &'static Self {
        match kind {
            ApprovalKind::Viewer => &VIEWER,
            ApprovalKind::Question => &QUESTION,
        }
    }

    /// Heading of the answered question, to the one who answered just now or to those who come later.
    pub(super) const fn decided(&self, outcome: Outcome, just_now: bool) -> &'static str {
        let [approved_now, approved, refused_now, refused] = self.decided;
        match (outcome, just_now) {
            (Outcome::Approved, true) => approved_now,
            (Outcome::Approved, false) => approved,
            (Outcome::Refused, true) => refused_now,
            (Outcome::Refused, false) => refused,
        }
    }

    /// How the requester learns of the answer.
    pub(super) const fn next(&self, outcome: Outcome) -> &'static str {
        let [approved, refused] = self.next;
        match outcome {
            Outcome::Approved => approved,
            Outcome::Refused => refused,
        }
    }
}

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
    /// What to check before approving, and what where the statement holds a warning.
    pub checks: Option<[[&'static str; 2]; 2]>,
    /// Beside the box to tick before approving.
    pub confirm: &'static str,
    /// Beside the box to tick before refusing.
    pub refuse: &'static str,
    /// Who is told the reason.
    pub reason_hint: &'static str,
    decided: [&'static str; 4],
    /// Nobody answered in time.
    pub expired: ClosedReason,
    /// The requester took the question back.
    pub withdrawn: ClosedReason,
}

const VIEWER: Wording = Wording {
    title: "page-approval-title",
    lead: "page-approval-lead",
    statement: "page-approval-statement",
    checks: Some([
        ["page-approval-check-person", "page-approval-check-address"],
        ["page-approval-check-person", "page-approval-check-outside"],
    ]),
    confirm: "page-approval-confirm",
    refuse: "page-approval-confirm-refusal",
    reason_hint: "page-approval-reason-hint",
    decided: [
        "page-decided-approved-now",
        "page-decided-approved",
        "page-decided-refused-now",
        "page-decided-refused",
    ],
    expired: ClosedReason::Expired,
    withdrawn: ClosedReason::Withdrawn,
};

const QUESTION: Wording = Wording {
    title: "page-question-title",
    lead: "page-question-lead",
    statement: "page-question-statement",
    checks: None,
    confirm: "page-question-confirm",
    refuse: "page-question-confirm-refusal",
    reason_hint: "page-question-reason-hint",
    decided: [
        "page-decided-question-approved-now",
        "page-decided-question-approved",
        "page-decided-question-refused-now",
        "page-decided-question-refused",
    ],
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
}

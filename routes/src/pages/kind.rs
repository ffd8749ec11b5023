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
    /// What to check before approving: the usual points, and those for a statement with a warning.
    pub checks: Option<[[&'static str; 2]; 2]>,
    /// The label of the box to tick before approving.
    pub confirm: &'static str,
    /// The label of the box to tick before refusing.
    pub refuse: &'static str,
    /// That several have to approve: on the open question, and what makes it final.
    pub several: [&'static str; 2],
    /// The heading and the text for an approver who has approved while others still have to.
    pub agreed: [&'static str; 2],
    /// The hint that says who will see the reason.
    pub reason_hint: &'static str,
    decided: [&'static str; 4],
    /// Shown when nobody answered in time.
    pub expired: ClosedReason,
    /// Shown when the requester withdrew the question.
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
    several: ["page-question-several", "page-question-final"],
    agreed: ["page-question-own-title", "page-question-own-body"],
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
    several: ["page-question-several", "page-question-final"],
    agreed: ["page-question-own-title", "page-question-own-body"],
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

const LAUNCH: Wording = Wording {
    title: "page-launch-title",
    lead: "page-launch-lead",
    statement: "page-launch-statement",
    checks: None,
    confirm: "page-launch-confirm",
    refuse: "page-launch-confirm-refusal",
    several: ["page-launch-several", "page-launch-final"],
    agreed: ["page-launch-own-title", "page-launch-own-body"],
    reason_hint: "page-question-reason-hint",
    decided: [
        "page-decided-launch-approved-now",
        "page-decided-launch-approved",
        "page-decided-launch-refused-now",
        "page-decided-launch-refused",
    ],
    expired: ClosedReason::LaunchExpired,
    withdrawn: ClosedReason::LaunchWithdrawn,
};

impl Wording {
    /// The texts for `kind`.
    #[must_use]
    pub const fn of(kind: ApprovalKind) -> &'static Self {
        match kind {
            ApprovalKind::Viewer => &VIEWER,
            ApprovalKind::Question => &QUESTION,
            ApprovalKind::Launch => &LAUNCH,
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
}

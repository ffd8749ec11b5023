//! The approval engine (B2): one question to a tenant's approvers, of one kind, with one outcome.
//!
//! The engine knows nothing of what is asked. It says who was first and what the outcome is; what follows from it is the
//! kind's business (for a Viewer: [`crate::registration`]).

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::id::{ApprovalId, UserId};
use crate::locale::Locale;
use crate::text::{PersonName, Reason};
use crate::time::UnixSeconds;

/// What is asked. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalKind {
    /// May this person view the tenant's data on this PC (K3)?
    Viewer,
}

impl ApprovalKind {
    /// The kind's name in records and receipts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
        }
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Yes.
    Approved,
    /// No.
    Refused,
}

impl Outcome {
    /// The outcome's name in records and receipts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }
}

/// Who answered what, when, and under which text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// The answer.
    pub outcome: Outcome,
    /// The approver.
    pub by: UserId,
    /// Their name then.
    pub name: PersonName,
    /// The address their link was mailed to.
    pub email: EmailAddress,
    /// When.
    pub at: UnixSeconds,
    /// Why, where it was refused and they said so.
    pub reason: Option<Reason>,
    /// The language of the text that was shown.
    pub locale: Locale,
}

/// Where an approval stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApprovalState {
    /// Waits for an answer.
    Open,
    /// Answered.
    Decided,
    /// Nobody answered in time.
    Expired,
    /// The requester took the question back.
    Withdrawn,
}

/// One question with one outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Its name.
    pub id: ApprovalId,
    /// What is asked.
    pub kind: ApprovalKind,
    /// What it is about: for a Viewer the registration.
    pub subject: String,
    /// When it was asked.
    pub requested_at: UnixSeconds,
    /// Until when it can be answered.
    pub expires_at: UnixSeconds,
    /// Whether the requester took it back.
    pub withdrawn: bool,
    /// The answer, once there is one.
    pub decision: Option<Decision>,
    /// The signed receipt of the answer.
    pub receipt: Option<String>,
}

/// What came of trying to answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Answered {
    /// This answer was the first: it is the outcome.
    First,
    /// It was answered before; the first answer stands.
    Before,
    /// It can no longer be answered.
    Closed,
}

impl Approval {
    /// Where it stands at `now`.
    #[must_use]
    pub fn state(&self, now: UnixSeconds) -> ApprovalState {
        if self.decision.is_some() {
            ApprovalState::Decided
        } else if self.withdrawn {
            ApprovalState::Withdrawn
        } else if now >= self.expires_at {
            ApprovalState::Expired
        } else {
            ApprovalState::Open
        }
    }

    /// Takes `decision` if it is the first and in time. Whoever answers second changes nothing.
    pub fn answer(&mut self, decision: Decision) -> Answered {
        match self.state(decision.at) {
            ApprovalState::Open => {
                self.decision = Some(decision);
                Answered::First
            }
            ApprovalState::Decided => Answered::Before,
            ApprovalState::Expired | ApprovalState::Withdrawn => Answered::Closed,
        }
    }

    /// Takes the question back; whether that changed anything.
    pub fn withdraw(&mut self, now: UnixSeconds) -> bool {
        let open = self.state(now) == ApprovalState::Open;
        self.withdrawn |= open;
        open
    }
}

#[cfg(test)]
mod tests {
    use super::{Answered, Approval, ApprovalKind, ApprovalState, Decision, Outcome};
    use crate::email::EmailAddress;
    use crate::id::{ApprovalId, UserId};
    use crate::locale::Locale;
    use crate::random::CountingRandom;
    use crate::text::PersonName;
    use crate::time::UnixSeconds;

    fn approval() -> Approval {
        Approval {
            id: ApprovalId::generate(&CountingRandom::new(1)),
            kind: ApprovalKind::Viewer,
            subject: "r".to_owned(),
            requested_at: UnixSeconds(0),
            expires_at: UnixSeconds(100),
            withdrawn: false,
            decision: None,
            receipt: None,
        }
    }

    fn decision(outcome: Outcome, at: i64) -> Decision {
        Decision {
            outcome,
            by: UserId::generate(&CountingRandom::new(2)),
            name: PersonName::parse("佐藤 花子").unwrap(),
            email: EmailAddress::parse("hanako@aozora.example").unwrap(),
            at: UnixSeconds(at),
            reason: None,
            locale: Locale::Ja,
        }
    }

    #[test]
    fn the_first_answer_is_final() {
        let mut approval = approval();
        assert_eq!(approval.answer(decision(Outcome::Refused, 5)), Answered::First);
        assert_eq!(approval.answer(decision(Outcome::Approved, 6)), Answered::Before);
        assert_eq!(approval.decision.as_ref().unwrap().outcome, Outcome::Refused);
        assert!(!approval.withdraw(UnixSeconds(7)));
    }

    #[test]
    fn nothing_can_be_answered_at_or_after_expiry() {
        let mut approval = approval();
        assert_eq!(approval.answer(decision(Outcome::Approved, 100)), Answered::Closed);
        assert_eq!(approval.state(UnixSeconds(100)), ApprovalState::Expired);
        assert!(approval.decision.is_none());
    }

    #[test]
    fn a_withdrawn_question_has_no_answer() {
        let mut approval = approval();
        assert!(approval.withdraw(UnixSeconds(1)));
        assert_eq!(approval.answer(decision(Outcome::Approved, 2)), Answered::Closed);
    }
}

//! The approval engine (B2): one question to a tenant's approvers, with one outcome. The engine knows nothing about the
//! question itself; it decides which answer counts and what the outcome is. The subject of each kind of approval and
//! the consequences of its outcome live in a file of their own ([`crate::viewer`], [`crate::question`],
//! [`crate::launch`]).

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::id::{ApprovalId, LaunchId, QuestionId, RegistrationId, UserId};
use crate::locale::Locale;
use crate::text::{PersonName, Reason};
use crate::time::UnixSeconds;

/// The subject of an approval: the question, and the id of the record it concerns. Stored by name in two members,
/// `kind` and `subject`; names are never reused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "subject")]
pub enum Subject {
    /// May this person view the tenant's data on this PC (K3)?
    Viewer(RegistrationId),
    /// Any yes/no question of the provider (B12).
    Question(QuestionId),
    /// May remote support start on this equipment (K7)?
    Launch(LaunchId),
}

/// A kind of approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalKind {
    /// See [`Subject::Viewer`].
    Viewer,
    /// See [`Subject::Question`].
    Question,
    /// See [`Subject::Launch`].
    Launch,
}

impl ApprovalKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Question, Self::Launch];

    /// The kind's name in records and receipts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Question => "question",
            Self::Launch => "launch",
        }
    }
}

impl Subject {
    /// The subject's kind.
    #[must_use]
    pub const fn kind(&self) -> ApprovalKind {
        match self {
            Self::Viewer(_) => ApprovalKind::Viewer,
            Self::Question(_) => ApprovalKind::Question,
            Self::Launch(_) => ApprovalKind::Launch,
        }
    }

    /// The id of the record.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Viewer(id) => id.as_str(),
            Self::Question(id) => id.as_str(),
            Self::Launch(id) => id.as_str(),
        }
    }
}

/// The answer to an approval.
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

/// What follows from an answer, as the page tells the approver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Follows {
    /// The requester gets an activation code by mail.
    Code,
    /// The requester's Viewer goes on by itself.
    Access,
    /// The requester is informed of the refusal by mail.
    Refusal,
    /// The provider is informed of the answer.
    Answer,
    /// The provider is informed, and may start remote support.
    Launch,
}

/// An answer: who gave it, when, and the language of the text they were shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Decision {
    /// The answer.
    pub outcome: Outcome,
    /// The approver.
    pub by: UserId,
    /// The approver's name at the time.
    pub name: PersonName,
    /// The address to which the link was mailed.
    pub email: EmailAddress,
    /// Time of the answer.
    pub at: UnixSeconds,
    /// The reason for a refusal, if the approver gave one.
    pub reason: Option<Reason>,
    /// The language of the text that was shown.
    pub locale: Locale,
}

/// An approval that did not settle the question by itself, because more than one is required.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The approver's answer.
    pub decision: Decision,
    /// The signed receipt of the answer.
    pub receipt: String,
}

/// The state of an approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ApprovalState {
    /// Waiting for an answer.
    Open,
    /// Answered.
    Decided,
    /// Nobody answered in time.
    Expired,
    /// The requester withdrew the question.
    Withdrawn,
}

/// One question with one outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// The approval's id.
    pub id: ApprovalId,
    /// The subject of the question.
    #[serde(flatten)]
    pub subject: Subject,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// Expiry time; answers are accepted before it.
    pub expires_at: UnixSeconds,
    /// Whether the requester withdrew it.
    pub withdrawn: bool,
    /// How many approvers have to approve; a single refusal settles the question.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub required: u32,
    /// The approvals given so far, without the one that settles the question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreed: Vec<Agreement>,
    /// The answer that settled the question, if there is one.
    pub decision: Option<Decision>,
    /// The signed receipt of that answer.
    pub receipt: Option<String>,
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_one(required: &u32) -> bool {
    *required == 1
}

/// The result of an attempt to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// This answer settled the question: it is the outcome.
    Settled,
    /// This answer is one of several required approvals, and more are still needed.
    Agreed,
    /// The question was already settled, or this approver has already approved; nothing changes.
    Before,
    /// The question has expired or was withdrawn.
    Closed,
}

impl Approval {
    /// The approval's state at `now`.
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

    /// Whether it can be answered at `now`.
    #[must_use]
    pub fn is_open(&self, now: UnixSeconds) -> bool {
        self.state(now) == ApprovalState::Open
    }

    /// What the answer `decision` amounts to. Changes nothing: [`Self::record`] stores it once its receipt is signed.
    #[must_use]
    pub fn weigh(&self, decision: &Decision) -> Answered {
        match self.state(decision.at) {
            ApprovalState::Open => {}
            ApprovalState::Decided => return Answered::Before,
            ApprovalState::Expired | ApprovalState::Withdrawn => return Answered::Closed,
        }
        if decision.outcome == Outcome::Refused {
            return Answered::Settled;
        }
        if self.agreed_by(&decision.by).is_some() {
            return Answered::Before;
        }
        let approvals = self.agreed.len().saturating_add(1);
        if u32::try_from(approvals).is_ok_and(|approvals| approvals < self.required) {
            Answered::Agreed
        } else {
            Answered::Settled
        }
    }

    /// Records `decision` with its `receipt`, if it counts. An answer that comes too late changes nothing.
    pub fn record(&mut self, decision: Decision, receipt: String) -> Answered {
        let answered = self.weigh(&decision);
        match answered {
            Answered::Settled => {
                self.decision = Some(decision);
                self.receipt = Some(receipt);
            }
            Answered::Agreed => self.agreed.push(Agreement { decision, receipt }),
            Answered::Before | Answered::Closed => {}
        }
        answered
    }

    /// The approvals given so far, without the one that settles the question.
    #[must_use]
    pub fn agreed_decisions(&self) -> Vec<Decision> {
        self.agreed.iter().map(|agreement| agreement.decision.clone()).collect()
    }

    /// The approval that `person` gave while more were still required.
    #[must_use]
    pub fn agreed_by(&self, person: &UserId) -> Option<&Agreement> {
        self.agreed.iter().find(|agreement| agreement.decision.by == *person)
    }

    /// Withdraws the question. Returns whether that changed anything.
    pub fn withdraw(&mut self, now: UnixSeconds) -> bool {
        let open = self.is_open(now);
        self.withdrawn |= open;
        open
    }
}

#[cfg(test)]
mod tests {
    use super::{Answered, Approval, ApprovalState, Decision, Outcome, Subject};
    use crate::email::EmailAddress;
    use crate::id::{ApprovalId, RegistrationId, UserId};
    use crate::locale::Locale;
    use crate::random::CountingRandom;
    use crate::text::PersonName;
    use crate::time::UnixSeconds;

    fn approval() -> Approval {
        Approval {
            id: ApprovalId::generate(&CountingRandom::new(1)),
            subject: Subject::Viewer(RegistrationId::generate(&CountingRandom::new(3))),
            requested_at: UnixSeconds(0),
            expires_at: UnixSeconds(100),
            withdrawn: false,
            required: 1,
            agreed: Vec::new(),
            decision: None,
            receipt: None,
        }
    }

    fn by(person: u64, outcome: Outcome, at: i64) -> Decision {
        Decision {
            outcome,
            by: UserId::generate(&CountingRandom::new(person)),
            name: PersonName::parse("佐藤 花子").unwrap(),
            email: EmailAddress::parse("hanako@aozora.example").unwrap(),
            at: UnixSeconds(at),
            reason: None,
            locale: Locale::Ja,
        }
    }

    fn answer(approval: &mut Approval, decision: Decision) -> Answered {
        approval.record(decision, "receipt".to_owned())
    }

    #[test]
    fn the_first_answer_is_final() {
        let mut approval = approval();
        assert_eq!(answer(&mut approval, by(2, Outcome::Refused, 5)), Answered::Settled);
        assert_eq!(answer(&mut approval, by(2, Outcome::Approved, 6)), Answered::Before);
        assert_eq!(approval.decision.as_ref().unwrap().outcome, Outcome::Refused);
        assert!(!approval.withdraw(UnixSeconds(7)));
    }

    #[test]
    fn nothing_can_be_answered_at_or_after_expiry() {
        let mut approval = approval();
        assert_eq!(answer(&mut approval, by(2, Outcome::Approved, 100)), Answered::Closed);
        assert_eq!(approval.state(UnixSeconds(100)), ApprovalState::Expired);
        assert!(approval.decision.is_none());
    }

    #[test]
    fn a_withdrawn_question_has_no_answer() {
        let mut approval = approval();
        assert!(approval.withdraw(UnixSeconds(1)));
        assert_eq!(answer(&mut approval, by(2, Outcome::Approved, 2)), Answered::Closed);
    }

    #[test]
    fn where_two_are_required_one_person_is_not_two() {
        let mut approval = Approval {
            required: 2,
            ..approval()
        };
        assert_eq!(answer(&mut approval, by(2, Outcome::Approved, 1)), Answered::Agreed);
        assert_eq!(answer(&mut approval, by(2, Outcome::Approved, 2)), Answered::Before);
        assert_eq!(approval.state(UnixSeconds(3)), ApprovalState::Open);
        assert_eq!(answer(&mut approval, by(4, Outcome::Approved, 3)), Answered::Settled);
        assert_eq!(approval.agreed.len(), 1);
    }

    #[test]
    fn where_two_are_required_one_refusal_is_enough() {
        let mut approval = Approval {
            required: 2,
            ..approval()
        };
        assert_eq!(answer(&mut approval, by(2, Outcome::Approved, 1)), Answered::Agreed);
        // An approver who agreed may still refuse until the question is settled.
        assert_eq!(answer(&mut approval, by(2, Outcome::Refused, 2)), Answered::Settled);
        assert_eq!(answer(&mut approval, by(4, Outcome::Approved, 3)), Answered::Before);
    }

    #[test]
    fn agreements_do_not_outlive_the_question() {
        let mut approval = Approval {
            required: 2,
            ..approval()
        };
        assert_eq!(answer(&mut approval, by(2, Outcome::Approved, 99)), Answered::Agreed);
        assert_eq!(answer(&mut approval, by(4, Outcome::Approved, 100)), Answered::Closed);
        assert_eq!(approval.state(UnixSeconds(100)), ApprovalState::Expired);
    }
}

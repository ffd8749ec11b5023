//! What must leave the object: written with the change that caused it, delivered by the alarm, kept until it is.
//!
//! A row holds no secret. The link, code or password of a mail is derived when the mail is written (see [`crate::code`]).

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::id::{ApprovalId, AttachmentId, InquiryId, OutboxId, QuestionId, RegistrationId, UserId};
use crate::mail_budget::Mailbox;
use crate::passkey::PasskeyName;
use crate::slug::Slug;
use crate::time::UnixSeconds;

/// Attempts after which a row waits for an administrator: with [`backoff`] about three and a half days.
pub const MAX_ATTEMPTS: u32 = 24;

/// What is to be delivered. Stored by name; names are never reused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Message {
    /// The mail of C1 to a new administrator.
    FirstCredential {
        /// To whom.
        administrator: UserId,
        /// Which of their first passwords.
        #[serde(default, skip_serializing_if = "is_zero")]
        issue: i64,
    },
    /// The link to set a new password.
    PasswordReset {
        /// To whom.
        user: UserId,
        /// When it was asked for.
        requested_at: UnixSeconds,
    },
    /// A passkey was added or removed. To its owner.
    PasskeyChanged {
        /// To whom.
        user: UserId,
        /// What it is called; a removed one can be looked up no more.
        name: PasskeyName,
        /// Whether it was added; otherwise removed.
        added: bool,
        /// When.
        at: UnixSeconds,
    },
    /// An account has another main address. To the one before.
    AddressChanged {
        /// Whose.
        user: UserId,
        /// The address before.
        address: EmailAddress,
        /// When.
        at: UnixSeconds,
    },
    /// The mail of K3 to one approver.
    ApprovalRequest {
        /// What is asked.
        approval: ApprovalId,
        /// Who is asked.
        approver: UserId,
    },
    /// Many requests wait (see [`crate::asked`]). To one approver.
    ApprovalDigest {
        /// Who is asked.
        approver: UserId,
        /// The number of the first request.
        from: i64,
        /// That of the last; open while they are gathered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// Is this address yours? To the requester.
    ConfirmAddress {
        /// What was requested.
        registration: RegistrationId,
    },
    /// The mail of K4 to the requester.
    ActivationCode {
        /// What was approved.
        registration: RegistrationId,
    },
    /// The answer was no. To the requester.
    Refused {
        /// What was refused.
        registration: RegistrationId,
    },
    /// Alerts to somebody with the support option (C6).
    Alerts {
        /// To whom.
        user: UserId,
        /// The first alert.
        from: i64,
        /// The last; open while they are gathered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// The desk has answered an inquiry. To whoever asked.
    InquiryAnswered {
        /// Which inquiry.
        inquiry: InquiryId,
        /// Which of its messages.
        number: i64,
    },
    /// A customer has written. To somebody at the desk.
    InquiryArrived {
        /// The customer.
        tenant: Slug,
        /// Which inquiry.
        inquiry: InquiryId,
        /// To whom.
        user: UserId,
    },
    /// A customer has answered a question. To whoever asked, at the desk.
    QuestionAnswered {
        /// The customer.
        tenant: Slug,
        /// Which question.
        question: QuestionId,
        /// To whom.
        user: UserId,
    },
    /// The provider's list of questions is to be brought up to date.
    TellQuestion {
        /// Which question.
        question: QuestionId,
    },
    /// The provider's list of customers is to be brought up to date.
    TellCustomer,
    /// The provider's list of inquiries is to be brought up to date.
    TellInquiry {
        /// Which inquiry.
        inquiry: InquiryId,
    },
    /// A file is to leave the object's own store for that of the deployment's blobs.
    MoveAttachment {
        /// Of which inquiry.
        inquiry: InquiryId,
        /// Which.
        attachment: AttachmentId,
    },
    /// The tenant's entry in the directory is to be written anew.
    PublishDirectory,
    /// The tenant's revocations are to be written anew.
    PublishRevocations,
}

const fn is_zero(issue: &i64) -> bool {
    *issue == 0
}

impl Message {
    /// The name of its kind, for lists.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::FirstCredential { .. } => "first_credential",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasskeyChanged { .. } => "passkey_changed",
            Self::AddressChanged { .. } => "address_changed",
            Self::ApprovalRequest { .. } => "approval_request",
            Self::ApprovalDigest { .. } => "approval_digest",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::ActivationCode { .. } => "activation_code",
            Self::Refused { .. } => "refused",
            Self::Alerts { .. } => "alerts",
            Self::InquiryAnswered { .. } => "inquiry_answered",
            Self::InquiryArrived { .. } => "inquiry_arrived",
            Self::QuestionAnswered { .. } => "question_answered",
            Self::TellQuestion { .. } => "tell_question",
            Self::TellCustomer => "tell_customer",
            Self::TellInquiry { .. } => "tell_inquiry",
            Self::MoveAttachment { .. } => "move_attachment",
            Self::PublishDirectory => "publish_directory",
            Self::PublishRevocations => "publish_revocations",
        }
    }

    /// What it counts against in the deployment's budget of `address` ([`crate::mail_budget`]), where it is a mail to an
    /// address that somebody without any credential named.
    #[must_use]
    pub fn budget(&self, address: &EmailAddress) -> Option<Mailbox> {
        match self {
            Self::ConfirmAddress { .. } => Some(Mailbox::unasked(address)),
            Self::ActivationCode { .. } | Self::Refused { .. } | Self::PasswordReset { .. } => {
                Some(Mailbox::of(address))
            }
            _ => None,
        }
    }

    /// Whether it only puts our own state where it belongs: a copy, or a file. Such a row is never given up.
    #[must_use]
    pub const fn is_copy(&self) -> bool {
        matches!(
            self,
            Self::PublishDirectory
                | Self::PublishRevocations
                | Self::TellCustomer
                | Self::TellInquiry { .. }
                | Self::TellQuestion { .. }
                | Self::MoveAttachment { .. }
        )
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum OutboxState {
    /// Waits for its next attempt.
    Waiting,
    /// Given up until someone asks for it again.
    Undeliverable,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// Its name, stable over all attempts: receivers drop what they have seen.
    pub id: OutboxId,
    /// What it is.
    pub message: Message,
    /// When it was written; the mail's `Date`.
    pub created_at: UnixSeconds,
    /// Where it stands.
    pub state: OutboxState,
    /// Attempts so far.
    pub attempts: u32,
    /// When the next is due.
    pub next_at: UnixSeconds,
    /// Why the last one failed.
    pub last_error: Option<String>,
}

/// Longest wait of a mail, in seconds.
const LONGEST_WAIT: i64 = 6 * 3600;
/// First and longest wait of a copy of our own state, in seconds: the gate reads it.
const COPY_WAITS: (i64, i64) = (2, 60);

/// Seconds to wait after `attempts` failed ones: doubling from `base` to at most `longest`.
#[must_use]
pub fn backoff(base: i64, longest: i64, attempts: u32) -> i64 {
    let doublings = attempts.saturating_sub(1).min(20);
    base.saturating_mul(1_i64.checked_shl(doublings).unwrap_or(i64::MAX))
        .min(longest)
}

/// Why an attempt failed. The text names the step and the code of the answer, never an address, a subject or a body:
/// it is stored in the outbox and shown to administrators.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Worth another attempt: the network, the provider, or a setting that an operator can mend.
    #[error("{0}")]
    Temporary(String),
    /// The same mail will fail again: the recipient or the message was refused.
    #[error("{0}")]
    Permanent(String),
    /// Nothing was attempted: the address has had as many mails as it may for now.
    #[error("the address has had many mails; this one waits {0} s")]
    Postponed(i64),
}

impl OutboxRow {
    /// A new row, due at once.
    #[must_use]
    pub const fn new(id: OutboxId, message: Message, now: UnixSeconds) -> Self {
        Self {
            id,
            message,
            created_at: now,
            state: OutboxState::Waiting,
            attempts: 0,
            next_at: now,
            last_error: None,
        }
    }

    /// Records a failed attempt. A postponed one counts as none.
    pub fn failed(&mut self, error: &DeliveryError, now: UnixSeconds, base: i64) {
        if let DeliveryError::Postponed(seconds) = error {
            self.last_error = Some(error.to_string());
            self.next_at = now.plus((*seconds).max(1));
            return;
        }
        let permanent = matches!(error, DeliveryError::Permanent(_));
        self.attempts = self.attempts.saturating_add(1);
        self.last_error = Some(error.to_string().chars().take(300).collect());
        let (base, longest) = match self.message.is_copy() {
            true => COPY_WAITS,
            false => (base, LONGEST_WAIT),
        };
        self.next_at = now.plus(backoff(base, longest, self.attempts));
        if !self.message.is_copy() && (permanent || self.attempts >= MAX_ATTEMPTS) {
            self.state = OutboxState::Undeliverable;
        }
    }

    /// Puts an undeliverable row back in line.
    pub fn retry(&mut self, now: UnixSeconds) {
        self.state = OutboxState::Waiting;
        self.attempts = 0;
        self.next_at = now;
    }

    /// What an administrator sees.
    #[must_use]
    pub fn view(&self) -> OutboxView {
        OutboxView {
            id: self.id.clone(),
            kind: self.message.kind().to_owned(),
            to: None,
            state: self.state,
            created_at: self.created_at,
            attempts: self.attempts,
            next_at: self.next_at,
            last_error: self.last_error.clone(),
        }
    }
}

/// A row as an administrator sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxView {
    /// Its name.
    pub id: OutboxId,
    /// What it is.
    pub kind: String,
    /// To whom it would go now; in an administrator's list only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<EmailAddress>,
    /// Where it stands.
    pub state: OutboxState,
    /// When it was written.
    pub created_at: UnixSeconds,
    /// Attempts so far.
    pub attempts: u32,
    /// When the next is due.
    pub next_at: UnixSeconds,
    /// Why the last one failed.
    pub last_error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{DeliveryError, LONGEST_WAIT, MAX_ATTEMPTS, Message, OutboxRow, OutboxState, backoff};
    use crate::id::{OutboxId, RegistrationId, UserId};
    use crate::random::CountingRandom;
    use crate::time::UnixSeconds;

    #[test]
    fn keeps_trying_for_days() {
        let total: i64 = (1..MAX_ATTEMPTS).map(|n| backoff(30, LONGEST_WAIT, n)).sum();
        assert!((3 * 24 * 3600..6 * 24 * 3600).contains(&total), "{total}");
    }

    #[test]
    fn what_is_given_up_stays_and_can_be_asked_for_again() {
        let random = CountingRandom::new(1);
        let message = Message::FirstCredential {
            administrator: UserId::generate(&random),
            issue: 0,
        };
        let mut row = OutboxRow::new(OutboxId::generate(&random), message, UnixSeconds(0));
        row.failed(
            &DeliveryError::Permanent("550 no such user".to_owned()),
            UnixSeconds(1),
            30,
        );
        assert_eq!(row.state, OutboxState::Undeliverable);
        row.retry(UnixSeconds(2));
        assert_eq!((row.state, row.next_at), (OutboxState::Waiting, UnixSeconds(2)));
    }

    #[test]
    fn what_is_postponed_is_never_given_up() {
        let random = CountingRandom::new(1);
        let registration = RegistrationId::generate(&random);
        let message = Message::ConfirmAddress { registration };
        let mut row = OutboxRow::new(OutboxId::generate(&random), message, UnixSeconds(0));
        for _ in 0..100 {
            row.failed(&DeliveryError::Postponed(180), UnixSeconds(1), 30);
        }
        assert_eq!(
            (row.state, row.attempts, row.next_at),
            (OutboxState::Waiting, 0, UnixSeconds(181))
        );
    }

    #[test]
    fn our_own_copies_are_never_given_up() {
        let mut row = OutboxRow::new(
            OutboxId::generate(&CountingRandom::new(1)),
            Message::PublishRevocations,
            UnixSeconds(0),
        );
        for _ in 0..100 {
            row.failed(&DeliveryError::Permanent("kv".to_owned()), UnixSeconds(1), 30);
        }
        assert_eq!(row.state, OutboxState::Waiting);
    }
}

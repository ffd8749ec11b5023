//! The outbox: everything that must leave the object. An entry is written in the same transaction as the change that
//! caused it, delivered by the alarm, and kept until it has been delivered. It holds no secret: the link, code or
//! password of a mail is derived when the mail is composed (see [`crate::code`]).

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::id::{
    AppointmentId, ApprovalId, AttachmentId, EnrolmentRequestId, EquipmentId, InquiryId, LaunchId, OutboxId,
    QuestionId, RegistrationId, UserId,
};
use crate::mail::{AppointmentNews, Recipient};
use crate::mail_budget::Mailbox;
use crate::passkey::PasskeyName;
use crate::session::SessionNumber;
use crate::slug::Slug;
use crate::text::OrganizationName;
use crate::time::UnixSeconds;

/// Number of attempts after which an entry waits for an administrator; with [`backoff`] that takes about three and a
/// half days.
pub const MAX_ATTEMPTS: u32 = 24;

/// The content of an entry. Stored by name; names are never reused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Message {
    /// The mail of C1 to a new administrator.
    FirstCredential {
        /// The recipient.
        administrator: UserId,
        /// The issue number of the first password in it.
        #[serde(default, skip_serializing_if = "is_zero")]
        issue: i64,
    },
    /// A new first password for an account whose holder has none of their own, asked for on the login page. The password
    /// is replaced when this mail is composed, so that asking takes no longer than for an account that does not exist.
    Invitation {
        /// The recipient.
        user: UserId,
        /// The issue number of the first password in it.
        issue: i64,
        /// Time of the request.
        requested_at: UnixSeconds,
    },
    /// The link for setting a new password.
    PasswordReset {
        /// The recipient.
        user: UserId,
        /// Time of the request.
        requested_at: UnixSeconds,
    },
    /// A passkey was added or removed. Sent to its owner.
    PasskeyChanged {
        /// The recipient.
        user: UserId,
        /// The name of the passkey, stored here because a removed one can no longer be looked up.
        name: PasskeyName,
        /// Whether it was added (true) or removed (false).
        added: bool,
        /// Time of the change.
        at: UnixSeconds,
    },
    /// The main address of an account was changed. Sent to the previous address.
    AddressChanged {
        /// The user whose address was changed.
        user: UserId,
        /// The previous address.
        address: EmailAddress,
        /// Time of the change.
        at: UnixSeconds,
    },
    /// The mail of K3 to one approver.
    ApprovalRequest {
        /// The approval in question.
        approval: ApprovalId,
        /// The recipient.
        approver: UserId,
    },
    /// Many requests are waiting (see [`crate::asked`]). Sent to one approver.
    ApprovalDigest {
        /// The recipient.
        approver: UserId,
        /// The number of the first request.
        from: i64,
        /// The number of the last request; open while requests are being gathered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// The request to confirm the mail address. Sent to the requester.
    ConfirmAddress {
        /// The registration that needs the confirmation.
        registration: RegistrationId,
    },
    /// The mail of K4 to the requester.
    ActivationCode {
        /// The approved registration.
        registration: RegistrationId,
    },
    /// The request was refused. Sent to the requester.
    Refused {
        /// The refused registration.
        registration: RegistrationId,
    },
    /// Alerts to a user with the support option (C6).
    Alerts {
        /// The recipient.
        user: UserId,
        /// The number of the first alert.
        from: i64,
        /// The number of the last alert; open while alerts are being gathered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// The desk has answered an inquiry. Sent to the user who opened it.
    InquiryAnswered {
        /// The inquiry.
        inquiry: InquiryId,
        /// The number of the answer in the inquiry.
        number: i64,
    },
    /// A customer has written. Sent to a member of the desk's staff.
    InquiryArrived {
        /// The customer.
        tenant: Slug,
        /// The inquiry.
        inquiry: InquiryId,
        /// The recipient.
        user: UserId,
    },
    /// A customer has answered a question. Sent to the member of the desk's staff who asked it.
    QuestionAnswered {
        /// The customer.
        tenant: Slug,
        /// The question.
        question: QuestionId,
        /// The recipient.
        user: UserId,
    },
    /// Remote support has started: ID and password (K9). Sent to an administrator of the customer.
    LaunchStarted {
        /// The launch.
        launch: LaunchId,
        /// The recipient.
        user: UserId,
    },
    /// An attended session has ended: what happened in it. Sent to an administrator of the customer.
    AttendedSummary {
        /// The session.
        attended: LaunchId,
        /// The recipient.
        user: UserId,
    },
    /// A session has ended: what happened in it. Sent to an administrator of the customer.
    SessionSummary {
        /// The launch.
        launch: LaunchId,
        /// The recipient.
        user: UserId,
    },
    /// How to start remote support at the machine (K6). Sent to somebody there.
    SupportSteps {
        /// The equipment.
        equipment: EquipmentId,
        /// The person. They have no account that could be looked up.
        to: Recipient,
        /// The provider whose desk asks them.
        provider_name: OrganizationName,
    },
    /// A customer's launch has moved: it was answered (K8), has started (K9), or its machine is back. Sent to a member of
    /// the desk's staff.
    DeskLaunch {
        /// The customer.
        tenant: Slug,
        /// The launch.
        launch: LaunchId,
        /// The recipient.
        user: UserId,
        /// What has happened.
        news: LaunchNews,
        /// The session's number, and the ID of the link key that its password is derived from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        credential: Option<(SessionNumber, String)>,
    },
    /// Updates the provider's list of launches.
    TellLaunch {
        /// The launch that changed.
        launch: LaunchId,
        /// What the desk is mailed about, if anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        news: Option<LaunchNews>,
        /// When that happened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<UnixSeconds>,
    },
    /// What is to be known about an appointment (Z1, B7). Sent to somebody at the customer, who needs no account.
    Appointment {
        /// The appointment.
        appointment: AppointmentId,
        /// Their place among the participants.
        place: usize,
        /// What is told.
        news: AppointmentNews,
        /// The SEQUENCE of the date that it is about; the mail is dropped when the date has changed since.
        sequence: i64,
        /// The number of the proposal that it is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<u32>,
    },
    /// A customer's appointment has moved. Sent to the member of the desk's staff who holds it.
    DeskAppointment {
        /// The customer.
        tenant: Slug,
        /// The appointment.
        appointment: AppointmentId,
        /// What is told.
        news: AppointmentNews,
        /// The SEQUENCE of the date that it is about.
        sequence: i64,
    },
    /// Updates the provider's calendar.
    TellAppointment {
        /// The appointment that changed.
        appointment: AppointmentId,
        /// What the host is mailed about, if anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        news: Option<AppointmentNews>,
        /// The appointment's version with that change, by which its host is told once.
        version: i64,
    },
    /// The invitation to an attended session (Z1, Z3). Sent to somebody at the customer, who needs no account.
    AttendedInvitation {
        /// The attended session.
        attended: LaunchId,
        /// Their place among the invited.
        place: usize,
    },
    /// Updates the provider's list of attended sessions.
    TellAttended {
        /// The session that changed.
        attended: LaunchId,
    },
    /// Opens the session of a launch, or an attended one, under its number.
    OpenSession {
        /// The launch.
        launch: LaunchId,
    },
    /// Gives the session of a launch more time.
    ExtendSession {
        /// The launch.
        launch: LaunchId,
    },
    /// Ends the session of a launch.
    EndSession {
        /// The launch.
        launch: LaunchId,
    },
    /// Ends a session at a customer, because the provider whose desk may be in it was suspended.
    EndDeskSession {
        /// The customer.
        tenant: Slug,
        /// The launch.
        launch: LaunchId,
    },
    /// Updates the provider's list of questions.
    TellQuestion {
        /// The question that changed.
        question: QuestionId,
    },
    /// Updates the provider's list of customers.
    TellCustomer,
    /// Tells a customer how its provider presents itself.
    TellFace {
        /// The customer.
        customer: Slug,
    },
    /// Updates the provider's list of inquiries.
    TellInquiry {
        /// The inquiry that changed.
        inquiry: InquiryId,
    },
    /// Tells the provider about equipment whose serial number may have changed.
    TellEquipment {
        /// The last of the notes that this message is about; `None` until it is first delivered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<i64>,
    },
    /// Tells a customer about a machine that asked the provider to be enrolled.
    TellMachine {
        /// The machine's request.
        request: EnrolmentRequestId,
        /// The customer.
        customer: Slug,
    },
    /// Tells the provider what became of a machine that it vouched for.
    TellMachineAnswer {
        /// The machine's request.
        request: EnrolmentRequestId,
    },
    /// Reports to its tenant what has happened in a session.
    ReportSession {
        /// The number of the last report.
        through: i64,
    },
    /// Reports to a tenant that the number it chose for a session is taken.
    ReportTaken {
        /// The tenant.
        tenant: Slug,
        /// The launch that it chose the number for.
        launch: LaunchId,
    },
    /// Moves a file from the object's own store to the deployment's blob store.
    MoveAttachment {
        /// The inquiry it belongs to.
        inquiry: InquiryId,
        /// The file.
        attachment: AttachmentId,
    },
    /// Rewrites the tenant's entry in the directory.
    PublishDirectory,
    /// Rewrites the tenant's revocations.
    PublishRevocations,
    /// Enters the provider's organisation id in the directory.
    PublishOrganization,
}

/// What the desk is mailed about a launch. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaunchNews {
    /// It was approved.
    Approved,
    /// It was refused.
    Refused,
    /// Nobody answered in time.
    Unanswered,
    /// It has started: ID and password.
    Started,
    /// The machine is connected again.
    MachineBack,
}

const fn is_zero(issue: &i64) -> bool {
    *issue == 0
}

impl Message {
    /// The name of the message's kind, for lists.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::FirstCredential { .. } => "first_credential",
            Self::Invitation { .. } => "invitation",
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
            Self::LaunchStarted { .. } => "launch_started",
            Self::SessionSummary { .. } => "session_summary",
            Self::AttendedSummary { .. } => "attended_summary",
            Self::SupportSteps { .. } => "support_steps",
            Self::DeskLaunch { .. } => "desk_launch",
            Self::TellLaunch { .. } => "tell_launch",
            Self::AttendedInvitation { .. } => "attended_invitation",
            Self::Appointment { .. } => "appointment",
            Self::DeskAppointment { .. } => "desk_appointment",
            Self::TellAppointment { .. } => "tell_appointment",
            Self::TellAttended { .. } => "tell_attended",
            Self::OpenSession { .. } => "open_session",
            Self::ExtendSession { .. } => "extend_session",
            Self::EndSession { .. } => "end_session",
            Self::EndDeskSession { .. } => "end_desk_session",
            Self::TellCustomer => "tell_customer",
            Self::TellInquiry { .. } => "tell_inquiry",
            Self::TellFace { .. } => "tell_face",
            Self::TellEquipment { .. } => "tell_equipment",
            Self::TellMachine { .. } => "tell_machine",
            Self::TellMachineAnswer { .. } => "tell_machine_answer",
            Self::ReportSession { .. } => "report_session",
            Self::ReportTaken { .. } => "report_taken",
            Self::MoveAttachment { .. } => "move_attachment",
            Self::PublishDirectory => "publish_directory",
            Self::PublishRevocations => "publish_revocations",
            Self::PublishOrganization => "publish_organization",
        }
    }

    /// The budget of `address` in the deployment that the mail counts against ([`crate::mail_budget`]), if somebody
    /// without credentials named the address or the account it goes to.
    #[must_use]
    pub fn budget(&self, address: &EmailAddress) -> Option<Mailbox> {
        match self {
            Self::ConfirmAddress { .. }
            | Self::SupportSteps { .. }
            | Self::AttendedInvitation { .. }
            | Self::Appointment {
                news: AppointmentNews::Proposed,
                ..
            } => Some(Mailbox::unasked(address)),
            Self::ActivationCode { .. }
            | Self::Refused { .. }
            | Self::PasswordReset { .. }
            | Self::Invitation { .. } => Some(Mailbox::of(address)),
            _ => None,
        }
    }

    /// Whether it is about the next minutes, so that it is tried again soon.
    #[must_use]
    pub const fn is_urgent(&self) -> bool {
        matches!(
            self,
            Self::Appointment {
                news: AppointmentNews::Reminder,
                ..
            } | Self::DeskAppointment {
                news: AppointmentNews::Reminder,
                ..
            }
        )
    }

    /// The group in which it waits for delivery. A higher one is not held up by a lower one: however many customers are to
    /// learn of a change, a revocation reaches the gate in time.
    #[must_use]
    pub const fn lane(&self) -> i64 {
        match self {
            Self::PublishDirectory | Self::PublishRevocations | Self::PublishOrganization => 2,
            _ if self.is_copy() => 1,
            _ => 0,
        }
    }

    /// Whether it only brings Tegata's own state to its place: a copy, or a file. Attempts to deliver such an entry
    /// never stop.
    #[must_use]
    pub const fn is_copy(&self) -> bool {
        matches!(
            self,
            Self::PublishDirectory
                | Self::PublishRevocations
                | Self::PublishOrganization
                | Self::TellEquipment { .. }
                | Self::TellMachine { .. }
                | Self::TellMachineAnswer { .. }
                | Self::TellCustomer
                | Self::TellFace { .. }
                | Self::TellInquiry { .. }
                | Self::TellQuestion { .. }
                | Self::TellLaunch { .. }
                | Self::TellAttended { .. }
                | Self::TellAppointment { .. }
                | Self::OpenSession { .. }
                | Self::ExtendSession { .. }
                | Self::EndSession { .. }
                | Self::EndDeskSession { .. }
                | Self::ReportSession { .. }
                | Self::ReportTaken { .. }
                | Self::MoveAttachment { .. }
        )
    }
}

/// The state of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum OutboxState {
    /// Waiting for its next attempt.
    Waiting,
    /// Given up until someone requests another attempt.
    Undeliverable,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxRow {
    /// The entry's id, the same in all attempts, so that receivers can drop duplicates.
    pub id: OutboxId,
    /// The message to deliver.
    pub message: Message,
    /// Time of creation; also the mail's `Date`.
    pub created_at: UnixSeconds,
    /// The entry's state.
    pub state: OutboxState,
    /// Number of attempts so far.
    pub attempts: u32,
    /// Time of the next attempt.
    pub next_at: UnixSeconds,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

/// Longest wait between attempts to send a mail, in seconds.
const LONGEST_WAIT: i64 = 6 * 3600;
/// First and longest wait between attempts to send a reminder, in seconds. It is tried until its appointment is over, and
/// then dropped.
const URGENT_WAITS: (i64, i64) = (10, 120);
/// First and longest wait between attempts to write a copy of Tegata's own state, in seconds. They are short because
/// the gate reads these copies.
const COPY_WAITS: (i64, i64) = (2, 60);

/// The number of seconds to wait after `attempts` failed attempts: doubling from `base` up to at most `longest`.
#[must_use]
pub fn backoff(base: i64, longest: i64, attempts: u32) -> i64 {
    let doublings = attempts.saturating_sub(1).min(20);
    base.saturating_mul(1_i64.checked_shl(doublings).unwrap_or(i64::MAX))
        .min(longest)
}

/// Why an attempt failed. The text names the step and the response code, never an address, a subject or a body, because
/// it is stored in the outbox and shown to administrators.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// A retry may succeed: the network or the provider failed, or a setting that an operator can correct is wrong.
    #[error("{0}")]
    Temporary(String),
    /// The same mail would fail again: the recipient or the message was refused.
    #[error("{0}")]
    Permanent(String),
    /// Nothing was attempted, because the address has used up its allowance of mails for now.
    #[error("too many mails to this address; next attempt in {0} s")]
    Postponed(i64),
}

impl OutboxRow {
    /// A new entry, due at once.
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

    /// Records a failed attempt. A postponed attempt is not counted.
    pub fn failed(&mut self, error: &DeliveryError, now: UnixSeconds, base: i64) {
        if let DeliveryError::Postponed(seconds) = error {
            self.last_error = Some(error.to_string());
            self.next_at = now.plus((*seconds).max(1));
            return;
        }
        let permanent = matches!(error, DeliveryError::Permanent(_));
        self.attempts = self.attempts.saturating_add(1);
        self.last_error = Some(error.to_string().chars().take(300).collect());
        let (base, longest) = match (self.message.is_copy(), self.message.is_urgent()) {
            (true, _) => COPY_WAITS,
            (false, true) => (base.min(URGENT_WAITS.0), URGENT_WAITS.1),
            (false, false) => (base, LONGEST_WAIT),
        };
        self.next_at = now.plus(backoff(base, longest, self.attempts));
        let exhausted = self.attempts >= MAX_ATTEMPTS && !self.message.is_urgent();
        if !self.message.is_copy() && (permanent || exhausted) {
            self.state = OutboxState::Undeliverable;
        }
    }

    /// Enqueues an undeliverable entry again.
    pub fn retry(&mut self, now: UnixSeconds) {
        self.state = OutboxState::Waiting;
        self.attempts = 0;
        self.next_at = now;
    }

    /// The entry as an administrator sees it.
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

/// An outbox entry as an administrator sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OutboxView {
    /// The entry's id.
    pub id: OutboxId,
    /// The kind of message.
    pub kind: String,
    /// The address it would be sent to now; only in an administrator's list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<EmailAddress>,
    /// The entry's state.
    pub state: OutboxState,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Number of attempts so far.
    pub attempts: u32,
    /// Time of the next attempt.
    pub next_at: UnixSeconds,
    /// Why the last attempt failed.
    pub last_error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{DeliveryError, LONGEST_WAIT, MAX_ATTEMPTS, Message, OutboxRow, OutboxState, backoff};
    use crate::id::{AppointmentId, OutboxId, RegistrationId, UserId};
    use crate::mail::AppointmentNews;
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
    fn a_reminder_is_tried_until_its_appointment_is_over() {
        let random = CountingRandom::new(1);
        let message = Message::Appointment {
            appointment: AppointmentId::generate(&random),
            place: 0,
            news: AppointmentNews::Reminder,
            sequence: 0,
            proposal: None,
        };
        let mut row = OutboxRow::new(OutboxId::generate(&random), message, UnixSeconds(0));
        let down = DeliveryError::Temporary("the provider is down".to_owned());
        for _ in 0..MAX_ATTEMPTS * 10 {
            let tried_at = row.next_at;
            row.failed(&down, tried_at, 30);
            assert!((10..=120).contains(&row.next_at.since(tried_at)));
        }
        assert_eq!(row.state, OutboxState::Waiting);
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

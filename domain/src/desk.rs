//! The provider's desk (K1): what it sees of its customers and does for them. The customer's own tenant makes every
//! decision and keeps every record; the provider's tenant keeps a list of its customers and their inquiries, which
//! messages between the two tenants keep up to date.

mod voucher;

use serde::{Deserialize, Serialize};

use crate::account::AccountState;
use crate::appointment::{Answer, AppointmentView, Cancel, DeskAppointment, NewAppointment, Propose};
use crate::attended::{AttendedView, DeskAttended, Invited, NewAttended};
use crate::audit::Actor;
use crate::blob::BlobKey;
use crate::command::operator::CreateTenant;
use crate::contract::Contract;
use crate::email::EmailAddress;
use crate::equipment::EquipmentView;
use crate::face::{Face, Logo};
use crate::id::{
    ApplicationId, AppointmentId, AttachmentId, EquipmentId, GuestId, InquiryId, LaunchId, QuestionId, UserId,
};
use crate::inquiry::{Body, InquiryThread, NewAttachment};
use crate::launch::{DeskLaunch, LaunchView, NewLaunch};
use crate::locale::Locale;
use crate::mail::{AppointmentNews, Recipient};
use crate::outbox::LaunchNews;
use crate::panel::{attended, equipment, launches};
use crate::question::{DeskQuestion, NewQuestion, QuestionView};
use crate::secret::HashedSecret;
use crate::session::{SessionNumber, SessionReport};
use crate::slug::Slug;
use crate::tenant::TenantState;
use crate::text::{ChatText, OrganizationName, PersonName};
use crate::time::{TimeZone, UnixSeconds};
use crate::wire::page::Page;

pub use voucher::{DeskDeed, DeskVoucher, VOUCHER_LIFE};

/// A customer in the provider's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Its domain.
    pub slug: Slug,
    /// Its name.
    pub name: OrganizationName,
    /// Whether it is active or suspended.
    pub state: TenantState,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
    pub time_zone: TimeZone,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Number of completed setup steps (C8).
    pub setup_done: i64,
    /// Total number of setup steps.
    pub setup_of: i64,
    /// Number of its system administrators.
    pub administrators: i64,
    /// Incremented with each change, so that copies can be kept in order.
    pub version: i64,
}

/// A customer with its contract and its administrators, without their secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerDetails {
    /// The customer.
    pub customer: Customer,
    /// Its system administrators.
    pub administrators: Vec<CustomerAdministrator>,
    /// The contract, with its contact person and the date of application.
    pub contract: Contract,
}

/// A customer's system administrator as the desk sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerAdministrator {
    /// The user's id.
    pub user_id: UserId,
    /// The person's name.
    pub name: PersonName,
    /// Their main mail address.
    pub email: Option<EmailAddress>,
    /// The name they log in with.
    pub account: String,
    /// Whether their account can be used.
    pub state: AccountState,
    /// Why the mail with their temporary password could not be delivered, if it could not.
    pub undeliverable: Option<String>,
}

/// A member of the desk's staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskStaff {
    /// The user's id.
    pub user_id: UserId,
    /// The person's name.
    pub name: PersonName,
}

/// The member of the desk's staff who acts, vouched for by their own tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskActor {
    /// The provider.
    pub provider: Slug,
    /// The provider's name.
    pub provider_name: OrganizationName,
    /// The user's id.
    pub user: UserId,
    /// The person's name.
    pub name: PersonName,
    /// Their main mail address.
    pub email: Option<EmailAddress>,
    /// The network address of the request.
    pub client: String,
}

impl DeskActor {
    /// The actor as recorded in the customer's audit log.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor::new(
            "desk",
            Some(&format!("{}/{}", self.provider, self.user)),
            Some(&self.client),
        )
    }
}

/// See [`crate::command::TenantCommand::Desk`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Desk {
    /// The provider's voucher for the actor, valid for this action only.
    pub voucher: DeskVoucher,
    /// The action.
    pub action: DeskAction,
}

/// An action of the desk in a customer's tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskAction {
    /// Creates the customer.
    Create(Box<CreateTenant>),
    /// Shows the customer.
    Show,
    /// Suspends or resumes the customer.
    SetState(TenantState),
    /// Reissues an administrator's credential (K1).
    Reissue(UserId),
    /// Reads an inquiry.
    ShowInquiry(InquiryId),
    /// Answers an inquiry.
    AnswerInquiry(InquiryId, Body, Vec<NewAttachment>),
    /// Closes an inquiry.
    CloseInquiry(InquiryId),
    /// Fetches an attachment.
    FetchAttachment(InquiryId, AttachmentId),
    /// Asks the customer's approvers a question (B12).
    Ask(Box<AskQuestion>),
    /// Shows a question.
    ShowQuestion(QuestionId),
    /// Withdraws a question.
    WithdrawQuestion(QuestionId),
    /// Fetches the signed receipt of an answer.
    FetchQuestionReceipt(QuestionId),
    /// Requests remote support (K7).
    RequestLaunch(Box<RequestLaunch>),
    /// Shows a launch.
    ShowLaunch(LaunchId),
    /// Withdraws a request for remote support.
    WithdrawLaunch(LaunchId),
    /// Executes an approved launch (K9).
    ExecuteLaunch(LaunchId),
    /// Ends a launch.
    EndLaunch(LaunchId),
    /// Fetches the signed receipt of the consent to a launch.
    FetchLaunchReceipt(LaunchId),
    /// Shows a page of the record of a launch's session.
    ShowRecord(Box<launches::Record>),
    /// Notes the outcome of a launch, and the inquiry that it belongs to.
    NoteOutcome(Box<NoteOutcome>),
    /// Mails somebody at the machine how to start remote support there (K6).
    MailSteps(Box<MailSteps>),
    /// Opens an attended session (Z3).
    OpenAttended(Box<OpenAttended>),
    /// Shows an attended session, with what the desk hands over.
    ShowAttended(LaunchId),
    /// Invites somebody by mail, or mails them again.
    InviteAttended(LaunchId, Box<Invited>),
    /// Withdraws an attended session that nobody has joined.
    WithdrawAttended(LaunchId),
    /// Ends an attended session.
    EndAttended(LaunchId),
    /// Shows a page of the record of an attended session.
    ShowAttendedRecord(Box<attended::Record>),
    /// Notes the outcome of an attended session, and the inquiry that it belongs to.
    NoteAttended(Box<NoteOutcome>),
    /// Fetches the signed receipt of a participant's consent.
    FetchAttendedReceipt(LaunchId, GuestId),
    /// Proposes an appointment (Z1).
    CreateAppointment(Box<CreateAppointment>),
    /// Shows an appointment.
    ShowAppointment(AppointmentId),
    /// Proposes other times, before or after a date was agreed.
    ProposeTimes(AppointmentId, Box<Propose>),
    /// Answers the customer's proposal of times.
    AnswerTimes(AppointmentId, Box<Answer>),
    /// Cancels an appointment.
    CancelAppointment(AppointmentId, Box<Cancel>),
    /// Fetches the signed receipt of an agreed date.
    FetchAppointmentReceipt(AppointmentId),
    /// Lists equipment.
    ListEquipment(Box<equipment::List>),
    /// Shows a piece of equipment.
    ShowEquipment(EquipmentId),
    /// Registers a piece of equipment.
    CreateEquipment(Box<RegisterEquipment>),
    /// Changes a piece of equipment.
    ChangeEquipment(Box<equipment::Change>),
    /// Retires a piece of equipment.
    RetireEquipment(EquipmentId),
}

/// See [`DeskAction::Ask`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AskQuestion {
    /// The question.
    pub question: NewQuestion,
    /// The hash of the request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`DeskAction::RequestLaunch`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RequestLaunch {
    /// The request.
    pub launch: NewLaunch,
    /// The hash of the request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`DeskAction::NoteOutcome`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteOutcome {
    /// The launch, or the attended session.
    pub launch: LaunchId,
    /// What to note.
    pub outcome: NewOutcome,
}

/// The outcome of remote support, in the desk's words. Both sides read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewOutcome {
    /// The outcome.
    pub text: ChatText,
    /// The customer's inquiry that it belongs to.
    #[serde(default)]
    pub inquiry: Option<InquiryId>,
}

/// See [`DeskAction::OpenAttended`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenAttended {
    /// The session.
    pub attended: NewAttended,
    /// The hash of the request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`DeskAction::CreateAppointment`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CreateAppointment {
    /// The appointment.
    pub appointment: NewAppointment,
    /// The hash of the request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`DeskAction::MailSteps`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MailSteps {
    /// The equipment.
    pub equipment: EquipmentId,
    /// The person who stands there. They need no account.
    pub to: Recipient,
}

/// See [`DeskAction::CreateEquipment`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RegisterEquipment {
    /// The equipment.
    pub equipment: equipment::Create,
    /// The hash of the request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

impl DeskAction {
    /// The name of this action in a voucher.
    #[must_use]
    pub const fn deed(&self) -> DeskDeed {
        match self {
            Self::Create(_) => DeskDeed::Create,
            Self::Show => DeskDeed::Show,
            Self::SetState(TenantState::Suspended) => DeskDeed::Suspend,
            Self::SetState(TenantState::Active) => DeskDeed::Resume,
            Self::Reissue(_) => DeskDeed::Reissue,
            Self::ShowInquiry(_) => DeskDeed::ShowInquiry,
            Self::AnswerInquiry(..) => DeskDeed::AnswerInquiry,
            Self::CloseInquiry(_) => DeskDeed::CloseInquiry,
            Self::FetchAttachment(..) => DeskDeed::FetchAttachment,
            Self::Ask(_) => DeskDeed::Ask,
            Self::ShowQuestion(_) => DeskDeed::ShowQuestion,
            Self::WithdrawQuestion(_) => DeskDeed::WithdrawQuestion,
            Self::FetchQuestionReceipt(_) => DeskDeed::FetchQuestionReceipt,
            Self::RequestLaunch(_) => DeskDeed::RequestLaunch,
            Self::ShowLaunch(_) => DeskDeed::ShowLaunch,
            Self::WithdrawLaunch(_) => DeskDeed::WithdrawLaunch,
            Self::ExecuteLaunch(_) => DeskDeed::ExecuteLaunch,
            Self::EndLaunch(_) => DeskDeed::EndLaunch,
            Self::FetchLaunchReceipt(_) => DeskDeed::FetchLaunchReceipt,
            Self::ShowRecord(_) => DeskDeed::ShowRecord,
            Self::NoteOutcome(_) => DeskDeed::NoteOutcome,
            Self::MailSteps(_) => DeskDeed::MailSteps,
            Self::OpenAttended(_) => DeskDeed::OpenAttended,
            Self::ShowAttended(_) => DeskDeed::ShowAttended,
            Self::InviteAttended(..) => DeskDeed::InviteAttended,
            Self::WithdrawAttended(_) => DeskDeed::WithdrawAttended,
            Self::EndAttended(_) => DeskDeed::EndAttended,
            Self::ShowAttendedRecord(_) => DeskDeed::ShowAttendedRecord,
            Self::NoteAttended(_) => DeskDeed::NoteAttended,
            Self::FetchAttendedReceipt(..) => DeskDeed::FetchAttendedReceipt,
            Self::CreateAppointment(_) => DeskDeed::CreateAppointment,
            Self::ShowAppointment(_) => DeskDeed::ShowAppointment,
            Self::ProposeTimes(..) => DeskDeed::ProposeTimes,
            Self::AnswerTimes(..) => DeskDeed::AnswerTimes,
            Self::CancelAppointment(..) => DeskDeed::CancelAppointment,
            Self::FetchAppointmentReceipt(_) => DeskDeed::FetchAppointmentReceipt,
            Self::ListEquipment(_) => DeskDeed::ListEquipment,
            Self::ShowEquipment(_) => DeskDeed::ShowEquipment,
            Self::CreateEquipment(_) => DeskDeed::CreateEquipment,
            Self::ChangeEquipment(_) => DeskDeed::ChangeEquipment,
            Self::RetireEquipment(_) => DeskDeed::RetireEquipment,
        }
    }
}

/// The reply to the desk. It is serialised without a tag, because the caller knows which variant to expect.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum DeskReply {
    /// The customer after the action.
    Customer(Box<CustomerDetails>),
    /// The inquiry after the action.
    Inquiry(Box<InquiryThread>),
    /// A file.
    File(FetchedAttachment),
    /// The question after the action.
    Question(Box<QuestionView>),
    /// A signed receipt.
    Receipt(String),
    /// The launch after the action.
    Launch(Box<LaunchView>),
    /// A page of a session's record.
    Record(Page<SessionReport>),
    /// The attended session after the action.
    Attended(Box<AttendedView>),
    /// The appointment after the action.
    Appointment(Box<AppointmentView>),
    /// The piece of equipment after the action.
    Equipment(Box<EquipmentView>),
    /// A page of equipment.
    EquipmentPage(Page<EquipmentView>),
}

/// A file, as it was uploaded.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FetchedAttachment {
    /// The file's name.
    pub name: String,
    /// The file's media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// The content in base64; empty if it is stored as a blob.
    pub data: String,
    /// The key of the blob with its content, once that has left the object's own store.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(ignore))]
    pub blob: Option<BlobKey>,
}

/// See [`crate::command::TenantCommand::NoteInquiry`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteInquiry {
    /// The customer.
    pub tenant: Slug,
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The current state of the inquiry.
    pub inquiry: crate::inquiry::Inquiry,
}

/// See [`crate::command::TenantCommand::NoteQuestion`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteQuestion {
    /// The current state of the question.
    pub entry: DeskQuestion,
}

/// See [`crate::command::TenantCommand::NoteLaunch`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteLaunch {
    /// The current state of the launch.
    pub entry: Box<DeskLaunch>,
    /// What the desk is mailed about, if anything, and when it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<(LaunchNews, UnixSeconds)>,
    /// The session's number and the link key of its password, for the mail with both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential: Option<(SessionNumber, String)>,
    /// The people at the desk to mail: who asked, and who executed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<UserId>,
}

/// See [`crate::command::TenantCommand::NoteAttended`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteAttended {
    /// The current state of the attended session.
    pub entry: Box<DeskAttended>,
}

/// See [`crate::command::TenantCommand::NoteAppointment`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteAppointment {
    /// The current state of the appointment.
    pub entry: Box<DeskAppointment>,
    /// What its host is mailed about, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub news: Option<AppointmentNews>,
    /// The appointment's version with that change. The state that comes with it may be a later one.
    pub told: i64,
}

/// See [`crate::command::TenantCommand::NoteFace`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteFace {
    /// The provider.
    pub provider: Slug,
    /// Its face.
    pub face: Face,
    /// Its logo.
    pub logo: Option<Logo>,
}

/// See [`crate::command::TenantCommand::NoteCustomer`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteCustomer {
    /// The current state of the customer.
    pub customer: Customer,
    /// The application that the customer's contract answers, if the provider recorded one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationId>,
}

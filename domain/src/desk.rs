//! The provider's desk (K1): what it sees of its customers and does for them. A customer's own tenant decides and writes
//! everything down; the provider's tenant keeps a list of its customers and of their inquiries, brought up to date by
//! messages between the two.

mod voucher;

use serde::{Deserialize, Serialize};

use crate::account::AccountState;
use crate::audit::Actor;
use crate::blob::BlobKey;
use crate::command::operator::CreateTenant;
use crate::email::EmailAddress;
use crate::id::{AttachmentId, InquiryId, QuestionId, UserId};
use crate::inquiry::{Body, InquiryThread, NewAttachment};
use crate::locale::Locale;
use crate::question::{DeskQuestion, NewQuestion, QuestionView};
use crate::secret::HashedSecret;
use crate::slug::Slug;
use crate::tenant::TenantState;
use crate::text::{OrganizationName, PersonName};
use crate::time::{TimeZone, UnixSeconds};

pub use voucher::{DeskDeed, DeskVoucher, VOUCHER_LIFE};

/// A customer in the provider's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Customer {
    /// Its domain.
    pub slug: Slug,
    /// Its name.
    pub name: OrganizationName,
    /// Whether it works.
    pub state: TenantState,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
    pub time_zone: TimeZone,
    /// When it was made.
    pub created_at: UnixSeconds,
    /// How many steps of setting up are done (C8).
    pub setup_done: i64,
    /// Of how many.
    pub setup_of: i64,
    /// How many system administrators it has.
    pub administrators: i64,
    /// Counts its changes, for whoever keeps a copy.
    pub version: i64,
}

/// A customer with its administrators: who they are, never their secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerDetails {
    /// The customer.
    pub customer: Customer,
    /// Its system administrators.
    pub administrators: Vec<CustomerAdministrator>,
}

/// A customer's system administrator as the desk sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CustomerAdministrator {
    /// Their name for machines.
    pub user_id: UserId,
    /// Their name.
    pub name: PersonName,
    /// Their main address.
    pub email: Option<EmailAddress>,
    /// The name they log in with.
    pub account: String,
    /// Whether their account can be used.
    pub state: AccountState,
    /// Why the mail with their first password could not be delivered, where that is so.
    pub undeliverable: Option<String>,
}

/// Somebody at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskStaff {
    /// The person.
    pub user_id: UserId,
    /// Their name.
    pub name: PersonName,
}

/// Who at the desk acts, as their own tenant vouches for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskActor {
    /// The provider.
    pub provider: Slug,
    /// The provider's name.
    pub provider_name: OrganizationName,
    /// The person.
    pub user: UserId,
    /// Their name.
    pub name: PersonName,
    /// Their main address.
    pub email: Option<EmailAddress>,
    /// The network address they act from.
    pub client: String,
}

impl DeskActor {
    /// They, as the customer's audit log names them.
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
    /// The provider's word for who acts, and for this action alone.
    pub voucher: DeskVoucher,
    /// What.
    pub action: DeskAction,
}

/// What the desk does in a customer's tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskAction {
    /// Makes the customer.
    Create(Box<CreateTenant>),
    /// Looks at the customer.
    Show,
    /// Suspends or resumes it.
    SetState(TenantState),
    /// Issues an administrator's credential anew (K1).
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
    /// Looks at a question.
    ShowQuestion(QuestionId),
    /// Takes a question back.
    WithdrawQuestion(QuestionId),
    /// Fetches the signed receipt of an answer.
    FetchQuestionReceipt(QuestionId),
}

/// See [`DeskAction::Ask`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AskQuestion {
    /// What is asked.
    pub question: NewQuestion,
    /// The request's `Idempotency-Key`, hashed.
    pub idempotency_key: Option<HashedSecret>,
}

impl DeskAction {
    /// What a voucher calls it.
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
        }
    }
}

/// What the desk is answered. It travels as the thing itself: whoever asked knows what it is.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum DeskReply {
    /// The customer as it is now.
    Customer(Box<CustomerDetails>),
    /// The inquiry as it is now.
    Inquiry(Box<InquiryThread>),
    /// A file.
    File(FetchedAttachment),
    /// The question as it is now.
    Question(Box<QuestionView>),
    /// A signed receipt.
    Receipt(String),
}

/// A file as it was sent.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FetchedAttachment {
    /// Its name.
    pub name: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub media_type: String,
    /// Its content in base64; empty where it is a blob.
    pub data: String,
    /// Where its content lies, once it has left the object's own store.
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
    /// The inquiry as it is now.
    pub inquiry: crate::inquiry::Inquiry,
}

/// See [`crate::command::TenantCommand::NoteQuestion`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteQuestion {
    /// The question as it is now.
    pub entry: DeskQuestion,
}

/// See [`crate::command::TenantCommand::NoteCustomer`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteCustomer {
    /// The customer as it is now.
    pub customer: Customer,
}

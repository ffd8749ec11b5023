//! Commands from people who open a link in a mail.

use serde::{Deserialize, Serialize};

use crate::approval::{ApprovalKind, ApprovalState, Decision, Follows, Outcome};
use crate::locale::Locale;
use crate::registration::Stage;
use crate::secret::PlainSessionToken;
use crate::text::{OrganizationName, PersonName, Reason};
use crate::time::{TimeZone, UnixSeconds};

/// See [`super::TenantCommand::ViewApproval`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ViewApproval {
    /// The link's token.
    pub token: String,
    /// Requested language; defaults to the approver's own.
    pub locale: Option<Locale>,
    /// The approver's console session, if they have one.
    #[serde(default)]
    pub session: Option<PlainSessionToken>,
}

/// See [`super::TenantCommand::DecideApproval`].
#[derive(Clone, Serialize, Deserialize)]
pub struct DecideApproval {
    /// The link's token.
    pub token: String,
    /// The answer.
    pub outcome: Outcome,
    /// Whether the confirmation box was ticked (B1).
    pub confirmed: bool,
    /// Reason for a refusal.
    pub reason: Option<Reason>,
    /// Language in which the page was shown.
    pub locale: Locale,
    /// The client's network address.
    pub client: String,
    /// The approver's console session, if they have one.
    #[serde(default)]
    pub session: Option<PlainSessionToken>,
}

/// An approval, as seen by its approver.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApprovalView {
    /// The kind of approval.
    pub kind: ApprovalKind,
    /// The tenant's name.
    pub tenant_name: OrganizationName,
    /// Language of the statement.
    pub locale: Locale,
    /// The approver's time zone.
    pub time_zone: TimeZone,
    /// Consent statement, to be shown verbatim.
    pub statement: String,
    /// Whether the statement calls for a warning: for a Viewer, an address outside the tenant's own mail domains.
    pub needs_caution: bool,
    /// The approver's name.
    pub approver_name: PersonName,
    /// The address that the link was mailed to, in the form that people read.
    pub approver_email: String,
    /// Deadline for the answer.
    pub expires_at: UnixSeconds,
    /// Current state.
    pub state: ApprovalState,
    /// Number of approvers who have to approve.
    pub required: u32,
    /// Approvals so far, without the final one.
    pub agreed: Vec<Decision>,
    /// Whether this approver gave one of them.
    pub own_agreement: bool,
    /// The final answer, once there is one.
    pub decision: Option<Decision>,
    /// Whether this command recorded an answer.
    pub just_now: bool,
    /// What follows from the answer, or would from an approval.
    pub follows: Follows,
}

/// See [`super::TenantCommand::FetchReceipt`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FetchReceipt {
    /// The approval link's token.
    pub token: String,
}

/// See [`super::TenantCommand::ViewConfirmation`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ViewConfirmation {
    /// The link's token.
    pub token: String,
}

/// See [`super::TenantCommand::ConfirmAddress`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ConfirmAddress {
    /// The link's token.
    pub token: String,
    /// Whether the confirmation box was ticked (B1).
    pub confirmed: bool,
    /// The client's network address.
    pub client: String,
}

/// An address confirmation, as seen by its recipient.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConfirmationView {
    /// The tenant's name.
    pub tenant_name: OrganizationName,
    /// The tenant's time zone.
    pub time_zone: TimeZone,
    /// The requester's language.
    pub locale: Locale,
    /// Name of the PC.
    pub device_name: String,
    /// Deadline for the confirmation.
    pub expires_at: UnixSeconds,
    /// Current stage of the registration.
    pub state: Stage,
}

//! What people do who open a link in a mail.

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
    /// The language asked for; otherwise the approver's own.
    pub locale: Option<Locale>,
    /// The approver's console session, where they have one.
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
    /// Whether the confirmation was ticked (B1).
    pub confirmed: bool,
    /// Why, where it is refused.
    pub reason: Option<Reason>,
    /// The language of the page that was shown.
    pub locale: Locale,
    /// The client's network address.
    pub client: String,
    /// The approver's console session, where they have one.
    #[serde(default)]
    pub session: Option<PlainSessionToken>,
}

/// An approval as its approver sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApprovalView {
    /// Which kind of question it is.
    pub kind: ApprovalKind,
    /// The tenant's name.
    pub tenant_name: OrganizationName,
    /// The language it is written in.
    pub locale: Locale,
    /// The approver's time zone.
    pub time_zone: TimeZone,
    /// The text that is consented to, as it must be shown.
    pub statement: String,
    /// Whether something in the statement calls for a warning: for a Viewer, an address outside the tenant's own domains.
    pub needs_caution: bool,
    /// The approver's name.
    pub approver_name: PersonName,
    /// The address that the link was mailed to, in the form that people read.
    pub approver_email: String,
    /// Until when it can be answered.
    pub expires_at: UnixSeconds,
    /// Where it stands.
    pub state: ApprovalState,
    /// How many approvers have to approve.
    pub required: u32,
    /// Those who approved before the last.
    pub agreed: Vec<Decision>,
    /// Whether this approver is one of them.
    pub own_agreement: bool,
    /// The answer, once there is one.
    pub decision: Option<Decision>,
    /// Whether this command was the first answer.
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
    /// Whether the confirmation was ticked (B1).
    pub confirmed: bool,
    /// The client's network address.
    pub client: String,
}

/// An address confirmation as its reader sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ConfirmationView {
    /// The tenant's name.
    pub tenant_name: OrganizationName,
    /// The tenant's time zone.
    pub time_zone: TimeZone,
    /// The requester's language.
    pub locale: Locale,
    /// What the PC is called.
    pub device_name: String,
    /// Until when it can be confirmed.
    pub expires_at: UnixSeconds,
    /// Where the registration stands.
    pub state: Stage,
}

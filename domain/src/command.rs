//! Commands to a tenant's object and its replies: the one language between `routes` and `objects`.
//!
//! A command is parsed input; what is in it has the right shape. Whether it is allowed is for the object to decide.

use serde::{Deserialize, Serialize};

use crate::account::{AdministratorView, NewAdministrator};
use crate::approval::{ApprovalKind, ApprovalState, Decision, Outcome};
use crate::audit::AuditEntry;
use crate::audit::filter::AuditFilter;
use crate::audit::head::AuditHead;
use crate::desk::{Desk, DeskAction, NoteCustomer, NoteInquiry, NoteQuestion};
use crate::device::DeviceView;
use crate::id::{DeviceId, OutboxId};
use crate::jwk::Thumbprint;
use crate::locale::Locale;
use crate::object;
use crate::outbox::OutboxView;
use crate::panel::{
    CompleteReset, FindPasskey, FinishLogin, FinishPasskeyLogin, OpenReset, Panel, RequestReset, ResetOpened, SignedIn,
    StartLogin, StartPasskeyLogin,
};
use crate::passkey::options::PasskeyRequest;
use crate::password::HashedPassword;
use crate::policy::{Activation, Policy};
use crate::registration::{Applicant, Stage};
use crate::secret::{HashedSecret, PlainDeviceCode, PlainIntrospectionSecret, PlainRefreshToken, PlainSessionToken};
use crate::slug::Slug;
use crate::tenant::{TenantKind, TenantState, TenantView};
use crate::text::{OrganizationName, Reason};
use crate::time::{TimeZone, UnixSeconds};

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident -> $reply:ty,)*) => {
        /// Any command to a tenant's object, as it travels.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum TenantCommand {
            $($(#[$doc])* $name($name),)*
        }

        $(
            impl object::Command for $name {
                type To = object::Tenant;
                type Reply = $reply;
            }

            impl From<$name> for TenantCommand {
                fn from(command: $name) -> Self {
                    Self::$name(command)
                }
            }
        )*
    };
}

commands! {
    /// Makes the tenant.
    CreateTenant -> TenantView,
    /// Shows the tenant.
    ShowTenant -> TenantView,
    /// Changes some of the tenant.
    UpdateTenant -> TenantView,
    /// Suspends or resumes the tenant.
    SetTenantState -> TenantView,
    /// Adds an administrator.
    AddAdministrator -> AdministratorView,
    /// Makes a new introspection secret.
    RenewIntrospectionSecret -> PlainIntrospectionSecret,
    /// Lists devices.
    ListDevices -> Page<DeviceView>,
    /// Takes a device away.
    RevokeDevice -> (),
    /// Lists the audit log.
    ListAudit -> Page<AuditEntry>,
    /// Lists the signed heads of the audit log.
    ListAuditHeads -> Page<AuditHead>,
    /// Lists what waits to leave.
    ListOutbox -> Page<OutboxView>,
    /// Puts an undeliverable row back in line.
    RetryOutbox -> (),
    /// A Viewer asks to be let in.
    Register -> Registered,
    /// A Viewer asks where its registration stands.
    ShowRegistration -> RegistrationView,
    /// A Viewer asks for the waiting mail once more.
    ResendMail -> (),
    /// A Viewer takes its request back.
    WithdrawRegistration -> (),
    /// A Viewer polls and, when it may, collects its tokens.
    RedeemDeviceCode -> Granted,
    /// A Viewer renews its tokens.
    RefreshTokens -> Granted,
    /// A token is given back.
    RevokeToken -> (),
    /// A resource server asks about a token.
    Introspect -> Introspected,
    /// A person opens an approval link.
    ViewApproval -> ApprovalView,
    /// A person answers an approval.
    DecideApproval -> ApprovalView,
    /// A person fetches the receipt.
    FetchReceipt -> String,
    /// A person opens an address confirmation link.
    ViewConfirmation -> ConfirmationView,
    /// A person confirms their address.
    ConfirmAddress -> ConfirmationView,
    /// A person types user code and activation code on the page.
    EnterCodes -> CodesEntered,
    /// Somebody wants to log in: the password to compare with.
    StartLogin -> HashedPassword,
    /// The password was compared.
    FinishLogin -> SignedIn,
    /// Somebody wants to log in with a passkey: what their authenticator is to sign.
    StartPasskeyLogin -> PasskeyRequest,
    /// Somebody shows a passkey: the public key to check it with, if it is known here.
    FindPasskey -> Option<String>,
    /// The passkey was checked.
    FinishPasskeyLogin -> SignedIn,
    /// Somebody has forgotten their password.
    RequestReset -> (),
    /// A person opens the link of a password reset.
    OpenReset -> ResetOpened,
    /// A person sets a new password by such a link.
    CompleteReset -> (),
    /// An action of the panel.
    Panel -> serde_json::Value,
    /// The provider's desk acts in a customer's tenant.
    Desk -> serde_json::Value,
    /// A customer tells its provider how it is.
    NoteCustomer -> (),
    /// A customer tells its provider how an inquiry is.
    NoteInquiry -> (),
    /// A customer tells its provider how a question is.
    NoteQuestion -> (),
}

impl TenantCommand {
    /// Whether carrying it out leaves nothing to do later, neither a delivery nor an entry that waits for its signed head,
    /// so that nobody has to look at the alarm afterwards. A refusal may still leave something: a re-used refresh token
    /// ends its device.
    #[must_use]
    pub const fn is_quiet(&self) -> bool {
        matches!(
            self,
            Self::ShowTenant(_)
                | Self::ListDevices(_)
                | Self::ListAudit(_)
                | Self::ListAuditHeads(_)
                | Self::ListOutbox(_)
                | Self::ShowRegistration(_)
                | Self::RefreshTokens(_)
                | Self::Introspect(_)
                | Self::ViewApproval(_)
                | Self::FetchReceipt(_)
                | Self::ViewConfirmation(_)
                | Self::OpenReset(_)
                | Self::StartPasskeyLogin(_)
        )
    }

    /// Whether something of it stays when it is refused: tries are counted, re-used tokens end their family. What
    /// administrators, the desk and the operator do happens whole or not at all.
    #[must_use]
    pub const fn counts_when_refused(&self) -> bool {
        !matches!(
            self,
            Self::Panel(_)
                | Self::Desk(_)
                | Self::CreateTenant(_)
                | Self::UpdateTenant(_)
                | Self::SetTenantState(_)
                | Self::AddAdministrator(_)
                | Self::RenewIntrospectionSecret(_)
                | Self::RevokeDevice(_)
                | Self::RetryOutbox(_)
        )
    }

    /// Whether it may change what the edge keeps copies of: the directory or the revocations.
    #[must_use]
    pub fn touches_copies(&self) -> bool {
        if let Self::Panel(panel) = self {
            return matches!(panel.action.as_str(), "revoke_device" | "change_policies");
        }
        if let Self::Desk(desk) = self {
            return matches!(desk.action, DeskAction::Create(_) | DeskAction::SetState(_));
        }
        matches!(
            self,
            Self::CreateTenant(_)
                | Self::UpdateTenant(_)
                | Self::SetTenantState(_)
                | Self::RevokeDevice(_)
                | Self::RevokeToken(_)
                | Self::RefreshTokens(_)
        )
    }
}

/// Commands that carry what a person or a mail brought: their names are all that may be printed.
macro_rules! redacted {
    ($($name:ident)*) => {
        $(
            impl core::fmt::Debug for $name {
                fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                    f.write_str(concat!(stringify!($name), "(…)"))
                }
            }
        )*
    };
}

redacted! { StartLogin FinishLogin StartPasskeyLogin FindPasskey FinishPasskeyLogin RequestReset OpenReset CompleteReset RedeemDeviceCode EnterCodes ViewApproval DecideApproval FetchReceipt ViewConfirmation ConfirmAddress }

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where the next page begins; null on the last.
    pub cursor: Option<String>,
}

// By hand: derived, pages of all things have one name.
#[cfg(feature = "openapi")]
impl<T: utoipa::ToSchema> utoipa::PartialSchema for Page<T> {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, SchemaType, Type};
        let row = utoipa::openapi::Ref::from_schema_name(T::name());
        let items = ArrayBuilder::new().items(row).description(Some("The rows."));
        let cursor = ObjectBuilder::new()
            .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
            .description(Some("Where the next page begins; null on the last."));
        let page = ObjectBuilder::new()
            .description(Some("One page of a list."))
            .property("items", items)
            .property("cursor", cursor)
            .required("items");
        page.into()
    }
}

#[cfg(feature = "openapi")]
impl<T: utoipa::ToSchema> utoipa::ToSchema for Page<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }

    fn schemas(into: &mut crate::panel::Schemas) {
        into.push(crate::panel::schema_of::<T>(&mut Vec::new()));
        T::schemas(into);
    }
}

/// See [`TenantCommand::CreateTenant`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateTenant {
    /// Its domain.
    pub slug: Slug,
    /// Customer or provider.
    pub kind: TenantKind,
    /// The provider that serves it; of customers only.
    #[serde(default)]
    pub provider: Option<Slug>,
    /// Its name.
    pub name: OrganizationName,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
    pub time_zone: TimeZone,
    /// Its policies.
    #[serde(default)]
    pub policy: Policy,
    /// Its first administrator.
    pub administrator: NewAdministrator,
    /// The request's `Idempotency-Key`.
    #[serde(default)]
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`TenantCommand::ShowTenant`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowTenant {}

/// See [`TenantCommand::UpdateTenant`]. What is absent stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UpdateTenant {
    /// Its name.
    pub name: Option<OrganizationName>,
    /// Its language.
    pub locale: Option<Locale>,
    /// Its time zone.
    pub time_zone: Option<TimeZone>,
    /// Policies to change, as a JSON object merged into the current ones (RFC 7396).
    pub policy: Option<serde_json::Map<String, serde_json::Value>>,
}

/// See [`TenantCommand::SetTenantState`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetTenantState {
    /// The new state.
    pub state: TenantState,
}

/// See [`TenantCommand::AddAdministrator`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddAdministrator {
    /// Who.
    pub administrator: NewAdministrator,
    /// The request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`TenantCommand::RenewIntrospectionSecret`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RenewIntrospectionSecret {}

/// See [`TenantCommand::ListDevices`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListDevices {
    /// Where to begin.
    pub cursor: Option<String>,
}

/// See [`TenantCommand::RevokeDevice`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeDevice {
    /// Which.
    pub device: DeviceId,
}

/// See [`TenantCommand::ListAudit`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListAudit {
    /// Which entries; all unless something is asked for.
    pub filter: AuditFilter,
    /// Whether the newest come first; otherwise the oldest.
    pub newest_first: bool,
    /// Where to begin.
    pub cursor: Option<String>,
}

/// See [`TenantCommand::ListAuditHeads`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListAuditHeads {
    /// Where to begin.
    pub cursor: Option<String>,
}

/// See [`TenantCommand::ListOutbox`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListOutbox {
    /// Where to begin.
    pub cursor: Option<String>,
}

/// See [`TenantCommand::RetryOutbox`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RetryOutbox {
    /// Which.
    pub id: OutboxId,
}

/// See [`TenantCommand::Register`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Register {
    /// The OAuth client.
    pub client_id: String,
    /// What is asked for.
    pub scope: String,
    /// Who asks.
    pub applicant: Applicant,
    /// The proof that came with the request: only with one of the applicant's key is a pending request renewed.
    pub proof: Option<CheckedProof>,
    /// The client's network address.
    pub client: String,
}

/// The answer to [`Register`] (RFC 8628 section 3.2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Registered {
    /// The Viewer's hold on the registration.
    pub device_code: PlainDeviceCode,
    /// What the user can type on the page.
    pub user_code: String,
    /// Seconds until the wait ends.
    pub expires_in: i64,
}

/// See [`TenantCommand::ShowRegistration`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowRegistration {
    /// The hold on it.
    pub device_code: PlainDeviceCode,
}

/// A registration as its Viewer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationView {
    /// Where it stands.
    pub state: Stage,
    /// How it becomes usable.
    pub activation: Activation,
    /// When the current wait ends.
    pub expires_at: UnixSeconds,
    /// Wrong activation codes that remain.
    pub tries_left: u32,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal_reason: Option<Reason>,
}

/// See [`TenantCommand::ResendMail`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResendMail {
    /// The hold on the registration.
    pub device_code: PlainDeviceCode,
    /// The client's network address.
    pub client: String,
}

/// See [`TenantCommand::WithdrawRegistration`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WithdrawRegistration {
    /// The hold on it.
    pub device_code: PlainDeviceCode,
}

/// A DPoP proof that was checked at the edge; whether it is new is for the object to tell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckedProof {
    /// Thumbprint of the key that made it.
    pub jkt: Thumbprint,
    /// The hash of its `jti`.
    pub jti_hash: String,
    /// When it says it was made.
    pub issued_at: UnixSeconds,
}

/// See [`TenantCommand::RedeemDeviceCode`].
#[derive(Clone, Serialize, Deserialize)]
pub struct RedeemDeviceCode {
    /// The OAuth client.
    pub client_id: String,
    /// The hold on the registration.
    pub device_code: PlainDeviceCode,
    /// The mailed code, as typed.
    pub activation_code: Option<String>,
    /// The proof that came with the request.
    pub proof: Option<CheckedProof>,
    /// The request's `Idempotency-Key`: a repeat under it gets tokens again while the first were never used.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`TenantCommand::RefreshTokens`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefreshTokens {
    /// The OAuth client.
    pub client_id: String,
    /// The token.
    pub refresh_token: PlainRefreshToken,
    /// The proof that came with the request.
    pub proof: Option<CheckedProof>,
}

/// Tokens (RFC 6749 section 5.1).
#[derive(Clone, Serialize, Deserialize)]
pub struct Granted {
    /// The access token.
    pub access_token: String,
    /// `DPoP` or `Bearer`.
    pub token_type: String,
    /// Seconds the access token lives.
    pub expires_in: i64,
    /// The refresh token.
    pub refresh_token: PlainRefreshToken,
    /// What they are for.
    pub scope: String,
}

impl core::fmt::Debug for Granted {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Granted({}, {} s)", self.token_type, self.expires_in)
    }
}

/// A token named for revocation (RFC 7009).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevokedToken {
    /// A refresh token.
    Refresh(PlainRefreshToken),
    /// The device of an access token whose signature was checked at the edge.
    Access(DeviceId),
}

/// See [`TenantCommand::RevokeToken`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeToken {
    /// The OAuth client.
    pub client_id: String,
    /// Which.
    pub token: RevokedToken,
    /// The proof that came with the request.
    pub proof: Option<CheckedProof>,
}

/// See [`TenantCommand::Introspect`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Introspect {
    /// What the resource server showed.
    pub secret: PlainIntrospectionSecret,
    /// The device of a live access token, or the refresh token; `None` when it was neither.
    pub token: Option<RevokedToken>,
}

/// What introspection adds to the token's own claims.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Introspected {
    /// Whether it may be used.
    pub active: bool,
    /// The device's end, where it has one.
    pub expires_at: Option<UnixSeconds>,
    /// The device.
    pub device: Option<DeviceId>,
    /// The key it is bound to.
    pub jkt: Option<Thumbprint>,
}

/// See [`TenantCommand::ViewApproval`].
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

/// See [`TenantCommand::DecideApproval`].
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
}

/// See [`TenantCommand::FetchReceipt`].
#[derive(Clone, Serialize, Deserialize)]
pub struct FetchReceipt {
    /// The approval link's token.
    pub token: String,
}

/// See [`TenantCommand::ViewConfirmation`].
#[derive(Clone, Serialize, Deserialize)]
pub struct ViewConfirmation {
    /// The link's token.
    pub token: String,
}

/// See [`TenantCommand::ConfirmAddress`].
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

/// See [`TenantCommand::EnterCodes`].
#[derive(Clone, Serialize, Deserialize)]
pub struct EnterCodes {
    /// The user code, as typed.
    pub user_code: String,
    /// The activation code, as typed.
    pub activation_code: String,
    /// The client's network address.
    pub client: String,
}

/// What came of [`EnterCodes`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodesEntered {
    /// What the PC is called.
    pub device_name: String,
}

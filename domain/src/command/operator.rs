//! Commands from the operator to a tenant.

use serde::{Deserialize, Serialize};

use crate::account::NewAdministrator;
use crate::audit::filter::AuditFilter;
use crate::contract::ContactPerson;
use crate::date::Date;
use crate::id::{ApplicationId, DeviceId, OutboxId};
use crate::locale::Locale;
use crate::policy::Policy;
use crate::secret::HashedSecret;
use crate::slug::Slug;
use crate::tenant::{TenantKind, TenantState};
use crate::text::OrganizationName;
use crate::time::TimeZone;

/// See [`super::TenantCommand::CreateTenant`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateTenant {
    /// The tenant's domain.
    pub slug: Slug,
    /// Customer or provider.
    pub kind: TenantKind,
    /// The provider that serves the tenant; for customers only.
    #[serde(default)]
    pub provider: Option<Slug>,
    /// The tenant's name.
    pub name: OrganizationName,
    /// The tenant's language.
    pub locale: Locale,
    /// The tenant's time zone.
    pub time_zone: TimeZone,
    /// The tenant's policies.
    #[serde(default)]
    pub policy: Policy,
    /// The tenant's first administrator.
    pub administrator: NewAdministrator,
    /// The contract's contact person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPerson>,
    /// The date of application.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<Date>,
    /// The application at the provider's desk that the contract answers; the provider closes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationId>,
    /// The request's `Idempotency-Key`.
    #[serde(default)]
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`super::TenantCommand::ShowTenant`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowTenant {}

/// See [`super::TenantCommand::ShowLogo`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowLogo {}

/// See [`super::TenantCommand::UpdateTenant`]. Absent members stay unchanged.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct UpdateTenant {
    /// The tenant's name.
    pub name: Option<OrganizationName>,
    /// The tenant's language.
    pub locale: Option<Locale>,
    /// The tenant's time zone.
    pub time_zone: Option<TimeZone>,
    /// Policies to change, as a JSON object merged into the current ones (RFC 7396).
    pub policy: Option<serde_json::Map<String, serde_json::Value>>,
    /// The contract's contact person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPerson>,
    /// The date of application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<Date>,
}

/// See [`super::TenantCommand::SetTenantState`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetTenantState {
    /// The new state.
    pub state: TenantState,
}

/// See [`super::TenantCommand::AddAdministrator`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddAdministrator {
    /// The new administrator.
    pub administrator: NewAdministrator,
    /// The request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`super::TenantCommand::RenewIntrospectionSecret`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RenewIntrospectionSecret {}

/// See [`super::TenantCommand::ListDevices`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListDevices {
    /// Cursor from the previous page.
    pub cursor: Option<String>,
}

/// See [`super::TenantCommand::RevokeDevice`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeDevice {
    /// The device's ID.
    pub device: DeviceId,
}

/// See [`super::TenantCommand::ListAudit`].
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ListAudit {
    /// Filter for the entries; accepts all of them by default.
    pub filter: AuditFilter,
    /// Whether the newest entries come first instead of the oldest.
    pub newest_first: bool,
    /// Cursor from the previous page.
    pub cursor: Option<String>,
}

/// See [`super::TenantCommand::ListAuditHeads`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListAuditHeads {
    /// Cursor from the previous page.
    pub cursor: Option<String>,
}

/// See [`super::TenantCommand::ListOutbox`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListOutbox {
    /// Cursor from the previous page.
    pub cursor: Option<String>,
}

/// See [`super::TenantCommand::RetryOutbox`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RetryOutbox {
    /// The outbox entry's ID.
    pub id: OutboxId,
}

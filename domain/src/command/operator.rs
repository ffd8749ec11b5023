//! What the operator asks of a tenant.

use serde::{Deserialize, Serialize};

use crate::account::NewAdministrator;
use crate::audit::filter::AuditFilter;
use crate::id::{DeviceId, OutboxId};
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

/// See [`super::TenantCommand::ShowTenant`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowTenant {}

/// See [`super::TenantCommand::UpdateTenant`]. What is absent stays.
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

/// See [`super::TenantCommand::SetTenantState`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SetTenantState {
    /// The new state.
    pub state: TenantState,
}

/// See [`super::TenantCommand::AddAdministrator`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddAdministrator {
    /// Who.
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
    /// Where to begin.
    pub cursor: Option<String>,
}

/// See [`super::TenantCommand::RevokeDevice`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeDevice {
    /// Which.
    pub device: DeviceId,
}

/// See [`super::TenantCommand::ListAudit`].
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

/// See [`super::TenantCommand::ListAuditHeads`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListAuditHeads {
    /// Where to begin.
    pub cursor: Option<String>,
}

/// See [`super::TenantCommand::ListOutbox`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListOutbox {
    /// Where to begin.
    pub cursor: Option<String>,
}

/// See [`super::TenantCommand::RetryOutbox`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RetryOutbox {
    /// Which.
    pub id: OutboxId,
}

//! What actions answer.

use serde::{Deserialize, Serialize};

use crate::account::{AccountName, Alerts};
use crate::approval::Decision;
use crate::audit::AuditEntry;
use crate::email::EmailAddress;
use crate::id::{OrganizationId, RegistrationId, UserId};
use crate::locale::Locale;
use crate::policy::Policy;
use crate::registration::{Registration, Stage};
use crate::right::{Right, Role};
use crate::session::SessionState;
use crate::slug::Slug;
use crate::tenant::{Tenant, TenantKind};
use crate::text::{OrganizationName, PersonName};
use crate::time::{TimeZone, UnixSeconds};

/// Whose session it is, and what they may do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionView {
    /// What the session may be used for.
    pub state: SessionState,
    /// The person.
    pub user_id: UserId,
    /// The name they log in with.
    pub account: AccountName,
    /// Their name.
    pub name: PersonName,
    /// Their main mail address.
    pub email: Option<EmailAddress>,
    /// What they are.
    pub role: Role,
    /// The organisation they are limited to.
    pub organization: Option<OrganizationId>,
    /// What they may do.
    pub rights: Vec<Right>,
    /// Whether they have the support option.
    pub support_option: bool,
    /// The alerts they want.
    pub alerts: Alerts,
    /// Their language.
    pub locale: Locale,
    /// Their time zone.
    pub time_zone: TimeZone,
    /// Whether the account takes a passkey besides the password.
    pub second_factor: bool,
    /// Until when dangerous operations need no new authentication.
    pub fresh_until: UnixSeconds,
    /// When the session ends at the latest.
    pub expires_at: UnixSeconds,
    /// Where they are.
    pub tenant: SessionTenant,
}

/// The tenant a session is in.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionTenant {
    /// Its domain.
    pub slug: Slug,
    /// Its name.
    pub name: OrganizationName,
    /// Customer or provider.
    pub kind: TenantKind,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
    pub time_zone: TimeZone,
}

impl From<&Tenant> for SessionTenant {
    fn from(tenant: &Tenant) -> Self {
        Self {
            slug: tenant.slug.clone(),
            name: tenant.name.clone(),
            kind: tenant.kind,
            locale: tenant.locale,
            time_zone: tenant.time_zone.clone(),
        }
    }
}

/// What waits for an administrator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Waiting {
    /// Requests to answer, counted up to 100.
    pub registrations: i64,
    /// The provider's questions to answer, counted up to 100.
    pub questions: i64,
    /// Inquiries with an answer that was not read, counted up to 100.
    pub inquiries: i64,
    /// Undeliverable mails, counted up to 100.
    pub mails: i64,
}

/// A step of setting up (C8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SetupStep {
    /// A password of one's own.
    Password,
    /// A second system administrator (C5).
    SecondAdministrator,
    /// The policies were looked through and saved.
    Policies,
    /// A user besides the administrators.
    FirstUser,
    /// A Viewer in use.
    FirstDevice,
}

/// A step of setting up, and whether it is done.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetupItem {
    /// Which.
    pub step: SetupStep,
    /// Whether it is done.
    pub done: bool,
}

/// How many requests and answers there were on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DayCount {
    /// The day in the tenant's time zone, `2026-11-21`.
    #[cfg_attr(feature = "openapi", schema(format = Date))]
    pub day: String,
    /// Requests made.
    pub requests: i64,
    /// Requests approved.
    pub approved: i64,
    /// Requests refused.
    pub refused: i64,
}

/// What an administrator sees first.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Overview {
    /// What waits.
    pub waiting: Waiting,
    /// The steps of setting up, in their order.
    pub setup: Vec<SetupItem>,
    /// Whether there is only one system administrator (C5).
    pub recommend_second_administrator: bool,
    /// The last 30 days, oldest first.
    pub days: Vec<DayCount>,
    /// The latest entries of the audit log, newest first; none for those who may not read it.
    pub latest: Vec<NamedEntry>,
}

/// An entry of the audit log, with what actor and object are called.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedEntry {
    /// The entry.
    #[serde(flatten)]
    pub entry: AuditEntry,
    /// The name of the actor, where it is a user of this tenant. No part of the log: it is today's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub actor_name: Option<PersonName>,
    /// What the object is called, where it has a name and still exists: a person, a person and their PC, an organisation, a
    /// subject, a customer. No part of the log: it is today's.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub object_name: Option<String>,
}

/// A piece of a list that is written out.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportPiece {
    /// The piece.
    pub text: String,
    /// Where the next begins; `None` after the last.
    pub cursor: Option<String>,
}

/// A Viewer's request as an administrator sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PanelRegistration {
    /// Its name.
    pub id: RegistrationId,
    /// Where it stands.
    pub state: Stage,
    /// The requester's name, as typed.
    pub name: String,
    /// The requester's address.
    pub email: String,
    /// The address's domain as it is written, where it is an international one (青空.example for `xn--grzr40d.example`): show both.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub email_domain: Option<String>,
    /// The requester's company, as typed.
    pub organization: String,
    /// What the PC is called.
    pub device_name: String,
    /// Whether the PC registered a key of its own.
    pub has_key: bool,
    /// Whether the address lies outside the tenant's own mail domains.
    pub outside_mail_domains: bool,
    /// When it was asked.
    pub requested_at: UnixSeconds,
    /// When the current wait ends, or ended.
    pub expires_at: UnixSeconds,
    /// The answer, once there is one.
    pub decision: Option<Decision>,
    /// The text that is consented to, as it must be shown; in answers about one request only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub statement: Option<String>,
}

impl PanelRegistration {
    /// What is seen of `registration` at `now`.
    #[must_use]
    pub fn of(registration: &Registration, decision: Option<Decision>, now: UnixSeconds) -> Self {
        let applicant = &registration.applicant;
        Self {
            id: registration.id.clone(),
            state: registration.stage(now),
            name: applicant.name.to_string(),
            email: applicant.email.to_string(),
            email_domain: applicant.email.written_domain(),
            organization: applicant.organization.to_string(),
            device_name: applicant.device_name.to_string(),
            has_key: applicant.jkt.is_some(),
            outside_mail_domains: registration.outside_mail_domains,
            requested_at: registration.requested_at,
            expires_at: registration.expires_at,
            decision,
            statement: None,
        }
    }
}

/// What a tenant decided about itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PoliciesView {
    /// Counts the changes; a change names the version it is based on.
    pub version: i64,
    /// Its name.
    pub name: OrganizationName,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
    pub time_zone: TimeZone,
    /// Its policies.
    pub policy: Policy,
}

//! Documents of the operator API. Each keeps unknown members in `other`, so that an older client can show what a newer
//! edge sends.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<T> {
    /// Its items.
    pub items: Vec<T>,
    /// Cursor of the next page; `None` at the end.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// A tenant in a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TenantLine {
    /// Its slug in URLs.
    pub slug: String,
    /// `tenant` or `provider`.
    pub kind: String,
    /// Its display name.
    pub name: String,
    /// `active` or `suspended`.
    pub state: String,
    /// Members added by newer edges.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TenantView {
    /// Its slug in URLs.
    pub slug: String,
    /// `tenant` or `provider`.
    pub kind: String,
    /// The provider that serves it.
    pub provider: Option<String>,
    /// Its display name.
    pub name: String,
    /// Language tag.
    pub locale: String,
    /// IANA time zone.
    pub time_zone: String,
    /// Its policy.
    pub policy: Map<String, Value>,
    /// `active` or `suspended`.
    pub state: String,
    /// Seconds since 1970.
    pub created_at: u64,
    /// Members added by newer edges.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// The document that creates or changes a tenant; members that are `None` are left out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TenantInput {
    /// Its slug in URLs; on creation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// `tenant` or `provider`; on creation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The provider that serves it; on creation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Its display name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// IANA time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
    /// Changes to its policy.
    #[serde(skip_serializing_if = "PolicyInput::is_empty")]
    pub policy: PolicyInput,
    /// The contract's contact person.
    #[serde(skip_serializing_if = "ContactInput::is_empty")]
    pub contact: ContactInput,
    /// The date of application: `2026-11-16`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<String>,
    /// The first administrator; on creation only.
    #[serde(skip_serializing_if = "AdministratorInput::is_empty")]
    pub administrator: AdministratorInput,
}

/// Policy members to set. The inner `None` of a double option clears the member.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PolicyInput {
    /// `mailed_code` or `approval_only`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activation: Option<String>,
    /// Mail domains that the tenant's people may use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_domains: Option<Vec<String>>,
    /// Seconds until an approval request expires.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_life_seconds: Option<u64>,
    /// Lifetime of the activation code after the approval, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_life_seconds: Option<u64>,
    /// Whether requesters must confirm their address before the approvers are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_address_first: Option<bool>,
    /// Whether approvers must log in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver_must_log_in: Option<bool>,
    /// Whether only Viewers with a key get tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_required: Option<bool>,
    /// Seconds that a device stays registered; cleared: no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_life_seconds: Option<Option<u64>>,
    /// The origin the gate forwards to; cleared: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_origin: Option<Option<String>>,
}

/// The contact person of a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ContactInput {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A system administrator to add.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AdministratorInput {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Main mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Account name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Language tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// IANA time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<String>,
}

impl PolicyInput {
    /// Whether no member is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl ContactInput {
    /// Whether no member is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl AdministratorInput {
    /// Whether no member is set.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A registered device.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Device {
    /// Its id.
    pub id: String,
    /// Its user.
    pub name: String,
    /// Its user's mail address.
    pub email: String,
    /// Its user's organisation.
    pub organization: String,
    /// The name its user gave it.
    pub device_name: String,
    /// `active` or `revoked`.
    pub state: String,
    /// Other members.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An entry of the audit log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its sequence number, without gaps.
    pub seq: u64,
    /// Seconds since 1970.
    pub at: u64,
    /// Actor.
    pub actor: Value,
    /// Action.
    pub action: String,
    /// Object of the action.
    #[serde(default)]
    pub object: Value,
    /// Result.
    #[serde(default)]
    pub outcome: Value,
    /// Other members.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Filter on audit log entries; `None` matches everything.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Kind or id of the actor.
    pub actor: Option<String>,
    /// An object, or a kind of objects with the trailing slash.
    pub object: Option<String>,
    /// An action, or a prefix of actions with the trailing dot.
    pub action: Option<String>,
    /// At or after this time, seconds since 1970.
    pub from: Option<i64>,
    /// Before this time, seconds since 1970.
    pub to: Option<i64>,
    /// Whether to list the newest entries first.
    pub newest_first: bool,
}

impl AuditQuery {
    /// The filter as query parameters.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let texts = [
            ("actor", &self.actor),
            ("object", &self.object),
            ("action", &self.action),
        ];
        let texts = texts.map(|(name, text)| text.as_ref().map(|text| (name, text.clone())));
        let times = [("from", self.from), ("to", self.to)];
        let times = times.map(|(name, at)| at.map(|at| (name, at.to_string())));
        let order = self.newest_first.then(|| ("newest_first", "true".to_owned()));
        texts.into_iter().chain(times).chain([order]).flatten().collect()
    }
}

/// A signed head of the audit log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditHead {
    /// Number of the last entry it covers.
    pub seq: u64,
    /// When it was signed, seconds since 1970.
    pub at: u64,
    /// Hash of that entry.
    pub hash: String,
    /// The signed claims with their signature (compact JWS).
    pub jws: String,
    /// Other members.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An undelivered outbox entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// Its id.
    pub id: String,
    /// Kind of message.
    pub kind: String,
    /// `waiting` or `undeliverable`.
    pub state: String,
    /// Attempts so far.
    pub attempts: u64,
    /// Time of the next attempt, seconds since 1970.
    #[serde(default)]
    pub next_at: Option<u64>,
    /// The last error.
    #[serde(default)]
    pub last_error: Option<String>,
    /// Other members.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A secret for token introspection; the edge never shows it again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IntrospectionSecret {
    /// The secret.
    pub secret: crate::secret::Secret,
}

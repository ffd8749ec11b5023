//! Documents of the operator API. Each keeps members it does not know in `other`, so that an older client shows what a
//! newer edge says.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One page of a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page<T> {
    /// Its items.
    pub items: Vec<T>,
    /// Where the next page starts; `None` at the end.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// A tenant in a list.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TenantLine {
    /// Its name in URLs.
    pub slug: String,
    /// `tenant` or `provider`.
    pub kind: String,
    /// Its name for people.
    pub name: String,
    /// `active` or `suspended`.
    pub state: String,
    /// Members of a newer edge.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A tenant.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TenantView {
    /// Its name in URLs.
    pub slug: String,
    /// `tenant` or `provider`.
    pub kind: String,
    /// The provider that serves it.
    pub provider: Option<String>,
    /// Its name for people.
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
    /// Members of a newer edge.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What is sent to create or change a tenant; members that are `None` are left out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct TenantInput {
    /// Its name in URLs; on creation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// `tenant` or `provider`; on creation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The provider that serves it; on creation only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    /// Its name for people.
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
    /// Mail domains of the tenant's people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail_domains: Option<Vec<String>>,
    /// How long approvers may take, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_life_seconds: Option<u64>,
    /// How long the activation code lives after the approval, seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_life_seconds: Option<u64>,
    /// Whether requesters confirm their address before approvers are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirm_address_first: Option<bool>,
    /// Whether approvers must log in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approver_must_log_in: Option<bool>,
    /// Whether only Viewers with a key are given tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_required: Option<bool>,
    /// How long a device stays let in, seconds; cleared: without limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub device_life_seconds: Option<Option<u64>>,
    /// Where the gate forwards to; cleared: nowhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_origin: Option<Option<String>>,
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
    /// Whether it sets nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl AdministratorInput {
    /// Whether it names nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A device that was let in.
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
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// An entry of the audit log.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AuditEntry {
    /// Its number, without gaps.
    pub seq: u64,
    /// Seconds since 1970.
    pub at: u64,
    /// Who did it.
    pub actor: Value,
    /// What was done.
    pub action: String,
    /// To what.
    #[serde(default)]
    pub object: Value,
    /// With what result.
    #[serde(default)]
    pub outcome: Value,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Which entries of the audit log; what is `None` is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditQuery {
    /// Kind or id of the actor.
    pub actor: Option<String>,
    /// An object, or a kind of objects with its slash.
    pub object: Option<String>,
    /// An action, or the beginning of several with its point.
    pub action: Option<String>,
    /// From this second since 1970 on.
    pub from: Option<i64>,
    /// Before this second since 1970.
    pub to: Option<i64>,
    /// Whether the newest come first.
    pub newest_first: bool,
}

impl AuditQuery {
    /// Its query parameters.
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
    /// The number of the last entry it covers.
    pub seq: u64,
    /// When it was signed, seconds since 1970.
    pub at: u64,
    /// The hash of that entry.
    pub hash: String,
    /// What was signed, with the signature (compact JWS).
    pub jws: String,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// Something that is still to be delivered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// Its id.
    pub id: String,
    /// What kind of message.
    pub kind: String,
    /// `waiting` or `undeliverable`.
    pub state: String,
    /// Attempts so far.
    pub attempts: u64,
    /// When it is tried next, seconds since 1970.
    #[serde(default)]
    pub next_at: Option<u64>,
    /// What went wrong last.
    #[serde(default)]
    pub last_error: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// A secret for token introspection; the edge never shows it again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct IntrospectionSecret {
    /// The secret.
    pub secret: crate::secret::Secret,
}

//! Tenants and providers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::audit::change::{Told, changes};
use crate::error::Refusal;
use crate::locale::Locale;
use crate::policy::Policy;
use crate::secret::HashedSecret;
use crate::slug::Slug;
use crate::text::OrganizationName;
use crate::time::{TimeZone, UnixSeconds};

pub use crate::tenant_kind::TenantKind;

/// Whether a tenant is active or suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum TenantState {
    /// The tenant works normally.
    Active,
    /// The tenant is suspended: no access is granted, and the gate is closed.
    Suspended,
}

/// One customer contract or provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenant {
    /// Its domain.
    pub slug: Slug,
    /// Whether it is a customer or a provider.
    pub kind: TenantKind,
    /// The provider that serves it.
    pub provider: Option<Slug>,
    /// Its name, shown in mails and pages.
    pub name: OrganizationName,
    /// The language for readers who have not chosen one yet.
    pub locale: Locale,
    /// The time zone for readers who have not chosen one yet.
    pub time_zone: TimeZone,
    /// The tenant's policies.
    pub policy: Policy,
    /// Whether it is active or suspended.
    pub state: TenantState,
    /// Whether the operator suspended it; the desk cannot lift that.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub held_by_operator: bool,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// The hash of the secret with which its resource server introspects tokens.
    pub introspection: Option<HashedSecret>,
    /// Incremented with each change that its administrators make in the panel.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: i64,
}

const fn is_zero(version: &i64) -> bool {
    *version == 0
}

impl Tenant {
    /// The settings that differ in `after`, with their new values, as the audit log records them (`audit::change`).
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        changes(&self.settings(), &after.settings(), Told::Now)
    }

    fn settings(&self) -> Map<String, Value> {
        let mut all = match serde_json::to_value(&self.policy) {
            Ok(Value::Object(policy)) => policy,
            _ => Map::new(),
        };
        // The policy omits it when it is false, but the audit log names it in either case.
        all.entry("key_required").or_insert(Value::Bool(false));
        for (setting, value) in [
            ("name", self.name.as_str()),
            ("locale", self.locale.tag()),
            ("time_zone", self.time_zone.name()),
        ] {
            all.insert(setting.to_owned(), value.into());
        }
        all
    }

    /// Returns the tenant if it is active.
    pub fn working(self) -> Result<Self, Refusal> {
        match self.state {
            TenantState::Active => Ok(self),
            TenantState::Suspended => Err(Refusal::Suspended),
        }
    }

    /// The tenant as the operator sees it.
    #[must_use]
    pub fn view(&self) -> TenantView {
        TenantView {
            slug: self.slug.clone(),
            kind: self.kind,
            provider: self.provider.clone(),
            name: self.name.clone(),
            locale: self.locale,
            time_zone: self.time_zone.clone(),
            policy: self.policy.clone(),
            state: self.state,
            created_at: self.created_at,
        }
    }
}

/// A tenant as the operator sees it: everything except its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TenantView {
    /// Its domain.
    pub slug: Slug,
    /// Whether it is a customer or a provider.
    pub kind: TenantKind,
    /// The provider that serves it.
    pub provider: Option<Slug>,
    /// Its name.
    pub name: OrganizationName,
    /// Its language.
    pub locale: Locale,
    /// Its time zone.
    pub time_zone: TimeZone,
    /// Its policies.
    pub policy: Policy,
    /// Whether it is active or suspended.
    pub state: TenantState,
    /// Time of creation.
    pub created_at: UnixSeconds,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Tenant;

    #[test]
    fn a_long_setting_hides_no_other() {
        let before: Tenant = serde_json::from_value(json!({
            "slug": "aozora", "kind": "tenant", "provider": null, "name": "あおぞら製作所", "locale": "ja",
            "time_zone": "Asia/Tokyo", "policy": {}, "state": "active", "created_at": 0, "introspection": null,
        }))
        .unwrap();
        let mut after = before.clone();
        after.policy.data_origin = Some(format!("https://data.aozora.example/{}", "x".repeat(600)));
        after.policy.approver_must_log_in = true;
        after.policy.key_required = true;
        after.policy.device_life_seconds = Some(3600);
        after.time_zone = crate::time::TimeZone::parse("Europe/Copenhagen").unwrap();
        let told = before.changes(&after);
        for name in [
            "approver_must_log_in: true",
            "device_life_seconds: 3600",
            "key_required: true",
            "time_zone: ",
        ] {
            assert!(told.contains(name), "{name} in {told}");
        }
        assert!(
            told.contains(r#"data_origin: "https://data.aozora.example/xxx"#) && told.contains("x… (sha256 "),
            "{told}"
        );
        assert_eq!(before.changes(&before), "done");
    }
}

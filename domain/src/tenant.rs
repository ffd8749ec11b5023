//! Tenants and providers.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::audit::change::{Told, changes, members};
use crate::contract::{ContactPerson, Contract};
use crate::date::Date;
use crate::error::Refusal;
use crate::id::ApplicationId;
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
    /// The contract's contact person (C1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPerson>,
    /// The date of application (C1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<Date>,
    /// The application at the provider's desk that this contract answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<ApplicationId>,
}

const fn is_zero(version: &i64) -> bool {
    *version == 0
}

impl Tenant {
    /// The settings that differ in `after`, with their new values, as the audit log records them (`audit::change`).
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        let settings = changes(&self.settings(), &after.settings(), Told::Now);
        let contact = |tenant: &Self| members(tenant, &["contact"]);
        let contact = changes(&contact(self), &contact(after), Told::Names);
        match (settings.as_str(), contact.as_str()) {
            (_, "done") => settings,
            ("done", _) => contact,
            _ => format!("{settings}, {contact}"),
        }
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
        let applied_on = self.applied_on.map(String::from);
        all.insert("applied_on".to_owned(), applied_on.into());
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
            contact: self.contact.clone(),
            applied_on: self.applied_on,
        }
    }

    /// The contract as both sides see it.
    #[must_use]
    pub fn contract(&self) -> Contract {
        Contract {
            name: self.name.clone(),
            domain: self.slug.clone(),
            contact: self.contact.clone(),
            applied_on: self.applied_on,
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
    /// The contract's contact person, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<ContactPerson>,
    /// The date of application, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_on: Option<Date>,
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

    #[test]
    fn a_changed_contact_is_told_by_the_names_of_its_members() {
        let before: Tenant = serde_json::from_value(json!({
            "slug": "aozora", "kind": "tenant", "provider": null, "name": "あおぞら製作所", "locale": "ja",
            "time_zone": "Asia/Tokyo", "policy": {}, "state": "active", "created_at": 0, "introspection": null,
        }))
        .unwrap();
        let mut after = before.clone();
        after.contact =
            serde_json::from_value(json!({ "name": "佐藤 花子", "email": "hanako@aozora.example" })).unwrap();
        assert_eq!(before.changes(&after), "contact.email, contact.name");
        after.applied_on = Some(crate::date::Date::parse("2026-11-16").unwrap());
        assert_eq!(
            before.changes(&after),
            r#"applied_on: "2026-11-16", contact.email, contact.name"#
        );
        let before = after.clone();
        after.contact = serde_json::from_value(json!({
            "name": "佐藤 花子", "email": "hanako@aozora.example", "phone": "03-0000-0000",
        }))
        .unwrap();
        assert_eq!(before.changes(&after), "contact.phone");
    }
}

//! What a tenant decides about itself.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::{Host, Url};

use crate::document;
use crate::email::MailDomain;
use crate::error::FieldError;

/// How an approved Viewer becomes usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// The user types a code that was mailed after the approval (K4).
    MailedCode,
    /// The approval is enough.
    ApprovalOnly,
}

/// A tenant's policies, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// How an approved Viewer becomes usable.
    pub activation: Activation,
    /// The tenant's own mail domains; an address outside them is marked for the approver. Empty: nothing is marked.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub mail_domains: Vec<MailDomain>,
    /// How long an approval waits for an answer: 60 s to 30 days.
    #[cfg_attr(feature = "openapi", schema(minimum = 60, maximum = 2_592_000))]
    pub approval_life_seconds: i64,
    /// How long the activation code lives, counted from the approval: 60 s to 30 days.
    #[cfg_attr(feature = "openapi", schema(minimum = 60, maximum = 2_592_000))]
    pub code_life_seconds: i64,
    /// Ask the administrators only after the requester has followed a link in a mail.
    pub confirm_address_first: bool,
    /// Only whoever has logged in as the approver can answer by the link in the mail.
    pub approver_must_log_in: bool,
    /// Only a Viewer that proves a key (DPoP) is given tokens: others' work wherever they are copied to. Absent: false.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub key_required: bool,
    /// How long a device may be used, counted from the approval; null: until it is revoked.
    #[cfg_attr(feature = "openapi", schema(minimum = 3600, maximum = 316_224_000))]
    pub device_life_seconds: Option<i64>,
    /// Where the gate forwards to: `https`, or `http` on a loopback host.
    #[cfg_attr(feature = "openapi", schema(format = "uri", max_length = 2000))]
    pub data_origin: Option<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            activation: Activation::MailedCode,
            mail_domains: Vec::new(),
            approval_life_seconds: 3 * 24 * 3600,
            code_life_seconds: 24 * 3600,
            confirm_address_first: false,
            approver_must_log_in: false,
            key_required: false,
            device_life_seconds: None,
            data_origin: None,
        }
    }
}

const LIFE: core::ops::RangeInclusive<i64> = 60..=30 * 24 * 3600;
const DEVICE_LIFE: core::ops::RangeInclusive<i64> = 3600..=10 * 366 * 24 * 3600;

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn data_origin(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let plain =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    let secure = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url));
    (text.len() <= 2000 && plain && secure).then(|| url.as_str().trim_end_matches('/').to_owned())
}

impl Policy {
    /// These policies with `change` merged in (RFC 7396: null goes back to the default), checked.
    ///
    /// # Errors
    /// [`FieldError`] naming the policy.
    pub fn merged(&self, change: Map<String, Value>) -> Result<Self, FieldError> {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(object) = value.as_object_mut() {
            for (name, new) in change {
                if new.is_null() {
                    object.remove(&name);
                } else {
                    object.insert(name, new);
                }
            }
        }
        document::read::<Self>(&value.to_string())?.checked()
    }

    /// Checks the ranges and normalises the data origin.
    ///
    /// # Errors
    /// [`FieldError`] naming the policy.
    pub fn checked(mut self) -> Result<Self, FieldError> {
        for (field, life) in [
            ("approval_life_seconds", self.approval_life_seconds),
            ("code_life_seconds", self.code_life_seconds),
        ] {
            if !LIFE.contains(&life) {
                return Err(FieldError::new(field, "must be between 60 seconds and 30 days"));
            }
        }
        if self
            .device_life_seconds
            .is_some_and(|life| !DEVICE_LIFE.contains(&life))
        {
            return Err(FieldError::new(
                "device_life_seconds",
                "must be between one hour and ten years, or null",
            ));
        }
        if self.mail_domains.len() > 100 {
            return Err(FieldError::new("mail_domains", "may hold at most 100 domains"));
        }
        if let Some(text) = &self.data_origin {
            let detail = "must be an https URL without user, query and fragment (http on a loopback host only)";
            self.data_origin = Some(data_origin(text).ok_or_else(|| FieldError::new("data_origin", detail))?);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Policy;

    fn with_origin(origin: &str) -> Result<Policy, crate::error::FieldError> {
        Policy {
            data_origin: Some(origin.to_owned()),
            ..Policy::default()
        }
        .checked()
    }

    #[test]
    fn data_origins() {
        assert_eq!(
            with_origin("https://data.aozora.example/v1/")
                .unwrap()
                .data_origin
                .as_deref(),
            Some("https://data.aozora.example/v1")
        );
        assert!(with_origin("http://127.0.0.1:9000").is_ok());
        for bad in [
            "http://data.example",
            "ftp://x.example",
            "https://u:p@x.example",
            "https://x.example/?a",
            "https://x.example/#a",
            "data",
        ] {
            assert!(with_origin(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn lives_have_bounds() {
        for seconds in [0, -1, 59, 30 * 24 * 3600 + 1, i64::MAX] {
            assert!(
                Policy {
                    code_life_seconds: seconds,
                    ..Policy::default()
                }
                .checked()
                .is_err()
            );
        }
        assert!(
            Policy {
                device_life_seconds: Some(1),
                ..Policy::default()
            }
            .checked()
            .is_err()
        );
    }

    #[test]
    fn unknown_policies_are_refused() {
        assert!(serde_json::from_str::<Policy>(r#"{"activation":"mailed_code","typo":1}"#).is_err());
    }
}

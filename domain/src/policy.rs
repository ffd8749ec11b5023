//! The policies that a tenant sets for itself.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::data_origin::Deployment;
use crate::email::MailDomain;
use crate::error::FieldError;
use crate::session::files::FilePolicy;
use crate::wire::document;

/// How an approved Viewer becomes usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Activation {
    /// The user enters a code that is mailed after the approval (K4).
    MailedCode,
    /// The approval is sufficient.
    ApprovalOnly,
}

/// What an approver of remote support shows besides the mailed link.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ApproverLogin {
    /// Nothing.
    #[default]
    None,
    /// A login as the approver.
    Login,
    /// A login as the approver, with a passkey.
    Passkey,
}

impl ApproverLogin {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
    const fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_one(approvals: &u32) -> bool {
    *approvals == 1
}

fn is_usual(files: &FilePolicy) -> bool {
    *files == FilePolicy::default()
}

/// A tenant's policies, after validation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// How an approved Viewer becomes usable.
    pub activation: Activation,
    /// The tenant's own mail domains; an address outside them is marked for the approver. If empty, nothing is marked.
    #[cfg_attr(feature = "openapi", schema(max_items = 100))]
    pub mail_domains: Vec<MailDomain>,
    /// How long an approval waits for an answer, in seconds: 60 s to 30 days.
    #[cfg_attr(feature = "openapi", schema(minimum = 60, maximum = 2_592_000))]
    pub approval_life_seconds: i64,
    /// How long the activation code is valid, counted from the approval, in seconds: 60 s to 30 days.
    #[cfg_attr(feature = "openapi", schema(minimum = 60, maximum = 2_592_000))]
    pub code_life_seconds: i64,
    /// Whether the approvers are asked only after the requester has followed a link in a mail.
    pub confirm_address_first: bool,
    /// Whether answering by the link in the mail requires a login as the approver.
    pub approver_must_log_in: bool,
    /// How many administrators have to approve remote support: 1 or 2. Absent means 1.
    #[serde(skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 2))]
    pub launch_approvals: u32,
    /// What an administrator shows who answers a request for remote support by the link in the mail. Absent means
    /// nothing.
    #[serde(skip_serializing_if = "ApproverLogin::is_none")]
    pub launch_login: ApproverLogin,
    /// Which files may be exchanged in remote support sessions. Absent means any of at most 4 GiB.
    #[serde(skip_serializing_if = "is_usual")]
    pub session_files: FilePolicy,
    /// Whether tokens are issued only to a Viewer that proves possession of a key (DPoP). Tokens without a key work
    /// wherever they are copied to. Absent means false.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub key_required: bool,
    /// How long a device may be used, counted from the approval, in seconds; null means until it is revoked.
    #[cfg_attr(feature = "openapi", schema(minimum = 3600, maximum = 316_224_000))]
    pub device_life_seconds: Option<i64>,
    /// The URL the gate forwards to: `https`, on the public internet, and not this service itself.
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
            launch_approvals: 1,
            launch_login: ApproverLogin::None,
            session_files: FilePolicy::default(),
            key_required: false,
            device_life_seconds: None,
            data_origin: None,
        }
    }
}

const LIFE: core::ops::RangeInclusive<i64> = 60..=30 * 24 * 3600;
const DEVICE_LIFE: core::ops::RangeInclusive<i64> = 3600..=10 * 366 * 24 * 3600;

impl Policy {
    /// These policies with `change` merged in (RFC 7396: null restores the default), validated. A data origin that an
    /// earlier version accepted does not block a change of another policy; the gate does not use it.
    pub fn merged(&self, change: Map<String, Value>, deployment: Deployment<'_>) -> Result<Self, FieldError> {
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
        let mut merged = document::read::<Self>(&value.to_string())?;
        let kept = merged
            .data_origin
            .take_if(|origin| Some(&*origin) == self.data_origin.as_ref());
        let checked = merged.checked(deployment)?;
        Ok(Self {
            data_origin: kept.or(checked.data_origin),
            ..checked
        })
    }

    /// Checks the ranges and normalises the data origin.
    ///
    /// # Errors
    /// [`FieldError`] naming the policy.
    pub fn checked(mut self, deployment: Deployment<'_>) -> Result<Self, FieldError> {
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
        if !(1..=2).contains(&self.launch_approvals) {
            return Err(FieldError::new("launch_approvals", "must be 1 or 2"));
        }
        self.session_files
            .check()
            .map_err(|error| FieldError::new("session_files", &error.detail))?;
        if self.mail_domains.len() > 100 {
            return Err(FieldError::new("mail_domains", "must contain at most 100 domains"));
        }
        if let Some(text) = &self.data_origin {
            self.data_origin = Some(deployment.checked(text)?);
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Policy;
    use crate::data_origin::Deployment;

    const DEVELOPMENT: Deployment<'_> = Deployment {
        edge_url: "http://127.0.0.1:8787",
        development: true,
    };
    const PRODUCTION: Deployment<'_> = Deployment {
        edge_url: "https://edge.example.com",
        development: false,
    };

    fn with_origin(origin: &str) -> Result<Policy, crate::error::FieldError> {
        Policy {
            data_origin: Some(origin.to_owned()),
            ..Policy::default()
        }
        .checked(DEVELOPMENT)
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
    fn a_data_origin_of_an_earlier_version_stands_against_no_other_change() {
        let stored = with_origin("http://127.0.0.1:9000").unwrap();
        let change = |change: serde_json::Value| stored.merged(change.as_object().unwrap().clone(), PRODUCTION);
        let changed = change(json!({"activation": "approval_only"})).unwrap();
        assert_eq!(changed.data_origin, stored.data_origin);
        assert_eq!(change(json!({"data_origin": null})).unwrap().data_origin, None);
        for refused in [
            "http://127.0.0.1:9001",
            "https://edge.example.com/t/aozora/gate",
            "https://10.0.0.1",
        ] {
            assert_eq!(
                change(json!({"data_origin": refused})).unwrap_err().field,
                "data_origin"
            );
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
                .checked(DEVELOPMENT)
                .is_err()
            );
        }
        assert!(
            Policy {
                device_life_seconds: Some(1),
                ..Policy::default()
            }
            .checked(DEVELOPMENT)
            .is_err()
        );
    }

    #[test]
    fn unknown_policies_are_refused() {
        assert!(serde_json::from_str::<Policy>(r#"{"activation":"mailed_code","typo":1}"#).is_err());
    }
}

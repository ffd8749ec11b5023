//! The fields of the settings' forms: what was typed, and how they are shown.

use crate::texts::Texts;
use serde::Deserialize;
use tegata_client::agent::ipc::settings::{Shown, ShownProxy, TypedProxy};
use tegata_client::secret::Secret;

/// One field of a form, ready to be shown.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) value: String,
    pub(super) error: Option<String>,
    /// `text`, `password` or `url`.
    pub(super) kind: &'static str,
}

impl Field {
    /// `label` and `hint` are keys.
    fn new(texts: &Texts, name: &'static str, label: &str, hint: Option<&str>, value: &str) -> Self {
        Self {
            name,
            label: texts.get(label),
            hint: hint.map(|hint| texts.get(hint)),
            value: value.to_owned(),
            error: None,
            kind: "text",
        }
    }

    fn of_kind(self, kind: &'static str) -> Self {
        Self { kind, ..self }
    }

    /// Says at the field called `name` what is wrong with it. Returns whether there is one.
    pub(super) fn mark(fields: &mut [Self], name: &str, error: &str) -> bool {
        let field = fields.iter_mut().find(|field| field.name == name);
        field.map(|field| field.error = Some(error.to_owned())).is_some()
    }
}

/// What the person typed to enrol the machine: the address, and what goes with either of the two ways. It holds codes, and
/// cannot be printed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct TypedEnrolment {
    pub(super) edge: String,
    pub(super) organization_id: String,
    pub(super) verification_code: String,
    pub(super) serial_number: String,
    pub(super) tenant: String,
    pub(super) enrolment_code: String,
}

impl TypedEnrolment {
    /// Whether only an enrolment code was typed: the Enter key presses the first button of the form, wherever it is
    /// pressed.
    pub(super) fn is_by_code(&self) -> bool {
        let identifying = [&self.organization_id, &self.verification_code, &self.serial_number];
        !self.enrolment_code.trim().is_empty() && identifying.iter().all(|typed| typed.trim().is_empty())
    }

    /// The same with the address of the service where none was typed and it is known.
    pub(super) fn or_at(self, known: Option<&str>) -> Self {
        match known {
            Some(known) if self.edge.is_empty() => Self {
                edge: known.to_owned(),
                ..self
            },
            _ => self,
        }
    }

    /// The fields. No code is shown again.
    pub(super) fn fields(&self, texts: &Texts) -> EnrolmentFields {
        let field = |name, label, hint, value: &str| Field::new(texts, name, label, hint, value);
        EnrolmentFields {
            address: vec![field("edge", "machine-edge", Some("machine-edge-hint"), &self.edge).of_kind("url")],
            identification: vec![
                field("organization_id", "machine-organization", None, &self.organization_id),
                field("verification_code", "machine-verification", None, ""),
                field("serial_number", "machine-serial", None, &self.serial_number),
            ],
            by_code: vec![
                field("tenant", "machine-tenant", Some("machine-tenant-hint"), &self.tenant),
                field("enrolment_code", "machine-code", Some("machine-code-hint"), ""),
            ],
        }
    }
}

/// The fields of the enrolment, ready to be shown.
pub(super) struct EnrolmentFields {
    pub(super) address: Vec<Field>,
    /// Organisation id, verification code and serial number (P2).
    pub(super) identification: Vec<Field>,
    pub(super) by_code: Vec<Field>,
}

/// What the person chose for the proxy. It may hold a password, and cannot be printed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct ChosenProxy {
    pub(super) mode: String,
    proxy: String,
    proxy_domain: String,
    proxy_user: String,
    proxy_password: String,
}

impl ChosenProxy {
    /// What the form begins with.
    pub(super) fn of(settings: &Shown) -> Self {
        let mode = |mode: &str| Self {
            mode: mode.to_owned(),
            ..Self::default()
        };
        match &settings.proxy {
            ShownProxy::Automatic => mode("automatic"),
            ShownProxy::None => mode("none"),
            ShownProxy::Manual {
                address, domain, user, ..
            } => Self {
                proxy: address.clone(),
                proxy_domain: domain.clone().unwrap_or_default(),
                proxy_user: user.clone().unwrap_or_default(),
                ..mode("manual")
            },
        }
    }

    /// What it means. An empty password keeps the one that is stored: it is never shown, so it cannot be sent back.
    pub(super) fn meant(&self) -> TypedProxy {
        match self.mode.as_str() {
            "manual" => TypedProxy::Manual {
                address: self.proxy.clone(),
                domain: self.proxy_domain.clone(),
                user: self.proxy_user.clone(),
                password: Some(&self.proxy_password)
                    .filter(|password| !password.is_empty())
                    .map(Secret::new),
            },
            "none" => TypedProxy::None,
            _ => TypedProxy::Automatic,
        }
    }

    /// The address, and the fields of its authentication.
    pub(super) fn fields(&self, texts: &Texts, settings: &Shown) -> (Vec<Field>, Vec<Field>) {
        let stored = matches!(settings.proxy, ShownProxy::Manual { password_set: true, .. });
        let password_hint = stored.then_some("machine-proxy-password-kept");
        let address = Field::new(
            texts,
            "proxy",
            "machine-proxy-address",
            Some("machine-proxy-address-hint"),
            &self.proxy,
        );
        let authentication = vec![
            Field::new(texts, "proxy_domain", "machine-proxy-domain", None, &self.proxy_domain),
            Field::new(texts, "proxy_user", "machine-proxy-user", None, &self.proxy_user),
            Field::new(texts, "proxy_password", "machine-proxy-password", password_hint, "").of_kind("password"),
        ];
        (vec![address], authentication)
    }
}

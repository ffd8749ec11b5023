//! The details a person enters when registering a Viewer, and the edge's view of a registration.

use crate::error::Error;
pub use crate::registration_state::RegistrationState;
use crate::state::Requester;
use serde::Deserialize;
use tegata_domain::email::EmailAddress;
pub use tegata_domain::locale::Locale;
use tegata_domain::text::{DeviceName, OrganizationName, PersonName};

/// The details that an approver will see. They are validated before any mail goes out (requirement K2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationRequest {
    name: PersonName,
    email: EmailAddress,
    organization: OrganizationName,
    device_name: DeviceName,
    locale: Locale,
}

impl RegistrationRequest {
    /// Validates each field by the edge's own rules. Errors: `InvalidInput` with the field's name in the HTTP
    /// interface.
    pub fn new(name: &str, email: &str, organization: &str, device_name: &str, locale: Locale) -> Result<Self, Error> {
        Ok(Self {
            name: parse_name(name)?,
            email: parse_email(email)?,
            organization: parse_organization(organization)?,
            device_name: parse_device_name(device_name)?,
            locale,
        })
    }

    /// The address that the edge will write to.
    pub fn email(&self) -> &str {
        self.email.as_str()
    }

    /// The person's details, to keep with the registration.
    pub fn requester(&self) -> Requester {
        Requester {
            name: self.name.as_str().to_owned(),
            email: self.email.as_str().to_owned(),
            organization: self.organization.as_str().to_owned(),
            device_name: self.device_name.as_str().to_owned(),
        }
    }

    /// The form fields of the device authorization request.
    pub fn form(&self) -> [(&'static str, &str); 5] {
        [
            ("name", self.name.as_str()),
            ("email", self.email.as_str()),
            ("organization", self.organization.as_str()),
            ("device_name", self.device_name.as_str()),
            ("locale", self.locale.tag()),
        ]
    }
}

/// Parses a person's name as typed.
pub fn parse_name(text: &str) -> Result<PersonName, Error> {
    PersonName::parse(text).map_err(|_| Error::InvalidInput { field: "name" })
}

/// Parses a mail address as typed.
pub fn parse_email(text: &str) -> Result<EmailAddress, Error> {
    EmailAddress::parse(text.trim()).map_err(|_| Error::InvalidInput { field: "email" })
}

/// Parses an organisation's name as typed.
pub fn parse_organization(text: &str) -> Result<OrganizationName, Error> {
    OrganizationName::parse(text).map_err(|_| Error::InvalidInput { field: "organization" })
}

/// Parses a PC's name as typed.
pub fn parse_device_name(text: &str) -> Result<DeviceName, Error> {
    DeviceName::parse(text).map_err(|_| Error::InvalidInput { field: "device_name" })
}

/// A registration as the edge presents it to its requester.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RegistrationStatus {
    /// Its current state.
    pub state: RegistrationState,
    /// Expiry, seconds since 1970. Moves once, at the approval.
    #[serde(default)]
    pub expires_at: Option<u64>,
    /// Activation attempts that remain.
    #[serde(default)]
    pub tries_left: Option<u32>,
    /// The approver's reason for a refusal.
    #[serde(default)]
    pub refusal_reason: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{Locale, RegistrationRequest, RegistrationState, parse_email};
    use crate::error::Error;

    #[test]
    fn slips_in_an_address_are_caught() {
        assert_eq!(
            parse_email(" taro@aozora.example ").unwrap().as_str(),
            "taro@aozora.example"
        );
        for (typed, meant) in [
            ("taro＠aozora.example", "taro@aozora.example"),
            ("taro@青空.example", "taro@xn--grzr40d.example"),
            ("a..b.@docomo.ne.jp", "a..b.@docomo.ne.jp"),
        ] {
            assert_eq!(parse_email(typed).unwrap().as_str(), meant, "{typed}");
        }
        for bad in [
            "taro",
            "taro@",
            "@aozora.example",
            "taro@aozora",
            "taro.aozora.example",
            "ta..ro@aozora.example",
            "ta ro@aozora.example",
            "taro@aozora..example",
            "taro@a@b.example",
            "taro@aozora.example\r\nBcc: x@y.example",
        ] {
            assert!(parse_email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_field_at_fault_is_named() {
        let made =
            |name: &str, device: &str| RegistrationRequest::new(name, "a@b.example", "青空病院", device, Locale::Ja);
        assert!(made("山田 太郎", "受付のPC").is_ok());
        assert!(matches!(made(" ", "PC"), Err(Error::InvalidInput { field: "name" })));
        assert!(matches!(
            made("x", &"あ".repeat(101)),
            Err(Error::InvalidInput { field: "device_name" })
        ));
    }

    #[test]
    fn a_state_from_a_newer_edge_does_not_stop_the_client() {
        let state: RegistrationState = serde_json::from_str("\"held\"").unwrap();
        assert_eq!(state, RegistrationState::Unknown);
        assert!(!state.is_over());
    }
}

//! The fields of the request's form: what was typed, what they begin with, and how they are shown.

use super::window::Place;
use crate::details::host_name;
use crate::texts::Texts;
use serde::Deserialize;
use tegata_client::state::State as Registration;

/// What the person typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) email_again: String,
    pub(super) organization: String,
    pub(super) device_name: String,
    pub(super) edge: String,
    pub(super) tenant: String,
}

/// A field that was not accepted, and why.
pub(super) type Fault = (&'static str, String);

/// One field of the form, ready to be shown.
pub(super) struct Input {
    pub(super) name: &'static str,
    pub(super) label: String,
    pub(super) hint: Option<String>,
    pub(super) value: String,
    pub(super) error: Option<String>,
    /// Whether the cursor belongs here: the first field at fault.
    pub(super) is_first_error: bool,
    pub(super) autocomplete: &'static str,
    pub(super) inputmode: &'static str,
}

/// Whether the person has to enter it.
pub(super) fn is_asked(place: &Place, name: &str) -> bool {
    match name {
        "edge" => place.edge.is_none(),
        "tenant" => place.tenant.is_none(),
        _ => true,
    }
}

/// What the form begins with: what was entered the last time, and the name that this PC has.
pub(super) fn suggested(state: Option<&Registration>) -> Fields {
    let before = state.and_then(|state| state.requester.clone());
    let place = state.map(|state| (state.edge.as_str().to_owned(), state.tenant.as_str().to_owned()));
    let (edge, tenant) = place.unwrap_or_default();
    match before {
        Some(before) => Fields {
            name: before.name,
            email: before.email,
            // Typed again: the last request may have ended because the address was wrong.
            email_again: String::new(),
            organization: before.organization,
            device_name: before.device_name,
            edge,
            tenant,
        },
        None => Fields {
            device_name: host_name().unwrap_or_default(),
            edge,
            tenant,
            ..Fields::default()
        },
    }
}

/// What the installer chose, with its labels.
pub(super) fn fixed(place: &Place, texts: &Texts) -> Vec<(String, String)> {
    let edge = place
        .edge
        .as_ref()
        .map(|edge| (texts.get("viewer-request-service"), edge.as_str().to_owned()));
    let tenant = place
        .tenant
        .as_ref()
        .map(|tenant| (texts.get("viewer-request-domain"), tenant.as_str().to_owned()));
    edge.into_iter().chain(tenant).collect()
}

/// The fields that the person fills in, in their order.
pub(super) fn inputs(place: &Place, fields: Fields, faults: &[Fault], texts: &Texts) -> Vec<Input> {
    let every = [
        ("name", "cli-ask-name", "", fields.name, "name", "text"),
        (
            "email",
            "cli-ask-email",
            "viewer-request-email-hint",
            fields.email,
            "email",
            "email",
        ),
        // Filled in by the browser, it would prove nothing.
        (
            "email_again",
            "cli-ask-email-again",
            "",
            fields.email_again,
            "off",
            "email",
        ),
        (
            "organization",
            "cli-ask-organization",
            "",
            fields.organization,
            "organization",
            "text",
        ),
        (
            "device_name",
            "cli-ask-device-name",
            "viewer-request-device-hint",
            fields.device_name,
            "off",
            "text",
        ),
        (
            "edge",
            "cli-ask-edge",
            "viewer-request-edge-hint",
            fields.edge,
            "off",
            "url",
        ),
        (
            "tenant",
            "cli-ask-tenant",
            "viewer-request-tenant-hint",
            fields.tenant,
            "off",
            "text",
        ),
    ];
    let mut is_first = true;
    let asked = every.into_iter().filter(|(name, ..)| is_asked(place, name));
    let inputs = asked.map(|(name, label, hint, value, autocomplete, inputmode)| {
        let error = faults.iter().find(|(at, _)| *at == name).map(|(_, text)| text.clone());
        let is_first_error = error.is_some() && std::mem::take(&mut is_first);
        Input {
            name,
            label: texts.get(label),
            hint: Some(hint).filter(|hint| !hint.is_empty()).map(|hint| texts.get(hint)),
            value,
            error,
            is_first_error,
            autocomplete,
            inputmode,
        }
    });
    inputs.collect()
}

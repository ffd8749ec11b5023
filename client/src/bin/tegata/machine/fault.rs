//! Why the agent did not do what somebody on the page asked for.

use crate::agent::obstacle;
use crate::agent::settings::named;
use crate::printable::printable;
use crate::texts::Texts;
use axum::http::StatusCode;
use tegata_client::agent::ipc::{AskError, Refusal};

/// The error in words.
pub(crate) fn words(error: &AskError, texts: &Texts) -> String {
    let detailed = |key: &str, detail: &str| texts.with(key, [("detail", printable(detail).into())]);
    match error {
        AskError::NotRunning => texts.get("machine-light-stopped-reason"),
        AskError::NotAdmitted => texts.get("machine-light-not-admitted-reason"),
        AskError::Broken(error) => detailed("machine-error-failed", &error.to_string()),
        AskError::Refused(refusal) => match refusal {
            Refusal::NotAdministrator => texts.get("machine-read-only"),
            Refusal::AlreadyEnrolled => texts.get("machine-error-already-enrolled"),
            Refusal::NotEnrolled => texts.get("machine-light-not-enrolled"),
            Refusal::Invalid { field } => texts.get(invalid(field)),
            Refusal::AssistanceNotReady { missing } => texts.with(
                "cli-error-assistance-not-ready",
                [("missing", named(missing, texts).into())],
            ),
            Refusal::WrongCode => texts.get("cli-agent-wrong-code"),
            Refusal::ExpiredCode => texts.get("cli-agent-expired-code"),
            Refusal::WrongIdentification => texts.get("cli-agent-not-known"),
            Refusal::TooManyTries => texts.get("cli-agent-too-many-tries"),
            Refusal::UnknownTenant => texts.get("machine-error-unknown-tenant"),
            Refusal::Obstacle { obstacle } => obstacle::told(obstacle, texts),
            Refusal::Clock { seconds } => texts.with("cli-error-clock", [("seconds", seconds.abs().into())]),
            Refusal::Failed { detail } => detailed("machine-error-failed", detail),
            Refusal::NoSession => texts.get("machine-error-no-session"),
            Refusal::NotConnected => texts.get("machine-error-not-connected"),
            Refusal::Unsupported | Refusal::Malformed | Refusal::TooLarge | Refusal::Unknown => {
                detailed("machine-error-failed", &refusal.to_string())
            }
        },
    }
}

fn invalid(field: &str) -> &'static str {
    match field {
        "edge" => "machine-invalid-edge",
        "tenant" => "machine-invalid-tenant",
        "enrolment_code" => "machine-invalid-code",
        "organization_id" => "cli-field-organization-id",
        "verification_code" => "cli-field-verification-code",
        "serial_number" => "cli-field-serial-number",
        "proxy" => "machine-invalid-proxy",
        "proxy_domain" => "machine-invalid-proxy-domain",
        "proxy_user" => "machine-invalid-proxy-user",
        "proxy_password" => "machine-invalid-proxy-password",
        "adopt_proxy" => "machine-invalid-adopt",
        _ => "machine-invalid",
    }
}

/// The status of a page that says so. A browser shows it nowhere; tests and logs read it.
pub(super) fn status(error: &AskError) -> StatusCode {
    match error {
        AskError::Refused(Refusal::NotAdministrator) | AskError::NotAdmitted => StatusCode::FORBIDDEN,
        AskError::Refused(Refusal::Invalid { .. }) => StatusCode::UNPROCESSABLE_ENTITY,
        AskError::Refused(Refusal::Obstacle { .. }) => StatusCode::BAD_GATEWAY,
        AskError::Refused(_) => StatusCode::CONFLICT,
        AskError::NotRunning | AskError::Broken(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

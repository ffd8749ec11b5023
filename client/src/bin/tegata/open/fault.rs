//! What an error means to somebody on the page. Most texts are the command's; those that name a command or an option say
//! here what to do on the page instead.

use crate::failure::Failure;
use crate::page::frame::{Frame, Page, render};
use crate::printable::printable;
use crate::texts::Texts;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use std::path::Path;
use tegata_client::Error;
use tegata_client::error::StorageError;
use tegata_client::registration::RegistrationState;

/// The error in words.
pub(super) fn words(error: &Error, texts: &Texts) -> String {
    let at = |key: &str, path: &Path| texts.with(key, [("path", path.display().to_string().into())]);
    match error {
        Error::NotRegistered => texts.get("viewer-error-not-registered"),
        Error::AlreadyRegistered => texts.get("viewer-error-already-registered"),
        Error::StillPending => texts.get("viewer-error-still-pending"),
        Error::Revoked => texts.get("viewer-ended-revoked-title"),
        Error::Ended { state, .. } => texts.get(&format!("viewer-ended-{}-title", end(*state))),
        Error::Storage(StorageError::KeyMissing { path }) => at("viewer-error-key-missing", path),
        Error::Storage(StorageError::KeyMismatch { path }) => at("viewer-error-key-mismatch", path),
        Error::Storage(StorageError::Busy { path }) => at("viewer-error-busy", path),
        _ => Failure::of(error, texts).message,
    }
}

/// The name of an end in the texts. Without its tokens, a redeemed registration is one that nobody can use.
pub(super) fn end(state: RegistrationState) -> &'static str {
    match state {
        RegistrationState::Refused => "refused",
        RegistrationState::Withdrawn => "withdrawn",
        RegistrationState::Expired => "expired",
        RegistrationState::Failed => "failed",
        _ => "unknown",
    }
}

/// Whether nothing but deleting the local data leads on.
pub(super) fn needs_new_start(error: &Error) -> bool {
    matches!(
        error,
        Error::Storage(
            StorageError::KeyMissing { .. } | StorageError::KeyMismatch { .. } | StorageError::Malformed { .. }
        )
    )
}

/// The field that the edge, or this PC, says an error is about.
pub(super) fn field(error: &Error) -> Option<&str> {
    match error {
        Error::InvalidInput { field } => Some(field),
        Error::OAuth(error) => error.field.as_deref(),
        Error::Problem(problem) => problem.field.as_deref(),
        _ => None,
    }
}

/// The status of a page that says so. A browser shows it nowhere; tests and logs read it.
pub(super) fn status(error: &Error) -> StatusCode {
    match error {
        _ if error.is_transient() => StatusCode::BAD_GATEWAY,
        Error::Storage(_) | Error::Installation { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        Error::InvalidInput { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::CONFLICT,
    }
}

/// Why the tenant was not found there, and which field is at fault.
pub(super) fn not_found(error: &Error, edge: &str, tenant: &str, texts: &Texts) -> Option<(&'static str, String)> {
    match error {
        Error::Problem(problem) if problem.status == 404 => {
            let args = [("tenant", tenant.to_owned().into())];
            Some(("tenant", texts.with("viewer-error-unknown-tenant", args)))
        }
        // Something answered, but not as an edge does.
        Error::Status(404) | Error::Protocol(_) => {
            let args = [
                ("edge", edge.to_owned().into()),
                ("detail", printable(&error.to_string()).into()),
            ];
            Some(("edge", texts.with("viewer-error-not-a-service", args)))
        }
        _ => None,
    }
}

#[derive(Template)]
#[template(path = "trouble.html")]
struct TroublePage<'a> {
    frame: Frame<'a>,
    text: String,
    needs_new_start: bool,
}

impl Page for TroublePage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("viewer-trouble-title")
    }

    fn failed(&self) -> bool {
        true
    }
}

/// The page when the Viewer cannot even tell its state.
pub(super) fn page(frame: Frame<'_>, error: &Error) -> Response {
    let text = words(error, frame.texts);
    let needs_new_start = needs_new_start(error);
    render(
        status(error),
        &TroublePage {
            frame,
            text,
            needs_new_start,
        },
    )
}

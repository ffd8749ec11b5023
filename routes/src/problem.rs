//! Problem documents (RFC 9457), and the one place that maps a refusal to a status.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::Value;
use tegata_domain::appointment::TimeAsked;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::launch::Obstacle;
use tegata_domain::right::Right;

use crate::port::{Failure, Unavailable};

/// An error in machine-readable form.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    field: Option<Box<str>>,
    retry_after: Option<i64>,
    current: Option<Box<Value>>,
    scope: Option<Right>,
    choices: Box<[TimeAsked]>,
}

/// Explains why a request was refused (RFC 9457). Programs should decide by `code`; the other texts may change.
#[derive(Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Problem))]
pub(crate) struct Document<'a> {
    /// `urn:tegata:problem:` followed by the code.
    r#type: String,
    /// The meaning of the code, in English.
    title: &'a str,
    /// The HTTP status of the response.
    status: u16,
    /// What to do about it, in English.
    detail: &'a str,
    /// Stable identifier of the problem, for programs to decide by.
    code: &'a str,
    /// The member or parameter at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    field: Option<&'a str>,
    /// The current version of the resource, if somebody changed it in the meantime.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object, nullable = false, required = false))]
    current: Option<&'a Value>,
    /// What may be meant by a time that does not exist in its zone, or exists twice.
    #[serde(skip_serializing_if = "<[TimeAsked]>::is_empty")]
    #[cfg_attr(feature = "openapi", schema(required = false))]
    choices: &'a [TimeAsked],
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, title: &'static str, detail: &str) -> Self {
        Self {
            status,
            code,
            title,
            detail: detail.to_owned(),
            field: None,
            retry_after: None,
            current: None,
            scope: None,
            choices: Box::default(),
        }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn invalid(error: FieldError) -> Self {
        let problem = Self::new(StatusCode::BAD_REQUEST, "invalid-field", "Invalid value", &error.detail);
        Self {
            field: Some(error.field.into()),
            ..problem
        }
    }

    pub(crate) fn unauthorized(detail: &str) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "Missing or invalid credentials",
            detail,
        )
    }
}

/// The title and the advice for what stands in the way of remote support.
const fn blocked(obstacle: Obstacle) -> (&'static str, &'static str) {
    match obstacle {
        Obstacle::RemoteAssistanceOff => (
            "Remote assistance not allowed",
            "ask the customer to allow remote assistance on this equipment in the panel",
        ),
        Obstacle::MachineForbids => (
            "Remote assistance not allowed on the machine",
            "ask the machine's administrator to allow remote assistance in the agent's settings",
        ),
        Obstacle::NoAgent => ("No agent on the equipment", "enrol an agent on the machine first"),
        Obstacle::MachineAway => (
            "Machine not connected",
            "the approval stands; you get a mail when the machine is connected again",
        ),
        Obstacle::TooEarly => ("Too early", "the granted period has not begun"),
        Obstacle::MachineBusy => (
            "Remote support is already running on the machine",
            "end it first, or wait for its end",
        ),
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        let new = |status, code, title, detail: &str| Self::new(status, code, title, detail);
        let refusal = match failure {
            Failure::Refused(refusal) => refusal,
            Failure::Unavailable => Refusal::Storage,
        };
        let detail = refusal.to_string();
        match refusal {
            Refusal::Invalid(error) => Self::invalid(error),
            Refusal::UnknownTenant => new(
                StatusCode::NOT_FOUND,
                "unknown-tenant",
                "Unknown tenant",
                "check the slug in the path",
            ),
            Refusal::NotFound => new(
                StatusCode::NOT_FOUND,
                "not-found",
                "Not found",
                "check the path and the ids in it",
            ),
            Refusal::BadLink => new(
                StatusCode::NOT_FOUND,
                "bad-link",
                "Invalid link",
                "open the link exactly as it appears in the mail",
            ),
            Refusal::Suspended => new(
                StatusCode::FORBIDDEN,
                "suspended",
                "Tenant suspended",
                "contact the operator of this service",
            ),
            Refusal::SlugTaken => new(
                StatusCode::CONFLICT,
                "slug-taken",
                "Slug already taken",
                "choose another slug",
            ),
            Refusal::AccountTaken => Self {
                field: Some("account".into()),
                ..new(
                    StatusCode::CONFLICT,
                    "account-taken",
                    "Account name already taken",
                    "choose another account name",
                )
            },
            Refusal::SerialNumberTaken => Self {
                field: Some("serial_number".into()),
                ..new(
                    StatusCode::CONFLICT,
                    "serial-number-taken",
                    "Serial number already in use",
                    "retire the equipment that has it first, or correct the number",
                )
            },
            Refusal::Conflict => new(
                StatusCode::CONFLICT,
                "conflict",
                "Conflict with the current state",
                &detail,
            ),
            Refusal::Blocked(obstacle) => {
                let (title, advice) = blocked(obstacle);
                new(StatusCode::CONFLICT, obstacle.name(), title, advice)
            }
            Refusal::Changed { current } => Self {
                current: Some(Box::new(current)),
                ..new(
                    StatusCode::CONFLICT,
                    "changed",
                    "Changed in the meantime",
                    "review \"current\", then send the change again with its version",
                )
            },
            Refusal::LastAdministrator => new(
                StatusCode::CONFLICT,
                "last-administrator",
                "Last system administrator",
                "appoint another system administrator first",
            ),
            Refusal::SupportOptionsUsedUp => new(
                StatusCode::CONFLICT,
                "support-options-used-up",
                "All five support options are in use",
                "remove the option from another system administrator first",
            ),
            Refusal::NotEmpty => new(
                StatusCode::CONFLICT,
                "not-empty",
                "Not empty",
                "move or remove its users, accounts, equipment and organisations first",
            ),
            Refusal::WrongCredentials => new(
                StatusCode::UNAUTHORIZED,
                "wrong-credentials",
                "Wrong account name, password or passkey",
                "try again, or request a password reset",
            ),
            Refusal::Forbidden => new(
                StatusCode::FORBIDDEN,
                "forbidden",
                "Not permitted for this account or token",
                &detail,
            ),
            Refusal::InsufficientScope { scope } => Self {
                scope: Some(scope),
                ..new(
                    StatusCode::FORBIDDEN,
                    "insufficient-scope",
                    "Insufficient scope",
                    &detail,
                )
            },
            Refusal::NewPasswordRequired => new(
                StatusCode::FORBIDDEN,
                "new-password-required",
                "New password required",
                &detail,
            ),
            Refusal::PasskeyRequired => new(
                StatusCode::FORBIDDEN,
                "passkey-required",
                "This account requires a passkey",
                &detail,
            ),
            Refusal::PasswordRequired => new(
                StatusCode::FORBIDDEN,
                "password-required",
                "This account also requires a password",
                &detail,
            ),
            Refusal::NoPasskey => new(StatusCode::CONFLICT, "no-passkey", "No passkey", &detail),
            Refusal::LastPasskey => new(StatusCode::CONFLICT, "last-passkey", "Last passkey", &detail),
            Refusal::FreshLoginRequired => new(
                StatusCode::FORBIDDEN,
                "fresh-login-required",
                "Recent authentication required",
                &detail,
            ),
            Refusal::LoginRequired => new(
                StatusCode::FORBIDDEN,
                "login-required",
                "Interactive login required",
                &detail,
            ),
            Refusal::TooMany { retry_after } => {
                let problem = new(
                    StatusCode::TOO_MANY_REQUESTS,
                    "too-many-requests",
                    "Too many requests",
                    &detail,
                );
                Self {
                    retry_after: Some(retry_after),
                    ..problem
                }
            }
            Refusal::WrongSession => new(
                StatusCode::FORBIDDEN,
                "wrong-session",
                "Wrong session ID or password",
                "check ID and password with the person at the machine, or in the mail",
            ),
            Refusal::Unconsented => new(
                StatusCode::CONFLICT,
                "not-consented",
                "Nobody at the customer has joined",
                "wait until somebody at the customer has joined the session",
            ),
            Refusal::NotOpenYet => Self {
                retry_after: Some(1),
                ..new(
                    StatusCode::CONFLICT,
                    "not-open-yet",
                    "The session is being opened",
                    "try again in a second",
                )
            },
            Refusal::SessionOver => new(
                StatusCode::GONE,
                "session-over",
                "The session is over",
                "ask the support desk for a new session",
            ),
            Refusal::NoSuchTime { choices } => Self {
                choices: choices.into(),
                ..new(
                    StatusCode::BAD_REQUEST,
                    "no-such-time",
                    "The time does not exist",
                    "clocks are put forward over this time in its zone; \"choices\" has those before and after the change",
                )
            },
            Refusal::TimeTwice { choices } => Self {
                choices: choices.into(),
                ..new(
                    StatusCode::BAD_REQUEST,
                    "time-exists-twice",
                    "The time exists twice",
                    "clocks are put back over this time in its zone; send \"occurrence\", \"first\" or \"second\", with it",
                )
            },
            Refusal::Storage => new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Service temporarily unavailable",
                "nothing was changed; try again",
            ),
            Refusal::UnknownClient
            | Refusal::InvalidGrant
            | Refusal::ReplayedProof
            | Refusal::WrongKey
            | Refusal::KeyRequired
            | Refusal::NotSignedIn
            | Refusal::OtherAccount => Self::unauthorized(&detail),
            Refusal::NotConfirmed
            | Refusal::AuthorizationPending
            | Refusal::SlowDown
            | Refusal::AccessDenied
            | Refusal::ExpiredToken
            | Refusal::WrongCode { .. } => new(StatusCode::BAD_REQUEST, "not-now", "Not possible now", &detail),
        }
    }
}

impl From<Unavailable> for Problem {
    fn from(_: Unavailable) -> Self {
        Failure::Unavailable.into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let document = Document {
            r#type: format!("urn:tegata:problem:{}", self.code),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            code: self.code,
            field: self.field.as_deref(),
            current: self.current.as_deref(),
            choices: &self.choices,
        };
        let mut response = (self.status, serde_json::to_string(&document).unwrap_or_default()).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(r#"Bearer realm="tegata""#),
            );
        }
        if let Some(scope) = self.scope {
            let challenge = format!(
                r#"Bearer realm="tegata", error="insufficient_scope", scope="{}""#,
                scope.name()
            );
            if let Ok(challenge) = HeaderValue::try_from(challenge) {
                headers.insert(header::WWW_AUTHENTICATE, challenge);
            }
        }
        response
    }
}

/// The response where a path exists but the method does not.
pub(crate) async fn method_not_allowed() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "Method not allowed",
        "use one of the methods in the Allow header",
    )
}

/// A JSON response with the headers common to all of them.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => json_text(status, text),
        Err(_) => Problem::from(Failure::Unavailable).into_response(),
    }
}

/// The same for a document that is already serialised.
pub(crate) fn json_text(status: StatusCode, text: String) -> Response {
    let content_type = HeaderValue::from_static("application/json");
    let cache = HeaderValue::from_static("no-store");
    (
        status,
        [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, cache)],
        text,
    )
        .into_response()
}

//! Problem documents (RFC 9457), and the one place where a refusal becomes a status.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use serde_json::Value;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::right::Right;

use crate::port::{Failure, Unavailable};

/// An error as machines read it.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    title: &'static str,
    detail: String,
    field: Option<String>,
    retry_after: Option<i64>,
    current: Option<Box<Value>>,
    scope: Option<Right>,
}

/// Why nothing was done (RFC 9457). Decide by `code`; the other texts may change.
#[derive(Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = Problem))]
pub(crate) struct Document<'a> {
    /// `urn:tegata:problem:` and the code.
    r#type: String,
    /// What the code means, in English.
    title: &'a str,
    /// The answer's status.
    status: u16,
    /// What would help, in English.
    detail: &'a str,
    /// What programs decide by.
    code: &'a str,
    /// The member or parameter that is at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    field: Option<&'a str>,
    /// The thing as it is now, where it was changed since.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Object, nullable = false, required = false))]
    current: Option<&'a Value>,
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
        }
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    pub(crate) fn invalid(error: FieldError) -> Self {
        let problem = Self::new(
            StatusCode::BAD_REQUEST,
            "invalid-field",
            "A value cannot be taken",
            &error.detail,
        );
        Self {
            field: Some(error.field),
            ..problem
        }
    }

    pub(crate) fn unauthorized(detail: &str) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "Credentials are missing or wrong",
            detail,
        )
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
                "No such tenant",
                "check the slug in the path",
            ),
            Refusal::NotFound => new(
                StatusCode::NOT_FOUND,
                "not-found",
                "Not found",
                "there is nothing under this path",
            ),
            Refusal::BadLink => new(
                StatusCode::NOT_FOUND,
                "bad-link",
                "The link is not valid",
                "open the link as it stands in the mail",
            ),
            Refusal::Suspended => new(
                StatusCode::FORBIDDEN,
                "suspended",
                "The tenant is suspended",
                "ask the operator of this service",
            ),
            Refusal::SlugTaken => new(
                StatusCode::CONFLICT,
                "slug-taken",
                "The slug is taken",
                "choose another slug",
            ),
            Refusal::AccountTaken => Self {
                field: Some("account".to_owned()),
                ..new(
                    StatusCode::CONFLICT,
                    "account-taken",
                    "The account name is taken",
                    "choose another account name",
                )
            },
            Refusal::Conflict => new(
                StatusCode::CONFLICT,
                "conflict",
                "The current state does not allow this",
                &detail,
            ),
            Refusal::Changed { current } => Self {
                current: Some(Box::new(current)),
                ..new(
                    StatusCode::CONFLICT,
                    "changed",
                    "It was changed since",
                    "look at \"current\", and send the change with its version",
                )
            },
            Refusal::LastAdministrator => new(
                StatusCode::CONFLICT,
                "last-administrator",
                "The last system administrator stays",
                "make another system administrator first",
            ),
            Refusal::SupportOptionsUsedUp => new(
                StatusCode::CONFLICT,
                "support-options-used-up",
                "All five support options are given",
                "take one from another system administrator first",
            ),
            Refusal::NotEmpty => new(
                StatusCode::CONFLICT,
                "not-empty",
                "Something still belongs to it",
                "move or remove its users, accounts and organisations first",
            ),
            Refusal::WrongCredentials => new(
                StatusCode::UNAUTHORIZED,
                "wrong-credentials",
                "The account name, the password or the passkey is wrong",
                "try again, or ask for a new password",
            ),
            Refusal::Forbidden => new(
                StatusCode::FORBIDDEN,
                "forbidden",
                "The account or the token may not do this",
                &detail,
            ),
            Refusal::InsufficientScope { scope } => Self {
                scope: Some(scope),
                ..new(
                    StatusCode::FORBIDDEN,
                    "insufficient-scope",
                    "The token may not do this",
                    &detail,
                )
            },
            Refusal::NewPasswordRequired => new(
                StatusCode::FORBIDDEN,
                "new-password-required",
                "The first password has to be replaced",
                &detail,
            ),
            Refusal::PasskeyRequired => new(
                StatusCode::FORBIDDEN,
                "passkey-required",
                "The account takes a passkey",
                &detail,
            ),
            Refusal::PasswordRequired => new(
                StatusCode::FORBIDDEN,
                "password-required",
                "The account takes the password besides a passkey",
                &detail,
            ),
            Refusal::NoPasskey => new(StatusCode::CONFLICT, "no-passkey", "There is no passkey", &detail),
            Refusal::LastPasskey => new(StatusCode::CONFLICT, "last-passkey", "The last passkey stays", &detail),
            Refusal::FreshLoginRequired => new(
                StatusCode::FORBIDDEN,
                "fresh-login-required",
                "The last authentication was too long ago",
                &detail,
            ),
            Refusal::LoginRequired => new(
                StatusCode::FORBIDDEN,
                "login-required",
                "A person has to log in for this",
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
            Refusal::Storage => new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "A part of the service does not answer",
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
            | Refusal::WrongCode { .. } => new(StatusCode::BAD_REQUEST, "not-now", "This cannot be done now", &detail),
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

/// What stands where a route has no such method.
pub(crate) async fn method_not_allowed() -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "The method is not allowed here",
        "see the Allow header",
    )
}

/// JSON with the headers that every JSON answer has.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_string(body) {
        Ok(text) => json_text(status, text),
        Err(_) => Problem::from(Failure::Unavailable).into_response(),
    }
}

/// JSON that is text already.
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

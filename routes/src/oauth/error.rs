//! Errors in OAuth's format (RFC 6749 section 5.2, RFC 8628 section 3.5, RFC 9449 section 5).

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use tegata_domain::dpop::DpopError;
use tegata_domain::error::{FieldError, Refusal};

use crate::port::{Failure, Unavailable};
use crate::problem::{Problem, json};

/// Seconds until a client may retry after a temporary failure: the usual interval between two polls.
const PAUSE: i64 = 5;

/// An error in OAuth's format, or a problem document where OAuth defines no code (such as an unknown tenant).
#[derive(Debug)]
pub(crate) enum OauthError {
    Oauth {
        status: StatusCode,
        body: ErrorBody,
        retry_after: Option<i64>,
    },
    Problem(Problem),
}

#[derive(Debug, Default, Serialize)]
pub(crate) struct ErrorBody {
    error: &'static str,
    error_description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tries_left: Option<u32>,
}

impl OauthError {
    pub(crate) fn new(status: StatusCode, error: &'static str, description: &str) -> Self {
        let body = ErrorBody {
            error,
            error_description: description.to_owned(),
            ..ErrorBody::default()
        };
        Self::Oauth {
            status,
            body,
            retry_after: None,
        }
    }

    /// A temporary failure. RFC 6749 defines `temporarily_unavailable`, and stock clients keep polling after a 503 with
    /// `Retry-After` (openid-client looks for exactly that pair). A client that is refreshing has no reason to discard
    /// its token.
    fn later(description: &str) -> Self {
        let body = ErrorBody {
            error: "temporarily_unavailable",
            error_description: description.to_owned(),
            ..ErrorBody::default()
        };
        Self::Oauth {
            status: StatusCode::SERVICE_UNAVAILABLE,
            body,
            retry_after: Some(PAUSE),
        }
    }

    /// Why a grant yielded no tokens. A suspension is temporary, and what was granted outlives it. So the error is
    /// neither `access_denied`, which ends a grant for good, nor `slow_down`, which is undefined for a refresh and
    /// makes a client lengthen its interval each time (RFC 8628 section 3.5).
    pub(crate) fn of_grant(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal @ Refusal::Suspended) => Self::later(&refusal.to_string()),
            other => other.into(),
        }
    }

    pub(crate) fn bad(error: &'static str, description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error, description)
    }
}

impl From<FieldError> for OauthError {
    fn from(error: FieldError) -> Self {
        let body = ErrorBody {
            error: "invalid_request",
            error_description: error.to_string(),
            field: Some(error.field),
            tries_left: None,
        };
        Self::Oauth {
            status: StatusCode::BAD_REQUEST,
            body,
            retry_after: None,
        }
    }
}

impl From<DpopError> for OauthError {
    fn from(error: DpopError) -> Self {
        Self::bad("invalid_dpop_proof", &error.to_string())
    }
}

impl From<Unavailable> for OauthError {
    fn from(_: Unavailable) -> Self {
        Failure::Unavailable.into()
    }
}

impl From<Failure> for OauthError {
    fn from(failure: Failure) -> Self {
        let refusal = match failure {
            Failure::Refused(refusal) => refusal,
            Failure::Unavailable => Refusal::Storage,
        };
        let text = refusal.to_string();
        match refusal {
            Refusal::Invalid(error) => error.into(),
            Refusal::AuthorizationPending => Self::bad("authorization_pending", &text),
            Refusal::SlowDown => Self::bad("slow_down", &text),
            Refusal::AccessDenied => Self::bad("access_denied", &text),
            Refusal::ExpiredToken => Self::bad("expired_token", &text),
            Refusal::InvalidGrant | Refusal::NotFound | Refusal::Conflict => {
                Self::bad("invalid_grant", "the grant is invalid, already used or revoked")
            }
            Refusal::WrongCode { tries_left } => {
                let body = ErrorBody {
                    error: "invalid_grant",
                    error_description: text,
                    field: Some("activation_code".to_owned()),
                    tries_left: Some(tries_left),
                };
                Self::Oauth {
                    status: StatusCode::BAD_REQUEST,
                    body,
                    retry_after: None,
                }
            }
            Refusal::WrongKey | Refusal::KeyRequired | Refusal::ReplayedProof => Self::bad("invalid_dpop_proof", &text),
            Refusal::UnknownClient => Self::new(StatusCode::UNAUTHORIZED, "invalid_client", &text),
            Refusal::Suspended => Self::new(StatusCode::FORBIDDEN, "access_denied", &text),
            Refusal::TooMany { retry_after } => {
                let body = ErrorBody {
                    error: "slow_down",
                    error_description: text,
                    ..ErrorBody::default()
                };
                Self::Oauth {
                    status: StatusCode::TOO_MANY_REQUESTS,
                    body,
                    retry_after: Some(retry_after),
                }
            }
            Refusal::Storage => Self::later("nothing was changed; try again"),
            other => Self::Problem(Failure::Refused(other).into()),
        }
    }
}

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Oauth {
                status,
                body,
                retry_after,
            } => {
                let mut response = json(status, &body);
                let headers = response.headers_mut();
                if let Some(seconds) = retry_after {
                    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                }
                if status == StatusCode::UNAUTHORIZED {
                    headers.insert(
                        header::WWW_AUTHENTICATE,
                        HeaderValue::from_static(r#"Basic realm="tegata""#),
                    );
                }
                response
            }
        }
    }
}

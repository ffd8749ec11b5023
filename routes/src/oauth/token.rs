//! The token endpoint: device grant (RFC 8628) and refresh (RFC 6749 section 6), with DPoP (RFC 9449).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tegata_domain::access_token::issuer;
use tegata_domain::command::{self, Granted, RedeemDeviceCode, RefreshTokens};
use tegata_domain::error::Refusal;
use tegata_domain::registration::SCOPE_VIEW;
use tegata_domain::secret::{HashedSecret, PlainDeviceCode, PlainRefreshToken};
use tegata_domain::slug::Slug;
use tegata_domain::wire::object::Command;

use super::error::OauthError;
use super::{proof, request};
use crate::port::{Edge, Failure, ask, header as value};
use crate::problem::json;

/// The grant type of RFC 8628.
pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The grant type of RFC 6749 section 6.
pub(super) const REFRESH_TOKEN: &str = "refresh_token";

async fn granted<C: Command<To = command::Tenant, Reply = Granted>>(
    edge: &dyn Edge,
    slug: &Slug,
    command: C,
) -> Result<Response, OauthError> {
    let tokens = ask(edge, slug, command).await.map_err(OauthError::of_grant)?;
    let mut response = json(StatusCode::OK, &tokens);
    response
        .headers_mut()
        .insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    Ok(response)
}

/// Returns 200 with tokens; 400 with the OAuth error (`authorization_pending`, `slow_down`, `access_denied`,
/// `expired_token`, `invalid_grant`, `invalid_dpop_proof`, `unsupported_grant_type`, `invalid_request`); 404 for an
/// unknown tenant; 503 `temporarily_unavailable` while the tenant is suspended.
pub(crate) async fn issue(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, OauthError> {
    let edge = &*edge;
    let (slug, form) = request(&slug, &headers, &body)?;
    let url = format!("{}/oauth/token", issuer(&edge.settings().edge_url, slug.as_str()));
    let grant_type = form.required("grant_type")?;
    let client_id = form.required("client_id")?.to_owned();
    let invalid = || OauthError::from(Failure::Refused(Refusal::InvalidGrant));
    match grant_type {
        DEVICE_CODE => {
            let command = RedeemDeviceCode {
                client_id,
                device_code: PlainDeviceCode::parse(form.required("device_code")?).ok_or_else(invalid)?,
                activation_code: form
                    .get("activation_code")
                    .map(|typed| typed.chars().take(64).collect()),
                proof: proof::checked(edge, &headers, &url).await?,
                idempotency_key: value(&headers, "idempotency-key").map(HashedSecret::of),
            };
            granted(edge, &slug, command).await
        }
        REFRESH_TOKEN => {
            if form.get("scope").is_some_and(|scope| scope != SCOPE_VIEW) {
                return Err(OauthError::bad("invalid_scope", "the only scope is view"));
            }
            let command = RefreshTokens {
                client_id,
                refresh_token: PlainRefreshToken::parse(form.required("refresh_token")?).ok_or_else(invalid)?,
                proof: proof::checked(edge, &headers, &url).await?,
            };
            granted(edge, &slug, command).await
        }
        _ => Err(OauthError::bad(
            "unsupported_grant_type",
            "use the device_code or refresh_token grant",
        )),
    }
}

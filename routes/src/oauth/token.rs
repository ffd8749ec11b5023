//! The token endpoint: device grant (RFC 8628), enrolment of an agent (an extension grant, RFC 6749 section 4.5) and
//! refresh (RFC 6749 section 6), with DPoP (RFC 9449).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use tegata_domain::access_token::{Scope, issuer};
use tegata_domain::agent::{AgentReport, CLIENT_AGENT};
use tegata_domain::command::{self, EnrolAgent, Granted, RedeemDeviceCode, RefreshTokens};
use tegata_domain::error::Refusal;
use tegata_domain::secret::{HashedSecret, PlainDeviceCode, PlainEnrolmentCode, PlainRefreshToken};
use tegata_domain::slug::Slug;
use tegata_domain::wire::object::Command;

use super::error::OauthError;
use super::{proof, request};
use crate::port::{Edge, Failure, ask, header as value};
use crate::problem::json;

/// The grant type of RFC 8628.
pub(super) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The grant type with which an agent enrols: `enrolment_code` and what the agent tells of itself, with a proof of the key
/// that its tokens are bound to.
pub(super) const ENROLMENT_CODE: &str = "urn:tegata:grant-type:enrolment_code";
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
        ENROLMENT_CODE => {
            if client_id != CLIENT_AGENT {
                return Err(Failure::Refused(Refusal::UnknownClient).into());
            }
            let code = PlainEnrolmentCode::parse(form.required("enrolment_code")?).ok_or_else(invalid)?;
            let told = |name| form.required(name);
            let report = AgentReport::parse(told("software")?, told("system")?, told("host_name")?)?;
            let proof = proof::checked(edge, &headers, &url).await?;
            let proof = proof.ok_or(Failure::Refused(Refusal::KeyRequired))?;
            granted(edge, &slug, EnrolAgent { code, proof, report }).await
        }
        REFRESH_TOKEN => {
            let own = if client_id == CLIENT_AGENT {
                Scope::Agent
            } else {
                Scope::View
            };
            if form.get("scope").is_some_and(|scope| scope != own.name()) {
                let detail = format!("the only scope of this client is {}", own.name());
                return Err(OauthError::bad("invalid_scope", &detail));
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
            "use the device_code, enrolment_code or refresh_token grant",
        )),
    }
}

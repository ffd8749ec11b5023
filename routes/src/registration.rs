//! A Viewer's pending registration, addressed by its device code.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use tegata_domain::command::{ResendMail, ShowRegistration, WithdrawRegistration};
use tegata_domain::error::Refusal;
use tegata_domain::secret::PlainDeviceCode;
use tegata_domain::slug::Slug;

use crate::port::{Edge, Failure, ask, bearer, client_address};
use crate::problem::{Problem, json};

fn held(slug: &str, headers: &HeaderMap) -> Result<(Slug, PlainDeviceCode), Problem> {
    let slug = Slug::parse(slug).map_err(|_| Failure::Refused(Refusal::UnknownTenant))?;
    let code = bearer(headers)
        .and_then(PlainDeviceCode::parse)
        .ok_or_else(|| Problem::unauthorized("send the device code as Authorization: Bearer tg_dc_…"))?;
    Ok((slug, code))
}

/// Returns 200 with the registration's state; 401 without a device code of this tenant.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (slug, device_code) = held(&slug, &headers)?;
    Ok(json(
        StatusCode::OK,
        &ask(&*edge, &slug, ShowRegistration { device_code }).await?,
    ))
}

/// Returns 204 once withdrawn; 409 when there is nothing left to withdraw; 401.
pub(crate) async fn withdraw(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (slug, device_code) = held(&slug, &headers)?;
    ask(&*edge, &slug, WithdrawRegistration { device_code }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Returns 204 once the pending mail is queued again; 409 when the registration waits for no mail; 429 when asked too
/// soon or too often; 401.
pub(crate) async fn resend(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (slug, device_code) = held(&slug, &headers)?;
    ask(
        &*edge,
        &slug,
        ResendMail {
            device_code,
            client: client_address(&headers),
        },
    )
    .await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

//! The operator API: tenants and what belongs to them.

pub(crate) mod audit;
pub(crate) mod keys;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequestParts, Path};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use serde::Serialize;
use tegata_domain::command::{
    self, AddAdministrator, CreateTenant, ListDevices, ListOutbox, RenewIntrospectionSecret, RetryOutbox, RevokeDevice,
    SetTenantState, ShowTenant, UpdateTenant,
};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{DeviceId, OutboxId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::secret::same;
use tegata_domain::tenant::{TenantKind, TenantState};
use tegata_domain::wire::object::Command;

use crate::document::{document, idempotency_key, parameters, tenant};
use crate::port::{Edge, Failure, ask, ask_text, bearer};
use crate::problem::{Problem, json, json_text};

/// Proof that the caller presented the operator token. A handler that takes this cannot be reached without it.
pub(crate) struct Operator(Arc<dyn Edge>);

impl FromRequestParts<Arc<dyn Edge>> for Operator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, edge: &Arc<dyn Edge>) -> Result<Self, Problem> {
        let shown = bearer(&parts.headers).unwrap_or_default();
        // Comparing hashes keeps the timing from revealing anything about the token.
        if same(&sha256_b64(shown), &sha256_b64(&edge.settings().operator_token)) {
            return Ok(Self(Arc::clone(edge)));
        }
        let detail = "send the operator token as Authorization: Bearer";
        Err(Problem::unauthorized(detail))
    }
}

fn cursor(uri: &Uri) -> Option<String> {
    let mut parameters = parameters(uri).into_iter();
    parameters.find(|(name, _)| name == "cursor").map(|(_, value)| value)
}

async fn told<C: Command<To = command::Tenant>>(
    edge: &dyn Edge,
    slug: &str,
    status: StatusCode,
    command: C,
) -> Result<Response, Problem> {
    Ok(json_text(status, ask_text(edge, &tenant(slug)?, command).await?))
}

async fn done<C: Command<To = command::Tenant, Reply = ()>>(
    edge: &dyn Edge,
    slug: &str,
    command: C,
) -> Result<Response, Problem> {
    ask(edge, &tenant(slug)?, command).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Returns 200 with a page of tenants from the directory's copy.
pub(crate) async fn list(Operator(edge): Operator, uri: Uri) -> Result<Response, Problem> {
    Ok(json(StatusCode::OK, &edge.tenants(cursor(&uri)).await?))
}

/// Returns 201 with the tenant, and a mail to its first administrator is queued; 400 naming the field; 409 if the slug
/// is taken.
pub(crate) async fn create(Operator(edge): Operator, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let mut command: CreateTenant = document(&headers, &body)?;
    command.idempotency_key = idempotency_key(&headers, "tenant");
    check_provider(&*edge, &command).await?;
    let slug = command.slug.clone();
    let made = ask_text(&*edge, &slug, command).await?;
    let mut response = json_text(StatusCode::CREATED, made);
    if let Ok(location) = HeaderValue::from_str(&format!("/operator/v1/tenants/{slug}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// Checks that a customer's provider, if it names one, exists, and that a provider names none.
async fn check_provider(edge: &dyn Edge, command: &CreateTenant) -> Result<(), Problem> {
    let refuse = |detail| Err(Problem::invalid(FieldError::new("provider", detail)));
    match (&command.kind, &command.provider) {
        (_, None) => Ok(()),
        (TenantKind::Provider, Some(_)) => refuse("must be absent for a provider"),
        (TenantKind::Tenant, Some(provider)) => match ask(edge, provider, ShowTenant {}).await {
            Ok(found) if found.kind == TenantKind::Provider => Ok(()),
            Ok(_) | Err(Failure::Refused(_)) => refuse("must be the slug of an existing provider"),
            Err(Failure::Unavailable) => Err(Failure::Unavailable.into()),
        },
    }
}

/// Returns 200 with the tenant; 404.
pub(crate) async fn show(Operator(edge): Operator, Path(slug): Path<String>) -> Result<Response, Problem> {
    told(&*edge, &slug, StatusCode::OK, ShowTenant {}).await
}

/// Returns 200 with the changed tenant; 400 naming the field; 404.
pub(crate) async fn update(
    Operator(edge): Operator,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let command: UpdateTenant = document(&headers, &body)?;
    told(&*edge, &slug, StatusCode::OK, command).await
}

/// Returns 200 with the tenant, suspended now or before; 404.
pub(crate) async fn suspend(Operator(edge): Operator, Path(slug): Path<String>) -> Result<Response, Problem> {
    told(
        &*edge,
        &slug,
        StatusCode::OK,
        SetTenantState {
            state: TenantState::Suspended,
        },
    )
    .await
}

/// Returns 200 with the tenant, active now or before; 404.
pub(crate) async fn resume(Operator(edge): Operator, Path(slug): Path<String>) -> Result<Response, Problem> {
    told(
        &*edge,
        &slug,
        StatusCode::OK,
        SetTenantState {
            state: TenantState::Active,
        },
    )
    .await
}

/// Returns 201 with the administrator, and a mail to them is queued; 400; 404; 409 if the account name is taken.
pub(crate) async fn add_administrator(
    Operator(edge): Operator,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let administrator = document(&headers, &body)?;
    let command = AddAdministrator {
        administrator,
        idempotency_key: idempotency_key(&headers, "administrator"),
    };
    told(&*edge, &slug, StatusCode::CREATED, command).await
}

/// Returns 201 with the new secret, which is shown only this once and replaces the old one; 404.
pub(crate) async fn renew_introspection_secret(
    Operator(edge): Operator,
    Path(slug): Path<String>,
) -> Result<Response, Problem> {
    #[derive(Serialize)]
    struct Shown<'a> {
        secret: &'a str,
    }
    let secret = ask(&*edge, &tenant(&slug)?, RenewIntrospectionSecret {}).await?;
    Ok(json(
        StatusCode::CREATED,
        &Shown {
            secret: secret.expose(),
        },
    ))
}

/// Returns 200 with a page of devices; 404.
pub(crate) async fn list_devices(
    Operator(edge): Operator,
    Path(slug): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    told(&*edge, &slug, StatusCode::OK, ListDevices { cursor: cursor(&uri) }).await
}

/// Returns 204 once the device is revoked, now or before; 404.
pub(crate) async fn revoke_device(
    Operator(edge): Operator,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let device = DeviceId::parse(&id).ok_or(Failure::Refused(Refusal::NotFound))?;
    done(&*edge, &slug, RevokeDevice { device }).await
}

/// Returns 200 with a page of undelivered outbox entries; 404.
pub(crate) async fn list_outbox(
    Operator(edge): Operator,
    Path(slug): Path<String>,
    uri: Uri,
) -> Result<Response, Problem> {
    told(&*edge, &slug, StatusCode::OK, ListOutbox { cursor: cursor(&uri) }).await
}

/// Returns 204 once the outbox entry is queued again; 404.
pub(crate) async fn retry_outbox(
    Operator(edge): Operator,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let id = OutboxId::parse(&id).ok_or(Failure::Refused(Refusal::NotFound))?;
    done(&*edge, &slug, RetryOutbox { id }).await
}

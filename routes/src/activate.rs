//! The page where people type the user code and the activation code (RFC 8628 `verification_uri`), for clients that
//! cannot prompt for them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};
use tegata_domain::command::EnterCodes;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::error::Refusal;
use tegata_domain::slug::Slug;

use crate::html::{Posted, closed, closed_because, face_of, is_suspended, language, page, posted};
use crate::pages::{ActivateError, ActivatePage, ActivatedPage, ClosedReason, Frame, Page as _};
use crate::port::{Edge, Failure, ask, client_address};

/// The tenant, for its name. A cached copy is good enough, since no decision depends on it.
async fn tenant(edge: &dyn Edge, slug: &str) -> Result<Arc<DirectoryEntry>, Failure> {
    let unknown = Failure::Refused(Refusal::UnknownTenant);
    let slug = Slug::parse(slug).map_err(|_| unknown.clone())?;
    edge.directory(&slug).await?.ok_or(unknown)
}

/// Returns 200 with the form; 403 while the tenant is suspended; 404 if there is no such tenant.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let edge = &*edge;
    let locale = language(uri.query(), &headers);
    let user_code = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "user_code")
        .map(|(_, value)| value.chars().take(32).collect::<String>())
        .unwrap_or_default();
    let path = if user_code.is_empty() {
        format!("/t/{slug}/activate")
    } else {
        let encoded: String = form_urlencoded::byte_serialize(user_code.as_bytes()).collect();
        format!("/t/{slug}/activate?user_code={encoded}")
    };
    match tenant(edge, &slug).await {
        Ok(tenant) if is_suspended(edge, &tenant.slug).await => {
            closed(edge, locale, &path, &Failure::Refused(Refusal::Suspended)).await
        }
        Ok(tenant) => {
            let product = &edge.settings().product;
            let face = face_of(edge, &path).await;
            let shown = ActivatePage {
                frame: Frame {
                    locale,
                    product,
                    path: &path,
                    face: face.as_deref(),
                },
                tenant_name: tenant.name.as_str(),
                user_code: &user_code,
                error: None,
            };
            page(StatusCode::OK, shown.html())
        }
        Err(failure) => closed(edge, locale, &format!("/t/{slug}/activate"), &failure).await,
    }
}

fn mistake(failure: &Failure) -> Option<(StatusCode, ActivateError)> {
    let Failure::Refused(refusal) = failure else {
        return None;
    };
    Some(match refusal {
        Refusal::NotFound => (StatusCode::UNPROCESSABLE_ENTITY, ActivateError::UnknownOrExpired),
        Refusal::WrongCode { tries_left } => (
            StatusCode::UNPROCESSABLE_ENTITY,
            ActivateError::WrongCode {
                tries_left: *tries_left,
            },
        ),
        Refusal::Invalid(error) if error.field == "user_code" => {
            (StatusCode::UNPROCESSABLE_ENTITY, ActivateError::NoUserCode)
        }
        Refusal::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, ActivateError::NoActivationCode),
        Refusal::AuthorizationPending => (StatusCode::UNPROCESSABLE_ENTITY, ActivateError::NotYetApproved),
        Refusal::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, ActivateError::Throttled),
        _ => return None,
    })
}

/// Returns 403 for a form from another site or while the tenant is suspended; 422 with the form again for input that
/// cannot be a code and for wrong codes, which count as tries; 410 after too many wrong codes; 429 over the rate limit;
/// 200 once activated.
pub(crate) async fn enter(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let edge = &*edge;
    let path = format!("/t/{slug}/activate");
    let Posted { form, locale, .. } = match posted(edge, &headers, &body, &path).await {
        Ok(posted) => posted,
        Err(page) => return *page,
    };
    let tenant = match tenant(edge, &slug).await {
        Ok(tenant) => tenant,
        Err(failure) => return closed(edge, locale, &path, &failure).await,
    };
    let tenant_name = tenant.name.as_str();
    let face = face_of(edge, &path).await;
    let product = edge.settings().product.as_str();
    let user_code: String = form.get("user_code").unwrap_or_default().chars().take(32).collect();
    let command = EnterCodes {
        user_code: user_code.clone(),
        activation_code: form
            .get("activation_code")
            .unwrap_or_default()
            .chars()
            .take(64)
            .collect(),
        client: client_address(&headers),
    };
    match ask(edge, &tenant.slug, command).await {
        Ok(entered) => {
            let device_name = entered.device_name.as_str();
            page(
                StatusCode::OK,
                ActivatedPage {
                    frame: Frame {
                        locale,
                        product,
                        path: &path,
                        face: face.as_deref(),
                    },
                    tenant_name,
                    device_name,
                }
                .html(),
            )
        }
        Err(Failure::Refused(Refusal::AccessDenied)) => {
            closed_because(edge, locale, &path, StatusCode::GONE, ClosedReason::WrongCodes).await
        }
        Err(failure) => match mistake(&failure) {
            Some((status, error)) => {
                let shown = ActivatePage {
                    frame: Frame {
                        locale,
                        product,
                        path: &path,
                        face: face.as_deref(),
                    },
                    tenant_name,
                    user_code: &user_code,
                    error: Some(error),
                };
                page(status, shown.html())
            }
            None => closed(edge, locale, &path, &failure).await,
        },
    }
}

//! The requester confirms that the mail address is theirs, before any administrator is asked (tenant policy).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};
use tegata_domain::command::{ConfirmAddress, ConfirmationView, ViewConfirmation};
use tegata_domain::error::Refusal;
use tegata_domain::link::Link;
use tegata_domain::locale::Locale;
use tegata_domain::registration::Stage;
use tegata_domain::texts::date_time;

use crate::html::{Posted, asked, closed, closed_because, face_of, is_suspended, language, page, posted};
use crate::pages::{ClosedReason, ConfirmAddressPage, ConfirmedAddressPage, Frame, Page as _};
use crate::port::{Edge, Failure, ask, client_address};

async fn render(edge: &dyn Edge, token: &str, view: &ConfirmationView, asked: Option<Locale>, error: bool) -> Response {
    let path = format!("/c/{token}");
    let locale = asked.unwrap_or(view.locale);
    let product = edge.settings().product.as_str();
    let tenant_name = view.tenant_name.as_str();
    let face = face_of(edge, &path).await;
    match view.state {
        Stage::AwaitingAddress => {
            let shown = ConfirmAddressPage {
                frame: Frame {
                    locale,
                    product,
                    path: &path,
                    face: face.as_deref(),
                },
                tenant_name,
                device_name: &view.device_name,
                expires: date_time(locale, view.expires_at, &view.time_zone),
                token_path: &path,
                error,
            };
            page(
                if error {
                    StatusCode::UNPROCESSABLE_ENTITY
                } else {
                    StatusCode::OK
                },
                shown.html(),
            )
        }
        Stage::Expired => closed_because(edge, locale, &path, StatusCode::GONE, ClosedReason::Expired).await,
        Stage::Withdrawn => closed_because(edge, locale, &path, StatusCode::GONE, ClosedReason::Withdrawn).await,
        _ => page(
            StatusCode::OK,
            ConfirmedAddressPage {
                frame: Frame {
                    locale,
                    product,
                    path: &path,
                    face: face.as_deref(),
                },
                tenant_name,
            }
            .html(),
        ),
    }
}

async fn look(edge: &dyn Edge, token: &str, locale: Option<Locale>, fallback: Locale, error: bool) -> Response {
    let path = format!("/c/{token}");
    let Some(slug) = Link::claimed_tenant(token) else {
        let failure = Failure::Refused(Refusal::BadLink);
        return closed(edge, locale.unwrap_or(fallback), &path, &failure).await;
    };
    let command = ViewConfirmation {
        token: token.to_owned(),
    };
    match ask(edge, &slug, command).await {
        Ok(view) if view.state == Stage::AwaitingAddress && is_suspended(edge, &slug).await => {
            closed(
                edge,
                locale.unwrap_or(view.locale),
                &path,
                &Failure::Refused(Refusal::Suspended),
            )
            .await
        }
        Ok(view) => render(edge, token, &view, locale, error).await,
        Err(failure) => closed(edge, locale.unwrap_or(fallback), &path, &failure).await,
    }
}

/// Returns 200 with the question, or with the news that the address is confirmed; 403 while the tenant is suspended and
/// the address is unconfirmed; 404 for an unknown link; 410 after expiry. Never changes anything.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let fallback = language(uri.query(), &headers);
    look(&*edge, &token, asked(uri.query()), fallback, false).await
}

/// Returns 403 for a form from another site or while the tenant is suspended; 422 without the tick; 200 once confirmed,
/// now or before; 404 and 410 as [`show`] does.
pub(crate) async fn confirm(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let edge = &*edge;
    let path = format!("/c/{token}");
    let Posted { form, asked, locale } = match posted(edge, &headers, &body, &path).await {
        Ok(posted) => posted,
        Err(page) => return *page,
    };
    let Some(slug) = Link::claimed_tenant(&token) else {
        return closed(edge, locale, &path, &Failure::Refused(Refusal::BadLink)).await;
    };
    let confirmed = form.get("confirm") == Some("yes");
    match ask(
        edge,
        &slug,
        ConfirmAddress {
            token: token.clone(),
            confirmed,
            client: client_address(&headers),
        },
    )
    .await
    {
        Ok(view) => render(edge, &token, &view, asked, false).await,
        Err(Failure::Refused(Refusal::NotConfirmed)) => look(edge, &token, asked, locale, true).await,
        Err(failure) => closed(edge, locale, &path, &failure).await,
    }
}

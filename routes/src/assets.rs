//! The pages' stylesheet and icon, and the colours and logo of a tenant's provider (B16).

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use http::header;
use tegata_domain::command::ShowLogo;
use tegata_domain::error::Refusal;
use tegata_domain::face::PublishedFace;
use tegata_domain::slug::Slug;

use crate::pages::STYLESHEET;
use crate::port::{Edge, Failure, ask};
use crate::problem::Problem;

/// Returns 200 with the stylesheet, cacheable for an hour.
pub(crate) async fn stylesheet() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, STYLESHEET)
}

/// A tegata: a wooden pass with a hole.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1f4f8f" d="M16 2 27 9v21H5V9z"/><circle fill="#fff" cx="16" cy="11" r="3"/></svg>"##;

/// Returns 200 with the icon, cacheable for a day. Browsers request it on their own.
pub(crate) async fn icon() -> impl IntoResponse {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "public, max-age=86400"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, ICON)
}

/// The published face of the provider of the tenant `slug`.
async fn published(edge: &dyn Edge, slug: &str) -> Result<(Slug, PublishedFace), Failure> {
    let slug = Slug::parse(slug).map_err(|_| Failure::Refused(Refusal::NotFound))?;
    let entry = edge.directory(&slug).await?;
    let face = entry
        .and_then(|entry| entry.face.clone())
        .ok_or(Failure::Refused(Refusal::NotFound))?;
    Ok((slug, face))
}

/// How long what was asked for as `?v=…` may be kept. The copy at hand can be older or newer than the page's: then it is
/// kept for nobody, because it would stay under the wrong version.
fn kept(query: Option<&str>, version: &str) -> &'static str {
    if query.and_then(|query| query.strip_prefix("v=")) == Some(version) {
        "public, max-age=86400"
    } else {
        "no-store"
    }
}

/// Returns 200 with the colours of the provider's face, cacheable for a day under its version; 404 if it has none.
pub(crate) async fn face(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let face = match published(&*edge, &slug).await {
        Ok((_, face)) => face,
        Err(failure) => return Problem::from(failure).into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, kept(query.as_deref(), &face.version.to_string())),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, face.stylesheet()).into_response()
}

/// Returns 200 with the logo of the tenant's provider, cacheable for a day under its hash; 404 if there is none. Only the
/// hash that is published reaches the object.
pub(crate) async fn logo(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let (shown, hash) = match published(&*edge, &slug).await {
        Ok((slug, PublishedFace { logo: Some(hash), .. })) => (ask(&*edge, &slug, ShowLogo {}).await, hash),
        Ok(_) => (Ok(None), String::new()),
        Err(failure) => (Err(failure), String::new()),
    };
    let headers = [
        (header::CONTENT_TYPE, "image/png"),
        (header::CACHE_CONTROL, kept(query.as_deref(), &hash)),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    match shown {
        Ok(Some(logo)) => (headers, logo.bytes()).into_response(),
        Ok(None) => Problem::from(Failure::Refused(Refusal::NotFound)).into_response(),
        Err(failure) => Problem::from(failure).into_response(),
    }
}

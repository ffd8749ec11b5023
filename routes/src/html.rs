//! How pages are sent: their headers, their language, and the check that a form came from one of our own pages.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use tegata_domain::command::{ShowTenant, Tenant};
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::error::Refusal;
use tegata_domain::link::Link;
use tegata_domain::locale::Locale;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::TenantState;
use tegata_domain::wire::object::Command;

use crate::download;
use crate::form::Form;
use crate::pages::{ClosedPage, ClosedReason, Frame, Page as _};
use crate::port::{Edge, Failure, ask, header as value};
use crate::problem::Problem;

/// Allows our own stylesheet, and forms that post back to us.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// A page with the headers common to all pages.
pub(crate) fn page(status: StatusCode, html: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // `no-referrer` would make browsers send `Origin: null` with our own forms.
        (header::REFERRER_POLICY, "same-origin"),
    ];
    let mut response = (status, headers, html).into_response();
    response
        .headers_mut()
        .insert("x-robots-tag", HeaderValue::from_static("noindex"));
    response
}

/// The language requested in the query, else the browser's, else Japanese.
pub(crate) fn language(query: Option<&str>, headers: &HeaderMap) -> Locale {
    asked(query)
        .or_else(|| Locale::from_accept_language(value(headers, "accept-language")?))
        .unwrap_or(Locale::Ja)
}

/// The language requested in the query (`lang`).
pub(crate) fn asked(query: Option<&str>) -> Option<Locale> {
    form_urlencoded::parse(query?.as_bytes())
        .find(|(name, _)| name == "lang")
        .and_then(|(_, tag)| Locale::from_tag(&tag))
}

/// Whether a write comes from one of our own pages. Browsers state the page's origin in `Origin`; other clients send no
/// such header.
pub(crate) fn is_same_origin(edge: &dyn Edge, headers: &HeaderMap) -> bool {
    let site = value(headers, "sec-fetch-site").is_none_or(|site| site == "same-origin" || site == "none");
    let origin = value(headers, "origin").is_none_or(|origin| {
        let url = edge.settings().edge_url.as_str();
        let end = url
            .find("://")
            .and_then(|at| url.get(at.saturating_add(3)..))
            .and_then(|rest| rest.find('/'));
        end.is_none() && origin == url
    });
    site && origin
}

/// A form submitted from one of our own pages.
pub(crate) struct Posted {
    /// Its fields.
    pub(crate) form: Form,
    /// The language of the page the form was on.
    pub(crate) asked: Option<Locale>,
    /// That language, else the browser's.
    pub(crate) locale: Locale,
}

/// Reads a form posted to `path`. On failure it returns the page to show instead: 400 when the body is not a form, 403
/// when the form came from another site.
pub(crate) async fn posted(
    edge: &dyn Edge,
    headers: &HeaderMap,
    body: &[u8],
    path: &str,
) -> Result<Posted, Box<Response>> {
    let browser = language(None, headers);
    let Ok(form) = Form::parse(headers, body) else {
        let (status, reason) = (StatusCode::BAD_REQUEST, ClosedReason::Error);
        return Err(closed_because(edge, browser, path, status, reason).await.into());
    };
    let asked = form.get("lang").and_then(Locale::from_tag);
    let locale = asked.unwrap_or(browser);
    if is_same_origin(edge, headers) {
        return Ok(Posted { form, asked, locale });
    }
    let (status, reason) = (StatusCode::FORBIDDEN, ClosedReason::Invalid);
    Err(closed_because(edge, locale, path, status, reason).await.into())
}

/// Whether the tenant is suspended, so that a form would be refused. This asks the object that would refuse it: a
/// cached copy may be a minute old, and a person who reloads the page after the refusal must not see the form again.
pub(crate) async fn is_suspended(edge: &dyn Edge, tenant: &Slug) -> bool {
    matches!(ask(edge, tenant, ShowTenant {}).await, Ok(tenant) if tenant.state == TenantState::Suspended)
}

/// The tenant that a link claims to be of. Its object says whether that is true.
pub(crate) fn tenant_of(token: &str) -> Result<Slug, Failure> {
    Link::claimed_tenant(token).ok_or(Failure::Refused(Refusal::BadLink))
}

/// Returns 200 with the signed receipt that `command` fetches for whoever has the link at `path`; 404 before there is one.
pub(crate) async fn receipt<C>(
    edge: &dyn Edge,
    headers: &HeaderMap,
    (path, token): (&str, &str),
    command: C,
) -> Response
where
    C: Command<To = Tenant, Reply = String>,
{
    let fetched = match tenant_of(token) {
        Ok(slug) => ask(edge, &slug, command).await,
        Err(failure) => Err(failure),
    };
    match fetched {
        Ok(compact) => download::receipt(&compact),
        Err(failure) => closed(edge, language(None, headers), path, &failure).await,
    }
}

/// The directory entry of the tenant that `path` belongs to, for the face of its provider (B16). A page without one looks
/// as the deployment's own do.
pub(crate) async fn face_of(edge: &dyn Edge, path: &str) -> Option<Arc<DirectoryEntry>> {
    let (kind, rest) = path.strip_prefix('/')?.split_once('/')?;
    let first = rest.split(['/', '?']).next()?;
    let tenant = match kind {
        "t" => Slug::parse(first).ok()?,
        _ => Link::claimed_tenant(first)?,
    };
    edge.directory(&tenant).await.ok()?.filter(|entry| entry.face.is_some())
}

/// Explains in the reader's language why there is no page.
pub(crate) async fn closed(edge: &dyn Edge, locale: Locale, path: &str, failure: &Failure) -> Response {
    let (status, reason) = match failure {
        Failure::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, ClosedReason::Unavailable),
        Failure::Refused(refusal) => match refusal {
            Refusal::UnknownTenant | Refusal::NotFound => (StatusCode::NOT_FOUND, ClosedReason::NotFound),
            Refusal::BadLink => (StatusCode::NOT_FOUND, ClosedReason::Invalid),
            Refusal::Suspended => (StatusCode::FORBIDDEN, ClosedReason::Suspended),
            Refusal::LoginRequired => (StatusCode::UNAUTHORIZED, ClosedReason::LoginRequired),
            Refusal::PasskeyRequired => (StatusCode::UNAUTHORIZED, ClosedReason::PasskeyRequired),
            Refusal::OtherAccount => (StatusCode::FORBIDDEN, ClosedReason::OtherAccount),
            Refusal::TooMany { .. } => (StatusCode::TOO_MANY_REQUESTS, ClosedReason::TooMany),
            Refusal::Storage => (StatusCode::SERVICE_UNAVAILABLE, ClosedReason::Unavailable),
            Refusal::ExpiredToken => (StatusCode::GONE, ClosedReason::Expired),
            Refusal::AccessDenied | Refusal::Conflict => (StatusCode::GONE, ClosedReason::Withdrawn),
            _ => (StatusCode::BAD_REQUEST, ClosedReason::Error),
        },
    };
    closed_because(edge, locale, path, status, reason).await
}

/// A page that only explains why there is nothing to do.
pub(crate) async fn closed_because(
    edge: &dyn Edge,
    locale: Locale,
    path: &str,
    status: StatusCode,
    reason: ClosedReason,
) -> Response {
    let face = face_of(edge, path).await;
    page(
        status,
        ClosedPage {
            frame: Frame {
                locale,
                product: &edge.settings().product,
                path,
                face: face.as_deref(),
            },
            reason,
        }
        .html(),
    )
}

/// The response where no route matches: a page for a browser, a problem document for every other client.
pub(crate) async fn not_found(State(edge): State<Arc<dyn Edge>>, uri: Uri, headers: HeaderMap) -> Response {
    let failure = Failure::Refused(Refusal::NotFound);
    if value(&headers, "accept").is_some_and(|accept| accept.contains("text/html")) {
        let locale = language(uri.query(), &headers);
        return closed(&*edge, locale, uri.path(), &failure).await;
    }
    Problem::from(failure).into_response()
}

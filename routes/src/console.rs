//! The console's page (C2): a tenant's login and, behind it, the panel. The script draws everything on it.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use tegata_domain::command::ShowTenant;
use tegata_domain::error::Refusal;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::TenantKind;

use crate::html::{closed, face_of, language, page};
use crate::pages::{ConsolePage, Frame, Page as _};
use crate::port::{Edge, Failure, ask};

/// Allows our own script and stylesheet, and no API that turns text into markup. The policy `tegata` names the address
/// of the worker that reads and keeps files (console/src/session/file_store.ts), and no other.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tegata";

/// What the page may ask the person for: their screen, which they may show to people in a session, and the clipboard, which
/// they may share with a machine.
const PERMISSIONS: &str = "display-capture=(self), clipboard-read=(self), clipboard-write=(self), camera=(), \
    microphone=(), geolocation=()";

/// Returns 200 with the tenant's page; 404 if there is no such tenant.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let locale = language(uri.query(), &headers);
    let shown = match Slug::parse(&slug) {
        Ok(slug) => ask(&*edge, &slug, ShowTenant {}).await,
        Err(_) => Err(Failure::Refused(Refusal::UnknownTenant)),
    };
    let tenant = match shown {
        Ok(tenant) => tenant,
        Err(failure) => return closed(&*edge, locale, uri.path(), &failure).await,
    };
    let face = face_of(&*edge, uri.path()).await;
    let console = ConsolePage {
        frame: Frame {
            locale,
            product: &edge.settings().product,
            path: uri.path(),
            face: face.as_deref(),
        },
        slug: tenant.slug.as_str(),
        tenant_name: tenant.name.as_str(),
        kind: match tenant.kind {
            TenantKind::Tenant => "tenant",
            TenantKind::Provider => "provider",
        },
    };
    let mut response = page(StatusCode::OK, console.html());
    let own = response.headers_mut();
    own.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    own.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS));
    response
}

/// Redirects the page's address without a trailing slash (308) to the one with it, so that relative links resolve.
pub(crate) async fn with_slash(Path(slug): Path<String>, uri: Uri) -> Response {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let slug = Slug::parse(&slug).map(|slug| slug.to_string()).unwrap_or_default();
    let mut response = Response::default();
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    if let Ok(location) = HeaderValue::from_str(&format!("/t/{slug}/{query}")) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

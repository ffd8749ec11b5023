//! The way into an attended session by ID and password, for people who cannot open a link. The page is the provider's and
//! needs no script. It lets nobody in: whoever types the right ones goes on to the session's link.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use tegata_domain::command::{KnockSession, LinkAttended, ShowTenant, VouchForKnock};
use tegata_domain::error::Refusal;
use tegata_domain::locale::Locale;
use tegata_domain::session::SessionNumber;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{TenantKind, TenantState, TenantView};

use crate::html::{Posted, closed, face_of, language, page, posted};
use crate::pages::{Frame, KnockError, KnockPage, Page as _};
use crate::port::{Edge, Failure, ask, client_address};

/// Longest text that is shown again in the field, in characters.
const LONGEST: usize = 40;

/// The provider whose page `path` is.
async fn provider(edge: &dyn Edge, slug: &str) -> Result<TenantView, Failure> {
    let slug = Slug::parse(slug).map_err(|_| Failure::Refused(Refusal::UnknownTenant))?;
    let tenant = ask(edge, &slug, ShowTenant {}).await?;
    match (tenant.kind, tenant.state) {
        (TenantKind::Provider, TenantState::Active) => Ok(tenant),
        (TenantKind::Provider, TenantState::Suspended) => Err(Failure::Refused(Refusal::Suspended)),
        (TenantKind::Tenant, _) => Err(Failure::Refused(Refusal::NotFound)),
    }
}

async fn render(
    edge: &dyn Edge,
    tenant: &TenantView,
    locale: Locale,
    (typed, error): (&str, Option<KnockError>),
) -> Response {
    let path = format!("/t/{}/join", tenant.slug);
    let face = face_of(edge, &path).await;
    let known = face.as_ref().and_then(|entry| entry.face.as_ref());
    let shown = KnockPage {
        frame: Frame {
            locale,
            product: &edge.settings().product,
            path: &path,
            face: face.as_deref(),
        },
        provider_name: known.map_or(tenant.name.as_str(), |face| face.name.as_str()),
        number: &typed.chars().take(LONGEST).collect::<String>(),
        error,
    };
    let status = match error {
        None => StatusCode::OK,
        Some(KnockError::Often) => StatusCode::TOO_MANY_REQUESTS,
        Some(KnockError::Wrong | KnockError::Suspended) => StatusCode::FORBIDDEN,
    };
    page(status, shown.html())
}

/// Returns 200 with the form; 403 while the provider is suspended; 404 unless it is a provider's page.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let locale = language(uri.query(), &headers);
    match provider(&*edge, &slug).await {
        Ok(tenant) => render(&*edge, &tenant, locale, ("", None)).await,
        Err(failure) => closed(&*edge, locale, uri.path(), &failure).await,
    }
}

/// Takes ID and password, in this order:
///
/// 1. 403 from another site; 403 while the provider is suspended; 404 unless it is a provider's page.
/// 2. 403 and the form again if the ID cannot be one.
/// 3. 429 after sixty tries in an hour from one address.
/// 4. 403 and the form again if the password is wrong, the session has ended, is another provider's or on equipment, or
///    never was: the page is the same.
/// 5. 303 to the session's link.
pub(crate) async fn enter(
    State(edge): State<Arc<dyn Edge>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let edge = &*edge;
    let path = format!("/t/{slug}/join");
    let Posted { form, asked, locale } = match posted(edge, &headers, &body, &path).await {
        Ok(posted) => posted,
        Err(page) => return *page,
    };
    let tenant = match provider(edge, &slug).await {
        Ok(tenant) => tenant,
        Err(failure) => return closed(edge, locale, &path, &failure).await,
    };
    let typed = form.get("number").unwrap_or_default();
    let password = form.get("password").unwrap_or_default();
    let client = client_address(&headers);
    let again = match knocked(edge, &tenant.slug, (typed, password), client).await {
        Ok(token) => return to_link(&token, asked),
        Err(Failure::Refused(Refusal::WrongSession)) => KnockError::Wrong,
        Err(Failure::Refused(Refusal::TooMany { .. })) => KnockError::Often,
        Err(Failure::Refused(Refusal::Suspended)) => KnockError::Suspended,
        Err(failure) => return closed(edge, locale, &path, &failure).await,
    };
    render(edge, &tenant, locale, (typed, Some(again))).await
}

/// The token of the link to the session with this ID and password.
async fn knocked(
    edge: &dyn Edge,
    provider: &Slug,
    (number, password): (&str, &str),
    client: String,
) -> Result<String, Failure> {
    let number = SessionNumber::parse(number).ok_or(Failure::Refused(Refusal::WrongSession))?;
    let vouch = VouchForKnock {
        number: number.clone(),
        client,
    };
    let voucher = ask(edge, provider, vouch).await?;
    let password = password.to_owned();
    let found = ask(edge, &number, KnockSession { voucher, password }).await?;
    let link = LinkAttended {
        attended: found.launch,
        provider: provider.clone(),
    };
    ask(edge, &found.tenant, link).await
}

fn to_link(token: &str, asked: Option<Locale>) -> Response {
    let query = asked.map(|locale| format!("?lang={locale}")).unwrap_or_default();
    let mut response = Response::default();
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    if let Ok(place) = HeaderValue::from_str(&format!("/j/{token}{query}")) {
        headers.insert(header::LOCATION, place);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

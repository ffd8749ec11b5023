//! `/`: finds a contract's console by its domain (C2).

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::phonetic::folded;
use tegata_domain::slug::Slug;

use crate::html::{asked, closed, language, page};
use crate::pages::{EntranceError, EntrancePage, Frame, Page as _};
use crate::port::{Edge, Failure};

/// Longest text that is shown again in the field, in characters.
const LONGEST: usize = 64;

/// Returns 200 with the form; with `domain`, 303 to that contract's console, or 404 with the form again if there is no such
/// contract, and 422 if the text cannot be a domain. A contract's domain is public, so the answer reveals nothing. In
/// development the page also links to the tenants there are.
pub(crate) async fn show(State(edge): State<Arc<dyn Edge>>, uri: Uri, headers: HeaderMap) -> Response {
    let edge = &*edge;
    let locale = language(uri.query(), &headers);
    let typed = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes())
        .find(|(name, _)| name == "domain")
        .map(|(_, value)| value.chars().take(LONGEST).collect::<String>());
    let (status, error) = match &typed {
        None => (StatusCode::OK, None),
        Some(typed) => match Slug::parse(&folded(typed)) {
            Err(_) => (StatusCode::UNPROCESSABLE_ENTITY, Some(EntranceError::NoDomain)),
            Ok(slug) => match edge.directory(&slug).await {
                Ok(Some(entry)) => return to_console(&entry.slug, asked(uri.query()).map(|locale| locale.tag())),
                Ok(None) => (StatusCode::NOT_FOUND, Some(EntranceError::Unknown)),
                Err(unavailable) => return closed(edge, locale, "/", &Failure::from(unavailable)).await,
            },
        },
    };
    let shown = EntrancePage {
        frame: Frame {
            locale,
            product: &edge.settings().product,
            path: "/",
            face: None,
        },
        domain: typed.as_deref().unwrap_or_default(),
        error,
        tenants: if edge.settings().development {
            tenants(edge).await
        } else {
            Vec::new()
        },
        mailbox: edge.settings().mailbox,
    };
    page(status, shown.html())
}

/// The first page of the directory, for the links of a development edge.
async fn tenants(edge: &dyn Edge) -> Vec<DirectoryEntry> {
    edge.tenants(None).await.map(|page| page.items).unwrap_or_default()
}

fn to_console(slug: &Slug, language: Option<&str>) -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::SEE_OTHER;
    let query = language.map(|tag| format!("?lang={tag}")).unwrap_or_default();
    if let Ok(place) = HeaderValue::from_str(&format!("/t/{slug}/{query}")) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    response
}

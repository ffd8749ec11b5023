//! The pre-flight check (Z2): a page whose script tries the browser, and what it needs of the edge: bytes to measure the
//! line with, a socket that answers, and a place for the result. Nothing of it lets anybody in.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use tegata_domain::appointment::preflight::Measured;
use tegata_domain::command::ReportPreflight;
use tegata_domain::locale::Locale;

use super::{parameters, viewed};
use crate::document::document;
use crate::html::{asked, closed, face_of, language, page, tenant_of};
use crate::join::{PERMISSIONS, POLICY};
use crate::pages::{CheckPage, Frame, Page as _};
use crate::panel::same_origin;
use crate::port::{Edge, ask, client_address, header as value};
use crate::problem::{Problem, json};
use crate::upgrade::{Opener, accept, switching};

/// The subprotocol of the socket that answers.
pub const PROTOCOL: &str = "tegata.check.v1";
/// Most bytes in one measurement.
pub const MOST_BYTES: usize = 256 * 1024;

/// Returns 200 with the page; 410 once the appointment is over; 404 for an unknown link. Never changes anything.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let edge = &*edge;
    let (browser, asked) = (language(None, &headers), asked(uri.query()));
    let path = format!("/m/{token}/check");
    let shown = match viewed(edge, &token, (asked, browser), None).await {
        Ok(shown) => shown,
        Err(failure) => return closed(edge, asked.unwrap_or(browser), &path, &failure).await,
    };
    let face = face_of(edge, &path).await;
    let rendered = CheckPage {
        frame: Frame {
            locale: shown.locale,
            product: &edge.settings().product,
            path: &path,
            face: face.as_deref(),
        },
        shown: &shown,
    };
    let status = match shown.view.state.is_alive() {
        true => StatusCode::OK,
        false => StatusCode::GONE,
    };
    let mut response = page(status, rendered.html());
    let own = response.headers_mut();
    own.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    own.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS));
    own.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Keeps what was measured, and returns 200 with the verdicts, which both sides see: 400 naming the member; 403
/// `wrong-origin`; 404 `bad-link`; 410 `session-over`; 429.
pub(crate) async fn report(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let edge = &*edge;
    same_origin(edge, &headers)?;
    let measured: Measured = document(&headers, &body)?;
    let slug = tenant_of(&token)?;
    let command = ReportPreflight {
        token,
        measured,
        client: client_address(&headers),
    };
    let found = ask(edge, &slug, command).await?;
    Ok(json(StatusCode::OK, &found))
}

/// Returns 200 with as many bytes as `size` says, at most [`MOST_BYTES`], which nothing on the way can compress.
pub(crate) async fn bytes(State(edge): State<Arc<dyn Edge>>, uri: Uri) -> Response {
    let size = parameters(&uri).get("size").and_then(|size| size.parse::<usize>().ok());
    let mut content = vec![0; size.unwrap_or(1).clamp(1, MOST_BYTES)];
    // The platform gives no more at a time.
    for piece in content.chunks_mut(64 * 1024) {
        edge.random().fill(piece);
    }
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CACHE_CONTROL, "no-store, no-transform".to_owned()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        // Not every platform adds it, and clocks are compared with it.
        (header::DATE, edge.now().http_date()),
    ];
    (headers, content).into_response()
}

/// Takes up to [`MOST_BYTES`] bytes and forgets them: 204.
pub(crate) async fn take_bytes() -> StatusCode {
    StatusCode::NO_CONTENT
}

/// Opens a socket that sends back what it is sent, a few times (101): 404 for an unknown link; 426 without a WebSocket
/// handshake; 400 for a malformed one, or another subprotocol; 403 from another site.
pub(crate) async fn socket(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    let edge = &*edge;
    if let Err(failure) = viewed(edge, &token, (None, Locale::En), None).await {
        return Problem::from(failure).into_response();
    }
    if let Err(refused) = accept(&method, &headers, &edge.settings().edge_url, Opener::Page) {
        return refused.into_response();
    }
    if value(&headers, "sec-websocket-protocol") != Some(PROTOCOL) {
        let detail = "send the subprotocol tegata.check.v1";
        let title = "Malformed WebSocket handshake";
        return Problem::new(StatusCode::BAD_REQUEST, "malformed-handshake", title, detail).into_response();
    }
    switching(edge.echo_socket(PROTOCOL))
}

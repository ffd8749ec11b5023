//! The link to an attended session (Z3, B8): the page, and the consent that is given on it. Looking changes nothing,
//! whether a person or a mail scanner does so.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use serde::{Deserialize, Serialize};
use tegata_domain::command::{AdmitGuest, ConsentAttended, GuestVoucher, SessionTicket, ViewAttended};
use tegata_domain::error::Refusal;
use tegata_domain::locale::Locale;
use tegata_domain::secret::PlainSessionTicket;
use tegata_domain::session::SessionNumber;
use tegata_domain::slug::Slug;
use tegata_domain::text::PersonName;

use crate::document::document;
use crate::html::{asked, closed, face_of, language, page, tenant_of};
use crate::pages::{Frame, JoinPage, Page as _};
use crate::panel::same_origin;
use crate::port::{Edge, Failure, ask, client_address};
use crate::problem::{Problem, json_text};

/// Allows our own script, stylesheet and workers, the session's socket, and pictures that the page makes itself. No API
/// turns text into markup. The policy `tegata` names the address of the worker that keeps files, as in the console.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    media-src blob:; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types tegata";
/// What the page may ask the person for: their screen, and nothing else. Of cameras nothing is said, because Chromium
/// reports a violation as soon as a screen is shared where they are denied.
pub(crate) const PERMISSIONS: &str = "display-capture=(self), microphone=(), geolocation=()";

/// Returns 200 with the page; 410 with the same page once the session is over, which it then says; 404 for an unknown
/// link. Never changes anything.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let edge = &*edge;
    let path = format!("/j/{token}");
    let browser = language(None, &headers);
    let asked = asked(uri.query());
    let viewed = match tenant_of(&token) {
        Ok(slug) => {
            let command = ViewAttended { token, asked, browser };
            ask(edge, &slug, command).await.map(|view| (slug, view))
        }
        Err(failure) => Err(failure),
    };
    let (slug, view) = match viewed {
        Ok(viewed) => viewed,
        Err(failure) => return closed(edge, asked.unwrap_or(browser), &path, &failure).await,
    };
    let face = face_of(edge, &path).await;
    let shown = JoinPage {
        frame: Frame {
            locale: view.locale,
            product: &edge.settings().product,
            path: &path,
            face: face.as_deref(),
        },
        slug: slug.as_str(),
        view: &view,
    };
    let status = match view.state.is_alive() {
        true => StatusCode::OK,
        false => StatusCode::GONE,
    };
    let mut response = page(status, shown.html());
    let own = response.headers_mut();
    own.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    own.insert("permissions-policy", HeaderValue::from_static(PERMISSIONS));
    // The address is what lets in: it must not travel. The page posts by script, whose requests keep their origin.
    own.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// What a person sends who joins.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Joining {
    /// Their name.
    name: PersonName,
    /// The language of the page that they have read.
    locale: Locale,
}

/// The way into the session.
#[derive(Serialize)]
struct Joined {
    /// The session's number.
    number: SessionNumber,
    /// The ticket for its socket.
    ticket: PlainSessionTicket,
    /// The customer, in the socket's address.
    tenant: Slug,
    /// Seconds for which the ticket is good.
    expires_in: i64,
}

/// Records the consent of somebody who has pressed 「参加する」, and lets them in, in this order:
///
/// 1. 403 `wrong-origin` from another site's page; 400 `invalid-field` without a name and a language.
/// 2. 404 `bad-link`; 403 while the customer is suspended.
/// 3. 409 `not-open-yet` while the session's number is being claimed; 410 `session-over` once it is over.
/// 4. 429 after fifty consents, or twenty within an hour from one address.
/// 5. 200 with the session's number and a ticket. The consent is recorded with its receipt, also where the session has
///    ended in the same moment, which is 410.
pub(crate) async fn join(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let edge = &*edge;
    same_origin(edge, &headers)?;
    let Joining { name, locale } = document(&headers, &body)?;
    let slug = tenant_of(&token)?;
    let consent = ConsentAttended {
        token,
        name,
        locale,
        client: client_address(&headers),
    };
    let voucher: GuestVoucher = ask(edge, &slug, consent).await?;
    let number = voucher.number.clone();
    let SessionTicket { ticket, expires_in } = match ask(edge, &number, AdmitGuest { voucher }).await {
        Err(Failure::Refused(Refusal::Forbidden)) => return Err(Failure::Refused(Refusal::SessionOver).into()),
        admitted => admitted?,
    };
    let joined = Joined {
        number,
        ticket,
        tenant: slug,
        expires_in,
    };
    let text = serde_json::to_string(&joined).map_err(|_| Failure::Unavailable)?;
    Ok(json_text(StatusCode::OK, text))
}

//! The approver's page (K3, B1). Viewing it changes nothing, whether a person or a mail scanner does so; a submitted
//! form with the box ticked decides, once.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode, Uri};
use tegata_domain::approval::{ApprovalState, Decision, Outcome};
use tegata_domain::command::{ApprovalView, DecideApproval, FetchReceipt, ViewApproval};
use tegata_domain::error::Refusal;
use tegata_domain::locale::Locale;
use tegata_domain::text::Reason;
use tegata_domain::texts::{date_time, text_with};

use crate::html::{
    Posted, asked, closed, closed_because, face_of, is_suspended, language, page, posted, receipt as receipt_of,
    tenant_of,
};
use crate::pages::{AgreedPage, ApprovalError, ApprovalPage, DecidedPage, Frame, Page as _, Wording};
use crate::port::{Edge, Failure, ask, client_address};
use crate::session::session;

/// What the approver has typed so far, and what was wrong with it.
#[derive(Default)]
struct Entered<'a> {
    error: Option<ApprovalError>,
    reason: &'a str,
}

async fn render(edge: &dyn Edge, token: &str, view: &ApprovalView, entered: &Entered<'_>) -> Response {
    let path = format!("/a/{token}");
    let written = |at| date_time(view.locale, at, &view.time_zone);
    let wording = Wording::of(view.kind);
    let face = face_of(edge, &path).await;
    let frame = Frame {
        locale: view.locale,
        product: edge.settings().product.as_str(),
        path: &path,
        face: face.as_deref(),
    };
    let agreement = |decision: &Decision| {
        let known = [("name", decision.name.as_str()), ("at", &written(decision.at))];
        text_with(view.locale, "page-question-agreed", &known)
    };
    let agreements = view.agreed.iter().map(agreement).collect();
    let receipt_path = format!("{path}/receipt");
    match (&view.state, &view.decision) {
        (_, Some(decision)) => {
            let shown = DecidedPage {
                frame,
                tenant_name: view.tenant_name.as_str(),
                statement: &view.statement,
                wording,
                agreements,
                outcome: decision.outcome,
                by_name: decision.name.as_str(),
                at: written(decision.at),
                reason: decision.reason.as_ref().map(Reason::as_str),
                receipt_path: &receipt_path,
                just_now: view.just_now,
                follows: view.follows,
            };
            page(StatusCode::OK, shown.html())
        }
        (ApprovalState::Open, None) if view.own_agreement => {
            let shown = AgreedPage {
                frame,
                tenant_name: view.tenant_name.as_str(),
                statement: &view.statement,
                wording,
                agreements,
                receipt_path: &receipt_path,
            };
            page(StatusCode::OK, shown.html())
        }
        (ApprovalState::Open, None) => {
            let required = view.required.to_string();
            let expires = written(view.expires_at);
            let known = [("required", required.as_str()), ("expires", &expires)];
            let [several, last] = wording.several;
            let terms = |key| text_with(view.locale, key, &known);
            let shown = ApprovalPage {
                frame,
                tenant_name: view.tenant_name.as_str(),
                statement: &view.statement,
                wording,
                needs_caution: view.needs_caution,
                approver: (view.approver_name.as_str(), view.approver_email.as_str()),
                several: (view.required > 1).then(|| terms(several)),
                agreements,
                finality: terms(if view.required > 1 { last } else { "page-approval-final" }),
                token_path: &path,
                error: entered.error,
                reason: entered.reason,
            };
            let status = if entered.error.is_some() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::OK
            };
            page(status, shown.html())
        }
        (ApprovalState::Withdrawn, None) => {
            closed_because(edge, view.locale, &path, StatusCode::GONE, wording.withdrawn).await
        }
        (ApprovalState::Expired | ApprovalState::Decided, None) => {
            closed_because(edge, view.locale, &path, StatusCode::GONE, wording.expired).await
        }
    }
}

async fn look(
    edge: &dyn Edge,
    token: &str,
    locale: Option<Locale>,
    fallback: Locale,
    headers: &HeaderMap,
    entered: Entered<'_>,
) -> Response {
    let path = format!("/a/{token}");
    let slug = match tenant_of(token) {
        Ok(slug) => slug,
        Err(failure) => return closed(edge, locale.unwrap_or(fallback), &path, &failure).await,
    };
    let command = ViewApproval {
        token: token.to_owned(),
        locale,
        session: session(headers, &slug),
    };
    match ask(edge, &slug, command).await {
        Ok(view) if view.state == ApprovalState::Open && is_suspended(edge, &slug).await => {
            closed(edge, view.locale, &path, &Failure::Refused(Refusal::Suspended)).await
        }
        Ok(view) => render(edge, token, &view, &entered).await,
        Err(failure) => closed(edge, locale.unwrap_or(fallback), &path, &failure).await,
    }
}

/// Returns 200 with the question or its outcome; 403 while the tenant is suspended and nobody has answered; 404 for an
/// unknown link; 410 once expired or withdrawn. Never changes anything.
pub(crate) async fn show(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let fallback = language(uri.query(), &headers);
    look(
        &*edge,
        &token,
        asked(uri.query()),
        fallback,
        &headers,
        Entered::default(),
    )
    .await
}

/// Records the decision, in this order:
///
/// 1. 403 when the form comes from another site.
/// 2. 422 and the question again when the tick, the button or a valid reason is missing.
/// 3. 200 with the outcome: this answer, or the one that came first.
///
/// 404 and 410 as [`show`] returns them; 403 also while the tenant is suspended.
pub(crate) async fn decide(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let edge = &*edge;
    let path = format!("/a/{token}");
    let Posted { form, asked, locale } = match posted(edge, &headers, &body, &path).await {
        Ok(posted) => posted,
        Err(page) => return *page,
    };
    let typed = form.get("reason").unwrap_or_default();
    let again = |error| {
        look(
            edge,
            &token,
            asked,
            locale,
            &headers,
            Entered {
                error: Some(error),
                reason: typed,
            },
        )
    };
    // Each answer has a tick of its own, so ticking for one and pressing the other's button counts as a slip. So does
    // ticking both. A reason alone decides nothing: people change their minds.
    let both = form.get("confirm").is_some() && form.get("refuse").is_some();
    let (outcome, tick, unticked) = match form.get("decision") {
        Some("approve" | "refuse") if both => return again(ApprovalError::Both).await,
        Some("approve") => (Outcome::Approved, "confirm", ApprovalError::NotConfirmed),
        Some("refuse") => (Outcome::Refused, "refuse", ApprovalError::RefusalNotConfirmed),
        _ => return again(ApprovalError::NoDecision).await,
    };
    // A textarea may contain line breaks, but a reason is a single line. Only a refusal has a reason.
    let reason = match Some(typed.replace(['\r', '\n', '\t'], " "))
        .filter(|text| outcome == Outcome::Refused && !text.trim().is_empty())
    {
        None => None,
        Some(text) => match Reason::parse(&text) {
            Ok(reason) => Some(reason),
            Err(_) => return again(ApprovalError::ReasonTooLong).await,
        },
    };
    let slug = match tenant_of(&token) {
        Ok(slug) => slug,
        Err(failure) => return closed(edge, locale, &path, &failure).await,
    };
    let command = DecideApproval {
        token: token.clone(),
        outcome,
        confirmed: form.get(tick) == Some("yes"),
        reason,
        locale,
        client: client_address(&headers),
        session: session(&headers, &slug),
    };
    match ask(edge, &slug, command).await {
        Ok(view) => {
            render(
                edge,
                &token,
                &view,
                &Entered {
                    error: None,
                    reason: typed,
                },
            )
            .await
        }
        Err(Failure::Refused(Refusal::NotConfirmed)) => again(unticked).await,
        Err(failure) => closed(edge, locale, &path, &failure).await,
    }
}

/// Returns 200 with the signed receipt; 404 before there is one.
pub(crate) async fn receipt(
    State(edge): State<Arc<dyn Edge>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let path = format!("/a/{token}");
    receipt_of(&*edge, &headers, (&path, &token), FetchReceipt { token: token.clone() }).await
}

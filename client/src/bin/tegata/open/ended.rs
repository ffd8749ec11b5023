//! A request that led to nothing, or a permission that has ended: what happened, and how to ask again. "Expired" is not
//! "refused", and the page says which it was (B13).

use super::fault;
use crate::page::frame::{Frame, Page, render};
use crate::printable::printable;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use tegata_client::registration::RegistrationState;
use tegata_client::state::{Ended, Revoked, State as Registration};

#[derive(Template)]
#[template(path = "ended.html")]
struct EndedPage<'a> {
    frame: Frame<'a>,
    tenant: &'a str,
    /// How it ended, as the texts call it.
    end: &'static str,
    /// Whether somebody decided against it.
    is_refusal: bool,
    reason: Option<String>,
    told_at: Option<u64>,
}

impl EndedPage<'_> {
    fn body(&self) -> String {
        self.with(&format!("viewer-ended-{}-body", self.end), "tenant", self.tenant)
    }
}

impl Page for EndedPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(&format!("viewer-ended-{}-title", self.end))
    }
}

/// The page of a request that has ended.
pub(super) fn page(frame: Frame<'_>, state: &Registration, ended: &Ended) -> Response {
    let reason = ended.reason.as_deref().filter(|reason| !reason.is_empty());
    let page = EndedPage {
        frame,
        tenant: state.tenant.as_str(),
        end: fault::end(ended.state),
        is_refusal: ended.state == RegistrationState::Refused,
        reason: reason.map(printable),
        told_at: None,
    };
    render(StatusCode::OK, &page)
}

/// The page of a PC that the edge no longer accepts.
pub(super) fn revoked(frame: Frame<'_>, state: &Registration, revoked: Revoked) -> Response {
    let page = EndedPage {
        frame,
        tenant: state.tenant.as_str(),
        end: "revoked",
        is_refusal: false,
        reason: None,
        told_at: Some(revoked.told_at),
    };
    render(StatusCode::OK, &page)
}

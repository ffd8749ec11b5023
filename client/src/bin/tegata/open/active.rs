//! A PC that is permitted: as whom, since when, and when the edge last said so.

use super::fault;
use super::notice::Notice;
use super::window::Window;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use tegata_client::Error;
use tegata_client::state::{Active, Phase, Requester, State as Registration};

#[derive(Template)]
#[template(path = "active.html")]
struct ActivePage<'a> {
    frame: Frame<'a>,
    state: &'a Registration,
    requester: Option<&'a Requester>,
    since: Option<u64>,
    confirmed: Option<u64>,
    notice: Option<String>,
    trouble: Option<String>,
    needs_new_start: bool,
}

impl Page for ActivePage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("viewer-active-title")
    }

    fn failed(&self) -> bool {
        self.trouble.is_some()
    }

    fn is_live(&self) -> bool {
        self.trouble.is_none()
    }
}

fn active<'a>(frame: Frame<'a>, state: &'a Registration, active: &Active) -> ActivePage<'a> {
    ActivePage {
        frame,
        state,
        requester: state.requester.as_ref(),
        since: active.since,
        confirmed: active.tokens.received_at,
        notice: None,
        trouble: None,
        needs_new_start: false,
    }
}

/// The page of a permitted PC.
pub(super) fn page(frame: Frame<'_>, state: &Registration, now: &Active, done: Option<Notice>) -> Response {
    let notice = done
        .filter(|done| *done == Notice::Checked)
        .map(|done| done.text(frame.texts, state.tenant.as_str()));
    let page = ActivePage {
        notice,
        ..active(frame, state, now)
    };
    render(StatusCode::OK, &page)
}

/// Has the edge confirm this PC, as `tegata viewer status` does. It renews the tokens, or says that it no longer accepts
/// the PC.
///
/// 303 to the first page; 502 when the edge cannot be reached; 500 when the data on this PC cannot be used.
pub(super) async fn check(State(window): State<Arc<Window>>, headers: HeaderMap) -> Response {
    let Ok(state) = window.viewer.state() else {
        return to("./");
    };
    let Phase::Active(now) = &state.phase else {
        return to("./");
    };
    let held = now.tokens.access_token.clone();
    let asked = Arc::clone(&window);
    // In a task of its own: a person who closes the page does not lose the renewed tokens.
    let answer = tokio::spawn(async move { asked.viewer.access_token(Some(&held)).await.map(drop) });
    match answer.await {
        Ok(Ok(())) => to("./?done=checked"),
        Ok(Err(Error::Revoked | Error::Ended { .. } | Error::NotRegistered)) | Err(_) => to("./"),
        Ok(Err(error)) => {
            let frame = window.frame(&headers, "");
            let page = ActivePage {
                trouble: Some(fault::words(&error, frame.texts)),
                needs_new_start: fault::needs_new_start(&error),
                ..active(frame, &state, now)
            };
            render(fault::status(&error), &page)
        }
    }
}

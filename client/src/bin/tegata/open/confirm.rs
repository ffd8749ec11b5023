//! Giving up: a pending request is withdrawn, a permission is handed back, and what an ended one left is deleted. Each
//! asks once more before it happens.

use super::fault;
use super::window::Window;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use tegata_client::Error;
use tegata_client::state::Phase;

/// What there is to give up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// A pending request.
    Request,
    /// A permission.
    Permission,
    /// An ended one, of which the edge need not be told.
    Remains,
    /// Files of which not even that can be told.
    Damage,
}

#[derive(Template)]
#[template(path = "confirm.html")]
struct ConfirmPage<'a> {
    frame: Frame<'a>,
    left: Left,
    tenant: String,
    error: Option<String>,
}

impl ConfirmPage<'_> {
    fn body(&self) -> String {
        match self.left {
            Left::Request => self.t("viewer-withdraw-body"),
            Left::Permission => self.with("viewer-forget-body", "tenant", &self.tenant),
            Left::Remains | Left::Damage => self.t("viewer-delete-body"),
        }
    }

    fn button(&self) -> String {
        self.t(match self.left {
            Left::Request => "viewer-withdraw-button",
            Left::Permission => "viewer-forget-button",
            Left::Remains | Left::Damage => "viewer-delete-button",
        })
    }

    /// Whether only the local data can be deleted, because the files tell no more.
    fn is_damage(&self) -> bool {
        self.left == Left::Damage
    }
}

impl Page for ConfirmPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(match self.left {
            Left::Request => "viewer-withdraw-title",
            Left::Permission => "viewer-forget-title",
            Left::Remains | Left::Damage => "viewer-delete-title",
        })
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
}

/// What there is to give up, and at which tenant; `None` if there is nothing.
fn left(window: &Window) -> Option<(Left, String)> {
    match window.viewer.state() {
        Ok(state) => {
            let left = match state.phase {
                Phase::Pending(_) => Left::Request,
                Phase::Active(_) => Left::Permission,
                Phase::Ended(_) | Phase::Revoked(_) => Left::Remains,
            };
            Some((left, state.tenant.as_str().to_owned()))
        }
        Err(Error::NotRegistered) => None,
        Err(_) => Some((Left::Damage, String::new())),
    }
}

/// Asks whether that is meant.
pub(super) async fn show(State(window): State<Arc<Window>>, headers: HeaderMap) -> Response {
    page(&window, &headers, None)
}

fn page(window: &Window, headers: &HeaderMap, error: Option<&Error>) -> Response {
    let Some((left, tenant)) = left(window) else {
        return to("./");
    };
    let frame = window.frame(headers, "forget");
    let page = ConfirmPage {
        error: error.map(|error| fault::words(error, frame.texts)),
        frame,
        left,
        tenant,
    };
    render(error.map_or(StatusCode::OK, fault::status), &page)
}

#[derive(Deserialize)]
pub(super) struct Choice {
    /// `yes`: delete the local data without telling the edge.
    #[serde(default)]
    only: String,
}

/// Gives it up, as `tegata viewer forget` does.
///
/// 303 to the first page; otherwise the question again with what stands in the way, and a way to delete the local data
/// alone.
pub(super) async fn forget(
    State(window): State<Arc<Window>>,
    headers: HeaderMap,
    Form(Choice { only }): Form<Choice>,
) -> Response {
    let given_up = Arc::clone(&window);
    let answer = tokio::spawn(async move {
        let _turn = given_up.follower.pause().await;
        given_up.viewer.forget(only == "yes").await
    });
    match answer.await {
        Ok(Ok(_)) => to("./?done=forgotten"),
        Ok(Err(error)) => page(&window, &headers, Some(&error)),
        Err(_) => to("./"),
    }
}

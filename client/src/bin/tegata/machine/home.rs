//! The first page: the light and the menu; and, when the agent is not running, the button that starts it.

use super::light::{Light, light};
use super::panel::{Known, Panel};
use super::starting::{Unstarted, start as start_agent};
use crate::page::frame::{Frame, Page, render, to};
use crate::printable::printable;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use tegata_client::agent::support::{Phase, Support};

#[derive(Template)]
#[template(path = "machine_home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    light: Light,
    /// Whether the agent can be started from here.
    may_start: bool,
    /// What the light stands for, when it is known.
    equipment: Option<&'a str>,
    /// `None` where the agent cannot start remote support.
    support: Option<&'a Support>,
    trouble: Option<String>,
}

impl HomePage<'_> {
    /// Whether the desk is, or may be, on this machine now.
    fn is_open(&self) -> bool {
        self.support.is_some_and(|support| support.phase != Phase::Idle)
    }
}

impl Page for HomePage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("machine-menu")
    }

    fn failed(&self) -> bool {
        self.trouble.is_some()
    }

    fn is_live(&self) -> bool {
        true
    }
}

fn page(panel: &Panel, headers: &HeaderMap, known: &Known, trouble: Option<&Unstarted>) -> Response {
    let frame = panel.frame(headers, "", known);
    let texts = frame.texts;
    let trouble = trouble.map(|trouble| {
        let detail = [("detail", printable(&trouble.detail).into())];
        let said = texts.with("machine-start-failed", detail);
        match &trouble.command {
            Some(command) => {
                let command = [("command", command.clone().into())];
                texts.sentences(&said, &texts.with("machine-start-by-hand", command))
            }
            None => said,
        }
    });
    let page = HomePage {
        light: light(known, &frame),
        may_start: matches!(known, Known::NotRunning),
        equipment: known
            .running()
            .and_then(|running| running.told.status.equipment.as_deref()),
        support: known.running().and_then(|running| running.support.as_ref()),
        trouble,
        frame,
    };
    let status = if page.failed() {
        StatusCode::SERVICE_UNAVAILABLE
    } else {
        StatusCode::OK
    };
    render(status, &page)
}

/// The light and the menu.
pub(super) async fn show(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    page(&panel, &headers, &panel.known().await, None)
}

/// Starts the agent (P9).
///
/// 303 to the first page when it runs; 503 with what is missing when it does not.
pub(super) async fn start(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    if !matches!(panel.known().await, Known::NotRunning) {
        return to("./");
    }
    match start_agent(&panel.data_dir).await {
        Ok(()) => to("./"),
        Err(unstarted) => page(&panel, &headers, &panel.known().await, Some(&unstarted)),
    }
}

//! 「バージョン情報」: versions, and as what this machine is enrolled.

use super::panel::Panel;
use crate::page::frame::{Frame, Page, render};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::env::consts::{ARCH, OS};
use std::sync::Arc;
use tegata_client::agent::status::Status;

#[derive(Template)]
#[template(path = "machine_about.html")]
struct AboutPage<'a> {
    frame: Frame<'a>,
    version: &'static str,
    system: String,
    status: Option<&'a Status>,
}

impl Page for AboutPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("machine-about")
    }
}

pub(super) async fn show(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    let known = panel.known().await;
    let page = AboutPage {
        frame: panel.frame(&headers, "about", &known),
        version: env!("CARGO_PKG_VERSION"),
        system: format!("{OS} {ARCH}"),
        status: known.running().map(|running| &running.told.status),
    };
    render(StatusCode::OK, &page)
}

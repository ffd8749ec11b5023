//! What people see before the session and when a request is refused.

use super::frame::{Frame, LIVE_SCRIPT, Page, PlainPage, START_SCRIPT, STYLESHEET, html};
use super::window::Window;
use askama::Template;
use axum::http::HeaderMap;
use tegata_client::local::checks::Refusal;
use tegata_client::local::door::START;
use tegata_client::local::server::Shell;

#[derive(Template)]
#[template(path = "start.html")]
struct StartPage<'a> {
    frame: Frame<'a>,
    key: &'a str,
}

impl StartPage<'_> {
    fn action(&self) -> &'static str {
        START
    }

    fn start_script(&self) -> &'static str {
        START_SCRIPT
    }
}

impl Page for StartPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("viewer-start-title")
    }
}

impl Shell for Window {
    fn entrance(&self, headers: &HeaderMap, key: &str) -> String {
        html(&StartPage {
            frame: self.outer_frame(headers),
            key,
        })
    }

    fn refusal(&self, headers: &HeaderMap, why: Refusal) -> String {
        let why = match why {
            Refusal::OtherHost | Refusal::OtherSite | Refusal::Method => "other-site",
            Refusal::TooLarge => "too-large",
            Refusal::NoSession => "no-session",
            Refusal::Spent => "spent",
            Refusal::NotFound => "not-found",
        };
        html(&PlainPage {
            frame: self.outer_frame(headers),
            title: format!("viewer-refusal-{why}-title"),
            body: format!("viewer-refusal-{why}-body"),
        })
    }

    fn stylesheet(&self) -> &'static str {
        STYLESHEET
    }

    fn scripts(&self) -> &'static [&'static str] {
        &[LIVE_SCRIPT, START_SCRIPT]
    }
}

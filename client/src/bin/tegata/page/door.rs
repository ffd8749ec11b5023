//! What people see before the session and when a request is refused.

use super::frame::{Frame, Page, PlainPage, START_SCRIPT, html};
use super::session::Session;
use askama::Template;
use axum::http::HeaderMap;
use tegata_client::local::checks::Refusal;
use tegata_client::local::door::START;

/// What the keys begin with of refusals that name no program.
const SHARED: &str = "local-refusal-";

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
        self.t(self.frame.program.start_title)
    }
}

/// The page behind the one-time URL.
pub(crate) fn entrance(session: &Session, headers: &HeaderMap, key: &str) -> String {
    html(&StartPage {
        frame: session.outer_frame(headers),
        key,
    })
}

/// The page that says why a request was refused.
pub(crate) fn refusal(session: &Session, headers: &HeaderMap, why: Refusal) -> String {
    let frame = session.outer_frame(headers);
    let of_program = frame.program.refusals;
    let (prefix, name) = match why {
        Refusal::OtherHost | Refusal::OtherSite | Refusal::Method => (of_program, "other-site"),
        Refusal::NoSession => (of_program, "no-session"),
        Refusal::Spent => (of_program, "spent"),
        Refusal::TooLarge => (SHARED, "too-large"),
        Refusal::NotFound => (SHARED, "not-found"),
    };
    html(&PlainPage {
        frame,
        title: format!("{prefix}{name}-title"),
        body: format!("{prefix}{name}-body"),
    })
}

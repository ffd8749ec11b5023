//! What all pages share, the first page, and what is on every page: the language switch and the end.

use super::follow::Follower;
use super::notice::Notice;
use super::{active, ended, fault, request, waiting};
use crate::page::door;
use crate::page::frame::{Frame, LIVE_SCRIPT, START_SCRIPT, to};
use crate::page::session::{Program, Session};
use crate::texts::Texts;
use axum::extract::{Form, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use tegata_client::data_dir::DataDir;
use tegata_client::edge::EdgeUrl;
use tegata_client::local::checks::Refusal;
use tegata_client::local::server::Shell;
use tegata_client::registration::Locale;
use tegata_client::state::Phase;
use tegata_client::{Error, Viewer};
use tegata_domain::slug::Slug;
use tegata_domain::time::TimeZone;

/// Where this PC registers, as far as the person need not be asked.
pub(super) struct Place {
    pub(super) edge: Option<EdgeUrl>,
    pub(super) tenant: Option<Slug>,
}

/// The Viewer that one person has open.
pub(crate) struct Window {
    pub(super) viewer: Viewer,
    pub(super) data_dir: DataDir,
    pub(super) place: Place,
    pub(super) follower: Follower,
    pub(super) session: Session,
}

/// The style of every page.
const STYLESHEET: &str = concat!(
    include_str!("../../../../../styles/tokens.css"),
    include_str!("../../../../../styles/controls.css"),
    include_str!("../../../../../styles/pages.css"),
    include_str!("../page/page.css"),
);

/// The words around the Viewer's pages.
const PROGRAM: Program = Program {
    product: "viewer-product",
    footer: "viewer-footer",
    quit: "viewer-quit",
    start_title: "viewer-start-title",
    start_body: "viewer-start-body",
    closed_title: "viewer-closed-title",
    closed_body: "viewer-closed-body",
    refusals: "viewer-refusal-",
};

impl Window {
    pub(super) fn new(
        data_dir: DataDir,
        place: Place,
        language: Option<Locale>,
        zone: TimeZone,
    ) -> Result<Self, Error> {
        Ok(Self {
            viewer: Viewer::new(data_dir.clone())?,
            data_dir,
            place,
            follower: Follower::default(),
            session: Session::new(&PROGRAM, language, zone),
        })
    }

    /// Asks the edge while a request is pending, for ever.
    pub(super) async fn follow(&self) {
        self.follower.follow(&self.viewer).await;
    }

    /// The texts in the person's language.
    pub(super) fn texts(&self, headers: &HeaderMap) -> &Texts {
        self.session.texts(headers)
    }

    /// The frame of the page at `path`, which has no leading slash.
    pub(super) fn frame<'a>(&'a self, headers: &HeaderMap, path: &'static str) -> Frame<'a> {
        self.session.frame(headers, path, self.fingerprint())
    }

    /// Changes whenever a page that shows the state would look different.
    fn fingerprint(&self) -> String {
        match self.viewer.state().map(|state| state.phase) {
            Ok(Phase::Pending(pending)) => {
                let known = self.follower.known(&pending);
                let state = known.status.map_or("asking", |status| status.state.as_str());
                let trouble = if known.trouble.is_some() { "-trouble" } else { "" };
                format!("{state}{trouble}")
            }
            Ok(Phase::Active(active)) => format!("active-{}", active.tokens.received_at.unwrap_or_default()),
            Ok(Phase::Ended(_)) => "ended".to_owned(),
            Ok(Phase::Revoked(_)) => "revoked".to_owned(),
            Err(Error::NotRegistered) => "new".to_owned(),
            Err(_) => "trouble".to_owned(),
        }
    }
}

/// What the person did on the page before.
#[derive(Deserialize)]
pub(super) struct Before {
    done: Option<Notice>,
}

/// The first page: whatever this PC's registration needs now. A new PC gets the form at once.
pub(super) async fn home(
    State(window): State<Arc<Window>>,
    Query(Before { done }): Query<Before>,
    headers: HeaderMap,
) -> Response {
    let frame = window.frame(&headers, "");
    let state = match window.viewer.state() {
        Ok(state) => state,
        Err(Error::NotRegistered) => return request::first(&window, frame, done),
        Err(error) => return fault::page(frame, &error),
    };
    match &state.phase {
        Phase::Pending(pending) => waiting::page(&window, frame, &state, pending, done),
        Phase::Active(active) => active::page(frame, &state, active, done),
        Phase::Ended(ended) => ended::page(frame, &state, ended),
        Phase::Revoked(revoked) => ended::revoked(frame, &state, *revoked),
    }
}

/// What `frame.rs`'s script compares, to know when to load the page again.
pub(super) async fn state(State(window): State<Arc<Window>>) -> String {
    window.fingerprint()
}

#[derive(Deserialize)]
pub(super) struct Switch {
    lang: Locale,
    #[serde(default)]
    back: String,
}

/// Changes the language, now and for the next start.
pub(super) async fn choose_language(
    State(window): State<Arc<Window>>,
    Form(Switch { lang, back }): Form<Switch>,
) -> Response {
    window.session.choose_language(lang, &window.data_dir);
    let back = ["data", "request", "forget"].into_iter().find(|path| *path == back);
    to(back.unwrap_or("./"))
}

/// Ends the program. A pending request and a permission stay as they are.
pub(super) async fn quit(State(window): State<Arc<Window>>, headers: HeaderMap) -> Response {
    window.session.close(&headers)
}

impl Shell for Window {
    fn entrance(&self, headers: &HeaderMap, key: &str) -> String {
        door::entrance(&self.session, headers, key)
    }

    fn refusal(&self, headers: &HeaderMap, why: Refusal) -> String {
        door::refusal(&self.session, headers, why)
    }

    fn stylesheet(&self) -> &'static str {
        STYLESHEET
    }

    fn scripts(&self) -> &'static [&'static str] {
        &[LIVE_SCRIPT, START_SCRIPT]
    }
}

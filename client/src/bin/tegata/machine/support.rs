//! 「リモートサポート起動」 (K6): the ID and the password, who is in the session, what they do, and the button that ends it.
//! Anyone whom the agent admits may use it; the session that the desk started from afar is shown here as well.

use super::fault;
use super::panel::{Known, Panel};
use crate::agent::support::words;
use crate::moment::moment;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use tegata_client::agent::ipc::{AskError, Request};
use tegata_client::agent::support::{
    OfferState, Phase, Session, ShownDeed, ShownMessage, ShownOffer, ShownUse, Support,
};
use tegata_domain::id::CommandId;

/// The page's path.
pub(super) const HERE: &str = "support";

#[derive(Template)]
#[template(path = "machine_support.html")]
struct SupportPage<'a> {
    frame: Frame<'a>,
    support: &'a Support,
    trouble: Option<String>,
}

impl SupportPage<'_> {
    fn is_starting(&self) -> bool {
        self.support.phase == Phase::Starting
    }

    fn until(&self, session: &Session) -> String {
        moment(session.until, self.frame.zone, self.frame.texts)
    }

    /// The number in groups, as people read it out.
    fn number(&self, session: &Session) -> String {
        session.number.shown()
    }

    /// Why the last start came to nothing, or how the last session ended.
    fn before(&self) -> Option<String> {
        words::before(self.support, self.frame.texts)
    }

    fn using(&self, used: &ShownUse) -> String {
        words::using(used.ability, self.frame.texts)
    }

    fn offer(&self, offer: &ShownOffer) -> String {
        words::offer(offer, self.frame.texts)
    }

    fn waits(&self, offer: &ShownOffer) -> bool {
        offer.state == OfferState::Waiting
    }

    fn writer(&self, message: &ShownMessage) -> String {
        words::writer(message, self.frame.texts)
    }

    fn at(&self, message: &ShownMessage) -> String {
        moment(message.at, self.frame.zone, self.frame.texts)
    }

    fn deed(&self, deed: &ShownDeed) -> String {
        words::deed(deed, self.frame.texts)
    }
}

impl Page for SupportPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("machine-support")
    }

    fn failed(&self) -> bool {
        self.trouble.is_some()
    }

    fn is_live(&self) -> bool {
        true
    }

    fn here(&self) -> &'static str {
        HERE
    }
}

fn page(panel: &Panel, headers: &HeaderMap, known: &Known, trouble: Option<&AskError>) -> Response {
    let frame = panel.frame(headers, HERE, known);
    // The first page says why there is nothing to start.
    let Some(support) = known.running().and_then(|running| running.support.as_ref()) else {
        return to("./");
    };
    let page = SupportPage {
        trouble: trouble.map(|error| fault::words(error, frame.texts)),
        support,
        frame,
    };
    render(trouble.map_or(StatusCode::OK, fault::status), &page)
}

pub(super) async fn show(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    page(&panel, &headers, &panel.known().await, None)
}

/// 303 to the page when the agent did it; otherwise the page with why not.
async fn order(panel: &Panel, headers: &HeaderMap, request: &Request) -> Response {
    match panel.order(request).await {
        Ok(()) => to(HERE),
        Err(error) => page(panel, headers, &panel.known().await, Some(&error)),
    }
}

/// Starts remote support.
pub(super) async fn start(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    order(&panel, &headers, &Request::SupportStart).await
}

/// What somebody decides about a file.
#[derive(Deserialize)]
pub(super) struct Decided {
    id: String,
    decision: Decision,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Decision {
    Accept,
    Decline,
}

/// Accepts a file, or declines it.
pub(super) async fn decide(
    State(panel): State<Arc<Panel>>,
    headers: HeaderMap,
    Form(decided): Form<Decided>,
) -> Response {
    // What this page has not sent means nothing.
    let Some(id) = CommandId::parse(&decided.id) else {
        return to(HERE);
    };
    let request = match decided.decision {
        Decision::Accept => Request::FileAccept { id },
        Decision::Decline => Request::FileDecline { id },
    };
    order(&panel, &headers, &request).await
}

/// Ends it.
pub(super) async fn end(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    order(&panel, &headers, &Request::SupportEnd).await
}

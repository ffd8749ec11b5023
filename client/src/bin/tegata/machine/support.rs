//! 「リモートサポート起動」 (K6): the ID and the password, who is in the session, what they do, and the button that ends it.
//! Anyone whom the agent admits may use it; the session that the desk started from afar is shown here as well.

use super::fault;
use super::panel::{Known, Panel};
use crate::moment::moment;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use tegata_client::agent::ipc::{AskError, Request};
use tegata_client::agent::support::{Phase, Session, ShownDeed, Support};
use tegata_domain::control::SupportDeclined;
use tegata_domain::session::{Ability, DeedOutcome, SessionEnd};

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

    /// The number in groups of three, as people read it out.
    fn number(&self, session: &Session) -> String {
        let digits: Vec<char> = session.number.as_str().chars().collect();
        let groups = digits.chunks(3).map(|group| group.iter().collect::<String>());
        groups.collect::<Vec<_>>().join(" ")
    }

    /// Why the last start came to nothing, or how the last session ended.
    fn before(&self) -> Option<String> {
        let key = match (self.support.declined, self.support.ended) {
            (Some(SupportDeclined::NotAllowed), _) => "machine-support-declined-not-allowed",
            (Some(SupportDeclined::Busy), _) => "machine-support-declined-busy",
            (Some(SupportDeclined::NoDesk), _) => "machine-support-declined-no-desk",
            (Some(SupportDeclined::TooMany), _) => "machine-support-declined-too-many",
            (Some(SupportDeclined::Other), _) => "machine-support-declined-other",
            (None, Some(SessionEnd::Desk)) => "machine-support-ended-desk",
            (None, Some(SessionEnd::Machine)) => "machine-support-ended-machine",
            (None, Some(SessionEnd::Administrator)) => "machine-support-ended-administrator",
            (None, Some(SessionEnd::Expired)) => "machine-support-ended-expired",
            (None, Some(SessionEnd::Agent | SessionEnd::Forbidden | SessionEnd::Suspended)) => {
                "machine-support-ended-closed"
            }
            (None, None) => return None,
        };
        (self.support.phase == Phase::Idle).then(|| self.t(key))
    }

    fn deed(&self, deed: &ShownDeed) -> String {
        let what = self.t(match (deed.ability, deed.detail.as_deref()) {
            (Ability::Diagnostics, Some("overview") | None) => "machine-deed-overview",
            (Ability::Diagnostics, Some("connection_test")) => "machine-deed-connection-test",
            (Ability::Diagnostics, Some(log)) => {
                return self.deed_line(deed, &self.with("machine-deed-log", "log", log));
            }
            (Ability::RestartSoftware, _) => "machine-deed-restart-software",
            (Ability::RestartMachine, _) => "machine-deed-restart-machine",
        });
        self.deed_line(deed, &what)
    }

    fn deed_line(&self, deed: &ShownDeed, what: &str) -> String {
        let outcome = self.t(match deed.outcome {
            None => "machine-deed-doing",
            Some(DeedOutcome::Done) => "machine-deed-done",
            Some(DeedOutcome::Refused) => "machine-deed-refused",
            Some(DeedOutcome::Failed) => "machine-deed-failed",
            Some(DeedOutcome::Unknown) => "machine-deed-unknown",
        });
        let args = [
            ("what", what.to_owned().into()),
            ("name", deed.by.clone().into()),
            ("outcome", outcome.into()),
        ];
        self.frame.texts.with("machine-deed", args)
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

/// Ends it.
pub(super) async fn end(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    order(&panel, &headers, &Request::SupportEnd).await
}

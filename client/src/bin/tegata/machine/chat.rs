//! The chat of a session (Z5): what was written, and a field for more. Without scripts, this page does not load itself
//! again, so that nothing that is being typed is lost; the page of the session does, and shows the same messages.

use super::fault;
use super::panel::{Known, Panel};
use super::support::HERE as SUPPORT;
use crate::agent::support::words;
use crate::moment::moment;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use tegata_client::agent::ipc::Request;
use tegata_client::agent::support::{Session, ShownMessage};
use tegata_domain::text::ChatText;

/// The page's path.
pub(super) const HERE: &str = "chat";

#[derive(Template)]
#[template(path = "machine_chat.html")]
struct ChatPage<'a> {
    frame: Frame<'a>,
    session: &'a Session,
    /// What was typed and could not be sent.
    typed: &'a str,
    trouble: Option<String>,
}

impl ChatPage<'_> {
    fn writer(&self, message: &ShownMessage) -> String {
        words::writer(message, self.frame.texts)
    }

    fn at(&self, message: &ShownMessage) -> String {
        moment(message.at, self.frame.zone, self.frame.texts)
    }
}

impl Page for ChatPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("machine-chat")
    }

    fn failed(&self) -> bool {
        self.trouble.is_some()
    }

    fn is_live(&self) -> bool {
        true
    }

    fn is_read_only(&self) -> bool {
        false
    }

    fn here(&self) -> &'static str {
        HERE
    }
}

fn page(
    panel: &Panel,
    headers: &HeaderMap,
    known: &Known,
    typed: &str,
    trouble: Option<(StatusCode, String)>,
) -> Response {
    let frame = panel.frame(headers, HERE, known);
    let support = known.running().and_then(|running| running.support.as_ref());
    // Without a session, the page of remote support says what there is.
    let Some(session) = support.and_then(|support| support.session.as_ref()) else {
        return to(SUPPORT);
    };
    let status = trouble.as_ref().map_or(StatusCode::OK, |(status, _)| *status);
    let trouble = trouble.map(|(_, words)| words);
    let page = ChatPage {
        frame,
        session,
        typed,
        trouble,
    };
    render(status, &page)
}

pub(super) async fn show(State(panel): State<Arc<Panel>>, headers: HeaderMap) -> Response {
    page(&panel, &headers, &panel.known().await, "", None)
}

/// What somebody types.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    text: String,
}

/// 303 to the page when the agent has the message; otherwise the page with why not, and with what was typed.
pub(super) async fn send(State(panel): State<Arc<Panel>>, headers: HeaderMap, Form(typed): Form<Typed>) -> Response {
    let trouble = match ChatText::parse(&typed.text) {
        Ok(text) => match panel.order(&Request::SupportChat { text }).await {
            Ok(()) => return to(HERE),
            Err(error) => {
                let frame = panel.session.frame(&headers, HERE, String::new());
                (fault::status(&error), fault::words(&error, frame.texts))
            }
        },
        Err(_) => {
            let frame = panel.session.frame(&headers, HERE, String::new());
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                frame.texts.get("machine-chat-invalid"),
            )
        }
    };
    page(&panel, &headers, &panel.known().await, &typed.text, Some(trouble))
}

//! What a program with a local page keeps while it is open: the language, the time zone, and whether it is being closed.

use super::frame::{Frame, PlainPage, render};
use crate::texts::Texts;
use axum::http::{HeaderMap, StatusCode, header::ACCEPT_LANGUAGE};
use axum::response::Response;
use std::sync::{Mutex, PoisonError};
use tegata_client::data_dir::DataDir;
use tegata_client::registration::Locale;
use tegata_domain::time::TimeZone;
use tokio::sync::Notify;

/// The words of one program around its pages, as keys of texts.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) product: &'static str,
    pub(crate) footer: &'static str,
    pub(crate) quit: &'static str,
    pub(crate) start_title: &'static str,
    pub(crate) start_body: &'static str,
    pub(crate) closed_title: &'static str,
    pub(crate) closed_body: &'static str,
    /// What the keys of its refusals begin with.
    pub(crate) refusals: &'static str,
}

/// One program that a person has open.
pub(crate) struct Session {
    program: &'static Program,
    zone: TimeZone,
    texts: [Texts; 3],
    /// `None`: the browser's.
    language: Mutex<Option<Locale>>,
    closing: Notify,
}

impl Session {
    pub(crate) fn new(program: &'static Program, language: Option<Locale>, zone: TimeZone) -> Self {
        Self {
            program,
            zone,
            texts: Locale::ALL.map(Texts::new),
            language: Mutex::new(language),
            closing: Notify::new(),
        }
    }

    /// Resolves when the person has closed the program.
    pub(crate) async fn closed(&self) {
        self.closing.notified().await;
    }

    /// The texts in the person's language: chosen, or else the browser's.
    pub(crate) fn texts(&self, headers: &HeaderMap) -> &Texts {
        let chosen = *self.language.lock().unwrap_or_else(PoisonError::into_inner);
        let of_browser = || {
            let value = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
            Locale::from_accept_language(value)
        };
        let locale = chosen.or_else(of_browser).unwrap_or(Locale::En);
        let [ja, en, da] = &self.texts;
        match locale {
            Locale::Ja => ja,
            Locale::En => en,
            Locale::Da => da,
        }
    }

    /// The frame of the page at `path`, which has no leading slash. `state` is what its script watches.
    pub(crate) fn frame(&self, headers: &HeaderMap, path: &'static str, state: String) -> Frame<'_> {
        Frame {
            path: Some(path),
            state,
            ..self.outer_frame(headers)
        }
    }

    /// The frame of a page outside the session.
    pub(crate) fn outer_frame(&self, headers: &HeaderMap) -> Frame<'_> {
        Frame {
            program: self.program,
            texts: self.texts(headers),
            zone: &self.zone,
            path: None,
            state: String::new(),
        }
    }

    /// Changes the language, now and for the next start.
    pub(crate) fn choose_language(&self, language: Locale, data_dir: &DataDir) {
        *self.language.lock().unwrap_or_else(PoisonError::into_inner) = Some(language);
        let mut preferences = data_dir.load_preferences();
        preferences.language = Some(language);
        // Where it cannot be saved, the switch still works until the end.
        let _ = data_dir.save_preferences(&preferences);
    }

    /// Ends the program; the page that says so.
    pub(crate) fn close(&self, headers: &HeaderMap) -> Response {
        self.closing.notify_one();
        let page = PlainPage {
            frame: self.outer_frame(headers),
            title: self.program.closed_title.to_owned(),
            body: self.program.closed_body.to_owned(),
        };
        render(StatusCode::OK, &page)
    }
}

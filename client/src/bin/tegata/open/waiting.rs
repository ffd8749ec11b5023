//! A pending request: what it waits for, the field for the activation code with 「認証実行」 (K4), and the mail once more.

use super::follow::Known;
use super::notice::Notice;
use super::{fault, window::Window};
use crate::failure::Failure;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use tegata_client::Error;
use tegata_client::activation_code::ActivationCode;
use tegata_client::registration::RegistrationState;
use tegata_client::state::{Pending, Phase, State as Registration};
use tegata_client::viewer::Step;

#[derive(Template)]
#[template(path = "waiting.html")]
struct WaitingPage<'a> {
    frame: Frame<'a>,
    /// `None` until the edge has said something.
    state: Option<RegistrationState>,
    tenant: &'a str,
    pending: &'a Pending,
    /// The end of the present wait.
    until: u64,
    tries_left: Option<u32>,
    notice: Option<String>,
    /// Why the edge cannot be asked at present.
    trouble: Option<String>,
    /// Why the code was not accepted.
    error: Option<String>,
    code: String,
}

impl WaitingPage<'_> {
    /// Whether a code may be due. A state that only a newer edge has may be that.
    fn takes_code(&self) -> bool {
        let is_due = matches!(
            self.state,
            Some(RegistrationState::AwaitingCode | RegistrationState::Unknown)
        );
        is_due || self.error.is_some()
    }

    /// Whether a mail to the person may be due: until the approval, all mails go to others.
    fn has_mail(&self) -> bool {
        self.takes_code() || self.state == Some(RegistrationState::AwaitingAddress)
    }

    fn lead(&self) -> String {
        let email = &self.pending.email;
        match self.state {
            Some(RegistrationState::AwaitingAddress) => self.with("viewer-waiting-address-body", "email", email),
            Some(RegistrationState::AwaitingCode) => self.with("viewer-code-body", "email", email),
            Some(RegistrationState::AwaitingApproval) => self.with("viewer-waiting-body", "tenant", self.tenant),
            None | Some(RegistrationState::Unknown) => self.t("viewer-waiting-unknown-body"),
            _ => self.t("viewer-waiting-tokens-body"),
        }
    }

    /// Where the code can be entered instead.
    fn elsewhere(&self) -> &str {
        let complete = self.pending.verification_uri_complete.as_deref();
        let uri = complete.unwrap_or(&self.pending.verification_uri);
        // It comes from the network: only a page may be behind it.
        if uri.starts_with("https://") || uri.starts_with("http://") {
            uri
        } else {
            ""
        }
    }

    /// Enough for the last tries only: before, the number would worry people.
    fn few_tries(&self) -> Option<u32> {
        self.tries_left
            .filter(|tries| *tries < 5 && self.takes_code() && self.error.is_none())
    }
}

impl Page for WaitingPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t(match self.state {
            Some(RegistrationState::AwaitingAddress) => "viewer-waiting-address-title",
            Some(RegistrationState::AwaitingCode) => "viewer-code-title",
            Some(RegistrationState::AwaitingApproval) => "viewer-waiting-title",
            None | Some(RegistrationState::Unknown) => "viewer-waiting-unknown-title",
            _ => "viewer-waiting-tokens-title",
        })
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }

    fn is_live(&self) -> bool {
        true
    }

    fn is_read_only(&self) -> bool {
        !self.takes_code()
    }
}

/// What a page about a pending request says beyond its state.
#[derive(Default)]
struct Said {
    notice: Option<String>,
    error: Option<String>,
    code: String,
}

fn waiting<'a>(
    window: &Window,
    frame: Frame<'a>,
    state: &'a Registration,
    pending: &'a Pending,
    said: Said,
) -> WaitingPage<'a> {
    let Known { status, trouble, .. } = window.follower.known(pending);
    let texts = frame.texts;
    let trouble = trouble.map(|error| {
        let text = fault::words(&error, texts);
        if error.is_transient() {
            format!("{} {text}", texts.get("cli-waiting-network"))
        } else {
            text
        }
    });
    let until = status.as_ref().and_then(|status| status.expires_at);
    WaitingPage {
        frame,
        state: status.as_ref().map(|status| status.state),
        tenant: state.tenant.as_str(),
        pending,
        until: until.unwrap_or(pending.expires_at),
        tries_left: status.and_then(|status| status.tries_left),
        notice: said.notice,
        // The error of the code says the same already.
        trouble: trouble.filter(|_| said.error.is_none()),
        error: said.error,
        code: said.code,
    }
}

/// The page of a pending request.
pub(super) fn page(
    window: &Window,
    frame: Frame<'_>,
    state: &Registration,
    pending: &Pending,
    done: Option<Notice>,
) -> Response {
    let said = Said {
        notice: done
            .filter(|done| *done == Notice::Resent)
            .map(|done| done.text(frame.texts, "")),
        ..Said::default()
    };
    render(StatusCode::OK, &waiting(window, frame, state, pending, said))
}

/// The same page after something did not work; the first page if the request is not pending any more.
fn page_with(window: &Window, headers: &HeaderMap, status: StatusCode, said: Said) -> Response {
    match window.viewer.state() {
        Ok(state) => match &state.phase {
            Phase::Pending(pending) => {
                let frame = window.frame(headers, "");
                render(status, &waiting(window, frame, &state, pending, said))
            }
            _ => to("./"),
        },
        Err(_) => to("./"),
    }
}

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    code: String,
}

/// 「認証実行」: sends the code.
///
/// 303 to the first page when it was accepted or the request has ended; 422 when it cannot be a code, or is wrong; 409
/// before the approval; 502 when the edge cannot be reached.
pub(super) async fn submit_code(
    State(window): State<Arc<Window>>,
    headers: HeaderMap,
    Form(Typed { code }): Form<Typed>,
) -> Response {
    let texts = window.texts(&headers);
    let refused = |status, error: String, code: String| {
        let said = Said {
            error: Some(error),
            code,
            ..Said::default()
        };
        page_with(&window, &headers, status, said)
    };
    let parsed = match ActivationCode::parse(&code) {
        Ok(parsed) => parsed,
        Err(error) => {
            let text = Failure::from_error(error, texts).message;
            return refused(StatusCode::UNPROCESSABLE_ENTITY, text, code);
        }
    };
    // In a task of its own: a person who closes the page does not stop it half way.
    let asked = Arc::clone(&window);
    let answer = tokio::spawn(async move { asked.follower.activate(&asked.viewer, &parsed).await });
    match answer.await {
        Ok(Ok(Step::Active)) | Err(_) => to("./"),
        Ok(Ok(Step::Waiting { .. })) => refused(StatusCode::CONFLICT, texts.get("viewer-code-early"), code),
        Ok(Ok(Step::TooEarly { .. })) => refused(StatusCode::CONFLICT, texts.get("viewer-code-busy"), code),
        Ok(Err(error)) => match &*error {
            Error::Ended { .. } | Error::Revoked | Error::NotRegistered => to("./"),
            Error::WrongCode { .. } => {
                let text = Failure::of(&error, texts).message;
                refused(StatusCode::UNPROCESSABLE_ENTITY, text, code)
            }
            _ if error.is_transient() => {
                // It may have been counted: only the person may send it again.
                let detail = [("detail", fault::words(&error, texts).into())];
                refused(
                    fault::status(&error),
                    texts.with("viewer-code-lost", detail),
                    String::new(),
                )
            }
            _ => refused(fault::status(&error), fault::words(&error, texts), code),
        },
    }
}

/// Has the edge send the last mail again.
pub(super) async fn resend(State(window): State<Arc<Window>>, headers: HeaderMap) -> Response {
    match window.viewer.resend().await {
        Ok(()) => to("./?done=resent"),
        Err(error) => {
            let text = fault::words(&error, window.texts(&headers));
            let said = Said {
                notice: Some(text),
                ..Said::default()
            };
            page_with(&window, &headers, fault::status(&error), said)
        }
    }
}

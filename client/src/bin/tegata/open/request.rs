//! The form with which a person asks for permission (K2). Every field is checked by the edge's own rules before anything
//! is sent, and the mail address is typed twice: the code would otherwise go to nobody, or to a stranger.

use super::fault;
use super::fields::{Fault, Fields, Input, fixed, inputs, is_asked, suggested};
use super::notice::Notice;
use super::window::{Place, Window};
use crate::failure::Failure;
use crate::page::frame::{Frame, Page, render, to};
use crate::texts::Texts;
use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use tegata_client::Error;
use tegata_client::edge::{EdgeUrl, parse_tenant};
use tegata_client::registration::{
    RegistrationRequest, parse_device_name, parse_email, parse_name, parse_organization,
};
use tegata_domain::slug::Slug;

#[derive(Template)]
#[template(path = "request.html")]
struct RequestPage<'a> {
    frame: Frame<'a>,
    inputs: Vec<Input>,
    /// The service and the domain that the installer chose.
    fixed: Vec<(String, String)>,
    notice: Option<String>,
    /// What stands in the way, if it is no field.
    trouble: Option<String>,
}

impl RequestPage<'_> {
    fn wrong(&self) -> Vec<&Input> {
        self.inputs.iter().filter(|input| input.error.is_some()).collect()
    }
}

impl Page for RequestPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.t("viewer-request-title")
    }

    fn failed(&self) -> bool {
        self.trouble.is_some() || !self.wrong().is_empty()
    }
}

/// The form of a PC that was never registered.
pub(super) fn first(window: &Window, frame: Frame<'_>, done: Option<Notice>) -> Response {
    let notice = done
        .filter(|done| *done == Notice::Forgotten)
        .map(|done| done.text(frame.texts, ""));
    let fields = suggested(None);
    let inputs = inputs(&window.place, fields, &[], frame.texts);
    let fixed = fixed(&window.place, frame.texts);
    let trouble = None;
    let page = RequestPage {
        frame,
        inputs,
        fixed,
        notice,
        trouble,
    };
    render(StatusCode::OK, &page)
}

/// The form of a PC whose registration has ended, with what was entered then.
pub(super) async fn show(State(window): State<Arc<Window>>, headers: HeaderMap) -> Response {
    let frame = window.frame(&headers, "request");
    match window.viewer.state() {
        Ok(state) if state.phase.is_over() => {
            let inputs = inputs(&window.place, suggested(Some(&state)), &[], frame.texts);
            let fixed = fixed(&window.place, frame.texts);
            let page = RequestPage {
                frame,
                inputs,
                fixed,
                notice: None,
                trouble: None,
            };
            render(StatusCode::OK, &page)
        }
        _ => to("./"),
    }
}

/// 「認証トークン要求実行」: checks the fields, finds the tenant, and registers.
///
/// 303 to the first page; 422 with what to correct; 409 or 502 when the edge did not accept it or cannot be reached.
pub(super) async fn submit(
    State(window): State<Arc<Window>>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Response {
    let frame = window.frame(&headers, "request");
    let checked = match check(&window.place, &fields, frame.texts) {
        Ok(checked) => checked,
        Err(faults) => return again(&window, frame, fields, &faults, None),
    };
    let (edge, tenant) = (checked.edge.as_str().to_owned(), checked.tenant.as_str().to_owned());
    let Err(error) = send(&window, checked).await else {
        window.follower.wake();
        return to("./");
    };
    if matches!(error, Error::AlreadyRegistered) {
        return to("./");
    }
    let texts = frame.texts;
    let found = fault::not_found(&error, &edge, &tenant, texts);
    let found = found.or_else(|| {
        let name = fault::field(&error)?;
        let name = NAMES.into_iter().find(|known| *known == name)?;
        Some((name, Failure::of(&error, texts).message))
    });
    match found {
        // What the installer chose has no field to correct.
        Some((name, text)) if is_asked(&window.place, name) => {
            again(&window, frame, fields, &[(name, text)], Some(fault::status(&error)))
        }
        Some((_, text)) => blocked(&window, frame, fields, text, &error),
        None => {
            let text = fault::words(&error, texts);
            blocked(&window, frame, fields, text, &error)
        }
    }
}

/// Registers in a task of its own: a person who closes the page does not stop it half way.
async fn send(window: &Arc<Window>, checked: Checked) -> Result<(), Error> {
    let window = Arc::clone(window);
    let request = checked.request;
    let sent = tokio::spawn(async move {
        let at = window.viewer.find(checked.edge, checked.tenant).await?;
        window.viewer.register(at, &request).await.map(drop)
    });
    sent.await
        .unwrap_or(Err(Error::Protocol("the request was interrupted")))
}

/// The names of the fields, as the edge calls them.
const NAMES: [&str; 6] = ["name", "email", "organization", "device_name", "edge", "tenant"];

struct Checked {
    edge: EdgeUrl,
    tenant: Slug,
    request: RegistrationRequest,
}

/// Checks every field, so that the person sees all mistakes at once.
fn check(place: &Place, fields: &Fields, texts: &Texts) -> Result<Checked, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut note = |name: &'static str, error: Option<Error>| {
        faults.extend(error.map(|error| (name, Failure::of(&error, texts).message)));
    };
    note("name", parse_name(&fields.name).err());
    let email = parse_email(&fields.email);
    let again = parse_email(&fields.email_again);
    let differ = matches!((&email, &again), (Ok(one), Ok(other)) if one != other);
    note("email", email.err());
    note("email_again", again.err());
    note("organization", parse_organization(&fields.organization).err());
    note("device_name", parse_device_name(&fields.device_name).err());
    let edge = place.edge.clone().map_or_else(|| EdgeUrl::parse(&fields.edge), Ok);
    let tenant = place.tenant.clone().map_or_else(|| parse_tenant(&fields.tenant), Ok);
    let request = RegistrationRequest::new(
        &fields.name,
        &fields.email,
        &fields.organization,
        &fields.device_name,
        texts.locale,
    );
    match (edge, tenant, request) {
        (Ok(edge), Ok(tenant), Ok(request)) if !differ && faults.is_empty() => Ok(Checked { edge, tenant, request }),
        (edge, tenant, _) => {
            let mut note = |name: &'static str, error: Option<Error>| {
                faults.extend(error.map(|error| (name, Failure::of(&error, texts).message)));
            };
            note("edge", edge.err());
            note("tenant", tenant.err());
            if differ {
                faults.push(("email_again", texts.get("cli-email-mismatch")));
            }
            Err(faults)
        }
    }
}

/// The form again, with what to correct.
fn again(window: &Window, frame: Frame<'_>, fields: Fields, faults: &[Fault], status: Option<StatusCode>) -> Response {
    let page = RequestPage {
        inputs: inputs(&window.place, fields, faults, frame.texts),
        fixed: fixed(&window.place, frame.texts),
        frame,
        notice: None,
        trouble: None,
    };
    render(status.unwrap_or(StatusCode::UNPROCESSABLE_ENTITY), &page)
}

/// The form again, with what stands in the way.
fn blocked(window: &Window, frame: Frame<'_>, fields: Fields, text: String, error: &Error) -> Response {
    let page = RequestPage {
        inputs: inputs(&window.place, fields, &[], frame.texts),
        fixed: fixed(&window.place, frame.texts),
        frame,
        notice: None,
        trouble: Some(text),
    };
    render(fault::status(error), &page)
}

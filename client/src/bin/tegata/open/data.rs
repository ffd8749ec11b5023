//! The tenant's data through the gate. Whatever the data origin sends is shown as text, as a picture, or in a frame that
//! can do nothing; or it is saved as a file. No answer of it ever becomes a page of this server.

use super::fault;
use super::shown::{Shown, show as shown};
use super::window::Window;
use crate::page::frame::{Frame, Page, render, to};
use askama::Template;
use axum::body::Body;
use axum::extract::{Form, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;
use tegata_client::Error;
use tegata_client::gate::GateAnswer;
use tegata_client::state::{Phase, State as Registration};
use url::form_urlencoded;

/// The largest body that is shown, in bytes.
const LARGEST_SHOWN: usize = 4 * 1024 * 1024;
/// The longest path that is remembered.
const LONGEST_PATH: usize = 2000;

#[derive(Template)]
#[template(path = "data.html")]
struct DataPage<'a> {
    frame: Frame<'a>,
    tenant: &'a str,
    path: String,
    /// `None` before anything was asked for.
    answer: Option<Answer>,
    /// Why the path was not accepted.
    error: Option<String>,
    /// Why there is no answer.
    trouble: Option<String>,
    needs_new_start: bool,
}

/// What the data origin sent.
struct Answer {
    content_type: String,
    shown: Shown,
}

impl DataPage<'_> {
    fn download(&self) -> String {
        format!("download?{}", query(&self.path))
    }

    fn bytes(&self, bytes: &usize) -> String {
        let args = [("bytes", (*bytes).into())];
        self.frame.texts.with("viewer-data-bytes", args)
    }
}

impl Page for DataPage<'_> {
    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn heading(&self) -> String {
        self.with("viewer-data-title", "tenant", self.tenant)
    }

    fn failed(&self) -> bool {
        self.error.is_some() || self.trouble.is_some()
    }
}

fn query(path: &str) -> String {
    form_urlencoded::Serializer::new(String::new())
        .append_pair("path", path)
        .finish()
}

#[derive(Deserialize)]
pub(super) struct Asked {
    path: Option<String>,
}

/// Shows what is at `path`; without one, only the field for it.
pub(super) async fn show(
    State(window): State<Arc<Window>>,
    Query(Asked { path }): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let Some(state) = permitted(&window) else {
        return to("./");
    };
    let frame = window.frame(&headers, "data");
    let remembered = || window.data_dir.load_preferences().path;
    let mut page = DataPage {
        frame,
        tenant: state.tenant.as_str(),
        path: path.clone().or_else(remembered).unwrap_or_else(|| "/".to_owned()),
        answer: None,
        error: None,
        trouble: None,
        needs_new_start: false,
    };
    let Some(path) = path else {
        return render(StatusCode::OK, &page);
    };
    match fetch(&window, &path).await {
        Ok(answer) => {
            page.answer = Some(answer);
            render(StatusCode::OK, &page)
        }
        // The first page says how it ended.
        Err(Error::Revoked | Error::Ended { .. } | Error::NotRegistered | Error::StillPending) => to("./"),
        Err(error) => {
            let text = fault::words(&error, page.frame.texts);
            if fault::field(&error) == Some("path") {
                page.error = Some(text);
            } else {
                page.trouble = Some(text);
            }
            page.needs_new_start = fault::needs_new_start(&error);
            render(fault::status(&error), &page)
        }
    }
}

/// Reads `path` through the gate, in a task of its own: it may renew the tokens, and a person who closes the page must not
/// lose them.
async fn asked(window: &Arc<Window>, path: &str) -> Result<GateAnswer, Error> {
    let (window, path) = (Arc::clone(window), path.to_owned());
    let answer = tokio::spawn(async move { window.viewer.get(&path).await });
    answer.await.unwrap_or(Err(Error::Protocol("the request was given up")))
}

async fn fetch(window: &Arc<Window>, path: &str) -> Result<Answer, Error> {
    let answer = asked(window, path).await?;
    let content_type = answer.content_type().unwrap_or_default().to_owned();
    let shown = match answer.read_within(LARGEST_SHOWN).await? {
        Some(body) => shown(&content_type, body),
        None => Shown::TooLarge,
    };
    Ok(Answer { content_type, shown })
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    #[serde(default)]
    path: String,
}

/// Remembers the path, and leads to what is there.
pub(super) async fn choose(State(window): State<Arc<Window>>, Form(Chosen { path }): Form<Chosen>) -> Response {
    let path = path.trim();
    let path = if path.is_empty() { "/" } else { path };
    if path.len() <= LONGEST_PATH && permitted(&window).is_some() {
        let mut preferences = window.data_dir.load_preferences();
        preferences.path = Some(path.to_owned());
        // Where it cannot be saved, it is not suggested the next time.
        let _ = window.data_dir.save_preferences(&preferences);
    }
    to(&format!("data?{}", query(path)))
}

/// Passes the body on as a file to save. The browser gets neither the type nor any header of the data origin.
pub(super) async fn download(State(window): State<Arc<Window>>, Query(Chosen { path }): Query<Chosen>) -> Response {
    let Some(state) = permitted(&window) else {
        return to("./");
    };
    let Ok(answer) = asked(&window, &path).await else {
        // The page says what is wrong.
        return to(&format!("data?{}", query(&path)));
    };
    let name = state.metadata.gate_url(&path).ok().and_then(|url| {
        let last = url.path_segments()?.next_back()?;
        Some(last.to_owned()).filter(|last| !last.is_empty())
    });
    let mut response = Response::new(Body::new(answer.into_body()));
    let headers = response.headers_mut();
    let disposition = format!("attachment; filename*=UTF-8''{}", file_name(name.as_deref()));
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    let fixed = [
        (CONTENT_TYPE, "application/octet-stream"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The last part of the URL, which is percent-encoded already, as an extended value (RFC 8187).
fn file_name(last: Option<&str>) -> String {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte);
    let encode = |byte: u8| match allowed(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    };
    last.unwrap_or("data").bytes().map(encode).collect()
}

/// The registration, if data can be read at all.
fn permitted(window: &Window) -> Option<Registration> {
    let state = window.viewer.state().ok()?;
    matches!(state.phase, Phase::Active(_)).then_some(state)
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_has_the_last_name_of_the_path() {
        for (last, name) in [
            (None, "data"),
            (Some("machines.json"), "machines.json"),
            (Some("%E8%A8%88.csv"), "%E8%A8%88.csv"),
            (Some("a'b\";c"), "a%27b%22%3Bc"),
        ] {
            assert_eq!(file_name(last), name);
        }
    }
}

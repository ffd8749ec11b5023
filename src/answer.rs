//! Answers of our own, in the platform's form. What the platform fetches for us passes by here.

use axum::body::{Body, to_bytes};
use futures::FutureExt as _;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, STRICT_TRANSPORT_SECURITY};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use tegata_routes::port::OriginTrouble;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::platform::respond;
use crate::settings::transport_security;

/// Largest body of our own answers, in bytes; only a bound for the conversion.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// A line of text.
pub(crate) fn plain(status: StatusCode, text: &str) -> web_sys::Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    respond(
        status.as_u16(),
        &header_lines(&HeaderMap::from_iter(headers)),
        text.as_bytes(),
    )
}

/// Names and values of an answer's headers in turn, one a line, with what every answer of this deployment has.
pub(crate) fn header_lines(headers: &HeaderMap) -> String {
    let mut lines = String::new();
    let mut add = |name: &str, value: &str| {
        if !lines.is_empty() {
            lines.push('\n');
        }
        lines.push_str(name);
        lines.push('\n');
        lines.push_str(value);
    };
    for (name, value) in headers {
        // The platform counts the length itself.
        if let (Ok(value), true) = (value.to_str(), *name != CONTENT_LENGTH) {
            add(name.as_str(), value);
        }
    }
    if let Some(security) = transport_security() {
        add(STRICT_TRANSPORT_SECURITY.as_str(), security);
    }
    lines
}

/// An answer of our own.
pub(crate) fn answer(response: Response<Body>) -> web_sys::Response {
    let (head, body) = response.into_parts();
    let headers = header_lines(&head.headers);
    // Our own bodies are whole from the start, so this never waits.
    match to_bytes(body, MAX_ANSWER).now_or_never() {
        Some(Ok(body)) => respond(head.status.as_u16(), &headers, &body),
        _ => plain(StatusCode::INTERNAL_SERVER_ERROR, "The answer could not be written.\n"),
    }
}

/// What the gate answers when the data origin gave no answer. `why` is a word of `forward` in platform/gate.js.
#[wasm_bindgen(js_name = originTrouble)]
pub fn origin_trouble(why: &str) -> web_sys::Response {
    let trouble = match why {
        "timeout" => OriginTrouble::TimedOut,
        "too-large" => OriginTrouble::TooLarge,
        _ => OriginTrouble::Unreachable,
    };
    answer(tegata_routes::origin_trouble(trouble))
}

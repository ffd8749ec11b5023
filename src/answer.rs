//! Answers of our own, in the platform's form. What the platform fetches for us passes by here.

use axum::body::{Body, to_bytes};
use futures::FutureExt as _;
use http::{HeaderMap, Response, StatusCode};
use tegata_routes::port::OriginTrouble;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::platform::respond;

/// Largest body of our own answers, in bytes; only a bound for the conversion.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// A line of text.
pub(crate) fn plain(status: StatusCode, text: &str) -> web_sys::Response {
    respond(
        status.as_u16(),
        "content-type\ntext/plain; charset=utf-8\ncache-control\nno-store",
        text.as_bytes(),
    )
}

/// Names and values of headers in turn, one a line.
pub(crate) fn header_lines(headers: &HeaderMap) -> String {
    let mut lines = String::new();
    for (name, value) in headers {
        // The platform counts the length itself.
        if let (Ok(value), true) = (value.to_str(), *name != http::header::CONTENT_LENGTH) {
            if !lines.is_empty() {
                lines.push('\n');
            }
            lines.push_str(name.as_str());
            lines.push('\n');
            lines.push_str(value);
        }
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

/// What the gate answers when the data origin gave no answer. `why` is a word of `forward` in platform.js.
#[wasm_bindgen(js_name = originTrouble)]
pub fn origin_trouble(why: &str) -> web_sys::Response {
    let trouble = match why {
        "timeout" => OriginTrouble::TimedOut,
        "too-large" => OriginTrouble::TooLarge,
        _ => OriginTrouble::Unreachable,
    };
    answer(tegata_routes::origin_trouble(trouble))
}

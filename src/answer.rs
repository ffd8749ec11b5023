//! Our own responses, in the platform's form. Responses that the platform fetches for us do not pass through here.

use axum::body::{Body, to_bytes};
use futures::FutureExt as _;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, STRICT_TRANSPORT_SECURITY};
use http::{HeaderMap, HeaderValue, Response, StatusCode};
use tegata_routes::port::OriginTrouble;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::platform::respond;
use crate::settings::transport_security;

/// Largest body of our own responses, in bytes; only an upper bound for the conversion.
const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// A plain text response with one line.
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

/// The headers of a response, including those that every response of this deployment has: name and value alternate, one
/// per line.
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
        // The platform computes the length itself.
        if let (Ok(value), true) = (value.to_str(), *name != CONTENT_LENGTH) {
            add(name.as_str(), value);
        }
    }
    if let Some(security) = transport_security() {
        add(STRICT_TRANSPORT_SECURITY.as_str(), security);
    }
    lines
}

/// Converts one of our own responses.
pub(crate) fn answer(response: Response<Body>) -> web_sys::Response {
    let (head, body) = response.into_parts();
    let headers = header_lines(&head.headers);
    // Our own bodies are complete from the start, so this never waits.
    match to_bytes(body, MAX_ANSWER).now_or_never() {
        Some(Ok(body)) => respond(head.status.as_u16(), &headers, &body),
        _ => plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The response could not be written.\n",
        ),
    }
}

/// The gate's response when the data origin gave none. `why` is a code from `forward` in platform/forwarding.js.
#[wasm_bindgen(js_name = originTrouble)]
pub fn origin_trouble(why: &str) -> web_sys::Response {
    let trouble = match why {
        "timeout" => OriginTrouble::TimedOut,
        "too-large" => OriginTrouble::TooLarge,
        _ => OriginTrouble::Unreachable,
    };
    answer(tegata_routes::origin_trouble(trouble))
}

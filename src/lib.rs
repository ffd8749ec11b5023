//! The worker: the only crate that names the platform. Events come in here and are handed to the rooms that know what to
//! do; what the rooms need of the platform is implemented here.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]
// The macros of the platform crate write undocumented exports.
#![allow(missing_docs)]

mod adapter;
mod edge;
mod keyring;
mod keyring_do;
mod mail;
#[cfg(feature = "dev-mailbox")]
mod mailbox_do;
mod platform;
mod settings;
mod sql_storage;
mod tenant_do;

use std::future::Future;
use std::task::{Context, Poll, Waker};

use tegata_routes::port::OriginTrouble;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::future_to_promise;

/// Runs once, when the module starts.
#[wasm_bindgen(start)]
pub fn start() {
    tegata_domain::time::use_zones(&platform::PlatformZones);
    tegata_domain::unicode::use_forms(&platform::PlatformForms);
}

/// Answers a request: with a `Response`, or with a promise of one where something has to be waited for.
#[wasm_bindgen]
pub fn serve(request: web_sys::Request, env: JsValue, method: String, url: String) -> Result<JsValue, JsValue> {
    at_once(async move { Ok(adapter::serve(request, env.unchecked_into(), &method, &url).await) })
}

/// What the gate answers when the data origin gave no answer. `why` is a word of `forward` in platform.js.
#[wasm_bindgen(js_name = originTrouble)]
pub fn origin_trouble(why: &str) -> web_sys::Response {
    let trouble = match why {
        "timeout" => OriginTrouble::TimedOut,
        "too-large" => OriginTrouble::TooLarge,
        _ => OriginTrouble::Unreachable,
    };
    adapter::answer(tegata_routes::origin_trouble(trouble))
}

/// Runs `future` as far as it comes: what is ready at once needs no promise, which costs as much as the rest of a small
/// request.
fn at_once(future: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Result<JsValue, JsValue> {
    let mut future = Box::pin(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        // The promise begins by polling again, with a waker of its own.
        Poll::Pending => Ok(future_to_promise(future).into()),
    }
}

//! The worker: the only crate that names the platform. It receives events and passes them to the other crates, and
//! implements what those need of the platform.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]
// The macros of the platform crate generate undocumented exports.
#![allow(missing_docs)]

mod adapter;
mod alarm;
mod answer;
mod delivery;
mod edge;
mod host;
mod keyring;
mod keyring_do;
mod mail_budget_do;
#[cfg(feature = "dev-mailbox")]
mod mailbox_do;
mod objects;
mod platform;
mod promise;
mod session_do;
mod settings;
mod sql_storage;
mod tenant_do;
mod timer;

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

use crate::promise::at_once;

/// Runs once, when the module starts. A restart after a trap (entry.js) counts as well: its memory is new, and
/// everything installed in the old memory is gone.
#[wasm_bindgen(start)]
pub fn start() {
    tegata_domain::jws::provider::install();
    tegata_domain::time::use_zones(&platform::PlatformZones);
    tegata_domain::unicode::use_forms(&platform::PlatformForms);
}

/// Handles a request: returns a `Response`, or a promise of one if it has to wait.
#[wasm_bindgen]
pub fn serve(request: web_sys::Request, env: JsValue, method: String, url: String) -> Result<JsValue, JsValue> {
    at_once(async move { Ok(adapter::serve(request, env.unchecked_into(), &method, &url).await) })
}

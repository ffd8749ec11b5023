//! The `Tenant` object on the platform.

use tegata_objects::tenant;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::host::Host;

/// The object's class, instantiated by entry.js.
#[wasm_bindgen]
pub struct Tenant(Host<tenant::Tenant>);

#[wasm_bindgen]
impl Tenant {
    /// Creates the object from a `DurableObjectState`.
    #[wasm_bindgen(constructor)]
    pub fn new(state: &JsValue, env: JsValue) -> Self {
        Self(Host::new(state, env))
    }

    /// Runs a command.
    pub fn command(&self, text: String) -> Result<JsValue, JsValue> {
        self.0.command(text)
    }

    /// Delivers entries that are due.
    pub fn alarm(&self) -> Result<JsValue, JsValue> {
        self.0.alarm()
    }
}

//! The `MailBudget` objects on the platform.

use tegata_objects::mail_budget;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::host::Host;

/// The object's class, instantiated by entry.js.
#[wasm_bindgen]
pub struct MailBudget(Host<mail_budget::MailBudget>);

#[wasm_bindgen]
impl MailBudget {
    /// Creates the object from a `DurableObjectState`.
    #[wasm_bindgen(constructor)]
    pub fn new(state: &JsValue, env: JsValue) -> Self {
        Self(Host::new(state, env))
    }

    /// Runs a command.
    pub fn command(&self, text: String) -> Result<JsValue, JsValue> {
        self.0.command(text)
    }

    /// Deletes budgets that no longer limit anything.
    pub fn alarm(&self) -> Result<JsValue, JsValue> {
        self.0.alarm()
    }
}

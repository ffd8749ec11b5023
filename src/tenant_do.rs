//! The `Tenant` object on the platform.

use js_sys::JsString;
use tegata_domain::control::LARGEST;
use tegata_objects::tenant;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast as _, JsValue};

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

    /// Opens a socket.
    pub fn fetch(&self, request: web_sys::Request) -> Result<JsValue, JsValue> {
        self.0.fetch(request)
    }

    /// Hears what came in on a socket; the platform answers pings itself.
    #[wasm_bindgen(js_name = webSocketMessage)]
    pub fn web_socket_message(&self, socket: JsValue, message: &JsValue) -> Result<JsValue, JsValue> {
        // A text that is too long is never copied into the module, whose memory does not shrink.
        let text = message.dyn_ref::<JsString>();
        let text = text.filter(|text| usize::try_from(text.length()).is_ok_and(|length| length <= LARGEST));
        self.0.heard(socket, text.map(String::from))
    }

    /// Answers the other side's farewell.
    #[wasm_bindgen(js_name = webSocketClose)]
    pub fn web_socket_close(&self, socket: JsValue, code: u16) -> Result<JsValue, JsValue> {
        self.0.closed(socket, code)
    }

    /// The connection broke off.
    #[wasm_bindgen(js_name = webSocketError)]
    pub fn web_socket_error(&self, socket: JsValue) -> Result<JsValue, JsValue> {
        self.0.closed(socket, 1011)
    }

    /// Delivers entries that are due.
    pub fn alarm(&self) -> Result<JsValue, JsValue> {
        self.0.alarm()
    }
}

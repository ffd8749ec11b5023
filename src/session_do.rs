//! The `Session` objects on the platform.

use tegata_objects::session;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::host::Host;

/// The object's class, instantiated by entry.js.
#[wasm_bindgen]
pub struct Session(Host<session::Session>);

#[wasm_bindgen]
impl Session {
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

    /// Takes a frame; the platform answers pings itself.
    #[wasm_bindgen(js_name = webSocketMessage)]
    pub fn web_socket_message(&self, socket: JsValue, message: &JsValue) -> Result<JsValue, JsValue> {
        self.0.frame(socket, message)
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

    /// Warns of the end, ends the session, and delivers reports.
    pub fn alarm(&self) -> Result<JsValue, JsValue> {
        self.0.alarm()
    }
}

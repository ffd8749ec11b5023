//! The border to the platform: the functions in `src/platform/`, and the clock and randomness.
//!
//! They are those that cost less in one piece on the other side.

use tegata_domain::control::AWAY_AFTER;
use tegata_domain::id::AgentId;
use tegata_domain::random::Random;
use tegata_domain::socket::{Holder, Tag};
use tegata_domain::time::{UnixSeconds, Zones};
use tegata_domain::unicode::{Encoding, Form, Forms};
use tegata_domain::wire::json;
use tegata_objects::context::Sockets;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Request, Response};
use worker::Env;

#[wasm_bindgen(module = "/src/platform/requests.js")]
extern "C" {
    #[wasm_bindgen(js_name = headerValues)]
    pub(crate) fn header_values(request: &Request, names: &str) -> String;
    #[wasm_bindgen(js_name = readBody, catch)]
    pub(crate) async fn read_body(request: &Request, limit: u32) -> Result<JsValue, JsValue>;
    pub(crate) fn respond(status: u16, headers: &str, body: &[u8]) -> Response;
    pub(crate) fn asset(assets: &JsValue, request: &Request, security: Option<&str>) -> JsValue;
}

#[wasm_bindgen(module = "/src/platform/objects.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub(crate) async fn ask(namespace: &JsValue, name: &str, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = exportList)]
    pub(crate) fn export(namespace: &JsValue, name: &str, headers: &str, text: &str, next: Option<String>) -> JsValue;
    #[wasm_bindgen(catch)]
    pub(crate) fn run(sql: &JsValue, statement: &str, parameters: &str) -> Result<String, JsValue>;
    #[wasm_bindgen(catch)]
    pub(crate) fn transaction(storage: &JsValue, body: &mut dyn FnMut() -> bool) -> Result<(), JsValue>;
    #[wasm_bindgen(catch)]
    pub(crate) fn arm(storage: &JsValue, at: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = getAlarm, catch)]
    pub(crate) async fn get_alarm(storage: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/platform/sockets.js")]
extern "C" {
    #[wasm_bindgen(js_name = openAt, catch)]
    pub(crate) async fn open_socket_at(namespace: &JsValue, name: &str, admission: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = echo)]
    pub(crate) fn echo_socket(protocol: &str) -> JsValue;
    pub(crate) fn crowded(state: &JsValue, tag: &str, attachment: &str, most: u32, most_alike: u32) -> bool;
    #[wasm_bindgen(js_name = accept, catch)]
    pub(crate) fn accept_socket(
        state: &JsValue,
        attachment: &str,
        tags: &str,
        protocol: &str,
    ) -> Result<Response, JsValue>;
    pub(crate) fn attachment(socket: &JsValue) -> Option<String>;
    #[wasm_bindgen(js_name = attachments)]
    pub(crate) fn socket_attachments(state: &JsValue, tag: &str) -> String;
    #[wasm_bindgen(js_name = tell)]
    pub(crate) fn tell_sockets(state: &JsValue, tag: &str, texts: &str);
    #[wasm_bindgen(js_name = present)]
    fn present_sockets(state: &JsValue, tags: &str, away_after: u32) -> String;
    #[wasm_bindgen(js_name = closeAll)]
    pub(crate) fn close_sockets(state: &JsValue, tag: &str, code: u16);
    #[wasm_bindgen(js_name = sendAll)]
    pub(crate) fn send_all(state: &JsValue, tag: &str, text: &str);
    #[wasm_bindgen(js_name = sendText)]
    pub(crate) fn send_text(socket: &JsValue, text: &str);
    pub(crate) fn farewell(socket: &JsValue, code: u16);
}

#[cfg(feature = "dev-mailbox")]
#[wasm_bindgen(module = "/src/platform/clock.js")]
extern "C" {
    #[wasm_bindgen(js_name = clockAhead)]
    pub(crate) fn clock_ahead(state: &JsValue) -> i32;
}

#[wasm_bindgen(module = "/src/platform/frames.js")]
extern "C" {
    #[wasm_bindgen(js_name = seatOf, catch)]
    pub(crate) fn seat_of(socket: &JsValue) -> Result<u32, JsValue>;
    #[wasm_bindgen(js_name = readHeader)]
    pub(crate) fn read_header(message: &JsValue, header: &mut [u8]) -> u32;
    #[wasm_bindgen(js_name = payloadBytes)]
    pub(crate) fn payload_bytes(message: &JsValue) -> Vec<u8>;
    #[wasm_bindgen(js_name = payloadText)]
    pub(crate) fn payload_text(message: &JsValue) -> Option<String>;
    #[wasm_bindgen(js_name = pass)]
    pub(crate) fn pass_frame(state: &JsValue, message: &JsValue, from: u16, to: u16);
    #[wasm_bindgen(js_name = sendFrame)]
    pub(crate) fn send_frame(state: &JsValue, to: u16, frame: &[u8]);
    pub(crate) fn attach(state: &JsValue, address: u16, attachment: &str);
}

#[wasm_bindgen(module = "/src/platform/copies.js")]
extern "C" {
    #[wasm_bindgen(js_name = kvGet, catch)]
    pub(crate) async fn kv_get(namespace: &JsValue, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = kvPut, catch)]
    pub(crate) async fn kv_put(namespace: &JsValue, key: &str, value: &str) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = kvPage, catch)]
    pub(crate) async fn kv_page(
        namespace: &JsValue,
        prefix: &str,
        limit: u32,
        cursor: Option<String>,
    ) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/platform/blobs.js")]
extern "C" {
    #[wasm_bindgen(js_name = blobPut, catch)]
    pub(crate) async fn blob_put(store: &JsValue, key: &str, content: &[u8]) -> Result<(), JsValue>;
    #[wasm_bindgen(js_name = blobGet, catch)]
    pub(crate) async fn blob_get(store: &JsValue, key: &str) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/platform/text.js")]
extern "C" {
    #[wasm_bindgen(js_name = zoneOffset)]
    fn zone_offset(zone: &str, seconds: f64) -> Option<i32>;
    #[wasm_bindgen(js_name = zoneWords)]
    fn zone_words(zone: &str, seconds: f64, tag: &str) -> Option<String>;
    fn normalize(text: &str, form: &str) -> String;
    #[wasm_bindgen(js_name = asciiDomain)]
    fn ascii_domain(domain: &str) -> Option<String>;
    fn decode(bytes: &[u8], label: &str) -> Option<String>;
}

#[wasm_bindgen(module = "/src/platform/keys.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    pub(crate) async fn verify(jwk: &str, input: &[u8], signature: &[u8]) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    pub(crate) async fn sign(kid: &str, seed: &[u8], input: &[u8]) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = checkPasskey, catch)]
    pub(crate) async fn check_passkey(ceremony: &str) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/platform/gate.js")]
extern "C" {
    pub(crate) fn forward(
        request: &Request,
        target: &str,
        limit: f64,
        timeout: u32,
        security: Option<&str>,
        reusable_until: f64,
    ) -> JsValue;
}

/// The binding of the store of blobs.
pub(crate) const BLOBS: &str = "BLOBS";

/// The open sockets of an object, found by its `DurableObjectState`.
pub(crate) struct PlatformSockets<'a>(pub(crate) &'a JsValue);

impl Sockets for PlatformSockets<'_> {
    fn connected_since(&self, agents: &[&AgentId]) -> Vec<Option<UnixSeconds>> {
        let tags: Vec<Tag> = agents.iter().map(|agent| Tag::agent(agent)).collect();
        let tags = serde_json::to_string(&tags).unwrap_or_default();
        let away_after = u32::try_from(AWAY_AFTER).unwrap_or(u32::MAX);
        let found: Vec<Option<Holder>> = json::read(&present_sockets(self.0, &tags, away_after)).unwrap_or_default();
        let since = |holder| match holder {
            Some(Holder::Agent(_, since)) => Some(since),
            Some(Holder::Console(_) | Holder::Participant(_)) | None => None,
        };
        let mut found: Vec<_> = found.into_iter().map(since).collect();
        found.resize(agents.len(), None);
        found
    }
}

/// The platform's time zones.
pub(crate) struct PlatformZones;

impl Zones for PlatformZones {
    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest double is as good, and out of range at the ends"
    )]
    fn offset(&self, zone: &str, at: UnixSeconds) -> Option<i32> {
        zone_offset(zone, at.0 as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "the nearest double is as good, and out of range at the ends"
    )]
    fn words(&self, zone: &str, at: UnixSeconds, tag: &str) -> Option<String> {
        zone_words(zone, at.0 as f64, tag)
    }
}

/// The platform's tables of Unicode.
pub(crate) struct PlatformForms;

impl Forms for PlatformForms {
    fn normalized(&self, form: Form, text: &str) -> String {
        let form = match form {
            Form::Nfc => "NFC",
            Form::Nfkc => "NFKC",
        };
        normalize(text, form)
    }

    fn ascii_domain(&self, domain: &str) -> Option<String> {
        ascii_domain(domain)
    }

    fn decoded(&self, encoding: Encoding, bytes: &[u8]) -> Option<String> {
        decode(bytes, encoding.label())
    }
}

/// Now. On Workers the clock stands still between two pieces of IO.
pub(crate) fn now() -> UnixSeconds {
    UnixSeconds(now_millis().div_euclid(1000))
}

/// Now, in milliseconds since 1970.
pub(crate) fn now_millis() -> i64 {
    // They are far inside what a double holds exactly.
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds of a date")]
    let millis = js_sys::Date::now() as i64;
    millis
}

/// The binding `name`; undefined when the environment has none.
pub(crate) fn binding(env: &Env, name: &str) -> JsValue {
    js_sys::Reflect::get(env, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// The platform's randomness.
pub(crate) struct PlatformRandom;

impl Random for PlatformRandom {
    fn fill(&self, buffer: &mut [u8]) {
        if getrandom::fill(buffer).is_err() {
            // WebCrypto has no way to fail here. If it ever did, no secret may be made of what is in the buffer.
            wasm_bindgen::throw_str("no randomness");
        }
    }
}

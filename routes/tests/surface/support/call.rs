//! One request and its response.

use std::cell::RefCell;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tegata_domain::wire::b64;
use tegata_routes::port::{Edge as _, Opaque};
use tegata_routes::table;

use crate::support::contract;
use crate::support::edge::TestEdge;
use crate::support::key::Key;

#[derive(Clone)]
pub struct Call {
    pub method: String,
    pub path: String,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    /// The key that signs the request's proof, and the access token that goes with it.
    proof: Option<(Key, Option<String>)>,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    /// Whether this is the data origin's response, passed on by the gate.
    pub passed: bool,
}

impl Call {
    pub fn new(method: &str, path: &str) -> Self {
        Self {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            proof: None,
        }
    }

    pub fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    pub fn post(path: &str) -> Self {
        Self::new("POST", path)
    }

    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn form(self, fields: &[(&str, &str)]) -> Self {
        let field = |(name, value): &(&str, &str)| format!("{}={}", encoded(name), encoded(value));
        let body = fields.iter().map(field).collect::<Vec<_>>().join("&");
        self.header("content-type", "application/x-www-form-urlencoded")
            .body(body.as_bytes())
    }

    pub fn json(self, document: &Value) -> Self {
        self.header("content-type", "application/json")
            .body(document.to_string().as_bytes())
    }

    pub fn body(mut self, body: &[u8]) -> Self {
        self.body = body.to_vec();
        self
    }

    /// Adds a proof by `key`, made afresh each time the request is sent.
    pub fn proven(mut self, key: &Key, access_token: Option<&str>) -> Self {
        self.proof = Some((key.clone(), access_token.map(str::to_owned)));
        self
    }

    /// The names of the request's headers.
    pub fn header_names(&self) -> Vec<&'static str> {
        let proof = self.proof.as_ref().map(|_| "dpop");
        self.headers.iter().map(|(name, _)| *name).chain(proof).collect()
    }

    pub fn send(&self, edge: &Arc<TestEdge>) -> Answer {
        let mut request = Request::builder().method(self.method.as_str()).uri(&self.path);
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some((key, token)) = &self.proof {
            let path = self.path.split('?').next().unwrap_or_default();
            let jti = format!("{}", edge.next_number());
            request = request.header(
                "dpop",
                key.proof(&self.method, path, edge.now(), token.as_deref(), &jti),
            );
        }
        let request = request
            .extension(Opaque(Arc::new("what came in")))
            .body(Body::from(self.body.clone()))
            .expect("a request can be made");
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime can be made");
        let answer = runtime.block_on(async {
            let edge: Arc<TestEdge> = Arc::clone(edge);
            let response = table::answer(router(edge), request).await;
            let passed = response.extensions().get::<Opaque>().is_some();
            let (head, body) = response.into_parts();
            let body = to_bytes(body, 4 << 20).await.expect("a body can be read");
            Answer {
                status: head.status,
                body: match head.headers.get("content-type") {
                    Some(kind) if kind == "image/png" || kind == "application/octet-stream" => {
                        b64::encode_standard(&body)
                    }
                    _ => String::from_utf8(body.to_vec()).expect("answers are UTF-8"),
                },
                headers: head.headers,
                passed,
            }
        });
        // Upgrades are rejected before the API sees them.
        if answer.status != 501 {
            contract::check(&self.method, &self.path, &self.body, &answer);
        }
        answer
    }
}

/// The router of an edge: it is made once for each, as in the isolate.
fn router(edge: Arc<TestEdge>) -> Router {
    thread_local! {
        static LAST: RefCell<Option<(Arc<TestEdge>, Router)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| match last {
        Some((of, router)) if Arc::ptr_eq(of, &edge) => router.clone(),
        _ => last.insert((Arc::clone(&edge), table::router(edge))).1.clone(),
    })
}

pub fn encoded(text: &str) -> String {
    let byte = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    text.bytes().map(byte).collect()
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("not JSON ({}): {}", self.status, self.body))
    }

    /// The code of a problem document; empty if the response is not one.
    pub fn code(&self) -> String {
        if self.status.is_success() || self.body.is_empty() {
            return String::new();
        }
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Whether the response contains a credential, or the request reached the data.
    pub fn grants(&self) -> bool {
        self.passed || self.body.contains("access_token\"") || self.body.contains("tg_rt_")
    }
}

//! An edge in memory with one tenant `aozora`: enough of the protocol to drive the client through all its responses,
//! and a record of the requests.

use crate::support::control::{self, Control};
use crate::support::identifying;
use crate::support::proof;
use crate::support::session::{self, Session};
use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse as _, Json, Response};
use axum::routing::{delete, get, post};
use axum::serve::ListenerExt as _;
use chrono::DateTime;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tegata_client::clock;
use tokio::net::TcpListener;

pub(crate) type Fields = HashMap<String, String>;

pub(crate) const CODE: &str = "ABCDE23456";
pub(crate) const DATA: &str = "{\"脈拍\": 72}";

/// A running edge.
#[derive(Clone)]
pub(crate) struct FakeEdge {
    pub(crate) url: String,
    inner: Arc<Mutex<Inner>>,
    connections: Arc<AtomicUsize>,
}

/// How the edge breaks the next response that carries tokens, after having stored them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    Nothing,
    /// Answers 503.
    Unavailable,
    /// Never responds.
    Silence,
}

pub(crate) struct Inner {
    pub(crate) state: &'static str,
    /// What the requester is shown instead of `state`, as when it changes right after a poll.
    pub(crate) shown: Option<&'static str>,
    pub(crate) reason: Option<&'static str>,
    pub(crate) tries_left: u32,
    pub(crate) slow_downs: u32,
    pub(crate) nonce: Option<&'static str>,
    pub(crate) breaks: Break,
    pub(crate) revoked: bool,
    /// Refresh tokens whose successor has not been used, each with the number of that successor.
    pub(crate) refreshes: u32,
    /// Every form that was posted, with its path below the tenant.
    pub(crate) posted: Vec<(String, Fields)>,
    /// Times of the token requests of the device grant.
    pub(crate) polls: Vec<tokio::time::Instant>,
    /// The states that the requester has seen.
    pub(crate) told: Vec<&'static str>,
    pub(crate) withdrawn: bool,
    pub(crate) gate_headers: Vec<HeaderMap>,
    /// What agents do.
    pub(crate) control: Control,
    /// What happens in the one session.
    pub(crate) session: Session,
    /// What the data origin sends: media type and body.
    pub(crate) data: (&'static str, &'static [u8]),
    /// The body at the place of the public keys.
    pub(crate) keys: &'static str,
    /// How far the edge's clock is ahead of this machine's, in seconds.
    pub(crate) clock_ahead: i64,
    /// The field that the edge rejects in the next registrations.
    pub(crate) rejected: Option<&'static str>,
    pub(crate) jkt: String,
    proofs: HashSet<String>,
    issued: u32,
    redeemed_under: Option<String>,
}

impl FakeEdge {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let inner = Inner {
            state: "awaiting_approval",
            shown: None,
            reason: None,
            tries_left: 5,
            slow_downs: 0,
            nonce: None,
            breaks: Break::Nothing,
            revoked: false,
            refreshes: 0,
            posted: Vec::new(),
            polls: Vec::new(),
            told: Vec::new(),
            withdrawn: false,
            gate_headers: Vec::new(),
            control: Control::default(),
            session: Session::default(),
            data: ("application/json", DATA.as_bytes()),
            keys: r#"{"keys":[]}"#,
            clock_ahead: 0,
            rejected: None,
            jkt: String::new(),
            proofs: HashSet::new(),
            issued: 0,
            redeemed_under: None,
        };
        let edge = Self {
            url,
            inner: Arc::new(Mutex::new(inner)),
            connections: Arc::default(),
        };
        let router = Router::new()
            .route("/.well-known/oauth-authorization-server/t/{slug}", get(metadata))
            .route("/t/aozora/oauth/device_authorization", post(device_authorization))
            .route("/t/aozora/oauth/token", post(token))
            .route("/t/aozora/oauth/revoke", post(revoke))
            .route("/t/aozora/api/v1/registration", get(status).merge(delete(withdraw)))
            .route("/t/aozora/api/v1/registration/resend", post(resend))
            .route("/t/aozora/gate/", get(gate))
            .route("/t/aozora/gate/{*path}", get(gate))
            .route("/t/aozora/agent", get(control::connect))
            .route("/agent/enrolment", post(identifying::identify))
            .route("/agent/enrolment/poll", post(identifying::poll))
            .route("/t/aozora/sessions/{number}", get(session::connect))
            .route("/.well-known/jwks.json", get(keys))
            .with_state(edge.clone());
        let connections = Arc::clone(&edge.connections);
        let listener = listener.tap_io(move |_| {
            connections.fetch_add(1, Ordering::Relaxed);
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        edge
    }

    pub(crate) fn now(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    /// How many connections have been made to it.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::Relaxed)
    }

    pub(crate) fn issuer(&self) -> String {
        format!("{}/t/aozora", self.url)
    }

    fn take_break(&self) -> Break {
        std::mem::replace(&mut self.now().breaks, Break::Nothing)
    }

    /// The forms posted to a path.
    pub(crate) fn posted(&self, path: &str) -> Vec<Fields> {
        self.now()
            .posted
            .iter()
            .filter(|(to, _)| to == path)
            .map(|(_, form)| form.clone())
            .collect()
    }

    /// Checks a proof and that it is not used twice; returns its key's thumbprint, or the error response.
    pub(crate) fn prove(
        &self,
        headers: &HeaderMap,
        method: &str,
        url: &str,
        token: Option<&str>,
    ) -> Result<String, String> {
        let (jkt, claims) = proof::check(headers, method, url, token)?;
        let mut inner = self.now();
        if !inner.proofs.insert(claims["jti"].to_string()) {
            return Err("jti used before".to_owned());
        }
        match inner.nonce {
            Some(nonce) if claims["nonce"] != nonce => Err("use_dpop_nonce".to_owned()),
            _ => Ok(jkt),
        }
    }

    /// Asserts that a request to an endpoint without a nonce proves possession of the key `jkt`.
    fn assert_proven(&self, headers: &HeaderMap, endpoint: &str, jkt: &str) {
        let url = format!("{}/oauth/{endpoint}", self.issuer());
        let (proven, claims) = proof::check(headers, "POST", &url, None).expect("a proof of the key");
        assert_eq!(proven, jkt, "the proof is the PC's");
        let is_new = self.now().proofs.insert(claims["jti"].to_string());
        assert!(is_new, "jti used before");
    }
}

pub(crate) fn oauth(error: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({"error": error}))).into_response()
}

async fn metadata(State(edge): State<FakeEdge>, Path(slug): Path<String>) -> Response {
    if slug != "aozora" {
        let problem = json!({"type": "urn:tegata:problem:unknown_tenant", "title": "No such tenant", "status": 404, "code": "unknown_tenant"});
        return (
            StatusCode::NOT_FOUND,
            [("content-type", "application/problem+json")],
            problem.to_string(),
        )
            .into_response();
    }
    let at = |path: &str| format!("{}/oauth/{path}", edge.issuer());
    Json(json!({
        "issuer": edge.issuer(),
        "device_authorization_endpoint": at("device_authorization"),
        "token_endpoint": at("token"),
        "revocation_endpoint": at("revoke"),
    }))
    .into_response()
}

async fn keys(State(edge): State<FakeEdge>) -> Response {
    let (body, ahead) = {
        let inner = edge.now();
        (inner.keys, inner.clock_ahead)
    };
    let now = i64::try_from(clock::now()).unwrap() + ahead;
    let date = DateTime::from_timestamp(now, 0).unwrap();
    let date = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    ([("date", date)], body).into_response()
}

async fn device_authorization(State(edge): State<FakeEdge>, headers: HeaderMap, Form(form): Form<Fields>) -> Response {
    let named = form.get("dpop_jkt").cloned().unwrap_or_default();
    edge.assert_proven(&headers, "device_authorization", &named);
    let mut inner = edge.now();
    if let Some(field) = inner.rejected {
        let error = json!({"error": "invalid_request", "field": field});
        return (StatusCode::BAD_REQUEST, Json(error)).into_response();
    }
    inner.jkt = form.get("dpop_jkt").cloned().unwrap_or_default();
    inner.posted.push(("device_authorization".to_owned(), form));
    let page = format!("{}/activate", edge.issuer());
    Json(json!({
        "device_code": "tg_dc_1", "user_code": "BCDF-GHJK", "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code=BCDF-GHJK"), "expires_in": 3600, "interval": 1,
    }))
    .into_response()
}

async fn token(State(edge): State<FakeEdge>, headers: HeaderMap, Form(form): Form<Fields>) -> Response {
    let moment = tokio::time::Instant::now();
    match edge.prove(&headers, "POST", &format!("{}/oauth/token", edge.issuer()), None) {
        Ok(jkt) if jkt == edge.now().jkt => {}
        // An agent names its key by using it.
        Ok(jkt) if form.contains_key("enrolment_code") => edge.now().jkt = jkt,
        Ok(_) => return oauth("invalid_dpop_proof"),
        Err(reason) if reason == "use_dpop_nonce" => {
            let nonce = edge.now().nonce.unwrap_or("");
            let error = Json(json!({"error": "use_dpop_nonce"}));
            return (StatusCode::BAD_REQUEST, [("DPoP-Nonce", nonce)], error).into_response();
        }
        Err(reason) => panic!("bad proof: {reason}"),
    }
    edge.now().posted.push(("token".to_owned(), form.clone()));
    if form.get("grant_type").is_some_and(|grant| grant == "refresh_token") {
        return refresh(&edge, &form).await;
    }
    if let Some(code) = form.get("enrolment_code") {
        let mut inner = edge.now();
        return match inner.control.codes.get(code.as_str()).copied() {
            Some("good") => grant(&mut inner),
            Some(error) => oauth(error),
            None => oauth("invalid_grant"),
        };
    }
    edge.now().polls.push(moment);
    let key = headers
        .get("idempotency-key")
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_owned();
    let answer = poll(&edge, &form, key);
    let breaks = if answer.status() == StatusCode::OK {
        edge.take_break()
    } else {
        Break::Nothing
    };
    broken(breaks).await.unwrap_or(answer)
}

fn poll(edge: &FakeEdge, form: &Fields, key: String) -> Response {
    let mut inner = edge.now();
    if inner.slow_downs > 0 {
        inner.slow_downs -= 1;
        return oauth("slow_down");
    }
    match (inner.state, form.get("activation_code")) {
        ("activated", _) => {}
        ("awaiting_code", Some(code)) if code == CODE => {}
        ("awaiting_code", Some(_)) => {
            inner.tries_left -= 1;
            if inner.tries_left > 0 {
                let error = json!({"error": "invalid_grant", "tries_left": inner.tries_left});
                return (StatusCode::BAD_REQUEST, Json(error)).into_response();
            }
            inner.state = "failed";
            return oauth("access_denied");
        }
        ("refused" | "failed" | "withdrawn", _) => return oauth("access_denied"),
        ("expired", _) => return oauth("expired_token"),
        ("redeemed", _) if inner.redeemed_under.as_ref() == Some(&key) => {}
        ("redeemed", _) => return oauth("invalid_grant"),
        _ => return oauth("authorization_pending"),
    }
    inner.state = "redeemed";
    inner.redeemed_under = Some(key);
    grant(&mut inner)
}

fn grant(inner: &mut Inner) -> Response {
    inner.issued += 1;
    let number = inner.issued;
    Json(json!({
        "access_token": format!("at-{number}"), "token_type": "DPoP", "expires_in": 600,
        "refresh_token": format!("tg_rt_{}", inner.refreshes), "scope": "view",
    }))
    .into_response()
}

/// Rotates `tg_rt_{n}` to `tg_rt_{n+1}`; the previous token gets the same response until its successor is used.
async fn refresh(edge: &FakeEdge, form: &Fields) -> Response {
    let breaks = {
        let mut inner = edge.now();
        let presented = form.get("refresh_token").cloned().unwrap_or_default();
        let current = format!("tg_rt_{}", inner.refreshes);
        let before = inner.refreshes.checked_sub(1).map(|number| format!("tg_rt_{number}"));
        if inner.revoked || (presented != current && Some(presented.clone()) != before) {
            return oauth("invalid_grant");
        }
        if presented == current {
            inner.refreshes += 1;
        }
        std::mem::replace(&mut inner.breaks, Break::Nothing)
    };
    match broken(breaks).await {
        Some(answer) => answer,
        None => grant(&mut edge.now()),
    }
}

/// What the client sees instead of the response.
async fn broken(breaks: Break) -> Option<Response> {
    match breaks {
        Break::Nothing => return None,
        Break::Unavailable => {}
        Break::Silence => tokio::time::sleep(Duration::from_secs(600)).await,
    }
    Some(StatusCode::SERVICE_UNAVAILABLE.into_response())
}

async fn revoke(State(edge): State<FakeEdge>, headers: HeaderMap, Form(form): Form<Fields>) -> StatusCode {
    let bound_to = edge.now().jkt.clone();
    edge.assert_proven(&headers, "revoke", &bound_to);
    edge.now().posted.push(("revoke".to_owned(), form));
    StatusCode::OK
}

fn is_bearer(headers: &HeaderMap) -> bool {
    headers
        .get("authorization")
        .is_some_and(|value| value == "Bearer tg_dc_1")
}

async fn status(State(edge): State<FakeEdge>, headers: HeaderMap) -> Response {
    if !is_bearer(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let mut inner = edge.now();
    let state = inner.shown.unwrap_or(inner.state);
    inner.told.push(state);
    let body: Value = json!({
        "state": state, "activation": "mailed_code", "expires_at": 4_000_000_000u64,
        "tries_left": inner.tries_left, "refusal_reason": inner.reason,
    });
    Json(body).into_response()
}

async fn withdraw(State(edge): State<FakeEdge>, headers: HeaderMap) -> StatusCode {
    edge.now().withdrawn = is_bearer(&headers);
    StatusCode::NO_CONTENT
}

async fn resend(State(edge): State<FakeEdge>, headers: HeaderMap) -> StatusCode {
    edge.now().posted.push(("resend".to_owned(), Fields::new()));
    if is_bearer(&headers) {
        StatusCode::NO_CONTENT
    } else {
        StatusCode::UNAUTHORIZED
    }
}

async fn gate(State(edge): State<FakeEdge>, uri: Uri, headers: HeaderMap) -> Response {
    let authorization = headers
        .get("authorization")
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let token = authorization.strip_prefix("DPoP ").unwrap_or("").to_owned();
    let proven = edge.prove(&headers, "GET", &format!("{}{}", edge.url, uri.path()), Some(&token));
    let mut inner = edge.now();
    inner.gate_headers.push(headers);
    match proven {
        Ok(jkt) if jkt == inner.jkt && token == format!("at-{}", inner.issued) => {
            let (content_type, body) = inner.data;
            ([("content-type", content_type)], body).into_response()
        }
        Err(reason) if reason == "use_dpop_nonce" => {
            let challenge = [
                ("WWW-Authenticate", "DPoP error=\"use_dpop_nonce\""),
                ("DPoP-Nonce", inner.nonce.unwrap_or("")),
            ];
            (StatusCode::UNAUTHORIZED, challenge).into_response()
        }
        Err(reason) => panic!("bad proof: {reason}"),
        _ => (
            StatusCode::UNAUTHORIZED,
            [("WWW-Authenticate", "DPoP error=\"invalid_token\"")],
        )
            .into_response(),
    }
}

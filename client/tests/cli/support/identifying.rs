//! The edge's answers to machines that identify themselves.

use crate::support::fake_edge::{FakeEdge, Fields, oauth};
use axum::Json;
use axum::extract::{Form, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

/// What a machine is told that polls; the code lets it in.
pub(crate) const ACCEPTED: &str = "accepted";
/// The secret that machines poll with.
pub(crate) const REQUEST: &str = "tg_er_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// The code that an accepted machine gets.
pub(crate) const CODE: &str = "tg_enr_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

pub(crate) async fn identify(State(edge): State<FakeEdge>, headers: HeaderMap, Form(form): Form<Fields>) -> Response {
    let url = format!("{}/agent/enrolment", edge.url);
    edge.now().jkt = edge.prove(&headers, "POST", &url, None).expect("a proof");
    edge.now().posted.push(("identify".to_owned(), form.clone()));
    if form["verification_code"] != "ABCDE23456" {
        return oauth("invalid_grant");
    }
    Json(json!({ "request": REQUEST, "expires_in": 1_209_600, "interval": 1 })).into_response()
}

pub(crate) async fn poll(State(edge): State<FakeEdge>, headers: HeaderMap, Form(form): Form<Fields>) -> Response {
    let url = format!("{}/agent/enrolment/poll", edge.url);
    let jkt = edge.prove(&headers, "POST", &url, None).expect("a proof");
    assert_eq!(jkt, edge.now().jkt, "the same key polls");
    assert_eq!(form["request"], REQUEST);
    edge.now().posted.push(("poll".to_owned(), form.clone()));
    let answer = edge.now().control.identified;
    match answer {
        ACCEPTED => Json(json!({ "tenant": "aozora", "enrolment_code": CODE })).into_response(),
        error => oauth(error),
    }
}

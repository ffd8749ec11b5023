//! Attempts of the outbox: identical bytes under one key, for as long as necessary, with every failure visible.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use http_body_util::Full;
use hyper::Response;
use tegata_acceptance::edge::{development, start};
use tegata_acceptance::loopback::{Loopback, Received};
use tegata_acceptance::wait::{PATIENCE, eventually};
use tegata_acceptance::world::World;
use xtask::edge::PlainEdge;

type Attempts = Arc<Mutex<Vec<Received>>>;

/// A provider that chooses its responses by how many attempts it has seen for the same key.
fn provider(attempts: &Attempts, status: impl Fn(usize) -> u16 + Send + Sync + 'static) -> Loopback {
    let attempts = Arc::clone(attempts);
    Loopback::serve(0, move |request| {
        let mut attempts = attempts.lock().expect("nobody panics while holding the lock");
        let key = request.headers.get("idempotency-key").cloned();
        let before = attempts
            .iter()
            .filter(|attempt| attempt.headers.get("idempotency-key") == key.as_ref());
        let status = status(before.count());
        attempts.push(request);
        Box::pin(async move {
            let body = Full::from(r#"{"name":"validation_error","message":"hanako"}"#);
            Some(Response::builder().status(status).body(body).expect("a response"))
        })
    })
}

fn edge(name: &str, provider: &Loopback) -> PlainEdge {
    let options = development(env!("CARGO_TARGET_TMPDIR"), name)
        .var("MAIL_TRANSPORT", "http")
        .var("MAIL_HTTP_URL", format!("{}/emails", provider.url))
        .var("MAIL_HTTP_TOKEN", "a-token-for-the-test");
    start(options)
}

#[tokio::test]
async fn every_attempt_of_a_mail_is_the_same_bytes_under_the_same_key() {
    let attempts = Attempts::default();
    let provider = provider(&attempts, |before| if before < 2 { 503 } else { 200 });
    let edge = edge("mail-attempts", &provider);
    let tenant = World::of(&edge).tenant().create().await;
    for _ in 0..3 {
        tenant.viewer().ask().await;
    }
    tenant.settled().await;
    let mut mails: BTreeMap<String, Vec<Received>> = BTreeMap::new();
    for attempt in attempts.lock().expect("nobody panics while holding the lock").drain(..) {
        assert_eq!(attempt.headers["authorization"], "Bearer a-token-for-the-test");
        let key = attempt.headers["idempotency-key"].to_str().expect("ASCII");
        mails.entry(key.to_owned()).or_default().push(attempt);
    }
    assert_eq!(mails.len(), 4, "one credential and three questions");
    for (key, attempts) in mails {
        assert_eq!(attempts.len(), 3, "{key}");
        assert!(attempts.iter().all(|attempt| attempt.body == attempts[0].body), "{key}");
    }
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_stays_visible_until_it_is_asked_for_again() {
    let attempts = Attempts::default();
    let provider = provider(&attempts, |before| if before == 0 { 422 } else { 200 });
    let edge = edge("mail-refused", &provider);
    let tenant = World::of(&edge).tenant().create().await;
    let given_up = eventually("a row that was given up", PATIENCE, async || {
        let rows = tenant.list("outbox").await;
        rows.into_iter().find(|row| row["state"] == "undeliverable")
    })
    .await;
    assert_eq!(given_up["kind"], "first_credential");
    let told = given_up["last_error"].as_str().expect("an error");
    assert!(told.contains("422") && !told.contains("hanako"), "{told}");
    assert_eq!(tenant.count("outbox.give_up").await, 1);
    let id = given_up["id"].as_str().expect("an id");
    assert_eq!(tenant.operate(&format!("outbox/{id}/retry")).await, 204);
    tenant.settled().await;
    assert_eq!(attempts.lock().expect("nobody panics while holding the lock").len(), 2);
}

#[tokio::test]
async fn a_question_that_was_decided_or_withdrawn_meanwhile_is_not_sent() {
    let attempts = Attempts::default();
    let provider = provider(&attempts, |before| if before < 2 { 503 } else { 200 });
    let edge = edge("mail-obsolete", &provider);
    let world = World::of(&edge);
    let tenant = world.tenant().create().await;
    let asked = tenant.viewer().ask().await;
    let url = format!("{}/api/v1/registration", tenant.issuer);
    let withdrawal = world.http.delete(url).bearer_auth(&asked.device_code);
    world.send(withdrawal).await.expect(204);
    tenant.settled().await;
    let email = asked.viewer.email.as_bytes();
    let asked_about = |attempt: &&Received| attempt.body.windows(email.len()).any(|part| part == email);
    let attempts = attempts.lock().expect("nobody panics while holding the lock");
    let delivered = attempts.iter().filter(asked_about).count();
    assert!(
        delivered < 3,
        "the provider accepted a question that nobody can answer any more"
    );
}

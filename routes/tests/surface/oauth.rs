//! The OAuth endpoints: what each one returns to its client.

use serde_json::{Value, json};
use tegata_routes::port::Edge as _;

use crate::support::call::{Answer, Call};
use crate::support::credentials::{Credentials, DEVICE_GRANT};
use crate::support::edge::{EDGE, OPERATOR, assert_same};
use crate::support::key::Key;
use crate::support::scene::{Scene, Stage, asking, operate, text};

fn collecting<'a>(held: &'a Credentials, code: &'a str) -> Vec<(&'a str, &'a str)> {
    let form = vec![
        ("grant_type", DEVICE_GRANT),
        ("client_id", "viewer"),
        ("device_code", held.device_code.as_str()),
    ];
    if code.is_empty() {
        form
    } else {
        [form, vec![("activation_code", code)]].concat()
    }
}

pub fn token(scene: &Scene, form: &[(&str, &str)]) -> Answer {
    Call::post("/t/aozora/oauth/token")
        .form(form)
        .proven(&scene.ours.key, None)
        .send(&scene.edge)
}

pub fn error(answer: &Answer) -> (u16, String) {
    (
        answer.status.as_u16(),
        answer.json()["error"].as_str().unwrap_or_default().to_owned(),
    )
}

#[test]
fn each_stage_has_its_answer() {
    for (stage, status, expected) in [
        (Stage::AwaitingAddress, 400, "authorization_pending"),
        (Stage::AwaitingApproval, 400, "authorization_pending"),
        (Stage::AwaitingCode, 400, "authorization_pending"),
        (Stage::Redeemed, 400, "invalid_grant"),
        (Stage::Refused, 400, "access_denied"),
        (Stage::Withdrawn, 400, "access_denied"),
        (Stage::Expired, 400, "expired_token"),
        (Stage::Failed, 400, "access_denied"),
    ] {
        let scene = Scene::at(stage);
        let answer = token(&scene, &collecting(&scene.ours, ""));
        assert_eq!(error(&answer), (status, expected.to_owned()), "{stage:?}");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[test]
fn tokens_come_as_the_standards_say() {
    let scene = Scene::at(Stage::Activated);
    let answer = token(&scene, &collecting(&scene.ours, ""));
    let body = answer.json();
    assert_eq!(
        (
            body["token_type"].as_str(),
            body["expires_in"].as_i64(),
            body["scope"].as_str()
        ),
        (Some("DPoP"), Some(600), Some("view"))
    );
    assert_eq!(
        (answer.header("cache-control"), answer.header("pragma")),
        ("no-store", "no-cache")
    );

    let refresh = body["refresh_token"].as_str().unwrap().to_owned();
    let renewal = [
        ("grant_type", "refresh_token"),
        ("client_id", "viewer"),
        ("refresh_token", refresh.as_str()),
    ];
    let wider = [&renewal[..], &[("scope", "view admin")]].concat();
    assert_eq!(error(&token(&scene, &wider)), (400, "invalid_scope".to_owned()));
    assert_ne!(token(&scene, &renewal).json()["refresh_token"], body["refresh_token"]);
}

#[test]
fn wrong_codes_are_told_with_what_is_left() {
    let scene = Scene::at(Stage::AwaitingCode);
    for left in [4, 3, 2, 1] {
        let answer = token(&scene, &collecting(&scene.ours, "22222-22222"));
        assert_eq!(error(&answer), (400, "invalid_grant".to_owned()));
        assert_eq!(
            (&answer.json()["tries_left"], &answer.json()["field"]),
            (&Value::from(left), &Value::from("activation_code"))
        );
    }
    assert_eq!(
        error(&token(&scene, &collecting(&scene.ours, "22222-22222"))),
        (400, "access_denied".to_owned())
    );
    assert_eq!(
        error(&token(&scene, &collecting(&scene.ours, &scene.ours.code))),
        (400, "access_denied".to_owned())
    );
}

#[test]
fn what_cannot_be_a_code_is_no_try() {
    let scene = Scene::at(Stage::AwaitingCode);
    for code in [" ", "ABCDE", "ABCDE-2345O", "パスワード"] {
        for _ in 0..6 {
            let answer = token(&scene, &collecting(&scene.ours, code));
            assert_eq!(error(&answer), (400, "invalid_request".to_owned()), "{code}");
            assert_eq!(answer.json()["field"], "activation_code");
        }
    }
    assert_eq!(token(&scene, &collecting(&scene.ours, &scene.ours.code)).status, 200);
}

#[test]
fn who_polls_too_fast_is_told() {
    let scene = Scene::at(Stage::AwaitingApproval);
    let poll = || error(&token(&scene, &collecting(&scene.ours, ""))).1;
    assert_eq!([poll(), poll()], ["authorization_pending", "slow_down"]);
    scene.edge.advance(10);
    assert_eq!(poll(), "authorization_pending");
}

#[test]
fn a_suspension_ends_no_grant() {
    let scene = Scene::at(Stage::Redeemed);
    let renewal = [
        ("grant_type", "refresh_token"),
        ("client_id", "viewer"),
        ("refresh_token", scene.ours.refresh_token.as_str()),
    ];
    let waiting = Scene::at(Stage::Activated);
    for (scene, form) in [
        (&scene, renewal.to_vec()),
        (&waiting, collecting(&waiting.ours, "")),
        (&waiting, collecting(&waiting.ours, "22222-22222")),
    ] {
        operate(&scene.edge, "aozora", "suspend");
        let before = scene.edge.rows();
        let answer = token(scene, &form);
        assert_eq!(error(&answer), (503, "temporarily_unavailable".to_owned()), "{form:?}");
        assert_eq!(answer.header("retry-after"), "5", "{form:?}");
        assert_same(&before, &scene.edge.rows(), &format!("{form:?}"));
        operate(&scene.edge, "aozora", "resume");
    }
    for (scene, form) in [(&scene, renewal.to_vec()), (&waiting, collecting(&waiting.ours, ""))] {
        assert!(token(scene, &form).grants(), "{form:?}");
    }
}

#[test]
fn bad_grants_are_told_and_change_nothing() {
    let scene = Scene::at(Stage::Redeemed);
    let held = &scene.ours;
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("client_id", "viewer")], "invalid_request"),
        (&[("grant_type", DEVICE_GRANT)], "invalid_request"),
        (
            &[("grant_type", DEVICE_GRANT), ("client_id", "viewer")],
            "invalid_request",
        ),
        (
            &[
                ("grant_type", DEVICE_GRANT),
                ("client_id", "viewer"),
                ("device_code", "tg_dc_x"),
            ],
            "invalid_grant",
        ),
        (
            &[("grant_type", "refresh_token"), ("client_id", "viewer")],
            "invalid_request",
        ),
        (
            &[
                ("grant_type", "refresh_token"),
                ("client_id", "viewer"),
                ("refresh_token", &held.device_code),
            ],
            "invalid_grant",
        ),
        (
            &[
                ("grant_type", "refresh_token"),
                ("client_id", "agent"),
                ("refresh_token", &held.refresh_token),
            ],
            "invalid_grant",
        ),
        (
            &[("grant_type", "password"), ("client_id", "viewer")],
            "unsupported_grant_type",
        ),
    ];
    for (form, expected) in cases {
        let before = scene.edge.rows();
        assert_eq!(error(&token(&scene, form)), (400, (*expected).to_owned()), "{form:?}");
        assert_same(&before, &scene.edge.rows(), &format!("{form:?}"));
    }
}

#[test]
fn a_bad_proof_is_told_and_changes_nothing() {
    let scene = Scene::at(Stage::Activated);
    let path = "/t/aozora/oauth/token";
    let now = tegata_routes::port::Edge::now(&*scene.edge);
    let key = &scene.ours.key;
    let form = collecting(&scene.ours, "");
    for (what, proof) in [
        ("another key", Key::new(9).proof("POST", path, now, None, "1")),
        (
            "another tenant's endpoint",
            key.proof("POST", "/t/nordlys/oauth/token", now, None, "2"),
        ),
        ("too old", key.proof("POST", path, now.plus(-301), None, "3")),
        ("too early", key.proof("POST", path, now.plus(301), None, "4")),
        ("none", String::new()),
        (
            "alg none",
            key.jws(
                &serde_json::json!({ "typ": "dpop+jwt", "alg": "none", "jwk": key.jwk() }),
                &serde_json::json!({}),
            ),
        ),
    ] {
        let before = scene.edge.rows();
        let answer = Call::post(path).form(&form).header("dpop", &proof).send(&scene.edge);
        assert_eq!(error(&answer), (400, "invalid_dpop_proof".to_owned()), "{what}");
        assert_same(&before, &scene.edge.rows(), what);
    }
    let unproven = Call::post(path).form(&form).send(&scene.edge);
    assert_eq!(error(&unproven), (400, "invalid_dpop_proof".to_owned()));

    let once = Call::post(path)
        .form(&form)
        .header("dpop", &key.proof("POST", path, now, None, "5"));
    let refresh = once.send(&scene.edge).json()["refresh_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let renewal = [
        ("grant_type", "refresh_token"),
        ("client_id", "viewer"),
        ("refresh_token", refresh.as_str()),
    ];
    let replayed = Call::post(path)
        .form(&renewal)
        .header("dpop", &key.proof("POST", path, now, None, "5"));
    assert_eq!(
        error(&replayed.send(&scene.edge)),
        (400, "invalid_dpop_proof".to_owned())
    );
}

#[test]
fn limits_say_when_to_come_back() {
    let scene = Scene::at(Stage::AwaitingAddress);
    let keys: Vec<String> = (10..20).map(|seed| Key::new(seed).thumbprint()).collect();
    let ask = |key: &str| {
        Call::post("/t/aozora/oauth/device_authorization")
            .form(&asking("hanako@aozora.example", key))
            .send(&scene.edge)
    };
    let answers: Vec<Answer> = keys.iter().map(|key| ask(key)).collect();
    assert!(answers[..5].iter().all(|answer| answer.status == 200));
    assert_eq!(error(&answers[5]), (429, "slow_down".to_owned()));
    assert_eq!(answers[5].header("retry-after"), "720");
    assert_eq!(scene.edge.mails().len(), 5);
}

#[test]
fn a_pending_request_is_taken_up_with_its_key_alone() {
    let scene = Scene::at(Stage::AwaitingApproval);
    let (edge, key) = (&scene.edge, &scene.ours.key);
    let path = "/t/aozora/oauth/device_authorization";
    let thumbprint = key.thumbprint();
    let form = asking("taro@aozora.example", &thumbprint);
    let ask = Call::post(path).form(&form);
    let first = text(&ask.clone().proven(key, None).send(edge).json()["device_code"]);
    edge.mails();

    let withdraw = |code: &str| {
        let call = Call::new("DELETE", "/t/aozora/api/v1/registration").bearer(code);
        call.send(edge).status
    };
    let state = |code: &str| {
        let shown = Call::get("/t/aozora/api/v1/registration").bearer(code).send(edge);
        text(&shown.json()["state"])
    };
    let strangers = text(&ask.send(edge).json()["device_code"]);
    assert_eq!(edge.mails().len(), 1, "it counts as a new request");
    assert_eq!(withdraw(&strangers), 204);
    assert_eq!(state(&first), "awaiting_address");

    let wrong = ask.clone().proven(&Key::new(9), None).send(edge);
    assert_eq!(error(&wrong), (400, "invalid_dpop_proof".to_owned()));
    let proof = key.proof("POST", path, edge.now(), None, "once");
    let again = ask.clone().header("dpop", &proof);
    let renewed = text(&again.send(edge).json()["device_code"]);
    assert_eq!(error(&again.send(edge)), (400, "invalid_dpop_proof".to_owned()));
    assert!(edge.mails().is_empty(), "a second mail was sent");
    assert_eq!(withdraw(&renewed), 204);
    assert_eq!(state(&first), "withdrawn");

    // A proof alone also identifies the key (RFC 9449 section 10.1).
    let mut without = asking("jiro@aozora.example", "");
    without.retain(|(name, _)| *name != "dpop_jkt");
    let ask = Call::post(path).form(&without).proven(key, None);
    let (one, two) = (ask.send(edge).json(), ask.send(edge).json());
    assert_eq!(edge.mails().len(), 1);
    assert_eq!(withdraw(&text(&one["device_code"])), 204);
    assert_eq!(state(&text(&two["device_code"])), "withdrawn");
}

#[test]
fn metadata_names_what_there_is() {
    let scene = Scene::at(Stage::AwaitingAddress);
    for path in [
        "/.well-known/oauth-authorization-server/t/aozora",
        "/t/aozora/.well-known/oauth-authorization-server",
    ] {
        let metadata = Call::get(path).send(&scene.edge).json();
        assert_eq!(metadata["issuer"], format!("{EDGE}/t/aozora"));
        for endpoint in ["device_authorization", "token", "introspection", "revocation"] {
            let url = metadata[format!("{endpoint}_endpoint")].as_str().unwrap();
            let answer = Call::post(url.strip_prefix(EDGE).unwrap()).send(&scene.edge);
            assert_eq!(answer.status, 400, "{endpoint} is there");
        }
    }
}

#[test]
fn where_a_key_is_asked_for_nobody_is_given_tokens_without_one() {
    let scene = Scene::at(Stage::AwaitingAddress);
    let mut form = asking("jiro@aozora.example", "");
    form.retain(|(name, _)| *name != "dpop_jkt");
    let asked = Call::post("/t/aozora/oauth/device_authorization")
        .form(&form)
        .send(&scene.edge)
        .json();
    let code = text(&asked["device_code"]);
    let poll = Call::post("/t/aozora/oauth/token").form(&[
        ("grant_type", DEVICE_GRANT),
        ("client_id", "viewer"),
        ("device_code", &code),
    ]);
    let error = |call: &Call| {
        scene.edge.advance(10);
        text(&call.send(&scene.edge).json()["error"])
    };
    assert_eq!(error(&poll), "authorization_pending");
    let change = |required: bool| {
        Call::new("PATCH", "/operator/v1/tenants/aozora")
            .bearer(OPERATOR)
            .json(&json!({ "policy": { "key_required": required } }))
            .send(&scene.edge)
    };
    assert_eq!(change(true).json()["policy"]["key_required"], true);
    assert_eq!(error(&poll), "invalid_dpop_proof");
    // A stock client first proves its key here (RFC 9449 section 5).
    let key = Key::new(5);
    assert_eq!(error(&poll.clone().proven(&key, None)), "authorization_pending");
    assert_eq!(change(false).status, 200);
    assert_eq!(error(&poll), "authorization_pending");
}

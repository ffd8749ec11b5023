//! Unscheduled key rotation by the operator: a normal rotation goes unnoticed, and a compromised key soon becomes
//! worthless.

use serde_json::{Value, json};
use tegata_domain::access_token::TYP;
use tegata_routes::port::KEYS_AGE;

use crate::gate::{claims, rightful, shut, with};
use crate::support::call::{Answer, Call};
use crate::support::edge::{OPERATOR, assert_same};
use crate::support::scene::{DAY, Scene, Stage};
use crate::support::staff::log_in;

fn rotate(scene: &Scene, order: &Value) -> Answer {
    let call = Call::post("/operator/v1/keys/rotate").bearer(OPERATOR).json(order);
    call.send(&scene.edge)
}

fn published(scene: &Scene) -> Vec<Value> {
    let set = Call::get("/.well-known/jwks.json").send(&scene.edge).json();
    set["keys"].as_array().unwrap().clone()
}

#[test]
fn tokens_of_a_compromised_key_die_at_the_gate() {
    let scene = Scene::at(Stage::Redeemed);
    let stolen = scene.edge.keys().signers.token.clone();
    let mut endless = claims(&scene);
    endless["exp"] = json!(4_000_000_000_i64);
    let forged = stolen.sign(TYP, &endless);
    let use_it = || with(&forged, "DPoP").proven(&scene.ours.key, Some(&forged));
    assert!(
        use_it().send(&scene.edge).passed,
        "before the rotation, the stolen key opens the gate"
    );
    scene.edge.forwarded();

    let order = json!({ "purpose": "token", "compromised": true, "reason": "a lost backup" });
    let told = rotate(&scene, &order);
    assert_eq!(told.status, 200, "{}", told.body);
    let told = told.json()["keys"][0].clone();
    assert_eq!(
        (&told["purpose"], &told["ended"][0]),
        (&json!("token"), &json!(stolen.kid))
    );
    let kids: Vec<Value> = published(&scene).iter().map(|key| key["kid"].clone()).collect();
    assert!(!kids.contains(&json!(stolen.kid)) && kids.contains(&told["kid"]));

    scene.edge.advance(KEYS_AGE);
    shut(&scene, &use_it(), "invalid_token", "a token made with the stolen key");
    shut(
        &scene,
        &rightful(&scene),
        "invalid_token",
        "a token issued before the rotation",
    );
    // The PC's next token is signed with the new key.
    let refreshed = Call::post("/t/aozora/oauth/token")
        .form(&[
            ("grant_type", "refresh_token"),
            ("client_id", "viewer"),
            ("refresh_token", &scene.ours.refresh_token),
        ])
        .proven(&scene.ours.key, None)
        .send(&scene.edge)
        .json();
    let token = refreshed["access_token"].as_str().unwrap();
    let call = with(token, "DPoP").proven(&scene.ours.key, Some(token));
    assert!(call.send(&scene.edge).passed);
}

#[test]
fn in_the_ordinary_way_nobody_notices() {
    let scene = Scene::at(Stage::Redeemed);
    let before = scene.edge.keys().signers.token.kid.clone();
    let told = rotate(&scene, &json!({})).json();
    assert_eq!(told["keys"].as_array().unwrap().len(), 3);
    assert!(
        told["keys"]
            .as_array()
            .unwrap()
            .iter()
            .all(|key| key["ended"] == json!([]))
    );
    scene.edge.advance(KEYS_AGE);
    assert!(rightful(&scene).send(&scene.edge).passed);
    assert_eq!(scene.edge.keys().signers.token.kid, before);
    assert_eq!(published(&scene).len(), 4);
    scene.edge.advance(DAY);
    assert_eq!(json!(scene.edge.keys().signers.token.kid), told["keys"][0]["kid"]);
    assert_eq!(rotate(&scene, &json!({ "purpose": "token" })).status, 200);
}

#[test]
fn receipts_of_before_stay_verifiable() {
    let scene = Scene::at(Stage::Redeemed);
    let before = scene.edge.keys().signers.receipt.kid.clone();
    rotate(&scene, &json!({ "purpose": "receipt", "compromised": true }));
    let keys = published(&scene);
    let old = keys.iter().find(|key| key["kid"] == json!(before)).unwrap();
    assert!(old["tegata_not_after"].is_i64(), "{old}");
    let others = keys.iter().filter(|key| key["kid"] != json!(before));
    assert!(others.map(|key| &key["tegata_not_after"]).all(Value::is_null));
    // The old receipt is still served as it was signed.
    let receipt = Call::get(&format!("/a/{}/receipt", scene.ours.approve_link)).send(&scene.edge);
    assert_eq!(receipt.status, 200);
}

#[test]
fn what_was_mailed_under_a_compromised_link_key_is_over() {
    let scene = Scene::at(Stage::AwaitingCode);
    let enter = || {
        let codes = [
            ("user_code", scene.ours.user_code.as_str()),
            ("activation_code", scene.ours.code.as_str()),
        ];
        Call::post("/t/aozora/activate").form(&codes).send(&scene.edge).status
    };
    let page = Call::get(&format!("/a/{}", scene.ours.approve_link));
    assert_eq!(page.send(&scene.edge).status, 200);
    rotate(&scene, &json!({ "purpose": "link", "compromised": true }));
    assert_eq!(page.send(&scene.edge).status, 404);
    assert_ne!(enter(), 200);
    let first = log_in(&scene.edge, "aozora", "hanako", &scene.ours.first_password);
    assert_eq!(first.status, 401, "a first password can be made with the key");
}

#[test]
fn an_order_is_carried_out_once_and_a_wrong_one_not_at_all() {
    let scene = Scene::at(Stage::AwaitingAddress);
    let call = Call::post("/operator/v1/keys/rotate")
        .bearer(OPERATOR)
        .header("idempotency-key", "once")
        .json(&json!({ "compromised": true }));
    let first = call.send(&scene.edge).json();
    let before = scene.edge.rows();
    assert_eq!(call.send(&scene.edge).json(), first);
    for (order, status) in [
        (json!({ "purpose": "session" }), 400),
        (json!({ "compromised": "yes" }), 400),
        (json!({ "reason": "" }), 400),
        (json!({ "purposes": ["token"] }), 400),
        (json!([]), 400),
    ] {
        assert_eq!(rotate(&scene, &order).status, status, "{order}");
    }
    for stranger in ["", "x", &scene.ours.introspection_secret] {
        let call = Call::post("/operator/v1/keys/rotate").bearer(stranger).json(&json!({}));
        assert_eq!(call.send(&scene.edge).status, 401);
    }
    assert_same(&before, &scene.edge.rows(), "nothing more");
}

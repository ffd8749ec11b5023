//! The gate admits a live, unrevoked, bound token with a fresh proof of its key, and nothing else.

use crate::support::call::{Answer, Call};
use crate::support::edge::assert_same;
use crate::support::scene::{DAY, Scene, Stage, operate};
use serde_json::{Value, json};
use tegata_domain::access_token::{AccessClaims, IDENTITY_TYP, IdentityClaims, TYP};
use tegata_domain::jwk::PublicUse;
use tegata_domain::jws::Compact;
use tegata_domain::wire::b64;
use tegata_routes::port::Edge as _;

pub const PATH: &str = "/t/aozora/gate/reports/2026";

pub fn with(token: &str, scheme: &str) -> Call {
    Call::get(PATH).header("authorization", &format!("{scheme} {token}"))
}

/// A request as the token's rightful holder makes it.
pub fn rightful(scene: &Scene) -> Call {
    let token = &scene.ours.access_token;
    with(token, "DPoP").proven(&scene.ours.key, Some(token))
}

/// Sends `call`, which must get 401 with `error` and not reach the origin.
pub fn shut(scene: &Scene, call: &Call, error: &str, what: &str) {
    let before = scene.edge.rows();
    let answer = call.send(&scene.edge);
    assert!(
        !answer.passed && scene.edge.forwarded().is_empty(),
        "{what} went through"
    );
    assert_eq!(answer.status, 401, "{what}: {}", answer.body);
    let challenge = answer.header("www-authenticate");
    assert!(
        challenge.starts_with(r#"DPoP algs="ES256 EdDSA""#),
        "{what}: {challenge}"
    );
    assert_eq!(challenge.contains("error="), !error.is_empty(), "{what}: {challenge}");
    assert!(
        error.is_empty() || challenge.contains(&format!("error=\"{error}\"")),
        "{what}: {challenge}"
    );
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_same(&before, &scene.edge.rows(), "the gate wrote to an object");
}

pub fn claims(scene: &Scene) -> Value {
    let payload = scene.ours.access_token.split('.').nth(1).unwrap();
    serde_json::from_slice(&b64::decode(payload).unwrap()).unwrap()
}

#[test]
fn a_request_goes_through_with_a_signed_identity() {
    let scene = Scene::at(Stage::Redeemed);
    let mut call = rightful(&scene);
    call.path = format!("{PATH}?page=2&q=%E6%97%A5");
    assert!(call.send(&scene.edge).passed);
    let forward = scene.edge.forwarded().remove(0);
    assert_eq!(
        forward.url,
        "https://data.aozora.example/v1/reports/2026?page=2&q=%E6%97%A5"
    );
    let header = |name| {
        forward
            .added
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value.as_str())
            .unwrap()
    };
    let device = claims(&scene)["sub"].as_str().unwrap().to_owned();
    assert_eq!(
        (header("tegata-tenant"), header("tegata-device")),
        ("aozora", device.as_str())
    );
    assert_eq!(
        ["x-forwarded-proto", "x-forwarded-host", "x-forwarded-prefix"].map(header),
        ["https", "edge.example.com", "/t/aozora/gate"]
    );
    assert_eq!(
        (forward.inner.as_str(), forward.outer.as_str()),
        (
            "https://data.aozora.example/v1",
            "https://edge.example.com/t/aozora/gate"
        )
    );

    let compact = Compact::token(header("tegata-identity"), IDENTITY_TYP, scene.edge.now()).unwrap();
    let public = scene.edge.keys().public;
    let key = b64::decode(&public.find(&compact.kid, PublicUse::Token).unwrap().x).unwrap();
    assert!(compact.verify(&key.try_into().unwrap()));
    let identity: IdentityClaims = compact.payload().unwrap();
    assert_eq!(
        (identity.sub, identity.aud.as_str()),
        (device, "https://data.aozora.example/v1")
    );
}

#[test]
fn an_unbound_token_goes_as_bearer_only() {
    let scene = Scene::at(Stage::Redeemed);
    let signer = scene.edge.keys().signers.token;
    let mut claims: AccessClaims = serde_json::from_value(claims(&scene)).unwrap();
    claims.cnf = None;
    let token = signer.sign(TYP, &claims);
    shut(
        &scene,
        &with(&token, "DPoP").proven(&scene.ours.key, Some(&token)),
        "invalid_token",
        "unbound as DPoP",
    );
    assert!(with(&token, "Bearer").send(&scene.edge).passed);
}

fn problem(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

#[test]
fn the_gate_closes_with_the_token_the_device_and_the_tenant() {
    let scene = Scene::at(Stage::Redeemed);
    assert!(rightful(&scene).send(&scene.edge).passed);
    scene.edge.advance(600);
    scene.edge.forwarded();
    shut(&scene, &rightful(&scene), "invalid_token", "ended");

    let scene = Scene::at(Stage::Redeemed);
    let device = claims(&scene)["sub"].as_str().unwrap().to_owned();
    assert_eq!(
        operate(&scene.edge, "aozora", &format!("devices/{device}/revoke")).status,
        204
    );
    scene.edge.deliver();
    shut(&scene, &rightful(&scene), "invalid_token", "revoked");

    let scene = Scene::at(Stage::Redeemed);
    operate(&scene.edge, "aozora", "suspend");
    scene.edge.deliver();
    assert_eq!(
        problem(&rightful(&scene).send(&scene.edge)),
        (403, "suspended".to_owned())
    );
    assert!(scene.edge.forwarded().is_empty());
    operate(&scene.edge, "aozora", "resume");
    scene.edge.deliver();
    assert!(rightful(&scene).send(&scene.edge).passed);
}

#[test]
fn a_tenant_without_a_data_origin_says_so() {
    let scene = Scene::at(Stage::Redeemed);
    let none = json!({ "policy": { "data_origin": null } });
    Call::new("PATCH", "/operator/v1/tenants/aozora")
        .bearer(&scene.ours.operator_token)
        .json(&none)
        .send(&scene.edge);
    scene.edge.deliver();
    assert_eq!(
        problem(&rightful(&scene).send(&scene.edge)),
        (502, "no-data-origin".to_owned())
    );
}

#[test]
fn a_data_origin_that_would_be_refused_today_is_none() {
    let scene = Scene::at(Stage::Redeemed);
    for stored in [
        "http://127.0.0.1:9000",
        "https://edge.example.com/t/aozora/gate",
        "https://EDGE.example.com.:8443",
        "https://169.254.169.254",
    ] {
        scene.edge.publish_data_origin("aozora", stored);
        assert_eq!(
            problem(&rightful(&scene).send(&scene.edge)),
            (502, "no-data-origin".to_owned()),
            "{stored}"
        );
        assert!(scene.edge.forwarded().is_empty(), "{stored}");
    }
}

#[test]
fn a_path_that_leaves_the_base_in_some_reading_is_not_forwarded() {
    let scene = Scene::at(Stage::Redeemed);
    for part in [
        "..%2fsecret",
        "x/..%2f..%2fsecret",
        "..%5csecret",
        "..;/secret",
        "%252e%252e%252fsecret",
        "a%00",
    ] {
        let token = &scene.ours.access_token;
        let path = format!("/t/aozora/gate/{part}");
        let call = Call::get(&path).header("authorization", &format!("DPoP {token}"));
        let answer = call.proven(&scene.ours.key, Some(token)).send(&scene.edge);
        assert_eq!(problem(&answer), (400, "invalid-field".to_owned()), "{part}");
        assert!(scene.edge.forwarded().is_empty(), "{part}");
    }
}

#[test]
fn a_body_beyond_the_bound_is_not_begun() {
    let scene = Scene::at(Stage::Redeemed);
    let huge = rightful(&scene).header("content-length", &(tegata_routes::GATE_MAX_BODY + 1).to_string());
    assert_eq!(problem(&huge.send(&scene.edge)), (413, "too-large".to_owned()));
    assert!(scene.edge.forwarded().is_empty());
}

#[test]
fn a_signing_key_that_has_retired_still_opens_what_it_signed() {
    let scene = Scene::at(Stage::AwaitingCode);
    scene.edge.advance(DAY / 2);
    let before = scene.edge.keys().signers.token.kid;
    for _ in 0..30 {
        scene.edge.advance(DAY);
        scene.edge.keys();
    }
    assert_ne!(scene.edge.keys().signers.token.kid, before);
    assert!(scene.edge.keys().public.find(&before, PublicUse::Token).is_some());
}

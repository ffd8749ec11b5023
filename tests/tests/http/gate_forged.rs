//! The gate rejects tokens and proofs that the edge did not issue.

use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::Method;
use serde_json::{Value, json};
use sha2::Sha256;
use tegata_acceptance::forged::{changed, decoded, encoded, part, positions, signing_input};
use tegata_acceptance::origin::Origin;
use tegata_acceptance::viewer::Viewer;
use tegata_client::key::ViewerKey;

use crate::world;

/// Checks that the gate rejects `token` with a fresh, matching proof, and that the object rejects it as well.
async fn assert_refused(viewer: &Viewer, secret: &str, token: &str, what: &str) {
    let answer = viewer.view("data", token).await;
    assert_eq!(answer.status, 401, "{what}: {answer:?}");
    let bearer = viewer.at_gate(Method::GET, "data", token, None);
    assert_eq!(viewer.tenant.world.send(bearer).await.status, 401, "{what}");
    assert!(!viewer.tenant.is_active(secret, token).await, "{what}");
}

#[tokio::test]
async fn a_token_with_one_byte_changed_is_none() {
    let origin = Origin::start();
    let tenant = world().tenant().data_origin(origin.url()).create().await;
    let secret = tenant.introspection_secret().await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    for position in positions(&token, 17) {
        assert_refused(
            &viewer,
            &secret,
            &changed(&token, position),
            &format!("byte {position}"),
        )
        .await;
    }
    for (what, bent) in [
        ("cut", token[..token.len() - 1].to_owned()),
        ("padded", format!("{token}=")),
        ("longer", format!("{token}A")),
        ("twice", format!("{token}.{token}")),
        ("unsigned", format!("{}.", token.rsplit_once('.').expect("a JWS").0)),
    ] {
        assert_refused(&viewer, &secret, &bent, what).await;
    }
    assert_eq!(origin.received().len(), 0);
    viewer.view("data", &token).await.expect(200);
}

#[tokio::test]
async fn another_algorithm_or_key_is_no_signature() {
    let origin = Origin::start();
    let world = world();
    let tenant = world.tenant().data_origin(origin.url()).create().await;
    let secret = tenant.introspection_secret().await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    let (header, claims) = (part(&token, 0), part(&token, 1));
    let with = |name: &str, value: Value| {
        let mut header = header.clone();
        header[name] = value;
        header
    };
    let keys = world
        .get(&format!("{}/.well-known/jwks.json", world.url))
        .await
        .expect(200)
        .json();
    let keys = keys["keys"].as_array().expect("keys").clone();
    let own = keys.iter().find(|key| key["kid"] == header["kid"]).expect("the key");
    let public = own["x"].as_str().expect("x");

    for alg in ["none", "None", "NONE", ""] {
        let input = signing_input(&with("alg", json!(alg)), &claims);
        assert_refused(&viewer, &secret, &format!("{input}."), alg).await;
        assert_refused(&viewer, &secret, &format!("{input}.{}", encoded([0; 64])), alg).await;
    }
    // HS256, keyed with the public key, which everybody knows: as bytes, as text and as a JWK.
    for known in [
        decoded(public),
        public.as_bytes().to_vec(),
        own.to_string().into_bytes(),
    ] {
        let input = signing_input(&with("alg", json!("HS256")), &claims);
        let mut mac = Hmac::<Sha256>::new_from_slice(&known).expect("any length is a key");
        mac.update(input.as_bytes());
        let token = format!("{input}.{}", encoded(mac.finalize().into_bytes()));
        assert_refused(&viewer, &secret, &token, "HS256").await;
    }
    // Our own key: under the edge's key id, under an unknown id, and embedded in the token.
    let forger = ViewerKey::generate().expect("a random source");
    let jwk = serde_json::to_value(forger.public_jwk()).expect("JSON");
    let mut brought = with("jwk", jwk);
    brought["jku"] = json!("http://127.0.0.1:9/jwks.json");
    for (what, header) in [
        ("its kid", header.clone()),
        ("unknown kid", with("kid", json!("unknown"))),
        ("kid as path", with("kid", json!("../../keys"))),
        ("jwk and jku", brought),
    ] {
        let input = signing_input(&header, &claims);
        let token = format!("{input}.{}", encoded(forger.sign(input.as_bytes())));
        assert_refused(&viewer, &secret, &token, what).await;
    }
    assert_eq!(origin.received().len(), 0);
}

#[tokio::test]
async fn what_the_edge_signed_for_another_purpose_is_no_token() {
    let origin = Origin::start();
    let world = world();
    let tenant = world.tenant().data_origin(origin.url()).create().await;
    let secret = tenant.introspection_secret().await;
    let asked = tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let code = asked.code().await;
    let token = asked.collect(Some(&code)).await.expect(200).member("access_token");
    asked.viewer.view("data", &token).await.expect(200);
    let identity = origin.received()[0].headers["tegata-identity"].clone();
    let receipt = world
        .get(&format!("{}/receipt", asked.link().await))
        .await
        .expect(200)
        .text;
    let identity = identity.to_str().expect("ASCII");
    assert_refused(&asked.viewer, &secret, identity, "the identity of the data origin").await;
    assert_refused(&asked.viewer, &secret, &receipt, "a receipt").await;
}

#[tokio::test]
async fn a_forged_proof_is_none() {
    let origin = Origin::start();
    let tenant = world().tenant().data_origin(origin.url()).create().await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    let shut = async |proof: &str, what: &str| {
        let request = viewer.at_gate(Method::GET, "data", &token, Some(proof));
        assert_eq!(tenant.world.send(request).await.status, 401, "{what}");
    };
    let fresh = || viewer.proof("GET", &viewer.gate_url("data"), Some(&token), 0);
    let proof = fresh();
    for position in positions(&proof, 23) {
        shut(&changed(&proof, position), &format!("byte {position}")).await;
    }
    let (header, claims) = (part(&proof, 0), part(&proof, 1));
    for (name, value) in [
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("ES256")),
        ("typ", json!("JWT")),
        ("jwk", json!({"kty": "oct", "k": encoded("secret")})),
        ("crit", json!(["exp"])),
    ] {
        let mut header = header.clone();
        header[name] = value.clone();
        let input = signing_input(&header, &claims);
        let signed = format!("{input}.{}", encoded(viewer.key.sign(input.as_bytes())));
        shut(&signed, &format!("{name}: {value}")).await;
    }
    assert_eq!(origin.received().len(), 0);
    viewer.view("data", &token).await.expect(200);
}

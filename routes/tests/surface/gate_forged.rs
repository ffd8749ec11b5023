//! Forged and borrowed tokens and proofs at the gate: each one is detected and reaches nothing.

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;
use tegata_domain::access_token::{IDENTITY_TYP, TYP};
use tegata_domain::jwk::{PublicUse, sha256_b64};
use tegata_domain::wire::b64;
use tegata_routes::port::Edge as _;

use crate::gate::{PATH, claims, rightful, shut, with};
use crate::support::call::Call;
use crate::support::key::Key;
use crate::support::scene::{Scene, Stage};

#[test]
fn tokens_that_are_none_open_nothing() {
    let scene = Scene::at(Stage::Redeemed);
    let keys = scene.edge.keys();
    let token = keys.signers.token.clone();
    let public = keys.public.find(&token.kid, PublicUse::Token).unwrap().x.clone();
    let claims = claims(&scene);
    let parts = |header: &Value| {
        format!(
            "{}.{}",
            b64::encode(header.to_string()),
            b64::encode(claims.to_string())
        )
    };
    let header = |alg: &str| json!({ "alg": alg, "typ": TYP, "kid": token.kid });

    let none = format!("{}.", parts(&header("none")));
    let hmac = |key: &[u8]| {
        let input = parts(&header("HS256"));
        let mac = Hmac::<Sha256>::new_from_slice(key)
            .unwrap()
            .chain_update(&input)
            .finalize()
            .into_bytes();
        format!("{input}.{}", b64::encode(mac))
    };
    let receipt = &keys.signers.receipt;
    let stranger = Key::new(9);
    let of_another_tenant = scene.theirs.access_token.clone();
    let mut foreign = claims.clone();
    foreign["iss"] = json!("https://edge.example.com/t/nordlys");
    let mut endless = claims.clone();
    endless["exp"] = json!("never");
    let mut future = claims.clone();
    future["iat"] = json!(scene.edge.now().plus(600));
    let with_claim = |name: &str, value: &str| {
        let mut changed = claims.clone();
        changed[name] = json!(value);
        changed
    };
    let at = |path: &str| format!("https://edge.example.com/t/aozora{path}");
    let mut agent = with_claim("aud", &at("/agent"));
    agent["scope"] = json!("agent");
    let mut without_scope = claims.clone();
    without_scope.as_object_mut().unwrap().remove("scope");

    for (what, token) in [
        ("no token", String::new()),
        ("alg none", none.clone()),
        ("alg none with a signature", format!("{none}{}", b64::encode([0; 64]))),
        ("HS256 with the public key", hmac(&b64::decode(&public).unwrap())),
        ("HS256 with the public key's text", hmac(public.as_bytes())),
        ("another key under our name", stranger.jws(&header("EdDSA"), &claims)),
        (
            "an embedded key",
            stranger.jws(
                &json!({ "alg": "EdDSA", "typ": TYP, "kid": "x", "jwk": stranger.jwk() }),
                &claims,
            ),
        ),
        ("the receipts' key", receipt.sign(TYP, &claims)),
        ("a receipt", receipt.sign("tegata-receipt+jwt", &claims)),
        ("an identity header", token.sign(IDENTITY_TYP, &claims)),
        ("a plain JWT", token.sign("JWT", &claims)),
        ("another tenant's", of_another_tenant),
        ("another issuer's claims", token.sign(TYP, &foreign)),
        ("an end that is none", token.sign(TYP, &endless)),
        ("a token of the future", token.sign(TYP, &future)),
        ("an agent's token", token.sign(TYP, &agent)),
        ("the scope agent", token.sign(TYP, &with_claim("scope", "agent"))),
        ("the scope licence", token.sign(TYP, &with_claim("scope", "licence"))),
        ("two scopes", token.sign(TYP, &with_claim("scope", "view agent"))),
        ("an empty scope", token.sign(TYP, &with_claim("scope", ""))),
        ("no scope", token.sign(TYP, &without_scope)),
        (
            "the audience of agents",
            token.sign(TYP, &with_claim("aud", &at("/agent"))),
        ),
        ("an audience that is none", token.sign(TYP, &with_claim("aud", &at("")))),
        ("a refresh token", scene.ours.refresh_token.clone()),
        ("a huge token", "e30.".repeat(5000)),
    ] {
        shut(
            &scene,
            &with(&token, "DPoP").proven(&scene.ours.key, Some(&token)),
            "invalid_token",
            what,
        );
        shut(&scene, &with(&token, "Bearer"), "invalid_token", what);
    }
    for (what, header) in [
        ("Basic", "Basic YTpi"),
        ("no scheme", &scene.ours.access_token),
        ("a scheme alone", "DPoP"),
    ] {
        shut(&scene, &Call::get(PATH).header("authorization", header), "", what);
    }
    shut(&scene, &Call::get(PATH), "", "nothing");
    assert!(rightful(&scene).send(&scene.edge).passed);
}

#[test]
fn a_changed_byte_closes_the_gate() {
    let scene = Scene::at(Stage::Redeemed);
    let token = scene.ours.access_token.clone();
    for at in 0..token.len() {
        let replacement = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = format!("{}{replacement}{}", &token[..at], &token[at + 1..]);
        shut(
            &scene,
            &with(&changed, "DPoP").proven(&scene.ours.key, Some(&changed)),
            "invalid_token",
            &changed,
        );
    }
}

#[test]
fn proofs_that_are_none_open_nothing() {
    let scene = Scene::at(Stage::Redeemed);
    let (key, token, now) = (&scene.ours.key, scene.ours.access_token.clone(), scene.edge.now());
    let head = |alg: &str| json!({ "typ": "dpop+jwt", "alg": alg, "jwk": key.jwk() });
    let body = |jti: &str| json!({ "jti": jti, "htm": "GET", "htu": format!("https://edge.example.com{PATH}"), "iat": now, "ath": sha256_b64(&token) });
    let unsigned = |alg: &str| {
        let signed = key.jws(&head(alg), &body(alg));
        let (input, _) = signed.rsplit_once('.').unwrap();
        input.to_owned()
    };
    let mut private = head("EdDSA");
    private["jwk"]["d"] = json!(b64::encode([1; 32]));
    let mut crit = head("EdDSA");
    crit["crit"] = json!(["x"]);
    let oct = json!({ "typ": "dpop+jwt", "alg": "HS256", "jwk": { "kty": "oct", "k": "AAAA" } });
    let without = |name: &str| {
        let mut claims = body(name);
        claims.as_object_mut().unwrap().remove(name);
        key.jws(&head("EdDSA"), &claims)
    };
    let used = key.proof("GET", PATH, now, Some(&token), "used");
    assert!(with(&token, "DPoP").header("dpop", &used).send(&scene.edge).passed);
    scene.edge.forwarded();

    for (what, proof) in [
        ("used before", used),
        ("another key", Key::new(9).proof("GET", PATH, now, Some(&token), "1")),
        ("another method", key.proof("POST", PATH, now, Some(&token), "2")),
        (
            "another path",
            key.proof("GET", "/t/aozora/gate/reports", now, Some(&token), "3"),
        ),
        ("too old", key.proof("GET", PATH, now.plus(-61), Some(&token), "4")),
        ("too early", key.proof("GET", PATH, now.plus(61), Some(&token), "5")),
        ("for no token", key.proof("GET", PATH, now, None, "6")),
        ("for another token", key.proof("GET", PATH, now, Some("other"), "7")),
        ("alg none", format!("{}.", unsigned("none"))),
        ("alg none with a signature", key.jws(&head("none"), &body("8"))),
        ("HS256", key.jws(&head("HS256"), &body("9"))),
        ("ES256 with an Ed25519 key", key.jws(&head("ES256"), &body("10"))),
        ("a symmetric key", key.jws(&oct, &body("11"))),
        ("a private key", key.jws(&private, &body("12"))),
        ("a critical extension", key.jws(&crit, &body("13"))),
        (
            "another type",
            key.jws(&json!({ "typ": "jwt", "alg": "EdDSA", "jwk": key.jwk() }), &body("14")),
        ),
        (
            "no signature",
            format!("{}.{}", unsigned("EdDSA"), b64::encode([0; 64])),
        ),
        ("no jti", without("jti")),
        ("no htm", without("htm")),
        ("no htu", without("htu")),
        ("no iat", without("iat")),
        ("no ath", without("ath")),
        ("no JWT", "dpop".to_owned()),
        ("an empty one", String::new()),
    ] {
        shut(
            &scene,
            &with(&token, "DPoP").header("dpop", &proof),
            "invalid_dpop_proof",
            what,
        );
    }
    shut(&scene, &with(&token, "DPoP"), "invalid_dpop_proof", "no proof");
    shut(
        &scene,
        &with(&token, "Bearer"),
        "invalid_dpop_proof",
        "a bound token as Bearer",
    );
}

/// RFC 9449 section 4.3, check 1.
#[test]
fn two_proofs_are_none() {
    let scene = Scene::at(Stage::Redeemed);
    let (token, now) = (&scene.ours.access_token, scene.edge.now());
    let proof = |jti| scene.ours.key.proof("GET", PATH, now, Some(token), jti);
    let twice = with(token, "DPoP")
        .header("dpop", &proof("1"))
        .header("dpop", &proof("2"));
    shut(&scene, &twice, "invalid_dpop_proof", "two proofs");
}

//! What happens to issued tokens: introspection and revocation.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tegata_domain::access_token::TYP;
use tegata_routes::port::Edge as _;

use crate::gate::{claims, rightful};
use crate::oauth::{error, token};
use crate::support::call::Call;
use crate::support::edge::{EDGE, assert_same};
use crate::support::key::Key;
use crate::support::scene::{Scene, Stage, operate};

#[test]
fn introspection_is_for_the_resource_server() {
    let scene = Scene::at(Stage::Redeemed);
    let held = &scene.ours;
    let ask = |token: &str| Call::post("/t/aozora/oauth/introspect").form(&[("token", token)]);
    let basic = |secret: &str| format!("Basic {}", STANDARD.encode(format!("resource:{secret}")));
    let told = ask(&held.access_token)
        .bearer(&held.introspection_secret)
        .send(&scene.edge)
        .json();
    assert_eq!(
        (&told["active"], &told["token_type"], &told["iss"]),
        (&true.into(), &"DPoP".into(), &format!("{EDGE}/t/aozora").into())
    );
    let told = ask(&held.refresh_token)
        .header("authorization", &basic(&held.introspection_secret))
        .send(&scene.edge)
        .json();
    assert_eq!(
        (&told["active"], &told["cnf"]["jkt"]),
        (&true.into(), &held.key.thumbprint().into())
    );
    for inactive in [
        "x",
        &scene.theirs.access_token,
        &scene.theirs.refresh_token,
        &held.device_code,
    ] {
        let told = ask(inactive)
            .bearer(&held.introspection_secret)
            .send(&scene.edge)
            .json();
        assert_eq!(
            told,
            serde_json::json!({ "active": false }),
            "the response reveals nothing more"
        );
    }
    for stranger in [
        &scene.theirs.introspection_secret,
        &held.access_token,
        &held.operator_token,
        "tg_is_",
    ] {
        let answer = ask(&held.access_token).bearer(stranger).send(&scene.edge);
        assert_eq!(error(&answer), (401, "invalid_client".to_owned()));
        assert_eq!(answer.header("www-authenticate"), r#"Basic realm="tegata""#);
    }
    operate(&scene.edge, "aozora", "suspend");
    let told = ask(&held.access_token)
        .bearer(&held.introspection_secret)
        .send(&scene.edge)
        .json();
    assert_eq!(told["active"], false);
}

#[test]
fn introspection_tells_what_a_token_is_for() {
    let scene = Scene::at(Stage::Redeemed);
    let held = &scene.ours;
    let signer = scene.edge.keys().signers.token.clone();
    let told = |change: &[(&str, &str)]| {
        let mut claims = claims(&scene);
        for (name, value) in change {
            claims[*name] = (*value).into();
        }
        Call::post("/t/aozora/oauth/introspect")
            .form(&[("token", &signer.sign(TYP, &claims))])
            .bearer(&held.introspection_secret)
            .send(&scene.edge)
            .json()
    };
    let agents = format!("{EDGE}/t/aozora/agent");
    let agent = told(&[("scope", "agent"), ("aud", &agents)]);
    assert_eq!(
        (&agent["active"], &agent["scope"], &agent["aud"]),
        (&true.into(), &"agent".into(), &agents.as_str().into())
    );
    assert_eq!(told(&[])["scope"], "view");
    for none in [[("scope", "view agent")], [("scope", "agent")], [("aud", &agents)]] {
        assert_eq!(told(&none), serde_json::json!({ "active": false }), "{none:?}");
    }
}

#[test]
fn a_token_given_back_is_dead_and_an_unknown_one_is_no_error() {
    let scene = Scene::at(Stage::Redeemed);
    let give_back = |token: &str| {
        Call::post("/t/aozora/oauth/revoke")
            .form(&[("client_id", "viewer"), ("token", token)])
            .proven(&scene.ours.key, None)
            .send(&scene.edge)
            .status
    };
    let before = scene.edge.rows();
    for unknown in [
        "x",
        &scene.theirs.access_token,
        &scene.theirs.refresh_token,
        &scene.ours.device_code,
    ] {
        assert_eq!(give_back(unknown), 200);
    }
    assert_same(&before, &scene.edge.rows(), "");
    assert_eq!(give_back(&scene.ours.access_token), 200);
    let renewal = [
        ("grant_type", "refresh_token"),
        ("client_id", "viewer"),
        ("refresh_token", scene.ours.refresh_token.as_str()),
    ];
    assert_eq!(error(&token(&scene, &renewal)), (400, "invalid_grant".to_owned()));
}

#[test]
fn a_stolen_token_ends_no_device_without_its_key() {
    let scene = Scene::at(Stage::Redeemed);
    let held = &scene.ours;
    let give_back =
        |token: &str| Call::post("/t/aozora/oauth/revoke").form(&[("client_id", "viewer"), ("token", token)]);
    let now = scene.edge.now();
    let elsewhere = held.key.proof("POST", "/t/aozora/oauth/token", now, None, "elsewhere");
    let before = scene.edge.rows();
    for token in [&held.access_token, &held.refresh_token] {
        for call in [
            give_back(token),
            give_back(token).proven(&Key::new(9), None),
            give_back(token).header("dpop", &elsewhere),
            give_back(token).header("dpop", "rubbish"),
        ] {
            let answer = call.send(&scene.edge);
            assert_eq!(error(&answer), (400, "invalid_dpop_proof".to_owned()));
        }
    }
    assert_same(&before, &scene.edge.rows(), "");
    assert!(rightful(&scene).send(&scene.edge).passed);
}

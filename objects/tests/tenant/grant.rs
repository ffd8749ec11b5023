//! Collecting tokens: once, with the right key and a fresh proof; and the contents of the tokens.

use tegata_domain::access_token::{AccessClaims, TYP};
use tegata_domain::command::{ListDevices, RedeemDeviceCode, UpdateTenant};
use tegata_domain::error::Refusal;
use tegata_domain::jwk::PublicUse;
use tegata_domain::jws::Compact;
use tegata_domain::policy::Activation;
use tegata_domain::registration::Stage;
use tegata_domain::wire::b64;

use crate::support::viewer::{Asking, TARO_ASKS, Viewer, thumbprint};
use crate::support::world::{EDGE, HOUR, World};

fn approved<'a>(world: &'a World, asking: Asking<'_>) -> (Viewer<'a>, String) {
    let viewer = world.ask(asking).unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    (viewer, code)
}

fn claims(world: &World, token: &str) -> AccessClaims {
    let compact = Compact::token(token, TYP, world.now()).unwrap();
    let public = world.public.borrow();
    let key = b64::decode(&public.find(&compact.kid, PublicUse::Token).unwrap().x).unwrap();
    assert!(compact.verify(&key.try_into().unwrap()));
    compact.payload().unwrap()
}

#[test]
fn the_tokens_name_the_device_and_its_key() {
    let world = World::new();
    let granted = world.let_in();
    let device = world.send(ListDevices { cursor: None }).unwrap().items.remove(0);
    let claims = claims(&world, &granted.access_token);
    assert_eq!(claims.iss, format!("{EDGE}/t/aozora"));
    assert_eq!(claims.aud, format!("{EDGE}/t/aozora/gate"));
    assert_eq!(claims.sub, device.id.to_string());
    assert_eq!(claims.cnf.unwrap().jkt, thumbprint("pc-1"));
    assert_eq!((claims.iat, claims.exp), (world.now(), world.now().plus(600)));
    assert_eq!(granted.refresh_token.device(), Some(device.id));
}

#[test]
fn another_key_or_no_proof_collects_nothing() {
    let world = World::new();
    let (viewer, code) = approved(&world, TARO_ASKS);
    let with_proof = |proof| RedeemDeviceCode {
        proof,
        ..viewer.redemption(Some(&code))
    };
    let thief = world.proof(&thumbprint("pc-2"));
    assert_eq!(
        world.unchanged(|| world.send(with_proof(Some(thief)))).unwrap_err(),
        Refusal::WrongKey
    );
    assert_eq!(
        world.unchanged(|| world.send(with_proof(None))).unwrap_err(),
        Refusal::WrongKey
    );
    assert!(viewer.redeem(Some(&code)).is_ok());
}

#[test]
fn another_client_collects_nothing() {
    let world = World::new();
    let (viewer, code) = approved(&world, TARO_ASKS);
    let stranger = RedeemDeviceCode {
        client_id: "agent".to_owned(),
        ..viewer.redemption(Some(&code))
    };
    assert_eq!(
        world.unchanged(|| world.send(stranger)).unwrap_err(),
        Refusal::InvalidGrant
    );
}

#[test]
fn a_replayed_proof_collects_nothing_and_costs_no_try() {
    let world = World::new();
    let (viewer, code) = approved(&world, TARO_ASKS);
    let wrong = viewer.redemption(Some("AAAAA-AAAAA"));
    let replayed = RedeemDeviceCode {
        activation_code: Some(code.clone()),
        ..wrong.clone()
    };
    assert_eq!(world.send(wrong).unwrap_err(), Refusal::WrongCode { tries_left: 4 });
    assert_eq!(
        world.unchanged(|| world.send(replayed)).unwrap_err(),
        Refusal::ReplayedProof
    );
    assert!(viewer.redeem(Some(&code)).is_ok());
}

#[test]
fn a_viewer_without_a_key_gets_bearer_tokens() {
    let world = World::new();
    let (viewer, code) = approved(&world, Asking { key: None, ..TARO_ASKS });
    let granted = viewer.redeem(Some(&code)).unwrap();
    assert_eq!(granted.token_type, "Bearer");
    assert_eq!(claims(&world, &granted.access_token).cnf, None);
}

#[test]
fn a_key_first_shown_at_collection_binds_the_device() {
    let world = World::new();
    let (viewer, code) = approved(&world, Asking { key: None, ..TARO_ASKS });
    let proof = Some(world.proof(&thumbprint("late")));
    let granted = world
        .send(RedeemDeviceCode {
            proof,
            ..viewer.redemption(Some(&code))
        })
        .unwrap();
    assert_eq!(granted.token_type, "DPoP");
    assert_eq!(
        world.refresh("other", &granted.refresh_token).unwrap_err(),
        Refusal::WrongKey
    );
    assert!(world.refresh("late", &granted.refresh_token).is_ok());
}

#[test]
fn a_lost_reply_is_given_again_under_the_same_idempotency_key() {
    let world = World::new();
    let (viewer, code) = approved(&world, TARO_ASKS);
    let lost = viewer.redeem_under("k", Some(&code)).unwrap();
    assert_eq!(
        viewer.redeem_under("other", Some(&code)).unwrap_err(),
        Refusal::InvalidGrant
    );
    assert_eq!(viewer.redeem(Some(&code)).unwrap_err(), Refusal::InvalidGrant);
    let again = viewer.redeem_under("k", Some(&code)).unwrap();
    assert_eq!(
        world.send(ListDevices { cursor: None }).unwrap().items.len(),
        1,
        "the retry creates no second device"
    );
    assert_eq!(again.refresh_token.device(), lost.refresh_token.device());
    assert_eq!(
        world.refresh("pc-1", &lost.refresh_token).unwrap_err(),
        Refusal::InvalidGrant
    );

    let renewed = world.refresh("pc-1", &again.refresh_token);
    assert!(renewed.is_ok(), "{renewed:?}");
    assert_eq!(
        viewer.redeem_under("k", Some(&code)).unwrap_err(),
        Refusal::InvalidGrant,
        "once the tokens are used, retries are refused"
    );
}

#[test]
fn a_late_key_must_also_prove_a_repeated_collection() {
    let world = World::new();
    let (viewer, code) = approved(&world, Asking { key: None, ..TARO_ASKS });
    let idempotency_key = Some(tegata_domain::secret::HashedSecret::of("k"));
    let proof = Some(world.proof(&thumbprint("late")));
    let collect = RedeemDeviceCode {
        proof,
        idempotency_key,
        ..viewer.redemption(Some(&code))
    };
    world.send(collect.clone()).unwrap();
    let unproven = RedeemDeviceCode { proof: None, ..collect };
    assert_eq!(world.unchanged(|| world.send(unproven)).unwrap_err(), Refusal::WrongKey);
}

#[test]
fn a_device_ends_with_its_life_counted_from_the_approval() {
    let world = World::with(|policy| policy.device_life_seconds = Some(2 * HOUR));
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    world.advance(2 * HOUR - 60);
    let granted = viewer.redeem(Some(&code)).unwrap();
    assert_eq!(granted.expires_in, 60, "no token outlives its device");
    world.advance(60);
    assert_eq!(
        world
            .unchanged(|| world.refresh("pc-1", &granted.refresh_token))
            .unwrap_err(),
        Refusal::InvalidGrant
    );
}

#[test]
fn a_device_whose_life_is_over_is_never_made() {
    let world = World::with(|policy| {
        policy.device_life_seconds = Some(HOUR);
        policy.activation = Activation::ApprovalOnly;
    });
    let viewer = world.ask(Asking { key: None, ..TARO_ASKS }).unwrap();
    world.approve(&world.approval_link());
    world.advance(2 * HOUR);
    let late = world.unchanged(|| viewer.redeem(None));
    assert_eq!(late.unwrap_err(), Refusal::ExpiredToken);
    assert_ne!(viewer.stage(), Stage::Redeemed, "no device was created");
}

#[test]
fn the_policy_at_collection_decides_how_long_a_device_lives() {
    let world = World::new();
    let (viewer, code) = approved(&world, TARO_ASKS);
    let policy = serde_json::json!({ "device_life_seconds": 3600 });
    world
        .send(UpdateTenant {
            policy: policy.as_object().cloned(),
            ..Default::default()
        })
        .unwrap();
    let granted = viewer.redeem(Some(&code)).unwrap();
    world.advance(HOUR);
    assert_eq!(
        world.refresh("pc-1", &granted.refresh_token).unwrap_err(),
        Refusal::InvalidGrant
    );
}

#[test]
fn a_lost_reply_is_given_again_for_ten_minutes() {
    let world = World::new();
    let (viewer, code) = approved(&world, TARO_ASKS);
    viewer.redeem_under("k", Some(&code)).unwrap();
    world.advance(600);
    assert!(viewer.redeem_under("k", Some(&code)).is_ok());
    world.advance(1);
    assert_eq!(
        viewer.redeem_under("k", Some(&code)).unwrap_err(),
        Refusal::InvalidGrant,
        "the ten minutes start at the first reply"
    );
}

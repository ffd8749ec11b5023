//! Tokens after the first grant: rotation, reuse, revocation, introspection.

use tegata_domain::command::{
    Introspect, ListDevices, RefreshTokens, RenewIntrospectionSecret, RevokeDevice, RevokeToken, RevokedToken,
};
use tegata_domain::device::DeviceState;
use tegata_domain::error::Refusal;
use tegata_domain::id::DeviceId;
use tegata_domain::secret::{PlainIntrospectionSecret, PlainRefreshToken};

use crate::support::viewer::{Asking, TARO_ASKS, thumbprint};
use crate::support::world::{DAY, World};

fn device_state(world: &World) -> DeviceState {
    world.send(ListDevices { cursor: None }).unwrap().items[0].state
}

/// A command that returns `token`, with a proof of `key` if given.
fn give_back(world: &World, client_id: &str, token: RevokedToken, key: Option<&str>) -> RevokeToken {
    RevokeToken {
        client_id: client_id.to_owned(),
        token,
        proof: key.map(|key| world.proof(&thumbprint(key))),
    }
}

fn is_active(world: &World, secret: &PlainIntrospectionSecret, token: RevokedToken) -> bool {
    let asked = Introspect {
        secret: secret.clone(),
        token: Some(token),
    };
    world.unchanged(|| world.send(asked)).unwrap().active
}

#[test]
fn each_token_is_good_once_and_the_family_goes_on() {
    let world = World::new();
    let mut token = world.let_in().refresh_token;
    for _ in 0..300 {
        world.advance(600);
        let next = world.refresh("pc-1", &token).unwrap().refresh_token;
        assert_ne!(next, token);
        token = next;
    }
    assert_eq!(device_state(&world), DeviceState::Active);
}

#[test]
fn a_lost_renewal_can_be_asked_for_again_within_a_minute() {
    let world = World::new();
    let token = world.let_in().refresh_token;
    world.refresh("pc-1", &token).unwrap();
    world.advance(60);
    let again = world.refresh("pc-1", &token).unwrap();
    assert!(world.refresh("pc-1", &again.refresh_token).is_ok());
    assert_eq!(device_state(&world), DeviceState::Active);
}

#[test]
fn a_token_used_again_later_ends_the_device_and_is_written_down() {
    let world = World::new();
    let stolen = world.let_in().refresh_token;
    let good = world.refresh("pc-1", &stolen).unwrap().refresh_token;
    let before = world.audit().len();
    world.advance(61);
    assert_eq!(world.refresh("pc-1", &stolen).unwrap_err(), Refusal::InvalidGrant);
    assert_eq!(world.acts_since(before), ["device.revoke refresh_token_reused"]);
    assert_eq!(device_state(&world), DeviceState::Revoked);
    assert_eq!(
        world.refresh("pc-1", &good).unwrap_err(),
        Refusal::InvalidGrant,
        "either the thief or the owner may hold it"
    );
    world.deliver();
    assert_eq!(
        world.revocations.borrow().devices.len(),
        1,
        "the gate's copy lists the device"
    );
}

#[test]
fn a_token_of_long_ago_is_still_recognised() {
    let world = World::new();
    let stolen = world.let_in().refresh_token;
    let mut token = stolen.clone();
    for _ in 0..150 {
        world.advance(600);
        token = world.refresh("pc-1", &token).unwrap().refresh_token;
    }
    world.restart();
    world.refresh("pc-1", &stolen).unwrap_err();
    assert_eq!(device_state(&world), DeviceState::Revoked);
}

#[test]
fn a_stolen_token_without_the_key_is_worth_nothing_and_ends_nothing() {
    let world = World::new();
    let token = world.let_in().refresh_token;
    assert_eq!(
        world.unchanged(|| world.refresh("thief", &token)).unwrap_err(),
        Refusal::WrongKey
    );
    let unproven = RefreshTokens {
        client_id: "viewer".to_owned(),
        refresh_token: token.clone(),
        proof: None,
    };
    assert_eq!(world.unchanged(|| world.send(unproven)).unwrap_err(), Refusal::WrongKey);
    assert!(world.refresh("pc-1", &token).is_ok());
}

#[test]
fn a_replayed_proof_renews_nothing() {
    let world = World::new();
    let token = world.let_in().refresh_token;
    let proof = world.proof(&thumbprint("pc-1"));
    let with = |refresh_token| RefreshTokens {
        client_id: "viewer".to_owned(),
        refresh_token,
        proof: Some(proof.clone()),
    };
    let next = world.send(with(token)).unwrap().refresh_token;
    assert_eq!(
        world.unchanged(|| world.send(with(next))).unwrap_err(),
        Refusal::ReplayedProof
    );
}

#[test]
fn an_invented_token_ends_nothing() {
    let world = World::new();
    let good = world.let_in().refresh_token;
    let device = good.device().unwrap();
    let invented = PlainRefreshToken::parse(&format!("tg_rt_{device}{}", "A".repeat(43))).unwrap();
    assert_eq!(world.refresh("pc-1", &invented).unwrap_err(), Refusal::InvalidGrant);
    world
        .unchanged(|| {
            world.send(give_back(
                &world,
                "viewer",
                RevokedToken::Refresh(invented),
                Some("pc-1"),
            ))
        })
        .unwrap();
    assert_eq!(device_state(&world), DeviceState::Active);
}

#[test]
fn a_token_given_back_ends_its_device() {
    let world = World::new();
    let spent = world.let_in().refresh_token;
    let good = world.refresh("pc-1", &spent).unwrap().refresh_token;
    world
        .unchanged(|| {
            world.send(give_back(
                &world,
                "agent",
                RevokedToken::Refresh(good.clone()),
                Some("pc-1"),
            ))
        })
        .unwrap();
    world
        .send(give_back(&world, "viewer", RevokedToken::Refresh(spent), Some("pc-1")))
        .unwrap();
    assert_eq!(device_state(&world), DeviceState::Revoked);
    assert_eq!(world.refresh("pc-1", &good).unwrap_err(), Refusal::InvalidGrant);
    world
        .unchanged(|| world.send(give_back(&world, "viewer", RevokedToken::Refresh(good), Some("pc-1"))))
        .unwrap();
}

#[test]
fn a_copy_of_a_bound_token_ends_nothing_without_the_key() {
    let world = World::new();
    let refresh = world.let_in().refresh_token;
    let device = refresh.device().unwrap();
    for token in [RevokedToken::Access(device), RevokedToken::Refresh(refresh)] {
        for key in [None, Some("thief")] {
            let told = world.unchanged(|| world.send(give_back(&world, "viewer", token.clone(), key)));
            assert_eq!(told, Err(Refusal::WrongKey), "{token:?} {key:?}");
            assert_eq!(device_state(&world), DeviceState::Active);
        }
    }
}

#[test]
fn a_replayed_proof_gives_nothing_back() {
    let world = World::new();
    let token = world.let_in().refresh_token;
    let proof = world.proof(&thumbprint("pc-1"));
    let renewal = RefreshTokens {
        client_id: "viewer".to_owned(),
        refresh_token: token,
        proof: Some(proof.clone()),
    };
    let renewed = world.send(renewal).unwrap().refresh_token;
    let given_back = RevokeToken {
        client_id: "viewer".to_owned(),
        token: RevokedToken::Refresh(renewed),
        proof: Some(proof),
    };
    assert_eq!(world.send(given_back), Err(Refusal::ReplayedProof));
    assert_eq!(device_state(&world), DeviceState::Active);
}

#[test]
fn of_a_device_without_a_key_the_token_is_enough() {
    let world = World::new();
    let viewer = world.ask(Asking { key: None, ..TARO_ASKS }).unwrap();
    world.approve(&world.approval_link());
    let granted = viewer.redeem(Some(&world.mailed_code())).unwrap();
    let device = granted.refresh_token.device().unwrap();
    world
        .send(give_back(&world, "viewer", RevokedToken::Access(device), None))
        .unwrap();
    assert_eq!(device_state(&world), DeviceState::Revoked);
}

#[test]
fn a_revoked_device_is_told_to_the_gate_while_its_tokens_may_live() {
    let world = World::new();
    let token = world.let_in().refresh_token;
    let device = token.device().unwrap();
    world.send(RevokeDevice { device: device.clone() }).unwrap();
    world
        .unchanged(|| world.send(RevokeDevice { device: device.clone() }))
        .unwrap();
    world.deliver();
    assert!(world.revocations.borrow().holds(device.as_str()));
    assert_eq!(world.refresh("pc-1", &token).unwrap_err(), Refusal::InvalidGrant);

    world.advance(DAY);
    let other = world.let_in().refresh_token.device().unwrap();
    world.send(RevokeDevice { device: other.clone() }).unwrap();
    world.deliver();
    let snapshot = world.revocations.borrow();
    assert!(
        snapshot.holds(other.as_str()) && !snapshot.holds(device.as_str()),
        "revocations of expired access tokens are left out"
    );
}

#[test]
fn an_unknown_device_is_not_revoked() {
    let world = World::new();
    let device = DeviceId::parse("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
    assert_eq!(
        world.unchanged(|| world.send(RevokeDevice { device })),
        Err(Refusal::NotFound)
    );
}

#[test]
fn introspection_tells_what_may_still_be_used() {
    let world = World::new();
    let secret = world.send(RenewIntrospectionSecret {}).unwrap();
    let spent = world.let_in().refresh_token;
    let good = world.refresh("pc-1", &spent).unwrap().refresh_token;
    let device = good.device().unwrap();
    assert!(is_active(&world, &secret, RevokedToken::Access(device.clone())));
    assert!(is_active(&world, &secret, RevokedToken::Refresh(good.clone())));
    assert!(!is_active(&world, &secret, RevokedToken::Refresh(spent)));

    world.send(RevokeDevice { device: device.clone() }).unwrap();
    assert!(!is_active(&world, &secret, RevokedToken::Access(device)));
    assert!(!is_active(&world, &secret, RevokedToken::Refresh(good)));
}

#[test]
fn only_the_newest_introspection_secret_counts() {
    let world = World::new();
    let old = world.send(RenewIntrospectionSecret {}).unwrap();
    let new = world.send(RenewIntrospectionSecret {}).unwrap();
    let ask = |secret| world.send(Introspect { secret, token: None });
    assert_eq!(ask(old).unwrap_err(), Refusal::UnknownClient);
    assert!(!ask(new).unwrap().active);
}

#[test]
fn an_old_copy_of_a_bound_token_ends_nothing_when_given_back() {
    for (key, state) in [(Some("pc-1"), DeviceState::Active), (None, DeviceState::Revoked)] {
        let world = World::new();
        let viewer = world.ask(Asking { key, ..TARO_ASKS }).unwrap();
        world.approve(&world.approval_link());
        let old = viewer.redeem(Some(&world.mailed_code())).unwrap().refresh_token;
        let newer = world.refresh("pc-1", &old).unwrap().refresh_token;
        world.refresh("pc-1", &newer).unwrap();
        world
            .send(give_back(&world, "viewer", RevokedToken::Refresh(old), key))
            .unwrap();
        assert_eq!(device_state(&world), state, "{key:?}");
    }
}

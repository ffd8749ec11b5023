//! A suspended tenant grants nothing. After it is resumed, everything continues where it was.

use tegata_domain::approval::Outcome;
use tegata_domain::command::{Introspect, RenewIntrospectionSecret, RevokedToken, SetTenantState};
use tegata_domain::error::Refusal;
use tegata_domain::tenant::TenantState;

use crate::support::viewer::{Asking, TARO_ASKS};
use crate::support::world::World;

fn set(world: &World, state: TenantState) {
    world.send(SetTenantState { state }).unwrap();
    world.deliver();
}

#[test]
fn a_suspended_tenant_refuses_everything_that_grants() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let secret = world.send(RenewIntrospectionSecret {}).unwrap();
    let unconfirmed = world
        .ask(Asking {
            key: Some("pc-2"),
            ..TARO_ASKS
        })
        .unwrap();
    let confirm = world.deliver()[0].link();
    let undecided = world
        .ask(Asking {
            key: Some("pc-3"),
            ..TARO_ASKS
        })
        .unwrap();
    world.confirm_address(&world.deliver()[0].link()).unwrap();
    let undecided_link = world.approval_link();
    let approved = world.ask(TARO_ASKS).unwrap();
    world.confirm_address(&world.deliver()[0].link()).unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    let device = world
        .ask(Asking {
            key: Some("pc-4"),
            ..TARO_ASKS
        })
        .unwrap();
    world.confirm_address(&world.deliver()[0].link()).unwrap();
    world.approve(&world.approval_link());
    let token = device.redeem(Some(&world.mailed_code())).unwrap().refresh_token;
    world.advance(60);

    set(&world, TenantState::Suspended);
    assert_eq!(
        world.directory.borrow().as_ref().unwrap().state,
        TenantState::Suspended,
        "the gate's copy shows the suspension"
    );
    let before = world.sql.dump();
    for refused in [
        world
            .ask(Asking {
                key: Some("pc-5"),
                ..TARO_ASKS
            })
            .err(),
        world.confirm_address(&confirm).err(),
        world.answer(&undecided_link, Outcome::Approved, None).err(),
        approved.redeem(None).err(),
        approved.redeem(Some(&code)).err(),
        approved.redeem(Some("AAAAA-AAAAA")).err(),
        approved.resend().err(),
        unconfirmed.resend().err(),
        world.type_codes(&approved.user_code, &code, "192.0.2.9").err(),
        world.refresh("pc-4", &token).err(),
    ] {
        assert_eq!(refused, Some(Refusal::Suspended));
    }
    let told = world
        .send(Introspect {
            secret,
            token: Some(RevokedToken::Refresh(token.clone())),
        })
        .unwrap();
    assert!(!told.active && told.device.is_none());
    before.assert_same(&world.sql.dump(), "a suspended tenant changes nothing");
    assert!(world.deliver().is_empty());

    set(&world, TenantState::Active);
    assert!(world.refresh("pc-4", &token).is_ok());
    assert!(approved.redeem(Some(&code)).is_ok());
    world.approve(&undecided_link);
    assert!(undecided.redeem(Some(&world.mailed_code())).is_ok());
}

#[test]
fn suspending_twice_is_once() {
    let world = World::new();
    set(&world, TenantState::Suspended);
    world.unchanged(|| set(&world, TenantState::Suspended));
}

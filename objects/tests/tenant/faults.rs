//! A store that fails at every possible point of every command: nothing is written, the caller gets an error, and a
//! retry succeeds.

use tegata_domain::approval::Outcome;
use tegata_domain::command::{
    self, AddAdministrator, CreateTenant, EnterCodes, ListAudit, RefreshTokens, RenewIntrospectionSecret, ResendMail,
    RetryOutbox, RevokeDevice, RevokeToken, RevokedToken, SetTenantState, TenantCommand, UpdateTenant,
    WithdrawRegistration,
};
use tegata_domain::error::Refusal;
use tegata_domain::outbox::DeliveryError::Permanent;
use tegata_domain::policy::Policy;
use tegata_domain::tenant::TenantState;
use tegata_domain::text::OrganizationName;
use tegata_domain::wire::object::Command;
use tegata_objects::hosted::Hosted as _;

use crate::support::viewer::{Asking, TARO_ASKS, Viewer, confirmation, decision, thumbprint, wrong};
use crate::support::world::{World, administrator};

/// Makes the store fail at every point that `command` reaches, in each possible way, and then lets the command succeed.
pub fn at_last<C: Command<To = command::Tenant> + Clone>(world: &World, command: C) -> Result<C::Reply, Refusal> {
    let sent: TenantCommand = command.clone().into();
    let fails = |what: &str| {
        world.restart();
        let before = world.sql.dump();
        assert_eq!(
            world.send(command.clone()).err(),
            Some(Refusal::Storage),
            "{what}: {sent:?}"
        );
        world.sql.mend();
        before.assert_same(&world.sql.dump(), &format!("{what}, but {sent:?} left changes behind"));
    };

    world.sql.fail_commit();
    let before = world.sql.writes();
    fails("the commit failed");
    let writes = world.sql.writes() - before;
    for count in 0..writes {
        world.sql.fill_up_after(count);
        fails(&format!("full after {count} of {writes} writes"));
    }
    for count in 0.. {
        world.restart();
        world.sql.stumble_after(count);
        let before = world.sql.dump();
        let outcome = world.send(command.clone());
        if world.sql.mend() {
            return outcome;
        }
        assert_eq!(
            outcome.err(),
            Some(Refusal::Storage),
            "the failure of statement {count} went unnoticed: {sent:?}"
        );
        before.assert_same(
            &world.sql.dump(),
            &format!("statement {count} failed, but {sent:?} left changes behind"),
        );
    }
    unreachable!("a command has a finite number of statements")
}

fn approved<'a>(world: &'a World, key: &str) -> (Viewer<'a>, String) {
    let viewer = world
        .ask(Asking {
            key: Some(key),
            ..TARO_ASKS
        })
        .unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    (viewer, code)
}

#[test]
fn making_a_tenant() {
    let world = World::before_creation("aozora");
    at_last(&world, world.creation(Policy::default())).unwrap();
    assert_eq!(world.deliver().len(), 1);
    world.audit();
}

#[test]
fn making_a_tenant_that_exists() {
    let world = World::new();
    let other = CreateTenant {
        administrator: administrator("mallory", "mallory@example.com"),
        ..world.creation(Policy::default())
    };
    assert_eq!(
        world.unchanged(|| at_last(&world, other)).unwrap_err(),
        Refusal::SlugTaken
    );
}

#[test]
fn operating_a_tenant() {
    let world = World::new();
    let name = OrganizationName::parse("青空製作所").unwrap();
    at_last(
        &world,
        UpdateTenant {
            name: Some(name),
            ..Default::default()
        },
    )
    .unwrap();
    at_last(
        &world,
        SetTenantState {
            state: TenantState::Suspended,
        },
    )
    .unwrap();
    at_last(
        &world,
        SetTenantState {
            state: TenantState::Active,
        },
    )
    .unwrap();
    at_last(&world, RenewIntrospectionSecret {}).unwrap();
    let key = Some(tegata_domain::secret::HashedSecret::of("k"));
    at_last(
        &world,
        AddAdministrator {
            administrator: administrator("jiro", "jiro@aozora.example"),
            idempotency_key: key,
        },
    )
    .unwrap();
    let (row, _) = world.due().pop().unwrap();
    world.settle(&row, Err(Permanent("550 no".to_owned())));
    at_last(&world, RetryOutbox { id: row.id }).unwrap();
    at_last(&world, ListAudit::default()).unwrap();
    world.audit();
}

#[test]
fn asking_confirming_and_answering() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let viewer = world.ask(TARO_ASKS).unwrap();
    let mut again = tegata_domain::command::Register {
        client_id: "viewer".to_owned(),
        scope: "view".to_owned(),
        client: "192.0.2.1".to_owned(),
        applicant: TARO_ASKS.applicant(),
        proof: Some(world.proof(&thumbprint("pc-1"))),
    };
    at_last(&world, again.clone()).unwrap();
    again.applicant.jkt = Some(thumbprint("pc-2"));
    again.proof = Some(world.proof(&thumbprint("pc-2")));
    at_last(&world, again).unwrap();
    world.advance(60);
    at_last(
        &world,
        ResendMail {
            device_code: viewer.code.clone(),
            client: "192.0.2.1".to_owned(),
        },
    )
    .unwrap();
    let link = world.deliver()[0].link();
    at_last(&world, confirmation(&link, true)).unwrap();
    let link = world.approval_link();
    at_last(&world, decision(&link, Outcome::Approved, None)).unwrap();
    assert_eq!(world.deliver().len(), 1, "exactly one code is mailed");
    at_last(
        &world,
        WithdrawRegistration {
            device_code: viewer.code.clone(),
        },
    )
    .unwrap();
    world.audit();
}

#[test]
fn typing_collecting_and_renewing() {
    let world = World::new();
    let (viewer, code) = approved(&world, "pc-1");
    let typed = |code: &str| EnterCodes {
        user_code: viewer.user_code.clone(),
        activation_code: code.to_owned(),
        client: "192.0.2.9".to_owned(),
    };
    assert_eq!(
        at_last(&world, typed(&wrong(&code))).unwrap_err(),
        Refusal::WrongCode { tries_left: 4 }
    );
    let redemption = viewer.redemption(Some(&wrong(&code)));
    assert_eq!(
        at_last(&world, redemption).unwrap_err(),
        Refusal::WrongCode { tries_left: 3 },
        "attempts that were rolled back do not count"
    );
    let spent = at_last(&world, viewer.redemption(Some(&code))).unwrap().refresh_token;

    let renewal = |refresh_token| RefreshTokens {
        client_id: "viewer".to_owned(),
        refresh_token,
        proof: Some(world.proof(&thumbprint("pc-1"))),
    };
    let second = at_last(&world, renewal(spent.clone())).unwrap().refresh_token;
    at_last(&world, renewal(second)).unwrap();
    assert_eq!(at_last(&world, renewal(spent)).unwrap_err(), Refusal::InvalidGrant);
    assert_eq!(
        world.acts_since(world.audit().len() - 1),
        ["device.revoke refresh_token_reused"]
    );
}

#[test]
fn taking_away() {
    let world = World::new();
    let (viewer, code) = approved(&world, "pc-1");
    let device = viewer.redeem(Some(&code)).unwrap().refresh_token.device().unwrap();
    at_last(&world, RevokeDevice { device }).unwrap();
    let (viewer, code) = approved(&world, "pc-2");
    let token = viewer.redeem(Some(&code)).unwrap().refresh_token;
    let given_back = RevokeToken {
        client_id: "viewer".to_owned(),
        token: RevokedToken::Refresh(token),
        proof: Some(world.proof(&thumbprint("pc-2"))),
    };
    at_last(&world, given_back).unwrap();
    world.audit();
}

#[test]
fn the_outbox_keeps_its_rows() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    for count in 0..20 {
        world.restart();
        world.sql.stumble_after(count);
        let due = world.with_object(|object, ctx| object.due(ctx));
        if world.sql.mend() {
            assert_eq!(due.map(|due| due.len()), Ok(1));
            break;
        }
        assert_eq!(due.err(), Some(Refusal::Storage));
    }
    let (row, _) = world.due().remove(0);
    world.sql.fill_up_after(0);
    world
        .with_object(|object, ctx| object.settle(ctx, &row, &Ok(())))
        .unwrap_err();
    world.sql.mend();
    assert_eq!(
        world.deliver().len(),
        1,
        "a delivery whose result was not recorded is repeated"
    );
    drop(viewer);
}

#[test]
fn a_store_that_cannot_be_read_is_not_taken_for_an_empty_one() {
    let world = World::new();
    let _viewer = world.ask(TARO_ASKS).unwrap();
    for count in 0..20 {
        world.restart();
        world.sql.stumble_after(count);
        let wake = world.with_object(|object, ctx| object.next_wake(ctx));
        if world.sql.mend() {
            return;
        }
        assert_eq!(
            wake,
            Err(Refusal::Storage),
            "statement {count} failed: the object would not wake to send its mails"
        );
    }
}

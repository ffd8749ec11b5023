//! The mailed code: attempts are counted exactly, in the Viewer and on the page, and resends are limited.

use tegata_domain::error::Refusal;
use tegata_domain::registration::Stage;

use crate::support::mail::sent;
use crate::support::viewer::{Asking, TARO, TARO_ASKS, Viewer, wrong};
use crate::support::world::{DAY, World};

fn awaiting_code(world: &World) -> (Viewer<'_>, String) {
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    (viewer, code)
}

#[test]
fn the_fifth_wrong_code_ends_the_registration() {
    let world = World::new();
    let (viewer, code) = awaiting_code(&world);
    for tries_left in [4, 3, 2, 1] {
        assert_eq!(
            viewer.redeem(Some(&wrong(&code))).unwrap_err(),
            Refusal::WrongCode { tries_left }
        );
        assert_eq!(viewer.show().unwrap().tries_left, tries_left);
    }
    assert_eq!(viewer.redeem(Some(&wrong(&code))).unwrap_err(), Refusal::AccessDenied);
    assert_eq!(viewer.stage(), Stage::Failed);
    assert_eq!(
        world.unchanged(|| viewer.redeem(Some(&code))).unwrap_err(),
        Refusal::AccessDenied,
        "the right code comes too late"
    );
}

#[test]
fn tries_at_the_page_and_in_the_viewer_are_one_count() {
    let world = World::new();
    let (viewer, code) = awaiting_code(&world);
    viewer.redeem(Some(&wrong(&code))).unwrap_err();
    world
        .type_codes(&viewer.user_code, &wrong(&code), "192.0.2.9")
        .unwrap_err();
    world.restart();
    assert_eq!(
        viewer.redeem(Some(&wrong(&code))).unwrap_err(),
        Refusal::WrongCode { tries_left: 2 }
    );
    viewer.redeem(Some(&wrong(&code))).unwrap_err();
    let fifth = world.type_codes(&viewer.user_code, &wrong(&code), "192.0.2.9");
    assert_eq!(fifth, Err(Refusal::AccessDenied));
    assert_eq!(
        world.type_codes(&viewer.user_code, &code, "192.0.2.9"),
        Err(Refusal::AccessDenied)
    );
}

#[test]
fn what_cannot_be_a_code_costs_no_try_anywhere() {
    let world = World::new();
    let (viewer, code) = awaiting_code(&world);
    let long = "2".repeat(11);
    let is_refused = |outcome: Result<(), Refusal>, field: &str, typed: &str| match outcome {
        Err(Refusal::Invalid(error)) => assert_eq!(error.field, field, "{typed}"),
        other => panic!("{typed}: {other:?}"),
    };
    for typed in ["", " ", &code[..4], &long, "ABCDE-2345O", "パスワード", "0000000000"] {
        let viewers = world.unchanged(|| viewer.redeem(Some(typed)).map(drop));
        is_refused(viewers, "activation_code", typed);
        let page = world.unchanged(|| world.type_codes(&viewer.user_code, typed, "192.0.2.9"));
        is_refused(page, "activation_code", typed);
        let unknown = world.unchanged(|| world.type_codes("BCDF-GHJK", typed, "192.0.2.9"));
        is_refused(unknown, "activation_code", typed);
    }
    for typed in ["", "BCDF", "BCDF-GHJK-L", "ABCD-EFGH"] {
        let page = world.unchanged(|| world.type_codes(typed, &code, "192.0.2.9"));
        is_refused(page, "user_code", typed);
    }
    assert_eq!(viewer.show().unwrap().tries_left, 5);
    assert!(viewer.redeem(Some(&code)).is_ok());
}

#[test]
fn polls_and_early_codes_cost_no_try() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    for _ in 0..10 {
        world.advance(60);
        assert_eq!(
            viewer.redeem(Some("AAAAA-AAAAA")).unwrap_err(),
            Refusal::AuthorizationPending
        );
        let early = world.unchanged(|| world.type_codes(&viewer.user_code, "AAAAA-AAAAA", "192.0.2.9"));
        assert_eq!(early, Err(Refusal::AuthorizationPending));
    }
    assert_eq!(viewer.show().unwrap().tries_left, 5);
}

#[test]
fn a_code_typed_on_the_page_lets_the_viewer_collect_without_it() {
    let world = World::new();
    let (viewer, code) = awaiting_code(&world);
    let sloppy = format!(" {} ", viewer.user_code.to_lowercase().replace('-', " "));
    let full_width: String = code
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect();
    world.type_codes(&sloppy, &full_width, "192.0.2.9").unwrap();
    assert_eq!(viewer.stage(), Stage::Activated);
    world.type_codes(&viewer.user_code, &code, "192.0.2.9").unwrap();
    assert!(viewer.redeem(None).is_ok());
    assert_eq!(
        world.type_codes(&viewer.user_code, &code, "192.0.2.9"),
        Err(Refusal::NotFound)
    );
}

#[test]
fn the_code_of_one_request_is_no_code_of_another() {
    let world = World::new();
    let (viewer, _) = awaiting_code(&world);
    let other = world
        .ask(Asking {
            key: Some("pc-2"),
            ..TARO_ASKS
        })
        .unwrap();
    world.approve(&world.approval_link());
    let others_code = world.mailed_code();
    assert_eq!(
        viewer.redeem(Some(&others_code)).unwrap_err(),
        Refusal::WrongCode { tries_left: 4 }
    );
    assert!(other.redeem(Some(&others_code)).is_ok());
}

#[test]
fn the_code_outlives_the_rotation_of_its_key() {
    let world = World::with(|policy| policy.code_life_seconds = 30 * DAY);
    world.advance(29 * DAY);
    let (viewer, code) = awaiting_code(&world);
    for _ in 0..28 {
        world.advance(DAY);
    }
    assert!(viewer.redeem(Some(&code)).is_ok());
}

#[test]
fn the_code_is_mailed_again_three_times_a_minute_apart() {
    let world = World::new();
    let (viewer, code) = awaiting_code(&world);
    let soon = world.unchanged(|| viewer.resend());
    assert_eq!(soon, Err(Refusal::TooMany { retry_after: 60 }));
    for _ in 0..3 {
        world.advance(60);
        viewer.resend().unwrap();
        let mails = world.deliver();
        assert_eq!(sent(&mails), [("activation_code", TARO)]);
        assert_eq!(mails[0].secret(), code, "a resend repeats the same code");
    }
    world.advance(DAY / 2);
    let never = world.unchanged(|| viewer.resend());
    assert!(matches!(never, Err(Refusal::TooMany { .. })));
    assert!(world.deliver().is_empty());
}

#[test]
fn there_is_nothing_to_mail_again_while_the_administrators_decide() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.deliver();
    world.advance(600);
    assert_eq!(world.unchanged(|| viewer.resend()), Err(Refusal::Conflict));
    viewer.withdraw().unwrap();
    assert_eq!(world.unchanged(|| viewer.resend()), Err(Refusal::Conflict));
    assert!(world.deliver().is_empty());
}

#[test]
fn the_confirmation_of_the_address_is_mailed_again() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.deliver();
    world.advance(60);
    viewer.resend().unwrap();
    let mails = world.deliver();
    assert_eq!(sent(&mails), [("confirm_address", TARO)]);
    assert_eq!(world.confirm_address(&mails[0].link()), Ok(Stage::AwaitingApproval));
}

#[test]
fn who_types_wrong_codes_on_the_page_is_stopped() {
    let world = World::new();
    for _ in 0..30 {
        assert_eq!(
            world.type_codes("BCDF-GHJK", "AAAAA-AAAAA", "203.0.113.5"),
            Err(Refusal::NotFound)
        );
    }
    let (viewer, code) = awaiting_code(&world);
    let stopped = world.unchanged(|| world.type_codes(&viewer.user_code, &code, "203.0.113.5"));
    assert!(matches!(stopped, Err(Refusal::TooMany { .. })));
    assert_eq!(
        world.type_codes(&viewer.user_code, &code, "192.0.2.9"),
        Ok(()),
        "other clients are not limited"
    );
}

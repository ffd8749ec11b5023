//! The complete path from request to tokens, under each policy, and the points at which it can end early.

use tegata_domain::approval::{ApprovalState, Outcome};
use tegata_domain::error::Refusal;
use tegata_domain::policy::Activation;
use tegata_domain::registration::Stage;

use crate::support::mail::sent;
use crate::support::viewer::{Asking, TARO, TARO_ASKS, confirmation, thumbprint};
use crate::support::world::{DAY, HANAKO, HOUR, World};

#[test]
fn a_mailed_code_brings_the_tokens() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    assert_eq!(viewer.expires_in, 3 * DAY);
    let asked = world.deliver();
    assert_eq!(sent(&asked), [("approval_request", HANAKO)]);
    assert_eq!(viewer.redeem(None).unwrap_err(), Refusal::AuthorizationPending);

    world.approve(&asked[0].link());
    let mailed = world.deliver();
    assert_eq!(sent(&mailed), [("activation_code", TARO)]);
    assert!(mailed[0].text.contains("受付PC") && !mailed[0].subject.contains(&mailed[0].secret()));
    assert_eq!(viewer.stage(), Stage::AwaitingCode);
    world.advance(5);
    assert_eq!(viewer.redeem(None).unwrap_err(), Refusal::AuthorizationPending);

    let granted = viewer.redeem(Some(&mailed[0].secret())).unwrap();
    assert_eq!(
        (granted.token_type.as_str(), granted.expires_in, granted.scope.as_str()),
        ("DPoP", 600, "view")
    );
    assert_eq!(viewer.stage(), Stage::Redeemed);
    assert!(world.deliver().is_empty(), "no mail is sent twice");
}

#[test]
fn the_approval_alone_is_enough_where_the_policy_says_so() {
    let world = World::with(|policy| policy.activation = Activation::ApprovalOnly);
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    assert_eq!(viewer.stage(), Stage::Activated);
    assert!(world.deliver().is_empty(), "this policy needs no code");
    assert!(viewer.redeem(None).is_ok());
    assert_eq!(
        viewer.redeem(None).unwrap_err(),
        Refusal::InvalidGrant,
        "tokens can be collected only once"
    );
}

#[test]
fn a_changed_policy_does_not_change_what_was_asked() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    let policy = serde_json::json!({ "activation": "approval_only" });
    world
        .send(tegata_domain::command::UpdateTenant {
            policy: policy.as_object().cloned(),
            ..Default::default()
        })
        .unwrap();
    world.approve(&world.approval_link());
    assert_eq!(viewer.stage(), Stage::AwaitingCode);
}

#[test]
fn nobody_is_asked_before_the_address_is_confirmed() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let viewer = world.ask(TARO_ASKS).unwrap();
    let mails = world.deliver();
    assert_eq!(sent(&mails), [("confirm_address", TARO)]);
    let link = mails[0].link();

    let refused = world.unchanged(|| world.send(confirmation(&link, false)));
    assert_eq!(refused.unwrap_err(), Refusal::NotConfirmed);
    assert_eq!(viewer.stage(), Stage::AwaitingAddress);
    assert_eq!(world.confirm_address(&link), Ok(Stage::AwaitingApproval));
    assert_eq!(sent(&world.deliver()), [("approval_request", HANAKO)]);

    let again = world.unchanged(|| world.confirm_address(&link));
    assert_eq!(again, Ok(Stage::AwaitingApproval));
    assert!(world.deliver().is_empty(), "confirming twice asks the approvers once");
}

#[test]
fn a_confirmation_link_is_no_approval_link() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let _viewer = world.ask(TARO_ASKS).unwrap();
    let confirm = world.deliver()[0].link();
    assert_eq!(world.view_approval(&confirm).unwrap_err(), Refusal::BadLink);
    assert_eq!(
        world.answer(&confirm, Outcome::Approved, None).unwrap_err(),
        Refusal::BadLink
    );
    world.confirm_address(&confirm).unwrap();
    let approve = world.approval_link();
    assert_eq!(world.confirm_address(&approve).unwrap_err(), Refusal::BadLink);
}

#[test]
fn a_repeat_from_the_same_pc_and_address_renews_without_a_mail() {
    let world = World::new();
    let first = world.ask(TARO_ASKS).unwrap();
    let link = world.approval_link();
    world.advance(HOUR);

    let spelled_otherwise = Asking {
        email: "TARO@Aozora.example",
        ..TARO_ASKS
    };
    let second = world.ask(spelled_otherwise).unwrap();
    assert!(world.deliver().is_empty(), "the administrators are not asked again");
    assert_eq!(second.expires_in, 3 * DAY - HOUR);
    assert_ne!(second.user_code, first.user_code);

    world.approve(&link);
    let code = world.mailed_code();
    assert_eq!(
        (first.stage(), second.stage()),
        (Stage::AwaitingCode, Stage::AwaitingCode)
    );
    assert!(second.redeem(Some(&code)).is_ok());
    assert_eq!(
        first.redeem(Some(&code)).unwrap_err(),
        Refusal::InvalidGrant,
        "one request yields one device"
    );
}

#[test]
fn who_only_knows_thumbprint_and_address_gets_no_hold_on_the_request() {
    let world = World::new();
    let first = world.ask(TARO_ASKS).unwrap();
    assert_eq!(sent(&world.deliver()), [("approval_request", HANAKO)]);

    let stranger = world.ask_with(TARO_ASKS, None).unwrap();
    let asked = world.deliver();
    assert_eq!(
        sent(&asked),
        [("approval_request", HANAKO)],
        "the stranger gets a separate request"
    );
    stranger.withdraw().unwrap();
    assert_eq!(
        first.stage(),
        Stage::AwaitingApproval,
        "the earlier request is unaffected"
    );

    let other_key = world.unchanged(|| world.ask_with(TARO_ASKS, Some(world.proof(&thumbprint("pc-2")))).err());
    assert_eq!(other_key, Some(Refusal::WrongKey));
    let _stranger = world.ask_with(TARO_ASKS, None).unwrap();
    world.deliver();
    let again = world.ask(TARO_ASKS).unwrap();
    assert!(world.deliver().is_empty(), "the PC still finds its own request");
    assert_eq!(again.show().unwrap(), first.show().unwrap());
    again.withdraw().unwrap();
    assert_eq!(first.stage(), Stage::Withdrawn);
}

#[test]
fn what_was_asked_without_a_proof_is_taken_up_by_nobody() {
    let world = World::new();
    let unproven = world.ask_with(TARO_ASKS, None).unwrap();
    let proven = world.ask(TARO_ASKS).unwrap();
    unproven.withdraw().unwrap();
    assert_eq!(
        proven.stage(),
        Stage::AwaitingApproval,
        "the first request may be a stranger's"
    );
}

#[test]
fn requests_without_a_proof_are_limited_like_any() {
    let world = World::new();
    for _ in 0..5 {
        let _viewer = world.ask_with(TARO_ASKS, None).unwrap();
    }
    assert!(matches!(
        world.ask_with(TARO_ASKS, None).err(),
        Some(Refusal::TooMany { .. })
    ));
    assert_eq!(world.deliver().len(), 5);
}

#[test]
fn a_replayed_proof_renews_no_request() {
    let world = World::new();
    let proof = world.proof(&thumbprint("pc-1"));
    let _first = world.ask_with(TARO_ASKS, Some(proof.clone())).unwrap();
    assert_eq!(
        world.ask_with(TARO_ASKS, Some(proof)).err(),
        Some(Refusal::ReplayedProof)
    );
}

#[test]
fn a_pc_without_a_key_has_no_request_that_anybody_could_take_up() {
    let world = World::new();
    let keyless = Asking { key: None, ..TARO_ASKS };
    let first = world.ask(keyless).unwrap();
    let second = world.ask(keyless).unwrap();
    second.withdraw().unwrap();
    assert_eq!(first.stage(), Stage::AwaitingApproval);
}

#[test]
fn the_oldest_of_four_device_codes_is_forgotten() {
    let world = World::new();
    let viewers: Vec<_> = (0..4).map(|_| world.ask(TARO_ASKS).unwrap()).collect();
    assert_eq!(viewers[0].show().unwrap_err(), Refusal::InvalidGrant);
    assert!(
        viewers[1..]
            .iter()
            .all(|viewer| viewer.stage() == Stage::AwaitingApproval)
    );
}

#[test]
fn another_pc_another_address_and_a_pc_without_a_key_are_requests_of_their_own() {
    let world = World::new();
    let _first = world.ask(TARO_ASKS).unwrap();
    for other in [
        Asking {
            key: Some("pc-2"),
            ..TARO_ASKS
        },
        Asking {
            email: "jiro@aozora.example",
            ..TARO_ASKS
        },
        Asking { key: None, ..TARO_ASKS },
        Asking { key: None, ..TARO_ASKS },
    ] {
        world.deliver();
        let _viewer = world.ask(other).unwrap();
        assert_eq!(sent(&world.deliver()), [("approval_request", HANAKO)]);
    }
}

#[test]
fn what_is_over_is_not_renewed() {
    let world = World::new();
    let first = world.ask(TARO_ASKS).unwrap();
    first.withdraw().unwrap();
    let second = world.ask(TARO_ASKS).unwrap();
    assert_eq!(
        sent(&world.deliver()),
        [("approval_request", HANAKO)],
        "the withdrawn request's mail is dropped; only the new one is sent"
    );
    assert_eq!(
        (first.stage(), second.stage()),
        (Stage::Withdrawn, Stage::AwaitingApproval)
    );
}

#[test]
fn an_address_outside_the_own_domains_is_marked() {
    let own = |policy: &mut tegata_domain::policy::Policy| {
        policy.mail_domains = vec![tegata_domain::email::MailDomain::parse("aozora.example").unwrap()];
    };
    for (email, outside) in [
        (TARO, false),
        ("taro@osaka.aozora.example", false),
        ("taro@aozora.example.net", true),
    ] {
        let world = World::with(own);
        let _viewer = world.ask(Asking { email, ..TARO_ASKS }).unwrap();
        let mails = world.deliver();
        let view = world.view_approval(&mails[0].link()).unwrap();
        assert_eq!(view.needs_caution, outside, "{email}");
        assert_eq!(mails[0].text.contains("注意"), outside, "{email}: {}", mails[0].text);
    }
}

#[test]
fn time_runs_out_at_each_stage() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let viewer = world.ask(TARO_ASKS).unwrap();
    let confirm = world.deliver()[0].link();
    world.advance(3 * DAY);
    assert_eq!(
        (viewer.stage(), viewer.redeem(None).unwrap_err()),
        (Stage::Expired, Refusal::ExpiredToken)
    );
    assert_eq!(world.unchanged(|| world.confirm_address(&confirm)), Ok(Stage::Expired));

    let viewer = world.ask(TARO_ASKS).unwrap();
    world.advance(3 * DAY - 1);
    world.confirm_address(&world.deliver()[0].link()).unwrap();
    let link = world.approval_link();
    world.advance(3 * DAY - 1);
    assert_eq!(
        viewer.stage(),
        Stage::AwaitingApproval,
        "the wait restarts when the approvers are asked"
    );
    world.advance(1);
    let late = world
        .unchanged(|| world.answer(&link, Outcome::Approved, None))
        .unwrap();
    assert_eq!((late.state, late.just_now), (ApprovalState::Expired, false));
    assert_eq!(
        (viewer.stage(), viewer.redeem(None).unwrap_err()),
        (Stage::Expired, Refusal::ExpiredToken)
    );

    let viewer = world.ask(TARO_ASKS).unwrap();
    world.confirm_address(&world.deliver()[0].link()).unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    world.advance(DAY);
    assert_eq!(viewer.redeem(Some(&code)).unwrap_err(), Refusal::ExpiredToken);
    assert_eq!(
        world.type_codes(&viewer.user_code, &code, "192.0.2.9"),
        Err(Refusal::NotFound)
    );

    let viewer = world.ask(TARO_ASKS).unwrap();
    world.confirm_address(&world.deliver()[0].link()).unwrap();
    world.approve(&world.approval_link());
    world
        .type_codes(&viewer.user_code, &world.mailed_code(), "192.0.2.9")
        .unwrap();
    world.advance(DAY);
    assert_eq!(
        viewer.redeem(None).unwrap_err(),
        Refusal::ExpiredToken,
        "the time to collect starts at the approval"
    );
}

//! Approvers view a request, answer it, and see how it was answered.

use tegata_domain::approval::{ApprovalState, Outcome};
use tegata_domain::command::{AddAdministrator, DecideApproval, FetchReceipt};
use tegata_domain::error::Refusal;
use tegata_domain::registration::Stage;

use crate::support::mail::sent;
use crate::support::viewer::{TARO, TARO_ASKS, decision};
use crate::support::world::{DAY, World, administrator};

const JIRO: &str = "jiro@aozora.example";

fn with_two_administrators() -> World {
    let world = World::new();
    world
        .send(AddAdministrator {
            administrator: administrator("jiro", JIRO),
            idempotency_key: None,
        })
        .unwrap();
    world.deliver();
    world
}

#[test]
fn a_second_approver_sees_the_first_answer() {
    let world = with_two_administrators();
    let viewer = world.ask(TARO_ASKS).unwrap();
    let mails = world.deliver();
    assert_eq!(mails.len(), 2);
    let first = world
        .answer(&mails[0].link(), Outcome::Refused, Some("知らない人です"))
        .unwrap();
    assert!(first.just_now);

    world.advance(60);
    let second = world
        .unchanged(|| world.answer(&mails[1].link(), Outcome::Approved, None))
        .unwrap();
    assert!(!second.just_now);
    let (first, second) = (first.decision.unwrap(), second.decision.unwrap());
    assert_eq!(second, first, "the second approver sees the first decision");
    assert_eq!(second.email.as_str(), mails[0].to);
    assert_eq!(viewer.stage(), Stage::Refused);
}

#[test]
fn who_answered_first_cannot_change_it_either() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    let link = world.approval_link();
    world.approve(&link);
    world.deliver();
    let again = world.unchanged(|| world.answer(&link, Outcome::Refused, None)).unwrap();
    assert_eq!(again.decision.unwrap().outcome, Outcome::Approved);
    assert_eq!(viewer.stage(), Stage::AwaitingCode);
    assert!(world.deliver().is_empty());
}

#[test]
fn looking_and_answering_without_the_tick_change_nothing() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    let link = world.approval_link();
    for _ in 0..3 {
        let view = world.unchanged(|| world.view_approval(&link)).unwrap();
        assert_eq!((view.state, view.decision), (ApprovalState::Open, None));
    }
    for outcome in [Outcome::Approved, Outcome::Refused] {
        let unticked = DecideApproval {
            confirmed: false,
            ..decision(&link, outcome, None)
        };
        assert_eq!(
            world.unchanged(|| world.send(unticked)).unwrap_err(),
            Refusal::NotConfirmed
        );
    }
    let receipt = world.unchanged(|| world.send(FetchReceipt { token: link }));
    assert_eq!(receipt.unwrap_err(), Refusal::NotFound);
    assert_eq!(viewer.stage(), Stage::AwaitingApproval);
    assert!(world.deliver().is_empty());
}

#[test]
fn a_refusal_is_mailed_with_its_reason() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    world
        .answer(&world.approval_link(), Outcome::Refused, Some("先に電話をください"))
        .unwrap();
    let mails = world.deliver();
    assert_eq!(sent(&mails), [("refused", TARO)]);
    assert!(mails[0].text.contains("先に電話をください") && mails[0].html.contains("先に電話をください"));
    let shown = viewer.show().unwrap();
    assert_eq!(shown.refusal_reason.unwrap().as_str(), "先に電話をください");
    assert_eq!(viewer.redeem(None).unwrap_err(), Refusal::AccessDenied);
}

#[test]
fn a_reason_belongs_to_a_refusal_only() {
    let world = World::new();
    let _viewer = world.ask(TARO_ASKS).unwrap();
    let view = world
        .answer(&world.approval_link(), Outcome::Approved, Some("はい"))
        .unwrap();
    assert_eq!(view.decision.unwrap().reason, None);
}

#[test]
fn a_withdrawn_request_can_no_longer_be_answered() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    let link = world.approval_link();
    viewer.withdraw().unwrap();
    assert_eq!(world.view_approval(&link).unwrap().state, ApprovalState::Withdrawn);
    let answered = world
        .unchanged(|| world.answer(&link, Outcome::Approved, None))
        .unwrap();
    assert_eq!((answered.state, answered.decision), (ApprovalState::Withdrawn, None));
    assert_eq!(
        (viewer.stage(), viewer.redeem(None).unwrap_err()),
        (Stage::Withdrawn, Refusal::AccessDenied)
    );
    assert_eq!(world.unchanged(|| viewer.withdraw()), Err(Refusal::Conflict));
}

#[test]
fn an_approved_request_can_be_withdrawn_until_it_is_collected() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    viewer.withdraw().unwrap();
    assert_eq!(viewer.redeem(Some(&code)).unwrap_err(), Refusal::AccessDenied);

    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    viewer.redeem(Some(&world.mailed_code())).unwrap();
    assert_eq!(world.unchanged(|| viewer.withdraw()), Err(Refusal::Conflict));
}

#[test]
fn a_link_of_one_tenant_opens_nothing_at_another() {
    let world = World::new();
    let neighbour = world.neighbour("nordlys");
    let viewer = world.ask(TARO_ASKS).unwrap();
    let link = world.approval_link();
    let refused = neighbour.unchanged(|| neighbour.answer(&link, Outcome::Approved, None));
    assert_eq!(refused.unwrap_err(), Refusal::BadLink);
    assert_eq!(neighbour.view_approval(&link).unwrap_err(), Refusal::BadLink);
    assert_eq!(
        neighbour.send(FetchReceipt { token: link }).unwrap_err(),
        Refusal::BadLink
    );
    assert_eq!(viewer.stage(), Stage::AwaitingApproval);
}

#[test]
fn an_outcome_can_be_looked_at_for_a_month_after_its_time() {
    let world = World::new();
    let _viewer = world.ask(TARO_ASKS).unwrap();
    let link = world.approval_link();
    world.approve(&link);
    world.advance(32 * DAY);
    assert_eq!(world.view_approval(&link).unwrap().state, ApprovalState::Decided);
    world.advance(2 * DAY);
    assert_eq!(world.view_approval(&link).unwrap_err(), Refusal::BadLink);
}

#[test]
fn an_answer_survives_a_restart() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    let link = world.approval_link();
    world.restart();
    world.approve(&link);
    world.restart();
    assert_eq!(viewer.stage(), Stage::AwaitingCode);
    let code = world.mailed_code();
    world.restart();
    assert!(viewer.redeem(Some(&code)).is_ok());
}

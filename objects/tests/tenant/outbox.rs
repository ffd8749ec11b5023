//! Outbox delivery: messages are retried for days, kept when undeliverable, and dropped when they no longer apply.

use tegata_domain::command::{AddAdministrator, ListOutbox, RetryOutbox, SetTenantState};
use tegata_domain::error::Refusal;
use tegata_domain::id::OutboxId;
use tegata_domain::outbox::DeliveryError::{Permanent, Temporary};
use tegata_domain::outbox::{MAX_ATTEMPTS, Message, OutboxRow, OutboxState, OutboxView};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::TenantState;
use tegata_kv_schema::outbox;
use tegata_objects::hosted::Hosted as _;

use crate::support::mail::sent;
use crate::support::viewer::{Asking, TARO, TARO_ASKS};
use crate::support::world::{DAY, HANAKO, World, administrator};

fn listed(world: &World) -> Vec<OutboxView> {
    world.send(ListOutbox { cursor: None }).unwrap().items
}

fn next_wake(world: &World) -> Option<i64> {
    let wake = world.with_object(|object, ctx| object.next_wake(ctx)).unwrap();
    wake.map(|wake| wake.since(world.now()))
}

#[test]
fn a_failing_delivery_backs_off_and_loses_nothing() {
    let world = World::new();
    let _viewer = world.ask(TARO_ASKS).unwrap();
    for (attempt, wait) in [(1, 30), (2, 60), (3, 120), (4, 240)] {
        assert_eq!(next_wake(&world), Some(0));
        let (row, _) = world.due().remove(0);
        world.settle(&row, Err(Temporary("451 try again later".to_owned())));
        let kept = listed(&world).remove(0);
        assert_eq!((kept.state, kept.attempts), (OutboxState::Waiting, attempt));
        assert_eq!(kept.last_error.as_deref(), Some("451 try again later"));
        assert_eq!(next_wake(&world), Some(wait));
        assert!(world.due().is_empty(), "no retry before it is due");
        world.restart();
        world.advance(wait);
    }
    assert_eq!(sent(&world.deliver()), [("approval_request", HANAKO)]);
    assert!(listed(&world).is_empty());
}

#[test]
fn a_row_that_was_taken_but_never_settled_is_taken_again() {
    let world = World::new();
    let _viewer = world.ask(TARO_ASKS).unwrap();
    let (first, _) = world.due().remove(0);
    world.restart();
    let (second, _) = world.due().remove(0);
    assert_eq!(
        first.id, second.id,
        "the id stays the same, so that receivers can drop duplicates"
    );
}

#[test]
fn what_cannot_be_delivered_stays_until_someone_asks_again() {
    let world = World::new();
    let _viewer = world.ask(TARO_ASKS).unwrap();
    let (row, _) = world.due().remove(0);
    let before = world.audit().len();
    world.settle(&row, Err(Permanent("550 no such user".to_owned())));
    assert_eq!(world.acts_since(before), ["outbox.give_up approval_request"]);
    world.advance(DAY);
    assert!(world.deliver().is_empty());
    let kept = listed(&world).remove(0);
    assert_eq!(
        (kept.state, kept.kind.as_str()),
        (OutboxState::Undeliverable, "approval_request")
    );

    world.send(RetryOutbox { id: kept.id }).unwrap();
    assert_eq!(world.acts_since(before + 1), ["outbox.retry done"]);
    assert_eq!(sent(&world.deliver()), [("approval_request", HANAKO)]);
}

#[test]
fn a_mail_is_given_up_after_days_and_not_after_minutes() {
    let world = World::new();
    world
        .send(AddAdministrator {
            administrator: administrator("jiro", "jiro@aozora.example"),
            idempotency_key: None,
        })
        .unwrap();
    let start = world.now();
    for _ in 0..MAX_ATTEMPTS {
        // The object also wakes to sign the head of its audit log.
        while world.due().is_empty() {
            world.tidy();
            world.advance(next_wake(&world).unwrap());
        }
        let (row, _) = world.due().remove(0);
        world.settle(&row, Err(Temporary("no answer".to_owned())));
    }
    assert_eq!(listed(&world)[0].state, OutboxState::Undeliverable);
    assert!((3 * DAY..6 * DAY).contains(&world.now().since(start)));
}

#[test]
fn the_copies_of_our_own_state_are_never_given_up() {
    let world = World::new();
    world
        .send(SetTenantState {
            state: TenantState::Suspended,
        })
        .unwrap();
    for _ in 0..2 * MAX_ATTEMPTS {
        let (row, _) = world.due().remove(0);
        world.settle(&row, Err(Temporary("KV is unavailable".to_owned())));
        world.advance(next_wake(&world).unwrap());
    }
    world.deliver();
    assert_eq!(world.directory.borrow().as_ref().unwrap().state, TenantState::Suspended);
}

#[test]
fn only_what_exists_can_be_retried() {
    let world = World::new();
    let id = OutboxId::parse("AAAAAAAAAAAAAAAAAAAAAA").unwrap();
    assert_eq!(
        world.unchanged(|| world.send(RetryOutbox { id })),
        Err(Refusal::NotFound)
    );
}

#[test]
fn a_mail_whose_occasion_is_gone_is_dropped() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    viewer.withdraw().unwrap();
    assert!(world.deliver().is_empty(), "no approval mail for a withdrawn request");

    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    viewer.withdraw().unwrap();
    assert!(world.deliver().is_empty(), "no code for a withdrawn request");

    let late = world.ask(TARO_ASKS).unwrap();
    world.advance(3 * DAY);
    assert!(
        world.deliver().is_empty(),
        "no mail for a request that can no longer be answered"
    );
    drop(late);
    assert!(listed(&world).is_empty());
}

#[test]
fn the_mails_of_many_requests_all_leave() {
    let world = World::new();
    world
        .send(AddAdministrator {
            administrator: administrator("jiro", "jiro@aozora.example"),
            idempotency_key: None,
        })
        .unwrap();
    world.deliver();
    let emails: Vec<String> = (0..20).map(|n| format!("user{n}@aozora.example")).collect();
    for email in &emails {
        let _viewer = world.ask(Asking { email, ..TARO_ASKS }).unwrap();
    }
    assert_eq!(world.due().len(), 16, "one batch at a time");
    assert_eq!(world.deliver().len(), 40);
    assert_eq!(next_wake(&world), Some(DAY), "next, the head of the audit log is due");
    world.advance(DAY);
    world.tidy();
    assert_eq!(
        next_wake(&world),
        Some(92 * DAY + 1),
        "after that, the object sleeps until a registration can be deleted"
    );
}

#[test]
fn what_ended_long_ago_is_forgotten_and_its_record_is_not() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.deliver();
    world.advance(93 * DAY + 1);
    world.tidy();
    assert_eq!(viewer.show().unwrap_err(), Refusal::InvalidGrant);
    assert!(!world.sql.dump().contains("approval_request"));
    assert!(world.acts_since(0).contains(&"registration.create done".to_owned()));
    assert_eq!(next_wake(&world), None);
}

#[test]
fn forgetting_an_old_request_leaves_the_new_one_of_the_same_pc_alone() {
    let world = World::with(|policy| policy.approval_life_seconds = 30 * DAY);
    let _old = world.ask(TARO_ASKS).unwrap();
    world.advance(110 * DAY);
    let _new = world.ask(TARO_ASKS).unwrap();
    assert_eq!(sent(&world.deliver()), [("approval_request", HANAKO)]);
    world.advance(11 * DAY);
    world.tidy();
    let _repeat = world.ask(TARO_ASKS).unwrap();
    assert!(world.deliver().is_empty(), "the administrators have already been asked");
}

#[test]
fn a_first_password_that_has_run_out_is_not_mailed() {
    let world = World::new();
    world
        .send(AddAdministrator {
            administrator: administrator("jiro", TARO),
            idempotency_key: None,
        })
        .unwrap();
    let (row, _) = world.due().remove(0);
    world.settle(&row, Err(Permanent("550 mailbox closed".to_owned())));
    world.advance(8 * DAY);
    world.send(RetryOutbox { id: row.id }).unwrap();
    assert!(world.deliver().is_empty(), "the password has expired");
}

#[test]
fn a_row_put_back_in_line_while_it_was_on_its_way_stays_in_line() {
    let world = World::new();
    let _viewer = world.ask(TARO_ASKS).unwrap();
    let (row, _) = world.due().remove(0);
    world.settle(&row, Err(Permanent("550 no such user".to_owned())));
    world.send(RetryOutbox { id: row.id.clone() }).unwrap();
    world.unchanged(|| world.settle(&row, Err(Permanent("550 no such user".to_owned()))));
    assert_eq!(sent(&world.deliver()), [("approval_request", HANAKO)]);
}

#[test]
fn a_revocation_does_not_wait_behind_news_for_two_thousand_customers() {
    let world = World::new();
    world.with_object(|_, ctx| {
        for number in 0..2000 {
            let customer = Slug::parse(&format!("customer-{number}")).unwrap();
            let row = OutboxRow::new(OutboxId::generate(ctx.random), Message::TellFace { customer }, ctx.now);
            outbox::save(ctx.sql, &row).unwrap();
        }
    });
    world.advance(1);
    let state = TenantState::Suspended;
    world.send(SetTenantState { state }).unwrap();
    let first = world.due();
    assert_eq!(first.first().unwrap().0.message, Message::PublishDirectory);
}

#[test]
fn copies_do_not_wait_behind_mails() {
    let world = World::new();
    let emails: Vec<String> = (0..40).map(|n| format!("user{n}@aozora.example")).collect();
    for email in &emails {
        let _viewer = world.ask(Asking { email, ..TARO_ASKS }).unwrap();
    }
    let state = TenantState::Suspended;
    world.send(SetTenantState { state }).unwrap();
    let first = world.due();
    assert!(
        first.iter().any(|(row, _)| row.message.is_copy()),
        "the gate's copies are in the first batch"
    );
}

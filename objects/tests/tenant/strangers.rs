//! What strangers can cause without any credential, and how much of it reaches the audit log.

use tegata_domain::audit::AuditEntry;
use tegata_domain::command::{FinishLogin, FinishPasskeyLogin, StartLogin, StartPasskeyLogin};
use tegata_domain::error::Refusal;
use tegata_domain::gathered::{MOST_A_DAY, PAUSE};
use tegata_domain::limit::PER_CLIENT;
use tegata_domain::panel::passkeys::Answer;
use tegata_domain::passkey::CredentialId;

use crate::support::viewer::{Asking, TARO_ASKS};
use crate::support::world::{DAY, World};
use tegata_objects::hosted::Hosted as _;

/// A login with a wrong password for `account`, from an address derived from `number`.
fn wrong_login(world: &World, account: &str, number: i64) -> Refusal {
    let client = format!("10.{}.{}.1", number / 250, number % 250);
    let start = StartLogin {
        account: account.to_owned(),
        client: client.clone(),
    };
    if let Err(refusal) = world.send(start) {
        return refusal;
    }
    let finish = FinishLogin {
        account: account.to_owned(),
        verified: None,
        client,
        agent: String::new(),
    };
    world.send(finish).expect_err("the password was wrong")
}

fn entries(world: &World) -> Vec<AuditEntry> {
    let mut all = world.audit();
    all.retain(|entry| entry.act.object == "account/unknown");
    all
}

fn outcomes(world: &World) -> Vec<String> {
    entries(world).into_iter().map(|entry| entry.act.outcome).collect()
}

/// The number of attempts that the entries stand for.
fn tries(world: &World) -> i64 {
    let count = |outcome: &String| match outcome.split_once(", ") {
        Some((_, tries)) => tries.strip_suffix(" tries").unwrap().parse().unwrap(),
        None => 1,
    };
    outcomes(world).iter().map(count).sum()
}

/// Runs the alarm whenever the object asks for it, until `until`.
fn wake_until(world: &World, until: i64) {
    loop {
        let next = world.with_object(|object, ctx| object.next_wake(ctx)).unwrap();
        match next.filter(|next| next.0 <= until) {
            Some(next) => {
                world.advance((next.0 - world.now().0).max(0));
                world.deliver();
                world.tidy();
            }
            None => return world.advance(until - world.now().0),
        }
    }
}

#[test]
fn a_thousand_wrong_logins_at_a_thousand_names_are_two_entries() {
    let world = World::new();
    for n in 0..1_000 {
        assert_eq!(wrong_login(&world, &format!("nobody{n}"), n), Refusal::WrongCredentials);
    }
    assert_eq!(outcomes(&world), ["wrong_password"]);
    world.restart();
    wake_until(&world, world.now().0 + PAUSE);
    assert_eq!(outcomes(&world), ["wrong_password", "wrong_password, 999 tries"]);
    assert_eq!(tries(&world), 1_000);
    let addresses: Vec<Option<String>> = entries(&world)
        .into_iter()
        .map(|entry| entry.act.actor.address)
        .collect();
    assert_eq!(addresses, [Some("10.0.0.1".to_owned()), None]);
    let quiet = world.with_object(|object, ctx| object.next_wake(ctx)).unwrap();
    assert!(
        quiet.is_none_or(|next| next > world.now()),
        "no failures are waiting to be written"
    );
}

#[test]
fn a_day_of_wrong_logins_has_a_ceiling_and_loses_none() {
    let world = World::new();
    let start = world.now().0;
    for n in 0..DAY / 120 {
        wake_until(&world, start + n * 120);
        wrong_login(&world, &format!("nobody{n}"), n);
    }
    wake_until(&world, start + 2 * DAY);
    assert_eq!(tries(&world), DAY / 120);
    for day in start / DAY..=start / DAY + 2 {
        let of_day = entries(&world).iter().filter(|entry| entry.at.0 / DAY == day).count();
        assert!(of_day as i64 <= MOST_A_DAY, "{of_day}");
    }
}

#[test]
fn a_name_that_is_known_is_written_down_and_locked_as_before() {
    let world = World::new();
    let before = world.audit().len();
    for n in 0..5 {
        assert_eq!(wrong_login(&world, "hanako", n), Refusal::WrongCredentials);
    }
    for account in ["hanako", "nobody"] {
        for n in 0..5 {
            wrong_login(&world, account, n);
        }
        assert_eq!(
            wrong_login(&world, account, 9),
            Refusal::TooMany { retry_after: 30 },
            "{account}"
        );
    }
    let acts = world.acts_since(before);
    assert_eq!(
        acts.iter()
            .filter(|act| *act == "session.create wrong_password")
            .count(),
        6
    );
    assert!(acts.contains(&"account.lock wrong_password".to_owned()));
}

#[test]
fn passkeys_that_nobody_has_are_gathered_too() {
    let world = World::new();
    for n in 0..100 {
        let client = format!("10.0.{n}.1");
        let challenge = world
            .send(StartPasskeyLogin { client: client.clone() })
            .unwrap()
            .challenge;
        let answer = Answer {
            challenge,
            credential: CredentialId::parse("AQID").unwrap(),
            asserted: None,
        };
        let finish = FinishPasskeyLogin {
            answer,
            client,
            agent: String::new(),
        };
        assert_eq!(world.send(finish).err(), Some(Refusal::WrongCredentials));
    }
    wake_until(&world, world.now().0 + PAUSE);
    assert_eq!(outcomes(&world), ["wrong_passkey", "wrong_passkey, 99 tries"]);
}

#[test]
fn one_request_is_renewed_so_often_and_no_more() {
    let world = World::new();
    let before = world.audit().len();
    let mut refused = 0;
    for n in 0..=PER_CLIENT.most * 3 {
        let client = format!("10.0.{n}.1");
        let asking = Asking {
            client: &client,
            ..TARO_ASKS
        };
        match world.ask(asking) {
            Ok(_) => {}
            Err(Refusal::TooMany { .. }) => refused += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(refused, PER_CLIENT.most * 2);
    assert_eq!(world.acts_since(before).len() as i64, PER_CLIENT.most + 1);
}

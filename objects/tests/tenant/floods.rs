//! Many requests at once: all are stored and can be answered, without a mail to every approver for each.

use serde_json::value::to_raw_value;
use serde_json::{Value, json};
use tegata_domain::account::AccountName;
use tegata_domain::approval::Outcome;
use tegata_domain::asked::MOST_SINGLE;
use tegata_domain::command::{AddAdministrator, ListOutbox};
use tegata_domain::console_session::{ConsoleSession, SessionState};
use tegata_domain::error::Refusal;
use tegata_domain::id::SessionId;
use tegata_domain::limit::{MOST_WAITING, MOST_WAITING_OF_NETWORK};
use tegata_domain::outbox::DeliveryError::Temporary;
use tegata_domain::panel::registrations::List;
use tegata_domain::panel::{Act as _, Credential, Panel};
use tegata_domain::random::CountingRandom;
use tegata_domain::registration::Stage;
use tegata_domain::secret::PlainSessionToken;
use tegata_kv_schema::sql::Sql as _;
use tegata_kv_schema::{accounts, sessions};
use tegata_objects::hosted::Hosted as _;

use crate::support::mail::{Mail, sent};
use crate::support::viewer::{Asking, TARO_ASKS, Viewer};
use crate::support::world::{DAY, EDGE, HANAKO, HOUR, World, administrator};

/// Two more than the hourly limit on mails to strangers.
const FLOOD: usize = 602;
const QUARTER: i64 = HOUR / 4;

/// Each request comes from its own network.
fn ask_as(world: &World, number: usize) -> Result<Viewer<'_>, Refusal> {
    let (email, client) = (
        format!("user{number}@mail.example"),
        format!("10.{}.{}.1", number / 256, number % 256),
    );
    let (email, client) = (email.as_str(), client.as_str());
    world.ask(Asking {
        email,
        client,
        ..TARO_ASKS
    })
}

fn flood(world: &World, numbers: std::ops::Range<usize>) -> Vec<Viewer<'_>> {
    numbers
        .map(|number| ask_as(world, number).expect("the request is accepted"))
        .collect()
}

/// Counts the waiting requests that the panel lists, over all pages.
fn waiting_in_panel(world: &World) -> usize {
    let cookie = PlainSessionToken::generate(&CountingRandom::new(7));
    sessions::save(&world.sql, &cookie.hashed(), &session(world)).expect("a session can be stored");
    let (mut count, mut cursor) = (0, Value::Null);
    loop {
        let reply = world.panel(Panel {
            credential: Credential::Session(cookie.clone()),
            client: "192.0.2.1".to_owned(),
            action: List::NAME.to_owned(),
            input: to_raw_value(&json!({ "state": "waiting", "cursor": cursor })).expect("the input is JSON"),
            idempotency_key: None,
            only_check: false,
        });
        count += reply["items"].as_array().expect("a page has items").len();
        cursor = reply["cursor"].clone();
        if cursor.is_null() {
            return count;
        }
    }
}

/// A session of the first administrator, as if they had set a password and logged in.
pub fn session(world: &World) -> ConsoleSession {
    let name = AccountName::parse("hanako").expect("a name");
    let account = accounts::load_by_name(&world.sql, &name).expect("accounts can be read");
    ConsoleSession {
        id: SessionId::generate(&CountingRandom::new(7)),
        user: account.expect("the administrator exists").user,
        state: SessionState::SignedIn,
        created_at: world.now(),
        last_seen_at: world.now(),
        authenticated_at: world.now(),
        with_passkey: false,
        expires_at: world.now().plus(HOUR),
        address: "192.0.2.1".to_owned(),
        agent: "a browser".to_owned(),
    }
}

fn wait_for_next(world: &World) {
    let wake = world.with_object(|object, ctx| object.next_wake(ctx)).unwrap();
    world.advance(wake.expect("the object has work ahead").since(world.now()).max(0));
}

/// Delivers everything that falls due in the next `seconds`.
fn deliver_for(world: &World, seconds: i64) -> Vec<Mail> {
    let end = world.now().plus(seconds);
    let mut mails = world.deliver();
    while world.now() < end {
        world.advance(60);
        mails.extend(world.deliver());
    }
    mails
}

fn of_kind<'a>(mails: &'a [Mail], kind: &str) -> Vec<&'a Mail> {
    mails.iter().filter(|mail| mail.kind == kind).collect()
}

fn is_told(mail: &Mail, count: usize) -> bool {
    mail.subject.contains(&format!("申請が{count}件"))
}

#[test]
fn six_hundred_requests_are_twenty_mails_and_one_that_tells_of_the_rest() {
    let world = World::new();
    let viewers = flood(&world, 0..FLOOD);
    let mails = world.deliver();
    assert_eq!(sent(&mails), [("approval_request", HANAKO); MOST_SINGLE]);
    wait_for_next(&world);
    let mails = world.deliver();
    assert_eq!(sent(&mails), [("approval_digest", HANAKO)]);
    let digest = &mails[0];
    assert!(is_told(digest, FLOOD - MOST_SINGLE), "{}", digest.subject);
    assert!(
        digest
            .text
            .lines()
            .any(|line| line == format!("{EDGE}/t/aozora/#/registrations"))
    );
    assert_eq!(digest.text.matches("・山田 太郎、あおぞら製作所、受付PC").count(), 5);
    assert!(deliver_for(&world, 2 * HOUR).is_empty(), "the digest is sent once");
    assert!(viewers.iter().all(|viewer| viewer.stage() == Stage::AwaitingApproval));
    assert_eq!(waiting_in_panel(&world), FLOOD, "the panel lists all of them");
}

#[test]
fn a_lasting_flood_is_told_ever_more_rarely() {
    let world = World::new();
    let mut mails = Vec::new();
    for minute in 0..180 {
        let _viewers = flood(&world, minute * 10..minute * 10 + 10);
        mails.push(world.deliver());
        world.advance(60);
    }
    for hour in mails.chunks(60) {
        let kinds: Vec<&str> = hour.iter().flatten().map(|mail| mail.kind).collect();
        let single = kinds.iter().filter(|kind| **kind == "approval_request").count();
        assert_eq!(single, MOST_SINGLE);
        assert!(kinds.len() <= MOST_SINGLE + 4, "{kinds:?}");
        assert!(kinds.contains(&"approval_digest"));
    }
    let told: usize = mails.iter().flatten().map(|mail| counted(&mail.subject)).sum();
    let last = deliver_for(&world, 2 * HOUR);
    let told_last: usize = last.iter().map(|mail| counted(&mail.subject)).sum();
    assert_eq!(
        told + told_last,
        1800 - 3 * MOST_SINGLE,
        "each request is in exactly one mail"
    );
    assert_eq!(sent(&last), [("approval_digest", HANAKO)]);
}

/// The number of requests in the subject of a digest mail.
fn counted(subject: &str) -> usize {
    let number = subject.split_once("申請が").and_then(|(_, rest)| rest.split_once('件'));
    number.map_or(0, |(number, _)| number.parse().expect("the subject holds a number"))
}

#[test]
fn what_was_withdrawn_or_answered_before_is_not_told() {
    let world = World::new();
    let viewers = flood(&world, 0..MOST_SINGLE + 5);
    world.deliver();
    viewers[MOST_SINGLE].withdraw().unwrap();
    wait_for_next(&world);
    let mails = world.deliver();
    assert!(is_told(&mails[0], 4), "{}", mails[0].subject);

    let later = flood(&world, 100..103);
    for viewer in &later {
        viewer.withdraw().unwrap();
    }
    assert!(
        deliver_for(&world, HOUR - 60).is_empty(),
        "nothing is left to mention, so no mail is sent"
    );
    assert!(world.send(ListOutbox { cursor: None }).unwrap().items.is_empty());
}

#[test]
fn what_has_run_out_before_is_not_told() {
    let world = World::with(|policy| policy.approval_life_seconds = 300);
    let _first = flood(&world, 0..MOST_SINGLE + 1);
    assert_eq!(of_kind(&deliver_for(&world, 120), "approval_digest").len(), 1);
    let _second = flood(&world, 100..102);
    assert!(deliver_for(&world, QUARTER).is_empty());
}

#[test]
fn each_approver_has_their_own_twenty() {
    let world = World::new();
    let _first = flood(&world, 0..MOST_SINGLE);
    world
        .send(AddAdministrator {
            administrator: administrator("jiro", "jiro@aozora.example"),
            idempotency_key: None,
        })
        .unwrap();
    world.deliver();
    let _second = flood(&world, 100..103);
    assert_eq!(sent(&world.deliver()), [("approval_request", "jiro@aozora.example"); 3]);
    wait_for_next(&world);
    let mails = world.deliver();
    assert_eq!(sent(&mails), [("approval_digest", HANAKO)]);
    assert!(is_told(&mails[0], 3), "{}", mails[0].subject);
}

#[test]
fn a_gathered_mail_survives_a_restart_and_a_failed_attempt() {
    let world = World::new();
    let _viewers = flood(&world, 0..MOST_SINGLE + 2);
    world.deliver();
    wait_for_next(&world);
    let (row, _) = world.due().remove(0);
    world.restart();
    let _later = flood(&world, 100..101);
    world.settle(&row, Err(Temporary("451".to_owned())));
    let mails = deliver_for(&world, HOUR - 120);
    let told: Vec<usize> = mails.iter().map(|mail| counted(&mail.subject)).collect();
    assert_eq!(told, [2, 1], "later requests are in the next mail");
}

#[test]
fn the_first_answer_to_one_of_a_flood_counts_as_ever() {
    let world = World::new();
    let viewers = flood(&world, 0..MOST_SINGLE + 1);
    let mails = world.deliver();
    world.answer(&mails[0].link(), Outcome::Approved, None).unwrap();
    let approved = viewers.iter().filter(|viewer| viewer.stage() == Stage::AwaitingCode);
    assert_eq!(approved.count(), 1);
    assert_eq!(waiting_in_panel(&world), MOST_SINGLE);
}

#[test]
fn confirmed_addresses_are_told_together_too() {
    let world = World::with(|policy| policy.confirm_address_first = true);
    let _viewers = flood(&world, 0..MOST_SINGLE + 3);
    for mail in world.deliver() {
        world.confirm_address(&mail.link()).unwrap();
    }
    assert_eq!(world.deliver().len(), MOST_SINGLE);
    wait_for_next(&world);
    let mails = world.deliver();
    assert!(is_told(&mails[0], 3), "{}", mails[0].subject);
}

#[test]
fn a_tenant_stores_no_more_waiting_requests_than_its_most() {
    for confirm_address_first in [false, true] {
        let world = World::with(|policy| policy.confirm_address_first = confirm_address_first);
        let first = ask_as(&world, 0).unwrap();
        let copies = "INSERT INTO registration (id, ends_at, record) \
                      WITH RECURSIVE copy (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM copy WHERE n < ?) \
                      SELECT 'copy ' || n, ends_at, record FROM registration, copy";
        world.sql.run(copies, vec![(MOST_WAITING - 1).into()]).unwrap();
        world.restart();
        let _last = ask_as(&world, 1).expect("there is room for one more");
        let refused = ask_as(&world, 2).err();
        assert_eq!(refused, Some(Refusal::TooMany { retry_after: 600 }));
        assert_eq!(world.sql.count("registration"), MOST_WAITING);
        assert_eq!(world.sql.count("device_code"), 2);
        first.withdraw().unwrap();
        world.advance(60);
        let _next = ask_as(&world, 2).expect("a request was withdrawn");
        assert!(ask_as(&world, 3).is_err());
        world.advance(3 * DAY);
        let _later = ask_as(&world, 3).expect("all earlier requests have expired");
    }
}

#[test]
fn one_network_does_not_fill_a_tenant() {
    let world = World::new();
    let ask = |client: &str| {
        let email = format!("user-of-{}@mail.example", client.replace('.', "-"));
        let email = email.as_str();
        let asking = Asking {
            client,
            email,
            ..TARO_ASKS
        };
        world.ask(asking).map(drop)
    };
    ask("198.51.100.7").expect("the request is accepted");
    let copies = "INSERT INTO registration (id, ends_at, record) \
                  WITH RECURSIVE copy (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM copy WHERE n < ?) \
                  SELECT 'copy ' || n, ends_at, record FROM registration, copy";
    world.sql.run(copies, vec![MOST_WAITING_OF_NETWORK.into()]).unwrap();
    let refused = ask("198.51.100.8").err();
    assert_eq!(
        refused,
        Some(Refusal::TooMany { retry_after: 600 }),
        "another address in the same /24"
    );
    ask("198.51.101.8").expect("another network has its own share");
    world.advance(3 * DAY);
    ask("198.51.100.9").expect("all earlier requests have expired");
}

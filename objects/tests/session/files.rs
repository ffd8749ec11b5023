//! Offers of files: the customer's policy, who hears of them, and what the log gets.

use tegata_domain::command::OpenSession;
use tegata_domain::id::CommandId;
use tegata_domain::random::CountingRandom;
use tegata_domain::session::control::{FromParticipant, ToParticipant};
use tegata_domain::session::files::{FileHash, FileName, FileOffer, FilePolicy, Received, Unwanted};
use tegata_domain::session::relay::Seat;
use tegata_domain::session::{Ability, SessionEvent};

use tegata_objects::hosted::Heard;

use crate::support::room::{MALFORMED, Room, launch};

fn file(seed: u64, name: &str, size: i64) -> FileOffer {
    FileOffer {
        id: CommandId::generate(&CountingRandom::new(seed)),
        name: FileName::parse(name).unwrap(),
        size,
        sha256: FileHash::try_from("ab".repeat(32)).unwrap(),
    }
}

fn offer(room: &Room, from: &Seat, file: &FileOffer) -> Heard {
    room.say(from, &FromParticipant::Offer(file.clone()))
}

fn received(room: &Room, from: &Seat, file: &FileOffer, outcome: Received) {
    let id = file.id.clone();
    assert_eq!(
        room.say(from, &FromParticipant::Received { id, outcome }),
        Heard::Nothing
    );
}

/// A session whose customer lets small log files through.
fn small_logs() -> Room {
    let room = Room::empty();
    let files = FilePolicy {
        largest: 1_000,
        types: vec!["log".to_owned()],
    };
    let opening = OpenSession {
        files,
        ..room.opening("aozora", launch(7))
    };
    room.send(opening).unwrap();
    room.events();
    room
}

#[test]
fn an_offer_reaches_everybody_and_each_receiver_answers_once() {
    let room = Room::open();
    let (agent, desk, other) = (room.agent(), room.desk(), room.desk());
    room.events();
    let patch = file(1, "patch 2.bin", 5);
    for _ in 0..2 {
        assert_eq!(offer(&room, &desk, &patch), Heard::Nothing);
    }
    for seat in [&agent, &other] {
        let offers = room.heard(seat.address);
        let offers = offers
            .iter()
            .filter(|message| matches!(message, ToParticipant::Offered(_)));
        assert_eq!(offers.count(), 1);
    }
    received(&room, &agent, &patch, Received::Done);
    received(&room, &agent, &patch, Received::Mismatch);
    received(&room, &other, &patch, Received::Declined);
    received(&room, &desk, &patch, Received::Done);
    let events = room.events();
    let outcomes: Vec<&Received> = events
        .iter()
        .filter_map(|event| match event {
            SessionEvent::Received { outcome, .. } => Some(outcome),
            _ => None,
        })
        .collect();
    assert!(matches!(events.first(), Some(SessionEvent::Offered { .. })));
    // The desk's two connections are one person, who offered it: their own answers do not count.
    assert_eq!((events.len(), outcomes), (2, vec![&Received::Done]));
}

#[test]
fn the_customers_policy_decides_what_is_passed_on() {
    let room = small_logs();
    let (agent, desk) = (room.agent(), room.desk());
    room.events();
    for (seed, name, size, why) in [
        (1, "a.log", 1_001, Some(Unwanted::Size)),
        (2, "a.exe", 10, Some(Unwanted::Type)),
        (3, "a.log", -1, Some(Unwanted::Size)),
        (4, "a.log", 1_000, None),
    ] {
        room.heard(agent.address);
        room.heard(desk.address);
        let offered = file(seed, name, size);
        offer(&room, &desk, &offered);
        let id = offered.id.clone();
        let expected = match why {
            Some(why) => vec![ToParticipant::NotOffered { id, why }],
            None => room.heard(desk.address),
        };
        if why.is_some() {
            assert_eq!(room.heard(desk.address), expected, "{name}");
        }
        assert_eq!(room.heard(agent.address).is_empty(), why.is_some(), "{name}");
    }
    assert_eq!(room.events().len(), 1, "only what is passed on is in the log");
}

#[test]
fn names_and_hashes_that_lie_end_who_sends_them() {
    let room = Room::open();
    let desk = room.desk();
    let of = |name: &str, sha256: &str| {
        let id = CommandId::generate(&CountingRandom::new(1));
        serde_json::json!({"type": "offer", "id": id, "name": name, "size": 1, "sha256": sha256}).to_string()
    };
    let hash = "ab".repeat(32);
    for bad in ["../etc/passwd", "a/b", "nul", "a\u{202e}gpj.exe", "a\\b", "", "x\u{0}"] {
        assert_eq!(
            room.say_text(&desk, &of(bad, &hash)),
            Heard::Close(MALFORMED),
            "{bad:?}"
        );
    }
    assert_eq!(room.say_text(&desk, &of("a", "AB")), Heard::Close(MALFORMED));
    let without = Room::with(&[Ability::Diagnostics]);
    let desk = without.desk();
    assert_eq!(
        offer(&without, &desk, &file(1, "a", 1)),
        Heard::Close(MALFORMED),
        "files were not approved"
    );
}

#[test]
fn an_offer_moves_with_its_owner_and_only_they_take_it_back() {
    let room = Room::open();
    let (agent, desk) = (room.agent(), room.desk());
    let resume = room.hello(&desk).resume.unwrap();
    let patch = file(1, "patch.bin", 5);
    offer(&room, &desk, &patch);
    room.hang_up(&desk);
    let back = room.admit(&crate::support::room::from_the_desk(resume)).unwrap();
    let welcome = room.hello(&agent);
    assert_eq!(
        welcome.offers.iter().map(|offer| offer.by).collect::<Vec<_>>(),
        [back.address]
    );
    let id = patch.id.clone();
    room.say(&agent, &FromParticipant::Withdraw { id: id.clone() });
    assert_eq!(room.hello(&agent).offers.len(), 1);
    room.heard(agent.address);
    room.say(&back, &FromParticipant::Withdraw { id: id.clone() });
    assert_eq!(room.heard(agent.address), [ToParticipant::Withdrawn { id }]);
    assert_eq!(room.hello(&agent).offers, []);
}

#[test]
fn what_was_taken_back_is_never_offered_again_as_something_else() {
    let room = Room::open();
    let (agent, desk) = (room.agent(), room.desk());
    let manual = file(1, "manual.pdf", 5);
    offer(&room, &desk, &manual);
    let id = manual.id.clone();
    room.say(&desk, &FromParticipant::Withdraw { id: id.clone() });
    room.heard(agent.address);
    room.heard(desk.address);
    room.events();
    let other = FileOffer {
        sha256: FileHash::try_from("cd".repeat(32)).unwrap(),
        ..file(1, "patch.exe", 9)
    };
    for again in [other, manual.clone()] {
        assert_eq!(offer(&room, &desk, &again), Heard::Nothing);
        assert_eq!(room.heard(desk.address), [ToParticipant::Withdrawn { id: id.clone() }]);
        assert_eq!(room.heard(agent.address), []);
    }
    // It was whole at the machine at that moment: the log says so.
    received(&room, &agent, &manual, Received::Done);
    let events = room.events();
    assert!(
        matches!(events.as_slice(), [SessionEvent::Received { file, outcome: Received::Done, .. }] if file.name == manual.name),
        "{events:?}"
    );
}

#[test]
fn the_first_message_fits_however_long_the_names_are() {
    let room = Room::open();
    let (agent, desk) = (room.agent(), room.desk());
    for seed in 1..=20 {
        offer(&room, &desk, &file(seed, &"検".repeat(80), 5));
    }
    for seed in 1..=20 {
        let id = CommandId::generate(&CountingRandom::new(1_000 + seed));
        let deed = serde_json::json!({"type": "request", "id": id, "stream": 2 * seed + 1,
            "deed": {"what": "list_files", "folder": "検".repeat(200)}});
        room.say_text(&desk, &deed.to_string());
    }
    let welcome = room.hello(&agent);
    let length = serde_json::to_vec(&welcome).unwrap().len();
    assert!((10_000..15 * 1024).contains(&length), "{length}");
    let latest = welcome.offers.last().expect("the latest offers are told");
    assert_eq!(latest.file.id, file(20, "x", 5).id);
}

#[test]
fn a_connection_is_resumed_so_often_and_then_joined_anew() {
    let room = Room::open();
    let mut desk = room.desk();
    for _ in 0..tegata_domain::session::record::MOST_RESUMES {
        let resume = room.hello(&desk).resume.unwrap();
        desk = room.admit(&crate::support::room::from_the_desk(resume)).unwrap();
    }
    assert_eq!(room.hello(&desk).resume, None);
}

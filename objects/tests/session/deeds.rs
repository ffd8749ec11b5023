//! What the desk has done on the machine, and who learns of it.

use tegata_domain::id::CommandId;
use tegata_domain::random::CountingRandom;
use tegata_domain::session::control::{Deed, FromParticipant, ToParticipant};
use tegata_domain::session::frame::{Act, Header, Kind};
use tegata_domain::session::relay::Passed;
use tegata_domain::session::{Ability, DeedOutcome, SessionEnd, SessionEvent};
use tegata_domain::text::LogName;
use tegata_objects::hosted::Heard;

use crate::support::room::{MALFORMED, Room, supporter};

fn id(seed: u64) -> CommandId {
    CommandId::generate(&CountingRandom::new(seed))
}

fn did(ability: Ability, detail: Option<&str>, outcome: DeedOutcome) -> SessionEvent {
    SessionEvent::Did {
        by: supporter("鈴木 一郎").into(),
        ability,
        detail: detail.map(str::to_owned),
        outcome,
    }
}

#[test]
fn a_deed_is_shown_done_and_reported() {
    let room = Room::open();
    let (machine, desk) = (room.agent(), room.desk());
    room.events();
    room.heard(1);
    room.ask(&desk, &id(1), Deed::RestartSoftware);
    let name = supporter("鈴木 一郎").name;
    let (deed, by) = (Deed::RestartSoftware, desk.address);
    assert_eq!(
        room.heard(machine.address),
        [
            ToParticipant::Request {
                id: id(1),
                by,
                name: name.clone(),
                deed: deed.clone(),
                stream: None,
                again: false
            },
            ToParticipant::Doing {
                id: id(1),
                by,
                name,
                deed
            }
        ]
    );
    let outcome = DeedOutcome::Done;
    room.say(&machine, &FromParticipant::Result { id: id(1), outcome });
    assert_eq!(
        room.heard(desk.address).last(),
        Some(&ToParticipant::Done { id: id(1), outcome })
    );
    assert_eq!(room.events(), [did(Ability::RestartSoftware, None, DeedOutcome::Done)]);
    // Only the first answer counts, and a repeated request is answered, not done again.
    let outcome = DeedOutcome::Failed;
    room.say(&machine, &FromParticipant::Result { id: id(1), outcome });
    room.heard(machine.address);
    room.ask(&desk, &id(1), Deed::RestartSoftware);
    assert_eq!(room.heard(machine.address), []);
    assert_eq!(
        room.heard(desk.address),
        [ToParticipant::Done {
            id: id(1),
            outcome: DeedOutcome::Done
        }]
    );
    assert_eq!(room.events(), []);
}

#[test]
fn what_was_not_approved_is_refused_and_the_machine_hears_nothing() {
    let room = Room::with(&[Ability::Diagnostics]);
    let (machine, desk) = (room.agent(), room.desk());
    room.events();
    room.heard(1);
    for (seed, deed, ability) in [
        (1, Deed::RestartSoftware, Ability::RestartSoftware),
        (2, Deed::RestartMachine, Ability::RestartMachine),
    ] {
        room.ask(&desk, &id(seed), deed);
        let outcome = DeedOutcome::Refused;
        assert_eq!(room.heard(machine.address), []);
        assert_eq!(
            room.heard(desk.address).last(),
            Some(&ToParticipant::Done { id: id(seed), outcome })
        );
        assert_eq!(room.events(), [did(ability, None, outcome)]);
    }
    let log = LogName::parse("印刷サーバー").unwrap();
    room.ask(&desk, &id(3), Deed::LogTail { log });
    assert_eq!(room.heard(machine.address).len(), 2);
    let without = Room::with(&[Ability::RestartSoftware]);
    without.agent();
    let open = Header::new(Act::Open, Kind::Diagnostics, 1, 7);
    assert_eq!(without.frame(&without.desk(), &open), Passed::End(MALFORMED));
}

#[test]
fn a_request_that_the_agent_has_not_answered_waits_for_it_even_through_a_kill() {
    let room = Room::open();
    let (machine, desk) = (room.agent(), room.desk());
    room.ask(&desk, &id(1), Deed::RestartMachine);
    room.hang_up(&machine);
    room.kill();
    room.events();
    let machine = room.agent();
    room.hello(&machine);
    let deed = Deed::RestartMachine;
    assert!(matches!(
        room.heard(machine.address).last(),
        Some(ToParticipant::Request { deed: asked, again: true, .. }) if *asked == deed
    ));
    let outcome = DeedOutcome::Unknown;
    room.say(&machine, &FromParticipant::Result { id: id(1), outcome });
    let events = room.events();
    assert_eq!(events.last(), Some(&did(Ability::RestartMachine, None, outcome)));
    room.heard(machine.address);
    room.hello(&machine);
    assert_eq!(room.heard(machine.address), [], "it is not asked again");
}

#[test]
fn nothing_waits_for_an_agent_that_is_away() {
    let room = Room::open();
    let (machine, desk) = (room.agent(), room.desk());
    room.hang_up(&machine);
    room.events();
    room.ask(&desk, &id(1), Deed::RestartMachine);
    let outcome = DeedOutcome::Failed;
    assert_eq!(
        room.heard(desk.address).last(),
        Some(&ToParticipant::Done { id: id(1), outcome })
    );
    assert_eq!(room.events(), [did(Ability::RestartMachine, None, outcome)]);
    let machine = room.agent();
    room.hello(&machine);
    let heard = room.heard(machine.address);
    assert!(!heard.iter().any(|said| matches!(said, ToParticipant::Request { .. })));
}

#[test]
fn a_ninth_waiting_request_is_refused() {
    let room = Room::open();
    let (_, desk) = (room.agent(), room.desk());
    for seed in 1..10 {
        room.ask(&desk, &id(seed), Deed::Overview);
    }
    let outcome = DeedOutcome::Refused;
    assert_eq!(
        room.heard(desk.address).last(),
        Some(&ToParticipant::Done { id: id(9), outcome })
    );
}

#[test]
fn either_side_ends_the_session_and_the_report_says_which() {
    for (ends, why, by) in [
        (1, SessionEnd::Machine, None),
        (2, SessionEnd::Desk, Some(supporter("鈴木 一郎"))),
    ] {
        let room = Room::open();
        let (machine, desk) = (room.agent(), room.desk());
        room.events();
        let from = if ends == 1 { &machine } else { &desk };
        room.say(from, &FromParticipant::End);
        assert_eq!(room.heard(2).last(), Some(&ToParticipant::Ended { why }));
        assert_eq!(room.heard(1).last(), Some(&ToParticipant::Ended { why }));
        assert_eq!(room.closed.take().len(), 2);
        assert_eq!(
            room.events(),
            [SessionEvent::Ended {
                why,
                by: by.map(Into::into)
            }]
        );
        assert_eq!(room.say(from, &FromParticipant::Hello), Heard::Nothing);
    }
}

#[test]
fn nobody_speaks_for_the_other_side() {
    let room = Room::open();
    let (machine, desk) = (room.agent(), room.desk());
    let (deed, stream, outcome) = (Deed::Overview, None, DeedOutcome::Done);
    let request = FromParticipant::Request {
        id: id(1),
        deed,
        stream,
    };
    assert_eq!(room.say(&machine, &request), Heard::Close(MALFORMED));
    room.say(&desk, &request);
    let result = FromParticipant::Result { id: id(1), outcome };
    assert_eq!(room.say(&desk, &result), Heard::Close(MALFORMED));
    for text in ["", "{}", "[]", r#"{"type":"request"}"#, "\u{0}"] {
        assert_eq!(room.say_text(&desk, text), Heard::Close(MALFORMED), "{text}");
    }
    assert_eq!(room.say_text(&desk, r#"{"type":"dance"}"#), Heard::Nothing);
}

#[test]
fn who_does_not_read_is_disconnected_and_the_others_go_on() {
    let room = Room::open();
    let (machine, stalled) = (room.agent(), room.desk());
    let mut hellos = 0;
    while room.closed.borrow().is_empty() {
        room.say(&stalled, &FromParticipant::Hello);
        hellos += 1;
        assert!(hellos < 1000);
    }
    assert_eq!(room.closed.take(), [(stalled.address, 4004)]);
    room.events();
    room.heard(machine.address);
    room.advance(1);
    assert_eq!(
        room.heard(machine.address),
        [ToParticipant::Left { id: stalled.address }]
    );
    let by = supporter("鈴木 一郎");
    assert_eq!(room.events(), [SessionEvent::Left { by: by.into() }]);
    room.hang_up(&stalled);
    room.hello(&machine);
    assert_eq!((room.events(), room.heard(machine.address)), (vec![], vec![]));
}

#[test]
fn an_agent_that_does_not_read_is_away_for_everybody() {
    let room = Room::open();
    let (stalled, desk) = (room.agent(), room.desk());
    while room.closed.borrow().is_empty() {
        room.say(&stalled, &FromParticipant::Hello);
    }
    assert_eq!(room.closed.take(), [(stalled.address, 4004)]);
    room.heard(desk.address);
    room.advance(1);
    assert_eq!(room.heard(desk.address), [ToParticipant::Left { id: stalled.address }]);
    let welcome = room.hello(&desk);
    assert_eq!(welcome.roster.len(), 1, "the desk alone");
}

#[test]
fn a_text_for_the_clipboard_goes_to_the_agent_alone() {
    let room = Room::open();
    let (agent, desk, other) = (room.agent(), room.desk(), room.desk());
    room.events();
    let secret = "合言葉 7KQ2";
    let deed: Deed = serde_json::from_value(serde_json::json!({"what": "put_text", "text": secret})).unwrap();
    room.ask(&desk, &id(1), deed);
    let said = |seat: &tegata_domain::session::relay::Seat| serde_json::to_string(&room.heard(seat.address)).unwrap();
    assert!(said(&agent).contains(secret));
    for seat in [&desk, &other] {
        assert!(!said(seat).contains(secret));
    }
    room.hang_up(&agent);
    let agent = room.agent();
    room.hello(&agent);
    assert!(
        !said(&agent).contains(secret),
        "what is asked again is not begun, and has no text"
    );
    let result = FromParticipant::Result {
        id: id(1),
        outcome: DeedOutcome::Done,
    };
    room.say(&agent, &result);
    let events = room.events();
    assert!(
        !serde_json::to_string(&serde_json::to_value(&events).unwrap())
            .unwrap()
            .contains(secret)
    );
    assert_eq!(
        events,
        [did(Ability::ControlScreen, Some("put_text"), DeedOutcome::Done)]
    );
}

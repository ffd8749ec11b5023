//! The claim of a number, the period, its warning and its end.

use tegata_domain::command::{EndSession, ExtendSession};
use tegata_domain::outbox::DeliveryError;
use tegata_domain::session::control::{Deed, ToParticipant};
use tegata_domain::session::{DeedOutcome, SessionEnd, SessionEvent};
use tegata_domain::socket::Admission;
use tegata_domain::time::UnixSeconds;

use tegata_domain::error::Refusal;
use tegata_domain::id::CommandId;

use crate::support::room::{HOUR, Room, START, agent, from_the_desk, launch, supporter};

const DAY: i64 = 24 * HOUR;

#[test]
fn the_first_launch_gets_the_number_and_any_other_learns_that_it_is_taken() {
    let room = Room::empty();
    room.send(room.opening("aozora", launch(7))).unwrap();
    room.send(room.opening("aozora", launch(7))).unwrap();
    room.send(room.opening("aozora", launch(8))).unwrap();
    room.send(room.opening("minato", launch(7))).unwrap();
    room.deliver();
    let told: Vec<_> = room
        .told
        .take()
        .into_iter()
        .map(|(tenant, launch, report)| (tenant, launch, report.number, report.event))
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    for expected in [
        ("aozora", launch(7), 1, SessionEvent::Opened),
        ("aozora", launch(8), 1, SessionEvent::Taken),
        ("minato", launch(7), 1, SessionEvent::Taken),
    ] {
        let (tenant, launch, number, event) = expected;
        assert!(told.contains(&(tenant.to_owned(), launch, number, event)), "{told:?}");
    }
    // The first session is as it was opened.
    room.desk();
}

#[test]
fn a_thousand_launches_race_for_one_number_and_one_gets_it() {
    let room = Room::empty();
    for _ in 0..1000 {
        let launch = tegata_domain::id::LaunchId::generate(&room.random);
        room.send(room.opening("aozora", launch)).unwrap();
    }
    for _ in 0..20 {
        room.deliver();
    }
    let told = room.told.take();
    let opened = told
        .iter()
        .filter(|(_, _, report)| report.event == SessionEvent::Opened);
    assert_eq!((opened.count(), told.len()), (1, 1000));
}

#[test]
fn the_participants_are_warned_and_the_session_ends_in_time() {
    let room = Room::open();
    let (machine, desk) = (room.agent(), room.desk());
    room.events();
    room.heard(1);
    room.advance(HOUR - 301);
    assert_eq!(room.heard(1), []);
    room.advance(1);
    let warning = ToParticipant::Warning {
        until: UnixSeconds(START + HOUR),
    };
    assert_eq!(room.heard(machine.address).as_slice(), core::slice::from_ref(&warning));
    assert_eq!(room.heard(desk.address).last(), Some(&warning));
    room.advance(299);
    assert_eq!(room.closed.take(), []);
    room.advance(1);
    let why = SessionEnd::Expired;
    assert_eq!(room.heard(machine.address), [ToParticipant::Ended { why }]);
    assert_eq!(room.closed.take(), [(1, 4001), (2, 4001)]);
    assert_eq!(room.events(), [SessionEvent::Ended { why, by: None }]);
}

#[test]
fn an_extension_moves_the_end_and_warns_again() {
    let room = Room::open();
    let machine = room.agent();
    room.advance(HOUR - 300);
    room.heard(machine.address);
    let until = UnixSeconds(START + 2 * HOUR);
    room.extend(until.0);
    room.extend(until.0);
    assert_eq!(room.heard(machine.address), [ToParticipant::Extended { until }]);
    room.advance(HOUR);
    assert_eq!(room.heard(machine.address), [ToParticipant::Warning { until }]);
    room.advance(300);
    assert_eq!(room.closed.take(), [(1, 4001)]);
}

#[test]
fn nobody_comes_in_after_the_end_and_nothing_revives_it() {
    let room = Room::open();
    let (password, ticket) = (room.password().shown(), room.ticket());
    let resume = room.hello(&room.desk()).resume.unwrap();
    room.end(SessionEnd::Administrator);
    room.end(SessionEnd::Desk);
    room.extend(START + 9 * HOUR);
    room.send(room.opening("aozora", launch(7))).unwrap();
    assert_eq!(room.try_password(&password), Err(Refusal::WrongSession));
    for ticket in [ticket, resume] {
        let admitted = room.admit(&from_the_desk(ticket));
        assert_eq!(admitted.unwrap_err(), Refusal::Forbidden);
    }
    let proof = room.proof("late");
    assert_eq!(
        room.admit(&Admission::Agent(agent(), proof)).unwrap_err(),
        Refusal::Forbidden
    );
    let ended = room
        .events()
        .into_iter()
        .filter(|event| matches!(event, SessionEvent::Ended { why, .. } if *why == SessionEnd::Administrator));
    assert_eq!(ended.count(), 1);
}

#[test]
fn another_launch_neither_ends_nor_extends_it() {
    let room = Room::open();
    let (launch, why, until) = (launch(8), SessionEnd::Desk, UnixSeconds(START + 9 * HOUR));
    let other = launch.clone();
    room.send(EndSession { launch, why }).unwrap();
    room.send(ExtendSession { launch: other, until }).unwrap();
    let desk = room.desk();
    assert_eq!(room.hello(&desk).until, UnixSeconds(START + HOUR));
}

#[test]
fn an_ended_session_is_emptied_and_its_number_kept_for_thirty_days() {
    let room = Room::open();
    let (_, desk) = (room.agent(), room.desk());
    room.ticket();
    room.ask(&desk, &CommandId::generate(&room.random), Deed::Overview);
    room.advance(HOUR);
    let events = room.events();
    assert!(
        events.contains(&SessionEvent::Did {
            by: supporter("鈴木 一郎").into(),
            ability: tegata_domain::session::Ability::Diagnostics,
            detail: Some("overview".to_owned()),
            outcome: DeedOutcome::Unknown,
        }),
        "what has no outcome by the end is unknown"
    );
    let rows: Vec<_> = room.rows().into_iter().collect();
    assert_eq!(rows, [("session".to_owned(), 1)]);
    room.advance(30 * DAY - 1);
    room.send(room.opening("aozora", launch(9))).unwrap();
    assert_eq!(room.events(), [SessionEvent::Taken]);
    room.advance(1);
    assert!(room.rows().is_empty());
    room.send(room.opening("aozora", launch(9))).unwrap();
    assert_eq!(room.events(), [SessionEvent::Opened]);
}

#[test]
fn reports_arrive_in_order_however_often_delivery_fails() {
    let room = Room::empty();
    room.send(room.opening("aozora", launch(7))).unwrap();
    let failure = Err(DeliveryError::Temporary("down".to_owned()));
    room.deliver_or(&failure);
    room.agent();
    room.deliver_or(&failure);
    room.desk();
    room.told.take();
    // Each delivery carries everything that was not delivered, so that the tenant has no gap to wait for.
    room.advance(600);
    let mut last = 0;
    for (_, _, report) in room.told.take() {
        assert!(report.number <= last + 1, "{} after {last}", report.number);
        last = last.max(report.number);
    }
    assert_eq!(last, 3);
    assert_eq!(room.rows().get("report"), None);
}

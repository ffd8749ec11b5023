//! Who comes in, with what, and how often.

use tegata_domain::command::SessionVoucher;
use tegata_domain::error::Refusal;
use tegata_domain::id::AgentId;
use tegata_domain::jwk::Thumbprint;
use tegata_domain::random::CountingRandom;
use tegata_domain::session::SessionEvent;
use tegata_domain::session::control::{Participant, Role, ToParticipant};
use tegata_domain::session::frame::{Act, Header, Kind};
use tegata_domain::session::relay::Passed;
use tegata_domain::slug::Slug;
use tegata_domain::socket::Admission;

use crate::support::room::{Room, agent, from_the_desk, supporter};

#[test]
fn the_right_password_gives_a_ticket_that_works_once() {
    let room = Room::open();
    let ticket = room.ticket();
    let seat = room.admit(&from_the_desk(ticket.clone())).unwrap();
    assert_eq!(seat.address, 2);
    let again = room.admit(&from_the_desk(ticket));
    assert_eq!(again.unwrap_err(), Refusal::Forbidden);
    assert_eq!(
        room.events(),
        [SessionEvent::Joined {
            by: supporter("鈴木 一郎").into()
        }]
    );
}

#[test]
fn a_ticket_expires_after_half_a_minute() {
    let room = Room::open();
    let ticket = room.ticket();
    room.advance(30);
    assert!(room.admit(&from_the_desk(ticket)).is_err());
    let ticket = room.ticket();
    room.advance(29);
    assert!(room.admit(&from_the_desk(ticket)).is_ok());
}

#[test]
fn ten_wrong_passwords_lock_it_and_nobody_inside_is_removed() {
    let room = Room::open();
    let (machine, desk) = (room.agent(), room.desk());
    let before = room.ticket();
    room.events();
    for _ in 0..9 {
        assert_eq!(room.try_password("2222-2222"), Err(Refusal::WrongSession));
    }
    room.ticket();
    assert_eq!(room.events(), []);
    assert_eq!(room.try_password("nonsense"), Err(Refusal::WrongSession));
    assert_eq!(room.events(), [SessionEvent::Locked]);
    for seat in [&machine, &desk] {
        assert_eq!(room.heard(seat.address).last(), Some(&ToParticipant::Locked));
    }
    let right = room.password().shown();
    assert_eq!(room.try_password(&right), Err(Refusal::WrongSession));
    assert_eq!(room.try_password("2222-2222"), Err(Refusal::WrongSession));
    assert_eq!((room.events(), room.closed.take()), (vec![], vec![]));
    // A ticket that was given before still works, and so does coming back.
    room.admit(&from_the_desk(before)).unwrap();
    let resume = room.hello(&desk).resume.unwrap();
    room.admit(&from_the_desk(resume)).unwrap();
}

#[test]
fn unknown_numbers_and_other_providers_answer_like_a_wrong_password() {
    let room = Room::open();
    let right = room.password().shown();
    let mut foreign = supporter("鈴木 一郎");
    foreign.provider = Slug::parse("minami-desk").unwrap();
    assert_eq!(room.try_with(room.voucher(foreign), &right), Err(Refusal::WrongSession));
    let nowhere = Room::empty();
    assert_eq!(nowhere.try_password(&right), Err(Refusal::WrongSession));
    assert!(nowhere.rows().is_empty(), "a guess leaves nothing behind");
}

#[test]
fn a_voucher_is_good_once_for_a_minute_and_only_if_it_is_genuine() {
    let room = Room::open();
    let right = room.password().shown();
    let voucher = room.voucher(supporter("鈴木 一郎"));
    room.try_with(voucher.clone(), &right).unwrap();
    assert_eq!(room.try_with(voucher, &right), Err(Refusal::WrongSession));
    let late = room.voucher(supporter("鈴木 一郎"));
    room.advance(60);
    assert_eq!(room.try_with(late, &right), Err(Refusal::WrongSession));
    let genuine = room.voucher(supporter("鈴木 一郎"));
    let forged = SessionVoucher {
        by: supporter("佐藤 花子"),
        ..genuine
    };
    assert_eq!(room.try_with(forged, &right), Err(Refusal::WrongSession));
}

#[test]
fn the_agent_comes_in_with_its_key_and_a_fresh_proof() {
    let room = Room::open();
    let other = AgentId::generate(&CountingRandom::new(99));
    let refused = room.admit(&Admission::Agent(other, room.proof("a")));
    assert_eq!(refused.unwrap_err(), Refusal::Forbidden);
    let mut stolen = room.proof("b");
    stolen.jkt = Thumbprint::parse("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I").unwrap();
    let refused = room.admit(&Admission::Agent(agent(), stolen));
    assert_eq!(refused.unwrap_err(), Refusal::Forbidden);
    room.admit(&Admission::Agent(agent(), room.proof("c"))).unwrap();
    let replayed = room.admit(&Admission::Agent(agent(), room.proof("c")));
    assert_eq!(replayed.unwrap_err(), Refusal::ReplayedProof);
    room.agent();
    assert_eq!(room.events(), [SessionEvent::AgentJoined], "only the first time");
}

#[test]
fn everybody_learns_who_is_inside() {
    let room = Room::open();
    let machine = room.agent();
    let desk = room.desk();
    let own = Participant {
        id: 2,
        role: Role::Desk,
        name: "鈴木 一郎".to_owned(),
        sharing: None,
    };
    assert_eq!(room.heard(machine.address), [ToParticipant::Joined(own.clone())]);
    let welcome = room.hello(&desk);
    assert_eq!((welcome.you, welcome.roster.len()), (2, 2));
    assert_eq!(welcome.roster.last(), Some(&own));
    assert_eq!(welcome.equipment, "5軸加工機 7号機");
    assert!(welcome.resume.is_some());
    assert_eq!(room.hello(&machine).resume, None);
    room.hang_up(&desk);
    assert_eq!(room.heard(machine.address), [ToParticipant::Left { id: 2 }]);
    room.events();
    room.hang_up(&machine);
    assert_eq!(
        room.events(),
        [],
        "the tenant knows from the control socket that the agent is away"
    );
}

#[test]
fn a_connection_is_resumed_once_and_gets_a_new_address() {
    let room = Room::open();
    let machine = room.agent();
    let desk = room.desk();
    let first = room.hello(&desk).resume.unwrap();
    let second = room.hello(&desk).resume.unwrap();
    assert!(room.admit(&from_the_desk(first)).is_err(), "it was replaced");
    room.heard(machine.address);
    let back = room.admit(&from_the_desk(second.clone())).unwrap();
    assert_eq!(back.address, 3, "addresses are not given twice");
    assert_eq!(room.closed.take(), [(desk.address, 4002)]);
    assert!(matches!(
        room.heard(machine.address).as_slice(),
        [ToParticipant::Left { .. }, ToParticipant::Joined(_)]
    ));
    assert!(room.admit(&from_the_desk(second)).is_err());
    // The end of the old socket comes late, and ends nothing.
    room.hang_up(&desk);
    assert_eq!(room.heard(machine.address), []);
}

#[test]
fn the_agents_newest_socket_is_the_one_that_counts() {
    let room = Room::open();
    let old = room.agent();
    let desk = room.desk();
    let new = room.agent();
    let open = Header::new(Act::Open, Kind::Diagnostics, 1, 7);
    assert_eq!(room.frame(&desk, &open), Passed::To(1));
    let data = Header::new(Act::Data, Kind::Diagnostics, desk.address, 7);
    assert_eq!(room.frame(&old, &data), Passed::Skip);
    room.hang_up(&old);
    assert_eq!(room.frame(&new, &data), Passed::To(desk.address));
}

#[test]
fn sleep_changes_nothing_and_after_a_kill_everybody_comes_back() {
    let room = Room::open();
    let (machine, desk) = (room.agent(), room.desk());
    let resume = room.hello(&desk).resume.unwrap();
    let open = Header::new(Act::Open, Kind::Diagnostics, 1, 7);
    assert_eq!(room.frame(&desk, &open), Passed::To(1));
    room.events();
    room.sleep();
    let data = Header::new(Act::Data, Kind::Diagnostics, desk.address, 7);
    assert_eq!(room.frame(&machine, &data), Passed::To(desk.address));
    room.hello(&machine);
    assert_eq!(room.events(), []);

    room.kill();
    assert_eq!(room.frame(&desk, &open), Passed::Skip);
    room.agent();
    let by = supporter("鈴木 一郎");
    assert_eq!(
        room.events(),
        [SessionEvent::Left { by: by.clone().into() }],
        "nobody is inside"
    );
    // `hello` after the sleep gave no new ticket to the desk, so its first is good.
    let back = room.admit(&from_the_desk(resume)).unwrap();
    assert_eq!(room.events(), [SessionEvent::Joined { by: by.into() }]);
    assert_eq!(room.hello(&back).roster.len(), 2);
}

#[test]
fn there_is_room_for_eight() {
    let room = Room::open();
    for _ in 0..8 {
        room.desk();
    }
    assert!(room.admit(&from_the_desk(room.ticket())).is_err());
}

//! An attended session: nobody gets in before the first consent, and everybody only with their own word.

use tegata_domain::command::{AdmitGuest, GuestVoucher};
use tegata_domain::error::Refusal;
use tegata_domain::id::{GuestId, LaunchId};
use tegata_domain::random::CountingRandom;
use tegata_domain::session::control::{FromParticipant, Participant, Role, Surface, ToParticipant};
use tegata_domain::session::frame::REMOVED;
use tegata_domain::session::{SessionEnd, SessionEvent};
use tegata_domain::slug::Slug;
use tegata_domain::socket::Admission;

use tegata_objects::hosted::Heard;

use crate::support::room::{MALFORMED, Room, from_the_desk, guest, supporter};

const HANAKO: &str = "佐藤 花子";

fn at_the_customer(ticket: tegata_domain::secret::PlainSessionTicket) -> Admission {
    Admission::Person(Slug::parse("aozora").unwrap(), ticket)
}

#[test]
fn the_desk_gets_in_only_after_somebody_at_the_customer_has_consented() {
    let room = Room::attended();
    let right = room.password().shown();
    assert_eq!(room.try_password(&right), Err(Refusal::Unconsented));
    // A wrong password does not tell that there is such a session.
    assert_eq!(room.try_password("2222-2222"), Err(Refusal::WrongSession));
    let guest_seat = room.guest(HANAKO);
    let desk = room.desk();
    let welcome = room.hello(&desk);
    assert_eq!(welcome.title.as_deref(), Some("印刷のずれの確認"));
    assert_eq!((welcome.equipment.as_str(), welcome.serial_number.as_str()), ("", ""));
    let roster: Vec<(Role, &str)> = welcome.roster.iter().map(|who| (who.role, who.name.as_str())).collect();
    assert_eq!(roster, [(Role::Guest, HANAKO), (Role::Desk, "鈴木 一郎")]);
    assert!(matches!(
        room.heard(guest_seat.address).as_slice(),
        [ToParticipant::Joined(Participant { role: Role::Desk, .. })]
    ));
    let joined = [
        SessionEvent::Joined {
            by: tegata_domain::session::party::Party::Guest(guest(HANAKO)),
        },
        SessionEvent::Joined {
            by: supporter("鈴木 一郎").into(),
        },
    ];
    assert_eq!(room.events(), joined);
}

#[test]
fn a_guests_voucher_works_once_for_its_own_session_and_for_a_minute() {
    let room = Room::attended();
    let voucher = room.guest_voucher(guest(HANAKO));
    let changes: [fn(&mut GuestVoucher); 4] = [
        |v| v.tenant = Slug::parse("midori").unwrap(),
        |v| v.launch = LaunchId::generate(&CountingRandom::new(99)),
        |v| v.by.guest = GuestId::generate(&CountingRandom::new(99)),
        |v| v.expires_at = v.expires_at.plus(60),
    ];
    for (which, change) in changes.iter().enumerate() {
        let mut changed = voucher.clone();
        change(&mut changed);
        assert_eq!(
            room.send(AdmitGuest { voucher: changed }).unwrap_err(),
            Refusal::Forbidden,
            "{which}"
        );
    }
    // None of these was a consent.
    assert_eq!(room.try_password(&room.password().shown()), Err(Refusal::Unconsented));
    room.send(AdmitGuest {
        voucher: voucher.clone(),
    })
    .unwrap();
    assert_eq!(room.send(AdmitGuest { voucher }).unwrap_err(), Refusal::Forbidden);
    let late = room.guest_voucher(guest(HANAKO));
    room.advance(60);
    assert_eq!(room.send(AdmitGuest { voucher: late }).unwrap_err(), Refusal::Forbidden);
    let equipment = Room::open();
    let voucher = equipment.guest_voucher(guest(HANAKO));
    assert_eq!(
        equipment.send(AdmitGuest { voucher }).unwrap_err(),
        Refusal::Forbidden,
        "guests are in attended sessions alone"
    );
}

#[test]
fn a_ticket_is_good_on_the_path_of_its_own_tenant_alone() {
    let room = Room::attended();
    let voucher = room.guest_voucher(guest(HANAKO));
    let ticket = room.send(AdmitGuest { voucher }).unwrap().ticket;
    assert!(
        room.admit(&from_the_desk(ticket.clone())).is_err(),
        "the provider's path"
    );
    assert!(room.admit(&at_the_customer(ticket)).is_err(), "it was spent");
    let desks = room.ticket();
    assert!(room.admit(&at_the_customer(desks)).is_err());
}

#[test]
fn id_and_password_say_which_session_it_is_and_let_nobody_in() {
    let room = Room::attended();
    let right = room.password().shown();
    assert_eq!(room.knock("minami-desk", &right).unwrap_err(), Refusal::WrongSession);
    let knocked = room.knock("kita-desk", &right).unwrap();
    assert_eq!(
        (knocked.tenant.as_str(), knocked.launch),
        ("aozora", crate::support::room::launch(7))
    );
    assert_eq!(
        room.try_password(&right),
        Err(Refusal::Unconsented),
        "that was no consent"
    );
    room.events();
    for _ in 0..12 {
        assert_eq!(room.knock("kita-desk", "2222-2222").unwrap_err(), Refusal::WrongSession);
    }
    assert_eq!(room.events(), [SessionEvent::Locked], "the tenth is told");
    assert_eq!(room.knock("kita-desk", &right).unwrap_err(), Refusal::WrongSession);
    // Strangers who guess do not lock the desk out.
    room.guest(HANAKO);
    room.desk();
    assert_eq!(
        Room::open().knock("kita-desk", &right).unwrap_err(),
        Refusal::WrongSession
    );
}

#[test]
fn everybody_hears_who_shares_and_it_is_on_the_record() {
    let room = Room::attended();
    let (hanako, desk) = (room.guest(HANAKO), room.desk());
    room.events();
    let share = |surface| room.say(&hanako, &FromParticipant::Share { surface });
    let (id, monitor) = (hanako.address, Some(Surface::Monitor));
    for _ in 0..2 {
        assert_eq!(share(monitor), Heard::Nothing);
    }
    assert!(
        room.heard(desk.address)
            .contains(&ToParticipant::Sharing { id, surface: monitor })
    );
    let shown = room.hello(&desk).roster;
    assert!(shown.iter().any(|who| who.id == id && who.sharing == monitor));
    share(None);
    let by = tegata_domain::session::party::Party::Guest(guest(HANAKO));
    let events = [
        SessionEvent::Sharing {
            by: by.clone(),
            surface: monitor,
        },
        SessionEvent::Sharing { by, surface: None },
    ];
    assert_eq!(room.events(), events);
    let equipment = Room::open();
    let desk = equipment.desk();
    let surface = monitor;
    let refused = equipment.say(&desk, &FromParticipant::Share { surface });
    assert_eq!(refused, Heard::Close(MALFORMED), "on equipment nobody shares");
}

#[test]
fn the_desk_removes_a_guest_at_once_and_the_guest_cannot_resume() {
    let room = Room::attended();
    let (hanako, desk) = (room.guest(HANAKO), room.desk());
    let earlier = room.hello(&hanako).resume.expect("a ticket to resume");
    // They consent anew, over the same link, instead of resuming.
    room.hang_up(&hanako);
    let hanako = room.guest(HANAKO);
    let resume = room.hello(&hanako).resume.expect("a ticket to resume");
    room.events();
    let remove = |from, who| room.say(from, &FromParticipant::Remove { who });
    assert_eq!(
        remove(&hanako, desk.address),
        Heard::Close(MALFORMED),
        "guests remove nobody"
    );
    assert_eq!(
        remove(&desk, desk.address),
        Heard::Close(MALFORMED),
        "nobody removes themselves"
    );
    assert_eq!(remove(&desk, hanako.address), Heard::Nothing);
    assert_eq!(room.closed.take(), [(hanako.address, REMOVED)]);
    for ticket in [earlier, resume] {
        assert!(room.admit(&at_the_customer(ticket)).is_err());
    }
    let events = room.events();
    assert!(matches!(
        events.as_slice(),
        [SessionEvent::Removed { .. }, SessionEvent::Left { .. }]
    ));
}

#[test]
fn either_side_ends_it_and_it_says_who() {
    let room = Room::attended();
    let (hanako, _desk) = (room.guest(HANAKO), room.desk());
    room.events();
    room.say(&hanako, &FromParticipant::End);
    let (why, by) = (
        SessionEnd::Guest,
        Some(tegata_domain::session::party::Party::Guest(guest(HANAKO))),
    );
    assert_eq!(room.events(), [SessionEvent::Ended { why, by }]);
    let voucher = room.guest_voucher(guest(HANAKO));
    assert_eq!(room.send(AdmitGuest { voucher }).unwrap_err(), Refusal::Forbidden);
    assert!(
        room.rows()
            .keys()
            .all(|table| ["session", "report", "outbox"].contains(&table.as_str()))
    );
}

#[test]
fn guests_are_sixteen_at_most() {
    let room = Room::attended();
    for number in 0..16 {
        room.guest(&"客".repeat(number + 1));
    }
    let voucher = room.guest_voucher(guest(HANAKO));
    let ticket = room.send(AdmitGuest { voucher }).unwrap().ticket;
    assert_eq!(room.admit(&at_the_customer(ticket)).unwrap_err(), Refusal::Forbidden);
    room.desk();
}

//! What is on the record of screens and terminals, though it passes unread.

use tegata_domain::session::frame::{AGENT, Act, Header, Kind, cost};
use tegata_domain::session::record::MOST_TYPED;
use tegata_domain::session::relay::{Passed, Seat};
use tegata_domain::session::{Ability, DeedOutcome, SessionEvent};

use crate::support::room::{Room, START, supporter};

fn open(room: &Room, desk: &Seat, kind: Kind, stream: u32) {
    let header = Header::new(Act::Open, kind, AGENT, stream);
    assert_eq!(room.frame(desk, &header), Passed::To(AGENT));
}

/// The machine shows something for the first time, or closes the stream instead.
fn answer(room: &Room, (agent, desk): (&Seat, &Seat), act: Act, kind: Kind, stream: u32) {
    let header = Header::new(act, kind, desk.address, stream);
    room.payload(agent, &header, START * 1000, b"");
}

fn did(ability: Ability) -> SessionEvent {
    SessionEvent::Did {
        by: supporter("鈴木 一郎").into(),
        ability,
        detail: None,
        outcome: DeedOutcome::Done,
    }
}

#[test]
fn who_sees_a_screen_or_uses_a_terminal_is_in_the_log_once() {
    for (abilities, expected) in [
        (Ability::ALL.to_vec(), Ability::ControlScreen),
        (vec![Ability::ViewScreen, Ability::Terminal], Ability::ViewScreen),
    ] {
        let room = Room::with(&abilities);
        let (agent, desk) = (room.agent(), room.desk());
        let shown = |kind, stream| answer(&room, (&agent, &desk), Act::Data, kind, stream);
        room.events();
        open(&room, &desk, Kind::Screen, 1);
        assert!(!room.write_down(), "the machine has not answered");
        shown(Kind::Screen, 1);
        assert!(room.write_down());
        open(&room, &desk, Kind::Screen, 2);
        shown(Kind::Screen, 2);
        open(&room, &desk, Kind::Terminal, 3);
        shown(Kind::Terminal, 3);
        room.write_down();
        assert!(!room.write_down(), "nothing is left");
        assert_eq!(room.events(), [did(expected), did(Ability::Terminal)]);
    }
}

#[test]
fn what_a_machine_does_not_show_is_in_the_log_as_tried() {
    let room = Room::open();
    let (agent, desk) = (room.agent(), room.desk());
    let answer = |act, stream| answer(&room, (&agent, &desk), act, Kind::Screen, stream);
    room.events();
    for stream in 1..=3 {
        open(&room, &desk, Kind::Screen, stream);
        answer(Act::Close, stream);
    }
    open(&room, &desk, Kind::Screen, 4);
    answer(Act::Data, 4);
    answer(Act::Close, 4);
    room.write_down();
    let mut failed = did(Ability::ControlScreen);
    if let SessionEvent::Did { outcome, .. } = &mut failed {
        *outcome = DeedOutcome::Failed;
    }
    assert_eq!(room.events(), [failed, did(Ability::ControlScreen)]);
}

#[test]
fn keys_are_in_the_log_though_the_machine_has_not_answered() {
    let ask = b"\x01{\"open\":{\"columns\":80,\"rows\":24,\"terminal\":null,\"from\":0}}";
    for (kind, sent, ability) in [
        (Kind::Screen, vec![&b"RFB 003.008\n"[..]], Ability::ControlScreen),
        (Kind::Terminal, vec![&ask[..], b"\0rm -r /srv\r"], Ability::Terminal),
    ] {
        let room = Room::open();
        let (_agent, desk) = (room.agent(), room.desk());
        room.events();
        open(&room, &desk, kind, 1);
        let mut offset = 0;
        for payload in sent {
            let mut header = Header::new(Act::Data, kind, AGENT, 1);
            header.offset = offset;
            room.payload(&desk, &header, START * 1000, payload);
            offset += cost(u32::try_from(payload.len()).unwrap());
        }
        room.hang_up(&desk);
        assert_eq!(room.events().first(), Some(&did(ability)), "{kind:?}");
    }
}

#[test]
fn what_is_typed_and_shown_is_kept_up_to_the_very_end() {
    let room = Room::open();
    let (agent, desk) = (room.agent(), room.desk());
    room.events();
    open(&room, &desk, Kind::Terminal, 1);
    let data = |to, offset| {
        let mut header = Header::new(Act::Data, Kind::Terminal, to, 1);
        header.offset = offset;
        header
    };
    let at = (START + 1) * 1000;
    room.payload(&desk, &data(AGENT, 0), at, b"\0date\r");
    room.payload(&agent, &data(desk.address, 0), at + 20, "\0土曜日\r\n".as_bytes());
    // The connection breaks before anything was stored.
    room.hang_up(&desk);
    let events = room.events();
    let by = supporter("鈴木 一郎").into();
    let lines = "[1.000,\"i\",\"date\\r\"]\n[1.020,\"o\",\"土曜日\\r\\n\"]\n".to_owned();
    assert_eq!(events.first(), Some(&did(Ability::Terminal)));
    assert_eq!(events.get(1), Some(&SessionEvent::Typed { by, lines }));
    assert!(matches!(events.get(2), Some(SessionEvent::Left { .. })));
}

#[test]
fn what_a_terminal_ignores_does_not_fill_its_record() {
    let room = Room::open();
    let (agent, desk) = (room.agent(), room.desk());
    open(&room, &desk, Kind::Terminal, 1);
    answer(&room, (&agent, &desk), Act::Data, Kind::Terminal, 1);
    room.events();
    let mut sent = 0_u64;
    let mut send = |payload: &[u8]| {
        let mut header = Header::new(Act::Data, Kind::Terminal, AGENT, 1);
        header.offset = sent;
        let mut credit = Header::new(Act::Credit, Kind::Terminal, desk.address, 1);
        credit.offset = sent + 200_000;
        room.frame(&agent, &credit);
        room.payload(&desk, &header, START * 1000, payload);
        sent += cost(u32::try_from(payload.len()).unwrap());
        room.write_down();
    };
    let junk = vec![7; 60_000];
    for _ in 0..80 {
        send(&junk);
    }
    assert_eq!(room.events(), [did(Ability::Terminal)]);
    send(b"\0rm -r /srv\r");
    let events = room.events();
    assert!(
        matches!(events.as_slice(), [SessionEvent::Typed { lines, .. }] if lines.contains("rm -r /srv")),
        "{events:?}"
    );
}

#[test]
fn the_record_of_terminals_has_a_limit_and_says_so() {
    let room = Room::open();
    let (agent, desk) = (room.agent(), room.desk());
    open(&room, &desk, Kind::Terminal, 1);
    let mut payload = vec![b'x'; 60_000];
    payload[0] = 0;
    let (mut sent, mut lines) = (0_u64, String::new());
    for _ in 0..80 {
        let mut header = Header::new(Act::Data, Kind::Terminal, desk.address, 1);
        header.offset = sent;
        let mut credit = Header::new(Act::Credit, Kind::Terminal, AGENT, 1);
        credit.offset = sent + 200_000;
        room.frame(&desk, &credit);
        assert_eq!(
            room.payload(&agent, &header, START * 1000, &payload),
            Passed::Kept(desk.address)
        );
        sent += cost(60_000);
        room.write_down();
        for event in room.events() {
            if let SessionEvent::Typed { lines: more, .. } = event {
                lines.push_str(&more);
            }
        }
    }
    let most = usize::try_from(MOST_TYPED).unwrap();
    assert!((most - 70_000..most + 1_000).contains(&lines.len()), "{}", lines.len());
    assert!(lines.ends_with("\"m\",\"the rest is not kept\"]\n"));
}

//! What is written in a session: in order, once, for everybody, also after a break.

use tegata_domain::id::CommandId;
use tegata_domain::random::CountingRandom;
use tegata_domain::session::SessionEvent;
use tegata_domain::session::control::{ChatMessage, FromParticipant, Role, ToParticipant};
use tegata_domain::session::relay::Seat;
use tegata_domain::text::ChatText;

use tegata_objects::hosted::Heard;

use crate::support::room::{MALFORMED, Room};

fn id(seed: u64) -> CommandId {
    CommandId::generate(&CountingRandom::new(seed))
}

fn write(room: &Room, from: &Seat, seed: u64, text: &str) {
    let (id, text) = (id(seed), ChatText::parse(text).unwrap());
    assert_eq!(room.say(from, &FromParticipant::Chat { id, text }), Heard::Nothing);
}

/// The messages that `seat` has heard, without those of other kinds.
fn read(room: &Room, seat: &Seat) -> Vec<ChatMessage> {
    let heard = room.heard(seat.address).into_iter();
    let messages = heard.filter_map(|message| match message {
        ToParticipant::Chat(message) => Some(message),
        _ => None,
    });
    messages.collect()
}

#[test]
fn everybody_reads_a_message_once_and_in_order_whoever_repeats_it() {
    let room = Room::open();
    let (agent, desk, other) = (room.agent(), room.desk(), room.desk());
    room.events();
    write(&room, &desk, 1, "聞こえますか。");
    write(&room, &agent, 2, "はい。\n見えています。");
    write(&room, &desk, 1, "聞こえますか。");
    for seat in [&agent, &other] {
        let messages = read(&room, seat);
        let shown: Vec<(i64, Role, &str)> = messages
            .iter()
            .map(|message| (message.number, message.role, message.text.as_str()))
            .collect();
        let expected = [
            (1, Role::Desk, "聞こえますか。"),
            (2, Role::Agent, "はい。\n見えています。"),
        ];
        assert_eq!(shown, expected);
    }
    // The writer, who did not know whether it had arrived, gets the same message again.
    let numbers: Vec<i64> = read(&room, &desk).iter().map(|message| message.number).collect();
    assert_eq!(numbers, [1, 2, 1]);
    let said = room.events();
    assert!(matches!(
        said.as_slice(),
        [
            SessionEvent::Said { message: 1, .. },
            SessionEvent::Said { message: 2, .. }
        ]
    ));
}

#[test]
fn who_comes_later_reads_what_was_written_before_in_pieces_that_fit() {
    let room = Room::open();
    let desk = room.desk();
    let long = "漢".repeat(1_500);
    for seed in 0..20 {
        write(&room, &desk, seed, &long);
        room.credit(&desk);
    }
    room.kill();
    let late = room.desk();
    let welcome = room.hello(&late);
    assert_eq!(welcome.chats, 20);
    let (mut known, mut rounds) = (0, 0);
    while known < welcome.chats {
        room.say(&late, &FromParticipant::Chats { after: known });
        let heard = room.heard(late.address);
        let Some(ToParticipant::Chats { messages, last }) = heard.last() else {
            panic!("{heard:?}");
        };
        assert_eq!(*last, 20);
        assert!(serde_json::to_string(&heard).unwrap().len() < 16 * 1024);
        for message in messages {
            known += 1;
            assert_eq!(message.number, known);
        }
        rounds += 1;
        room.credit(&late);
    }
    assert!(rounds > 5, "{rounds}");
    room.say(&late, &FromParticipant::Chats { after: 20 });
    let nothing = ToParticipant::Chats {
        messages: Vec::new(),
        last: 20,
    };
    assert_eq!(room.heard(late.address), [nothing]);
}

#[test]
fn a_text_that_is_none_ends_who_sends_it() {
    let room = Room::open();
    let desk = room.desk();
    let of = |text: &str| {
        format!(
            r#"{{"type":"chat","id":"{}","text":{}}}"#,
            id(1),
            serde_json::json!(text)
        )
    };
    for bad in ["", "  ", "a\u{0}b", "\u{202e}abc", &"x".repeat(2_001)] {
        assert_eq!(room.say_text(&desk, &of(bad)), Heard::Close(MALFORMED), "{bad:?}");
    }
    assert_eq!(room.hello(&desk).chats, 0);
}

#[test]
fn two_thousand_messages_are_kept_and_reported_and_no_more() {
    let room = Room::open();
    let desk = room.desk();
    room.events();
    for seed in 0..2_005 {
        write(&room, &desk, seed, "はい");
        room.heard(desk.address);
        if seed % 20 == 0 {
            room.credit(&desk);
        }
    }
    assert_eq!(room.hello(&desk).chats, 2_000);
    let mut said = 0;
    while room.rows().contains_key("outbox") {
        let events = room.events();
        assert!(events.len() <= 200, "a message to the tenant carries a part");
        said += events.len();
    }
    assert_eq!(said, 2_000);
}

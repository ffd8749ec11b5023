//! The frames and control messages of the session protocol, against docs/session-vectors.json, which other
//! implementations check too, and against random bytes.

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use serde::Deserialize;
use serde_json::Value;
use tegata_domain::session::control::{FromParticipant, ToParticipant};
use tegata_domain::session::frame::{
    Act, HEADER, Header, Kind, LARGEST_OFFSET, LARGEST_PAYLOAD, Malformed, read, write,
};
use tegata_domain::wire::json;

#[derive(Deserialize)]
struct Vectors {
    frames: Vec<Good>,
    malformed: Vec<Bad>,
    to_session: Vec<Value>,
    to_participant: Vec<Value>,
}

#[derive(Deserialize)]
struct Good {
    name: String,
    hex: String,
    act: String,
    kind: u8,
    from: u16,
    to: u16,
    stream: u32,
    offset: u64,
    payload: String,
}

#[derive(Deserialize)]
struct Bad {
    name: String,
    hex: String,
    why: String,
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../docs/session-vectors.json")).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> = hex.chars().map(|c| c.to_digit(16).unwrap()).collect();
    digits
        .chunks(2)
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).unwrap())
        .collect()
}

#[test]
fn frames_are_those_of_the_vectors() {
    for good in vectors().frames {
        let header = Header {
            act: match good.act.as_str() {
                "data" => Act::Data,
                "credit" => Act::Credit,
                "open" => Act::Open,
                "close" => Act::Close,
                other => panic!("{other}"),
            },
            kind: Kind::of(good.kind),
            flags: 0,
            from: good.from,
            to: good.to,
            stream: good.stream,
            length: u32::try_from(good.payload.len()).unwrap(),
            offset: good.offset,
        };
        let message = bytes(&good.hex);
        assert_eq!(read(&message), Ok((header, good.payload.as_bytes())), "{}", good.name);
        assert_eq!(write(header, good.payload.as_bytes()), Some(message), "{}", good.name);
    }
}

#[test]
fn what_the_vectors_call_malformed_is_refused_for_the_same_reason() {
    for bad in vectors().malformed {
        let why = read(&bytes(&bad.hex)).unwrap_err();
        assert_eq!(format!("{why:?}").to_lowercase(), bad.why, "{}", bad.name);
    }
}

#[test]
fn control_messages_are_those_of_the_vectors() {
    let vectors = vectors();
    for message in vectors.to_session {
        let read: FromParticipant = json::read(&message.to_string()).unwrap();
        assert_ne!(read, FromParticipant::Unknown, "{message}");
        assert_eq!(serde_json::to_value(&read).unwrap(), message);
    }
    for message in vectors.to_participant {
        let read: ToParticipant = json::read(&message.to_string()).unwrap();
        assert_ne!(read, ToParticipant::Unknown, "{message}");
        assert_eq!(serde_json::to_value(&read).unwrap(), message);
    }
    let newer = r#"{"type":"dance","steps":3}"#;
    assert_eq!(json::read::<FromParticipant>(newer).unwrap(), FromParticipant::Unknown);
    assert_eq!(json::read::<ToParticipant>(newer).unwrap(), ToParticipant::Unknown);
}

#[test]
fn a_payload_that_is_too_long_is_not_written() {
    let header = Header::new(Act::Data, Kind::Screen, 2, 1);
    let most = vec![0; LARGEST_PAYLOAD as usize + 1];
    assert!(write(header, &most[1..]).is_some());
    assert_eq!(write(header, &most), None);
    let mut message = write(header, &most[1..]).unwrap();
    message.push(0);
    message[12..16].copy_from_slice(&(LARGEST_PAYLOAD + 1).to_be_bytes());
    assert_eq!(read(&message), Err(Malformed::Length));
}

fn headers() -> impl Strategy<Value = Header> {
    let act = prop_oneof![Just(Act::Data), Just(Act::Credit), Just(Act::Open), Just(Act::Close)];
    let numbers = (any::<u8>(), any::<u8>(), any::<u16>(), any::<u16>(), any::<u32>());
    (act, numbers, 0..=LARGEST_OFFSET / 2).prop_map(|(act, (kind, flags, from, to, stream), offset)| Header {
        act,
        kind: Kind::of(kind),
        flags,
        from,
        to,
        stream,
        length: 0,
        offset: if matches!(act, Act::Open | Act::Close) {
            0
        } else {
            offset
        },
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(header in headers(), payload in proptest::collection::vec(any::<u8>(), 0..300)) {
        let payload = if header.act == Act::Data { payload } else { Vec::new() };
        let message = write(header, &payload).unwrap();
        let (read, rest) = read(&message).unwrap();
        prop_assert_eq!(Header { length: header.length, ..read }, header);
        prop_assert_eq!(rest, payload);
    }

    #[test]
    fn random_bytes_are_a_whole_frame_or_none(start in proptest::collection::vec(0..6_u8, 0..5), rest in proptest::collection::vec(any::<u8>(), 0..60)) {
        let message = [start, rest].concat();
        if let Ok((header, payload)) = read(&message) {
            prop_assert_eq!(payload.len(), header.length as usize);
            prop_assert_eq!(payload.len() + HEADER, message.len());
            prop_assert!(header.end().unwrap() <= LARGEST_OFFSET);
            prop_assert_eq!(write(header, payload).unwrap(), message);
        }
    }
}

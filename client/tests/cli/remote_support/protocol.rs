//! Frames that break the protocol end the connection and do nothing else.

use super::{ALL, allowed, eventually, id, in_session, outcome};
use crate::support::session::Send;
use serde_json::json;
use tegata_domain::session::frame::{AGENT, Act, Header, Kind, write};

/// A frame that the session would never send.
fn frame(act: Act, kind: Kind, stream: u32, offset: u64, payload: &[u8]) -> Vec<u8> {
    let mut header = Header::new(act, kind, AGENT, stream);
    (header.from, header.offset) = (if kind == Kind::Control { 0 } else { 2 }, offset);
    write(header, payload).unwrap()
}

#[tokio::test]
async fn what_breaks_the_protocol_ends_the_connection_and_the_agent_comes_back() {
    let (edge, _pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    let broken: [(&str, Vec<Vec<u8>>, u16); 7] = [
        ("no frame", vec![vec![1, 2, 3]], 1008),
        ("another version", vec![vec![9; 24]], 1008),
        (
            "control out of order",
            vec![frame(Act::Data, Kind::Control, 0, 7, b"{}")],
            1008,
        ),
        (
            "control that is no JSON",
            vec![frame(Act::Data, Kind::Control, 1, 0, b"{}")],
            1008,
        ),
        (
            "a stream opened twice",
            vec![frame(Act::Open, Kind::Diagnostics, 1, 0, b""); 2],
            1008,
        ),
        (
            "too much credit",
            vec![
                frame(Act::Open, Kind::Diagnostics, 1, 0, b""),
                frame(Act::Credit, Kind::Diagnostics, 1, 5_000_000, b""),
            ],
            1008,
        ),
        (
            "unpaid data",
            vec![
                frame(Act::Open, Kind::Diagnostics, 1, 0, b""),
                frame(Act::Data, Kind::Diagnostics, 1, 0, &[0; 60_000]),
                frame(Act::Data, Kind::Diagnostics, 1, 60_024, &[0; 60_000]),
            ],
            4003,
        ),
    ];
    for (what, frames, code) in broken {
        let before = edge.now().session.connections;
        edge.now().session.sends.extend(frames.into_iter().map(Send::Raw));
        let told = eventually(&edge, what, |now| {
            (now.session.connections > before).then(|| now.session.codes.last().copied())
        })
        .await;
        assert_eq!(told, Some(code), "{what}");
    }
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn what_a_newer_side_says_is_skipped() {
    let (edge, _pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    {
        let session = &mut edge.now().session;
        session
            .sends
            .push_back(Send::Raw(frame(Act::Data, Kind::Other(200), 3, 0, b"x")));
        session
            .sends
            .push_back(Send::Raw(frame(Act::Open, Kind::Screen, 9, 0, b"")));
        session
            .sends
            .push_back(Send::Raw(frame(Act::Data, Kind::Diagnostics, 77, 0, b"late")));
        session.say(json!({"type": "dance", "steps": 3}));
        session.request(&id('O'), &json!({"what": "overview"}), Some(10));
    }
    assert_eq!(outcome(&edge, &id('O')).await, "done");
    assert_eq!(edge.now().session.connections, 1);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn many_messages_are_read_because_the_agent_pays_for_them() {
    let (edge, _pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    let long = "あ".repeat(1000);
    for _ in 0..100 {
        edge.now().session.say(json!({"type": "dance", "music": long}));
    }
    edge.now()
        .session
        .request(&id('O'), &json!({"what": "overview"}), Some(1));
    assert_eq!(outcome(&edge, &id('O')).await, "done");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_stream_too_many_is_closed_and_the_connection_stays() {
    let (edge, _pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    let before = edge.now().session.connections;
    for number in 0..129 {
        edge.now().session.open(2 * number + 1, Kind::Diagnostics);
    }
    eventually(&edge, "the end of the last", |now| {
        now.session.closed.contains(&257).then_some(())
    })
    .await;
    let after = {
        let now = edge.now();
        (now.session.connections, now.session.closed.len())
    };
    assert_eq!(after, (before, 1));
    agent.kill().await.unwrap();
}

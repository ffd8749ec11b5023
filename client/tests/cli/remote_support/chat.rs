//! What is written in the session, at the machine: everything once and in order, also after a break.

use super::{ALL, allowed, ask, eventually, in_session, started};
use crate::agent::status;
use crate::support::command::Pc;
use crate::support::fake_edge::FakeEdge;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

/// What people at the machine read.
async fn read(pc: &Pc) -> Vec<(i64, String)> {
    let chat = status(pc).await["session"]["chat"].clone();
    let messages = chat.as_array().cloned().unwrap_or_default();
    let read = |message: &Value| {
        (
            message["number"].as_i64().unwrap(),
            message["text"].as_str().unwrap().to_owned(),
        )
    };
    messages.iter().map(read).collect()
}

async fn reads(pc: &Pc, texts: &[&str]) {
    let expected: Vec<(i64, String)> = (1..).zip(texts.iter().map(|text| (*text).to_owned())).collect();
    for _ in 0..400 {
        if read(pc).await == expected {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(read(pc).await, expected);
}

async fn breaks(edge: &FakeEdge) {
    let before = edge.now().session.connections;
    edge.now().session.closes = Some(1011);
    eventually(edge, "another connection", |now| {
        (now.session.connections > before).then_some(())
    })
    .await;
}

#[tokio::test]
async fn what_is_written_is_read_once_and_in_order_also_after_a_break_and_a_restart() {
    let (edge, pc, mut agent) = allowed("").await;
    for (id, text) in [("a", "1番目"), ("b", "two"), ("c", "three"), ("d", "four")] {
        edge.now()
            .session
            .desk_writes(&super::id(id.chars().next().unwrap()), text, false);
    }
    in_session(&edge, &ALL).await;
    reads(&pc, &["1番目", "two", "three", "four"]).await;
    edge.now()
        .session
        .desk_writes(&super::id('e'), "five\nof two lines", true);
    let asked = ask(&pc, &json!({"do": "support_chat", "text": "わかりました"})).await;
    assert_eq!(asked["ok"], true, "{asked}");
    let all = ["1番目", "two", "three", "four", "five\nof two lines", "わかりました"];
    reads(&pc, &all).await;
    let chat = status(&pc).await["session"]["chat"].clone();
    assert_eq!(
        (&chat[4]["by"], &chat[5]["by"]),
        (&"Morgan Reed".into(), &Value::Null),
        "{chat}"
    );
    // While the agent is away, somebody writes.
    edge.now().session.desk_writes(&super::id('f'), "seven", false);
    breaks(&edge).await;
    let all = [&all[..], &["seven"]].concat();
    reads(&pc, &all).await;
    agent.kill().await.unwrap();
    let mut agent = started(&edge, &pc).await;
    let order = super::session_order(super::COMMAND, None, &ALL);
    edge.now().control.says.push_back(order);
    reads(&pc, &all).await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn what_is_written_here_is_said_until_the_session_has_it_and_then_once() {
    let (edge, pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    edge.now().session.deaf = true;
    ask(&pc, &json!({"do": "support_chat", "text": "聞こえますか"})).await;
    eventually(&edge, "the message", |now| {
        now.session.heard.iter().find(|said| said["type"] == "chat").map(|_| ())
    })
    .await;
    edge.now().session.deaf = false;
    breaks(&edge).await;
    reads(&pc, &["聞こえますか"]).await;
    breaks(&edge).await;
    reads(&pc, &["聞こえますか"]).await;
    let said = |said: &&Value| said["type"] == "chat";
    assert_eq!(
        edge.now().session.heard.iter().filter(said).count(),
        2,
        "not again after it was seen"
    );
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn without_a_session_nobody_reads_it() {
    let (_edge, pc, mut agent) = allowed("").await;
    let asked = ask(&pc, &json!({"do": "support_chat", "text": "x"})).await;
    assert_eq!(asked["error"]["code"], "no_session", "{asked}");
    let asked = ask(&pc, &json!({"do": "support_chat", "text": "\u{1b}[2J"})).await;
    assert_eq!(asked["error"]["code"], "malformed", "{asked}");
    agent.kill().await.unwrap();
}

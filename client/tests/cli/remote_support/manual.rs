//! 「リモートサポート起動」 at the machine (K6): the ID and the password in a terminal, until the desk is done or the person
//! ends it.

use super::{ALL, LAUNCH, eventually, session_order, started};
use crate::agent::enrolled;
use crate::support::command::Pc;
use crate::support::fake_edge::FakeEdge;
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout};
use tokio::time::{sleep, timeout};

/// A terminal with `tegata agent support`.
struct Window {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Window {
    fn open(pc: &Pc, options: &[&str]) -> Self {
        let arguments = [options, &["agent", "support"]].concat();
        let mut child = pc.command(&arguments).stderr(Stdio::inherit()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    async fn line(&mut self) -> String {
        let line = timeout(Duration::from_secs(40), self.lines.next_line()).await;
        line.expect("a line").unwrap().expect("it goes on")
    }

    async fn json(&mut self) -> Value {
        serde_json::from_str(&self.line().await).unwrap()
    }

    /// Reads until a line contains `words`.
    async fn says(&mut self, words: &str) {
        while !self.line().await.contains(words) {}
    }

    /// Ctrl-C.
    async fn interrupt(&self) {
        let id = self.child.id().unwrap().to_string();
        let done = tokio::process::Command::new("kill").args(["-INT", &id]).status().await;
        assert!(done.unwrap().success());
    }
}

/// The wish for support that the agent tells next, other than `before`.
async fn wish(edge: &FakeEdge, before: Option<&str>) -> String {
    eventually(edge, "a wish", |now| {
        let mut wishes = now.control.said.iter().filter(|said| said["type"] == "support");
        let wish = wishes.next_back()?["command"].as_str()?.to_owned();
        (Some(wish.as_str()) != before).then_some(wish)
    })
    .await
}

#[tokio::test]
async fn a_person_on_site_sees_the_pair_and_a_new_one_when_it_expires() {
    let (edge, pc) = enrolled().await;
    // The switch of P10 is off: the manual launch has one of its own.
    let mut agent = started(&edge, &pc).await;
    let mut window = Window::open(&pc, &["--json"]);
    assert_eq!(window.json().await, json!({"phase": "starting"}));
    let first = wish(&edge, None).await;
    edge.now()
        .control
        .says
        .push_back(session_order(&first, Some("ABCD-EFGH"), &ALL));
    let shown = window.json().await;
    assert_eq!(
        (&shown["session"]["number"], &shown["session"]["password"]),
        (&"123456789".into(), &"ABCD-EFGH".into())
    );
    let notice = std::fs::read_to_string(pc.data().join("notice.json")).unwrap();
    assert!(notice.contains("123456789") && !notice.contains("ABCD"), "{notice}");

    let mut joined = shown;
    while joined["session"]["present"] != json!(["Morgan Reed"]) {
        joined = window.json().await;
    }
    edge.now()
        .control
        .says
        .push_back(json!({"type": "ended", "launch": LAUNCH, "why": "expired"}));
    let ended = window.json().await;
    assert_eq!(
        ended,
        json!({"phase": "idle", "ended": "expired"}),
        "the desk was there: no new pair"
    );
    assert_eq!(window.child.wait().await.unwrap().code(), Some(0));
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn an_offer_that_nobody_used_is_renewed_while_somebody_waits() {
    let (edge, pc) = enrolled().await;
    edge.now().session.alone = true;
    let mut agent = started(&edge, &pc).await;
    let mut window = Window::open(&pc, &["--json"]);
    window.json().await;
    let first = wish(&edge, None).await;
    edge.now()
        .control
        .says
        .push_back(session_order(&first, Some("ABCD-EFGH"), &ALL));
    assert_eq!(window.json().await["session"]["password"], "ABCD-EFGH");
    eventually(&edge, "a session", |now| (now.session.connections > 0).then_some(())).await;
    let expired = json!({"type": "ended", "launch": LAUNCH, "why": "expired"});
    edge.now().control.says.push_back(expired);
    let second = wish(&edge, Some(&first)).await;
    edge.now()
        .control
        .says
        .push_back(session_order(&second, Some("JKMN-PQRS"), &ALL));
    loop {
        let shown = window.json().await;
        assert_ne!(shown["phase"], "idle", "the window stays");
        if shown["session"]["password"] == "JKMN-PQRS" {
            break;
        }
    }
    window.interrupt().await;
    loop {
        if window.json().await == json!({"phase": "idle", "ended": "machine"}) {
            break;
        }
    }
    let end = eventually(&edge, "the end", |now| {
        now.control.said.iter().find(|said| said["type"] == "end").cloned()
    });
    assert_eq!(end.await["launch"], LAUNCH);
    assert_eq!(edge.now().session.heard.last().unwrap()["type"], "end");
    assert_eq!(window.child.wait().await.unwrap().code(), Some(0));
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_window_says_what_requirements_say_in_japanese() {
    let (edge, pc) = enrolled().await;
    let mut agent = started(&edge, &pc).await;
    let mut window = Window::open(&pc, &["--language", "ja"]);
    window.says("起動しています。").await;
    let command = wish(&edge, None).await;
    edge.now()
        .control
        .says
        .push_back(session_order(&command, Some("ABCD-EFGH"), &ALL));
    for words in [
        "使用中のID    123 456 789",
        "パスワード    ABCD-EFGH",
        "サポートデスクから連絡があるまで、この画面を閉じないでください。",
        "お客様からご連絡になったサポートデスクにだけお伝えください。",
        "サポートデスク：青空サポート",
        "03-1234-5678",
    ] {
        window.says(words).await;
    }
    window.says("接続している担当者：Morgan Reed").await;
    edge.now().session.say(json!({"type": "ended", "why": "desk"}));
    window.says("サポートデスクがリモートサポートを終了しました。").await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_start_that_cannot_be_says_why() {
    let (edge, pc) = enrolled().await;
    let run = pc.run(&["--json", "agent", "support"]).await;
    assert_eq!(run.error(), "not_running");
    edge.now().control.turns_away = true;
    let mut agent = pc.start(&["--language", "en", "agent", "run"]);
    let mut run = pc.run(&["--json", "agent", "support"]).await;
    while run.error() == "not_running" {
        sleep(Duration::from_millis(50)).await;
        run = pc.run(&["--json", "agent", "support"]).await;
    }
    assert_eq!((run.error().as_str(), run.code), ("not_connected", 5));
    agent.kill().await.unwrap();
    edge.now().control.turns_away = false;
    let mut agent = started(&edge, &pc).await;
    let mut window = Window::open(&pc, &["--language", "en"]);
    let command = wish(&edge, None).await;
    let why = json!({"type": "support_declined", "command": command, "why": "not_allowed"});
    edge.now().control.says.push_back(why);
    window
        .says("starting remote support is not allowed on this machine")
        .await;
    assert_eq!(window.child.wait().await.unwrap().code(), Some(3));
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_wish_that_was_given_up_ends_an_offer_that_comes_too_late() {
    let (edge, pc) = enrolled().await;
    let mut agent = started(&edge, &pc).await;
    let mut window = Window::open(&pc, &["--json"]);
    window.json().await;
    let command = wish(&edge, None).await;
    window.interrupt().await;
    window.child.wait().await.unwrap();
    edge.now()
        .control
        .says
        .push_back(session_order(&command, Some("ABCD-EFGH"), &ALL));
    let end = eventually(&edge, "the end", |now| {
        now.control.said.iter().find(|said| said["type"] == "end").cloned()
    });
    assert_eq!(end.await["launch"], LAUNCH);
    assert_eq!(edge.now().session.connections, 0);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn an_unanswered_wish_is_repeated_with_the_same_id_after_a_break() {
    let (edge, pc) = enrolled().await;
    let mut agent = started(&edge, &pc).await;
    let mut window = Window::open(&pc, &["--json"]);
    window.json().await;
    let command = wish(&edge, None).await;
    edge.now().control.said.clear();
    edge.now().control.closes = Some(1001);
    assert_eq!(wish(&edge, None).await, command);
    agent.kill().await.unwrap();
    window.child.kill().await.unwrap();
}

//! Terminals: what is typed and shown, as whom, and what becomes of one after a break and after the session.

use super::{allowed, ask, eventually, in_session};
use crate::agent::status;
use crate::support::command::Pc;
use crate::support::fake_edge::{FakeEdge, Inner};
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;
use tegata_domain::session::frame::Kind;
use tokio::process::Child;
use tokio::time::{Instant, sleep};

/// What `id` says of who runs the tests.
fn id(option: &str) -> String {
    let output = Command::new("id").arg(option).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A connected agent in a session with these abilities, and terminals as `user` with the program `shell`.
async fn with_terminal(user: &str, shell: Option<&str>, abilities: &[&str]) -> (FakeEdge, Pc, Child) {
    let shell = shell.map(|shell| format!("shell = \"{shell}\"\n")).unwrap_or_default();
    let (edge, pc, agent) = allowed(&format!("[terminal]\nuser = \"{user}\"\n{shell}")).await;
    edge.now().session.pays = true;
    in_session(&edge, abilities).await;
    (edge, pc, agent)
}

async fn own(shell: &str) -> (FakeEdge, Pc, Child) {
    with_terminal(&id("-un"), Some(shell), &["terminal"]).await
}

fn wish(edge: &FakeEdge, stream: u32, wish: &Value) {
    let mut message = vec![1];
    message.extend(wish.to_string().into_bytes());
    edge.now().session.send(stream, &message);
}

fn types(edge: &FakeEdge, stream: u32, text: &str) {
    let mut message = vec![0];
    message.extend(text.as_bytes());
    edge.now().session.send(stream, &message);
}

/// Opens a stream for a terminal, and returns the answer.
async fn opens(edge: &FakeEdge, stream: u32, terminal: Option<&str>, from: u64) -> Value {
    edge.now().session.open(stream, Kind::Terminal);
    wish(
        edge,
        stream,
        &json!({"open": {"columns": 80, "rows": 24, "terminal": terminal, "from": from}}),
    );
    let opened = eventually(edge, "the terminal", |now| {
        let frame = now.session.frames.get(&stream)?.first()?;
        assert_eq!(frame[0], 1);
        Some(serde_json::from_slice::<Value>(&frame[1..]).unwrap())
    });
    opened.await["opened"].clone()
}

/// What a stream has shown.
fn shown(now: &Inner, stream: u32) -> String {
    let frames = now.session.frames.get(&stream).into_iter().flatten();
    let bytes: Vec<u8> = frames
        .filter(|frame| frame[0] == 0)
        .flat_map(|frame| &frame[1..])
        .copied()
        .collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn shows(edge: &FakeEdge, stream: u32, text: &str) {
    let end = Instant::now() + Duration::from_secs(20);
    while !shown(&edge.now(), stream).contains(text) {
        assert!(Instant::now() < end, "{text}: {:?}", shown(&edge.now(), stream));
        sleep(Duration::from_millis(20)).await;
    }
}

async fn closed(edge: &FakeEdge, stream: u32) {
    eventually(edge, "the stream's end", |now| {
        now.session.closed.contains(&stream).then_some(())
    })
    .await;
}

/// How the program of a stream ended.
fn exit(edge: &FakeEdge, stream: u32) -> Value {
    let last = edge.now().session.frames[&stream].last().unwrap().clone();
    serde_json::from_slice::<Value>(&last[1..]).unwrap()["exit"].clone()
}

#[tokio::test]
async fn what_is_typed_runs_as_the_configured_user_in_a_clean_environment() {
    let (edge, pc, mut agent) = own("/bin/sh").await;
    opens(&edge, 1, None, 0).await;
    types(
        &edge,
        1,
        "echo $((40+2)) as $(id -un) in $LANG/$TERM; stty size; env | grep -c TEGATA\r",
    );
    shows(&edge, 1, &format!("42 as {} in C.UTF-8/xterm-256color", id("-un"))).await;
    shows(&edge, 1, "24 80").await;
    shows(&edge, 1, "\r\n0\r\n").await;
    assert_eq!(
        status(&pc).await["session"]["uses"],
        json!([{"by": "Morgan Reed", "ability": "terminal"}])
    );
    wish(&edge, 1, &json!({"resize": {"columns": 132, "rows": 50}}));
    types(&edge, 1, "stty size; echo 日本語のテスト | sed s/テスト/表示/\r");
    shows(&edge, 1, "50 132").await;
    shows(&edge, 1, "日本語の表示").await;
    types(&edge, 1, "exit 7\r");
    closed(&edge, 1).await;
    assert_eq!(exit(&edge, 1), json!({"code": 7}));
    assert_eq!(status(&pc).await["session"]["uses"], Value::Null);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn only_an_agent_of_root_becomes_another_user() {
    let (edge, _pc, mut agent) = with_terminal("daemon", Some("/bin/sh"), &["terminal"]).await;
    if id("-u") == "0" {
        opens(&edge, 1, None, 0).await;
        types(
            &edge,
            1,
            "echo it is $(id -un) $(id -gn) $(id -Gn); test -w $(tty) && echo writes\r",
        );
        shows(&edge, 1, "it is daemon daemon daemon\r\n").await;
        shows(&edge, 1, "writes\r\n").await;
    } else {
        edge.now().session.open(1, Kind::Terminal);
        wish(&edge, 1, &json!({"open": {"columns": 80, "rows": 24}}));
        closed(&edge, 1).await;
        assert!(!edge.now().session.frames.contains_key(&1));
    }
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn without_approval_or_configuration_there_is_no_terminal() {
    for (edge, _pc, mut agent) in [
        with_terminal(&id("-un"), Some("/bin/sh"), &["diagnostics", "control_screen"]).await,
        with_terminal("no-such-user", Some("/bin/sh"), &["terminal"]).await,
    ] {
        edge.now().session.open(1, Kind::Terminal);
        wish(&edge, 1, &json!({"open": {"columns": 80, "rows": 24}}));
        closed(&edge, 1).await;
        assert!(!edge.now().session.frames.contains_key(&1));
        agent.kill().await.unwrap();
    }
    let (edge, _pc, mut agent) = own("/bin/sh").await;
    for stream in 1..=4 {
        opens(&edge, stream, None, 0).await;
    }
    edge.now().session.open(5, Kind::Terminal);
    wish(&edge, 5, &json!({"open": {"columns": 80, "rows": 24}}));
    closed(&edge, 5).await;
    edge.now().session.close(1);
    closed(&edge, 1).await;
    opens(&edge, 6, None, 0).await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_terminal_goes_on_after_a_break_where_it_was() {
    let (edge, _pc, mut agent) = own("/bin/sh").await;
    let opened = opens(&edge, 1, None, 0).await;
    assert_eq!(opened["from"], 0);
    types(&edge, 1, "x=kept; sleep 2; seq 1 5\r");
    shows(&edge, 1, "seq 1 5\r\n").await;
    let seen = shown(&edge.now(), 1).len() as u64;
    let before = edge.now().session.connections;
    edge.now().session.closes = Some(1011);
    eventually(&edge, "another connection", |now| {
        (now.session.connections > before).then_some(())
    })
    .await;
    edge.now().session.frames.clear();
    let terminal = opened["terminal"].as_str().unwrap();
    let again = opens(&edge, 1, Some(terminal), seen).await;
    assert_eq!(again, json!({"terminal": terminal, "from": seen}));
    shows(&edge, 1, "1\r\n2\r\n3\r\n4\r\n5\r\n").await;
    types(&edge, 1, "echo it is $x\r");
    shows(&edge, 1, "it is kept").await;
    // Another window takes it over, and the first one closes.
    let again = opens(&edge, 2, Some(terminal), 0).await;
    assert_eq!(again["from"], 0);
    shows(&edge, 2, "it is kept").await;
    closed(&edge, 1).await;
    edge.now().session.open(3, Kind::Terminal);
    wish(
        &edge,
        3,
        &json!({"open": {"columns": 80, "rows": 24, "terminal": "unknown", "from": 0}}),
    );
    closed(&edge, 3).await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn what_runs_in_a_terminal_ends_with_the_session() {
    let (edge, pc, mut agent) = own("/bin/sh").await;
    opens(&edge, 1, None, 0).await;
    // It does not listen to the wish to end.
    types(&edge, 1, "trap '' HUP; echo pid $$ .; sleep 1000; echo over\r");
    shows(&edge, 1, " .\r\n").await;
    let shown = shown(&edge.now(), 1);
    let (_, pid) = shown.rsplit_once("pid ").unwrap();
    let process = format!("/proc/{}", pid.split_once(' ').unwrap().0);
    assert!(std::path::Path::new(&process).exists(), "{process}");
    assert_eq!(ask(&pc, &json!({"do": "support_end"})).await["ok"], true);
    for _ in 0..200 {
        if !std::path::Path::new(&process).exists() {
            break;
        }
        sleep(Duration::from_millis(20)).await;
    }
    assert!(!std::path::Path::new(&process).exists());
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_program_that_shows_more_than_is_taken_waits_and_holds_nobody_up() {
    let (edge, _pc, mut agent) = own("/bin/sh").await;
    edge.now().session.pays = false;
    opens(&edge, 1, None, 0).await;
    types(&edge, 1, "yes\r");
    sleep(Duration::from_secs(1)).await;
    let came = edge.now().session.streams[&1].len();
    assert!(came < 66_000, "unpaid: {came}");
    edge.now().session.pays = true;
    opens(&edge, 2, None, 0).await;
    types(&edge, 2, "echo $((40+2))\r");
    shows(&edge, 2, "42\r\n").await;
    agent.kill().await.unwrap();
}

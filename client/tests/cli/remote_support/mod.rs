//! Remote support on the machine: launches, sessions, and the start at the machine.

mod chat;
mod deeds;
mod files;
mod launch;
mod manual;
mod protocol;
mod screen;
mod terminal;

use crate::agent::{enrolled, shows};
use crate::support::command::Pc;
use crate::support::fake_edge::{FakeEdge, Inner};
use crate::support::session::NUMBER;
use serde_json::{Value, json};
use std::time::Duration;
use tegata_client::clock;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::process::Child;
use tokio::time::{Instant, sleep};

const PATIENCE: Duration = Duration::from_secs(40);
const COMMAND: &str = "AAAAAAAAAAAAAAAAAAAAAA";
const LAUNCH: &str = "LAAAAAAAAAAAAAAAAAAAAA";

/// An id that differs by `letter`.
fn id(letter: char) -> String {
    format!("{letter}AAAAAAAAAAAAAAAAAAAAA")
}

/// Waits until `look` finds something.
async fn eventually<T>(edge: &FakeEdge, what: &str, look: impl Fn(&Inner) -> Option<T>) -> T {
    let end = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look(&edge.now()) {
            return found;
        }
        assert!(Instant::now() < end, "{what}: {:?}", edge.now().control.said);
        sleep(Duration::from_millis(20)).await;
    }
}

/// A connected agent whose administrator allows remote assistance, with this `agent.toml`.
async fn allowed(config: &str) -> (FakeEdge, Pc, Child) {
    let (edge, pc) = enrolled().await;
    let run = pc
        .run(&["--json", "agent", "settings", "--remote-assistance", "on"])
        .await;
    assert_eq!(run.code, 0, "{run:?}");
    configure(&pc, config);
    let agent = started(&edge, &pc).await;
    (edge, pc, agent)
}

fn configure(pc: &Pc, config: &str) {
    std::fs::write(pc.data().join("agent.toml"), config).unwrap();
}

/// Starts the agent and waits until it has connected.
async fn started(edge: &FakeEdge, pc: &Pc) -> Child {
    let switches = edge.now().control.switches.len();
    let agent = pc.start(&["--language", "en", "agent", "run"]);
    eventually(edge, "a connection", |now| {
        (now.control.switches.len() > switches).then_some(())
    })
    .await;
    shows(pc, "green").await;
    agent
}

fn launch_order(command: &str) -> Value {
    json!({
        "type": "launch", "command": command, "launch": LAUNCH, "provider": "青空サポート", "supporter": "Morgan Reed",
        "reason": "毎晩2時に停止する", "abilities": ["diagnostics", "restart_software", "restart_machine"],
        "until": clock::now() + 3600,
    })
}

fn session_order(command: &str, password: Option<&str>, abilities: &[&str]) -> Value {
    let mut order = json!({
        "type": "session", "launch": LAUNCH, "number": NUMBER, "command": command, "provider": "青空サポート",
        "contact": ["03-1234-5678"], "abilities": abilities, "until": clock::now() + 3600,
    });
    if let Some(password) = password {
        order["password"] = password.into();
    }
    order
}

const ALL: [&str; 3] = ["diagnostics", "restart_software", "restart_machine"];

/// The answer of the agent to a launch.
async fn answer(edge: &FakeEdge, command: &str) -> Value {
    eventually(edge, "an answer", |now| {
        let mut answers = now.control.said.iter().filter(|said| said["command"] == command);
        answers.next_back().cloned()
    })
    .await
}

/// Launches, and waits until the agent is in the session.
async fn in_session(edge: &FakeEdge, abilities: &[&str]) {
    edge.now().control.says.push_back(launch_order(COMMAND));
    assert_eq!(answer(edge, COMMAND).await["type"], "started");
    edge.now()
        .control
        .says
        .push_back(session_order(COMMAND, None, abilities));
    eventually(edge, "a session", |now| (now.session.connections > 0).then_some(())).await;
}

/// What the running agent answers a program on the machine.
async fn ask(pc: &Pc, request: &Value) -> Value {
    let mut stream = BufReader::new(UnixStream::connect(pc.data().join("control.sock")).await.unwrap());
    stream.write_all(format!("{request}\n").as_bytes()).await.unwrap();
    let mut line = String::new();
    stream.read_line(&mut line).await.unwrap();
    serde_json::from_str(&line).unwrap()
}

/// The outcome of a request.
async fn outcome(edge: &FakeEdge, id: &str) -> String {
    eventually(edge, "an outcome", |now| now.session.outcomes(id).first().cloned()).await
}

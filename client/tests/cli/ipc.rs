//! The running agent's socket: what it tells, to whom, and what it refuses.

use crate::support::command::Pc;
use crate::support::fake_edge::FakeEdge;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::process::Command;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixStream;
use tokio::process::Child;
use tokio::time::{Instant, sleep};

const CODE: &str = "tg_enr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const PATIENCE: Duration = Duration::from_secs(20);

/// A program that talks to the agent.
struct Program(BufReader<UnixStream>);

impl Program {
    /// Connects as soon as the agent listens.
    async fn connect(pc: &Pc) -> Self {
        let end = Instant::now() + PATIENCE;
        loop {
            match UnixStream::connect(pc.data().join("control.sock")).await {
                Ok(stream) => return Self(BufReader::new(stream)),
                Err(error) => assert!(Instant::now() < end, "{error}"),
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sends a line and reads the answer; `None` when the agent hangs up.
    async fn say(&mut self, line: &[u8]) -> Option<Value> {
        // It may have hung up before it has read all of it.
        let _ = self.0.get_mut().write_all(line).await;
        let _ = self.0.get_mut().write_all(b"\n").await;
        let mut answer = String::new();
        match self.0.read_line(&mut answer).await {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(serde_json::from_str(&answer).unwrap()),
        }
    }

    async fn ask(&mut self, request: &Value) -> Value {
        self.say(request.to_string().as_bytes()).await.expect("an answer")
    }

    /// Asks for the status until the light shows `light`.
    async fn shows(&mut self, light: &str) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.ask(&json!({"do": "status"})).await;
            if answer["status"]["light"] == light {
                return answer;
            }
            assert!(Instant::now() < end, "no {light} light: {answer}");
            sleep(Duration::from_millis(50)).await;
        }
    }
}

fn service(pc: &Pc, more: &[&str]) -> Child {
    pc.start(&[&["--language", "en", "agent", "run", "--service"], more].concat())
}

#[tokio::test]
async fn a_service_waits_for_its_enrolment_and_enrols_when_it_is_asked_to() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().control.codes.insert(CODE, "good");
    let mut agent = service(&pc, &[]);
    let mut program = Program::connect(&pc).await;
    let told = program.shows("orange").await;
    assert_eq!(
        (&told["ok"], &told["status"]["state"], &told["status"]["caller"]),
        (&json!(true), &json!("not_enrolled"), &json!("administrator"))
    );
    let enrol = |code: &str| json!({"do": "enrol", "edge": edge.url, "tenant": "aozora", "code": code});
    let wrong = program.ask(&enrol("tg_rt_x")).await;
    assert_eq!(
        wrong,
        json!({"ok": false, "error": {"code": "invalid", "field": "enrolment_code"}})
    );
    assert!(edge.posted("token").is_empty(), "nothing was sent");
    assert_eq!(program.ask(&enrol(CODE)).await, json!({"ok": true, "done": {}}));
    let told = program.shows("green").await;
    assert_eq!(told["status"]["equipment"], "5軸加工機 7号機");
    let again = program.ask(&enrol(CODE)).await;
    assert_eq!(again["error"]["code"], "already_enrolled");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_service_outlasts_the_end_of_its_enrolment_and_enrols_again() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().control.codes.insert(CODE, "good");
    let mut agent = service(&pc, &[]);
    let mut program = Program::connect(&pc).await;
    let enrol = json!({"do": "enrol", "edge": edge.url, "tenant": "aozora", "code": CODE});
    assert_eq!(program.ask(&enrol).await["ok"], true);
    program.shows("green").await;
    {
        let mut inner = edge.now();
        inner.revoked = true;
        inner.control.closes = Some(4001);
    }
    let told = program.shows("orange").await;
    let end = Instant::now() + PATIENCE;
    let mut told = told;
    while told["status"]["state"] != "ended" {
        assert!(Instant::now() < end, "{told}");
        sleep(Duration::from_millis(50)).await;
        told = program.ask(&json!({"do": "status"})).await;
    }
    edge.now().revoked = false;
    assert_eq!(program.ask(&enrol).await["ok"], true);
    program.shows("green").await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn what_is_no_request_is_refused_and_what_is_too_long_ends_the_conversation() {
    let pc = Pc::new();
    let mut agent = service(&pc, &[]);
    let mut program = Program::connect(&pc).await;
    for line in [
        "",
        "{",
        "null",
        "{}",
        r#"{"do":"dance"}"#,
        r#"{"do":"enrol"}"#,
        r#"{"do":"enrol","edge":"http://edge.example","tenant":"aozora","code":"x"}"#,
    ] {
        let answer = program.say(line.as_bytes()).await.expect("it goes on");
        assert_eq!(answer, json!({"ok": false, "error": {"code": "malformed"}}), "{line}");
    }
    let answer = program.say(&vec![b'x'; 70_000]).await;
    if let Some(answer) = answer {
        assert_eq!(answer["error"]["code"], "too_large");
    }
    assert!(program.say(br#"{"do":"status"}"#).await.is_none(), "it has hung up");
    let told = Program::connect(&pc).await.ask(&json!({"do": "status"})).await;
    assert_eq!(told["ok"], true, "others are not concerned");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn only_its_own_user_reaches_it_unless_a_group_is_admitted() {
    let pc = Pc::new();
    let mut agent = service(&pc, &[]);
    Program::connect(&pc).await;
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let socket = pc.data().join("control.sock");
    assert_eq!((mode(&socket), mode(&pc.data())), (0o600, 0o700));
    // Killed, so that its socket stays behind: the next one replaces it.
    agent.kill().await.unwrap();
    assert!(socket.exists());

    let own = Command::new("id").arg("-gn").output().unwrap().stdout;
    let own = String::from_utf8(own).unwrap();
    let mut agent = service(&pc, &["--group", own.trim()]);
    Program::connect(&pc).await.shows("orange").await;
    assert_eq!((mode(&socket), mode(&pc.data())), (0o660, 0o710));
    let gid = fs::metadata(pc.home()).unwrap().gid();
    assert_eq!(fs::metadata(&socket).unwrap().gid(), gid);
    assert_eq!(mode(&pc.data().join("run.lock")), 0o600, "the rest stays its own");
    agent.kill().await.unwrap();

    let run = pc
        .run(&["--json", "agent", "run", "--service", "--group", "no-such-group"])
        .await;
    assert_eq!((run.error().as_str(), run.code), ("no_group", 2));
}

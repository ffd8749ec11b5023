//! What the desk can have done on the machine, what it cannot, and that nothing is done twice.

use super::{ALL, COMMAND, allowed, eventually, id, in_session, outcome, session_order, started};
use crate::agent::status;
use crate::support::command::Pc;
use crate::support::fake_edge::{FakeEdge, Inner};
use crate::support::session::Send;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::symlink;
use std::time::Duration;
use tegata_domain::session::frame::{AGENT, Act, Header, Kind, write};
use tokio::time::sleep;

/// A document that came on a stream, once the agent has closed it.
async fn document(edge: &FakeEdge, stream: u32) -> Value {
    let closed = |now: &Inner| now.session.closed.contains(&stream).then_some(());
    eventually(edge, "the stream's end", closed).await;
    serde_json::from_slice(&edge.now().session.streams[&stream]).unwrap()
}

/// `agent.toml` with a restart that adds a line to `restarts`, and takes `seconds`.
fn restart(pc: &Pc, seconds: u32) -> String {
    let file = pc.file("restarts");
    format!(
        "[software]\nname = \"Logger\"\nrestart = [\"sh\", \"-c\", \"echo x >> {}; sleep {seconds}\"]\n",
        file.display()
    )
}

fn restarts(pc: &Pc) -> usize {
    fs::read_to_string(pc.file("restarts"))
        .unwrap_or_default()
        .lines()
        .count()
}

#[tokio::test]
async fn the_desk_sees_how_the_machine_is() {
    let (edge, pc, mut agent) =
        allowed("[software]\nname = \"Logger\"\nrestart = [\"true\"]\nprocess = \"tegata\"\n").await;
    in_session(&edge, &ALL).await;
    edge.now()
        .session
        .request(&id('O'), &json!({"what": "overview"}), Some(1));
    let overview = document(&edge, 1).await;
    assert_eq!(outcome(&edge, &id('O')).await, "done");
    assert!(overview["agent"].as_str().unwrap().starts_with("tegata "), "{overview}");
    assert!(overview["uptime_seconds"].as_u64().unwrap() > 0, "{overview}");
    assert!(overview["memory"]["total"].as_u64().unwrap() > 0, "{overview}");
    assert!(
        overview["clock_offset_seconds"].as_i64().unwrap().abs() < 30,
        "{overview}"
    );
    assert_eq!(
        (&overview["software"]["name"], &overview["software"]["runs"]),
        (&"Logger".into(), &true.into()),
        "{overview}"
    );
    assert_eq!(overview["may_restart_machine"], false);
    edge.now()
        .session
        .request(&id('T'), &json!({"what": "connection_test"}), Some(2));
    let test = document(&edge, 2).await;
    assert_eq!(test["outcome"]["code"], "ok", "{test}");
    let shown = status(&pc).await["session"]["deeds"].clone();
    assert_eq!(
        shown[0],
        json!({"by": "Morgan Reed", "ability": "diagnostics", "detail": "overview", "outcome": "done"})
    );
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_tail_of_an_allowed_log_comes_as_the_desk_pays_for_it() {
    let (edge, pc, mut agent) = allowed("").await;
    agent.kill().await.unwrap();
    let folder = pc.home().canonicalize().unwrap().join("log");
    fs::create_dir(&folder).unwrap();
    let lines = (0..40_000).map(|line| format!("line {line}\n")).collect::<String>();
    fs::write(folder.join("logger.log"), &lines).unwrap();
    fs::write(pc.file("secret.log"), "secret\n").unwrap();
    symlink(pc.file("secret.log"), folder.join("link.log")).unwrap();
    let path = folder.display();
    super::configure(
        &pc,
        &format!(
            "[[log]]\nname = \"logger\"\npath = \"{path}/logger.log\"\n[[log]]\nname = \"all\"\npath = \"{path}/*.log\"\n"
        ),
    );
    let mut agent = started(&edge, &pc).await;
    in_session(&edge, &ALL).await;
    let tail = |log: &str| json!({"what": "log_tail", "log": log});
    edge.now().session.request(&id('L'), &tail("logger"), Some(1));
    assert_eq!(outcome(&edge, &id('L')).await, "done");
    sleep(Duration::from_millis(300)).await;
    let first = edge.now().session.streams[&1].len();
    assert!(
        first < 65_536 && edge.now().session.closed.is_empty(),
        "unpaid bytes stay here: {first}"
    );
    edge.now().session.pays = true;
    let mut credit = Header::new(Act::Credit, Kind::Diagnostics, AGENT, 1);
    (credit.from, credit.offset) = (2, 100_000);
    let credit = write(credit, &[]).unwrap();
    edge.now().session.sends.push_back(Send::Raw(credit));
    eventually(&edge, "the stream's end", |now| now.session.closed.first().copied()).await;
    let text = String::from_utf8(edge.now().session.streams[&1].clone()).unwrap();
    assert!(
        lines.ends_with(&text) && text.len() > 200_000 && text.starts_with("line "),
        "{}",
        text.len()
    );
    let names = [
        "secret",
        "all/link.log",
        "all/../secret.log",
        "logger/../../secret.log",
        "/etc/passwd",
    ];
    for (stream, name) in (2..).zip(names) {
        let request = id(char::from(b'a' + u8::try_from(stream).unwrap()));
        edge.now().session.request(&request, &tail(name), Some(stream));
        assert_eq!(outcome(&edge, &request).await, "refused", "{name}");
        assert!(!edge.now().session.streams.contains_key(&stream), "{name}");
    }
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_software_is_restarted_once_however_often_it_is_requested() {
    let (edge, pc, mut agent) = allowed("").await;
    agent.kill().await.unwrap();
    super::configure(&pc, &restart(&pc, 0));
    let mut agent = started(&edge, &pc).await;
    in_session(&edge, &ALL).await;
    let deed = json!({"what": "restart_software"});
    edge.now().session.request(&id('R'), &deed, None);
    assert_eq!(outcome(&edge, &id('R')).await, "done");
    edge.now().session.request(&id('R'), &deed, None);
    let twice = |now: &Inner| (now.session.outcomes(&id('R')).len() == 2).then_some(());
    eventually(&edge, "another answer", twice).await;
    assert_eq!(edge.now().session.outcomes(&id('R')), ["done", "done"]);
    assert_eq!(restarts(&pc), 1);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_request_whose_agent_was_killed_is_unknown_and_not_done_again() {
    let (edge, pc, mut agent) = allowed("").await;
    agent.kill().await.unwrap();
    super::configure(&pc, &restart(&pc, 20));
    let mut agent = started(&edge, &pc).await;
    in_session(&edge, &ALL).await;
    edge.now()
        .session
        .request(&id('R'), &json!({"what": "restart_software"}), None);
    while restarts(&pc) == 0 {
        sleep(Duration::from_millis(20)).await;
    }
    let shown = status(&pc).await["session"]["deeds"].clone();
    assert_eq!(
        shown,
        json!([{"by": "Morgan Reed", "ability": "restart_software"}]),
        "it is shown while it happens"
    );
    agent.kill().await.unwrap();
    let mut agent = started(&edge, &pc).await;
    edge.now().control.says.push_back(session_order(COMMAND, None, &ALL));
    assert_eq!(outcome(&edge, &id('R')).await, "unknown");
    assert_eq!(restarts(&pc), 1);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_restart_of_the_machine_is_done_when_the_machine_is_back() {
    let (edge, pc, mut agent) = allowed("[machine]\nrestart = [\"true\"]\n").await;
    in_session(&edge, &ALL).await;
    edge.now()
        .session
        .request(&id('M'), &json!({"what": "restart_machine"}), None);
    let journal = pc.data().join("journal.jsonl");
    while !fs::read_to_string(&journal).unwrap().contains("restart_machine") {
        sleep(Duration::from_millis(20)).await;
    }
    // The machine goes down and comes back: its start has another name.
    agent.kill().await.unwrap();
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap();
    let noted = fs::read_to_string(&journal).unwrap();
    fs::write(&journal, noted.replace(boot.trim(), "before")).unwrap();
    let mut agent = started(&edge, &pc).await;
    edge.now().control.says.push_back(session_order(COMMAND, None, &ALL));
    assert_eq!(outcome(&edge, &id('M')).await, "done");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn neither_the_approval_nor_the_configuration_alone_allows_a_deed() {
    let (edge, pc, mut agent) = allowed("").await;
    agent.kill().await.unwrap();
    super::configure(&pc, &restart(&pc, 0));
    let mut agent = started(&edge, &pc).await;
    // The approval names diagnostics only.
    in_session(&edge, &["diagnostics"]).await;
    edge.now()
        .session
        .request(&id('R'), &json!({"what": "restart_software"}), None);
    assert_eq!(outcome(&edge, &id('R')).await, "refused");
    assert_eq!(restarts(&pc), 0);
    agent.kill().await.unwrap();

    let (edge, _pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    for (request, deed) in [
        ('S', json!({"what": "restart_software"})),
        ('M', json!({"what": "restart_machine"})),
        ('O', json!({"what": "overview"})),
    ] {
        // Without configuration, and a look without a stream for what it brings.
        edge.now().session.request(&id(request), &deed, None);
        assert_eq!(outcome(&edge, &id(request)).await, "refused", "{deed}");
    }
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_program_that_fails_or_hangs_has_failed() {
    for restart in [
        "[\"false\"]",
        "[\"sleep\", \"60\"]\ntimeout_seconds = 1",
        "[\"/no/such/program\"]",
    ] {
        let (edge, _pc, mut agent) = allowed(&format!("[software]\nname = \"Logger\"\nrestart = {restart}\n")).await;
        in_session(&edge, &ALL).await;
        edge.now()
            .session
            .request(&id('R'), &json!({"what": "restart_software"}), None);
        assert_eq!(outcome(&edge, &id('R')).await, "failed", "{restart}");
        agent.kill().await.unwrap();
    }
}

#[tokio::test]
async fn a_wrong_configuration_is_named_and_nothing_starts() {
    let (_edge, pc) = crate::agent::enrolled().await;
    super::configure(&pc, "[software]\nname = \"Logger\"\nrestart = \"reboot\"\n");
    let run = pc.run(&["--json", "agent", "run"]).await;
    assert_eq!((run.error().as_str(), run.code), ("agent_config", 2));
    assert!(
        run.stdout.contains("agent.toml") && run.stdout.contains("restart"),
        "{run:?}"
    );
}

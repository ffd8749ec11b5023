//! A launch from afar: what the agent starts, what it declines, and how it leaves.

use super::{ALL, COMMAND, LAUNCH, allowed, answer, eventually, id, in_session, launch_order, session_order, started};
use crate::agent::{enrolled, shows, status};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

fn notice(pc: &crate::support::command::Pc) -> Value {
    serde_json::from_slice(&std::fs::read(pc.data().join("notice.json")).unwrap()).unwrap()
}

#[tokio::test]
async fn a_launch_is_started_shown_and_ended() {
    let (edge, pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    let hello = eventually(&edge, "hello", |now| now.session.heard.first().cloned()).await;
    assert_eq!(hello, json!({"type": "hello"}));
    let mut shown = status(&pc).await["session"].clone();
    while shown["present"] != json!(["Morgan Reed"]) {
        sleep(Duration::from_millis(50)).await;
        shown = status(&pc).await["session"].clone();
    }
    assert_eq!(
        (&shown["number"], &shown["supporter"], &shown["reason"]),
        (&"123456789".into(), &"Morgan Reed".into(), &"毎晩2時に停止する".into())
    );
    assert!(shown["password"].is_null(), "only a launch at the machine shows one");
    edge.now().session.say(json!({"type": "ended", "why": "desk"}));
    eventually(&edge, "the end", |now| now.session.codes.first().copied()).await;
    while !status(&pc).await["session"].is_null() {
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(notice(&pc), json!({"phase": "idle", "ended": "desk"}));
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn without_the_machines_own_consent_nothing_starts() {
    let (edge, pc) = enrolled().await;
    let mut agent = started(&edge, &pc).await;
    edge.now().control.says.push_back(launch_order(COMMAND));
    let answer = answer(&edge, COMMAND).await;
    assert_eq!(
        (&answer["type"], &answer["why"]),
        (&"declined".into(), &"not_allowed".into())
    );
    // Even an edge that goes on regardless gets nobody in.
    edge.now().control.says.push_back(session_order(COMMAND, None, &ALL));
    eventually(&edge, "the refusal", |now| {
        now.control.said.iter().find(|said| said["type"] == "end").cloned()
    })
    .await;
    assert_eq!(edge.now().session.connections, 0);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_session_that_nobody_has_launched_is_not_joined() {
    let (edge, pc, mut agent) = allowed("").await;
    edge.now()
        .control
        .says
        .push_back(session_order(&id('Z'), Some("ABCD-EFGH"), &ALL));
    edge.now().control.says.push_back(launch_order(COMMAND));
    answer(&edge, COMMAND).await;
    assert_eq!(edge.now().session.connections, 0);
    assert!(status(&pc).await["session"].is_null());
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_command_is_answered_alike_when_it_is_repeated_even_to_another_process() {
    let (edge, pc, mut agent) = allowed("").await;
    edge.now().control.says.push_back(launch_order(COMMAND));
    assert_eq!(answer(&edge, COMMAND).await["type"], "started");
    agent.kill().await.unwrap();
    edge.now().control.said.clear();
    let mut agent = started(&edge, &pc).await;
    edge.now().control.says.push_back(launch_order(COMMAND));
    assert_eq!(answer(&edge, COMMAND).await["type"], "started");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn an_agent_that_was_killed_between_noting_a_launch_and_answering_says_that_it_does_not_know() {
    let (edge, pc, mut agent) = allowed("").await;
    agent.kill().await.unwrap();
    let noted = json!({"id": COMMAND, "what": "launch", "at": 1, "boot": "b"});
    std::fs::write(pc.data().join("journal.jsonl"), format!("{noted}\n")).unwrap();
    let mut agent = started(&edge, &pc).await;
    edge.now().control.says.push_back(launch_order(COMMAND));
    let answer = answer(&edge, COMMAND).await;
    assert_eq!(
        (&answer["type"], &answer["why"]),
        (&"declined".into(), &"unknown".into())
    );
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn while_a_session_runs_another_launch_is_declined() {
    let (edge, _pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    edge.now().control.says.push_back(launch_order(&id('B')));
    let answer = answer(&edge, &id('B')).await;
    assert_eq!((&answer["type"], &answer["why"]), (&"declined".into(), &"busy".into()));
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_machines_switch_ends_what_the_desk_has_started() {
    let (edge, pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    let run = pc
        .run(&["--json", "agent", "settings", "--remote-assistance", "off"])
        .await;
    assert_eq!(run.code, 0);
    eventually(&edge, "the end", |now| now.session.codes.first().copied()).await;
    assert_eq!(edge.now().control.switches.last(), Some(&false));
    assert_eq!(notice(&pc)["ended"], "forbidden");
    // The edge repeats its order when it has not heard of it yet.
    edge.now().control.says.push_back(session_order(COMMAND, None, &ALL));
    sleep(Duration::from_millis(300)).await;
    assert_eq!(edge.now().session.connections, 1);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn switching_the_remote_service_off_ends_the_session_too() {
    let (edge, pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    let run = pc
        .run(&["--json", "agent", "settings", "--remote-service", "off"])
        .await;
    assert_eq!(run.code, 0);
    eventually(&edge, "the end", |now| now.session.codes.first().copied()).await;
    shows(&pc, "off").await;
    assert_eq!(edge.now().session.heard.last().unwrap()["type"], "end");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_edge_ends_a_launch_on_the_control_socket() {
    let (edge, pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    edge.now()
        .control
        .says
        .push_back(json!({"type": "ended", "launch": LAUNCH, "why": "administrator"}));
    eventually(&edge, "the end", |now| now.session.codes.first().copied()).await;
    assert_eq!(notice(&pc)["ended"], "administrator");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_broken_session_is_joined_again_and_an_ended_one_is_not() {
    let (edge, pc, mut agent) = allowed("").await;
    in_session(&edge, &ALL).await;
    edge.now().session.closes = Some(1001);
    eventually(&edge, "another connection", |now| {
        (now.session.connections == 2).then_some(())
    })
    .await;
    assert!(!status(&pc).await["session"].is_null());
    edge.now().session.closes = Some(4001);
    while !status(&pc).await["session"].is_null() {
        sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(edge.now().session.connections, 2);
    agent.kill().await.unwrap();
}

//! The agent: enrolment, its connection, the light, and its end.

use crate::support::command::{Pc, Run, finish};
use crate::support::fake_edge::FakeEdge;
use serde_json::Value;
use std::time::Duration;
use tokio::process::Child;
use tokio::time::{Instant, sleep};

const CODE: &str = "tg_enr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) async fn enrol(pc: &Pc, edge: &FakeEdge) -> Run {
    let arguments = [
        "--json", "agent", "enrol", "--edge", &edge.url, "--tenant", "aozora", "--code", CODE,
    ];
    pc.run(&arguments).await
}

pub(crate) async fn enrolled() -> (FakeEdge, Pc) {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().control.codes.insert(CODE, "good");
    let run = enrol(&pc, &edge).await;
    assert_eq!(run.code, 0, "{run:?}");
    (edge, pc)
}

pub(crate) async fn status(pc: &Pc) -> Value {
    pc.run(&["--json", "agent", "status"]).await.json()
}

/// Waits until the light shows `light`.
pub(crate) async fn shows(pc: &Pc, light: &str) -> Value {
    let end = Instant::now() + PATIENCE;
    loop {
        let status = status(pc).await;
        if status["light"] == light {
            return status;
        }
        assert!(Instant::now() < end, "no {light} light: {status}");
        sleep(Duration::from_millis(100)).await;
    }
}

pub(crate) fn running(pc: &Pc) -> Child {
    pc.start(&["--language", "en", "agent", "run"])
}

#[tokio::test]
async fn a_machine_enrols_with_its_code_and_keeps_its_key() {
    let (edge, pc) = enrolled().await;
    let form = edge.posted("token").pop().unwrap();
    assert_eq!(form["client_id"], "agent");
    assert_eq!(form["enrolment_code"], CODE);
    assert!(form["software"].starts_with("tegata "), "{form:?}");
    assert!(pc.data().join("key.json").exists());
    let told = enrol(&pc, &edge).await;
    assert_eq!(told.error(), "already_enrolled");
    assert_eq!(edge.posted("token").len(), 1);
    let shown = status(&pc).await;
    assert_eq!(
        (&shown["state"], &shown["light"]),
        (&"enrolled".into(), &"stopped".into())
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_code_is_said() {
    for (edges, error, exit) in [
        ("invalid_grant", "wrong_enrolment_code", 3),
        ("expired_token", "expired_enrolment_code", 3),
    ] {
        let (edge, pc) = (FakeEdge::start().await, Pc::new());
        edge.now().control.codes.insert(CODE, edges);
        let run = enrol(&pc, &edge).await;
        assert_eq!((run.error().as_str(), run.code), (error, exit));
        assert_eq!(pc.run(&["--json", "agent", "status"]).await.error(), "not_enrolled");
    }
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let run = pc
        .run(&[
            "--json", "agent", "enrol", "--edge", &edge.url, "--tenant", "aozora", "--code", "tg_rt_x",
        ])
        .await;
    assert_eq!(run.error(), "invalid_input");
    assert!(edge.posted("token").is_empty(), "nothing was sent");
    let run = pc
        .run(&["--json", "agent", "enrol", "--edge", &edge.url, "--tenant", "aozora"])
        .await;
    assert_eq!(run.error(), "usage");
    assert!(run.stdout.contains("TEGATA_ENROLMENT_CODE"), "{run:?}");
}

#[tokio::test]
async fn the_code_can_stay_out_of_the_list_of_processes() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().control.codes.insert(CODE, "good");
    let mut command = pc.command(&["agent", "enrol", "--edge", &edge.url, "--tenant", "aozora"]);
    let run = finish(command.env("TEGATA_ENROLMENT_CODE", CODE).spawn().unwrap()).await;
    assert_eq!(run.code, 0, "{run:?}");
}

#[tokio::test]
async fn a_running_agent_shows_green_and_says_who_it_is() {
    let (edge, pc) = enrolled().await;
    let mut agent = running(&pc);
    let shown = shows(&pc, "green").await;
    assert_eq!(shown["equipment"], "5軸加工機 7号機");
    assert_eq!(shown["serial_number"], "SN-0007");
    assert!(
        shown["connected_since"].is_u64() && shown["trouble"].is_null(),
        "{shown}"
    );
    let hello = edge.now().control.hellos.first().cloned().unwrap();
    assert_eq!(hello["type"], "hello");
    let second = pc.run(&["--json", "agent", "run"]).await;
    assert_eq!(second.error(), "runs_already");
    agent.kill().await.unwrap();
    assert_eq!(
        status(&pc).await["light"],
        "stopped",
        "a killed agent is not taken for a connected one"
    );
    edge.now().control.turns_away = true;
    let mut agent = running(&pc);
    let shown = shows(&pc, "orange").await;
    assert!(
        shown["connected_since"].is_null(),
        "nor is one that has not connected yet: {shown}"
    );
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_broken_connection_is_dialled_again() {
    let (edge, pc) = enrolled().await;
    let mut agent = running(&pc);
    shows(&pc, "green").await;
    edge.now().control.closes = Some(1001);
    let end = Instant::now() + PATIENCE;
    while edge.now().control.hellos.len() < 2 {
        assert!(Instant::now() < end, "it did not come back");
        sleep(Duration::from_millis(50)).await;
    }
    shows(&pc, "green").await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn an_agent_that_was_turned_away_is_orange_and_stays_enrolled() {
    let (edge, pc) = enrolled().await;
    edge.now().control.turns_away = true;
    let mut agent = running(&pc);
    let end = Instant::now() + PATIENCE;
    while shows(&pc, "orange").await["trouble"].is_null() {
        assert!(Instant::now() < end, "it does not say what is wrong");
        sleep(Duration::from_millis(50)).await;
    }
    let shown = shows(&pc, "orange").await;
    assert_eq!(shown["trouble"]["code"], "turned_away", "{shown}");
    agent.kill().await.unwrap();
    assert_eq!(status(&pc).await["state"], "enrolled");
}

#[tokio::test]
async fn an_agent_that_was_ended_stops_and_says_so() {
    let (edge, pc) = enrolled().await;
    let agent = running(&pc);
    shows(&pc, "green").await;
    {
        let mut inner = edge.now();
        inner.revoked = true;
        inner.control.closes = Some(4001);
    }
    let output = tokio::time::timeout(PATIENCE, agent.wait_with_output()).await;
    let output = output.expect("it ends").unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("The enrolment of this machine's agent has ended."),
        "{said}"
    );
    let run = pc.run(&["--json", "agent", "status"]).await;
    assert_eq!((run.error().as_str(), run.code), ("ended", 3));
}

#[tokio::test]
async fn forgetting_gives_the_credential_back_and_leaves_no_file() {
    let (edge, pc) = enrolled().await;
    let run = pc.run(&["--json", "agent", "forget"]).await;
    assert_eq!(run.json()["forgotten"], true);
    let form = edge.posted("revoke").pop().unwrap();
    assert_eq!(
        (form["client_id"].as_str(), form["token_type_hint"].as_str()),
        ("agent", "refresh_token")
    );
    assert!(!pc.data().exists());
    let run = pc.run(&["--json", "agent", "forget"]).await;
    assert_eq!(run.json()["forgotten"], false);
}

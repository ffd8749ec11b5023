//! Enrolment without a code: what is typed, waiting, stopping and going on, and each way it ends.

use crate::support::command::{Pc, Run, finish};
use crate::support::fake_edge::FakeEdge;
use crate::support::identifying::{ACCEPTED, CODE};
use std::time::Duration;
use tokio::time::sleep;

const PATIENCE: Duration = Duration::from_secs(20);

async fn waits(edge: &FakeEdge, polls: usize) {
    let end = tokio::time::Instant::now() + PATIENCE;
    while edge.posted("poll").len() < polls {
        assert!(tokio::time::Instant::now() < end, "the agent does not poll");
        sleep(Duration::from_millis(50)).await;
    }
}

fn command(pc: &Pc, edge: &FakeEdge, code: &str) -> tokio::process::Command {
    let mut command = pc.command(&[
        "--json",
        "agent",
        "enrol",
        "--edge",
        &edge.url,
        "--organization",
        "１２３４ ５６７８",
        "--serial-number",
        "sn‐0007",
    ]);
    command.env("TEGATA_VERIFICATION_CODE", code);
    command
}

async fn run(pc: &Pc, edge: &FakeEdge, code: &str) -> Run {
    finish(command(pc, edge, code).spawn().unwrap()).await
}

async fn edge(answer: &'static str) -> FakeEdge {
    let edge = FakeEdge::start().await;
    edge.now().control.identified = answer;
    edge.now().control.codes.insert(CODE, "good");
    edge
}

#[tokio::test]
async fn a_machine_that_is_accepted_enrols_with_the_code_it_is_given() {
    let (edge, pc) = (edge(ACCEPTED).await, Pc::new());
    let run = run(&pc, &edge, "ａｂｃｄｅ－２３４５６").await;
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(run.json()["tenant"], "aozora");
    let form = edge.posted("identify").pop().unwrap();
    assert_eq!(
        (form["organization"].as_str(), form["serial_number"].as_str()),
        ("12345678", "sn-0007")
    );
    assert!(form["software"].starts_with("tegata "), "{form:?}");
    assert_eq!(edge.posted("token").pop().unwrap()["enrolment_code"], CODE);
    assert!(!pc.data().join("enrolment.json").exists(), "nothing waits any more");
}

#[tokio::test]
async fn waiting_can_stop_and_go_on_without_the_verification_code() {
    let (edge, pc) = (edge("authorization_pending").await, Pc::new());
    let mut waiting = command(&pc, &edge, "ABCDE-23456").spawn().unwrap();
    waits(&edge, 2).await;
    waiting.kill().await.unwrap();
    let stored = std::fs::read_to_string(pc.data().join("enrolment.json")).unwrap();
    assert!(!stored.contains("ABCDE"), "the verification code is not stored");
    edge.now().control.identified = ACCEPTED;
    let run = pc.run(&["--json", "agent", "enrol"]).await;
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(edge.posted("identify").len(), 1, "the request was the same");
    assert!(
        run.stderr.contains("aozora") || run.stdout.contains("aozora"),
        "{run:?}"
    );
}

#[tokio::test]
async fn a_machine_that_waits_can_be_forgotten() {
    let (edge, pc) = (edge("authorization_pending").await, Pc::new());
    let mut waiting = command(&pc, &edge, "ABCDE-23456").spawn().unwrap();
    waits(&edge, 1).await;
    waiting.kill().await.unwrap();
    let run = pc.run(&["--json", "agent", "forget"]).await;
    assert_eq!(run.json()["forgotten"], true);
    assert!(!pc.data().exists());
}

#[tokio::test]
async fn each_end_has_its_words_and_leaves_nothing_that_waits() {
    for (answer, error) in [
        ("access_denied", "refused"),
        ("expired_token", "expired"),
        ("invalid_grant", "ended"),
    ] {
        let (edge, pc) = (edge(answer).await, Pc::new());
        let run = run(&pc, &edge, "ABCDE-23456").await;
        assert_eq!((run.error().as_str(), run.code), (error, 3), "{run:?}");
        let again = pc.run(&["--json", "agent", "enrol"]).await;
        assert_eq!(
            again.error(),
            "usage",
            "nothing waits that the command could go on with"
        );
    }
    let (edge, pc) = (edge(ACCEPTED).await, Pc::new());
    edge.now().control.codes.insert(CODE, "invalid_grant");
    assert_eq!(
        run(&pc, &edge, "ABCDE-23456").await.error(),
        "ended",
        "the code is dead"
    );
    let run = run(&pc, &edge, "22222-22222").await;
    assert_eq!((run.error().as_str(), run.code), ("wrong_identification", 3), "{run:?}");
}

#[tokio::test]
async fn what_is_missing_or_mistyped_is_said_before_anything_is_sent() {
    let (edge, pc) = (edge(ACCEPTED).await, Pc::new());
    assert_eq!(run(&pc, &edge, "ABCDE").await.error(), "invalid_input");
    let without = [
        "--json",
        "agent",
        "enrol",
        "--edge",
        &edge.url,
        "--organization",
        "12345678",
    ];
    let told = pc.run(&[&without[..], &["--serial-number", "SN-1"]].concat()).await;
    assert_eq!(told.error(), "usage");
    assert!(told.stdout.contains("--verification-code-file"), "{told:?}");
    let file = pc.file("code.txt");
    std::fs::write(&file, "ABCDE-23456\n").unwrap();
    let path = file.to_str().unwrap();
    let filed = [
        &without[..],
        &["--serial-number", "SN-1", "--verification-code-file", path],
    ]
    .concat();
    assert!(edge.posted("identify").is_empty(), "nothing was sent");
    assert_eq!(pc.run(&filed).await.code, 0);
}

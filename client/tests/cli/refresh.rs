//! Renewing tokens when responses get lost, processes die, and commands run side by side.

use crate::support::command::{Pc, REGISTRATION, finish};
use crate::support::fake_edge::{Break, DATA, FakeEdge};
use std::time::Duration;

async fn active_with_expired_token() -> (FakeEdge, Pc) {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    let run = pc
        .run(&[&["viewer", "register", "--edge", &edge.url], &REGISTRATION[..]].concat())
        .await;
    assert_eq!(run.code, 0, "{run:?}");
    pc.expire_access_token();
    (edge, pc)
}

/// The refresh tokens that were presented, in order.
fn presented(edge: &FakeEdge) -> Vec<String> {
    edge.posted("token")
        .iter()
        .filter_map(|form| form.get("refresh_token").cloned())
        .collect()
}

#[tokio::test]
async fn an_expired_token_is_renewed_before_reading() {
    let (edge, pc) = active_with_expired_token().await;
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
    assert_eq!(presented(&edge), ["tg_rt_0"]);
    assert_eq!(pc.state()["phase"]["active"]["tokens"]["refresh_token"], "tg_rt_1");
    assert!(pc.state()["phase"]["active"]["refresh_sent_at"].is_null());
}

#[tokio::test]
async fn a_lost_reply_is_asked_for_again_with_the_same_token() {
    let (edge, pc) = active_with_expired_token().await;
    edge.now().breaks = Break::Unavailable;
    let run = pc.run(&["viewer", "get", "x"]).await;
    assert_eq!(run.stdout, DATA, "{run:?}");
    assert_eq!(presented(&edge), ["tg_rt_0", "tg_rt_0"]);
}

#[tokio::test]
async fn a_process_killed_between_rotation_and_reply_loses_nothing() {
    let (edge, pc) = active_with_expired_token().await;
    edge.now().breaks = Break::Silence;
    let mut child = pc.start(&["viewer", "get", "x"]);
    while presented(&edge).is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    child.kill().await.unwrap();
    assert!(pc.state()["phase"]["active"]["refresh_sent_at"].is_u64());
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
    assert_eq!(presented(&edge), ["tg_rt_0", "tg_rt_0"]);
}

#[tokio::test]
async fn two_commands_at_once_renew_once() {
    let (edge, pc) = active_with_expired_token().await;
    let (first, second) = (pc.start(&["viewer", "get", "a"]), pc.start(&["viewer", "get", "b"]));
    let (first, second) = tokio::join!(finish(first), finish(second));
    assert_eq!(
        (first.stdout.as_str(), second.stdout.as_str()),
        (DATA, DATA),
        "{first:?} {second:?}"
    );
    assert_eq!(presented(&edge), ["tg_rt_0"]);
}

#[tokio::test]
async fn a_token_the_gate_rejects_is_renewed_once() {
    let (edge, pc) = active_with_expired_token().await;
    // Renew, then make the edge forget that access token.
    assert_eq!(pc.run(&["viewer", "status"]).await.code, 0);
    assert_eq!(pc.run(&["viewer", "status"]).await.code, 0);
    assert_eq!(presented(&edge), ["tg_rt_0", "tg_rt_1"]);
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
}

#[tokio::test]
async fn a_revoked_device_is_told_to_register_again() {
    let (edge, pc) = active_with_expired_token().await;
    edge.now().revoked = true;
    let run = pc.run(&["--json", "viewer", "status"]).await;
    assert_eq!((run.code, run.error().as_str()), (3, "revoked"));
}

#[tokio::test]
async fn a_revocation_that_get_meets_is_remembered() {
    let (edge, pc) = active_with_expired_token().await;
    let key = std::fs::read(pc.data().join("key.json")).unwrap();
    edge.now().revoked = true;
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.code, 3);
    let asked = edge.posted("token").len();
    for command in [
        &["viewer", "status", "--offline"][..],
        &["viewer", "status"],
        &["viewer", "activate"],
        &["viewer", "get", "x"],
    ] {
        let run = pc.run(command).await;
        assert_eq!((run.code, run.stdout.as_str()), (3, ""), "{command:?}: {run:?}");
        assert!(
            run.stderr.contains("This PC is no longer permitted."),
            "{command:?}: {run:?}"
        );
        assert_eq!(
            run.stderr.contains("The service said so on "),
            command.contains(&"status")
        );
    }
    assert_eq!(edge.posted("token").len(), asked, "the edge need not be asked again");
    assert!(!pc.state().to_string().contains("tg_rt_"), "the tokens are gone");

    // A new registration may follow. Who holds a copy of the earlier key gains nothing.
    edge.now().revoked = false;
    edge.now().state = "awaiting_approval";
    assert_eq!(pc.register(&edge.url).await.code, 0);
    assert_ne!(std::fs::read(pc.data().join("key.json")).unwrap(), key);
}

#[tokio::test]
async fn a_revoked_pc_can_be_forgotten() {
    let (edge, pc) = active_with_expired_token().await;
    edge.now().revoked = true;
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.code, 3);
    let forgotten = pc.run(&["viewer", "forget"]).await;
    assert_eq!(
        (forgotten.code, forgotten.stdout.as_str()),
        (0, "The data stored on this PC was deleted.\n")
    );
    assert!(edge.posted("revoke").is_empty(), "there is nothing left to give back");
    assert!(!pc.data().exists());
}

#[tokio::test]
async fn status_without_a_connection_says_what_this_pc_knows() {
    let (_edge, pc) = active_with_expired_token().await;
    let mut state = pc.state();
    state["metadata"]["token_endpoint"] = "http://127.0.0.1:1/token".into();
    std::fs::write(pc.data().join("state.json"), state.to_string()).unwrap();
    let run = pc.run(&["viewer", "status"]).await;
    assert_eq!((run.code, run.stdout.as_str()), (5, ""), "{run:?}");
    for told in [
        "Asking the service",
        "Cannot reach the service",
        "According to what is stored on this PC",
    ] {
        assert!(run.stderr.contains(told), "{told}: {run:?}");
    }
    assert_eq!(pc.run(&["viewer", "status", "--offline"]).await.code, 0);
}

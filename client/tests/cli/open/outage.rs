//! The page when the edge is away, when two programs run at once, and when the data on the PC is damaged.

use super::{FORM, active, opened};
use crate::support::browser::Program;
use crate::support::command::Pc;
use crate::support::fake_edge::{Break, FakeEdge};
use serde_json::Value;
use std::fs;

/// Points the registration's endpoints to where nobody listens, or back.
fn reach(pc: &Pc, edge: &FakeEdge, is_away: bool) {
    let mut state = pc.state();
    let issuer = if is_away {
        "http://127.0.0.1:1/t/aozora".to_owned()
    } else {
        edge.issuer()
    };
    state["metadata"]["issuer"] = Value::from(issuer.clone());
    for (name, path) in [("token_endpoint", "token"), ("revocation_endpoint", "revoke")] {
        state["metadata"][name] = Value::from(format!("{issuer}/oauth/{path}"));
    }
    fs::write(pc.data().join("state.json"), state.to_string()).unwrap();
}

#[tokio::test]
async fn an_edge_that_is_away_is_told_and_tried_again() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    reach(&pc, &edge, true);
    let away = browser.post("check", &[]).await;
    assert_eq!((away.status, away.heading()), (502, "This PC can view the data"));
    away.says("Cannot reach the service");
    let data = browser.post("data", &[("path", "/x")]).await;
    assert_eq!(data.status, 502);
    data.says("Cannot reach the service");
    let kept = browser.post("forget", &[]).await;
    kept.says("Cannot reach the service");
    kept.says("Delete only what is stored on this PC");
    assert!(pc.data().join("state.json").exists(), "nothing was deleted");

    reach(&pc, &edge, false);
    browser.post("check", &[]).await.says("was asked just now");
    reach(&pc, &edge, true);
    let form = browser.post("forget", &[("only", "yes")]).await;
    assert_eq!(form.heading(), "Request permission for this PC");
    assert!(edge.posted("revoke").is_empty());
}

#[tokio::test]
async fn a_request_survives_an_outage() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let away = Program::start(&pc, &["--edge", "http://127.0.0.1:1", "--tenant", "aozora"]).await;
    let page = away.enter().await.post("request", &FORM).await;
    assert_eq!(page.status, 502);
    page.says("Cannot reach the service");
    page.says("value=\"山田 太郎\"");

    let (_program, browser) = opened(&edge, &pc).await;
    browser.post("request", &FORM).await;
    browser.until("Waiting for approval").await;
    reach(&pc, &edge, true);
    let told = async {
        while !browser.get("").await.text.contains("Retrying.") {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), told)
        .await
        .unwrap();
    edge.now().state = "awaiting_code";
    reach(&pc, &edge, false);
    browser.until("Enter the activation code").await;
}

#[tokio::test]
async fn a_code_whose_answer_was_lost_is_not_sent_again_by_itself() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (_program, browser) = opened(&edge, &pc).await;
    browser.post("request", &FORM).await;
    edge.now().state = "awaiting_code";
    browser.until("Enter the activation code").await;
    edge.now().breaks = Break::Unavailable;
    let lost = browser.post("code", &[("code", "ABCDE-23456")]).await;
    assert_eq!(lost.status, 502, "{lost:?}");
    lost.says("It is unknown whether the code arrived.");
    assert!(!lost.text.contains("ABCDE-23456"));
    let sent = || {
        edge.posted("token")
            .iter()
            .filter(|form| form.contains_key("activation_code"))
            .count()
    };
    assert_eq!(sent(), 1);
    // The edge had accepted it, so the next poll collects the tokens.
    browser.until("This PC can view the data").await;
    assert_eq!(sent(), 1);
}

#[tokio::test]
async fn two_programs_at_once_share_one_registration() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (_first, one) = opened(&edge, &pc).await;
    let (_second, other) = opened(&edge, &pc).await;
    let (a, b) = tokio::join!(one.post("request", &FORM), other.post("request", &FORM));
    assert_eq!((a.status, b.status), (200, 200), "{a:?} {b:?}");
    assert_eq!(edge.posted("device_authorization").len(), 1);
    edge.now().state = "awaiting_code";
    tokio::join!(
        one.until("Enter the activation code"),
        other.until("Enter the activation code")
    );
    let code = [("code", "ABCDE-23456")];
    let (a, b) = tokio::join!(one.post("code", &code), other.post("code", &code));
    let active = "This PC can view the data";
    assert_eq!((a.heading(), b.heading()), (active, active), "{a:?} {b:?}");

    pc.expire_access_token();
    let read = [("path", "/x")];
    let (a, b) = tokio::join!(one.post("data", &read), other.post("data", &read));
    assert_eq!((a.status, b.status), (200, 200), "{a:?} {b:?}");
    let refreshed = edge
        .posted("token")
        .iter()
        .filter(|form| form.contains_key("refresh_token"))
        .count();
    assert_eq!(refreshed, 1);
}

#[tokio::test]
async fn damaged_data_leads_to_a_new_start() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    fs::remove_file(pc.data().join("key.json")).unwrap();
    let missing = browser.post("check", &[]).await;
    missing.says("The key file");
    missing.says("href=\"forget\"");
    let kept = browser.post("forget", &[]).await;
    kept.says("Delete only what is stored on this PC");

    fs::write(pc.data().join("state.json"), "{").unwrap();
    let damaged = browser.get("").await;
    assert_eq!((damaged.status, damaged.heading()), (500, "The Viewer cannot continue"));
    damaged.says("href=\"forget\"");
    browser.get("forget").await.says("name=\"only\" value=\"yes\"");
    let form = browser.post("forget", &[("only", "yes")]).await;
    assert_eq!(form.heading(), "Request permission for this PC");
    assert!(
        edge.posted("revoke").is_empty(),
        "the PC it may have been copied from keeps its permission"
    );
}

//! Enrolment without a code on the page (P2): what is typed goes to the running agent, which waits for the answer by itself,
//! shows how the request ended, and connects once the machine is accepted.

use super::{opened, says, service};
use crate::support::browser::{Browser, Program, Shown};
use crate::support::command::{Pc, finish};
use crate::support::fake_edge::FakeEdge;
use crate::support::identifying::{ACCEPTED, CODE};
use std::time::Duration;
use tokio::process::Child;
use tokio::time::sleep;

const VERIFICATION_CODE: &str = "ABCDE-23456";
const WAITS: &str = "This machine has requested enrolment.";

/// A machine whose agent runs and is not enrolled, with the page open, at an edge that answers polls with `answer`.
async fn unenrolled(answer: &'static str) -> (FakeEdge, Pc, Child, Program, Browser) {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().control.identified = answer;
    edge.now().control.codes.insert(CODE, "good");
    let agent = service(&pc);
    let (program, browser) = opened(&pc).await;
    says(&browser, "", "This machine is not enrolled yet.").await;
    (edge, pc, agent, program, browser)
}

/// Sends the form as a browser does: with every field of both ways.
async fn identify(browser: &Browser, edge: &str, [organization, code, serial]: [&str; 3]) -> Shown {
    let fields = [
        ("edge", edge),
        ("organization_id", organization),
        ("verification_code", code),
        ("serial_number", serial),
        ("tenant", ""),
        ("enrolment_code", ""),
    ];
    browser.post("identify", &fields).await
}

async fn request(browser: &Browser, edge: &FakeEdge) {
    let page = identify(browser, &edge.url, ["12345678", VERIFICATION_CODE, "SN-0007"]).await;
    assert_eq!((page.status, page.heading()), (200, "Remote Service"), "{page:?}");
}

/// Waits for `more` polls from now on.
async fn polled(edge: &FakeEdge, more: usize) {
    let wanted = edge.posted("poll").len() + more;
    for _ in 0..400 {
        if edge.posted("poll").len() >= wanted {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("the agent does not poll");
}

/// Asserts that the edge hears nothing for a while in which it would have been polled.
async fn hears_nothing(edge: &FakeEdge) {
    let before = edge.connections() + edge.posted("poll").len();
    sleep(Duration::from_secs(3)).await;
    assert_eq!(edge.connections() + edge.posted("poll").len(), before);
}

fn is_on_disk(pc: &Pc, words: &str) -> bool {
    std::fs::read_dir(pc.data()).unwrap().any(|entry| {
        let content = std::fs::read(entry.unwrap().path()).unwrap_or_default();
        String::from_utf8_lossy(&content).contains(words)
    })
}

#[tokio::test]
async fn a_machine_that_identified_itself_waits_and_connects_by_itself_once_it_is_accepted() {
    let (edge, pc, mut agent, _program, browser) = unenrolled("authorization_pending").await;
    for (typed, wrong) in [
        (["1234567", VERIFICATION_CODE, "SN-0007"], "organization_id"),
        (["12345678", "ABCDE", "SN-0007"], "verification_code"),
        (["12345678", VERIFICATION_CODE, ""], "serial_number"),
    ] {
        let page = identify(&browser, &edge.url, typed).await;
        assert_eq!((page.status, page.wrong()), (422, vec![wrong.to_owned()]), "{page:?}");
        assert!(!page.text.contains("ABCDE"), "a code is not shown again: {page:?}");
        page.says(&format!("value=\"{}\"", edge.url));
    }
    assert!(edge.posted("identify").is_empty(), "nothing was sent");
    let page = identify(&browser, &edge.url, ["12345678", "22222-22222", "SN-0007"]).await;
    page.says("The organisation ID or the verification code is wrong.");
    assert!(page.status == 409 && !page.text.contains(WAITS), "{page:?}");

    request(&browser, &edge).await;
    polled(&edge, 2).await;
    let page = browser.get("service").await;
    page.says(WAITS);
    page.says("<dd>SN-0007</dd>");
    page.says("id=\"assistance-missing\"");
    page.says("the enrolment of this machine");
    assert_eq!(browser.post("assistance", &[("on", "yes")]).await.status, 409);
    let home = browser.get("").await;
    home.says("Orange: not connected");
    home.says("is waiting for approval");
    assert!(!is_on_disk(&pc, "ABCDE"), "the verification code is not stored");
    let status = pc.run(&["--json", "agent", "status"]).await;
    assert_eq!(status.code, 4, "{status:?}");
    assert!(
        status.json()["waiting_until"].as_u64() > Some(1_700_000_000),
        "{status:?}"
    );

    edge.now().control.identified = ACCEPTED;
    let page = says(&browser, "service", "Green: connected").await;
    assert!(page.contains("5軸加工機 7号機") && !page.contains(WAITS), "{page}");
    assert!(!page.contains("assistance-missing"), "{page}");
    assert_eq!(browser.post("assistance", &[("on", "yes")]).await.status, 200);
    hears_nothing(&edge).await;
    let told = {
        agent.start_kill().unwrap();
        finish(agent).await
    };
    assert!(
        !told.stderr.contains("ABCDE") && !told.stdout.contains("ABCDE"),
        "{told:?}"
    );
}

#[tokio::test]
async fn an_agent_that_is_started_again_goes_on_waiting() {
    let (edge, pc, mut agent, _program, browser) = unenrolled("authorization_pending").await;
    request(&browser, &edge).await;
    polled(&edge, 1).await;
    agent.kill().await.unwrap();
    hears_nothing(&edge).await;
    let mut agent = service(&pc);
    polled(&edge, 1).await;
    says(&browser, "service", WAITS).await;
    edge.now().control.identified = ACCEPTED;
    says(&browser, "", "Green: connected").await;
    assert_eq!(edge.posted("identify").len(), 1, "the request was the same");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn what_ends_a_request_is_said_in_every_language_until_there_is_another() {
    for (answer, words) in [
        (
            "access_denied",
            [
                "この機器の登録は拒否されました。",
                "This machine was refused.",
                "Denne maskine blev afvist.",
            ],
        ),
        (
            "expired_token",
            [
                "期限までにこの機器が承認されませんでした。",
                "Nobody approved this machine in time.",
                "Ingen accepterede denne maskine i tide.",
            ],
        ),
        (
            "invalid_grant",
            [
                "この機器の承認は無効になりました",
                "The acceptance of this machine is no longer valid",
                "Godkendelsen af denne maskine gælder ikke længere",
            ],
        ),
    ] {
        let (edge, pc, mut agent, _program, browser) = unenrolled(answer).await;
        request(&browser, &edge).await;
        says(&browser, "service", words[1]).await;
        hears_nothing(&edge).await;
        agent.kill().await.unwrap();
        let mut agent = service(&pc);
        says(&browser, "", words[1]).await;
        for (language, words) in ["ja", "en", "da"].into_iter().zip(words) {
            let page = browser
                .post("language", &[("lang", language), ("back", "service")])
                .await;
            page.says(words);
            browser.get("").await.says(words);
        }
        browser.post("language", &[("lang", "en")]).await;
        edge.now().control.identified = "authorization_pending";
        request(&browser, &edge).await;
        let page = browser.get("service").await;
        assert!(page.text.contains(WAITS) && !page.text.contains(words[1]), "{page:?}");
        agent.kill().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_in_the_way_is_shown_and_does_not_end_the_wait() {
    let (edge, _pc, mut agent, _program, browser) = unenrolled("authorization_pending").await;
    request(&browser, &edge).await;
    polled(&edge, 1).await;
    browser
        .post("proxy", &[("mode", "manual"), ("proxy", "127.0.0.1:1")])
        .await;
    edge.now().control.identified = ACCEPTED;
    says(&browser, "", "127.0.0.1:1").await;
    browser.get("service").await.says(WAITS);
    browser.post("proxy", &[("mode", "none")]).await;
    says(&browser, "", "Green: connected").await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn while_the_remote_service_is_off_nothing_is_asked() {
    let (edge, _pc, mut agent, _program, browser) = unenrolled("authorization_pending").await;
    request(&browser, &edge).await;
    polled(&edge, 1).await;
    browser.post("service", &[]).await;
    says(&browser, "", "Off: the remote service is disabled").await;
    // The agent takes a moment to follow.
    sleep(Duration::from_secs(1)).await;
    hears_nothing(&edge).await;
    browser.get("service").await.says(WAITS);
    let refused = identify(&browser, &edge.url, ["12345678", VERIFICATION_CODE, "SN-0008"]).await;
    assert_eq!(refused.status, 502, "{refused:?}");
    browser.post("service", &[("on", "yes")]).await;
    polled(&edge, 1).await;
    assert_eq!(edge.posted("identify").len(), 1);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_command_and_the_agent_that_wait_for_the_same_answer_both_get_it() {
    let (edge, pc, mut agent, _program, browser) = unenrolled("authorization_pending").await;
    request(&browser, &edge).await;
    let waiting = pc.start(&["--json", "agent", "enrol"]);
    polled(&edge, 4).await;
    edge.now().control.identified = ACCEPTED;
    let run = finish(waiting).await;
    assert_eq!((run.code, &run.json()["tenant"]), (0, &"aozora".into()), "{run:?}");
    says(&browser, "", "Green: connected").await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_enter_key_sends_the_way_that_was_filled_in() {
    let (edge, _pc, mut agent, _program, browser) = unenrolled("authorization_pending").await;
    let fields = [
        ("edge", edge.url.as_str()),
        ("organization_id", ""),
        ("verification_code", ""),
        ("serial_number", ""),
        ("tenant", "aozora"),
        ("enrolment_code", CODE),
    ];
    browser.post("identify", &fields).await.says("The change was saved.");
    says(&browser, "", "Green: connected").await;
    assert!(edge.posted("identify").is_empty());
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn danish_people_find_the_words_that_they_know() {
    let (_edge, _pc, mut agent, _program, browser) = unenrolled("authorization_pending").await;
    let page = browser.post("language", &[("lang", "da"), ("back", "service")]).await;
    page.says("Tjenesteorganisations-id</label>");
    page.says("Bekræftelseskode</label>");
    agent.kill().await.unwrap();
}

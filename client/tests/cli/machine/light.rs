//! The light (P9), the start of the agent, and the enrolment on the page.

use super::{CODE, enrolled, opened, says, service};
use crate::support::command::Pc;
use crate::support::fake_edge::FakeEdge;
use std::process::Command;
use tokio::net::UnixStream;

/// Ends the agent that the page started, which is no child of this test.
async fn end_agent(pc: &Pc) {
    let socket = UnixStream::connect(pc.data().join("control.sock")).await.unwrap();
    let pid = socket.peer_cred().unwrap().pid().unwrap();
    let ended = Command::new("kill").arg(pid.to_string()).status().unwrap();
    assert!(ended.success());
}

#[tokio::test]
async fn a_stopped_agent_is_started_and_the_machine_enrolled_on_the_page() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().control.codes.insert(CODE, "good");
    let (program, browser) = opened(&pc).await;
    let page = browser.get("").await;
    assert_eq!((page.status, page.heading()), (200, "Menu"));
    page.says("Stopped: the agent is not running");
    page.says("Start the agent");
    let about = browser.get("about").await;
    about.says(env!("CARGO_PKG_VERSION"));
    about.says("The agent does not answer");
    assert_eq!(
        browser.get("service").await.heading(),
        "Menu",
        "there is nothing to set"
    );

    let page = browser.post("start", &[]).await;
    page.says("Orange: not connected");
    page.says("This machine is not enrolled yet.");
    assert!(!page.text.contains("Start the agent"), "{page:?}");

    let wrong = browser
        .post(
            "enrol",
            &[
                ("edge", "http://edge.example"),
                ("tenant", "aozora"),
                ("enrolment_code", CODE),
            ],
        )
        .await;
    assert_eq!((wrong.status, wrong.wrong()), (422, vec!["edge".to_owned()]));
    wrong.says("value=\"aozora\"");
    assert!(!wrong.text.contains(CODE), "a code is not shown again: {wrong:?}");
    let fields = [
        ("edge", edge.url.as_str()),
        ("tenant", "aozora"),
        ("enrolment_code", CODE),
    ];
    let page = browser.post("enrol", &fields).await;
    assert_eq!(page.heading(), "Remote Service");
    page.says("The change was saved.");
    let page = says(&browser, "service", "Green: connected").await;
    for told in ["5軸加工機 7号機", "SN-0007", "aozora", &edge.url] {
        assert!(page.contains(told), "{told}: {page}");
    }
    says(&browser, "about", "SN-0007").await;
    drop(program);
    assert!(
        UnixStream::connect(pc.data().join("control.sock")).await.is_ok(),
        "the agent goes on"
    );
    end_agent(&pc).await;
}

#[tokio::test]
async fn the_light_follows_the_agent() {
    let (edge, pc, mut agent, _program, browser) = enrolled().await;
    let before = browser.get("state").await.text;
    assert_eq!(before, browser.get("state").await.text, "nothing happened");
    {
        let mut inner = edge.now();
        inner.control.turns_away = true;
        inner.control.closes = Some(1001);
    }
    let page = says(&browser, "", "The service did not accept the connection.").await;
    assert!(page.contains("class=\"light orange\""), "{page}");
    assert_ne!(before, browser.get("state").await.text);
    agent.kill().await.unwrap();
    let page = says(&browser, "", "Stopped: the agent is not running").await;
    assert!(page.contains("class=\"light stopped\""), "{page}");
    let mut agent = service(&pc);
    edge.now().control.turns_away = false;
    let page = says(&browser, "", "Green: connected").await;
    assert!(page.contains("class=\"light green\""), "{page}");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn an_agent_that_cannot_be_started_is_explained() {
    let pc = Pc::new();
    let (_program, browser) = opened(&pc).await;
    // A directory that others can write to is refused by every command.
    let folder = pc.data();
    std::fs::create_dir_all(&folder).unwrap();
    let exposed = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(&folder, exposed).unwrap();
    let page = browser.post("start", &[]).await;
    assert_eq!(page.status, 503);
    page.says("The agent could not be started (exit status: 1).");
    page.says("Start the agent");
}

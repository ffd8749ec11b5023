//! `tegata agent settings`: what is shown, what is stored, and what cannot be switched on yet.

use crate::agent::{enrolled, running};
use crate::support::command::{Pc, finish};
use crate::support::fake_edge::FakeEdge;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn settings(pc: &Pc, options: &[&str]) -> Value {
    let run = pc.run(&[&["--json", "agent", "settings"], options].concat()).await;
    assert_eq!(run.code, 0, "{run:?}");
    run.json()
}

#[tokio::test]
async fn a_machine_begins_with_the_service_on_and_assistance_off() {
    let pc = Pc::new();
    let shown = settings(&pc, &[]).await;
    let expected = json!({
        "remote_service": true, "proxy": {"mode": "automatic"}, "found_proxy": null, "remote_assistance": false,
        "missing_for_remote_assistance": ["enrolment"],
    });
    assert_eq!(shown, expected);
    assert!(!pc.data().join("settings.json").exists(), "looking changes nothing");
}

#[tokio::test]
async fn a_proxy_is_set_with_its_password_from_a_file_and_shown_without_it() {
    let pc = Pc::new();
    let file = pc.file("password");
    std::fs::write(&file, "日本 secret\nnot this line\n").unwrap();
    let options = [
        "--proxy",
        "proxy.aozora.example:3128",
        "--proxy-user",
        r"AOZORA\line7",
        "--proxy-password-file",
        file.to_str().unwrap(),
    ];
    let shown = settings(&pc, &options).await;
    let expected = json!({
        "mode": "manual", "host": "proxy.aozora.example", "port": 3128, "domain": "AOZORA", "user": "line7",
        "password_set": true,
    });
    assert_eq!(shown["proxy"], expected);
    let stored = std::fs::read_to_string(pc.data().join("settings.json")).unwrap();
    let stored: Value = serde_json::from_str(&stored).unwrap();
    assert_eq!(stored["proxy"]["password"], "日本 secret");
    let run = pc.run(&["--language", "en", "agent", "settings"]).await;
    assert!(
        run.stdout.contains("Proxy password: set") && !run.stdout.contains("secret"),
        "{run:?}"
    );
    assert_eq!(
        settings(&pc, &["--proxy", "none"]).await["proxy"],
        json!({"mode": "none"})
    );
}

#[tokio::test]
async fn remote_assistance_waits_for_what_is_missing_and_names_it() {
    let pc = Pc::new();
    let on = [
        "--language",
        "en",
        "--json",
        "agent",
        "settings",
        "--remote-assistance",
        "on",
    ];
    let behind_a_proxy = |arguments: &[&str]| {
        let mut command = pc.command(arguments);
        command.env("ALL_PROXY", "http://line7:secret@proxy.aozora.example:3128");
        finish(command.spawn().unwrap())
    };
    let run = behind_a_proxy(&on).await;
    assert_eq!((run.code, run.error().as_str()), (1, "assistance_not_ready"));
    let expected = concat!(
        "Remote assistance cannot be allowed yet. ",
        "Still missing: the enrolment of this machine, a proxy set by hand (or the choice to use none)"
    );
    assert_eq!(run.json()["error"]["message"], expected);
    assert_eq!(settings(&pc, &[]).await["remote_assistance"], false);

    let (_edge, pc) = enrolled().await;
    let behind_a_proxy = |arguments: &[&str]| {
        let mut command = pc.command(arguments);
        command.env("ALL_PROXY", "http://line7:secret@proxy.aozora.example:3128");
        finish(command.spawn().unwrap())
    };
    let run = behind_a_proxy(&on).await;
    assert_eq!(
        run.error(),
        "assistance_not_ready",
        "a proxy that was only found is not settled"
    );
    let adopt = [&on[..], &["--adopt-proxy"]].concat();
    let run = behind_a_proxy(&adopt).await;
    assert_eq!(run.json()["remote_assistance"], true, "{run:?}");
    let expected = json!({
        "mode": "manual", "host": "proxy.aozora.example", "port": 3128, "domain": null, "user": "line7",
        "password_set": true,
    });
    assert_eq!(run.json()["proxy"], expected);
    let run = behind_a_proxy(&["--json", "agent", "settings", "--proxy", "automatic"]).await;
    assert_eq!(
        run.json()["missing_for_remote_assistance"],
        json!(["proxy"]),
        "and it says what is missing now"
    );
}

#[tokio::test]
async fn what_cannot_be_a_setting_is_refused_and_changes_nothing() {
    let pc = Pc::new();
    settings(&pc, &["--proxy", "proxy.aozora.example:3128"]).await;
    let before = std::fs::read(pc.data().join("settings.json")).unwrap();
    for options in [
        &["--proxy", "proxy.aozora.example"][..],
        &["--proxy", "none", "--proxy-user", "line7"],
        &[
            "--remote-service",
            "off",
            "--proxy",
            "socks5://proxy.aozora.example:1080",
        ],
        &["--adopt-proxy"],
    ] {
        let run = pc.run(&[&["--json", "agent", "settings"], options].concat()).await;
        assert_eq!((run.code, run.error().as_str()), (2, "invalid_input"), "{options:?}");
    }
    assert_eq!(std::fs::read(pc.data().join("settings.json")).unwrap(), before);
}

/// Waits until agents have said `switches`, one after the other.
async fn announced(edge: &FakeEdge, switches: &[bool]) {
    let end = Instant::now() + Duration::from_secs(10);
    while edge.now().control.switches != switches {
        assert!(Instant::now() < end, "{:?}", edge.now().control.switches);
        sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_running_agent_tells_the_edge_whether_remote_assistance_is_allowed() {
    let (edge, pc) = enrolled().await;
    let mut agent = running(&pc);
    announced(&edge, &[false]).await;
    settings(&pc, &["--remote-assistance", "on"]).await;
    announced(&edge, &[false, true]).await;
    assert_eq!(edge.now().control.hellos.len(), 1, "on the same connection");
    settings(&pc, &["--remote-assistance", "off"]).await;
    announced(&edge, &[false, true, false]).await;
    settings(&pc, &["--proxy", "none"]).await;
    announced(&edge, &[false, true, false, false]).await;
    assert_eq!(
        edge.now().control.hellos.len(),
        2,
        "another way takes another connection"
    );
    agent.kill().await.unwrap();
}

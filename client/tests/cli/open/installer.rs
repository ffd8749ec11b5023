//! The installer's configuration, for the page and for the command.

use super::FORM;
use crate::support::browser::Program;
use crate::support::command::{Pc, REGISTRATION, finish};
use crate::support::fake_edge::FakeEdge;
use std::fs;

#[tokio::test]
async fn the_installers_place_is_not_asked_for() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let config = pc.file("viewer.json");
    let written = format!(r#"{{"edge": "{}", "tenant": "aozora", "language": "ja"}}"#, edge.url);
    fs::write(&config, written).unwrap();
    let config = config.to_str().unwrap();
    let open = ["--json", "viewer", "open", "--no-browser", "--config", config];
    let program = Program::run(pc.start(&open)).await;
    let browser = program.enter().await;
    let form = browser.get("").await;
    form.says("<html lang=\"ja\">");
    form.says("認証トークン要求実行");
    assert!(!form.text.contains("id=\"edge\"") && !form.text.contains("id=\"tenant\""));
    browser.post("request", &FORM).await;
    assert_eq!(edge.posted("device_authorization")[0]["locale"], "ja");
}

#[tokio::test]
async fn the_command_takes_its_place_from_the_installer_unless_it_is_told() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let config = pc.file("viewer.json");
    fs::write(&config, format!(r#"{{"edge": "{}", "tenant": "aozora"}}"#, edge.url)).unwrap();
    let register = [&["--json", "viewer", "register", "--no-wait"], &REGISTRATION[2..]].concat();
    let mut command = pc.command(&register);
    let run = finish(command.env("TEGATA_VIEWER_CONFIG", &config).spawn().unwrap()).await;
    assert_eq!(run.code, 0, "{run:?}");

    let other = Pc::new();
    let told = [
        &register[..],
        &["--tenant", "midori", "--config", config.to_str().unwrap()],
    ]
    .concat();
    assert_eq!(other.run(&told).await.error(), "unknown_tenant");
}

#[tokio::test]
async fn a_configuration_that_cannot_be_right_is_named() {
    let pc = Pc::new();
    let config = pc.file("viewer.json");
    for written in [r#"{"edge": "http://edge.example"}"#, r#"{"tennant": "aozora"}"#, ""] {
        fs::write(&config, written).unwrap();
        for command in ["open", "register"] {
            let run = pc
                .run(&["--json", "viewer", command, "--config", config.to_str().unwrap()])
                .await;
            assert_eq!(
                (run.code, run.error().as_str()),
                (1, "installation"),
                "{written}: {run:?}"
            );
            assert!(run.stdout.contains("viewer.json"), "{run:?}");
        }
    }
    // A command that asks nobody anything does not need it.
    let status = pc
        .run(&["--json", "viewer", "status", "--config", config.to_str().unwrap()])
        .await;
    assert_eq!(status.error(), "not_registered");
}

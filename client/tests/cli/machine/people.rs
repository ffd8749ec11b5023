//! People who do not administer the machine. These tests act as another user, which only root can: as anybody else they say
//! so and end.

use super::{enrol, says};
use crate::support::browser::Program;
use crate::support::command::{Pc, finish};
use crate::support::fake_edge::FakeEdge;
use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{PermissionsExt as _, chown};
use tempfile::TempDir;

/// `nobody`, and its group as Debian, Fedora and Alpine call it.
const NOBODY: u32 = 65534;
const GROUPS: [&str; 2] = ["nogroup", "nobody"];

fn group() -> Option<&'static str> {
    let groups = std::fs::read_to_string("/etc/group").unwrap_or_default();
    let id = format!(":{NOBODY}:");
    let line = groups.lines().find(|line| line.contains(&id))?;
    GROUPS.into_iter().find(|name| line.starts_with(&format!("{name}:")))
}

fn is_root(pc: &Pc) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(pc.home()).unwrap().uid() == 0
}

/// The page, opened by `nobody` from a home of their own.
async fn opened_by_nobody(pc: &Pc, home: &TempDir) -> Program {
    let mut command = pc.command(&["--json", "--language", "en", "agent", "open", "--no-browser"]);
    command.env("HOME", home.path()).uid(NOBODY).gid(NOBODY);
    Program::run(command.spawn().unwrap()).await
}

#[tokio::test]
async fn a_member_of_the_group_sees_the_settings_and_changes_none() {
    let (pc, home) = (Pc::new(), TempDir::new().unwrap());
    let Some(group) = group().filter(|_| is_root(&pc)) else {
        eprintln!("skipped: this test needs root and the group of nobody");
        return;
    };
    chown(home.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    set_permissions(pc.home(), Permissions::from_mode(0o711)).unwrap();
    let mut agent = pc.start(&["agent", "run", "--service", "--group", group]);
    let program = opened_by_nobody(&pc, &home).await;
    let browser = program.enter().await;
    says(&browser, "", "This machine is not enrolled yet.").await;
    let page = browser.get("service").await;
    page.says("Only the administrator of this machine can change settings.");
    let fieldsets = page.text.matches("<fieldset").count();
    // The fields of the proxy's authentication lie in a group of their own, inside one that is disabled.
    assert_eq!(
        page.text.matches("<fieldset disabled>").count(),
        fieldsets - 1,
        "{page:?}"
    );
    for (path, fields) in [
        ("service", vec![]),
        ("proxy", vec![("mode", "none")]),
        ("adopt", vec![]),
        ("assistance", vec![]),
        (
            "identify",
            vec![
                ("edge", "https://edge.example"),
                ("organization_id", "12345678"),
                ("verification_code", "ABCDE-23456"),
                ("serial_number", "SN-0007"),
            ],
        ),
        (
            "enrol",
            vec![
                ("edge", "https://edge.example"),
                ("tenant", "aozora"),
                ("enrolment_code", super::CODE),
            ],
        ),
    ] {
        let refused = browser.post(path, &fields).await;
        assert_eq!(refused.status, 403, "{path}: {refused:?}");
    }
    let settings = pc.run(&["--json", "agent", "settings"]).await.json();
    assert_eq!(
        (&settings["remote_service"], &settings["proxy"]["mode"]),
        (&true.into(), &"automatic".into())
    );
    assert!(!pc.data().join("agent.json").exists() && !pc.data().join("enrolment.json").exists());
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn somebody_outside_the_group_sees_nothing() {
    let (pc, home) = (Pc::new(), TempDir::new().unwrap());
    if !is_root(&pc) {
        eprintln!("skipped: this test needs root");
        return;
    }
    chown(home.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    set_permissions(pc.home(), Permissions::from_mode(0o711)).unwrap();
    let mut agent = pc.start(&["agent", "run", "--service"]);
    while !pc.data().join("control.sock").exists() {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let program = opened_by_nobody(&pc, &home).await;
    let browser = program.enter().await;
    let page = browser.get("").await;
    page.says("You cannot see the agent");
    assert!(!page.text.contains("action=\"start\""), "{page:?}");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_member_of_the_group_gets_the_status_of_a_directory_that_they_cannot_read() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let Some(group) = group().filter(|_| is_root(&pc)) else {
        eprintln!("skipped: this test needs root and the group of nobody");
        return;
    };
    set_permissions(pc.home(), Permissions::from_mode(0o711)).unwrap();
    enrol(&edge, &pc).await;
    let status = || {
        let mut command = pc.command(&["--json", "agent", "status"]);
        command.uid(NOBODY).gid(NOBODY);
        finish(command.spawn().unwrap())
    };
    assert_eq!(status().await.error(), "storage", "nobody runs who could say");
    let mut agent = pc.start(&["agent", "run", "--service", "--group", group]);
    for _ in 0..200 {
        let run = status().await;
        if run.code == 0 && run.json()["light"] == "green" {
            assert_eq!(run.json()["serial_number"], "SN-0007");
            agent.kill().await.unwrap();
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{:?}", status().await);
}

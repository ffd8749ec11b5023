//! The agent as a service: its unit, and that uninstalling leaves nothing behind. Packagers' `--root` keeps this machine
//! out of it.

use crate::support::command::{Pc, Run};
use crate::support::fake_edge::FakeEdge;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

const CODE: &str = "tg_enr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
const TEGATA: &str = env!("CARGO_BIN_EXE_tegata");

/// Installs below a root of the test's own.
async fn install(pc: &Pc, more: &[&str]) -> (PathBuf, Run) {
    let root = pc.file("root");
    let install = ["--json", "agent", "install", "--program", TEGATA, "--root"];
    let run = pc.run(&[&install[..], &[root.to_str().unwrap()], more].concat()).await;
    (root.join("etc/systemd/system/tegata-agent.service"), run)
}

async fn uninstall(pc: &Pc) -> Run {
    let root = pc.file("root");
    pc.run(&["--json", "agent", "uninstall", "--root", root.to_str().unwrap()])
        .await
}

async fn enrolled() -> (FakeEdge, Pc) {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().control.codes.insert(CODE, "good");
    let arguments = [
        "agent", "enrol", "--edge", &edge.url, "--tenant", "aozora", "--code", CODE,
    ];
    assert_eq!(pc.run(&arguments).await.code, 0);
    (edge, pc)
}

/// Runs `systemd-analyze`; `None` where there is none.
fn analyze(arguments: &[&str]) -> Option<(bool, String)> {
    let Ok(output) = Command::new("systemd-analyze").args(arguments).output() else {
        eprintln!("skipped: no systemd-analyze on this machine");
        return None;
    };
    let said = [output.stdout, output.stderr].concat();
    Some((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

#[tokio::test]
async fn systemd_accepts_the_unit_and_finds_it_confined() {
    let pc = Pc::new();
    for more in [&[][..], &["--group", "machine-users"]] {
        let (unit, run) = install(&pc, more).await;
        assert_eq!((run.code, &run.json()["started"]), (0, &false.into()), "{run:?}");
        let text = fs::read_to_string(&unit).unwrap();
        assert!(text.contains(&format!("--data-dir {}", pc.data().display())), "{text}");
        assert_eq!(fs::metadata(&unit).unwrap().permissions().mode() & 0o777, 0o644);
        let unit = unit.to_str().unwrap();
        let Some((passed, said)) = analyze(&["verify", "--man=no", unit]) else {
            return;
        };
        assert!(passed && !said.contains("tegata-agent"), "{said}");
        // Ten times the exposure that systemd prints; a service without any protection has 96.
        let exposure = ["security", "--no-pager", "--offline=true", "--threshold=35", unit];
        if let Some((passed, said)) = analyze(&exposure) {
            assert!(passed, "{said}");
        }
    }
}

#[tokio::test]
async fn a_program_that_others_can_replace_is_not_run_as_root() {
    let pc = Pc::new();
    let program = pc.file("tegata");
    fs::write(&program, "").unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o777)).unwrap();
    let run = pc
        .run(&["--json", "agent", "install", "--program", program.to_str().unwrap()])
        .await;
    assert_eq!((run.error().as_str(), run.code), ("unsafe_program", 1));
}

#[tokio::test]
async fn names_that_a_unit_could_misread_are_refused() {
    let pc = Pc::new();
    let (unit, run) = install(&pc, &["--group", "x\nUser=root"]).await;
    assert_eq!((run.error().as_str(), run.code), ("unusual_name", 2));
    assert!(!unit.exists());
}

#[tokio::test]
async fn uninstalling_leaves_nothing_behind_and_may_be_repeated() {
    let (edge, pc) = enrolled().await;
    let (unit, run) = install(&pc, &[]).await;
    assert_eq!(run.code, 0, "{run:?}");
    let run = uninstall(&pc).await;
    assert_eq!(
        (run.code, &run.json()["uninstalled"], &run.json()["credential"]),
        (0, &true.into(), &"returned".into())
    );
    assert_eq!(edge.posted("revoke").len(), 1);
    assert!(!unit.exists() && !pc.data().exists());
    let run = uninstall(&pc).await;
    assert_eq!(
        (run.code, &run.json()["uninstalled"], &run.json()["credential"]),
        (0, &false.into(), &"none".into())
    );
    assert_eq!(edge.posted("revoke").len(), 1);
    assert!(!pc.data().exists());
}

#[tokio::test]
async fn a_machine_without_a_network_is_cleared_and_says_what_is_left_to_do() {
    let (edge, pc) = enrolled().await;
    let (unit, _) = install(&pc, &[]).await;
    drop(edge);
    // Nobody listens there any more; the enrolment says where.
    let file = pc.data().join("agent.json");
    let state = fs::read_to_string(&file).unwrap();
    let mut state: serde_json::Value = serde_json::from_str(&state).unwrap();
    state["metadata"]["revocation_endpoint"] = "http://127.0.0.1:1/revoke".into();
    fs::write(&file, state.to_string()).unwrap();
    let root = pc.file("root");
    let arguments = [
        "--language",
        "en",
        "agent",
        "uninstall",
        "--root",
        root.to_str().unwrap(),
    ];
    let run = pc.run(&arguments).await;
    assert_eq!(run.code, 0, "{run:?}");
    assert!(
        run.stdout.contains("Ask an administrator to end the agent's enrolment"),
        "{run:?}"
    );
    assert!(!unit.exists() && !pc.data().exists());
}

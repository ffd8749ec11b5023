//! Only the user can access the data directory, and a copy of it is worthless without the key.

use crate::support::command::{Pc, REGISTRATION};
use crate::support::fake_edge::FakeEdge;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

async fn active() -> (FakeEdge, Pc) {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    let run = pc
        .run(&[&["viewer", "register", "--edge", &edge.url], &REGISTRATION[..]].concat())
        .await;
    assert_eq!(run.code, 0, "{run:?}");
    (edge, pc)
}

fn copy(from: &Pc, names: &[&str]) -> Pc {
    let copy = Pc::new();
    fs::create_dir(copy.data()).unwrap();
    fs::set_permissions(copy.data(), fs::Permissions::from_mode(0o700)).unwrap();
    for name in names {
        fs::copy(from.data().join(name), copy.data().join(name)).unwrap();
    }
    copy
}

#[tokio::test]
async fn files_are_for_the_user_alone_and_the_key_is_not_in_the_state() {
    let (_edge, pc) = active().await;
    assert_eq!(mode(&pc.data()), 0o700);
    for name in ["key.json", "state.json", "lock"] {
        assert_eq!(mode(&pc.data().join(name)), 0o600, "{name}");
    }
    let key: serde_json::Value = serde_json::from_slice(&fs::read(pc.data().join("key.json")).unwrap()).unwrap();
    assert!(!pc.state().to_string().contains(key["d"].as_str().unwrap()));
}

#[tokio::test]
async fn a_key_that_others_can_read_is_not_used() {
    let (edge, pc) = active().await;
    fs::set_permissions(pc.data().join("key.json"), fs::Permissions::from_mode(0o644)).unwrap();
    let run = pc.run(&["--json", "viewer", "get", "x", "-o", "/dev/null"]).await;
    assert_eq!((run.code, run.error().as_str()), (1, "exposed"));
    assert!(
        run.stdout.contains("key.json") && run.stdout.contains("0644"),
        "{run:?}"
    );
    assert!(edge.now().gate_headers.is_empty());
}

#[tokio::test]
async fn a_directory_that_others_can_write_is_not_used() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    fs::create_dir(pc.data()).unwrap();
    fs::set_permissions(pc.data(), fs::Permissions::from_mode(0o777)).unwrap();
    assert_eq!(pc.register(&edge.url).await.error(), "exposed");
}

#[tokio::test]
async fn a_copied_directory_without_its_key_gives_no_access_and_ends_none() {
    let (edge, pc) = active().await;
    let stranger = copy(&pc, &["state.json"]);
    for arguments in [
        &["--json", "viewer", "get", "x", "-o", "/dev/null"][..],
        &["--json", "viewer", "forget"],
    ] {
        let run = stranger.run(arguments).await;
        assert_eq!((run.code, run.error().as_str()), (1, "key_missing"), "{run:?}");
    }
    assert!(edge.posted("revoke").is_empty());
    assert!(edge.now().gate_headers.is_empty());
    assert_eq!(stranger.run(&["viewer", "forget", "--offline"]).await.code, 0);
    assert_eq!(
        pc.run(&["viewer", "get", "x"]).await.code,
        0,
        "the PC it came from is not affected"
    );
}

#[tokio::test]
async fn a_key_of_another_registration_is_refused() {
    let (_edge, pc) = active().await;
    let (_other_edge, other) = active().await;
    let mixed = copy(&pc, &["state.json"]);
    fs::copy(other.data().join("key.json"), mixed.data().join("key.json")).unwrap();
    assert_eq!(
        mixed
            .run(&["--json", "viewer", "get", "x", "-o", "/dev/null"])
            .await
            .error(),
        "key_mismatch"
    );
}

#[tokio::test]
async fn a_damaged_state_is_reported_not_overwritten() {
    let (edge, pc) = active().await;
    fs::write(pc.data().join("state.json"), "{").unwrap();
    assert_eq!(pc.register(&edge.url).await.error(), "malformed_file");
    assert_eq!(fs::read_to_string(pc.data().join("state.json")).unwrap(), "{");
}

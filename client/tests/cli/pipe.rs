//! When the reader of standard output closes it, the command ends silently, as SIGPIPE would have ended it.

use crate::support::command::{Pc, REGISTRATION, finish};
use crate::support::fake_edge::FakeEdge;

const BROKEN_PIPE: i32 = 141;

async fn without_reader(pc: &Pc, arguments: &[&str]) {
    // The reader is gone before the command starts: otherwise a short response could be written before it goes.
    let (reader, stdout) = std::io::pipe().unwrap();
    drop(reader);
    let run = finish(pc.command(arguments).stdout(stdout).spawn().unwrap()).await;
    assert_eq!((run.code, run.stderr.as_str()), (BROKEN_PIPE, ""), "{arguments:?}");
}

#[tokio::test]
async fn a_reader_that_has_gone_away_ends_the_command_quietly() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    let register = ["viewer", "register", "--edge", &edge.url];
    assert_eq!(finish(pc.start(&[&register[..], &REGISTRATION].concat())).await.code, 0);
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["viewer", "status"],
        &["viewer", "status", "--json"],
        &["viewer", "get", "x"],
    ] {
        without_reader(&pc, arguments).await;
    }
}

/// Only a closed reader is ignored silently.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_disk_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = finish(Pc::new().command(&["--help"]).stdout(full).spawn().unwrap()).await;
    assert_eq!(run.code, 1);
    assert!(run.stderr.starts_with("tegata: Cannot write the result"), "{run:?}");
}

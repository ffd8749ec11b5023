//! The cold start: the time that a worker takes before its first response.
//!
//! workerd reads, compiles and instantiates a worker before it accepts connections, so the time from the first
//! connection to the first response reveals little. The worker's own share is the difference to a worker that does
//! nothing, from the start of the process to the first response; the process itself costs both the same.

use std::{collections::BTreeMap, net::TcpStream, path::Path, process::Command, thread, time::Duration};

use anyhow::{Result, bail};
use xtask::{
    edge::EdgeOptions,
    http::{answers, free_port},
    launch::{Launch as _, Plain},
    process::{Leashed, now},
};

use crate::{
    compare::{Comparison, Pace, Spread},
    peer,
    report::{Row, Target},
};

/// The time the worker may add, in milliseconds. This limits its size, so a run that exceeds it fails.
const ADDED_AT_MOST: f64 = 100.0;
const LIMIT: Duration = Duration::from_secs(20);
const GLANCE: Duration = Duration::from_micros(200);

/// The times of one start, in milliseconds.
struct Started {
    /// From the start of the process to the first response.
    whole: f64,
    /// From the first accepted connection to the first response.
    answer: f64,
}

/// Starts both in turn.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let directory = tempfile::tempdir()?;
    let bare = directory.path().join("ok");
    peer::prepare("ok", &bare)?;
    let (mut whole, mut answer, mut added) = (Comparison::default(), Comparison::default(), Vec::new());
    // The first pair warms the file cache.
    for round in 0..=pace.rounds * 2 {
        let ours = ours(&directory.path().join(format!("edge-{round}")))?;
        let theirs = theirs(&bare)?;
        if round > 0 {
            whole.note(ours.whole, theirs.whole);
            answer.note(ours.answer, theirs.answer);
            added.push(ours.whole - theirs.whole);
        }
    }
    Ok(vec![
        Row::of(
            "cold start: what the worker adds to the process's",
            "ms",
            Spread::of(added).median,
        )
        .with_gate(Target::AtMost(ADDED_AT_MOST)),
        Row::beside("cold start: process to first answer", "ms", &whole),
        Row::beside("cold start: first connection to first answer", "ms", &answer),
    ])
}

fn ours(state: &Path) -> Result<Started> {
    let mut options = EdgeOptions::new(state)?;
    std::fs::create_dir_all(state)?;
    options.port = free_port()?;
    time(&mut Plain::command(&options)?, options.port)
}

fn theirs(directory: &Path) -> Result<Started> {
    let port = free_port()?;
    time(
        &mut peer::command("ok", directory, &BTreeMap::from([("http", port)]))?,
        port,
    )
}

fn time(command: &mut Command, port: u16) -> Result<Started> {
    let start = now();
    let process = Leashed::start(command)?;
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        if start.elapsed() > LIMIT {
            bail!("workerd did not start");
        }
        thread::sleep(GLANCE);
    }
    let accepted = now();
    if !answers(&format!("http://127.0.0.1:{port}/healthz")) {
        bail!("the first request did not return 200");
    }
    let started = Started {
        whole: start.elapsed().as_secs_f64() * 1000.0,
        answer: accepted.elapsed().as_secs_f64() * 1000.0,
    };
    process.kill()?;
    Ok(started)
}

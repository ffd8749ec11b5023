//! Edges for tests: plain workerd with its state below cargo's directory for tests, and one edge shared by each test
//! program.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use tokio::task::spawn_blocking;
use xtask::edge::{EdgeOptions, PlainEdge};

use crate::world::World;

/// Creates an empty state directory. `directory` is the caller's `CARGO_TARGET_TMPDIR`; the edge's log stays there
/// until the next run.
pub fn state(directory: &str, name: &str) -> PathBuf {
    let path = Path::new(directory).join(name);
    if path.exists() {
        fs::remove_dir_all(&path).expect("the state of the previous run can be removed");
    }
    path
}

/// The development build, with short intervals for polls and retries.
pub fn development(directory: &str, name: &str) -> EdgeOptions {
    EdgeOptions::new(state(directory, name))
        .expect("options")
        .var("MAIL_RETRY_SECONDS", "1")
        .var("POLL_INTERVAL_SECONDS", "1")
}

/// Starts an edge and waits until it responds.
pub fn start(options: EdgeOptions) -> PlainEdge {
    PlainEdge::start(options).expect("the edge starts")
}

/// Kills an edge (SIGKILL) and starts it again at once.
pub async fn killed(mut edge: PlainEdge) -> PlainEdge {
    let killed = spawn_blocking(move || {
        edge.kill().expect("killed");
        edge.restart().expect("restarted");
        edge
    });
    killed.await.expect("the edge is back")
}

/// Pauses of random length, the same in every run.
#[derive(Debug)]
pub struct Pauses(u64);

impl Pauses {
    /// Those of a `seed`.
    pub const fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// The next one, below `milliseconds`.
    pub const fn below(&mut self, milliseconds: u64) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        Duration::from_millis((self.0 >> 33) % milliseconds)
    }
}

/// The edge that all tests of one program share. It ends with the program.
#[derive(Debug)]
pub struct Shared(OnceLock<PlainEdge>);

impl Shared {
    /// Not started yet.
    pub const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// A client of the shared edge, which starts on first use.
    pub fn world(&self, options: impl FnOnce() -> EdgeOptions) -> World {
        World::of(self.0.get_or_init(|| start(options())))
    }
}

impl Default for Shared {
    fn default() -> Self {
        Self::new()
    }
}

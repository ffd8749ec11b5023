//! Starts a demo edge with its own state for the duration of a run.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use anyhow::{Context, Result};
use xtask::{
    dev::{DevEdge, DevOptions},
    paths,
    process::{leashed, run},
};

/// Runs Node with `arguments` while a demo edge serves under the name `host`; `TEGATA_DEV_JSON` names the file that
/// describes it.
pub fn with_demo_edge(host: &str, arguments: &[&str], files: &[PathBuf], environment: &[(&str, &Path)]) -> Result<()> {
    let directory = ScratchDirectory::new()?;
    let options = DevOptions {
        host: host.to_owned(),
        port: 0,
        state: directory.0.join("state"),
        description: directory.0.join("dev.json"),
        vars: vec![
            ("POLL_INTERVAL_SECONDS".to_owned(), "1".to_owned()),
            ("MAIL_RETRY_SECONDS".to_owned(), "1".to_owned()),
        ],
        machine: false,
        ..DevOptions::usual()
    };
    let edge = DevEdge::start(&options)?;
    let mut command = leashed(paths::npm_program("node"))?;
    command
        .args(arguments)
        .args(files)
        .envs(environment.iter().copied())
        .env("TEGATA_DEV_JSON", &options.description);
    let outcome = run(&mut command);
    edge.stop()?;
    outcome
}

/// A directory that is removed when this value is dropped.
struct ScratchDirectory(PathBuf);

impl ScratchDirectory {
    fn new() -> Result<Self> {
        // Two may run at the same time.
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("tegata-demo-edge-{}-{number}", process::id()));
        fs::create_dir(&path).with_context(|| format!("making {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for ScratchDirectory {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

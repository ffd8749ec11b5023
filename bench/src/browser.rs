//! Programs in `bench/browser/`, which drive real browsers: each gets one JSON document as its argument, and prints another.

use std::{
    fs::{self, File},
    path::PathBuf,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempDir;
use tokio::time::sleep;
use xtask::{
    paths,
    process::{Leashed, leashed, stop_requested},
};

const LOOK: Duration = Duration::from_millis(50);

/// A running one; dropping it stops it, and its browsers with it.
pub struct Driver {
    name: String,
    process: Leashed,
    output: PathBuf,
    _directory: TempDir,
}

impl Driver {
    /// Starts `bench/browser/{name}.mjs`.
    pub fn start(name: &str, argument: &Value) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        let output = directory.path().join("output.json");
        let mut command = leashed(paths::npm_program("node"))?;
        command
            .arg(paths::root().join(format!("bench/browser/{name}.mjs")))
            // A secret in it opens nothing but the edge under test, which ends with the figure.
            .arg(argument.to_string())
            .stdout(File::create(&output)?);
        Ok(Self {
            name: name.to_owned(),
            process: Leashed::start(&mut command)?,
            output,
            _directory: directory,
        })
    }

    /// Waits for its end, and returns the document it printed. Other tasks go on meanwhile.
    pub async fn end<T: DeserializeOwned>(mut self) -> Result<T> {
        let status = loop {
            if let Some(status) = self.process.try_wait()? {
                break status;
            }
            if stop_requested() {
                bail!("interrupted");
            }
            sleep(LOOK).await;
        };
        if !status.success() {
            bail!("the browsers of {} failed ({status})", self.name);
        }
        serde_json::from_slice(&fs::read(&self.output)?).with_context(|| format!("the output of {}", self.name))
    }
}

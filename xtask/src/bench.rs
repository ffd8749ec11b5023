//! `cargo xtask bench`: builds what is measured and runs the benchmark, which prints its figures itself.

use std::process::Stdio;

use anyhow::Result;
use xtask::{
    build::{self, Flavour},
    process::{self, leashed},
};

/// Runs the benchmark with these arguments.
pub fn bench(arguments: &[String]) -> Result<()> {
    build::build(Flavour::Development)?;
    let mut command = leashed("cargo")?;
    command
        .args(["run", "--quiet", "--release", "--package", "tegata-bench", "--"])
        .args(arguments);
    process::run(command.stdout(Stdio::inherit()))
}

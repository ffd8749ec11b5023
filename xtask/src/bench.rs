//! `cargo xtask bench`: builds what the benchmark measures and runs it. The benchmark prints its own figures.

use std::process::Stdio;

use anyhow::Result;
use xtask::{
    build::{self, Flavour},
    process::{self, leashed},
    tools,
};

/// Runs the benchmark with these arguments.
pub fn bench(arguments: &[String]) -> Result<()> {
    tools::for_measuring()?;
    // Most figures use the development build, because they read its mailbox; the panel's use the production build.
    build::build(Flavour::Production)?;
    build::build(Flavour::Development)?;
    // It verifies an exported log, and is the agent of sessions. The benchmark looks for it beside its own program.
    let mut tegata = leashed("cargo")?;
    process::run(tegata.args(["build", "--quiet", "--release", "--package", "tegata-client"]))?;
    let mut command = leashed("cargo")?;
    command
        .args(["run", "--quiet", "--release", "--package", "tegata-bench", "--"])
        .args(arguments);
    process::run(command.stdout(Stdio::inherit()))
}

//! `cargo xtask bench`: builds what the benchmark measures and runs it. The benchmark prints its own figures.

use std::process::Stdio;

use anyhow::Result;
use xtask::{
    build::{self, Flavour},
    process::{self, leashed},
};

/// Runs the benchmark with these arguments.
pub fn bench(arguments: &[String]) -> Result<()> {
    // Most figures use the development build, because they read its mailbox; the panel's use the production build.
    build::build(Flavour::Production)?;
    build::build(Flavour::Development)?;
    // The verifier reads an exported log.
    let mut verifier = leashed("cargo")?;
    process::run(verifier.args(["build", "--quiet", "--package", "tegata-client"]))?;
    let mut command = leashed("cargo")?;
    command
        .args(["run", "--quiet", "--release", "--package", "tegata-bench", "--"])
        .args(arguments);
    process::run(command.stdout(Stdio::inherit()))
}

//! `cargo xtask bench`: builds what is measured and runs the benchmark, which prints its figures itself.

use std::process::Stdio;

use anyhow::Result;
use xtask::{
    build::{self, Flavour},
    process::{self, leashed},
};

/// Runs the benchmark with these arguments.
pub fn bench(arguments: &[String]) -> Result<()> {
    // Most is measured on the development build, whose mailbox it reads; the panel on what is deployed.
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

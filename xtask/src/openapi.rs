//! `cargo xtask openapi`: what is made of the routing table and the actions: the API's document, its page, and the types of
//! the console.

use anyhow::Result;
use xtask::{
    process::{leashed, run},
    tools,
};

/// Writes them all. The generator is a crate of its own, so that this one need not wait for what it is made of.
pub fn openapi() -> Result<()> {
    tools::npm()?;
    let mut command = leashed("cargo")?;
    command
        .args(["run", "--quiet", "--package", "tegata-openapi", "--"])
        .arg("npx")
        // Asked for by name: it brings forty packages, and is needed only when the API changes.
        .args(["--yes", "openapi-typescript@7.13.0"])
        // What has a default may still be left out.
        .arg("--default-non-nullable=false");
    run(&mut command)
}

//! `cargo xtask openapi`: generates the API's document, its page and the console's types from the routing table and the
//! actions.

use anyhow::Result;
use xtask::{
    process::{leashed, run},
    tools,
};

/// Writes all three. The generator is a separate crate, so that this one need not wait for the crates it depends on.
pub fn openapi() -> Result<()> {
    tools::npm()?;
    let mut command = leashed("cargo")?;
    command
        .args(["run", "--quiet", "--package", "tegata-openapi", "--"])
        .arg("npx")
        // Installed on demand: it brings forty packages, and is needed only when the API changes.
        .args(["--yes", "openapi-typescript@7.13.0"])
        // Members with a default stay optional.
        .arg("--default-non-nullable=false");
    run(&mut command)
}

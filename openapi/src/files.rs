//! The files generated from the API description.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tegata_domain::jwk::sha256_b64;

use crate::page;

/// The API description, for people and tools that read the repository.
pub const DOCUMENT: &str = "docs/openapi.json";
/// The same without white space, which an edge serves as `/console/openapi.json`.
const SERVED: &str = "console/public/console/openapi.json";
/// The reference page, which an edge serves as `/console/api.html`.
const PAGE: &str = "console/public/console/api.html";
/// The API's types for the console's code.
pub const TYPES: &str = "console/src/api-types.ts";

/// The root of the repository, which is the directory above this crate.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Every generated file, as its path in the repository and its content.
///
/// # Errors
/// When the page cannot be rendered.
pub fn made(document: &Value) -> Result<[(&'static str, String); 3]> {
    Ok([
        (DOCUMENT, format!("{document:#}\n")),
        (SERVED, document.to_string()),
        (PAGE, page::render(document)?),
    ])
}

/// The first line of [`TYPES`]. It identifies the document the types were generated from, so that a test can check them
/// without Node.
#[must_use]
pub fn types_heading(document: &str) -> String {
    format!(
        "// Made by `cargo xtask openapi` from {DOCUMENT}, SHA-256 {}.\n",
        sha256_b64(document)
    )
}

fn write(place: &str, text: &str) -> Result<()> {
    let file: PathBuf = root().join(place);
    if let Some(directory) = file.parent() {
        std::fs::create_dir_all(directory).with_context(|| format!("making {}", directory.display()))?;
    }
    std::fs::write(&file, text).with_context(|| format!("writing {}", file.display()))
}

/// Writes all generated files. `generator` is the command line that runs openapi-typescript.
///
/// # Errors
/// When a file cannot be written or the generator fails.
pub fn write_all(document: &Value, generator: &[String]) -> Result<()> {
    let files = made(document)?;
    for (place, text) in &files {
        write(place, text)?;
    }
    let Some((program, arguments)) = generator.split_first() else {
        bail!("name the program that generates the types, as `cargo xtask openapi` does");
    };
    let output = Command::new(program)
        .args(arguments)
        .arg(DOCUMENT)
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("starting {program}"))?;
    if !output.status.success() {
        bail!("{program}: {}", output.status);
    }
    let types = String::from_utf8(output.stdout).context("the generated types are not UTF-8")?;
    let [(_, document), ..] = &files;
    write(TYPES, &format!("{}{types}", types_heading(document)))
}

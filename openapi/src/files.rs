//! The files that are written from the document, and whether they are current.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tegata_domain::jwk::sha256_b64;

use crate::page;

/// The document, for people and tools that read the repository.
pub const DOCUMENT: &str = "docs/openapi.json";
/// The same without white space, which an edge serves as `/console/openapi.json`.
const SERVED: &str = "console/public/console/openapi.json";
/// The page, which an edge serves as `/console/api.html`.
const PAGE: &str = "console/public/console/api.html";
/// What the console's code knows of the API.
pub const TYPES: &str = "console/src/api-types.ts";

/// The repository, which is the directory above this crate.
#[must_use]
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Every file that is made here, by its place in the repository, and what must be in it.
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

/// The first line of [`TYPES`]: which document the types were made from, so that a test without Node can tell.
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

/// Writes all of them. `generator` is how openapi-typescript is started.
///
/// # Errors
/// When a file cannot be written or the generator fails.
pub fn write_all(document: &Value, generator: &[String]) -> Result<()> {
    let files = made(document)?;
    for (place, text) in &files {
        write(place, text)?;
    }
    let Some((program, arguments)) = generator.split_first() else {
        bail!("name the program that makes types: `cargo xtask openapi` does");
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
    let types = String::from_utf8(output.stdout).context("types are UTF-8")?;
    let [(_, document), ..] = &files;
    write(TYPES, &format!("{}{types}", types_heading(document)))
}

//! Bundles a program of `bench/peers` and its npm packages into one module with esbuild.

use std::path::Path;

use crate::{
    paths,
    process::{self, leashed},
};
use anyhow::Result;

/// Bundles `bench/peers/{name}.mjs` into `target`. `aliases` map bare imports to files.
pub fn bundle(name: &str, target: &Path, aliases: &[(&str, &Path)]) -> Result<()> {
    let mut command = leashed(paths::npm_program("esbuild"))?;
    command
        .arg(paths::root().join(format!("bench/peers/{name}.mjs")))
        .args([
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2024",
            "--log-level=warning",
        ])
        .args([
            "--conditions=workerd,worker,browser",
            "--external:cloudflare:*",
            "--external:node:*",
            "--external:*.wasm",
        ])
        .arg(format!("--outfile={}", target.display()));
    for (import, file) in aliases {
        command.arg(format!("--alias:{import}={}", file.display()));
    }
    process::run(&mut command)
}

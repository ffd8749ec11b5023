//! The size of the worker: what is uploaded, and what a cold start reads. It has no target here: `cargo xtask build`
//! limits it, and what matters is the time of a cold start ([`super::start`]).

use std::{fs, io::Write as _};

use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use xtask::build::Flavour;

use crate::report::Row;

/// The WebAssembly of the production build if there is one, otherwise of the development build.
pub fn measure() -> Result<Vec<Row>> {
    let built = |flavour: Flavour| flavour.directory().join("index_bg.wasm");
    let (file, which) = match built(Flavour::Production) {
        file if file.exists() => (file, "production"),
        _ => (built(Flavour::Development), "development"),
    };
    let wasm = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&wasm)?;
    let gzip = gzip.finish()?.len();
    let mut brotli = Vec::new();
    let strongest = brotli::enc::BrotliEncoderParams::default();
    brotli::BrotliCompress(&mut wasm.as_slice(), &mut brotli, &strongest)?;
    let row = |form, bytes: usize| {
        Row::of(
            format!("size of the {which} worker, {form}"),
            "kB",
            bytes as f64 / 1000.0,
        )
    };
    Ok(vec![
        row("raw", wasm.len()),
        row("gzip", gzip),
        row("brotli", brotli.len()),
    ])
}

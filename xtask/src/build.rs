//! `cargo xtask build`: the worker, as WebAssembly and its JavaScript shim.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::{paths, process, process::leashed, tools};

/// The vendor's limit is 3 MB on the free plan; ours leaves room to grow and keeps cold starts short.
const SIZE_LIMIT: usize = 1_000_000;

/// Which worker to build. Each has its own directory, so that one is never taken for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// With the dev mailbox.
    Development,
    /// What is deployed.
    Production,
}

impl Flavour {
    /// Where the build lies: `index.js` and `index_bg.wasm`.
    pub fn directory(self) -> PathBuf {
        paths::root().join(self.directory_name())
    }

    /// Its environment in `wrangler.toml`.
    pub fn environment(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Production => "production",
        }
    }

    /// What `cargo xtask build` wants to hear for it.
    pub(crate) fn flag(self) -> &'static str {
        match self {
            Self::Development => " --dev",
            Self::Production => "",
        }
    }

    fn directory_name(self) -> &'static str {
        match self {
            Self::Development => "build-dev",
            Self::Production => "build",
        }
    }
}

/// Builds the worker and fails when it is larger than it may be. Answers its size, compressed, in bytes.
pub fn build(flavour: Flavour) -> Result<usize> {
    tools::for_building()?;
    let mut command = leashed("worker-build")?;
    command.args(["--release", "--out-dir", flavour.directory_name()]);
    if flavour == Flavour::Development {
        command.args(["--", "--features", "dev-mailbox"]);
    }
    // worker-build would otherwise download these two from places that may be closed, in versions we did not choose.
    command.env("WASM_BINDGEN_BIN", paths::tools()?.join("bin/wasm-bindgen"));
    command.env("ESBUILD_BIN", paths::npm_program("esbuild"));
    process::run(&mut command)?;
    optimise(flavour)?;
    check_size(flavour)
}

/// What rustc's wasm and wasm-bindgen's catch wrappers need, and nothing that workerd may not know yet.
const WASM_FEATURES: [&str; 7] = [
    "mutable-globals",
    "sign-ext",
    "nontrapping-float-to-int",
    "bulk-memory",
    "multivalue",
    "reference-types",
    "exception-handling",
];

/// Runs wasm-opt, which worker-build would run with the names kept.
fn optimise(flavour: Flavour) -> Result<()> {
    let file = flavour.directory().join("index_bg.wasm");
    let mut command = leashed(paths::npm_program("wasm-opt"))?;
    command.args(["-O3", "--strip-debug", "--strip-producers", "--strip-target-features"]);
    command.args(WASM_FEATURES.map(|feature| format!("--enable-{feature}")));
    command.arg(&file).arg("-o").arg(&file);
    process::run(&mut command)
}

fn check_size(flavour: Flavour) -> Result<usize> {
    let file = flavour.directory().join("index_bg.wasm");
    let wasm = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&wasm)?;
    let size = gzip.finish()?.len();
    eprintln!("{}: {size} bytes gzip of {SIZE_LIMIT} allowed", file.display());
    if size > SIZE_LIMIT {
        bail!("the worker is too large; see what the last change added (`cargo tree` shows the dependencies)");
    }
    Ok(size)
}

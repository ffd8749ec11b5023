//! `cargo xtask build`: the worker, as WebAssembly and its JavaScript half.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::{paths, process, process::leashed, tools};

/// Compressed, in bytes. The platform limits a worker's uncompressed size alone, so this one is ours: it lets no library
/// in unnoticed. How long a cold start may take is the benchmark's gate, and is what size costs.
const SIZE_LIMIT: usize = 2_000_000;

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
///
/// Four programs in turn, each for one thing: cargo, tegata-bindgen, wasm-opt, esbuild; and Vite for the console's files.
/// The platform's own build tool does the same, but keeps all names in the module and puts a proxy object around each
/// request, at a tenth of its time.
pub fn build(flavour: Flavour) -> Result<usize> {
    tools::for_building()?;
    let module = compile(flavour)?;
    // Within the target directory: it lies on the same disk and nobody looks for a worker there.
    let bindings = module.with_file_name(format!("bindings-{}", flavour.environment()));
    let output = flavour.directory();
    for directory in [&bindings, &output] {
        fs::create_dir_all(directory).with_context(|| format!("making {}", directory.display()))?;
    }
    bind(&module, &bindings)?;
    optimise(&bindings.join(WASM), &output.join(WASM))?;
    bundle(flavour, &bindings, &output)?;
    console()?;
    check_size(flavour)
}

/// Where the console's files lie once they are built.
pub fn console_directory() -> Result<PathBuf> {
    let directory = paths::root().join("console/dist");
    if !directory.exists() {
        bail!("{} is missing; run `cargo xtask build`", directory.display());
    }
    Ok(directory)
}

/// Builds the console: the same for every flavour.
fn console() -> Result<()> {
    let mut command = leashed(paths::npm_program("vite"))?;
    command.args(["build", "--config", "console/vite.config.ts", "--logLevel", "warn"]);
    process::run(&mut command)
}

/// What entry.js imports the module as.
const WASM: &str = "index_bg.wasm";

fn compile(flavour: Flavour) -> Result<PathBuf> {
    let mut command = leashed("cargo")?;
    command.args(["build", "--quiet", "--release", "--lib", "--package", "tegata-edge"]);
    command.args(["--target", "wasm32-unknown-unknown"]);
    if flavour == Flavour::Development {
        command.args(["--features", "dev-mailbox"]);
    }
    process::run(&mut command)?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| paths::root().join("target"), PathBuf::from);
    Ok(paths::root()
        .join(target)
        .join("wasm32-unknown-unknown/release/tegata_edge.wasm"))
}

/// Makes the module's JavaScript half.
fn bind(module: &Path, bindings: &Path) -> Result<()> {
    process::run(leashed(tools::bindgen()?)?.arg(module).arg(bindings))
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

fn optimise(from: &Path, to: &Path) -> Result<()> {
    let mut command = leashed(paths::npm_program("wasm-opt"))?;
    command.args(["-O3", "--strip-debug", "--strip-producers", "--strip-target-features"]);
    command.args(WASM_FEATURES.map(|feature| format!("--enable-{feature}")));
    command.arg(from).arg("-o").arg(to);
    process::run(&mut command)
}

/// What only certificates of authenticators need; see `src/platform/passkeys.js`.
const CERTIFICATES: [&str; 5] = [
    "@peculiar/asn1-android",
    "@peculiar/asn1-rsa",
    "@peculiar/asn1-x509-post-quantum",
    "@peculiar/x509",
    "reflect-metadata",
];

/// Scripts of `src/platform/` that others there import.
const IMPORTED: [&str; 4] = ["forwarding", "headers", "passkeys", "places"];

/// Makes one script of the entry and the bindings.
fn bundle(flavour: Flavour, bindings: &Path, output: &Path) -> Result<()> {
    let entry = match flavour {
        Flavour::Development => "src/entry-dev.js",
        Flavour::Production => "src/entry.js",
    };
    let mut command = leashed(paths::npm_program("esbuild"))?;
    command.args([entry, "--bundle", "--format=esm", "--minify", "--log-level=warning"]);
    command.args(["--external:./index_bg.wasm", "--external:cloudflare:*"]);
    command.arg(format!("--alias:bindings={}", bindings.join("index.js").display()));
    // The bindings hold copies of those scripts alone that Rust names; what these import is found here.
    command.args(IMPORTED.map(|name| format!("--alias:{name}=./src/platform/{name}.js")));
    // Authenticators' certificates are never looked at: what reads them would be a third of the script.
    command.args(CERTIFICATES.map(|package| format!("--alias:{package}=./src/platform/no-certificates.cjs")));
    // The bindings lie in the target directory, which may be anywhere.
    command.env("NODE_PATH", paths::root().join("node_modules"));
    command.arg(format!("--outfile={}", output.join("index.js").display()));
    process::run(&mut command)
}

fn check_size(flavour: Flavour) -> Result<usize> {
    let file = flavour.directory().join(WASM);
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

//! `cargo xtask build`: builds the worker as WebAssembly with its JavaScript half.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::{paths, process, process::leashed, tools};

/// Compressed size in bytes. The platform limits only the uncompressed size, so this limit is our own: it reveals a
/// library that gets in unnoticed. The cost of size is a slower cold start, which the benchmark limits.
const SIZE_LIMIT: usize = 2_000_000;

/// The worker to build. Each flavour has its own directory, so that one is never mistaken for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// With the dev mailbox.
    Development,
    /// For deployment.
    Production,
}

impl Flavour {
    /// The directory of the build's output: `index.js` and `index_bg.wasm`.
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

    /// The flag of `cargo xtask build` that selects it.
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

/// Builds the worker. Fails if it exceeds the size limit. Returns its compressed size in bytes.
///
/// Runs four programs in turn, each with one task: cargo, tegata-bindgen, wasm-opt, esbuild; and Vite for the console's
/// files. The platform's own build tool does the same, but it keeps all names in the module and wraps each request in a
/// proxy object, which costs a tenth of the request's time.
pub fn build(flavour: Flavour) -> Result<usize> {
    tools::for_building()?;
    let module = compile(flavour)?;
    // Inside the target directory: it is on the same disk, and nobody expects a worker there.
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

/// The directory of the console's built files.
pub fn console_directory() -> Result<PathBuf> {
    let directory = paths::root().join("console/dist");
    if !directory.exists() {
        bail!("{} is missing; run `cargo xtask build`", directory.display());
    }
    Ok(directory)
}

/// Builds the console, which is the same for every flavour.
fn console() -> Result<()> {
    let mut command = leashed(paths::npm_program("vite"))?;
    command.args(["build", "--config", "console/vite.config.ts", "--logLevel", "warn"]);
    process::run(&mut command)
}

/// The name under which entry.js imports the module.
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

/// Generates the module's JavaScript half.
fn bind(module: &Path, bindings: &Path) -> Result<()> {
    process::run(leashed(tools::bindgen()?)?.arg(module).arg(bindings))
}

/// Features that rustc's wasm and wasm-bindgen's catch wrappers need; excludes any that workerd may not support yet.
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

/// Packages needed only for authenticators' certificates; see `src/platform/passkeys.js`.
const CERTIFICATES: [&str; 5] = [
    "@peculiar/asn1-android",
    "@peculiar/asn1-rsa",
    "@peculiar/asn1-x509-post-quantum",
    "@peculiar/x509",
    "reflect-metadata",
];

/// Scripts of `src/platform/` that other scripts there import.
const IMPORTED: [&str; 4] = ["forwarding", "headers", "passkeys", "places"];

/// Bundles the entry and the bindings into one script.
fn bundle(flavour: Flavour, bindings: &Path, output: &Path) -> Result<()> {
    let entry = match flavour {
        Flavour::Development => "src/entry-dev.js",
        Flavour::Production => "src/entry.js",
    };
    let mut command = leashed(paths::npm_program("esbuild"))?;
    command.args([entry, "--bundle", "--format=esm", "--minify", "--log-level=warning"]);
    command.args(["--external:./index_bg.wasm", "--external:cloudflare:*"]);
    command.arg(format!("--alias:bindings={}", bindings.join("index.js").display()));
    // The bindings contain copies of only those scripts that Rust names; this resolves their imports.
    command.args(IMPORTED.map(|name| format!("--alias:{name}=./src/platform/{name}.js")));
    // Authenticators' certificates are never checked, and the code for them would be a third of the script.
    command.args(CERTIFICATES.map(|package| format!("--alias:{package}=./src/platform/no-certificates.cjs")));
    // The bindings are in the target directory, which may be anywhere.
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

//! `cargo xtask windows`: builds the command for Windows and runs its tests under Debian's wine, as far as wine goes.
//!
//! The tests are those of `client/tests/cli`. What concerns Unix alone is left out, and so is what wine does not
//! have. Not part of `test`: the build is one more of everything.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use xtask::{paths, process, process::leashed, tools};

const TARGET: &str = "x86_64-pc-windows-gnu";
/// What runs: the ways that a person or a machine goes.
const TESTS: &[&str] = &[
    "agent::",
    "identification::",
    "machine::light::the_light",
    "machine::settings::",
    "open::way::",
    "proxy::",
    "receipt::",
    "refresh::",
    "registration::",
    "remote_support::launch::",
    "remote_support::manual::",
    "remote_support::protocol::",
    "settings::",
];

/// Builds and tests. Fails if a test fails.
pub fn windows() -> Result<()> {
    tools::for_windows()?;
    let program = build()?;
    supply_prng(&program)?;
    let wine = Wine::start()?;
    let mut command = leashed("cargo")?;
    command
        .args(["test", "--quiet", "--package", "tegata-client", "--test", "cli", "--"])
        // Every process of wine talks to one server; many at once are slower than one after the other.
        .arg("--test-threads=2")
        .args(TESTS)
        .env("TEGATA_WINDOWS_PROGRAM", &program)
        .env("WINEPREFIX", &wine.prefix);
    process::run(&mut command)
}

/// Builds the command; returns its path.
fn build() -> Result<PathBuf> {
    let mut command = leashed("cargo")?;
    command.args([
        "build",
        "--quiet",
        "--package",
        "tegata-client",
        "--bin",
        "tegata",
        "--target",
        TARGET,
    ]);
    process::run(&mut command)?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| paths::root().join("target"), PathBuf::from);
    let program = target.join(TARGET).join("debug/tegata.exe");
    if !program.exists() {
        bail!("cargo did not write {}", program.display());
    }
    Ok(program)
}

/// Builds the library that wine lacks beside the program.
fn supply_prng(program: &Path) -> Result<()> {
    let library = program.with_file_name("bcryptprimitives.dll");
    let mut compiler = leashed("x86_64-w64-mingw32-gcc")?;
    compiler
        .args(["-O2", "-shared", "-o"])
        .arg(library)
        .arg(paths::root().join("xtask/src/windows/bcryptprimitives.c"))
        .arg("-ladvapi32");
    process::run(&mut compiler)
}

/// wine's server and its services, started before the tests. Those that the first test started would hold its output
/// open, and it would wait for them for ever.
struct Wine {
    /// wine's own directory, apart from the user's.
    prefix: PathBuf,
}

impl Wine {
    fn start() -> Result<Self> {
        let prefix = paths::tools()?.join("wine");
        fs::create_dir_all(&prefix).with_context(|| format!("making {}", prefix.display()))?;
        let wine = Self { prefix };
        // `-p`: it stays when nothing runs.
        wine.run("wineserver64", &["-p"])?;
        wine.run("wine64", &["wineboot", "--init"])?;
        Ok(wine)
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let program = Path::new("/usr/lib/wine").join(program);
        let mut command = Command::new(&program);
        command
            .args(arguments)
            .env("WINEPREFIX", &self.prefix)
            .env("WINEDEBUG", "-all");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let status = command
            .status()
            .with_context(|| format!("starting {}", program.display()))?;
        if !status.success() {
            bail!("{} ended with {status}", program.display());
        }
        Ok(())
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        // What is left of it is in nobody's way.
        let _ = self.run("wineserver64", &["-k"]);
    }
}

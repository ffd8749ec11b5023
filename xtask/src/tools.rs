//! Everything a clean machine lacks, installed where it is missing and at the version that is pinned here.
//!
//! Cargo's tools go to [`paths::tools`], npm's to `node_modules`. Debian packages are installed only by root on a machine
//! that has `apt-get`; elsewhere the message says what to install.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{paths, process, process::leashed};

/// A program that cargo builds.
struct CargoTool {
    package: &'static str,
    program: &'static str,
    version: &'static str,
    /// Whether its own lock file builds; the one of wasm-bindgen-cli does not.
    locked: bool,
}

// Moves together with `worker` and `wasm-bindgen` in Cargo.toml.
const WASM_BINDGEN: CargoTool = CargoTool {
    package: "wasm-bindgen-cli",
    program: "wasm-bindgen",
    version: "0.2.130",
    locked: false,
};
const DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
    locked: true,
};
const MACHETE: CargoTool = CargoTool {
    package: "cargo-machete",
    program: "cargo-machete",
    version: "0.9.2",
    locked: true,
};

/// What `fuzz` needs, from the Python Package Index.
const SCHEMATHESIS: &str = "4.32.5";

/// A program from a Debian package.
struct DebianTool {
    package: &'static str,
    /// A file whose presence says that it is installed.
    file: &'static str,
}

const CHROMIUM: DebianTool = DebianTool {
    package: "chromium",
    file: "/usr/bin/chromium",
};
const PYTHON: DebianTool = DebianTool {
    package: "python3-venv",
    file: "/usr/share/doc/python3-venv",
};
const JAPANESE_FONTS: DebianTool = DebianTool {
    package: "fonts-noto-cjk",
    file: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
};

/// What `build` and `dev` need. The compiler and its wasm target come by rust-toolchain.toml.
pub fn for_building() -> Result<()> {
    npm()?;
    wasm_target()?;
    cargo_tool(&WASM_BINDGEN)
}

/// What the full `test` needs besides.
pub fn for_testing() -> Result<()> {
    cargo_tool(&DENY)?;
    cargo_tool(&MACHETE)?;
    debian(&[CHROMIUM, JAPANESE_FONTS])
}

/// The schemathesis of an environment of its own.
pub fn schemathesis() -> Result<PathBuf> {
    let directory = paths::tools()?.join("schemathesis");
    let program = directory.join("bin/st");
    if installed_version(&program).is_some_and(|version| version == SCHEMATHESIS) {
        return Ok(program);
    }
    debian(&[PYTHON])?;
    eprintln!("installing schemathesis {SCHEMATHESIS}");
    process::run(leashed("python3")?.args(["-m", "venv", "--clear"]).arg(&directory))?;
    process::run(leashed(directory.join("bin/pip"))?.args([
        "install",
        "--quiet",
        &format!("schemathesis=={SCHEMATHESIS}"),
    ]))?;
    Ok(program)
}

/// Installs what package-lock.json says, when it changed since the last time.
pub fn npm() -> Result<()> {
    let lock = fs::read_to_string(paths::root().join("package-lock.json")).context("reading package-lock.json")?;
    let stamp = paths::root().join("node_modules/.tegata-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!("installing npm packages");
    // The machine's own Node runs npm, which removes the one in node_modules first. It may be older than some packages
    // ask for: those run on the other.
    let mut command = leashed("npm")?;
    command
        .args(["ci", "--loglevel", "error"])
        .env("PATH", env::var_os("PATH").unwrap_or_default());
    process::run(&mut command)?;
    fs::write(&stamp, lock).with_context(|| format!("writing {}", stamp.display()))
}

/// A toolchain that was made without rustup's help may ignore the targets of rust-toolchain.toml.
fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let mut query = Command::new("rustc");
    query
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(paths::root());
    let output = query.output().context("rustc could not be started")?;
    if output.status.success() && Path::new(String::from_utf8_lossy(&output.stdout).trim()).exists() {
        return Ok(());
    }
    process::run(leashed("rustup")?.args(["target", "add", TARGET]))
}

fn cargo_tool(tool: &CargoTool) -> Result<()> {
    let directory = paths::tools()?;
    if installed_version(&directory.join("bin").join(tool.program)).is_some_and(|version| version == tool.version) {
        return Ok(());
    }
    eprintln!("building {} {} (once; takes some minutes)", tool.package, tool.version);
    let mut command = leashed("cargo")?;
    command
        .args(["install", tool.package, "--version", tool.version, "--force", "--root"])
        .arg(directory);
    if tool.locked {
        command.arg("--locked");
    }
    // A tool is not part of the workspace, and its build must not depend on the workspace's settings.
    command.current_dir(env::temp_dir()).env_remove("CARGO_TARGET_DIR");
    process::run(&mut command)
}

/// What `program --version` says: the last word of its first line that has the form of a version.
fn installed_version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let is_version = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('.');
    text.lines()
        .next()?
        .split_whitespace()
        .find(is_version)
        .map(str::to_owned)
}

fn debian(tools: &[DebianTool]) -> Result<()> {
    let missing = tools
        .iter()
        .filter(|tool| !Path::new(tool.file).exists())
        .map(|tool| tool.package)
        .collect::<Vec<_>>();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    if !rustix::process::geteuid().is_root() || !Path::new("/usr/bin/apt-get").exists() {
        bail!("missing: {names}; as root of a Debian system: apt-get install {names}");
    }
    eprintln!("installing {names}");
    process::run(leashed("apt-get")?.args(["update", "-qq"]))?;
    let mut install = leashed("apt-get")?;
    install
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(&missing);
    process::run(install.env("DEBIAN_FRONTEND", "noninteractive"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::WASM_BINDGEN;
    use crate::paths;

    /// A worker built by another version than that of its library fails in strange ways, or at run time.
    #[test]
    fn wasm_bindgen_has_the_version_of_its_library() {
        let lock = fs::read_to_string(paths::root().join("Cargo.lock")).expect("Cargo.lock is readable");
        let version = WASM_BINDGEN.version;
        let entry = format!("name = \"wasm-bindgen\"\nversion = \"{version}\"\n");
        assert!(
            lock.contains(&entry),
            "Cargo.lock has another wasm-bindgen than {version}"
        );
    }
}

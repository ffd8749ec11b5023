//! Installs what a clean machine lacks, at the versions pinned here.
//!
//! Cargo's tools go to [`paths::tools`], npm's to `node_modules`. Debian packages are installed only by root on a
//! machine with `apt-get`; elsewhere the error says what to install.

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
}

const DENY: CargoTool = CargoTool {
    package: "cargo-deny",
    program: "cargo-deny",
    version: "0.20.2",
};
const MACHETE: CargoTool = CargoTool {
    package: "cargo-machete",
    program: "cargo-machete",
    version: "0.9.2",
};

/// The manifest of [`bindgen`], which is outside the workspace.
pub const BINDGEN_MANIFEST: &str = "xtask/bindgen/Cargo.toml";

/// Our own program that only the build uses and that is built outside the workspace.
struct OwnTool {
    program: &'static str,
    /// Its folder in the repository, with its own lock file.
    folder: &'static str,
}

const BINDGEN: OwnTool = OwnTool {
    program: "tegata-bindgen",
    folder: "xtask/bindgen",
};

/// Version for `fuzz`, from the Python Package Index.
const SCHEMATHESIS: &str = "4.32.5";

/// Versions for the agent's tests behind proxies, from the Python Package Index.
const PYSPNEGO: &str = "0.12.0";
const MITMPROXY: &str = "11.0.2";

/// Version for `bench`, from the Python Package Index: what usually stands between noVNC and a VNC server.
const WEBSOCKIFY: &str = "0.13.0";

/// Version for `test`, from the Python Package Index: a reader of calendars.
const ICALENDAR: &str = "7.3.2";

/// A program from a Debian package.
struct DebianTool {
    package: &'static str,
    /// The file whose presence shows that it is installed.
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
const SQUID: DebianTool = DebianTool {
    package: "squid",
    file: "/usr/sbin/squid",
};
const TINYPROXY: DebianTool = DebianTool {
    package: "tinyproxy",
    file: "/usr/bin/tinyproxy",
};
const XVFB: DebianTool = DebianTool {
    package: "xvfb",
    file: "/usr/bin/Xvfb",
};
const X0VNCSERVER: DebianTool = DebianTool {
    package: "tigervnc-scraping-server",
    file: "/usr/bin/X0tigervnc",
};
const FIREFOX: DebianTool = DebianTool {
    package: "firefox-esr",
    file: "/usr/bin/firefox-esr",
};
const XTERM: DebianTool = DebianTool {
    package: "xterm",
    file: "/usr/bin/xterm",
};
const XDOTOOL: DebianTool = DebianTool {
    package: "xdotool",
    file: "/usr/bin/xdotool",
};
const XCLIP: DebianTool = DebianTool {
    package: "xclip",
    file: "/usr/bin/xclip",
};
const SETXKBMAP: DebianTool = DebianTool {
    package: "x11-xkb-utils",
    file: "/usr/bin/setxkbmap",
};
const IPROUTE: DebianTool = DebianTool {
    package: "iproute2",
    file: "/usr/share/doc/iproute2",
};
const JAPANESE_FONTS: DebianTool = DebianTool {
    package: "fonts-noto-cjk",
    file: "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
};

const KHAL: DebianTool = DebianTool {
    package: "khal",
    file: "/usr/bin/khal",
};

const MINGW: DebianTool = DebianTool {
    package: "gcc-mingw-w64-x86-64",
    file: "/usr/bin/x86_64-w64-mingw32-gcc",
};
const WINE: DebianTool = DebianTool {
    package: "wine64",
    file: "/usr/lib/wine/wine64",
};

/// Installs what `build` and `dev` need. The compiler and its wasm target come from rust-toolchain.toml.
pub fn for_building() -> Result<()> {
    npm()?;
    wasm_target()?;
    own_tool(&BINDGEN).map(drop)
}

/// The generator of a module's JavaScript half, built if it is missing.
pub fn bindgen() -> Result<PathBuf> {
    own_tool(&BINDGEN)
}

/// Installs what the full `test` needs in addition.
pub fn for_testing() -> Result<()> {
    cargo_tool(&DENY)?;
    cargo_tool(&MACHETE)?;
    debian(&[CHROMIUM, FIREFOX, JAPANESE_FONTS, SQUID, TINYPROXY])?;
    debian(&[XVFB, X0VNCSERVER, XDOTOOL, XTERM, SETXKBMAP, XCLIP, KHAL])?;
    calendar_reader()?;
    test_proxies().map(drop)
}

/// Installs what `bench` needs in addition.
pub fn for_measuring() -> Result<()> {
    debian(&[CHROMIUM, JAPANESE_FONTS, XVFB, X0VNCSERVER, IPROUTE])?;
    websockify().map(drop)
}

/// The programs of pyspnego and mitmproxy in a Python environment of their own.
pub fn test_proxies() -> Result<PathBuf> {
    let versions = [format!("pyspnego=={PYSPNEGO}"), format!("mitmproxy=={MITMPROXY}")];
    python_programs("proxies", &versions)
}

/// A Python that has icalendar, which reads what we write.
pub fn calendar_reader() -> Result<PathBuf> {
    let versions = [format!("icalendar=={ICALENDAR}")];
    Ok(python_programs("calendars", &versions)?.join("python3"))
}

/// websockify in a Python environment of its own.
pub fn websockify() -> Result<PathBuf> {
    Ok(python_programs("websockify", &[format!("websockify=={WEBSOCKIFY}")])?.join("websockify"))
}

/// The programs of these versions in the Python environment `name`, which is made anew when the versions change.
fn python_programs(name: &str, versions: &[String]) -> Result<PathBuf> {
    let directory = paths::tools()?.join(name);
    let stamp = directory.join("versions");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == versions.join(" ")) {
        return Ok(directory.join("bin"));
    }
    python_environment(&directory, versions)?;
    fs::write(&stamp, versions.join(" ")).with_context(|| format!("writing {}", stamp.display()))?;
    Ok(directory.join("bin"))
}

/// Installs packages from the Python Package Index into a new environment.
fn python_environment(directory: &Path, packages: &[String]) -> Result<()> {
    debian(&[PYTHON])?;
    eprintln!("installing {}", packages.join(" "));
    process::run(leashed("python3")?.args(["-m", "venv", "--clear"]).arg(directory))?;
    process::run(
        leashed(directory.join("bin/pip"))?
            .args(["install", "--quiet"])
            .args(packages),
    )
}

/// Installs what `windows` needs.
pub fn for_windows() -> Result<()> {
    target("x86_64-pc-windows-gnu")?;
    debian(&[MINGW, WINE])
}

/// schemathesis in its own Python environment.
pub fn schemathesis() -> Result<PathBuf> {
    let directory = paths::tools()?.join("schemathesis");
    let program = directory.join("bin/st");
    if installed_version(&program).is_some_and(|version| version == SCHEMATHESIS) {
        return Ok(program);
    }
    python_environment(&directory, &[format!("schemathesis=={SCHEMATHESIS}")])?;
    Ok(program)
}

/// Installs the packages in package-lock.json if it changed since the last time.
pub fn npm() -> Result<()> {
    let lock = fs::read_to_string(paths::root().join("package-lock.json")).context("reading package-lock.json")?;
    let stamp = paths::root().join("node_modules/.tegata-lock.json");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    eprintln!("installing npm packages");
    // The machine's own Node runs npm, which first removes the one in node_modules. It may be too old for some
    // packages: those run on the installed one.
    let mut command = leashed("npm")?;
    command
        .args(["ci", "--loglevel", "error"])
        .env("PATH", env::var_os("PATH").unwrap_or_default());
    process::run(&mut command)?;
    fs::write(&stamp, lock).with_context(|| format!("writing {}", stamp.display()))
}

/// A toolchain installed without rustup may ignore the targets of rust-toolchain.toml.
pub fn wasm_target() -> Result<()> {
    target("wasm32-unknown-unknown")
}

fn target(name: &str) -> Result<()> {
    let mut query = Command::new("rustc");
    query
        .args(["--print", "target-libdir", "--target", name])
        .current_dir(paths::root());
    let output = query.output().context("rustc could not be started")?;
    if output.status.success() && Path::new(String::from_utf8_lossy(&output.stdout).trim()).exists() {
        return Ok(());
    }
    process::run(leashed("rustup")?.args(["target", "add", name]))
}

fn cargo_tool(tool: &CargoTool) -> Result<()> {
    let directory = paths::tools()?;
    if installed_version(&directory.join("bin").join(tool.program)).is_some_and(|version| version == tool.version) {
        return Ok(());
    }
    eprintln!("building {} {} (once; takes a few minutes)", tool.package, tool.version);
    let mut command = leashed("cargo")?;
    command
        .args(["install", tool.package, "--version", tool.version])
        .args(["--locked", "--force", "--root"])
        .arg(directory);
    // A tool is not part of the workspace, and its build must not depend on the workspace's settings.
    command.current_dir(env::temp_dir()).env_remove("CARGO_TARGET_DIR");
    process::run(&mut command)
}

fn own_tool(tool: &OwnTool) -> Result<PathBuf> {
    let directory = paths::tools()?;
    let program = directory.join("bin").join(tool.program);
    let stamp = directory.join(format!("{}.stamp", tool.program));
    let folder = paths::root().join(tool.folder);
    let sources = own_sources(&folder)?;
    if program.exists() && fs::read_to_string(&stamp).is_ok_and(|built| built == sources) {
        return Ok(program);
    }
    eprintln!("building {} (once; takes a few minutes)", tool.program);
    let target = directory.join(format!("{}.target", tool.program));
    let mut command = leashed("cargo")?;
    command.args(["install", "--locked", "--force", "--path"]).arg(folder);
    command.arg("--root").arg(&directory).arg("--target-dir").arg(&target);
    process::run(&mut command)?;
    fs::remove_dir_all(&target).with_context(|| format!("removing {}", target.display()))?;
    fs::write(&stamp, sources).with_context(|| format!("writing {}", stamp.display()))?;
    Ok(program)
}

/// The sources of such a program, including its lock file: a change in any of them triggers a rebuild.
fn own_sources(folder: &Path) -> Result<String> {
    ["Cargo.toml", "Cargo.lock", "src/main.rs"]
        .into_iter()
        .map(|name| {
            let file = folder.join(name);
            fs::read_to_string(&file).with_context(|| format!("reading {}", file.display()))
        })
        .collect()
}

/// The version that `program --version` prints: the last word of its first line that looks like a version.
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
    use std::{env, fs, process};

    use super::{BINDGEN, own_sources};
    use crate::paths;

    /// A worker built with a bindgen version other than its library's fails in strange ways, or only at run time.
    #[test]
    fn wasm_bindgen_has_the_version_of_its_library() {
        let lock = |file: &str| fs::read_to_string(paths::root().join(file)).expect("a lock file is readable");
        let version = |lock: &str, package: &str| {
            let (_, entry) = lock.split_once(&format!("name = \"{package}\"\nversion = \""))?;
            Some(entry.split('"').next()?.to_owned())
        };
        let tool = version(&lock("xtask/bindgen/Cargo.lock"), "wasm-bindgen-cli-support");
        assert!(tool.is_some(), "{} is built from this lock file", BINDGEN.program);
        assert_eq!(version(&lock("Cargo.lock"), "wasm-bindgen"), tool);
    }

    #[test]
    fn a_tool_of_ours_is_built_anew_when_its_lock_or_its_code_changes() {
        let folder = env::temp_dir().join(format!("tegata-own-tool-{}", process::id()));
        let sources = |changed: &str| {
            fs::create_dir_all(folder.join("src")).expect("a temporary folder");
            for name in ["Cargo.toml", "Cargo.lock", "src/main.rs"] {
                let source = fs::read_to_string(paths::root().join(BINDGEN.folder).join(name)).expect("it is readable");
                let source = if name == changed { source + "\n" } else { source };
                fs::write(folder.join(name), source).expect("the temporary folder is writable");
            }
            own_sources(&folder).expect("all three are there")
        };
        let built = sources("none");
        assert_eq!(sources("none"), built);
        for name in ["Cargo.toml", "Cargo.lock", "src/main.rs"] {
            assert_ne!(sources(name), built, "{name}");
        }
        fs::remove_dir_all(&folder).expect("it was just made");
    }
}

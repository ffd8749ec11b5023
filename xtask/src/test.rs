//! `cargo xtask test`: every check, each of which gates.

use std::{
    convert::Infallible,
    fs,
    path::{Path, PathBuf},
    sync::mpsc,
    thread,
};

use anyhow::{Context, Result, bail};
use xtask::{
    build::{self, Flavour},
    paths,
    process::{kept_apart, leashed, now, run, stop_requested},
    tools,
};

use crate::demo_edge::with_demo_edge;
use crate::deploy;

/// What compiles to wasm, and what its tests run natively.
const WASM_CRATES: [&str; 4] = ["tegata-domain", "tegata-kv-schema", "tegata-objects", "tegata-routes"];
const NATIVE_CRATES: [&str; 3] = ["tegata-client", "tegata-openapi", "xtask"];

type Check = (&'static str, fn() -> Result<()>);

/// Checks that take seconds once everything is compiled.
const FAST: [Check; 5] = [
    ("formatting", formatting),
    ("lints, native", native_lints),
    ("lints, wasm", wasm_lints),
    ("lints, wasm with dev mailbox", dev_wasm_lints),
    ("native tests", native_tests),
];

/// Checks of dependencies, and the builds, in an order in which later checks use what earlier ones built.
const BUILDS: [Check; 6] = [
    ("licences, bans and sources of dependencies", dependency_rules),
    ("unused dependencies", unused_dependencies),
    ("production build", || build::build(Flavour::Production).map(drop)),
    ("production build without dev mailbox", no_mailbox_in_production),
    ("deployment, without upload", || deploy::upload(true)),
    ("development build", || build::build(Flavour::Development).map(drop)),
];

/// Checks of what was built, which follow the fast checks and the builds.
const EDGES: [Check; 2] = [
    ("acceptance tests", acceptance_tests),
    ("web tests, mail links and Viewers", web_tests_of_pages),
];
const CONSOLES: [Check; 3] = [
    ("console", console_tests),
    ("console, sessions", console_tests_of_sessions),
    ("web tests, consoles and machines", web_tests_of_consoles),
];

/// Runs the checks, or those whose name contains `only`, and prints how each ended and how long it took. Fails if one
/// failed, or if no check has such a name. A failed check does not stop the others.
pub fn test(fast: bool, only: Option<&str>) -> Result<()> {
    tools::wasm_target()?;
    if !fast {
        tools::for_building()?;
        tools::for_testing()?;
    }
    let began = now();
    let done = if fast {
        run_checks(&FAST, only, false)
    } else {
        run_everything(only)
    };
    if stop_requested() {
        bail!("interrupted");
    }
    if done.is_empty() {
        bail!("no check has such a name");
    }
    for Done { name, ok, seconds } in &done {
        println!("{} {seconds:>7.1} s  {name}", if *ok { "ok    " } else { "FAILED" });
    }
    println!("       {:>7.1} s  in all", began.elapsed().as_secs_f32());
    let failed = done.iter().filter(|done| !done.ok).count();
    if failed > 0 {
        bail!("{failed} of {} checks failed", done.len());
    }
    Ok(())
}

/// Runs everything in two lanes, side by side: one fills the cores while the other links, optimises or waits for a browser.
/// They share no edge, and no build directory for long. The first goes on when the second has built.
fn run_everything(only: Option<&str>) -> Vec<Done> {
    // With two lanes, the output of a failed check is printed when it ends.
    let apart = only.is_none();
    let (built, when_built) = mpsc::channel::<Infallible>();
    thread::scope(|scope| {
        let first = scope.spawn(move || {
            let mut done = run_checks(&FAST, only, apart);
            let _ = when_built.recv();
            done.extend(run_checks(&EDGES, only, apart));
            done
        });
        let second = scope.spawn(move || {
            let mut done = run_checks(&BUILDS, only, apart);
            drop(built);
            done.extend(run_checks(&CONSOLES, only, apart));
            done
        });
        let ended = [first, second].map(|lane| lane.join().unwrap_or_else(|_| vec![PANICKED]));
        ended.into_iter().flatten().collect()
    })
}

/// How a check ended.
struct Done {
    name: &'static str,
    ok: bool,
    seconds: f32,
}

/// Stands for all checks of a lane that panicked.
const PANICKED: Done = Done {
    name: "a lane of checks, which panicked",
    ok: false,
    seconds: 0.0,
};

/// Runs checks, one after the other.
fn run_checks(checks: &[Check], only: Option<&str>, apart: bool) -> Vec<Done> {
    let mut done = Vec::new();
    for (name, check) in checks
        .iter()
        .filter(|(name, _)| only.is_none_or(|part| name.contains(part)))
        .take_while(|_| !stop_requested())
    {
        eprintln!("--- {name}");
        let began = now();
        let (outcome, output) = if apart {
            kept_apart(check)
        } else {
            (check(), String::new())
        };
        if stop_requested() {
            break;
        }
        if let Err(error) = &outcome {
            eprintln!("--- output of {name}\n{output}\n{name}: {error:#}");
        }
        done.push(Done {
            name,
            ok: outcome.is_ok(),
            seconds: began.elapsed().as_secs_f32(),
        });
    }
    done
}

fn cargo(arguments: &[&str]) -> Result<()> {
    run(leashed("cargo")?.args(arguments))
}

fn packages<'a>(names: impl IntoIterator<Item = &'a str>) -> impl Iterator<Item = &'a str> {
    names.into_iter().flat_map(|name| ["--package", name])
}

fn formatting() -> Result<()> {
    cargo(&["fmt", "--all", "--check"])
}

fn native_lints() -> Result<()> {
    cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--exclude",
        "tegata-edge",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])
}

fn wasm_lints() -> Result<()> {
    lint_for_wasm(&[])
}

fn dev_wasm_lints() -> Result<()> {
    lint_for_wasm(&["--features", "tegata-edge/dev-mailbox"])
}

fn lint_for_wasm(features: &[&str]) -> Result<()> {
    let mut command = leashed("cargo")?;
    command.args([
        "clippy",
        "--quiet",
        "--target",
        "wasm32-unknown-unknown",
        "--package",
        "tegata-edge",
    ]);
    command
        .args(packages(WASM_CRATES))
        .args(features)
        .args(["--", "-D", "warnings"]);
    run(&mut command)
}

fn native_tests() -> Result<()> {
    let crates = WASM_CRATES.into_iter().chain(NATIVE_CRATES).chain(["tegata-edge"]);
    run(leashed("cargo")?
        .args([
            "test",
            "--quiet",
            "--no-fail-fast",
            "--features",
            "tegata-edge/dev-mailbox",
        ])
        .args(packages(crates)))
}

/// Advisories are left to the scheduled workflow: their database is fetched from the network, and a test that fails
/// because of what was published overnight tells nothing about the change under test.
fn dependency_rules() -> Result<()> {
    let rules = ["check", "bans", "licenses", "sources"];
    run(leashed("cargo-deny")?.arg("--all-features").args(rules))?;
    run(leashed("cargo-deny")?
        .args(["--manifest-path", tools::BINDGEN_MANIFEST])
        .args(rules))
}

fn unused_dependencies() -> Result<()> {
    run(leashed("cargo-machete")?.arg("--skip-target-dir"))
}

fn no_mailbox_in_production() -> Result<()> {
    for name in ["index.js", "index_bg.wasm"] {
        let file = Flavour::Production.directory().join(name);
        let content = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        for known in ["dev/mailbox", "tegataClocks"] {
            if content.windows(known.len()).any(|part| part == known.as_bytes()) {
                bail!("{} knows {known}, which is for development", file.display());
            }
        }
    }
    Ok(())
}

/// They start, kill and restart edges of their own.
fn acceptance_tests() -> Result<()> {
    cargo(&["test", "--package", "tegata-acceptance"])
}

/// The console by itself: its types, its texts, and what people do with it, against an API that is made up.
fn console_tests() -> Result<()> {
    run(leashed(paths::npm_program("tsc"))?.args(["--noEmit", "--project", "console"]))?;
    console_tests_in(|file| !is_of_sessions(file))
}

/// What people see of sessions, in the console and on the page of an attended one, against a session that is made up.
fn console_tests_of_sessions() -> Result<()> {
    console_tests_in(is_of_sessions)
}

fn console_tests_in(wanted: impl Fn(&Path) -> bool) -> Result<()> {
    let mut files = web_test_files("console/tests")?;
    files.retain(|file| wanted(file));
    run(leashed(paths::npm_program("node"))?.args(WEB).args(files))
}

/// Beginnings of the names of console tests that are about sessions.
const OF_SESSIONS: [&str; 5] = ["attended_", "check", "join", "session", "sharing"];

fn is_of_sessions(file: &Path) -> bool {
    begins(file, &OF_SESSIONS)
}

fn begins(file: &Path, beginnings: &[&str]) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    beginnings.iter().any(|beginning| name.starts_with(beginning))
}

fn web_test_files(directory: &str) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(paths::root().join(directory)).with_context(|| format!("reading {directory}"))? {
        let file = entry?.path();
        if file.to_string_lossy().ends_with(".test.mjs") {
            files.push(file);
        }
    }
    if files.is_empty() {
        bail!("{directory} has no *.test.mjs");
    }
    files.sort();
    Ok(files)
}

/// Beginnings of the names of web tests that are about consoles and machines. They have an edge of their own, because
/// the tests of one edge share its mailbox and run one after the other; most of their time is waiting.
const OF_CONSOLES: [&str; 7] = [
    "agent-",
    "console",
    "desktop",
    "equipment",
    "identification",
    "launch",
    "manual-launch",
];
/// A test that failed may have left something running.
const WEB: [&str; 3] = ["--test", "--test-concurrency=1", "--test-force-exit"];

fn is_of_consoles(file: &Path) -> bool {
    begins(file, &OF_CONSOLES)
}

/// A real browser and real agents, against an edge that `cargo xtask dev` would start.
fn web_tests_of_consoles() -> Result<()> {
    let mut files = web_test_files("tests/web")?;
    files.retain(|file| is_of_consoles(file));
    with_demo_edge("127.0.0.1", &WEB, &files, &[])
}

/// A real browser and other people's clients, against another.
fn web_tests_of_pages() -> Result<()> {
    let (with_passkeys, others): (Vec<_>, Vec<_>) = web_test_files("tests/web")?
        .into_iter()
        .filter(|file| !is_of_consoles(file))
        .partition(|file| file.ends_with("passkeys.test.mjs"));
    let reader = tools::calendar_reader()?;
    with_demo_edge("127.0.0.1", &WEB, &others, &[("TEGATA_CALENDAR_READER", &reader)])?;
    // Browsers bind passkeys to names alone: this edge has a name that no other page here shares.
    with_demo_edge("localhost", &WEB, &with_passkeys, &[])
}

//! Checks the arrows of ARCHITECTURE.md: which crate may use which, and which may name the platform.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Each of our crates with the crates of ours that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("tegata-domain", &[]),
    ("tegata-kv-schema", &["tegata-domain"]),
    ("tegata-objects", &["tegata-domain", "tegata-kv-schema"]),
    ("tegata-routes", &["tegata-domain"]),
    (
        "tegata-edge",
        &["tegata-domain", "tegata-kv-schema", "tegata-objects", "tegata-routes"],
    ),
    ("tegata-client", &["tegata-domain"]),
    ("tegata-openapi", &["tegata-domain", "tegata-routes"]),
];

/// Crates that belong to the platform.
const PLATFORM: &[&str] = &["worker", "wasm-bindgen", "wasm-bindgen-futures", "js-sys", "web-sys"];

fn packages() -> Vec<Value> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .output()
        .expect("cargo runs these tests");
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    metadata["packages"].as_array().expect("packages").clone()
}

/// The dependencies of the build; tests may use more.
fn dependencies(package: &Value) -> BTreeSet<String> {
    let listed = package["dependencies"].as_array().expect("dependencies");
    let built = listed.iter().filter(|dependency| dependency["kind"].is_null());
    built
        .map(|dependency| dependency["name"].as_str().expect("name").to_owned())
        .collect()
}

#[test]
fn no_arrow_points_the_wrong_way() {
    let packages = packages();
    for (name, allowed) in ARROWS {
        let package = packages
            .iter()
            .find(|package| package["name"] == *name)
            .expect("a member of the workspace");
        for used in dependencies(package).iter().filter(|used| used.starts_with("tegata-")) {
            assert!(allowed.contains(&used.as_str()), "{name} uses {used}");
        }
    }
}

#[test]
fn only_the_worker_names_the_platform() {
    for package in packages().iter().filter(|package| package["name"] != "tegata-edge") {
        let used = dependencies(package);
        for platform in PLATFORM {
            assert!(!used.contains(*platform), "{} uses {platform}", package["name"]);
        }
    }
}

/// One type (`tegata_domain::jws::Compact`) makes the checks that the library omits, so no other code may name the
/// library.
#[test]
fn only_the_rules_name_the_jws_library() {
    for package in &packages() {
        let named = package["dependencies"]
            .as_array()
            .expect("dependencies")
            .iter()
            .any(|dependency| dependency["name"] == "jsonwebtoken");
        assert_eq!(named, package["name"] == "tegata-domain", "{}", package["name"]);
    }
}

/// The crate that describes the types of the API would be a burden to the worker.
#[test]
fn the_worker_does_not_describe_its_api() {
    let used = |package: &str| {
        let output = Command::new("cargo")
            .args([
                "tree",
                "--offline",
                "--edges",
                "normal",
                "--prefix",
                "none",
                "--package",
                package,
            ])
            .output()
            .expect("cargo runs these tests");
        let tree = String::from_utf8(output.stdout).expect("UTF-8");
        assert!(tree.contains("tegata-routes"), "cargo tree lists {package}");
        tree.contains("utoipa")
    };
    assert!(
        used("tegata-openapi"),
        "it is used there, otherwise this test checks nothing"
    );
    assert!(!used("tegata-edge"));
}

fn sources(folder: &Path, visit: &mut impl FnMut(&Path, &str)) {
    for entry in std::fs::read_dir(folder).expect("a folder of the repository") {
        let path = entry.expect("an entry of it").path();
        if path.is_dir() {
            sources(&path, visit);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            visit(&path, &std::fs::read_to_string(&path).expect("UTF-8"));
        }
    }
}

#[test]
fn what_compiles_to_wasm_denies_panics() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    for room in ["src", "routes/src", "objects/src", "kv-schema/src", "domain/src"] {
        let lib = std::fs::read_to_string(root.join(room).join("lib.rs")).expect("each room has a lib.rs");
        for lint in ["unwrap_used", "expect_used", "panic", "indexing_slicing"] {
            assert!(lib.contains(&format!("clippy::{lint}")), "{room} does not deny {lint}");
        }
        sources(&root.join(room), &mut |path, text| {
            let allowed = text.contains("allow(clippy::unwrap") || text.contains("allow(clippy::panic");
            assert!(!allowed, "{} allows what its crate denies", path.display());
        });
    }
}

#[test]
fn every_import_says_what_it_brings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    for package in packages() {
        let manifest = Path::new(package["manifest_path"].as_str().expect("a path"));
        sources(&manifest.with_file_name("src"), &mut |path, text| {
            let wild = |line: &&str| {
                let line = line.trim_start().trim_start_matches("pub ");
                line.starts_with("use ") && line.contains('*')
            };
            let found: Vec<&str> = text.lines().filter(wild).collect();
            let path = path.strip_prefix(root).unwrap_or(path).display();
            assert!(found.is_empty(), "{path}: {found:?}");
        });
    }
}

#[test]
fn the_production_build_does_not_know_the_dev_mailbox() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let knows = |build: &str, file: &str| {
        let bytes = std::fs::read(root.join(build).join(file)).expect("built by `cargo xtask build`");
        bytes.windows(11).any(|part| part == b"dev/mailbox")
    };
    assert!(
        knows("build-dev", "index_bg.wasm"),
        "the development build does, otherwise this test checks nothing"
    );
    for file in ["index.js", "index_bg.wasm"] {
        assert!(!knows("build", file), "build/{file}");
    }
}

/// Whatever is specific to a kind of approval belongs in the kind's own file.
#[test]
fn the_approval_engine_names_no_kind() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let engine =
        std::fs::read_to_string(root.join("objects/src/tenant/approvals/mod.rs")).expect("the engine is there");
    let code = engine.lines().filter(|line| !line.starts_with("pub(super) mod "));
    for line in code {
        let lower = line.to_lowercase();
        for word in [
            "viewer",
            "viewing",
            "registration",
            "questioned",
            "questionid",
            "::question",
            "launching",
            "launchid",
            "equipment",
            "device",
        ] {
            assert!(!lower.contains(word), "the engine mentions a {word}: {line}");
        }
    }
}

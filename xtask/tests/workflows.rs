//! What the workflows of `.github` run, and which of their steps see secrets.

use std::{fs, path::Path};

use xtask::paths;

/// The only command that gets secrets. It runs no script of ours, of npm or of cargo.
const UPLOAD: &str = "node_modules/.bin/wrangler deploy --config wrangler.toml --env production";

/// Name and text of every file from which GitHub reads actions.
fn workflows() -> Vec<(String, String)> {
    let mut found = Vec::new();
    collect(&paths::root().join(".github"), &mut found);
    assert!(!found.is_empty(), ".github has no workflow");
    found
}

fn collect(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the repository is readable") {
        let path = entry.expect("its entries are readable").path();
        if path.is_dir() {
            collect(&path, found);
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yml" || extension == "yaml")
        {
            let text = fs::read_to_string(&path).expect("a workflow is UTF-8");
            found.push((path.display().to_string(), text));
        }
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The lines of each item of the lists under `steps:`.
fn steps(workflow: &str) -> Vec<Vec<&str>> {
    let mut steps: Vec<Vec<&str>> = Vec::new();
    let mut list = None;
    for line in workflow.lines().filter(|line| !line.trim().is_empty()) {
        if line.trim() == "steps:" {
            list = Some(indentation(line));
        } else if let Some(depth) = list {
            if indentation(line) <= depth {
                list = None;
            } else if indentation(line) == depth + 2 && line.trim_start().starts_with("- ") {
                steps.push(vec![line]);
            } else if let Some(step) = steps.last_mut() {
                step.push(line);
            }
        }
    }
    steps
}

/// The value of a step's key, even if it is the item's first.
fn value<'a>(step: &[&'a str], key: &str) -> Option<&'a str> {
    step.iter().find_map(|line| {
        let line = line.trim_start().trim_start_matches("- ");
        Some(line.strip_prefix(key)?.strip_prefix(':')?.trim())
    })
}

fn names_a_secret(line: &str) -> bool {
    let line = line.split(" #").next().unwrap_or(line);
    ["secrets", "github.token", "GITHUB_TOKEN"]
        .iter()
        .any(|name| line.contains(name))
        && !line.trim_start().starts_with('#')
}

/// `owner/action@<commit> # vX.Y.Z`: a tag can be moved to other code, a commit cannot.
fn is_pinned(uses: &str) -> bool {
    let Some((reference, version)) = uses.split_once(" # v") else {
        return false;
    };
    let Some((_, commit)) = reference.split_once('@') else {
        return false;
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    commit.len() == 40
        && commit.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        && version.split('.').count() == 3
        && version.split('.').all(is_number)
}

#[test]
fn every_action_is_pinned_by_its_commit() {
    for (name, text) in workflows() {
        for line in text.lines().filter(|line| line.contains("uses:")) {
            let (_, uses) = line.split_once("uses:").expect("it was just found");
            assert!(is_pinned(uses.trim()), "{name}: {line}");
        }
    }
}

#[test]
fn only_the_step_that_uploads_sees_secrets() {
    let mut seen = 0;
    for (name, text) in workflows() {
        let with_secrets: Vec<_> = steps(&text)
            .into_iter()
            .filter(|step| step.iter().any(|line| names_a_secret(line)))
            .collect();
        let in_steps: usize = with_secrets
            .iter()
            .flatten()
            .filter(|line| names_a_secret(line))
            .count();
        let in_all = text.lines().filter(|line| names_a_secret(line)).count();
        assert_eq!(
            in_all, in_steps,
            "{name}: a secret outside the steps is visible to several"
        );
        for step in &with_secrets {
            assert_eq!(value(step, "run"), Some(UPLOAD), "{name}");
            assert_eq!(value(step, "uses"), None, "{name}");
        }
        seen += with_secrets.len();
    }
    assert_eq!(seen, 1, "exactly one step uploads, otherwise this test checks nothing");
}

/// A job with a secret must not run third-party scripts that could leave something in the secret's way.
#[test]
fn the_job_that_uploads_builds_nothing() {
    let (name, text) = workflows()
        .into_iter()
        .find(|(name, _)| name.ends_with("deploy.yml"))
        .expect("deploy.yml");
    let (_, job) = text.split_once("\n  deploy:").expect("a job of that name");
    assert!(job.contains("\n    needs: build\n") && job.contains("\n    environment: production\n"));
    let run: Vec<_> = steps(job).iter().filter_map(|step| value(step, "run")).collect();
    assert_eq!(run, ["npm ci --ignore-scripts", UPLOAD], "{name}");
}

#[test]
fn no_job_keeps_or_widens_the_token_of_the_repository() {
    for (name, text) in workflows() {
        assert!(text.contains("\npermissions:\n  contents: read\n\n"), "{name}");
        assert_eq!(text.matches("permissions:").count(), 1, "{name}");
        for step in steps(&text) {
            if value(&step, "uses").is_some_and(|uses| uses.starts_with("actions/checkout@")) {
                assert_eq!(value(&step, "persist-credentials"), Some("false"), "{name}: {step:?}");
            }
        }
    }
}

/// The upload runs on the Node version of all other tests.
#[test]
fn the_upload_runs_on_the_pinned_node() {
    let package = fs::read_to_string(paths::root().join("package.json")).expect("package.json is readable");
    let package: serde_json::Value = serde_json::from_str(&package).expect("package.json is JSON");
    let version = package["devDependencies"]["node"].as_str().expect("a version");
    let deploy = fs::read_to_string(paths::root().join(".github/workflows/deploy.yml")).expect("it is readable");
    assert!(deploy.contains(&format!("node-version: \"{version}\"")), "{version}");
}

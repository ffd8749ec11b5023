//! The console's first view in Chromium on a slowed processor, compared with the same contents as a page without
//! scripts.

use std::{fs, fs::File};

use anyhow::{Context as _, Result, bail};
use serde::Deserialize;
use xtask::{
    paths,
    process::{Leashed, leashed},
};

use crate::{
    compare::{Comparison, Pace},
    edge::Edge,
    report::{Row, Target},
    tenants::Tenant,
};

const MOST_MS: f64 = 1000.0;
const MOST_KB: f64 = 150.0;

/// The output of `bench/browser/first_view.mjs`.
#[derive(Deserialize)]
struct Seen {
    /// Milliseconds from the navigation to the contents, view by view.
    console: Vec<f64>,
    page: Vec<f64>,
    /// Compressed bytes of script, and number of requests.
    script: f64,
    requests: f64,
}

/// Views of both sides in turn, each with an empty cache.
pub fn measure(pace: Pace, edge: &Edge, tenant: &Tenant) -> Result<Vec<Row>> {
    let output = edge.scratch("first-view.json");
    let mut command = leashed(paths::npm_program("node"))?;
    command
        .arg(paths::root().join("bench/browser/first_view.mjs"))
        .args([
            &format!("{}/t/{}/", edge.url(), tenant.slug),
            &edge.host(),
            &tenant.cookie,
        ])
        .arg(pace.rounds.to_string())
        .stdout(File::create(&output)?);
    if !Leashed::start(&mut command)?.wait()?.success() {
        bail!("the browser did not show the console");
    }
    let seen: Seen = serde_json::from_slice(&fs::read(&output)?).context("parsing the browser's output")?;
    let mut views = Comparison::default();
    for (console, page) in seen.console.iter().zip(&seen.page) {
        views.note(*console, *page);
    }
    Ok(vec![
        Row::beside("console, first view, processor slowed four times", "ms", &views)
            .with_target(Target::AtMost(MOST_MS)),
        Row::of("console, first view: script, gzip", "kB", seen.script / 1000.0).with_target(Target::AtMost(MOST_KB)),
        Row::of("console, first view: requests", "", seen.requests),
    ])
}

//! The export of the audit log: how long it takes, how much memory the worker's process uses meanwhile, and whether the
//! verifier accepts the file.

use std::{
    fs::{self, File},
    io::BufWriter,
    path::Path,
};

use anyhow::{Context as _, Result, bail};
use xtask::process::{Leashed, leashed, now};

use crate::{
    edge::Edge,
    machine::tegata,
    memory::{Watch, held_by},
    report::{Row, Target},
    tenants::{Panel, Tenant},
};

/// Entries of the short export.
const FEW: usize = 10_000;
/// Maximum ratio of the long export's memory to the short one's: memory must not grow with the log.
const LIMIT: f64 = 1.5;

struct Exported {
    seconds: f64,
    megabytes: f64,
    /// Peak memory of the process, and its memory before.
    held: f64,
    before: f64,
}

/// Runs each export in a fresh process, so that none inherits the memory of another.
pub async fn measure(edge: &mut Edge, tenant: &Tenant, entries: usize) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for format in ["jsonl", "csv"] {
        let few = edge.scratch("few");
        let filter = format!("&from={}", tenant.filled.last(FEW));
        let short = export(edge, tenant, &format!("audit/export?format={format}{filter}"), &few).await?;
        let all = edge.scratch(&format!("all.{format}"));
        let long = export(edge, tenant, &format!("audit/export?format={format}"), &all).await?;
        let name = |what: &str| format!("export of {entries} entries, {format}: {what}");
        rows.extend([
            Row::of(name("time"), "s", long.seconds),
            Row::of(name("size"), "MB", long.megabytes),
            Row::of(name("memory before"), "MB", long.before),
            Row::with_peer(name("most memory, beside 10,000 entries"), "MB", long.held, short.held)
                .with_target(Target::RatioAtMost(LIMIT)),
        ]);
        if format == "jsonl" {
            rows.push(verified(&all, entries)?);
        }
        fs::remove_file(&all)?;
    }
    Ok(rows)
}

async fn export(edge: &mut Edge, tenant: &Tenant, path: &str, target: &Path) -> Result<Exported> {
    edge.restart()?;
    let mut panel = Panel::connect(edge, tenant).await?;
    // The first request compiles code and loads the keys.
    panel.get("overview").await?;
    let before = held_by(edge.group()) as f64 / 1000.0;
    let watch = Watch::begin(edge.group());
    let start = now();
    let mut file = BufWriter::new(File::create(target)?);
    let bytes = panel.download(path, &mut file).await?;
    Ok(Exported {
        seconds: start.elapsed().as_secs_f64(),
        megabytes: bytes as f64 / 1e6,
        held: watch.end(),
        before,
    })
}

/// The memory of `tegata verify audit`, which must find the log complete and intact.
fn verified(log: &Path, entries: usize) -> Result<Row> {
    let output = log.with_extension("verified");
    let mut command = leashed(tegata()?)?;
    command
        .args(["--json", "verify", "audit"])
        .arg(log)
        .stdout(File::create(&output)?);
    let mut process = Leashed::start(&mut command)?;
    let watch = Watch::begin(process.group());
    let status = process.wait()?;
    let held = watch.end();
    let said: serde_json::Value =
        serde_json::from_slice(&fs::read(&output)?).context("parsing the verifier's output")?;
    // The entry of the tenant's own creation comes before the generated ones.
    if !status.success() || said["intact"] != true || said["entries"].as_u64() < u64::try_from(entries).ok() {
        bail!("the verifier does not accept the exported log: {said}");
    }
    Ok(Row::of(
        format!("verifying {} exported entries: most memory", said["entries"]),
        "MB",
        held,
    ))
}

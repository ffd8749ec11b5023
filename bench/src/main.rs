//! The benchmark: each figure of Tegata and of the same work written in JavaScript, on the same workerd, in the same
//! run.
//!
//! One thread makes the load and acts as the data origin; workerd has the other core. The measurements are in
//! [`figures`], the JavaScript in `peers/`. README.md describes each figure.

mod agents;
mod attended;
mod audience;
mod browser;
mod clock;
mod compare;
mod edge;
mod figures;
mod fleet;
mod http1;
mod load;
mod machine;
mod mailbox;
mod memory;
mod narrow;
mod origin;
mod party;
mod peer;
mod population;
mod processor;
mod proofs;
mod report;
mod signing;
mod socket;
mod tenants;
mod transfer;

use std::{fs, path::PathBuf, process::ExitCode, time::Duration};

use anyhow::{Context, Result, bail};
use clap::Parser;
use tokio::{runtime, task::LocalSet};

use crate::{compare::Pace, figures::FIGURES, report::Report};

#[derive(Debug, Parser)]
#[command(
    name = "cargo xtask bench --",
    about = "Compares the edge with the same work written in JavaScript"
)]
struct Arguments {
    /// Short rounds: for a quick look, not for a record
    #[arg(long)]
    quick: bool,
    /// Only the figures whose name begins with NAME
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// Also write the figures to this file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    xtask::process::stop_on_signals()?;
    let pace = if arguments.quick {
        Pace {
            rounds: 3,
            round: Duration::from_millis(700),
            quick: true,
        }
    } else {
        Pace {
            rounds: 5,
            round: Duration::from_secs(3),
            quick: false,
        }
    };
    let wanted = |name: &str| arguments.only.as_deref().is_none_or(|only| name.starts_with(only));
    if !FIGURES.iter().any(|figure| wanted(figure.name)) {
        let names = FIGURES.map(|figure| figure.name).join(", ");
        bail!("unknown figure; the figures are: {names}");
    }
    let mut report = Report::default();
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    for figure in FIGURES.iter().filter(|figure| wanted(figure.name)) {
        eprintln!("measuring {}", figure.name);
        let measured = LocalSet::new().block_on(&runtime, (figure.measure)(pace));
        report.extend(measured.with_context(|| format!("measuring {}", figure.name))?);
    }
    println!("{}", report.tables());
    let json = serde_json::to_string(&report)?;
    println!("figures: {json}");
    if let Some(file) = &arguments.json {
        fs::write(file, json).with_context(|| format!("writing {}", file.display()))?;
    }
    let failures = report.failures();
    if !failures.is_empty() {
        bail!("over the limit: {}", failures.join(", "));
    }
    Ok(())
}

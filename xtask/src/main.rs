//! `cargo xtask`: the commands with which Tegata is built, tried, tested, measured and deployed. Each sets up what the
//! machine lacks. Standard output carries results alone; what the tools say goes to standard error.

mod bench;
mod demo_edge;
mod deploy;
mod fuzz;
mod openapi;
mod test;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::{
    build::{self, Flavour},
    dev::{self, DevEdge, DevOptions},
    edge::LOOPBACK,
    process, tools,
};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Builds, tries, tests, measures and deploys Tegata")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Start an edge with a demo provider and tenant
    Dev {
        /// What the edge calls itself; passkeys need `localhost`, because browsers bind them to names alone
        #[arg(long, default_value = LOOPBACK, value_parser = [LOOPBACK, "localhost"])]
        host: String,
        /// Port of 127.0.0.1
        #[arg(long, default_value_t = 8787)]
        port: u16,
        /// Directory of everything the edge stores; it survives restarts [default: .tegata/state]
        #[arg(long)]
        state: Option<PathBuf>,
        /// Begin with empty state
        #[arg(long)]
        fresh: bool,
        /// Start what was built last
        #[arg(long)]
        no_build: bool,
    },
    /// Run all tests
    Test {
        /// The native part alone, in seconds
        #[arg(long)]
        fast: bool,
        /// Only the checks whose name contains this, such as `web tests`
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
    },
    /// Build the worker
    Build {
        /// With the dev mailbox, into build-dev/
        #[arg(long)]
        dev: bool,
    },
    /// Let schemathesis try the panel's API; not part of `test`
    Fuzz,
    /// Write the API's document, its page and the console's types
    Openapi,
    /// Measure the edge beside its peers
    Bench {
        /// What the benchmark understands; try `-- --help`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Deploy the production build
    Deploy {
        /// Do everything but the upload
        #[arg(long)]
        dry_run: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    process::stop_on_signals()?;
    match arguments.command {
        Task::Dev {
            host,
            port,
            state,
            fresh,
            no_build,
        } => {
            let usual = DevOptions::usual();
            let options = DevOptions {
                host,
                port,
                state: state.unwrap_or(usual.state),
                fresh,
                ..DevOptions::usual()
            };
            start_dev(&options, no_build)
        }
        Task::Test { fast, only } => test::test(fast, only.as_deref()),
        Task::Build { dev: true } => build::build(Flavour::Development).map(drop),
        Task::Build { dev: false } => build::build(Flavour::Production).map(drop),
        Task::Fuzz => fuzz::fuzz(),
        Task::Openapi => openapi::openapi(),
        Task::Bench { arguments } => bench::bench(&arguments),
        Task::Deploy { dry_run } => deploy::deploy(dry_run),
    }
}

fn start_dev(options: &DevOptions, no_build: bool) -> Result<()> {
    dev::check_port(options.port)?;
    if no_build {
        tools::npm()?;
    } else {
        build::build(Flavour::Development)?;
    }
    let edge = DevEdge::start(options)?;
    println!("ready: {}", edge.url());
    edge.run_until_stopped()
}

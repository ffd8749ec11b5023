//! `cargo xtask`: the commands that build, run, test, measure and deploy Tegata. Each installs what the machine lacks.
//! Standard output has only results; the output of tools goes to standard error.

mod bench;
mod demo_edge;
mod deploy;
mod fuzz;
mod openapi;
mod test;
mod windows;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::{
    build::{self, Flavour},
    demo_machine,
    dev::{self, DevEdge, DevOptions},
    edge::LOOPBACK,
    process, tools,
};

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "Builds, runs, tests, measures and deploys Tegata")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Start an edge with a demo provider and tenant
    Dev {
        /// Host name of the edge; passkeys need `localhost`, because browsers bind them to names only
        #[arg(long, default_value = LOOPBACK, value_parser = [LOOPBACK, "localhost"])]
        host: String,
        /// Port on 127.0.0.1
        #[arg(long, default_value_t = 8787)]
        port: u16,
        /// Directory for everything the edge stores; it survives restarts [default: .tegata/state]
        #[arg(long)]
        state: Option<PathBuf>,
        /// Start with empty state
        #[arg(long)]
        fresh: bool,
        /// Start the last build without rebuilding
        #[arg(long)]
        no_build: bool,
    },
    /// Run all tests
    Test {
        /// Run only the native tests, which take seconds
        #[arg(long)]
        fast: bool,
        /// Run only the checks whose name contains NAME, such as `web tests`
        #[arg(long, value_name = "NAME")]
        only: Option<String>,
    },
    /// Build the worker
    Build {
        /// Include the dev mailbox; build into build-dev/
        #[arg(long)]
        dev: bool,
    },
    /// Fuzz the panel's API with schemathesis; not part of `test`
    Fuzz,
    /// Build the command for Windows and run its tests under wine; not part of `test`
    Windows,
    /// Write the API's document, its page and the console's types
    Openapi,
    /// Run the benchmark of the edge and comparable services
    Bench {
        /// Arguments of the benchmark; try `-- --help`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Deploy the production build
    Deploy {
        /// Do everything except the upload
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
        Task::Windows => windows::windows(),
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
        println!("Building the worker, the console and the command; the first time takes up to ten minutes.");
        build::build(Flavour::Development)?;
        demo_machine::build()?;
    }
    let edge = DevEdge::start(options)?;
    println!("ready: {}", edge.url());
    edge.run_until_stopped()
}

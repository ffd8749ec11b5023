//! The commands of an agent and their options.

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
pub(crate) enum AgentCommand {
    Enrol(EnrolArgs),
    Run(RunArgs),
    Status,
    Forget {
        #[arg(long)]
        offline: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct EnrolArgs {
    #[arg(long, value_name = "URL", env = "TEGATA_EDGE", hide_env = true)]
    pub(crate) edge: Option<String>,
    #[arg(long, value_name = "SLUG")]
    pub(crate) tenant: Option<String>,
    // The variable keeps the code out of the list of processes.
    #[arg(long = "code", value_name = "CODE", env = "TEGATA_ENROLMENT_CODE", hide_env = true)]
    pub(crate) enrolment_code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Option<String>,
    #[arg(long)]
    pub(crate) service: bool,
}

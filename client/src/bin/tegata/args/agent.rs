//! The commands of an agent and their options.

use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum AgentCommand {
    Enrol(EnrolArgs),
    Open(OpenArgs),
    Install(InstallArgs),
    Uninstall(UninstallArgs),
    Run(RunArgs),
    Support,
    Chat {
        #[arg(value_name = "TEXT")]
        chat_text: String,
    },
    File(FileArgs),
    Status,
    Settings(SettingsArgs),
    Diagnose {
        #[arg(long, value_name = "URL", env = "TEGATA_EDGE", hide_env = true)]
        edge: Option<String>,
    },
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
    #[arg(long = "organization", value_name = "ID", conflicts_with_all = ["tenant", "enrolment_code"])]
    pub(crate) organization_id: Option<String>,
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["tenant", "enrolment_code"])]
    pub(crate) serial_number: Option<String>,
    // Only as a variable or a file, or typed: every user of the machine can read the list of processes.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["tenant", "enrolment_code"])]
    pub(crate) verification_code_file: Option<PathBuf>,
    #[arg(skip = std::env::var("TEGATA_VERIFICATION_CODE").ok())]
    pub(crate) verification_code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    #[arg(long, value_name = "NUMBER")]
    pub(crate) port: Option<u16>,
    #[arg(long)]
    pub(crate) no_browser: bool,
}

#[derive(Debug, Args)]
pub(crate) struct InstallArgs {
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub(crate) program: Option<PathBuf>,
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct UninstallArgs {
    #[arg(long, value_name = "DIR")]
    pub(crate) root: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Option<String>,
    #[arg(long)]
    pub(crate) service: bool,
    // A Viewer's `--config` is another file.
    #[arg(long = "config", value_name = "FILE")]
    pub(crate) agent_config: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Switch {
    On,
    Off,
}

/// Without options, the files that are offered are shown.
#[derive(Debug, Args)]
pub(crate) struct FileArgs {
    #[arg(long, value_name = "ID")]
    pub(crate) accept: Option<String>,
    #[arg(long, value_name = "ID", conflicts_with = "accept")]
    pub(crate) decline: Option<String>,
}

/// Without options, the settings are shown.
#[derive(Debug, Args)]
pub(crate) struct SettingsArgs {
    #[arg(long, value_name = "SWITCH")]
    pub(crate) remote_service: Option<Switch>,
    #[arg(long, value_name = "PROXY")]
    pub(crate) proxy: Option<String>,
    #[arg(long, conflicts_with = "proxy")]
    pub(crate) adopt_proxy: bool,
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) proxy_domain: Option<String>,
    #[arg(long, value_name = "USER")]
    pub(crate) proxy_user: Option<String>,
    // There is no option for the password itself: every user of the machine can read the list of processes.
    #[arg(long, value_name = "FILE")]
    pub(crate) proxy_password_file: Option<PathBuf>,
    #[arg(long, value_name = "SWITCH")]
    pub(crate) remote_assistance: Option<Switch>,
}

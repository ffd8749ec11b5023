//! The command line. An id has one meaning: two options with the same name but different meanings have different ids,
//! because help texts are looked up by id (see `help`). The commands of agents and of operators have files of their own.

pub(crate) mod agent;
pub(crate) mod operator;

use agent::AgentCommand;
use clap::{Args, Parser, Subcommand, ValueEnum};
use operator::OperatorArgs;
use std::path::PathBuf;
use tegata_client::registration::Locale;

/// The options that an environment variable can stand for, each with its variable.
pub(crate) const VARIABLES: [(&str, &str); 5] = [
    ("--config", "TEGATA_VIEWER_CONFIG"),
    ("--edge", "TEGATA_EDGE"),
    ("--code", "TEGATA_ENROLMENT_CODE"),
    ("--token", "TEGATA_OPERATOR_TOKEN"),
    ("--data-dir", "TEGATA_DATA_DIR"),
];

#[derive(Debug, Parser)]
#[command(name = "tegata", disable_help_subcommand = true, propagate_version = false)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Global {
    #[arg(long, global = true, display_order = 900)]
    pub(crate) json: bool,
    #[arg(long, global = true, display_order = 901)]
    pub(crate) language: Option<Language>,
    #[arg(
        long,
        global = true,
        display_order = 902,
        value_name = "DIR",
        env = "TEGATA_DATA_DIR",
        hide_env = true
    )]
    pub(crate) data_dir: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Ja,
    En,
    Da,
}

impl From<Language> for Locale {
    fn from(language: Language) -> Self {
        match language {
            Language::Ja => Self::Ja,
            Language::En => Self::En,
            Language::Da => Self::Da,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Viewer(ViewerArgs),
    #[command(subcommand)]
    Agent(AgentCommand),
    Operator(OperatorArgs),
    #[command(subcommand)]
    Verify(VerifyCommand),
    #[command(subcommand)]
    Keys(KeysCommand),
}

#[derive(Debug, Args)]
pub(crate) struct ViewerArgs {
    #[arg(
        long,
        global = true,
        display_order = 800,
        value_name = "FILE",
        env = "TEGATA_VIEWER_CONFIG",
        hide_env = true
    )]
    pub(crate) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: ViewerCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ViewerCommand {
    Open(OpenArgs),
    Register(RegisterArgs),
    Activate {
        code: Option<String>,
    },
    Status {
        #[arg(long = "offline")]
        unasked: bool,
    },
    Resend,
    Get {
        path: String,
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    Forget {
        #[arg(long)]
        offline: bool,
    },
}

#[derive(Debug, Args)]
pub(crate) struct OpenArgs {
    #[arg(long, value_name = "URL", env = "TEGATA_EDGE", hide_env = true)]
    pub(crate) edge: Option<String>,
    #[arg(long, value_name = "SLUG")]
    pub(crate) tenant: Option<String>,
    #[arg(long, value_name = "NUMBER")]
    pub(crate) port: Option<u16>,
    #[arg(long)]
    pub(crate) no_browser: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RegisterArgs {
    #[arg(long, value_name = "URL", env = "TEGATA_EDGE", hide_env = true)]
    pub(crate) edge: Option<String>,
    #[arg(long, value_name = "SLUG")]
    pub(crate) tenant: Option<String>,
    #[arg(long)]
    pub(crate) name: Option<String>,
    #[arg(long)]
    pub(crate) email: Option<String>,
    #[arg(long)]
    pub(crate) organization: Option<String>,
    #[arg(long)]
    pub(crate) device_name: Option<String>,
    #[arg(long)]
    pub(crate) no_wait: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum VerifyCommand {
    Receipt {
        receipt: PathBuf,
        #[arg(long, value_name = "JWKS_FILE")]
        keys: PathBuf,
        #[arg(long, value_name = "URL")]
        issuer: Option<String>,
    },
    Audit {
        log: PathBuf,
        #[arg(long, value_name = "FILE", requires = "keys")]
        heads: Option<PathBuf>,
        #[arg(long, value_name = "JWKS_FILE")]
        keys: Option<PathBuf>,
        #[arg(long = "issuer", value_name = "URL", requires = "keys")]
        head_issuer: Option<String>,
        // A hash, like an id, is base64url and may begin with a hyphen.
        #[arg(long, value_name = "HASH", allow_hyphen_values = true)]
        head: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    Save {
        jwks_file: PathBuf,
        #[arg(long, value_name = "URL", env = "TEGATA_EDGE", hide_env = true)]
        edge: Option<String>,
    },
}

#[cfg(test)]
mod tests {
    use super::{Cli, VARIABLES};
    use clap::{Command, CommandFactory as _, Parser as _};
    use std::collections::BTreeSet;

    fn variables(command: &Command, found: &mut BTreeSet<(String, String)>) {
        for argument in command.get_arguments() {
            if let (Some(option), Some(variable)) = (argument.get_long(), argument.get_env()) {
                found.insert((format!("--{option}"), variable.to_string_lossy().into_owned()));
            }
        }
        command.get_subcommands().for_each(|below| variables(below, found));
    }

    #[test]
    fn every_option_with_a_variable_is_listed() {
        let mut found = BTreeSet::new();
        variables(&Cli::command(), &mut found);
        let listed: BTreeSet<(String, String)> = VARIABLES
            .iter()
            .map(|(option, variable)| ((*option).to_owned(), (*variable).to_owned()))
            .collect();
        assert_eq!(found, listed);
    }

    /// Ids and hashes are base64url: one in sixty-four begins with a hyphen.
    #[test]
    fn an_id_or_a_hash_may_begin_with_a_hyphen() {
        for line in [
            "operator device revoke aozora -CJ4uUf9xRLFqzcqqxmT2A",
            "operator device revoke aozora -CJ4uUf9xRLFqzcqqxmT2A --json",
            "operator outbox retry aozora -CJ4uUf9xRLFqzcqqxmT2A",
            "operator audit list aozora --actor -CJ4uUf9xRLFqzcqqxmT2A",
            "verify audit log.jsonl --head -CJ4uUf9xRLFqzcqqxmT2A",
        ] {
            let parsed = Cli::try_parse_from(format!("tegata {line}").split(' '));
            assert!(parsed.is_ok(), "{line}: {:?}", parsed.err());
        }
        let json = Cli::try_parse_from(["tegata", "operator", "device", "revoke", "aozora", "-C", "--json"]);
        assert!(json.is_ok_and(|cli| cli.global.json));
    }
}

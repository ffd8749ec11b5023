//! The command line. An id has one meaning: two options with the same name but different meanings have different ids,
//! because help texts are looked up by id (see `help`).

use chrono::DateTime;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
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

#[derive(Debug, Subcommand)]
pub(crate) enum AgentCommand {
    Enrol(EnrolArgs),
    Run,
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

#[derive(Debug, Args)]
pub(crate) struct OperatorArgs {
    #[arg(
        long,
        global = true,
        display_order = 800,
        value_name = "URL",
        env = "TEGATA_EDGE",
        hide_env = true
    )]
    pub(crate) edge: Option<String>,
    #[arg(
        long,
        global = true,
        display_order = 801,
        env = "TEGATA_OPERATOR_TOKEN",
        hide_env = true
    )]
    pub(crate) token: Option<String>,
    #[command(subcommand)]
    pub(crate) command: OperatorCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum OperatorCommand {
    #[command(subcommand)]
    Tenant(TenantCommand),
    #[command(subcommand)]
    Administrator(AdministratorCommand),
    #[command(subcommand)]
    Device(DeviceCommand),
    #[command(subcommand)]
    Outbox(OutboxCommand),
    Audit(Box<AuditArgs>),
    #[command(subcommand)]
    IntrospectionSecret(IntrospectionSecretCommand),
    #[command(subcommand)]
    Keys(OperatorKeysCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum TenantCommand {
    Create(Box<CreateArgs>),
    List(ListArgs),
    Show { slug: String },
    Update(Box<UpdateArgs>),
    Suspend { slug: String },
    Resume { slug: String },
}

#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    #[arg(long)]
    pub(crate) slug: Option<String>,
    #[arg(long, value_parser = ["tenant", "provider"])]
    pub(crate) kind: Option<String>,
    #[arg(long, value_name = "SLUG")]
    pub(crate) provider: Option<String>,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    #[arg(long, value_name = "NAME")]
    pub(crate) administrator_name: Option<String>,
    #[arg(long, value_name = "EMAIL")]
    pub(crate) administrator_email: Option<String>,
    #[arg(long, value_name = "ACCOUNT")]
    pub(crate) administrator_account: Option<String>,
    #[arg(long, value_name = "LOCALE")]
    pub(crate) administrator_locale: Option<Language>,
    #[arg(long, value_name = "ZONE")]
    pub(crate) administrator_time_zone: Option<String>,
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,
    #[arg(long, value_name = "JSON")]
    pub(crate) file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    pub(crate) slug: String,
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
    #[arg(long, value_name = "JSON")]
    pub(crate) file: Option<PathBuf>,
}

/// Tenant settings that can be set on creation and changed later.
#[derive(Debug, Args)]
pub(crate) struct SettingsArgs {
    #[arg(long = "name", value_name = "NAME")]
    pub(crate) tenant_name: Option<String>,
    #[arg(long = "locale", value_name = "LOCALE")]
    pub(crate) tenant_locale: Option<Language>,
    #[arg(long = "time-zone", value_name = "ZONE")]
    pub(crate) tenant_time_zone: Option<String>,
    #[arg(long, value_parser = ["mailed_code", "approval_only"])]
    pub(crate) activation: Option<String>,
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) mail_domain: Vec<String>,
    #[arg(long, value_name = "SECONDS")]
    pub(crate) approval_life_seconds: Option<u64>,
    #[arg(long, value_name = "SECONDS")]
    pub(crate) code_life_seconds: Option<u64>,
    #[arg(long, value_name = "BOOL")]
    pub(crate) confirm_address_first: Option<bool>,
    #[arg(long, value_name = "BOOL")]
    pub(crate) approver_must_log_in: Option<bool>,
    #[arg(long, value_name = "BOOL")]
    pub(crate) key_required: Option<bool>,
    #[arg(long, value_name = "SECONDS")]
    pub(crate) device_life_seconds: Option<u64>,
    #[arg(long, conflicts_with = "device_life_seconds")]
    pub(crate) no_device_life: bool,
    #[arg(long, value_name = "URL")]
    pub(crate) data_origin: Option<String>,
    #[arg(long, conflicts_with = "data_origin")]
    pub(crate) no_data_origin: bool,
    #[arg(long, value_name = "NAME")]
    pub(crate) contact_name: Option<String>,
    #[arg(long, value_name = "EMAIL")]
    pub(crate) contact_email: Option<String>,
    #[arg(long, value_name = "PHONE")]
    pub(crate) contact_phone: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub(crate) applied_on: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AdministratorCommand {
    Add(AddAdministratorArgs),
}

#[derive(Debug, Args)]
pub(crate) struct AddAdministratorArgs {
    pub(crate) slug: String,
    #[arg(long = "name", value_name = "NAME")]
    pub(crate) administrator_name: String,
    #[arg(long = "email", value_name = "EMAIL")]
    pub(crate) administrator_email: String,
    #[arg(long = "account", value_name = "ACCOUNT")]
    pub(crate) administrator_account: String,
    #[arg(long = "locale", value_name = "LOCALE")]
    pub(crate) administrator_locale: Option<Language>,
    #[arg(long = "time-zone", value_name = "ZONE")]
    pub(crate) administrator_time_zone: Option<String>,
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DeviceCommand {
    List {
        slug: String,
        #[command(flatten)]
        list: ListArgs,
    },
    Revoke {
        slug: String,
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OutboxCommand {
    List {
        slug: String,
        #[command(flatten)]
        list: ListArgs,
    },
    Retry {
        slug: String,
        #[arg(allow_hyphen_values = true)]
        id: String,
    },
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct AuditArgs {
    #[command(flatten)]
    pub(crate) export: ExportArgs,
    #[command(subcommand)]
    pub(crate) command: Option<AuditCommand>,
}

/// Without a subcommand, tenant and file are present.
#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    #[arg(required = true)]
    pub(crate) slug: Option<String>,
    #[arg(long, value_name = "FILE", required = true)]
    pub(crate) export: Option<PathBuf>,
    #[arg(long, value_name = "FORMAT", default_value = "jsonl", hide_default_value = true)]
    pub(crate) format: ExportFormat,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    Jsonl,
    Csv,
}

/// Filter on the entries of the audit log.
#[derive(Debug, Args)]
pub(crate) struct FilterArgs {
    #[arg(long, allow_hyphen_values = true)]
    pub(crate) actor: Option<String>,
    #[arg(long)]
    pub(crate) object: Option<String>,
    #[arg(long)]
    pub(crate) action: Option<String>,
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) from: Option<i64>,
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) to: Option<i64>,
}

/// Parses a time given as seconds since 1970 or as RFC 3339.
fn instant(text: &str) -> Result<i64, String> {
    let parsed = |text| DateTime::parse_from_rfc3339(text).map(|at| at.timestamp());
    text.parse()
        .or_else(|_| parsed(text))
        .map_err(|error| error.to_string())
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    List {
        slug: String,
        #[command(flatten)]
        list: ListArgs,
        #[command(flatten)]
        filter: FilterArgs,
        #[arg(long)]
        newest_first: bool,
    },
    Heads {
        slug: String,
        #[command(flatten)]
        list: ListArgs,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum IntrospectionSecretCommand {
    New { slug: String },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OperatorKeysCommand {
    Rotate(RotateArgs),
}

#[derive(Debug, Args)]
pub(crate) struct RotateArgs {
    #[arg(long, value_parser = ["token", "receipt", "link"])]
    pub(crate) purpose: Option<String>,
    #[arg(long)]
    pub(crate) compromised: bool,
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: Option<String>,
    #[arg(long)]
    pub(crate) yes: bool,
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[arg(long)]
    pub(crate) cursor: Option<String>,
    #[arg(long, value_name = "NUMBER", default_value = "1000", hide_default_value = true)]
    pub(crate) limit: NonZeroUsize,
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

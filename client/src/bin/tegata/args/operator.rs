//! The commands of an operator and their options.

use crate::args::Language;
use chrono::DateTime;
use clap::{Args, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

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

//! `cargo xtask deploy`: the production build, to the account that `wrangler.toml` and the environment name.

use anyhow::{Result, bail};
use xtask::{
    build::{self, Flavour},
    launch::wrangler,
    process,
    wrangler_config::WranglerConfig,
};

/// Deploys the worker, or with `dry_run` does everything up to the upload.
pub fn deploy(dry_run: bool) -> Result<()> {
    refuse_placeholders(&WranglerConfig::read()?)?;
    build::build(Flavour::Production)?;
    upload(dry_run)
}

/// Uploads what was built.
pub fn upload(dry_run: bool) -> Result<()> {
    let mut command = wrangler("deploy")?;
    command.args(["--env", Flavour::Production.environment()]);
    if dry_run {
        command.arg("--dry-run");
    }
    process::run(&mut command)
}

/// The repository's `wrangler.toml` names nobody's account; deploying it as it is would fail late, or succeed wrongly.
fn refuse_placeholders(config: &WranglerConfig) -> Result<()> {
    let production = config.environment(Flavour::Production.environment())?;
    for namespace in &production.kv_namespaces {
        if namespace.id.starts_with("0000") {
            bail!(
                "wrangler.toml: the KV namespace {0} has no id; make one with `wrangler kv namespace create {0}`",
                namespace.binding
            );
        }
    }
    for name in ["EDGE_URL", "MAIL_FROM"] {
        if production
            .vars
            .get(name)
            .is_none_or(|value| value.contains("example.com"))
        {
            bail!("wrangler.toml: [env.production.vars] {name} names an example; it must be of a zone of your account");
        }
    }
    Ok(())
}

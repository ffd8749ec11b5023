//! `cargo xtask deploy`: deploys the production build to the account in `wrangler.toml` and the environment.

use anyhow::{Result, bail};
use xtask::{
    build::{self, Flavour},
    launch::wrangler,
    process,
    wrangler_config::WranglerConfig,
};

/// Deploys the worker; with `dry_run`, does everything except the upload.
pub fn deploy(dry_run: bool) -> Result<()> {
    let config = WranglerConfig::read()?;
    require_public_fetch(&config)?;
    refuse_placeholders(&config)?;
    build::build(Flavour::Production)?;
    upload(dry_run)
}

/// Uploads the build.
pub fn upload(dry_run: bool) -> Result<()> {
    let mut command = wrangler("deploy")?;
    command.args(["--env", Flavour::Production.environment()]);
    if dry_run {
        command.arg("--dry-run");
    }
    process::run(&mut command)
}

/// Fails for the repository's own `wrangler.toml`, which names no real account: deploying it would fail late, or
/// succeed wrongly.
fn refuse_placeholders(config: &WranglerConfig) -> Result<()> {
    let production = config.environment(Flavour::Production.environment())?;
    for namespace in &production.kv_namespaces {
        if namespace.id.starts_with("0000") {
            bail!(
                "wrangler.toml: the KV namespace {0} has no id; create one with `wrangler kv namespace create {0}`",
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
            bail!("wrangler.toml: [env.production.vars] {name} is the example's; it must be in a zone of your account");
        }
    }
    Ok(())
}

/// Without this flag, a data origin in one of the operator's own zones would be reached without any of that zone's
/// checks.
const PUBLIC_FETCH: &str = "global_fetch_strictly_public";

fn require_public_fetch(config: &WranglerConfig) -> Result<()> {
    for (name, environment) in &config.env {
        if !config.flags(environment).iter().any(|flag| flag == PUBLIC_FETCH) {
            bail!("wrangler.toml: [env.{name}] lacks the compatibility flag {PUBLIC_FETCH}");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use xtask::wrangler_config::WranglerConfig;

    use super::{PUBLIC_FETCH, require_public_fetch};

    fn config(all: &str, production: &str) -> WranglerConfig {
        let environment = "vars = {}\ndurable_objects = { bindings = [] }\nkv_namespaces = []\n";
        let text = format!(
            "compatibility_date = \"2026-11-17\"\n{all}\n[env.development]\n{environment}\n[env.production]\n{environment}{production}\n"
        );
        WranglerConfig::parse(&text).expect("the text is a configuration")
    }

    #[test]
    fn an_environment_that_fetches_past_its_zones_guards_is_not_deployed() {
        let flags = |names: &[&str]| format!("compatibility_flags = {names:?}");
        let (with, without, none) = (
            flags(&["nodejs_compat", PUBLIC_FETCH]),
            flags(&["nodejs_compat"]),
            flags(&[]),
        );
        for (all, production) in [(with.as_str(), ""), (&with, &with)] {
            require_public_fetch(&config(all, production)).expect("every environment has the flag");
        }
        for (all, production) in [
            ("", ""),
            (without.as_str(), ""),
            (&with, &without),
            (&with, none.as_str()),
        ] {
            let error = require_public_fetch(&config(all, production)).expect_err("it is refused");
            assert!(error.to_string().contains(PUBLIC_FETCH), "{error}");
        }
    }

    #[test]
    fn this_repositorys_environments_have_it() {
        require_public_fetch(&WranglerConfig::read().expect("wrangler.toml is readable")).expect("they have the flag");
    }
}

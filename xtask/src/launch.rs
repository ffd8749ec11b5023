//! The command lines of an edge: workerd alone, and `wrangler dev`.

use std::{collections::BTreeMap, fmt::Write, fs, path::PathBuf, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    build::{self, Flavour},
    edge_options::EdgeOptions,
    http, paths,
    private_files::{create_private_directory, write_private_file},
    process::leashed,
    workerd_config::{self, Instance},
    wrangler_config::WranglerConfig,
};

/// A way to start an edge.
pub trait Launch {
    /// The command to run; writes the files it needs into the state directory.
    fn command(options: &EdgeOptions) -> Result<Command>;
}

/// workerd alone.
#[derive(Debug)]
pub enum Plain {}

/// `wrangler dev`.
#[derive(Debug)]
pub enum Wrangler {}

impl Launch for Plain {
    fn command(options: &EdgeOptions) -> Result<Command> {
        let config = WranglerConfig::read()?;
        let settings = options.settings(&config)?;
        let objects = options.state_dir.join("objects");
        create_private_directory(&objects)?;
        let blobs = options.state_dir.join("blobs");
        create_private_directory(&blobs)?;
        // Copies, because the configuration embeds files by paths relative to itself.
        let modules = options.state_dir.join("worker");
        create_private_directory(&modules)?;
        for source in [
            build_file(options, "index.js")?,
            build_file(options, "index_bg.wasm")?,
            paths::root().join("selfhost/kv.js"),
            paths::root().join("selfhost/assets.js"),
        ] {
            let name = source.file_name().context("a module without a name")?;
            fs::copy(&source, modules.join(name)).with_context(|| format!("copying {}", source.display()))?;
        }
        let instance = Instance {
            port: options.port,
            objects: &objects,
            blobs: &blobs,
            assets: &build::console_directory()?,
            behind_tls: options.flavour == Flavour::Production || !options.front_headers().is_empty(),
            settings: &settings.keys().map(String::as_str).collect(),
            trusted_certificates: &options.trusted_certificates,
        };
        let config_file = modules.join("config.capnp");
        let environment = config.environment(options.flavour.environment())?;
        write_private_file(&config_file, &workerd_config::render(&config, environment, &instance))?;
        let mut command = leashed(paths::npm_program("workerd"))?;
        command.arg("serve").arg(config_file).envs(settings);
        Ok(command)
    }
}

impl Launch for Wrangler {
    fn command(options: &EdgeOptions) -> Result<Command> {
        let settings = options.settings(&WranglerConfig::read()?)?;
        let settings_file = options.state_dir.join("settings.env");
        write_private_file(&settings_file, &dotenv(&settings)?)?;
        let mut command = wrangler("dev")?;
        command.arg(build_file(options, "index.js")?);
        command.args(["--env", options.flavour.environment(), "--local", "--ip", "127.0.0.1"]);
        command.args([
            "--port",
            &options.port.to_string(),
            "--inspector-port",
            &http::free_port()?.to_string(),
        ]);
        command.arg("--persist-to").arg(options.state_dir.join("wrangler"));
        command.arg("--env-file").arg(settings_file);
        command.args(["--show-interactive-dev-session=false", "--log-level", "warn"]);
        Ok(command)
    }
}

/// `wrangler SUBCOMMAND` on the repository's configuration, without prompts or telemetry.
pub fn wrangler(subcommand: &str) -> Result<Command> {
    let mut command = leashed(paths::npm_program("wrangler"))?;
    command
        .args([subcommand, "--config"])
        .arg(paths::root().join("wrangler.toml"));
    command.envs([
        ("WRANGLER_SEND_METRICS", "false"),
        ("CLOUDFLARE_CF_FETCH_ENABLED", "false"),
    ]);
    Ok(command)
}

fn build_file(options: &EdgeOptions, name: &str) -> Result<PathBuf> {
    let file = options.build_dir.join(name);
    if !file.exists() {
        bail!(
            "{} is missing; run `cargo xtask build{}`",
            file.display(),
            options.flavour.flag()
        );
    }
    Ok(file)
}

/// The settings in the format that `--env-file` reads. It expands `$NAME`, so dollar signs are escaped.
fn dotenv(settings: &BTreeMap<String, String>) -> Result<String> {
    let mut file = String::new();
    for (name, value) in settings {
        let quote = ['\'', '"', '`']
            .into_iter()
            .find(|quote| !value.contains(*quote) && !value.contains('\\'));
        let quote =
            quote.with_context(|| format!("{name} has a backslash or too many kinds of quotes for wrangler"))?;
        writeln!(file, "{name}={quote}{}{quote}", value.replace('$', "\\$"))?;
    }
    Ok(file)
}

//! The options of an edge on this machine.

use std::{collections::BTreeMap, fs::OpenOptions, os::unix::fs::OpenOptionsExt, path::PathBuf, process::Command};

use anyhow::{Context, Result};

use crate::{build::Flavour, private_files::random_token, wrangler_config::WranglerConfig};

/// The default host of an edge on this machine.
pub const LOOPBACK: &str = "127.0.0.1";

/// Options for starting an edge.
#[derive(Clone)]
pub struct EdgeOptions {
    /// The edge's host name: `127.0.0.1` or `localhost`. It listens on the same address for both; but browsers bind
    /// passkeys only to names.
    pub host: String,
    /// Port of 127.0.0.1; 0 picks a free one, which a restart keeps.
    pub port: u16,
    /// Directory for everything the edge stores; created if missing.
    pub state_dir: PathBuf,
    /// The environment of `wrangler.toml` with the bindings and settings.
    pub flavour: Flavour,
    /// The output of `cargo xtask build` for that flavour.
    pub build_dir: PathBuf,
    /// Settings that add to or replace those of that environment.
    pub vars: BTreeMap<String, String>,
    /// The operator's secret.
    pub operator_token: String,
    /// The file for the edge's output; `None` is standard error.
    pub log: Option<PathBuf>,
    /// Additional trusted PEM certificates for outgoing TLS. [`PlainEdge`] only.
    pub trusted_certificates: Vec<String>,
}

impl EdgeOptions {
    /// The development build on a free port with a fresh operator secret, logging to `edge.log` beside the state.
    pub fn new(state_dir: impl Into<PathBuf>) -> Result<Self> {
        Self::of(Flavour::Development, state_dir.into())
    }

    /// The same with the production build, which has no dev mailbox: set `MAIL_TRANSPORT` to one that works here.
    pub fn production(state_dir: impl Into<PathBuf>) -> Result<Self> {
        Self::of(Flavour::Production, state_dir.into())
    }

    fn of(flavour: Flavour, state_dir: PathBuf) -> Result<Self> {
        Ok(Self {
            host: LOOPBACK.to_owned(),
            port: 0,
            log: Some(state_dir.join("edge.log")),
            state_dir,
            flavour,
            build_dir: flavour.directory(),
            vars: BTreeMap::new(),
            operator_token: random_token()?,
            trusted_certificates: Vec::new(),
        })
    }

    /// Sets one setting.
    pub fn var(mut self, name: &str, value: impl Into<String>) -> Self {
        self.vars.insert(name.to_owned(), value.into());
        self
    }

    /// The headers with which a client on this machine imitates the TLS-terminating proxy in front of an edge whose
    /// `EDGE_URL` is https. Empty for other edges.
    pub fn front_headers(&self) -> Vec<(&'static str, String)> {
        match self.vars.get("EDGE_URL").and_then(|url| url.strip_prefix("https://")) {
            Some(host) => vec![("host", host.to_owned()), ("x-forwarded-proto", "https".to_owned())],
            None => Vec::new(),
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}:{}", self.host, self.port)
    }

    /// All settings of the worker, including secrets.
    pub(crate) fn settings(&self, config: &WranglerConfig) -> Result<BTreeMap<String, String>> {
        let mut settings = config.environment(self.flavour.environment())?.vars.clone();
        settings.insert("EDGE_URL".to_owned(), self.url());
        settings.insert("OPERATOR_TOKEN".to_owned(), self.operator_token.clone());
        settings.extend(self.vars.clone());
        Ok(settings)
    }

    pub(crate) fn output(&self, command: &mut Command) -> Result<()> {
        if let Some(log) = &self.log {
            let file = OpenOptions::new().create(true).append(true).mode(0o600).open(log);
            let file = file.with_context(|| format!("opening {}", log.display()))?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        Ok(())
    }
}

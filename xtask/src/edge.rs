//! Edges on this machine, in two ways: [`PlainEdge`] is workerd alone, fast to start and fit to be killed and measured;
//! [`WranglerEdge`] is `wrangler dev`, which is nearer to what a deployment does with the worker.
//!
//! Both keep their state in a directory, so an edge can be stopped or killed and started again on the same state.

use std::{
    collections::BTreeMap,
    fmt,
    fs::{self, OpenOptions},
    marker::PhantomData,
    os::unix::fs::OpenOptionsExt,
    path::PathBuf,
    process::Command,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::{
    build::Flavour,
    http,
    launch::{Launch, Plain, Wrangler},
    private_files::{create_private_directory, random_token},
    process::{self, Leashed},
    wrangler_config::WranglerConfig,
};

/// An edge on workerd alone.
pub type PlainEdge = Edge<Plain>;

/// An edge on `wrangler dev`.
pub type WranglerEdge = Edge<Wrangler>;

/// What an edge on this machine is called where nothing else is said.
pub const LOOPBACK: &str = "127.0.0.1";

/// How long an edge may take until it answers; a cold `wrangler dev` on a busy machine needs most of it.
const START_LIMIT: Duration = Duration::from_secs(60);

/// What an edge is started with.
#[derive(Clone)]
pub struct EdgeOptions {
    /// What it calls itself: `127.0.0.1`, or `localhost`. It listens on the same address; but browsers bind passkeys to names
    /// alone.
    pub host: String,
    /// Port of 127.0.0.1; 0 takes a free one, and keeps it over a restart.
    pub port: u16,
    /// Everything the edge stores; made when missing.
    pub state_dir: PathBuf,
    /// Which environment of `wrangler.toml` gives the bindings and settings.
    pub flavour: Flavour,
    /// What `cargo xtask build` made of that flavour.
    pub build_dir: PathBuf,
    /// Settings besides, or instead of, those of that environment.
    pub vars: BTreeMap<String, String>,
    /// The operator's secret.
    pub operator_token: String,
    /// The file that gets the edge's output; `None` is standard error.
    pub log: Option<PathBuf>,
    /// PEM certificates for outgoing TLS, besides the well-known ones. [`PlainEdge`] only.
    pub trusted_certificates: Vec<String>,
}

impl EdgeOptions {
    /// The development build on a free port with a fresh operator secret, its output in `edge.log` beside the state.
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

    /// The headers with which a client on this machine stands in for the proxy that ends TLS in front of an edge whose
    /// `EDGE_URL` is https. None for other edges.
    pub fn front_headers(&self) -> Vec<(&'static str, String)> {
        match self.vars.get("EDGE_URL").and_then(|url| url.strip_prefix("https://")) {
            Some(host) => vec![("host", host.to_owned()), ("x-forwarded-proto", "https".to_owned())],
            None => Vec::new(),
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}:{}", self.host, self.port)
    }

    /// Every setting of the worker, secrets included.
    pub(crate) fn settings(&self, config: &WranglerConfig) -> Result<BTreeMap<String, String>> {
        let mut settings = config.environment(self.flavour.environment())?.vars.clone();
        settings.insert("EDGE_URL".to_owned(), self.url());
        settings.insert("OPERATOR_TOKEN".to_owned(), self.operator_token.clone());
        settings.extend(self.vars.clone());
        Ok(settings)
    }

    fn output(&self, command: &mut Command) -> Result<()> {
        if let Some(log) = &self.log {
            let file = OpenOptions::new().create(true).append(true).mode(0o600).open(log);
            let file = file.with_context(|| format!("opening {}", log.display()))?;
            command.stdout(file.try_clone()?).stderr(file);
        }
        Ok(())
    }
}

impl fmt::Debug for EdgeOptions {
    /// Without the settings and the operator's secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = formatter.debug_struct("EdgeOptions");
        fields
            .field("port", &self.port)
            .field("state_dir", &self.state_dir)
            .field("flavour", &self.flavour);
        fields.finish_non_exhaustive()
    }
}

/// A running edge; dropping it stops it. Which of the two ways is meant is said by [`PlainEdge`] and [`WranglerEdge`].
#[derive(Debug)]
pub struct Edge<L> {
    options: EdgeOptions,
    process: Option<Leashed>,
    launch: PhantomData<L>,
}

impl<L: Launch> Edge<L> {
    /// Starts an edge and waits until it answers.
    pub fn start(mut options: EdgeOptions) -> Result<Self> {
        create_private_directory(&options.state_dir)?;
        // Absolute, because the programs run in other directories.
        options.state_dir = fs::canonicalize(&options.state_dir)?;
        if options.port == 0 {
            options.port = http::free_port()?;
        }
        let mut edge = Self {
            options,
            process: None,
            launch: PhantomData,
        };
        edge.restart()?;
        Ok(edge)
    }

    /// Stops the edge if it runs, starts it again with the same options and state, and waits until it answers.
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        let mut command = L::command(&self.options)?;
        self.options.output(&mut command)?;
        let mut process = Leashed::start(&mut command)?;
        self.await_answer(&mut process)?;
        self.process = Some(process);
        Ok(())
    }

    fn await_answer(&self, process: &mut Leashed) -> Result<()> {
        let health = format!("{}/healthz", self.url());
        let deadline = process::now() + START_LIMIT;
        while !http::answers(&health) {
            if let Some(status) = process.try_wait()? {
                bail!("the edge ended while it started ({status}){}", self.last_words());
            }
            if process::now() > deadline {
                bail!("{health} did not answer within {START_LIMIT:?}{}", self.last_words());
            }
            if process::stop_requested() {
                bail!("interrupted while the edge started");
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// The end of the log, for an error message.
    fn last_words(&self) -> String {
        let Some(log) = &self.options.log else {
            return String::new();
        };
        let text = fs::read_to_string(log).unwrap_or_default();
        let lines = text.lines().collect::<Vec<_>>();
        format!("; it wrote:\n{}", lines[lines.len().saturating_sub(30)..].join("\n"))
    }

    /// Stops the edge in an orderly way. Does nothing when it does not run.
    pub fn stop(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), Leashed::stop)
    }

    /// Ends the edge at once (SIGKILL). What it had not stored is lost, as at a power cut.
    pub fn kill(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), Leashed::kill)
    }

    /// Whether the edge ended, by itself or because it was told to.
    pub fn has_ended(&mut self) -> Result<bool> {
        match &mut self.process {
            Some(process) => Ok(process.try_wait()?.is_some()),
            None => Ok(true),
        }
    }

    /// The edge's base URL, without a slash at the end.
    pub fn url(&self) -> String {
        self.options.url()
    }

    /// The options it runs with; the port is the real one.
    pub fn options(&self) -> &EdgeOptions {
        &self.options
    }

    /// The options of the next [`restart`](Self::restart).
    pub fn options_mut(&mut self) -> &mut EdgeOptions {
        &mut self.options
    }

    /// The operator's secret.
    pub fn operator_token(&self) -> &str {
        &self.options.operator_token
    }

    /// Process group of a running edge: what `ps -g` wants, for measuring.
    pub fn process_group(&self) -> Option<u32> {
        self.process.as_ref().map(Leashed::group)
    }
}

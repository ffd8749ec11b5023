//! `cargo xtask dev`: runs an edge with a demo provider, a demo tenant and its data origin, and writes a file that
//! describes them for programs.

use std::{
    fs::{self, File, TryLockError},
    net::TcpListener,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::{
    demo::{Demo, DemoTenant, DemoTokens},
    demo_machine::{self, DemoAgent},
    edge::{EdgeOptions, LOOPBACK, WranglerEdge},
    http, paths,
    private_files::{create_private_directory, random_token, write_private_file},
    process::{self, Leashed, leashed},
};

/// Time limit for the data origin to start responding.
const ORIGIN_LIMIT: Duration = Duration::from_secs(20);
/// The file in the state directory that keeps values which the edge returns only once. `--fresh` deletes a directory
/// only if it contains this file.
const SECRETS: &str = "secrets.json";

/// Options of a development edge.
#[derive(Clone, Debug)]
pub struct DevOptions {
    /// The edge's host name; see [`EdgeOptions`].
    pub host: String,
    /// Port of 127.0.0.1; 0 picks a free one.
    pub port: u16,
    /// Directory for everything the edge stores.
    pub state: PathBuf,
    /// Whether to start with empty state.
    pub fresh: bool,
    /// The file that describes the running edge.
    pub description: PathBuf,
    /// Settings in addition to those of `wrangler.toml`.
    pub vars: Vec<(String, String)>,
    /// Whether the demo machine runs, too.
    pub machine: bool,
}

impl DevOptions {
    /// The options of `cargo xtask dev` without flags.
    pub fn usual() -> Self {
        let directory = paths::root().join(".tegata");
        Self {
            host: LOOPBACK.to_owned(),
            port: 8787,
            state: directory.join("state"),
            fresh: false,
            description: directory.join("dev.json"),
            vars: Vec::new(),
            machine: true,
        }
    }
}

/// A running development edge; dropping it stops everything that belongs to it.
#[derive(Debug)]
pub struct DevEdge {
    edge: WranglerEdge,
    origin: Leashed,
    agent: Option<Leashed>,
    /// Held as long as the state is in use.
    _lock: File,
}

/// The content of `dev.json`.
#[derive(Serialize)]
struct Description<'a> {
    url: &'a str,
    operator_token: &'a str,
    provider: &'a DemoTenant,
    tenant: &'a DemoTenant,
    mailbox: String,
    introspection_secret: &'a str,
    data_origin: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    agent: Option<DemoAgent>,
    tokens: &'a DemoTokens,
}

/// The content of `secrets.json`.
#[derive(Deserialize, Serialize)]
struct Secrets {
    operator_token: String,
    /// Reused at the next start if it is free, so that the tenant's policy stays valid.
    origin_port: u16,
    provider_password: Option<String>,
    tenant_password: Option<String>,
    introspection_secret: Option<String>,
    #[serde(default)]
    tokens: Option<DemoTokens>,
}

impl DevEdge {
    /// Starts the edge and its data origin, creates the demo tenants if they are missing, and writes the description.
    pub fn start(options: &DevOptions) -> Result<Self> {
        // A program that waits for the file must not find the one of an earlier run.
        if options.description.exists() {
            fs::remove_file(&options.description)?;
        }
        if options.fresh {
            remove_state(&options.state)?;
        }
        create_private_directory(&options.state)?;
        let lock = lock(&options.state)?;
        let secrets_file = options.state.join(SECRETS);
        let mut secrets = Secrets::read_or_make(&secrets_file)?;
        let origin = start_origin(&mut secrets)?;
        secrets.write(&secrets_file)?;

        let mut edge_options = EdgeOptions::new(&options.state)?;
        edge_options.host.clone_from(&options.host);
        edge_options.port = options.port;
        edge_options.operator_token = secrets.operator_token.clone();
        edge_options.vars.extend(options.vars.iter().cloned());
        edge_options.log = None;
        let edge = WranglerEdge::start(edge_options)?;
        let agent = describe(&edge.url(), &mut secrets, &secrets_file, options)?;
        Ok(Self {
            edge,
            origin,
            agent,
            _lock: lock,
        })
    }

    /// The edge's base URL.
    pub fn url(&self) -> String {
        self.edge.url()
    }

    /// Waits for a stop signal. Fails if the edge or its data origin ends before.
    pub fn run_until_stopped(mut self) -> Result<()> {
        while !process::stop_requested() {
            if self.edge.has_ended()? {
                bail!("the edge exited");
            }
            if let Some(status) = self.origin.try_wait()? {
                bail!("the demo data origin exited ({status})");
            }
            thread::sleep(Duration::from_millis(100));
        }
        self.stop()
    }

    /// Stops the edge, its data origin, and the demo machine.
    pub fn stop(mut self) -> Result<()> {
        if let Some(agent) = self.agent.take() {
            agent.stop()?;
        }
        self.edge.stop()?;
        self.origin.stop()
    }
}

/// Fails if the port is in use, before anything slow begins.
pub fn check_port(port: u16) -> Result<()> {
    TcpListener::bind(("127.0.0.1", port))
        .with_context(|| format!("port {port} cannot be used; choose another with --port"))?;
    Ok(())
}

/// Creates what is missing, starts the demo machine, and writes the description. Returns the machine's agent.
fn describe(url: &str, secrets: &mut Secrets, secrets_file: &Path, options: &DevOptions) -> Result<Option<Leashed>> {
    let description = &options.description;
    let demo = Demo::new(url, &secrets.operator_token);
    let data_origin = format!("http://127.0.0.1:{}", secrets.origin_port);
    let provider = demo.provider(secrets.provider_password.as_deref())?;
    let tenant = demo.tenant(&data_origin, secrets.tenant_password.as_deref())?;
    let introspection_secret = match &secrets.introspection_secret {
        Some(secret) => secret.clone(),
        None => demo.introspection_secret()?,
    };
    secrets.provider_password = Some(provider.admin.password.clone());
    secrets.tenant_password = Some(tenant.admin.password.clone());
    secrets.introspection_secret = Some(introspection_secret.clone());
    let tokens = match &secrets.tokens {
        Some(tokens) => tokens.clone(),
        None => demo.tokens(&provider, &tenant)?,
    };
    secrets.tokens = Some(tokens.clone());
    secrets.write(secrets_file)?;
    let (agent, machine) = match options.machine {
        true => {
            let (running, agent) = demo_machine::start(url, &options.state, &tenant)?;
            (Some(agent), Some(running))
        }
        false => (None, None),
    };
    let content = serde_json::to_string_pretty(&Description {
        url,
        operator_token: &secrets.operator_token,
        provider: &provider,
        tenant: &tenant,
        mailbox: format!("{url}/dev/mailbox"),
        introspection_secret: &introspection_secret,
        data_origin: &data_origin,
        agent,
        tokens: &tokens,
    })?;
    if let Some(directory) = description.parent() {
        create_private_directory(directory)?;
    }
    write_private_file(description, &content)?;
    Ok(machine)
}

fn start_origin(secrets: &mut Secrets) -> Result<Leashed> {
    if TcpListener::bind(("127.0.0.1", secrets.origin_port)).is_err() {
        secrets.origin_port = http::free_port()?;
    }
    let port = secrets.origin_port.to_string();
    let mut command = leashed(paths::npm_program("node"))?;
    let mut origin = Leashed::start(command.arg("xtask/demo/origin.mjs").arg(&port))?;
    let deadline = process::now() + ORIGIN_LIMIT;
    while !http::answers(&format!("http://127.0.0.1:{port}/healthz")) {
        if let Some(status) = origin.try_wait()? {
            bail!("the demo data origin exited ({status})");
        }
        if process::now() > deadline || process::stop_requested() {
            bail!("the demo data origin did not start");
        }
        thread::sleep(Duration::from_millis(10));
    }
    Ok(origin)
}

fn lock(state: &Path) -> Result<File> {
    let file = File::create(state.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!("another edge uses {}; choose another with --state", state.display()),
        Err(TryLockError::Error(error)) => Err(error).context("locking the state"),
    }
}

/// Empties the state directory, unless it holds files that are not ours.
fn remove_state(state: &Path) -> Result<()> {
    if !state.exists() {
        return Ok(());
    }
    if !state.join(SECRETS).exists() && fs::read_dir(state)?.next().is_some() {
        bail!(
            "{} is not an edge's state directory, so it was not removed",
            state.display()
        );
    }
    drop(lock(state)?);
    fs::remove_dir_all(state).with_context(|| format!("removing {}", state.display()))
}

impl Secrets {
    fn read_or_make(file: &Path) -> Result<Self> {
        if !file.exists() {
            return Ok(Self {
                operator_token: random_token()?,
                origin_port: http::free_port()?,
                provider_password: None,
                tenant_password: None,
                introspection_secret: None,
                tokens: None,
            });
        }
        let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        serde_json::from_str(&text).with_context(|| format!("{} is damaged; start with --fresh", file.display()))
    }

    fn write(&self, file: &Path) -> Result<()> {
        write_private_file(file, &serde_json::to_string_pretty(self)?)
    }
}

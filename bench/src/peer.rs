//! The peers: workerd with a worker from `peers/`, configured like the edge.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use xtask::{
    bundle::bundle,
    http::free_port,
    paths,
    process::{self, Leashed, leashed},
};

use crate::http1::{Connection, request};

const START_LIMIT: Duration = Duration::from_secs(20);

/// A running peer; dropping it stops it.
pub struct Peer {
    name: String,
    directory: PathBuf,
    settings: Vec<(String, String)>,
    sockets: BTreeMap<&'static str, u16>,
    process: Option<Leashed>,
}

impl Peer {
    /// Starts the worker `name` in `directory`, with a port for `http` and for each of `sockets`.
    pub fn start(name: &str, directory: &Path, sockets: &[&'static str], settings: &[(&str, &str)]) -> Result<Self> {
        prepare(name, directory)?;
        let mut ports = BTreeMap::new();
        for socket in ["http"].iter().chain(sockets) {
            ports.insert(*socket, free_port()?);
        }
        let settings = settings
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let mut peer = Self {
            name: name.to_owned(),
            directory: directory.to_owned(),
            settings: settings.collect(),
            sockets: ports,
            process: None,
        };
        peer.begin()?;
        Ok(peer)
    }

    /// Starts it on the state it has, once it was killed.
    pub fn begin(&mut self) -> Result<()> {
        let mut command = command(&self.name, &self.directory, &self.sockets)?;
        command.envs(self.settings.iter().cloned());
        let mut process = Leashed::start(&mut command)?;
        let deadline = process::now() + START_LIMIT;
        while std::net::TcpStream::connect(("127.0.0.1", self.port())).is_err() {
            if process.try_wait()?.is_some() || process::now() > deadline {
                bail!("the peer {} did not start", self.name);
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.process = Some(process);
        Ok(())
    }

    /// Kills it (SIGKILL).
    pub fn kill(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), Leashed::kill)
    }

    /// The process group, for measuring.
    pub fn group(&self) -> u32 {
        self.process.as_ref().map(Leashed::group).unwrap_or_default()
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.sockets["http"]
    }

    /// Writes `value` to `key` of the KV namespace behind `socket`.
    pub async fn put(&self, socket: &str, key: &str, value: &str) -> Result<()> {
        let path = format!("/{}", key.replace('/', "%2F"));
        let request = request("PUT", "kv.example", &path, &[], value);
        let reply = Connection::open(self.sockets[socket]).await?.exchange(&request).await?;
        if reply.status != 200 {
            bail!("{socket} returned {}", reply.status);
        }
        Ok(())
    }
}

/// Writes the files that workerd reads into `directory`.
pub fn prepare(name: &str, directory: &Path) -> Result<()> {
    fs::create_dir_all(directory.join("objects"))?;
    bundle(name, &directory.join(format!("{name}.js")), &[])?;
    for file in ["bench/peers/peers.capnp", "selfhost/kv.js"] {
        let source = paths::root().join(file);
        let target = directory.join(source.file_name().context("a file without a name")?);
        fs::copy(&source, target).with_context(|| format!("copying {file}"))?;
    }
    // The configuration embeds every peer, whichever one runs.
    for other in ["ok", "forward", "gate", "refresh", "remote"] {
        let module = directory.join(format!("{other}.js"));
        if !module.exists() {
            fs::write(module, "export default {};\n")?;
        }
    }
    Ok(())
}

/// The command line of the peer `name`.
pub fn command(name: &str, directory: &Path, ports: &BTreeMap<&'static str, u16>) -> Result<Command> {
    let mut command = leashed(paths::npm_program("workerd"))?;
    command.arg("serve").arg(directory.join("peers.capnp")).arg(name);
    if !["ok", "forward"].contains(&name) {
        command.arg(format!(
            "--directory-path=objects={}",
            directory.join("objects").display()
        ));
    }
    for (socket, port) in ports {
        command.arg(format!("--socket-addr={socket}=127.0.0.1:{port}"));
    }
    Ok(command)
}

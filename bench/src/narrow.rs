//! A narrow line: a network namespace whose only way out is an interface that carries 256 kbit/s each way, with relays at
//! both of its ends, one of which delays. In the namespace the edge has the address that it has outside. Needs root.

use std::{
    fs::{self, File},
    path::Path,
    time::Duration,
};

use anyhow::{Result, bail};
use tokio::time::sleep;
use xtask::{
    http::free_port,
    paths,
    process::{Leashed, leashed, now, run},
};

/// What the line carries, each way.
const RATE: &str = "256kbit";
/// How much leaves at once, in bytes: one packet; and how long packets may queue in front of the line.
const BURST: &str = "1600";
const QUEUE: &str = "1s";
/// How long each piece takes from one end to the other and back, in ms; half of it each way.
const ROUND_TRIP: u32 = 100;
/// The ends of the line.
const OUTSIDE: &str = "198.18.77.1";
const INSIDE: &str = "198.18.77.2";

/// A line; dropping it removes the namespace.
pub struct Narrow {
    /// Between the namespace's loopback and the line, and between the line and the edge.
    _relays: [Leashed; 2],
    namespace: Namespace,
}

fn ip(arguments: &[&str]) -> Result<()> {
    let mut command = leashed("ip")?;
    run(command.args(arguments))
}

impl Narrow {
    /// Lays a line to the port of an edge. `directory` gets files.
    pub async fn lay(directory: &Path, port: u16) -> Result<Self> {
        let name = format!("tegata{}", std::process::id());
        let (outer, inner) = (format!("{name}a"), format!("{name}b"));
        ip(&["netns", "add", &name])?;
        // From here on the namespace is removed whatever happens: the interfaces go with it.
        let namespace = Namespace(name.clone());
        ip(&[
            "link", "add", &outer, "type", "veth", "peer", "name", &inner, "netns", &name,
        ])?;
        let far = free_port()?;
        let inside = ["ip", "netns", "exec", &name];
        for (device, address, around) in [(&outer, OUTSIDE, &[][..]), (&inner, INSIDE, &inside[..])] {
            let address = format!("{address}/30");
            for command in [
                &["ip", "addr", "add", &address, "dev", device][..],
                &["ip", "link", "set", device, "up"],
                &[
                    "tc", "qdisc", "add", "dev", device, "root", "tbf", "rate", RATE, "burst", BURST, "latency", QUEUE,
                ],
            ] {
                within(around, command)?;
            }
        }
        within(&inside, &["ip", "link", "set", "lo", "up"])?;
        let (near, far) = (port.to_string(), far.to_string());
        let delay = (ROUND_TRIP / 2).to_string();
        let relays = [
            relay(directory, "inside", &inside, &["127.0.0.1", &near, OUTSIDE, &far, "0"]).await?,
            relay(directory, "outside", &[], &[OUTSIDE, &far, "127.0.0.1", &near, &delay]).await?,
        ];
        Ok(Self {
            _relays: relays,
            namespace,
        })
    }

    /// The command, with its arguments, by which programs are started in the namespace.
    pub fn around(&self) -> [&str; 4] {
        ["ip", "netns", "exec", &self.namespace.0]
    }
}

struct Namespace(String);

impl Drop for Namespace {
    fn drop(&mut self) {
        // Without it, nothing can be done but to say so.
        if let Err(error) = ip(&["netns", "delete", &self.0]) {
            eprintln!("the namespace {} is left behind: {error}", self.0);
        }
    }
}

/// Runs a command, in a namespace if `around` leads into one.
fn within(around: &[&str], command: &[&str]) -> Result<()> {
    let all = [around, command].concat();
    let Some((program, arguments)) = all.split_first() else {
        bail!("no command");
    };
    let mut command = leashed(program)?;
    run(command.args(arguments))
}

async fn relay(directory: &Path, name: &str, around: &[&str], ends: &[&str]) -> Result<Leashed> {
    let (node, script) = (paths::npm_program("node"), paths::root().join("bench/peers/line.mjs"));
    let told = directory.join(format!("line-{name}"));
    let mut command = match around {
        [] => leashed(&node)?,
        [first, others @ ..] => {
            let mut command = leashed(first)?;
            command.args(others).arg(&node);
            command
        }
    };
    command.arg(script).args(ends).stdout(File::create(&told)?);
    let mut process = Leashed::start(&mut command)?;
    let end = now() + Duration::from_secs(20);
    while fs::read_to_string(&told)?.is_empty() {
        if process.try_wait()?.is_some() || now() > end {
            bail!("the {name} relay did not start");
        }
        sleep(Duration::from_millis(50)).await;
    }
    Ok(process)
}

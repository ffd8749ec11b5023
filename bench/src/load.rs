//! The load: several connections on this thread, each with one request in flight at a time.

use std::{rc::Rc, time::Duration};

use anyhow::{Context, Result, bail};
use tokio::task::JoinSet;

use crate::http1::{Connection, Reply};

/// Number of connections in every measurement.
pub const CONNECTIONS: usize = 16;

/// The requests of one connection.
pub trait Source {
    /// The next request; `None` if this connection is done.
    fn next(&mut self) -> Option<Rc<[u8]>>;
    /// Processes the reply, which had a 2xx status.
    fn answered(&mut self, _: &Reply) -> Result<()> {
        Ok(())
    }
}

/// The result of a round.
#[derive(Debug)]
pub struct Round {
    /// Time from the first request to the last reply.
    pub elapsed: Duration,
    /// Latency of each request, sorted.
    pub latencies: Vec<Duration>,
}

impl Round {
    /// Requests per second.
    pub fn rate(&self) -> f64 {
        self.latencies.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency below which the given `share` of all requests stayed, in milliseconds.
    pub fn percentile(&self, share: f64) -> f64 {
        let at = (self.latencies.len() as f64 * share) as usize;
        let latency = self.latencies.get(at.min(self.latencies.len().saturating_sub(1)));
        latency.map_or(0.0, |latency| latency.as_secs_f64() * 1000.0)
    }
}

/// Sends all requests of `sources`, one connection each. Any status other than 2xx fails the measurement.
pub async fn run<S: Source + 'static>(port: u16, sources: Vec<S>) -> Result<Round> {
    let mut connections = Vec::new();
    for _ in &sources {
        connections.push(Connection::open(port).await?);
    }
    let mut running = JoinSet::new();
    let start = xtask::process::now();
    for (connection, source) in connections.into_iter().zip(sources) {
        running.spawn_local(drive(connection, source));
    }
    let mut latencies = Vec::new();
    while let Some(done) = running.join_next().await {
        latencies.extend(done??);
        if xtask::process::stop_requested() {
            bail!("interrupted");
        }
    }
    let elapsed = start.elapsed();
    latencies.sort_unstable();
    Ok(Round { elapsed, latencies })
}

async fn drive(mut connection: Connection, mut source: impl Source) -> Result<Vec<Duration>> {
    let mut latencies = Vec::new();
    while let Some(request) = source.next() {
        let start = xtask::process::now();
        let reply = connection.exchange(&request).await?;
        latencies.push(start.elapsed());
        if !(200..300).contains(&reply.status) {
            let line = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
            bail!(
                "{} returned {}: {}",
                String::from_utf8_lossy(line),
                reply.status,
                String::from_utf8_lossy(&reply.body)
            );
        }
        source.answered(&reply).context("an unexpected 2xx reply")?;
    }
    Ok(latencies)
}

/// Requests made in advance, spread over the connections.
pub struct Prepared {
    requests: Rc<[Rc<[u8]>]>,
    next: usize,
    left: usize,
}

impl Prepared {
    /// Sources that together send `total` requests, going through `requests` in order and starting again at the end.
    pub fn spread(requests: &Rc<[Rc<[u8]>]>, total: usize) -> Vec<Self> {
        let source = |connection| Self {
            requests: Rc::clone(requests),
            next: connection,
            left: total / CONNECTIONS,
        };
        (0..CONNECTIONS).map(source).collect()
    }
}

impl Source for Prepared {
    fn next(&mut self) -> Option<Rc<[u8]>> {
        self.left = self.left.checked_sub(1)?;
        let request = &self.requests[self.next % self.requests.len()];
        self.next += CONNECTIONS;
        Some(Rc::clone(request))
    }
}

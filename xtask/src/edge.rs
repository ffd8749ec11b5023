//! Edges on this machine, in two forms: [`PlainEdge`] is workerd alone, fast to start and suitable for killing and
//! measuring; [`WranglerEdge`] is `wrangler dev`, which is closer to a deployment.
//!
//! Both keep their state in a directory, so an edge can be stopped or killed and started again on the same state.

use std::{fmt, fs, marker::PhantomData, thread, time::Duration};

use anyhow::{Result, bail};

use crate::{
    http,
    launch::{Launch, Plain, Wrangler},
    private_files::create_private_directory,
    process::{self, Leashed},
};

pub use crate::edge_options::{EdgeOptions, LOOPBACK};

/// An edge on workerd alone.
pub type PlainEdge = Edge<Plain>;

/// An edge on `wrangler dev`.
pub type WranglerEdge = Edge<Wrangler>;

/// Time limit for an edge to start responding; a cold `wrangler dev` on a busy machine needs most of it.
const START_LIMIT: Duration = Duration::from_secs(60);

impl fmt::Debug for EdgeOptions {
    /// Omits the settings and the operator's secret.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = formatter.debug_struct("EdgeOptions");
        fields
            .field("port", &self.port)
            .field("state_dir", &self.state_dir)
            .field("flavour", &self.flavour);
        fields.finish_non_exhaustive()
    }
}

/// A running edge; dropping it stops it. See [`PlainEdge`] and [`WranglerEdge`] for the two forms.
#[derive(Debug)]
pub struct Edge<L> {
    options: EdgeOptions,
    process: Option<Leashed>,
    launch: PhantomData<L>,
}

impl<L: Launch> Edge<L> {
    /// Starts an edge and waits until it responds.
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

    /// Stops the edge if it is running, starts it again with the same options and state, and waits until it responds.
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
                bail!("the edge exited while starting ({status}){}", self.last_words());
            }
            if process::now() > deadline {
                bail!("{health} did not respond within {START_LIMIT:?}{}", self.last_words());
            }
            if process::stop_requested() {
                bail!("interrupted while the edge was starting");
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

    /// Stops the edge in an orderly way. Does nothing if it is not running.
    pub fn stop(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), Leashed::stop)
    }

    /// Kills the edge (SIGKILL). Unsaved data is lost, as in a power cut.
    pub fn kill(&mut self) -> Result<()> {
        self.process.take().map_or(Ok(()), Leashed::kill)
    }

    /// Whether the edge has exited, by itself or after a signal.
    pub fn has_ended(&mut self) -> Result<bool> {
        match &mut self.process {
            Some(process) => Ok(process.try_wait()?.is_some()),
            None => Ok(true),
        }
    }

    /// The edge's base URL, without a trailing slash.
    pub fn url(&self) -> String {
        self.options.url()
    }

    /// The options it runs with; the port is the actual one.
    pub fn options(&self) -> &EdgeOptions {
        &self.options
    }

    /// The options for the next [`restart`](Self::restart).
    pub fn options_mut(&mut self) -> &mut EdgeOptions {
        &mut self.options
    }

    /// The operator's secret.
    pub fn operator_token(&self) -> &str {
        &self.options.operator_token
    }

    /// Process group of a running edge, for `ps -g` when measuring.
    pub fn process_group(&self) -> Option<u32> {
        self.process.as_ref().map(Leashed::group)
    }
}

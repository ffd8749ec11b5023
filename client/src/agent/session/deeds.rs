//! What the desk can have done on the machine: look at it, test its connection, read the tail of a log, and restart the
//! software or the machine. Whether a request may be carried out has been decided before, except for what `agent.toml`
//! allows.

use super::files::offer::{self, Own};
#[cfg(unix)]
use super::files::receive::Arrival;
use super::overview;
use super::program;
use super::screen::Screens;
use super::within;
use crate::agent::{Agent, logs};
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;
use tegata_domain::agent::AgentReport;
use tegata_domain::id::CommandId;
use tegata_domain::session::DeedOutcome;
use tegata_domain::session::control::Deed;
use tokio::task::spawn_blocking;

/// How long a look at the machine may take: a network disk may be away.
const LOOKING: Duration = Duration::from_secs(60);
/// How long reading a file through may take.
const READING: Duration = Duration::from_secs(1_800);
/// How long the connection test may take.
const TESTING: Duration = Duration::from_secs(120);
/// How long the command that restarts the machine may take.
const ORDERING: Duration = Duration::from_secs(60);
/// How long after it the machine may take to go down.
const GOING_DOWN: Duration = Duration::from_secs(300);

/// What a task tells the session.
pub(super) enum Carried {
    /// A request was carried out.
    Done { id: CommandId, outcome: DeedOutcome },
    /// A file was read through and is to be offered; the request has the same id.
    Offer(Own),
    /// A part of a file has arrived.
    Progress { id: CommandId, bytes: u64 },
    /// The stream of a file has ended.
    #[cfg(unix)]
    Arrived { id: CommandId, arrival: Arrival },
}

/// How a deed ended.
pub(super) enum Deeded {
    /// With an outcome, and what it brought.
    Ended(DeedOutcome, Option<Vec<u8>>),
    /// A file is to be offered.
    Offers(Own),
}

/// The machine.
pub(super) struct Machine {
    pub(super) agent: Agent,
    pub(super) report: AgentReport,
    /// The edge's time minus this machine's, in seconds.
    pub(super) clock_offset: i64,
    pub(super) screens: Arc<Screens>,
}

impl Machine {
    /// Does what the request `id` wants.
    pub(super) async fn carry_out(&self, id: &CommandId, deed: &Deed) -> Deeded {
        let Deed::OfferFile { folder, name } = deed else {
            let (outcome, brought) = self.do_it(deed).await;
            return Deeded::Ended(outcome, brought);
        };
        let config = self.agent.assistance().config().clone();
        let (id, folder, name) = (id.clone(), folder.clone(), name.clone());
        let look = spawn_blocking(move || offer::read_through(&config, &id, &folder, &name));
        match within(READING, look).await.and_then(Result::ok) {
            Some(Ok(own)) => Deeded::Offers(own),
            Some(Err(error)) if error.kind() == ErrorKind::PermissionDenied => {
                Deeded::Ended(DeedOutcome::Refused, None)
            }
            Some(Err(_)) | None => Deeded::Ended(DeedOutcome::Failed, None),
        }
    }

    /// Returns how it ended, and what it brought.
    async fn do_it(&self, deed: &Deed) -> (DeedOutcome, Option<Vec<u8>>) {
        let config = self.agent.assistance().config();
        match deed {
            Deed::Overview => {
                let (config, report, offset) = (config.clone(), self.report.clone(), self.clock_offset);
                let look = spawn_blocking(move || overview::read(&config, &report, offset));
                let read = within(LOOKING, look).await.and_then(Result::ok);
                brought(read.and_then(|overview| serde_json::to_vec(&overview).ok()))
            }
            Deed::ConnectionTest => {
                let test = within(TESTING, self.agent.diagnose(&self.report, None)).await;
                let diagnosis = test.and_then(Result::ok);
                brought(diagnosis.and_then(|diagnosis| serde_json::to_vec(&diagnosis).ok()))
            }
            Deed::LogTail { log } => {
                let (config, log) = (config.clone(), log.clone());
                let look = spawn_blocking(move || logs::tail(&config, log.as_str()));
                match within(LOOKING, look).await.and_then(Result::ok) {
                    Some(Err(error)) if error.kind() == ErrorKind::PermissionDenied => (DeedOutcome::Refused, None),
                    read => brought(read.and_then(Result::ok)),
                }
            }
            Deed::RestartSoftware => match &config.software {
                None => (DeedOutcome::Refused, None),
                Some(software) if program::run(&software.restart, software.timeout).await => (DeedOutcome::Done, None),
                Some(_) => (DeedOutcome::Failed, None),
            },
            Deed::RestartMachine => match &config.restart_machine {
                None => (DeedOutcome::Refused, None),
                Some(restart) if program::run(restart, ORDERING).await => {
                    // The machine takes the agent down with it; after its start, the journal tells that it was done.
                    tokio::time::sleep(GOING_DOWN).await;
                    (DeedOutcome::Unknown, None)
                }
                Some(_) => (DeedOutcome::Failed, None),
            },
            Deed::ListFiles { folder } => {
                let (config, folder) = (config.clone(), folder.clone());
                let look = spawn_blocking(move || offer::list(&config, &folder));
                match within(LOOKING, look).await.and_then(Result::ok) {
                    Some(Err(error)) if error.kind() == ErrorKind::PermissionDenied => (DeedOutcome::Refused, None),
                    read => brought(read.and_then(Result::ok)),
                }
            }
            #[cfg(unix)]
            Deed::PutText { text } => match within(LOOKING, self.screens.put_text(text.as_str())).await {
                Some(Ok(())) => (DeedOutcome::Done, None),
                _ => (DeedOutcome::Failed, None),
            },
            #[cfg(unix)]
            Deed::TakeText => brought(within(LOOKING, self.screens.take_text()).await.and_then(Result::ok)),
            #[cfg(not(unix))]
            Deed::PutText { .. } | Deed::TakeText => (DeedOutcome::Refused, None),
            // `carry_out` has done it.
            Deed::OfferFile { .. } => (DeedOutcome::Refused, None),
        }
    }
}

fn brought(bytes: Option<Vec<u8>>) -> (DeedOutcome, Option<Vec<u8>>) {
    match bytes {
        Some(bytes) => (DeedOutcome::Done, Some(bytes)),
        None => (DeedOutcome::Failed, None),
    }
}

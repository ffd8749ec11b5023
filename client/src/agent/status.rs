//! How the agent of this machine is: whether it is enrolled, and the light (P9). Programs get it as JSON from `tegata agent
//! status --json` and from the running agent.

use super::Agent;
use super::identification::Ending;
use super::settings::Missing;
use super::state::{Phase, Trouble};
use super::support::Session;
use crate::clock;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// Whether the machine is enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Enrolment {
    /// It is, as far as is known here.
    Enrolled,
    /// It was; the edge no longer accepts it.
    Ended,
    /// It is not.
    NotEnrolled,
}

/// The light.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// Connected.
    Green,
    /// Not connected.
    Orange,
    /// The remote service is switched off (P1).
    Off,
    /// No process runs the agent.
    Stopped,
}

/// The agent of this machine. Times are seconds since 1970.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Whether it is enrolled.
    pub state: Enrolment,
    /// The deployment.
    pub edge: Option<String>,
    /// The tenant.
    pub tenant: Option<String>,
    /// Thumbprint of the agent's key.
    pub key_thumbprint: Option<String>,
    /// The light.
    pub light: Light,
    /// Since when it has been connected.
    pub connected_since: Option<u64>,
    /// Why it is not connected.
    pub trouble: Option<Trouble>,
    /// When it will try again.
    pub next_try_at: Option<u64>,
    /// Until when it waits to be accepted, after it has identified itself (P2).
    pub waiting_until: Option<u64>,
    /// How its request ended, if that led to no enrolment.
    pub request_ending: Option<Ending>,
    /// The proxy that the running process's environment or the system names.
    pub found_proxy: Option<String>,
    /// What is missing for remote assistance, as the running process sees it (P10).
    pub missing_for_remote_assistance: Option<Vec<Missing>>,
    /// When it learned that the edge no longer accepts it.
    pub ended_at: Option<u64>,
    /// The name of the equipment, as the edge said last.
    pub equipment: Option<String>,
    /// Its serial number: as the edge said last, or as it was typed for the request that waits.
    pub serial_number: Option<String>,
    /// The session that runs on it.
    #[serde(default)]
    pub session: Option<Session>,
}

impl Status {
    /// A machine that is not enrolled.
    #[must_use]
    pub fn unenrolled() -> Self {
        Self {
            state: Enrolment::NotEnrolled,
            edge: None,
            tenant: None,
            key_thumbprint: None,
            light: Light::Stopped,
            connected_since: None,
            trouble: None,
            next_try_at: None,
            waiting_until: None,
            request_ending: None,
            found_proxy: None,
            missing_for_remote_assistance: None,
            ended_at: None,
            equipment: None,
            serial_number: None,
            session: None,
        }
    }
}

impl Agent {
    /// The status. `running` says whether a process runs the agent.
    ///
    /// Errors: `Storage` when the enrolment cannot be read.
    pub fn status(&self, running: bool) -> Result<Status, Error> {
        let state = match self.state() {
            Ok(state) => Some(state),
            Err(Error::NotRegistered) => None,
            Err(error) => return Err(error),
        };
        // One that cannot be read is no reason to show nothing: a person can send another.
        let request = self.request().ok().flatten().filter(|_| state.is_none());
        let ending = request.as_ref().and_then(|request| request.ending);
        let waiting = request.filter(|_| ending.is_none());
        let noted = self.noted().filter(|_| running || state.is_some()).unwrap_or_default();
        let connected_since = noted.connected_since.filter(|_| running);
        let (state_name, ended_at) = match state.as_ref().map(|state| &state.phase) {
            None => (Enrolment::NotEnrolled, None),
            Some(Phase::Enrolled(_)) => (Enrolment::Enrolled, None),
            Some(Phase::Ended { told_at }) => (Enrolment::Ended, Some(*told_at)),
        };
        Ok(Status {
            state: state_name,
            edge: state
                .as_ref()
                .map(|state| &state.edge)
                .or(waiting.as_ref().map(|waiting| &waiting.edge))
                .map(|edge| edge.as_str().to_owned()),
            tenant: state.as_ref().map(|state| state.tenant.as_str().to_owned()),
            key_thumbprint: state.map(|state| state.jkt),
            light: match (running, connected_since) {
                (false, _) => Light::Stopped,
                (true, _) if noted.off => Light::Off,
                (true, Some(_)) => Light::Green,
                (true, None) => Light::Orange,
            },
            connected_since,
            trouble: noted.trouble.filter(|_| running),
            next_try_at: noted.next_try_at.filter(|at| running && *at >= clock::now()),
            waiting_until: waiting.as_ref().map(|waiting| waiting.expires_at),
            request_ending: ending,
            found_proxy: noted.found_proxy.filter(|_| running),
            missing_for_remote_assistance: running.then_some(noted.missing_for_remote_assistance),
            ended_at,
            equipment: noted.welcome.as_ref().map(|welcome| welcome.equipment.clone()),
            serial_number: noted
                .welcome
                .map(|welcome| welcome.serial_number)
                .or(waiting.map(|waiting| waiting.serial_number.as_str().to_owned())),
            session: self.notice().filter(|_| running).and_then(|notice| notice.session),
        })
    }
}

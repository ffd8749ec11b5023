//! The connection test: goes the way of the agent step by step, and names the first thing that is in the way. Contains
//! the checks and their outcome; the words for people are the callers'.

use super::Agent;
use super::connection::Connection;
use super::state::{Phase, Trouble};
use crate::clock;
use crate::edge::EdgeUrl;
use crate::error::{Error, chain};
use crate::proxy::dialler::Way;
use crate::proxy::obstacle::Obstacle;
use crate::reply::Reply;
use http::Uri;
use reqwest::Method;
use reqwest::header::DATE;
use serde::{Deserialize, Serialize};
use tegata_domain::agent::AgentReport;

/// How far the clocks may be apart, in seconds.
const TOLERATED_SKEW: i64 = 60;

/// One step of the way, in the order in which they are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The settings can be read, and the remote service is on.
    RemoteService,
    /// The proxy that the settings lead to can be used.
    Proxy,
    /// The edge's name has an address; behind a proxy, the proxy looks it up.
    Name,
    /// The edge accepts connections, or the proxy does.
    Connection,
    /// The proxy accepts this machine.
    ProxyAuthentication,
    /// The proxy connects to the edge.
    ProxyTunnel,
    /// The connection is encrypted, and its other end is the edge.
    Encryption,
    /// The edge answers.
    Service,
    /// This machine's clock agrees with the edge's.
    Clock,
    /// The edge accepts this machine's enrolment.
    Admission,
}

impl Check {
    /// All of them, in order.
    pub const ALL: [Self; 10] = [
        Self::RemoteService,
        Self::Proxy,
        Self::Name,
        Self::Connection,
        Self::ProxyAuthentication,
        Self::ProxyTunnel,
        Self::Encryption,
        Self::Service,
        Self::Clock,
        Self::Admission,
    ];
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckState {
    /// All is well.
    Passed,
    /// This is in the way.
    Failed,
    /// This way has no such step.
    NotNeeded,
    /// A check before it failed.
    NotReached,
}

/// What the test found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Outcome {
    /// The agent can connect; before it is enrolled, it can be.
    Ok,
    /// Something answers that is not this service.
    NotTheService {
        /// What it answered, for a log.
        detail: String,
    },
    /// The edge has a failure of its own.
    ServiceFailing {
        /// HTTP status.
        status: u16,
    },
    /// This machine's clock is wrong.
    Clock {
        /// Local time minus the edge's, in seconds.
        seconds: i64,
    },
    /// The enrolment has ended.
    Ended,
    /// The edge accepts the enrolment, but not the connection: the tenant may be suspended.
    TurnedAway,
    /// Another process has connected with the same enrolment.
    Replaced,
    /// There is no way to the edge.
    #[serde(untagged)]
    Way(Obstacle),
}

/// The test's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The edge that was tested.
    pub edge: EdgeUrl,
    /// The proxy on the way, as `host:port`.
    pub proxy: Option<String>,
    /// Every check with its state, in order.
    pub checks: Vec<(Check, CheckState)>,
    /// What is in the way, if anything.
    pub outcome: Outcome,
}

impl Agent {
    /// Tests the way to the edge of this machine's enrolment, or to `edge` before it is enrolled. While the agent runs,
    /// it does not disturb its connection; otherwise it opens one for a moment. While the remote service is off, it
    /// makes no connection either.
    ///
    /// Errors: `InvalidInput` with field `edge` when there is neither an enrolment nor `edge`; `Storage`.
    pub async fn diagnose(&self, report: &AgentReport, edge: Option<&EdgeUrl>) -> Result<Diagnosis, Error> {
        let enrolled = match self.state() {
            Ok(state) => Some(state),
            Err(Error::NotRegistered) => None,
            Err(error) => return Err(error),
        };
        let edge = enrolled.as_ref().map(|state| &state.edge).or(edge);
        let edge = edge.ok_or(Error::InvalidInput { field: "edge" })?.clone();
        let way = self.dialler.way(edge.as_str()).await;
        let proxy = way.as_ref().ok().and_then(Way::proxy).map(ToString::to_string);
        let mut checks = Checks {
            skipped: skipped(&edge, proxy.is_some(), enrolled.is_some()),
            failed: None,
        };
        let outcome = match self.go(way, &edge, &mut checks).await {
            Outcome::Ok if enrolled.is_some() => {
                let outcome = self.admission(report).await?;
                checks.fail_unless(outcome == Outcome::Ok, Check::Admission);
                outcome
            }
            outcome => outcome,
        };
        Ok(Diagnosis {
            edge,
            proxy,
            checks: checks.list(),
            outcome,
        })
    }

    /// Every check but the last.
    async fn go(&self, way: Result<Way, Obstacle>, edge: &EdgeUrl, checks: &mut Checks) -> Outcome {
        let url = edge.jwks_url();
        let dialled = match (way, url.parse::<Uri>()) {
            (Err(obstacle), _) => Err(obstacle),
            (Ok(_), Ok(uri)) => self.dialler.dial(&uri).await.map(drop),
            (Ok(_), Err(error)) => Err(Obstacle::Unreachable { detail: chain(&error) }),
        };
        if let Err(obstacle) = dialled {
            checks.failed = Some(place(&obstacle));
            return Outcome::Way(obstacle);
        }
        let sent_at = clock::now();
        let answer = self.transport.send(self.transport.request(Method::GET, &url)).await;
        let outcome = match &answer {
            Ok(reply) => service(reply),
            Err(Error::Obstacle(obstacle)) => Outcome::Way((**obstacle).clone()),
            Err(error) => Outcome::NotTheService { detail: chain(error) },
        };
        checks.fail_unless(outcome == Outcome::Ok, Check::Service);
        let skew = answer.ok().and_then(|reply| skew(&reply, sent_at, clock::now()));
        match (outcome, skew) {
            (Outcome::Ok, Some(seconds)) if seconds.abs() > TOLERATED_SKEW => {
                checks.failed = Some(Check::Clock);
                Outcome::Clock { seconds }
            }
            (outcome, _) => outcome,
        }
    }

    /// Whether the edge accepts the enrolment.
    async fn admission(&self, report: &AgentReport) -> Result<Outcome, Error> {
        if matches!(self.state()?.phase, Phase::Ended { .. }) {
            return Ok(Outcome::Ended);
        }
        let Some(_claim) = self.claim().await? else {
            return self.admission_of_running().await;
        };
        let refused = match Connection::open(self, report).await {
            Ok(connection) => {
                connection.close().await;
                return Ok(Outcome::Ok);
            }
            Err(Error::Revoked) => self.ask_whether_accepted().await,
            Err(error) => Err(error),
        };
        match refused {
            Ok(Trouble::Clock { seconds }) => Ok(Outcome::Clock { seconds }),
            Ok(Trouble::Way(obstacle)) => Ok(Outcome::Way(obstacle)),
            Ok(_) => Ok(Outcome::TurnedAway),
            Err(Error::Revoked) => Ok(Outcome::Ended),
            Err(Error::Obstacle(obstacle)) => Ok(Outcome::Way(*obstacle)),
            Err(Error::ClockSkew { seconds }) => Ok(Outcome::Clock { seconds }),
            Err(error @ Error::Storage(_)) => Err(error),
            Err(error) => Ok(Outcome::NotTheService { detail: chain(&error) }),
        }
    }

    /// The same while another process, or another part of this one, runs the agent: a second connection would replace
    /// its own.
    async fn admission_of_running(&self) -> Result<Outcome, Error> {
        let noted = self.noted().unwrap_or_default();
        if noted.connected_since.is_some() {
            return Ok(Outcome::Ok);
        }
        match self.ask_whether_accepted().await {
            Err(Error::Revoked) => Ok(Outcome::Ended),
            Err(error) => Err(error),
            Ok(Trouble::Clock { seconds }) => Ok(Outcome::Clock { seconds }),
            Ok(Trouble::Way(obstacle)) => Ok(Outcome::Way(obstacle)),
            Ok(_) => Ok(match noted.trouble {
                Some(Trouble::TurnedAway) => Outcome::TurnedAway,
                Some(Trouble::Replaced) => Outcome::Replaced,
                _ => Outcome::Ok,
            }),
        }
    }
}

/// The states of all checks follow from the one that failed.
struct Checks {
    skipped: Vec<Check>,
    failed: Option<Check>,
}

impl Checks {
    fn fail_unless(&mut self, passed: bool, check: Check) {
        if !passed {
            self.failed = Some(check);
        }
    }

    fn list(&self) -> Vec<(Check, CheckState)> {
        let mut reached = true;
        let state = |check: &Check| {
            if self.failed == Some(*check) {
                reached = false;
                CheckState::Failed
            } else if self.skipped.contains(check) {
                CheckState::NotNeeded
            } else if reached {
                CheckState::Passed
            } else {
                CheckState::NotReached
            }
        };
        let states: Vec<CheckState> = Check::ALL.iter().map(state).collect();
        Check::ALL.into_iter().zip(states).collect()
    }
}

/// The checks that the way to `edge` does not have.
fn skipped(edge: &EdgeUrl, through_a_proxy: bool, enrolled: bool) -> Vec<Check> {
    let mut skipped = Vec::new();
    if through_a_proxy {
        skipped.push(Check::Name);
    } else {
        skipped.extend([Check::ProxyAuthentication, Check::ProxyTunnel]);
    }
    if edge.as_str().starts_with("http://") {
        skipped.push(Check::Encryption);
    }
    if !enrolled {
        skipped.push(Check::Admission);
    }
    skipped
}

/// Where the dialler met `obstacle`.
const fn place(obstacle: &Obstacle) -> Check {
    match obstacle {
        Obstacle::RemoteServiceOff | Obstacle::Settings { .. } => Check::RemoteService,
        Obstacle::ProxyKind { .. } => Check::Proxy,
        Obstacle::Dns { .. } => Check::Name,
        Obstacle::ProxyUnreachable { .. } | Obstacle::Unreachable { .. } => Check::Connection,
        Obstacle::ProxyAuthentication { .. } => Check::ProxyAuthentication,
        Obstacle::ProxyRefused { .. } => Check::ProxyTunnel,
        Obstacle::Interception { .. }
        | Obstacle::CertificateTime { .. }
        | Obstacle::Certificate { .. }
        | Obstacle::Encryption { .. } => Check::Encryption,
    }
}

/// Whether what answered is the edge: it publishes a set of keys.
fn service(reply: &Reply) -> Outcome {
    let status = reply.status;
    let keys = || serde_json::from_slice::<serde_json::Value>(&reply.body).is_ok_and(|body| body["keys"].is_array());
    match status {
        200 if keys() => Outcome::Ok,
        500.. => Outcome::ServiceFailing { status },
        _ => Outcome::NotTheService {
            detail: format!("status {status}"),
        },
    }
}

/// Local time minus the edge's by its `Date`, which it wrote between the two local times; `None` if it sent none.
pub(super) fn skew(reply: &Reply, sent_at: u64, received_at: u64) -> Option<i64> {
    let date = reply.headers.get(DATE)?.to_str().ok()?;
    let date = chrono::DateTime::parse_from_rfc2822(date).ok()?.timestamp();
    let [sent_at, received_at] = [sent_at, received_at].map(|at| i64::try_from(at).unwrap_or(i64::MAX));
    Some(if date < sent_at {
        sent_at.saturating_sub(date)
    } else if date > received_at {
        received_at.saturating_sub(date)
    } else {
        0
    })
}

#[cfg(test)]
mod tests;

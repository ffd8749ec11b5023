//! Keeps the agent connected: after a break it dials again, with full jitter, for as long as the edge accepts it and
//! the remote service is on. A change of the settings is followed at once.

use super::Agent;
use super::connection::{Closed, Connection};
use super::settings::Settings;
use super::state::{RunStatus, Trouble};
use crate::clock;
use crate::error::Error;
use crate::proxy::obstacle::{Obstacle, Unauthenticated};
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use tegata_domain::agent::AgentReport;
use tegata_domain::control::longest_pause;
use tokio::select;

/// Longest pause after a proxy has refused the password: domains lock accounts after a few wrong ones.
const REFUSED: Duration = Duration::from_secs(600);
/// How often the settings are looked at.
const LOOK: Duration = Duration::from_secs(1);
/// After how long the edge is asked for support again if it has not answered.
const AGAIN: Duration = Duration::from_secs(20);

/// What happens while the agent runs, for a log.
#[derive(Debug)]
pub enum Event<'a> {
    /// It is connected, as this equipment.
    Connected(&'a str),
    /// The connection ended, or could not be made; the next try is after the pause.
    Away(&'a Trouble, Duration),
    /// The remote service is off: no connection is made until it is switched on.
    Off,
}

/// Why an open connection is left.
enum Attended {
    Closed(Closed),
    Redial,
    Stopped,
}

/// A pause that lies anywhere below `longest`, so that many agents do not come back at the same moment.
pub(super) fn jittered(longest: Duration) -> Duration {
    let mut bytes = [0u8; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => longest.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)),
        Err(_) => longest,
    }
}

/// The pause before try number `tries` after `trouble`.
pub(super) fn pause_after(trouble: &Trouble, tries: u32) -> Duration {
    match trouble {
        Trouble::Way(Obstacle::ProxyAuthentication {
            why: Unauthenticated::Refused,
            ..
        }) => REFUSED / 2 + jittered(REFUSED / 2),
        _ => jittered(longest_pause(tries)),
    }
}

impl Agent {
    /// Runs until `stop` is ready. Tells `tell` what happens, and notes it for `status`.
    ///
    /// Errors: `NotRegistered`; `Revoked` when the edge no longer accepts the agent; `Storage`.
    pub async fn run(
        &self,
        report: &AgentReport,
        stop: impl Future<Output = ()>,
        mut tell: impl FnMut(Event<'_>),
    ) -> Result<(), Error> {
        // What the process before showed no longer holds.
        self.assistance.begin();
        let ended = self.keep_up(report, stop, &mut tell).await;
        self.assistance.leave();
        ended
    }

    async fn keep_up(
        &self,
        report: &AgentReport,
        stop: impl Future<Output = ()>,
        tell: &mut impl FnMut(Event<'_>),
    ) -> Result<(), Error> {
        let mut stop = pin!(stop);
        let mut tries = 0;
        // What a process noted that was killed no longer holds.
        self.note(&self.not_connected())?;
        loop {
            let mut settings = self.settings().ok();
            if settings.as_ref().is_some_and(|settings| !settings.remote_service) {
                tell(Event::Off);
                // What the journal cannot note has ended all the same.
                let _ = self.assistance.close();
                self.note(&RunStatus {
                    off: true,
                    ..self.not_connected()
                })?;
                select! {
                    () = &mut stop => return self.note(&self.not_connected()),
                    () = self.settings_differ(settings.as_ref()) => {}
                }
                self.note(&self.not_connected())?;
                tries = 0;
                continue;
            }
            let opened = select! {
                () = &mut stop => return self.note(&self.not_connected()),
                () = self.settings_differ(settings.as_ref()) => {
                    tries = 0;
                    continue;
                }
                opened = Connection::open(self, report) => opened,
            };
            let trouble = match opened {
                Ok(mut connection) => {
                    tries = 0;
                    tell(Event::Connected(&connection.welcome.equipment));
                    let closed = match self.attend(&mut connection, report, &mut settings, &mut stop).await? {
                        Attended::Closed(closed) => closed,
                        Attended::Redial => {
                            connection.close().await;
                            self.note(&self.not_connected())?;
                            continue;
                        }
                        Attended::Stopped => {
                            connection.close().await;
                            return self.note(&self.not_connected());
                        }
                    };
                    match closed {
                        Closed::Ended => self.ask_whether_accepted().await?,
                        Closed::Replaced => Trouble::Replaced,
                        Closed::Lost => Trouble::Lost,
                    }
                }
                Err(Error::Revoked) => self.ask_whether_accepted().await?,
                Err(error @ (Error::NotRegistered | Error::Storage(_))) => return Err(error),
                Err(error) => error.into(),
            };
            let pause = pause_after(&trouble, tries);
            tries = tries.saturating_add(1);
            tell(Event::Away(&trouble, pause));
            self.note(&RunStatus {
                trouble: Some(trouble),
                next_try_at: Some(clock::now().saturating_add(pause.as_secs())),
                ..self.not_connected()
            })?;
            select! {
                () = &mut stop => return self.note(&self.not_connected()),
                () = self.settings_differ(settings.as_ref()) => tries = 0,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Attends to an open connection: notes it, tells the edge whether remote assistance is allowed, which can change
    /// while it is open, and acts on what the edge says. Every other change of the settings takes a new connection.
    async fn attend(
        &self,
        connection: &mut Connection,
        report: &AgentReport,
        settings: &mut Option<Settings>,
        stop: &mut (impl Future<Output = ()> + Unpin),
    ) -> Result<Attended, Error> {
        let connected_since = Some(clock::now());
        loop {
            let status = RunStatus {
                connected_since,
                welcome: Some(connection.welcome.clone()),
                ..self.not_connected()
            };
            self.note(&status)?;
            let wanted = settings.as_ref().is_some_and(|settings| settings.remote_assistance);
            let allowed = wanted && status.missing_for_remote_assistance.is_empty();
            if !allowed {
                self.assistance.forbid();
            }
            if !connection.allow_remote_assistance(allowed).await {
                return Ok(Attended::Closed(Closed::Lost));
            }
            select! {
                () = &mut *stop => return Ok(Attended::Stopped),
                () = self.settings_differ(settings.as_ref()) => {}
                closed = self.converse(connection, report, allowed) => return Ok(Attended::Closed(closed)),
            }
            let changed = self.settings().ok();
            match (&*settings, &changed) {
                (Some(held), Some(changed)) if held.dials_as(changed) => {}
                _ => return Ok(Attended::Redial),
            }
            *settings = changed;
        }
    }

    /// Hears and answers the edge, and tells it what people at the machine want, until the connection ends.
    async fn converse(&self, connection: &mut Connection, report: &AgentReport, allowed: bool) -> Closed {
        loop {
            for message in self.assistance.take_unsaid() {
                if !connection.say(&message).await {
                    return Closed::Lost;
                }
            }
            let unanswered = self.assistance.awaits_answer();
            let heard = select! {
                heard = connection.hear() => heard,
                () = self.assistance.wakes() => continue,
                () = tokio::time::sleep(AGAIN), if unanswered => continue,
            };
            let answer = match heard {
                Ok(message) => self.assistance.hear(message, allowed, self, report),
                Err(closed) => return closed,
            };
            if let Some(answer) = answer
                && !connection.say(&answer).await
            {
                return Closed::Lost;
            }
        }
    }

    /// Ready when the stored settings differ from `held`; `None` stands for settings that cannot be read.
    async fn settings_differ(&self, held: Option<&Settings>) {
        while self.settings().ok().as_ref() == held {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Renews the tokens at an edge that turned the agent away. If they are refused as well, the agent has ended;
    /// otherwise its tenant may be suspended, or its token was of a key that has been rotated, and it tries again.
    pub(super) async fn ask_whether_accepted(&self) -> Result<Trouble, Error> {
        let held = match self.state()?.phase {
            super::Phase::Enrolled(tokens) => tokens.access_token,
            super::Phase::Ended { .. } => return Err(Error::Revoked),
        };
        match self.access_token(Some(&held)).await {
            Err(Error::Revoked) => {
                self.note(&RunStatus::default())?;
                Err(Error::Revoked)
            }
            Err(error @ Error::Storage(_)) => Err(error),
            Err(error @ (Error::ClockSkew { .. } | Error::Obstacle(_))) => Ok(error.into()),
            _ => Ok(Trouble::TurnedAway),
        }
    }

    /// What holds while there is no connection.
    pub(super) fn not_connected(&self) -> RunStatus {
        let missing = self
            .settings()
            .map(|settings| self.missing_for_remote_assistance(&settings));
        RunStatus {
            welcome: self.noted().and_then(|noted| noted.welcome),
            found_proxy: self.found_proxy().map(|found| found.address.to_string()),
            missing_for_remote_assistance: missing.unwrap_or_default(),
            ..RunStatus::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{jittered, longest_pause};

    #[test]
    fn agents_come_back_at_different_moments() {
        let longest = longest_pause(0);
        let pauses: Vec<_> = (0..100).map(|_| jittered(longest)).collect();
        assert!(pauses.iter().all(|pause| *pause <= longest));
        let early = pauses.iter().filter(|pause| **pause < longest / 2).count();
        assert!((20..=80).contains(&early), "{early}");
    }
}

//! Waits until somebody has accepted a machine that has identified itself (P2): how often to ask, which failures are
//! temporary, and what the agent shows meanwhile. A command waits for the answer to one request; the running service
//! waits with each request that comes. One question and its answer are in `identification`.

use super::Agent;
use super::identification::{Answer, Ending, Outcome, Waiting};
use super::run::pause_after;
use super::settings::Settings;
use super::state::{RunStatus, Trouble};
use crate::clock;
use crate::device_flow::Pace;
use crate::error::Error;
use crate::proxy::obstacle::Obstacle;
use std::convert::Infallible;
use std::time::Duration;
use tegata_domain::agent::AgentReport;
use tokio::select;

/// How often the service looks for a request, and for a change that concerns the one that waits.
const LOOK: Duration = Duration::from_millis(500);

/// What happens while a machine waits, for a log or a person.
#[derive(Debug)]
pub enum Event<'a> {
    /// Nobody has answered yet.
    Waits,
    /// The edge could not be asked; the next try is after the pause.
    Away(&'a Trouble, Duration),
    /// The request has ended without an enrolment.
    Ended(Ending),
}

impl Agent {
    /// Asks until the request has been answered, as often as the edge allows. A temporary failure does not end it before
    /// the request expires.
    ///
    /// Errors: those of `ask_for_answer`.
    pub async fn until_answered(
        &self,
        report: &AgentReport,
        tell: &mut impl FnMut(Event<'_>),
    ) -> Result<Outcome, Error> {
        let waiting = self.waiting()?;
        let (interval, expires_at) = waiting.map_or((0, 0), |waiting| (waiting.interval, waiting.expires_at));
        let mut pace = Pace::new(interval);
        let began = clock::now();
        loop {
            let answer = self.ask_for_answer(report).await;
            let now = clock::now();
            let pause = |pace: &Pace| Duration::from_secs(pace.pause(now.saturating_sub(began)));
            match answer {
                Ok(Answer::Final(outcome)) => return Ok(outcome),
                Ok(Answer::Pending) => {
                    pace.answered();
                    tell(Event::Waits);
                }
                Ok(Answer::SlowDown(retry_after)) => {
                    pace.slow_down(retry_after);
                    tell(Event::Waits);
                }
                Err(error) if is_temporary(&error) && now < expires_at => {
                    pace.failed();
                    tell(Event::Away(&error.into(), pause(&pace)));
                }
                Err(error) => return Err(error),
            }
            tokio::time::sleep(pause(&pace)).await;
        }
    }

    /// Waits with each request of this machine, and notes for `status` what is in the way. While the remote service is
    /// off, nothing is asked (P1). Only an answer ends a request: the edge decides when it expires, and a person may
    /// remove what is in the way.
    pub async fn await_answers(&self, report: &AgentReport, mut tell: impl FnMut(Event<'_>)) -> Infallible {
        loop {
            let settings = self.settings().ok();
            let off = settings.as_ref().is_some_and(|settings| !settings.remote_service);
            let Some(waiting) = self.waiting().ok().flatten().filter(|_| !off) else {
                self.note_unconnected(off, None);
                tokio::time::sleep(LOOK).await;
                continue;
            };
            let mut heard = |event: Event<'_>| {
                match &event {
                    Event::Waits | Event::Ended(_) => self.note_unconnected(false, None),
                    Event::Away(trouble, pause) => self.note_unconnected(false, Some((trouble, *pause))),
                }
                tell(event);
            };
            let answered = select! {
                answered = self.until_answered(report, &mut heard) => answered,
                () = self.superseded(settings.as_ref(), &waiting) => continue,
            };
            let trouble = match answered {
                Ok(Outcome::Enrolled(_)) => continue,
                Ok(Outcome::Ended(ending)) => {
                    heard(Event::Ended(ending));
                    continue;
                }
                Err(error) => Trouble::from(error),
            };
            let pause = pause_after(&trouble, u32::MAX);
            heard(Event::Away(&trouble, pause));
            select! {
                () = self.superseded(settings.as_ref(), &waiting) => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Ready when the settings differ from `held`, or `waiting` is no longer what waits.
    async fn superseded(&self, held: Option<&Settings>, waiting: &Waiting) {
        while self.settings().ok().as_ref() == held && self.waiting().ok().flatten().as_ref() == Some(waiting) {
            tokio::time::sleep(LOOK).await;
        }
    }

    /// Notes what a machine without an enrolment shows. If that cannot be written, nothing else depends on it.
    fn note_unconnected(&self, off: bool, trouble: Option<(&Trouble, Duration)>) {
        let status = RunStatus {
            off,
            welcome: None,
            trouble: trouble.map(|(trouble, _)| trouble.clone()),
            next_try_at: trouble.map(|(_, pause)| clock::now().saturating_add(pause.as_secs())),
            ..self.not_connected()
        };
        if self.noted().as_ref() != Some(&status) {
            let _ = self.note(&status);
        }
    }
}

/// Whether it can be over before the request expires, days later: the name service or the proxy is out of order. A
/// refused password is not tried again so soon, because proxies lock accounts.
fn is_temporary(error: &Error) -> bool {
    match error {
        Error::Obstacle(obstacle) => matches!(
            **obstacle,
            Obstacle::Unreachable { .. }
                | Obstacle::Dns { .. }
                | Obstacle::ProxyUnreachable { .. }
                | Obstacle::ProxyRefused { .. }
        ),
        _ => error.is_transient(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_temporary;
    use crate::error::Error;
    use crate::proxy::obstacle::Obstacle;

    #[test]
    fn a_name_or_a_proxy_out_of_order_does_not_end_the_wait_and_a_switch_does() {
        let (host, proxy, detail) = ("edge.example.com", "proxy.example.com:3128", "no answer");
        for obstacle in [
            Obstacle::Dns {
                host: host.to_owned(),
                detail: detail.to_owned(),
            },
            Obstacle::ProxyUnreachable {
                proxy: proxy.to_owned(),
                detail: detail.to_owned(),
            },
            Obstacle::ProxyRefused {
                proxy: proxy.to_owned(),
                status: 503,
            },
        ] {
            assert!(is_temporary(&Error::from(obstacle)));
        }
        assert!(!is_temporary(&Error::from(Obstacle::RemoteServiceOff)));
    }
}

//! The pre-flight check of a machine (Z2): what a session on it needs, tried from the machine itself. The figures go to
//! the edge, which gives the verdicts; both sides of an appointment see them.

use super::Agent;
use super::diagnose::{Check, CheckState, Diagnosis, Outcome, skew};
use super::session::can_show_the_screen;
use crate::clock;
use crate::error::Error;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use tegata_domain::agent::AgentReport;
use tegata_domain::appointment::preflight::MachineMeasured;
use tegata_domain::control::FromAgent;
use tokio::time::{Instant, timeout};

/// What is carried to measure a rate, in bytes. It starts small, so that a slow line is measured as quickly as a fast one.
const PLAN: [usize; 4] = [8 * 1024, 24 * 1024, 64 * 1024, 160 * 1024];
/// For each direction.
const TIME: Duration = Duration::from_secs(5);
/// Highest rate that is reported, in kbit/s: so few bytes tell nothing about faster lines.
const MOST_RATE: u128 = 100_000;

/// What was measured, and whether the edge was told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// What was measured.
    pub measured: MachineMeasured,
    /// Whether it was reported, so that both sides of an appointment see it.
    pub reported: bool,
}

impl Agent {
    /// Measures what a session on this machine needs, after a connection test.
    ///
    /// Errors: `NotRegistered`; `Storage`.
    pub async fn measure(&self, diagnosis: &Diagnosis) -> Result<MachineMeasured, Error> {
        let state = self.state()?;
        let failed = |check: &Check| {
            let mut states = diagnosis.checks.iter();
            states.any(|(one, state)| one == check && *state == CheckState::Failed)
        };
        let of_proxy = [
            Check::Proxy,
            Check::Connection,
            Check::ProxyAuthentication,
            Check::ProxyTunnel,
        ];
        let mut measured = MachineMeasured {
            connection: diagnosis.outcome == Outcome::Ok,
            proxy: diagnosis.proxy.as_ref().map(|_| !of_proxy.iter().any(failed)),
            download_kbps: None,
            upload_kbps: None,
            screen: can_show_the_screen(self).await,
            clock_seconds: match diagnosis.outcome {
                Outcome::Clock { seconds } => Some(seconds),
                _ => None,
            },
        };
        if diagnosis.outcome == Outcome::Ok {
            let url = format!("{}/check/bytes", state.edge.as_str());
            let sent_at = clock::now();
            let started = Instant::now();
            if let Ok(reply) = self.transport.send(self.transport.request(Method::GET, &url)).await {
                let trip = started.elapsed();
                measured.clock_seconds = skew(&reply, sent_at, clock::now());
                measured.download_kbps = self.rate(Method::GET, &url, trip).await;
                measured.upload_kbps = self.rate(Method::POST, &url, trip).await;
            }
        }
        Ok(measured)
    }

    /// Tests the connection, measures, and has the running agent report it if it is connected.
    ///
    /// Errors: `NotRegistered`; `Storage`.
    pub async fn try_out(&self, report: &AgentReport) -> Result<Tried, Error> {
        // A second measurement would spoil the figures of the first.
        let _one = self.assistance.measuring.lock().await;
        let diagnosis = self.diagnose(report, None).await?;
        let measured = self.measure(&diagnosis).await?;
        let connected = self.noted().is_some_and(|noted| noted.connected_since.is_some());
        if connected {
            self.assistance.tell(FromAgent::Checked(measured.clone()));
        }
        Ok(Tried {
            measured,
            reported: connected,
        })
    }

    /// How fast the line is in one direction, in kbit/s; `None` where it cannot be measured.
    async fn rate(&self, method: Method, url: &str, trip: Duration) -> Option<u32> {
        let until = Instant::now() + TIME;
        let mut last = None;
        let mut whole = Sample {
            bytes: 0,
            time: Duration::ZERO,
        };
        for size in PLAN {
            let left = until.saturating_duration_since(Instant::now());
            if last.is_some_and(|last: Sample| last.time_of(size) + trip > left) {
                break;
            }
            let request = match method {
                Method::POST => {
                    // Nothing on the way can compress it.
                    let mut piece = vec![0; size];
                    getrandom::fill(&mut piece).ok()?;
                    self.transport.request(Method::POST, url).body(piece)
                }
                _ => self.transport.request(Method::GET, &format!("{url}?size={size}")),
            };
            let started = Instant::now();
            let sent = timeout(left, self.transport.send(request)).await;
            let took = started.elapsed();
            // The trip was measured in another moment: it is at most a third of this one.
            let time = took.saturating_sub(trip).max(took * 2 / 3);
            whole.time += time;
            match sent {
                // Something on the way may answer instead of the edge.
                Ok(Ok(reply)) if reply.status < 300 && (method == Method::POST || reply.body.len() == size) => {
                    whole.bytes += size;
                    last = Some(Sample { bytes: size, time });
                }
                Ok(_) => return None,
                // It would have fitted, so the line stalls: that counts, whatever came before.
                Err(_) => return Some(whole.rate()),
            }
        }
        last.map(Sample::rate)
    }
}

/// What was carried in which time.
#[derive(Debug, Clone, Copy)]
struct Sample {
    bytes: usize,
    time: Duration,
}

impl Sample {
    /// In kbit/s.
    fn rate(self) -> u32 {
        let bits = (self.bytes as u128).saturating_mul(8);
        let rate = bits.saturating_mul(1000) / self.time.as_micros().max(1);
        u32::try_from(rate.min(MOST_RATE)).unwrap_or(u32::MAX)
    }

    /// How long `size` bytes will take.
    fn time_of(self, size: usize) -> Duration {
        let times = size.checked_div(self.bytes).unwrap_or(0);
        self.time.saturating_mul(u32::try_from(times).unwrap_or(u32::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_RATE, Sample};
    use std::time::Duration;

    #[test]
    fn rates_are_in_kilobits_and_bounded() {
        let rate = |bytes, millis| {
            Sample {
                bytes,
                time: Duration::from_millis(millis),
            }
            .rate()
        };
        assert_eq!(rate(16_000, 1000), 128);
        assert_eq!(rate(8 * 1024, 5000), 13);
        assert_eq!(u128::from(rate(160 * 1024, 0)), MOST_RATE);
    }

    #[test]
    fn a_larger_piece_is_expected_to_take_longer() {
        let sample = Sample {
            bytes: 8 * 1024,
            time: Duration::from_millis(500),
        };
        assert_eq!(sample.time_of(64 * 1024), Duration::from_secs(4));
    }
}

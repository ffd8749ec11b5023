//! How much of a patient stream is under way while somebody looks at a screen or types: as little as keeps the line busy.
//! What is under way queues in front of everything that is sent after it, and on a slow line that is seconds. The edge
//! answers pings in order, so the answer to one that was sent behind some bytes says that they have arrived, and how long
//! they had to queue.

use std::collections::VecDeque;
use std::time::Duration;
use tokio::time::Instant;

/// How long bytes may queue.
const QUEUEING: Duration = Duration::from_millis(60);
/// The least that is under way, in bytes: a quarter of a second at 128 kbit/s.
const LEAST: u64 = 4 * 1024;
/// The most.
const MOST: u64 = 4 * 1024 * 1024;

/// Most pings that are under way.
const PROBES: usize = 8;

/// The pace of one connection.
#[derive(Debug)]
pub(super) struct Pace {
    /// How much may be under way.
    window: u64,
    /// Bytes that have left.
    sent: u64,
    /// Bytes that are known to have arrived.
    arrived: u64,
    /// The pings that are under way: when each left, and what had left before it.
    probes: VecDeque<(Instant, u64)>,
    /// The shortest time in which a ping was answered.
    shortest: Duration,
    /// What had left when the window was changed last.
    changed: u64,
    /// Whether the window has been too large once: from then on it grows slowly.
    found: bool,
}

impl Pace {
    pub(super) const fn new() -> Self {
        Self {
            window: 2 * LEAST,
            sent: 0,
            arrived: 0,
            probes: VecDeque::new(),
            shortest: Duration::MAX,
            changed: 0,
            found: false,
        }
    }

    /// How many bytes may leave now; 0 for none.
    pub(super) fn room(&self) -> u64 {
        let under_way = self.sent.saturating_sub(self.arrived);
        match self.window.saturating_sub(under_way) {
            0 => 0,
            room => room.min(self.window / 2).max(LEAST / 4),
        }
    }

    /// Bytes of a patient stream leave.
    pub(super) fn send(&mut self, bytes: u64) {
        self.sent = self.sent.saturating_add(bytes);
    }

    /// Whether a ping is to follow what has left.
    pub(super) fn wants_probe(&self) -> bool {
        match self.probes.back() {
            None => self.sent > self.arrived,
            Some((_, before)) => self.probes.len() < PROBES && self.sent.saturating_sub(*before) >= self.window / 4,
        }
    }

    /// A ping leaves.
    pub(super) fn probe(&mut self, now: Instant) {
        self.probes.push_back((now, self.sent));
    }

    /// The first ping that is under way was answered.
    pub(super) fn answered(&mut self, now: Instant) {
        let Some((left, sent)) = self.probes.pop_front() else {
            return;
        };
        let took = now.duration_since(left);
        self.shortest = self.shortest.min(took);
        self.arrived = sent;
        if sent < self.changed {
            // It left before the last change, and tells nothing about it.
            return;
        }
        self.changed = self.sent;
        let queued = took.saturating_sub(self.shortest) > QUEUEING;
        self.found |= queued;
        self.window = match (queued, self.found) {
            (true, _) => (self.window / 2).max(LEAST),
            (false, true) => self.window.saturating_add(self.window / 4).min(MOST),
            (false, false) => self.window.saturating_mul(2).min(MOST),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::{LEAST, MOST, Pace};
    use std::collections::VecDeque;
    use std::time::Duration;
    use tokio::time::Instant;

    /// Sends for a minute over a line of `rate` bytes a second and a round trip of 100 ms. Returns the longest that
    /// anything had to queue in the second half, and the bytes that arrived in it.
    fn drive(rate: u64) -> (Duration, u64) {
        let (mut pace, start) = (Pace::new(), Instant::now());
        let (mut now, mut queued, mut longest, mut arrived) = (start, 0u64, Duration::ZERO, 0);
        let mut answers = VecDeque::new();
        let step = Duration::from_millis(1);
        while now.duration_since(start) < Duration::from_secs(60) {
            now += step;
            queued = queued.saturating_sub(rate / 1000);
            while answers.front().is_some_and(|at| *at <= now) {
                answers.pop_front();
                pace.answered(now);
            }
            while pace.room() > 0 {
                queued += pace.room();
                if now.duration_since(start) > Duration::from_secs(30) {
                    arrived += pace.room();
                }
                pace.send(pace.room());
                if pace.wants_probe() {
                    let queueing = Duration::from_secs_f64(queued as f64 / rate as f64);
                    pace.probe(now);
                    answers.push_back(now + queueing + Duration::from_millis(100));
                }
            }
            let queueing = Duration::from_secs_f64(queued as f64 / rate as f64);
            if now.duration_since(start) > Duration::from_secs(30) {
                longest = longest.max(queueing);
            }
        }
        (longest, arrived)
    }

    #[test]
    fn on_a_slow_line_little_is_under_way_and_on_a_fast_one_enough() {
        let (longest, arrived) = drive(32_000);
        assert!(longest < Duration::from_millis(400), "{longest:?}");
        assert!(arrived > 32_000 * 30 / 3, "a third of the line at least: {arrived}");
        let (longest, arrived) = drive(10_000_000);
        assert!(longest < Duration::from_millis(400), "{longest:?}");
        assert!(arrived > 10_000_000 * 30 / 3, "a third of the line at least: {arrived}");
    }

    #[test]
    fn the_window_has_bounds() {
        let mut pace = Pace::new();
        let mut now = Instant::now();
        for _ in 0..30 {
            pace.send(1);
            pace.probe(now);
            pace.answered(now);
        }
        assert_eq!(pace.window, MOST);
        for _ in 0..30 {
            pace.send(1);
            pace.probe(now);
            now += Duration::from_secs(1);
            pace.answered(now);
        }
        assert_eq!(pace.window, LEAST);
    }
}

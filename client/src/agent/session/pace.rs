//! How much of a patient stream is under way while somebody looks at a screen or types, in each direction: as little as
//! keeps the line busy. What is under way queues in front of everything that is sent after it, and on a slow line that is
//! seconds. The edge answers pings in order, so the answer to one that was sent behind some bytes says that they have
//! arrived, and how long they had to queue; and an answer that comes late behind what was sent to the agent says that
//! this had to.

use std::collections::VecDeque;
use std::time::Duration;
use tegata_domain::session::frame::MOST_CREDIT;
use tokio::time::Instant;

/// How long bytes may queue.
const QUEUEING: Duration = Duration::from_millis(60);
/// The least that is under way, in bytes: a quarter of a second at 128 kbit/s.
const LEAST: u64 = 4 * 1024;
/// The most.
const MOST: u64 = 4 * 1024 * 1024;

/// How often it is asked how long what comes queues, and for how long after something has come.
pub(super) const PROBED: Duration = Duration::from_millis(200);
/// So many bytes in front of a ping may delay it.
const BUSY: usize = 2048;
/// What a ping takes without a queue grows by this part of what one took longer.
const LEARNED: u32 = 64;
/// So many pings that did not queue raise the window: one may fall between two frames.
const CALM: u32 = 3;
const EXPECTED: Duration = Duration::from_secs(10);

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
    /// The pings that are under way.
    probes: VecDeque<Probe>,
    /// The shortest time in which a ping was answered.
    shortest: Duration,
    /// What had left when the window was changed last.
    changed: u64,
    /// Whether the window has been too large once: from then on it grows slowly.
    found: bool,
    inbound: Inbound,
}

/// A ping that is under way.
#[derive(Debug, Clone, Copy)]
struct Probe {
    left: Instant,
    /// What had left before it.
    sent: u64,
    /// Whether the agent's own words were in front of it: then a late answer tells nothing about what comes.
    busy: bool,
}

/// How much may be under way to the agent.
#[derive(Debug)]
struct Inbound {
    window: u64,
    /// Bytes that have come.
    came: u64,
    /// When something was expected or came last.
    latest: Option<Instant>,
    /// What had come when the window was changed last.
    changed: u64,
    /// From when on pings tell about the window: what was paid for before the last change is here by then.
    settled: Option<Instant>,
    /// How long a ping takes without a queue.
    base: Option<Duration>,
    /// So many answers, one after the other, did not queue.
    calm: u32,
    found: bool,
}

impl Inbound {
    /// A ping was answered. How long one takes without a queue is learned anew, slowly: the way may have become longer.
    fn answered(&mut self, Probe { left, busy, .. }: Probe, now: Instant) {
        let took = now.duration_since(left);
        let base = self
            .base
            .map_or(took, |base| took.min(base + took.saturating_sub(base) / LEARNED));
        self.base = Some(base);
        let queued = took.saturating_sub(base) > QUEUEING;
        let unsettled = self.settled.is_some_and(|settled| left < settled);
        if unsettled || (queued && busy) {
            return;
        }
        let used = self.came.saturating_sub(self.changed) >= self.window / 2;
        self.calm = if queued { 0 } else { self.calm.saturating_add(1) };
        if !queued && (!used || self.calm < CALM) {
            return;
        }
        self.calm = 0;
        self.found |= queued;
        self.window = changed(self.window, queued, self.found).min(MOST_CREDIT);
        self.changed = self.came;
        self.settled = Some(now + took);
    }
}

/// The window after bytes have queued too long, or not. One that has never been too large grows fast.
fn changed(window: u64, queued: bool, found: bool) -> u64 {
    match (queued, found) {
        (true, _) => (window / 2).max(LEAST),
        (false, true) => window.saturating_add(window / 4).min(MOST),
        (false, false) => window.saturating_mul(2).min(MOST),
    }
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
            inbound: Inbound {
                window: 2 * LEAST,
                came: 0,
                latest: None,
                changed: 0,
                settled: None,
                base: None,
                calm: 0,
                found: false,
            },
        }
    }

    /// How far ahead of what was consumed each of `streams` may be sent to the agent, in bytes.
    pub(super) fn ahead(&self, streams: u64) -> u64 {
        (self.inbound.window / streams.max(1)).max(LEAST)
    }

    /// Bytes of a patient stream have come, or are expected for the first time.
    pub(super) fn come(&mut self, bytes: u64, now: Instant) {
        self.inbound.came = self.inbound.came.saturating_add(bytes);
        self.inbound.latest = Some(now);
    }

    /// Whether pings are to ask, every [`PROBED`], how long what comes makes others queue. Frames show themselves only when
    /// they are whole, and a ping that follows one finds the line empty.
    pub(super) fn expects(&self, now: Instant) -> bool {
        let latest = self.inbound.latest;
        latest.is_some_and(|at| now.duration_since(at) < EXPECTED) && self.probes.len() < PROBES / 2
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
            Some(last) => self.probes.len() < PROBES && self.sent.saturating_sub(last.sent) >= self.window / 4,
        }
    }

    /// A ping leaves, behind so many bytes of streams that are not patient since the one before.
    pub(super) fn probe(&mut self, now: Instant, behind: usize) {
        self.probes.push_back(Probe {
            left: now,
            sent: self.sent,
            busy: behind > BUSY || self.sent > self.arrived,
        });
    }

    /// The first ping that is under way was answered.
    pub(super) fn answered(&mut self, now: Instant) {
        let Some(probe) = self.probes.pop_front() else {
            return;
        };
        let took = now.duration_since(probe.left);
        self.shortest = self.shortest.min(took);
        self.arrived = probe.sent;
        self.inbound.answered(probe, now);
        if probe.sent <= self.changed {
            // It left before the last change, or nothing has left since: it tells nothing about what leaves.
            return;
        }
        let queued = took.saturating_sub(self.shortest) > QUEUEING;
        self.changed = self.sent;
        self.found |= queued;
        self.window = changed(self.window, queued, self.found);
    }
}

#[cfg(test)]
mod tests {
    use super::{BUSY, LEAST, MOST, PROBED, Pace};
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
                    pace.probe(now, 0);
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

    /// Receives for a minute over a line of `rate` bytes a second and a round trip of 100 ms, from a sender who makes one
    /// frame of all that is paid for. Returns the longest that anything had to queue in the second half, and the bytes that
    /// came in it.
    fn receive(rate: u64) -> (Duration, u64) {
        const FIRST: u64 = 64 * 1024;
        let (mut pace, start) = (Pace::new(), Instant::now());
        pace.probe(start, 0);
        pace.answered(start + Duration::from_millis(100));
        pace.come(0, start);
        let half = Duration::from_millis(50);
        let (mut now, mut queued, mut longest, mut late) = (start, 0u64, Duration::ZERO, 0);
        let (mut consumed, mut paid, mut sent, mut arrived) = (0, FIRST, 0, 0);
        // When each credit reaches the sender, where each frame ends, and when pings reach the edge and their answers us.
        let (mut credits, mut frames) = (VecDeque::from([(start, FIRST)]), VecDeque::new());
        let (mut pings, mut answers, mut probed) = (VecDeque::new(), VecDeque::new(), start);
        while now.duration_since(start) < Duration::from_secs(60) {
            now += Duration::from_millis(1);
            while let Some((_, credit)) = credits.pop_front_if(|(at, _)| *at <= now) {
                queued += credit - sent;
                sent = credit;
                frames.push_back(sent);
            }
            let queueing = Duration::from_secs_f64(queued as f64 / rate as f64);
            while pings.pop_front_if(|at| *at <= now).is_some() {
                answers.push_back(now + queueing + half);
            }
            while answers.pop_front_if(|at| *at <= now).is_some() {
                pace.answered(now);
            }
            let came = queued.min(rate / 1000);
            queued -= came;
            arrived += came;
            while let Some(end) = frames.pop_front_if(|end| *end <= arrived) {
                pace.come(end - consumed, now);
                consumed = end;
            }
            if pace.expects(now) && now >= probed + PROBED {
                probed = now;
                pace.probe(now, 0);
                pings.push_back(now + half);
            }
            if consumed + pace.ahead(1) / 2 >= paid {
                paid = consumed + pace.ahead(1);
                credits.push_back((now + half + half, paid));
            }
            if now.duration_since(start) > Duration::from_secs(30) {
                longest = longest.max(queueing);
                late += came;
            }
        }
        (longest, late)
    }

    #[test]
    fn little_is_on_the_way_to_the_agent_on_a_slow_line_and_enough_on_a_fast_one() {
        let (longest, came) = receive(32_000);
        assert!(longest < Duration::from_millis(300), "{longest:?}");
        assert!(came > 32_000 * 30 / 3, "a third of the line at least: {came}");
        let (longest, came) = receive(8_000_000);
        assert!(longest < Duration::from_millis(300), "{longest:?}");
        assert!(came > 8_000_000 * 30 / 3, "a third of the line at least: {came}");
    }

    /// So many pings, each after something came, answered after `took`. `behind`: bytes of other streams in front of each.
    fn ping(pace: &mut Pace, now: &mut Instant, count: u32, took: Duration, behind: usize) {
        for _ in 0..count {
            pace.come(1 << 20, *now);
            pace.probe(*now, behind);
            *now += took;
            pace.answered(*now);
        }
    }

    #[test]
    fn a_longer_way_and_the_agents_own_words_do_not_keep_the_window_small() {
        let (soon, late) = (Duration::from_millis(20), Duration::from_millis(220));
        let (mut pace, mut now) = (Pace::new(), Instant::now());
        ping(&mut pace, &mut now, 20, soon, 0);
        let before = pace.ahead(1);
        ping(&mut pace, &mut now, 20, late, BUSY + 1);
        assert_eq!(pace.ahead(1), before, "it was the agent that was in the way");
        ping(&mut pace, &mut now, 20, late, 0);
        assert_eq!(pace.ahead(1), LEAST);
        ping(&mut pace, &mut now, 300, late, 0);
        assert!(
            pace.ahead(1) > 8 * LEAST,
            "that is how long it takes now: {}",
            pace.ahead(1)
        );
    }

    #[test]
    fn pings_for_what_comes_do_not_change_what_leaves() {
        let (mut pace, mut now) = (Pace::new(), Instant::now());
        ping(&mut pace, &mut now, 50, Duration::from_millis(20), 0);
        assert_eq!(pace.window, 2 * LEAST);
        ping(&mut pace, &mut now, 50, Duration::from_secs(1), 0);
        assert_eq!(pace.window, 2 * LEAST);
    }

    #[test]
    fn the_window_has_bounds() {
        let mut pace = Pace::new();
        let mut now = Instant::now();
        for _ in 0..30 {
            pace.send(1);
            pace.probe(now, 0);
            pace.answered(now);
        }
        assert_eq!(pace.window, MOST);
        for _ in 0..30 {
            pace.send(1);
            pace.probe(now, 0);
            now += Duration::from_secs(1);
            pace.answered(now);
        }
        assert_eq!(pace.window, LEAST);
    }
}

//! When each Viewer last polled. Kept only in memory: losing it costs one `slow_down`.

use std::collections::HashMap;

use tegata_domain::secret::HashedSecret;
use tegata_domain::time::UnixSeconds;

/// Limit on remembered Viewers. When it is reached, all are forgotten.
const MOST: usize = 10_000;
/// What RFC 8628 section 3.5 adds to the interval at each `slow_down`.
const STEP: i64 = 5;

#[derive(Default)]
pub(super) struct Polls(HashMap<HashedSecret, (UnixSeconds, i64)>);

impl Polls {
    /// Records a poll and returns whether it kept the interval. Each poll that did not makes the interval longer.
    pub(super) fn keeps_interval(&mut self, code: &HashedSecret, now: UnixSeconds, interval: i64) -> bool {
        if self.0.len() >= MOST {
            self.0.clear();
        }
        let known = self.0.get(code).copied();
        let current = known.map_or(interval, |(_, current)| current);
        let kept = known.is_none_or(|(last, _)| now.since(last) >= current);
        let next = if kept { current } else { current.saturating_add(STEP) };
        self.0.insert(code.clone(), (now, next));
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::Polls;
    use tegata_domain::secret::HashedSecret;
    use tegata_domain::time::UnixSeconds;

    #[test]
    fn who_polls_too_fast_must_wait_longer() {
        let mut polls = Polls::default();
        let code = HashedSecret::of("a");
        let mut poll = |at| polls.keeps_interval(&code, UnixSeconds(at), 5);
        assert!(poll(0) && poll(5));
        assert!(!poll(7));
        assert!(!poll(13), "the interval is now ten, and grows again");
        assert!(poll(28));
    }
}

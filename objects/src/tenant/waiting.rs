//! The number of unanswered Viewer requests, kept in memory.

use tegata_domain::limit::MOST_WAITING;
use tegata_domain::time::UnixSeconds;

/// How long a count that reached the limit stays valid, in seconds.
const COUNT_PAUSE: i64 = 60;

/// An upper bound on the unanswered requests: the last count, plus every request since. This avoids a new count for
/// each request of a flood.
#[derive(Clone, Copy)]
pub(super) struct Waiting {
    pub(super) count: i64,
    /// When they were counted.
    pub(super) at: UnixSeconds,
}

impl Waiting {
    pub(super) const fn and_one(self) -> Self {
        Self {
            count: self.count.saturating_add(1),
            at: self.at,
        }
    }

    /// Whether the count can still be used. A count at the limit expires, since some requests may have been answered
    /// since.
    pub(super) fn is_good(self, now: UnixSeconds) -> bool {
        self.count < MOST_WAITING || now.since(self.at) < COUNT_PAUSE
    }
}

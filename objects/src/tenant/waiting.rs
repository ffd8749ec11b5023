//! How many requests of Viewers wait, kept in memory.

use tegata_domain::limit::MOST_WAITING;
use tegata_domain::time::UnixSeconds;

/// How long a count of the waiting requests that found no room does, in seconds.
const COUNT_PAUSE: i64 = 60;

/// How many requests wait, at most: those that were counted, and every one since. A flood is not counted anew with each
/// request of it.
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

    /// Whether the count still does: where it seems to be full, some may have been answered.
    pub(super) fn is_good(self, now: UnixSeconds) -> bool {
        self.count < MOST_WAITING || now.since(self.at) < COUNT_PAUSE
    }
}

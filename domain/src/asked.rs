//! How requests reach one approver: one mail per request, and under load one mail for all requests that arrived in the
//! meantime. A flood of requests therefore never fills a mailbox, and no request is lost in it, because the panel lists
//! them all.

use serde::{Deserialize, Serialize};

use crate::alert::{Digest, PAUSE};
use crate::time::UnixSeconds;

/// Maximum number of single-request mails to one approver within [`WINDOW`].
pub const MOST_SINGLE: usize = 20;
/// The period over which single-request mails are counted, in seconds.
pub const WINDOW: i64 = 3600;
/// The longest pause between two gathered mails, in seconds. Each pause is twice the previous one, up to this.
pub const LONGEST_PAUSE: i64 = 3600;
/// Maximum number of requests that a gathered mail names.
pub const MOST_NAMED: usize = 5;

/// The mails an approver was sent recently.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// When single-request mails of the last hour were enqueued, oldest first.
    #[serde(default)]
    pub single: Vec<UnixSeconds>,
    /// The mail that is being gathered, and the time of the last one.
    #[serde(default)]
    pub digest: Digest,
    /// The pause after the last gathered mail, in seconds; 0 before the first.
    #[serde(default)]
    pub pause: i64,
}

impl Asked {
    /// Takes one single-request mail from the approver's allowance. Returns whether one was left.
    pub fn take_single(&mut self, now: UnixSeconds) -> bool {
        self.single.retain(|at| now.since(*at) < WINDOW);
        let left = self.single.len() < MOST_SINGLE;
        if left {
            self.single.push(now);
        }
        left
    }

    /// Adds request number `number` to the gathered mail. Returns when the mail is due if this request is the first in
    /// it, `None` otherwise.
    pub fn gather(&mut self, number: i64, now: UnixSeconds) -> Option<UnixSeconds> {
        let over = |last: UnixSeconds| now.since(last) >= self.pause;
        if self.digest.gathering.is_none() && self.digest.last_at.is_none_or(over) {
            // A whole pause passed without a request, so this one starts a new flood.
            self.pause = 0;
        }
        self.digest.take_after(self.pause, number, now)
    }

    /// Closes the mail that is being gathered and sets the next pause.
    pub fn close(&mut self, now: UnixSeconds) {
        self.digest.close(now);
        self.pause = self.pause.saturating_mul(2).clamp(PAUSE, LONGEST_PAUSE);
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, LONGEST_PAUSE, MOST_SINGLE, WINDOW};
    use crate::alert::{GATHER, PAUSE};
    use crate::time::UnixSeconds;

    const NOW: UnixSeconds = UnixSeconds(1_795_000_000);

    #[test]
    fn no_hour_has_more_single_mails_than_the_most() {
        let mut asked = Asked::default();
        let taken: Vec<UnixSeconds> = (0..3 * WINDOW)
            .step_by(7)
            .map(|passed| NOW.plus(passed))
            .filter(|at| asked.take_single(*at))
            .collect();
        for from in &taken {
            let within = taken.iter().filter(|at| (0..WINDOW).contains(&at.since(*from))).count();
            assert!(within <= MOST_SINGLE, "{within} from {from:?}");
        }
        assert_eq!(taken.len(), 3 * MOST_SINGLE, "each hour should use its full allowance");
    }

    #[test]
    fn a_flood_is_told_ever_more_rarely() {
        let (mut asked, mut now, mut waits) = (Asked::default(), NOW, Vec::new());
        for number in 0..6 {
            let due = asked.gather(number, now).expect("the first request of a mail");
            assert_eq!(asked.gather(number, now), None, "later requests go in the same mail");
            waits.push(due.since(now));
            asked.close(due);
            now = due;
        }
        let hour = LONGEST_PAUSE;
        assert_eq!(waits, [GATHER, PAUSE, 2 * PAUSE, hour, hour, hour]);
    }

    #[test]
    fn after_a_quiet_pause_the_next_is_told_at_once() {
        let mut asked = Asked::default();
        let due = asked.gather(1, NOW).expect("the first request of a mail");
        asked.close(due);
        let early = asked.clone().gather(2, due.plus(PAUSE - 60));
        assert_eq!(early, Some(due.plus(PAUSE).max(due.plus(PAUSE - 60 + GATHER))));
        let later = due.plus(PAUSE);
        assert_eq!(asked.gather(2, later), Some(later.plus(GATHER)));
        asked.close(later.plus(GATHER));
        assert_eq!(asked.pause, PAUSE);
    }
}

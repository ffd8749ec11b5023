//! How one approver is asked: a mail for each request, and when many come, one mail for all that came meanwhile. A flood of
//! requests then fills no mailbox, and a request in it is not lost: the panel lists them all.

use serde::{Deserialize, Serialize};

use crate::alert::{Digest, PAUSE};
use crate::time::UnixSeconds;

/// Most mails about a single request to one approver in [`WINDOW`].
pub const MOST_SINGLE: usize = 20;
/// The time in which those are counted, in seconds.
pub const WINDOW: i64 = 3600;
/// The longest pause between two gathered mails, in seconds: each is twice the one before.
pub const LONGEST_PAUSE: i64 = 3600;
/// Most requests that a gathered mail names.
pub const MOST_NAMED: usize = 5;

/// What an approver was mailed lately.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// When single mails were put in line, oldest first; those of the last hour.
    #[serde(default)]
    pub single: Vec<UnixSeconds>,
    /// The mail that is being gathered, and the last one.
    #[serde(default)]
    pub digest: Digest,
    /// The pause after the last gathered mail, in seconds; 0 before the first.
    #[serde(default)]
    pub pause: i64,
}

impl Asked {
    /// Takes one from the single mails; whether there was one left.
    pub fn take_single(&mut self, now: UnixSeconds) -> bool {
        self.single.retain(|at| now.since(*at) < WINDOW);
        let left = self.single.len() < MOST_SINGLE;
        if left {
            self.single.push(now);
        }
        left
    }

    /// Gathers request number `number`; when the mail that tells of it is due, if it is the first of one.
    pub fn gather(&mut self, number: i64, now: UnixSeconds) -> Option<UnixSeconds> {
        let over = |last: UnixSeconds| now.since(last) >= self.pause;
        if self.digest.gathering.is_none() && self.digest.last_at.is_none_or(over) {
            // A pause went by with nothing to tell: what comes now is another flood.
            self.pause = 0;
        }
        self.digest.take_after(self.pause, number, now)
    }

    /// Closes the mail that is being gathered.
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
        assert_eq!(taken.len(), 3 * MOST_SINGLE, "and each hour has all of them");
    }

    #[test]
    fn a_flood_is_told_ever_more_rarely() {
        let (mut asked, mut now, mut waits) = (Asked::default(), NOW, Vec::new());
        for number in 0..6 {
            let due = asked.gather(number, now).expect("the first of a mail");
            assert_eq!(asked.gather(number, now), None, "the others go with it");
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
        let due = asked.gather(1, NOW).expect("the first of a mail");
        asked.close(due);
        let early = asked.clone().gather(2, due.plus(PAUSE - 60));
        assert_eq!(early, Some(due.plus(PAUSE).max(due.plus(PAUSE - 60 + GATHER))));
        let later = due.plus(PAUSE);
        assert_eq!(asked.gather(2, later), Some(later.plus(GATHER)));
        asked.close(later.plus(GATHER));
        assert_eq!(asked.pause, PAUSE);
    }
}

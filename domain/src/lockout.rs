//! Lock-out after wrong passwords: counted before the password is looked at, so that no number of tries at once passes.

use serde::{Deserialize, Serialize};

use crate::time::UnixSeconds;

/// Tries that cost nothing but themselves.
pub const FREE_TRIES: i64 = 5;
/// The first wait, in seconds. Each further wrong password doubles it.
const FIRST_WAIT: i64 = 30;
/// The longest wait, in seconds: nobody can keep another out for longer than they go on trying.
const LONGEST_WAIT: i64 = 3600;
/// After so many seconds without a try everything is forgotten.
pub const MEMORY: i64 = 24 * 3600;

/// What is known of the tries at one account name, whether or not there is such an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tries {
    /// Tries since the last right password.
    pub count: i64,
    /// Until when no further one is taken.
    pub until: UnixSeconds,
    /// When the last one was made.
    pub last: UnixSeconds,
}

impl Tries {
    /// Counts a try at `now`; what is stored from here on, and whether this one closed the account for a while.
    ///
    /// # Errors
    /// The seconds to wait. Nothing is counted then.
    pub const fn count(self, now: UnixSeconds) -> Result<(Self, bool), i64> {
        let wait = self.until.since(now);
        if wait > 0 {
            return Err(wait);
        }
        let before = if now.since(self.last) >= MEMORY { 0 } else { self.count };
        let count = before.saturating_add(1);
        let over = count.saturating_sub(FREE_TRIES);
        let wait = match FIRST_WAIT.checked_shl(if over > 20 { 20 } else { over.unsigned_abs() as u32 }) {
            _ if over < 0 => 0,
            Some(wait) if wait < LONGEST_WAIT => wait,
            _ => LONGEST_WAIT,
        };
        let tries = Self {
            count,
            until: now.plus(wait),
            last: now,
        };
        Ok((tries, wait > 0))
    }
}

#[cfg(test)]
mod tests {
    use super::{MEMORY, Tries};
    use crate::time::UnixSeconds;

    #[test]
    fn the_waits_grow_and_end() {
        let mut tries = Tries::default();
        let mut now = UnixSeconds(1_795_000_000);
        let mut waits = Vec::new();
        for _ in 0..14 {
            let (next, _) = tries.count(now).unwrap();
            waits.push(next.until.since(now));
            assert_eq!(
                next.count(now).err(),
                (waits.last() > Some(&0)).then(|| next.until.since(now))
            );
            now = next.until;
            tries = next;
        }
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
    }

    #[test]
    fn a_day_without_a_try_forgets() {
        let (mut tries, mut now) = (Tries::default(), UnixSeconds(0));
        for _ in 0..9 {
            tries = tries.count(now).unwrap().0;
            now = tries.until;
        }
        let (tries, closed) = tries.count(tries.last.plus(MEMORY)).unwrap();
        assert_eq!((tries.count, closed), (1, false));
    }
}

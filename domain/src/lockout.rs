//! Lockout after wrong passwords. An attempt is counted before the password is compared, so that parallel attempts
//! cannot bypass the limit.

use serde::{Deserialize, Serialize};

use crate::time::UnixSeconds;

/// Number of attempts after which the waits begin.
pub const FREE_TRIES: i64 = 5;
/// The first wait, in seconds. Each further wrong password doubles it.
const FIRST_WAIT: i64 = 30;
/// The longest wait, in seconds. It limits how long an attacker who has stopped trying can keep the holder locked out.
const LONGEST_WAIT: i64 = 3600;
/// How long after the last attempt the count is forgotten, in seconds.
pub const MEMORY: i64 = 24 * 3600;

/// The login attempts for one account name, whether or not such an account exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tries {
    /// Number of attempts since the last correct password.
    pub count: i64,
    /// When the next attempt is accepted.
    pub until: UnixSeconds,
    /// Time of the last attempt.
    pub last: UnixSeconds,
}

impl Tries {
    /// Counts an attempt at `now`. Returns the state to store, and whether this attempt locked the account for a while.
    ///
    /// # Errors
    /// The number of seconds to wait; nothing is counted then.
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

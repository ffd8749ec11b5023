//! Failures that a stranger can cause at will, and how the audit log records them. Nobody can delete from the log, so
//! it must not grow as fast as somebody can send requests. The first failure is written at once. Those that follow
//! within a minute are counted and written as one entry, together with the next failure or by themselves once the
//! minute is over. After [`MOST_A_DAY`] entries in one day (UTC), the failures of the rest of that day become one
//! entry, written when the day is over. Every failure is counted in some entry, and each day has at most [`MOST_A_DAY`]
//! entries of a kind.

use serde::{Deserialize, Serialize};

use crate::time::UnixSeconds;

/// Minimum interval between two entries, in seconds.
pub const PAUSE: i64 = 60;
/// Maximum number of entries of one kind per day.
pub const MOST_A_DAY: i64 = 200;
const DAY: i64 = 24 * 3600;

/// The state of one kind of failure.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Gathered {
    /// Time of the last entry.
    pub written_at: UnixSeconds,
    /// Number of entries written on that day.
    pub entries: i64,
    /// Number of failures not yet covered by an entry.
    pub waiting: i64,
    /// The network address they came from, as long as it is a single one.
    pub client: Option<String>,
}

/// The failures that one entry covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failures {
    /// Number of failures.
    pub tries: i64,
    /// The network address they came from, if it is a single one.
    pub client: Option<String>,
}

impl Failures {
    /// The outcome for their entry: `outcome` alone for one failure, with the number of tries for several.
    #[must_use]
    pub fn outcome(&self, outcome: &str) -> String {
        match self.tries {
            1 => outcome.to_owned(),
            tries => format!("{outcome}, {tries} tries"),
        }
    }
}

const fn day(at: UnixSeconds) -> i64 {
    at.0.div_euclid(DAY)
}

impl Gathered {
    /// When the next entry may be written.
    const fn open_at(&self) -> UnixSeconds {
        if self.entries == 0 {
            UnixSeconds(i64::MIN)
        } else if self.entries < MOST_A_DAY {
            self.written_at.plus(PAUSE)
        } else {
            UnixSeconds(day(self.written_at).saturating_add(1).saturating_mul(DAY))
        }
    }

    /// When the waiting failures have to be written; `None` if there are none.
    #[must_use]
    pub fn due_at(&self) -> Option<UnixSeconds> {
        (self.waiting > 0).then(|| self.open_at())
    }

    /// Counts a failure from `client` at `now`. Returns the failures to write, this one included, if an entry may be
    /// written now.
    #[must_use]
    pub fn count(mut self, client: &str, now: UnixSeconds) -> (Self, Option<Failures>) {
        self.client = match self.client {
            _ if self.waiting == 0 => Some(client.to_owned()),
            Some(one) if one == client => Some(one),
            _ => None,
        };
        self.waiting = self.waiting.saturating_add(1);
        self.write(now)
    }

    /// Returns the waiting failures to write at `now`, if their entry is due.
    #[must_use]
    pub fn write(mut self, now: UnixSeconds) -> (Self, Option<Failures>) {
        if self.due_at().is_none_or(|due| now < due) {
            return (self, None);
        }
        let failures = Failures {
            tries: self.waiting,
            client: self.client.take(),
        };
        let same_day = day(now) == day(self.written_at);
        self.entries = if same_day { self.entries.saturating_add(1) } else { 1 };
        self.written_at = now;
        self.waiting = 0;
        (self, Some(failures))
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, Failures, Gathered, MOST_A_DAY, PAUSE};
    use crate::time::UnixSeconds;

    /// The start of a day.
    const START: i64 = 20_000 * DAY;

    /// Plays failures at `times` and then the alarm until none waits. Returns when each entry is written and how many
    /// failures it covers.
    fn entries(times: impl IntoIterator<Item = i64>) -> Vec<(i64, i64)> {
        let mut gathered = Gathered::default();
        let mut written = Vec::new();
        let mut note =
            |at: i64, failures: Option<Failures>| written.extend(failures.map(|failures| (at, failures.tries)));
        for at in times {
            while let Some(due) = gathered.due_at().filter(|due| due.0 < at) {
                let (next, failures) = gathered.write(due);
                gathered = next;
                note(due.since(UnixSeconds(START)), failures);
            }
            let (next, failures) = gathered.count("192.0.2.1", UnixSeconds(at));
            gathered = next;
            note(UnixSeconds(at).since(UnixSeconds(START)), failures);
        }
        if let Some(due) = gathered.due_at() {
            let (rest, failures) = gathered.write(due);
            assert_eq!(rest.due_at(), None);
            note(due.since(UnixSeconds(START)), failures);
        }
        written
    }

    #[test]
    fn a_minute_has_one_entry_and_none_is_left_out() {
        assert_eq!(entries([START]), [(0, 1)]);
        assert_eq!(entries([START, START + PAUSE]), [(0, 1), (60, 1)]);
        assert_eq!(entries((0..1_000).map(|n| START + n / 20)), [(0, 1), (60, 999)]);
        assert_eq!(entries([START, START + 1, START + 500]), [(0, 1), (60, 1), (500, 1)]);
    }

    #[test]
    fn a_day_has_a_ceiling_and_its_rest_is_one_entry() {
        let written = entries((0..3 * DAY).step_by(7).map(|n| START + n));
        let tries: i64 = written.iter().map(|(_, tries)| tries).sum();
        assert_eq!(tries, (0..3 * DAY).step_by(7).count() as i64);
        for n in 0..3 {
            let of_day = written.iter().filter(|(at, _)| at.div_euclid(DAY) == n).count() as i64;
            assert_eq!(of_day, MOST_A_DAY, "day {n}");
        }
        assert_eq!(written.last().map(|(at, _)| *at), Some(3 * DAY));
    }

    #[test]
    fn the_address_is_told_while_there_is_one() {
        let now = UnixSeconds(START);
        let (first, failures) = Gathered::default().count("192.0.2.1", now);
        assert_eq!(failures.unwrap().client.as_deref(), Some("192.0.2.1"));
        let one = first.clone().count("192.0.2.2", now).0.count("192.0.2.2", now).0;
        let several = one.clone().count("192.0.2.3", now).0.count("192.0.2.2", now).0;
        let written = |gathered: Gathered| gathered.write(now.plus(PAUSE)).1.unwrap();
        assert_eq!(
            (written(one.clone()).tries, written(one).client.as_deref()),
            (2, Some("192.0.2.2"))
        );
        assert_eq!((written(several.clone()).tries, written(several).client), (4, None));
    }

    #[test]
    fn one_failure_is_told_as_it_always_was() {
        let told = |tries| Failures { tries, client: None }.outcome("wrong_password");
        assert_eq!(
            (told(1).as_str(), told(999).as_str()),
            ("wrong_password", "wrong_password, 999 tries")
        );
    }
}

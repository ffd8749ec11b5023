//! Refresh token rotation with reuse detection (RFC 9700 section 4.14.2). Each token is used once. Because a response
//! can get lost, the previous token is accepted again for a short time, as long as nobody has used its successor; the
//! lost successor then counts as spent. Any other use of a spent token means that two parties hold the family, and
//! revokes it.

use serde::{Deserialize, Serialize};

use crate::secret::HashedSecret;
use crate::time::UnixSeconds;

/// How long the previous token is accepted again, in seconds.
pub const RETRY_WINDOW: i64 = 60;
/// How many spent tokens per device are remembered: more than a day's worth at one every ten minutes. Older ones are
/// treated as unknown.
pub const SPENT_MEMORY: i64 = 200;

/// The refresh tokens of one device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshFamily {
    /// The hash of the valid token.
    pub current: HashedSecret,
    /// The hash of the previous token.
    pub previous: Option<HashedSecret>,
    /// Time at which the current token was issued, retries excluded.
    pub rotated_at: UnixSeconds,
    /// Number of tokens spent so far.
    pub generation: i64,
}

/// The result of presenting a token.
#[derive(Debug, PartialEq, Eq)]
pub enum Presented {
    /// The token was valid and has been rotated. Contains the token that is now spent and should be remembered.
    Rotated(Option<HashedSecret>),
    /// The token is unknown to the family, or only the memory of spent tokens can identify it.
    Unknown,
}

impl RefreshFamily {
    /// A family with its first token.
    #[must_use]
    pub const fn new(first: HashedSecret, now: UnixSeconds) -> Self {
        Self {
            current: first,
            previous: None,
            rotated_at: now,
            generation: 0,
        }
    }

    /// Presents a token. If it is valid, `next` becomes the current token. The previous one is accepted again for `window`
    /// seconds, [`RETRY_WINDOW`] as a rule; `None` means for as long as nobody has used its successor. That is for holders
    /// that prove a key and that nobody looks after: a machine that lost an answer in a power cut comes back after hours.
    /// Two parties that hold the family still show, as soon as one of them presents the successor that the other has made
    /// a spent one.
    pub fn present(
        &mut self,
        window: Option<i64>,
        token: &HashedSecret,
        next: HashedSecret,
        now: UnixSeconds,
    ) -> Presented {
        if self.current.matches(token) {
            let spent = self.previous.replace(core::mem::replace(&mut self.current, next));
            self.rotated_at = now;
            self.generation = self.generation.saturating_add(1);
            return Presented::Rotated(spent);
        }
        let retried = self.previous.as_ref().is_some_and(|previous| previous.matches(token));
        if retried && window.is_none_or(|window| now.since(self.rotated_at) <= window) {
            // `rotated_at` stays as it is: the window counts from the first use, or retries could go on for ever.
            self.generation = self.generation.saturating_add(1);
            return Presented::Rotated(Some(core::mem::replace(&mut self.current, next)));
        }
        Presented::Unknown
    }

    /// Whether `token` is the previous token; a use after the retry window is reuse.
    #[must_use]
    pub fn is_previous(&self, token: &HashedSecret) -> bool {
        self.previous.as_ref().is_some_and(|previous| previous.matches(token))
    }
}

#[cfg(test)]
mod tests {
    use super::{Presented, RETRY_WINDOW, RefreshFamily};
    use crate::secret::HashedSecret;
    use crate::time::UnixSeconds;

    fn token(n: u32) -> HashedSecret {
        HashedSecret::of(&n.to_string())
    }

    #[test]
    fn each_token_is_used_once() {
        let mut family = RefreshFamily::new(token(1), UnixSeconds(0));
        assert_eq!(
            family.present(Some(RETRY_WINDOW), &token(1), token(2), UnixSeconds(10)),
            Presented::Rotated(None)
        );
        assert_eq!(
            family.present(Some(RETRY_WINDOW), &token(2), token(3), UnixSeconds(20)),
            Presented::Rotated(Some(token(1)))
        );
        assert_eq!(
            family.present(Some(RETRY_WINDOW), &token(1), token(4), UnixSeconds(21)),
            Presented::Unknown
        );
        assert_eq!(family.current, token(3));
    }

    #[test]
    fn a_lost_reply_can_be_asked_for_again_for_a_minute() {
        let mut family = RefreshFamily::new(token(1), UnixSeconds(0));
        let _ = family.present(Some(RETRY_WINDOW), &token(1), token(2), UnixSeconds(10));
        assert_eq!(
            family.present(Some(RETRY_WINDOW), &token(1), token(3), UnixSeconds(70)),
            Presented::Rotated(Some(token(2)))
        );
        assert_eq!(
            family.present(Some(RETRY_WINDOW), &token(1), token(4), UnixSeconds(71)),
            Presented::Unknown
        );
        assert!(family.is_previous(&token(1)));
    }

    #[test]
    fn the_successor_in_use_closes_the_retry() {
        let mut family = RefreshFamily::new(token(1), UnixSeconds(0));
        let _ = family.present(Some(RETRY_WINDOW), &token(1), token(2), UnixSeconds(10));
        let _ = family.present(Some(RETRY_WINDOW), &token(2), token(3), UnixSeconds(11));
        assert_eq!(
            family.present(Some(RETRY_WINDOW), &token(1), token(4), UnixSeconds(12)),
            Presented::Unknown
        );
    }

    #[test]
    fn without_a_window_a_lost_reply_can_be_asked_for_at_any_time_and_a_copy_still_shows() {
        let mut family = RefreshFamily::new(token(1), UnixSeconds(0));
        let _ = family.present(None, &token(1), token(2), UnixSeconds(10));
        let again = family.present(None, &token(1), token(3), UnixSeconds(1_000_000));
        assert_eq!(again, Presented::Rotated(Some(token(2))), "the lost successor is spent");
        let copy = family.present(None, &token(2), token(4), UnixSeconds(1_000_001));
        assert_eq!(copy, Presented::Unknown);
        let _ = family.present(None, &token(3), token(5), UnixSeconds(1_000_002));
        let late = family.present(None, &token(1), token(6), UnixSeconds(1_000_003));
        assert_eq!(late, Presented::Unknown, "its successor is in use");
    }
}

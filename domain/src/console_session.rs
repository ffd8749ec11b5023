//! Console sessions (C2): an opaque token in a cookie, a row in the tenant's object.

use serde::{Deserialize, Serialize};

use crate::id::{SessionId, UserId};
use crate::time::UnixSeconds;

/// How long a session lives at most, in seconds (NIST SP 800-63B section 2.2.3: twelve hours).
pub const LIFE: i64 = 12 * 3600;
/// How long it may lie unused, in seconds.
pub const IDLE: i64 = 2 * 3600;
/// How long a session lives in which the first password is still to be replaced, in seconds.
pub const NEW_PASSWORD_LIFE: i64 = 30 * 60;
/// How long a session lives in which the passkey is still to come, in seconds.
pub const PASSKEY_LIFE: i64 = 5 * 60;
/// How long after the password or a passkey was given dangerous operations need no new one, in seconds.
pub const FRESH: i64 = 10 * 60;
/// How much time passes before a use is written down again, in seconds: each write costs.
const TOUCH: i64 = 5 * 60;
/// Most sessions of one account; the oldest ends where another begins.
pub const MOST: usize = 20;

/// What a session may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// Everything its account may do.
    SignedIn,
    /// Replacing the first password, and nothing else.
    NewPassword,
    /// The second step of its login, with a passkey, and nothing else.
    Passkey,
}

impl SessionState {
    /// How long a session lives at most that begins so, in seconds.
    #[must_use]
    pub const fn life(self) -> i64 {
        match self {
            Self::SignedIn => LIFE,
            Self::NewPassword => NEW_PASSWORD_LIFE,
            Self::Passkey => PASSKEY_LIFE,
        }
    }
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsoleSession {
    /// Its name, to end it by.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// What it may be used for.
    pub state: SessionState,
    /// When it began.
    pub created_at: UnixSeconds,
    /// When it was last used, to within some minutes.
    pub last_seen_at: UnixSeconds,
    /// When the password or a passkey was last given in it.
    pub authenticated_at: UnixSeconds,
    /// When it ends at the latest.
    pub expires_at: UnixSeconds,
    /// The network address it began from.
    pub address: String,
    /// The browser, as it calls itself.
    pub agent: String,
}

impl ConsoleSession {
    /// Whether it can be used at `now`.
    #[must_use]
    pub const fn is_alive(&self, now: UnixSeconds) -> bool {
        now.since(self.expires_at) < 0 && now.since(self.last_seen_at) < IDLE
    }

    /// Until when dangerous operations need no new authentication.
    #[must_use]
    pub const fn fresh_until(&self) -> UnixSeconds {
        self.authenticated_at.plus(FRESH)
    }

    /// Makes it one of somebody who has logged in whole, for as long as such a one lives.
    pub const fn become_whole(&mut self) {
        self.state = SessionState::SignedIn;
        self.expires_at = self.created_at.plus(LIFE);
    }

    /// Notes that it is used; whether that is worth writing down.
    pub const fn touch(&mut self, now: UnixSeconds) -> bool {
        let due = now.since(self.last_seen_at) >= TOUCH;
        if due {
            self.last_seen_at = now;
        }
        due
    }
}

/// A session as its owner sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SessionEntry {
    /// Its name.
    pub id: SessionId,
    /// When it began.
    pub created_at: UnixSeconds,
    /// When it was last used, to within some minutes.
    pub last_seen_at: UnixSeconds,
    /// The network address it began from.
    pub address: String,
    /// The browser, as it calls itself.
    pub agent: String,
    /// Whether it is the one that asks.
    pub current: bool,
}

#[cfg(test)]
mod tests {
    use super::{ConsoleSession, IDLE, LIFE, SessionState};
    use crate::id::{SessionId, UserId};
    use crate::random::CountingRandom;
    use crate::time::UnixSeconds;

    #[test]
    fn a_session_ends_when_it_lies_unused_and_at_the_latest_after_twelve_hours() {
        let (random, began) = (CountingRandom::new(1), UnixSeconds(1_795_000_000));
        let mut session = ConsoleSession {
            id: SessionId::generate(&random),
            user: UserId::generate(&random),
            state: SessionState::SignedIn,
            created_at: began,
            last_seen_at: began,
            authenticated_at: began,
            expires_at: began.plus(LIFE),
            address: "192.0.2.1".to_owned(),
            agent: String::new(),
        };
        assert!(session.is_alive(began.plus(IDLE - 1)) && !session.is_alive(began.plus(IDLE)));
        let mut now = began;
        while session.is_alive(now) {
            session.touch(now);
            now = now.plus(IDLE / 2);
        }
        assert_eq!(now, began.plus(LIFE));
    }
}

//! Console sessions (C2): an opaque token in a cookie, a row in the tenant's object.

use serde::{Deserialize, Serialize};

use crate::id::{SessionId, UserId};
use crate::time::UnixSeconds;

/// Maximum lifetime of a session, in seconds (NIST SP 800-63B section 2.2.3: twelve hours).
pub const LIFE: i64 = 12 * 3600;
/// How long a session may stay idle, in seconds.
pub const IDLE: i64 = 2 * 3600;
/// Lifetime of a session whose first password still has to be replaced, in seconds.
pub const NEW_PASSWORD_LIFE: i64 = 30 * 60;
/// Lifetime of a session whose passkey step is still pending, in seconds.
pub const PASSKEY_LIFE: i64 = 5 * 60;
/// How long an authentication by password or passkey suffices for dangerous operations, in seconds.
pub const FRESH: i64 = 10 * 60;
/// How much time passes before a use is recorded again, in seconds, because each write costs.
const TOUCH: i64 = 5 * 60;
/// Maximum number of sessions per account; a new one ends the oldest.
pub const MOST: usize = 20;

/// What a session may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// Everything its account's role permits.
    SignedIn,
    /// Only to replace the first password.
    NewPassword,
    /// Only for the second step of its login, with a passkey.
    Passkey,
}

impl SessionState {
    /// Maximum lifetime of a session that starts in this state, in seconds.
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
    /// The session's id, by which it can be ended.
    pub id: SessionId,
    /// The user it belongs to.
    pub user: UserId,
    /// What it may be used for.
    pub state: SessionState,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last use, accurate to a few minutes.
    pub last_seen_at: UnixSeconds,
    /// When the user last gave the password or a passkey in it.
    pub authenticated_at: UnixSeconds,
    /// Whether the user gave a passkey in it.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub with_passkey: bool,
    /// Latest expiry time.
    pub expires_at: UnixSeconds,
    /// The network address from which it was started.
    pub address: String,
    /// The browser's own name for itself (`User-Agent`).
    pub agent: String,
}

impl ConsoleSession {
    /// Whether it can be used at `now`.
    #[must_use]
    pub const fn is_alive(&self, now: UnixSeconds) -> bool {
        now.since(self.expires_at) < 0 && now.since(self.last_seen_at) < IDLE
    }

    /// When dangerous operations start to require a new authentication.
    #[must_use]
    pub const fn fresh_until(&self) -> UnixSeconds {
        self.authenticated_at.plus(FRESH)
    }

    /// Turns it into a fully authenticated session, with the lifetime of one.
    pub const fn become_whole(&mut self) {
        self.state = SessionState::SignedIn;
        self.expires_at = self.created_at.plus(LIFE);
    }

    /// Notes a use. Returns whether it should be stored.
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
    /// The session's id.
    pub id: SessionId,
    /// Time of creation.
    pub created_at: UnixSeconds,
    /// Time of the last use, accurate to a few minutes.
    pub last_seen_at: UnixSeconds,
    /// The network address from which it was started.
    pub address: String,
    /// The browser's own name for itself (`User-Agent`).
    pub agent: String,
    /// Whether it is the session of this request.
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
            with_passkey: false,
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

//! Alerts (C6): what somebody with the support option is told by mail. What comes in a burst is told in one mail.

use serde::{Deserialize, Serialize};

use crate::account::Alerts;
use crate::time::UnixSeconds;

/// How long an alert waits for others to be told with it, in seconds.
pub const GATHER: i64 = 30;
/// How long passes between two mails of alerts to one person, in seconds.
pub const PAUSE: i64 = 15 * 60;
/// Most alerts that one mail spells out.
pub const MOST: i64 = 50;
/// How long alerts are kept, in seconds.
pub const KEPT: i64 = 30 * 24 * 3600;

/// What happened. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A new device is in use.
    Device,
    /// A request was refused.
    Refused,
    /// An account was locked after wrong passwords.
    Lockout,
    /// A spent refresh token was used again: its device was taken away.
    TokenReuse,
    /// A passkey's counter went back: there may be a copy of it.
    PasskeyCopied,
    /// A mail could not be delivered.
    Undeliverable,
    /// The audit chain is broken.
    Audit,
}

impl AlertKind {
    /// The name it is stored under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Refused => "refused",
            Self::Lockout => "lockout",
            Self::TokenReuse => "token_reuse",
            Self::PasskeyCopied => "passkey_copied",
            Self::Undeliverable => "undeliverable",
            Self::Audit => "audit",
        }
    }

    /// Whether somebody who wants `alerts` wants this one.
    #[must_use]
    pub const fn is_wanted(self, alerts: Alerts) -> bool {
        match self {
            Self::Device => alerts.device,
            Self::Refused => alerts.refused,
            Self::Lockout => alerts.lockout,
            // One choice for both: a credential is used by two.
            Self::TokenReuse | Self::PasskeyCopied => alerts.token_reuse,
            Self::Undeliverable => alerts.undeliverable,
            Self::Audit => alerts.audit,
        }
    }
}

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// What happened.
    pub kind: AlertKind,
    /// When.
    pub at: UnixSeconds,
    /// To what or whom, for reading.
    pub what: String,
}

/// Whether mails of alerts are on their way to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Digest {
    /// The first alert of a mail that is being gathered.
    pub gathering: Option<i64>,
    /// When the last mail was put together.
    pub last_at: Option<UnixSeconds>,
}

impl Digest {
    /// Takes alert number `number`; when the mail that tells it is due, if it is the first of one.
    pub fn take(&mut self, number: i64, now: UnixSeconds) -> Option<UnixSeconds> {
        self.take_after(PAUSE, number, now)
    }

    /// The same, where `pause` seconds pass between two mails.
    pub fn take_after(&mut self, pause: i64, number: i64, now: UnixSeconds) -> Option<UnixSeconds> {
        if self.gathering.is_some() {
            return None;
        }
        self.gathering = Some(number);
        let after_pause = self.last_at.map_or(now, |last| last.plus(pause));
        Some(now.plus(GATHER).max(after_pause))
    }

    /// Closes the mail that is being gathered.
    pub const fn close(&mut self, now: UnixSeconds) {
        self.gathering = None;
        self.last_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, GATHER, PAUSE};
    use crate::time::UnixSeconds;

    #[test]
    fn a_burst_is_one_mail_and_the_next_waits() {
        let (mut digest, now) = (Digest::default(), UnixSeconds(1_795_000_000));
        assert_eq!(digest.take(1, now), Some(now.plus(GATHER)));
        assert_eq!((2..100).find_map(|number| digest.take(number, now.plus(1))), None);
        digest.close(now.plus(GATHER));
        assert_eq!(digest.take(100, now.plus(40)), Some(now.plus(GATHER + PAUSE)));
    }
}

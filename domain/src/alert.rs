//! Alerts (C6): the events that users with the support option are notified of by mail. A burst of alerts goes out in
//! one mail.

use serde::{Deserialize, Serialize};

use crate::account::{Account, Alerts};
use crate::id::UserId;
use crate::time::UnixSeconds;

/// How long an alert waits so that later ones can go out in the same mail, in seconds.
pub const GATHER: i64 = 30;
/// Minimum interval between two alert mails to one person, in seconds.
pub const PAUSE: i64 = 15 * 60;
/// Maximum number of alerts that one mail lists.
pub const MOST: i64 = 50;
/// How long alerts are stored, in seconds.
pub const KEPT: i64 = 30 * 24 * 3600;

/// The event. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A new device is in use.
    Device,
    /// A request was refused.
    Refused,
    /// An account was locked after wrong passwords.
    Lockout,
    /// A spent refresh token was reused, and its device was revoked.
    TokenReuse,
    /// An agent was enrolled for a piece of equipment.
    AgentEnrolled,
    /// A machine has identified itself without an enrolment code (P2), and somebody has to accept or refuse it.
    MachineWaits,
    /// A spent refresh token of an agent was reused, and the agent was ended: its key may have been copied.
    AgentCloned,
    /// A passkey's signature counter went backwards: the passkey may have been copied.
    PasskeyCopied,
    /// A mail could not be delivered.
    Undeliverable,
    /// The audit chain is broken.
    Audit,
    /// The data origin was changed.
    DataOrigin,
    /// Remote assistance was allowed on a piece of equipment.
    RemoteAssistance,
    /// Nobody answered a request for remote support in time.
    LaunchUnanswered,
    /// Nobody has answered a proposal of times for an appointment.
    AppointmentUnanswered,
    /// Nobody came to an appointment.
    AppointmentMissed,
    /// Too many wrong passwords were given for a session: joining it is locked.
    SessionLocked,
    /// The tenant was suspended.
    Suspended,
    /// The tenant was resumed.
    Resumed,
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
            Self::AgentEnrolled => "agent_enrolled",
            Self::MachineWaits => "machine_waits",
            Self::AgentCloned => "agent_cloned",
            Self::PasskeyCopied => "passkey_copied",
            Self::Undeliverable => "undeliverable",
            Self::Audit => "audit",
            Self::DataOrigin => "data_origin",
            Self::RemoteAssistance => "remote_assistance",
            Self::LaunchUnanswered => "launch_unanswered",
            Self::AppointmentUnanswered => "appointment_unanswered",
            Self::AppointmentMissed => "appointment_missed",
            Self::SessionLocked => "session_locked",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
        }
    }

    /// Whether a user with the settings `alerts` wants this alert.
    #[must_use]
    pub const fn is_wanted(self, alerts: Alerts) -> bool {
        match self {
            // One setting for all: a new machine has access, or wants it.
            Self::Device | Self::AgentEnrolled | Self::MachineWaits => alerts.device,
            Self::Refused => alerts.refused,
            Self::Lockout => alerts.lockout,
            // One setting for all: in each case two parties use the same credential.
            Self::TokenReuse | Self::AgentCloned | Self::PasskeyCopied => alerts.token_reuse,
            Self::Undeliverable => alerts.undeliverable,
            Self::Audit => alerts.audit,
            Self::DataOrigin => alerts.data_origin,
            // One setting for all that concerns remote support.
            Self::RemoteAssistance
            | Self::LaunchUnanswered
            | Self::AppointmentUnanswered
            | Self::AppointmentMissed
            | Self::SessionLocked => alerts.remote_assistance,
            // One setting for both: who learns of the first wants to know when it is over.
            Self::Suspended | Self::Resumed => alerts.suspended,
        }
    }
}

/// One alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// The event.
    pub kind: AlertKind,
    /// Time of the event.
    pub at: UnixSeconds,
    /// The thing or person concerned, as readable text. Empty for a tenant that the operator suspended or resumed.
    pub what: String,
    /// The user of this tenant who caused it, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<UserId>,
}

impl Alert {
    /// Whether the holder of `account` wants to know: not what they switched off, and not what they did themselves.
    #[must_use]
    pub fn is_for(&self, account: &Account) -> bool {
        self.kind.is_wanted(account.alerts) && self.by.as_ref() != Some(&account.user)
    }
}

/// The state of one person's alert mails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Digest {
    /// The number of the first alert in the mail that is being gathered.
    pub gathering: Option<i64>,
    /// When the last mail was composed.
    pub last_at: Option<UnixSeconds>,
}

impl Digest {
    /// Adds alert number `number`. Returns when the mail is due if this alert is the first in it, `None` otherwise.
    pub fn take(&mut self, number: i64, now: UnixSeconds) -> Option<UnixSeconds> {
        self.take_after(PAUSE, number, now)
    }

    /// Like [`Self::take`], with at least `pause` seconds between two mails.
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

//! The control socket of an agent: what is said on it, as JSON texts. An agent that connects says `hello`, and the edge
//! answers `welcome`; between them, `ping` and `pong` show that the other side is there without waking the object.
//! A kind that a side does not know is skipped, so that either may be newer. docs/agent.md specifies the protocol.

use core::time::Duration;

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::appointment::preflight::MachineMeasured;
use crate::id::{CommandId, LaunchId};
use crate::session::{Ability, SessionEnd, SessionNumber};
use crate::time::UnixSeconds;

/// The subprotocol (RFC 6455 section 1.9) of control sockets.
pub const PROTOCOL: &str = "tegata.agent.v1";
/// Largest message an agent may send, in bytes. What is larger ends the socket.
pub const LARGEST: usize = 16 * 1024;
/// Interval of an agent's pings, in seconds.
pub const PING: i64 = 25;
/// After how many seconds without a ping an agent counts as away: two pings were missed.
pub const AWAY_AFTER: i64 = 60;
/// Longest pause before an agent's first try after a break: a deploy breaks every connection at once.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// Longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);

/// The longest pause before try number `tries` after a break, counted from 0. An agent waits for a random part of it.
#[must_use]
pub fn longest_pause(tries: u32) -> Duration {
    FIRST_PAUSE
        .saturating_mul(2u32.saturating_pow(tries.min(16)))
        .min(LONGEST_PAUSE)
}

/// Close code: the credential that opened the socket is no longer accepted.
pub const ENDED: u16 = 4001;
/// Close code: the same agent has opened another socket.
pub const REPLACED: u16 = 4002;
/// Close code: the edge could not handle the message now (RFC 6455 section 7.4.1, "internal error").
pub const FAILED: u16 = 1011;
/// Close code: the message cannot be read, or is too large (RFC 6455 section 7.4.1, "policy violation").
pub const MALFORMED: u16 = 1008;

/// What an agent says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum FromAgent {
    /// The first message after connecting.
    Hello(AgentReport),
    /// Whether the machine's own administrator allows remote assistance on it (P10): after `welcome`, and with every
    /// change. Until an agent has said so, it is not allowed.
    Switch {
        /// Whether it is allowed.
        remote_assistance: bool,
    },
    /// The answer to `launch`: the agent has noted the command in its journal and is ready for the session.
    Started {
        /// The command.
        command: CommandId,
    },
    /// The answer to `launch`: the agent does not start.
    Declined {
        /// The command.
        command: CommandId,
        /// Why.
        why: Declined,
    },
    /// Somebody at the machine starts remote support (K6). An agent repeats it with the same id until it is answered.
    Support {
        /// An id that the agent has made up.
        command: CommandId,
    },
    /// Somebody at the machine ends remote support: the session, or the offer of one.
    End {
        /// The launch.
        launch: LaunchId,
    },
    /// What the agent measured for a session (Z2): the answer to `check`, or because somebody at the machine tried it.
    Checked(MachineMeasured),
    /// A kind from a newer agent.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// What the edge says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum ToAgent {
    /// The answer to `hello`.
    Welcome(Welcome),
    /// The desk executes an approved launch. The edge repeats it with the same id when the agent connects again.
    Launch(LaunchOrder),
    /// A session is open: the agent joins it.
    Session(SessionOrder),
    /// The answer to `support` if remote support cannot be started here now.
    SupportDeclined {
        /// The id from `support`.
        command: CommandId,
        /// Why.
        why: SupportDeclined,
    },
    /// A launch has ended, or can no longer start.
    Ended {
        /// The launch.
        launch: LaunchId,
        /// Why.
        why: SessionEnd,
    },
    /// A session on the machine has a date: the agent measures what one needs, and answers with `checked`.
    Check,
    /// A kind from a newer edge.
    #[serde(other, skip_serializing)]
    Unknown,
}

/// What an agent learns when it connects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The edge's time.
    pub time: UnixSeconds,
    /// The name of the equipment.
    pub equipment: String,
    /// Its serial number.
    pub serial_number: String,
    /// Whether the panel allows remote assistance on it (P10).
    pub remote_assistance: bool,
    /// Whether the panel allows the manual launch on it (K6).
    pub manual_launch: bool,
}

/// An approved launch, for its agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchOrder {
    /// The command, which the agent carries out at most once.
    pub command: CommandId,
    /// The launch.
    pub launch: LaunchId,
    /// The provider's name.
    pub provider: String,
    /// The name of the person at the desk.
    pub supporter: String,
    /// The reason that was approved.
    pub reason: String,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// End of the granted period.
    pub until: UnixSeconds,
}

/// A session, for its agent. The session's socket is `T/sessions/{number}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionOrder {
    /// The launch.
    pub launch: LaunchId,
    /// The session's number.
    pub number: SessionNumber,
    /// The command that led to it: that of `launch`, or the id from `support`.
    pub command: CommandId,
    /// The password, to be shown at the machine; only for a launch that was started there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The provider's name.
    pub provider: String,
    /// The provider's telephone number and other contact lines (B16).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact: Vec<String>,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// End of the period.
    pub until: UnixSeconds,
}

/// The password opens the session: it is not printed.
impl core::fmt::Debug for SessionOrder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "SessionOrder({})", self.number)
    }
}

/// Why an agent does not start an approved launch. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Declined {
    /// The machine's administrator does not allow remote assistance (P10).
    NotAllowed,
    /// A session is running already.
    Busy,
    /// The agent was interrupted while it started, and cannot say how far it came.
    Unknown,
    /// A reason from a newer agent.
    #[serde(other)]
    Other,
}

impl Declined {
    /// The name in records.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAllowed => "not_allowed",
            Self::Busy => "busy",
            Self::Unknown => "unknown",
            Self::Other => "other",
        }
    }
}

/// Why remote support cannot be started at the machine. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportDeclined {
    /// The panel does not allow the manual launch on this equipment.
    NotAllowed,
    /// Remote support runs already.
    Busy,
    /// The tenant has no provider whose desk could help.
    NoDesk,
    /// Too many starts; try again later.
    TooMany,
    /// A reason from a newer edge.
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use super::{FIRST_PAUSE, FromAgent, LONGEST_PAUSE, ToAgent, longest_pause};
    use crate::agent::AgentReport;

    #[test]
    fn messages_unchanged() {
        let report = AgentReport::parse("tegata 0.1.0", "Linux x86_64", "line-7").unwrap();
        let text = r#"{"type":"hello","software":"tegata 0.1.0","system":"Linux x86_64","host_name":"line-7"}"#;
        let hello = FromAgent::Hello(report);
        assert_eq!(serde_json::to_string(&hello).unwrap(), text);
        assert_eq!(serde_json::from_str::<FromAgent>(text).unwrap(), hello);
    }

    #[test]
    fn pauses_grow_to_two_minutes_and_never_reach_further() {
        assert_eq!(longest_pause(0), FIRST_PAUSE);
        assert_eq!(longest_pause(1), FIRST_PAUSE.saturating_mul(2));
        assert_eq!(longest_pause(5), LONGEST_PAUSE);
        assert_eq!(longest_pause(u32::MAX), LONGEST_PAUSE);
    }

    #[test]
    fn a_kind_of_a_newer_side_is_skipped() {
        let newer = r#"{"type":"dance","steps":3}"#;
        assert_eq!(serde_json::from_str::<FromAgent>(newer).unwrap(), FromAgent::Unknown);
        assert_eq!(serde_json::from_str::<ToAgent>(newer).unwrap(), ToAgent::Unknown);
    }
}

//! The control socket of an agent: what is said on it, as JSON texts. An agent that connects says `hello`, and the edge
//! answers `welcome`; between them, `ping` and `pong` show that the other side is there without waking the object.
//! A kind that a side does not know is skipped, so that either may be newer. docs/agent.md specifies the protocol.

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::time::UnixSeconds;

/// The subprotocol (RFC 6455 section 1.9) of control sockets.
pub const PROTOCOL: &str = "tegata.agent.v1";
/// Largest message an agent may send, in bytes. What is larger ends the socket.
pub const LARGEST: usize = 16 * 1024;
/// Interval of an agent's pings, in seconds.
pub const PING: i64 = 25;
/// After how many seconds without a ping an agent counts as away: two pings were missed.
pub const AWAY_AFTER: i64 = 60;
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

#[cfg(test)]
mod tests {
    use super::{FromAgent, ToAgent};
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
    fn a_kind_of_a_newer_side_is_skipped() {
        let newer = r#"{"type":"dance","steps":3}"#;
        assert_eq!(serde_json::from_str::<FromAgent>(newer).unwrap(), FromAgent::Unknown);
        assert_eq!(serde_json::from_str::<ToAgent>(newer).unwrap(), ToAgent::Unknown);
    }
}

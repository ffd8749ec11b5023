//! What an agent stores: `agent.json`, its enrolment, and `status.json`, what the running agent noted last. The key is
//! stored apart.

use crate::agent::settings::Missing;
use crate::data_dir::Record;
use crate::edge::EdgeUrl;
use crate::error::{Error, chain};
use crate::metadata::Metadata;
use crate::proxy::obstacle::Obstacle;
use crate::tokens::Tokens;
use serde::{Deserialize, Serialize};
use tegata_domain::control::Welcome;
use tegata_domain::slug::Slug;

/// Version of the format; files of other versions are rejected rather than misread.
pub const VERSION: u32 = 1;

/// The enrolment of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentState {
    /// Format version, `VERSION`.
    pub version: u32,
    /// The deployment.
    pub edge: EdgeUrl,
    /// The tenant.
    pub tenant: Slug,
    /// The tenant's endpoints.
    pub metadata: Metadata,
    /// Thumbprint of the key the agent is bound to.
    pub jkt: String,
    /// Whether the edge accepts it.
    pub phase: Phase,
}

/// Whether the edge accepts the agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// It does, as far as is known here.
    Enrolled(Tokens),
    /// It said that it no longer does; kept so that `status` can report it. A new enrolment replaces it.
    Ended {
        /// When this machine learned it, seconds since 1970.
        told_at: u64,
    },
}

impl Record for AgentState {
    const FILE: &'static str = "agent.json";
    const VERSION: u32 = VERSION;

    fn version(&self) -> u32 {
        self.version
    }

    fn jkt(&self) -> &str {
        &self.jkt
    }
}

/// Why an agent is not connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum Trouble {
    /// The edge did not admit the agent, but still accepts its credential: its tenant may be suspended.
    TurnedAway,
    /// Another process has connected with the same credential.
    Replaced,
    /// The connection broke off.
    Lost,
    /// This machine's clock is too far from the edge's.
    Clock {
        /// Local time minus the edge's, in seconds.
        seconds: i64,
    },
    /// Something else.
    Other {
        /// What, for a log.
        detail: String,
    },
    /// Something is in the way to the edge; it has a code of its own.
    #[serde(untagged)]
    Way(Obstacle),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Obstacle(obstacle) => Self::Way(*obstacle),
            Error::Network(error) => Self::Way(Obstacle::Unreachable { detail: chain(&error) }),
            Error::ClockSkew { seconds } => Self::Clock { seconds },
            error => Self::Other { detail: chain(&error) },
        }
    }
}

/// What the running agent noted last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunStatus {
    /// Since when it has been connected, seconds since 1970; `None` while it is not.
    pub connected_since: Option<u64>,
    /// What the edge said when it connected last.
    pub welcome: Option<Welcome>,
    /// Why it is not connected; `None` while it is, and before the first try.
    pub trouble: Option<Trouble>,
    /// When it will try again, seconds since 1970.
    pub next_try_at: Option<u64>,
    /// The remote service is off, and no connection is made (P1).
    #[serde(default)]
    pub off: bool,
    /// The proxy that the process's environment or the system names, as `host:port`.
    #[serde(default)]
    pub found_proxy: Option<String>,
    /// What is missing for remote assistance, as this process sees it (P10).
    #[serde(default)]
    pub missing_for_remote_assistance: Vec<Missing>,
}

#[cfg(test)]
mod tests {
    use super::{AgentState, Phase, Trouble, VERSION};
    use crate::edge::{EdgeUrl, parse_tenant};
    use crate::metadata::Metadata;
    use crate::proxy::obstacle::Obstacle;
    use crate::secret::Secret;
    use crate::tokens::Tokens;

    #[test]
    fn agent_file_format_unchanged() {
        let state = AgentState {
            version: VERSION,
            edge: EdgeUrl::parse("https://edge.example").unwrap(),
            tenant: parse_tenant("aozora").unwrap(),
            metadata: Metadata {
                issuer: "i".to_owned(),
                device_authorization_endpoint: "d".to_owned(),
                token_endpoint: "t".to_owned(),
                revocation_endpoint: "r".to_owned(),
            },
            jkt: "j".to_owned(),
            phase: Phase::Enrolled(Tokens {
                access_token: Secret::new("a"),
                expires_at: 600,
                received_at: Some(0),
                refresh_token: Secret::new("tg_rt_1"),
                scope: Some("agent".to_owned()),
            }),
        };
        let json = concat!(
            r#"{"version":1,"edge":"https://edge.example","tenant":"aozora","metadata":{"issuer":"i","#,
            r#""device_authorization_endpoint":"d","token_endpoint":"t","revocation_endpoint":"r"},"jkt":"j","#,
            r#""phase":{"enrolled":{"access_token":"a","expires_at":600,"received_at":0,"#,
            r#""refresh_token":"tg_rt_1","scope":"agent"}}}"#
        );
        assert_eq!(serde_json::to_string(&state).unwrap(), json);
        assert_eq!(serde_json::from_str::<AgentState>(json).unwrap(), state);
        let ended = Phase::Ended { told_at: 7 };
        assert_eq!(serde_json::to_string(&ended).unwrap(), r#"{"ended":{"told_at":7}}"#);
    }

    #[test]
    fn every_trouble_has_its_code_at_the_same_place() {
        for (trouble, json) in [
            (Trouble::TurnedAway, r#"{"code":"turned_away"}"#),
            (Trouble::Clock { seconds: 3600 }, r#"{"code":"clock","seconds":3600}"#),
            (
                Trouble::Way(Obstacle::Interception {
                    issuer: "Kantor CA".to_owned(),
                }),
                r#"{"code":"interception","issuer":"Kantor CA"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&trouble).unwrap(), json);
            assert_eq!(serde_json::from_str::<Trouble>(json).unwrap(), trouble);
        }
    }
}

//! How other programs on this machine talk to the running agent: a Unix domain socket in its data directory, on Windows a
//! named pipe. Each line is one JSON text, `{"do":"status"}` there and `{"ok":true,"status":{…}}` or
//! `{"ok":false,"error":{"code":…}}` back; docs/agent.md lists them.
//!
//! Here is what is said, and who may say it. `server` answers, `line` bounds what is read, and `unix` or `windows` knows
//! how to listen and who is calling. What the agent does about a request is up to its `Service`.

mod line;
pub mod server;
pub mod settings;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::Listener;
#[cfg(unix)]
use unix::connect;
#[cfg(windows)]
pub use windows::Listener;
#[cfg(windows)]
use windows::connect;

use super::diagnose::Diagnosis;
use super::preflight::Tried;
use super::settings::Missing;
use super::status::Status;
use super::support::Support;
use crate::data_dir::DataDir;
use crate::edge::EdgeUrl;
use crate::error::{Error, chain};
use crate::proxy::obstacle::Obstacle;
use crate::secret::Secret;
use line::Lines;
use serde::{Deserialize, Serialize};
use std::io::{self, ErrorKind};
use std::time::Duration;
use tegata_domain::id::CommandId;
use tegata_domain::slug::Slug;
use tegata_domain::text::ChatText;
use tokio::time::timeout;

/// Who is calling. The operating system says so; nothing in a request does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Caller {
    /// The machine's administrator, or the user that the agent runs as.
    Administrator,
    /// A member of the group that the agent was told to admit.
    Person,
}

/// What a program asks of the agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Request {
    /// The light and what goes with it.
    Status,
    /// Enrols this machine.
    Enrol {
        /// The deployment.
        edge: EdgeUrl,
        /// The tenant.
        tenant: Slug,
        /// The enrolment code.
        code: Secret,
    },
    /// Identifies this machine to a provider (P2). The agent then waits until somebody has accepted the machine.
    Identify {
        /// The deployment.
        edge: EdgeUrl,
        /// The organisation id.
        organization: String,
        /// The verification code.
        verification_code: Secret,
        /// The machine's serial number.
        serial_number: String,
    },
    /// The settings.
    Settings,
    /// Tests the connection.
    Test {
        /// The deployment, before the machine is enrolled.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        edge: Option<EdgeUrl>,
    },
    /// Tries what a session on this machine needs (Z2), and reports it.
    Check,
    /// What people at the machine see of remote support.
    SupportState,
    /// Starts remote support at the machine (K6). `support_state` tells whether it did.
    SupportStart,
    /// Ends remote support, no matter who started it, also while it is still starting.
    SupportEnd,
    /// Writes something that everybody in the session reads (Z5).
    SupportChat {
        /// What.
        text: ChatText,
    },
    /// Accepts a file that is offered to this machine (Z6).
    FileAccept {
        /// The id of the offer.
        id: CommandId,
    },
    /// Declines it.
    FileDecline {
        /// The id of the offer.
        id: CommandId,
    },
    /// Changes the settings.
    Change {
        /// What to change.
        change: settings::Change,
    },
}

impl Request {
    /// Whether `caller` may ask for it: settings need the machine's administrator.
    #[must_use]
    pub fn is_open_to(&self, caller: Caller) -> bool {
        match self {
            Self::Status
            | Self::Settings
            | Self::Test { edge: None }
            | Self::Check
            | Self::SupportState
            | Self::SupportStart
            | Self::SupportEnd
            | Self::SupportChat { .. }
            | Self::FileAccept { .. }
            | Self::FileDecline { .. } => true,
            // Nobody else sends the agent where it would not go by itself.
            Self::Test { edge: Some(_) } | Self::Enrol { .. } | Self::Identify { .. } | Self::Change { .. } => {
                caller == Caller::Administrator
            }
        }
    }

    /// How long the answer may take.
    fn patience(&self) -> Duration {
        Duration::from_secs(match self {
            Self::Status
            | Self::Settings
            | Self::Change { .. }
            | Self::SupportState
            | Self::SupportStart
            | Self::SupportEnd
            | Self::SupportChat { .. }
            | Self::FileAccept { .. }
            | Self::FileDecline { .. } => 10,
            // Each step has its own limit, or is discovery and the token request, with their retries.
            Self::Test { .. } | Self::Check | Self::Enrol { .. } | Self::Identify { .. } => 120,
        })
    }
}

/// What the agent did. The variant's name is the member beside `ok`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The answer to `status`.
    Status(Box<Told>),
    /// The answer to `settings`.
    Settings(Box<settings::Shown>),
    /// The answer to `support_state`.
    Support(Box<Support>),
    /// The answer to `test`.
    Test(Box<Diagnosis>),
    /// The answer to `check`.
    Check(Box<Tried>),
    /// It was done; there is nothing to tell.
    Done {},
}

/// The status, and as whom the caller was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// As whom the caller was taken.
    pub caller: Caller,
    /// The light and what goes with it.
    #[serde(flatten)]
    pub status: Status,
}

/// Why the agent did not do it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Refusal {
    /// It takes the machine's administrator.
    #[error("it takes the machine's administrator")]
    NotAdministrator,
    /// The line is no request.
    #[error("malformed request")]
    Malformed,
    /// This agent cannot do that.
    #[error("this agent cannot do that")]
    Unsupported,
    /// Remote support needs a connection.
    #[error("not connected")]
    NotConnected,
    /// There is no session.
    #[error("no session is open")]
    NoSession,
    /// The line is too long.
    #[error("the request is too long")]
    TooLarge,
    /// The machine is enrolled already.
    #[error("already enrolled")]
    AlreadyEnrolled,
    /// The machine is not enrolled.
    #[error("not enrolled")]
    NotEnrolled,
    /// The value of a field cannot be right.
    #[error("invalid value for {field}")]
    Invalid {
        /// The field.
        field: String,
    },
    /// Something is missing for remote assistance.
    #[error("something is missing for remote assistance")]
    AssistanceNotReady {
        /// What.
        missing: Vec<Missing>,
    },
    /// The enrolment code is unknown, used or replaced.
    #[error("wrong enrolment code")]
    WrongCode,
    /// The enrolment code has expired.
    #[error("expired enrolment code")]
    ExpiredCode,
    /// The organisation id or the verification code is wrong.
    #[error("wrong organisation id or verification code")]
    WrongIdentification,
    /// There were too many wrong tries.
    #[error("too many tries")]
    TooManyTries,
    /// The tenant is not known there.
    #[error("unknown tenant")]
    UnknownTenant,
    /// Something is in the way to the edge.
    #[error("the edge cannot be reached")]
    Obstacle {
        /// What.
        obstacle: Box<Obstacle>,
    },
    /// This machine's clock is too far from the edge's.
    #[error("the clock is {seconds} seconds off")]
    Clock {
        /// Local time minus the edge's, in seconds.
        seconds: i64,
    },
    /// Anything else.
    #[error("{detail}")]
    Failed {
        /// The cause, for a log.
        detail: String,
    },
    /// A reason of a newer agent.
    #[error("a reason that this version does not know")]
    #[serde(other, skip_serializing)]
    Unknown,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::AlreadyRegistered => Self::AlreadyEnrolled,
            Error::NotRegistered | Error::Revoked => Self::NotEnrolled,
            Error::InvalidInput { field } => Self::Invalid {
                field: field.to_owned(),
            },
            Error::AssistanceNotReady { missing } => Self::AssistanceNotReady { missing },
            Error::OAuth(error) if error.error == "invalid_grant" => Self::WrongCode,
            Error::OAuth(error) if error.error == "expired_token" => Self::ExpiredCode,
            Error::Problem(problem) if problem.status == 404 => Self::UnknownTenant,
            Error::Obstacle(obstacle) => Self::Obstacle { obstacle },
            Error::Network(error) => Self::Obstacle {
                obstacle: Box::new(Obstacle::Unreachable { detail: chain(&error) }),
            },
            Error::ClockSkew { seconds } => Self::Clock { seconds },
            error => Self::Failed { detail: chain(&error) },
        }
    }
}

/// An answer on the wire.
#[derive(Debug, Serialize, Deserialize)]
struct Reply {
    ok: bool,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    answer: Option<Answer>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<Refusal>,
}

impl From<Result<Answer, Refusal>> for Reply {
    fn from(result: Result<Answer, Refusal>) -> Self {
        Self {
            ok: result.is_ok(),
            error: result.as_ref().err().cloned(),
            answer: result.ok(),
        }
    }
}

impl Reply {
    fn into_result(self) -> Result<Answer, Refusal> {
        match self {
            Self {
                ok: true,
                answer: Some(answer),
                ..
            } => Ok(answer),
            Self { error, .. } => Err(error.unwrap_or(Refusal::Unknown)),
        }
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// No agent runs on this data directory.
    #[error("the agent is not running")]
    NotRunning,
    /// An agent may run, but does not admit this user.
    #[error("this user is not admitted")]
    NotAdmitted,
    /// The agent said why not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The conversation broke off, or took too long.
    #[error(transparent)]
    Broken(#[from] io::Error),
}

/// Asks the agent that runs on this data directory.
pub async fn ask(data_dir: &DataDir, request: &Request) -> Result<Answer, AskError> {
    let stream = connect(data_dir).await.map_err(|error| match error.kind() {
        // The socket of a process that was killed is still there, but nobody listens.
        ErrorKind::NotFound | ErrorKind::ConnectionRefused => AskError::NotRunning,
        ErrorKind::PermissionDenied => AskError::NotAdmitted,
        _ => AskError::Broken(error),
    })?;
    let mut lines = Lines::new(stream);
    let answered = timeout(request.patience(), async {
        lines.write(request).await?;
        lines.read().await
    });
    let line = answered.await.map_err(io::Error::from)??;
    let line = line.ok_or_else(|| io::Error::from(ErrorKind::UnexpectedEof))?;
    let reply: Reply = serde_json::from_slice(&line).map_err(io::Error::from)?;
    Ok(reply.into_result()?)
}

#[cfg(test)]
mod tests {
    use super::settings::Change;
    use super::{Answer, Caller, Refusal, Reply, Request, Told};
    use crate::agent::status::{Enrolment, Light, Status};
    use crate::edge::{EdgeUrl, parse_tenant};
    use crate::secret::Secret;
    use tegata_domain::id::CommandId;
    use tegata_domain::text::ChatText;

    fn written(result: Result<Answer, Refusal>) -> String {
        let text = serde_json::to_string(&Reply::from(result.clone())).unwrap();
        let read: Reply = serde_json::from_str(&text).unwrap();
        assert_eq!(read.into_result(), result, "{text}");
        text
    }

    #[test]
    fn messages_unchanged() {
        let enrol = Request::Enrol {
            edge: EdgeUrl::parse("https://edge.example").unwrap(),
            tenant: parse_tenant("aozora").unwrap(),
            code: Secret::new("tg_enr_x"),
        };
        let identify = Request::Identify {
            edge: EdgeUrl::parse("https://edge.example").unwrap(),
            organization: "12345678".to_owned(),
            verification_code: Secret::new("ABCDE-23456"),
            serial_number: "SN-0007".to_owned(),
        };
        for (request, text) in [
            (
                identify,
                concat!(
                    r#"{"do":"identify","edge":"https://edge.example","organization":"12345678","#,
                    r#""verification_code":"ABCDE-23456","serial_number":"SN-0007"}"#
                ),
            ),
            (Request::Status, r#"{"do":"status"}"#),
            (Request::Settings, r#"{"do":"settings"}"#),
            (Request::Test { edge: None }, r#"{"do":"test"}"#),
            (Request::Check, r#"{"do":"check"}"#),
            (Request::SupportState, r#"{"do":"support_state"}"#),
            (Request::SupportStart, r#"{"do":"support_start"}"#),
            (Request::SupportEnd, r#"{"do":"support_end"}"#),
            (
                Request::SupportChat {
                    text: ChatText::parse("こんにちは").unwrap(),
                },
                r#"{"do":"support_chat","text":"こんにちは"}"#,
            ),
            (
                Request::FileAccept {
                    id: CommandId::parse("AAECAwQFBgcICQoLDA0ODw").unwrap(),
                },
                r#"{"do":"file_accept","id":"AAECAwQFBgcICQoLDA0ODw"}"#,
            ),
            (
                Request::FileDecline {
                    id: CommandId::parse("AAECAwQFBgcICQoLDA0ODw").unwrap(),
                },
                r#"{"do":"file_decline","id":"AAECAwQFBgcICQoLDA0ODw"}"#,
            ),
            (
                Request::Change {
                    change: Change::RemoteAssistance(true),
                },
                r#"{"do":"change","change":{"remote_assistance":true}}"#,
            ),
            (
                enrol,
                r#"{"do":"enrol","edge":"https://edge.example","tenant":"aozora","code":"tg_enr_x"}"#,
            ),
        ] {
            assert_eq!(serde_json::to_string(&request).unwrap(), text);
            assert_eq!(serde_json::from_str::<Request>(text).unwrap(), request);
        }
        assert_eq!(
            written(Ok(Answer::Support(Box::default()))),
            r#"{"ok":true,"support":{"phase":"idle"}}"#
        );
        assert_eq!(written(Ok(Answer::Done {})), r#"{"ok":true,"done":{}}"#);
        assert_eq!(
            written(Err(Refusal::NotAdministrator)),
            r#"{"ok":false,"error":{"code":"not_administrator"}}"#
        );
        let status = Status {
            light: Light::Stopped,
            ..Status::unenrolled()
        };
        let told = Told {
            caller: Caller::Person,
            status,
        };
        let text = written(Ok(Answer::Status(Box::new(told))));
        assert!(
            text.starts_with(r#"{"ok":true,"status":{"caller":"person","state":"not_enrolled""#),
            "{text}"
        );
        assert_eq!(Status::unenrolled().state, Enrolment::NotEnrolled);
    }

    #[test]
    fn a_reason_of_a_newer_agent_is_a_refusal_all_the_same() {
        let reply: Reply = serde_json::from_str(r#"{"ok":false,"error":{"code":"tired","since":3}}"#).unwrap();
        assert_eq!(reply.into_result(), Err(Refusal::Unknown));
        let reply: Reply = serde_json::from_str(r#"{"ok":true,"newer":{}}"#).unwrap();
        assert_eq!(reply.into_result(), Err(Refusal::Unknown));
    }

    #[test]
    fn codes_are_for_the_administrator_and_do_not_get_into_a_log() {
        let edge = EdgeUrl::parse("https://edge.example").unwrap();
        for (request, code) in [
            (
                Request::Enrol {
                    edge: edge.clone(),
                    tenant: parse_tenant("aozora").unwrap(),
                    code: Secret::new("tg_enr_x"),
                },
                "tg_enr_x",
            ),
            (
                Request::Identify {
                    edge,
                    organization: "12345678".to_owned(),
                    verification_code: Secret::new("ABCDE-23456"),
                    serial_number: "SN-0007".to_owned(),
                },
                "ABCDE",
            ),
        ] {
            assert!(!format!("{request:?}").contains(code));
            assert!(!request.is_open_to(Caller::Person) && request.is_open_to(Caller::Administrator));
        }
        assert!(Request::Status.is_open_to(Caller::Person) && Request::Settings.is_open_to(Caller::Person));
        let edge = Some(EdgeUrl::parse("https://edge.example").unwrap());
        assert!(!Request::Test { edge }.is_open_to(Caller::Person));
        for anybodys in [Request::SupportState, Request::SupportStart, Request::SupportEnd] {
            assert!(anybodys.is_open_to(Caller::Person), "{anybodys:?}");
        }
        assert!(Request::Test { edge: None }.is_open_to(Caller::Person));
        let change = Change::RemoteService(true);
        assert!(!Request::Change { change }.is_open_to(Caller::Person));
    }
}

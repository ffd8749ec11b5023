//! The agent: the program on a piece of equipment that keeps one connection to its tenant (design, "Remote support").
//! It is let in by an enrolment code, which works once and expires, and holds a key that never leaves its machine.

use serde::{Deserialize, Serialize};

use crate::error::FieldError;
use crate::id::{AgentId, EquipmentId};
use crate::jwk::Thumbprint;
use crate::refresh::RefreshFamily;
use crate::secret::{HashedSecret, PlainEnrolmentCode};
use crate::text::{HostName, SoftwareVersion, SystemName};
use crate::time::UnixSeconds;

/// The OAuth client of every agent.
pub const CLIENT_AGENT: &str = "agent";
/// Lifetime of an enrolment code in seconds, unless its issuer chooses another: a day.
pub const CODE_LIFE: i64 = 24 * 3600;
/// Shortest lifetime of an enrolment code, in seconds.
pub const SHORTEST_CODE_LIFE: i64 = 60;
/// Longest lifetime of an enrolment code, in seconds: a week.
pub const LONGEST_CODE_LIFE: i64 = 7 * CODE_LIFE;
/// For how long the machine that used a code gets another answer to the same request, in seconds.
pub const ENROL_RETRY_WINDOW: i64 = 600;

/// What an agent tells of itself. Nobody has checked it: it helps people to recognise the machine, and decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentReport {
    /// The version of its software.
    pub software: SoftwareVersion,
    /// The operating system.
    pub system: SystemName,
    /// The machine's host name.
    pub host_name: HostName,
}

impl AgentReport {
    /// Parses the three texts.
    ///
    /// # Errors
    /// [`FieldError`] on the first that is empty, too long, or contains characters that are not meant to be read.
    pub fn parse(software: &str, system: &str, host_name: &str) -> Result<Self, FieldError> {
        Ok(Self {
            software: SoftwareVersion::parse(software)?,
            system: SystemName::parse(system)?,
            host_name: HostName::parse(host_name)?,
        })
    }
}

/// An enrolment code that was issued for a piece of equipment. Only its hash is stored. There is one for each piece of
/// equipment: a new code ends the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The equipment whose agent may use it.
    pub equipment: EquipmentId,
    /// The hash of the code.
    pub hash: HashedSecret,
    /// Expiry time.
    pub expires_at: UnixSeconds,
    /// The agent that used it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_by: Option<AgentId>,
    /// Thumbprint of the only key that may use it, if it was issued to a machine that had proved one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jkt: Option<Thumbprint>,
}

/// What an enrolment code is good for at some moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeUse {
    /// It lets an agent in.
    First,
    /// An agent has used it; the same machine may ask again for an answer that was lost.
    Again(AgentId),
    /// It has expired.
    Expired,
}

impl Enrolment {
    /// What the code is good for at `now`.
    #[must_use]
    pub fn usable(&self, now: UnixSeconds) -> CodeUse {
        match &self.used_by {
            Some(agent) => CodeUse::Again(agent.clone()),
            None if now < self.expires_at => CodeUse::First,
            None => CodeUse::Expired,
        }
    }
}

/// An enrolment code as its issuer sees it, once.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentIssued {
    /// The code, for `tegata agent enrol`. It works once and is not shown again.
    pub code: PlainEnrolmentCode,
    /// Expiry time.
    pub expires_at: UnixSeconds,
}

/// Why an agent is no longer accepted. Stored by name; names are never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgentEnd {
    /// An administrator ended it.
    Revoked,
    /// A spent refresh token was presented again: two machines hold the same credential.
    Cloned,
    /// Another agent was enrolled for the equipment.
    Replaced,
    /// The equipment was retired.
    Retired,
    /// The agent gave its credential back, as when it is uninstalled.
    GivenBack,
}

impl AgentEnd {
    /// The outcome in the audit log.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Revoked => "revoked",
            Self::Cloned => "refresh_token_reused",
            Self::Replaced => "replaced",
            Self::Retired => "retired",
            Self::GivenBack => "given_back",
        }
    }
}

/// An enrolled agent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agent {
    /// The agent's id.
    pub id: AgentId,
    /// The equipment it runs on.
    pub equipment: EquipmentId,
    /// Thumbprint of its key. Every token is bound to it.
    pub jkt: Thumbprint,
    /// What it told of itself last.
    pub report: AgentReport,
    /// Time of enrolment.
    pub enrolled_at: UnixSeconds,
    /// When its last connection began, or ended if the edge noticed that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<UnixSeconds>,
    /// When and why it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<(UnixSeconds, AgentEnd)>,
    /// Whether the machine's own administrator allows remote assistance (P10). It is not, until the agent has said so.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub remote_assistance: bool,
    /// Its refresh tokens.
    pub refresh: RefreshFamily,
}

impl Agent {
    /// Whether it may connect and get tokens.
    #[must_use]
    pub const fn is_accepted(&self) -> bool {
        self.ended.is_none()
    }
}

/// The agent of a piece of equipment, as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgentView {
    /// The agent's id.
    pub id: AgentId,
    /// Thumbprint of its key.
    pub jkt: Thumbprint,
    /// What it told of itself last.
    pub report: AgentReport,
    /// Time of enrolment.
    pub enrolled_at: UnixSeconds,
    /// Since when it has been connected; null if it is not.
    pub connected_since: Option<UnixSeconds>,
    /// When its last connection began, or ended if the edge noticed that; null if it never connected.
    pub seen_at: Option<UnixSeconds>,
    /// Why it is no longer accepted; null while it is.
    pub ended: Option<AgentEnd>,
    /// When it ended.
    pub ended_at: Option<UnixSeconds>,
    /// Whether the machine's own administrator allows remote assistance (P10), as the agent last said.
    pub remote_assistance: bool,
}

impl Agent {
    /// The agent as people see it, connected since the given time.
    #[must_use]
    pub fn view(&self, connected_since: Option<UnixSeconds>) -> AgentView {
        AgentView {
            id: self.id.clone(),
            jkt: self.jkt.clone(),
            report: self.report.clone(),
            enrolled_at: self.enrolled_at,
            connected_since: connected_since.filter(|_| self.is_accepted()),
            seen_at: self.seen_at,
            ended: self.ended.map(|(_, why)| why),
            ended_at: self.ended.map(|(at, _)| at),
            remote_assistance: self.remote_assistance,
        }
    }
}

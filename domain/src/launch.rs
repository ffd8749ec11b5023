//! A launch: remote support on one piece of equipment, from the request to the end (K6 to K9). This file defines the
//! record and its states, `moves` how it gets from one to the next, and [`statement`] the text that an approver consents
//! to. A launch that the desk requests waits for an approval; one that somebody at the machine starts carries that
//! person's consent with it.

mod moves;
mod obstacle;
mod request;
mod statement;
mod step;
mod view;

use serde::{Deserialize, Serialize};

use crate::approval::{Approval, ApprovalState};
use crate::email::EmailAddress;
use crate::equipment::SerialNumber;
use crate::id::{AgentId, ApprovalId, CommandId, EquipmentId, LaunchId, UserId};
use crate::question::Asker;
use crate::receipt::ReceiptLaunch;
use crate::session::{Ability, SessionEnd, SessionNote, SessionNumber};
use crate::slug::Slug;
use crate::text::{EquipmentName, EquipmentPlace, OrganizationName, PersonName, Reason};
use crate::time::UnixSeconds;

pub use moves::Moved;
pub use obstacle::{Obstacle, obstacle};
pub use request::{NewLaunch, Terms};
pub use statement::statement;
pub use step::{Step, StepKind};
pub use view::{DeskLaunch, LaunchView};

/// Shortest and longest granted period, in seconds: a quarter of an hour to a day.
pub const PERIOD: core::ops::RangeInclusive<i64> = 15 * 60..=24 * 3600;
/// The usual granted period, in seconds: two hours.
pub const USUAL_PERIOD: i64 = 2 * 3600;
/// How far ahead a start can be agreed, in seconds: 90 days.
pub const FARTHEST_START: i64 = 90 * 24 * 3600;
/// For how long an agent that was told to start may stay silent, in seconds. After that, the launch is approved as before.
pub const CONFIRM_WITHIN: i64 = 60;
/// How long the ID and the password of a launch at the machine are good for while nobody has joined, in seconds.
pub const OFFER_LIFE: i64 = 30 * 60;
/// How long a session that was started at the machine may last, in seconds.
pub const MANUAL_LIFE: i64 = 8 * 3600;
/// Maximum number of steps that a launch keeps for its timeline; the audit log has all of them.
const MOST_STEPS: usize = 100;

/// How a launch came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The desk requests it, and the customer's administrators answer (K7).
    Desk {
        /// The member of the desk's staff who asks.
        asked_by: Asker,
        /// Why.
        reason: Reason,
        /// The approval.
        approval: ApprovalId,
    },
    /// Somebody at the machine starts it (K6). Being there and pressing the button is the consent.
    Machine {
        /// The agent on which the button was pressed.
        agent: AgentId,
        /// The id under which the agent asked, so that asking again starts nothing else.
        command: CommandId,
        /// The signed receipt of the consent.
        receipt: String,
        /// Whether somebody has joined, which makes the offer a session.
        joined: bool,
    },
}

/// The granted period, in absolute times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Granted {
    /// Start: the later of the approval and the agreed start.
    pub from: UnixSeconds,
    /// End.
    pub until: UnixSeconds,
}

impl Granted {
    /// The period of `period` seconds that an approval at `approved_at` grants, with an agreed start if there is one.
    #[must_use]
    pub fn of(period: i64, starts_at: Option<UnixSeconds>, approved_at: UnixSeconds) -> Self {
        let from = starts_at.map_or(approved_at, |start| start.max(approved_at));
        Self {
            from,
            until: from.plus(period),
        }
    }
}

/// The member of the desk's staff who executes a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Executor {
    /// The user's id, at the provider.
    pub user: UserId,
    /// The person's name at the time.
    pub name: PersonName,
    /// The person's mail address at the time.
    pub email: Option<EmailAddress>,
}

/// One execution of a launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Execution {
    /// The command to the agent.
    pub command: CommandId,
    /// The agent.
    pub agent: AgentId,
    /// Who executes it; absent for a start at the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Executor>,
    /// Time of the execution.
    pub at: UnixSeconds,
    /// When the agent confirmed that it has started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<UnixSeconds>,
    /// The session's number, once the agent has confirmed. It may turn out to be taken, and is then replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<SessionNumber>,
    /// ID of the link key that the session's password is derived from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    /// When the session's object claimed the number: from then on the launch runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running_at: Option<UnixSeconds>,
}

/// How a launch ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LaunchEnded {
    /// When.
    pub at: UnixSeconds,
    /// Why.
    pub why: SessionEnd,
    /// The person's name, if a person ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// A launch as stored by the customer's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launch {
    /// The launch's id.
    pub id: LaunchId,
    /// The equipment.
    pub equipment: EquipmentId,
    /// Its name at the time of the request.
    pub equipment_name: EquipmentName,
    /// Its serial number at that time.
    pub serial_number: SerialNumber,
    /// Where it stood at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<EquipmentPlace>,
    /// The provider whose desk helps.
    pub provider: Slug,
    /// Its name at the time.
    pub provider_name: OrganizationName,
    /// How it came about.
    pub origin: Origin,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// The period, in seconds.
    pub period: i64,
    /// The earliest start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<UnixSeconds>,
    /// The launch that it extends. Its approval moves the end of that one's period, and nothing else follows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<LaunchId>,
    /// The launch that ends when this one is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<LaunchId>,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// The granted period, once it was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted: Option<Granted>,
    /// The execution, while it executes or runs, and the last one after the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub execution: Option<Execution>,
    /// The person who wanted to execute it while the machine was away, and is told when it returns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awaited_by: Option<UserId>,
    /// Whether they were told of its return since they tried last: a machine may come and go many times.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub told_of_return: bool,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<LaunchEnded>,
    /// What the desk says of it afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<SessionNote>,
    /// The timeline.
    pub steps: Vec<Step>,
    /// The number of the last report of the session that was taken.
    #[serde(default)]
    pub reported: i64,
    /// Incremented with each change, so that copies can be kept in order.
    pub version: i64,
}

/// The state of a launch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LaunchState {
    /// Waiting for the administrators' answer.
    Requested,
    /// Approved; the desk can execute it during the granted period.
    Approved,
    /// The agent was told to start, and has not confirmed yet.
    Executing,
    /// The session can be joined.
    Running,
    /// The session has ended.
    Ended,
    /// Refused.
    Refused,
    /// Nobody answered in time, or the granted period passed without a session.
    Expired,
    /// The desk withdrew the request.
    Withdrawn,
}

impl LaunchState {
    /// Whether it was approved and is not over.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        matches!(self, Self::Approved | Self::Executing | Self::Running)
    }

    /// The name in records and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Executing => "executing",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Launch {
    /// The state at `now`, with the `approval` of a launch that the desk requested.
    #[must_use]
    pub fn state(&self, approval: Option<&Approval>, now: UnixSeconds) -> LaunchState {
        if self.ended.is_some() {
            return match &self.execution {
                Some(_) => LaunchState::Ended,
                None => LaunchState::Expired,
            };
        }
        if self.extends.is_some() && self.granted.is_some() {
            return LaunchState::Ended;
        }
        if let Some(execution) = &self.execution {
            return match execution.running_at {
                Some(_) => LaunchState::Running,
                None => LaunchState::Executing,
            };
        }
        match (&self.granted, approval.map(|approval| approval.state(now))) {
            (Some(granted), _) if now < granted.until => LaunchState::Approved,
            (Some(_), _) | (None, None | Some(ApprovalState::Expired)) => LaunchState::Expired,
            (None, Some(ApprovalState::Open)) => LaunchState::Requested,
            (None, Some(ApprovalState::Withdrawn)) => LaunchState::Withdrawn,
            (None, Some(ApprovalState::Decided)) => LaunchState::Refused,
        }
    }

    /// The approval, if the desk requested the launch.
    #[must_use]
    pub const fn approval(&self) -> Option<&ApprovalId> {
        match &self.origin {
            Origin::Desk { approval, .. } => Some(approval),
            Origin::Machine { .. } => None,
        }
    }

    /// The name of a member of the desk's staff who asked for it or executed it last.
    #[must_use]
    pub fn person(&self, user: &UserId) -> Option<&PersonName> {
        let asked = match &self.origin {
            Origin::Desk { asked_by, .. } => Some((&asked_by.user, &asked_by.name)),
            Origin::Machine { .. } => None,
        };
        let by = self.execution.as_ref().and_then(|execution| execution.by.as_ref());
        let mut known = asked.into_iter().chain(by.map(|by| (&by.user, &by.name)));
        known.find(|(known, _)| *known == user).map(|(_, name)| name)
    }

    /// Adds a step to the timeline. When it is full, later steps are in the audit log only, but for the end.
    pub fn step(&mut self, at: UnixSeconds, what: StepKind, by: Option<&str>, detail: Option<&str>) {
        self.version = self.version.saturating_add(1);
        if self.steps.len() >= MOST_STEPS && what != StepKind::Ended {
            return;
        }
        self.steps.push(Step {
            at,
            what,
            by: by.map(str::to_owned),
            detail: detail.map(str::to_owned),
        });
    }

    /// Whether it can be executed at `now`; `None` if its state does not allow it, and then the obstacle if there is one.
    #[must_use]
    pub fn executable(&self, approval: Option<&Approval>, now: UnixSeconds) -> Option<Result<Granted, Obstacle>> {
        if self.state(approval, now) != LaunchState::Approved {
            return None;
        }
        let granted = self.granted?;
        Some(if now < granted.from {
            Err(Obstacle::TooEarly)
        } else {
            Ok(granted)
        })
    }

    /// What its receipts say of it.
    #[must_use]
    pub fn in_receipt(&self) -> ReceiptLaunch {
        ReceiptLaunch {
            equipment: self.equipment.clone(),
            name: self.equipment_name.to_string(),
            serial_number: self.serial_number.to_string(),
            abilities: self.abilities.clone(),
            period: self.period,
            starts_at: self.starts_at,
            granted: self.granted,
        }
    }

    /// The session's number, once the launch runs, and after its end.
    #[must_use]
    pub fn session(&self) -> Option<&SessionNumber> {
        let execution = self.execution.as_ref()?;
        execution.running_at.and(execution.number.as_ref())
    }

    /// When it needs attention next: the deadline of its answer, of its agent's confirmation, of its period, or of an
    /// offer that nobody has taken. `None` once it is over.
    #[must_use]
    pub fn due(&self, approval: Option<&Approval>, now: UnixSeconds) -> Option<UnixSeconds> {
        let until = self.granted.map(|granted| granted.until);
        let due = match self.state(approval, now) {
            LaunchState::Requested => approval.map(|approval| approval.expires_at),
            LaunchState::Executing => {
                let execution = self.execution.as_ref()?;
                match execution.started_at {
                    None => Some(execution.at.plus(CONFIRM_WITHIN)),
                    Some(_) => until,
                }
            }
            LaunchState::Approved | LaunchState::Running => until,
            LaunchState::Ended | LaunchState::Refused | LaunchState::Expired | LaunchState::Withdrawn => None,
        }?;
        Some(match self.origin {
            Origin::Machine { joined: false, .. } => due.min(self.requested_at.plus(OFFER_LIFE)),
            Origin::Machine { .. } | Origin::Desk { .. } => due,
        })
    }
}

#[cfg(test)]
mod tests;

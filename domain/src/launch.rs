//! A launch: remote support on one piece of equipment, from the request to the end (K6 to K9). This file defines the
//! record, its states and who may move it; [`statement`] is the text that an approver consents to. A launch that the
//! desk requests waits for an approval; one that somebody at the machine starts carries that person's consent with it.

mod statement;

use serde::{Deserialize, Serialize};

use crate::agent::Agent;
use crate::approval::{Approval, ApprovalState, Decision, Outcome};
use crate::control::Declined;
use crate::email::EmailAddress;
use crate::equipment::{Equipment, EquipmentState, SerialNumber};
use crate::error::FieldError;
use crate::id::{AgentId, ApprovalId, CommandId, EquipmentId, LaunchId, UserId};
use crate::question::Asker;
use crate::session::{Ability, SessionEnd, SessionNumber};
use crate::slug::Slug;
use crate::text::{EquipmentName, EquipmentPlace, OrganizationName, PersonName, Reason};
use crate::time::UnixSeconds;

pub use statement::statement;

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

/// A request of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewLaunch {
    /// The equipment.
    pub equipment: EquipmentId,
    /// Why; the administrators read it before they answer.
    pub reason: Reason,
    /// The period to be granted, in seconds: 15 minutes to a day. The default is two hours.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 900, maximum = 86_400))]
    pub period: Option<i64>,
    /// The earliest start; absent for a start as soon as it is approved.
    #[serde(default)]
    pub starts_at: Option<UnixSeconds>,
    /// What the desk needs to do. The default is everything. An extension has what its launch has.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_items = 1, max_items = 3))]
    pub abilities: Option<Vec<Ability>>,
    /// The launch on the same equipment whose period is to be extended, while it is approved, executes or runs.
    #[serde(default)]
    pub extends: Option<LaunchId>,
}

/// What a request asks for, after validation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The period, in seconds.
    pub period: i64,
    /// The earliest start.
    pub starts_at: Option<UnixSeconds>,
    /// What the desk can do, sorted, each once.
    pub abilities: Vec<Ability>,
    /// Until when the request can be answered.
    pub answer_by: UnixSeconds,
}

impl NewLaunch {
    /// Validates the request. An approval waits at most `approval_life` seconds, and no longer than the period that it
    /// is about.
    ///
    /// # Errors
    /// [`FieldError`] naming the first wrong member.
    pub fn terms(&self, approval_life: i64, now: UnixSeconds) -> Result<Terms, FieldError> {
        let period = self.period.unwrap_or(USUAL_PERIOD);
        if !PERIOD.contains(&period) {
            return Err(FieldError::new("period", "must be between 15 minutes and 24 hours"));
        }
        if self.starts_at.is_some() && self.extends.is_some() {
            return Err(FieldError::new("starts_at", "must be absent from an extension"));
        }
        if let Some(start) = self.starts_at
            && !(0..=FARTHEST_START).contains(&start.since(now))
        {
            return Err(FieldError::new("starts_at", "must be in the next 90 days"));
        }
        let mut abilities = self.abilities.clone().unwrap_or_else(|| Ability::ALL.to_vec());
        abilities.sort_unstable();
        abilities.dedup();
        if abilities.is_empty() {
            return Err(FieldError::new("abilities", "must name at least one ability"));
        }
        let waits = now.plus(approval_life);
        let answer_by = match self.starts_at {
            Some(start) => waits.max(start).min(start.plus(period)),
            None => waits,
        };
        Ok(Terms {
            period,
            starts_at: self.starts_at,
            abilities,
            answer_by,
        })
    }
}

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

/// What happened, for the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The desk requested it.
    Requested,
    /// Somebody at the machine started it.
    Offered,
    /// An administrator approved.
    Approved,
    /// An administrator refused.
    Refused,
    /// The desk withdrew the request.
    Withdrawn,
    /// The desk executed it.
    Executed,
    /// The desk wanted to execute it, but the machine was not connected.
    MachineAway,
    /// The machine is connected again.
    MachineBack,
    /// The agent confirmed that it has started.
    Started,
    /// The agent did not start.
    Declined,
    /// The agent did not answer in time.
    Unconfirmed,
    /// ID and password were issued.
    Issued,
    /// A member of the desk's staff joined the session.
    Joined,
    /// A member of the desk's staff left the session.
    Left,
    /// Too many wrong passwords: joining is locked.
    Locked,
    /// The desk looked at the machine's state or its log files.
    Diagnostics,
    /// The desk restarted the software.
    RestartSoftware,
    /// The desk restarted the machine.
    RestartMachine,
    /// An administrator approved more time.
    Extended,
    /// It ended.
    Ended,
}

/// One step of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// When.
    pub at: UnixSeconds,
    /// What.
    pub what: StepKind,
    /// The person's name, if a person did it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// How it went, or what it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
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
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<LaunchEnded>,
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

/// Why a launch cannot be requested or executed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// The customer's panel does not allow remote assistance on the equipment (P10).
    RemoteAssistanceOff,
    /// The machine's own administrator does not allow it (P10).
    MachineForbids,
    /// No agent is enrolled on the equipment.
    NoAgent,
    /// The agent is not connected.
    MachineAway,
    /// The agreed start has not come.
    TooEarly,
    /// Another launch is executing or running on the equipment.
    MachineBusy,
}

impl Obstacle {
    /// The code of the problem document.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::RemoteAssistanceOff => "remote-assistance-off",
            Self::MachineForbids => "machine-forbids",
            Self::NoAgent => "no-agent",
            Self::MachineAway => "machine-away",
            Self::TooEarly => "too-early",
            Self::MachineBusy => "machine-busy",
        }
    }
}

/// What stands in the way of remote assistance on `equipment` with `agent`, apart from its connection.
#[must_use]
pub fn obstacle(equipment: &Equipment, agent: Option<&Agent>) -> Option<Obstacle> {
    let agent = agent.filter(|agent| agent.is_accepted());
    match agent {
        _ if equipment.state() != EquipmentState::Active || !equipment.remote_assistance => {
            Some(Obstacle::RemoteAssistanceOff)
        }
        None => Some(Obstacle::NoAgent),
        Some(agent) if !agent.remote_assistance => Some(Obstacle::MachineForbids),
        Some(_) => None,
    }
}

/// The effect of a step on the launch: what has to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// It changed.
    Yes,
    /// It is in another state; nothing changed.
    No,
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

    /// Takes the decision that settled the approval.
    pub fn decided(&mut self, decision: &Decision) {
        let what = match decision.outcome {
            Outcome::Approved => StepKind::Approved,
            Outcome::Refused => StepKind::Refused,
        };
        if decision.outcome == Outcome::Approved {
            self.granted = Some(Granted::of(self.period, self.starts_at, decision.at));
        }
        let reason = decision.reason.as_ref().map(Reason::as_str);
        self.step(decision.at, what, Some(decision.name.as_str()), reason);
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

    /// Begins an execution, which the agent has to confirm.
    pub fn execute(&mut self, command: CommandId, agent: AgentId, by: Executor, now: UnixSeconds) {
        self.step(now, StepKind::Executed, Some(by.name.as_str()), None);
        self.awaited_by = None;
        self.execution = Some(Execution {
            command,
            agent,
            by: Some(by),
            at: now,
            started_at: None,
            number: None,
            kid: None,
            running_at: None,
        });
    }

    /// The execution that waits for the answer to `command`.
    fn waiting(&mut self, command: &CommandId) -> Option<&mut Execution> {
        let open = self.ended.is_none();
        self.execution
            .as_mut()
            .filter(|execution| open && execution.command == *command && execution.started_at.is_none())
    }

    /// The agent has confirmed `command`. The session gets the number `number`, and its password the link key `kid`.
    pub fn started(&mut self, command: &CommandId, number: SessionNumber, kid: &str, now: UnixSeconds) -> Moved {
        let Some(execution) = self.waiting(command) else {
            return Moved::No;
        };
        execution.started_at = Some(now);
        execution.number = Some(number);
        execution.kid = Some(kid.to_owned());
        self.step(now, StepKind::Started, None, None);
        Moved::Yes
    }

    /// The agent does not carry out `command`: the launch is approved as before.
    pub fn declined(&mut self, command: &CommandId, why: Declined, now: UnixSeconds) -> Moved {
        if self.waiting(command).is_none() {
            return Moved::No;
        }
        self.execution = None;
        self.step(now, StepKind::Declined, None, Some(why.name()));
        Moved::Yes
    }

    /// The agent has stayed silent until `now`: the launch is approved as before. Returns the command, if it is too late
    /// for it.
    pub fn unconfirmed(&mut self, now: UnixSeconds) -> Option<CommandId> {
        let execution = self.execution.as_ref()?;
        let silent = execution.started_at.is_none() && now.since(execution.at) >= CONFIRM_WITHIN;
        if self.ended.is_some() || !silent {
            return None;
        }
        let command = execution.command.clone();
        self.execution = None;
        self.step(now, StepKind::Unconfirmed, None, None);
        Some(command)
    }

    /// Another session has the number: the next try gets `number`.
    pub fn renumber(&mut self, taken: &SessionNumber, number: SessionNumber) -> Moved {
        match self.execution.as_mut() {
            Some(execution) if execution.number.as_ref() == Some(taken) && execution.running_at.is_none() => {
                execution.number = Some(number);
                self.version = self.version.saturating_add(1);
                Moved::Yes
            }
            _ => Moved::No,
        }
    }

    /// The session's object has claimed `number`: the launch runs.
    pub fn runs(&mut self, number: &SessionNumber, now: UnixSeconds) -> Moved {
        match self.execution.as_mut() {
            Some(execution)
                if self.ended.is_none()
                    && execution.number.as_ref() == Some(number)
                    && execution.running_at.is_none() =>
            {
                execution.running_at = Some(now);
                self.step(now, StepKind::Issued, None, None);
                Moved::Yes
            }
            _ => Moved::No,
        }
    }

    /// Moves the end of the granted period to `until`, as the approval of an extension has granted it. Nothing that is
    /// over is extended.
    pub fn extend(&mut self, until: UnixSeconds, by: &str, approval: Option<&Approval>, now: UnixSeconds) -> Moved {
        let alive = matches!(
            self.state(approval, now),
            LaunchState::Approved | LaunchState::Executing | LaunchState::Running
        );
        let extensible = |granted: &&mut Granted| alive && now < granted.until && granted.until < until;
        let Some(granted) = self.granted.as_mut().filter(extensible) else {
            return Moved::No;
        };
        granted.until = until;
        self.step(now, StepKind::Extended, Some(by), None);
        Moved::Yes
    }

    /// Ends it. Returns whether it had not ended before.
    pub fn end(&mut self, why: SessionEnd, by: Option<&str>, now: UnixSeconds) -> Moved {
        if self.ended.is_some() {
            return Moved::No;
        }
        self.ended = Some(LaunchEnded {
            at: now,
            why,
            by: by.map(str::to_owned),
        });
        self.step(now, StepKind::Ended, by, Some(why.name()));
        Moved::Yes
    }

    /// The session's number, once the launch runs, and after its end.
    #[must_use]
    pub fn session(&self) -> Option<&SessionNumber> {
        let execution = self.execution.as_ref()?;
        execution.running_at.and(execution.number.as_ref())
    }

    /// When it needs attention next: the deadline of its answer, of its agent's confirmation, or of its period. `None`
    /// once it is over.
    #[must_use]
    pub fn due(&self, approval: Option<&Approval>, now: UnixSeconds) -> Option<UnixSeconds> {
        match self.state(approval, now) {
            LaunchState::Requested => approval.map(|approval| approval.expires_at),
            LaunchState::Executing => {
                let execution = self.execution.as_ref()?;
                let until = self.granted.map(|granted| granted.until);
                match execution.started_at {
                    None => Some(execution.at.plus(CONFIRM_WITHIN)),
                    Some(_) => until,
                }
            }
            LaunchState::Approved | LaunchState::Running => self.granted.map(|granted| granted.until),
            LaunchState::Ended | LaunchState::Refused | LaunchState::Expired | LaunchState::Withdrawn => None,
        }
    }
}

/// A launch as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LaunchView {
    /// The launch's id.
    pub id: LaunchId,
    /// The equipment.
    pub equipment: EquipmentId,
    /// Its name at the time of the request.
    pub equipment_name: EquipmentName,
    /// Its serial number at that time.
    pub serial_number: SerialNumber,
    /// Where it stood at that time.
    pub place: Option<EquipmentPlace>,
    /// The provider's name at the time.
    pub provider_name: OrganizationName,
    /// The member of the desk's staff who asked; null if somebody at the machine started it (K6).
    pub asked_by: Option<Asker>,
    /// Why; null if somebody at the machine started it.
    pub reason: Option<Reason>,
    /// What the desk can do.
    pub abilities: Vec<Ability>,
    /// The period, in seconds.
    pub period: i64,
    /// The earliest start.
    pub starts_at: Option<UnixSeconds>,
    /// The launch whose period it extends.
    pub extends: Option<LaunchId>,
    /// The state.
    pub state: LaunchState,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// Until when the request can be answered.
    pub answer_by: Option<UnixSeconds>,
    /// How many approvers have to approve.
    pub required: u32,
    /// The approvals given so far, without the one that settles the request.
    pub agreed: Vec<Decision>,
    /// The answer that settled the request, if there is one.
    pub decision: Option<Decision>,
    /// The granted period.
    pub granted: Option<Granted>,
    /// Who executed it.
    pub executed_by: Option<Executor>,
    /// When the session could be joined.
    pub running_at: Option<UnixSeconds>,
    /// The session's number, once the launch runs.
    pub session: Option<SessionNumber>,
    /// How it ended.
    pub ended: Option<LaunchEnded>,
    /// The timeline, oldest first.
    pub steps: Vec<Step>,
    /// Incremented with each change.
    pub version: i64,
    /// Whether the machine is connected; present only where one launch is shown by the customer's tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connected: Option<bool>,
    /// What stands in the way of executing it now; present only where one launch is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<String>,
    /// The statement that the approver consents to; present only where one launch is shown to an approver.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
}

impl LaunchView {
    /// `launch` in its current state.
    #[must_use]
    pub fn of(launch: Launch, approval: Option<&Approval>, now: UnixSeconds) -> Self {
        let state = launch.state(approval, now);
        let session = launch.session().cloned();
        let (asked_by, reason) = match launch.origin {
            Origin::Desk { asked_by, reason, .. } => (Some(asked_by), Some(reason)),
            Origin::Machine { .. } => (None, None),
        };
        let execution = launch.execution;
        Self {
            id: launch.id,
            equipment: launch.equipment,
            equipment_name: launch.equipment_name,
            serial_number: launch.serial_number,
            place: launch.place,
            provider_name: launch.provider_name,
            asked_by,
            reason,
            abilities: launch.abilities,
            period: launch.period,
            starts_at: launch.starts_at,
            extends: launch.extends,
            state,
            requested_at: launch.requested_at,
            answer_by: approval.map(|approval| approval.expires_at),
            required: approval.map_or(1, |approval| approval.required),
            agreed: approval.map(Approval::agreed_decisions).unwrap_or_default(),
            decision: approval.and_then(|approval| approval.decision.clone()),
            granted: launch.granted,
            running_at: execution.as_ref().and_then(|execution| execution.running_at),
            executed_by: execution.and_then(|execution| execution.by),
            session,
            ended: launch.ended,
            steps: launch.steps,
            version: launch.version,
            connected: None,
            obstacle: None,
            statement: None,
        }
    }

    /// Until when it is open, as far as is known; `None` once it is over.
    #[must_use]
    pub fn open_until(&self) -> Option<UnixSeconds> {
        match self.state {
            LaunchState::Requested => self.answer_by,
            LaunchState::Approved | LaunchState::Executing | LaunchState::Running => {
                self.granted.map(|granted| granted.until)
            }
            LaunchState::Ended | LaunchState::Refused | LaunchState::Expired | LaunchState::Withdrawn => None,
        }
    }

    /// The same view at a later `now`: what was open may have expired in the meantime.
    #[must_use]
    pub fn at(mut self, now: UnixSeconds) -> Self {
        let waits = matches!(self.state, LaunchState::Requested | LaunchState::Approved);
        if waits && self.open_until().is_some_and(|over| now >= over) {
            self.state = LaunchState::Expired;
        }
        self
    }
}

/// A customer's launch in its provider's list. It is a copy; the customer's tenant decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskLaunch {
    /// The customer.
    pub tenant: Slug,
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The launch as the customer last reported it.
    pub launch: LaunchView,
}

#[cfg(test)]
mod tests;

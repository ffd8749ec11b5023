//! Launches as people see them: in the customer's panel and at the provider's desk.

use serde::{Deserialize, Serialize};

use super::{Executor, Granted, Launch, LaunchEnded, LaunchState, Origin, Step};
use crate::approval::{Approval, Decision};
use crate::equipment::SerialNumber;
use crate::id::{EquipmentId, LaunchId};
use crate::question::Asker;
use crate::session::{Ability, SessionNote, SessionNumber};
use crate::slug::Slug;
use crate::text::{EquipmentName, EquipmentPlace, OrganizationName, Reason};
use crate::time::UnixSeconds;

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
    /// What the desk says of it afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<SessionNote>,
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
            note: launch.note,
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

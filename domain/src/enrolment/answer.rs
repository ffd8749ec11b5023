//! What a customer's object answers about a machine that its provider vouches for, and the record behind the answer.

use serde::{Deserialize, Serialize};

use crate::enrolment::machine::Machine;
use crate::enrolment::{EnrolmentRequestView, EnrolmentState};
use crate::id::{EnrolmentRequestId, EquipmentId};
use crate::slug::Slug;
use crate::time::UnixSeconds;

/// Why a request waits for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Waits {
    /// No customer has equipment in use with this serial number.
    Unknown,
    /// More than one customer has such equipment.
    Several,
    /// The equipment has an agent already, or an enrolment code that waits for one.
    Enrolled,
    /// The customer is suspended.
    Suspended,
}

/// What a customer's object answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MachineAnswer {
    /// The machine may enrol for this equipment.
    Accepted(EquipmentId),
    /// An administrator has refused it.
    Refused,
    /// It waits for a person.
    Waits(Waits),
}

/// A request as the customer's object keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnsweredMachine {
    /// The machine.
    pub machine: Machine,
    /// The provider that vouches for it.
    pub provider: Slug,
    /// The equipment with its serial number, or that the desk has named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equipment: Option<EquipmentId>,
    /// The answer so far.
    pub answer: MachineAnswer,
    /// When it was answered.
    pub answered_at: UnixSeconds,
}

impl AnsweredMachine {
    /// Until when an administrator can answer it.
    #[must_use]
    pub const fn open_until(&self) -> Option<UnixSeconds> {
        match (&self.answer, &self.equipment) {
            (MachineAnswer::Waits(_), Some(_)) => Some(self.machine.expires_at),
            _ => None,
        }
    }

    /// Whether an administrator can answer it at `now`.
    #[must_use]
    pub fn can_be_answered(&self, now: UnixSeconds) -> bool {
        self.open_until().is_some_and(|until| now < until)
    }

    /// The request as an administrator sees it at `now`.
    #[must_use]
    pub fn view(&self, now: UnixSeconds) -> EnrolmentRequestView {
        let state = match &self.answer {
            MachineAnswer::Refused => EnrolmentState::Refused,
            _ if now >= self.machine.expires_at => EnrolmentState::Expired,
            MachineAnswer::Accepted(_) => EnrolmentState::Accepted,
            MachineAnswer::Waits(_) => EnrolmentState::Open,
        };
        let waits = match &self.answer {
            MachineAnswer::Waits(why) if state == EnrolmentState::Open => Some(*why),
            _ => None,
        };
        let told = self.machine.clone();
        EnrolmentRequestView {
            id: told.request,
            serial_number: told.serial_number,
            jkt: told.jkt,
            report: told.report,
            requested_at: told.requested_at,
            expires_at: told.expires_at,
            state,
            waits,
            answered_at: self.open_until().is_none().then_some(self.answered_at),
            customer: None,
            equipment: self.equipment.clone(),
            candidates: Vec::new(),
        }
    }
}

/// See [`crate::command::TenantCommand::NoteMachineAnswer`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteMachineAnswer {
    /// The customer.
    pub tenant: Slug,
    /// The request.
    pub request: EnrolmentRequestId,
    /// The answer.
    pub answer: MachineAnswer,
}

//! Enrolment without a code (P2): a machine identifies its provider by organisation id and verification code, and itself
//! by its serial number. This file has the request as the provider keeps it, and its states; [`organization`] has what a
//! provider is known by, [`machine`] what its object tells a customer's, and [`answer`] what that tells in return.

pub mod answer;
pub mod machine;
pub mod organization;

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::desk::DeskActor;
use crate::equipment::SerialNumber;
use crate::id::{EnrolmentRequestId, EquipmentId};
use crate::jwk::Thumbprint;
use crate::slug::Slug;
use crate::time::UnixSeconds;

pub use answer::{MachineAnswer, Waits};
pub use machine::Machine;

/// How long a request waits for an answer, and then for its machine to collect it, in seconds: 14 days. The link key that
/// it names is kept for longer.
pub const REQUEST_LIFE: i64 = 14 * 24 * 3600;
/// Maximum number of a provider's requests that wait at one time, which bounds how much the holders of its verification
/// code can make it store.
pub const MOST_WAITING: i64 = 1_000;
/// How long a request is kept after it has expired, in seconds.
pub const REQUEST_KEPT: i64 = 30 * 24 * 3600;

/// A machine's request, as its provider keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolmentRequest {
    /// The machine and what it asked.
    pub machine: Machine,
    /// The customer whose object was asked, or told to accept the machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Slug>,
    /// Its progress.
    pub stage: Stage,
    /// When it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<UnixSeconds>,
}

/// Progress of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The only customer with this serial number is asked.
    Asked,
    /// It waits for the desk, or for an administrator of the customer.
    Waiting(Waits),
    /// The desk has accepted it, and the customer's object is told.
    Ordered {
        /// The equipment whose agent it becomes.
        equipment: EquipmentId,
        /// The member of the desk's staff who accepted it.
        by: Box<DeskActor>,
    },
    /// The customer's object has accepted the machine for this equipment.
    Accepted(EquipmentId),
    /// Somebody has refused it.
    Refused,
}

/// The state of a request, as people see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum EnrolmentState {
    /// Nobody has answered it yet.
    Open,
    /// The machine may enrol.
    Accepted,
    /// The machine may not enrol.
    Refused,
    /// Nobody answered it in time, or the machine did not collect the answer.
    Expired,
}

impl EnrolmentRequest {
    /// The state at `now`.
    #[must_use]
    pub fn state(&self, now: UnixSeconds) -> EnrolmentState {
        match self.stage {
            Stage::Refused => EnrolmentState::Refused,
            _ if now >= self.machine.expires_at => EnrolmentState::Expired,
            Stage::Accepted(_) => EnrolmentState::Accepted,
            Stage::Asked | Stage::Waiting(_) | Stage::Ordered { .. } => EnrolmentState::Open,
        }
    }

    /// Until when it is open; `None` if it was answered.
    #[must_use]
    pub const fn open_until(&self) -> Option<UnixSeconds> {
        match self.stage {
            Stage::Asked | Stage::Waiting(_) | Stage::Ordered { .. } => Some(self.machine.expires_at),
            Stage::Accepted(_) | Stage::Refused => None,
        }
    }

    /// Whether the desk can answer it at `now`. What the desk has accepted is on its way to the customer.
    #[must_use]
    pub fn can_be_answered(&self, now: UnixSeconds) -> bool {
        self.state(now) == EnrolmentState::Open && !matches!(self.stage, Stage::Ordered { .. })
    }

    /// Takes an answer of `customer` at `now`. Returns whether it changed anything: answers of other customers, and
    /// those that come after the end, do not.
    pub fn take(&mut self, customer: &Slug, answer: &MachineAnswer, now: UnixSeconds) -> bool {
        if self.customer.as_ref() != Some(customer) || self.state(now) != EnrolmentState::Open {
            return false;
        }
        let stage = match answer {
            MachineAnswer::Accepted(equipment) => Stage::Accepted(equipment.clone()),
            MachineAnswer::Refused => Stage::Refused,
            MachineAnswer::Waits(why) => Stage::Waiting(*why),
        };
        let changed = self.stage != stage;
        self.stage = stage;
        self.answered_at = self.open_until().is_none().then_some(now);
        changed
    }
}

/// A customer's equipment with the serial number of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Candidate {
    /// The customer.
    pub customer: Slug,
    /// The equipment.
    pub equipment: EquipmentId,
}

/// A request as people see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EnrolmentRequestView {
    /// The request's id.
    pub id: EnrolmentRequestId,
    /// The serial number that was typed on the machine.
    pub serial_number: SerialNumber,
    /// Thumbprint of the machine's key.
    pub jkt: Thumbprint,
    /// What the machine tells of itself; nobody has checked it.
    pub report: AgentReport,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// When it expires.
    pub expires_at: UnixSeconds,
    /// Its state.
    pub state: EnrolmentState,
    /// Why it waits; null if it does not, or while the customer is asked.
    pub waits: Option<Waits>,
    /// When it was answered.
    pub answered_at: Option<UnixSeconds>,
    /// The customer that was asked or accepted the machine; null at the customer itself.
    pub customer: Option<Slug>,
    /// The equipment that the machine was accepted for; at the customer, also the one that it may be accepted for.
    pub equipment: Option<EquipmentId>,
    /// Equipment of the provider's customers with this serial number, at most ten; empty at the customer itself.
    pub candidates: Vec<Candidate>,
}

impl EnrolmentRequest {
    /// The request as the desk sees it at `now`.
    #[must_use]
    pub fn view(&self, candidates: Vec<Candidate>, now: UnixSeconds) -> EnrolmentRequestView {
        let state = self.state(now);
        let waits = match self.stage {
            Stage::Waiting(why) if state == EnrolmentState::Open => Some(why),
            _ => None,
        };
        let equipment = match &self.stage {
            Stage::Accepted(equipment) | Stage::Ordered { equipment, .. } => Some(equipment.clone()),
            Stage::Asked | Stage::Waiting(_) | Stage::Refused => None,
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
            answered_at: self.answered_at,
            customer: self.customer.clone(),
            equipment,
            candidates,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::machine::tests::machine;
    use super::{EnrolmentRequest, EnrolmentState, MachineAnswer, REQUEST_LIFE, Stage, Waits};
    use crate::id::EquipmentId;
    use crate::random::CountingRandom;
    use crate::slug::Slug;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    fn asked() -> EnrolmentRequest {
        EnrolmentRequest {
            machine: machine(),
            customer: Some(slug("minato")),
            stage: Stage::Asked,
            answered_at: None,
        }
    }

    #[test]
    fn only_the_customer_that_was_asked_answers_and_only_once() {
        let equipment = EquipmentId::generate(&CountingRandom::new(4));
        let (accepted, now) = (MachineAnswer::Accepted(equipment.clone()), asked().machine.requested_at);
        let mut request = asked();
        assert!(!request.take(&slug("shiosai"), &accepted, now));
        assert_eq!(request, asked());
        assert!(request.take(&slug("minato"), &accepted, now));
        assert!(!request.take(&slug("minato"), &MachineAnswer::Refused, now));
        assert_eq!(request.stage, Stage::Accepted(equipment));
        assert_eq!(request.answered_at, Some(now));
    }

    #[test]
    fn what_waits_can_still_be_answered_and_what_has_expired_cannot() {
        let mut request = asked();
        let (now, minato) = (request.machine.requested_at, slug("minato"));
        assert!(request.take(&minato, &MachineAnswer::Waits(Waits::Enrolled), now));
        assert_eq!((request.answered_at, request.can_be_answered(now)), (None, true));
        let late = now.plus(REQUEST_LIFE);
        assert!(!request.can_be_answered(late));
        assert!(!request.take(&minato, &MachineAnswer::Refused, late));
        assert_eq!(request.state(late), EnrolmentState::Expired);
        assert!(request.take(&minato, &MachineAnswer::Refused, now));
        assert_eq!(request.state(late), EnrolmentState::Refused);
    }
}

//! Commands for enrolment without a code (P2): from a machine to its provider's object, and the index of serial numbers.

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::command::CheckedProof;
use crate::enrolment::organization::OrganizationNumber;
use crate::equipment::SerialNumber;
use crate::id::EquipmentId;
use crate::secret::{PlainEnrolmentCode, PlainEnrolmentRequest};
use crate::slug::Slug;

/// See [`super::TenantCommand::IdentifyMachine`].
#[derive(Clone, Serialize, Deserialize)]
pub struct IdentifyMachine {
    /// The organisation id; a copy led the edge to this object.
    pub organization: OrganizationNumber,
    /// The verification code, normalised; `None` if what was typed cannot be one.
    pub verification_code: Option<String>,
    /// The machine's serial number.
    pub serial_number: SerialNumber,
    /// What the machine tells of itself.
    pub report: AgentReport,
    /// The proof of the machine's key.
    pub proof: CheckedProof,
    /// The client's network address.
    pub client: String,
}

/// A request that was taken (RFC 8628 section 3.2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MachineIdentified {
    /// The secret by which the machine polls.
    pub request: PlainEnrolmentRequest,
    /// Seconds until the request expires.
    pub expires_in: i64,
    /// Seconds between two polls.
    pub interval: i64,
}

/// See [`super::TenantCommand::PollEnrolment`].
#[derive(Clone, Serialize, Deserialize)]
pub struct PollEnrolment {
    /// The secret by which the machine polls.
    pub request: PlainEnrolmentRequest,
    /// The proof of the machine's key.
    pub proof: CheckedProof,
}

/// Where an accepted machine enrols, and with which code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MachineAccepted {
    /// The customer.
    pub tenant: Slug,
    /// The enrolment code, which works for this machine's key alone.
    pub enrolment_code: PlainEnrolmentCode,
}

/// The serial number of one piece of equipment, as its customer reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedSerial {
    /// The equipment.
    pub equipment: EquipmentId,
    /// Its version; an older report changes nothing.
    pub version: i64,
    /// Its serial number; `None` if it is retired.
    pub serial_number: Option<SerialNumber>,
}

/// See [`super::TenantCommand::NoteEquipment`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteEquipment {
    /// The customer.
    pub tenant: Slug,
    /// The equipment whose serial number may have changed.
    pub equipment: Vec<ReportedSerial>,
}

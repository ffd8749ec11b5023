//! Commands from a Viewer that has no tokens yet, and from the page on which a person types its codes.

use serde::{Deserialize, Serialize};

use crate::policy::Activation;
use crate::registration::{Applicant, Stage};
use crate::secret::PlainDeviceCode;
use crate::text::Reason;
use crate::time::UnixSeconds;

use super::grant::CheckedProof;

/// See [`super::TenantCommand::Register`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Register {
    /// OAuth client ID.
    pub client_id: String,
    /// Requested scope.
    pub scope: String,
    /// The person and PC that request access.
    pub applicant: Applicant,
    /// The proof sent with the request. Renewing a pending request requires a proof by the applicant's key.
    pub proof: Option<CheckedProof>,
    /// The client's network address.
    pub client: String,
}

/// The answer to [`Register`] (RFC 8628 section 3.2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Registered {
    /// Device code with which the Viewer refers to the registration.
    pub device_code: PlainDeviceCode,
    /// Code that the user can type on the page.
    pub user_code: String,
    /// Seconds until the current wait ends.
    pub expires_in: i64,
}

/// See [`super::TenantCommand::ShowRegistration`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowRegistration {
    /// The device code that identifies the registration.
    pub device_code: PlainDeviceCode,
}

/// A registration, as seen by its Viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationView {
    /// Current stage.
    pub state: Stage,
    /// How the registration is activated.
    pub activation: Activation,
    /// End of the current waiting period.
    pub expires_at: UnixSeconds,
    /// Remaining attempts to enter the activation code.
    pub tries_left: u32,
    /// Reason for the refusal.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal_reason: Option<Reason>,
}

/// See [`super::TenantCommand::ResendMail`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResendMail {
    /// The device code that identifies the registration.
    pub device_code: PlainDeviceCode,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::WithdrawRegistration`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WithdrawRegistration {
    /// The device code that identifies the registration.
    pub device_code: PlainDeviceCode,
}

/// See [`super::TenantCommand::EnterCodes`].
#[derive(Clone, Serialize, Deserialize)]
pub struct EnterCodes {
    /// The user code, as typed.
    pub user_code: String,
    /// The activation code, as typed.
    pub activation_code: String,
    /// The client's network address.
    pub client: String,
}

/// The reply to [`EnterCodes`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodesEntered {
    /// Name of the PC.
    pub device_name: String,
}

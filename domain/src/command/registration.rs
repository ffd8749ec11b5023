//! What a Viewer asks before it has tokens, and the page on which a person types its codes.

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
    /// The OAuth client.
    pub client_id: String,
    /// What is asked for.
    pub scope: String,
    /// Who asks.
    pub applicant: Applicant,
    /// The proof that came with the request: only with one of the applicant's key is a pending request renewed.
    pub proof: Option<CheckedProof>,
    /// The client's network address.
    pub client: String,
}

/// The answer to [`Register`] (RFC 8628 section 3.2).
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Registered {
    /// The Viewer's hold on the registration.
    pub device_code: PlainDeviceCode,
    /// What the user can type on the page.
    pub user_code: String,
    /// Seconds until the wait ends.
    pub expires_in: i64,
}

/// See [`super::TenantCommand::ShowRegistration`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShowRegistration {
    /// The hold on it.
    pub device_code: PlainDeviceCode,
}

/// A registration as its Viewer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegistrationView {
    /// Where it stands.
    pub state: Stage,
    /// How it becomes usable.
    pub activation: Activation,
    /// When the current wait ends.
    pub expires_at: UnixSeconds,
    /// Wrong activation codes that remain.
    pub tries_left: u32,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub refusal_reason: Option<Reason>,
}

/// See [`super::TenantCommand::ResendMail`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ResendMail {
    /// The hold on the registration.
    pub device_code: PlainDeviceCode,
    /// The client's network address.
    pub client: String,
}

/// See [`super::TenantCommand::WithdrawRegistration`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WithdrawRegistration {
    /// The hold on it.
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

/// What came of [`EnterCodes`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodesEntered {
    /// What the PC is called.
    pub device_name: String,
}

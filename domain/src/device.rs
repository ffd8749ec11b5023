//! An approved Viewer and the family of its refresh tokens.

use serde::{Deserialize, Serialize};

use crate::id::{ApprovalId, DeviceId};
use crate::jwk::Thumbprint;
use crate::registration::Applicant;
use crate::secret::HashedSecret;
use crate::time::UnixSeconds;

/// An approved Viewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The device's id.
    pub id: DeviceId,
    /// The approval that admitted it.
    pub approval: ApprovalId,
    /// The OAuth client.
    pub client_id: String,
    /// The granted scope.
    pub scope: String,
    /// The approved user and PC.
    pub applicant: Applicant,
    /// Time of the approval.
    pub approved_at: UnixSeconds,
    /// Time at which it first became usable.
    pub activated_at: UnixSeconds,
    /// Expiry time; `None` if it stays usable until revoked.
    pub expires_at: Option<UnixSeconds>,
    /// Time of revocation.
    pub revoked_at: Option<UnixSeconds>,
    /// Its refresh tokens.
    pub refresh: crate::refresh::RefreshFamily,
}

impl Device {
    /// Whether tokens may be issued to it at `now`.
    #[must_use]
    pub fn is_usable(&self, now: UnixSeconds) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// The device as an administrator sees it.
    #[must_use]
    pub fn view(&self, now: UnixSeconds) -> DeviceView {
        let state = match (self.revoked_at, self.is_usable(now)) {
            (Some(_), _) => DeviceState::Revoked,
            (None, true) => DeviceState::Active,
            (None, false) => DeviceState::Expired,
        };
        DeviceView {
            id: self.id.clone(),
            name: self.applicant.name.to_string(),
            email: self.applicant.email.to_string(),
            organization: self.applicant.organization.to_string(),
            device_name: self.applicant.device_name.to_string(),
            jkt: self.applicant.jkt.clone(),
            state,
            approved_at: self.approved_at,
            activated_at: self.activated_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
            last_refresh_at: self.refresh.rotated_at,
        }
    }
}

/// Whether a device may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum DeviceState {
    /// The device may be used.
    Active,
    /// The device has expired.
    Expired,
    /// The device was revoked.
    Revoked,
}

/// A device as an administrator sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceView {
    /// The device's id.
    pub id: DeviceId,
    /// The user's name.
    pub name: String,
    /// The user's mail address.
    pub email: String,
    /// The user's company.
    pub organization: String,
    /// The name of the PC.
    pub device_name: String,
    /// Thumbprint of the PC's key.
    pub jkt: Option<Thumbprint>,
    /// Whether it may be used.
    pub state: DeviceState,
    /// Time of the approval.
    pub approved_at: UnixSeconds,
    /// Time at which it first became usable.
    pub activated_at: UnixSeconds,
    /// Expiry time; null if it stays usable until revoked.
    pub expires_at: Option<UnixSeconds>,
    /// Time of revocation.
    pub revoked_at: Option<UnixSeconds>,
    /// Time of the last token refresh.
    pub last_refresh_at: UnixSeconds,
}

/// The revocations that the gate has to know: those of devices whose access tokens may still be valid.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationSnapshot {
    /// Devices, each with its time of revocation.
    pub devices: Vec<(DeviceId, UnixSeconds)>,
}

impl RevocationSnapshot {
    /// Whether `device` has been revoked.
    #[must_use]
    pub fn holds(&self, device: &str) -> bool {
        self.devices.iter().any(|(id, _)| id.as_str() == device)
    }
}

/// Hash under which a refresh token is looked up.
pub type RefreshHash = HashedSecret;

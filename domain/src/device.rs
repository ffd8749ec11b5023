//! A Viewer that was let in, and the family of its refresh tokens.

use serde::{Deserialize, Serialize};

use crate::id::{ApprovalId, DeviceId};
use crate::jwk::Thumbprint;
use crate::registration::Applicant;
use crate::secret::HashedSecret;
use crate::time::UnixSeconds;

/// A Viewer that was let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its name.
    pub id: DeviceId,
    /// The approval it came from.
    pub approval: ApprovalId,
    /// The OAuth client.
    pub client_id: String,
    /// What it may do.
    pub scope: String,
    /// Who was let in, on which PC.
    pub applicant: Applicant,
    /// When it was approved.
    pub approved_at: UnixSeconds,
    /// When it first became usable.
    pub activated_at: UnixSeconds,
    /// Until when it may be used; `None` until revoked.
    pub expires_at: Option<UnixSeconds>,
    /// When it was taken away again.
    pub revoked_at: Option<UnixSeconds>,
    /// Its refresh tokens.
    pub refresh: crate::refresh::RefreshFamily,
}

impl Device {
    /// Whether it may get tokens at `now`.
    #[must_use]
    pub fn is_usable(&self, now: UnixSeconds) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|end| now < end)
    }

    /// What an administrator sees.
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
    /// It may.
    Active,
    /// Its time has run out.
    Expired,
    /// It was taken away.
    Revoked,
}

/// A device as an administrator sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeviceView {
    /// Its name.
    pub id: DeviceId,
    /// The user's name.
    pub name: String,
    /// The user's mail address.
    pub email: String,
    /// The user's company.
    pub organization: String,
    /// What the PC is called.
    pub device_name: String,
    /// The PC's key.
    pub jkt: Option<Thumbprint>,
    /// Whether it may be used.
    pub state: DeviceState,
    /// When it was approved.
    pub approved_at: UnixSeconds,
    /// When it first became usable.
    pub activated_at: UnixSeconds,
    /// Until when it may be used.
    pub expires_at: Option<UnixSeconds>,
    /// When it was taken away.
    pub revoked_at: Option<UnixSeconds>,
    /// When it last fetched a token.
    pub last_refresh_at: UnixSeconds,
}

/// The revocations the gate has to know: those whose access tokens may still live.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationSnapshot {
    /// Devices and when each was revoked.
    pub devices: Vec<(DeviceId, UnixSeconds)>,
}

impl RevocationSnapshot {
    /// Whether `device` was revoked.
    #[must_use]
    pub fn holds(&self, device: &str) -> bool {
        self.devices.iter().any(|(id, _)| id.as_str() == device)
    }
}

/// Hash of a refresh token, as looked up.
pub type RefreshHash = HashedSecret;

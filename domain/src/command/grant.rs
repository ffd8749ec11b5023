//! Token commands from Viewers and resource servers: redeem, refresh, revoke, introspect.

use serde::{Deserialize, Serialize};

use crate::agent::AgentReport;
use crate::id::DeviceId;
use crate::jwk::Thumbprint;
use crate::secret::{HashedSecret, PlainDeviceCode, PlainEnrolmentCode, PlainIntrospectionSecret, PlainRefreshToken};
use crate::time::UnixSeconds;

/// A DPoP proof that the edge has verified. The object still has to reject replays.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckedProof {
    /// Thumbprint of the key that signed it.
    pub jkt: Thumbprint,
    /// Hash of its `jti`.
    pub jti_hash: String,
    /// Its `iat` claim.
    pub issued_at: UnixSeconds,
}

/// See [`super::TenantCommand::RedeemDeviceCode`].
#[derive(Clone, Serialize, Deserialize)]
pub struct RedeemDeviceCode {
    /// OAuth client ID.
    pub client_id: String,
    /// The device code that identifies the registration.
    pub device_code: PlainDeviceCode,
    /// The activation code from the mail, as typed.
    pub activation_code: Option<String>,
    /// The proof sent with the request.
    pub proof: Option<CheckedProof>,
    /// The request's `Idempotency-Key`. A retry under the same key gets new tokens, provided the first were never used.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`super::TenantCommand::EnrolAgent`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolAgent {
    /// The enrolment code.
    pub code: PlainEnrolmentCode,
    /// The proof sent with the request. The agent is bound to its key.
    pub proof: CheckedProof,
    /// What the agent tells of itself.
    pub report: AgentReport,
}

/// See [`super::TenantCommand::RefreshTokens`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefreshTokens {
    /// OAuth client ID.
    pub client_id: String,
    /// The refresh token.
    pub refresh_token: PlainRefreshToken,
    /// The proof sent with the request.
    pub proof: Option<CheckedProof>,
}

/// A successful token response (RFC 6749 section 5.1).
#[derive(Clone, Serialize, Deserialize)]
pub struct Granted {
    /// The access token.
    pub access_token: String,
    /// `DPoP` or `Bearer`.
    pub token_type: String,
    /// Lifetime of the access token, in seconds.
    pub expires_in: i64,
    /// The refresh token.
    pub refresh_token: PlainRefreshToken,
    /// Scope of the tokens.
    pub scope: String,
}

impl core::fmt::Debug for Granted {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Granted({}, {} s)", self.token_type, self.expires_in)
    }
}

/// A token identified for revocation (RFC 7009) or introspection.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevokedToken {
    /// A refresh token.
    Refresh(PlainRefreshToken),
    /// The device of an access token whose signature the edge has verified.
    Access(DeviceId),
}

/// See [`super::TenantCommand::RevokeToken`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeToken {
    /// OAuth client ID.
    pub client_id: String,
    /// The token to revoke.
    pub token: RevokedToken,
    /// The proof sent with the request.
    pub proof: Option<CheckedProof>,
}

/// See [`super::TenantCommand::Introspect`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Introspect {
    /// The resource server's introspection secret.
    pub secret: PlainIntrospectionSecret,
    /// The device of an unexpired access token, or the refresh token; `None` when the token is neither.
    pub token: Option<RevokedToken>,
}

/// The introspection result, apart from the token's own claims.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Introspected {
    /// Whether the token is active.
    pub active: bool,
    /// Expiry of the device, if it has one.
    pub expires_at: Option<UnixSeconds>,
    /// The device.
    pub device: Option<DeviceId>,
    /// Thumbprint of the key that the token is bound to.
    pub jkt: Option<Thumbprint>,
}

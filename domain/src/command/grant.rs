//! What Viewers and resource servers ask with and of tokens.

use serde::{Deserialize, Serialize};

use crate::id::DeviceId;
use crate::jwk::Thumbprint;
use crate::secret::{HashedSecret, PlainDeviceCode, PlainIntrospectionSecret, PlainRefreshToken};
use crate::time::UnixSeconds;

/// A DPoP proof that was checked at the edge; whether it is new is for the object to tell.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckedProof {
    /// Thumbprint of the key that made it.
    pub jkt: Thumbprint,
    /// The hash of its `jti`.
    pub jti_hash: String,
    /// When it says it was made.
    pub issued_at: UnixSeconds,
}

/// See [`super::TenantCommand::RedeemDeviceCode`].
#[derive(Clone, Serialize, Deserialize)]
pub struct RedeemDeviceCode {
    /// The OAuth client.
    pub client_id: String,
    /// The hold on the registration.
    pub device_code: PlainDeviceCode,
    /// The mailed code, as typed.
    pub activation_code: Option<String>,
    /// The proof that came with the request.
    pub proof: Option<CheckedProof>,
    /// The request's `Idempotency-Key`: a repeat under it gets tokens again while the first were never used.
    pub idempotency_key: Option<HashedSecret>,
}

/// See [`super::TenantCommand::RefreshTokens`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RefreshTokens {
    /// The OAuth client.
    pub client_id: String,
    /// The token.
    pub refresh_token: PlainRefreshToken,
    /// The proof that came with the request.
    pub proof: Option<CheckedProof>,
}

/// Tokens (RFC 6749 section 5.1).
#[derive(Clone, Serialize, Deserialize)]
pub struct Granted {
    /// The access token.
    pub access_token: String,
    /// `DPoP` or `Bearer`.
    pub token_type: String,
    /// Seconds the access token lives.
    pub expires_in: i64,
    /// The refresh token.
    pub refresh_token: PlainRefreshToken,
    /// What they are for.
    pub scope: String,
}

impl core::fmt::Debug for Granted {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Granted({}, {} s)", self.token_type, self.expires_in)
    }
}

/// A token named for revocation (RFC 7009).
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevokedToken {
    /// A refresh token.
    Refresh(PlainRefreshToken),
    /// The device of an access token whose signature was checked at the edge.
    Access(DeviceId),
}

/// See [`super::TenantCommand::RevokeToken`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RevokeToken {
    /// The OAuth client.
    pub client_id: String,
    /// Which.
    pub token: RevokedToken,
    /// The proof that came with the request.
    pub proof: Option<CheckedProof>,
}

/// See [`super::TenantCommand::Introspect`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Introspect {
    /// What the resource server showed.
    pub secret: PlainIntrospectionSecret,
    /// The device of a live access token, or the refresh token; `None` when it was neither.
    pub token: Option<RevokedToken>,
}

/// What introspection adds to the token's own claims.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Introspected {
    /// Whether it may be used.
    pub active: bool,
    /// The device's end, where it has one.
    pub expires_at: Option<UnixSeconds>,
    /// The device.
    pub device: Option<DeviceId>,
    /// The key it is bound to.
    pub jkt: Option<Thumbprint>,
}

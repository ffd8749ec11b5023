//! Signed heads. With the deployment's key, the tenant's object attests the number and hash of the last entry of its
//! log. Anyone who has kept a head can detect that the log was truncated before it or rewritten.

use serde::{Deserialize, Serialize};

use crate::audit::AuditEntry;
use crate::keyring::SigningKey;
use crate::time::UnixSeconds;

/// The JWS type of heads.
pub const TYP: &str = "tegata-audit-head+jwt";

/// Longest time that an entry waits for its head, in seconds, and so the shortest time between two heads.
pub const PERIOD: i64 = 24 * 3600;

/// The payload of a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadClaims {
    /// Issuer: `{edge}/t/{tenant}`.
    pub iss: String,
    /// Time of signing.
    pub iat: UnixSeconds,
    /// Number of the last entry.
    pub seq: i64,
    /// Hash of the last entry.
    pub hash: String,
}

/// A signed head, as stored and as returned by the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditHead {
    /// Number of the last entry covered.
    pub seq: i64,
    /// Time of signing.
    pub at: UnixSeconds,
    /// Hash of that entry.
    pub hash: String,
    /// Compact JWS of `iss`, `iat`, `seq` and `hash`, of type `tegata-audit-head+jwt`, signed with a receipt key.
    pub jws: String,
}

impl AuditHead {
    /// Signs a head that covers the log up to `last`.
    #[must_use]
    pub fn sign(key: &SigningKey, issuer: String, last: &AuditEntry, now: UnixSeconds) -> Self {
        let claims = HeadClaims {
            iss: issuer,
            iat: now,
            seq: last.seq,
            hash: last.hash.clone(),
        };
        Self {
            seq: last.seq,
            at: now,
            jws: key.sign(TYP, &claims),
            hash: claims.hash,
        }
    }
}

/// When the next head is due: one period after the time of the first entry that no head covers. Entries written in
/// between share the head.
#[must_use]
pub const fn due(first_uncovered: UnixSeconds) -> UnixSeconds {
    first_uncovered.plus(PERIOD)
}

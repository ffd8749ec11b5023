//! Signed heads: the tenant's object says with the deployment's key how far its log reaches and by which hash it ends.
//! Whoever has kept a head notices when the log is cut off before it, or written anew.

use serde::{Deserialize, Serialize};

use crate::audit::AuditEntry;
use crate::keyring::SigningKey;
use crate::time::UnixSeconds;

/// The JWS type of heads.
pub const TYP: &str = "tegata-audit-head+jwt";

/// How long an entry waits for its head at most, in seconds; and so the least time between two heads.
pub const PERIOD: i64 = 24 * 3600;

/// The payload of a head.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadClaims {
    /// Issuer: `{edge}/t/{tenant}`.
    pub iss: String,
    /// When it was signed.
    pub iat: UnixSeconds,
    /// The number of the last entry.
    pub seq: i64,
    /// The hash of the last entry.
    pub hash: String,
}

/// A head as stored and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditHead {
    /// The number of the last entry it covers.
    pub seq: i64,
    /// When it was signed.
    pub at: UnixSeconds,
    /// The hash of that entry.
    pub hash: String,
    /// [`HeadClaims`] as a compact JWS, signed with a receipt key.
    pub jws: String,
}

impl AuditHead {
    /// The head over `last`.
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

/// When the next head is due: a period after the first entry that none covers. What comes within it shares the head.
#[must_use]
pub const fn due(first_uncovered: &AuditEntry) -> UnixSeconds {
    first_uncovered.at.plus(PERIOD)
}

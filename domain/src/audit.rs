//! The audit log: one entry per state change, written with it, chained by hash.

use serde::{Deserialize, Serialize};

use crate::jwk::sha256_b64;
use crate::time::UnixSeconds;

/// Who acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    /// `operator`, `requester`, `approver`, `device`, `resource_server` or `system`.
    pub kind: String,
    /// Their id, where they have one.
    pub id: Option<String>,
    /// The network address the act came from, where known.
    pub address: Option<String>,
}

impl Actor {
    /// An actor of `kind`.
    #[must_use]
    pub fn new(kind: &str, id: Option<&str>, address: Option<&str>) -> Self {
        Self {
            kind: kind.to_owned(),
            id: id.map(str::to_owned),
            address: address.map(str::to_owned),
        }
    }
}

/// What is to be written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Act {
    /// Who acted.
    pub actor: Actor,
    /// What they did, e.g. `approval.decide`.
    pub action: String,
    /// To what, e.g. `registration/{id}`.
    pub object: String,
    /// With which outcome, e.g. `approved`.
    pub outcome: String,
}

impl Act {
    /// An act.
    #[must_use]
    pub fn new(actor: Actor, action: &str, object: String, outcome: &str) -> Self {
        Self {
            actor,
            action: action.to_owned(),
            object,
            outcome: outcome.to_owned(),
        }
    }
}

/// One entry as stored and shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditEntry {
    /// Its number, from 1, without gaps.
    pub seq: i64,
    /// When.
    pub at: UnixSeconds,
    /// What happened.
    #[serde(flatten)]
    pub act: Act,
    /// The hash of the entry before it; empty for the first.
    pub previous: String,
    /// SHA-256 over `previous`, a line feed, and the entry's canonical JSON.
    pub hash: String,
}

impl AuditEntry {
    /// The next entry of a chain whose last is `(seq, hash)`.
    #[must_use]
    pub fn next(last: Option<(i64, String)>, act: Act, at: UnixSeconds) -> Self {
        let (seq, previous) = last.map_or((1, String::new()), |(seq, hash)| (seq.saturating_add(1), hash));
        let hash = Self::digest(&previous, seq, at, &act);
        Self {
            seq,
            at,
            act,
            previous,
            hash,
        }
    }

    /// Whether its hash is that of its content.
    #[must_use]
    pub fn is_intact(&self) -> bool {
        self.hash == Self::digest(&self.previous, self.seq, self.at, &self.act)
    }

    fn digest(previous: &str, seq: i64, at: UnixSeconds, act: &Act) -> String {
        let canonical = serde_json::json!([
            seq,
            at,
            act.actor.kind,
            act.actor.id,
            act.actor.address,
            act.action,
            act.object,
            act.outcome
        ]);
        sha256_b64(format!("{previous}\n{canonical}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Actor, AuditEntry};
    use crate::time::UnixSeconds;

    fn act() -> Act {
        Act::new(
            Actor::new("approver", Some("u"), None),
            "approval.decide",
            "registration/r".to_owned(),
            "approved",
        )
    }

    #[test]
    fn entry_hash_format_unchanged() {
        let entry = AuditEntry::next(None, act(), UnixSeconds(1));
        assert_eq!(
            entry.hash,
            crate::jwk::sha256_b64(
                "\n[1,1,\"approver\",\"u\",null,\"approval.decide\",\"registration/r\",\"approved\"]"
            )
        );
    }

    #[test]
    fn a_changed_entry_is_noticed() {
        let first = AuditEntry::next(None, act(), UnixSeconds(1));
        let mut second = AuditEntry::next(Some((first.seq, first.hash.clone())), act(), UnixSeconds(2));
        assert!(second.is_intact() && second.previous == first.hash);
        second.act.outcome = "refused".to_owned();
        assert!(!second.is_intact());
    }
}

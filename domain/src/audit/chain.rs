//! Verification of an exported log: entry by entry, in constant memory, without access to the store. Each line must be
//! the entry's JSON byte for byte as the edge writes it. Anything that the hash does not cover (an unknown member, a
//! repeated member, another spelling of the same value) is rejected, because nothing authenticates it. The verifier
//! does not check that times are in order: older entries predate that guarantee.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::audit::head::HeadClaims;
use crate::audit::{Act, Actor, AuditEntry};
use crate::time::UnixSeconds;

/// A defect of an entry, or of a line that should be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The line is not the JSON of an entry, or has unknown or repeated members.
    #[error("not a valid entry: {0}")]
    NotAnEntry(String),
    /// The values are right, but the bytes are not those of the export.
    #[error("bytes differ from the exported form")]
    Spelling,
    /// The number is out of sequence: an entry was removed, added, repeated or moved.
    #[error("found entry {found} in its place")]
    Number {
        /// The number that was found instead.
        found: i64,
    },
    /// The entry does not link to the one before it: one of the two was replaced.
    #[error("does not link to the entry before it")]
    Previous,
    /// The content does not match the hash.
    #[error("content changed: it does not match the hash")]
    Hash,
    /// A signed head gives a different hash for this entry.
    #[error("a signed head gives a different hash")]
    Head,
    /// A signed head covers the entry, but the log ends before it: the log was truncated.
    #[error("missing, although a signed head covers it")]
    CutOff,
    /// A signed head covers an entry from before the first one checked.
    #[error("covered by a signed head, but lies before the first entry checked")]
    Before,
    /// The log ended, and no entry had the hash noted earlier.
    #[error("the log ends here, and no entry has the hash noted earlier")]
    Noted,
    /// There are no entries; a genuine log has at least one.
    #[error("the log is empty")]
    Empty,
}

/// The first defect of a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq}: {fault}")]
pub struct Broken {
    /// The number of the entry expected at this position.
    pub seq: i64,
    /// The defect.
    pub fault: Fault,
}

/// The summary of an intact log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intact {
    /// Number of entries checked.
    pub entries: i64,
    /// Number of the last entry.
    pub seq: i64,
    /// Hash of the last entry.
    pub hash: String,
    /// Number of the last entry that a signed head covers; 0 without heads.
    pub covered: i64,
}

/// Verifies a log line by line.
#[derive(Debug, Clone)]
pub struct ChainVerifier {
    start: i64,
    seq: i64,
    hash: String,
    /// Hashes given by signed heads for entries still to come, by entry number.
    heads: BTreeMap<i64, Vec<String>>,
    covered: i64,
    /// The noted hash, until an entry has it.
    noted: Option<String>,
}

impl ChainVerifier {
    /// Verifies a whole log, beginning with entry 1, which has no predecessor.
    #[must_use]
    pub fn whole() -> Self {
        Self::after(0, "")
    }

    /// Verifies the rest of a log whose entry `seq` is known to have `hash`.
    #[must_use]
    pub fn after(seq: i64, hash: &str) -> Self {
        Self {
            start: seq,
            seq,
            hash: hash.to_owned(),
            heads: BTreeMap::new(),
            covered: 0,
            noted: None,
        }
    }

    /// Requires the chain to pass through `head`. The caller has already verified its signature.
    #[must_use]
    pub fn through(mut self, head: &HeadClaims) -> Self {
        self.heads.entry(head.seq).or_default().push(head.hash.clone());
        self
    }

    /// Requires an entry to have `hash`, which was noted earlier.
    #[must_use]
    pub fn with_hash(mut self, hash: &str) -> Self {
        self.noted = Some(hash.to_owned()).filter(|hash| *hash != self.hash);
        self
    }

    /// Verifies the next line, given without its line feed.
    ///
    /// # Errors
    /// [`Broken`] when the line is not the expected entry. The verifier then stays at the entry before it.
    pub fn line(&mut self, line: &[u8]) -> Result<AuditEntry, Broken> {
        let seq = self.seq.saturating_add(1);
        let broken = |fault| Err(Broken { seq, fault });
        let entry: AuditEntry = match serde_json::from_slice::<Exact>(line) {
            Ok(exact) => exact.into(),
            Err(error) => return broken(Fault::NotAnEntry(error.to_string())),
        };
        if entry.seq != seq {
            return broken(Fault::Number { found: entry.seq });
        }
        if entry.previous != self.hash {
            return broken(Fault::Previous);
        }
        if !entry.is_intact() {
            return broken(Fault::Hash);
        }
        if !serde_json::to_vec(&entry).is_ok_and(|written| written == line) {
            return broken(Fault::Spelling);
        }
        if let Some(hashes) = self.heads.get(&seq) {
            if hashes.iter().any(|hash| *hash != entry.hash) {
                return broken(Fault::Head);
            }
            self.covered = seq;
            self.heads.remove(&seq);
        }
        self.noted = self.noted.take().filter(|hash| *hash != entry.hash);
        self.seq = seq;
        self.hash.clone_from(&entry.hash);
        Ok(entry)
    }

    /// Finishes at the end of the log.
    ///
    /// # Errors
    /// [`Broken`] when a required entry or hash is missing.
    pub fn finish(self) -> Result<Intact, Broken> {
        let broken = |seq, fault| Err(Broken { seq, fault });
        if self.seq == 0 {
            return broken(1, Fault::Empty);
        }
        if let Some((seq, _)) = self.heads.first_key_value() {
            let fault = if *seq > self.seq { Fault::CutOff } else { Fault::Before };
            return broken(*seq, fault);
        }
        if self.noted.is_some() {
            return broken(self.seq, Fault::Noted);
        }
        Ok(Intact {
            entries: self.seq.saturating_sub(self.start),
            seq: self.seq,
            hash: self.hash,
            covered: self.covered,
        })
    }
}

/// An entry without unknown members; serde cannot reject those in a struct with flattened fields.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exact {
    seq: i64,
    at: UnixSeconds,
    actor: ExactActor,
    action: String,
    object: String,
    outcome: String,
    requester: Option<String>,
    approver: Option<String>,
    previous: String,
    hash: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExactActor {
    kind: String,
    id: Option<String>,
    address: Option<String>,
}

impl From<Exact> for AuditEntry {
    fn from(exact: Exact) -> Self {
        Self {
            seq: exact.seq,
            at: exact.at,
            act: Act {
                actor: Actor {
                    kind: exact.actor.kind,
                    id: exact.actor.id,
                    address: exact.actor.address,
                },
                action: exact.action,
                object: exact.object,
                outcome: exact.outcome,
                requester: exact.requester,
                approver: exact.approver,
            },
            previous: exact.previous,
            hash: exact.hash,
        }
    }
}

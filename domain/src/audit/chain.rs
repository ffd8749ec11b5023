//! Checking an exported log: entry after entry, in constant memory, without the store it came from.
//!
//! A line is the entry's JSON byte for byte as the edge writes it. What the hash does not cover (an unknown member, a
//! member given twice, another spelling of the same value) is refused for that reason: nobody vouches for it. That times
//! are in order is not checked, because the log promises it only since entries hold each other to it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::audit::head::HeadClaims;
use crate::audit::{Act, Actor, AuditEntry};
use crate::time::UnixSeconds;

/// What is wrong with an entry, or with what should be one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not the JSON of an entry, or with members that entries do not have, or have once.
    #[error("not an entry: {0}")]
    NotAnEntry(String),
    /// The same values, not written as they were exported.
    #[error("not written as exported")]
    Spelling,
    /// Another number stands in its place: an entry was removed, added, repeated or moved.
    #[error("entry {found} stands in its place")]
    Number {
        /// The number found.
        found: i64,
    },
    /// It does not follow from the entry before it: one of the two was exchanged.
    #[error("does not follow from the entry before it")]
    Previous,
    /// Its content is not what was hashed.
    #[error("changed: the hash is not that of its content")]
    Hash,
    /// A signed head names another hash for it.
    #[error("a signed head names another hash")]
    Head,
    /// A signed head covers it, and it is not there: the log was cut off.
    #[error("covered by a signed head, and missing")]
    CutOff,
    /// A signed head lies before the place where checking began.
    #[error("covered by a signed head, and before the first entry checked")]
    Before,
    /// No entry has the hash that was noted; the log ends here.
    #[error("the log ends here, without the hash that was noted")]
    Noted,
    /// There are no entries, and a log has at least one.
    #[error("the log is empty")]
    Empty,
}

/// The first thing that is wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("entry {seq}: {fault}")]
pub struct Broken {
    /// The number of the entry that should stand there.
    pub seq: i64,
    /// What is wrong.
    pub fault: Fault,
}

/// What is known of a log that is intact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intact {
    /// How many entries were checked.
    pub entries: i64,
    /// The number of the last.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// The last entry that a signed head covers; 0 without heads.
    pub covered: i64,
}

/// Checks a log.
#[derive(Debug, Clone)]
pub struct ChainVerifier {
    start: i64,
    seq: i64,
    hash: String,
    /// Hashes that signed heads name, by number, of entries still to come.
    heads: BTreeMap<i64, Vec<String>>,
    covered: i64,
    /// The hash that must still turn up.
    noted: Option<String>,
}

impl ChainVerifier {
    /// For a whole log: it begins with entry 1, which has none before it.
    #[must_use]
    pub fn whole() -> Self {
        Self::after(0, "")
    }

    /// For the rest of a log whose entry `seq` is known to have `hash`.
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

    /// Demands that the chain goes through `head`, whose signature was checked before.
    #[must_use]
    pub fn through(mut self, head: &HeadClaims) -> Self {
        self.heads.entry(head.seq).or_default().push(head.hash.clone());
        self
    }

    /// Demands that an entry has `hash`, which somebody noted earlier.
    #[must_use]
    pub fn with_hash(mut self, hash: &str) -> Self {
        self.noted = Some(hash.to_owned()).filter(|hash| *hash != self.hash);
        self
    }

    /// Takes the next line, without its line feed.
    ///
    /// # Errors
    /// The [`Broken`] place. The verifier stays at the entry before it.
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

    /// What is known at the end of the log.
    ///
    /// # Errors
    /// [`Broken`] when something that must be there did not come.
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

/// An entry and nothing else: a flattened struct cannot refuse what it does not know.
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

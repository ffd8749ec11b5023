//! What the gate remembers in one isolate: tokens whose signature it has checked, and proofs it has seen.
//!
//! Both are bounded. Losing them costs time, never safety: a token is checked again, and a proof is only good for
//! [`GATE_WINDOW`] seconds anywhere.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tegata_domain::access_token::AccessClaims;
use tegata_domain::dpop::GATE_WINDOW;
use tegata_domain::jwk::{ProofKey, Thumbprint, sha256_b64};
use tegata_domain::time::UnixSeconds;

/// How long an isolate may keep the published keys, and what it has checked with them, in seconds.
pub const KEYS_AGE: i64 = 60;

/// Most tokens remembered; beyond that all are forgotten.
const MOST_TOKENS: usize = 4_096;
/// Most proofs remembered in one window; beyond that no more are taken until it has passed.
const MOST_PROOFS: usize = 250_000;
/// Most proofs of one key in one window, so that one device cannot shut the gate for the others.
const MOST_PROOFS_OF_ONE: u32 = 25_000;

/// A token whose signature was checked, and what was worked out for it since.
#[derive(Debug)]
pub(crate) struct Verified {
    /// What it says.
    pub(crate) claims: AccessClaims,
    /// When its signature was checked.
    checked_at: UnixSeconds,
    /// The identity header made for it and its data origin.
    identity: Mutex<Option<(String, Arc<str>)>>,
    /// What a proof for it must name.
    hash: OnceLock<String>,
    /// The key that it is bound to, known from the first proof.
    key: OnceLock<ProofKey>,
    /// Set once it was let through.
    seen: OnceLock<()>,
}

#[derive(Default)]
struct Proofs {
    current: HashSet<String>,
    previous: HashSet<String>,
    shown_by: HashMap<String, u32>,
    since: i64,
}

/// The memory of one isolate.
#[derive(Default)]
pub struct GateMemory {
    tokens: Mutex<HashMap<String, Arc<Verified>>>,
    proofs: Mutex<Proofs>,
}

/// What became of showing a proof.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    /// It is new.
    New,
    /// It was seen before.
    Replayed,
    /// Too many were seen to remember one more.
    Full,
}

/// One thread runs an isolate, so a lock is never held elsewhere; a poisoned one holds no half-made state here.
fn open<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl GateMemory {
    /// The token, where its signature was checked lately: the key may have ended since.
    pub(crate) fn token(&self, token: &str, now: UnixSeconds) -> Option<Arc<Verified>> {
        let known = open(&self.tokens).get(token).cloned()?;
        (now.since(known.checked_at) < KEYS_AGE).then_some(known)
    }

    pub(crate) fn remember_token(&self, token: &str, claims: AccessClaims, now: UnixSeconds) -> Arc<Verified> {
        let verified = Arc::new(Verified {
            claims,
            checked_at: now,
            identity: Mutex::default(),
            hash: OnceLock::new(),
            key: OnceLock::new(),
            seen: OnceLock::new(),
        });
        let mut tokens = open(&self.tokens);
        if tokens.len() >= MOST_TOKENS {
            tokens.clear();
        }
        tokens.insert(token.to_owned(), Arc::clone(&verified));
        verified
    }

    /// Shows a proof once. Two sets of a window's width each hold everything that any clock within the window would take.
    pub(crate) fn show_proof(&self, jkt: &str, jti_hash: &str, now: UnixSeconds) -> Shown {
        let mut proofs = open(&self.proofs);
        let width = GATE_WINDOW.saturating_mul(2).saturating_add(2);
        let age = now.0.saturating_sub(proofs.since);
        if age >= width || age < 0 {
            proofs.previous = if age < width.saturating_mul(2) {
                std::mem::take(&mut proofs.current)
            } else {
                HashSet::new()
            };
            proofs.current.clear();
            proofs.shown_by.clear();
            proofs.since = now.0;
        }
        if proofs.current.contains(jti_hash) || proofs.previous.contains(jti_hash) {
            return Shown::Replayed;
        }
        let shown = proofs.shown_by.get(jkt).copied().unwrap_or_default();
        if proofs.current.len() >= MOST_PROOFS || shown >= MOST_PROOFS_OF_ONE {
            return Shown::Full;
        }
        proofs.shown_by.insert(jkt.to_owned(), shown.saturating_add(1));
        proofs.current.insert(jti_hash.to_owned());
        Shown::New
    }
}

impl Verified {
    /// The hash of `token`, which this is of: `ath` of RFC 9449.
    pub(crate) fn hash(&self, token: &str) -> &str {
        self.hash.get_or_init(|| sha256_b64(token))
    }

    /// Whether `key` is the one named by `jkt`, to which it is bound.
    pub(crate) fn is_bound_to(&self, key: &ProofKey, jkt: &Thumbprint) -> bool {
        if let Some(known) = self.key.get() {
            return known == key;
        }
        let fits = key.thumbprint() == *jkt;
        if fits {
            self.key.get_or_init(|| key.clone());
        }
        fits
    }

    /// Whether it was let through before; from now on it was.
    pub(crate) fn seen_again(&self) -> bool {
        self.seen.set(()).is_err()
    }

    /// Until when this may be believed without looking again: the token ends, or its signing key may have.
    pub(crate) fn good_until(&self) -> UnixSeconds {
        self.claims.exp.min(self.checked_at.plus(KEYS_AGE))
    }

    pub(crate) fn identity_for(&self, origin: &str) -> Option<Arc<str>> {
        open(&self.identity)
            .as_ref()
            .filter(|(made_for, _)| made_for == origin)
            .map(|(_, jwt)| Arc::clone(jwt))
    }

    pub(crate) fn remember_identity(&self, origin: &str, jwt: Arc<str>) {
        *open(&self.identity) = Some((origin.to_owned(), jwt));
    }
}

#[cfg(test)]
mod tests {
    use super::{GateMemory, Shown};
    use tegata_domain::time::UnixSeconds;

    #[test]
    fn a_proof_is_remembered_as_long_as_it_could_be_taken() {
        let memory = GateMemory::default();
        for start in [1_000_000, 1_000_090, 1_000_121] {
            let jti = format!("j{start}");
            assert_eq!(memory.show_proof("k", &jti, UnixSeconds(start)), Shown::New);
            // Made up to 60 s in the future, it is taken until 120 s after it was first shown.
            for later in [0, 1, 60, 119, 120] {
                assert_eq!(
                    memory.show_proof("k", &jti, UnixSeconds(start + later)),
                    Shown::Replayed,
                    "{start}+{later}"
                );
            }
        }
    }
}

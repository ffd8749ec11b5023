//! Offline verification of an exported audit log (requirement B4): one entry per line, as `tegata operator audit` saves
//! it, and the signed heads that say how far the log must reach. The log is read once, line by line.

use crate::jwks::KeySet;
use serde::Deserialize;
use std::io::{self, BufRead, Read as _};
use tegata_domain::audit::chain::{Broken, ChainVerifier, Fault, Intact};
use tegata_domain::audit::head::{HeadClaims, TYP};
use tegata_domain::jws::Compact;

/// Maximum length of an entry, in bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// Why a log failed verification or could not be read.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The file could not be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The first fault in the log.
    #[error(transparent)]
    Broken(#[from] Broken),
}

/// Why a signed head failed verification. `place` is its position in the file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// The list is empty: the log has no signed head yet.
    #[error("there is no signed head yet")]
    None,
    /// Not a head in the format the edge signs.
    #[error("head {place}: malformed")]
    Malformed {
        /// Position of the head.
        place: usize,
    },
    /// The key set has no receipt key with this id.
    #[error("head {place}: no receipt key {kid}")]
    UnknownKey {
        /// Position of the head.
        place: usize,
        /// The key's id.
        kid: String,
    },
    /// The head claims to have been signed after its key was retired.
    #[error("head {place}: signed after key {kid} was retired")]
    EndedKey {
        /// Position of the head.
        place: usize,
        /// The key's id.
        kid: String,
    },
    /// The signature does not match the signed bytes.
    #[error("head {place}: bad signature")]
    Signature {
        /// Position of the head.
        place: usize,
    },
    /// The issuer differs from the requested one, or from that of the other heads.
    #[error("head {place}: issued by {issuer}")]
    Issuer {
        /// Position of the head.
        place: usize,
        /// Its issuer.
        issuer: String,
    },
}

/// Verifies a log against the first and last entries that `verifier` expects.
pub fn verify(mut log: impl BufRead, mut verifier: ChainVerifier) -> Result<Intact, AuditError> {
    let mut line = Vec::new();
    let mut number = 0_i64;
    loop {
        line.clear();
        number += 1;
        let read = log.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(verifier.finish()?);
        }
        let ended = line.pop_if(|last| *last == b'\n').is_some();
        if !ended && line.len() as u64 == LONGEST_LINE {
            let fault = Fault::NotAnEntry("the line is too long".to_owned());
            return Err(Broken { seq: number, fault }.into());
        }
        verifier.line(&line)?;
    }
}

/// Reads signed heads, either one compact JWS per line or the JSON of the operator API's list, and checks their
/// signatures. All heads must come from one issuer, which must be `issuer` if that is given.
pub fn heads(file: &str, keys: &KeySet, issuer: Option<&str>) -> Result<Vec<HeadClaims>, HeadError> {
    #[derive(Deserialize)]
    struct List {
        items: Vec<Item>,
    }
    #[derive(Deserialize)]
    struct Item {
        jws: String,
    }
    let compacts: Vec<String> = if file.trim_start().starts_with('{') {
        let list: List = serde_json::from_str(file).map_err(|_| HeadError::Malformed { place: 1 })?;
        if list.items.is_empty() {
            return Err(HeadError::None);
        }
        list.items.into_iter().map(|item| item.jws).collect()
    } else {
        file.split_ascii_whitespace().map(str::to_owned).collect()
    };
    let mut heads: Vec<HeadClaims> = Vec::new();
    for (compact, place) in compacts.iter().zip(1..) {
        let head = head(compact, place, keys)?;
        let expected = issuer.or(heads.first().map(|first| first.iss.as_str()));
        if expected.is_some_and(|expected| expected != head.iss) {
            return Err(HeadError::Issuer {
                place,
                issuer: head.iss,
            });
        }
        heads.push(head);
    }
    if heads.is_empty() {
        return Err(HeadError::Malformed { place: 1 });
    }
    Ok(heads)
}

fn head(compact: &str, place: usize, keys: &KeySet) -> Result<HeadClaims, HeadError> {
    let compact = Compact::record(compact, TYP).map_err(|_| HeadError::Malformed { place })?;
    let Some(key) = keys.receipt_key(&compact.kid) else {
        return Err(HeadError::UnknownKey {
            place,
            kid: compact.kid,
        });
    };
    if !compact.verify(&key.to_bytes()) {
        return Err(HeadError::Signature { place });
    }
    let head: HeadClaims = compact.payload().ok_or(HeadError::Malformed { place })?;
    let signed_at = u64::try_from(head.iat.0).unwrap_or_default();
    if keys.ended_before(&compact.kid, signed_at) {
        return Err(HeadError::EndedKey {
            place,
            kid: compact.kid,
        });
    }
    Ok(head)
}

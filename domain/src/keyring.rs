//! The deployment's keys: their purposes, their lifetimes, and when the next one is made. A key is published before it
//! signs and stays published after it stops, so that no cache ever meets a token whose key it has not seen. Receipts
//! must be verifiable for as long as anybody keeps one, so their keys stay published for good.

mod order;

use core::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::jwk::{PublicJwk, PublicKeySet, PublicUse};
use crate::jws;
use crate::jws::signing::KeyPair;
use crate::random::{self, Random};
use crate::secret::same;
use crate::time::UnixSeconds;
use crate::wire::b64;

pub use order::{KeysRotated, Order, RotateKeys, RotatedKey, SIGNER_AGE, rotate_out_of_turn};

const DAY: i64 = 24 * 3600;

/// The purpose of a key. Stored by name; a name is never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyPurpose {
    /// Ed25519: access tokens and identity headers.
    Token,
    /// Ed25519: consent receipts.
    Receipt,
    /// HMAC-SHA256: links in mails and mailed codes.
    Link,
}

impl KeyPurpose {
    /// Every purpose.
    pub const ALL: [Self; 3] = [Self::Token, Self::Receipt, Self::Link];

    /// How long a key signs, in seconds.
    #[must_use]
    pub const fn period(self) -> i64 {
        match self {
            Self::Token | Self::Link => 30 * DAY,
            Self::Receipt => 365 * DAY,
        }
    }

    /// How long before its first signature a key is published, in seconds.
    #[must_use]
    pub const fn lead(self) -> i64 {
        DAY
    }

    /// How long after its last signature a key is kept, in seconds; `None` means for good. Links and codes are valid
    /// for at most 30 days ([`crate::policy`]), and their outcome can be viewed for another 30.
    #[must_use]
    pub const fn kept(self) -> Option<i64> {
        match self {
            Self::Token => Some(DAY),
            Self::Receipt => None,
            Self::Link => Some(62 * DAY),
        }
    }

    const fn letter(self) -> char {
        match self {
            Self::Token => 't',
            Self::Receipt => 'r',
            Self::Link => 'l',
        }
    }
}

/// One key as stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// The key's id, unique in the deployment.
    pub kid: String,
    /// The key's purpose.
    pub purpose: KeyPurpose,
    /// 32 secret bytes, base64url.
    pub secret: String,
    /// The time from which it signs.
    pub active_from: UnixSeconds,
    /// The operator's order for it, if it was made out of turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// When it was ended because somebody else might know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<UnixSeconds>,
    /// Id of the key that replaced it then; that key's order states the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_for: Option<String>,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({} {:?})", self.kid, self.purpose)
    }
}

impl Key {
    fn generate(random: &dyn Random, purpose: KeyPurpose, active_from: UnixSeconds) -> Self {
        Self {
            kid: format!("{}{}", purpose.letter(), b64::encode(random::bytes::<8>(random))),
            purpose,
            secret: b64::encode(random::bytes::<32>(random)),
            active_from,
            order: None,
            ended_at: None,
            ended_for: None,
        }
    }

    /// When the next key with the same purpose takes over.
    #[must_use]
    pub const fn signs_until(&self) -> UnixSeconds {
        self.active_from.plus(self.purpose.period())
    }

    fn seed(&self) -> Option<[u8; 32]> {
        b64::decode(&self.secret)?.try_into().ok()
    }
}

/// The changes a keyring needs at an instant.
#[derive(Debug, PartialEq, Eq)]
pub struct Rotation {
    /// Keys to add.
    pub add: Vec<Key>,
    /// Ids of the keys to delete.
    pub remove: Vec<String>,
    /// When to check again.
    pub next: UnixSeconds,
}

/// Decides which changes `keys` needs at `now`: a first key at once, a successor ahead of time, and the removal of keys
/// whose retention period is over.
#[must_use]
pub fn rotate(keys: &[Key], random: &dyn Random, now: UnixSeconds) -> Rotation {
    let mut rotation = Rotation {
        add: Vec::new(),
        remove: Vec::new(),
        next: now.plus(DAY),
    };
    for purpose in KeyPurpose::ALL {
        let newest = keys
            .iter()
            .filter(|key| key.purpose == purpose && key.ended_at.is_none())
            .max_by_key(|key| key.active_from);
        let next = match newest {
            None => Some(now),
            Some(key) if now.plus(purpose.lead()) >= key.signs_until() => Some(key.signs_until().max(now)),
            Some(_) => None,
        };
        rotation
            .add
            .extend(next.map(|from| Key::generate(random, purpose, from)));
    }
    for key in keys {
        if key
            .purpose
            .kept()
            .is_some_and(|kept| now >= key.signs_until().plus(kept))
        {
            rotation.remove.push(key.kid.clone());
        }
    }
    rotation
}

/// The key of `purpose` that signs at `now`: the newest active one.
fn signing(keys: &[Key], purpose: KeyPurpose, now: UnixSeconds) -> Option<&Key> {
    keys.iter()
        .filter(|key| key.purpose == purpose && key.active_from <= now && key.ended_at.is_none())
        .max_by_key(|key| key.active_from)
}

/// The published set of `keys`. An ended token key is left out, so that its signatures become worthless; an ended
/// receipt key stays in, since what it signed before must remain verifiable.
#[must_use]
pub fn public_set(keys: &[Key]) -> PublicKeySet {
    let publish = |key: &Key| {
        let tegata_use = match key.purpose {
            KeyPurpose::Token if key.ended_at.is_some() => return None,
            KeyPurpose::Token => PublicUse::Token,
            KeyPurpose::Receipt => PublicUse::Receipt,
            KeyPurpose::Link => return None,
        };
        Some(PublicJwk {
            tegata_not_after: key.ended_at.map(|at| at.plus(SIGNER_AGE)),
            ..PublicJwk::ed25519(&key.kid, &jws::public_key(&key.seed()?), tegata_use)
        })
    };
    PublicKeySet {
        keys: keys.iter().filter_map(publish).collect(),
    }
}

/// A signing key in use.
#[derive(Clone, Serialize, Deserialize)]
pub struct SigningKey {
    /// The key's id.
    pub kid: String,
    /// The Ed25519 seed.
    pub seed: [u8; 32],
    /// The seed's key pair, cached because deriving it takes as long as making a signature.
    #[serde(skip)]
    pair: OnceLock<KeyPair>,
}

impl SigningKey {
    /// Signs `payload` and returns the compact JWS.
    #[must_use]
    pub fn sign(&self, typ: &str, payload: &impl Serialize) -> String {
        let pair = self.pair.get_or_init(|| KeyPair::from_seed(&self.seed));
        pair.sign(&self.kid, typ, payload)
    }

    /// What a signature over `payload` has to cover (RFC 7515 section 5.1), for those who have it signed elsewhere.
    #[must_use]
    pub fn signing_input(&self, typ: &str, payload: &impl Serialize) -> String {
        jws::signing::signing_input(&self.kid, typ, payload)
    }
}

/// The HMAC keys of links and codes. The last one makes new links and codes. Keys that are not active yet come first;
/// they are included because another part of the deployment may already use them.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct LinkKeys(Vec<(String, [u8; 32])>);

impl LinkKeys {
    /// Link keys by id, the one in use last.
    #[must_use]
    pub const fn new(keys: Vec<(String, [u8; 32])>) -> Self {
        Self(keys)
    }

    /// The key for making new links.
    #[must_use]
    pub fn current(&self) -> Option<(&str, &[u8; 32])> {
        self.0.last().map(|(kid, key)| (kid.as_str(), key))
    }

    /// Whether `given` is what `mac` computes with the key `kid`, compared in constant time. False for an unknown key.
    #[must_use]
    pub fn verify(&self, kid: &str, given: &str, mac: impl FnOnce(&[u8; 32]) -> String) -> bool {
        self.find(kid).is_some_and(|key| same(&mac(key), given))
    }

    /// The key with the id `kid`.
    #[must_use]
    pub fn find(&self, kid: &str) -> Option<&[u8; 32]> {
        self.0.iter().find(|(name, _)| name == kid).map(|(_, key)| key)
    }
}

/// The keys that an object needs for its work.
#[derive(Clone, Serialize, Deserialize)]
pub struct Signers {
    /// Signs access tokens.
    pub token: SigningKey,
    /// Signs receipts.
    pub receipt: SigningKey,
    /// Makes and opens links and codes.
    pub links: LinkKeys,
}

impl fmt::Debug for Signers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signers({}, {})", self.token.kid, self.receipt.kid)
    }
}

/// The signers of `keys` at `now`; `None` if a purpose has no active key.
#[must_use]
pub fn signers(keys: &[Key], now: UnixSeconds) -> Option<Signers> {
    let signer = |purpose| {
        let key = signing(keys, purpose, now)?;
        Some(SigningKey {
            kid: key.kid.clone(),
            seed: key.seed()?,
            pair: OnceLock::new(),
        })
    };
    let mut links: Vec<&Key> = keys
        .iter()
        .filter(|key| key.purpose == KeyPurpose::Link && key.ended_at.is_none())
        .collect();
    links.sort_by_key(|key| (key.active_from <= now, key.active_from));
    Some(Signers {
        token: signer(KeyPurpose::Token)?,
        receipt: signer(KeyPurpose::Receipt)?,
        links: LinkKeys(
            links
                .into_iter()
                .filter_map(|key| Some((key.kid.clone(), key.seed()?)))
                .collect(),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::{DAY, Key, KeyPurpose, public_set, rotate, signers};
    use crate::random::CountingRandom;
    use crate::time::UnixSeconds;

    fn apply(keys: &mut Vec<Key>, random: &CountingRandom, now: UnixSeconds) {
        let rotation = rotate(keys, random, now);
        keys.retain(|key| !rotation.remove.contains(&key.kid));
        keys.extend(rotation.add);
    }

    #[test]
    fn two_years_of_daily_rotation_never_lack_a_published_key() {
        let random = CountingRandom::new(1);
        let mut keys = Vec::new();
        let mut published_before: Option<Vec<String>> = None;
        for day in 0..730 {
            let now = UnixSeconds(day * DAY);
            apply(&mut keys, &random, now);
            let signing = signers(&keys, now).unwrap().token.kid;
            if let Some(before) = published_before.replace(public_set(&keys).keys.into_iter().map(|k| k.kid).collect())
            {
                assert!(
                    before.contains(&signing),
                    "day {day}: signs with a key that was not published before"
                );
            }
        }
        let count = |purpose| keys.iter().filter(|key| key.purpose == purpose).count();
        assert!(count(KeyPurpose::Token) <= 3);
        assert!(count(KeyPurpose::Link) <= 5);
        assert!(count(KeyPurpose::Receipt) >= 2, "receipt keys stay published");
    }

    #[test]
    fn rotation_is_idempotent_within_a_day() {
        let random = CountingRandom::new(1);
        let mut keys = Vec::new();
        apply(&mut keys, &random, UnixSeconds(0));
        let again = rotate(&keys, &random, UnixSeconds(10));
        assert!(again.add.is_empty() && again.remove.is_empty());
    }

    #[test]
    fn link_keys_are_never_published() {
        let random = CountingRandom::new(1);
        let mut keys = Vec::new();
        apply(&mut keys, &random, UnixSeconds(0));
        assert_eq!(keys.len(), 3);
        assert_eq!(public_set(&keys).keys.len(), 2);
    }

    #[test]
    fn a_link_key_opens_what_others_make_with_it_before_it_is_used_here() {
        let random = CountingRandom::new(1);
        let mut keys = Vec::new();
        apply(&mut keys, &random, UnixSeconds(0));
        let due = UnixSeconds(29 * DAY);
        apply(&mut keys, &random, due);
        let (now, later) = (
            signers(&keys, due).unwrap().links,
            signers(&keys, due.plus(DAY)).unwrap().links,
        );
        let (before, next) = (now.current().unwrap().0, later.current().unwrap().0);
        assert_ne!(before, next);
        assert!(now.find(next).is_some() && later.find(before).is_some());
    }

    #[test]
    fn a_long_sleep_makes_a_new_key_at_once() {
        let random = CountingRandom::new(1);
        let mut keys = Vec::new();
        apply(&mut keys, &random, UnixSeconds(0));
        let late = UnixSeconds(400 * DAY);
        let old = keys[0].kid.clone();
        apply(&mut keys, &random, late);
        assert_ne!(signers(&keys, late).unwrap().token.kid, old);
    }
}

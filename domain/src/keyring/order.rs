//! Key rotation out of turn, ordered by the operator. An ordinary rotation adds a key that becomes active after the
//! usual delay. If a key may be compromised, the new key signs at once and all earlier keys end.

use serde::{Deserialize, Serialize};

use super::{Key, KeyPurpose};
use crate::random::Random;
use crate::secret::HashedSecret;
use crate::text::Reason;
use crate::time::UnixSeconds;

/// How long signers cache the keys that they fetched, in seconds. A key may still sign for this long after its end.
pub const SIGNER_AGE: i64 = 300;

/// The operator's order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RotateKeys {
    /// Purpose of the keys to rotate; all purposes by default.
    pub purpose: Option<KeyPurpose>,
    /// Whether the keys may be compromised.
    pub compromised: bool,
    /// Reason, stored with the new key.
    pub reason: Option<Reason>,
    /// The request's `Idempotency-Key`.
    pub idempotency_key: Option<HashedSecret>,
}

/// The result for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RotatedKey {
    /// Purpose of the key.
    pub purpose: KeyPurpose,
    /// ID of the new key.
    pub kid: String,
    /// When it begins to sign.
    pub active_at: UnixSeconds,
    /// IDs of the keys that it replaced at once.
    pub ended: Vec<String>,
}

/// The reply to [`RotateKeys`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeysRotated {
    /// The result for each purpose.
    pub keys: Vec<RotatedKey>,
}

/// The order that created a key out of turn, as stored with the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Time of the order.
    pub at: UnixSeconds,
    /// Whether earlier keys may have been compromised.
    pub compromised: bool,
    /// The operator's reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The order's `Idempotency-Key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<HashedSecret>,
}

/// Carries out `order` on `keys`, which must be up to date at `now`, and adds and ends keys in place. A retry under the
/// same `Idempotency-Key` changes nothing, and neither does an ordinary rotation while a successor waits to become
/// active.
pub fn rotate_out_of_turn(
    keys: &mut Vec<Key>,
    order: &RotateKeys,
    random: &dyn Random,
    now: UnixSeconds,
) -> KeysRotated {
    let chosen = KeyPurpose::ALL
        .into_iter()
        .filter(|purpose| order.purpose.is_none_or(|only| only == *purpose));
    KeysRotated {
        keys: chosen
            .map(|purpose| rotate_one(keys, purpose, order, random, now))
            .collect(),
    }
}

fn rotate_one(
    keys: &mut Vec<Key>,
    purpose: KeyPurpose,
    order: &RotateKeys,
    random: &dyn Random,
    now: UnixSeconds,
) -> RotatedKey {
    let live = |key: &&Key| key.purpose == purpose && key.ended_at.is_none();
    let carried_out = |key: &&Key| {
        let under = key.order.as_ref().and_then(|made| made.idempotency_key.as_ref());
        matches!((under, &order.idempotency_key), (Some(first), Some(again)) if first.matches(again))
    };
    let waits = |key: &&Key| !order.compromised && key.active_from > now;
    let mut of_purpose = keys.iter().filter(|key| key.purpose == purpose);
    let there = of_purpose
        .find(carried_out)
        .or_else(|| keys.iter().filter(live).find(waits));
    if let Some(key) = there {
        return rotated(keys, key);
    }
    let active_from = if order.compromised {
        now
    } else {
        now.plus(purpose.lead())
    };
    let made = Key {
        order: Some(Order {
            at: now,
            compromised: order.compromised,
            reason: order.reason.clone(),
            idempotency_key: order.idempotency_key.clone(),
        }),
        ..Key::generate(random, purpose, active_from)
    };
    if order.compromised {
        let of_before = keys
            .iter_mut()
            .filter(|key| key.purpose == purpose && key.ended_at.is_none());
        for key in of_before {
            key.ended_at = Some(now);
            key.ended_for = Some(made.kid.clone());
        }
    }
    keys.push(made.clone());
    rotated(keys, &made)
}

fn rotated(keys: &[Key], key: &Key) -> RotatedKey {
    let ended = keys.iter().filter(|other| other.ended_for.as_ref() == Some(&key.kid));
    RotatedKey {
        purpose: key.purpose,
        kid: key.kid.clone(),
        active_at: key.active_from,
        ended: ended.map(|other| other.kid.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{KeysRotated, RotateKeys, SIGNER_AGE, rotate_out_of_turn};
    use crate::jwk::PublicUse;
    use crate::keyring::{DAY, Key, KeyPurpose, public_set, rotate, signers};
    use crate::random::CountingRandom;
    use crate::secret::HashedSecret;
    use crate::time::UnixSeconds;

    const NOW: UnixSeconds = UnixSeconds(10 * DAY);

    struct Ring(Vec<Key>, CountingRandom);

    impl Ring {
        fn new() -> Self {
            let mut ring = Self(Vec::new(), CountingRandom::new(1));
            ring.pass(UnixSeconds(0));
            ring
        }

        fn pass(&mut self, now: UnixSeconds) {
            let rotation = rotate(&self.0, &self.1, now);
            self.0.retain(|key| !rotation.remove.contains(&key.kid));
            self.0.extend(rotation.add);
        }

        fn order(&mut self, order: &RotateKeys) -> KeysRotated {
            rotate_out_of_turn(&mut self.0, order, &self.1, NOW)
        }

        fn published(&self) -> Vec<String> {
            public_set(&self.0).keys.into_iter().map(|key| key.kid).collect()
        }
    }

    fn order(purpose: KeyPurpose, compromised: bool) -> RotateKeys {
        RotateKeys {
            purpose: Some(purpose),
            compromised,
            ..RotateKeys::default()
        }
    }

    #[test]
    fn in_the_ordinary_way_a_key_is_published_a_day_before_it_signs() {
        for purpose in [KeyPurpose::Token, KeyPurpose::Receipt] {
            let mut ring = Ring::new();
            let kid = |ring: &Ring, now| {
                let signers = signers(&ring.0, now).unwrap();
                if purpose == KeyPurpose::Token {
                    signers.token.kid
                } else {
                    signers.receipt.kid
                }
            };
            let before = kid(&ring, NOW);
            let told = ring.order(&order(purpose, false)).keys.remove(0);
            assert_eq!((told.active_at, told.ended.len()), (NOW.plus(DAY), 0));
            assert!(ring.published().contains(&before) && ring.published().contains(&told.kid));
            assert_eq!(kid(&ring, NOW.plus(DAY - 1)), before);
            assert_eq!(kid(&ring, NOW.plus(DAY)), told.kid);
            // Repeating the order creates no further key.
            let count = ring.0.len();
            assert_eq!(ring.order(&order(purpose, false)).keys[0], told);
            ring.pass(NOW.plus(DAY));
            assert_eq!(ring.0.len(), count);
        }
    }

    #[test]
    fn a_compromised_token_key_is_no_longer_published() {
        let mut ring = Ring::new();
        ring.order(&order(KeyPurpose::Token, false));
        let of_before: Vec<String> = ring
            .0
            .iter()
            .filter(|key| key.purpose == KeyPurpose::Token)
            .map(|key| key.kid.clone())
            .collect();
        let receipts = signers(&ring.0, NOW).unwrap().receipt.kid;
        let told = ring.order(&order(KeyPurpose::Token, true)).keys.remove(0);
        assert_eq!(
            (told.active_at, &told.ended),
            (NOW, &of_before),
            "the one that waited too"
        );
        assert_eq!(signers(&ring.0, NOW).unwrap().token.kid, told.kid);
        assert_eq!(signers(&ring.0, NOW.plus(5 * DAY)).unwrap().token.kid, told.kid);
        let mut published = ring.published();
        published.sort();
        let mut expected = vec![told.kid, receipts];
        expected.sort();
        assert_eq!(published, expected, "nothing else is touched");
    }

    #[test]
    fn receipts_of_before_stay_verifiable_and_their_key_says_until_when_it_signed() {
        let mut ring = Ring::new();
        let before = signers(&ring.0, NOW).unwrap().receipt.kid;
        let told = ring.order(&order(KeyPurpose::Receipt, true)).keys.remove(0);
        assert_eq!(signers(&ring.0, NOW).unwrap().receipt.kid, told.kid);
        let set = public_set(&ring.0);
        let not_after = |kid: &str| set.find(kid, PublicUse::Receipt).unwrap().tegata_not_after;
        assert_eq!(not_after(&before), Some(NOW.plus(SIGNER_AGE)));
        assert_eq!(not_after(&told.kid), None);
        ring.pass(NOW.plus(4_000 * DAY));
        assert!(ring.published().contains(&before));
    }

    #[test]
    fn compromised_link_keys_open_nothing() {
        let mut ring = Ring::new();
        let links = signers(&ring.0, NOW).unwrap().links;
        let (before, _) = links.current().unwrap();
        let told = ring.order(&order(KeyPurpose::Link, true)).keys.remove(0);
        let links = signers(&ring.0, NOW).unwrap().links;
        assert_eq!(links.current().unwrap().0, told.kid);
        assert!(links.find(before).is_none());
    }

    #[test]
    fn all_keys_are_rotated_where_none_is_named() {
        let mut ring = Ring::new();
        let told = ring.order(&RotateKeys {
            compromised: true,
            ..RotateKeys::default()
        });
        let purposes: Vec<KeyPurpose> = told.keys.iter().map(|key| key.purpose).collect();
        assert_eq!(purposes, KeyPurpose::ALL);
        assert!(told.keys.iter().all(|key| key.ended.len() == 1 && key.active_at == NOW));
    }

    #[test]
    fn ordered_twice_under_one_key_it_is_done_once() {
        for compromised in [true, false] {
            let mut ring = Ring::new();
            let order = RotateKeys {
                compromised,
                idempotency_key: Some(HashedSecret::of("k")),
                ..RotateKeys::default()
            };
            let told = ring.order(&order);
            let count = ring.0.len();
            assert_eq!(ring.order(&order), told);
            assert_eq!(ring.0.len(), count);
            let other = RotateKeys {
                idempotency_key: Some(HashedSecret::of("l")),
                ..order
            };
            assert_eq!(ring.order(&other) == told, !compromised, "another order");
        }
    }

    #[test]
    fn after_any_order_the_alarm_goes_on() {
        for compromised in [true, false] {
            let mut ring = Ring::new();
            ring.order(&RotateKeys {
                compromised,
                ..RotateKeys::default()
            });
            for day in 10..800 {
                let now = UnixSeconds(day * DAY);
                ring.pass(now);
                let signing = signers(&ring.0, now).unwrap().token.kid;
                assert!(ring.published().contains(&signing), "day {day}");
            }
            assert!(ring.0.iter().filter(|key| key.purpose != KeyPurpose::Receipt).count() <= 8);
        }
    }
}

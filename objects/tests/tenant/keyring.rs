//! The keyring's object with a failing store.

use tegata_domain::keyring::{KeyPurpose, RotateKeys};
use tegata_domain::random::CountingRandom;
use tegata_domain::secret::HashedSecret;
use tegata_domain::text::Reason;
use tegata_domain::time::UnixSeconds;
use tegata_objects::keyring::{open, rotate_now};

use crate::support::flaky::Flaky;
use crate::support::world::DAY;

#[test]
fn a_store_that_fails_at_any_write_is_no_lasting_harm() {
    for writes in 0..20 {
        let sql = Flaky::new();
        let random = CountingRandom::new(1);
        sql.fill_up_after(writes);
        let first = open(&sql, &random, UnixSeconds(0));
        sql.mend();
        let second = open(&sql, &random, UnixSeconds(1));
        assert!(second.is_ok(), "after {writes} writes: {second:?}");
        if first.is_ok() {
            assert!(writes > 3);
            return;
        }
    }
    panic!("the keyring never opened");
}

#[test]
fn a_failed_rotation_is_made_up_for() {
    let sql = Flaky::new();
    let random = CountingRandom::new(1);
    let first = open(&sql, &random, UnixSeconds(0)).unwrap();
    let due = UnixSeconds(29 * DAY);
    sql.fill_up_after(1);
    open(&sql, &random, due).unwrap_err();
    sql.mend();
    let rotated = open(&sql, &random, due).unwrap();
    assert_eq!(
        rotated.signers.token.kid, first.signers.token.kid,
        "the successor is published before it signs"
    );
    let later = open(&sql, &random, UnixSeconds(30 * DAY)).unwrap();
    assert_ne!(later.signers.token.kid, first.signers.token.kid);
}

fn compromised(purpose: Option<KeyPurpose>) -> RotateKeys {
    RotateKeys {
        purpose,
        compromised: true,
        reason: Some(Reason::parse("the backup of 2026-11-20 was lost").unwrap()),
        idempotency_key: Some(HashedSecret::of("k")),
    }
}

#[test]
fn a_rotation_out_of_turn_is_whole_or_not_at_all() {
    for writes in 0..20 {
        let sql = Flaky::new();
        let random = CountingRandom::new(1);
        let before = open(&sql, &random, UnixSeconds(0)).unwrap();
        sql.fill_up_after(writes);
        let done = rotate_now(&sql, &compromised(None), &random, UnixSeconds(60));
        sql.mend();
        let after = open(&sql, &random, UnixSeconds(61)).unwrap();
        let changed = [
            before.signers.token.kid != after.signers.token.kid,
            before.signers.receipt.kid != after.signers.receipt.kid,
            before.signers.links.current().unwrap().0 != after.signers.links.current().unwrap().0,
        ];
        assert_eq!(changed, [done.is_ok(); 3], "after {writes} writes");
        if done.is_ok() {
            assert!(writes > 3);
            return;
        }
    }
    panic!("the keys were never rotated");
}

#[test]
fn a_rotation_out_of_turn_is_kept_with_when_and_why_and_done_once() {
    let sql = Flaky::new();
    let random = CountingRandom::new(1);
    let before = open(&sql, &random, UnixSeconds(0)).unwrap();
    let order = compromised(Some(KeyPurpose::Token));
    let (keys, told) = rotate_now(&sql, &order, &random, UnixSeconds(60)).unwrap();
    assert!(keys.changed && keys.signers.token.kid == told.keys[0].kid);
    assert_eq!(told.keys[0].ended, std::slice::from_ref(&before.signers.token.kid));
    let published: Vec<_> = keys.public.keys.iter().map(|key| key.kid.as_str()).collect();
    assert!(!published.contains(&before.signers.token.kid.as_str()));

    let stored = sql.dump();
    let (again, told_again) = rotate_now(&sql, &order, &random, UnixSeconds(120)).unwrap();
    assert_eq!(told_again, told);
    assert!(again.changed, "the keys are published again");
    stored.assert_same(&sql.dump(), "the same order was repeated under one key");

    let kept = tegata_kv_schema::keys::load(&sql).unwrap();
    let made = kept.iter().find(|key| key.kid == told.keys[0].kid).unwrap();
    let order = made.order.as_ref().unwrap();
    assert_eq!((order.at, order.compromised), (UnixSeconds(60), true));
    assert_eq!(
        order.reason.as_ref().unwrap().as_str(),
        "the backup of 2026-11-20 was lost"
    );
    let old = kept.iter().find(|key| key.kid == before.signers.token.kid).unwrap();
    assert_eq!(
        (old.ended_at, old.ended_for.as_ref()),
        (Some(UnixSeconds(60)), Some(&made.kid))
    );
}

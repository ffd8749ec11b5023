//! The keyring's object on a store that fails.

use tegata_domain::random::CountingRandom;
use tegata_domain::time::UnixSeconds;
use tegata_objects::keyring::open;

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
        "the successor is published first"
    );
    let later = open(&sql, &random, UnixSeconds(30 * DAY)).unwrap();
    assert_ne!(later.signers.token.kid, first.signers.token.kid);
}

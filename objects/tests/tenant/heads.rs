//! The audit log from outside: its filters, and the signed heads that attest its length.

use tegata_domain::audit::AuditEntry;
use tegata_domain::audit::chain::{ChainVerifier, Fault};
use tegata_domain::audit::filter::{ActionFilter, ActorFilter, AuditFilter, ObjectFilter};
use tegata_domain::audit::head::{AuditHead, HeadClaims, TYP};
use tegata_domain::command::{ListAudit, ListAuditHeads, RenewIntrospectionSecret, TenantCommand};
use tegata_domain::error::Refusal;
use tegata_domain::jwk::PublicUse;
use tegata_domain::jws::Compact;
use tegata_domain::wire::b64;
use tegata_kv_schema::sql::Sql as _;
use tegata_objects::hosted::Hosted as _;

use crate::support::viewer::TARO_ASKS;
use crate::support::world::{DAY, EDGE, HOUR, World};

fn heads(world: &World) -> Vec<AuditHead> {
    let mut heads = Vec::new();
    let mut cursor = None;
    loop {
        let page = world.unchanged(|| world.send(ListAuditHeads { cursor })).unwrap();
        heads.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            return heads;
        }
    }
}

fn claims(world: &World, head: &AuditHead) -> HeadClaims {
    let compact = Compact::record(&head.jws, TYP).unwrap();
    let public = world.public.borrow();
    let key = b64::decode(&public.find(&compact.kid, PublicUse::Receipt).unwrap().x).unwrap();
    assert!(compact.verify(&key.try_into().unwrap()));
    compact.payload().unwrap()
}

fn check(entries: &[AuditEntry], mut verifier: ChainVerifier) -> Result<i64, Fault> {
    for entry in entries {
        let line = serde_json::to_vec(entry).unwrap();
        verifier.line(&line).map_err(|broken| broken.fault)?;
    }
    verifier
        .finish()
        .map(|intact| intact.covered)
        .map_err(|broken| broken.fault)
}

fn wake(world: &World) -> Option<i64> {
    let wake = world.with_object(|object, ctx| object.next_wake(ctx)).unwrap();
    wake.map(|wake| wake.since(world.now()))
}

#[test]
fn a_day_after_an_entry_a_signed_head_covers_it_and_what_came_since() {
    let world = World::new();
    assert_eq!(wake(&world), Some(DAY));
    world.advance(DAY - 1);
    world.tidy();
    assert!(heads(&world).is_empty(), "no head before it is due");
    world.send(RenewIntrospectionSecret {}).unwrap();
    world.advance(1);
    world.tidy();

    let signed = heads(&world);
    let entries = world.audit();
    let last = entries.last().unwrap();
    assert_eq!(
        (signed.len(), signed[0].seq, &signed[0].hash),
        (1, last.seq, &last.hash)
    );
    let claims = claims(&world, &signed[0]);
    assert_eq!(claims.iss, format!("{EDGE}/t/aozora"));
    assert_eq!(
        (claims.iat, claims.seq, &claims.hash),
        (world.now(), last.seq, &last.hash)
    );
    assert_eq!(check(&entries, ChainVerifier::whole().through(&claims)), Ok(last.seq));
    let cut = &entries[..entries.len() - 1];
    assert_eq!(
        check(cut, ChainVerifier::whole()),
        Ok(0),
        "without a head, the truncation goes unnoticed"
    );
    assert_eq!(check(cut, ChainVerifier::whole().through(&claims)), Err(Fault::CutOff));
}

#[test]
fn a_log_that_does_not_grow_gets_no_heads_and_one_that_grows_gets_one_a_day() {
    let world = World::new();
    world.advance(DAY);
    world.tidy();
    for _ in 0..5 {
        world.advance(DAY);
        world.unchanged(|| world.tidy());
    }
    assert_eq!(wake(&world), None);
    for _ in 0..60 {
        for _ in 0..4 {
            world.send(RenewIntrospectionSecret {}).unwrap();
            world.advance(6 * HOUR);
            world.tidy();
        }
    }
    let signed = heads(&world);
    assert_eq!(signed.len(), 61, "the heads take more than one page");
    assert!(signed.is_sorted_by_key(|head| -head.seq), "newest first");
    assert!(signed.windows(2).all(|pair| pair[0].at.since(pair[1].at) >= DAY));
    let verifier = signed.iter().fold(ChainVerifier::whole(), |verifier, head| {
        verifier.through(&claims(&world, head))
    });
    assert_eq!(check(&world.audit(), verifier), Ok(signed[0].seq));
}

#[test]
fn taking_entries_out_of_the_store_does_not_stop_the_heads() {
    let world = World::new();
    world.advance(DAY);
    world.tidy();
    let covered = heads(&world)[0].seq;
    for _ in 0..3 {
        world.send(RenewIntrospectionSecret {}).unwrap();
    }
    world
        .sql
        .run("DELETE FROM audit WHERE seq = ?", vec![(covered + 1).into()])
        .unwrap();
    assert_eq!(wake(&world), Some(DAY));
    world.advance(DAY);
    world.tidy();
    assert_eq!(heads(&world)[0].seq, covered + 3);
}

#[test]
fn an_entry_that_leaves_nothing_to_deliver_wakes_the_object_too() {
    let world = World::new();
    let viewer = world.ask(TARO_ASKS).unwrap();
    world.approve(&world.approval_link());
    let code = world.mailed_code();
    world.advance(DAY - 1);
    world.send(RenewIntrospectionSecret {}).unwrap();
    world.advance(1);
    world.tidy();
    assert!(wake(&world).is_some_and(|wait| wait > DAY), "every entry is covered");
    world.advance(-1);
    viewer.redeem(Some(&code)).unwrap();
    assert_eq!(wake(&world), Some(DAY));
    assert!(
        !TenantCommand::from(viewer.redemption(None)).effects().quiet,
        "the host must update the alarm"
    );
}

#[test]
fn a_clock_that_lags_behind_leaves_the_log_in_order() {
    let world = World::new();
    world.send(RenewIntrospectionSecret {}).unwrap();
    world.advance(-30);
    world.send(RenewIntrospectionSecret {}).unwrap();
    let entries = world.audit();
    assert!(entries.is_sorted_by_key(|entry| entry.at));
    assert!(check(&entries, ChainVerifier::whole()).is_ok());
}

#[test]
fn what_is_listed_is_what_the_filter_means() {
    let world = World::new();
    world.let_in();
    world.advance(HOUR);
    let _viewer = world.ask(TARO_ASKS).unwrap();
    for _ in 0..60 {
        world.send(RenewIntrospectionSecret {}).unwrap();
        world.advance(1);
    }
    let whole = world.audit();
    let device = whole.iter().find(|entry| entry.act.action == "device.create").unwrap();
    let start = whole[0].at;
    let mut filters = vec![AuditFilter::default()];
    for actor in [
        "operator",
        "approver",
        "taro.yamada@aozora.example",
        "taro@aozora.example",
    ] {
        filters.push(AuditFilter {
            actor: Some(ActorFilter::parse(actor).unwrap()),
            ..AuditFilter::default()
        });
    }
    for object in ["device/", "tenant/", "registration/", &device.act.object] {
        for action in ["device.create", "tenant.", "registration.code."] {
            filters.push(AuditFilter {
                object: Some(ObjectFilter::parse(object).unwrap()),
                action: Some(ActionFilter::parse(action).unwrap()),
                ..AuditFilter::default()
            });
        }
        filters.push(AuditFilter {
            object: Some(ObjectFilter::parse(object).unwrap()),
            from: Some(start.plus(HOUR)),
            to: Some(start.plus(HOUR + 20)),
            ..AuditFilter::default()
        });
    }
    for filter in filters {
        for newest_first in [false, true] {
            let mut expected: Vec<&AuditEntry> = whole.iter().filter(|entry| filter.matches(entry)).collect();
            if newest_first {
                expected.reverse();
            }
            let (mut found, mut cursor) = (Vec::new(), None);
            loop {
                let list = ListAudit {
                    filter: filter.clone(),
                    newest_first,
                    cursor,
                };
                let page = world.unchanged(|| world.send(list)).unwrap();
                found.extend(page.items);
                cursor = page.cursor;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{filter:?}");
        }
    }
}

#[test]
fn a_cursor_is_a_number_that_the_store_can_count_to() {
    let world = World::new();
    for text in ["x", "-1", "1e3", "9007199254740992", ""] {
        let list = ListAudit {
            cursor: Some(text.to_owned()),
            ..ListAudit::default()
        };
        assert!(
            matches!(world.send(list), Err(Refusal::Invalid(error)) if error.field == "cursor"),
            "{text}"
        );
    }
}

#[test]
fn a_changed_entry_is_told_to_those_with_the_support_option() {
    let world = World::new();
    world.support_everybody();
    world.advance(DAY);
    world.tidy();
    world.advance(HOUR);
    assert!(world.deliver().is_empty(), "an intact log raises no alert");
    world.send(RenewIntrospectionSecret {}).unwrap();
    let changed =
        "UPDATE audit SET record = json_set(record, '$.outcome', 'undone') WHERE seq = (SELECT max(seq) FROM audit)";
    world.sql.run(changed, Vec::new()).unwrap();
    world.advance(DAY);
    world.tidy();
    world.advance(HOUR);
    assert_eq!(world.deliver().len(), 1);
}

//! The worker is killed again and again while paths are in flight. Afterwards every path is complete, none is lost or
//! duplicated, no mail is missing, and every audit log is an unbroken chain.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use futures::future::join_all;
use tegata_acceptance::edge::{Pauses, development, killed, start};
use tegata_acceptance::viewer::{Asked, Tokens, Viewer, refresh_grant};
use tegata_acceptance::world::World;

/// Number of kills.
const KILLS: usize = 200;
/// Paths in flight at the same time.
const DRIVERS: usize = 4;
/// Number of newest finished paths whose mails are still in the mailbox: it keeps 1,000, and a path causes three.
const STILL_KEPT: usize = 300;

/// Calls the token endpoint with a fresh proof for every attempt, under one `Idempotency-Key`.
async fn tokens(viewer: &Viewer, fields: &[(&str, &str)]) -> Tokens {
    let world = &viewer.tenant.world;
    let request = world
        .posting(&viewer.token_url(), fields)
        .header("idempotency-key", viewer.key.thumbprint());
    let proven = || {
        let request = request.try_clone().expect("the body is in memory");
        request.header("dpop", viewer.token_proof())
    };
    Tokens::of(world.insist(proven).await)
}

/// One whole path in its own tenant: requested, approved, code entered, tokens collected, refreshed twice.
async fn path(world: &World) -> Asked {
    let tenant = world.tenant().create().await;
    // A PC with a key: repeating the request renews the registration instead of creating another.
    let asked = tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let code = asked.code().await;
    let typed = [
        ("user_code", asked.user_code.as_str()),
        ("activation_code", code.as_str()),
        ("lang", "ja"),
    ];
    let page = format!("{}/activate", tenant.issuer);
    world.form(&page, &typed).await.expect(200);
    let mut held = tokens(&asked.viewer, &asked.grant(None)).await;
    for _ in 0..2 {
        held = tokens(&asked.viewer, &refresh_grant(&held.refresh)).await;
    }
    asked
}

#[tokio::test]
async fn killed_two_hundred_times_nothing_is_lost_and_nothing_doubled() {
    let mut edge = start(development(env!("CARGO_TARGET_TMPDIR"), "kills"));
    let world = World::of(&edge).insisting();
    let stop = Cell::new(false);
    let done = RefCell::new(Vec::new());
    let kill = async {
        let mut pauses = Pauses::of(7);
        for _ in 0..KILLS {
            tokio::time::sleep(pauses.below(512)).await;
            edge = killed(edge).await;
        }
        stop.set(true);
        edge
    };
    let drive = async || {
        while !stop.get() {
            let asked = path(&world).await;
            done.borrow_mut().push(asked);
        }
    };
    let (mut edge, _) = tokio::join!(kill, join_all((0..DRIVERS).map(|_| drive())));
    let finished = done.into_inner();
    assert!(finished.len() >= DRIVERS, "only {} paths", finished.len());
    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for mail in world.mails().await {
        *mails.entry(mail.to).or_default() += 1;
    }
    for Asked { viewer, .. } in finished.iter().rev().take(STILL_KEPT) {
        let slug = &viewer.tenant.slug;
        let to = |address: &str| mails.get(address).copied();
        assert_eq!(
            to(&viewer.tenant.approvers[0]),
            Some(2),
            "{slug}: credential and question"
        );
        assert_eq!(to(&viewer.email), Some(1), "{slug}: code");
    }
    for Asked { viewer, .. } in &finished {
        let (tenant, slug) = (&viewer.tenant, &viewer.tenant.slug);
        let entries = tenant.intact_audit().await;
        for action in [
            "tenant.create",
            "registration.create",
            "approval.decide",
            "registration.code.page",
        ] {
            let count = entries.iter().filter(|entry| entry.act.action == action).count();
            assert_eq!(count, 1, "{slug}: {action}");
        }
        let devices = tenant.list("devices").await;
        let states: Vec<_> = devices.iter().map(|device| &device["state"]).collect();
        assert_eq!(states, ["active"], "{slug}: one device, in use");
        assert_eq!(tenant.list("outbox").await.len(), 0, "{slug}: the outbox is not empty");
    }
    eprintln!("{KILLS} kills, {} paths finished", finished.len());
    edge.stop().expect("stopped");
}

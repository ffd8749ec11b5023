//! The gate closes within the time limit after a device was revoked or a tenant suspended.

use std::time::Duration;

use tegata_acceptance::origin::Origin;
use tegata_acceptance::viewer::Tokens;
use tegata_acceptance::wait::eventually;
use xtask::process::now;

use crate::world;

/// The gate's own copy is at most 10 seconds old; the other two are for a busy machine. On the platform, KV adds up to
/// 60.
const BOUND: Duration = Duration::from_secs(12);

#[tokio::test]
async fn a_device_taken_away_is_out_within_the_bound_and_stays_out() {
    let origin = Origin::start();
    let tenant = world().tenant().data_origin(origin.url()).create().await;
    let (lost, kept) = (tenant.viewer(), tenant.viewer());
    let lost_tokens = lost.admitted().await;
    let kept_tokens: Tokens = kept.admitted().await;
    // The gate has just fetched a copy, which is the worst case.
    lost.view("data", &lost_tokens.access).await.expect(200);
    let devices = tenant.list("devices").await;
    let device = devices.iter().find(|device| device["email"] == lost.email.as_str());
    let id = device.expect("the device is listed")["id"].as_str().expect("an id");
    assert_eq!(tenant.operate(&format!("devices/{id}/revoke")).await, 204);
    let taken = now();
    eventually("the gate closes", BOUND, async || {
        let status = lost.view("data", &lost_tokens.access).await.status;
        assert!(status == 200 || status == 401, "{status}");
        (status == 401).then_some(())
    })
    .await;
    eprintln!("the gate closed {:?} after the device was revoked", taken.elapsed());
    for _ in 0..5 {
        lost.view("data", &lost_tokens.access).await.expect(401);
    }
    kept.view("data", &kept_tokens.access).await.expect(200);
}

#[tokio::test]
async fn a_suspended_tenant_is_shut_within_the_bound() {
    let origin = Origin::start();
    let tenant = world().tenant().data_origin(origin.url()).create().await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    viewer.view("data", &tokens.access).await.expect(200);
    assert_eq!(tenant.operate("suspend").await, 200);
    eventually("the gate closes", BOUND, async || {
        let status = viewer.view("data", &tokens.access).await.status;
        assert!(status == 200 || status == 403, "{status}");
        (status == 403).then_some(())
    })
    .await;
}

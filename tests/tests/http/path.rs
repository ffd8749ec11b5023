//! The whole path of K2 to K5 over HTTP: a PC is registered by mail, or refused, and later suspended or revoked.

use reqwest::Method;
use serde_json::json;
use tegata_acceptance::origin::{DATA, Origin};
use tegata_acceptance::viewer::Tokens;

use crate::world;

#[tokio::test]
async fn a_pc_is_let_in_by_mail_and_shut_out_again() {
    let world = world();
    let origin = Origin::start();
    let tenant = world.tenant().data_origin(origin.url()).create().await;
    let secret = tenant.introspection_secret().await;

    // K2, K3: the request reaches the approver, and nothing is open yet.
    let asked = tenant.viewer().ask().await;
    assert_eq!(asked.state().await, "awaiting_approval");
    assert_eq!(
        asked.collect(None).await.refusal(),
        (400, "authorization_pending".to_owned())
    );
    let page = world.get(&asked.link().await).await.expect(200);
    for shown in ["山田 太郎", asked.viewer.email.as_str(), "受付のPC"] {
        assert!(page.text.contains(shown), "{shown}");
    }

    // K3, K4: approved; the user gets the code by mail and enters it on that PC.
    asked.answer("approve").await.expect(200);
    assert_eq!(asked.state().await, "awaiting_code");
    let code = asked.code().await;
    let tokens = Tokens::of(asked.collect(Some(&code)).await);
    assert_eq!(asked.state().await, "redeemed");

    // K5: data comes through the gate, which tells the origin who reads it.
    let viewer = &asked.viewer;
    let seen = viewer.view("maskiner/7?fra=1", &tokens.access).await.expect(200);
    assert_eq!(seen.text, DATA);
    assert_eq!(
        seen.header("set-cookie"),
        "",
        "a data origin must not set cookies for the edge"
    );
    let received = origin.received();
    let devices = tenant.list("devices").await;
    let device = devices[0]["id"].as_str().expect("an id");
    assert_eq!(received[0].target, "/maskiner/7?fra=1");
    assert_eq!(received[0].headers["tegata-tenant"], tenant.slug.as_str());
    assert_eq!(received[0].headers["tegata-device"], device);
    assert!(received[0].headers.contains_key("tegata-identity"));
    for dropped in ["authorization", "dpop", "cookie"] {
        assert!(!received[0].headers.contains_key(dropped), "{dropped}");
    }
    assert!(tenant.is_active(&secret, &tokens.access).await);
    let tokens = Tokens::of(viewer.refresh(&tokens.refresh).await);

    // Revoked: effective at once where an object decides.
    assert_eq!(tenant.operate(&format!("devices/{device}/revoke")).await, 204);
    assert_eq!(
        viewer.refresh(&tokens.refresh).await.refusal(),
        (400, "invalid_grant".to_owned())
    );
    for token in [&tokens.access, &tokens.refresh] {
        assert!(!tenant.is_active(&secret, token).await);
    }

    let link = asked.link().await;
    world.assert_unlogged(&[
        &asked.device_code,
        &code,
        &tokens.access,
        &tokens.refresh,
        &secret,
        &viewer.email,
        link.rsplit('/').next().expect("a token"),
    ]);
    tenant.settled().await;
    let mails = (
        world.mails_to(&tenant.approvers[0]).await,
        world.mails_to(&viewer.email).await,
    );
    assert_eq!((mails.0.len(), mails.1.len()), (2, 1), "{mails:?}");
    let entries = tenant.intact_audit().await;
    let actions: Vec<&str> = entries.iter().map(|entry| entry.act.action.as_str()).collect();
    let told = [
        "registration.create",
        "approval.decide",
        "registration.code.device",
        "device.create",
        "device.revoke",
    ];
    let mut rest = actions.iter();
    assert!(
        told.iter().all(|action| rest.any(|found| found == action)),
        "{actions:?}"
    );
}

#[tokio::test]
async fn a_refused_pc_gets_nothing_and_is_told_why() {
    let world = world();
    let origin = Origin::start();
    let tenant = world.tenant().data_origin(origin.url()).create().await;
    let asked = tenant.viewer().ask().await;
    let link = asked.link().await;
    let reason = "この方は弊社の社員ではありません。";
    let fields = [
        ("decision", "refuse"),
        ("refuse", "yes"),
        ("reason", reason),
        ("lang", "ja"),
    ];
    world.form(&link, &fields).await.expect(200);
    assert_eq!(asked.state().await, "refused");
    assert_eq!(asked.collect(None).await.refusal(), (400, "access_denied".to_owned()));
    let told = world
        .mail_to(&asked.viewer.email, |mail| mail.text.contains(reason))
        .await;
    assert_eq!(told.code(), None);
    assert_eq!(tenant.list("devices").await.len(), 0);
}

#[tokio::test]
async fn five_wrong_codes_end_a_registration() {
    let tenant = world().tenant().create().await;
    let asked = tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let code = asked.code().await;
    for left in (1..5).rev() {
        let answer = asked.collect(Some("22222-22222")).await.expect(400).json();
        assert_eq!(
            (&answer["error"], &answer["tries_left"]),
            (&json!("invalid_grant"), &json!(left))
        );
    }
    assert_eq!(asked.collect(Some("22222-22222")).await.refusal().1, "access_denied");
    assert_eq!(asked.collect(Some(&code)).await.refusal().1, "access_denied");
    assert_eq!(tenant.list("devices").await.len(), 0);
}

#[tokio::test]
async fn a_suspended_tenant_is_shut_and_opens_again() {
    let world = world();
    let tenant = world.tenant().create().await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    assert_eq!(tenant.operate("suspend").await, 200);
    let later = (503, "temporarily_unavailable".to_owned());
    assert_eq!(viewer.refresh(&tokens.refresh).await.refusal(), later);
    assert_eq!(tenant.viewer().ask_with(&tenant.viewer().details()).await.status, 403);
    assert_eq!(tenant.operate("resume").await, 200);
    viewer.refresh(&tokens.refresh).await.expect(200);
    let shown = world
        .operator(Method::GET, &format!("/tenants/{}", tenant.slug), None)
        .await;
    assert_eq!(shown.expect(200).member("state"), "active");
}

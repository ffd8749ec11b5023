//! `/t/{slug}/oauth/token`: a copied token is worthless without the key, and no proof works twice.

use tegata_acceptance::viewer::Tokens;

use crate::world;

fn proof_refused() -> (u16, String) {
    (400, "invalid_dpop_proof".to_owned())
}

fn grant_refused() -> (u16, String) {
    (400, "invalid_grant".to_owned())
}

#[tokio::test]
async fn a_copied_refresh_token_is_worth_nothing_without_the_key() {
    let tenant = world().tenant().create().await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    let thief = tenant.viewer();
    assert_eq!(thief.refresh(&tokens.refresh).await.refusal(), proof_refused());
    assert_eq!(
        viewer.refresh_with(&tokens.refresh, None).await.refusal(),
        proof_refused()
    );
    // The attempts do not affect the owner.
    viewer.refresh(&tokens.refresh).await.expect(200);
}

#[tokio::test]
async fn a_copied_device_code_is_worth_nothing_without_the_key() {
    let tenant = world().tenant().create().await;
    let asked = tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let code = asked.code().await;
    let thief = tenant.viewer();
    let grant = asked.grant(Some(&code));
    assert_eq!(thief.token(&grant, None).await.refusal(), proof_refused());
    let proof = thief.token_proof();
    assert_eq!(thief.token(&grant, Some(&proof)).await.refusal(), proof_refused());
    asked.collect(Some(&code)).await.expect(200);
}

#[tokio::test]
async fn a_proof_is_good_once() {
    let tenant = world().tenant().create().await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    let proof = viewer.token_proof();
    let tokens = Tokens::of(viewer.refresh_with(&tokens.refresh, Some(&proof)).await);
    for _ in 0..2 {
        let again = viewer.refresh_with(&tokens.refresh, Some(&proof)).await;
        assert_eq!(again.refusal(), proof_refused());
    }
    viewer.refresh(&tokens.refresh).await.expect(200);
}

#[tokio::test]
async fn a_clock_may_be_minutes_off_and_no_more() {
    let tenant = world().tenant().create().await;
    let viewer = tenant.viewer();
    let mut tokens = viewer.admitted().await;
    for offset in [-240, 240] {
        let proof = viewer.proof("POST", &viewer.token_url(), None, offset);
        tokens = Tokens::of(viewer.refresh_with(&tokens.refresh, Some(&proof)).await);
    }
    for offset in [-86_400, -330, 330, 86_400] {
        let proof = viewer.proof("POST", &viewer.token_url(), None, offset);
        let answer = viewer.refresh_with(&tokens.refresh, Some(&proof)).await;
        assert_eq!(answer.refusal(), proof_refused(), "{offset} s");
    }
    viewer.refresh(&tokens.refresh).await.expect(200);
}

#[tokio::test]
async fn a_proof_for_another_request_is_none() {
    let world = world();
    let tenant = world.tenant().create().await;
    let other = world.tenant().create().await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    for proof in [
        viewer.proof("GET", &viewer.token_url(), None, 0),
        viewer.proof("POST", &format!("{}/oauth/token", other.issuer), None, 0),
        viewer.proof("POST", &format!("{}/oauth/revoke", tenant.issuer), None, 0),
        viewer.proof("POST", "https://edge.example/t/aozora/oauth/token", None, 0),
        "not-a-proof".to_owned(),
    ] {
        let answer = viewer.refresh_with(&tokens.refresh, Some(&proof)).await;
        assert_eq!(answer.refusal(), proof_refused(), "{proof}");
    }
    viewer.refresh(&tokens.refresh).await.expect(200);
}

#[tokio::test]
async fn a_refresh_token_used_again_ends_the_device() {
    let tenant = world().tenant().create().await;
    let viewer = tenant.viewer();
    let first = viewer.admitted().await;
    let second = Tokens::of(viewer.refresh(&first.refresh).await);
    let third = Tokens::of(viewer.refresh(&second.refresh).await);
    // Two parties have the family now: both lose access, whichever comes later.
    assert_eq!(viewer.refresh(&first.refresh).await.refusal(), grant_refused());
    assert_eq!(viewer.refresh(&third.refresh).await.refusal(), grant_refused());
    assert_eq!(tenant.list("devices").await[0]["state"], "revoked");
}

#[tokio::test]
async fn credentials_of_one_tenant_mean_nothing_to_another() {
    let world = world();
    let tenant = world.tenant().create().await;
    let other = world.tenant().create().await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    let mut stranger = other.viewer();
    stranger.key = viewer.key.clone();
    assert_eq!(stranger.refresh(&tokens.refresh).await.refusal(), grant_refused());

    let asked = viewer.tenant.viewer().ask().await;
    asked.answer("approve").await.expect(200);
    let code = asked.code().await;
    let mut moved = asked.clone();
    moved.viewer.tenant = other.clone();
    assert_eq!(moved.collect(Some(&code)).await.refusal(), grant_refused());
    let page = [("user_code", asked.user_code.as_str()), ("activation_code", &code)];
    world
        .form(&format!("{}/activate", other.issuer), &page)
        .await
        .expect(422);
    assert_eq!(other.list("devices").await.len(), 0);
    assert_eq!(asked.state().await, "awaiting_code");
}

#[tokio::test]
async fn a_wrong_grant_client_or_scope_is_told_apart() {
    let tenant = world().tenant().create().await;
    let viewer = tenant.viewer();
    type Case<'a> = (&'a [(&'a str, &'a str)], u16, &'a str);
    let cases: [Case<'_>; 4] = [
        (
            &[("grant_type", "password"), ("client_id", "viewer")],
            400,
            "unsupported_grant_type",
        ),
        (&[("client_id", "viewer")], 400, "invalid_request"),
        (
            &[
                ("grant_type", "refresh_token"),
                ("client_id", "viewer"),
                ("refresh_token", "tg_rt_x"),
            ],
            400,
            "invalid_grant",
        ),
        (
            &[
                ("grant_type", "refresh_token"),
                ("client_id", "viewer"),
                ("refresh_token", "tg_rt_x"),
                ("scope", "admin"),
            ],
            400,
            "invalid_scope",
        ),
    ];
    for (fields, status, error) in cases {
        assert_eq!(viewer.token(fields, None).await.refusal(), (status, error.to_owned()));
    }
}

//! `/t/{slug}/oauth/introspect` and `/t/{slug}/oauth/revoke`: only the tenant's resource server learns about tokens,
//! and revoking a token revokes its device.

use reqwest::Method;

use crate::world;

#[tokio::test]
async fn a_given_back_token_ends_its_device() {
    let world = world();
    let tenant = world.tenant().create().await;
    let secret = tenant.introspection_secret().await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    let url = format!("{}/oauth/revoke", tenant.issuer);
    // Unknown tokens count as already revoked, and revoke nothing.
    for token in ["tg_rt_unknown", "rubbish"] {
        world
            .form(&url, &[("token", token), ("client_id", "viewer")])
            .await
            .expect(200);
    }
    assert!(tenant.is_active(&secret, &tokens.refresh).await);
    let given_back = [("token", tokens.refresh.as_str()), ("client_id", "viewer")];
    for copy in [&tokens.access, &tokens.refresh] {
        let fields = [("token", copy.as_str()), ("client_id", "viewer")];
        let refused = world.form(&url, &fields).await;
        assert_eq!(refused.refusal(), (400, "invalid_dpop_proof".to_owned()));
    }
    assert!(tenant.is_active(&secret, &tokens.refresh).await);
    let proof = viewer.proof("POST", &url, None, 0);
    let request = world.posting(&url, &given_back).header("dpop", proof);
    world.send(request).await.expect(200);
    for token in [&tokens.access, &tokens.refresh] {
        assert!(!tenant.is_active(&secret, token).await);
    }
    assert_eq!(tenant.list("devices").await[0]["state"], "revoked");
}

#[tokio::test]
async fn only_the_tenants_own_resource_server_is_told() {
    let world = world();
    let tenant = world.tenant().create().await;
    let other = world.tenant().create().await;
    let before = tenant.introspection_secret().await;
    let secret = tenant.introspection_secret().await;
    let foreign = other.introspection_secret().await;
    let tokens = tenant.viewer().admitted().await;
    let url = format!("{}/oauth/introspect", tenant.issuer);
    let fields = [("token", tokens.access.as_str())];
    for wrong in [before.as_str(), &foreign, "tg_is_x", &world.operator_token, ""] {
        let request = world.posting(&url, &fields).bearer_auth(wrong);
        assert_eq!(world.send(request).await.refusal(), (401, "invalid_client".to_owned()));
    }
    let basic = world.posting(&url, &fields).basic_auth("resource", Some(&secret));
    let told = world.send(basic).await.expect(200).json();
    assert_eq!(told["active"], true);
    assert_eq!(told["iss"], tenant.issuer);
    // Another tenant's resource server cannot introspect it at its own tenant either.
    assert!(!other.is_active(&foreign, &tokens.access).await);
    assert!(!other.is_active(&foreign, &tokens.refresh).await);
    let listed = world.send(world.http.request(Method::GET, &url)).await;
    assert_eq!(listed.status, 405);
}

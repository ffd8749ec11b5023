//! Unknown resources get "not found", and other people's resources look exactly like unknown ones.

use reqwest::Method;

use crate::world;

#[tokio::test]
async fn an_unknown_path_is_a_problem_document() {
    let world = world();
    let tenant = world.tenant().create().await;
    let deep = "/a".repeat(2_000);
    for path in [
        "/operator",
        "/operator/v2/tenants",
        "/t",
        "/t/",
        "/a",
        "/c",
        "//a//b",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/t/%00/activate",
        "/%F0%9F%92%A5",
        deep.as_str(),
    ] {
        let answer = world.get(&format!("{}{path}", world.url)).await;
        assert_eq!(answer.status, 404, "{path}");
    }
    for path in [
        "oauth",
        "oauth/authorize",
        "oauth/token/x",
        "api/v1",
        "api/v2/registration",
    ] {
        let answer = world.get(&format!("{}/{path}", tenant.issuer)).await.expect(404);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        assert_eq!(answer.member("code"), "not-found", "{path}");
    }
}

#[tokio::test]
async fn an_unknown_tenant_is_told_apart_from_nothing_else() {
    let world = world();
    for slug in [
        "nobody-here",
        "x",
        "UPPER",
        "a--b",
        "%E9%9D%92%E7%A9%BA",
        &"a".repeat(41),
    ] {
        let issuer = format!("{}/t/{slug}", world.url);
        let asked = world
            .form(
                &format!("{issuer}/oauth/token"),
                &[
                    ("grant_type", "refresh_token"),
                    ("client_id", "viewer"),
                    ("refresh_token", "tg_rt_x"),
                ],
            )
            .await;
        assert!([400, 404].contains(&asked.status), "{slug}: {asked:?}");
        let gate = world.http.get(format!("{issuer}/gate/x")).bearer_auth("x");
        assert_eq!(world.send(gate).await.status, 401, "{slug}");
        let metadata = format!("{issuer}/.well-known/oauth-authorization-server");
        assert_eq!(world.get(&metadata).await.status, 404, "{slug}");
    }
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have_is_named() {
    let world = world();
    let tenant = world.tenant().create().await;
    let issuer = &tenant.issuer;
    for (method, url) in [
        (Method::DELETE, format!("{issuer}/oauth/token")),
        (Method::GET, format!("{issuer}/oauth/device_authorization")),
        (Method::PUT, format!("{issuer}/api/v1/registration")),
        (Method::POST, format!("{}/healthz", world.url)),
        (Method::POST, format!("{}/.well-known/jwks.json", world.url)),
        (
            Method::DELETE,
            format!("{}/operator/v1/tenants/{}", world.url, tenant.slug),
        ),
    ] {
        let answer = world.send(world.http.request(method.clone(), &url)).await;
        assert_eq!(answer.status, 405, "{method} {url}");
        assert_ne!(answer.header("allow"), "", "{method} {url}");
    }
}

#[tokio::test]
async fn ids_of_another_tenant_name_nothing() {
    let world = world();
    let tenant = world.tenant().create().await;
    let other = world.tenant().create().await;
    tenant.viewer().admitted().await;
    let device = tenant.list("devices").await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let before = other.list("audit").await.len();
    for path in [
        format!("devices/{device}/revoke"),
        format!("outbox/{device}/retry"),
        "devices/%2e%2e/revoke".to_owned(),
        "devices/x/revoke".to_owned(),
    ] {
        assert_eq!(other.operate(&path).await, 404, "{path}");
    }
    assert_eq!(other.list("audit").await.len(), before);
    assert_eq!(tenant.list("devices").await[0]["state"], "active");
}

#[tokio::test]
async fn a_device_code_of_another_tenant_opens_no_registration() {
    let world = world();
    let asked = world.tenant().create().await.viewer().ask().await;
    let other = world.tenant().create().await;
    let url = format!("{}/api/v1/registration", other.issuer);
    for code in [asked.device_code.as_str(), "tg_dc_x", ""] {
        for method in [Method::GET, Method::DELETE] {
            let request = world.http.request(method.clone(), &url).bearer_auth(code);
            assert_eq!(world.send(request).await.status, 401, "{method} {code}");
        }
    }
    assert_eq!(asked.state().await, "awaiting_approval");
}

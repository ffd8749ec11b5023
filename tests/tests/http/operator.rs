//! `/operator/v1`: only for the operator.

use reqwest::Method;
use serde_json::json;

use crate::world;

#[tokio::test]
async fn nobody_but_the_operator_is_let_in() {
    let world = world();
    let tenant = world.tenant().create().await;
    let secret = tenant.introspection_secret().await;
    let tokens = tenant.viewer().admitted().await;
    let entries = tenant.list("audit").await.len();
    let cut = &world.operator_token[..world.operator_token.len() - 1];
    let long = format!("{}x", world.operator_token);
    let slug = &tenant.slug;
    for token in ["", cut, &long, &secret, &tokens.access, &tokens.refresh] {
        for (method, path) in [
            (Method::GET, "/tenants".to_owned()),
            (Method::POST, "/tenants".to_owned()),
            (Method::GET, format!("/tenants/{slug}")),
            (Method::PATCH, format!("/tenants/{slug}")),
            (Method::POST, format!("/tenants/{slug}/suspend")),
            (Method::POST, format!("/tenants/{slug}/introspection-secret")),
            (Method::GET, format!("/tenants/{slug}/audit")),
        ] {
            let url = format!("{}/operator/v1{path}", world.url);
            let request = world
                .http
                .request(method.clone(), url)
                .bearer_auth(token)
                .json(&json!({}));
            assert_eq!(world.send(request).await.status, 401, "{method} {path}");
        }
    }
    assert_eq!(tenant.list("audit").await.len(), entries);
}

#[tokio::test]
async fn a_wrong_document_names_the_field_and_changes_nothing() {
    let world = world();
    let tenant = world.tenant().create().await;
    let path = format!("/tenants/{}", tenant.slug);
    let before = world.operator(Method::GET, &path, None).await.expect(200).text;
    for change in [
        json!({"name": "青空\r\nBcc: x"}),
        json!({"locale": "tlh"}),
        json!({"time_zone": "Asia/Edo"}),
        json!({"policy": {"data_origin": "file:///etc/passwd"}}),
        json!({"policy": {"mail_domains": ["not a domain"]}}),
        json!({"policy": {"approval_life_seconds": -1}}),
    ] {
        let answer = world.operator(Method::PATCH, &path, Some(&change)).await.expect(400);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_ne!(answer.member("field"), "", "{change}");
    }
    let after = world.operator(Method::GET, &path, None).await.expect(200).text;
    assert_eq!(before, after);
}

#[tokio::test]
async fn a_tenant_made_twice_under_one_key_is_one_and_a_taken_slug_is_told() {
    let world = world();
    let tenant = world.tenant().create().await;
    let slug = format!("{}-twice", tenant.slug);
    let administrator = json!({
        "name": "Søren Ågård", "email": format!("soren@{slug}.example"), "account": "soren",
        "locale": "da", "time_zone": "Europe/Copenhagen",
    });
    let body = json!({
        "slug": slug, "kind": "tenant", "name": "Blå Himmel ApS", "locale": "da", "time_zone": "Europe/Copenhagen",
        "administrator": administrator,
    });
    let make = async |key: &str| {
        let url = format!("{}/operator/v1/tenants", world.url);
        let request = world.http.post(url).bearer_auth(&world.operator_token);
        world
            .send(request.header("idempotency-key", key).json(&body))
            .await
            .status
    };
    assert_eq!(make("k1").await, 201);
    assert_eq!(make("k1").await, 201);
    assert_eq!(make("k2").await, 409);
    let address = format!("soren@{slug}.example");
    world.mail_to(&address, |_| true).await;
    assert_eq!(world.mails_to(&address).await.len(), 1);
}

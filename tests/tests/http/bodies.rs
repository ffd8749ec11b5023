//! Bodies: too large, too slow, of the wrong type. Unauthenticated input is limited before it is read.

use std::time::Duration;

use tegata_acceptance::raw::Raw;
use tegata_acceptance::tenant::Tenant;

use crate::world;

const TEN_MEGABYTES: usize = 10 * 1024 * 1024;
const FORM: &str = "application/x-www-form-urlencoded";

/// Every endpoint that reads a body, as path and content type.
fn readers(tenant: &Tenant, link: &str) -> Vec<(String, &'static str)> {
    let form = |path: &str| (format!("{}{path}", tenant.issuer), FORM);
    vec![
        form("/oauth/device_authorization"),
        form("/oauth/token"),
        form("/oauth/introspect"),
        form("/oauth/revoke"),
        form("/activate"),
        (link.to_owned(), FORM),
        (format!("{}/operator/v1/tenants", tenant.world.url), "application/json"),
        (format!("{}/nowhere", tenant.world.url), FORM),
    ]
}

#[tokio::test]
async fn ten_megabytes_are_refused_with_and_without_a_length() {
    let world = world();
    let tenant = world.tenant().create().await;
    let link = tenant.viewer().ask().await.link().await;
    for (url, content_type) in readers(&tenant, &link) {
        let path = url.trim_start_matches(&world.url);
        let head = |framing: &str| {
            format!("POST {path} HTTP/1.1\r\nHost: edge.example\r\nContent-Type: {content_type}\r\n{framing}\r\n\r\n")
        };
        let mut raw = Raw::connect(&url).await;
        raw.send(head(&format!("Content-Length: {TEN_MEGABYTES}"))).await;
        assert_eq!(raw.status().await, 413, "{path}: refused before the body is sent");

        let mut raw = Raw::connect(&url).await;
        raw.send(head("Transfer-Encoding: chunked")).await;
        let chunk = format!("10000\r\n{}\r\n", "x".repeat(0x1_0000));
        for _ in 0..TEN_MEGABYTES / 0x1_0000 {
            if !raw.send(&chunk).await {
                break;
            }
        }
        assert_eq!(raw.status().await, 413, "{path}: chunked");
    }
    world.get(&format!("{}/healthz", world.url)).await.expect(200);
}

#[tokio::test]
async fn a_body_in_small_chunks_is_read_and_a_slow_one_holds_up_nobody() {
    let world = world();
    let tenant = world.tenant().create().await;
    let path = format!("/t/{}/oauth/token", tenant.slug);
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: edge.example\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let mut slow = Vec::new();
    for _ in 0..20 {
        let mut raw = Raw::connect(&world.url).await;
        raw.send(&head).await;
        raw.send("5\r\ngrant\r\n").await;
        slow.push(raw);
    }
    // While they hang, the edge still serves everyone else.
    for _ in 0..5 {
        let request = tenant.viewer();
        request.ask().await;
    }
    for raw in &mut slow {
        for piece in ["5\r\n_type\r\n", "9\r\n=nonsense\r\n", "0\r\n\r\n"] {
            raw.send(piece).await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    for raw in &mut slow {
        assert_eq!(raw.status().await, 400);
    }
}

#[tokio::test]
async fn a_body_that_breaks_off_changes_nothing() {
    let world = world();
    let tenant = world.tenant().create().await;
    let link = tenant.viewer().ask().await.link().await;
    let path = link.trim_start_matches(&world.url);
    let body = "decision=approve&confirm=yes&lang=ja";
    for length in [body.len() + 1, body.len() + 1000] {
        let mut raw = Raw::connect(&world.url).await;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: edge.example\r\nContent-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        raw.send(head).await;
        drop(raw);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(tenant.count("approval.decide").await, 0);
}

#[tokio::test]
async fn a_body_of_the_wrong_kind_is_not_guessed_at() {
    let world = world();
    let tenant = world.tenant().create().await;
    let link = tenant.viewer().ask().await.link().await;
    let body = "decision=approve&confirm=yes&lang=ja";
    for content_type in ["", "text/plain", "application/json", "multipart/form-data; boundary=x"] {
        let mut request = world.http.post(&link).body(body);
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        assert_eq!(world.send(request).await.status, 400, "{content_type}");
    }
    let url = format!("{}/oauth/device_authorization", tenant.issuer);
    for wrong in [
        &b"client_id=viewer&name=\xff\xfe"[..],
        b"client_id=viewer&name=%ff",
        b"client_id=viewer&client_id=viewer",
        b"{\"client_id\":\"viewer\"}",
    ] {
        let request = world.http.post(&url).header("content-type", FORM).body(wrong.to_vec());
        assert_eq!(world.send(request).await.refusal().0, 400);
    }
    assert_eq!(tenant.count("approval.decide").await, 0);
    assert_eq!(tenant.count("registration.create").await, 1);
}

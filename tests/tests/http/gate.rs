//! `/t/{slug}/gate`: open to the registered PC, and to nobody else (K5, B5).

use reqwest::{Method, RequestBuilder};
use tegata_acceptance::answer::Answer;
use tegata_acceptance::origin::{DATA, Origin};
use tegata_acceptance::tenant::Tenant;
use tegata_acceptance::viewer::Viewer;

use crate::world;

async fn tenant_with(origin: &Origin) -> Tenant {
    world().tenant().data_origin(origin.url()).create().await
}

async fn view(viewer: &Viewer, token: &str, proof: Option<&str>) -> Answer {
    let request: RequestBuilder = viewer.at_gate(Method::GET, "data", token, proof);
    viewer.tenant.world.send(request).await
}

#[track_caller]
fn assert_shut(answer: &Answer, error: &str) {
    assert_eq!(answer.status, 401, "{answer:?}");
    assert!(answer.header("www-authenticate").contains(error), "{answer:?}");
    assert!(!answer.text.contains(DATA));
}

#[tokio::test]
async fn a_copied_token_is_worth_nothing_without_the_key() {
    let origin = Origin::start();
    let tenant = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    assert_shut(&view(&viewer, &token, None).await, "invalid_dpop_proof");
    let thief = tenant.viewer();
    let url = thief.gate_url("data");
    let proof = thief.proof("GET", &url, Some(&token), 0);
    assert_shut(&view(&thief, &token, Some(&proof)).await, "invalid_dpop_proof");
    let bare = tenant.world.http.get(&url);
    assert_shut(&tenant.world.send(bare).await, "DPoP");
    assert_eq!(origin.received().len(), 0);
    viewer.view("data", &token).await.expect(200);
}

#[tokio::test]
async fn a_proof_opens_the_gate_once() {
    let origin = Origin::start();
    let tenant = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    let proof = viewer.proof("GET", &viewer.gate_url("data"), Some(&token), 0);
    view(&viewer, &token, Some(&proof)).await.expect(200);
    for _ in 0..3 {
        assert_shut(&view(&viewer, &token, Some(&proof)).await, "invalid_dpop_proof");
    }
    assert_eq!(origin.received().len(), 1);
}

#[tokio::test]
async fn a_proof_is_for_now_and_for_this_request_and_token() {
    let origin = Origin::start();
    let tenant = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    let other = viewer.refresh(&tokens.refresh).await.expect(200).member("access_token");
    let (token, url) = (tokens.access, viewer.gate_url("data"));
    for offset in [-45, 45] {
        let proof = viewer.proof("GET", &url, Some(&token), offset);
        view(&viewer, &token, Some(&proof)).await.expect(200);
    }
    for proof in [
        viewer.proof("GET", &url, Some(&token), -70),
        viewer.proof("GET", &url, Some(&token), 75),
        viewer.proof("GET", &url, Some(&token), -300),
        viewer.proof("POST", &url, Some(&token), 0),
        viewer.proof("GET", &viewer.gate_url("other"), Some(&token), 0),
        viewer.proof("GET", &url, None, 0),
        viewer.proof("GET", &url, Some(&other), 0),
        String::new(),
        "a.b.c".to_owned(),
    ] {
        assert_shut(&view(&viewer, &token, Some(&proof)).await, "invalid_dpop_proof");
    }
    assert_eq!(origin.received().len(), 2);
}

#[tokio::test]
async fn a_token_of_one_tenant_opens_no_other_gate() {
    let origin = Origin::start();
    let tenant = tenant_with(&origin).await;
    let other = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let tokens = viewer.admitted().await;
    let mut stranger = other.viewer();
    stranger.key = viewer.key.clone();
    assert_shut(&stranger.view("data", &tokens.access).await, "invalid_token");
    // A refresh token or a device code is not an access token, even at its own tenant.
    for wrong in [tokens.refresh.as_str(), "tg_dc_x", "x"] {
        assert_shut(&viewer.view("data", wrong).await, "invalid_token");
    }
    assert_eq!(origin.received().len(), 0);
}

#[tokio::test]
async fn what_a_client_says_of_itself_does_not_reach_the_data_origin() {
    let origin = Origin::start();
    let tenant = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    let proof = viewer.proof("POST", &viewer.gate_url("data"), Some(&token), 0);
    let body = "測定".repeat(1_000_000);
    let request = viewer
        .at_gate(Method::POST, "data?x=1", &token, Some(&proof))
        .header("tegata-device", "someone-else")
        .header("tegata_device", "someone-else")
        .header("tegata-role", "admin")
        .header("x-forwarded-for", "192.0.2.1")
        .header("cookie", "session=1")
        .header("x-own", "kept")
        .body(body.clone());
    tenant.world.send(request).await.expect(200);
    let received = origin.received();
    let devices = tenant.list("devices").await;
    assert_eq!(received[0].method, "POST");
    assert_eq!(
        received[0].headers["tegata-device"],
        devices[0]["id"].as_str().expect("an id")
    );
    for dropped in [
        "tegata_device",
        "tegata-role",
        "x-forwarded-for",
        "cookie",
        "dpop",
        "authorization",
    ] {
        assert!(!received[0].headers.contains_key(dropped), "{dropped}");
    }
    assert_eq!(received[0].headers["x-own"], "kept");
    assert!(received[0].body == body, "the body arrives complete");
}

#[tokio::test]
async fn trouble_behind_the_gate_is_told_as_such() {
    let origin = Origin::start();
    let gone = tegata_acceptance::loopback::Loopback::serve(0, |_| Box::pin(async { None }));
    for (tenant, status) in [
        (world().tenant().create().await, 502),
        (world().tenant().data_origin(&gone.url).create().await, 502),
        (world().tenant().data_origin("http://127.0.0.1:9").create().await, 502),
    ] {
        let viewer = tenant.viewer();
        let token = viewer.admitted().await.access;
        let answer = viewer.view("data", &token).await.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    let tenant = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    let url = viewer.gate_url("a/%2e%2e/%2e%2e/secret");
    let proof = viewer.proof("GET", &url, Some(&token), 0);
    let climbing = viewer.at_gate(Method::GET, "a/%2e%2e/%2e%2e/secret", &token, Some(&proof));
    assert_ne!(tenant.world.send(climbing).await.status, 200);
    assert_eq!(origin.received().len(), 0);
}

#[tokio::test]
async fn a_path_that_leaves_the_base_in_some_reading_does_not_reach_the_origin() {
    let origin = Origin::start();
    let tenant = world()
        .tenant()
        .data_origin(&format!("{}/base", origin.url()))
        .create()
        .await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    for path in [
        "..%2fsecret",
        "x/..%2f..%2fsecret",
        "..%5csecret",
        "x%5c..%5c..%5csecret",
        "..;/secret",
        "..%3b/secret",
        "%252e%252e%252fsecret",
        "..%252fsecret",
        "..%00/secret",
        "%c0%ae%c0%ae/secret",
    ] {
        let answer = viewer.view(path, &token).await;
        assert_eq!(answer.status, 400, "{path}: {answer:?}");
    }
    assert_eq!(origin.received().len(), 0);
    for (path, target) in [
        ("a%20b", "/base/a%20b"),
        ("%E9%9D%92;v=1/100%25", "/base/%E9%9D%92;v=1/100%25"),
    ] {
        viewer.view(path, &token).await.expect(200);
        assert_eq!(origin.received().last().expect("it came").target, target);
    }
}

#[tokio::test]
async fn the_origin_learns_its_outer_address_from_the_gate_alone() {
    let origin = Origin::start();
    let tenant = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    let proof = viewer.proof("GET", &viewer.gate_url("data"), Some(&token), 0);
    let claimed = [
        "forwarded",
        "x-forwarded",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-port",
        "x-forwarded-prefix",
        "x-forwarded-proto",
        "x_forwarded_host",
        "x-original-url",
        "x-original-host",
        "x-rewrite-url",
        "x-script-name",
    ];
    let request = viewer.at_gate(Method::GET, "data", &token, Some(&proof));
    let request = claimed
        .iter()
        .fold(request, |request, name| request.header(*name, "evil.example"));
    tenant.world.send(request).await.expect(200);
    let headers = &origin.received()[0].headers;
    let url = tenant.world.url.as_str();
    let (scheme, host) = url.split_once("://").expect("a URL");
    assert_eq!(headers["x-forwarded-proto"], scheme);
    assert_eq!(headers["x-forwarded-host"], host);
    assert_eq!(headers["x-forwarded-prefix"], format!("/t/{}/gate", tenant.slug));
    assert!(headers.values().all(|value| value != "evil.example"), "{headers:?}");
}

#[tokio::test]
async fn no_socket_goes_through_the_gate_or_opens_anywhere_else() {
    let origin = Origin::start();
    let tenant = tenant_with(&origin).await;
    let viewer = tenant.viewer();
    let token = viewer.admitted().await.access;
    let proof = viewer.proof("GET", &viewer.gate_url("data"), Some(&token), 0);
    let world = &tenant.world;
    for request in [
        viewer.at_gate(Method::GET, "data", &token, Some(&proof)),
        viewer.at_gate(Method::GET, "data", "none", None),
        world.http.get(format!("{}/activate", tenant.issuer)),
        world.http.get(format!("{}/api/v1/registration", tenant.issuer)),
        world.http.get(format!("{}/nothing-here", world.url)),
    ] {
        let handshake = request
            .header("connection", "Upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        world.send(handshake).await.expect(501);
    }
    assert_eq!(origin.received().len(), 0);
}

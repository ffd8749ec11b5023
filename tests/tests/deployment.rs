//! Settings that a deployment must have, and features that a production build must not have.

use std::fs::{self, File};
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use tegata_acceptance::answer::Answer;
use tegata_acceptance::edge::{start, state};
use tegata_acceptance::wait::eventually;
use tegata_acceptance::world::World;
use xtask::edge::EdgeOptions;
use xtask::http::free_port;
use xtask::launch::{Launch as _, Plain};
use xtask::private_files::create_private_directory;
use xtask::process::Leashed;

const URL: &str = "https://edge.example.com";
const MAIL_TOKEN: &str = "mail-token-that-nobody-may-see";

/// A production edge that works except for the mail provider.
fn production(name: &str) -> EdgeOptions {
    EdgeOptions::production(state(env!("CARGO_TARGET_TMPDIR"), name))
        .expect("options")
        .var("EDGE_URL", URL)
        .var("MAIL_TRANSPORT", "http")
        .var("MAIL_HTTP_URL", "https://mail.example.com/emails")
        .var("MAIL_HTTP_TOKEN", MAIL_TOKEN)
}

#[tokio::test]
async fn a_production_edge_has_no_dev_mailbox() {
    let edge = start(production("production"));
    let world = World::of(&edge);
    world.get(&format!("{}/healthz", world.url)).await.expect(200);
    for path in [
        "/dev/mailbox",
        "/dev/mailbox.json",
        "/dev/mailbox?id=1",
        "/dev",
        "/capture",
    ] {
        let url = format!("{}{path}", world.url);
        assert_eq!(world.get(&url).await.status, 404, "{path}");
        assert_eq!(world.form(&url, &[]).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_production_edge_speaks_under_its_public_name() {
    let edge = start(production("public-name"));
    let world = World::of(&edge);
    let tenant = world.tenant().create().await;
    let metadata = format!("{}/t/{}/.well-known/oauth-authorization-server", world.url, tenant.slug);
    let metadata = world.get(&metadata).await.expect(200);
    assert_eq!(metadata.member("issuer"), format!("{URL}/t/{}", tenant.slug));
    let asked = tenant.viewer().ask_with(&tenant.viewer().details()).await.expect(200);
    assert!(asked.member("verification_uri").starts_with(URL), "{asked:?}");
    // The mail waits for a provider that does not exist; it is neither lost nor shown.
    let waiting = tenant.list("outbox").await;
    assert!(!waiting.is_empty());
    let shown = serde_json::to_string(&waiting).expect("JSON");
    assert!(!shown.contains(MAIL_TOKEN) && !shown.contains("/a/"), "{shown}");
}

const SECURITY: &str = "max-age=31536000";

#[tokio::test]
async fn a_production_edge_answers_by_https_under_its_own_name_alone() {
    let edge = start(production("front"));
    let through = |host: &str, scheme: &str| {
        let headers = [("host", host.to_owned()), ("x-forwarded-proto", scheme.to_owned())];
        World::with_headers(&edge, &headers)
    };
    let url = |path: &str| format!("{}{path}", edge.url());

    // Over http: reads are redirected, whatever the host; everything else is rejected.
    for host in ["edge.example.com", "evil.example"] {
        let world = through(host, "http");
        let moved = world.get(&url("/t/aozora/?next=%2F")).await.expect(308);
        assert_eq!(moved.header("location"), format!("{URL}/t/aozora/?next=%2F"));
        assert_eq!(moved.header("strict-transport-security"), SECURITY);
        let refused = world
            .operator(Method::POST, "/tenants", Some(&json!({})))
            .await
            .expect(403);
        assert_eq!(refused.member("code"), "https-required");
        world.get(&url("/healthz")).await.expect(200);
    }

    // Over https, another host is misdirected, even with a valid token.
    for host in ["evil.example", "edge.example.com:8443", "127.0.0.1"] {
        let world = through(host, "https");
        for answer in [
            world.operator(Method::GET, "/tenants", None).await,
            world.get(&url("/console/app.js")).await,
            world.form(&url("/t/aozora/oauth/token"), &[]).await,
        ] {
            let answer = answer.expect(421);
            assert_eq!(answer.member("code"), "misdirected");
            assert_eq!(answer.header("strict-transport-security"), SECURITY);
        }
        world.get(&url("/healthz")).await.expect(200);
    }

    for host in [
        "edge.example.com",
        "EDGE.example.com",
        "edge.example.com.",
        "edge.example.com:443",
    ] {
        let world = through(host, "https");
        world.operator(Method::GET, "/tenants", None).await.expect(200);
    }
}

#[tokio::test]
async fn every_answer_of_a_production_edge_asks_for_https() {
    let edge = start(production("security"));
    let world = World::of(&edge);
    let tenant = world.tenant().create().await;
    let url = |path: &str| format!("{}{path}", world.url);
    let slug = &tenant.slug;
    for (path, status) in [
        ("/healthz".to_owned(), 200),
        ("/assets/page.css".to_owned(), 200),
        ("/console/app.js".to_owned(), 200),
        ("/console/absent.js".to_owned(), 404),
        ("/.well-known/jwks.json".to_owned(), 200),
        (format!("/t/{slug}/"), 200),
        (format!("/t/{slug}/activate"), 200),
        (format!("/t/{slug}/gate/x"), 401),
        (format!("/t/{slug}/api/v1/session"), 401),
        ("/a/none".to_owned(), 404),
        ("/absent".to_owned(), 404),
    ] {
        let answer = world.get(&url(&path)).await.expect(status);
        assert_eq!(answer.header("strict-transport-security"), SECURITY, "{path}");
    }
    let large = "x".repeat(20_000);
    let answer = world.form(&url("/a/none"), &[("reason", &large)]).await.expect(413);
    assert_eq!(answer.header("strict-transport-security"), SECURITY);
}

#[tokio::test]
async fn a_production_edge_forwards_to_no_machine_inside() {
    let edge = start(production("inside"));
    let world = World::of(&edge);
    let tenant = world.tenant().create().await;
    for origin in [
        "http://127.0.0.1:9000",
        "https://localhost:9000",
        "https://[::ffff:127.0.0.1]",
        "https://10.0.0.1",
        "https://169.254.169.254",
        "https://EDGE.example.com.:8443/x",
    ] {
        let change = json!({ "policy": { "data_origin": origin } });
        let path = format!("/tenants/{}", tenant.slug);
        let answer = world.operator(Method::PATCH, &path, Some(&change)).await.expect(400);
        assert_eq!(answer.member("field"), "policy.data_origin", "{origin}");
    }
}

/// Starts workerd without waiting for a 200. Returns status and text of the first response, and the log.
async fn first_answer(mut options: EdgeOptions) -> (u16, String, String) {
    options.port = free_port().expect("a port");
    create_private_directory(&options.state_dir).expect("a directory");
    options.state_dir = fs::canonicalize(&options.state_dir).expect("a directory");
    let log = options.state_dir.join("edge.log");
    let mut command = Plain::command(&options).expect("a command");
    command.stderr(File::create(&log).expect("a file"));
    let process = Leashed::start(&mut command).expect("workerd starts");
    let url = format!("http://127.0.0.1:{}/healthz", options.port);
    let answer = eventually("an answer", Duration::from_secs(30), async || {
        reqwest::get(&url).await.ok()
    })
    .await;
    let answer = Answer::read(answer).await.expect("a body");
    process.stop().expect("stopped");
    (answer.status, answer.text, fs::read_to_string(log).expect("a log"))
}

#[tokio::test]
async fn a_wrong_setting_shuts_the_edge_and_tells_no_secret() {
    let secret = "secret-that-nobody-may-see";
    for (number, (name, value)) in [
        ("OPERATOR_TOKEN", secret),
        ("EDGE_URL", "http://edge.example.com"),
        ("ENVIRONMENT", "staging"),
        ("MAIL_TRANSPORT", "dev"),
        ("MAIL_FROM", "nobody"),
        (
            "MAIL_HTTP_URL",
            "http://user:secret-that-nobody-may-see@mail.example.com/",
        ),
        ("MAIL_HTTP_TOKEN", "secret-that-nobody-may-see with a blank"),
        ("MAIL_RETRY_SECONDS", "1"),
    ]
    .into_iter()
    .enumerate()
    {
        let options = production(&format!("wrong-{number}")).var(name, value);
        let token = options.operator_token.clone();
        let (status, text, log) = first_answer(options).await;
        assert_eq!(status, 503, "{name}");
        assert!(log.contains(name), "the log must name the setting: {log}");
        assert!(!text.contains(name), "{text}");
        for hidden in [secret, MAIL_TOKEN, &token] {
            assert!(!text.contains(hidden) && !log.contains(hidden), "{name}: {text}{log}");
        }
    }
}

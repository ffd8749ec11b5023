//! What a deployment must be configured with, and what a production build must not have.

use std::fs::{self, File};
use std::time::Duration;

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

/// A production edge that would work, but for the mail provider.
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
    // The mail waits for a provider that is not there; nothing of it is lost or shown.
    let waiting = tenant.list("outbox").await;
    assert!(!waiting.is_empty());
    let shown = serde_json::to_string(&waiting).expect("JSON");
    assert!(!shown.contains(MAIL_TOKEN) && !shown.contains("/a/"), "{shown}");
}

/// Starts workerd without waiting for a 200: status and text of its first answer, and what it logged.
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
        assert!(log.contains(name), "the log names the setting: {log}");
        assert!(!text.contains(name), "{text}");
        for hidden in [secret, MAIL_TOKEN, &token] {
            assert!(!text.contains(hidden) && !log.contains(hidden), "{name}: {text}{log}");
        }
    }
}

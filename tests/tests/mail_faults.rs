//! A mail provider that is down, fails, hangs, or accepts a mail without responding: once it recovers, every mail
//! arrives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::Full;
use hyper::Response;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use serde_json::{Value, json};
use tegata_acceptance::edge::{development, start, state};
use tegata_acceptance::loopback::Loopback;
use tegata_acceptance::tenant::Tenant;
use tegata_acceptance::world::World;
use tokio::io::{self, AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, ChildStdout, Command};
use xtask::edge::EdgeOptions;
use xtask::http::free_port;

/// Viewers that request registration; each causes one mail, after one to the tenant's administrator.
const VIEWERS: usize = 5;
/// Time limit for deliveries: an attempt that hangs is abandoned after 20 seconds.
const LIMIT: Duration = Duration::from_secs(120);

/// Creates the tenant and the Viewers' requests while the provider is failing.
async fn cause_mails(world: &World) -> Tenant {
    let tenant = world.tenant().create().await;
    for number in 0..VIEWERS {
        let mut viewer = tenant.viewer();
        viewer.device_name = format!("受付のPC {number}");
        viewer.ask().await;
    }
    tenant
}

/// The mails that the provider has accepted, by `Idempotency-Key`.
type Taken = Arc<Mutex<BTreeMap<String, Value>>>;

/// A provider that returns 500, then accepts a mail without responding, then hangs, then works.
fn unreliable_provider(port: u16, taken: &Taken) -> Loopback {
    let faults = ["500", "drop", "hang", "drop", "500", "429", "drop"];
    let (faults, taken) = (Mutex::new(faults.into_iter()), Arc::clone(taken));
    Loopback::serve(port, move |request| {
        let fault = faults.lock().expect("nobody panics while holding the lock").next();
        if matches!(fault, None | Some("drop")) {
            let key = request.headers["idempotency-key"].to_str().expect("ASCII").to_owned();
            let body = serde_json::from_slice(&request.body).expect("JSON");
            taken
                .lock()
                .expect("nobody panics while holding the lock")
                .insert(key, body);
        }
        Box::pin(async move {
            let status = match fault {
                None => 200,
                Some("500") => 500,
                Some("429") => 429,
                Some("hang") => {
                    tokio::time::sleep(Duration::from_secs(40)).await;
                    return None;
                }
                Some(_) => return None,
            };
            let response = Response::builder().status(status).body(Full::from("{}"));
            Some(response.expect("a response"))
        })
    })
}

#[tokio::test]
async fn an_unreliable_http_provider_gets_every_mail_once() {
    let port = free_port().expect("a free port");
    let options = development(env!("CARGO_TARGET_TMPDIR"), "http-provider")
        .var("MAIL_TRANSPORT", "http")
        .var("MAIL_HTTP_URL", format!("http://127.0.0.1:{port}/emails"))
        .var("MAIL_HTTP_TOKEN", "a-token-for-the-test");
    let mut edge = start(options);
    // At first nothing listens on that port.
    let tenant = cause_mails(&World::of(&edge)).await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    let waiting = tenant.list("outbox").await;
    assert_eq!(
        waiting.len(),
        VIEWERS + 1,
        "undelivered mails must be listed: {waiting:?}"
    );
    let taken = Taken::default();
    let _provider = unreliable_provider(port, &taken);
    tenant.settled_within(LIMIT).await;
    let taken = taken.lock().expect("nobody panics while holding the lock");
    assert_eq!(taken.len(), VIEWERS + 1, "one key per mail");
    let subjects: BTreeSet<&str> = taken.values().filter_map(|mail| mail["subject"].as_str()).collect();
    assert_eq!(subjects.len(), VIEWERS + 1, "{subjects:?}");
    let automatic = |mail: &Value| mail["headers"]["Auto-Submitted"] == "auto-generated";
    assert!(taken.values().all(automatic));
    edge.stop().expect("stopped");
}

/// An edge that submits its mails to `port`.
fn submitting(name: &str, port: u16, security: &str) -> EdgeOptions {
    development(env!("CARGO_TARGET_TMPDIR"), name)
        .var("MAIL_TRANSPORT", "smtp")
        .var("SMTP_HOST", "localhost")
        .var("SMTP_PORT", port.to_string())
        .var("SMTP_SECURITY", security)
}

/// Writes a key and a certificate for localhost into `folder`. Returns the PEM of the issuing authority.
fn make_certificates(folder: &Path) -> String {
    let key = || KeyPair::generate().expect("a random source");
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "test-authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer_key = key();
    let pem = authority.self_signed(&issuer_key).expect("a certificate").pem();
    let issuer = Issuer::new(authority, issuer_key);
    let leaf_key = key();
    let leaf = CertificateParams::new(["localhost".to_owned()]).expect("a name");
    let leaf = leaf.signed_by(&leaf_key, &issuer).expect("a certificate");
    fs::write(folder.join("leaf.key"), leaf_key.serialize_pem()).expect("writable");
    fs::write(folder.join("leaf.pem"), leaf.pem()).expect("writable");
    pem
}

/// The submission server as a separate process.
struct SubmissionServer {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl SubmissionServer {
    async fn start(folder: &Path) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let mut process = Command::new(root.join("node_modules/.bin/node"))
            .arg(root.join("tests/support/smtp.mjs"))
            .args(["leaf.key", "leaf.pem"].map(|file| folder.join(file)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node is there");
        let mut lines = BufReader::new(process.stdout.take().expect("piped")).lines();
        let port = lines.next_line().await.expect("UTF-8").expect("it prints its port");
        Self {
            process,
            lines,
            port: port.parse().expect("a port"),
        }
    }

    /// Stops it. Returns every mail that it has accepted.
    async fn stop(mut self) -> Vec<Value> {
        drop(self.process.stdin.take());
        let mut mails = Vec::new();
        while let Some(line) = self.lines.next_line().await.expect("UTF-8") {
            mails.push(serde_json::from_str(&line).expect("JSON"));
        }
        mails
    }
}

#[tokio::test]
async fn an_unreliable_submission_server_gets_every_mail_over_tls() {
    let folder = state(env!("CARGO_TARGET_TMPDIR"), "smtp-certificates");
    fs::create_dir_all(&folder).expect("writable");
    let authority = make_certificates(&folder);
    let server = SubmissionServer::start(&folder).await;
    let mut options = submitting("smtp", server.port, "starttls")
        .var("SMTP_USERNAME", "tegata")
        .var("SMTP_PASSWORD", "correct horse");
    options.trusted_certificates.push(authority);
    let mut edge = start(options);
    let tenant = cause_mails(&World::of(&edge)).await;
    tenant.settled_within(LIMIT).await;
    let mails = server.stop().await;
    assert_eq!(mails.len(), VIEWERS + 1, "each mail once");
    let ids: BTreeSet<&str> = mails.iter().filter_map(|mail| mail["messageId"].as_str()).collect();
    assert_eq!(ids.len(), VIEWERS + 1, "each mail once: {ids:?}");
    for mail in &mails {
        let protected = (&mail["secure"], &mail["auto"]);
        assert_eq!(protected, (&json!(true), &json!("auto-generated")));
        assert!(mail["to"].as_str().is_some_and(|to| to.contains("佐藤 花子")), "{mail}");
    }
    let subjects = mails.iter().filter_map(|mail| mail["subject"].as_str());
    let devices = subjects.filter(|subject| subject.contains("受付のPC"));
    assert_eq!(devices.count(), VIEWERS, "Japanese subjects arrive intact");
    edge.stop().expect("stopped");
}

/// Where the submission server stops responding, once per connection: before its greeting, at a command, and when it
/// has the whole message. After that it works.
const SILENCES: [&str; VIEWERS] = ["", "EHLO", "RCPT", "DATA", "."];

/// What happened at that server.
#[derive(Default)]
struct Visits {
    /// Where it was silent until the edge hung up.
    given_up: Vec<&'static str>,
    /// `Message-ID` of every mail that it has accepted.
    accepted: Vec<String>,
}

/// Speaks SMTP on one connection until it ends.
async fn converse(stream: TcpStream, silence: Option<&'static str>, visits: &Mutex<Visits>) -> io::Result<()> {
    let visits = || visits.lock().expect("nobody panics while holding the lock");
    let mut stream = BufReader::new(stream);
    let (mut line, mut id) = (String::new(), String::new());
    loop {
        let command = line.trim_end().get(..4).unwrap_or(line.trim_end()).to_owned();
        if let Some(silence) = silence.filter(|silence| *silence == command) {
            // Until the client hangs up, in any way.
            let _ = io::copy(&mut stream, &mut io::sink()).await;
            visits().given_up.push(silence);
            return Ok(());
        }
        let reply = match command.as_str() {
            "" => "220 ready",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        if command == "." {
            visits().accepted.push(id.clone());
        }
        stream.write_all(format!("{reply}\r\n").as_bytes()).await?;
        // The next command, or everything up to the final dot.
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            if let Some(value) = line.strip_prefix("Message-ID:") {
                value.trim().clone_into(&mut id);
            }
            if command != "DATA" || line.trim_end() == "." {
                break;
            }
        }
    }
}

async fn serve(listener: TcpListener, visits: Arc<Mutex<Visits>>) {
    let mut silences = SILENCES.into_iter();
    while let Ok((stream, _)) = listener.accept().await {
        let (silence, visits) = (silences.next(), Arc::clone(&visits));
        tokio::spawn(async move { converse(stream, silence, &visits).await });
    }
}

#[tokio::test]
async fn a_submission_server_that_hangs_gets_every_mail_once_it_is_well() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let port = listener.local_addr().expect("our own socket").port();
    let visits = Arc::new(Mutex::new(Visits::default()));
    tokio::spawn(serve(listener, Arc::clone(&visits)));
    let mut edge = start(submitting("smtp-hangs", port, "none"));
    let tenant = cause_mails(&World::of(&edge)).await;
    tenant.settled_within(LIMIT).await;
    let visits = visits.lock().expect("nobody panics while holding the lock");
    let given_up: BTreeSet<&str> = visits.given_up.iter().copied().collect();
    assert_eq!(given_up, BTreeSet::from(SILENCES), "the edge waited, and hung up");
    assert_eq!(visits.accepted.len(), VIEWERS + 1, "each mail once");
    let ids: BTreeSet<&String> = visits.accepted.iter().collect();
    assert_eq!(ids.len(), VIEWERS + 1, "each mail once: {ids:?}");
    edge.stop().expect("stopped");
}

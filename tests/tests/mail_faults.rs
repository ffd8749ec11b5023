//! A mail provider that is down, fails, hangs, or accepts and then says nothing: every mail arrives once it is back.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tegata_acceptance::World;
use xtask::edge::{EdgeOptions, PlainEdge};

/// Viewers that ask; each makes one mail, and the tenant's administrator gets one before.
const VIEWERS: usize = 5;

fn state(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("tegata-{name}-{}", std::process::id()))
}

/// Makes the tenant and lets the Viewers ask, while the provider is in trouble.
fn cause_mails(world: &World, slug: &str) {
    world.create_tenant(slug, json!({}));
    let url = format!("{}/t/{slug}/oauth/device_authorization", world.url);
    for number in 0..VIEWERS {
        let user = format!("viewer{number}@aozora.example");
        let device = format!("受付PC {number}");
        let fields = [
            ("client_id", "viewer"),
            ("name", "山田 太郎"),
            ("email", &*user),
            ("organization", "青空印刷"),
            ("device_name", &*device),
        ];
        assert_eq!(world.form(&url, &fields).0, 200);
    }
}

/// Waits until nothing waits to leave any more.
fn wait_until_delivered(world: &World, slug: &str) {
    for _ in 0..1_200 {
        let waiting = world.operator(&format!("/{slug}/outbox"));
        if waiting["items"].as_array().is_some_and(Vec::is_empty) {
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("mails still wait: {}", world.operator(&format!("/{slug}/outbox")));
}

/// Reads one HTTP request: its `Idempotency-Key` and its JSON body.
fn read_request(stream: &mut BufReader<TcpStream>) -> Option<(String, Value)> {
    let (mut key, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let line = line.trim();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        match name.to_ascii_lowercase().as_str() {
            "idempotency-key" => key = value.trim().to_owned(),
            "content-length" => length = value.trim().parse().ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some((key, serde_json::from_slice(&body).ok()?))
}

/// What the provider has taken, by `Idempotency-Key`.
type Taken = Arc<Mutex<BTreeMap<String, Value>>>;

/// A provider that answers 500, then takes and says nothing, then never answers, then works.
fn unreliable_provider(listener: TcpListener, taken: Taken) {
    let faults = ["500", "drop", "hang", "drop", "500", "429", "drop"];
    for (number, stream) in listener.incoming().enumerate() {
        let (fault, taken) = (faults.get(number).copied(), Arc::clone(&taken));
        thread::spawn(move || {
            let mut stream = BufReader::new(stream.expect("a connection"));
            let Some((key, body)) = read_request(&mut stream) else {
                return;
            };
            let mut say = |status: &str| {
                let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{{}}");
                let _ = stream.get_mut().write_all(answer.as_bytes());
            };
            match fault {
                Some("500") => say("500 Trouble"),
                Some("429") => say("429 Slow"),
                Some("hang") => thread::sleep(Duration::from_secs(40)),
                fault => {
                    taken.lock().expect("no holder panicked").insert(key, body);
                    if fault.is_none() {
                        say("200 OK");
                    }
                }
            }
        });
    }
}

#[test]
fn an_unreliable_http_provider_gets_every_mail_once() {
    let state = state("http-provider");
    let port = xtask::http::free_port().expect("a free port");
    let options = EdgeOptions::new(&state)
        .expect("options")
        .var("MAIL_TRANSPORT", "http")
        .var("MAIL_HTTP_URL", format!("http://127.0.0.1:{port}/emails"))
        .var("MAIL_HTTP_TOKEN", "a-token-for-the-test")
        .var("MAIL_RETRY_SECONDS", "1");
    let mut edge = PlainEdge::start(options).expect("the edge starts");
    let world = World::new(&edge);
    // At first nobody listens there at all.
    cause_mails(&world, "brevduen");
    thread::sleep(Duration::from_secs(2));
    let waiting = world.operator("/brevduen/outbox");
    assert_eq!(
        waiting["items"].as_array().map(Vec::len),
        Some(VIEWERS + 1),
        "what waits can be seen: {waiting}"
    );
    let taken = Taken::default();
    let listener = TcpListener::bind(("127.0.0.1", port)).expect("the port was free");
    let provider = Arc::clone(&taken);
    thread::spawn(move || unreliable_provider(listener, provider));
    wait_until_delivered(&world, "brevduen");
    let taken = taken.lock().expect("no holder panicked");
    assert_eq!(taken.len(), VIEWERS + 1, "one key a mail");
    let subjects: BTreeSet<&str> = taken.values().filter_map(|mail| mail["subject"].as_str()).collect();
    assert_eq!(subjects.len(), VIEWERS + 1, "{subjects:?}");
    assert!(
        taken
            .values()
            .all(|mail| mail["headers"]["Auto-Submitted"] == "auto-generated")
    );
    edge.stop().expect("stopped");
    std::fs::remove_dir_all(state).expect("the state is ours");
}

/// Makes a certificate authority and a certificate for localhost in `folder`.
fn make_certificates(folder: &Path) {
    let run = |arguments: &str| {
        let mut openssl = Command::new("openssl");
        openssl
            .args(arguments.split(' '))
            .current_dir(folder)
            .stderr(Stdio::null());
        assert!(
            openssl.status().expect("openssl is there").success(),
            "openssl {arguments}"
        );
    };
    std::fs::write(folder.join("leaf.cnf"), "subjectAltName=DNS:localhost\n").expect("writable");
    let key = "-newkey rsa:2048 -nodes";
    run(&format!(
        "req -x509 {key} -keyout ca.key -out ca.pem -days 2 -subj /CN=test-authority"
    ));
    run(&format!("req {key} -keyout leaf.key -out leaf.csr -subj /CN=localhost"));
    run("x509 -req -in leaf.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out leaf.pem -days 2 -extfile leaf.cnf");
}

/// The submission server as a process of its own.
struct SubmissionServer {
    process: Child,
    lines: BufReader<std::process::ChildStdout>,
    port: u16,
}

impl SubmissionServer {
    fn start(folder: &Path) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
        let mut process = Command::new(root.join("node_modules/.bin/node"))
            .arg(root.join("tests/support/smtp.mjs"))
            .args(["leaf.key", "leaf.pem"].map(|file| folder.join(file)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is there");
        let mut lines = BufReader::new(process.stdout.take().expect("piped"));
        let mut port = String::new();
        lines.read_line(&mut port).expect("it says its port");
        Self {
            process,
            lines,
            port: port.trim().parse().expect("a port"),
        }
    }

    /// The next mail that was accepted.
    fn mail(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).expect("a line for each mail");
        serde_json::from_str(&line).expect("JSON")
    }
}

impl Drop for SubmissionServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn an_unreliable_submission_server_gets_every_mail_over_tls() {
    let folder = state("smtp-certificates");
    std::fs::create_dir_all(&folder).expect("writable");
    make_certificates(&folder);
    let mut server = SubmissionServer::start(&folder);
    let state = state("smtp");
    let mut options = EdgeOptions::new(&state)
        .expect("options")
        .var("MAIL_TRANSPORT", "smtp")
        .var("SMTP_HOST", "localhost")
        .var("SMTP_PORT", server.port.to_string())
        .var("SMTP_SECURITY", "starttls")
        .var("SMTP_USERNAME", "tegata")
        .var("SMTP_PASSWORD", "correct horse")
        .var("MAIL_RETRY_SECONDS", "1");
    options
        .trusted_certificates
        .push(std::fs::read_to_string(folder.join("ca.pem")).expect("just made"));
    let mut edge = PlainEdge::start(options).expect("the edge starts");
    let world = World::new(&edge);
    cause_mails(&world, "submission");
    let mails: Vec<Value> = (0..=VIEWERS).map(|_| server.mail()).collect();
    wait_until_delivered(&world, "submission");
    let ids: BTreeSet<&str> = mails.iter().filter_map(|mail| mail["messageId"].as_str()).collect();
    assert_eq!(ids.len(), VIEWERS + 1, "each mail once: {ids:?}");
    for mail in &mails {
        assert_eq!(
            (&mail["secure"], &mail["auto"]),
            (&json!(true), &json!("auto-generated"))
        );
        assert!(mail["to"].as_str().is_some_and(|to| to.contains("佐藤 花子")), "{mail}");
    }
    let devices = mails.iter().filter(|mail| {
        mail["subject"]
            .as_str()
            .is_some_and(|subject| subject.contains("受付PC"))
    });
    assert_eq!(devices.count(), VIEWERS, "Japanese subjects survive the way");
    edge.stop().expect("stopped");
    for folder in [state, folder] {
        std::fs::remove_dir_all(folder).expect("the folder is ours");
    }
}

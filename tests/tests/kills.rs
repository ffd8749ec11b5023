//! The worker is killed again and again while paths are in flight. Afterwards every path is finished, none is lost, none
//! is doubled, and no mail is missing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};
use tegata_client::clock;
use tegata_client::dpop::Proof;
use tegata_client::key::ViewerKey;
use xtask::edge::{EdgeOptions, PlainEdge};

/// How often the worker is killed.
const KILLS: usize = 200;
/// Paths under way at the same time.
const DRIVERS: usize = 4;
/// Tries before a step counts as stuck.
const PATIENCE: usize = 600;

/// One edge and how to ask it.
struct World {
    http: Client,
    url: String,
    token: String,
    addresses: AtomicUsize,
}

impl World {
    /// Sends until there is a whole answer below 500: what a Viewer, a browser and an operator's script do.
    fn insist(&self, send: impl Fn(&Client) -> reqwest::Result<Response>) -> (u16, String) {
        for _ in 0..PATIENCE {
            if let Ok(response) = send(&self.http)
                && response.status().as_u16() < 500
            {
                let status = response.status().as_u16();
                if let Ok(text) = response.text() {
                    return (status, text);
                }
            }
            thread::sleep(Duration::from_millis(50));
        }
        panic!("a step got no answer");
    }

    /// Sends until there is a whole answer, which must be 200, and reads it as JSON.
    fn read(&self, send: impl Fn(&Client) -> reqwest::Result<Response>) -> Value {
        let (status, text) = self.insist(send);
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).expect("the answer is JSON")
    }

    fn operator(&self, path: &str) -> Value {
        let url = format!("{}/operator/v1/tenants{path}", self.url);
        self.read(|http| http.get(&url).bearer_auth(&self.token).send())
    }

    fn create_tenant(&self, slug: &str) {
        let body = json!({
            "slug": slug, "kind": "tenant", "name": "青空印刷", "locale": "ja", "time_zone": "Asia/Tokyo",
            "administrator": {"name": "佐藤 花子", "email": format!("{slug}@aozora.example"), "account": "hanako", "locale": "ja", "time_zone": "Asia/Tokyo"},
        });
        let url = format!("{}/operator/v1/tenants", self.url);
        let (status, _) = self.insist(|http| {
            http.post(&url)
                .bearer_auth(&self.token)
                .header("idempotency-key", slug)
                .json(&body)
                .send()
        });
        assert_eq!(status, 201, "{slug}");
    }

    /// Posts a form; `headers` are made anew for every try.
    fn form_with(
        &self,
        url: &str,
        headers: impl Fn() -> Vec<(&'static str, String)>,
        fields: &[(&str, &str)],
    ) -> (u16, String) {
        // Limits count by client address; every PC of this test has its own.
        let number = self.addresses.fetch_add(1, Ordering::Relaxed);
        let address = format!("10.{}.{}.{}", number >> 16 & 255, number >> 8 & 255, number & 255);
        self.insist(|http| {
            let mut request = http.post(url).header("cf-connecting-ip", &address).form(fields);
            for (name, value) in headers() {
                request = request.header(name, value);
            }
            request.send()
        })
    }

    fn form(&self, url: &str, fields: &[(&str, &str)]) -> (u16, String) {
        self.form_with(url, Vec::new, fields)
    }

    /// Asks the token endpoint with a fresh proof for every try, under one `Idempotency-Key`.
    fn token(&self, issuer: &str, key: &ViewerKey, fields: &[(&str, &str)]) -> Value {
        let url = format!("{issuer}/oauth/token");
        let headers = || {
            let proof = Proof {
                method: "POST",
                url: &url,
                issued_at: clock::now(),
                access_token: None,
                nonce: None,
            };
            let proof = proof.sign(key).expect("a proof");
            vec![("dpop", proof), ("idempotency-key", key.thumbprint())]
        };
        let (status, text) = self.form_with(&url, headers, fields);
        assert_eq!(status, 200, "{text}");
        serde_json::from_str(&text).expect("tokens are JSON")
    }

    fn mails(&self) -> Vec<Value> {
        let url = format!("{}/dev/mailbox.json", self.url);
        let mails = self.read(|http| http.get(&url).send());
        mails.as_array().cloned().unwrap_or_default()
    }

    /// The text of the newest mail to `address` whose text holds `mark`.
    fn mail(&self, address: &str, mark: &str) -> String {
        for _ in 0..PATIENCE {
            let text = self.mails().iter().find_map(|mail| {
                let text = mail["text"].as_str()?;
                (mail["to"] == address && text.contains(mark)).then(|| text.to_owned())
            });
            match text {
                Some(text) => return text,
                None => thread::sleep(Duration::from_millis(50)),
            }
        }
        panic!("no mail to {address}");
    }
}

fn word<'a>(text: &'a str, fits: impl Fn(&str) -> bool) -> &'a str {
    text.split_whitespace()
        .find(|word| fits(word))
        .expect("the mail holds it")
}

/// One whole path in a tenant of its own: asked, approved, code typed, collected, refreshed twice.
fn path(world: &World, slug: &str) {
    world.create_tenant(slug);
    let issuer = format!("{}/t/{slug}", world.url);
    let user = format!("taro-{slug}@aozora.example");
    // A PC with a key: a repeat of the request renews the registration instead of making another.
    let key = ViewerKey::generate().expect("a random source");
    let jkt = key.thumbprint();
    let (status, asked) = world.form(
        &format!("{issuer}/oauth/device_authorization"),
        &[
            ("client_id", "viewer"),
            ("name", "山田 太郎"),
            ("email", &user),
            ("organization", "青空印刷"),
            ("device_name", "受付PC"),
            ("locale", "ja"),
            ("dpop_jkt", &jkt),
        ],
    );
    assert_eq!(status, 200, "{asked}");
    let asked: Value = serde_json::from_str(&asked).expect("JSON");
    let question = world.mail(&format!("{slug}@aozora.example"), "/a/");
    let link = word(&question, |word| word.contains("/a/"));
    let (status, _) = world.form(link, &[("decision", "approve"), ("confirm", "yes"), ("lang", "ja")]);
    assert_eq!(status, 200, "{slug}");
    let told = world.mail(&user, "認証トークン");
    let code = word(&told, |word| {
        word.len() == 11 && word.as_bytes().get(5) == Some(&b'-') && word.is_ascii()
    });
    let user_code = asked["user_code"].as_str().expect("user_code");
    let (status, _) = world.form(
        &format!("{issuer}/activate"),
        &[("user_code", user_code), ("activation_code", code), ("lang", "ja")],
    );
    assert_eq!(status, 200, "{slug}");
    let device_code = asked["device_code"].as_str().expect("device_code");
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    let mut tokens = world.token(
        &issuer,
        &key,
        &[
            ("grant_type", grant),
            ("client_id", "viewer"),
            ("device_code", device_code),
        ],
    );
    for _ in 0..2 {
        let refresh_token = tokens["refresh_token"].as_str().expect("refresh_token").to_owned();
        let fields = [
            ("grant_type", "refresh_token"),
            ("client_id", "viewer"),
            ("refresh_token", &refresh_token),
        ];
        tokens = world.token(&issuer, &key, &fields);
    }
}

#[test]
fn killed_two_hundred_times_nothing_is_lost_and_nothing_doubled() {
    let state = std::env::temp_dir().join(format!("tegata-kills-{}", std::process::id()));
    let options = EdgeOptions::new(&state)
        .expect("options")
        .var("MAIL_RETRY_SECONDS", "1")
        .var("POLL_INTERVAL_SECONDS", "1");
    let mut edge = PlainEdge::start(options).expect("the edge starts");
    let http = Client::builder()
        .timeout(Duration::from_secs(5))
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("client");
    let world = Arc::new(World {
        http,
        url: edge.url(),
        token: edge.operator_token().to_owned(),
        addresses: AtomicUsize::new(0),
    });
    let stop = Arc::new(AtomicBool::new(false));
    let done = Arc::new(Mutex::new(Vec::new()));
    let drivers: Vec<_> = (0..DRIVERS)
        .map(|driver| {
            let (world, stop, done) = (Arc::clone(&world), Arc::clone(&stop), Arc::clone(&done));
            thread::spawn(move || {
                for turn in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let slug = format!("k{driver}n{turn}");
                    path(&world, &slug);
                    done.lock().expect("no driver panicked").push(slug);
                }
            })
        })
        .collect();
    let mut seed = 7_u64;
    for _ in 0..KILLS {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        thread::sleep(Duration::from_millis(seed >> 33 & 511));
        edge.kill().expect("killed");
        edge.restart().expect("restarted");
    }
    stop.store(true, Ordering::Relaxed);
    for driver in drivers {
        driver.join().expect("every path was finished");
    }
    let finished = done.lock().expect("drivers are gone").clone();
    assert!(finished.len() >= DRIVERS, "only {} paths", finished.len());
    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for mail in world.mails() {
        *mails
            .entry(mail["to"].as_str().unwrap_or_default().to_owned())
            .or_default() += 1;
    }
    for slug in &finished {
        let audit = world.operator(&format!("/{slug}/audit"));
        let entries = audit["items"].as_array().expect("items");
        let count = |action: &str| entries.iter().filter(|entry| entry["action"] == action).count();
        assert_eq!(
            (
                count("tenant.create"),
                count("registration.create"),
                count("approval.decide")
            ),
            (1, 1, 1),
            "{slug}"
        );
        assert_eq!(count("registration.code.page"), 1, "{slug}");
        let devices = world.operator(&format!("/{slug}/devices"));
        let devices = devices["items"].as_array().expect("items");
        assert_eq!(
            (devices.len(), &devices[0]["state"]),
            (1, &json!("active")),
            "{slug}: one device, in use"
        );
        let numbers: Vec<i64> = entries.iter().filter_map(|entry| entry["seq"].as_i64()).collect();
        assert_eq!(
            numbers,
            (1..=numbers.len() as i64).collect::<Vec<_>>(),
            "{slug}: the audit log has gaps"
        );
        assert_eq!(
            mails.get(&format!("{slug}@aozora.example")),
            Some(&2),
            "{slug}: credential and question"
        );
        assert_eq!(
            mails.get(&format!("taro-{slug}@aozora.example")),
            Some(&1),
            "{slug}: code"
        );
        let waiting = world.operator(&format!("/{slug}/outbox"));
        assert_eq!(
            waiting["items"].as_array().map(Vec::len),
            Some(0),
            "{slug}: something still waits"
        );
    }
    eprintln!("{KILLS} kills, {} paths finished", finished.len());
    edge.stop().expect("stopped");
    std::fs::remove_dir_all(&state).expect("the state is ours");
}

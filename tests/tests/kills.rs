//! The worker is killed again and again while paths are in flight. Afterwards every path is finished, none is lost, none
//! is doubled, and no mail is missing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use tegata_acceptance::{World, word};
use tegata_client::key::ViewerKey;
use xtask::edge::{EdgeOptions, PlainEdge};

/// How often the worker is killed.
const KILLS: usize = 200;
/// Paths under way at the same time.
const DRIVERS: usize = 4;
/// Finished paths, newest first, whose mails are still in the mailbox: it keeps 1,000, and a path takes three.
const STILL_KEPT: usize = 300;

/// One whole path in a tenant of its own: asked, approved, code typed, collected, refreshed twice.
fn path(world: &World, slug: &str) {
    world.create_tenant(slug, json!({}));
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
    let world = Arc::new(World::new(&edge));
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
    for slug in finished.iter().rev().take(STILL_KEPT) {
        let to = |address: String| mails.get(&address).copied();
        assert_eq!(
            to(format!("{slug}@aozora.example")),
            Some(2),
            "{slug}: credential and question"
        );
        assert_eq!(to(format!("taro-{slug}@aozora.example")), Some(1), "{slug}: code");
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

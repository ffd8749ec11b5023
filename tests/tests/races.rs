//! A thousand at once: one wins, and the others are told so.

use std::collections::BTreeMap;
use std::sync::{Arc, Barrier};
use std::thread;

use serde_json::{Value, json};
use tegata_acceptance::{World, word};
use xtask::edge::{EdgeOptions, PlainEdge};

/// Requests at once.
const CROWD: usize = 1_000;
/// Threads that send them, each its share one after the other.
const THREADS: usize = 50;

/// Sends `CROWD` requests from `THREADS` threads that start together, and counts the answers.
fn crowd<T: Ord + Send + 'static>(send: impl Fn(usize) -> T + Send + Sync + 'static) -> BTreeMap<T, usize> {
    let (send, start) = (Arc::new(send), Arc::new(Barrier::new(THREADS)));
    let threads: Vec<_> = (0..THREADS)
        .map(|thread| {
            let (send, start) = (Arc::clone(&send), Arc::clone(&start));
            thread::spawn(move || {
                start.wait();
                (0..CROWD / THREADS)
                    .map(|turn| send(turn * THREADS + thread))
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    let mut counts = BTreeMap::new();
    for answer in threads
        .into_iter()
        .flat_map(|thread| thread.join().expect("no sender panicked"))
    {
        *counts.entry(answer).or_default() += 1;
    }
    counts
}

fn started(name: &str) -> (PlainEdge, Arc<World>, std::path::PathBuf) {
    let state = std::env::temp_dir().join(format!("tegata-{name}-{}", std::process::id()));
    let edge = PlainEdge::start(EdgeOptions::new(&state).expect("options")).expect("the edge starts");
    let world = Arc::new(World::new(&edge));
    (edge, world, state)
}

fn ask(world: &World, slug: &str) -> Value {
    let url = format!("{}/t/{slug}/oauth/device_authorization", world.url);
    let user = format!("taro-{slug}@aozora.example");
    let fields = [
        ("client_id", "viewer"),
        ("name", "山田 太郎"),
        ("email", &user),
        ("organization", "青空印刷"),
        ("device_name", "受付PC"),
    ];
    let (status, text) = world.form(&url, &fields);
    assert_eq!(status, 200, "{text}");
    serde_json::from_str(&text).expect("JSON")
}

fn count(world: &World, slug: &str, action: &str) -> usize {
    let mut path = format!("/{slug}/audit");
    let mut found = 0;
    loop {
        let page = world.operator(&path);
        let items = page["items"].as_array().expect("items");
        found += items.iter().filter(|entry| entry["action"] == action).count();
        match page["cursor"].as_str() {
            Some(cursor) => path = format!("/{slug}/audit?cursor={cursor}"),
            None => return found,
        }
    }
}

#[test]
fn of_a_thousand_answers_to_one_question_the_first_wins() {
    let (mut edge, world, state) = started("decisions");
    let slug = "decisions";
    world.create_tenant(slug, json!({}));
    ask(&world, slug);
    let question = world.mail(&format!("{slug}@aozora.example"), "/a/");
    let link = word(&question, |word| word.contains("/a/")).to_owned();
    let sender = Arc::clone(&world);
    let answers = crowd(move |turn| {
        let decision = if turn % 2 == 0 { "approve" } else { "refuse" };
        let (status, page) = sender.form(&link, &[("decision", decision), ("confirm", "yes"), ("lang", "ja")]);
        let told = ["承認しました</h1>", "拒否しました</h1>"]
            .iter()
            .any(|title| page.contains(title));
        (status, told)
    });
    assert_eq!(
        answers,
        BTreeMap::from([((200, false), CROWD - 1), ((200, true), 1)]),
        "one was told that it decided"
    );
    assert_eq!(count(&world, slug, "approval.decide"), 1);
    world.mail(&format!("taro-{slug}@aozora.example"), "");
    let mails = world.mails();
    let to_user = mails
        .iter()
        .filter(|mail| mail["to"] == format!("taro-{slug}@aozora.example"));
    assert_eq!(to_user.count(), 1);
    edge.stop().expect("stopped");
    std::fs::remove_dir_all(state).expect("the state is ours");
}

#[test]
fn of_a_thousand_viewers_with_one_code_one_gets_in() {
    let (mut edge, world, state) = started("activations");
    let slug = "activations";
    world.create_tenant(slug, json!({}));
    let asked = ask(&world, slug);
    let question = world.mail(&format!("{slug}@aozora.example"), "/a/");
    let link = word(&question, |word| word.contains("/a/"));
    world.form(link, &[("decision", "approve"), ("confirm", "yes"), ("lang", "ja")]);
    let told = world.mail(&format!("taro-{slug}@aozora.example"), "認証トークン");
    let is_code = |word: &str| word.is_ascii() && word.len() == 11 && word.as_bytes()[5] == b'-';
    let code = word(&told, is_code).to_owned();
    let device_code = asked["device_code"].as_str().expect("device_code").to_owned();
    let url = format!("{}/t/{slug}/oauth/token", world.url);
    let sender = Arc::clone(&world);
    let answers = crowd(move |_| {
        let grant = "urn:ietf:params:oauth:grant-type:device_code";
        let fields = [
            ("grant_type", grant),
            ("client_id", "viewer"),
            ("device_code", &*device_code),
            ("activation_code", &*code),
        ];
        let (status, text) = sender.form(&url, &fields);
        let answer: Value = serde_json::from_str(&text).expect("JSON");
        (status, answer["error"].as_str().unwrap_or("none").to_owned())
    });
    let expected = [
        ((200, "none".to_owned()), 1),
        ((400, "invalid_grant".to_owned()), CROWD - 1),
    ];
    assert_eq!(answers, BTreeMap::from(expected));
    assert_eq!(count(&world, slug, "device.create"), 1);
    edge.stop().expect("stopped");
    std::fs::remove_dir_all(state).expect("the state is ours");
}

//! This version can open the state of an earlier one: `fixtures/state-of-the-panel.tar.gz` is a state directory from
//! before objects and approvals were made plural, with a provider, customers, requests at every stage, devices,
//! inquiries and a log; the file beside it describes the content.

use std::fs;
use std::path::Path;
use std::process::Command;

use reqwest::Method;
use serde_json::{Value, json};
use tegata_acceptance::edge::{development, start};
use tegata_acceptance::world::{World, new_address};
use tegata_domain::audit::AuditEntry;
use tegata_domain::audit::chain::ChainVerifier;

fn fixture(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)
}

struct Kept {
    world: World,
    about: Value,
    // Dropping it stops the edge.
    _edge: xtask::edge::PlainEdge,
}

fn opened(name: &str) -> Kept {
    let about = fs::read_to_string(fixture("state-of-the-panel.json")).expect("the fixture is there");
    let about: Value = serde_json::from_str(&about).expect("it is JSON");
    let mut options = development(env!("CARGO_TARGET_TMPDIR"), name);
    options.operator_token = about["operator_token"].as_str().expect("a token").to_owned();
    fs::create_dir_all(&options.state_dir).expect("a directory for the state");
    let unpacked = Command::new("tar")
        .args(["-xzf"])
        .arg(fixture("state-of-the-panel.tar.gz"))
        .arg("-C")
        .arg(&options.state_dir)
        .status();
    assert!(unpacked.expect("tar runs").success());
    let edge = start(options);
    Kept {
        world: World::of(&edge),
        about,
        _edge: edge,
    }
}

impl Kept {
    fn text(&self, pointer: &str) -> &str {
        self.about.pointer(pointer).and_then(Value::as_str).expect(pointer)
    }

    fn number(&self, pointer: &str) -> usize {
        let number = self.about.pointer(pointer).and_then(Value::as_u64).expect(pointer);
        usize::try_from(number).expect("a small number")
    }

    /// Logs in with a password from that time. Returns the cookie.
    async fn log_in(&self, slug: &str, account: &str) -> String {
        let credentials = json!({ "account": account, "password": self.text("/customer/password") });
        let url = format!("{}/t/{slug}/api/v1/login", self.world.url);
        let request = self.world.http.post(url).header("cf-connecting-ip", new_address());
        let answer = self.world.send(request.json(&credentials)).await.expect(200);
        answer
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    async fn items(&self, slug: &str, cookie: &str, path: &str) -> Vec<Value> {
        let url = format!("{}/t/{slug}/api/v1{path}", self.world.url);
        let answer = self.world.send(self.world.http.get(url).header("cookie", cookie)).await;
        answer.expect(200).json()["items"].as_array().expect("a list").clone()
    }
}

#[tokio::test]
async fn people_and_lists_of_an_earlier_version_are_there() {
    let kept = opened("earlier-lists");
    let (slug, account) = (kept.text("/customer/slug"), kept.text("/customer/account"));
    let cookie = kept.log_in(slug, account).await;
    for (path, pointer) in [
        ("/registrations?state=all", "/customer/registrations"),
        ("/devices", "/customer/devices"),
        ("/inquiries", "/customer/inquiries"),
    ] {
        assert_eq!(
            kept.items(slug, &cookie, path).await.len(),
            kept.number(pointer),
            "{path}"
        );
    }
    assert!(kept.items(slug, &cookie, "/users").await.len() >= kept.number("/customer/users"));
    let provider = kept.text("/provider/slug");
    let desk = kept.log_in(provider, kept.text("/provider/account")).await;
    assert_eq!(
        kept.items(provider, &desk, "/desk/inquiries").await.len(),
        kept.number("/customer/inquiries")
    );
    assert!(kept.items(provider, &desk, "/customers").await.len() >= 2);
    assert!(
        kept.items(slug, &cookie, "/questions").await.is_empty(),
        "the later members are there, and empty"
    );
}

#[tokio::test]
async fn a_device_of_an_earlier_version_renews_its_tokens() {
    let kept = opened("earlier-device");
    let slug = kept.text("/tenant/slug");
    let url = format!("{}/t/{slug}/oauth/token", kept.world.url);
    let fields = [
        ("grant_type", "refresh_token"),
        ("client_id", "viewer"),
        ("refresh_token", kept.text("/tenant/refresh_token")),
    ];
    let tokens = kept.world.form(&url, &fields).await.expect(200);
    assert!(!tokens.member("access_token").is_empty());
}

#[tokio::test]
async fn the_log_of_an_earlier_version_goes_on() {
    let kept = opened("earlier-log");
    let slug = kept.text("/tenant/slug");
    let path = format!("/tenants/{slug}/audit");
    let entries = kept.world.operator(Method::GET, &path, None).await.expect(200);
    let entries: Vec<AuditEntry> =
        serde_json::from_value(entries.json()["items"].clone()).expect("the earlier entries can be parsed");
    assert!(entries.len() >= kept.number("/tenant/audit_entries"));
    let mut chain = ChainVerifier::whole();
    for entry in &entries {
        let line = serde_json::to_vec(entry).expect("an entry has a JSON form");
        chain.line(&line).expect("nothing in the chain was changed");
    }
    chain.finish().expect("the chain is complete");
    // A receipt signed then uses a key that is still published.
    let receipt = kept.text("/tenant/receipt");
    let keys = kept
        .world
        .get(&format!("{}/.well-known/jwks.json", kept.world.url))
        .await
        .expect(200);
    let header = receipt
        .split('.')
        .next()
        .and_then(tegata_domain::wire::b64::decode)
        .expect("a header");
    let header: Value = serde_json::from_slice(&header).expect("it is JSON");
    let published = keys.json()["keys"].to_string();
    assert!(
        published.contains(header["kid"].as_str().expect("a kid")),
        "{published}"
    );
}

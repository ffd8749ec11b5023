//! The audit log on an operator's machine: exported page by page, and verified there without a network.

use crate::support::command::{Pc, Run, finish};
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::sync::{Arc, Mutex};
use tegata_domain::audit::head::{HeadClaims, TYP};
use tegata_domain::audit::{Act, Actor, AuditEntry};
use tegata_domain::jws::signing::KeyPair;
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::b64;
use tokio::net::TcpListener;

const ISSUER: &str = "https://edge.example/t/aozora";
const VERIFICATION: i32 = 6;

fn entries() -> Vec<AuditEntry> {
    let mut entries: Vec<AuditEntry> = Vec::new();
    for number in 0..7 {
        let actor = Actor::new("requester", Some("=cmd@aozora.example"), None);
        let act = Act::new(actor, "device.create", format!("device/{number}"), "受付のPC").answered_by("e8Na3vpN");
        let at = UnixSeconds(1_775_034_000 + number);
        entries.push(AuditEntry::next(entries.last(), act, at));
    }
    entries
}

fn lines(entries: &[AuditEntry]) -> String {
    let line = |entry| serde_json::to_string(entry).unwrap() + "\n";
    entries.iter().map(line).collect()
}

fn key() -> KeyPair {
    KeyPair::from_seed(&[42; 32])
}

fn signed(entry: &AuditEntry, iss: &str, typ: &str) -> String {
    let claims = HeadClaims {
        iss: iss.to_owned(),
        iat: UnixSeconds(1_775_120_400),
        seq: entry.seq,
        hash: entry.hash.clone(),
    };
    key().sign("r1", typ, &claims)
}

/// A folder with a key set and the files that a test adds.
struct Folder(Pc);

impl Folder {
    fn new() -> Self {
        let folder = Self(Pc::new());
        let jwk = |kid: &str, of: &str| json!({"kty": "OKP", "crv": "Ed25519", "x": b64::encode(key().public()), "kid": kid, "tegata_use": of});
        folder.put(
            "keys.json",
            &json!({"keys": [jwk("r1", "receipt"), jwk("t1", "token")]}).to_string(),
        );
        folder
    }

    fn put(&self, name: &str, text: &str) -> String {
        let file = self.0.file(name);
        fs::write(&file, text).unwrap();
        file.display().to_string()
    }

    async fn verify(&self, log: &str, more: &[&str]) -> Run {
        let log = self.put("audit.jsonl", log);
        self.0.run(&[&["verify", "audit", &log], more].concat()).await
    }

    async fn with_heads(&self, log: &str, heads: &str) -> Run {
        let heads = self.put("heads", heads);
        let keys = self.0.file("keys.json").display().to_string();
        self.verify(log, &["--json", "--heads", &heads, "--keys", &keys]).await
    }
}

fn fault(run: &Run) -> (i32, String, i64) {
    (
        run.code,
        run.error(),
        run.json()["error"]["entry"].as_i64().unwrap_or_default(),
    )
}

#[tokio::test]
async fn an_untouched_log_is_intact_and_a_changed_line_is_named() {
    let (folder, entries) = (Folder::new(), entries());
    let log = lines(&entries);
    let intact = folder.verify(&log, &["--language", "en"]).await;
    assert_eq!(intact.code, 0, "{intact:?}");
    assert!(
        intact.stdout.starts_with("The audit log is intact: 7 entries.\n"),
        "{intact:?}"
    );
    assert!(intact.stdout.contains("No signed checkpoints were given"), "{intact:?}");
    let told = folder
        .verify(&log, &["--json", "--head", &entries[3].hash])
        .await
        .json();
    assert_eq!(
        told,
        json!({"intact": true, "entries": 7, "seq": 7, "hash": entries[6].hash, "covered": 0})
    );

    let changed = log.replacen("\"object\":\"device/2\"", "\"object\":\"device/9\"", 1);
    for (language, says) in [
        ("en", "Entry 3: it was changed"),
        ("ja", "記録3：改ざんされています"),
        ("da", "Post 3: den er ændret"),
    ] {
        let run = folder.verify(&changed, &["--language", language]).await;
        assert_eq!(run.code, VERIFICATION);
        assert!(run.stderr.contains(says) && run.stdout.is_empty(), "{run:?}");
    }
    for (log, code, entry) in [
        (changed, "audit_hash", 3),
        (lines(&entries[1..]), "audit_number", 1),
        (log.replacen("\"at\":", "\"at\": ", 1), "audit_spelling", 1),
        (log.replace('\n', "\r\n"), "audit_spelling", 1),
        (log.replacen('{', "{\"note\":1,", 1), "audit_not_an_entry", 1),
        (format!("{log}\n"), "audit_not_an_entry", 8),
        (log[..log.len() - 40].to_owned(), "audit_not_an_entry", 7),
        ("x".repeat(200_000), "audit_not_an_entry", 1),
        (String::new(), "audit_empty", 1),
    ] {
        assert_eq!(
            fault(&folder.verify(&log, &["--json"]).await),
            (VERIFICATION, code.to_owned(), entry)
        );
    }
    let elsewhere = folder.verify(&log, &["--json", "--head", "n4bQgYhMfWWaL"]).await;
    assert_eq!(fault(&elsewhere), (VERIFICATION, "audit_noted".to_owned(), 7));
    let absent = folder.0.run(&["--json", "verify", "audit", "nowhere.jsonl"]).await;
    assert_eq!((absent.code, absent.error().as_str()), (1, "file"));
    let without_keys = folder.verify(&log, &["--heads", "x"]).await;
    assert_eq!(without_keys.code, 2, "{without_keys:?}");
}

#[tokio::test]
async fn a_log_must_reach_its_signed_heads() {
    let (folder, entries) = (Folder::new(), entries());
    let log = lines(&entries);
    let head = |seq: usize| signed(&entries[seq - 1], ISSUER, TYP);
    let both = format!("{}\n{}\n", head(5), head(2));
    let intact = folder.with_heads(&log, &both).await;
    assert_eq!((intact.code, &intact.json()["covered"]), (0, &json!(5)), "{intact:?}");
    let as_listed = json!({"items": [{"seq": 5, "at": 1, "hash": "h", "jws": head(5)}], "cursor": null}).to_string();
    assert_eq!(folder.with_heads(&log, &as_listed).await.code, 0);
    let cut = folder.with_heads(&lines(&entries[..4]), &both).await;
    assert_eq!(fault(&cut), (VERIFICATION, "audit_cut_off".to_owned(), 5));

    // Rewritten from entry 4 on: a valid chain, but not the one that was signed.
    let mut anew = entries[..3].to_vec();
    for entry in &entries[3..] {
        let mut act = entry.act.clone();
        act.outcome = "別のPC".to_owned();
        anew.push(AuditEntry::next(anew.last(), act, entry.at));
    }
    assert_eq!(
        folder.verify(&lines(&anew), &[]).await.code,
        0,
        "without the signed heads the log looks intact"
    );
    assert_eq!(
        fault(&folder.with_heads(&lines(&anew), &both).await),
        (VERIFICATION, "audit_head".to_owned(), 5)
    );

    let (first, second) = (head(5), head(2));
    let signed_part = first.rsplit_once('.').unwrap().0;
    let bent = format!("{signed_part}.{}", second.rsplit_once('.').unwrap().1);
    let other = signed(&entries[4], "https://edge.example/t/midori", TYP);
    for (heads, code) in [
        (String::new(), "head_malformed"),
        ("{}".to_owned(), "head_malformed"),
        (r#"{"cursor":null,"items":[]}"#.to_owned(), "head_none"),
        ("hello".to_owned(), "head_malformed"),
        (signed(&entries[4], ISSUER, "tegata-receipt+jwt"), "head_malformed"),
        (bent, "head_signature"),
        (key().sign("r9", TYP, &json!({})), "head_unknown_key"),
        (key().sign("t1", TYP, &json!({})), "head_unknown_key"),
        (
            KeyPair::from_seed(&[7; 32]).sign("r1", TYP, &json!({})),
            "head_signature",
        ),
        (format!("{}\n{other}", head(2)), "head_issuer"),
    ] {
        let run = folder.with_heads(&log, &heads).await;
        assert_eq!((run.code, run.error().as_str()), (VERIFICATION, code), "{heads}");
    }
    let heads = folder.put("heads", &both);
    let keys = folder.0.file("keys.json").display().to_string();
    let arguments = [
        "--json",
        "--heads",
        &heads,
        "--keys",
        &keys,
        "--issuer",
        "https://edge.example/t/midori",
    ];
    assert_eq!(folder.verify(&log, &arguments).await.error(), "head_issuer");
}

#[tokio::test]
async fn keys_alone_check_the_chain_and_the_heads_that_lie_beside_it() {
    let (folder, entries) = (Folder::new(), entries());
    let log = lines(&entries);
    let keys = folder.0.file("keys.json").display().to_string();
    let with_keys = ["--keys", keys.as_str()];
    for (language, chain, end) in [
        (
            "en",
            "Only the chain of hashes was checked",
            "Entries missing at the end",
        ),
        ("ja", "署名は検証していません", "末尾の項目が欠けていても"),
        ("da", "Kun kæden af hashværdier", "Mangler der poster til sidst"),
    ] {
        let run = folder
            .verify(&log, &[&with_keys[..], &["--language", language]].concat())
            .await;
        assert_eq!(run.code, 0, "{run:?}");
        assert!(run.stdout.contains(chain) && run.stdout.contains(end), "{run:?}");
    }
    let noted = [&with_keys[..], &["--head", &entries[6].hash]].concat();
    let noted = folder.verify(&log, &noted).await;
    assert!(noted.stdout.contains("Only the chain of hashes"), "{noted:?}");
    assert!(!noted.stdout.contains("missing at the end"), "{noted:?}");
    let unreadable = folder.verify(&log, &["--keys", "nowhere.json"]).await;
    assert_eq!(unreadable.code, 1, "{unreadable:?}");

    folder.put("heads.json", r#"{"items":[],"cursor":null}"#);
    let none_yet = folder.verify(&log, &with_keys).await;
    assert!(
        none_yet.code == 0 && none_yet.stdout.contains("Only the chain"),
        "{none_yet:?}"
    );
    folder.put("heads.json", &signed(&entries[4], ISSUER, TYP));
    let found = folder.verify(&log, &with_keys).await;
    assert_eq!(found.code, 0, "{found:?}");
    assert!(found.stderr.contains("heads.json"), "{found:?}");
    for told in [
        "confirm the log up to entry 5",
        "no signed checkpoint confirms them yet",
        "missing at the end",
    ] {
        assert!(found.stdout.contains(told), "{found:?}");
    }
    let cut = folder
        .verify(&lines(&entries[..4]), &[&with_keys[..], &["--json"]].concat())
        .await;
    assert_eq!(fault(&cut), (VERIFICATION, "audit_cut_off".to_owned(), 5));
    let elsewhere = ["--json", "--issuer", "https://edge.example/t/midori"];
    let elsewhere = folder.verify(&log, &[&with_keys[..], &elsewhere].concat()).await;
    assert_eq!(elsewhere.error(), "head_issuer");
    let all = folder.put("all", &signed(&entries[6], ISSUER, TYP));
    let whole = folder
        .verify(&log, &[&with_keys[..], &["--heads", &all]].concat())
        .await;
    assert!(
        whole
            .stdout
            .ends_with("Signed checkpoints confirm the log up to entry 7.\n"),
        "{whole:?}"
    );
    assert_eq!(whole.stderr, "", "heads that were given are not searched for");
}

#[derive(Clone)]
struct Api {
    asked: Arc<Mutex<Vec<BTreeMap<String, String>>>>,
    /// The page that never gets a response.
    broken: Option<i64>,
}

/// Three entries per page; the second page is empty and has a cursor, as a filtered search may.
async fn pages(State(api): State<Api>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let after: i64 = query.get("cursor").map_or(0, |cursor| cursor.parse().unwrap());
    api.asked.lock().unwrap().push(query);
    if api.broken == Some(after) {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let entries = entries();
    let (items, cursor) = match after {
        0 => (&entries[..3], json!("3")),
        3 => (&entries[..0], json!("33")),
        _ => (&entries[3..], Value::Null),
    };
    let items: Vec<String> = items
        .iter()
        .map(|entry| serde_json::to_string(entry).unwrap())
        .collect();
    let body = format!("{{\"items\":[{}],\"cursor\":{cursor}}}", items.join(","));
    ([("content-type", "application/json")], body).into_response()
}

async fn export(pc: &Pc, api: &Api, more: &[&str]) -> Run {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route("/operator/v1/tenants/aozora/audit", get(pages));
    let router = router.with_state(api.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let file = pc.file("audit.out").display().to_string();
    let mut command = pc.command(&[&["--json", "operator", "audit", "aozora", "--export", &file], more].concat());
    let command = command.env("TEGATA_OPERATOR_TOKEN", "token").env("TEGATA_EDGE", url);
    finish(command.spawn().unwrap()).await
}

fn api(broken: Option<i64>) -> Api {
    Api {
        asked: Arc::default(),
        broken,
    }
}

#[tokio::test]
async fn an_export_is_every_entry_as_it_came_and_verifies() {
    let (folder, api) = (Folder::new(), api(None));
    let run = export(&folder.0, &api, &[]).await;
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!((&run.json()["entries"], &run.json()["seq"]), (&json!(7), &json!(7)));
    let saved = fs::read_to_string(folder.0.file("audit.out")).unwrap();
    assert_eq!(saved, lines(&entries()));
    assert_eq!(folder.verify(&saved, &[]).await.code, 0);
    assert_eq!(api.asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_filter_travels_with_every_page() {
    let (pc, api) = (Pc::new(), api(None));
    let filter = [
        "--actor",
        "approver",
        "--object",
        "device/",
        "--action",
        "device.",
        "--from",
        "2026-04-01T09:00:00Z",
        "--to",
        "1775034009",
    ];
    assert_eq!(export(&pc, &api, &filter).await.code, 0);
    for asked in api.asked.lock().unwrap().iter() {
        let member = |name: &str| asked.get(name).map(String::as_str);
        assert_eq!(member("actor"), Some("approver"));
        assert_eq!((member("object"), member("action")), (Some("device/"), Some("device.")));
        assert_eq!((member("from"), member("to")), (Some("1775034000"), Some("1775034009")));
    }
    assert_eq!(export(&pc, &api, &["--from", "yesterday"]).await.code, 2);
}

#[tokio::test]
async fn a_table_holds_no_formula() {
    let pc = Pc::new();
    assert_eq!(export(&pc, &api(None), &["--format", "csv"]).await.code, 0);
    let saved = fs::read_to_string(pc.file("audit.out")).unwrap();
    let rows: Vec<&str> = saved.split_terminator("\r\n").collect();
    assert_eq!(rows.len(), 8);
    assert!(rows[0].starts_with("seq,at,actor.kind,"), "{}", rows[0]);
    let first = "1,2026-04-01T09:00:00Z,requester,'=cmd@aozora.example,,device.create,device/0,受付のPC,,e8Na3vpN,,";
    assert!(rows[1].starts_with(first), "{}", rows[1]);
}

#[tokio::test]
async fn an_export_that_breaks_off_leaves_nothing_behind() {
    let pc = Pc::new();
    let file = pc.file("audit.out");
    let folder = || fs::read_dir(file.parent().unwrap()).unwrap().count();
    let before = folder();
    let run = export(&pc, &api(Some(33)), &[]).await;
    assert_eq!(run.code, 1, "{run:?}");
    assert!(!file.exists());
    assert_eq!(folder(), before, "no partial file either");
    fs::write(&file, "an earlier export").unwrap();
    export(&pc, &api(Some(0)), &[]).await;
    assert_eq!(fs::read_to_string(&file).unwrap(), "an earlier export");
}

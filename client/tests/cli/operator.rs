//! The operator's commands: what they send, and what they print.

use crate::support::command::{Pc, Run, finish};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse as _, Json, Response};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

const TOKEN: &str = "operator-token-for-tests-0123456789";

#[derive(Clone, Default)]
struct Api {
    asked: Arc<Mutex<Vec<(String, Value, HeaderMap)>>>,
}

fn view() -> Value {
    json!({"slug": "aozora", "kind": "tenant", "provider": "kita-support", "name": "青空病院", "locale": "ja",
           "time_zone": "Asia/Tokyo", "policy": {"activation": "mailed_code"}, "state": "active", "created_at": 1_775_034_000,
           "later": true})
}

fn problem(status: StatusCode, code: &str) -> Response {
    about(status, code, json!({}))
}

fn about(status: StatusCode, code: &str, more: Value) -> Response {
    let mut body =
        json!({"type": format!("urn:tegata:problem:{code}"), "title": "No", "status": status.as_u16(), "code": code});
    if let (Value::Object(body), Value::Object(more)) = (&mut body, more) {
        body.extend(more);
    }
    (status, [("content-type", "application/problem+json")], body.to_string()).into_response()
}

async fn answer(State(api): State<Api>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if headers
        .get("authorization")
        .is_none_or(|value| value != &format!("Bearer {TOKEN}"))
    {
        return problem(StatusCode::UNAUTHORIZED, "unauthorized");
    }
    let asked = format!("{method} {uri}");
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    api.asked.lock().unwrap().push((asked.clone(), body, headers));
    let device = |id: &str| json!({"id": id, "name": "山田\u{1b}[2J", "email": "t@a.example", "organization": "o", "device_name": "pc", "state": "active"});
    // Pages of three.
    let devices = |first: u32, cursor: Value| {
        let items: Vec<Value> = (first..first + 3).map(|number| device(&format!("k{number}"))).collect();
        json!({"items": items, "cursor": cursor})
    };
    match asked.replace("/operator/v1", "").as_str() {
        "POST /tenants" => (StatusCode::CREATED, Json(view())).into_response(),
        "GET /tenants/aozora" | "PATCH /tenants/aozora" => Json(view()).into_response(),
        "PATCH /tenants/kaede" => {
            let more = json!({"field": "policy.data_origin", "detail": "must be https\u{1b}[2J"});
            about(StatusCode::BAD_REQUEST, "invalid-field", more)
        }
        "POST /tenants/aozora/suspend" => Json(view()).into_response(),
        "POST /tenants/aozora/administrators" => (StatusCode::CREATED, Json(json!({"id": "u1"}))).into_response(),
        "POST /tenants/aozora/introspection-secret" => {
            (StatusCode::CREATED, Json(json!({"secret": "tg_is_1"}))).into_response()
        }
        "POST /keys/rotate" => Json(json!({"keys": [
            {"purpose": "token", "kid": "t2", "active_at": 0, "ended": ["t1"]}
        ]}))
        .into_response(),
        "GET /tenants/aozora/devices" => Json(json!({"items": [device("d1")], "cursor": "a b"})).into_response(),
        "GET /tenants/aozora/devices?cursor=a+b" => {
            Json(json!({"items": [device("d2")], "cursor": null})).into_response()
        }
        "GET /tenants/kaede/devices" => Json(devices(1, json!("3"))).into_response(),
        "GET /tenants/kaede/devices?cursor=3" => Json(devices(4, json!("6"))).into_response(),
        "GET /tenants/kaede/devices?cursor=6" => Json(devices(7, Value::Null)).into_response(),
        "POST /tenants/aozora/devices/d%2F..%2F1/revoke" => StatusCode::NO_CONTENT.into_response(),
        "POST /tenants/aozora/outbox/o1/retry" => StatusCode::NO_CONTENT.into_response(),
        "GET /tenants/aozora/audit" => {
            let entry = json!({"seq": 1, "at": 0, "actor": {"kind": "approver", "id": "u1", "address": "192.0.2.10"}, "action": "tenant.create", "object": "t", "outcome": "ok", "hash": "h"});
            let own = json!({"seq": 2, "at": 0, "actor": {"kind": "system", "id": null, "address": null}, "action": "approval.expire", "object": "", "outcome": "", "hash": "i"});
            Json(json!({"items": [entry, own], "cursor": null})).into_response()
        }
        _ => problem(StatusCode::NOT_FOUND, "not_found"),
    }
}

async fn run(api: &Api, token: &str, arguments: &[&str]) -> Run {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer).with_state(api.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let pc = Pc::new();
    let arguments = [&["operator"], arguments].concat();
    let mut command = pc.command(&arguments);
    finish(
        command
            .env("TEGATA_OPERATOR_TOKEN", token)
            .env("TEGATA_EDGE", url)
            .spawn()
            .unwrap(),
    )
    .await
}

const CREATE: [&str; 16] = [
    "tenant",
    "create",
    "--slug",
    "aozora",
    "--name",
    "青空病院",
    "--locale",
    "ja",
    "--time-zone",
    "Asia/Tokyo",
    "--administrator-name",
    "佐藤 花子",
    "--administrator-email",
    "hanako.sato@aozora.example",
    "--administrator-account",
    "hanako",
];

#[tokio::test]
async fn a_tenant_is_created_from_a_file_with_options_over_it() {
    let (api, folder) = (Api::default(), tempfile::tempdir().unwrap());
    let file = folder.path().join("tenant.json");
    std::fs::write(&file, json!({"provider": "kita-support", "policy": {"activation": "approval_only", "mail_domains": ["aozora.example"]}}).to_string()).unwrap();
    let options = [
        "--file",
        file.to_str().unwrap(),
        "--activation",
        "mailed_code",
        "--no-data-origin",
        "--json",
    ];
    let run = run(&api, TOKEN, &[&CREATE[..], &options].concat()).await;
    assert_eq!((run.code, &run.json()), (0, &view()), "{run:?}");
    let (_, body, headers) = api.asked.lock().unwrap()[0].clone();
    assert!(headers.contains_key("idempotency-key"));
    let administrator = json!({"name": "佐藤 花子", "email": "hanako.sato@aozora.example", "account": "hanako", "locale": "ja", "time_zone": "Asia/Tokyo"});
    assert_eq!(
        body,
        json!({"slug": "aozora", "kind": "tenant", "provider": "kita-support", "name": "青空病院", "locale": "ja",
               "time_zone": "Asia/Tokyo", "administrator": administrator,
               "policy": {"activation": "mailed_code", "mail_domains": ["aozora.example"], "data_origin": null}})
    );
}

#[tokio::test]
async fn the_contact_person_and_the_date_of_application_are_sent() {
    let api = Api::default();
    let options = [
        "tenant",
        "update",
        "aozora",
        "--contact-name",
        "佐藤 花子",
        "--contact-email",
        "hanako@aozora.example",
        "--applied-on",
        "2026-11-16",
    ];
    let run = run(&api, TOKEN, &options).await;
    assert_eq!(run.code, 0, "{run:?}");
    let (_, body, _) = api.asked.lock().unwrap()[0].clone();
    let contact = json!({"name": "佐藤 花子", "email": "hanako@aozora.example"});
    assert_eq!(body, json!({"contact": contact, "applied_on": "2026-11-16"}));
}

#[tokio::test]
async fn what_a_new_tenant_lacks_is_named_before_anything_is_sent() {
    let api = Api::default();
    let run = run(&api, TOKEN, &["tenant", "create", "--slug", "aozora", "--json"]).await;
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("--administrator-email"), "{run:?}");
    assert!(api.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_list_is_read_to_its_end_and_its_names_cannot_command_the_terminal() {
    let api = Api::default();
    let all = run(&api, TOKEN, &["device", "list", "aozora"]).await;
    assert_eq!(all.code, 0, "{all:?}");
    assert!(all.stdout.contains("d1\t") && all.stdout.contains("d2\t") && !all.stdout.contains('\u{1b}'));
    let first = run(&api, TOKEN, &["device", "list", "aozora", "--limit", "1", "--json"]).await;
    assert_eq!(first.json()["cursor"], "a b");
    assert_eq!(first.json()["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_list_has_no_more_rows_than_its_limit_and_goes_on_where_it_stopped() {
    let api = Api::default();
    let list = async |limit: &str, cursor: &[&str]| {
        let arguments = [&["device", "list", "kaede", "--json", "--limit", limit], cursor].concat();
        let told = run(&api, TOKEN, &arguments).await.json();
        let items = told["items"].as_array().unwrap();
        let ids: Vec<String> = items
            .iter()
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect();
        (ids.join(" "), told["cursor"].as_str().map(str::to_owned))
    };
    for (limit, shown) in [
        ("1", "k1"),
        ("3", "k1 k2 k3"),
        ("4", "k1 k2 k3 k4"),
        ("8", "k1 k2 k3 k4 k5 k6 k7 k8"),
    ] {
        let (ids, cursor) = list(limit, &[]).await;
        assert_eq!(ids, shown);
        let (rest, end) = list("9", &["--cursor", &cursor.unwrap()]).await;
        assert_eq!(
            (format!("{ids} {rest}").as_str(), end),
            ("k1 k2 k3 k4 k5 k6 k7 k8 k9", None)
        );
    }
    for limit in ["9", "10"] {
        let (ids, cursor) = list(limit, &[]).await;
        assert_eq!((ids.split(' ').count(), cursor), (9, None));
    }
    let people = run(&api, TOKEN, &["device", "list", "kaede", "--limit", "4"]).await;
    assert_eq!(people.stdout.lines().count(), 5, "a heading and four rows: {people:?}");
    assert!(people.stderr.contains("--cursor skip:1:3"), "{people:?}");
    let nothing = run(&api, TOKEN, &["device", "list", "kaede", "--limit", "0"]).await;
    assert_eq!(nothing.code, 2, "{nothing:?}");
}

#[tokio::test]
async fn an_id_stays_in_its_place_in_the_address() {
    let run = run(&Api::default(), TOKEN, &["device", "revoke", "aozora", "d/../1"]).await;
    assert_eq!(run.code, 0, "{run:?}");
}

#[tokio::test]
async fn the_other_commands_reach_their_endpoints() {
    let api = Api::default();
    for arguments in [
        &["tenant", "show", "aozora"][..],
        &["tenant", "update", "aozora", "--confirm-address-first", "true"],
        &["tenant", "suspend", "aozora"],
        &ADD,
        &["outbox", "retry", "aozora", "o1"],
        &["audit", "list", "aozora"],
    ] {
        let run = run(&api, TOKEN, arguments).await;
        assert_eq!(run.code, 0, "{arguments:?} {run:?}");
    }
    let secret = run(&api, TOKEN, &["introspection-secret", "new", "aozora"]).await;
    assert_eq!(secret.stdout, "secret\ttg_is_1\n");
    let asked = api.asked.lock().unwrap();
    let body = |place: &str| {
        asked
            .iter()
            .find(|(asked, ..)| asked.ends_with(place))
            .unwrap()
            .1
            .clone()
    };
    assert_eq!(
        body("PATCH /operator/v1/tenants/aozora"),
        json!({"policy": {"confirm_address_first": true}})
    );
    assert_eq!(
        body("/administrators"),
        json!({"name": "Åse", "email": "a@b.example", "account": "ase", "locale": "ja", "time_zone": "Asia/Tokyo"})
    );
}

const ADD: [&str; 9] = [
    "administrator",
    "add",
    "aozora",
    "--name",
    "Åse",
    "--email",
    "a@b.example",
    "--account",
    "ase",
];

#[tokio::test]
async fn a_locale_is_the_tenants_or_the_persons_and_never_the_commands() {
    let api = Api::default();
    for arguments in [
        &[&ADD[..], &["--locale", "da"]].concat()[..],
        &["tenant", "update", "aozora", "--locale", "da"],
        &["tenant", "update", "aozora", "--locale=da"],
    ] {
        let run = run(&api, TOKEN, arguments).await;
        assert_eq!(run.code, 0, "{arguments:?} {run:?}");
        assert_eq!(api.asked.lock().unwrap().pop().unwrap().1["locale"], "da");
    }
    let english = run(&api, TOKEN, &["tenant", "update", "kaede", "--locale", "da"]).await;
    assert!(
        english.stderr.starts_with("tegata: policy.data_origin: No. must"),
        "{english:?}"
    );
    let danish = run(&api, TOKEN, &["tenant", "show", "aozora", "--language", "da", "--nej"]).await;
    assert!(danish.stderr.contains("Ukendt tilvalg"), "{danish:?}");
    for old in ["--tenant-locale", "--administrator-locale"] {
        assert_eq!(run(&api, TOKEN, &[&ADD[..], &[old, "da"]].concat()).await.code, 2);
    }
}

#[tokio::test]
async fn a_new_administrator_is_sent_with_an_idempotency_key() {
    let api = Api::default();
    run(&api, TOKEN, &ADD).await;
    run(&api, TOKEN, &ADD).await;
    run(&api, TOKEN, &[&ADD[..], &["--idempotency-key", "ticket-7"]].concat()).await;
    let asked = api.asked.lock().unwrap();
    let keys: Vec<_> = asked
        .iter()
        .filter(|(asked, ..)| asked.starts_with("POST"))
        .map(|(.., headers)| headers["idempotency-key"].to_str().unwrap())
        .collect();
    assert!(keys.len() == 3 && keys[0].len() > 20 && keys[0] != keys[1], "{keys:?}");
    assert_eq!(keys[2], "ticket-7");
}

#[tokio::test]
async fn the_field_at_fault_is_named() {
    let arguments = ["tenant", "update", "kaede", "--data-origin", "http://a.example"];
    let told = run(&Api::default(), TOKEN, &arguments).await;
    assert_eq!(
        (told.code, told.stderr.as_str()),
        (2, "tegata: policy.data_origin: No. must be https\u{fffd}[2J\n")
    );
    let bare = run(&Api::default(), TOKEN, &["tenant", "show", "midori"]).await;
    assert_eq!((bare.code, bare.stderr.as_str()), (1, "tegata: No.\n"));
}

#[tokio::test]
async fn the_audit_log_names_its_actors_for_people_and_for_programs() {
    let list = ["audit", "list", "aozora"];
    let people = run(&Api::default(), TOKEN, &list).await;
    assert!(people.stdout.contains("\tapprover u1 192.0.2.10\t"), "{people:?}");
    let own = "2\t1970-01-01T00:00:00Z\tsystem\tapproval.expire\t-\t-";
    assert_eq!(people.stdout.lines().last(), Some(own), "{people:?}");
    let programs = run(&Api::default(), TOKEN, &[&list[..], &["--json"]].concat()).await;
    let actor = json!({"kind": "approver", "id": "u1", "address": "192.0.2.10"});
    assert_eq!(programs.json()["items"][0]["actor"], actor);
}

#[tokio::test]
async fn refusals_and_absences_have_their_codes() {
    let api = Api::default();
    let wrong = run(&api, "wrong", &["tenant", "show", "aozora", "--json"]).await;
    assert_eq!((wrong.code, wrong.error().as_str()), (3, "unauthorized"));
    let absent = run(&api, TOKEN, &["tenant", "show", "midori", "--json"]).await;
    assert_eq!((absent.code, absent.error().as_str()), (1, "not_found"));
    let none = run(&api, "", &["tenant", "show", "aozora", "--json"]).await;
    assert_eq!((none.code, none.error().as_str()), (2, "usage"));
    assert!(none.stdout.contains("--token or TEGATA_OPERATOR_TOKEN"), "{none:?}");
}

#[tokio::test]
async fn keys_are_ended_once_that_is_confirmed() {
    let api = Api::default();
    let rotate = ["keys", "rotate", "--compromised"];
    let unconfirmed = run(&api, TOKEN, &rotate).await;
    assert_eq!(unconfirmed.code, 2, "{unconfirmed:?}");
    for told in ["Access tokens", "Receipts", "activation code", "--yes"] {
        assert!(unconfirmed.stderr.contains(told), "{told}: {}", unconfirmed.stderr);
    }
    let of_tokens = run(&api, TOKEN, &[&rotate[..], &["--purpose", "token"]].concat()).await;
    assert!(of_tokens.stderr.contains("Access tokens") && !of_tokens.stderr.contains("activation code"));
    assert!(api.asked.lock().unwrap().is_empty(), "nothing was sent");

    let confirmed = [
        "--purpose",
        "token",
        "--reason",
        "a lost backup",
        "--yes",
        "--idempotency-key",
        "k",
    ];
    let done = run(&api, TOKEN, &[&rotate[..], &confirmed[..]].concat()).await;
    assert_eq!(done.code, 0, "{done:?}");
    assert!(
        done.stdout.contains("t2") && done.stdout.contains("t1"),
        "{}",
        done.stdout
    );
    let ordinary = run(&api, TOKEN, &["keys", "rotate"]).await;
    assert_eq!(ordinary.code, 0, "{ordinary:?}");
    let unknown = run(&api, TOKEN, &["keys", "rotate", "--purpose", "session"]).await;
    assert_eq!(unknown.code, 2);
    let asked = api.asked.lock().unwrap();
    let expected = json!({"compromised": true, "purpose": "token", "reason": "a lost backup"});
    assert_eq!((&asked[0].1, &asked[1].1), (&expected, &json!({"compromised": false})));
    assert_eq!(asked[0].2["idempotency-key"], "k");
    assert_eq!(asked.len(), 2);
}

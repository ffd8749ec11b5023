//! The operator API: it accepts one token, validates its documents, and changes nothing for an invalid one.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::support::call::{Answer, Call};
use crate::support::edge::{OPERATOR, TestEdge, assert_same};
use crate::support::scene::{create, new_tenant, operate};

fn edge() -> Arc<TestEdge> {
    let edge = Arc::new(TestEdge::new());
    create(&edge, "aozora");
    edge.mails();
    edge
}

fn creating(document: &Value) -> Call {
    Call::post("/operator/v1/tenants").bearer(OPERATOR).json(document)
}

/// Sends `call`, which must get `status` and leave no trace. Returns the problem's code and field.
fn refused(edge: &Arc<TestEdge>, call: &Call, status: u16) -> (String, String) {
    let before = edge.rows();
    let answer = call.send(edge);
    assert_eq!(answer.status, status, "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_same(
        &before,
        &edge.rows(),
        &format!("something was written: {}", answer.body),
    );
    assert!(edge.mails().is_empty());
    let problem = answer.json();
    assert_eq!(
        (&problem["status"], &problem["type"]),
        (
            &status.into(),
            &format!("urn:tegata:problem:{}", problem["code"].as_str().unwrap()).into()
        )
    );
    let member = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
    (member("code"), member("field"))
}

#[test]
fn only_the_whole_token_is_the_token() {
    let edge = edge();
    let cut = &OPERATOR[..OPERATOR.len() - 1];
    let padded = format!("{OPERATOR} ");
    for (name, value) in [
        ("x-other", OPERATOR.to_owned()),
        ("authorization", OPERATOR.to_owned()),
        ("authorization", format!("Bearer {cut}")),
        ("authorization", format!("Bearer {OPERATOR}x")),
        ("authorization", format!("Bearer {padded}x")),
        ("authorization", format!("Bearer {}", OPERATOR.to_uppercase())),
        ("authorization", "Bearer ".to_owned()),
        ("authorization", format!("Basic {OPERATOR}")),
    ] {
        let call = Call::post("/operator/v1/tenants")
            .header(name, &value)
            .json(&new_tenant("hoshizora"));
        assert_eq!(refused(&edge, &call, 401).0, "unauthorized", "{value}");
        let challenge = call.send(&edge);
        assert_eq!(challenge.header("www-authenticate"), r#"Bearer realm="tegata""#);
    }
}

#[test]
fn a_bad_value_is_named() {
    let edge = edge();
    for (pointer, value, field) in [
        ("/slug", json!("Aozora"), "slug"),
        ("/slug", json!("\u{430}ozora"), "slug"),
        ("/slug", json!("admin"), "slug"),
        ("/slug", json!("xn--aozora"), "slug"),
        ("/name", json!("a\r\nb"), "name"),
        ("/name", json!(""), "name"),
        ("/kind", json!("customer"), "kind"),
        ("/locale", json!("fr"), "locale"),
        ("/time_zone", json!("Mars/Olympus"), "time_zone"),
        ("/provider", json!("hoshizora"), "provider"),
        ("/provider", json!("aozora"), "provider"),
        ("/administrator/email", json!("hanako"), "administrator.email"),
        ("/administrator/account", json!("Hanako"), "administrator.account"),
        (
            "/policy/approval_life_seconds",
            json!(59),
            "policy.approval_life_seconds",
        ),
        ("/policy/code_life_seconds", json!(i64::MAX), "policy.code_life_seconds"),
        ("/policy/device_life_seconds", json!(1), "policy.device_life_seconds"),
        (
            "/policy/data_origin",
            json!("http://data.example"),
            "policy.data_origin",
        ),
        ("/policy/data_origin", json!("file:///etc/passwd"), "policy.data_origin"),
        (
            "/policy/data_origin",
            json!("https://EDGE.example.com.:8443/t/aozora/gate"),
            "policy.data_origin",
        ),
        (
            "/policy/data_origin",
            json!("http://127.0.0.1:9000"),
            "policy.data_origin",
        ),
        (
            "/policy/data_origin",
            json!("https://[::ffff:10.0.0.1]"),
            "policy.data_origin",
        ),
        (
            "/policy/confirm_address_first",
            json!("yes"),
            "policy.confirm_address_first",
        ),
    ] {
        let mut document = new_tenant("hoshizora");
        document["provider"] = Value::Null;
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        document.pointer_mut(parent).unwrap()[name] = value.clone();
        let told = refused(&edge, &creating(&document), 400);
        assert_eq!(told, ("invalid-field".to_owned(), field.to_owned()), "{value}");
    }
}

#[test]
fn no_tenant_is_changed_to_a_data_origin_inside() {
    let edge = edge();
    for origin in ["https://edge.example.com", "https://localhost.", "https://192.168.0.1"] {
        let change = json!({ "policy": { "data_origin": origin } });
        let call = Call::new("PATCH", "/operator/v1/tenants/aozora")
            .bearer(OPERATOR)
            .json(&change);
        let told = refused(&edge, &call, 400);
        assert_eq!(
            told,
            ("invalid-field".to_owned(), "policy.data_origin".to_owned()),
            "{origin}"
        );
    }
}

#[test]
fn what_is_no_document_is_refused() {
    let edge = edge();
    let mut unknown = new_tenant("hoshizora");
    unknown["administrators"] = json!([]);
    refused(&edge, &creating(&unknown), 400);
    let text = new_tenant("hoshizora").to_string();
    let raw = |body: &str| {
        Call::post("/operator/v1/tenants")
            .bearer(OPERATOR)
            .header("content-type", "application/json")
            .body(body.as_bytes())
    };
    for body in [
        "",
        "null",
        "[]",
        "{",
        &format!("{text}{text}"),
        &text.replacen("{", "{\"slug\":\"other\",", 1),
    ] {
        refused(&edge, &raw(body), 400);
    }
    let not_json = Call::post("/operator/v1/tenants")
        .bearer(OPERATOR)
        .header("content-type", "text/plain")
        .body(text.as_bytes());
    assert_eq!(refused(&edge, &not_json, 400).1, "content-type");
    let patch = Call::new("PATCH", "/operator/v1/tenants/aozora").bearer(OPERATOR);
    for change in [
        json!({ "state": "suspended" }),
        json!({ "policy": { "typo": 1 } }),
        json!({ "policy": { "code_life_seconds": 1 } }),
    ] {
        refused(&edge, &patch.clone().json(&change), 400);
    }
}

#[test]
fn a_tenant_is_made_once() {
    let edge = edge();
    assert_eq!(refused(&edge, &creating(&new_tenant("aozora")), 409).0, "slug-taken");
    let first = creating(&new_tenant("hoshizora"))
        .header("idempotency-key", "k")
        .send(&edge);
    assert_eq!(
        (first.status.as_u16(), first.header("location")),
        (201, "/operator/v1/tenants/hoshizora")
    );
    assert_eq!(edge.mails().len(), 1);
    let before = edge.rows();
    let again = creating(&new_tenant("hoshizora"))
        .header("idempotency-key", "k")
        .send(&edge);
    assert_eq!((again.status, again.json()), (first.status, first.json()));
    assert_same(&before, &edge.rows(), "");
    assert_eq!(
        refused(
            &edge,
            &creating(&new_tenant("hoshizora")).header("idempotency-key", "other"),
            409
        )
        .0,
        "slug-taken"
    );
}

#[test]
fn what_does_not_exist_is_not_found() {
    let edge = edge();
    for path in [
        "hoshizora",
        "hoshizora/devices",
        "hoshizora/audit",
        "hoshizora/audit/heads",
        "hoshizora/outbox",
        "Aozora",
        "aozora/x",
    ] {
        refused(
            &edge,
            &Call::get(&format!("/operator/v1/tenants/{path}")).bearer(OPERATOR),
            404,
        );
    }
    for path in [
        "hoshizora/suspend",
        "hoshizora/introspection-secret",
        "aozora/devices/x/revoke",
        "aozora/devices/AAAAAAAAAAAAAAAAAAAAAA/revoke",
        "aozora/outbox/x/retry",
    ] {
        refused(
            &edge,
            &Call::post(&format!("/operator/v1/tenants/{path}")).bearer(OPERATOR),
            404,
        );
    }
    let other_method = Call::new("PUT", "/operator/v1/tenants/aozora")
        .bearer(OPERATOR)
        .send(&edge);
    assert_eq!(other_method.status, 405);
}

#[test]
fn the_audit_log_is_filtered_and_a_bad_filter_is_named() {
    let edge = edge();
    let list = |query: &str| Call::get(&format!("/operator/v1/tenants/aozora/audit{query}")).bearer(OPERATOR);
    for (query, field) in [
        ("?cursor=x", "cursor"),
        ("?cursor=-1", "cursor"),
        ("?cursor=99999999999999999999", "cursor"),
        ("/heads?cursor=x", "cursor"),
        ("?actor=", "actor"),
        ("?object=device", "object"),
        ("?object=%2F", "object"),
        ("?action=approval%20decide", "action"),
        ("?from=yesterday", "from"),
        ("?from=1.5", "from"),
        ("?to=2026-11-21", "to"),
        ("?newest_first=yes", "newest_first"),
        ("?action=tenant.create&action=device.", "action"),
    ] {
        let told = refused(&edge, &list(query), 400);
        assert_eq!(told, ("invalid-field".to_owned(), field.to_owned()), "{query}");
    }
    let actions = |query: &str| {
        let page = list(query).send(&edge).json();
        let items = page["items"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| item["action"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let both = ["tenant.create", "administrator.create"];
    assert_eq!(actions("?actor=operator&from=0"), both);
    assert_eq!(
        actions("?newest_first=true").iter().rev().collect::<Vec<_>>(),
        both.iter().collect::<Vec<_>>()
    );
    assert_eq!(actions("?object=tenant%2F"), ["tenant.create"]);
    assert_eq!(
        actions("?action=administrator.&newest_first=false"),
        ["administrator.create"]
    );
    assert!(actions("?to=0").is_empty() && actions("?actor=approver").is_empty());
}

#[test]
fn what_the_operator_sees_holds_no_secret() {
    let edge = edge();
    let secret = operate(&edge, "aozora", "introspection-secret").json()["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(secret.starts_with("tg_is_"));
    let show = |path: &str| -> Answer {
        Call::get(&format!("/operator/v1/tenants{path}"))
            .bearer(OPERATOR)
            .send(&edge)
    };
    for path in [
        "",
        "/aozora",
        "/aozora/devices",
        "/aozora/audit",
        "/aozora/audit/heads",
        "/aozora/outbox",
    ] {
        let shown = show(path);
        assert_eq!(shown.status, 200);
        assert!(
            !shown.body.contains(&secret)
                && !shown.body.contains("$argon2")
                && !shown.body.contains("introspection\":"),
            "{path}"
        );
    }
}

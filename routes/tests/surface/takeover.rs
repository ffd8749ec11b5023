//! Attempts to make a small foothold bigger: taking over another account, gaining more rights than a token has, and
//! making the service work for a caller without the right.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};
use tegata_domain::secret::PlainPersonalToken;
use tegata_kv_schema::personal_tokens;
use tegata_routes::table::router;
use tower::ServiceExt as _;

use crate::support::call::Call;
use crate::support::edge::{TestEdge, assert_same};
use crate::support::scene::{Scene, Stage, link_line, operate, secret_line, text};
use crate::support::staff::{API, Credential, PASSWORD, Staff, cookie_of, log_in, settle};

fn me(staff: &Staff) -> String {
    text(&staff.done(200, "GET", "/session", None)["user_id"])
}

fn code(answer: &Value) -> &str {
    answer["code"].as_str().unwrap_or_default()
}

fn main_address(address: &str) -> Value {
    json!({ "version": 1, "emails": [{ "value": address, "type": "work", "primary": true }] })
}

#[test]
fn who_may_not_change_an_account_cannot_divert_its_mail() {
    let staff = Staff::new();
    let path = format!("/users/{}", me(&staff));
    let divert = main_address("mallory@aozora.example");
    let writer = staff.token(&["users.read", "users.write"]);
    let wider = staff.token(&["users.write", "accounts.write"]);
    let before = staff.edge().rows_of("aozora", &["personal_token"]);
    for credential in [&writer, &wider] {
        let answer = staff.send(credential, "PATCH", &path, Some(&divert));
        assert_eq!(answer.status, 403);
        assert_eq!(code(&answer.json()), "insufficient-scope");
    }
    assert_same(
        &before,
        &staff.edge().rows_of("aozora", &["personal_token"]),
        "a refusal",
    );
    // A session left open cannot either, though it may change the rest of the user.
    staff.edge().advance(601);
    let stale = staff.done(403, "PATCH", &path, Some(&divert));
    assert_eq!(code(&stale), "fresh-login-required");
    let named = json!({ "version": 1, "phonetic_name": "サトウ ハナコ" });
    assert_eq!(staff.send(&writer, "PATCH", &path, Some(&named)).status, 200);
}

#[test]
fn a_reset_link_ends_with_the_address_it_went_to() {
    let staff = Staff::new();
    staff.edge().mails();
    let forgotten = Call::post(&format!("{API}/password-reset")).json(&json!({ "account": "hanako" }));
    assert_eq!(forgotten.send(staff.edge()).status, 202);
    let link = link_line(&staff.edge().mails().remove(0).text, "/t/aozora/#/reset/");
    let path = format!("/users/{}", me(&staff));
    staff.done(200, "PATCH", &path, Some(&main_address("hanako.new@aozora.example")));
    let answer = Call::post(&format!("{API}/password-reset/complete"))
        .json(&json!({ "token": link, "password": "another boat, another lake" }))
        .send(staff.edge());
    assert_eq!(answer.status, 404);
}

#[test]
fn five_mails_an_hour_are_all_that_a_forgotten_password_gets() {
    let staff = Staff::new();
    staff.edge().mails();
    for _ in 0..20 {
        let forgotten = Call::post(&format!("{API}/password-reset")).json(&json!({ "account": "Hanako" }));
        assert_eq!(
            forgotten.send(staff.edge()).status,
            202,
            "the response is the same either way"
        );
    }
    assert_eq!(staff.edge().mails().len(), 5);
}

#[test]
fn a_token_gives_no_account_more_than_it_holds() {
    let staff = Staff::new();
    let id = staff.user("jiro", None);
    let path = format!("/users/{id}/account");
    let writer = staff.token(&["accounts.write"]);
    let account = |role: &str| json!({ "account": "jiro", "role": role, "locale": "ja", "time_zone": "Asia/Tokyo" });
    for role in ["system_administrator", "auditor"] {
        let answer = staff.send(&writer, "PUT", &path, Some(&account(role)));
        assert_eq!(
            (answer.status.as_u16(), code(&answer.json())),
            (403, "insufficient-scope"),
            "{role}"
        );
        assert_eq!(
            answer.header("www-authenticate"),
            r#"Bearer realm="tegata", error="insufficient_scope", scope="overview""#
        );
    }
    let reader = staff.token(&[
        "accounts.write",
        "overview",
        "registrations.read",
        "questions.read",
        "launches.read",
        "devices.read",
        "equipment.read",
        "users.read",
        "audit.read",
        "policies.read",
    ]);
    let mut chosen = account("auditor");
    chosen["password"] = json!(PASSWORD);
    chosen["password_confirmation"] = json!(PASSWORD);
    let answer = staff.send(&reader, "PUT", &path, Some(&chosen));
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["field"]),
        (400, &json!("password"))
    );
    assert_eq!(staff.send(&reader, "PUT", &path, Some(&account("auditor"))).status, 201);
    // It cannot take away what it could not grant.
    let mine = format!("/users/{}/account", me(&staff));
    for (method, path) in [("DELETE", mine.clone()), ("POST", format!("{mine}/reissue"))] {
        assert_eq!(staff.send(&reader, method, &path, None).status, 403, "{method} {path}");
    }
}

#[test]
fn a_new_password_ends_the_tokens_made_under_the_old_one() {
    let staff = Staff::new();
    let reader = staff.token(&["devices.read"]);
    assert_eq!(staff.send(&reader, "GET", "/devices", None).status, 200);
    let new = json!({ "current": PASSWORD, "password": "a different boat on a lake" });
    staff.done(200, "PUT", "/session/password", Some(&new));
    assert_eq!(staff.send(&reader, "GET", "/devices", None).status, 401);
}

/// Sends a large document to `path`. Returns the status and how many pieces of it were read.
fn large(staff: &Staff, path: &str, cookie: &str) -> (u16, usize) {
    let read = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&read);
    let pieces = std::iter::repeat_n("[".repeat(50_000), 100).map(move |piece| {
        counter.fetch_add(1, Ordering::Relaxed);
        Ok::<_, Infallible>(piece)
    });
    let request = Request::post(format!("{API}{path}"))
        .header("content-type", "application/json")
        .header("cookie", cookie)
        .body(Body::from_stream(futures::stream::iter(pieces)))
        .unwrap();
    let edge: Arc<TestEdge> = Arc::clone(staff.edge());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let answer = runtime.block_on(router(edge).oneshot(request)).unwrap();
    (answer.status().as_u16(), read.load(Ordering::Relaxed))
}

#[test]
fn nobody_without_the_right_has_files_read() {
    let staff = Staff::new();
    let (_, auditor) = staff.join("revisor", "auditor", None);
    let cookie = auditor.cookie.clone().unwrap_or_default();
    let wrong = cookie.replace('=', "=A");
    for path in [
        "/equipment/import".to_owned(),
        "/inquiries".to_owned(),
        "/inquiries/AAAAAAAAAAAAAAAAAAAAAA/messages".to_owned(),
        "/desk/inquiries/minato/AAAAAAAAAAAAAAAAAAAAAA/messages".to_owned(),
    ] {
        assert_eq!(large(&staff, &path, ""), (401, 0), "{path}");
        assert_eq!(large(&staff, &path, &wrong), (401, 0), "{path}");
        assert_eq!(large(&staff, &path, &cookie), (403, 0), "{path}");
    }
    let account = format!("/users/{}/account", me(&staff));
    let option = json!({ "version": 1, "support_option": true });
    staff.done(200, "PATCH", &account, Some(&option));
    let own = staff.administrator.cookie.clone().unwrap_or_default();
    for path in ["/inquiries", "/equipment/import"] {
        let (status, read) = large(&staff, path, &own);
        assert_eq!(status, 413, "{path}");
        assert!(read < 100, "more was read than a message can hold: {read}");
    }
}

#[test]
fn nobody_without_the_right_has_a_password_hashed() {
    let staff = Staff::new();
    let (_, auditor) = staff.join("revisor", "auditor", None);
    let account = json!({
        "account": "jiro", "role": "auditor", "locale": "ja", "time_zone": "Asia/Tokyo", "password": PASSWORD, "password_confirmation": PASSWORD,
    });
    let path = format!("/users/{}/account", me(&staff));
    let before = staff.edge().drawn();
    assert_eq!(staff.send(&auditor, "PUT", &path, Some(&account)).status, 403);
    assert_eq!(
        staff.edge().drawn(),
        before,
        "a password was hashed: hashing draws a salt"
    );
}

#[test]
fn a_first_session_of_a_suspended_tenant_sets_no_password() {
    let scene = Scene::at(Stage::Redeemed);
    let first = log_in(&scene.edge, "aozora", "hanako", &scene.ours.first_password);
    operate(&scene.edge, "aozora", "suspend");
    let session = Credential::cookie(&cookie_of(&first));
    let new = json!({ "password": PASSWORD });
    let set = session.call("PUT", "/session/password", Some(&new)).send(&scene.edge);
    assert_eq!((set.status.as_u16(), code(&set.json())), (403, "suspended"));
    assert_eq!(session.call("GET", "/session", None).send(&scene.edge).status, 200);
}

#[test]
fn no_token_answers_a_question() {
    let scene = Scene::at(Stage::AwaitingApproval);
    let cookie = settle(&scene.edge, "aozora", "hanako", &scene.ours.first_password);
    let administrator = Credential::cookie(&cookie);
    let ask = |who: &Credential, method: &str, path: &str, body: Option<&Value>| {
        who.call(method, path, body).send(&scene.edge)
    };
    let wanted = |scopes: &[&str]| json!({ "name": "a program", "scopes": scopes, "expires_in_days": 30 });
    let deciding = wanted(&["registrations.read", "registrations.decide"]);
    let refused = ask(&administrator, "POST", "/tokens", Some(&deciding));
    assert_eq!((refused.status.as_u16(), code(&refused.json())), (400, "invalid-field"));
    assert_eq!(refused.json()["field"], "scopes");
    let detail = text(&refused.json()["detail"]);
    assert!(
        detail.contains("registrations.decide") && detail.contains("login"),
        "{detail}"
    );

    let reading = wanted(&["registrations.read"]);
    let made = ask(&administrator, "POST", "/tokens", Some(&reading)).json();
    let program = Credential::token(&text(&made["token"]));
    let waiting = ask(&program, "GET", "/registrations?state=waiting", None).json();
    let path = format!("/registrations/{}/decision", text(&waiting["items"][0]["id"]));
    let approve = json!({ "outcome": "approved", "confirmed": true });
    for must_log_in in [true, false] {
        let version = i32::from(!must_log_in);
        let policy = json!({ "version": version, "policy": { "approver_must_log_in": must_log_in } });
        assert_eq!(ask(&administrator, "PATCH", "/policies", Some(&policy)).status, 200);
        let refused = ask(&program, "POST", &path, Some(&approve));
        assert_eq!(
            (refused.status.as_u16(), code(&refused.json())),
            (403, "login-required")
        );
    }
    // A token from an earlier version, which granted the scope when tokens could still have it.
    let hash = PlainPersonalToken::parse(&text(&made["token"])).unwrap().hashed();
    scene.edge.rewrite("aozora", |sql| {
        let mut token = personal_tokens::load(sql, &hash).unwrap().unwrap();
        let scopes = json!(["registrations.read", "registrations.decide"]);
        token.scopes = serde_json::from_value(scopes).unwrap();
        personal_tokens::save(sql, &hash, &token).unwrap();
    });
    assert_eq!(ask(&program, "GET", "/registrations", None).status, 200);
    let refused = ask(&program, "POST", &path, Some(&approve));
    assert_eq!(
        (refused.status.as_u16(), code(&refused.json())),
        (403, "login-required")
    );
    let shown = ask(&administrator, "GET", "/tokens", None).json();
    assert_eq!(shown["items"][0]["scopes"], json!(["registrations.read"]));

    // The administrator may, with a recently entered password.
    scene.edge.advance(601);
    let refused = ask(&administrator, "POST", &path, Some(&approve));
    assert_eq!(
        (refused.status.as_u16(), code(&refused.json())),
        (403, "fresh-login-required")
    );
    let password = json!({ "password": PASSWORD });
    assert_eq!(
        ask(&administrator, "POST", "/session/fresh", Some(&password)).status,
        200
    );
    assert_eq!(ask(&administrator, "POST", &path, Some(&approve)).status, 200);
}

#[test]
fn no_token_makes_somebody_who_decides() {
    let staff = Staff::new();
    let all = [
        "overview",
        "registrations.read",
        "questions.read",
        "launches.read",
        "devices.read",
        "devices.revoke",
        "equipment.read",
        "equipment.write",
        "users.read",
        "users.write",
    ];
    let rest = [
        "accounts.write",
        "audit.read",
        "policies.read",
        "policies.write",
        "mails",
    ];
    let program = staff.token(&[&all[..], &rest[..]].concat());
    let path = format!("/users/{}/account", staff.user("jiro", None));
    let account = |role: &str| json!({ "account": "jiro", "role": role, "locale": "ja", "time_zone": "Asia/Tokyo" });
    let refused = staff.send(&program, "PUT", &path, Some(&account("system_administrator")));
    assert_eq!(
        (refused.status.as_u16(), code(&refused.json())),
        (403, "login-required")
    );
    assert_eq!(
        staff.send(&program, "PUT", &path, Some(&account("auditor"))).status,
        201
    );
}

#[test]
fn the_log_names_who_tried_and_who_gave_the_password_again() {
    let staff = Staff::new();
    log_in(staff.edge(), "aozora", "nobody.at.all", PASSWORD);
    staff.done(200, "POST", "/session/fresh", Some(&json!({ "password": PASSWORD })));
    operate(staff.edge(), "aozora", "suspend");
    log_in(staff.edge(), "aozora", "hanako", PASSWORD);
    operate(staff.edge(), "aozora", "resume");
    let log = staff.done(200, "GET", "/audit", None).to_string();
    for told in [
        r#""object":"account/unknown""#,
        r#""action":"session.authenticate""#,
        r#""outcome":"suspended""#,
    ] {
        assert!(log.contains(told), "{told}: {log}");
    }
    let (_, them) = staff.join("ichiro", "system_administrator", None);
    for _ in 0..30 {
        staff.edge().advance(60);
        assert_eq!(log_in(staff.edge(), "aozora", "ichiro", PASSWORD).status, 200);
    }
    assert_eq!(
        staff.send(&them, "GET", "/session", None).status,
        401,
        "the oldest made room"
    );
    assert!(staff.done(200, "GET", "/audit", None).to_string().contains("too_many"));
}

#[test]
fn each_first_password_is_another() {
    let staff = Staff::new();
    let (id, _) = staff.join("ichiro", "system_administrator", None);
    let mut seen = Vec::new();
    for _ in 0..3 {
        staff.edge().mails();
        staff.done(200, "POST", &format!("/users/{id}/account/reissue"), None);
        let first = secret_line(&staff.edge().mails().remove(0).text);
        settle(staff.edge(), "aozora", "ichiro", &first);
        assert!(!seen.contains(&first), "within one second");
        seen.push(first);
    }
}

#[test]
fn a_link_to_approve_ends_with_the_address_it_went_to() {
    let scene = Scene::at(Stage::AwaitingApproval);
    let cookie = settle(&scene.edge, "aozora", "hanako", &scene.ours.first_password);
    let staff = Staff {
        scene,
        administrator: Credential::cookie(&cookie),
    };
    let page = Call::get(&format!("/a/{}", staff.scene.ours.approve_link));
    let approve = Call::post(&format!("/a/{}", staff.scene.ours.approve_link)).form(&[
        ("decision", "approve"),
        ("confirm", "yes"),
        ("lang", "ja"),
    ]);
    assert_eq!(page.send(staff.edge()).status, 200);
    let path = format!("/users/{}", me(&staff));
    staff.edge().mails();
    staff.done(200, "PATCH", &path, Some(&main_address("hanako.new@aozora.example")));
    let told = staff.edge().addressed_mails();
    let to: Vec<_> = told.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(to, ["hanako@aozora.example"], "the previous address gets the notice");
    let before = staff.edge().rows_of("aozora", &[]);
    assert_eq!(page.send(staff.edge()).status, 404);
    assert_eq!(approve.send(staff.edge()).status, 404);
    assert_same(
        &before,
        &staff.edge().rows_of("aozora", &[]),
        "a link to an old address",
    );
}

#[test]
fn five_first_passwords_an_hour_are_all_that_an_account_gets() {
    let staff = Staff::new();
    let (id, _) = staff.join("ichiro", "system_administrator", None);
    let path = format!("/users/{id}/account/reissue");
    for _ in 0..5 {
        staff.done(200, "POST", &path, None);
    }
    let before = staff.edge().rows_of("aozora", &[]);
    let answer = staff.send(&staff.administrator, "POST", &path, None);
    assert_eq!(
        (answer.status.as_u16(), answer.code().as_str()),
        (429, "too-many-requests")
    );
    assert_same(&before, &staff.edge().rows_of("aozora", &[]), "a limit");
    staff.edge().advance(720);
    staff.done(403, "POST", &path, None);
}

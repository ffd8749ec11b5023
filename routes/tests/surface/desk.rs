//! The provider's desk and its customers (K1), inquiries and alerts (C6).

use std::sync::Arc;

use serde_json::{Value, json};

use crate::passkeys::answered;
use crate::support::call::{Answer, Call};
use crate::support::edge::{OPERATOR, TestEdge};
use crate::support::scene::secret_line;
use crate::support::staff::{PASSWORD, cookie_of, log_in, settle};

pub struct Desk {
    pub edge: Arc<TestEdge>,
    pub agent: String,
    pub customer: String,
}

pub fn send(
    edge: &Arc<TestEdge>,
    tenant: &str,
    cookie: &str,
    method: &str,
    path: &str,
    body: Option<&Value>,
) -> Answer {
    let call = Call::new(method, &format!("/t/{tenant}/api/v1{path}")).header("cookie", cookie);
    match body {
        Some(body) => call.json(body),
        None => call,
    }
    .send(edge)
}

pub fn administrator(slug: &str) -> Value {
    json!({
        "name": "佐藤 花子", "email": format!("hanako@{slug}.example"), "account": "hanako", "locale": "en", "time_zone": "Asia/Tokyo",
    })
}

impl Desk {
    /// A provider whose desk has created a customer, whose administrator has logged in.
    pub fn new() -> Self {
        let edge = Arc::new(TestEdge::new());
        let provider = json!({
            "slug": "kita-desk", "kind": "provider", "name": "北日本サービス", "locale": "ja", "time_zone": "Asia/Tokyo",
            "administrator": administrator("kita-desk"),
        });
        let made = Call::post("/operator/v1/tenants")
            .bearer(OPERATOR)
            .json(&provider)
            .send(&edge);
        assert_eq!(made.status, 201, "{}", made.body);
        let agent = settle(&edge, "kita-desk", "hanako", &secret_line(&edge.mails().remove(0).text));
        let desk = Self {
            edge,
            agent,
            customer: String::new(),
        };
        let customer = json!({
            "slug": "minato", "name": "みなと工機", "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator("minato"),
        });
        let made = desk.at_desk(201, "POST", "/customers", Some(&customer));
        assert_eq!(made["administrators"][0]["state"], "invited");
        assert!(!made.to_string().contains("hash"), "a secret is exposed: {made}");
        let first = secret_line(&desk.edge.mails().remove(0).text);
        let customer = settle(&desk.edge, "minato", "hanako", &first);
        desk.edge.deliver();
        Self { customer, ..desk }
    }

    pub fn at_desk(&self, status: u16, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = send(&self.edge, "kita-desk", &self.agent, method, path, body);
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        answer.json()
    }

    pub fn at_customer(&self, status: u16, method: &str, path: &str, body: Option<&Value>) -> Value {
        let answer = send(&self.edge, "minato", &self.customer, method, path, body);
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        if answer.body.is_empty() {
            Value::Null
        } else {
            answer.json()
        }
    }

    /// Grants the customer's administrator the support option.
    pub fn with_support(self) -> Self {
        let session = self.at_customer(200, "GET", "/session", None);
        let account = format!("/users/{}/account", session["user_id"].as_str().unwrap());
        self.at_customer(
            200,
            "PATCH",
            &account,
            Some(&json!({ "version": 1, "support_option": true })),
        );
        self.edge.mails();
        self
    }

    /// The alert mails of the next hour: recipient and text. Both administrators log in anew after it.
    pub fn alerts(&mut self) -> Vec<(String, String)> {
        self.edge.mails();
        self.edge.advance(3600);
        let mut mails = self.edge.addressed_mails();
        mails.retain(|(_, mail)| mail.subject.starts_with("[Tegata] Alerts"));
        self.agent = cookie_of(&log_in(&self.edge, "kita-desk", "hanako", PASSWORD));
        self.customer = cookie_of(&log_in(&self.edge, "minato", "hanako", PASSWORD));
        mails.into_iter().map(|(to, mail)| (to, mail.text)).collect()
    }
}

#[test]
fn the_desk_sees_its_customers_and_how_far_they_are() {
    let desk = Desk::new();
    let listed = desk.at_desk(200, "GET", "/customers?q=minato", None);
    let customer = &listed["items"][0];
    assert_eq!(
        (&customer["slug"], &customer["setup_done"], &customer["administrators"]),
        (&json!("minato"), &json!(1), &json!(1))
    );
    assert_eq!(
        desk.at_desk(200, "GET", "/customers?q=みなと", None)["items"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        desk.at_desk(404, "GET", "/customers/nobody-there", None)["code"],
        "not-found"
    );
    let taken = json!({
        "slug": "minato", "name": "x", "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator("minato"),
    });
    assert_eq!(
        desk.at_desk(409, "POST", "/customers", Some(&taken))["code"],
        "slug-taken"
    );
}

#[test]
fn the_desks_overview_counts_its_customers_and_what_they_have_not_answered() {
    let mut desk = Desk::new();
    for slug in ["hokuto", "nanto"] {
        let customer = json!({
            "slug": slug, "name": slug, "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator(slug),
        });
        desk.at_desk(201, "POST", "/customers", Some(&customer));
        desk.edge.advance(60);
        desk.edge.deliver();
    }
    desk.at_desk(200, "POST", "/customers/hokuto/suspend", None);
    for (title, hours) in [("later", 48), ("sooner", 4)] {
        let question = json!({ "title": title, "text": "May we?", "expires_in": hours * 3600 });
        desk.at_desk(201, "POST", "/customers/minato/questions", Some(&question));
    }
    desk.edge.deliver();
    let shown = desk.at_desk(200, "GET", "/overview", None)["desk"].clone();
    let counts = ["customers", "suspended", "unfinished", "open_questions"].map(|name| shown[name].as_i64().unwrap());
    assert_eq!(counts, [3, 1, 2, 2]);
    let first = |list: &str, pointer: &str| shown[list][0].pointer(pointer).unwrap().clone();
    assert_eq!(
        first("unfinished_customers", "/slug"),
        "nanto",
        "the newest comes first"
    );
    assert_eq!(first("questions", "/question/title"), "sooner");
    desk.edge.advance(5 * 3600);
    desk.agent = cookie_of(&log_in(&desk.edge, "kita-desk", "hanako", PASSWORD));
    desk.customer = cookie_of(&log_in(&desk.edge, "minato", "hanako", PASSWORD));
    let shown = desk.at_desk(200, "GET", "/overview", None)["desk"].clone();
    assert_eq!(shown["open_questions"], 1, "what has expired waits no longer");
    assert_eq!(desk.at_customer(200, "GET", "/overview", None)["desk"], Value::Null);
}

#[test]
fn the_desks_list_follows_every_step_of_setting_up() {
    let desk = Desk::new();
    let done = || {
        desk.edge.deliver();
        desk.at_desk(200, "GET", "/customers", None)["items"][0]["setup_done"].clone()
    };
    assert_eq!(done(), 1, "her own password");
    let user = json!({ "display_name": "山田 太郎", "emails": [{ "value": "taro@minato.example", "type": "work", "primary": true }] });
    let made = desk.at_customer(201, "POST", "/users", Some(&user));
    assert_eq!(done(), 2, "the first user");
    desk.at_customer(204, "DELETE", &format!("/users/{}", made["id"].as_str().unwrap()), None);
    assert_eq!(done(), 1, "the user was removed");
    desk.at_customer(
        200,
        "PATCH",
        "/policies",
        Some(&json!({ "version": 0, "name": "みなと工機" })),
    );
    assert_eq!(done(), 2, "the policies");
    let shown = desk.at_desk(200, "GET", "/customers/minato", None);
    let user = shown["administrators"][0]["user_id"].as_str().unwrap().to_owned();
    let path = format!("/customers/minato/administrators/{user}/reissue");
    desk.at_desk(200, "POST", &path, None);
    assert_eq!(done(), 1, "nobody has a password of their own");
}

#[test]
fn a_customers_panel_sets_no_data_origin_inside() {
    let desk = Desk::new();
    for origin in [
        "https://edge.example.com:8443/x",
        "http://127.0.0.1:9000",
        "https://10.0.0.1",
    ] {
        let change = json!({ "version": 0, "policy": { "data_origin": origin } });
        let problem = desk.at_customer(400, "PATCH", "/policies", Some(&change));
        assert_eq!(problem["field"], "policy.data_origin", "{origin}: {problem}");
    }
    let change = json!({ "version": 0, "policy": { "data_origin": "https://data.minato.example" } });
    desk.at_customer(200, "PATCH", "/policies", Some(&change));
}

#[test]
fn the_desk_reissues_a_credential_and_the_old_one_ends() {
    let desk = Desk::new();
    let post = |path: &str, body: &Value| send(&desk.edge, "minato", &desk.customer, "POST", path, Some(body));
    assert!(
        answered("post", "/session/passkey", &post).is_some(),
        "she has a passkey"
    );
    let shown = desk.at_desk(200, "GET", "/customers/minato", None);
    let user = shown["administrators"][0]["user_id"].as_str().unwrap().to_owned();
    desk.at_desk(
        200,
        "POST",
        &format!("/customers/minato/administrators/{user}/reissue"),
        None,
    );
    assert_eq!(
        send(&desk.edge, "minato", &desk.customer, "GET", "/session", None).status,
        401
    );
    assert_eq!(log_in(&desk.edge, "minato", "hanako", PASSWORD).status, 401);
    let mails = desk.edge.mails();
    let mail = mails.iter().find(|mail| mail.text.contains("Temporary password"));
    let first = secret_line(&mail.expect("the mail with the new credential").text);
    let again = settle(&desk.edge, "minato", "hanako", &first);
    let passkeys = send(&desk.edge, "minato", &again, "GET", "/passkeys", None).json();
    assert_eq!(passkeys["items"], json!([]), "her passkeys are gone");
    // Both sides have recorded who did it.
    let entries = desk
        .edge
        .rows_of("minato", &[])
        .into_iter()
        .filter(|row| row.contains("account.reissue"))
        .collect::<Vec<_>>();
    assert!(entries.len() == 1 && entries[0].contains("kita-desk/"), "{entries:?}");
    assert!(
        desk.edge
            .rows_of("kita-desk", &[])
            .iter()
            .any(|row| row.contains("customer.reissue"))
    );
}

#[test]
fn the_desk_suspends_and_resumes() {
    let desk = Desk::new();
    assert_eq!(
        desk.at_desk(200, "POST", "/customers/minato/suspend", None)["customer"]["state"],
        "suspended"
    );
    assert_eq!(desk.at_customer(403, "GET", "/overview", None)["code"], "suspended");
    desk.edge.deliver();
    assert_eq!(
        desk.at_desk(200, "GET", "/customers", None)["items"][0]["state"],
        "suspended"
    );
    desk.at_desk(200, "POST", "/customers/minato/resume", None);
    desk.at_customer(200, "GET", "/overview", None);
}

#[test]
fn a_desk_serves_its_own_customers_only() {
    let desk = Desk::new();
    let other = json!({
        "slug": "nordlys", "kind": "tenant", "name": "Nordlys", "locale": "da", "time_zone": "Europe/Copenhagen",
        "administrator": administrator("nordlys"),
    });
    Call::post("/operator/v1/tenants")
        .bearer(OPERATOR)
        .json(&other)
        .send(&desk.edge);
    desk.edge.mails();
    let before = desk.edge.rows_of("nordlys", &[]);
    for (method, path) in [("GET", ""), ("POST", "/suspend"), ("POST", "/resume")] {
        desk.at_desk(404, method, &format!("/customers/nordlys{path}"), None);
    }
    // Creating it again does not help either.
    let stolen = json!({
        "slug": "nordlys", "name": "x", "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator("x"),
    });
    desk.at_desk(409, "POST", "/customers", Some(&stolen));
    crate::support::edge::assert_same(
        &before,
        &desk.edge.rows_of("nordlys", &[]),
        "another's customer was changed",
    );
    // A customer's tenant has no desk.
    assert_eq!(desk.at_customer(403, "GET", "/customers", None)["code"], "forbidden");
}

#[test]
fn an_inquiry_goes_there_and_back() {
    let desk = Desk::new();
    let question = json!({
        "subject": "更新の手順", "body": "手順を教えてください。\n急いでいます。",
        "attachments": [{ "name": "記録.txt", "type": "text/plain", "data": tegata_domain::wire::b64::encode_standard("記録") }],
    });
    assert_eq!(
        desk.at_customer(403, "POST", "/inquiries", Some(&question))["code"],
        "forbidden",
        "without the option"
    );
    let desk = desk.with_support();
    let made = desk.at_customer(201, "POST", "/inquiries", Some(&question));
    let id = made["inquiry"]["id"].as_str().unwrap().to_owned();
    let mail = desk.edge.mails().remove(0);
    assert!(
        mail.text
            .contains(&format!("/t/kita-desk/#/desk/inquiries/minato/{id}")),
        "{}",
        mail.text
    );

    assert_eq!(desk.at_desk(200, "GET", "/overview", None)["waiting"]["inquiries"], 1);
    let inbox = desk.at_desk(200, "GET", "/desk/inquiries?state=open", None);
    assert_eq!(inbox["items"][0]["tenant_name"], "みなと工機");
    let me = desk.at_desk(200, "GET", "/desk/staff", None)["items"][0]["user_id"].clone();
    let at = format!("/desk/inquiries/minato/{id}");
    let assigned = desk.at_desk(200, "POST", &format!("{at}/assign"), Some(&json!({ "user": me })));
    assert_eq!(assigned["assigned_name"], "佐藤 花子");
    let thread = desk.at_desk(200, "GET", &at, None);
    let file = thread["messages"][0]["attachments"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let place = format!("{at}/attachments/{file}");
    let fetch = || send(&desk.edge, "kita-desk", &desk.agent, "GET", &place, None);
    let fetched = fetch();
    assert_eq!((fetched.status.as_u16(), fetched.body.as_str()), (200, "記録"));
    // The file moves out of the object's own store, and is served as before.
    desk.edge.deliver();
    let rows = desk.edge.rows_of("minato", &[]);
    let content = tegata_domain::wire::b64::encode_standard("記録");
    assert!(
        !rows.iter().any(|row| row.contains(&content)),
        "it is still with the object"
    );
    let fetched = fetch();
    assert_eq!((fetched.status.as_u16(), fetched.body.as_str()), (200, "記録"));
    assert!(
        fetched
            .header("content-disposition")
            .starts_with("attachment; filename*=UTF-8''%E8%A8%98")
    );
    assert_eq!(fetched.header("content-security-policy"), "sandbox");
    desk.at_desk(
        200,
        "POST",
        &format!("{at}/messages"),
        Some(&json!({ "body": "こちらをご覧ください。" })),
    );
    let mail = desk.edge.mails().remove(0);
    assert!(mail.text.contains("こちらをご覧ください。"), "{}", mail.text);

    let seen = desk.at_customer(200, "GET", &format!("/inquiries/{id}"), None);
    assert_eq!(
        (&seen["inquiry"]["state"], &seen["messages"][1]["side"]),
        (&json!("answered"), &json!("desk"))
    );
    desk.at_customer(200, "POST", &format!("/inquiries/{id}/close"), None);
    desk.edge.deliver();
    assert_eq!(
        desk.at_desk(200, "GET", "/desk/inquiries?state=closed", None)["items"][0]["inquiry"]["id"],
        id.as_str()
    );
    let wrong = json!({ "body": "x", "attachments": [{ "name": "a.png", "type": "image/png", "data": "PGh0bWw+" }] });
    assert_eq!(
        desk.at_customer(400, "POST", &format!("/inquiries/{id}/messages"), Some(&wrong))["field"],
        "attachments"
    );
}

#[test]
fn alerts_of_a_burst_come_in_one_mail_and_each_can_be_switched_off() {
    let desk = Desk::new().with_support();
    for round in 0..3 {
        for _ in 0..5 {
            log_in(&desk.edge, "minato", "hanako", "wrong, wrong, wrong");
        }
        desk.edge.advance(if round == 2 { 0 } else { 3600 });
    }
    desk.edge.advance(3600);
    let mails = desk.edge.mails();
    let alerts: Vec<_> = mails
        .iter()
        .filter(|mail| mail.text.contains("was temporarily locked"))
        .collect();
    assert!(!alerts.is_empty() && alerts.len() <= 3, "{}", mails.len());
    let quiet = json!({
        "alerts": { "device": true, "refused": true, "lockout": false, "token_reuse": true, "undeliverable": true, "audit": true },
    });
    let cookie = cookie_of(&log_in(&desk.edge, "minato", "hanako", PASSWORD));
    assert_eq!(
        send(&desk.edge, "minato", &cookie, "PATCH", "/me", Some(&quiet)).status,
        200
    );
    for _ in 0..5 {
        log_in(&desk.edge, "minato", "hanako", "wrong, wrong, wrong");
    }
    desk.edge.advance(3600);
    assert!(desk.edge.mails().is_empty());
}

#[test]
fn a_suspension_by_the_desk_is_told_with_the_name_of_who_did_it() {
    let mut desk = Desk::new().with_support();
    for (action, told) in [
        (
            "suspend",
            "your use of the service was suspended by 佐藤 花子 (北日本サービス).",
        ),
        (
            "resume",
            "your use of the service was resumed by 佐藤 花子 (北日本サービス).",
        ),
    ] {
        desk.at_desk(200, "POST", &format!("/customers/minato/{action}"), None);
        let mails = desk.alerts();
        assert_eq!(mails.len(), 1, "{action}");
        assert!(mails[0].1.contains(told), "{}", mails[0].1);
    }
    // The operator takes over a suspension, which changes nothing for the customer.
    desk.at_desk(200, "POST", "/customers/minato/suspend", None);
    assert_eq!(desk.alerts().len(), 1);
    crate::support::scene::operate(&desk.edge, "minato", "suspend");
    assert!(desk.alerts().is_empty());
}

#[test]
fn who_changes_the_data_origin_is_not_alerted_to_it_but_the_others_are() {
    let mut desk = Desk::new().with_support();
    let change = |desk: &Desk, origin: &str| {
        let version = desk.at_customer(200, "GET", "/policies", None)["version"].clone();
        let change = json!({ "version": version, "policy": { "data_origin": origin } });
        desk.at_customer(200, "PATCH", "/policies", Some(&change));
    };
    change(&desk, "https://data.minato.example");
    assert!(desk.alerts().is_empty());

    let other = json!({
        "display_name": "鈴木 一郎",
        "emails": [{ "value": "ichiro@minato.example", "type": "work", "primary": true }],
    });
    let id = desk.at_customer(201, "POST", "/users", Some(&other))["id"].clone();
    let account = json!({
        "account": "ichiro", "role": "system_administrator", "organization": null, "support_option": true,
        "locale": "en", "time_zone": "Asia/Tokyo",
    });
    let path = format!("/users/{}/account", id.as_str().unwrap());
    desk.at_customer(201, "PUT", &path, Some(&account));
    change(&desk, "https://data.aozora.example");
    let mails = desk.alerts();
    assert_eq!(mails.len(), 1);
    let (to, text) = &mails[0];
    assert_eq!(to, "ichiro@minato.example");
    assert!(
        text.contains("data[.]minato[.]example → data[.]aozora[.]example"),
        "{text}"
    );

    // A token is not its owner: who has stolen it must not change the origin unseen.
    let asked = json!({ "name": "夜間", "scopes": ["policies.write"], "expires_in_days": 1 });
    let token = desk.at_customer(201, "POST", "/tokens", Some(&asked))["token"].clone();
    let version = desk.at_customer(200, "GET", "/policies", None)["version"].clone();
    let change = json!({ "version": version, "policy": { "data_origin": "https://data.evil.example" } });
    let answer = Call::new("PATCH", "/t/minato/api/v1/policies")
        .bearer(token.as_str().unwrap())
        .json(&change)
        .send(&desk.edge);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(desk.alerts().len(), 2);
}

#[test]
fn what_the_operator_suspended_the_desk_does_not_resume() {
    let desk = Desk::new();
    desk.at_desk(200, "POST", "/customers/minato/suspend", None);
    crate::support::scene::operate(&desk.edge, "minato", "suspend");
    assert_eq!(
        desk.at_desk(403, "POST", "/customers/minato/resume", None)["code"],
        "forbidden"
    );
    // Suspending it once more first does not help either.
    desk.at_desk(200, "POST", "/customers/minato/suspend", None);
    desk.at_desk(403, "POST", "/customers/minato/resume", None);
    assert_eq!(desk.at_customer(403, "GET", "/overview", None)["code"], "suspended");
    crate::support::scene::operate(&desk.edge, "minato", "resume");
    desk.at_customer(200, "GET", "/overview", None);
}

#[test]
fn a_refused_message_leaves_nothing_behind() {
    let desk = Desk::new().with_support();
    let good = json!({ "name": "a.txt", "type": "text/plain", "data": "YQ==" });
    let bad = json!({ "name": "a.png", "type": "image/png", "data": "PGh0bWw+" });
    let before = desk.edge.rows_of("minato", &[]);
    for attachments in [json!([good, bad]), json!([good, good, good, good])] {
        let question = json!({ "subject": "更新", "body": "手順を教えてください。", "attachments": attachments });
        let refused = desk.at_customer(400, "POST", "/inquiries", Some(&question));
        assert_eq!(refused["field"], "attachments");
    }
    crate::support::edge::assert_same(&before, &desk.edge.rows_of("minato", &[]), "a refused message");
}

#[test]
fn a_thread_has_an_end_and_an_hour_has_sixty_messages() {
    let desk = Desk::new().with_support();
    let question = json!({ "subject": "長い相談", "body": "あ".repeat(10_000) });
    let id = desk.at_customer(201, "POST", "/inquiries", Some(&question))["inquiry"]["id"].clone();
    let path = format!("/inquiries/{}/messages", id.as_str().unwrap());
    let mut sent = 1;
    let further = json!({ "body": "あ".repeat(10_000) });
    let refused = loop {
        let answer = send(&desk.edge, "minato", &desk.customer, "POST", &path, Some(&further));
        if answer.status != 200 {
            break answer.json();
        }
        sent += 1;
    };
    assert_eq!((sent, &refused["field"]), (18, &json!("body")), "{refused}");
    let short = json!({ "subject": "短い相談", "body": "あ" });
    for _ in sent..60 {
        desk.at_customer(201, "POST", "/inquiries", Some(&short));
    }
    assert_eq!(
        desk.at_customer(429, "POST", "/inquiries", Some(&short))["code"],
        "too-many-requests"
    );
}

//! Users, organisations and accounts (C3 to C7).

use serde_json::{Value, json};

use crate::support::staff::Staff;

fn code(answer: &Value) -> &str {
    answer["code"].as_str().unwrap_or_default()
}

#[test]
fn of_two_who_edit_the_second_is_told_what_changed() {
    let staff = Staff::new();
    let id = staff.user("yuki", None);
    let path = format!("/users/{id}");
    staff.done(
        200,
        "PATCH",
        &path,
        Some(&json!({ "version": 1, "phonetic_name": "ゆき" })),
    );
    let second = staff.done(
        409,
        "PATCH",
        &path,
        Some(&json!({ "version": 1, "display_name": "雪" })),
    );
    assert_eq!(code(&second), "changed");
    assert_eq!(
        (&second["current"]["phonetic_name"], &second["current"]["version"]),
        (&json!("ユキ"), &json!(2))
    );
    let third = staff.done(
        200,
        "PATCH",
        &path,
        Some(&json!({ "version": 2, "display_name": "雪" })),
    );
    assert_eq!(
        (&third["display_name"], &third["phonetic_name"]),
        (&json!("雪"), &json!("ユキ")),
        "nothing is lost"
    );
}

#[test]
fn a_wrong_value_names_its_field() {
    let staff = Staff::new();
    let emails = json!([{ "value": "a@aozora.example", "type": "work", "primary": true }]);
    for (change, field) in [
        (json!({ "display_name": "" }), "display_name"),
        (json!({ "display_name": "a\r\nb" }), "display_name"),
        (json!({ "phonetic_name": "佐藤" }), "phonetic_name"),
        (json!({ "emails": [] }), "emails"),
        (
            json!({ "emails": [{ "value": "no address", "type": "work", "primary": true }] }),
            "emails",
        ),
        (json!({ "organization": "AAAAAAAAAAAAAAAAAAAAAA" }), "organization"),
        (json!({ "organization": 5 }), "organization"),
        (json!({ "surname": "x" }), "surname"),
        (json!({ "display_name": null }), "display_name"),
    ] {
        let mut user = json!({ "display_name": "山田", "emails": emails });
        user.as_object_mut()
            .unwrap()
            .extend(change.as_object().unwrap().clone());
        let problem = staff.done(400, "POST", "/users", Some(&user));
        assert_eq!(problem["field"], field, "{problem}");
    }
    let missing = staff.done(400, "POST", "/users", Some(&json!({ "emails": emails })));
    assert_eq!(missing["field"], "display_name");
    let unknown = staff.done(400, "GET", "/users?sort=height", None);
    assert_eq!(unknown["field"], "sort");
    let cursor = staff.done(400, "GET", "/users?cursor=x", None);
    assert_eq!(cursor["field"], "cursor");
}

#[test]
fn the_sixth_support_option_is_refused() {
    let staff = Staff::new();
    let ids: Vec<String> = (0..6)
        .map(|n| staff.join(&format!("admin{n}"), "system_administrator", None).0)
        .collect();
    let grant = |id: &str, status| {
        let body = json!({ "version": 1, "support_option": true });
        staff.done(status, "PATCH", &format!("/users/{id}/account"), Some(&body))
    };
    for id in &ids[..5] {
        grant(id, 200);
    }
    assert_eq!(code(&grant(&ids[5], 409)), "support-options-used-up");
    let (auditor, _) = staff.join("revisor", "auditor", None);
    assert_eq!(grant(&auditor, 400)["field"], "support_option");
}

#[test]
fn the_last_system_administrator_stays() {
    let staff = Staff::new();
    let me = staff.done(200, "GET", "/session", None)["user_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let mine = format!("/users/{me}/account");
    let demote = json!({ "version": 1, "role": "auditor" });
    assert_eq!(
        code(&staff.done(409, "PATCH", &mine, Some(&demote))),
        "last-administrator"
    );
    assert_eq!(code(&staff.done(409, "DELETE", &mine, None)), "last-administrator");
    let (other, them) = staff.join("ichiro", "system_administrator", None);
    // Each of the last two demotes the other; the second attempt comes too late.
    staff.done(200, "PATCH", &format!("/users/{other}/account"), Some(&demote));
    let late = staff.send(&them, "PATCH", &mine, Some(&demote));
    assert_eq!(
        (late.status.as_u16(), code(&late.json())),
        (403, "forbidden"),
        "the role counts from now on"
    );
}

#[test]
fn users_are_found_by_what_they_are_called_in_any_script() {
    let staff = Staff::new();
    let emails = |address: &str| json!([{ "value": address, "type": "work", "primary": true }]);
    for (name, phonetic, address) in [
        ("山田 太郎", "ヤマダ タロウ", "taro@aozora.example"),
        ("山本 花", "ヤマモト ハナ", "hana@aozora.example"),
        ("Søren Kjærgård", "", "soren@aozora.example"),
    ] {
        let phonetic = if phonetic.is_empty() {
            Value::Null
        } else {
            phonetic.into()
        };
        let user = json!({ "display_name": name, "phonetic_name": phonetic, "emails": emails(address) });
        staff.done(201, "POST", "/users", Some(&user));
    }
    let found = |q: &str| {
        let path = format!("/users?q={}", crate::support::call::encoded(q));
        staff.done(200, "GET", &path, None)["items"].as_array().unwrap().len()
    };
    assert_eq!(
        [
            "やま",
            "ﾔﾏﾀﾞ",
            "山",
            "太郎",
            "HANA@",
            "søren",
            "kjærgård",
            "jær",
            "%",
            "'"
        ]
        .map(found),
        [2, 1, 2, 1, 1, 1, 1, 0, 0, 0]
    );
}

#[test]
fn lists_page_without_a_gap_or_a_double() {
    let staff = Staff::new();
    for n in 0..120 {
        staff.user(&format!("person {:03}", n * 7 % 120), None);
    }
    for query in ["", "&q=person", "&sort=phonetic_name"] {
        let mut seen = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = staff.done(200, "GET", &format!("/users?cursor={cursor}{query}"), None);
            let items = page["items"].as_array().unwrap();
            seen.extend(
                items
                    .iter()
                    .map(|user| user["display_name"].as_str().unwrap().to_owned()),
            );
            match page["cursor"].as_str() {
                Some(next) => next.clone_into(&mut cursor),
                None => break,
            }
        }
        seen.retain(|name| name.starts_with("person"));
        let mut sorted = seen.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!((seen.len(), sorted.len()), (120, 120), "{query}");
        assert!(query.contains("phonetic") || seen == sorted, "{query}");
    }
}

#[test]
fn a_repeated_request_makes_one_user() {
    let staff = Staff::new();
    let user =
        json!({ "display_name": "山田", "emails": [{ "value": "a@aozora.example", "type": "work", "primary": true }] });
    let send = |body: &Value| {
        staff
            .administrator
            .call("POST", "/users", Some(body))
            .header("idempotency-key", "k-1")
            .send(staff.edge())
    };
    let (first, second) = (send(&user), send(&user));
    assert_eq!((first.status.as_u16(), first.json()), (201, second.json()));
    let other = send(&json!({ "display_name": "別人", "emails": user["emails"] }));
    assert_eq!(other.status, 409);
}

#[test]
fn an_organisation_goes_only_when_nothing_belongs_to_it() {
    let staff = Staff::new();
    let top = staff.organization("本社", None);
    let below = staff.organization("設計部", Some(&top));
    let user = staff.user("yuki", Some(&below));
    for id in [&top, &below] {
        assert_eq!(
            code(&staff.done(409, "DELETE", &format!("/organizations/{id}"), None)),
            "not-empty"
        );
    }
    let into_itself = json!({ "version": 1, "parent": below });
    assert_eq!(
        staff.done(400, "PATCH", &format!("/organizations/{top}"), Some(&into_itself))["field"],
        "parent"
    );
    staff.done(
        200,
        "PATCH",
        &format!("/users/{user}"),
        Some(&json!({ "version": 1, "organization": null })),
    );
    staff.done(204, "DELETE", &format!("/organizations/{below}"), None);
    staff.done(204, "DELETE", &format!("/organizations/{top}"), None);
}

#[test]
fn a_list_is_written_out_whole_and_no_name_is_a_formula() {
    let staff = Staff::new();
    for n in 0..60 {
        staff.user(&format!("person {n:03}"), None);
    }
    let emails = json!([
        { "value": "b@aozora.example", "type": "home", "primary": false },
        { "value": "a@aozora.example", "type": "work", "primary": true },
    ]);
    let hostile = json!({ "display_name": "=HYPERLINK(\"https://evil.example.com\",\"x\")", "emails": emails });
    staff.done(201, "POST", "/users", Some(&hostile));
    let csv = staff.send(&staff.administrator, "GET", "/users/export?format=csv", None);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let lines: Vec<&str> = csv.body.lines().collect();
    assert_eq!(
        lines.len(),
        1 + 1 + 60 + 1,
        "headings, the administrator, and everybody else"
    );
    let formula = lines.iter().find(|line| line.contains("HYPERLINK")).unwrap();
    assert!(formula.contains(",\"'=HYPERLINK(\"\"https"), "{formula}");
    assert!(formula.contains(",a@aozora.example b@aozora.example,"), "{formula}");
    let found = staff.send(
        &staff.administrator,
        "GET",
        "/users/export?format=jsonl&q=person%2001",
        None,
    );
    assert_eq!(found.body.lines().count(), 10);
    for query in ["format=xml", "q=a&q=b", "height=1"] {
        let answer = staff.send(&staff.administrator, "GET", &format!("/users/export?{query}"), None);
        assert_eq!(answer.status, 400, "{query}");
    }
}

#[test]
fn the_audit_log_says_what_its_objects_are_called() {
    let staff = Staff::new();
    staff.done(201, "POST", "/organizations", Some(&json!({ "name": "東京工場" })));
    let (user, _) = staff.join("niels", "auditor", None);
    let gone = staff.user("person who goes", None);
    staff.done(204, "DELETE", &format!("/users/{gone}"), None);
    let called = |action: &str| {
        let listed = staff.done(200, "GET", &format!("/audit?action={action}"), None);
        listed["items"][0]["object_name"].clone()
    };
    assert_eq!(called("device.create"), "山田 太郎, 受付PC");
    assert_eq!(called("approval.decide"), "山田 太郎, 受付PC");
    assert_eq!(called("registration.create"), "山田 太郎, 受付PC");
    assert_eq!(called("organization.create"), "東京工場");
    let name = staff.done(200, "GET", &format!("/users/{user}"), None)["display_name"].clone();
    assert_eq!(called("account.create"), name);
    assert_eq!(called("user.delete"), Value::Null, "a name alone is not kept");
    assert_eq!(called("session.create"), Value::Null);
    // A caller who may not list users does not see their names.
    let log_alone = staff.token(&["audit.read"]);
    let listed = staff
        .send(&log_alone, "GET", "/audit?action=account.create", None)
        .json();
    assert_eq!(listed["items"][0]["object_name"], Value::Null);
}

#[test]
fn the_exported_audit_log_can_be_verified() {
    let staff = Staff::new();
    for n in 0..60 {
        staff.user(&format!("person {n:03}"), None);
    }
    let exported = staff.send(&staff.administrator, "GET", "/audit/export?format=jsonl", None);
    let mut verifier = tegata_domain::audit::chain::ChainVerifier::whole();
    for line in exported.body.lines() {
        verifier.line(line.as_bytes()).expect("the chain is whole");
    }
    assert!(exported.body.lines().count() > 60);
    let listed = staff.done(200, "GET", "/audit?action=user.&object=user/", None);
    assert_eq!(listed["items"].as_array().unwrap().len(), 50);
    assert_eq!(listed["items"][0]["actor_name"], "佐藤 花子");
    assert_eq!(listed["items"][0]["object_name"], "person 059");
    assert_eq!(staff.done(400, "GET", "/audit?from=yesterday", None)["field"], "from");
}

#[test]
fn an_administrator_who_has_never_logged_in_does_not_count_as_the_one_who_stays() {
    let staff = Staff::new();
    let second = staff.user("ken", None);
    let account =
        json!({ "account": "ken", "role": "system_administrator", "locale": "ja", "time_zone": "Asia/Tokyo" });
    staff.done(201, "PUT", &format!("/users/{second}/account"), Some(&account));
    let me = staff.done(200, "GET", "/session", None)["user_id"].clone();
    let mine = format!("/users/{}/account", me.as_str().unwrap());
    let demote = json!({ "version": 1, "role": "auditor" });
    let refused = staff.done(409, "PATCH", &mine, Some(&demote));
    assert_eq!(code(&refused), "last-administrator");
    // The administrator who was only invited may be removed.
    staff.done(200, "DELETE", &format!("/users/{second}/account"), None);
}

#[test]
fn the_log_says_what_of_a_user_was_changed() {
    let staff = Staff::new();
    let id = staff.user("yuki", None);
    let change = json!({ "version": 1, "display_name": "雪村 ゆき", "emails": [{ "value": "y@aozora.example", "type": "work", "primary": true }] });
    staff.done(200, "PATCH", &format!("/users/{id}"), Some(&change));
    let log = staff.done(200, "GET", "/audit?action=user.update", None);
    assert_eq!(log["items"][0]["outcome"], "display_name, emails");
}

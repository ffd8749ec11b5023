//! What the audit log records about changes, and whose names it shows.

use serde_json::{Value, json};

use crate::support::call::Call;
use crate::support::key::Key;
use crate::support::scene::asking;
use crate::support::staff::Staff;

fn latest(staff: &Staff, action: &str) -> Value {
    staff.done(200, "GET", &format!("/audit?action={action}"), None)["items"][0].clone()
}

#[test]
fn a_long_setting_hides_none_of_the_others() {
    let staff = Staff::new();
    let version = staff.done(200, "GET", "/policies", None)["version"].clone();
    let policy = json!({
        "data_origin": format!("https://data.aozora.example/{}", "x".repeat(600)), "approver_must_log_in": true,
        "key_required": true, "code_life_seconds": 60, "mail_domains": ["aozora.example", "青空.example"],
    });
    let change = json!({ "version": version, "locale": "da", "policy": policy });
    staff.done(200, "PATCH", "/policies", Some(&change));
    let outcome = latest(&staff, "tenant.update")["outcome"].as_str().unwrap().to_owned();
    for told in [
        "data_origin: \"https://data.aozora.example/xxx",
        "… (sha256 ",
        "approver_must_log_in: true",
        "key_required: true",
        "code_life_seconds: 60",
        "locale: \"da\"",
        "mail_domains: [\"aozora.example\",\"xn--grzr40d.example\"]",
    ] {
        assert!(outcome.contains(told), "{told} in {outcome}");
    }
}

#[test]
fn what_an_organisation_and_an_account_were_and_are() {
    let staff = Staff::new();
    let parent = staff.organization("大阪工場", None);
    let id = staff.organization("受付", None);
    let change = json!({ "version": 1, "name": "総務", "parent": parent });
    staff.done(200, "PATCH", &format!("/organizations/{id}"), Some(&change));
    assert_eq!(
        latest(&staff, "organization.update")["outcome"],
        format!(r#"name: "受付" -> "総務", parent: null -> "{parent}""#)
    );

    let (id, them) = staff.join("ichiro", "auditor", None);
    let change = json!({ "version": 1, "role": "system_administrator", "support_option": true });
    staff.done(200, "PATCH", &format!("/users/{id}/account"), Some(&change));
    assert_eq!(
        latest(&staff, "account.update")["outcome"],
        r#"role: "auditor" -> "system_administrator", support_option: false -> true"#
    );
    let alerts = json!({
        "device": true, "refused": false, "lockout": true, "token_reuse": true, "undeliverable": true, "audit": true,
    });
    let change = json!({ "locale": "en", "alerts": alerts });
    assert_eq!(staff.send(&them, "PATCH", "/me", Some(&change)).status, 200);
    assert_eq!(
        latest(&staff, "account.update")["outcome"],
        r#"alerts.refused: true -> false, locale: "da" -> "en""#
    );
    let mut alerts = alerts;
    alerts["suspended"] = json!(false);
    let change = json!({ "alerts": alerts });
    let changed = staff.send(&them, "PATCH", "/me", Some(&change)).json();
    assert_eq!(
        (&changed["alerts"]["data_origin"], &changed["alerts"]["suspended"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        latest(&staff, "account.update")["outcome"],
        "alerts.suspended: true -> false"
    );
}

#[test]
fn an_address_with_a_users_id_in_it_is_not_that_user() {
    let staff = Staff::new();
    let id = staff.user("yuki", None);
    let addresses = [
        format!("{id}/x@x.example"),
        format!("{id}/{id}@x.example"),
        format!("{id}@x.example"),
    ];
    for (number, address) in (7..).zip(&addresses) {
        let thumbprint = Key::new(number).thumbprint();
        let asked = Call::post("/t/aozora/oauth/device_authorization")
            .form(&asking(address, &thumbprint))
            .send(staff.edge());
        assert_eq!(asked.status, 200, "{}", asked.body);
        let entry = latest(&staff, "registration.create");
        assert_eq!(entry["actor"]["id"], address.as_str());
        assert_eq!(entry["actor_name"], Value::Null, "{entry}");
        assert_eq!(entry["object_name"], "山田 太郎, 受付PC");
    }
    assert_eq!(latest(&staff, "user.create")["actor_name"], "佐藤 花子");
    assert_eq!(latest(&staff, "user.create")["object_name"], "yuki");
    let program = staff.token(&["users.read", "users.write"]);
    let change = json!({ "version": 1, "display_name": "雪" });
    assert_eq!(
        staff
            .send(&program, "PATCH", &format!("/users/{id}"), Some(&change))
            .status,
        200
    );
    assert_eq!(latest(&staff, "user.update")["actor_name"], "佐藤 花子");
    assert_eq!(latest(&staff, "approval.decide")["actor_name"], "佐藤 花子");
}

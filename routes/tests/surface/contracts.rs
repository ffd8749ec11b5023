//! What a contract keeps: its contact person and the date of application (C1).

use serde_json::{Value, json};

use crate::desk::{Desk, administrator};
use crate::support::call::Call;
use crate::support::edge::OPERATOR;
use crate::support::staff::{Staff, settle};

fn contact() -> Value {
    json!({ "name": "田中 翔", "email": "sho@shiosai.example", "phone": "03-0000-0000（内線 12）" })
}

fn customer() -> Value {
    json!({
        "slug": "shiosai", "name": "潮騒製作所", "locale": "ja", "time_zone": "Asia/Tokyo",
        "administrator": administrator("shiosai"), "contact": contact(), "applied_on": "2026-11-16",
    })
}

/// The customer's log entries about its settings.
fn updates(desk: &Desk) -> Vec<String> {
    let rows = desk.edge.rows_of("minato", &[]);
    rows.into_iter().filter(|row| row.contains("tenant.update")).collect()
}

#[test]
fn a_new_customers_contract_is_shown_to_both_sides() {
    let desk = Desk::new();
    let contract =
        json!({ "name": "潮騒製作所", "domain": "shiosai", "contact": contact(), "applied_on": "2026-11-16" });
    let made = desk.at_desk(201, "POST", "/customers", Some(&customer()));
    assert_eq!(made["contract"], contract);
    let mails = desk.edge.mails();
    assert_eq!(
        desk.at_desk(200, "GET", "/customers/shiosai", None)["contract"],
        contract
    );
    let first = crate::support::scene::secret_line(&mails[0].text);
    let cookie = settle(&desk.edge, "shiosai", "hanako", &first);
    let seen = crate::desk::send(&desk.edge, "shiosai", &cookie, "GET", "/policies", None);
    assert_eq!(seen.json()["contract"], contract);
}

#[test]
fn a_contract_made_without_them_has_neither() {
    let desk = Desk::new();
    let contract = json!({ "name": "みなと工機", "domain": "minato", "contact": null, "applied_on": null });
    assert_eq!(desk.at_customer(200, "GET", "/policies", None)["contract"], contract);
    assert_eq!(
        desk.at_desk(200, "GET", "/customers/minato", None)["contract"],
        contract
    );
}

#[test]
fn the_customers_administrator_corrects_the_contact() {
    let desk = Desk::new();
    let change = json!({ "version": 0, "contact": contact() });
    let changed = desk.at_customer(200, "PATCH", "/policies", Some(&change));
    assert_eq!(
        (&changed["contract"]["contact"], &changed["version"]),
        (&contact(), &json!(1))
    );
    assert_eq!(
        desk.at_customer(409, "PATCH", "/policies", Some(&change))["current"]["contract"]["contact"],
        contact()
    );
    // The log names what was changed, and repeats nobody's address.
    let entries = updates(&desk);
    assert!(
        entries.len() == 1 && entries[0].contains("contact.email, contact.name, contact.phone"),
        "{entries:?}"
    );
    assert!(!entries[0].contains("sho@"), "{entries:?}");
    // Whoever changes something else leaves it as it is.
    let other = json!({ "version": 1, "name": "みなと工業" });
    let changed = desk.at_customer(200, "PATCH", "/policies", Some(&other));
    assert_eq!(
        (&changed["contract"]["contact"], &changed["contract"]["name"]),
        (&contact(), &json!("みなと工業"))
    );
    let seen = desk.at_desk(200, "GET", "/customers/minato", None);
    assert_eq!(seen["contract"]["contact"], contact());
}

#[test]
fn a_wrong_contact_is_named_and_changes_nothing() {
    let desk = Desk::new();
    let before = desk.edge.rows_of("minato", &["session"]);
    for (member, value, field) in [
        ("name", json!(""), "contact.name"),
        ("email", json!("sho"), "contact.email"),
        ("email", Value::Null, "contact.email"),
        ("phone", json!("1".repeat(41)), "contact.phone"),
        ("phone", json!("03\r\n"), "contact.phone"),
        ("fax", json!("03-0000-0000"), "contact.fax"),
    ] {
        let mut contact = contact();
        contact[member] = value;
        let change = json!({ "version": 0, "contact": contact });
        let problem = desk.at_customer(400, "PATCH", "/policies", Some(&change));
        assert_eq!(problem["field"], field, "{problem}");
    }
    let after = desk.edge.rows_of("minato", &["session"]);
    crate::support::edge::assert_same(&before, &after, "a wrong contact");
    for date in ["2026-11-31", "16.11.2026", "", "2026-11-16T00:00:00Z"] {
        let mut customer = customer();
        customer["applied_on"] = json!(date);
        let problem = desk.at_desk(400, "POST", "/customers", Some(&customer));
        assert_eq!(problem["field"], "applied_on", "{date}: {problem}");
    }
}

#[test]
fn an_auditor_sees_the_contract_and_cannot_change_it() {
    let staff = Staff::new();
    let (_, auditor) = staff.join("revisor", "auditor", None);
    let seen = staff.send(&auditor, "GET", "/policies", None);
    assert_eq!(seen.json()["contract"]["domain"], "aozora");
    let change = json!({ "version": 0, "contact": contact() });
    assert_eq!(staff.send(&auditor, "PATCH", "/policies", Some(&change)).status, 403);
}

#[test]
fn the_operator_gives_and_corrects_both() {
    let desk = Desk::new();
    let send = |method: &str, path: &str, body: &Value| {
        let call = Call::new(method, &format!("/operator/v1/tenants{path}")).bearer(OPERATOR);
        call.json(body).send(&desk.edge)
    };
    let mut tenant = customer();
    tenant["kind"] = json!("tenant");
    let made = send("POST", "", &tenant);
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(
        (&made.json()["contact"], &made.json()["applied_on"]),
        (&contact(), &json!("2026-11-16"))
    );
    let change =
        json!({ "applied_on": "2026-11-13", "contact": { "name": "佐藤 花子", "email": "hanako@shiosai.example" } });
    let changed = send("PATCH", "/shiosai", &change).json();
    assert_eq!(
        (&changed["contact"]["name"], &changed["contact"]["phone"]),
        (&json!("佐藤 花子"), &Value::Null)
    );
    assert_eq!(changed["applied_on"], "2026-11-13");
    let named = send("PATCH", "/shiosai", &json!({ "name": "潮騒工業" })).json();
    assert_eq!(
        (&named["contact"], &named["applied_on"]),
        (&changed["contact"], &json!("2026-11-13"))
    );
    let wrong = send(
        "PATCH",
        "/shiosai",
        &json!({ "contact": { "name": "佐藤 花子", "email": "@" } }),
    );
    assert_eq!(
        (wrong.status.as_u16(), &wrong.json()["field"]),
        (400, &json!("contact.email"))
    );
}

//! Applications for a contract at the provider's desk, to be answered within three working days (C1).

use serde_json::{Value, json};

use crate::desk::{Desk, administrator, send};
use crate::support::scene::{DAY, text};
use crate::support::staff::{PASSWORD, cookie_of, log_in};

/// A valid document for a new application. The edge's clock starts on Wednesday, 18 November 2026.
pub fn application() -> Value {
    json!({
        "company": "潮騒製作所", "contact": { "name": "田中 翔", "email": "sho@shiosai.example", "phone": "03-0000-0000" },
        "domain": "shiosai", "applied_on": "2026-11-16", "note": "電話での申込。\n急ぎ。",
    })
}

fn customer(application: &Value) -> Value {
    json!({
        "slug": "shiosai", "name": "潮騒製作所", "locale": "ja", "time_zone": "Asia/Tokyo",
        "administrator": administrator("shiosai"), "contact": application["contact"],
        "applied_on": application["applied_on"], "application": application["id"],
    })
}

fn recorded(desk: &Desk) -> Value {
    desk.at_desk(201, "POST", "/desk/applications", Some(&application()))
}

/// How many applications are open, and how many of them overdue.
fn waiting(desk: &Desk) -> (Value, Value) {
    let overview = desk.at_desk(200, "GET", "/overview", None);
    let count = |name: &str| overview["waiting"][name].clone();
    (count("applications"), count("applications_overdue"))
}

fn listed(desk: &Desk, query: &str) -> Vec<String> {
    let list = desk.at_desk(200, "GET", &format!("/desk/applications{query}"), None);
    let items = list["items"].as_array().unwrap().iter();
    items.map(|item| text(&item["applied_on"])).collect()
}

#[test]
fn an_application_is_recorded_before_there_is_a_contract() {
    let desk = Desk::new();
    let made = recorded(&desk);
    let path = format!("/desk/applications/{}", text(&made["id"]));
    assert_eq!(desk.at_desk(200, "GET", &path, None), made);
    for (member, value) in [
        ("company", json!("潮騒製作所")),
        ("state", json!("open")),
        ("answer_by", json!("2026-11-19")),
        ("overdue", json!(false)),
        ("recorded_by_name", json!("佐藤 花子")),
        ("note", json!("電話での申込。\n急ぎ。")),
        ("closed", Value::Null),
    ] {
        assert_eq!(made[member], value, "{member}");
    }
    assert_eq!(waiting(&desk), (json!(1), json!(0)));
    // It is the provider's own: no customer was created, and no mail sent.
    assert!(desk.edge.mails().is_empty());
    assert_eq!(
        desk.at_customer(403, "GET", "/desk/applications", None)["code"],
        "forbidden"
    );
    let overview = desk.at_customer(200, "GET", "/overview", None);
    assert_eq!(overview["waiting"]["applications"], 0);
}

#[test]
fn unanswered_after_three_working_days_it_is_overdue() {
    let desk = Desk::new();
    let made = recorded(&desk);
    let path = format!("/desk/applications/{}", text(&made["id"]));
    // Thursday, shortly before midnight in the provider's time zone.
    desk.edge.advance(DAY + 3 * 3600 + 52 * 60);
    let cookie = cookie_of(&log_in(&desk.edge, "kita-desk", "hanako", PASSWORD));
    let desk = Desk { agent: cookie, ..desk };
    assert_eq!(
        (desk.at_desk(200, "GET", &path, None)["overdue"].clone(), waiting(&desk)),
        (json!(false), (json!(1), json!(0)))
    );
    desk.edge.advance(80);
    assert_eq!(
        (desk.at_desk(200, "GET", &path, None)["overdue"].clone(), waiting(&desk)),
        (json!(true), (json!(1), json!(1)))
    );
    let list = desk.at_desk(200, "GET", "/desk/applications?state=open", None);
    assert_eq!(list["items"][0]["overdue"], true);
    let declined = json!({ "outcome": "declined", "reason": "対象外の地域です。" });
    let closed = desk.at_desk(200, "POST", &format!("{path}/close"), Some(&declined));
    assert_eq!(
        (&closed["overdue"], &closed["state"], &closed["closed"]["outcome"]),
        (&json!(false), &json!("closed"), &json!("declined"))
    );
    assert_eq!(waiting(&desk), (json!(0), json!(0)));
}

#[test]
fn a_customer_made_from_an_application_closes_it() {
    let desk = Desk::new();
    let made = recorded(&desk);
    let path = format!("/desk/applications/{}", text(&made["id"]));
    let customer = customer(&made);
    let create = |desk: &Desk| {
        crate::support::call::Call::post("/t/kita-desk/api/v1/customers")
            .header("cookie", &desk.agent)
            .header("idempotency-key", "one")
            .json(&customer)
            .send(&desk.edge)
    };
    assert_eq!(create(&desk).status, 201);
    desk.edge.deliver();
    let closed = desk.at_desk(200, "GET", &path, None);
    assert_eq!(
        (&closed["closed"]["outcome"], &closed["closed"]["customer"]),
        (&json!("contract"), &json!("shiosai"))
    );
    assert_eq!(waiting(&desk), (json!(0), json!(0)));
    let entries = desk.edge.rows_of("kita-desk", &[]);
    let closing = entries.iter().filter(|row| row.contains("application.close")).count();
    assert_eq!(closing, 1);
    // A repeat of the request gets the same answer.
    assert_eq!(create(&desk).status, 201);
    desk.edge.deliver();
    assert_eq!(desk.at_desk(200, "GET", &path, None), closed);
    // For another customer the application is used up.
    let mut other = customer.clone();
    other["slug"] = json!("shiokaze");
    assert_eq!(
        desk.at_desk(400, "POST", "/customers", Some(&other))["field"],
        "application"
    );
    assert_eq!(
        desk.at_desk(404, "GET", "/customers/shiokaze", None)["code"],
        "not-found"
    );
}

#[test]
fn an_application_stays_open_when_its_customer_could_not_be_made() {
    let desk = Desk::new();
    let made = recorded(&desk);
    let mut taken = customer(&made);
    taken["slug"] = json!("minato");
    desk.at_desk(409, "POST", "/customers", Some(&taken));
    desk.edge.deliver();
    assert_eq!(waiting(&desk), (json!(1), json!(0)));
    let mut unknown = customer(&made);
    unknown["application"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(
        desk.at_desk(400, "POST", "/customers", Some(&unknown))["field"],
        "application"
    );
    assert_eq!(
        desk.at_desk(404, "GET", "/customers/shiosai", None)["code"],
        "not-found"
    );
}

#[test]
fn closing_says_what_became_of_it() {
    let desk = Desk::new();
    let path = format!("/desk/applications/{}/close", text(&recorded(&desk)["id"]));
    for (wrong, field) in [
        (json!({ "outcome": "declined" }), "reason"),
        (json!({ "outcome": "contract" }), "customer"),
        (json!({ "outcome": "contract", "customer": "nobody-there" }), "customer"),
        (
            json!({ "outcome": "declined", "reason": "x", "customer": "minato" }),
            "customer",
        ),
        (json!({ "outcome": "lost" }), "outcome"),
    ] {
        assert_eq!(
            desk.at_desk(400, "POST", &path, Some(&wrong))["field"],
            field,
            "{wrong}"
        );
    }
    let contract = json!({ "outcome": "contract", "customer": "minato" });
    let closed = desk.at_desk(200, "POST", &path, Some(&contract));
    assert_eq!(
        (&closed["closed"]["customer"], &closed["closed"]["by_name"]),
        (&json!("minato"), &json!("佐藤 花子"))
    );
    assert_eq!(desk.at_desk(409, "POST", &path, Some(&contract))["code"], "conflict");
    let nothing = "/desk/applications/AAAAAAAAAAAAAAAAAAAAAA/close";
    desk.at_desk(404, "POST", nothing, Some(&contract));
}

#[test]
fn a_wrong_application_is_named() {
    let desk = Desk::new();
    for (pointer, value, field) in [
        ("/company", json!(""), "company"),
        ("/contact", Value::Null, "contact"),
        ("/contact/email", json!("sho"), "contact.email"),
        ("/domain", json!("Shiosai"), "domain"),
        ("/applied_on", json!("2026-02-30"), "applied_on"),
        ("/applied_on", json!("2026-11-20"), "applied_on"),
        ("/note", json!("a\u{0}"), "note"),
    ] {
        let mut wrong = application();
        *wrong.pointer_mut(pointer).unwrap() = value;
        let problem = desk.at_desk(400, "POST", "/desk/applications", Some(&wrong));
        assert_eq!(problem["field"], field, "{problem}");
    }
    assert_eq!(waiting(&desk), (json!(0), json!(0)));
}

#[test]
fn the_list_follows_the_date_of_application() {
    let desk = Desk::new();
    for day in [12, 16, 10, 16] {
        let mut one = application();
        one["applied_on"] = json!(format!("2026-11-{day}"));
        desk.at_desk(201, "POST", "/desk/applications", Some(&one));
    }
    let oldest = ["2026-11-10", "2026-11-12", "2026-11-16", "2026-11-16"];
    assert_eq!(listed(&desk, "?state=open&order=oldest"), oldest);
    assert_eq!(listed(&desk, "").first().map(String::as_str), Some("2026-11-16"));
    assert_eq!(waiting(&desk), (json!(4), json!(2)));
    let list = desk.at_desk(200, "GET", "/desk/applications?order=oldest", None);
    let path = format!("/desk/applications/{}/close", text(&list["items"][0]["id"]));
    let declined = json!({ "outcome": "declined", "reason": "重複した申込です。" });
    desk.at_desk(200, "POST", &path, Some(&declined));
    assert_eq!(listed(&desk, "?state=open&order=oldest"), oldest[1..]);
    assert_eq!(listed(&desk, "?state=closed"), oldest[..1]);
    let file = send(
        &desk.edge,
        "kita-desk",
        &desk.agent,
        "GET",
        "/desk/applications/export?state=closed",
        None,
    );
    for part in [
        "潮騒製作所",
        "sho@shiosai.example",
        "2026-11-10",
        "Declined",
        "重複した申込です。",
    ] {
        assert!(file.body.contains(part), "{part} in {}", file.body);
    }
}

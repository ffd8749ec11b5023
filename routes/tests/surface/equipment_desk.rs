//! A customer's equipment at its provider's desk: the desk keeps it, and the customer decides what may start on it.

use serde_json::{Value, json};

use crate::desk::{Desk, send};
use crate::support::call::Call;
use crate::support::edge::assert_same;
use crate::support::scene::text;

const LIST: &str = "/customers/minato/equipment";

fn new(serial: &str) -> Value {
    json!({ "name": "検査装置", "serial_number": serial, "place": "第一工場" })
}

#[test]
fn the_desk_registers_changes_and_retires_and_both_sides_see_it() {
    let desk = Desk::new();
    let made = desk.at_desk(201, "POST", LIST, Some(&new("TG-1")));
    let id = text(&made["id"]);
    assert_eq!(
        (&made["remote_assistance"], &made["manual_launch"]),
        (&json!(false), &json!(true))
    );
    let path = format!("{LIST}/{id}");
    let change = json!({ "version": 1, "place": null, "model": "TG-3" });
    let changed = desk.at_desk(200, "PATCH", &path, Some(&change));
    assert_eq!(
        (&changed["place"], &changed["model"], &changed["name"]),
        (&Value::Null, &json!("TG-3"), &json!("検査装置")),
        "what the change does not name stays"
    );
    assert_eq!(desk.at_desk(409, "PATCH", &path, Some(&change))["code"], "changed");
    assert_eq!(
        desk.at_desk(409, "POST", LIST, Some(&new("tg-1")))["code"],
        "serial-number-taken"
    );
    for query in ["", "?q=tg-1", "?state=active"] {
        let listed = desk.at_desk(200, "GET", &format!("{LIST}{query}"), None);
        assert_eq!(listed["items"][0]["id"], made["id"], "{query}");
    }
    assert_eq!(
        desk.at_desk(400, "GET", &format!("{LIST}?state=x"), None)["field"],
        "state"
    );
    assert_eq!(
        desk.at_customer(200, "GET", "/equipment", None)["items"][0]["model"],
        "TG-3"
    );
    let retired = desk.at_desk(200, "POST", &format!("{path}/retire"), None);
    assert_eq!(retired["state"], "retired");
    let log = desk.at_customer(200, "GET", "/audit?object=equipment/", None);
    let entries: Vec<(&str, &str)> = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            (
                entry["action"].as_str().unwrap(),
                entry["actor"]["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        entries,
        [
            ("equipment.retire", "desk"),
            ("equipment.update", "desk"),
            ("equipment.create", "desk")
        ]
    );
}

#[test]
fn the_desk_opens_nothing() {
    let desk = Desk::new();
    let made = desk.at_desk(201, "POST", LIST, Some(&new("TG-1")));
    let path = format!("{LIST}/{}", text(&made["id"]));
    let before = desk.edge.rows();
    for smuggled in ["remote_assistance", "manual_launch", "state"] {
        let change = json!({ "version": 1, smuggled: true });
        assert_eq!(desk.at_desk(400, "PATCH", &path, Some(&change))["field"], smuggled);
        let mut new = new("TG-2");
        new[smuggled] = json!(true);
        assert_eq!(desk.at_desk(400, "POST", LIST, Some(&new))["field"], smuggled);
    }
    let twice = json!({ "version": 1, "id": made["id"], "name": "x" });
    assert_eq!(desk.at_desk(400, "PATCH", &path, Some(&twice))["field"], "id");
    let switches = format!("{path}/switches");
    let open = json!({ "version": 1, "remote_assistance": true });
    assert_eq!(
        send(&desk.edge, "kita-desk", &desk.agent, "PATCH", &switches, Some(&open)).status,
        404
    );
    assert_same(&before, &desk.edge.rows(), "the desk opened something");
}

#[test]
fn the_same_key_registers_once() {
    let desk = Desk::new();
    let ask = |key: &str, body: &Value| {
        Call::post(&format!("/t/kita-desk/api/v1{LIST}"))
            .header("cookie", &desk.agent)
            .header("idempotency-key", key)
            .json(body)
            .send(&desk.edge)
    };
    let (first, second) = (ask("k1", &new("TG-1")), ask("k1", &new("TG-1")));
    assert_eq!((first.status.as_u16(), &first.body), (201, &second.body));
    assert_eq!(ask("k1", &new("TG-2")).code(), "conflict");
    assert_eq!(ask("k2", &new("TG-1")).code(), "serial-number-taken");
    assert_eq!(
        desk.at_desk(200, "GET", LIST, None)["items"].as_array().unwrap().len(),
        1
    );
}

#[test]
fn equipment_of_a_suspended_or_unknown_customer_stays_as_it_is() {
    let desk = Desk::new();
    let made = desk.at_desk(201, "POST", LIST, Some(&new("TG-1")));
    let path = format!("{LIST}/{}", text(&made["id"]));
    desk.at_desk(200, "POST", "/customers/minato/suspend", None);
    desk.at_desk(200, "GET", &path, None);
    let change = json!({ "version": 1, "name": "x" });
    assert_eq!(desk.at_desk(403, "POST", LIST, Some(&new("TG-2")))["code"], "suspended");
    assert_eq!(desk.at_desk(403, "PATCH", &path, Some(&change))["code"], "suspended");
    assert_eq!(
        desk.at_desk(403, "POST", &format!("{path}/retire"), None)["code"],
        "suspended"
    );
    desk.at_desk(404, "GET", "/customers/nobody/equipment", None);
    for id in ["x", "AAAAAAAAAAAAAAAAAAAAAA"] {
        desk.at_desk(404, "GET", &format!("{LIST}/{id}"), None);
    }
    desk.at_desk(200, "POST", "/customers/minato/resume", None);
    desk.at_desk(404, "POST", &format!("{LIST}/AAAAAAAAAAAAAAAAAAAAAA/retire"), None);
    desk.at_desk(200, "PATCH", &path, Some(&change));
}

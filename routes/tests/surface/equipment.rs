//! Equipment in the panel (K7): who keeps it, who opens it to remote support, and what stands in the way.

use serde_json::{Value, json};
use tegata_domain::wire::b64;

use crate::support::call::{Call, encoded};
use crate::support::edge::assert_same;
use crate::support::scene::text;
use crate::support::staff::{API, Credential, PASSWORD, Staff, settle};

/// Registers a piece of equipment as the administrator; its id.
pub fn registered(staff: &Staff, serial: &str, organization: Option<&str>) -> String {
    let new = json!({ "name": "検査装置 1号", "serial_number": serial, "organization": organization });
    text(&staff.done(201, "POST", "/equipment", Some(&new))["id"])
}

/// An import of one new piece of equipment of `organization`.
pub fn file_for(organization: &str) -> Value {
    let file = format!("name,serial_number,organization\r\n搬送機,TG-3,{organization}\r\n");
    json!({ "data": b64::encode_standard(file) })
}

fn names(page: &Value) -> Vec<&str> {
    let items = page["items"].as_array().unwrap();
    items.iter().filter_map(|item| item["name"].as_str()).collect()
}

fn last_entry(staff: &Staff) -> (String, String) {
    let page = staff.done(200, "GET", "/audit", None);
    let entry = &page["items"][0];
    (text(&entry["action"]), text(&entry["outcome"]))
}

#[test]
fn equipment_is_registered_changed_retired_and_brought_back() {
    let staff = Staff::new();
    let new = json!({
        "name": "検査装置 1号", "model": "TG-3", "serial_number": "ｔｇ－２０４１", "place": "第一工場 2階", "notes": "鍵は守衛室\n内線 42",
    });
    let made = staff.done(201, "POST", "/equipment", Some(&new));
    let path = format!("/equipment/{}", text(&made["id"]));
    assert_eq!(
        (
            &made["serial_number"],
            &made["state"],
            &made["remote_assistance"],
            &made["manual_launch"]
        ),
        (&json!("tg-2041"), &json!("active"), &json!(false), &json!(true))
    );
    assert_eq!(last_entry(&staff), ("equipment.create".to_owned(), "done".to_owned()));
    let change = json!({ "version": 1, "place": null, "notes": "内線 43", "name": "検査装置 2号" });
    let changed = staff.done(200, "PATCH", &path, Some(&change));
    assert_eq!((&changed["place"], &changed["model"]), (&Value::Null, &json!("TG-3")));
    assert_eq!(
        last_entry(&staff).1,
        r#"name: "検査装置 1号" -> "検査装置 2号", place: "第一工場 2階" -> null, notes"#
    );
    let retired = staff.done(200, "POST", &format!("{path}/retire"), None);
    assert_eq!(
        (&retired["state"], retired["retired_at"].is_i64()),
        (&json!("retired"), true)
    );
    let again = staff.done(200, "POST", &format!("{path}/retire"), None);
    assert_eq!(again, retired, "retiring twice changes nothing");
    let late = json!({ "version": again["version"], "name": "x" });
    assert_eq!(staff.done(409, "PATCH", &path, Some(&late))["code"], "conflict");
    let back = staff.done(200, "POST", &format!("{path}/restore"), None);
    assert_eq!((&back["state"], &back["retired_at"]), (&json!("active"), &Value::Null));
    assert_eq!(last_entry(&staff).0, "equipment.restore");
}

#[test]
fn a_serial_number_is_in_use_once() {
    let staff = Staff::new();
    let first = registered(&staff, "TG-2041", None);
    let before = staff.edge().rows_of("aozora", &["session"]);
    for twin in ["TG-2041", "tg-2041", " ＴＧ－２０４１ ", "TG\u{2212}2041"] {
        let new = json!({ "name": "複製", "serial_number": twin });
        let problem = staff.done(409, "POST", "/equipment", Some(&new));
        assert_eq!(
            (&problem["code"], &problem["field"]),
            (&json!("serial-number-taken"), &json!("serial_number")),
            "{twin}"
        );
    }
    // Cyrillic and Greek letters that look like the Latin ones, and characters that nobody sees.
    for lookalike in ["ТG-2041", "TG-204\u{0406}", "Τ-1", "TG\u{200b}-2041", "TG-2041\u{202e}"] {
        let problem = staff.done(
            400,
            "POST",
            "/equipment",
            Some(&json!({ "name": "x", "serial_number": lookalike })),
        );
        assert_eq!(problem["field"], "serial_number", "{lookalike}");
    }
    assert_same(&before, &staff.edge().rows_of("aozora", &["session"]), "a twin");
    let second = registered(&staff, "TG-2042", None);
    let change = json!({ "version": 1, "serial_number": "tg-2041" });
    let problem = staff.done(409, "PATCH", &format!("/equipment/{second}"), Some(&change));
    assert_eq!(problem["code"], "serial-number-taken");
    let own = json!({ "version": 1, "serial_number": "tg-2042" });
    staff.done(200, "PATCH", &format!("/equipment/{second}"), Some(&own));
    // Retiring frees the number; whoever took it since keeps it.
    staff.done(200, "POST", &format!("/equipment/{first}/retire"), None);
    registered(&staff, "TG-2041", None);
    let problem = staff.done(409, "POST", &format!("/equipment/{first}/restore"), None);
    assert_eq!(problem["code"], "serial-number-taken");
    assert_eq!(
        staff.done(200, "GET", &format!("/equipment/{first}"), None)["state"],
        "retired"
    );
}

#[test]
fn of_two_who_edit_the_second_is_told_what_changed() {
    let staff = Staff::new();
    let path = format!("/equipment/{}", registered(&staff, "TG-1", None));
    staff.done(200, "PATCH", &path, Some(&json!({ "version": 1, "place": "倉庫" })));
    for (suffix, change) in [
        ("", json!({ "version": 1, "name": "別の名前" })),
        ("/switches", json!({ "version": 1, "remote_assistance": true })),
    ] {
        let late = staff.done(409, "PATCH", &format!("{path}{suffix}"), Some(&change));
        assert_eq!(
            (&late["code"], &late["current"]["place"]),
            (&json!("changed"), &json!("倉庫"))
        );
    }
    let shown = staff.done(200, "GET", &path, None);
    assert_eq!(
        (&shown["version"], &shown["remote_assistance"]),
        (&json!(2), &json!(false))
    );
}

#[test]
fn the_same_key_registers_once() {
    let staff = Staff::new();
    let new = json!({ "name": "検査装置", "serial_number": "TG-1" });
    let send = |body: &Value| {
        let call = staff.administrator.call("POST", "/equipment", Some(body));
        call.header("idempotency-key", "k1").send(staff.edge())
    };
    let (first, second) = (send(&new), send(&new));
    assert_eq!((first.status.as_u16(), &first.body), (201, &second.body));
    let other = send(&json!({ "name": "別の装置", "serial_number": "TG-2" }));
    assert_eq!((other.status.as_u16(), other.code().as_str()), (409, "conflict"));
    assert_eq!(names(&staff.done(200, "GET", "/equipment", None)), ["検査装置"]);
}

#[test]
fn only_a_system_administrator_who_has_just_logged_in_opens_equipment() {
    let staff = Staff::new();
    let organization = staff.organization("製造部", None);
    let path = format!(
        "/equipment/{}/switches",
        registered(&staff, "TG-1", Some(&organization))
    );
    let open = json!({ "version": 1, "remote_assistance": true });
    let (_, local) = staff.join("leder", "organization_administrator", Some(&organization));
    let refused = staff.send(&local, "PATCH", &path, Some(&open));
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (403, "forbidden"));
    let token = staff.token(&["equipment.read", "equipment.write"]);
    let refused = staff.send(&token, "PATCH", &path, Some(&open));
    assert_eq!(
        (refused.status.as_u16(), refused.code().as_str()),
        (403, "login-required")
    );
    let wanted = json!({ "name": "t", "scopes": ["equipment.switch"], "expires_in_days": 1 });
    assert_eq!(staff.done(400, "POST", "/tokens", Some(&wanted))["field"], "scopes");
    staff.edge().advance(601);
    assert_eq!(
        staff.done(403, "PATCH", &path, Some(&open))["code"],
        "fresh-login-required"
    );
    staff.done(200, "POST", "/session/fresh", Some(&json!({ "password": PASSWORD })));
    let opened = staff.done(200, "PATCH", &path, Some(&open));
    assert_eq!(
        (&opened["remote_assistance"], &opened["manual_launch"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(
        last_entry(&staff),
        (
            "equipment.switches".to_owned(),
            "remote_assistance: false -> true".to_owned()
        )
    );
    // Neither is part of what others may write.
    for smuggled in ["remote_assistance", "manual_launch", "state", "retired_at"] {
        let change = json!({ "version": 2, smuggled: false });
        let problem = staff.done(400, "PATCH", path.trim_end_matches("/switches"), Some(&change));
        assert_eq!(problem["field"], smuggled);
        let new = json!({ "name": "x", "serial_number": "TG-7", smuggled: true });
        assert_eq!(staff.done(400, "POST", "/equipment", Some(&new))["field"], smuggled);
    }
}

#[test]
fn opening_equipment_alerts_the_other_administrators() {
    let staff = Staff::new();
    let me = text(&staff.done(200, "GET", "/session", None)["user_id"]);
    let (other, _) = staff.join("miki", "system_administrator", None);
    for (id, version) in [(me, 1), (other, 1)] {
        let grant = json!({ "version": version, "support_option": true });
        staff.done(200, "PATCH", &format!("/users/{id}/account"), Some(&grant));
    }
    let path = format!("/equipment/{}/switches", registered(&staff, "TG-1", None));
    staff.done(
        200,
        "PATCH",
        &path,
        Some(&json!({ "version": 1, "manual_launch": false })),
    );
    staff.edge().mails();
    staff.edge().advance(60);
    assert!(
        staff.edge().addressed_mails().is_empty(),
        "the manual launch alerts nobody"
    );
    staff.done(
        200,
        "PATCH",
        &path,
        Some(&json!({ "version": 2, "remote_assistance": true })),
    );
    staff.edge().advance(60);
    let mails = staff.edge().addressed_mails();
    let told: Vec<&str> = mails.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(told, ["miki@aozora.example"]);
    assert!(mails[0].1.text.contains("検査装置 1号 (TG-1)"), "{}", mails[0].1.text);
}

#[test]
fn an_organisations_administrator_keeps_its_equipment_alone() {
    let staff = Staff::new();
    let factory = staff.organization("工場", None);
    let line = staff.organization("第一ライン", Some(&factory));
    let office = staff.organization("事務所", None);
    let (local_id, local) = staff.join("leder", "organization_administrator", Some(&factory));
    let (outsider_id, _) = staff.join("kontor", "organization_administrator", Some(&office));
    let theirs = registered(&staff, "TG-1", Some(&office));
    let nobodys = registered(&staff, "TG-2", None);
    let send = |method: &str, path: &str, body: Option<&Value>| staff.send(&local, method, path, body);
    let new = |organization: Option<&str>, responsible: &str| json!({ "name": "搬送機", "serial_number": "TG-3", "organization": organization, "responsible": [responsible] });
    for (organization, responsible, field) in [
        (None, &local_id, "organization"),
        (Some(&*office), &local_id, "organization"),
        (Some(&*line), &outsider_id, "responsible"),
    ] {
        let refused = send("POST", "/equipment", Some(&new(organization, responsible)));
        assert_eq!(
            (refused.status.as_u16(), &refused.json()["field"]),
            (400, &json!(field))
        );
    }
    let made = send("POST", "/equipment", Some(&new(Some(&line), &local_id)));
    assert_eq!(made.status, 201, "{}", made.body);
    let own = format!("/equipment/{}", text(&made.json()["id"]));
    for id in [&theirs, &nobodys] {
        for (method, suffix, body) in [
            ("GET", "", None),
            ("PATCH", "", Some(json!({ "version": 1, "organization": factory }))),
            ("POST", "/retire", None),
            ("POST", "/restore", None),
        ] {
            let answer = send(method, &format!("/equipment/{id}{suffix}"), body.as_ref());
            assert_eq!(answer.status, 404, "{method} {suffix}: {}", answer.body);
        }
    }
    let away = send("PATCH", &own, Some(&json!({ "version": 1, "organization": office })));
    assert_eq!(
        (away.status.as_u16(), &away.json()["field"]),
        (400, &json!("organization"))
    );
    for path in [
        "/equipment",
        "/equipment?q=tg",
        &format!("/equipment?organization={factory}"),
    ] {
        assert_eq!(names(&send("GET", path, None).json()), ["搬送機"], "{path}");
    }
    assert_eq!(
        names(&send("GET", &format!("/equipment?organization={office}"), None).json()),
        [""; 0]
    );
    let written = send("GET", "/equipment/export?format=jsonl", None);
    assert_eq!(written.body.lines().count(), 1, "{}", written.body);
    // An organisation that has equipment cannot be deleted.
    assert_eq!(
        staff.done(409, "DELETE", &format!("/organizations/{line}"), None)["code"],
        "not-empty"
    );
    // The administrator loses the account; the equipment can still be changed, and moving it asks for others.
    staff.done(200, "DELETE", &format!("/users/{local_id}/account"), None);
    staff.done(200, "PATCH", &own, Some(&json!({ "version": 1, "place": "北側" })));
    let moved = json!({ "version": 2, "organization": factory });
    assert_eq!(staff.done(400, "PATCH", &own, Some(&moved))["field"], "responsible");
    let moved = json!({ "version": 2, "organization": factory, "responsible": [] });
    staff.done(200, "PATCH", &own, Some(&moved));
}

#[test]
fn lists_are_filtered_searched_and_paged() {
    let staff = Staff::new();
    let factory = staff.organization("工場", None);
    let line = staff.organization("第一ライン", Some(&factory));
    for number in 0..60 {
        let place = if number % 2 == 0 {
            "第一工場"
        } else {
            "第二工場"
        };
        let new = json!({
            "name": format!("装置 {number:02}"), "serial_number": format!("AB-{number:04}"), "place": place,
            "organization": (number < 55).then_some(&line),
        });
        staff.done(201, "POST", "/equipment", Some(&new));
    }
    let first = staff.done(200, "GET", &format!("/equipment?organization={factory}"), None);
    let rest = format!("/equipment?organization={factory}&cursor={}", text(&first["cursor"]));
    let rest = staff.done(200, "GET", &rest, None);
    let all: Vec<&str> = names(&first).into_iter().chain(names(&rest)).collect();
    let expected: Vec<String> = (0..55).map(|number| format!("装置 {number:02}")).collect();
    assert_eq!(
        (all, &rest["cursor"]),
        (expected.iter().map(String::as_str).collect(), &Value::Null)
    );
    for (q, found) in [
        ("ab-0042", vec!["装置 42"]),
        ("ＡＢ００４２", vec!["装置 42"]),
        ("装置 07", vec!["装置 07"]),
        ("第二工場 ab 0009", vec!["装置 09"]),
        ("0042", vec!["装置 42"]),
        ("置", vec![]),
    ] {
        let page = staff.done(200, "GET", &format!("/equipment?q={}", encoded(q)), None);
        assert_eq!(names(&page), found, "{q}");
    }
    let id = text(&first["items"][7]["id"]);
    staff.done(200, "POST", &format!("/equipment/{id}/retire"), None);
    let of = |state: &str| names(&staff.done(200, "GET", &format!("/equipment?state={state}"), None)).len();
    assert_eq!((of("retired"), of("active"), of("all")), (1, 50, 50));
    for (query, field) in [
        ("state=broken", "state"),
        ("organization=x", "organization"),
        ("cursor=x", "cursor"),
        ("colour=red", "colour"),
        (&format!("q={}", "a".repeat(101)), "q"),
    ] {
        assert_eq!(
            staff.done(400, "GET", &format!("/equipment?{query}"), None)["field"],
            field
        );
    }
}

#[test]
fn a_wrong_value_names_its_field_and_changes_nothing() {
    let staff = Staff::new();
    let auditor = staff.join("revisor", "auditor", None).0;
    let path = format!("/equipment/{}", registered(&staff, "TG-1", None));
    let nothing = "AAAAAAAAAAAAAAAAAAAAAA";
    let before = staff.edge().rows_of("aozora", &["session"]);
    for (change, field) in [
        (json!({ "name": "" }), "name"),
        (json!({ "name": "a\r\nb" }), "name"),
        (json!({ "name": null }), "name"),
        (json!({ "model": "x".repeat(101) }), "model"),
        (json!({ "serial_number": "製造-1" }), "serial_number"),
        (json!({ "place": "x\u{202e}" }), "place"),
        (json!({ "organization": nothing }), "organization"),
        (json!({ "responsible": [nothing] }), "responsible"),
        (json!({ "responsible": [auditor] }), "responsible"),
        (json!({ "responsible": "x" }), "responsible"),
        (json!({ "notes": "あ".repeat(2_001) }), "notes"),
        (json!({ "notes": 5 }), "notes"),
        (json!({ "colour": "red" }), "colour"),
    ] {
        let mut new = json!({ "name": "装置", "serial_number": "TG-2" });
        new.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert_eq!(
            staff.done(400, "POST", "/equipment", Some(&new))["field"],
            field,
            "{change}"
        );
        if !change["name"].is_null() || field != "name" {
            let mut change = change.clone();
            change["version"] = json!(1);
            assert_eq!(
                staff.done(400, "PATCH", &path, Some(&change))["field"],
                field,
                "{change}"
            );
        }
    }
    let call = staff.administrator.call("POST", "/equipment", None);
    let text = call
        .header("content-type", "text/plain")
        .body(b"name=x")
        .send(staff.edge());
    assert_eq!(
        (text.status.as_u16(), &text.json()["field"]),
        (400, &json!("content-type"))
    );
    for id in ["x", nothing, "%00", "TG-1"] {
        assert_eq!(
            staff.done(404, "GET", &format!("/equipment/{id}"), None)["code"],
            "not-found"
        );
    }
    assert_same(&before, &staff.edge().rows_of("aozora", &["session"]), "a wrong value");
}

#[test]
fn another_tenants_equipment_is_unknown() {
    let staff = Staff::new();
    let theirs = settle(staff.edge(), "nordlys", "hanako", &staff.scene.theirs.first_password);
    let made = Call::post("/t/nordlys/api/v1/equipment")
        .header("cookie", &theirs)
        .json(&json!({ "name": "Presse", "serial_number": "TG-1" }))
        .send(staff.edge());
    let id = text(&made.json()["id"]);
    registered(&staff, "TG-1", None);
    for (method, suffix, body) in [
        ("GET", "", None),
        ("PATCH", "", Some(json!({ "version": 1, "name": "x" }))),
        (
            "PATCH",
            "/switches",
            Some(json!({ "version": 1, "remote_assistance": true })),
        ),
        ("POST", "/retire", None),
        ("POST", "/restore", None),
    ] {
        staff.done(404, method, &format!("/equipment/{id}{suffix}"), body.as_ref());
    }
    let seen = staff.send(&Credential::cookie(&theirs), "GET", "/equipment", None);
    assert_eq!(seen.status, 401, "{API} is another tenant's");
}

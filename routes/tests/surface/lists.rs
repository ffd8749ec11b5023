//! Lists: sorted, searched, paginated and exported.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use tegata_routes::port::Edge as _;
use tegata_routes::table::TABLE;

use crate::desk::{Desk, send};
use crate::support::call::{Call, encoded};
use crate::support::edge::OPERATOR;
use crate::support::scene::asking;
use crate::support::staff::Staff;

fn subjects(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("a list").iter();
    let inquiries = items.map(|item| item.get("inquiry").unwrap_or(item));
    inquiries
        .map(|inquiry| inquiry["subject"].as_str().expect("a subject"))
        .collect()
}

/// A desk whose customer has sent `count` inquiries, one minute apart.
fn asked(count: usize) -> Desk {
    let desk = Desk::new().with_support();
    for number in 0..count {
        desk.edge.advance(60);
        let question = json!({ "subject": format!("質問 {number:02}"), "body": "教えてください。" });
        desk.at_customer(201, "POST", "/inquiries", Some(&question));
    }
    desk.edge.deliver();
    desk
}

#[test]
fn the_newest_or_the_oldest_come_first_on_every_page() {
    let desk = asked(53);
    for (order, first, last) in [("newest", "質問 52", "質問 00"), ("oldest", "質問 00", "質問 52")] {
        let at_customer = |path: &str| desk.at_customer(200, "GET", path, None);
        let at_desk = |path: &str| desk.at_desk(200, "GET", path, None);
        let page = at_customer(&format!("/inquiries?order={order}"));
        let rest = at_customer(&format!(
            "/inquiries?order={order}&cursor={}",
            page["cursor"].as_str().unwrap()
        ));
        assert_eq!((subjects(&page).len(), subjects(&rest).len()), (50, 3));
        assert_eq!((subjects(&page)[0], subjects(&rest)[2]), (first, last));
        let inbox = at_desk(&format!("/desk/inquiries?order={order}"));
        let rest = at_desk(&format!(
            "/desk/inquiries?order={order}&cursor={}",
            inbox["cursor"].as_str().unwrap()
        ));
        assert_eq!((subjects(&inbox)[0], subjects(&rest)[2]), (first, last));
    }
}

#[test]
fn inquiries_are_found_by_subject_person_and_customer() {
    let desk = asked(3);
    let at_customer = |q: &str| desk.at_customer(200, "GET", &format!("/inquiries?q={}", encoded(q)), None);
    assert_eq!(subjects(&at_customer("質問 01")), ["質問 01"]);
    assert_eq!(subjects(&at_customer("佐藤")).len(), 3);
    assert_eq!(subjects(&at_customer("みなと")).len(), 0);
    let at_desk = |q: &str| {
        desk.at_desk(
            200,
            "GET",
            &format!("/desk/inquiries?state=open&q={}", encoded(q)),
            None,
        )
    };
    for (q, found) in [("質問", 3), ("02", 1), ("minato", 3), ("ﾐﾅﾄ", 3), ("佐藤", 3), ("x", 0)] {
        assert_eq!(subjects(&at_desk(q)).len(), found, "{q}");
    }
}

#[test]
fn the_inbox_says_who_takes_care_of_an_inquiry() {
    let desk = asked(1);
    let inbox = desk.at_desk(200, "GET", "/desk/inquiries", None);
    let at = format!(
        "/desk/inquiries/minato/{}",
        inbox["items"][0]["inquiry"]["id"].as_str().unwrap()
    );
    let shown = desk.at_desk(200, "GET", &format!("{at}/assignment"), None);
    assert_eq!(
        (&shown["assigned"], &shown["inquiry"]["subject"]),
        (&Value::Null, &json!("質問 00"))
    );
    let me = desk.at_desk(200, "GET", "/desk/staff", None)["items"][0]["user_id"].clone();
    desk.at_desk(200, "POST", &format!("{at}/assign"), Some(&json!({ "user": me })));
    assert_eq!(
        desk.at_desk(200, "GET", &format!("{at}/assignment"), None)["assigned"],
        me
    );
    let nowhere = "/desk/inquiries/minato/AAAAAAAAAAAAAAAAAAAAAA/assignment";
    assert_eq!(desk.at_desk(404, "GET", nowhere, None)["code"], "not-found");
}

#[test]
fn customers_are_sorted_by_name_or_by_age() {
    let desk = Desk::new();
    for (slug, name) in [("shiosai", "あらなみ"), ("amagumo", "わかば")] {
        desk.edge.advance(60);
        let customer = json!({
            "slug": slug, "name": name, "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": crate::desk::administrator(slug),
        });
        desk.at_desk(201, "POST", "/customers", Some(&customer));
    }
    desk.edge.deliver();
    let slugs = |sort: &str| {
        let list = desk.at_desk(200, "GET", &format!("/customers?sort={sort}"), None);
        let slug = |item: &Value| item["slug"].as_str().unwrap().to_owned();
        list["items"].as_array().unwrap().iter().map(slug).collect::<Vec<_>>()
    };
    assert_eq!(slugs("name"), ["shiosai", "minato", "amagumo"]);
    assert_eq!(slugs("newest"), ["amagumo", "shiosai", "minato"]);
}

#[test]
fn every_list_is_written_out_as_a_table_and_as_lines() {
    let (desk, staff) = (asked(2), Staff::new());
    let question = crate::questions::question();
    desk.at_desk(201, "POST", "/customers/minato/questions", Some(&question));
    let machine = crate::support::launch::Machine::new(&desk, "TG-5");
    let launch = crate::support::launch::request(&machine.equipment);
    desk.at_desk(201, "POST", "/customers/minato/launches", Some(&launch));
    let attended = crate::support::attended::new(&json!({}));
    desk.at_desk(201, "POST", "/desk/customers/minato/attended", Some(&attended));
    let appointment = crate::support::appointment::new(&json!({}));
    desk.at_desk(201, "POST", "/desk/customers/minato/appointments", Some(&appointment));
    let mut application = crate::applications::application();
    application["note"] = json!("電話での申込。");
    desk.at_desk(201, "POST", "/desk/applications", Some(&application));
    desk.edge.deliver();
    staff.organization("設計部", None);
    crate::equipment::registered(&staff, "TG-1", None);
    let own = staff.administrator.cookie.clone().unwrap_or_default();
    let readers = [
        (&desk.edge, "minato", &desk.customer),
        (&desk.edge, "kita-desk", &desk.agent),
        (staff.edge(), "aozora", &own),
    ];
    for route in TABLE.iter().filter(|route| route.writes_out.is_some()) {
        let path = route.path.strip_prefix("/t/{slug}/api/v1").unwrap();
        let mut most = 0;
        for (edge, tenant, cookie) in readers {
            let table = send(edge, tenant, cookie, "GET", path, None);
            if table.code() == "forbidden" {
                continue;
            }
            assert_eq!(table.status, 200, "{path}: {}", table.body);
            let heading = table.body.lines().next().unwrap_or_default();
            assert!(
                heading.starts_with('\u{feff}') && heading.contains(','),
                "{path}: {heading}"
            );
            let lines = send(edge, tenant, cookie, "GET", &format!("{path}?format=jsonl"), None);
            let count = lines.body.lines().count();
            assert_eq!(count + 1, table.body.lines().count(), "{path}");
            most = most.max(count);
        }
        assert!(most > 0 || path == "/mails/export", "{path}: the export is empty");
    }
    let log = send(
        staff.edge(),
        "aozora",
        &own,
        "GET",
        "/audit/export?action=organization.",
        None,
    );
    assert_eq!(log.body.lines().count(), 2, "{}", log.body);
    let inbox = send(
        &desk.edge,
        "kita-desk",
        &desk.agent,
        "GET",
        "/desk/inquiries/export?q=01",
        None,
    );
    assert!(
        inbox.body.lines().count() == 2 && inbox.body.contains("質問 01"),
        "{}",
        inbox.body
    );
}

/// The rows of a table without quotation marks in it, each by its headings.
fn rows(table: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = table.trim_start_matches('\u{feff}').lines().map(|line| line.split(','));
    let headings: Vec<&str> = lines.next().expect("headings").collect();
    let distinct: BTreeSet<&&str> = headings.iter().collect();
    assert_eq!(distinct.len(), headings.len(), "{headings:?}");
    lines
        .map(|cells| headings.iter().copied().zip(cells).collect())
        .collect()
}

#[test]
fn a_table_speaks_the_language_of_its_reader() {
    let staff = Staff::new();
    staff.join("niels", "auditor", None);
    let table = |path: &str| {
        let answer = staff.send(&staff.administrator, "GET", path, None);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    };
    for (locale, zone, of_users, of_devices, of_log) in [
        (
            "ja",
            "Asia/Tokyo",
            [
                ("氏名", "niels"),
                ("管理権限", "監査者"),
                ("サポートオプション", "なし"),
                ("アカウントの状態", "利用中"),
            ],
            [("状態", "利用中"), ("PC名", "受付PC"), ("取り消し日時（日本時間）", "")],
            [("操作", "ログイン"), ("操作者の種類", "管理者"), ("結果", "完了")],
        ),
        (
            "en",
            "Europe/Copenhagen",
            [
                ("Name", "niels"),
                ("Role", "Auditor"),
                ("Support option", "No"),
                ("Account status", "In use"),
            ],
            [
                ("Status", "In use"),
                ("PC", "受付PC"),
                ("Revoked (Central European Time)", ""),
            ],
            [
                ("Action", "Logged in"),
                ("Type of actor", "Administrator"),
                ("Outcome", "Done"),
            ],
        ),
        (
            "da",
            "Asia/Kolkata",
            [
                ("Navn", "niels"),
                ("Rolle", "Revisor"),
                ("Supporttilvalg", "Nej"),
                ("Kontoens status", "I brug"),
            ],
            [
                ("Status", "I brug"),
                ("Pc", "受付PC"),
                ("Tilbagekaldt (Asia/Kolkata)", ""),
            ],
            [
                ("Handling", "Logget ind"),
                ("Aktørens type", "Administrator"),
                ("Resultat", "Gennemført"),
            ],
        ),
    ] {
        let own = json!({ "locale": locale, "time_zone": zone });
        staff.done(200, "PATCH", "/me", Some(&own));
        for (path, expected) in [
            ("/users/export?q=niels", &of_users[..]),
            ("/devices/export", &of_devices),
            ("/audit/export?action=session.create", &of_log),
        ] {
            let text = table(path);
            let rows = rows(&text);
            for (heading, value) in expected {
                assert_eq!(rows[0].get(heading), Some(value), "{path}: {text}");
            }
        }
    }
}

#[test]
fn the_times_of_a_table_are_those_of_its_readers_zone() {
    let staff = Staff::new();
    let noon = 1_795_003_200;
    staff.edge().advance(noon - staff.edge().now().0);
    staff.organization("設計部", None);
    let created = |locale: &str, zone: &str, heading: &str| {
        let own = json!({ "locale": locale, "time_zone": zone });
        staff.done(200, "PATCH", "/me", Some(&own));
        let answer = staff.send(&staff.administrator, "GET", "/organizations/export", None);
        let day = answer.header("content-disposition").to_owned();
        (rows(&answer.body)[0][heading].to_owned(), day)
    };
    let named = |day: &str| format!("attachment; filename=\"aozora-organizations-{day}.csv\"");
    assert_eq!(
        created("ja", "Asia/Tokyo", "作成日時（日本時間）"),
        ("2026/11/18 21:00".to_owned(), named("2026-11-18"))
    );
    assert_eq!(
        created("da", "Pacific/Kiritimati", "Oprettet (Pacific/Kiritimati)"),
        ("2026-11-19 02:00".to_owned(), named("2026-11-19"))
    );
    let lines = staff.send(&staff.administrator, "GET", "/organizations/export?format=jsonl", None);
    assert!(lines.header("content-disposition").contains("-2026-11-19.jsonl"));
    assert_eq!(lines.json()["created_at"], noon);
}

#[test]
fn the_table_of_requests_has_the_deadline_only_while_an_answer_is_awaited() {
    let staff = Staff::new();
    let directly = Call::new("PATCH", "/operator/v1/tenants/aozora")
        .bearer(OPERATOR)
        .json(&json!({ "policy": { "confirm_address_first": false } }));
    assert_eq!(directly.send(staff.edge()).status, 200);
    let asked = Call::post("/t/aozora/oauth/device_authorization")
        .form(&asking("jiro@aozora.example", "A".repeat(43).as_str()));
    assert_eq!(asked.send(staff.edge()).status, 200);
    let answer = staff.send(&staff.administrator, "GET", "/registrations/export", None);
    let rows = rows(&answer.body);
    let deadline = |state: &str| {
        let row = rows
            .iter()
            .find(|row| row["Status"] == state)
            .unwrap_or_else(|| panic!("{}", answer.body));
        row["Answer by (JST)"]
    };
    assert_eq!(deadline("In use"), "");
    assert!(deadline("Waiting for an answer").starts_with("20"), "{}", answer.body);
}

#[test]
fn the_table_of_the_log_has_the_names_that_the_page_shows_and_times_to_the_second() {
    let staff = Staff::new();
    staff.done(200, "PATCH", "/me", Some(&json!({ "locale": "ja" })));
    staff.edge().advance(7);
    staff.done(201, "POST", "/organizations", Some(&json!({ "name": "東京工場" })));
    let table = |action: &str| {
        let path = format!("/audit/export?action={action}");
        staff.send(&staff.administrator, "GET", &path, None).body
    };
    let made = table("organization.create");
    let entry = &rows(&made)[0];
    assert_eq!((entry["操作者の名前"], entry["対象の名前"]), ("佐藤 花子", "東京工場"));
    let (_, seconds) = entry["日時（日本時間）"].rsplit_once(':').unwrap();
    assert_eq!(seconds, format!("{:02}", staff.edge().now().0 % 60));
    assert_eq!(rows(&table("device.create"))[0]["対象の名前"], "山田 太郎、受付PC");
    let columns: Vec<&str> = made.lines().next().unwrap().split(',').collect();
    assert!(
        made.trim_start_matches('\u{feff}')
            .starts_with("番号,日時（日本時間）,操作者の種類,操作者のID,"),
        "{made}"
    );
    assert_eq!(columns[columns.len() - 2..], ["操作者の名前", "対象の名前"]);
    let lines = staff.send(&staff.administrator, "GET", "/audit/export?format=jsonl", None);
    assert!(
        !lines.body.contains("actor_name"),
        "what is verified has no added names"
    );
}

#[test]
fn lines_hold_the_codes_of_the_api() {
    let staff = Staff::new();
    let lines = staff
        .send(&staff.administrator, "GET", "/users/export?format=jsonl", None)
        .json();
    let codes = ["role", "state", "support_option"].map(|name| lines["account"][name].clone());
    assert_eq!(codes, [json!("system_administrator"), json!("active"), json!(false)]);
}

#[test]
fn requests_devices_and_the_log_go_both_ways_through_time() {
    let staff = Staff::new();
    staff.edge().advance(60);
    let asked = Call::post("/t/aozora/oauth/device_authorization")
        .form(&asking("jiro@aozora.example", "A".repeat(43).as_str()));
    assert_eq!(asked.send(staff.edge()).status, 200);
    for path in ["/registrations", "/devices", "/audit"] {
        let list = |order: &str| {
            let list = staff.done(200, "GET", &format!("{path}?order={order}"), None);
            list["items"].as_array().unwrap().clone()
        };
        let (mut newest, oldest) = (list("newest"), list("oldest"));
        newest.reverse();
        assert_eq!(newest, oldest, "{path}");
        // There is only one device; kv-schema's tests cover the order of devices.
        assert!(newest.len() > 1 || path == "/devices", "{path}");
        let wrong = staff.done(400, "GET", &format!("{path}?order=best"), None);
        assert_eq!(wrong["field"], "order");
    }
}

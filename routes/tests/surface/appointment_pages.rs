//! The page of an appointment, its check, and what calendars get (Z2, B7): zones, times that clocks skip or repeat, feeds.

use serde_json::{Value, json};
use tegata_domain::calendar::Organizer;
use tegata_domain::wire::b64;

use crate::desk::{Desk, send};
use crate::support::appointment::{JIRO, Meeting, new, sent_to, tokyo};
use crate::support::call::Call;
use crate::support::edge::EDGE;
use crate::support::scene::text;
use crate::support::staff::{PASSWORD, cookie_of, log_in};

#[test]
fn a_zone_with_a_plus_in_its_name_and_the_language_stay_on_every_way_through_the_page() {
    let meeting = Meeting::proposed();
    let shown = meeting.look(0, "?zone=Etc%2FGMT%2B5&lang=da");
    for way in ["counter=1&", "decline=1&"] {
        let begin = shown.body.find(way).unwrap();
        let link: String = shown.body[begin..].chars().take_while(|one| *one != '"').collect();
        assert!(
            link.contains("zone=Etc%2FGMT%2B5") && link.contains("lang=da"),
            "{link}"
        );
    }
    let form = meeting.look(0, "?counter=1&zone=Etc%2FGMT%2B5&lang=da");
    assert!(
        form.body.contains("value=\"Etc/GMT+5\"") || form.body.contains("value=\"Etc/GMT&#43;5\""),
        "{}",
        form.body
    );
}

#[test]
fn a_time_that_does_not_exist_or_exists_twice_is_asked_about() {
    let desk = Desk::new();
    let at = |start: &str, occurrence: Option<&str>| {
        let mut time = json!({ "start": start, "time_zone": "America/New_York" });
        if let Some(occurrence) = occurrence {
            time["occurrence"] = json!(occurrence);
        }
        new(&json!({ "times": [time] }))
    };
    // 2027-03-14 is beyond 60 days from the test's beginning, so the clock is moved.
    desk.edge.advance(100 * 24 * 3600);
    let cookie = cookie_of(&log_in(&desk.edge, "kita-desk", "hanako", PASSWORD));
    let ask = |body: &Value| {
        send(
            &desk.edge,
            "kita-desk",
            &cookie,
            "POST",
            "/desk/customers/minato/appointments",
            Some(body),
        )
    };
    let missing = ask(&at("2027-03-14T02:30", None));
    assert_eq!(
        (missing.status.as_u16(), missing.code()),
        (400, "no-such-time".to_owned()),
        "{}",
        missing.body
    );
    assert_eq!(
        missing.json()["choices"],
        json!([
            { "start": "2027-03-14T01:30", "at": 1_805_005_800 },
            { "start": "2027-03-14T03:30", "at": 1_805_009_400 },
        ])
    );
    assert!(desk.edge.mails().is_empty(), "nothing was sent");
}

#[test]
fn the_form_asks_which_of_two_times_is_meant() {
    let meeting = Meeting::with(&json!({ "times": [tokyo("2027-01-10T10:00")] }));
    // In these months only few zones change their clocks: Morocco, for Ramadan, puts them back on 2027-02-07. That is
    // beyond 60 days from the test's beginning, so the clock is moved.
    meeting.desk.edge.advance(25 * 24 * 3600);
    let fields = |occurrence: &'static str| {
        [
            ("act", "counter"),
            ("date0", "2027-02-07"),
            ("time0", "02:30"),
            ("occurrence0", occurrence),
            ("name", JIRO),
            ("zone", "Africa/Casablanca"),
            ("lang", "ja"),
            ("date1", ""),
            ("time1", ""),
        ]
    };
    let asked = meeting.post(0, &fields(""));
    assert_eq!(asked.status, 422, "{}", asked.body);
    assert!(
        asked.body.contains("この時刻は2回あります") && asked.body.contains("occurrence0"),
        "{}",
        asked.body
    );
    let answered = meeting.post(0, &fields("second"));
    assert_eq!(answered.status, 200, "{}", answered.body);
    let time = &meeting.shown()["proposal"]["times"][0];
    assert_eq!(
        (&time["start"], &time["occurrence"]),
        (&json!("2027-02-07T02:30"), &json!("second"))
    );
}

#[test]
fn names_with_marks_and_emoji_reach_calendars_whole() {
    let who = json!({ "name": "佐藤, 次郎; \"所長\" 😀", "email": "jiro@minato.example", "locale": "ja" });
    let title = "印刷, 検査; 「確認」\\😀".to_owned() + &"あ".repeat(60);
    let meeting = Meeting::with(&json!({ "participants": [who], "title": title }));
    assert_eq!(meeting.choose(0, 0, "佐藤, 次郎; \"所長\" 😀").status, 200);
    let mails = meeting.mails();
    let invite = sent_to(&mails, "jiro@minato.example")[0].invite.clone().unwrap();
    let organizer = Organizer {
        name: "北日本サービス",
        address: "tegata@example.com",
    };
    let text = invite.event.message(invite.method, "Tegata", organizer);
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
    let whole = text.replace("\r\n ", "");
    assert!(whole.contains("SUMMARY:印刷\\, 検査\\; 「確認」\\\\😀"), "{whole}");
    assert!(
        whole.contains("CN=\"佐藤, 次郎; '所長' 😀\":mailto:jiro@minato.example"),
        "{whole}"
    );
}

#[test]
fn the_provider_has_the_dates_of_all_customers_in_its_list_and_its_feeds() {
    let meeting = Meeting::agreed();
    let desk = &meeting.desk;
    let at = meeting.shown()["agreed"]["time"]["at"].as_i64().unwrap();
    let listed = desk.at_desk(200, "GET", &format!("/desk/appointments?from={at}&to={}", at + 1), None);
    assert_eq!(listed["items"][0]["appointment"]["id"], json!(meeting.id));
    let none = desk.at_desk(200, "GET", &format!("/desk/appointments?to={at}"), None);
    assert_eq!(none["items"], json!([]));
    let feed = desk.at_desk(201, "POST", "/desk/calendar-feeds", Some(&json!({ "name": "手帳" })));
    let path = text(&feed["url"]).strip_prefix(EDGE).unwrap().to_owned();
    let read = Call::get(&path).send(&desk.edge);
    assert_eq!(
        (read.status.as_u16(), read.header("content-type")),
        (200, "text/calendar; charset=utf-8")
    );
    let whole = read.body.replace("\r\n ", "");
    assert!(
        whole.contains(&format!("UID:{}", meeting.id)) && whole.contains("DTSTART;TZID=Asia/Tokyo:20261124T140000")
    );
    assert!(
        !whole.contains("/m/") && !whole.contains("/j/"),
        "no link that lets anybody in: {whole}"
    );
    let again = Call::get(&path)
        .header("if-none-match", read.header("etag"))
        .send(&desk.edge);
    assert_eq!(again.status, 304);
    let listed = desk.at_desk(200, "GET", "/desk/calendar-feeds", None);
    assert!(!listed.to_string().contains("tg_cal_"), "the secret is shown once");
    let id = text(&feed["feed"]["id"]);
    send(
        &desk.edge,
        "kita-desk",
        &desk.agent,
        "DELETE",
        &format!("/desk/calendar-feeds/{id}"),
        None,
    );
    assert_eq!(Call::get(&path).send(&desk.edge).status, 404, "revoked");
    // The customer's administrators see it, and may cancel it.
    let own = desk.at_customer(200, "GET", "/appointments?state=open", None);
    assert_eq!(own["items"][0]["id"], json!(meeting.id));
    let reason = json!({ "reason": "棚卸しのため" });
    let cancelled = desk.at_customer(
        200,
        "POST",
        &format!("/appointments/{}/cancel", meeting.id),
        Some(&reason),
    );
    assert_eq!(cancelled["state"], "cancelled");
}

/// The handshake for the socket of the pre-flight check.
fn handshake(path: &str, origin: &str, protocol: &str) -> Call {
    Call::get(&format!("{path}/check/socket"))
        .header("upgrade", "websocket")
        .header("connection", "Upgrade")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("sec-websocket-protocol", protocol)
        .header("origin", origin)
}

#[test]
fn only_our_page_with_a_genuine_link_opens_the_socket_that_answers() {
    let meeting = Meeting::proposed();
    let edge = &meeting.desk.edge;
    let link = &meeting.links[0];
    assert_eq!(handshake(link, EDGE, "tegata.check.v1").send(edge).status, 101);
    assert_eq!(
        handshake(link, "https://evil.example", "tegata.check.v1")
            .send(edge)
            .status,
        403
    );
    assert_eq!(handshake(link, EDGE, "tegata.session.v1").send(edge).status, 400);
    assert_eq!(handshake("/m/minato.x", EDGE, "tegata.check.v1").send(edge).status, 404);
    assert_eq!(Call::get(&format!("{link}/check/socket")).send(edge).status, 426);
    let few = Call::get("/check/bytes?size=1000").send(edge);
    assert_eq!(
        (few.status.as_u16(), few.header("cache-control")),
        (200, "no-store, no-transform")
    );
    let date = few.header("date");
    assert!(
        date.len() == 29 && date.ends_with(" GMT"),
        "clocks are compared with it: {date}"
    );
    let most = Call::get("/check/bytes?size=99999999").send(edge);
    assert_eq!(
        b64::decode_standard(&most.body).map(|bytes| bytes.len()),
        Some(256 * 1024)
    );
}

//! Appointments from the desk's proposal to the session (Z1, B7): mails, answers, changes, reminders, and what happens to
//! those who come too late, twice, or from elsewhere.

use serde_json::{Value, json};
use tegata_domain::calendar::{Method, Organizer};
use tegata_domain::jws::Compact;
use tegata_domain::mail::ComposedMail;
use tegata_domain::receipt::TYP;
use tegata_domain::wire::b64;
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, send};
use crate::support::appointment::{JIRO, Meeting, TITLE, bo, jiro, new, path_in, tokyo};
use crate::support::call::Call;
use crate::support::edge::EDGE;
use crate::support::launch::{Asked, request};
use crate::support::scene::text;
use crate::support::staff::{PASSWORD, cookie_of, log_in};

/// The mails to `to`.
fn sent_to<'a>(mails: &'a [(String, ComposedMail)], to: &str) -> Vec<&'a ComposedMail> {
    mails
        .iter()
        .filter(|(address, _)| address == to)
        .map(|(_, mail)| mail)
        .collect()
}

/// What a mail has for calendar programs: method, UID, SEQUENCE, start.
fn dated(mail: &ComposedMail) -> Option<(Method, String, i64, i64)> {
    let invite = mail.invite.as_ref()?;
    Some((
        invite.method,
        invite.event.uid.clone(),
        invite.event.sequence,
        invite.event.start.0,
    ))
}

/// The claims of a receipt.
fn claims(receipt: &str) -> Value {
    Compact::record(receipt, TYP).unwrap().payload().unwrap()
}

const HOST: &str = "hanako@kita-desk.example";

#[test]
fn each_person_is_asked_in_their_language_with_both_sides_times() {
    let desk = Desk::new();
    desk.at_desk(
        201,
        "POST",
        "/desk/customers/minato/appointments",
        Some(&new(&json!({ "reason": "先日のお問い合わせの件" }))),
    );
    let mails = desk.edge.addressed_mails();
    let jiro = sent_to(&mails, "jiro@minato.example")[0];
    assert_eq!(
        jiro.subject,
        format!("[Tegata] ご回答のお願い：北日本サービスからの日程のご相談（{TITLE}）")
    );
    for part in [
        "2026年11月24日（火）14時00分（日本時間）／2026年11月24日（火）6時00分（中央ヨーロッパ時間）",
        "2026年11月25日（水）10時00分（日本時間）",
        "先日のお問い合わせの件",
        "佐藤 次郎",
        "みなと工機",
        "次のリンクから、日時を選んで回答します。",
    ] {
        assert!(jiro.text.contains(part), "{part}: {}", jiro.text);
    }
    assert!(jiro.invite.is_none(), "nothing is agreed yet");
    let bo = sent_to(&mails, "bo@minato.example")[0];
    assert!(bo.subject.contains("Svar venligst"), "{}", bo.subject);
    assert_ne!(path_in(jiro, "/m/"), path_in(bo, "/m/"), "each has a link of their own");
}

#[test]
fn a_chosen_time_is_agreed_receipted_and_sent_to_both_sides() {
    let meeting = Meeting::proposed();
    let looked = meeting.look(0, "");
    assert_eq!(looked.status, 200, "{}", looked.body);
    assert!(
        looked.body.contains("2026年11月24日（火）14時00分（日本時間）"),
        "{}",
        looked.body
    );
    let review = meeting.look(0, "?offer=1&time=0");
    assert!(review.body.contains("この日時で決定する"), "{}", review.body);
    assert_eq!(meeting.state(), "proposed", "looking decides nothing");
    let chosen = meeting.choose(0, 0, JIRO);
    assert_eq!(chosen.status, 200, "{}", chosen.body);
    assert!(chosen.body.contains("日程を決定しました"), "{}", chosen.body);
    let shown = meeting.shown();
    assert_eq!(
        (
            &shown["state"],
            &shown["agreed"]["time"]["start"],
            &shown["agreed"]["time"]["time_zone"]
        ),
        (&json!("agreed"), &json!("2026-11-24T14:00"), &json!("Asia/Tokyo"))
    );
    let mails = meeting.mails();
    let at = shown["agreed"]["time"]["at"].as_i64().unwrap();
    let expected = Some((Method::Request, meeting.id.clone(), 0, at));
    for to in ["jiro@minato.example", "bo@minato.example", HOST] {
        let [mail] = sent_to(&mails, to)[..] else {
            panic!("one mail to {to}: {mails:?}")
        };
        assert_eq!(dated(mail), expected, "{to}");
    }
    let jiro = sent_to(&mails, "jiro@minato.example")[0];
    for part in [
        "日程のご案内です。リンクを開く必要はありません。",
        "PCを用意してください",
        "見せたくないウィンドウは",
        "佐藤 花子 (北日本サービス)",
        "佐藤 次郎、Bo Jensen (みなと工機)",
    ] {
        assert!(jiro.text.contains(part), "{part}: {}", jiro.text);
    }
    // The receipt quotes what was read, with the name of who agreed.
    let receipt = Call::get(&format!("{}/receipt", meeting.links[0])).send(&meeting.desk.edge);
    assert_eq!(receipt.status, 200);
    let claims = claims(&receipt.body);
    assert_eq!(claims["kind"], "appointment");
    assert_eq!(claims["approver"]["name"], JIRO);
    assert_eq!(claims["approver"]["email"], "jiro@minato.example");
    assert_eq!(claims["appointment"]["start"], "2026-11-24T14:00");
    assert!(text(&claims["text"]["statement"]).contains("2026年11月24日（火）14時00分"));
    assert_eq!(meeting.audit(), ["appointment.propose", "appointment.agree"]);
}

#[test]
fn two_who_choose_differently_get_one_date_and_the_second_sees_whose() {
    let meeting = Meeting::proposed();
    assert_eq!(meeting.choose(0, 0, JIRO).status, 200);
    let second = meeting.choose(1, 1, "Bo Jensen");
    assert_eq!(second.status, 200);
    assert!(second.body.contains("今の回答は反映していません"), "{}", second.body);
    assert!(second.body.contains(JIRO), "{}", second.body);
    assert_eq!(meeting.shown()["agreed"]["time"]["start"], "2026-11-24T14:00");
    assert_eq!(meeting.audit(), ["appointment.propose", "appointment.agree"]);
}

#[test]
fn an_answer_to_what_was_withdrawn_or_replaced_changes_nothing() {
    let meeting = Meeting::proposed();
    let other = json!({ "times": [tokyo("2026-11-26T09:00")] });
    assert_eq!(meeting.at_desk("proposal", &other).status, 200);
    let stale = meeting.choose(0, 0, JIRO);
    assert!(
        stale.body.contains("今の回答は反映していません") && stale.body.contains("11月26日"),
        "{}",
        stale.body
    );
    assert_eq!(meeting.state(), "proposed");
    let cancelled = meeting.at_desk("cancel", &json!({ "reason": "解決しました" }));
    assert_eq!(cancelled.status, 200, "{}", cancelled.body);
    let late = meeting.post(
        0,
        &[
            ("act", "choose"),
            ("offer", "2"),
            ("time", "0"),
            ("name", JIRO),
            ("zone", "Asia/Tokyo"),
        ],
    );
    assert!(late.body.contains("今の回答は反映していません"), "{}", late.body);
    assert_eq!(meeting.look(0, "").status, 410);
    assert_eq!(meeting.state(), "cancelled");
    let stale = meeting.at_desk("answer", &json!({ "proposal": 1, "time": 0 }));
    assert_eq!((stale.status.as_u16(), stale.code()), (409, "changed".to_owned()));
}

#[test]
fn a_forged_link_opens_nothing_and_another_customers_neither() {
    let meeting = Meeting::proposed();
    let link = meeting.links[0].clone();
    for at in 3..link.len() {
        let mut changed = link.clone().into_bytes();
        changed[at] = if changed[at] == b'x' { b'y' } else { b'x' };
        let changed = String::from_utf8(changed).unwrap();
        let looked = Call::get(&changed).send(&meeting.desk.edge);
        assert!([404, 400].contains(&looked.status.as_u16()), "{at}: {}", looked.status);
    }
    // A link to a session is no link to an appointment.
    let token = link.strip_prefix("/m/").unwrap();
    assert_eq!(Call::get(&format!("/j/{token}")).send(&meeting.desk.edge).status, 404);
    assert_eq!(Call::get(&format!("/a/{token}")).send(&meeting.desk.edge).status, 404);
}

#[test]
fn a_colleague_who_was_forwarded_the_link_answers_under_their_own_name() {
    let meeting = Meeting::proposed();
    assert_eq!(meeting.choose(0, 1, "鈴木 三郎").status, 200);
    let shown = meeting.shown();
    assert_eq!(shown["agreed"]["name"], "鈴木 三郎");
    let step = &shown["steps"][1];
    assert_eq!((&step["name"], &step["link_of"]), (&json!("鈴木 三郎"), &json!(JIRO)));
    let receipt = Call::get(&format!("{}/receipt", meeting.links[1])).send(&meeting.desk.edge);
    let claims = claims(&receipt.body);
    assert_eq!(
        (
            &claims["approver"]["name"],
            &claims["approver"]["email"],
            &claims["appointment"]["link_of"]
        ),
        (&json!("鈴木 三郎"), &json!(""), &json!(JIRO))
    );
}

#[test]
fn the_customer_counters_and_the_desk_accepts() {
    let meeting = Meeting::proposed();
    meeting.mails();
    let fields = [
        ("act", "counter"),
        ("date0", "2026-11-27"),
        ("time0", "09:30"),
        ("date1", "2026-11-28"),
        ("time1", "11:00"),
        ("name", "Bo Jensen"),
        ("zone", "Europe/Copenhagen"),
        ("reason", "Helst om morgenen"),
        ("lang", "da"),
    ];
    let countered = meeting.post(1, &fields);
    assert_eq!(countered.status, 200, "{}", countered.body);
    assert!(
        countered.body.contains("Dine tidspunkter er sendt"),
        "{}",
        countered.body
    );
    let mails = meeting.mails();
    let [host] = sent_to(&mails, HOST)[..] else {
        panic!("{mails:?}")
    };
    assert!(
        host.subject.contains("Other times suggested") && host.text.contains("Helst om morgenen"),
        "{}",
        host.text
    );
    assert!(host.text.contains("Friday 27 November 2026, 17:30"), "{}", host.text);
    let shown = meeting.shown();
    assert_eq!(
        (&shown["state"], &shown["awaits"]),
        (&json!("countered"), &json!("desk"))
    );
    // Nobody answers their own proposal.
    let own = meeting.post(
        0,
        &[
            ("act", "choose"),
            ("offer", "2"),
            ("time", "0"),
            ("name", JIRO),
            ("zone", "Asia/Tokyo"),
        ],
    );
    assert_eq!(own.status, 410, "{}", own.body);
    let accepted = meeting.at_desk("answer", &json!({ "proposal": 2, "time": 0 }));
    assert_eq!(accepted.status, 200, "{}", accepted.body);
    let shown = accepted.json();
    assert_eq!(
        (
            &shown["agreed"]["time"]["start"],
            &shown["agreed"]["time"]["time_zone"],
            &shown["sequence"]
        ),
        (&json!("2026-11-27T09:30"), &json!("Europe/Copenhagen"), &json!(0))
    );
    let mails = meeting.mails();
    let bo = sent_to(&mails, "bo@minato.example")[0];
    assert!(
        bo.text.contains("fredag den 27. november 2026") || bo.text.contains("27. november 2026"),
        "{}",
        bo.text
    );
    assert!(bo.text.contains("Du behøver ikke at åbne noget link nu"), "{}", bo.text);
    let receipt = meeting
        .desk
        .at_desk(200, "GET", &format!("/desk/appointments/minato/{}", meeting.id), None);
    assert_eq!(receipt["agreed"]["by"], "desk");
    // The mail can be forwarded: it has nobody else's address.
    let attendees = &bo.invite.as_ref().unwrap().event.attendees;
    let addresses: Vec<&str> = attendees.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(addresses, [HOST, "bo@minato.example"]);
}

#[test]
fn the_receipt_of_a_counterproposal_is_of_the_words_and_the_moment_that_it_was_sent_with() {
    let meeting = Meeting::proposed();
    meeting.counter();
    let sent_at = meeting.desk.edge.now().0;
    meeting.desk.edge.advance(3600);
    assert_eq!(
        meeting.at_desk("answer", &json!({ "proposal": 2, "time": 0 })).status,
        200
    );
    let receipt = Call::get(&format!("{}/receipt", meeting.links[0])).send(&meeting.desk.edge);
    let claims = claims(&receipt.body);
    assert_eq!(
        (&claims["decided_at"], &claims["iat"]),
        (&json!(sent_at), &json!(sent_at + 3600))
    );
    let read = text(&claims["text"]["statement"]);
    assert!(
        read.contains("ご都合のよい日時") && read.contains("2026年11月27日（金）9時30分") && read.contains(JIRO),
        "{read}"
    );
    assert!(
        !read.contains("次の日程"),
        "the person never saw a statement to agree to: {read}"
    );
}

#[test]
fn times_that_are_sent_twice_are_told_once() {
    let meeting = Meeting::proposed();
    meeting.mails();
    meeting.counter();
    meeting.counter();
    assert_eq!(sent_to(&meeting.mails(), HOST).len(), 1);
    assert_eq!(meeting.shown()["proposal"]["number"], 2);
}

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
fn an_agreed_date_moves_with_a_reason_and_its_mails_replace_the_earlier_ones() {
    let meeting = Meeting::agreed();
    let without = meeting.at_desk("proposal", &json!({ "times": [tokyo("2026-11-30T10:00")] }));
    assert_eq!(
        (without.status.as_u16(), without.code()),
        (400, "invalid-field".to_owned())
    );
    let moved = meeting.at_desk(
        "proposal",
        &json!({ "times": [tokyo("2026-11-30T10:00")], "reason": "担当者の都合により" }),
    );
    assert_eq!(moved.status, 200, "{}", moved.body);
    assert_eq!(
        moved.json()["agreed"]["time"]["start"],
        "2026-11-24T14:00",
        "it stands until the change is agreed"
    );
    let mails = meeting.mails();
    let asked = sent_to(&mails, "jiro@minato.example")[0];
    assert!(
        asked.text.contains("担当者の都合により") && asked.text.contains("現在の日程は、変更が決まるまで"),
        "{}",
        asked.text
    );
    let fields = [
        ("act", "choose"),
        ("offer", "2"),
        ("time", "0"),
        ("name", JIRO),
        ("zone", "Asia/Tokyo"),
        ("lang", "ja"),
    ];
    assert_eq!(meeting.post(0, &fields).status, 200);
    let mails = meeting.mails();
    let (method, uid, sequence, _) = dated(sent_to(&mails, "bo@minato.example")[0]).unwrap();
    assert_eq!((method, uid, sequence), (Method::Request, meeting.id.clone(), 1));
    let jiro = sent_to(&mails, "jiro@minato.example")[0];
    assert!(
        jiro.subject.contains("日程が変わりました") && jiro.text.contains("11月30日"),
        "{}",
        jiro.text
    );
    // The customer cancels, and says why.
    let sure = [
        ("act", "cancel"),
        ("sure", "yes"),
        ("reason", "出張のため"),
        ("name", JIRO),
        ("zone", "Asia/Tokyo"),
        ("lang", "ja"),
    ];
    let cancelled = meeting.post(0, &sure);
    assert!(cancelled.body.contains("日程を中止しました"), "{}", cancelled.body);
    let mails = meeting.mails();
    for to in ["jiro@minato.example", "bo@minato.example", HOST] {
        let mail = sent_to(&mails, to)[0];
        let (method, _, sequence, _) = dated(mail).unwrap();
        assert_eq!((method, sequence), (Method::Cancel, 2), "{to}");
        assert!(mail.text.contains("出張のため"), "{}", mail.text);
    }
    assert_eq!(
        meeting.audit(),
        [
            "appointment.propose",
            "appointment.agree",
            "appointment.propose",
            "appointment.agree",
            "appointment.cancel"
        ]
    );
}

#[test]
fn declining_a_change_keeps_the_date_and_declining_all_ends_it() {
    let meeting = Meeting::agreed();
    meeting.at_desk(
        "proposal",
        &json!({ "times": [tokyo("2026-11-30T10:00")], "reason": "都合により" }),
    );
    meeting.mails();
    let unsure = meeting.post(
        0,
        &[
            ("act", "decline"),
            ("offer", "2"),
            ("name", JIRO),
            ("zone", "Asia/Tokyo"),
            ("lang", "ja"),
        ],
    );
    assert_eq!(unsure.status, 422);
    let fields = [
        ("act", "decline"),
        ("offer", "2"),
        ("sure", "yes"),
        ("name", JIRO),
        ("zone", "Asia/Tokyo"),
        ("lang", "ja"),
    ];
    assert_eq!(meeting.post(0, &fields).status, 200);
    assert_eq!(
        (meeting.state(), meeting.shown()["proposal"].clone()),
        ("agreed".to_owned(), Value::Null)
    );
    let fresh = Meeting::proposed();
    let fields = [
        ("act", "decline"),
        ("offer", "1"),
        ("sure", "yes"),
        ("name", JIRO),
        ("zone", "Asia/Tokyo"),
        ("lang", "ja"),
    ];
    assert_eq!(fresh.post(0, &fields).status, 200);
    assert_eq!(fresh.state(), "declined");
    let mails = fresh.mails();
    assert!(sent_to(&mails, HOST)[0].subject.contains("Times declined"));
}

#[test]
fn ten_minutes_before_everybody_is_mailed_how_to_join_once() {
    let meeting = Meeting::agreed();
    meeting.until_before_start(601);
    assert!(
        meeting
            .mails()
            .iter()
            .all(|(_, mail)| !mail.subject.contains("まもなく")),
        "not yet"
    );
    meeting.until_before_start(600);
    for _ in 0..3 {
        meeting.desk.edge.wake();
    }
    let mails = meeting.mails();
    let [jiro] = sent_to(&mails, "jiro@minato.example")[..] else {
        panic!("one reminder: {mails:?}")
    };
    assert_eq!(jiro.subject, format!("[Tegata] まもなく始まります：{TITLE}"));
    assert!(jiro.text.contains("セッションに参加"), "{}", jiro.text);
    let [host] = sent_to(&mails, HOST)[..] else {
        panic!("{mails:?}")
    };
    assert!(host.subject.contains("Starting soon"), "{}", host.subject);
    assert_eq!(sent_to(&mails, "bo@minato.example").len(), 1);
    assert_eq!(meeting.state(), "imminent");
    // The link lets a person consent, and nothing before.
    let join = path_in(jiro, "/j/");
    let page = Call::get(&join).send(&meeting.desk.edge);
    assert_eq!(page.status, 200);
    let joined = Call::post(&format!("{join}/join"))
        .header("origin", EDGE)
        .json(&json!({ "name": JIRO, "locale": "ja" }))
        .send(&meeting.desk.edge);
    assert_eq!(joined.status, 200, "{}", joined.body);
    // The page of the appointment leads there too.
    assert!(meeting.look(0, "").body.contains(&join));
    meeting.until_before_start(-3600);
    assert_eq!(meeting.state(), "past");
    assert!(meeting.mails().is_empty(), "nothing more is mailed");
}

#[test]
fn a_reminder_after_an_outage_says_that_it_is_late_and_none_comes_after_the_end() {
    let late = Meeting::agreed();
    late.until_before_start(-300);
    let mails = late.mails();
    let reminders = sent_to(&mails, "jiro@minato.example");
    let reminders: Vec<_> = reminders
        .iter()
        .filter(|mail| mail.subject.contains("まもなく"))
        .collect();
    let [jiro] = reminders[..] else { panic!("{mails:?}") };
    assert!(jiro.text.contains("を過ぎています。ご案内が遅くなり"), "{}", jiro.text);
    let over = Meeting::agreed();
    over.until_before_start(-3600);
    assert!(over.mails().is_empty(), "never after the end");
    assert_eq!(over.state(), "past");
}

#[test]
fn those_who_have_not_tried_their_pc_are_reminded_a_day_before_and_both_sides_see_the_result() {
    let meeting = Meeting::agreed();
    let measured = json!({
        "locale": "ja", "browser": "Chrome", "version": 156, "system": "Windows", "phone": false, "socket": true,
        "download_kbps": 200, "upload_kbps": 90, "peer": false, "sharing": "shared", "clock_seconds": 2,
    });
    let report = Call::post(&format!("{}/check", meeting.links[0]))
        .header("origin", EDGE)
        .json(&measured)
        .send(&meeting.desk.edge);
    assert_eq!(report.status, 200, "{}", report.body);
    let verdicts: Vec<(String, String)> = report.json()["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(&one["check"]), text(&one["verdict"])))
        .collect();
    let expected = [
        ("browser", "passed"),
        ("socket", "passed"),
        ("download", "warned"),
        ("upload", "failed"),
        ("peer", "warned"),
        ("sharing", "passed"),
        ("clock", "passed"),
    ];
    assert_eq!(
        verdicts,
        expected.map(|(check, verdict)| (check.to_owned(), verdict.to_owned()))
    );
    assert_eq!(
        meeting.shown()["participants"][0]["preflight"]["checks"][3]["value"],
        90
    );
    assert!(
        meeting
            .look(0, "")
            .body
            .contains("このままでは利用できない点がありました")
    );
    meeting.until_before_start(24 * 3600);
    let mails = meeting.mails();
    assert_eq!(sent_to(&mails, "jiro@minato.example").len(), 0, "he has tried his");
    let [bo] = sent_to(&mails, "bo@minato.example")[..] else {
        panic!("{mails:?}")
    };
    assert!(
        bo.subject.contains("Prøv venligst din pc") && bo.text.contains("/check"),
        "{}",
        bo.text
    );
    assert_eq!(sent_to(&mails, HOST).len(), 1, "the host is told as well");
    let elsewhere = Call::post(&format!("{}/check", meeting.links[0]))
        .header("origin", "https://evil.example")
        .json(&measured)
        .send(&meeting.desk.edge);
    assert_eq!(elsewhere.status, 403);
}

#[test]
fn nobody_answers_and_the_desk_is_told() {
    let meeting = Meeting::proposed();
    meeting.desk.edge.advance(8 * 24 * 3600);
    meeting.desk.edge.wake();
    assert_eq!(meeting.state(), "unanswered");
    let mails = meeting.mails();
    assert!(sent_to(&mails, HOST)[0].subject.contains("No answer"));
    assert_eq!(meeting.look(0, "").status, 410);
    // The desk may try again.
    let again = meeting.at_desk("proposal", &json!({ "times": [tokyo("2026-12-03T09:00")] }));
    assert_eq!(
        (again.status.as_u16(), &again.json()["state"]),
        (200, &json!("proposed"))
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
fn wrong_input_is_named_and_changes_nothing() {
    let desk = Desk::new();
    let many: Vec<Value> = (10..16).map(|hour| tokyo(&format!("2026-11-24T{hour}:00"))).collect();
    let cases = [
        (json!({ "times": [] }), "times"),
        (json!({ "times": many }), "times"),
        (
            json!({ "times": [tokyo("2026-11-24T14:00"), tokyo("2026-11-24T14:00")] }),
            "times",
        ),
        (json!({ "times": [tokyo("2026-11-01T14:00")] }), "start"),
        (json!({ "times": [tokyo("2027-11-01T14:00")] }), "start"),
        (
            json!({ "times": [json!({ "start": "2026-11-24T14:00", "time_zone": "Mars/Olympus" })] }),
            "times",
        ),
        (json!({ "length": 60 }), "length"),
        (json!({ "participants": [] }), "participants"),
        (json!({ "participants": [jiro(), jiro()] }), "participants"),
        (json!({ "title": "a\nb" }), "title"),
    ];
    for (members, field) in cases {
        let path = "/desk/customers/minato/appointments";
        let answer = send(&desk.edge, "kita-desk", &desk.agent, "POST", path, Some(&new(&members)));
        assert_eq!(answer.status, 400, "{members}: {}", answer.body);
        assert!(
            text(&answer.json()["field"]).starts_with(field),
            "{members}: {}",
            answer.body
        );
    }
    assert!(desk.edge.mails().is_empty());
    let listed = desk.at_desk(200, "GET", "/desk/appointments", None);
    assert_eq!(listed["items"], json!([]));
    assert_eq!(bo()["locale"], "da");
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
    let few = Call::get(&format!("{link}/check/bytes?size=1000")).send(edge);
    assert_eq!(
        (few.status.as_u16(), few.header("cache-control")),
        (200, "no-store, no-transform")
    );
    let date = few.header("date");
    assert!(
        date.len() == 29 && date.ends_with(" GMT"),
        "clocks are compared with it: {date}"
    );
    let most = Call::get(&format!("{link}/check/bytes?size=99999999")).send(edge);
    assert_eq!(
        b64::decode_standard(&most.body).map(|bytes| bytes.len()),
        Some(256 * 1024)
    );
}

/// Requests remote support with `members`, has it approved, and returns its id.
fn approved_launch(asked: &Asked, members: &Value) -> String {
    let mut wanted = request(&asked.machine.equipment);
    for (name, value) in members.as_object().unwrap() {
        wanted[name] = value.clone();
    }
    let made = asked
        .desk
        .at_desk(201, "POST", "/customers/minato/launches", Some(&wanted));
    let id = text(&made["id"]);
    let approve = json!({ "outcome": "approved", "confirmed": true });
    asked
        .desk
        .at_customer(200, "POST", &format!("/launches/{id}/decision"), Some(&approve));
    id
}

#[test]
fn a_launch_with_a_start_is_a_date_in_everybodys_calendar_which_follows_it() {
    let asked = Asked::new();
    let edge = &asked.desk.edge;
    edge.mails();
    let start = edge.now().0 + 3 * 24 * 3600;
    let id = approved_launch(&asked, &json!({ "starts_at": start }));
    let mails = edge.addressed_mails();
    let date = |mails: &[(String, ComposedMail)]| {
        let dated: Vec<_> = mails
            .iter()
            .filter_map(|(to, mail)| Some((to.clone(), dated(mail)?)))
            .collect();
        assert_eq!(dated.len(), 2, "the administrator and the host: {mails:?}");
        dated[0].1.clone()
    };
    let (method, uid, sequence, at) = date(&mails);
    assert_eq!((method, sequence, at), (Method::Request, 0, start));
    let schedule = mails
        .iter()
        .find(|(to, mail)| to == "hanako@minato.example" && mail.invite.is_some());
    assert!(
        schedule
            .unwrap()
            .1
            .text
            .contains("You do not need to do anything on the day")
    );
    // Its date is not answered for itself.
    let path = format!("/desk/appointments/minato/{uid}");
    let cancel = json!({ "reason": "都合により" });
    let alone = send(
        edge,
        "kita-desk",
        &asked.desk.agent,
        "POST",
        &format!("{path}/cancel"),
        Some(&cancel),
    );
    assert_eq!((alone.status.as_u16(), alone.code()), (409, "conflict".to_owned()));
    // Moving it is a launch that replaces the first, once it is approved.
    let later = start + 3600;
    let replacing = approved_launch(&asked, &json!({ "starts_at": later, "replaces": id }));
    let (method, same, sequence, at) = date(&edge.addressed_mails());
    assert_eq!(
        (method, same.as_str(), sequence, at),
        (Method::Request, uid.as_str(), 1, later)
    );
    let first = asked
        .desk
        .at_desk(200, "GET", &format!("/desk/launches/minato/{id}"), None);
    assert!(first["ended"].is_object(), "{first}");
    let shown = asked.desk.at_desk(200, "GET", &path, None);
    assert_eq!(
        (&shown["state"], &shown["event"]["launch"]["launch"]),
        (&json!("agreed"), &json!(replacing))
    );
    // It ends with the launch.
    let ended = send(
        edge,
        "kita-desk",
        &asked.desk.agent,
        "POST",
        &format!("/desk/launches/minato/{replacing}/end"),
        None,
    );
    assert_eq!(ended.status, 200, "{}", ended.body);
    let (method, same, sequence, _) = date(&edge.addressed_mails());
    assert_eq!((method, same.as_str(), sequence), (Method::Cancel, uid.as_str(), 2));
}

#[test]
fn a_launch_that_is_refused_or_has_no_start_is_no_date() {
    let asked = Asked::new();
    asked.desk.edge.mails();
    approved_launch(&asked, &json!({}));
    assert!(asked.desk.edge.mails().iter().all(|mail| mail.invite.is_none()));
    let listed = asked.desk.at_desk(200, "GET", "/desk/appointments", None);
    assert_eq!(listed["items"], json!([]));
}

#[test]
fn a_machine_with_a_date_is_tried_and_both_sides_read_the_result() {
    let asked = Asked::new();
    let (desk, edge) = (&asked.desk, &asked.desk.edge);
    let asks = |said: &[Value]| said.iter().any(|said| said["type"] == "check");
    assert!(!asks(&asked.machine.connect(desk)), "there is no date");
    let start = edge.now().0 + 3 * 24 * 3600;
    let id = approved_launch(&asked, &json!({ "starts_at": start }));
    assert!(asks(&asked.machine.ordered(desk)), "the date is made");
    assert!(asks(&asked.machine.connect(desk)), "it has not been tried");
    let measured = json!({
        "type": "checked", "connection": true, "proxy": true, "download_kbps": 200, "upload_kbps": 100,
        "screen": true, "clock_seconds": -2, "of_a_newer_agent": 1,
    });
    asked.machine.says(desk, &measured);
    edge.mails();
    assert!(!asks(&asked.machine.connect(desk)), "it has been tried");
    let listed = desk.at_desk(200, "GET", "/desk/appointments", None);
    let date = text(&listed["items"][0]["appointment"]["id"]);
    let seen = [
        desk.at_desk(200, "GET", &format!("/desk/appointments/minato/{date}"), None),
        desk.at_customer(200, "GET", "/appointments", None)["items"][0].clone(),
    ];
    for seen in seen {
        let launch = &seen["event"]["launch"];
        assert_eq!(launch["launch"], json!(id), "{seen}");
        let checks = launch["preflight"]["checks"].as_array().unwrap();
        let verdict = |name: &str| {
            let one = checks.iter().find(|one| one["check"] == name);
            one.map(|one| text(&one["verdict"]))
        };
        let verdicts = ["connection", "proxy", "download", "upload", "screen", "clock"].map(verdict);
        let expected = ["passed", "passed", "warned", "failed", "passed", "passed"];
        assert_eq!(verdicts, expected.map(|name| Some(name.to_owned())));
    }
    edge.mails();
    edge.advance(3 * 24 * 3600 - 60);
    edge.wake();
    let asked_for = edge.mails().iter().any(|mail| mail.subject.contains("try"));
    assert!(!asked_for, "nobody is reminded of a check that is done");
}

#[test]
fn a_machine_that_reports_all_day_is_heard_twenty_times_an_hour() {
    let asked = Asked::new();
    let desk = &asked.desk;
    asked.machine.connect(desk);
    approved_launch(&asked, &json!({ "starts_at": desk.edge.now().0 + 3 * 24 * 3600 }));
    for rate in 1000..1040 {
        let measured = json!({
            "type": "checked", "connection": true, "download_kbps": rate, "upload_kbps": rate, "screen": false,
        });
        asked.machine.says(desk, &measured);
    }
    desk.edge.mails();
    let listed = desk.at_desk(200, "GET", "/desk/appointments", None);
    let checks = &listed["items"][0]["appointment"]["event"]["launch"]["preflight"]["checks"];
    let rate = checks.as_array().unwrap().iter().find(|one| one["check"] == "download");
    assert_eq!(rate.unwrap()["value"], json!(1019), "{checks}");
}

#[test]
fn a_suspended_customers_date_does_not_take_place() {
    let meeting = Meeting::agreed();
    let suspended = send(
        &meeting.desk.edge,
        "kita-desk",
        &meeting.desk.agent,
        "POST",
        "/customers/minato/suspend",
        None,
    );
    assert_eq!(suspended.status, 200, "{}", suspended.body);
    assert_eq!(meeting.choose(0, 1, JIRO).status, 403);
    meeting.until_before_start(600);
    let mails = meeting.mails();
    assert!(
        mails.iter().all(|(_, mail)| !mail.text.contains("/j/")),
        "nobody is let in: {mails:?}"
    );
    assert_eq!(meeting.state(), "cancelled");
}

#[test]
fn what_a_mail_told_is_dropped_when_it_no_longer_holds() {
    let meeting = Meeting::proposed();
    assert_eq!(meeting.choose(0, 0, JIRO).status, 200);
    // Before the schedule is sent, it is cancelled: only the cancellation leaves.
    assert_eq!(
        meeting.at_desk("cancel", &json!({ "reason": "解決しました" })).status,
        200
    );
    let mails = meeting.mails();
    let jiro = sent_to(&mails, "jiro@minato.example");
    assert_eq!(
        jiro.iter()
            .filter_map(|mail| dated(mail))
            .map(|one| one.0)
            .collect::<Vec<_>>(),
        [Method::Cancel]
    );
}

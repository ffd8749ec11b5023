//! Appointments from the desk's proposal to the agreed date and its end (Z1, B7): mails, answers, changes, and what happens
//! to those who come too late, twice, or from elsewhere.

use serde_json::{Value, json};
use tegata_domain::calendar::Method;
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, send};
use crate::support::appointment::{HOST, JIRO, Meeting, TITLE, bo, claims, dated, jiro, new, path_in, sent_to, tokyo};
use crate::support::call::Call;
use crate::support::scene::text;

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

//! What happens to an appointment by itself (Z1, B7): reminders, checks that are missing, and the end.

use serde_json::json;
use tegata_domain::calendar::Method;

use crate::desk::send;
use crate::support::appointment::{HOST, JIRO, Meeting, TITLE, dated, path_in, sent_to, tokyo};
use crate::support::call::Call;
use crate::support::edge::EDGE;
use crate::support::scene::text;

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

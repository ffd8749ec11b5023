//! The rules of a zone change after a date was agreed there: the time on the wall stays, and everybody is told what it is
//! elsewhere.

use tegata_domain::calendar::{Method, Organizer};
use tegata_domain::desk::DeskAction;
use tegata_domain::error::Refusal;
use tegata_domain::mail::ComposedMail;
use tegata_domain::time::UnixSeconds;

use crate::support::meeting::{BO, HOST, JIRO, Meeting, acting, proposal, sides};
use crate::support::rules::{SaoPaulo, learn};
use crate::support::world::{DAY, HOUR};

/// A Thursday afternoon in São Paulo, in what may be its summer time.
const START: &str = "2027-01-14T14:00";

/// The lines of a mail's date, unfolded.
fn calendar(mail: &ComposedMail) -> Vec<String> {
    let invite = mail
        .invite
        .as_ref()
        .unwrap_or_else(|| panic!("no date: {}", mail.subject));
    let organizer = Organizer {
        name: "Tegata",
        address: "tegata@example.com",
    };
    let text = invite.event.message(invite.method, "Tegata", organizer);
    text.replace("\r\n ", "").lines().map(str::to_owned).collect()
}

fn recipients(mails: &[(String, ComposedMail)]) -> Vec<&str> {
    let mut all: Vec<&str> = mails.iter().map(|(to, _)| to.as_str()).collect();
    all.sort_unstable();
    all
}

#[test]
fn a_date_stays_on_the_wall_and_everybody_is_told_of_the_new_instant() {
    let meeting = Meeting::agreed(START);
    let before = meeting.start();
    assert!(
        meeting.wait_until(before.plus(-30 * DAY)).is_empty(),
        "the rules are the same"
    );
    learn(SaoPaulo::Summer);
    let since = meeting.customer.audit().len();
    assert!(
        meeting.wait_until(before.plus(-7 * DAY - 1)).is_empty(),
        "rules are compared at fixed times"
    );
    let mails = meeting.wait_until(before.plus(-7 * DAY));
    assert_eq!(recipients(&mails), [BO, HOST, JIRO]);
    let shown = meeting.shown();
    assert_eq!(shown["agreed"]["time"]["start"], START);
    assert_eq!(meeting.start(), before.plus(-HOUR));
    assert_eq!((&shown["sequence"], &shown["state"]), (&1.into(), &"agreed".into()));
    assert_eq!(shown["agreed"]["name"], "佐藤 次郎", "nobody has agreed anew");
    for (to, mail) in &mails {
        let lines = calendar(mail);
        for expected in [
            "METHOD:REQUEST".to_owned(),
            format!("UID:{}", meeting.id),
            "SEQUENCE:1".to_owned(),
            "DTSTART;TZID=America/Sao_Paulo:20270114T140000".to_owned(),
            "DTEND;TZID=America/Sao_Paulo:20270114T150000".to_owned(),
            "TZOFFSETTO:-0200".to_owned(),
        ] {
            assert!(lines.contains(&expected), "{to}: {expected}: {lines:#?}");
        }
        assert_eq!(mail.invite.as_ref().unwrap().event.start, before.plus(-HOUR));
    }
    let (_, jiro) = mails.iter().find(|(to, _)| to == JIRO).unwrap();
    assert!(
        jiro.subject.contains("時刻をご確認ください") && jiro.text.contains("2027年1月15日（金）1時00分（日本時間）"),
        "{}",
        jiro.text
    );
    assert_eq!(
        meeting.customer.acts_since(since),
        ["appointment.shift 2027-01-14T14:00 America/Sao_Paulo"]
    );
}

#[test]
fn a_date_that_has_moved_is_told_of_once_and_reminded_of_by_the_new_instant() {
    let meeting = Meeting::agreed(START);
    let before = meeting.start();
    learn(SaoPaulo::Summer);
    meeting.wait_until(before.plus(-30 * DAY));
    let start = meeting.start();
    assert_eq!(start, before.plus(-HOUR));
    for _ in 0..3 {
        meeting.customer.tidy();
        assert!(meeting.deliver().is_empty());
    }
    assert!(
        meeting.wait_until(start.plus(-7 * DAY)).is_empty(),
        "they have not changed again"
    );
    meeting.wait_until(start.plus(-601));
    assert_eq!(meeting.shown()["state"], "agreed");
    meeting.wait_until(start.plus(-600));
    assert_eq!(meeting.shown()["state"], "imminent");
}

#[test]
fn rules_that_change_back_move_the_date_back() {
    let meeting = Meeting::agreed(START);
    let before = meeting.start();
    learn(SaoPaulo::Summer);
    meeting.wait_until(before.plus(-30 * DAY));
    learn(SaoPaulo::Lasting);
    let mails = meeting.wait_until(before.plus(-7 * DAY));
    assert_eq!((recipients(&mails), meeting.start()), (vec![BO, HOST, JIRO], before));
    let sequences: Vec<i64> = mails
        .iter()
        .map(|(_, mail)| mail.invite.as_ref().unwrap().event.sequence)
        .collect();
    assert_eq!(sequences, [2, 2, 2]);
}

#[test]
fn a_zone_that_the_platform_no_longer_knows_moves_nothing_and_is_given_in_utc() {
    let meeting = Meeting::agreed(START);
    let (before, shown) = (meeting.start(), meeting.shown());
    learn(SaoPaulo::Unknown);
    for days in [30, 7] {
        assert!(meeting.wait_until(before.plus(-days * DAY)).is_empty());
    }
    assert_eq!(meeting.shown(), shown);
    let cancel = serde_json::from_str(r#"{ "reason": "解決しました" }"#).unwrap();
    meeting.at_desk(DeskAction::CancelAppointment(meeting.id.clone(), Box::new(cancel)));
    let mails = meeting.deliver();
    assert_eq!(recipients(&mails), [BO, HOST, JIRO]);
    for (to, mail) in &mails {
        assert_eq!(mail.invite.as_ref().unwrap().method, Method::Cancel);
        let lines = calendar(mail);
        assert!(
            lines.contains(&"DTSTART:20270114T170000Z".to_owned()) && !lines.contains(&"BEGIN:VTIMEZONE".to_owned()),
            "{to}: {lines:#?}"
        );
    }
}

#[test]
fn a_time_for_which_the_platform_has_no_rules_is_refused_and_changes_nothing() {
    let (customer, provider) = sides();
    let ask = |start: &str| customer.send(acting((&customer, &provider), proposal(start)));
    learn(SaoPaulo::ThisYear);
    let refused = customer.unchanged(|| ask(START));
    let Err(Refusal::Invalid(error)) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(error.field, "time_zone");
    assert!(customer.deliver().is_empty(), "nobody was asked");
    assert!(ask("2026-12-10T14:00").is_ok(), "this year's are known");
}

#[test]
fn a_proposed_time_stays_on_the_wall_when_the_rules_change_before_it_is_chosen() {
    let (meeting, token) = Meeting::proposed(START);
    learn(SaoPaulo::Summer);
    // What is read before the choice names the instant that is chosen.
    let page = meeting.page(&token);
    let at = &page["view"]["proposal"]["times"][0]["at"];
    assert_eq!(UnixSeconds(at.as_i64().unwrap()).rfc3339(), "2027-01-14T16:00:00Z");
    let read = page["statements"][0].as_str().unwrap();
    assert!(read.contains("1月15日（金）1時00分（日本時間）"), "{read}");
    meeting.choose(&token).unwrap();
    let shown = meeting.shown();
    assert_eq!(shown["agreed"]["time"]["start"], START);
    assert_eq!(meeting.start().rfc3339(), "2027-01-14T16:00:00Z", "14:00 in São Paulo");
    for (to, mail) in meeting.deliver() {
        let lines = calendar(&mail);
        let start = "DTSTART;TZID=America/Sao_Paulo:20270114T140000".to_owned();
        assert!(lines.contains(&start), "{to}: {lines:#?}");
    }
}

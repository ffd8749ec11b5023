use super::{Attendee, Event, LocalTime, Method, Organizer, Resolved, ZoneName, feed, resolve};
use crate::time::{TimeZone, UnixSeconds};

fn zone(name: &str) -> TimeZone {
    TimeZone::parse(name).unwrap()
}

fn local(text: &str) -> LocalTime {
    LocalTime::parse(text).unwrap()
}

fn at(text: &str) -> UnixSeconds {
    local(text).in_utc()
}

/// An event of an hour at `start` in UTC, agreed in `name`.
fn event(name: &str, start: &str) -> Event {
    Event {
        uid: "AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
        sequence: 0,
        stamp: UnixSeconds(1_795_000_000),
        start: at(start),
        end: at(start).plus(3600),
        zone: ZoneName::from(&zone(name)),
        summary: "印刷の設定".to_owned(),
        description: String::new(),
        url: None,
        attendees: Vec::new(),
        cancelled: false,
    }
}

const SENDER: Organizer<'_> = Organizer {
    name: "北サポート",
    address: "tegata@example.com",
};

#[test]
fn a_local_time_is_spelt_in_one_way() {
    assert_eq!(local("2026-12-03T14:00").to_string(), "2026-12-03T14:00");
    for text in [
        "",
        "2026-12-03",
        "2026-12-03 14:00",
        "2026-12-03T14:00:00",
        "2026-12-03T24:00",
        "2026-02-30T14:00",
        "2026-12-03T14:60",
        "1969-12-03T14:00",
        "２026-12-03T14:0",
        "2026-12-03T14:0é",
    ] {
        assert!(LocalTime::parse(text).is_err(), "{text}");
    }
}

/// The expected instants are those of Python's zoneinfo.
#[test]
fn a_time_means_one_instant_two_or_none() {
    let cases = [
        ("Asia/Tokyo", "2026-12-03T14:00", Resolved::Once(at("2026-12-03T05:00"))),
        (
            "Europe/Copenhagen",
            "2027-03-28T01:59",
            Resolved::Once(at("2027-03-28T00:59")),
        ),
        (
            "Europe/Copenhagen",
            "2027-03-28T02:30",
            Resolved::Never(at("2027-03-28T00:30"), at("2027-03-28T01:30")),
        ),
        (
            "Europe/Copenhagen",
            "2027-03-28T03:00",
            Resolved::Once(at("2027-03-28T01:00")),
        ),
        (
            "Europe/Copenhagen",
            "2026-10-25T02:30",
            Resolved::Twice(at("2026-10-25T00:30"), at("2026-10-25T01:30")),
        ),
        (
            "Europe/Copenhagen",
            "2026-10-25T03:00",
            Resolved::Once(at("2026-10-25T02:00")),
        ),
        (
            "Australia/Lord_Howe",
            "2027-04-04T01:45",
            Resolved::Twice(at("2027-04-03T14:45"), at("2027-04-03T15:15")),
        ),
        (
            "Australia/Lord_Howe",
            "2026-10-04T02:15",
            Resolved::Never(at("2026-10-03T15:15"), at("2026-10-03T15:45")),
        ),
        (
            "America/Sao_Paulo",
            "2026-12-03T14:00",
            Resolved::Once(at("2026-12-03T17:00")),
        ),
        // A day that was skipped.
        (
            "Pacific/Apia",
            "2011-12-30T12:00",
            Resolved::Never(at("2011-12-29T22:00"), at("2011-12-30T22:00")),
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(resolve(&zone(name), local(text)), Some(expected), "{name} {text}");
    }
}

#[test]
fn every_line_is_folded_between_characters_and_reads_the_same_unfolded() {
    let mut long = event("Asia/Tokyo", "2026-12-03T05:00");
    long.summary = format!("{}😀,;\\\"{}", "あ".repeat(24), "é".repeat(60));
    long.description = "一行目\r\n二行目\r三行目\u{7}\n終わり".to_owned();
    let text = long.message(Method::Request, "Tegata", SENDER);
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    let whole = text.replace("\r\n ", "");
    let summary = format!("SUMMARY:{}😀\\,\\;\\\\\"{}\r\n", "あ".repeat(24), "é".repeat(60));
    assert!(whole.contains(&summary), "{whole}");
    assert!(
        whole.contains("DESCRIPTION:一行目\\n二行目\\n三行目 \\n終わり\r\n"),
        "{whole}"
    );
}

#[test]
fn a_name_cannot_leave_its_parameter() {
    let mut invited = event("Asia/Tokyo", "2026-12-03T05:00");
    invited.attendees = vec![Attendee {
        name: "佐藤\";ROLE=CHAIR:mailto:x@example.com\r\nATTENDEE:".to_owned(),
        address: "\"a..b\"@example.com".to_owned(),
        chairs: false,
    }];
    let text = invited.message(Method::Request, "Tegata", SENDER).replace("\r\n ", "");
    let expected = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;\
        CN=\"佐藤';ROLE=CHAIR:mailto:x@example.com  ATTENDEE:\":mailto:%22a..b%22@example.com\r\n";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn message_unchanged() {
    let mut meeting = event("Europe/Copenhagen", "2026-12-03T08:00");
    meeting.sequence = 2;
    meeting.url = Some("https://edge.example.com/m/x".to_owned());
    meeting.attendees = vec![
        Attendee {
            name: "Mori Aya".to_owned(),
            address: "aya.mori@kita.example".to_owned(),
            chairs: true,
        },
        Attendee {
            name: "Søren Holm".to_owned(),
            address: "soren@fjord.example".to_owned(),
            chairs: false,
        },
    ];
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Tegata//Tegata//EN\r\nCALSCALE:GREGORIAN\r\n\
        METHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\n\
        BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n";
    let text = meeting.message(Method::Request, "Tegata", SENDER);
    let head = text.replace("BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n", "");
    assert!(head.starts_with(expected), "{text}");
    let tail = "BEGIN:VEVENT\r\nUID:AAAAAAAAAAAAAAAAAAAAAA\r\nDTSTAMP:20261118T110640Z\r\nSEQUENCE:2\r\n\
        DTSTART;TZID=Europe/Copenhagen:20261203T090000\r\nDTEND;TZID=Europe/Copenhagen:20261203T100000\r\n\
        SUMMARY:印刷の設定\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nURL:https://edge.example.com/m/x\r\n\
        ORGANIZER;CN=\"北サポート\":mailto:tegata@example.com\r\n\
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=CHAIR;PARTSTAT=ACCEPTED;CN=\"Mori Aya\":mailto:aya.mori@kita.example\r\n\
        ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Søren Holm\":mailto:soren@fjord.example\r\n\
        END:VEVENT\r\nEND:VCALENDAR\r\n";
    assert!(text.replace("\r\n ", "").ends_with(tail), "{text}");
}

#[test]
fn tokyo_has_one_observance_and_copenhagen_both() {
    let tokyo = event("Asia/Tokyo", "2026-12-03T05:00").message(Method::Request, "Tegata", SENDER);
    assert!(tokyo.contains("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\nTZOFFSETTO:+0900\r\nTZNAME:JST\r\nEND:STANDARD\r\n"));
    assert_eq!(tokyo.matches("TZOFFSETTO").count(), 1, "{tokyo}");
    let howe = event("Australia/Lord_Howe", "2027-04-03T14:45").message(Method::Request, "Tegata", SENDER);
    assert!(
        howe.contains("BEGIN:DAYLIGHT") && howe.contains("TZOFFSETTO:+1030"),
        "{howe}"
    );
}

#[test]
fn a_zone_that_is_not_known_is_given_in_utc() {
    let mut meeting = event("Asia/Tokyo", "2026-12-03T05:00");
    meeting.zone = serde_json::from_str("\"Mars/Olympus\"").unwrap();
    let text = meeting.message(Method::Cancel, "Tegata", SENDER);
    assert!(
        text.contains("DTSTART:20261203T050000Z\r\n") && !text.contains("VTIMEZONE"),
        "{text}"
    );
    let both = feed("Tegata", "予定", &[meeting, event("Asia/Tokyo", "2026-12-03T05:00")]);
    assert!(
        both.contains("DTSTART:20261203T050000Z\r\n") && both.contains("DTSTART;TZID=Asia/Tokyo:20261203T140000\r\n")
    );
    assert_eq!(both.matches("BEGIN:VTIMEZONE").count(), 1);
}

/// The table is Python's (tests/calendars/times.py): its rules are another library's than ours.
#[test]
fn wall_clock_times_mean_what_another_librarys_rules_say() {
    let rows: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../../tests/calendars/times.json")).unwrap();
    for row in &rows {
        let (name, text) = (row["zone"].as_str().unwrap(), row["local"].as_str().unwrap());
        let expected: Vec<i64> = row["at"]
            .as_array()
            .unwrap()
            .iter()
            .map(|at| at.as_i64().unwrap())
            .collect();
        let found = match resolve(&zone(name), local(text)) {
            Some(Resolved::Once(at)) => vec![at.0],
            Some(Resolved::Twice(first, second)) => vec![first.0, second.0],
            Some(Resolved::Never(..)) => vec![],
            None => panic!("{name} has no rules"),
        };
        assert_eq!(found, expected, "{name} {text}");
        for at in expected {
            assert_eq!(
                LocalTime::of(&zone(name), UnixSeconds(at)),
                Some(local(text)),
                "{name} {text}"
            );
        }
    }
    assert!(rows.len() > 200);
}

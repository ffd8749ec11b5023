//! What other people's calendar programs read in our invitations and feeds: PyPI's icalendar, npm's ical.js and Debian's
//! khal, by the rules that the texts carry. The expected instants are Python's (tests/calendars/times.py), whose rules are
//! another library's than ours. The same invitations from the platform's own rules are in tests/web/calendars.test.mjs.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tegata_domain::calendar::{Attendee, Event, Method, Organizer, ZoneName, feed};
use tegata_domain::time::{TimeZone, UnixSeconds};
use xtask::tools;

const SENDER: Organizer<'_> = Organizer {
    name: "北サポート, 窓口",
    address: "tegata@example.com",
};
const SUMMARY: &str = "印刷, 検査; 「確認」\\ 😀 og en lang titel, der skal foldes mellem tegn, ikke midt i et tegn";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("calendars")
}

/// Each instant of the table, with its zone and its wall-clock time.
fn instants() -> Vec<(String, String, i64)> {
    let table = fs::read_to_string(folder().join("times.json")).expect("the table is committed");
    let rows: Vec<Value> = serde_json::from_str(&table).expect("the table is JSON");
    let one = |row: &Value| {
        let (zone, local) = (row["zone"].as_str()?.to_owned(), row["local"].as_str()?.to_owned());
        Some((zone, local, row["at"].as_array()?.clone()))
    };
    let rows = rows.iter().map(|row| one(row).expect("a row"));
    rows.flat_map(|(zone, local, at)| {
        at.into_iter()
            .map(move |at| (zone.clone(), local.clone(), at.as_i64().unwrap()))
    })
    .collect()
}

fn event(number: usize, zone: &str, at: i64) -> Event {
    let zone = TimeZone::parse(zone).expect("a zone");
    Event {
        uid: format!("event-{number}"),
        sequence: 3,
        stamp: UnixSeconds(1_795_000_000),
        start: UnixSeconds(at),
        end: UnixSeconds(at).plus(3600),
        zone: ZoneName::from(&zone),
        summary: SUMMARY.to_owned(),
        description: "一行目\n二行目, 続き; 終わり".to_owned(),
        url: Some("https://edge.example.com/m/x".to_owned()),
        attendees: vec![Attendee {
            name: "佐藤, 次郎; \"所長\" 😀".to_owned(),
            address: "jiro@minato.example".to_owned(),
            chairs: false,
        }],
        cancelled: false,
    }
}

/// Gives `texts` to a reader, and returns what it found in each.
fn read(mut reader: Command, texts: &[String]) -> Vec<Value> {
    let mut reader = reader
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the reader starts");
    let input = serde_json::to_vec(texts).expect("texts are JSON");
    reader
        .stdin
        .take()
        .unwrap()
        .write_all(&input)
        .expect("the reader reads");
    let output = reader.wait_with_output().expect("the reader ends");
    assert!(output.status.success(), "the reader failed");
    serde_json::from_slice(&output.stdout).expect("the reader writes JSON")
}

fn icalendar() -> Command {
    let mut reader = Command::new(tools::calendar_reader().expect("icalendar is installed"));
    reader.arg(folder().join("read.py"));
    reader
}

fn ical_js() -> Command {
    let root = folder().join("../..");
    let mut reader = Command::new(root.join("node_modules/.bin/node"));
    reader.arg(folder().join("read.mjs"));
    reader
}

#[test]
fn every_reader_places_every_invitation_at_the_instant_of_the_table() {
    let instants = instants();
    let texts: Vec<String> = instants
        .iter()
        .enumerate()
        .map(|(number, (zone, _, at))| event(number, zone, *at).message(Method::Request, "Tegata", SENDER))
        .collect();
    for (reader, by) in [(icalendar(), "icalendar"), (ical_js(), "ical.js")] {
        let found = read(reader, &texts);
        assert_eq!(found.len(), texts.len());
        for (number, (found, (zone, local, at))) in found.iter().zip(&instants).enumerate() {
            let place = format!("{by}: {zone} {local}\n{}", texts[number]);
            assert_eq!(found["errors"], json!([]), "{place}");
            assert_eq!(found["method"], "REQUEST", "{place}");
            let read = &found["events"][0];
            assert_eq!(read["local"], json!(local), "{place}");
            assert_eq!(read["summary"], json!(SUMMARY), "{place}");
            assert_eq!(read["sequence"], 3, "{place}");
            assert_eq!(read["attendees"][0], json!("佐藤, 次郎; '所長' 😀"), "{place}");
            // A wall-clock time that exists twice cannot be told apart in a calendar: readers take the first.
            let twice = instants
                .iter()
                .filter(|(other, text, _)| other == zone && text == local)
                .count()
                > 1;
            let start = read["start"].as_i64().unwrap();
            assert!(start == *at || twice, "{place}");
        }
    }
    eprintln!("{} invitations, two readers", texts.len());
}

#[test]
fn khal_imports_a_feed_and_lists_its_dates() {
    let zones = [
        "Asia/Tokyo",
        "Europe/Copenhagen",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
    ];
    let instants = instants();
    let dates: Vec<_> = instants
        .iter()
        .filter(|(zone, ..)| zones.contains(&zone.as_str()))
        .collect();
    let once =
        |of: &&&(String, String, i64)| dates.iter().filter(|other| other.0 == of.0 && other.1 == of.1).count() == 1;
    let dates: Vec<_> = dates.iter().filter(once).collect();
    let events: Vec<Event> = dates
        .iter()
        .enumerate()
        .map(|(number, (zone, _, at))| event(number, zone, *at))
        .collect();
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("khal");
    drop(fs::remove_dir_all(&place));
    fs::create_dir_all(place.join("calendar")).unwrap();
    let feed_file = place.join("feed.ics");
    fs::write(&feed_file, feed("Tegata", "予定", &events)).unwrap();
    let config = format!(
        "[calendars]\n[[desk]]\npath = {0}/calendar\n[default]\ndefault_calendar = desk\n[locale]\nlocal_timezone = UTC\n\
         default_timezone = UTC\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n\
         datetimeformat = %Y-%m-%dT%H:%M\nlongdatetimeformat = %Y-%m-%dT%H:%M\n[sqlite]\npath = {0}/khal.db\n",
        place.display()
    );
    fs::write(place.join("config"), config).unwrap();
    let khal = |arguments: &[&str]| {
        let mut command = Command::new("khal");
        command.arg("-c").arg(place.join("config")).args(arguments);
        let output = command.env("LC_ALL", "C.UTF-8").output().expect("khal is installed");
        let (out, error) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(output.status.success(), "khal {arguments:?}: {out}{error}");
        out.into_owned()
    };
    khal(&["import", "-a", "desk", "--batch", &feed_file.display().to_string()]);
    let format = "{uid} {start-long-full} {title}";
    let listed = khal(&[
        "list",
        "--once",
        "--day-format",
        "",
        "--format",
        format,
        "2026-11-01",
        "2027-12-31",
    ]);
    for (number, (zone, local, at)) in dates.iter().enumerate() {
        let utc = UnixSeconds(*at).rfc3339();
        let expected = format!("event-{number} {} 印刷, 検査", &utc[..16]);
        assert!(listed.contains(&expected), "{zone} {local}: {expected}\n{listed}");
    }
    eprintln!("{} dates", dates.len());
}

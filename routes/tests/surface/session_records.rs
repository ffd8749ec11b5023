//! The record of a session on equipment: what both sides read, what the customer is mailed, and the desk's own note.

use serde_json::{Value, json};
use tegata_domain::session::files::{FileOffer, Received};
use tegata_domain::session::party::Party;
use tegata_domain::session::{Ability, DeedOutcome, SessionEnd, SessionEvent};
use tegata_domain::text::ChatText;

use crate::support::launch::Asked;
use crate::support::scene::text;

fn by_desk() -> Party {
    serde_json::from_value(json!({
        "provider": "kita-desk", "user": "AAECAwQFBgcICQoLDA0ODw", "name": "鈴木 一郎", "client": "192.0.2.1",
    }))
    .unwrap()
}

/// What a session reports of a visit in which a file was handed over.
fn visit() -> Vec<SessionEvent> {
    let file: FileOffer = serde_json::from_value(json!({
        "id": "AAECAwQFBgcICQoLDA0ODw", "name": "patch 2.bin", "size": 5, "sha256": "ab".repeat(32),
    }))
    .unwrap();
    let machine = || serde_json::from_value::<Party>(json!({ "machine": "line-7" })).unwrap();
    vec![
        SessionEvent::Joined { by: by_desk() },
        SessionEvent::Did {
            by: by_desk(),
            ability: Ability::ControlScreen,
            detail: None,
            outcome: DeedOutcome::Done,
        },
        SessionEvent::Said {
            message: 1,
            by: by_desk(),
            text: ChatText::parse("これから始めます。").unwrap(),
        },
        SessionEvent::Typed {
            by: by_desk(),
            lines: "[1.000,\"i\",\"whoami\\r\"]\n".to_owned(),
        },
        SessionEvent::Offered {
            by: by_desk(),
            file: file.clone(),
        },
        SessionEvent::Received {
            by: machine(),
            from: by_desk(),
            file,
            outcome: Received::Done,
        },
        SessionEvent::Ended {
            why: SessionEnd::Desk,
            by: Some(by_desk()),
        },
    ]
}

#[test]
fn both_sides_read_the_record_and_the_customer_gets_it_in_short() {
    let (asked, open) = Asked::running();
    asked.desk.edge.mails();
    let events = visit();
    for (number, event) in (2..).zip(events.clone()) {
        asked.report(&open, number, event.clone());
        // A report that comes again changes nothing.
        asked.report(&open, number, event);
    }
    let path = format!("/launches/{}/record", asked.id);
    let record = asked.desk.at_customer(200, "GET", &path, None);
    let kinds = |record: &Value| -> Vec<String> {
        let items = record["items"].as_array().unwrap();
        items.iter().map(|item| text(&item["event"])).collect()
    };
    let expected = ["joined", "did", "said", "typed", "offered", "received", "ended"];
    assert_eq!(kinds(&record), expected);
    assert_eq!(record["items"][2]["text"], "これから始めます。");
    let at_desk = format!("/desk/launches/minato/{}/record", asked.id);
    assert_eq!(asked.desk.at_desk(200, "GET", &at_desk, None), record);
    let log = asked.desk.at_customer(200, "GET", "/audit", None).to_string();
    for logged in [
        "launch.control_screen",
        "launch.offer_file",
        "patch 2.bin (5 bytes, sha256 abab",
    ] {
        assert!(log.contains(logged), "{logged} is in the customer's log");
    }
    assert!(
        !log.contains("これから始めます。") && !log.contains("whoami"),
        "what was written is on the record alone"
    );
    let mails = asked.desk.edge.mails();
    let [summary] = &mails[..] else {
        panic!("the administrator is mailed what happened, once: {mails:?}")
    };
    for told in [
        "patch 2",
        "鈴木 一郎",
        "line-7",
        "5 bytes",
        &format!("/#/launches/{}", asked.id),
    ] {
        assert!(summary.text.contains(told), "{told}: {}", summary.text);
    }
    assert!(!summary.text.contains("これから始めます。"));
}

#[test]
fn a_long_record_comes_in_pages() {
    let (asked, open) = Asked::running();
    for number in 2..=121 {
        let said = SessionEvent::Said {
            message: number,
            by: by_desk(),
            text: ChatText::parse("はい").unwrap(),
        };
        asked.report(&open, number, said);
    }
    let (mut found, mut cursor) = (0, String::new());
    for _ in 0..5 {
        let path = format!("/launches/{}/record?cursor={cursor}", asked.id);
        let page = asked.desk.at_customer(200, "GET", &path, None);
        found += page["items"].as_array().unwrap().len();
        match page["cursor"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(found, 120);
    let wrong = format!("/launches/{}/record?cursor=x", asked.id);
    asked.desk.at_customer(400, "GET", &wrong, None);
    asked.desk.at_desk(
        400,
        "GET",
        &format!("/desk/launches/minato/{}/record?page=2", asked.id),
        None,
    );
}

#[test]
fn the_desk_notes_the_outcome_and_the_inquiry_it_belongs_to() {
    let asked = Asked::new();
    let path = format!("/desk/launches/minato/{}/note", asked.id);
    let note = json!({ "text": "軸の原点を合わせました。" });
    asked.desk.at_desk(409, "POST", &path, Some(&note));
    let (mut asked, open) = Asked::running();
    asked.desk = asked.desk.with_support();
    let path = format!("/desk/launches/minato/{}/note", asked.id);
    let new = json!({ "subject": "軸の原点", "body": "ずれています。" });
    let inquiry = asked.desk.at_customer(201, "POST", "/inquiries", Some(&new))["inquiry"]["id"].clone();
    let foreign = json!({ "text": "x", "inquiry": "AAECAwQFBgcICQoLDA0ODw" });
    assert_eq!(
        asked.desk.at_desk(400, "POST", &path, Some(&foreign))["field"],
        "inquiry"
    );
    let note = json!({ "text": "軸の原点を合わせました。", "inquiry": inquiry });
    asked.report(
        &open,
        2,
        SessionEvent::Ended {
            why: SessionEnd::Desk,
            by: None,
        },
    );
    let noted = asked.desk.at_desk(200, "POST", &path, Some(&note));
    assert_eq!(noted["note"]["inquiry"], inquiry);
    let read = asked
        .desk
        .at_customer(200, "GET", &format!("/launches/{}", asked.id), None);
    assert_eq!(read["note"]["text"], "軸の原点を合わせました。");
    assert_eq!(read["note"]["by"], "佐藤 花子");
}

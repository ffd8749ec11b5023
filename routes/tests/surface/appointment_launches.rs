//! Dates of remote support on equipment (Z1), which follow their launch, and their machines, which are tried (Z2).

use serde_json::{Value, json};
use tegata_domain::calendar::Method;
use tegata_domain::mail::ComposedMail;
use tegata_routes::port::Edge as _;

use crate::desk::send;
use crate::support::appointment::dated;
use crate::support::launch::{Asked, request};
use crate::support::scene::text;

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

//! Remote support on equipment (K6 to K9): the desk asks, an administrator answers, the desk executes, the machine
//! confirms; more time, and the start at the machine. `launch_matrix.rs` has the states.

use serde_json::{Value, json};
use tegata_domain::command::{NoteSession, SessionCommand, TenantCommand};
use tegata_domain::jws::Compact;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::session::{SessionEvent, SessionReport};
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, send};
use crate::questions::{APPROVE, link_in};
use crate::support::call::Call;
use crate::support::launch::{Asked, Machine, SUBJECT_STARTED, minato, request};
use crate::support::scene::text;

#[test]
fn remote_support_takes_the_five_steps_and_everybody_reads_them() {
    let asked = Asked::new();
    let page = Call::get(&format!("{}?lang=ja", asked.link)).send(&asked.desk.edge);
    assert_eq!(page.status, 200);
    for named in [
        "5軸加工機 7号機",
        "TG-2041",
        "佐藤 花子",
        "加工中に停止するため",
        "1時間",
        "機器のソフトウェアの再起動",
    ] {
        assert!(page.body.contains(named), "the page names {named}");
    }
    let decided = asked.answer(&[("decision", "approve"), ("confirm", "yes"), ("lang", "ja")]);
    assert!(
        decided
            .body
            .contains("リモートサポートを承認し、サポートにメール送付しました。"),
        "{}",
        decided.body
    );
    let mails = asked.desk.edge.addressed_mails();
    let [(to, mail)] = &mails[..] else {
        panic!("the desk gets one mail: {mails:?}")
    };
    assert_eq!(to, "hanako@kita-desk.example");
    assert!(mail.subject.contains("みなと工機"), "{}", mail.subject);
    assert_eq!(asked.state(), "approved");

    assert_eq!(asked.execute().status, 200);
    assert_eq!(asked.state(), "executing");
    let ordered = asked.machine.ordered(&asked.desk);
    let [order] = &ordered[..] else {
        panic!("one order: {ordered:?}")
    };
    assert_eq!(
        (&order["type"], &order["launch"], &order["supporter"]),
        (&json!("launch"), &json!(asked.id), &json!("佐藤 花子"))
    );
    let open = asked.confirm(order);
    assert_eq!(asked.state(), "executing", "nothing runs before the number is claimed");
    assert!(asked.desk.edge.mails().is_empty(), "nor is anything mailed");
    asked.report(&open, 1, SessionEvent::Opened);
    assert_eq!(asked.state(), "running");
    let ordered = asked.machine.ordered(&asked.desk);
    assert_eq!(
        (&ordered[0]["type"], &ordered[0]["number"]),
        (&json!("session"), &json!(open.number))
    );
    assert!(
        ordered[0].get("password").is_none(),
        "the machine need not know the password"
    );
    let mut mails = asked.desk.edge.addressed_mails();
    mails.sort_by(|one, other| one.0.cmp(&other.0));
    let [(desk, to_desk), (administrator, to_administrator)] = &mails[..] else {
        panic!("desk and administrator get a mail each: {mails:?}")
    };
    assert_eq!(
        (desk.as_str(), administrator.as_str()),
        ("hanako@kita-desk.example", "hanako@minato.example")
    );
    for mail in [to_desk, to_administrator] {
        assert_eq!(mail.subject, SUBJECT_STARTED);
        assert!(mail.text.contains(&open.number.shown()), "{}", mail.text);
    }
    assert!(
        to_administrator.text.contains("You do not need to do anything."),
        "{}",
        to_administrator.text
    );

    let receipt = Call::get(&format!("{}/receipt", asked.link)).send(&asked.desk.edge);
    let claims: ReceiptClaims = Compact::record(&receipt.body, TYP).unwrap().payload().unwrap();
    let launch = claims.launch.expect("it is about a launch");
    assert_eq!(
        (claims.kind.as_str(), launch.serial_number.as_str()),
        ("launch", "TG-2041")
    );
    let granted = launch.granted.expect("it grants a period");
    assert_eq!(granted.until.since(granted.from), 3_600);
    let fetched = Call::get(&format!("/t/minato/api/v1/launches/{}/receipt", asked.id))
        .header("cookie", &asked.desk.customer)
        .send(&asked.desk.edge);
    assert_eq!(fetched.body, receipt.body);
    let log = asked.desk.at_customer(200, "GET", "/audit", None).to_string();
    for action in [
        "launch.request",
        "approval.decide",
        "launch.execute",
        "launch.start",
        "launch.open",
    ] {
        assert!(log.contains(action), "{action} is in the customer's log");
    }
    assert!(!log.contains(&open.password_hash), "no secret is in the log");
    let items = asked.desk.at_customer(200, "GET", "/audit", None)["items"].clone();
    let executed = items
        .as_array()
        .unwrap()
        .iter()
        .find(|item| item["action"] == "launch.execute");
    assert_eq!(
        executed.expect("it is logged")["actor_name"],
        "佐藤 花子",
        "the customer reads who of the desk acted"
    );
}

#[test]
fn a_thousand_executions_are_one() {
    let asked = Asked::approved();
    let answers: Vec<_> = (0..1_000).map(|_| asked.execute().status).collect();
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1);
    assert_eq!(asked.machine.ordered(&asked.desk).len(), 1);
}

#[test]
fn a_token_requests_and_withdraws_and_a_person_executes() {
    let asked = Asked::approved();
    let wanted = json!({ "name": "ticket system", "scopes": ["desk"], "expires_in_days": 1 });
    let token = text(&asked.desk.at_desk(201, "POST", "/tokens", Some(&wanted))["token"]);
    let program = |method: &str, path: &str| {
        Call::new(
            method,
            &format!("/t/kita-desk/api/v1/desk/launches/minato/{}{path}", asked.id),
        )
        .bearer(&token)
    };
    assert_eq!(program("GET", "").send(&asked.desk.edge).json()["state"], "approved");
    let executed = program("POST", "/execute").send(&asked.desk.edge);
    assert_eq!(
        (executed.status.as_u16(), executed.code().as_str()),
        (403, "login-required")
    );
    assert!(asked.machine.ordered(&asked.desk).is_empty());
    asked.desk.edge.advance(601);
    assert_eq!(asked.execute().code(), "fresh-login-required");
    let ended = program("POST", "/end").send(&asked.desk.edge);
    assert_eq!(
        ended.json()["state"],
        "expired",
        "what never ran is over: {}",
        ended.body
    );
}

#[test]
fn a_machine_that_is_away_is_waited_for_and_nobody_is_mailed_a_password() {
    let asked = Asked::approved();
    asked.machine.cut(&asked.desk);
    let answer = asked.execute();
    assert_eq!((answer.status.as_u16(), answer.code().as_str()), (409, "machine-away"));
    assert_eq!(asked.state(), "approved");
    assert!(asked.desk.edge.mails().is_empty());
    asked.machine.connect(&asked.desk);
    let mails = asked.desk.edge.addressed_mails();
    let [(to, mail)] = &mails[..] else {
        panic!("the desk is told that it is back: {mails:?}")
    };
    assert_eq!(to, "hanako@kita-desk.example");
    assert!(!mail.text.contains("ID"), "{}", mail.text);
    assert_eq!(asked.execute().status, 200);
}

#[test]
fn the_desk_is_told_that_the_machine_is_back_although_more_time_was_given_meanwhile() {
    let asked = Asked::approved();
    asked.machine.cut(&asked.desk);
    assert_eq!(asked.execute().code(), "machine-away");
    let mut more = request(&asked.machine.equipment);
    more["extends"] = json!(asked.id);
    asked
        .desk
        .at_desk(201, "POST", "/customers/minato/launches", Some(&more));
    let link = link_in(&asked.desk.edge.mails()[0].text);
    assert_eq!(Call::post(&link).form(&APPROVE).send(&asked.desk.edge).status, 200);
    asked.desk.edge.mails();
    asked.machine.connect(&asked.desk);
    assert_eq!(asked.desk.edge.mails().len(), 1, "to the person who tried");
    asked.machine.cut(&asked.desk);
    asked.machine.connect(&asked.desk);
    assert!(asked.desk.edge.mails().is_empty(), "once for each try");
}

#[test]
fn ending_twice_changes_nothing_and_what_was_never_approved_is_not_ended() {
    let asked = Asked::new();
    assert_eq!(asked.do_at_desk("end").code(), "conflict");
    let approved = Asked::approved();
    let ended = approved.do_at_desk("end");
    assert_eq!(ended.status, 200);
    let again = approved.do_at_desk("end");
    assert_eq!((again.status, again.json()), (ended.status, ended.json()));
    let path = format!("/launches/{}/end", approved.id);
    approved.desk.at_customer(200, "POST", &path, None);
}

#[test]
fn an_order_reaches_a_machine_that_reconnects_and_a_silent_one_leaves_the_approval() {
    let (asked, order) = Asked::executing();
    asked.machine.cut(&asked.desk);
    let answers = asked.machine.connect(&asked.desk);
    assert_eq!(answers[1], order, "the same order, with the same command");
    asked.desk.edge.advance(61);
    asked.desk.edge.wake();
    assert_eq!(asked.state(), "approved");
    asked
        .machine
        .says(&asked.desk, &json!({ "type": "started", "command": order["command"] }));
    assert!(asked.desk.edge.session_commands().is_empty(), "too late");
    assert_eq!(asked.execute().status, 200, "it can be executed again");
}

#[test]
fn what_is_over_ends_the_session() {
    type Way = fn(&Asked);
    let ways: [(&str, Way); 7] = [
        ("desk", |asked| assert_eq!(asked.do_at_desk("end").status, 200)),
        ("administrator", |asked| {
            asked
                .desk
                .at_customer(200, "POST", &format!("/launches/{}/end", asked.id), None);
        }),
        ("machine", |asked| {
            asked
                .machine
                .says(&asked.desk, &json!({ "type": "end", "launch": asked.id }));
        }),
        ("expired", |asked| {
            asked.desk.edge.advance(3_601);
            asked.desk.edge.wake();
        }),
        ("forbidden", |asked| {
            let path = format!("/equipment/{}/switches", asked.machine.equipment);
            let off = json!({ "version": 2, "remote_assistance": false });
            asked.desk.at_customer(200, "PATCH", &path, Some(&off));
        }),
        ("agent", |asked| {
            let path = format!("/equipment/{}/agent/end", asked.machine.equipment);
            asked.desk.at_customer(200, "POST", &path, None);
        }),
        ("suspended", |asked| {
            asked.desk.at_desk(200, "POST", "/customers/minato/suspend", None);
        }),
    ];
    for (why, end) in ways {
        let (asked, open) = Asked::running();
        end(&asked);
        let commands = asked.desk.edge.session_commands();
        let [SessionCommand::EndSession(ended)] = &commands[..] else {
            panic!("{why}: the session is told once: {commands:?}")
        };
        assert_eq!((ended.why.name(), ended.launch.as_str()), (why, asked.id.as_str()));
        // The session's own report of its end comes back and changes nothing.
        asked.report(
            &open,
            2,
            SessionEvent::Ended {
                why: ended.why,
                by: None,
            },
        );
        assert!(asked.desk.edge.session_commands().is_empty(), "{why}");
    }
}

#[test]
fn more_time_takes_another_approval() {
    let (asked, _) = Asked::running();
    asked.desk.edge.mails();
    let until = asked.at_desk()["granted"]["until"].as_i64().unwrap();
    let mut more = request(&asked.machine.equipment);
    more["extends"] = json!(asked.id);
    let made = asked
        .desk
        .at_desk(201, "POST", "/customers/minato/launches", Some(&more));
    let mails = asked.desk.edge.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(asked.at_desk()["granted"]["until"], until, "asking extends nothing");
    let link = link_in(&mails[0].text);
    assert_eq!(Call::post(&link).form(&APPROVE).send(&asked.desk.edge).status, 200);
    assert_eq!(asked.at_desk()["granted"]["until"], until + 3_600);
    let commands = asked.desk.edge.session_commands();
    let [SessionCommand::ExtendSession(extended)] = &commands[..] else {
        panic!("the session is told: {commands:?}")
    };
    assert_eq!(extended.until.0, until + 3_600);
    let path = format!("/desk/launches/minato/{}", text(&made["id"]));
    assert_eq!(asked.desk.at_desk(200, "GET", &path, None)["state"], "ended");
    let executed = send(
        &asked.desk.edge,
        "kita-desk",
        &asked.desk.agent,
        "POST",
        &format!("{path}/execute"),
        None,
    );
    assert_eq!(executed.code(), "conflict", "an extension is never executed");
    assert_eq!(asked.do_at_desk("end").status, 200);
    let late = send(
        &asked.desk.edge,
        "kita-desk",
        &asked.desk.agent,
        "POST",
        "/customers/minato/launches",
        Some(&more),
    );
    assert_eq!(late.code(), "conflict", "nothing that is over is extended");
}

#[test]
fn a_number_that_is_taken_is_replaced() {
    let (asked, order) = Asked::executing();
    let open = asked.confirm(&order);
    asked.report(&open, 1, SessionEvent::Taken);
    let commands = asked.desk.edge.session_commands();
    let [SessionCommand::OpenSession(next)] = &commands[..] else {
        panic!("another number is tried: {commands:?}")
    };
    assert_ne!(next.number, open.number);
    assert_ne!(next.password_hash, open.password_hash);
    asked.report(&open, 2, SessionEvent::Opened);
    assert_eq!(asked.state(), "executing", "the other session's number opens nothing");
    asked.report(next, 1, SessionEvent::Opened);
    assert_eq!(asked.state(), "running");
}

#[test]
fn somebody_at_the_machine_starts_remote_support_and_the_receipt_says_so() {
    let desk = Desk::new();
    let machine = Machine::new(&desk, "TG-2041");
    let support = json!({ "type": "support", "command": "AAAAAAAAAAAAAAAAAAAAAA" });
    assert!(machine.says(&desk, &support).is_empty());
    assert!(
        machine.says(&desk, &support).is_empty(),
        "asked again, it starts nothing else"
    );
    let commands = desk.edge.session_commands();
    let [SessionCommand::OpenSession(open), ..] = &commands[..] else {
        panic!("a session is opened: {commands:?}")
    };
    let note = NoteSession {
        launch: open.launch.clone(),
        number: open.number.clone(),
        reports: vec![SessionReport {
            number: 1,
            at: desk.edge.now(),
            event: SessionEvent::Opened,
        }],
    };
    desk.edge.tell(&minato(), TenantCommand::NoteSession(note)).unwrap();
    let shown = machine.ordered(&desk).pop().expect("the machine shows ID and password");
    assert_eq!(
        (&shown["type"], &shown["number"]),
        (&json!("session"), &json!(open.number))
    );
    assert_eq!(text(&shown["password"]).len(), 9);
    assert_eq!(shown["provider"], "kita-desk", "the provider has not set its name");
    assert!(desk.edge.mails().is_empty(), "nobody is mailed");
    let path = format!("/launches/{}", open.launch);
    assert_eq!(desk.at_customer(200, "GET", &path, None)["state"], "running");
    let receipt = Call::get(&format!("/t/minato/api/v1{path}/receipt"))
        .header("cookie", &desk.customer)
        .send(&desk.edge);
    let claims: ReceiptClaims = Compact::record(&receipt.body, TYP).unwrap().payload().unwrap();
    assert!(claims.approver.name.contains("TG-2041") && claims.approver.email.is_empty());
    assert_eq!(claims.sub, open.launch.to_string());
    // Nobody has joined: after half an hour, ID and password are worthless.
    desk.edge.advance(1_801);
    desk.edge.wake();
    assert!(matches!(
        &desk.edge.session_commands()[..],
        [SessionCommand::EndSession(_)]
    ));
}

#[test]
fn somebody_at_the_machine_is_mailed_the_three_steps() {
    let desk = Desk::new();
    let machine = Machine::new(&desk, "TG-2041");
    let path = format!("/customers/minato/equipment/{}/support-steps", machine.equipment);
    let to = json!({ "name": "山田 太郎", "email": "taro@minato.example", "locale": "ja" });
    for _ in 0..5 {
        desk.at_desk(200, "POST", &path, Some(&to));
    }
    desk.at_desk(429, "POST", &path, Some(&to));
    let mails = desk.edge.addressed_mails();
    let (address, mail) = &mails[0];
    assert_eq!((mails.len(), address.as_str()), (5, "taro@minato.example"));
    for said in [
        "「リモートサポート起動」",
        "サポートデスクから連絡があるまで、この画面を閉じないでください。",
    ] {
        assert!(mail.text.replace('\n', "").contains(said), "{}", mail.text);
    }
    let off = json!({ "version": 2, "manual_launch": false });
    desk.at_customer(
        200,
        "PATCH",
        &format!("/equipment/{}/switches", machine.equipment),
        Some(&off),
    );
    let other = json!({ "name": "山田 太郎", "email": "jiro@minato.example", "locale": "ja" });
    desk.at_desk(409, "POST", &path, Some(&other));
    assert!(desk.edge.mails().is_empty());
}

#[test]
fn the_manual_launch_has_a_switch_of_its_own() {
    let desk = Desk::new();
    let machine = Machine::new(&desk, "TG-2041");
    let path = format!("/equipment/{}/switches", machine.equipment);
    let off = json!({ "version": 2, "remote_assistance": false });
    desk.at_customer(200, "PATCH", &path, Some(&off));
    let support = |id: &str| json!({ "type": "support", "command": id });
    assert!(
        machine.says(&desk, &support("AAAAAAAAAAAAAAAAAAAAAA")).is_empty(),
        "P10 closes what the desk starts"
    );
    assert_eq!(desk.edge.session_commands().len(), 1);
    let answer = machine.says(&desk, &support("AAAAAAAAAAAAAAAAAAAAAQ"));
    assert_eq!(answer[0]["why"], "busy");
    let off = json!({ "version": 3, "manual_launch": false });
    desk.at_customer(200, "PATCH", &path, Some(&off));
    assert!(matches!(
        &desk.edge.session_commands()[..],
        [SessionCommand::EndSession(_)]
    ));
    let answer = machine.says(&desk, &support("AAAAAAAAAAAAAAAAAAAAAg"));
    assert_eq!(answer[0]["why"], "not_allowed");
    assert!(desk.edge.session_commands().is_empty());
}

#[test]
fn two_have_to_approve_where_the_tenant_wants_it() {
    let desk = Desk::new();
    let machine = Machine::new(&desk, "TG-2041");
    let policy = |members: &Value| {
        let version = desk.at_customer(200, "GET", "/policies", None)["version"].clone();
        let mut change = json!({ "version": version });
        change["policy"] = members.clone();
        desk.at_customer(200, "PATCH", "/policies", Some(&change));
    };
    policy(&json!({ "launch_approvals": 2 }));
    let refused = desk.at_desk(
        400,
        "POST",
        "/customers/minato/launches",
        Some(&request(&machine.equipment)),
    );
    assert_eq!(refused["field"], "equipment");
    policy(&json!({ "launch_approvals": 1, "launch_login": "passkey" }));
    let made = desk.at_desk(
        201,
        "POST",
        "/customers/minato/launches",
        Some(&request(&machine.equipment)),
    );
    let link = link_in(&desk.edge.mails()[0].text);
    let page = Call::get(&link).send(&desk.edge);
    assert_eq!(page.status, 401, "the link alone shows nothing");
    let page = Call::get(&link).header("cookie", &desk.customer).send(&desk.edge);
    assert_eq!(page.status, 401, "nor does a login with a password");
    let decision = json!({ "outcome": "approved", "confirmed": true });
    let path = format!("/launches/{}/decision", text(&made["id"]));
    let answer = send(&desk.edge, "minato", &desk.customer, "POST", &path, Some(&decision));
    assert_eq!(answer.code(), "passkey-required");
}

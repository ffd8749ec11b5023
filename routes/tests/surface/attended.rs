//! Attended sessions from the desk's wish to the socket: links, consents, receipts, ID and password, and the end.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tegata_domain::command::{NoteSession, SessionCommand, TenantCommand};
use tegata_domain::events::Topic;
use tegata_domain::id::LaunchId;
use tegata_domain::jwk::sha256_b64;
use tegata_domain::jws::Compact;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::session::{SessionEvent, SessionNumber, SessionReport};
use tegata_domain::slug::Slug;
use tegata_domain::wire::object::Told;
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, send};
use crate::support::attended::{Attended, GUEST, TITLE, joining, new, somebody, token};
use crate::support::call::Call;
use crate::support::edge::{EDGE, assert_same};
use crate::support::scene::{link_line, text};

const TYPED: &str = "203.0.113.5";

fn actions(desk: &Desk) -> Vec<String> {
    let entries = desk.at_customer(200, "GET", "/audit?order=oldest", None);
    let of = |entry: &Value| text(&entry["action"]);
    let attended = |action: &String| action.starts_with("attended.");
    entries["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(of)
        .filter(attended)
        .collect()
}

#[test]
fn somebody_at_the_customer_consents_and_then_the_desk_joins() {
    let attended = Attended::open();
    let shown = attended.shown();
    assert_eq!(
        (shown["state"].as_str(), shown["title"].as_str()),
        (Some("open"), Some(TITLE))
    );
    let (number, password) = attended.credential();
    let digits = number.replace(' ', "");
    assert_eq!((number.len(), digits.len()), (11, 9));
    let early = attended.join_at_desk(&number, &password);
    assert_eq!((early.status.as_u16(), early.code()), (409, "not-consented".to_owned()));
    let joined = attended.join(GUEST);
    assert_eq!(joined.status, 200, "{}", joined.body);
    let joined = joined.json();
    assert_eq!(
        joined,
        json!({ "number": digits, "ticket": joined["ticket"], "tenant": "minato", "expires_in": 30 })
    );
    let ticket = text(&joined["ticket"]);
    assert_eq!(attended.socket("minato", &digits, &ticket).status, 101);
    assert_eq!(
        attended.socket("minato", &digits, &ticket).status,
        403,
        "a ticket works once"
    );
    let again = text(&attended.join(GUEST).json()["ticket"]);
    assert_eq!(
        attended.socket("kita-desk", &digits, &again).status,
        403,
        "at the customer's address only"
    );
    let desk = attended.join_at_desk(&number, &password);
    assert_eq!(desk.status, 200, "{}", desk.body);
    let ticket = text(&desk.json()["ticket"]);
    assert_eq!(attended.socket("kita-desk", &digits, &ticket).status, 101);
    attended.desk.edge.noted("kita-desk");
    attended.desk.edge.deliver();
    assert!(attended.desk.edge.noted("kita-desk").contains(&Topic::DeskAttended));
    let shown = attended.shown();
    assert_eq!(shown["state"], "running");
    assert_eq!(shown["consents"][0]["name"], GUEST);
    let listed = attended
        .desk
        .at_desk(200, "GET", "/desk/attended?customer=minato&state=open", None);
    let entry = &listed["items"][0];
    assert_eq!(
        (
            &entry["tenant"],
            &entry["attended"]["state"],
            &entry["attended"]["hand_over"]
        ),
        (&json!("minato"), &json!("running"), &Value::Null),
        "the list has no secret"
    );
    assert_eq!(
        actions(&attended.desk),
        [
            "attended.open",
            "attended.ready",
            "attended.consent",
            "attended.consent",
            "attended.join",
            "attended.join"
        ]
    );
}

#[test]
fn each_invited_person_gets_a_mail_with_a_link_of_their_own() {
    let bo = json!({ "name": "Bo Jensen", "email": "bo@minato.example", "locale": "da" });
    let attended = Attended::opening(&json!({ "invited": [somebody(), bo] }));
    assert!(attended.shown().get("hand_over").is_none(), "nothing to hand over yet");
    let mails = attended.desk.edge.addressed_mails();
    let [(to, jiro), (other, bo)] = &mails[..] else {
        panic!("two invitations: {mails:?}");
    };
    assert_eq!(
        (to.as_str(), other.as_str()),
        ("jiro@minato.example", "bo@minato.example")
    );
    assert_eq!(
        jiro.subject,
        format!("[Tegata] 北日本サービスからの画面共有のご案内（{TITLE}）")
    );
    let (number, password) = attended.credential();
    for mail in [jiro, bo] {
        for part in [TITLE, "佐藤 花子", "北日本サービス", "みなと工機", number.as_str()] {
            assert!(
                mail.text.contains(part) && mail.html.contains(part),
                "{part}: {}",
                mail.text
            );
        }
        assert!(!mail.text.contains(&password) && !mail.text.contains(&password.replace('-', "")));
    }
    assert!(jiro.text.contains("画面全体が共有されます。") && jiro.html.contains("セッションに参加"));
    assert!(bo.text.contains("Hele din skærm deles.") && bo.html.contains("Deltag i sessionen"));
    let links = [jiro, bo].map(|mail| link_line(&mail.text, "/j/"));
    assert_ne!(links[0], links[1]);
    assert!(!links.contains(&attended.token()));
    let page = attended.look(&links[1]);
    assert_eq!(page.status, 200);
    assert!(page.body.contains(r#"data-name="Bo Jensen""#) && page.body.contains(r#"lang="da""#));
    assert_eq!(attended.join_by(&links[1], "Bo", TYPED).status, 200);
    let consent = attended.shown()["consents"][0].clone();
    assert_eq!(
        (&consent["name"], &consent["email"]),
        (&json!("Bo"), &json!("bo@minato.example"))
    );
}

#[test]
fn the_desk_invites_later_and_mails_again() {
    let attended = Attended::open_with(&json!({ "invited": [somebody()] }));
    let first = link_line(&attended.desk.edge.mails()[0].text, "/j/");
    let path = format!("/desk/attended/minato/{}/invite", attended.id);
    let invite = |status: u16, person: &Value| attended.desk.at_desk(status, "POST", &path, Some(person));
    assert_eq!(invite(200, &somebody())["invited"].as_array().map(Vec::len), Some(1));
    assert_eq!(
        link_line(&attended.desk.edge.mails()[0].text, "/j/"),
        first,
        "the same link"
    );
    for at in 1..10 {
        let person = json!({ "name": "田中", "email": format!("p{at}@minato.example"), "locale": "en" });
        invite(200, &person);
    }
    assert_eq!(attended.desk.edge.mails().len(), 9);
    let eleventh = json!({ "name": "田中", "email": "p10@minato.example", "locale": "en" });
    assert_eq!(invite(400, &eleventh)["field"], "email");
    attended.at_desk("end");
    assert_eq!(invite(409, &somebody())["code"], "conflict");
    assert!(attended.desk.edge.mails().is_empty());
}

#[test]
fn the_page_is_a_frame_for_its_script_and_changes_nothing() {
    let attended = Attended::open();
    let token = attended.token();
    let before = attended.desk.edge.rows();
    for language in ["", "?lang=en", "?lang=da", "?name=x&locale=ja"] {
        let page = attended.look(&format!("{token}{language}"));
        assert_eq!(page.status, 200);
        let expected = match language {
            "?lang=en" => ["Taking part in screen sharing", "data-locale=\"en\""],
            "?lang=da" => ["Deltagelse i skærmdeling", "data-locale=\"da\""],
            _ => ["画面共有への参加", "data-locale=\"ja\""],
        };
        for part in expected {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        for part in [
            "<noscript>",
            "/console/join.js",
            "data-slug=\"minato\"",
            "data-provider=\"北日本サービス\"",
            "data-host=\"佐藤 花子\"",
            "data-abilities=\"view_screen files\"",
            "data-state=\"open\"",
            TITLE,
        ] {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        assert!(!page.body.contains("data-name"));
        for (name, part) in [
            ("content-security-policy", "default-src 'none'; script-src 'self'"),
            ("content-security-policy", "media-src blob:; worker-src 'self'"),
            ("content-security-policy", "require-trusted-types-for 'script'"),
            ("permissions-policy", "display-capture=(self)"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert!(page.header(name).contains(part), "{name}: {}", page.header(name));
        }
    }
    assert_same(&before, &attended.desk.edge.rows(), "the page was looked at");
    let console = Call::get("/t/minato/").send(&attended.desk.edge);
    for part in [
        "display-capture=(self)",
        "clipboard-read=(self)",
        "clipboard-write=(self)",
    ] {
        assert!(console.header("permissions-policy").contains(part), "{part}");
    }
}

#[test]
fn a_consent_needs_a_name_and_a_page_of_the_edge() {
    let attended = Attended::open();
    let token = attended.token();
    let before = attended.desk.edge.rows();
    let genuine = joining(&token, GUEST, TYPED);
    let evil = Call::post(&format!("/j/{token}/join"))
        .header("origin", "https://evil.example")
        .json(&json!({ "name": GUEST, "locale": "ja" }))
        .send(&attended.desk.edge);
    assert_eq!((evil.status.as_u16(), evil.code()), (403, "wrong-origin".to_owned()));
    for name in ["", " ", "a\u{202e}b", "a\nb", &"漢".repeat(101)] {
        let refused = joining(&token, name, TYPED).send(&attended.desk.edge);
        assert_eq!(
            (refused.status.as_u16(), refused.code()),
            (400, "invalid-field".to_owned()),
            "{name:?}"
        );
    }
    let unknown = Call::post(&format!("/j/{token}/join"))
        .json(&json!({ "name": GUEST, "locale": "fr" }))
        .send(&attended.desk.edge);
    assert_eq!(unknown.status, 400);
    assert_same(&before, &attended.desk.edge.rows(), "nobody consented");
    assert_eq!(genuine.send(&attended.desk.edge).status, 200);
}

#[test]
fn each_consent_has_a_receipt_of_what_was_shown_and_by_whom() {
    let attended = Attended::running();
    let page = attended.look(&attended.token());
    let shown = attended.shown();
    let guest = text(&shown["consents"][0]["guest"]);
    let path = format!("/attended/{}/receipts/{guest}", attended.id);
    let at_customer = send(
        &attended.desk.edge,
        "minato",
        &attended.desk.customer,
        "GET",
        &path,
        None,
    );
    assert_eq!(at_customer.status, 200, "{}", at_customer.body);
    let path = format!("/desk/attended/minato/{}/receipts/{guest}", attended.id);
    let at_desk = send(
        &attended.desk.edge,
        "kita-desk",
        &attended.desk.agent,
        "GET",
        &path,
        None,
    );
    assert_eq!(at_desk.body, at_customer.body);
    let claims: ReceiptClaims = Compact::record(&at_desk.body, TYP).unwrap().payload().unwrap();
    assert_eq!(
        (claims.iss, claims.kind.as_str(), claims.sub, claims.jti),
        (format!("{EDGE}/t/minato"), "attended", attended.id.clone(), guest)
    );
    assert_eq!(
        (claims.approver.name.as_str(), claims.approver.email.as_str()),
        (GUEST, "")
    );
    assert_eq!(claims.requester.name, "佐藤 花子");
    let subject = claims.attended.unwrap();
    assert_eq!(
        (subject.title.as_str(), subject.granted.until.0),
        (TITLE, shown["granted"]["until"].as_i64().unwrap())
    );
    assert_eq!(claims.text.sha256, sha256_b64(&claims.text.statement));
    let (statement, name) = claims.text.statement.rsplit_once("\n\n").unwrap();
    assert_eq!(name, format!("参加者の氏名：{GUEST}"));
    // What the receipt quotes is what the page has for the person to read.
    let escaped = statement
        .replace('&', "&#38;")
        .replace('<', "&#60;")
        .replace('"', "&#34;");
    assert!(
        page.body.contains(&format!("data-statement=\"{escaped}\"")),
        "{statement}\n{}",
        page.body
    );
    let nobody = format!("/attended/{}/receipts/{}", attended.id, "A".repeat(22));
    attended.desk.at_customer(404, "GET", &nobody, None);
}

#[test]
fn a_thousand_people_who_press_at_once_are_fifty_consents_each_with_one_receipt() {
    let attended = Attended::open();
    let token = attended.token();
    let (edge, token) = (&attended.desk.edge, &token);
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let some = |thread: usize| {
            move || -> Vec<u16> {
                let one = |at: usize| {
                    // Each from a network of its own, so that no limit on networks counts.
                    let address = format!("{}.{}.0.7", 11 + thread, at);
                    joining(token, &format!("参加者 {thread}-{at}"), &address)
                        .send(edge)
                        .status
                        .as_u16()
                };
                (0..125).map(one).collect()
            }
        };
        let threads: Vec<_> = (0..8).map(|thread| scope.spawn(some(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let taken = answers.iter().filter(|status| **status == 200).count();
    let rest = answers.iter().filter(|status| **status == 429).count();
    assert_eq!((taken, rest), (50, 950));
    let shown = attended.shown();
    let consents = shown["consents"].as_array().unwrap();
    let guests: BTreeSet<String> = consents.iter().map(|consent| text(&consent["guest"])).collect();
    let receipts = edge.rows_of("minato", &[]);
    let receipts = receipts.iter().filter(|row| row.starts_with("consent_receipt "));
    assert_eq!((consents.len(), guests.len(), receipts.count()), (50, 50, 50));
    let logged = edge.rows_of("minato", &[]);
    let logged = logged
        .iter()
        .filter(|row| row.starts_with("audit ") && row.contains("attended.consent"));
    assert_eq!(logged.count(), 50);
}

#[test]
fn one_address_consents_twenty_times_an_hour() {
    let attended = Attended::open();
    let token = attended.token();
    for at in 0..20 {
        assert_eq!(attended.join_by(&token, GUEST, TYPED).status, 200, "{at}");
    }
    let more = attended.join_by(&token, GUEST, TYPED);
    assert_eq!(
        (more.status.as_u16(), more.code()),
        (429, "too-many-requests".to_owned())
    );
    assert_eq!(attended.join_by(&token, GUEST, "198.51.100.9").status, 200);
}

#[test]
fn id_and_password_lead_to_the_link_and_let_nobody_in() {
    let attended = Attended::open();
    let (number, password) = attended.credential();
    let form = Call::get("/t/kita-desk/join").send(&attended.desk.edge);
    assert_eq!(form.status, 200);
    assert!(form.body.contains("北日本サービス") && form.body.contains("IDとパスワードで参加"));
    assert!(!form.body.contains("<script"));
    for typed in [password.clone(), password.to_lowercase().replace('-', "")] {
        let right = attended.knock("kita-desk", &number, &typed);
        assert_eq!(right.status, 303, "{}", right.body);
        assert_eq!(right.header("location"), format!("/j/{}?lang=ja", attended.token()));
    }
    assert!(attended.shown()["consents"].as_array().unwrap().is_empty());
    let early = attended.join_at_desk(&number, &password);
    assert_eq!(early.code(), "not-consented", "knocking is no consent");
    let evil = Call::post("/t/kita-desk/join")
        .header("origin", "https://evil.example")
        .form(&[("number", &number), ("password", &password)])
        .send(&attended.desk.edge);
    assert_eq!(evil.status, 403);
    assert_eq!(evil.header("location"), "");
}

#[test]
fn what_is_wrong_with_id_and_password_cannot_be_told() {
    let attended = Attended::open();
    let (number, password) = attended.credential();
    let wrong = |number: &str, password: &str| {
        let answer = attended.knock("kita-desk", number, password);
        assert_eq!((answer.status.as_u16(), answer.header("location")), (403, ""));
        answer.body.replace(number, "ID")
    };
    let first = wrong(&number, "2222-2222");
    assert_eq!(wrong("444 444 444", &password), first, "no such session");
    assert_eq!(wrong("12", &password), first, "no such number");
    assert_eq!(wrong(&number, "あ"), first, "no such password");
    attended.at_desk("end");
    attended.desk.edge.deliver();
    assert_eq!(wrong(&number, &password), first, "it has ended");
}

#[test]
fn ten_wrong_passwords_lock_one_session_and_sixty_tries_one_address() {
    let attended = Attended::open();
    let (number, password) = attended.credential();
    for _ in 0..10 {
        assert_eq!(attended.knock("kita-desk", &number, "2222-2222").status, 403);
    }
    assert_eq!(attended.knock("kita-desk", &number, &password).status, 403, "locked");
    assert_eq!(attended.join(GUEST).status, 200, "the link still works");
    assert_eq!(
        attended.join_at_desk(&number, &password).status,
        200,
        "and so does the desk"
    );
    for _ in 11..60 {
        attended.knock("kita-desk", "444 444 444", "2222-2222");
    }
    assert_eq!(attended.knock("kita-desk", "444 444 444", "2222-2222").status, 429);
}

#[test]
fn repeating_a_request_opens_one_session() {
    let desk = Desk::new();
    let open = |title: &str| {
        Call::post("/t/kita-desk/api/v1/desk/customers/minato/attended")
            .header("cookie", &desk.agent)
            .header("idempotency-key", "k1")
            .json(&json!({ "title": title }))
            .send(&desk.edge)
    };
    let (first, second) = (open(TITLE), open(TITLE));
    assert_eq!((first.status, second.status), (second.status, first.status));
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(open("別の件").code(), "conflict");
    let listed = desk.at_customer(200, "GET", "/attended", None);
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
}

#[test]
fn an_inquiry_is_one_of_the_customers() {
    let desk = Desk::new().with_support();
    let asked = json!({ "subject": "表示", "body": "教えてください。" });
    let inquiry = text(&desk.at_customer(201, "POST", "/inquiries", Some(&asked))["inquiry"]["id"]);
    let path = "/desk/customers/minato/attended";
    let of = |inquiry: &str| new(&json!({ "inquiry": inquiry }));
    assert_eq!(
        desk.at_desk(201, "POST", path, Some(&of(&inquiry)))["inquiry"],
        json!(inquiry)
    );
    let unknown = desk.at_desk(400, "POST", path, Some(&of(&"A".repeat(22))));
    assert_eq!(unknown["field"], "inquiry");
    for period in [899, 43_201] {
        let refused = desk.at_desk(400, "POST", path, Some(&new(&json!({ "period": period }))));
        assert_eq!(refused["field"], "period");
    }
}

/// What the session's object was told to end since the last call.
fn ended(attended: &Attended) -> Vec<String> {
    let commands = attended.desk.edge.session_commands();
    let why = |command: &SessionCommand| match command {
        SessionCommand::EndSession(end) => Some(end.why.name().to_owned()),
        _ => None,
    };
    commands.iter().filter_map(why).collect()
}

#[test]
fn desk_administrator_and_time_end_it() {
    let attended = Attended::running();
    ended(&attended);
    assert_eq!(attended.at_desk("withdraw").status, 409, "somebody has come");
    assert_eq!(attended.at_desk("end").json()["state"], "ended");
    assert_eq!(attended.at_desk("end").status, 200, "ending it again changes nothing");
    assert_eq!(ended(&attended), ["desk"]);

    let attended = Attended::running();
    ended(&attended);
    let path = format!("/attended/{}/end", attended.id);
    let by_administrator = attended.desk.at_customer(200, "POST", &path, None);
    assert_eq!(by_administrator["ended"]["why"], "administrator");
    assert_eq!(ended(&attended), ["administrator"]);
    assert_eq!(actions(&attended.desk).last().map(String::as_str), Some("attended.end"));

    let attended = Attended::open();
    ended(&attended);
    assert_eq!(attended.at_desk("withdraw").json()["state"], "withdrawn");
    assert_eq!(ended(&attended), ["desk"]);

    let attended = Attended::open_with(&json!({ "period": 900 }));
    ended(&attended);
    attended.desk.edge.advance(900);
    attended.desk.edge.wake();
    assert_eq!(attended.state(), "expired");
    assert_eq!(ended(&attended), ["expired"]);
    assert_eq!(
        actions(&attended.desk).last().map(String::as_str),
        Some("attended.expire")
    );
    let page = attended.look(&token(&format!("{EDGE}/j/{}", "x"))).status;
    assert_eq!(page, 404);
}

#[test]
fn a_number_that_is_taken_is_replaced_before_anybody_hears_of_it() {
    let desk = Desk::new();
    desk.edge.play_sessions();
    let attended = Attended::by(desk, &json!({ "invited": [somebody()] }));
    let opened = |attended: &Attended| {
        let commands = attended.desk.edge.session_commands();
        let [SessionCommand::OpenSession(open)] = &commands[..] else {
            panic!("one session is opened: {commands:?}");
        };
        open.number.clone()
    };
    let report = |number: &SessionNumber, at: i64, event: SessionEvent| {
        let note = NoteSession {
            launch: LaunchId::parse(&attended.id).unwrap(),
            number: number.clone(),
            reports: vec![SessionReport {
                number: at,
                at: attended.desk.edge.now(),
                event,
            }],
        };
        let told = Told::new(&Slug::parse("minato").unwrap(), note).unwrap();
        let command: TenantCommand = serde_json::from_str(&told.command).unwrap();
        attended
            .desk
            .edge
            .tell(&Slug::parse("minato").unwrap(), command)
            .unwrap();
    };
    let first = opened(&attended);
    report(&first, 0, SessionEvent::Taken);
    let second = opened(&attended);
    assert_ne!(first, second);
    report(&first, 1, SessionEvent::Opened);
    assert_eq!(attended.state(), "opening", "the first number is another session's");
    assert!(attended.desk.edge.mails().is_empty());
    report(&second, 1, SessionEvent::Opened);
    let shown = attended.shown();
    assert_eq!(
        (shown["state"].as_str(), shown["session"].as_str()),
        (Some("open"), Some(second.as_str()))
    );
    assert!(attended.desk.edge.mails()[0].text.contains(&second.shown()));
}

#[test]
fn what_happens_inside_is_in_the_log_the_timeline_and_the_record() {
    let attended = Attended::open();
    let joined = attended.join(GUEST).json();
    let (number, ticket) = (text(&joined["number"]), text(&joined["ticket"]));
    let id = "AAECAwQFBgcICQoLDA0ODw";
    let said = [
        json!({ "type": "hello" }),
        json!({ "type": "chat", "id": id, "text": "こんにちは" }),
        json!({ "type": "share", "surface": "monitor" }),
        json!({ "type": "offer", "id": id, "name": "記録.log", "size": 5, "sha256": "0".repeat(64) }),
        json!({ "type": "share", "surface": null }),
        json!({ "type": "end" }),
    ];
    // The desk is inside as well, so that there is something to tell.
    let desk = &attended.desk;
    let (typed, password) = attended.credential();
    let supporter = text(&attended.join_at_desk(&typed, &password).json()["ticket"]);
    let hello = [json!({ "type": "hello" })];
    desk.edge.in_session(&number, "kita-desk", &supporter, &hello).unwrap();
    let told = desk.edge.in_session(&number, "minato", &ticket, &said).unwrap();
    assert_eq!(
        (&told[0]["type"], &told[0]["title"]),
        (&json!("welcome"), &json!(TITLE))
    );
    attended.desk.edge.deliver();
    let shown = attended.shown();
    assert_eq!(
        (&shown["state"], &shown["ended"]["why"], &shown["ended"]["by"]),
        (&json!("ended"), &json!("guest"), &json!(GUEST))
    );
    let steps: Vec<String> = shown["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| text(&step["what"]))
        .collect();
    assert_eq!(
        steps,
        [
            "opened",
            "issued",
            "consented",
            "joined",
            "joined",
            "shared",
            "unshared",
            "ended"
        ]
    );
    assert_eq!(
        actions(&attended.desk),
        [
            "attended.open",
            "attended.ready",
            "attended.consent",
            "attended.join",
            "attended.join",
            "attended.share",
            "attended.offer_file",
            "attended.unshare",
            "attended.end"
        ]
    );
    let rows = attended.desk.edge.rows_of("minato", &[]);
    let kept = |what: &str| {
        rows.iter()
            .filter(|row| row.starts_with("session_record ") && row.contains(what))
            .count()
    };
    assert_eq!((kept("こんにちは"), kept("記録.log")), (1, 1));
    let at_customer = desk.at_customer(200, "GET", &format!("/attended/{}/record", attended.id), None);
    let at_desk = desk.at_desk(
        200,
        "GET",
        &format!("/desk/attended/minato/{}/record", attended.id),
        None,
    );
    assert_eq!(at_customer, at_desk);
    let kinds: Vec<String> = at_desk["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| text(&item["event"]))
        .collect();
    assert_eq!(
        kinds,
        ["joined", "joined", "said", "sharing", "offered", "sharing", "ended"]
    );
    let mails = desk.edge.addressed_mails();
    let [(to, summary)] = &mails[..] else {
        panic!("the administrator is mailed what happened, once: {mails:?}");
    };
    assert_eq!(to, "hanako@minato.example");
    assert!(
        summary.text.contains(TITLE) && summary.text.contains("佐藤 花子"),
        "{}",
        summary.text
    );
    assert!(!summary.text.contains("こんにちは"));
}

#[test]
fn the_desk_notes_the_outcome_for_both_sides() {
    let attended = Attended::running();
    attended.at_desk("end");
    let path = format!("/desk/attended/minato/{}/note", attended.id);
    let noted = attended
        .desk
        .at_desk(200, "POST", &path, Some(&json!({ "text": "表示を直しました。" })));
    assert_eq!(noted["note"]["text"], "表示を直しました。");
    let unknown = json!({ "text": "x", "inquiry": "A".repeat(22) });
    assert_eq!(
        attended.desk.at_desk(400, "POST", &path, Some(&unknown))["field"],
        "inquiry"
    );
    let seen = attended
        .desk
        .at_customer(200, "GET", &format!("/attended/{}", attended.id), None);
    assert_eq!(
        (&seen["note"]["by"], &seen["hand_over"]),
        (&json!("佐藤 花子"), &Value::Null)
    );
    assert_eq!(
        actions(&attended.desk).last().map(String::as_str),
        Some("attended.note")
    );
}

#[test]
fn an_administrator_of_one_organisation_has_none_of_them() {
    let attended = Attended::running();
    let desk = &attended.desk;
    let organization = text(&desk.at_customer(201, "POST", "/organizations", Some(&json!({ "name": "製造部" })))["id"]);
    let emails = json!([{ "value": "mio@minato.example", "type": "work", "primary": true }]);
    let user = json!({ "display_name": "森 澪", "emails": emails, "organization": organization });
    let id = text(&desk.at_customer(201, "POST", "/users", Some(&user))["id"]);
    let first = "a first password, typed";
    let account = json!({
        "account": "mio", "role": "organization_administrator", "organization": organization, "locale": "ja",
        "time_zone": "Asia/Tokyo", "password": first, "password_confirmation": first,
    });
    desk.at_customer(201, "PUT", &format!("/users/{id}/account"), Some(&account));
    let mio = crate::support::staff::settle(&desk.edge, "minato", "mio", first);
    let theirs = |method: &str, path: &str| send(&desk.edge, "minato", &mio, method, path, None);
    let listed = theirs("GET", "/attended").json();
    assert!(listed["items"].as_array().unwrap().is_empty());
    let guest = text(&attended.shown()["consents"][0]["guest"]);
    for (method, path) in [
        ("GET", format!("/attended/{}", attended.id)),
        ("GET", format!("/attended/{}/receipts/{guest}", attended.id)),
        ("POST", format!("/attended/{}/end", attended.id)),
    ] {
        assert_eq!(theirs(method, &path).status, 404, "{path}");
        assert_eq!(
            send(&desk.edge, "minato", &desk.customer, method, &path, None).status,
            200,
            "{path}"
        );
    }
}

#[test]
fn lists_are_exported_with_who_took_part() {
    let attended = Attended::running();
    let read = |tenant: &str, cookie: &str, path: &str| send(&attended.desk.edge, tenant, cookie, "GET", path, None);
    let own = read("minato", &attended.desk.customer, "/attended/export");
    assert_eq!(own.status, 200);
    assert!(own.body.contains(GUEST) && own.body.contains(TITLE), "{}", own.body);
    let desk = read("kita-desk", &attended.desk.agent, "/desk/attended/export");
    assert!(
        desk.body.contains(GUEST) && desk.body.contains("みなと工機"),
        "{}",
        desk.body
    );
}

//! The free question (B12): the provider's desk or a program of the provider asks it, a customer's approvers answer it
//! through a link or in the console, and both sides can read it.

use serde_json::{Value, json};
use tegata_domain::jws::Compact;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::wire::b64;

use crate::desk::{Desk, send};
use crate::support::call::{Answer, Call};
use crate::support::edge::{OPERATOR, assert_same};
use crate::support::scene::{DAY, text};
use crate::support::staff::{PASSWORD, cookie_of, log_in, settle};

pub const APPROVE: [(&str, &str); 2] = [("decision", "approve"), ("confirm", "yes")];
const REFUSE: [(&str, &str); 3] = [("decision", "refuse"), ("refuse", "yes"), ("reason", "点検中のため")];

pub fn question() -> Value {
    json!({ "title": "夜間の再起動", "text": "今夜22時に、5号機のソフトウェアを再起動してもよろしいですか。", "reference": "T-1024" })
}

/// A question that has reached the customer's approver.
struct Asked {
    desk: Desk,
    id: String,
    /// The path of the link in the approver's mail.
    link: String,
}

pub fn link_in(text: &str) -> String {
    let line = text
        .lines()
        .find(|line| line.contains("/a/"))
        .expect("the mail has a link");
    line.trim()
        .split("edge.example.com")
        .nth(1)
        .expect("it is ours")
        .to_owned()
}

impl Asked {
    fn with(question: &Value) -> Self {
        let desk = Desk::new();
        let made = desk.at_desk(201, "POST", "/customers/minato/questions", Some(question));
        let mails = desk.edge.mails();
        assert_eq!(mails.len(), 1, "one approver, one mail");
        Self {
            id: text(&made["id"]),
            link: link_in(&mails[0].text),
            desk,
        }
    }

    fn new() -> Self {
        Self::with(&question())
    }

    fn answer(&self, form: &[(&str, &str)]) -> Answer {
        Call::post(&self.link).form(form).send(&self.desk.edge)
    }

    fn in_console(&self, outcome: &str) -> Answer {
        let (path, body) = (
            format!("/questions/{}/decision", self.id),
            json!({ "outcome": outcome, "confirmed": true }),
        );
        send(
            &self.desk.edge,
            "minato",
            &self.desk.customer,
            "POST",
            &path,
            Some(&body),
        )
    }

    fn at_desk(&self) -> Value {
        let path = format!("/desk/questions/minato/{}", self.id);
        self.desk.at_desk(200, "GET", &path, None)
    }
}

fn claims(receipt: &str) -> ReceiptClaims {
    let compact = Compact::record(receipt, TYP).expect("a receipt");
    compact.payload().expect("the claims of a receipt")
}

#[test]
fn a_question_by_api_is_answered_on_the_page_and_read_by_api() {
    let desk = Desk::new();
    let wanted = json!({ "name": "ticket system", "scopes": ["desk"], "expires_in_days": 1 });
    let token = text(&desk.at_desk(201, "POST", "/tokens", Some(&wanted))["token"]);
    desk.edge.mails();
    let program = |method: &str, path: &str| Call::new(method, &format!("/t/kita-desk/api/v1{path}")).bearer(&token);
    let made = program("POST", "/customers/minato/questions")
        .json(&question())
        .send(&desk.edge);
    assert_eq!(made.status, 201, "{}", made.body);
    let id = text(&made.json()["id"]);
    let mails = desk.edge.addressed_mails();
    let [(to, mail)] = &mails[..] else {
        panic!("one approver, one mail")
    };
    assert_eq!(to, "hanako@minato.example");
    assert!(
        mail.subject.contains("夜間の再起動") && mail.text.contains("5号機"),
        "{}",
        mail.text
    );

    let link = link_in(&mail.text);
    let page = Call::get(&link).send(&desk.edge);
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("T-1024") && page.body.contains("&gt; </span>今夜22時に"),
        "{}",
        page.body
    );
    let decided = Call::post(&link).form(&APPROVE).send(&desk.edge);
    assert_eq!(decided.status, 200, "{}", decided.body);

    let receipt = Call::get(&format!("{link}/receipt")).send(&desk.edge);
    let claims = claims(&receipt.body);
    assert_eq!((claims.kind.as_str(), claims.sub.as_str()), ("question", id.as_str()));
    assert_eq!(
        claims.question.expect("what was asked").reference.as_deref(),
        Some("T-1024")
    );
    assert!(claims.device.is_none() && claims.approvals.is_none());

    let told = desk.edge.addressed_mails();
    assert_eq!(told.len(), 1, "the asker gets exactly one mail");
    assert_eq!(told[0].0, "hanako@kita-desk.example");
    let read = program("GET", &format!("/desk/questions/minato/{id}"))
        .send(&desk.edge)
        .json();
    assert_eq!(
        (&read["state"], &read["decision"]["outcome"]),
        (&json!("decided"), &json!("approved"))
    );
    let listed = program("GET", "/desk/questions?customer=minato")
        .send(&desk.edge)
        .json();
    assert_eq!(listed["items"][0]["question"]["decision"]["outcome"], "approved");
    let fetched = program("GET", &format!("/desk/questions/minato/{id}/receipt")).send(&desk.edge);
    assert_eq!(fetched.body, receipt.body, "both sides hold the same record");
    let log = desk.at_customer(200, "GET", "/audit", None).to_string();
    for action in ["question.ask", "approval.decide"] {
        assert!(log.contains(action), "{action} is in the customer's log");
    }
}

#[test]
fn opening_a_question_decides_nothing() {
    let asked = Asked::new();
    let before = asked.desk.edge.rows();
    for call in [
        Call::get(&asked.link),
        Call::new("HEAD", &asked.link),
        Call::post(&asked.link).form(&[("decision", "approve")]),
        Call::post(&asked.link).form(&[("confirm", "yes")]),
    ] {
        call.send(&asked.desk.edge);
    }
    assert_same(&before, &asked.desk.edge.rows(), "a question that was looked at");
}

/// The states that a question can be in, and whether it still accepts an answer there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Open,
    Approved,
    Refused,
    Withdrawn,
    Expired,
    Suspended,
    ApproverLeft,
}

impl Standing {
    const ALL: [Self; 7] = [
        Self::Open,
        Self::Approved,
        Self::Refused,
        Self::Withdrawn,
        Self::Expired,
        Self::Suspended,
        Self::ApproverLeft,
    ];

    fn reach(self) -> Asked {
        let asked = Asked::new();
        match self {
            Self::Open => {}
            Self::Approved => assert_eq!(asked.answer(&APPROVE).status, 200),
            Self::Refused => assert_eq!(asked.answer(&REFUSE).status, 200),
            Self::Withdrawn => {
                let path = format!("/desk/questions/minato/{}/withdraw", asked.id);
                assert_eq!(asked.desk.at_desk(200, "POST", &path, None)["state"], "withdrawn");
            }
            Self::Expired => asked.desk.edge.advance(3 * DAY),
            Self::Suspended => drop(asked.desk.at_desk(200, "POST", "/customers/minato/suspend", None)),
            Self::ApproverLeft => {
                // Another administrator remains; the one who was asked becomes an auditor.
                let session = asked.desk.at_customer(200, "GET", "/session", None);
                let own = text(&session["user_id"]);
                let second = json!({
                    "name": "伊藤 翔", "email": "sho@minato.example", "account": "sho", "locale": "ja", "time_zone": "Asia/Tokyo",
                });
                let added = Call::post("/operator/v1/tenants/minato/administrators")
                    .bearer(OPERATOR)
                    .json(&second);
                assert_eq!(added.send(&asked.desk.edge).status, 201);
                let first = crate::support::scene::secret_line(&asked.desk.edge.mails().remove(0).text);
                let cookie = settle(&asked.desk.edge, "minato", "sho", &first);
                let path = format!("/users/{own}/account");
                let change = json!({ "version": 1, "role": "auditor" });
                let changed = send(&asked.desk.edge, "minato", &cookie, "PATCH", &path, Some(&change));
                assert_eq!(changed.status, 200, "{}", changed.body);
            }
        }
        asked.desk.edge.mails();
        asked
    }
}

/// The question's matrix: every way to answer it, in every state.
#[test]
fn only_an_open_question_takes_an_answer_on_any_way() {
    type Way = fn(&Asked) -> Answer;
    let ways: [(&str, Way); 4] = [
        ("approve behind the link", |asked| asked.answer(&APPROVE)),
        ("refuse behind the link", |asked| asked.answer(&REFUSE)),
        ("approve in the console", |asked| asked.in_console("approved")),
        ("refuse in the console", |asked| asked.in_console("refused")),
    ];
    for standing in Standing::ALL {
        for (name, way) in ways {
            let asked = standing.reach();
            let decided = |asked: &Asked| {
                let rows = asked.desk.edge.rows_of("minato", &["session"]);
                rows.into_iter()
                    .filter(|row| row.starts_with("approval "))
                    .collect::<Vec<_>>()
            };
            let before = decided(&asked);
            let answer = way(&asked);
            let place = format!("{name} while {standing:?}: {} {}", answer.status, answer.body);
            if standing == Standing::Open {
                assert_eq!(answer.status, 200, "{place}");
                assert_ne!(before, decided(&asked), "{place}");
            } else {
                assert_eq!(before, decided(&asked), "{place}");
            }
            assert!(!answer.status.is_server_error(), "{place}");
        }
    }
}

#[test]
fn a_question_lets_nobody_in() {
    let asked = Asked::new();
    assert_eq!(asked.answer(&APPROVE).status, 200);
    let rows = asked.desk.edge.rows_of("minato", &[]);
    for table in ["device ", "device_code ", "registration "] {
        assert!(!rows.iter().any(|row| row.starts_with(table)), "{table}");
    }
}

#[test]
fn where_two_are_required_each_gets_a_receipt_and_the_second_decides() {
    let desk = Desk::new();
    let two = json!({ "title": "a", "text": "b", "required": 2 });
    let refused = desk.at_desk(400, "POST", "/customers/minato/questions", Some(&two));
    assert_eq!(refused["field"], "required", "there is one approver: {refused}");
    let second = json!({
        "name": "伊藤 翔", "email": "sho@minato.example", "account": "sho", "locale": "ja", "time_zone": "Asia/Tokyo",
    });
    let added = Call::post("/operator/v1/tenants/minato/administrators")
        .bearer(OPERATOR)
        .json(&second);
    assert_eq!(added.send(&desk.edge).status, 201);
    desk.edge.mails();
    let made = desk.at_desk(201, "POST", "/customers/minato/questions", Some(&two));
    let path = format!("/desk/questions/minato/{}", text(&made["id"]));
    let mails = desk.edge.mails();
    let links: Vec<String> = mails.iter().map(|mail| link_in(&mail.text)).collect();
    assert_eq!(links.len(), 2);
    let shown = Call::get(&links[0]).send(&desk.edge).body;
    assert!(shown.contains("2名が承認した時点"), "{shown}");
    assert!(!shown.contains("最初の回答で決まり"), "{shown}");

    let approve = |link: &str| Call::post(link).form(&APPROVE).send(&desk.edge);
    assert_eq!(approve(&links[0]).status, 200);
    assert_eq!(
        approve(&links[0]).status,
        200,
        "two approvals by one person count as one"
    );
    let waiting = desk.at_desk(200, "GET", &path, None);
    assert_eq!(
        (&waiting["state"], waiting["agreed"].as_array().unwrap().len()),
        (&json!("open"), 1)
    );
    let first = claims(&Call::get(&format!("{}/receipt", links[0])).send(&desk.edge).body);
    let of_first = first.approvals.expect("one of several");
    assert_eq!((of_first.before.len(), of_first.settles), (0, false), "no consent yet");
    assert_eq!(Call::get(&format!("{}/receipt", links[1])).send(&desk.edge).status, 404);

    assert_eq!(approve(&links[1]).status, 200);
    assert_eq!(desk.at_desk(200, "GET", &path, None)["decision"]["outcome"], "approved");
    let last = claims(&Call::get(&format!("{}/receipt", links[1])).send(&desk.edge).body);
    let approvals = last.approvals.expect("one of several");
    assert_eq!((approvals.required, approvals.before.len()), (2, 1));
    assert!(approvals.settles);
}

#[test]
fn an_approval_of_somebody_who_may_not_approve_any_more_does_not_count() {
    let desk = Desk::new();
    let administrator = |account: &str, email: &str| {
        let who = json!({
            "name": "伊藤 翔", "email": email, "account": account, "locale": "ja", "time_zone": "Asia/Tokyo",
        });
        let added = Call::post("/operator/v1/tenants/minato/administrators")
            .bearer(OPERATOR)
            .json(&who);
        assert_eq!(added.send(&desk.edge).status, 201);
    };
    administrator("sho", "sho@minato.example");
    administrator("ren", "ren@minato.example");
    desk.edge.mails();
    let two = json!({ "title": "a", "text": "b", "required": 2 });
    let made = desk.at_desk(201, "POST", "/customers/minato/questions", Some(&two));
    let path = format!("/desk/questions/minato/{}", text(&made["id"]));
    let mails = desk.edge.addressed_mails();
    let link = |address: &str| link_in(&mails.iter().find(|(to, _)| to == address).unwrap().1.text);
    let (sho, ren) = (link("sho@minato.example"), link("ren@minato.example"));
    let first = mails
        .iter()
        .find(|(to, _)| !to.starts_with("sho@") && !to.starts_with("ren@"))
        .unwrap();
    let first = link_in(&first.1.text);

    let approve = |link: &str| Call::post(link).form(&APPROVE).send(&desk.edge);
    assert_eq!(approve(&sho).status, 200);
    // An approval from a removed account, such as one that was taken over, no longer counts.
    desk.edge.rewrite("minato", |sql| {
        sql.run("DELETE FROM account WHERE name = 'sho'", Vec::new()).unwrap();
    });
    assert!(
        !Call::get(&ren).send(&desk.edge).body.contains("伊藤 翔 様が"),
        "it is not shown as one"
    );
    assert_eq!(approve(&ren).status, 200);
    let waiting = desk.at_desk(200, "GET", &path, None);
    assert_eq!(waiting["state"], "open", "one of two has approved: {waiting}");
    assert_eq!(waiting["agreed"][0]["email"], "ren@minato.example");
    assert_eq!(approve(&first).status, 200);
    assert_eq!(desk.at_desk(200, "GET", &path, None)["decision"]["outcome"], "approved");
}

#[test]
fn one_key_is_not_for_two_questions_or_two_people() {
    let desk = Desk::new();
    let ask = |question: &Value| {
        Call::post("/t/kita-desk/api/v1/customers/minato/questions")
            .header("cookie", &desk.agent)
            .header("idempotency-key", "T-1024")
            .json(question)
            .send(&desk.edge)
    };
    assert_eq!(ask(&question()).status, 201);
    let mut other = question();
    other["text"] = json!("別の質問です。");
    let refused = ask(&other);
    assert_eq!((refused.status.as_u16(), refused.code().as_str()), (409, "conflict"));
}

#[test]
fn no_text_hides_what_it_says() {
    let desk = Desk::new();
    for text in ["a\u{202e}b", "a\u{200b}b", "a\u{2028}b", "\u{e000}", "\u{2800}"] {
        let question = json!({ "title": "a", "text": text });
        let refused = desk.at_desk(400, "POST", "/customers/minato/questions", Some(&question));
        assert_eq!(refused["field"], "text", "{text:?}");
    }
    let lines = json!({ "title": "a", "text": "一行目\n\t二行目" });
    desk.at_desk(201, "POST", "/customers/minato/questions", Some(&lines));
}

#[test]
fn a_lost_answer_asks_nobody_twice() {
    let desk = Desk::new();
    let ask = || {
        Call::post("/t/kita-desk/api/v1/customers/minato/questions")
            .header("cookie", &desk.agent)
            .header("idempotency-key", "T-1024")
            .json(&question())
            .send(&desk.edge)
    };
    let (first, second) = (ask(), ask());
    assert_eq!((first.status.as_u16(), second.status.as_u16()), (201, 201));
    assert_eq!(first.json()["id"], second.json()["id"]);
    assert_eq!(desk.edge.mails().len(), 1);
}

#[test]
fn expired_is_told_apart_from_refused() {
    let mut asked = Asked::new();
    asked.desk.edge.advance(3 * DAY);
    let again = log_in(&asked.desk.edge, "kita-desk", "hanako", PASSWORD);
    asked.desk.agent = cookie_of(&again);
    let read = asked.at_desk();
    assert_eq!((&read["state"], &read["decision"]), (&json!("expired"), &Value::Null));
    let listed = asked.desk.at_desk(200, "GET", "/desk/questions", None);
    assert_eq!(
        listed["items"][0]["question"]["state"], "expired",
        "the copy follows by itself"
    );
    assert!(asked.desk.edge.mails().is_empty());
    let path = format!("/desk/questions/minato/{}/withdraw", asked.id);
    assert_eq!(asked.desk.at_desk(409, "POST", &path, None)["code"], "conflict");
}

#[test]
fn another_provider_neither_asks_nor_reads() {
    let asked = Asked::new();
    let administrator = crate::desk::administrator("minami-desk");
    let provider = json!({
        "slug": "minami-desk", "kind": "provider", "name": "南サービス", "locale": "ja", "time_zone": "Asia/Tokyo",
        "administrator": administrator,
    });
    let made = Call::post("/operator/v1/tenants")
        .bearer(OPERATOR)
        .json(&provider)
        .send(&asked.desk.edge);
    assert_eq!(made.status, 201);
    let first = crate::support::scene::secret_line(&asked.desk.edge.mails().remove(0).text);
    let other = settle(&asked.desk.edge, "minami-desk", "hanako", &first);
    let read = format!("/desk/questions/minato/{}", asked.id);
    for (method, path, body) in [
        ("POST", "/customers/minato/questions".to_owned(), Some(question())),
        ("GET", read.clone(), None),
        ("POST", format!("{read}/withdraw"), None),
        ("GET", format!("{read}/receipt"), None),
    ] {
        let answer = send(&asked.desk.edge, "minami-desk", &other, method, &path, body.as_ref());
        assert_eq!(answer.status, 404, "{method} {path}: {}", answer.body);
    }
}

#[test]
fn what_cannot_be_asked_is_named() {
    let desk = Desk::new();
    for (question, field) in [
        (json!({ "text": "b" }), "title"),
        (json!({ "title": "a\nb", "text": "b" }), "title"),
        (json!({ "title": "a", "text": "" }), "text"),
        (json!({ "title": "a", "text": "あ".repeat(2_001) }), "text"),
        (json!({ "title": "a", "text": "b", "expires_in": 59 }), "expires_in"),
        (json!({ "title": "a", "text": "b", "required": 6 }), "required"),
        (json!({ "title": "a", "text": "b", "colour": "red" }), "colour"),
    ] {
        let refused = desk.at_desk(400, "POST", "/customers/minato/questions", Some(&question));
        assert_eq!(refused["field"], field, "{question}: {refused}");
    }
    assert!(desk.edge.mails().is_empty());
    let huge = json!({ "title": "a", "text": b64::encode_standard(vec![7; 100_000]) });
    let answer = send(
        &desk.edge,
        "kita-desk",
        &desk.agent,
        "POST",
        "/customers/minato/questions",
        Some(&huge),
    );
    assert!(answer.status.is_client_error(), "{}", answer.body);
}

//! Remote support on equipment (K6 to K9): the desk asks, an administrator answers, the desk executes, the machine
//! confirms. The states of a launch against every way to move it, before and after an approval.

use serde_json::{Value, json};
use tegata_domain::command::{NoteSession, OpenSession, SessionCommand, TenantCommand};
use tegata_domain::id::{AgentId, LaunchId};
use tegata_domain::jws::Compact;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::session::{SessionEvent, SessionReport};
use tegata_domain::slug::Slug;
use tegata_objects::hosted::Heard;
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, send};
use crate::questions::{APPROVE, link_in};
use crate::support::call::{Answer, Call};
use crate::support::edge::assert_same;
use crate::support::key::Key;
use crate::support::scene::text;
use crate::support::staff::{PASSWORD, cookie_of, log_in};

const REFUSE: [(&str, &str); 3] = [("decision", "refuse"), ("refuse", "yes"), ("reason", "生産中のため")];
const TOKEN: &str = "/t/minato/oauth/token";
const SUBJECT_ASKED: &str = "Tegataリモートサポート遠隔起動確認[Confirmation of Remote Support execution]";
const SUBJECT_STARTED: &str = "TegataリモートサポートID&PASS通知[Notification of Remote Support ID&Pass]";

pub fn request(equipment: &str) -> Value {
    json!({ "equipment": equipment, "reason": "加工中に停止するため、ログを確認します。", "period": 3600 })
}

fn minato() -> Slug {
    Slug::parse("minato").unwrap()
}

/// A machine of the customer `minato` with an agent that is connected and allows remote assistance.
pub struct Machine {
    pub equipment: String,
    pub agent: AgentId,
    key: Key,
    tokens: Value,
}

impl Machine {
    pub fn new(desk: &Desk, serial: &str) -> Self {
        desk.edge.play_sessions();
        let new = json!({ "name": "5軸加工機 7号機", "serial_number": serial, "place": "第一工場" });
        let equipment = text(&desk.at_customer(201, "POST", "/equipment", Some(&new))["id"]);
        let switch = json!({ "version": 1, "remote_assistance": true });
        desk.at_customer(200, "PATCH", &format!("/equipment/{equipment}/switches"), Some(&switch));
        let issued = desk.at_customer(
            201,
            "POST",
            &format!("/equipment/{equipment}/enrolment"),
            Some(&json!({})),
        );
        let key = Key::new(serial.bytes().fold(7, u8::wrapping_add));
        let granted = Call::post(TOKEN)
            .form(&[
                ("grant_type", "urn:tegata:grant-type:enrolment_code"),
                ("client_id", "agent"),
                ("enrolment_code", &text(&issued["code"])),
                ("software", "tegata 0.1.0"),
                ("system", "Debian 13 x86_64"),
                ("host_name", "line-7"),
            ])
            .proven(&key, None)
            .send(&desk.edge);
        assert_eq!(granted.status, 200, "{}", granted.body);
        let view = desk.at_customer(200, "GET", &format!("/equipment/{equipment}"), None);
        let machine = Self {
            agent: AgentId::parse(&text(&view["agent"]["id"])).unwrap(),
            equipment,
            key,
            tokens: granted.json(),
        };
        machine.connect(desk);
        machine.says(desk, &json!({ "type": "switch", "remote_assistance": true }));
        desk.edge.mails();
        machine
    }

    /// Opens the control socket and says hello. Returns the answers.
    pub fn connect(&self, desk: &Desk) -> Vec<Value> {
        let token = text(&self.tokens["access_token"]);
        let opened = Call::get("/t/minato/agent")
            .header("upgrade", "websocket")
            .header("connection", "Upgrade")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("sec-websocket-protocol", "tegata.agent.v1")
            .header("authorization", &format!("DPoP {token}"))
            .proven(&self.key, Some(&token))
            .send(&desk.edge);
        assert_eq!(opened.status, 101, "{}", opened.body);
        let hello =
            json!({ "type": "hello", "software": "tegata 0.1.0", "system": "Debian 13 x86_64", "host_name": "line-7" });
        let answers = self.says(desk, &hello);
        assert_eq!(answers[0]["type"], "welcome");
        answers
    }

    pub fn cut(&self, desk: &Desk) {
        desk.edge.cut(&minato(), &self.agent);
    }

    pub fn says(&self, desk: &Desk, message: &Value) -> Vec<Value> {
        match desk.edge.heard(&minato(), &self.agent, &message.to_string()) {
            Heard::Answer(texts) => texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect(),
            Heard::Nothing => Vec::new(),
            Heard::Close(code) => panic!("closed with {code}"),
        }
    }

    /// What the agent was sent since the last look.
    pub fn ordered(&self, desk: &Desk) -> Vec<Value> {
        let own = format!("agent/{}", self.agent);
        let sent = desk.edge.sent().into_iter();
        sent.filter(|(tag, _)| *tag == own)
            .map(|(_, message)| message)
            .collect()
    }
}

/// A launch that the desk has requested on a machine of the customer's.
struct Asked {
    desk: Desk,
    machine: Machine,
    id: String,
    /// The path of the link in the administrator's mail.
    link: String,
}

impl Asked {
    fn new() -> Self {
        Self::with(&json!({}))
    }

    fn with(members: &Value) -> Self {
        let desk = Desk::new();
        let machine = Machine::new(&desk, "TG-2041");
        let mut wanted = request(&machine.equipment);
        for (name, value) in members.as_object().unwrap() {
            wanted[name] = value.clone();
        }
        let made = desk.at_desk(201, "POST", "/customers/minato/launches", Some(&wanted));
        let mails = desk.edge.addressed_mails();
        let [(to, mail)] = &mails[..] else {
            panic!("one administrator, one mail: {mails:?}")
        };
        assert_eq!(
            (to.as_str(), mail.subject.as_str()),
            ("hanako@minato.example", SUBJECT_ASKED)
        );
        Self {
            id: text(&made["id"]),
            link: link_in(&mail.text),
            desk,
            machine,
        }
    }

    fn approved() -> Self {
        let asked = Self::new();
        assert_eq!(asked.answer(&APPROVE).status, 200);
        asked.desk.edge.mails();
        asked
    }

    fn executing() -> (Self, Value) {
        let asked = Self::approved();
        assert_eq!(asked.execute().status, 200);
        let [order] = &asked.machine.ordered(&asked.desk)[..] else {
            panic!("one order")
        };
        let order = order.clone();
        (asked, order)
    }

    /// A launch whose session has opened, and the command that opened it.
    fn running() -> (Self, OpenSession) {
        let (asked, order) = Self::executing();
        let open = asked.confirm(&order);
        asked.report(&open, 1, SessionEvent::Opened);
        (asked, open)
    }

    fn answer(&self, form: &[(&str, &str)]) -> Answer {
        Call::post(&self.link).form(form).send(&self.desk.edge)
    }

    fn execute(&self) -> Answer {
        self.do_at_desk("execute")
    }

    fn do_at_desk(&self, what: &str) -> Answer {
        let path = format!("/desk/launches/minato/{}/{what}", self.id);
        send(&self.desk.edge, "kita-desk", &self.desk.agent, "POST", &path, None)
    }

    fn confirm(&self, order: &Value) -> OpenSession {
        let started = json!({ "type": "started", "command": order["command"] });
        assert!(self.machine.says(&self.desk, &started).is_empty());
        let commands = self.desk.edge.session_commands();
        let [SessionCommand::OpenSession(open)] = &commands[..] else {
            panic!("one session is opened: {commands:?}")
        };
        open.clone()
    }

    fn report(&self, open: &OpenSession, number: i64, event: SessionEvent) {
        let report = SessionReport {
            number,
            at: self.desk.edge.now(),
            event,
        };
        let note = NoteSession {
            launch: LaunchId::parse(&self.id).unwrap(),
            number: open.number.clone(),
            reports: vec![report],
        };
        self.desk
            .edge
            .tell(&minato(), TenantCommand::NoteSession(note))
            .unwrap();
    }

    fn at_desk(&self) -> Value {
        self.desk
            .at_desk(200, "GET", &format!("/desk/launches/minato/{}", self.id), None)
    }

    fn state(&self) -> String {
        text(&self.at_desk()["state"])
    }
}

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
}

/// The states that a launch can be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Requested,
    Approved,
    TooEarly,
    PeriodOver,
    Executing,
    Running,
    Ended,
    Refused,
    Withdrawn,
    Unanswered,
    Suspended,
    SwitchedOff,
    MachineForbids,
    AgentEnded,
}

impl Standing {
    const ALL: [Self; 14] = [
        Self::Requested,
        Self::Approved,
        Self::TooEarly,
        Self::PeriodOver,
        Self::Executing,
        Self::Running,
        Self::Ended,
        Self::Refused,
        Self::Withdrawn,
        Self::Unanswered,
        Self::Suspended,
        Self::SwitchedOff,
        Self::MachineForbids,
        Self::AgentEnded,
    ];

    fn reach(self) -> Asked {
        let asked = match self {
            Self::Requested | Self::Refused | Self::Withdrawn | Self::Unanswered => Asked::new(),
            Self::TooEarly => {
                let now = Desk::new().edge.now().0;
                let asked = Asked::with(&json!({ "starts_at": now + 7_200 }));
                assert_eq!(asked.answer(&APPROVE).status, 200);
                asked
            }
            Self::Executing => Asked::executing().0,
            Self::Running | Self::Ended => Asked::running().0,
            _ => Asked::approved(),
        };
        let switch = |body: &Value| {
            let path = format!("/equipment/{}/switches", asked.machine.equipment);
            asked.desk.at_customer(200, "PATCH", &path, Some(body));
        };
        match self {
            Self::Refused => assert_eq!(asked.answer(&REFUSE).status, 200),
            Self::Withdrawn => assert_eq!(asked.do_at_desk("withdraw").status, 200),
            Self::Ended => assert_eq!(asked.do_at_desk("end").status, 200),
            Self::PeriodOver => asked.desk.edge.advance(3_601),
            Self::Unanswered => asked.desk.edge.advance(3 * 24 * 3_600 + 1),
            Self::Suspended => {
                asked.desk.at_desk(200, "POST", "/customers/minato/suspend", None);
            }
            Self::SwitchedOff => switch(&json!({ "version": 2, "remote_assistance": false })),
            Self::MachineForbids => {
                let forbids = json!({ "type": "switch", "remote_assistance": false });
                asked.machine.says(&asked.desk, &forbids);
            }
            Self::AgentEnded => {
                let path = format!("/equipment/{}/agent/end", asked.machine.equipment);
                asked.desk.at_customer(200, "POST", &path, None);
            }
            _ => {}
        }
        let mut asked = asked;
        asked.desk.agent = cookie_of(&log_in(&asked.desk.edge, "kita-desk", "hanako", PASSWORD));
        asked.desk.edge.sent();
        asked.desk.edge.session_commands();
        asked.desk.edge.mails();
        asked
    }

    /// What executing answers: the status and the code.
    const fn executes(self) -> (u16, &'static str) {
        match self {
            Self::Approved => (200, ""),
            Self::TooEarly => (409, "too-early"),
            Self::Suspended => (403, "suspended"),
            Self::SwitchedOff => (409, "remote-assistance-off"),
            Self::MachineForbids => (409, "machine-forbids"),
            Self::AgentEnded => (409, "no-agent"),
            _ => (409, "conflict"),
        }
    }
}

/// No command reaches an agent and no credential comes into being without an approval that is approved and unexpired.
#[test]
fn only_an_approved_launch_reaches_the_machine() {
    for standing in Standing::ALL {
        for with_restart in [false, true] {
            let asked = standing.reach();
            if with_restart {
                asked.desk.edge.forget();
            }
            let before = asked.desk.edge.rows_of("minato", &["outbox"]);
            let answer = asked.execute();
            let (status, code) = standing.executes();
            assert_eq!(answer.status, status, "{standing:?}: {}", answer.body);
            if status == 200 {
                assert_eq!(asked.machine.ordered(&asked.desk).len(), 1);
                continue;
            }
            assert_eq!(answer.code(), code, "{standing:?}");
            assert!(
                asked.machine.ordered(&asked.desk).is_empty(),
                "{standing:?}: nothing reaches the machine"
            );
            assert!(
                asked.desk.edge.session_commands().is_empty(),
                "{standing:?}: no session opens"
            );
            assert_same(
                &before,
                &asked.desk.edge.rows_of("minato", &["outbox"]),
                &format!("{standing:?}"),
            );
            assert!(asked.desk.edge.mails().is_empty(), "{standing:?}: nothing is mailed");
        }
    }
}

/// A machine that says it has started, in every state but the one in which it was told to, starts nothing.
#[test]
fn a_machine_that_was_not_told_to_starts_nothing() {
    let (executing, order) = Asked::executing();
    for standing in Standing::ALL {
        // Where the agent or the tenant's service has ended, its socket is closed.
        let shut = [Standing::AgentEnded, Standing::Suspended];
        if shut.contains(&standing) || standing == Standing::Executing {
            continue;
        }
        let asked = standing.reach();
        for command in [text(&order["command"]), "AAAAAAAAAAAAAAAAAAAAAA".to_owned()] {
            asked
                .machine
                .says(&asked.desk, &json!({ "type": "started", "command": command }));
        }
        assert!(asked.desk.edge.session_commands().is_empty(), "{standing:?}");
    }
    let other = Machine::new(&executing.desk, "TG-2042");
    other.says(
        &executing.desk,
        &json!({ "type": "started", "command": order["command"] }),
    );
    assert!(
        executing.desk.edge.session_commands().is_empty(),
        "another machine's command"
    );
    executing.confirm(&order);
    let again = json!({ "type": "started", "command": order["command"] });
    executing.machine.says(&executing.desk, &again);
    assert!(
        executing.desk.edge.session_commands().is_empty(),
        "it opens one session, not two"
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

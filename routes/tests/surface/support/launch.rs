//! A customer's machine with a connected agent, and a launch that the desk has requested on it.

use serde_json::{Value, json};
use tegata_domain::command::{NoteSession, OpenSession, SessionCommand, TenantCommand};
use tegata_domain::id::{AgentId, LaunchId};
use tegata_domain::session::{SessionEvent, SessionReport};
use tegata_domain::slug::Slug;
use tegata_objects::hosted::Heard;
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, send};
use crate::questions::{APPROVE, link_in};
use crate::support::call::{Answer, Call};
use crate::support::key::Key;
use crate::support::scene::text;

pub const REFUSE: [(&str, &str); 3] = [("decision", "refuse"), ("refuse", "yes"), ("reason", "生産中のため")];
const TOKEN: &str = "/t/minato/oauth/token";
pub const SUBJECT_ASKED: &str = "Tegataリモートサポート遠隔起動確認[Confirmation of Remote Support execution]";
pub const SUBJECT_STARTED: &str = "TegataリモートサポートID&PASS通知[Notification of Remote Support ID&Pass]";

pub fn request(equipment: &str) -> Value {
    json!({ "equipment": equipment, "reason": "加工中に停止するため、ログを確認します。", "period": 3600 })
}

pub fn minato() -> Slug {
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
pub struct Asked {
    pub desk: Desk,
    pub machine: Machine,
    pub id: String,
    /// The path of the link in the administrator's mail.
    pub link: String,
}

impl Asked {
    pub fn new() -> Self {
        Self::with(&json!({}))
    }

    pub fn with(members: &Value) -> Self {
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

    pub fn approved() -> Self {
        let asked = Self::new();
        assert_eq!(asked.answer(&APPROVE).status, 200);
        asked.desk.edge.mails();
        asked
    }

    pub fn executing() -> (Self, Value) {
        let asked = Self::approved();
        assert_eq!(asked.execute().status, 200);
        let [order] = &asked.machine.ordered(&asked.desk)[..] else {
            panic!("one order")
        };
        let order = order.clone();
        (asked, order)
    }

    /// A launch whose session has opened, and the command that opened it.
    pub fn running() -> (Self, OpenSession) {
        let (asked, order) = Self::executing();
        let open = asked.confirm(&order);
        asked.report(&open, 1, SessionEvent::Opened);
        (asked, open)
    }

    pub fn answer(&self, form: &[(&str, &str)]) -> Answer {
        Call::post(&self.link).form(form).send(&self.desk.edge)
    }

    pub fn execute(&self) -> Answer {
        self.do_at_desk("execute")
    }

    pub fn do_at_desk(&self, what: &str) -> Answer {
        let path = format!("/desk/launches/minato/{}/{what}", self.id);
        send(&self.desk.edge, "kita-desk", &self.desk.agent, "POST", &path, None)
    }

    pub fn confirm(&self, order: &Value) -> OpenSession {
        let started = json!({ "type": "started", "command": order["command"] });
        assert!(self.machine.says(&self.desk, &started).is_empty());
        let commands = self.desk.edge.session_commands();
        let [SessionCommand::OpenSession(open)] = &commands[..] else {
            panic!("one session is opened: {commands:?}")
        };
        open.clone()
    }

    pub fn report(&self, open: &OpenSession, number: i64, event: SessionEvent) {
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

    pub fn at_desk(&self) -> Value {
        self.desk
            .at_desk(200, "GET", &format!("/desk/launches/minato/{}", self.id), None)
    }

    pub fn state(&self) -> String {
        text(&self.at_desk()["state"])
    }
}

//! An appointment with people of the customer `minato`, and those who open its links.

use serde_json::{Value, json};
use tegata_domain::calendar::Method;
use tegata_domain::jws::Compact;
use tegata_domain::mail::ComposedMail;
use tegata_domain::receipt::TYP;
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, send};
use crate::support::call::{Answer, Call};
use crate::support::edge::EDGE;
use crate::support::scene::text;
use crate::support::staff::{PASSWORD, cookie_of, log_in};

pub const TITLE: &str = "検査結果の印刷について";
pub const JIRO: &str = "佐藤 次郎";

/// A wall-clock time in Tokyo.
pub fn tokyo(start: &str) -> Value {
    json!({ "start": start, "time_zone": "Asia/Tokyo" })
}

pub fn jiro() -> Value {
    json!({ "name": JIRO, "email": "jiro@minato.example", "locale": "ja" })
}

pub fn bo() -> Value {
    json!({ "name": "Bo Jensen", "email": "bo@minato.example", "locale": "da" })
}

/// What the desk sends to propose two times to two people, with `members` besides or instead.
pub fn new(members: &Value) -> Value {
    let mut new = json!({
        "title": TITLE,
        "times": [tokyo("2026-11-24T14:00"), tokyo("2026-11-25T10:00")],
        "participants": [jiro(), bo()],
        "host_time_zone": "Europe/Copenhagen",
    });
    for (name, value) in members.as_object().cloned().unwrap_or_default() {
        new[name] = value;
    }
    new
}

/// Another time, with the reason that moving an agreed date needs.
pub fn other_times() -> Value {
    json!({ "times": [tokyo("2026-11-30T10:00")], "reason": "担当者の都合により" })
}

/// The mails to `to`.
pub fn sent_to<'a>(mails: &'a [(String, ComposedMail)], to: &str) -> Vec<&'a ComposedMail> {
    mails
        .iter()
        .filter(|(address, _)| address == to)
        .map(|(_, mail)| mail)
        .collect()
}

/// What a mail has for calendar programs: method, UID, SEQUENCE, start.
pub fn dated(mail: &ComposedMail) -> Option<(Method, String, i64, i64)> {
    let invite = mail.invite.as_ref()?;
    Some((
        invite.method,
        invite.event.uid.clone(),
        invite.event.sequence,
        invite.event.start.0,
    ))
}

/// The claims of a receipt.
pub fn claims(receipt: &str) -> Value {
    Compact::record(receipt, TYP).unwrap().payload().unwrap()
}

pub const HOST: &str = "hanako@kita-desk.example";

pub struct Meeting {
    pub desk: Desk,
    pub id: String,
    /// The paths of the links of both, from their mails.
    pub links: Vec<String>,
}

/// The path of the first link in a mail that begins like this.
pub fn path_in(mail: &ComposedMail, begin: &str) -> String {
    let begin = format!("{EDGE}{begin}");
    let at = mail
        .text
        .find(&begin)
        .unwrap_or_else(|| panic!("no link: {}", mail.text));
    let link = mail.text[at..].split_whitespace().next().unwrap();
    link[EDGE.len()..].to_owned()
}

impl Meeting {
    pub fn proposed() -> Self {
        Self::with(&json!({}))
    }

    pub fn with(members: &Value) -> Self {
        Self::by(Desk::new(), members)
    }

    pub fn by(desk: Desk, members: &Value) -> Self {
        let made = desk.at_desk(201, "POST", "/desk/customers/minato/appointments", Some(&new(members)));
        assert_eq!(made["state"], "proposed");
        let mails = desk.edge.mails();
        let asked = mails.iter().filter(|mail| mail.text.contains("/m/minato."));
        let links = asked.map(|mail| path_in(mail, "/m/")).collect();
        Self {
            desk,
            id: text(&made["id"]),
            links,
        }
    }

    /// The person at the first place proposes another time.
    pub fn counter(&self) {
        let fields = [
            ("act", "counter"),
            ("date0", "2026-11-27"),
            ("time0", "09:30"),
            ("name", JIRO),
            ("zone", "Asia/Tokyo"),
            ("lang", "ja"),
        ];
        assert_eq!(self.post(0, &fields).status, 200);
    }

    /// One whose first time was chosen by Jiro. The mails about it are taken.
    pub fn agreed() -> Self {
        let meeting = Self::proposed();
        let chosen = meeting.choose(0, 0, JIRO);
        assert_eq!(chosen.status, 200, "{}", chosen.body);
        meeting.desk.edge.mails();
        meeting
    }

    pub fn shown(&self) -> Value {
        let path = format!("/desk/appointments/minato/{}", self.id);
        let answer = send(&self.desk.edge, "kita-desk", &self.staff(), "GET", &path, None);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }

    /// A console session that is good now, whatever the clock was moved by.
    fn staff(&self) -> String {
        cookie_of(&log_in(&self.desk.edge, "kita-desk", "hanako", PASSWORD))
    }

    pub fn state(&self) -> String {
        text(&self.shown()["state"])
    }

    pub fn at_desk(&self, what: &str, body: &Value) -> Answer {
        let path = format!("/desk/appointments/minato/{}/{what}", self.id);
        send(&self.desk.edge, "kita-desk", &self.staff(), "POST", &path, Some(body))
    }

    pub fn look(&self, place: usize, query: &str) -> Answer {
        Call::get(&format!("{}{query}", self.links[place])).send(&self.desk.edge)
    }

    pub fn post(&self, place: usize, fields: &[(&str, &str)]) -> Answer {
        Call::post(&self.links[place])
            .header("origin", EDGE)
            .header("cf-connecting-ip", "203.0.113.5")
            .form(fields)
            .send(&self.desk.edge)
    }

    /// The person at `place` chooses the time `time` of the first proposal.
    pub fn choose(&self, place: usize, time: usize, name: &str) -> Answer {
        let time = time.to_string();
        let fields = [
            ("act", "choose"),
            ("offer", "1"),
            ("time", &time),
            ("name", name),
            ("zone", "Asia/Tokyo"),
            ("lang", "ja"),
        ];
        self.post(place, &fields)
    }

    /// Moves the clock on to `seconds` before the agreed start, and lets deadlines and mails run.
    pub fn until_before_start(&self, seconds: i64) {
        let start = self.shown()["agreed"]["time"]["at"].as_i64().expect("a date is agreed");
        let now = self.desk.edge.now().0;
        self.desk.edge.advance(start - seconds - now);
        self.desk.edge.wake();
    }

    /// The texts of the mails since the last call, by recipient.
    pub fn mails(&self) -> Vec<(String, ComposedMail)> {
        self.desk.edge.addressed_mails()
    }

    pub fn audit(&self) -> Vec<String> {
        let log = self.desk.at_customer(200, "GET", "/audit?order=oldest", None);
        let actions = log["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| text(&entry["action"]));
        actions.filter(|action| action.starts_with("appointment.")).collect()
    }
}

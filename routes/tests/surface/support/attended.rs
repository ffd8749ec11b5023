//! An attended session at the customer `minato`, and the people who open its link.

use serde_json::{Value, json};

use crate::desk::{Desk, send};
use crate::support::call::{Answer, Call};
use crate::support::edge::EDGE;
use crate::support::scene::text;

pub const TITLE: &str = "検査結果の表示について";
pub const GUEST: &str = "佐藤 次郎";

/// An attended session.
pub struct Attended {
    pub desk: Desk,
    pub id: String,
}

/// A new session, with `members` besides its title.
pub fn new(members: &Value) -> Value {
    let mut new = json!({ "title": TITLE });
    let members = members.as_object().cloned().unwrap_or_default();
    for (name, value) in members {
        new[name] = value;
    }
    new
}

/// Somebody who is invited.
pub fn somebody() -> Value {
    json!({ "name": GUEST, "email": "jiro@minato.example", "locale": "ja" })
}

/// The token in the URL of a page.
pub fn token(link: &str) -> String {
    let token = link.strip_prefix(&format!("{EDGE}/j/"));
    token.unwrap_or_else(|| panic!("no link: {link}")).to_owned()
}

impl Attended {
    /// A session whose number is being claimed.
    pub fn opening(members: &Value) -> Self {
        Self::by(Desk::new(), members)
    }

    pub fn by(desk: Desk, members: &Value) -> Self {
        let path = "/desk/customers/minato/attended";
        let opened = desk.at_desk(201, "POST", path, Some(&new(members)));
        assert_eq!(opened["state"], "opening");
        let id = text(&opened["id"]);
        Self { desk, id }
    }

    /// A session that can be joined.
    pub fn open() -> Self {
        Self::open_with(&json!({}))
    }

    pub fn open_with(members: &Value) -> Self {
        let attended = Self::opening(members);
        attended.desk.edge.deliver();
        attended
    }

    /// A session that somebody has joined.
    pub fn running() -> Self {
        let attended = Self::open();
        assert_eq!(attended.join(GUEST).status, 200);
        attended.desk.edge.deliver();
        attended
    }

    /// The session as the desk sees it.
    pub fn shown(&self) -> Value {
        let path = format!("/desk/attended/minato/{}", self.id);
        self.desk.at_desk(200, "GET", &path, None)
    }

    pub fn state(&self) -> String {
        text(&self.shown()["state"])
    }

    /// What the desk does with it.
    pub fn at_desk(&self, what: &str) -> Answer {
        let path = format!("/desk/attended/minato/{}/{what}", self.id);
        send(&self.desk.edge, "kita-desk", &self.desk.agent, "POST", &path, None)
    }

    /// The token of the link that the desk hands over.
    pub fn token(&self) -> String {
        token(&text(&self.shown()["hand_over"]["link"]))
    }

    /// ID and password, as the desk hands them over.
    pub fn credential(&self) -> (String, String) {
        let shown = self.shown();
        let part = |name: &str| text(&shown["hand_over"][name]);
        (part("number"), part("password"))
    }

    pub fn look(&self, token: &str) -> Answer {
        Call::get(&format!("/j/{token}")).send(&self.desk.edge)
    }

    /// Somebody presses 「参加する」 on the page that the desk has handed over.
    pub fn join(&self, name: &str) -> Answer {
        self.join_by(&self.token(), name, "203.0.113.5")
    }

    pub fn join_by(&self, token: &str, name: &str, address: &str) -> Answer {
        joining(token, name, address).send(&self.desk.edge)
    }

    /// ID and password on the page of `provider`.
    pub fn knock(&self, provider: &str, number: &str, password: &str) -> Answer {
        let form = [("number", number), ("password", password), ("lang", "ja")];
        Call::post(&format!("/t/{provider}/join"))
            .header("origin", EDGE)
            .header("cf-connecting-ip", "203.0.113.5")
            .form(&form)
            .send(&self.desk.edge)
    }

    /// The desk joins by ID and password.
    pub fn join_at_desk(&self, number: &str, password: &str) -> Answer {
        Call::post("/t/kita-desk/api/v1/desk/sessions/join")
            .header("cookie", &self.desk.agent)
            .json(&json!({ "number": number, "password": password }))
            .send(&self.desk.edge)
    }

    /// Opens the session's socket with `ticket`, from a page of the edge.
    pub fn socket(&self, tenant: &str, number: &str, ticket: &str) -> Answer {
        Call::get(&format!("/t/{tenant}/sessions/{number}"))
            .header("upgrade", "websocket")
            .header("connection", "Upgrade")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
            .header("sec-websocket-protocol", &format!("tegata.session.v1, {ticket}"))
            .header("origin", EDGE)
            .send(&self.desk.edge)
    }
}

/// The consent, as the page sends it.
pub fn joining(token: &str, name: &str, address: &str) -> Call {
    Call::post(&format!("/j/{token}/join"))
        .header("origin", EDGE)
        .header("cf-connecting-ip", address)
        .json(&json!({ "name": name, "locale": "ja" }))
}

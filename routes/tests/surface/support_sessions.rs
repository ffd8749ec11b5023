//! Joining a remote support session: the password, the tries, and who opens the session's socket.

use std::sync::Arc;

use futures::FutureExt as _;
use serde_json::{Value, json};
use tegata_domain::agent::AgentReport;
use tegata_domain::command::{EndSession, OpenSession, SessionOn};
use tegata_domain::id::{AgentId, LaunchId};
use tegata_domain::jwk::Thumbprint;
use tegata_domain::random::CountingRandom;
use tegata_domain::session::files::FilePolicy;
use tegata_domain::session::{Ability, SessionEnd, SessionNumber, SessionPassword};
use tegata_domain::slug::Slug;
use tegata_domain::text::OrganizationName;
use tegata_domain::wire::object::Told;
use tegata_routes::port::Edge as _;

use crate::agents::Enrolled;
use crate::desk::{Desk, send};
use crate::support::call::{Answer, Call};
use crate::support::edge::{EDGE, TestEdge};
use crate::support::key::Key;
use crate::support::scene::text;
use crate::support::staff::{PASSWORD, cookie_of, log_in};

const NUMBER: &str = "123456789";
const WRONG: &str = "2222-2222";

fn number(text: &str) -> SessionNumber {
    SessionNumber::parse(text).unwrap()
}

fn launch() -> LaunchId {
    LaunchId::generate(&CountingRandom::new(7))
}

fn tell(edge: &Arc<TestEdge>, told: Option<Told>) {
    let reply = edge.ask(told.unwrap()).now_or_never();
    reply
        .expect("objects answer at once")
        .expect("the object is there")
        .unwrap();
}

/// Opens session `named` for the provider, as a customer's tenant does once its agent is ready. Returns the password.
fn opened(edge: &Arc<TestEdge>, named: &str, provider: &str, agent: (AgentId, Thumbprint)) -> String {
    let links = edge.link_keys();
    let kid = links.current().unwrap().0.to_owned();
    let password = SessionPassword::derive(&links, &kid, &number(named), &launch()).unwrap();
    let open = OpenSession {
        number: number(named),
        tenant: Slug::parse("aozora").unwrap(),
        tenant_name: OrganizationName::parse("あおぞら製作所").unwrap(),
        provider: Slug::parse(provider).unwrap(),
        launch: launch(),
        on: SessionOn::Equipment {
            equipment: "検査装置".to_owned(),
            serial_number: "TG-1".to_owned(),
            agent: agent.0,
            jkt: agent.1,
            report: AgentReport::parse("tegata 0.1.0", "Debian 13 x86_64", "line-7").unwrap(),
        },
        files: FilePolicy::default(),
        password_hash: password.hashed(&links, &kid, &number(named)).unwrap(),
        kid,
        abilities: Ability::ALL.to_vec(),
        until: edge.now().plus(3600),
    };
    tell(edge, Told::new(&number(named), open));
    password.shown()
}

fn thumbprint(key: &Key) -> Thumbprint {
    Thumbprint::parse(&key.thumbprint()).unwrap()
}

fn nobodys() -> (AgentId, Thumbprint) {
    (AgentId::generate(&CountingRandom::new(8)), thumbprint(&Key::new(9)))
}

fn end(edge: &Arc<TestEdge>, named: &str) {
    let (launch, why) = (launch(), SessionEnd::Desk);
    tell(edge, Told::new(&number(named), EndSession { launch, why }));
}

fn join(desk: &Desk, number: &str, password: &str) -> Answer {
    join_from(desk, "198.51.100.7", number, password)
}

fn join_from(desk: &Desk, address: &str, number: &str, password: &str) -> Answer {
    Call::post("/t/kita-desk/api/v1/desk/sessions/join")
        .header("cookie", &desk.agent)
        .header("cf-connecting-ip", address)
        .json(&json!({ "number": number, "password": password }))
        .send(&desk.edge)
}

fn ticket(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.body);
    text(&answer.json()["ticket"])
}

fn handshake(tenant: &str, number: &str, protocols: &str) -> Call {
    Call::get(&format!("/t/{tenant}/sessions/{number}"))
        .header("upgrade", "websocket")
        .header("connection", "Upgrade")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("sec-websocket-protocol", protocols)
}

fn page(tenant: &str, number: &str, ticket: &str) -> Call {
    handshake(tenant, number, &format!("tegata.session.v1, {ticket}")).header("origin", EDGE)
}

#[test]
fn the_right_password_opens_one_socket_for_a_page_of_the_edge() {
    let desk = Desk::new();
    let password = opened(&desk.edge, NUMBER, "kita-desk", nobodys());
    let joined = join(&desk, "123 456 789", &password.to_lowercase());
    assert_eq!(joined.json()["expires_in"], 30);
    let first = ticket(&joined);
    let elsewhere = page("kita-desk", NUMBER, &first);
    let evil = elsewhere.clone().header("origin", "https://evil.example");
    assert_eq!(evil.send(&desk.edge).status, 403);
    assert_eq!(elsewhere.clone().send(&desk.edge).status, 101);
    assert_eq!(elsewhere.send(&desk.edge).status, 403, "a ticket works once");
    let second = ticket(&join(&desk, NUMBER, &password));
    assert_eq!(page("kita-desk", "123456780", &second).send(&desk.edge).status, 403);
    assert_eq!(page("kita-desk", NUMBER, &second).send(&desk.edge).status, 101);
    let third = ticket(&join(&desk, NUMBER, &password));
    assert_eq!(
        page("minato", NUMBER, &third).send(&desk.edge).status,
        403,
        "another tenant"
    );
    let fourth = ticket(&join(&desk, NUMBER, &password));
    desk.edge.advance(30);
    assert_eq!(page("kita-desk", NUMBER, &fourth).send(&desk.edge).status, 403);
    let entries = desk.at_desk(200, "GET", "/audit", None);
    let latest = |at: usize| text(&entries["items"][at]["action"]);
    assert_eq!(
        (latest(0), latest(1)),
        ("remote_session.join".to_owned(), "remote_session.try".to_owned())
    );
    assert_eq!(entries["items"][0]["object"], "remote_session/123456789");
}

#[test]
fn no_answer_tells_a_wrong_password_from_a_session_that_is_not_there() {
    let desk = Desk::new();
    let password = opened(&desk.edge, NUMBER, "kita-desk", nobodys());
    let foreign = opened(&desk.edge, "222222222", "minami-desk", nobodys());
    let ended = opened(&desk.edge, "333333333", "kita-desk", nobodys());
    end(&desk.edge, "333333333");
    let answers = [
        join(&desk, NUMBER, WRONG),
        join(&desk, "222222222", &foreign),
        join(&desk, "333333333", &ended),
        join(&desk, "444444444", &password),
    ];
    for answer in &answers {
        assert_eq!(
            (answer.status.as_u16(), answer.code()),
            (403, "wrong-session".to_owned())
        );
        assert_eq!(answer.body, answers[0].body);
    }
}

#[test]
fn five_wrong_tries_make_an_account_wait_and_success_forgets_them() {
    let desk = Desk::new();
    let password = opened(&desk.edge, NUMBER, "kita-desk", nobodys());
    for number in ["444444444", NUMBER, "555555555", NUMBER] {
        assert_eq!(join(&desk, number, WRONG).status, 403);
    }
    assert_eq!(join(&desk, NUMBER, &password).status, 200);
    for try_number in 0..5 {
        // Each from another network: it is the account that waits.
        let address = format!("203.0.{try_number}.7");
        assert_eq!(join_from(&desk, &address, "444444444", WRONG).status, 403, "{address}");
    }
    let shut = join_from(&desk, "203.0.99.7", NUMBER, &password);
    assert_eq!((shut.status.as_u16(), shut.header("retry-after")), (429, "30"));
    desk.edge.advance(30);
    assert_eq!(join(&desk, NUMBER, &password).status, 200);
}

#[test]
fn an_address_waits_whoever_tries_from_it() {
    let desk = Desk::new();
    let password = opened(&desk.edge, NUMBER, "kita-desk", nobodys());
    for _ in 0..5 {
        assert_eq!(join(&desk, NUMBER, WRONG).status, 403);
    }
    let (emails, path) = (
        json!([{ "value": "jiro@kita-desk.example", "type": "work", "primary": true }]),
        "/users",
    );
    let user = json!({ "display_name": "鈴木 次郎", "emails": emails });
    let id = text(&desk.at_desk(201, "POST", path, Some(&user))["id"]);
    let first = "a first password, typed";
    let account = json!({
        "account": "jiro", "role": "support_agent", "organization": null, "locale": "ja", "time_zone": "Asia/Tokyo",
        "password": first, "password_confirmation": first,
    });
    desk.at_desk(201, "PUT", &format!("/users/{id}/account"), Some(&account));
    let jiro = Desk {
        edge: Arc::clone(&desk.edge),
        agent: crate::support::staff::settle(&desk.edge, "kita-desk", "jiro", first),
        customer: String::new(),
    };
    assert_eq!(join(&jiro, NUMBER, &password).status, 429);
    assert_eq!(join_from(&jiro, "203.0.113.9", NUMBER, &password).status, 200);
}

#[test]
fn only_a_person_of_the_desk_who_logged_in_recently_joins() {
    let mut desk = Desk::new();
    let password = opened(&desk.edge, NUMBER, "kita-desk", nobodys());
    let token = json!({ "name": "t", "scopes": ["desk"], "expires_in_days": 1 });
    let token = text(&desk.at_desk(201, "POST", "/tokens", Some(&token))["token"]);
    let document = json!({ "number": NUMBER, "password": password });
    let path = "/desk/sessions/join";
    let by_token = Call::post("/t/kita-desk/api/v1/desk/sessions/join")
        .bearer(&token)
        .json(&document)
        .send(&desk.edge);
    assert_eq!(by_token.code(), "login-required", "{}", by_token.body);
    let customer = send(&desk.edge, "minato", &desk.customer, "POST", path, Some(&document));
    assert_eq!(
        (customer.status.as_u16(), customer.code()),
        (403, "forbidden".to_owned())
    );
    desk.edge.advance(601);
    let late = join(&desk, NUMBER, &password);
    assert_eq!(late.code(), "fresh-login-required", "{}", late.body);
    desk.agent = cookie_of(&log_in(&desk.edge, "kita-desk", "hanako", PASSWORD));
    assert_eq!(join(&desk, NUMBER, &password).status, 200);
    for wrong in ["", "12345678", "023456789", "１２３４５６７８９０"] {
        assert_eq!(join(&desk, wrong, &password).code(), "invalid-field", "{wrong}");
    }
}

#[test]
fn the_agent_opens_the_socket_with_its_token_and_a_proof_for_this_session() {
    let agent = Enrolled::new();
    let edge = agent.staff.edge();
    let id = AgentId::parse(&text(&agent.view()["agent"]["id"])).unwrap();
    opened(edge, NUMBER, "kita-desk", (id, thumbprint(&agent.key)));
    opened(edge, "222222222", "kita-desk", nobodys());
    let token = agent.access_token();
    let shows = |tenant: &str, number: &str| {
        handshake(tenant, number, "tegata.session.v1").header("authorization", &format!("DPoP {token}"))
    };
    let proven = |number: &str| shows("aozora", number).proven(&agent.key, Some(&token));
    assert_eq!(proven(NUMBER).send(edge).status, 101);
    for (other, why) in [
        ("222222222", "another agent's"),
        ("444444444", "nobody's"),
        ("x", "no number"),
    ] {
        let refused: Value = proven(other).send(edge).json();
        assert_eq!(refused["code"], "not-admitted", "{why}");
    }
    let with_proof = |path: &str, jti: &str| {
        let proof = agent.key.proof("GET", path, edge.now(), Some(&token), jti);
        shows("aozora", NUMBER).header("dpop", &proof).send(edge)
    };
    let own = format!("/t/aozora/sessions/{NUMBER}");
    assert_eq!(with_proof(&own, "once").status, 101);
    let replayed = with_proof(&own, "once");
    assert_eq!(
        (replayed.status.as_u16(), replayed.code()),
        (403, "not-admitted".to_owned())
    );
    for elsewhere in ["/t/aozora/sessions/222222222", "/t/aozora/agent"] {
        assert_eq!(with_proof(elsewhere, elsewhere).status, 401, "{elsewhere}");
    }
    assert_eq!(shows("aozora", NUMBER).send(edge).status, 403);
    let other = shows("aozora", NUMBER).proven(&Key::new(77), Some(&token));
    assert_eq!(other.send(edge).status, 401, "another key");
    end(edge, NUMBER);
    assert_eq!(proven(NUMBER).send(edge).status, 403, "the session has ended");
}

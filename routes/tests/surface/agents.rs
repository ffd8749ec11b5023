//! Agents: enrolment with a code that works once, their tokens, the control socket, and every way they end.

use serde_json::{Value, json};
use tegata_domain::id::AgentId;
use tegata_domain::slug::Slug;
use tegata_objects::hosted::Heard;
use tegata_routes::port::Edge as _;

use crate::equipment::registered;
use crate::support::call::{Answer, Call};
use crate::support::key::Key;
use crate::support::scene::{create, operate, text};
use crate::support::staff::{Credential, Staff};

const TOKEN: &str = "/t/aozora/oauth/token";
const HELLO: &str = r#"{"type":"hello","software":"tegata 0.2.0","system":"Debian 13 x86_64","host_name":"line-7"}"#;

fn aozora() -> Slug {
    Slug::parse("aozora").unwrap()
}

/// Issues a code as the administrator.
fn code(staff: &Staff, equipment: &str) -> String {
    let issued = staff.done(
        201,
        "POST",
        &format!("/equipment/{equipment}/enrolment"),
        Some(&json!({})),
    );
    text(&issued["code"])
}

fn enrolling(code: &str) -> Call {
    Call::post(TOKEN).form(&[
        ("grant_type", "urn:tegata:grant-type:enrolment_code"),
        ("client_id", "agent"),
        ("enrolment_code", code),
        ("software", "tegata 0.1.0"),
        ("system", "Debian 13 x86_64"),
        ("host_name", "line-7"),
    ])
}

fn enrol(staff: &Staff, code: &str, key: &Key) -> Answer {
    enrolling(code).proven(key, None).send(staff.edge())
}

fn refresh(staff: &Staff, token: &str, key: &Key) -> Answer {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", "agent"),
        ("refresh_token", token),
    ];
    Call::post(TOKEN).form(&form).proven(key, None).send(staff.edge())
}

fn handshake(tenant: &str, token: &str) -> Call {
    Call::get(&format!("/t/{tenant}/agent"))
        .header("upgrade", "websocket")
        .header("connection", "Upgrade")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("sec-websocket-protocol", "tegata.agent.v1")
        .header("authorization", &format!("DPoP {token}"))
}

fn connect(staff: &Staff, token: &str, key: &Key) -> Answer {
    handshake("aozora", token).proven(key, Some(token)).send(staff.edge())
}

fn error(answer: &Answer) -> String {
    assert_eq!(answer.status, 400, "{}", answer.body);
    text(&answer.json()["error"])
}

/// A piece of equipment with an enrolled agent.
pub struct Enrolled {
    pub staff: Staff,
    equipment: String,
    pub key: Key,
    tokens: Value,
}

impl Enrolled {
    pub fn new() -> Self {
        let staff = Staff::new();
        let equipment = registered(&staff, "TG-2041", None);
        let key = Key::new(41);
        let granted = enrol(&staff, &code(&staff, &equipment), &key);
        assert_eq!(granted.status, 200, "{}", granted.body);
        Self {
            staff,
            equipment,
            key,
            tokens: granted.json(),
        }
    }

    pub fn access_token(&self) -> String {
        text(&self.tokens["access_token"])
    }

    fn refresh_token(&self) -> String {
        text(&self.tokens["refresh_token"])
    }

    pub fn view(&self) -> Value {
        self.staff
            .done(200, "GET", &format!("/equipment/{}", self.equipment), None)
    }

    fn connect(&self) -> AgentId {
        let opened = connect(&self.staff, &self.access_token(), &self.key);
        assert_eq!(opened.status, 101, "{}", opened.body);
        AgentId::parse(&text(&self.view()["agent"]["id"])).unwrap()
    }

    fn connected(&self) -> usize {
        self.staff.edge().connected(&aozora()).len()
    }

    /// Asserts that nothing the agent holds is good for anything.
    fn assert_ended(&self, why: &str) {
        assert_eq!(self.connected(), 0, "its socket was closed");
        assert_eq!(self.view()["agent"]["ended"], why);
        assert_eq!(connect(&self.staff, &self.access_token(), &self.key).status, 403);
        assert_eq!(
            error(&refresh(&self.staff, &self.refresh_token(), &self.key)),
            "invalid_grant"
        );
    }
}

fn last_entries(staff: &Staff, most: usize) -> Vec<String> {
    let page = staff.done(200, "GET", "/audit", None);
    let entries = page["items"].as_array().unwrap().iter().take(most);
    let line = |entry: &Value| {
        let actor = &entry["actor"]["kind"];
        format!("{} {} {}", text(actor), text(&entry["action"]), text(&entry["outcome"]))
    };
    entries.map(line).collect()
}

#[test]
fn a_code_lets_one_machine_in_and_binds_it_to_its_key() {
    let agent = Enrolled::new();
    assert_eq!(agent.tokens["token_type"], "DPoP");
    assert_eq!(agent.tokens["scope"], "agent");
    let view = agent.view();
    assert_eq!(view["agent"]["report"]["host_name"], "line-7");
    assert_eq!(view["agent"]["jkt"], agent.key.thumbprint());
    assert_eq!(view["agent"]["connected_since"], Value::Null);
    let enrolled = format!("agent agent.enrol {}", agent.key.thumbprint());
    assert_eq!(
        last_entries(&agent.staff, 2),
        [enrolled, "account equipment.enrolment_code done".to_owned()]
    );
}

#[test]
fn a_code_works_once_whoever_holds_it() {
    let staff = Staff::new();
    let equipment = registered(&staff, "TG-2041", None);
    let code = code(&staff, &equipment);
    let (ours, theirs) = (Key::new(41), Key::new(42));
    assert_eq!(enrol(&staff, &code, &ours).status, 200);
    assert_eq!(
        error(&enrol(&staff, &code, &theirs)),
        "invalid_grant",
        "another machine"
    );
    let again = enrol(&staff, &code, &ours);
    assert_eq!(again.status, 200, "the answer was lost: {}", again.body);
    let token = text(&again.json()["refresh_token"]);
    assert_eq!(refresh(&staff, &token, &ours).status, 200);
    assert_eq!(
        error(&enrol(&staff, &code, &ours)),
        "invalid_grant",
        "its tokens are in use"
    );
}

#[test]
fn a_lost_answer_can_be_asked_for_again_for_ten_minutes() {
    let staff = Staff::new();
    let equipment = registered(&staff, "TG-2041", None);
    let (code, key) = (code(&staff, &equipment), Key::new(41));
    assert_eq!(enrol(&staff, &code, &key).status, 200);
    staff.edge().advance(600);
    assert_eq!(enrol(&staff, &code, &key).status, 200);
    staff.edge().advance(1);
    assert_eq!(error(&enrol(&staff, &code, &key)), "invalid_grant");
}

#[test]
fn a_code_expires_and_a_newer_one_ends_it() {
    let staff = Staff::new();
    let equipment = registered(&staff, "TG-2041", None);
    let key = Key::new(41);
    let path = format!("/equipment/{equipment}/enrolment");
    let short = staff.done(201, "POST", &path, Some(&json!({ "expires_in": 60 })));
    staff.edge().advance(60);
    assert_eq!(error(&enrol(&staff, &text(&short["code"]), &key)), "expired_token");
    let (first, second) = (code(&staff, &equipment), code(&staff, &equipment));
    assert_eq!(error(&enrol(&staff, &first, &key)), "invalid_grant");
    assert_eq!(enrol(&staff, &second, &key).status, 200);
    for wrong in [59, 604_801, -1, 0] {
        let body = json!({ "expires_in": wrong });
        assert_eq!(
            staff.send(&staff.administrator, "POST", &path, Some(&body)).status,
            400,
            "{wrong}"
        );
    }
}

#[test]
fn what_an_enrolment_lacks_is_said_and_spends_no_code() {
    let staff = Staff::new();
    let equipment = registered(&staff, "TG-2041", None);
    let (code, key) = (code(&staff, &equipment), Key::new(41));
    assert_eq!(
        error(&enrolling(&code).send(staff.edge())),
        "invalid_dpop_proof",
        "no proof"
    );
    assert_eq!(error(&enrol(&staff, "tg_enr_short", &key)), "invalid_grant");
    assert_eq!(
        error(&enrol(&staff, &code.replace("tg_enr_", "tg_rt_"), &key)),
        "invalid_grant"
    );
    let with = |name: &str, value: &str| {
        let mut fields = vec![
            ("grant_type", "urn:tegata:grant-type:enrolment_code"),
            ("client_id", "agent"),
            ("enrolment_code", code.as_str()),
            ("software", "tegata 0.1.0"),
            ("system", "Debian 13 x86_64"),
            ("host_name", "line-7"),
        ];
        fields.retain(|(field, _)| *field != name);
        fields.push((name, value));
        Call::post(TOKEN).form(&fields).proven(&key, None).send(staff.edge())
    };
    assert_eq!(with("client_id", "viewer").status, 401);
    for (field, value) in [
        ("software", ""),
        ("host_name", "line\u{202e}7"),
        ("system", &"x".repeat(101)),
        ("host_name", "a\r\nBcc: x@y.example"),
    ] {
        let answer = with(field, value);
        assert_eq!(error(&answer), "invalid_request", "{field}");
        assert_eq!(answer.json()["field"], field);
    }
    let large = with("software", &"x".repeat(20_000));
    assert_eq!(large.status, 400, "routes get no more than they take in");
    assert_eq!(enrol(&staff, &code, &key).status, 200, "none of these has spent it");
}

#[test]
fn another_tenants_code_opens_nothing() {
    let agent = Enrolled::new();
    create(agent.staff.edge(), "kita");
    let code = code(&agent.staff, &agent.equipment);
    let mut elsewhere = enrolling(&code);
    elsewhere.path = "/t/kita/oauth/token".to_owned();
    assert_eq!(
        error(&elsewhere.proven(&Key::new(43), None).send(agent.staff.edge())),
        "invalid_grant"
    );
    let token = agent.access_token();
    let there = handshake("kita", &token).proven(&agent.key, Some(&token));
    assert_eq!(there.send(agent.staff.edge()).status, 401);
}

#[test]
fn an_agent_connects_says_who_it_is_and_is_seen() {
    let agent = Enrolled::new();
    let id = agent.connect();
    assert_eq!(agent.connected(), 1);
    let view = agent.view();
    assert_eq!(view["agent"]["connected_since"], json!(agent.staff.edge().now().0));
    let Heard::Answer(welcome) = agent.staff.edge().heard(&aozora(), &id, HELLO) else {
        panic!("hello is answered");
    };
    let [welcome] = &welcome[..] else {
        panic!("one message answers")
    };
    let welcome: Value = serde_json::from_str(welcome).unwrap();
    assert_eq!(
        (
            &welcome["type"],
            &welcome["serial_number"],
            &welcome["remote_assistance"]
        ),
        (&json!("welcome"), &json!("TG-2041"), &json!(false))
    );
    assert_eq!(agent.view()["agent"]["report"]["software"], "tegata 0.2.0");
    agent.staff.edge().advance(60);
    agent.staff.edge().cut(&aozora(), &id);
    let view = agent.view();
    assert_eq!(view["agent"]["connected_since"], Value::Null);
    assert_eq!(view["agent"]["seen_at"], json!(agent.staff.edge().now().0));
}

#[test]
fn what_an_agent_may_not_say_ends_its_socket() {
    let agent = Enrolled::new();
    let id = agent.connect();
    let heard = |text: &str| agent.staff.edge().heard(&aozora(), &id, text);
    assert_eq!(heard(r#"{"type":"dance"}"#), Heard::Nothing, "a newer agent's");
    for malformed in [
        "",
        "x",
        "[]",
        r#"{"type":7}"#,
        r#"{"type":"hello"}"#,
        r#"{"type":"hello","software":"","system":"x","host_name":"x"}"#,
        &format!(r#"{{"type":"dance","x":"{}"}}"#, "y".repeat(16 * 1024)),
    ] {
        assert_eq!(heard(malformed), Heard::Close(1008), "{malformed:.60}");
    }
}

#[test]
fn a_socket_takes_a_token_of_an_agent_and_a_fresh_proof_of_its_key() {
    let agent = Enrolled::new();
    let (edge, token) = (agent.staff.edge(), agent.access_token());
    let send = |call: Call| call.send(edge).status.as_u16();
    let stranger = Key::new(42);
    assert_eq!(
        send(handshake("aozora", &token).proven(&stranger, Some(&token))),
        401,
        "another key"
    );
    assert_eq!(send(handshake("aozora", &token)), 403, "no proof");
    assert_eq!(send(handshake("aozora", "x").proven(&agent.key, Some("x"))), 401);
    let from_a_page = handshake("aozora", &token).header("origin", "https://evil.example");
    assert_eq!(send(from_a_page.proven(&agent.key, Some(&token))), 403, "another site");
    let viewers = &agent.staff.scene.ours;
    let of_a_viewer = handshake("aozora", &viewers.access_token).proven(&viewers.key, Some(&viewers.access_token));
    assert_eq!(send(of_a_viewer), 401, "a Viewer's token opens the gate alone");
    let gate = Call::get("/t/aozora/gate/x").header("authorization", &format!("DPoP {token}"));
    assert_eq!(
        send(gate.proven(&agent.key, Some(&token))),
        401,
        "and an agent's its socket alone"
    );
    let path = "/t/aozora/agent";
    let proof = agent.key.proof("GET", path, edge.now(), Some(&token), "once");
    let with_proof = || handshake("aozora", &token).header("dpop", &proof);
    assert_eq!(send(with_proof()), 101);
    assert_eq!(send(with_proof()), 403, "a proof works once");
    edge.advance(601);
    assert_eq!(
        send(handshake("aozora", &token).proven(&agent.key, Some(&token))),
        401,
        "the token has expired"
    );
    assert_eq!(send(Call::get(path)), 426);
}

#[test]
fn tokens_rotate_and_a_copy_of_the_key_ends_the_agent() {
    let agent = Enrolled::new();
    agent.connect();
    let copied = agent.refresh_token();
    let next = refresh(&agent.staff, &copied, &agent.key);
    assert_eq!(next.status, 200, "{}", next.body);
    let lost = text(&next.json()["refresh_token"]);
    assert_eq!(
        error(&refresh(&agent.staff, &lost, &Key::new(42))),
        "invalid_dpop_proof",
        "a token without its key is worthless, and no reason to end anything"
    );
    agent.staff.edge().advance(300);
    let again = refresh(&agent.staff, &copied, &agent.key);
    assert_eq!(again.status, 200, "an answer was lost in a power cut: {}", again.body);
    assert_eq!(agent.connected(), 1);
    assert_eq!(error(&refresh(&agent.staff, &lost, &agent.key)), "invalid_grant");
    agent.assert_ended("cloned");
    assert_eq!(last_entries(&agent.staff, 1), ["agent agent.end refresh_token_reused"]);
    let fresh = text(&again.json()["refresh_token"]);
    assert_eq!(
        error(&refresh(&agent.staff, &fresh, &agent.key)),
        "invalid_grant",
        "both enrol again"
    );
}

#[test]
fn an_administrator_ends_an_agent_and_its_unused_code() {
    let agent = Enrolled::new();
    agent.connect();
    let code = code(&agent.staff, &agent.equipment);
    let path = format!("/equipment/{}/agent/end", agent.equipment);
    agent.staff.done(200, "POST", &path, None);
    agent.assert_ended("revoked");
    assert_eq!(error(&enrol(&agent.staff, &code, &Key::new(42))), "invalid_grant");
    let entries = last_entries(&agent.staff, 2);
    assert_eq!(
        entries,
        ["account agent.end revoked", "account equipment.enrolment_end done"]
    );
    agent.staff.done(200, "POST", &path, None);
    assert_eq!(last_entries(&agent.staff, 2), entries, "a second time changes nothing");
}

#[test]
fn retiring_equipment_and_enrolling_another_machine_end_the_agent() {
    let agent = Enrolled::new();
    agent.connect();
    let switches = format!("/equipment/{}/switches", agent.equipment);
    let allow = json!({ "version": agent.view()["version"], "remote_assistance": true });
    agent.staff.done(200, "PATCH", &switches, Some(&allow));
    assert_eq!(
        enrol(&agent.staff, &code(&agent.staff, &agent.equipment), &Key::new(42)).status,
        200
    );
    assert_eq!(
        agent.view()["remote_assistance"],
        false,
        "what was allowed on one machine is not allowed on another"
    );
    assert_eq!(agent.connected(), 0);
    assert_eq!(
        error(&refresh(&agent.staff, &agent.refresh_token(), &agent.key)),
        "invalid_grant"
    );
    assert!(last_entries(&agent.staff, 3).contains(&"agent agent.end replaced".to_owned()));
    assert_eq!(agent.view()["agent"]["jkt"], Key::new(42).thumbprint());

    let agent = Enrolled::new();
    agent.connect();
    let unused = code(&agent.staff, &agent.equipment);
    agent
        .staff
        .done(200, "POST", &format!("/equipment/{}/retire", agent.equipment), None);
    agent.assert_ended("retired");
    assert_eq!(error(&enrol(&agent.staff, &unused, &Key::new(42))), "invalid_grant");
    let path = format!("/equipment/{}/enrolment", agent.equipment);
    let refused = agent
        .staff
        .send(&agent.staff.administrator, "POST", &path, Some(&json!({})));
    assert_eq!(refused.status, 409);
    agent
        .staff
        .done(200, "POST", &format!("/equipment/{}/restore", agent.equipment), None);
    agent.assert_ended("retired");
}

#[test]
fn an_agent_gives_its_credential_back_with_a_proof_of_its_key() {
    let agent = Enrolled::new();
    agent.connect();
    let token = agent.refresh_token();
    let form = [("client_id", "agent"), ("token", token.as_str())];
    let revoke = || Call::post("/t/aozora/oauth/revoke").form(&form);
    assert_eq!(error(&revoke().send(agent.staff.edge())), "invalid_dpop_proof");
    assert_eq!(
        error(&revoke().proven(&Key::new(42), None).send(agent.staff.edge())),
        "invalid_dpop_proof"
    );
    assert_eq!(agent.connected(), 1);
    assert_eq!(revoke().proven(&agent.key, None).send(agent.staff.edge()).status, 200);
    agent.assert_ended("given_back");
}

#[test]
fn a_suspended_tenants_agents_are_cut_off_and_come_back_afterwards() {
    let agent = Enrolled::new();
    agent.connect();
    let edge = agent.staff.edge();
    assert_eq!(operate(edge, "aozora", "suspend").status, 200);
    assert_eq!(agent.connected(), 0);
    assert_eq!(connect(&agent.staff, &agent.access_token(), &agent.key).status, 403);
    assert_eq!(refresh(&agent.staff, &agent.refresh_token(), &agent.key).status, 503);
    assert_eq!(operate(edge, "aozora", "resume").status, 200);
    agent.connect();
}

#[test]
fn codes_are_for_those_who_keep_the_equipment() {
    let staff = Staff::new();
    let ours = staff.organization("製造部", None);
    let theirs = staff.organization("営業部", None);
    let (inside, outside) = (
        registered(&staff, "TG-1", Some(&ours)),
        registered(&staff, "TG-2", Some(&theirs)),
    );
    let (_, limited) = staff.join("mio", "organization_administrator", Some(&ours));
    let ask = |who: &Credential, equipment: &str| {
        let path = format!("/equipment/{equipment}/enrolment");
        staff.send(who, "POST", &path, Some(&json!({}))).status.as_u16()
    };
    assert_eq!((ask(&limited, &inside), ask(&limited, &outside)), (201, 404));
    let reader = staff.token(&["equipment.read"]);
    staff.edge().advance(601);
    assert_eq!(ask(&staff.administrator, &inside), 403, "it takes a fresh login");
    assert_eq!(ask(&reader, &inside), 403);
}

//! Enrolment without a code (P2): a machine identifies itself by organisation id, verification code and serial number, is
//! accepted at once or waits for a person, and nobody takes another machine's place by knowing its serial number.

use serde_json::{Value, json};
use tegata_domain::wire::b64;
use tegata_routes::port::Edge as _;

use crate::desk::{Desk, administrator, send};
use crate::support::call::{Answer, Call};
use crate::support::edge::OPERATOR;
use crate::support::key::Key;
use crate::support::scene::{secret_line, text};
use crate::support::staff::{PASSWORD, cookie_of, log_in, settle};

const IDENTIFY: &str = "/agent/enrolment";
const POLL: &str = "/agent/enrolment/poll";

/// A provider with an organisation id and a verification code, and a customer.
pub struct Known {
    pub desk: Desk,
    pub organization: String,
    pub code: String,
}

impl Known {
    pub fn new() -> Self {
        Self::of(Desk::new())
    }

    pub fn of(desk: Desk) -> Self {
        let issued = renewed(&desk);
        Self {
            organization: text(&issued["organization"]),
            code: text(&issued["verification_code"]),
            desk,
        }
    }

    /// Registers equipment at the customer and has the provider learn of it.
    fn registered(&self, serial: &str) -> String {
        let new = json!({ "name": "検査装置", "serial_number": serial });
        let made = self.desk.at_customer(201, "POST", "/equipment", Some(&new));
        self.desk.edge.deliver();
        text(&made["id"])
    }

    fn call(&self, code: &str, serial: &str) -> Call {
        Call::post(IDENTIFY).form(&[
            ("organization", &self.organization),
            ("verification_code", code),
            ("serial_number", serial),
            ("software", "tegata 0.1.0"),
            ("system", "Debian 13 x86_64"),
            ("host_name", "line-7"),
        ])
    }

    /// The machine with this key identifies itself. Returns the secret it polls with.
    pub fn identified(&self, serial: &str, key: &Key) -> String {
        let answer = self.call(&self.code, serial).proven(key, None).send(&self.desk.edge);
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.desk.edge.deliver();
        text(&answer.json()["request"])
    }

    fn poll(&self, request: &str, key: &Key) -> Answer {
        // Each poll keeps the interval.
        self.desk.edge.advance(5);
        let form = [("organization", self.organization.as_str()), ("request", request)];
        Call::post(POLL).form(&form).proven(key, None).send(&self.desk.edge)
    }

    fn error_of_poll(&self, request: &str, key: &Key) -> String {
        error(&self.poll(request, key))
    }

    /// The enrolment code of a machine that was accepted.
    fn code_of(&self, request: &str, key: &Key) -> String {
        let answer = self.poll(request, key);
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.json()["tenant"], "minato");
        text(&answer.json()["enrolment_code"])
    }

    fn enrol(&self, code: &str, key: &Key) -> Answer {
        let form = [
            ("grant_type", "urn:tegata:grant-type:enrolment_code"),
            ("client_id", "agent"),
            ("enrolment_code", code),
            ("software", "tegata 0.1.0"),
            ("system", "Debian 13 x86_64"),
            ("host_name", "line-7"),
        ];
        let call = Call::post("/t/minato/oauth/token").form(&form).proven(key, None);
        call.send(&self.desk.edge)
    }

    /// The machine collects its code and enrols with it.
    fn enrolled(&self, request: &str, key: &Key) {
        let answer = self.enrol(&self.code_of(request, key), key);
        assert_eq!(answer.status, 200, "{}", answer.body);
        self.desk.edge.deliver();
    }

    /// The key of the equipment's agent, if it has one that is accepted.
    fn agent(&self, equipment: &str) -> Option<String> {
        let view = self
            .desk
            .at_customer(200, "GET", &format!("/equipment/{equipment}"), None);
        let agent = &view["agent"];
        (!agent.is_null() && agent["ended"].is_null()).then(|| text(&agent["jkt"]))
    }

    fn waiting_at_desk(&self) -> Vec<Value> {
        listed(&self.desk.at_desk(200, "GET", "/desk/enrolments?state=open", None))
    }

    fn waiting_at_customer(&self) -> Vec<Value> {
        listed(&self.desk.at_customer(200, "GET", "/enrolments?state=open", None))
    }

    /// The desk accepts the only machine that waits.
    fn accepted_by_desk(&self, equipment: &str) {
        let id = text(&self.waiting_at_desk()[0]["id"]);
        let accept = json!({ "outcome": "approved", "customer": "minato", "equipment": equipment });
        self.desk
            .at_desk(200, "POST", &format!("/desk/enrolments/{id}/decision"), Some(&accept));
        self.desk.edge.deliver();
    }

    fn entries(&self, at_customer: bool) -> Vec<String> {
        let page = if at_customer {
            self.desk.at_customer(200, "GET", "/audit", None)
        } else {
            self.desk.at_desk(200, "GET", "/audit", None)
        };
        let line = |entry: &Value| format!("{} {}", text(&entry["actor"]["kind"]), text(&entry["action"]));
        page["items"].as_array().unwrap().iter().map(line).collect()
    }
}

fn renewed(desk: &Desk) -> Value {
    let issued = desk.at_desk(201, "POST", "/service-organization/verification-code", None);
    desk.edge.deliver();
    issued
}

fn listed(page: &Value) -> Vec<Value> {
    page["items"].as_array().unwrap().clone()
}

fn error(answer: &Answer) -> String {
    assert_eq!(answer.status, 400, "{}", answer.body);
    text(&answer.json()["error"])
}

#[test]
fn a_machine_whose_serial_number_one_customer_has_enrols_by_itself() {
    let known = Known::new();
    let (equipment, key) = (known.registered("TG-2041"), Key::new(41));
    let request = known.identified("ｔｇ－２０４１", &key);
    known.enrolled(&request, &key);
    assert_eq!(known.agent(&equipment), Some(key.thumbprint()));
    let view = known
        .desk
        .at_customer(200, "GET", &format!("/equipment/{equipment}"), None);
    assert_eq!(view["remote_assistance"], false);
    let entries = known.entries(true);
    assert_eq!(entries[..2], ["agent agent.enrol", "system enrolment.accept"]);
    assert_eq!(known.entries(false)[0], "agent enrolment.request");
    let told = &listed(&known.desk.at_desk(200, "GET", "/desk/enrolments", None))[0];
    assert_eq!(
        (&told["state"], &told["customer"]),
        (&json!("accepted"), &json!("minato"))
    );
    assert!(known.waiting_at_desk().is_empty() && known.waiting_at_customer().is_empty());
}

#[test]
fn the_organisation_id_stays_and_a_new_verification_code_ends_the_old_one() {
    let mut known = Known::new();
    known.registered("TG-2041");
    let shown = known.desk.at_desk(200, "GET", "/service-organization", None);
    assert_eq!(shown["organization"], known.organization);
    assert!(!shown.to_string().contains(&known.code), "the code is shown once");
    let old = std::mem::replace(&mut known.code, text(&renewed(&known.desk)["verification_code"]));
    let refused = known
        .call(&old, "TG-2041")
        .proven(&Key::new(41), None)
        .send(&known.desk.edge);
    assert_eq!(error(&refused), "invalid_grant");
    let shown = known.desk.at_desk(200, "GET", "/service-organization", None);
    assert_eq!(shown["organization"], known.organization);
    known.identified("TG-2041", &Key::new(41));
}

#[test]
fn what_is_wrong_is_not_told_and_a_thousand_tries_lock_out_only_who_made_them() {
    let known = Known::new();
    known.registered("TG-2041");
    let from = |call: Call, address: &str, key: &Key| {
        let call = call.header("cf-connecting-ip", address);
        call.proven(key, None).send(&known.desk.edge)
    };
    let thief = Key::new(66);
    let nobody = Known {
        desk: Desk::new(),
        organization: "11111111".to_owned(),
        code: known.code.clone(),
    };
    let unknown = from(nobody.call(&known.code, "TG-2041"), "192.0.2.66", &thief);
    let wrong = from(known.call("22222-22222", "TG-2041"), "192.0.2.66", &thief);
    assert_eq!(error(&wrong), "invalid_grant");
    assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body));
    let mut locked = 0;
    for _ in 0..1_000 {
        let answer = from(known.call("22222-22222", "TG-2041"), "192.0.2.66", &thief);
        locked += u32::from(answer.status == 429);
    }
    assert!(locked > 960, "{locked}");
    let right = from(known.call(&known.code, "TG-2041"), "192.0.2.66", &thief);
    assert_eq!(right.status, 429, "the right code is not even compared");
    let machine = from(known.call(&known.code, "TG-2041"), "198.51.100.7", &Key::new(41));
    assert_eq!(machine.status, 200, "{}", machine.body);
    assert!(known.waiting_at_desk().len() == 1, "the thief has left no request");
}

#[test]
fn without_a_fresh_proof_of_its_key_a_machine_gets_nothing() {
    let known = Known::new();
    known.registered("TG-2041");
    let (key, edge) = (Key::new(41), &known.desk.edge);
    let call = known.call(&known.code, "TG-2041");
    assert_eq!(error(&call.send(edge)), "invalid_dpop_proof");
    let proof = key.proof("POST", IDENTIFY, edge.now(), None, "once");
    let once = call.header("dpop", &proof);
    let first = once.send(edge);
    assert_eq!(first.status, 200, "{}", first.body);
    assert_eq!(error(&once.send(edge)), "invalid_dpop_proof", "the proof was used");
    edge.deliver();
    let request = text(&first.json()["request"]);
    assert_eq!(known.error_of_poll(&request, &Key::new(42)), "invalid_dpop_proof");
    let made_up = format!("tg_er_{}", "A".repeat(43));
    assert_eq!(known.error_of_poll(&made_up, &key), "invalid_grant");
    let code = known.code_of(&request, &key);
    let stolen = known.enrol(&code, &Key::new(42));
    assert_eq!(
        error(&stolen),
        "invalid_dpop_proof",
        "the code is bound to the machine's key"
    );
    assert_eq!(known.enrol(&code, &key).status, 200);
}

#[test]
fn a_request_that_is_sent_twice_is_one_request() {
    let known = Known::new();
    let key = Key::new(41);
    let first = known.identified("TG-77", &key);
    assert_eq!(known.identified("tg‐77", &key), first);
    assert_eq!(known.waiting_at_desk().len(), 1);
    let form = [("organization", known.organization.as_str()), ("request", &first)];
    let poll = || Call::post(POLL).form(&form).proven(&key, None).send(&known.desk.edge);
    assert_eq!(error(&poll()), "authorization_pending");
    assert_eq!(error(&poll()), "slow_down");
}

#[test]
fn a_second_machine_with_the_same_serial_number_waits_and_evicts_nobody() {
    let known = Known::new();
    let (equipment, first, second) = (known.registered("TG-2041"), Key::new(41), Key::new(42));
    let own = known.identified("TG-2041", &first);
    // The first was accepted and has not enrolled yet.
    let other = known.identified("TG-2041", &second);
    assert_eq!(known.error_of_poll(&other, &second), "authorization_pending");
    known.enrolled(&own, &first);
    assert_eq!(known.agent(&equipment), Some(first.thumbprint()));
    let waiting = known.waiting_at_customer();
    assert_eq!((waiting.len(), &waiting[0]["waits"]), (1, &json!("enrolled")));
    assert_eq!(waiting[0]["jkt"], second.thumbprint());
    let decide = format!("/enrolments/{}/decision", text(&waiting[0]["id"]));
    known
        .desk
        .at_customer(200, "POST", &decide, Some(&json!({ "outcome": "approved" })));
    known.desk.edge.deliver();
    known
        .desk
        .at_customer(409, "POST", &decide, Some(&json!({ "outcome": "approved" })));
    assert_eq!(
        known.agent(&equipment),
        Some(first.thumbprint()),
        "until the other enrols"
    );
    known.enrolled(&other, &second);
    assert_eq!(known.agent(&equipment), Some(second.thumbprint()));
    let entries = known.entries(true);
    assert!(entries.contains(&"account enrolment.accept".to_owned()), "{entries:?}");
    assert_eq!(entries.iter().filter(|entry| *entry == "agent agent.end").count(), 1);
}

#[test]
fn accepting_a_machine_in_anothers_place_forbids_remote_assistance() {
    let known = Known::new();
    let (equipment, first, second) = (known.registered("TG-2041"), Key::new(41), Key::new(42));
    let own = known.identified("TG-2041", &first);
    known.enrolled(&own, &first);
    let allow = json!({ "version": 1, "remote_assistance": true });
    known
        .desk
        .at_customer(200, "PATCH", &format!("/equipment/{equipment}/switches"), Some(&allow));
    let other = known.identified("TG-2041", &second);
    known.accepted_by_desk(&equipment);
    known.enrolled(&other, &second);
    let view = known
        .desk
        .at_customer(200, "GET", &format!("/equipment/{equipment}"), None);
    assert_eq!(
        (&view["remote_assistance"], &view["agent"]["jkt"]),
        (&json!(false), &json!(second.thumbprint()))
    );
    assert!(known.waiting_at_customer().is_empty());
    assert!(known.entries(true).contains(&"desk enrolment.accept".to_owned()));
}

#[test]
fn a_code_that_waits_for_another_machine_is_not_ended_by_a_serial_number() {
    let known = Known::new();
    let (equipment, key) = (known.registered("TG-2041"), Key::new(41));
    let path = format!("/equipment/{equipment}/enrolment");
    let issued = known.desk.at_customer(201, "POST", &path, Some(&json!({})));
    let request = known.identified("TG-2041", &Key::new(42));
    assert_eq!(known.error_of_poll(&request, &Key::new(42)), "authorization_pending");
    assert_eq!(known.enrol(&text(&issued["code"]), &key).status, 200);
    assert_eq!(known.agent(&equipment), Some(key.thumbprint()));
}

/// A customer and a desk whose administrators both have the support option.
fn with_alerts() -> Known {
    let known = Known::of(Desk::new().with_support());
    let session = known.desk.at_desk(200, "GET", "/session", None);
    let account = format!("/users/{}/account", text(&session["user_id"]));
    let option = json!({ "version": 1, "support_option": true });
    known.desk.at_desk(200, "PATCH", &account, Some(&option));
    known
}

#[test]
fn a_machine_whose_answer_was_lost_for_long_enrols_all_the_same() {
    let known = Known::new();
    let (equipment, key, other) = (known.registered("TG-2041"), Key::new(41), Key::new(42));
    let request = known.identified("TG-2041", &key);
    let code = known.code_of(&request, &key);
    assert_eq!(known.enrol(&code, &key).status, 200, "and the answer is lost");
    known.desk.edge.advance(601);
    assert_eq!(error(&known.enrol(&code, &key)), "invalid_grant", "too late");
    let again = known.identified("TG-2041", &key);
    known.enrolled(&again, &key);
    assert_eq!(known.agent(&equipment), Some(key.thumbprint()));
    // Once it has connected or refreshed, its code is spent; and another machine waits in either case.
    known.identified("TG-2041", &other);
    assert_eq!(known.waiting_at_customer()[0]["jkt"], other.thumbprint());
}

#[test]
fn the_desk_is_alerted_where_the_customer_cannot_answer() {
    let mut known = with_alerts();
    known.registered("TG-2041");
    known.desk.alerts();
    let suspend = "/operator/v1/tenants/minato/suspend".to_owned();
    assert_eq!(Call::post(&suspend).bearer(OPERATOR).send(&known.desk.edge).status, 200);
    known.desk.edge.deliver();
    known.identified("TG-2041", &Key::new(41));
    assert_eq!(known.waiting_at_desk()[0]["waits"], "suspended");
    known.desk.edge.mails();
    known.desk.edge.advance(3600);
    let mails = known.desk.edge.addressed_mails();
    let told = mails.iter().filter(|(_, mail)| mail.text.contains("TG-2041"));
    assert_eq!(told.count(), 1, "{mails:?}");
}

#[test]
fn who_has_to_answer_a_machine_is_alerted_once() {
    let mut known = with_alerts();
    let (first, second) = (Key::new(41), Key::new(42));
    known.registered("TG-2041");
    let own = known.identified("TG-2041", &first);
    known.enrolled(&own, &first);
    known.desk.alerts();
    for _ in 0..2 {
        known.identified("TG-2041", &second);
        known.identified("TG-9999", &second);
    }
    let mut mails = known.desk.alerts();
    mails.sort();
    let [(desk, to_desk), (customer, to_customer)] = &mails[..] else {
        panic!("one mail to each: {mails:?}")
    };
    assert_eq!(
        (desk.as_str(), customer.as_str()),
        ("hanako@kita-desk.example", "hanako@minato.example")
    );
    assert_eq!(to_desk.matches("TG-9999").count(), 1, "{to_desk}");
    assert!(!to_desk.contains("TG-2041"), "the customer answers this one: {to_desk}");
    assert_eq!(to_customer.matches("TG-2041").count(), 1, "{to_customer}");
}

#[test]
fn an_unknown_serial_number_waits_for_the_desk() {
    let known = Known::new();
    let (equipment, key) = (known.registered("TG-2041"), Key::new(41));
    let request = known.identified("TG-2O41", &key);
    assert_eq!(known.error_of_poll(&request, &key), "authorization_pending");
    let waiting = known.waiting_at_desk();
    assert_eq!(
        (&waiting[0]["waits"], &waiting[0]["candidates"]),
        (&json!("unknown"), &json!([]))
    );
    assert_eq!(waiting[0]["report"]["host_name"], "line-7");
    assert!(known.waiting_at_customer().is_empty());
    let decide = format!("/desk/enrolments/{}/decision", text(&waiting[0]["id"]));
    let without = known
        .desk
        .at_desk(400, "POST", &decide, Some(&json!({ "outcome": "approved" })));
    assert_eq!(without["field"], "customer");
    known.accepted_by_desk(&equipment);
    let again = json!({ "outcome": "refused" });
    known.desk.at_desk(409, "POST", &decide, Some(&again));
    known.enrolled(&request, &key);
    assert_eq!(known.agent(&equipment), Some(key.thumbprint()));
    assert_eq!(known.entries(false)[0], "account enrolment.accept");
}

#[test]
fn a_machine_that_is_refused_learns_it_and_may_ask_anew() {
    let known = Known::new();
    let key = Key::new(41);
    let request = known.identified("TG-77", &key);
    let decide = format!("/desk/enrolments/{}/decision", text(&known.waiting_at_desk()[0]["id"]));
    known
        .desk
        .at_desk(200, "POST", &decide, Some(&json!({ "outcome": "refused" })));
    assert_eq!(known.error_of_poll(&request, &key), "access_denied");
    assert_ne!(known.identified("TG-77", &key), request);
}

#[test]
fn a_serial_number_that_two_customers_have_waits_and_shows_both() {
    let known = Known::new();
    let equipment = known.registered("TG-2041");
    let customer = json!({
        "slug": "shiosai", "name": "しおさい", "locale": "ja", "time_zone": "Asia/Tokyo", "administrator": administrator("shiosai"),
    });
    known.desk.at_desk(201, "POST", "/customers", Some(&customer));
    known.desk.edge.deliver();
    let same = json!({ "name": "検査装置", "serial_number": "tg-2041" });
    let theirs = known
        .desk
        .at_desk(201, "POST", "/customers/shiosai/equipment", Some(&same));
    known.desk.edge.deliver();
    let key = Key::new(41);
    let request = known.identified("TG-2041", &key);
    assert_eq!(known.error_of_poll(&request, &key), "authorization_pending");
    let waiting = &known.waiting_at_desk()[0];
    assert_eq!(waiting["waits"], "several");
    let both = json!([
        { "customer": "minato", "equipment": equipment },
        { "customer": "shiosai", "equipment": theirs["id"] },
    ]);
    assert_eq!(waiting["candidates"], both);
    known.accepted_by_desk(&equipment);
    known.enrolled(&request, &key);
}

#[test]
fn the_index_follows_what_customers_register_change_and_retire() {
    let known = Known::new();
    let equipment = known.registered("TG-2041");
    let of = |serial: &str, seed: u8| {
        known.identified(serial, &Key::new(seed));
        let waiting = known.waiting_at_desk();
        waiting.first().map_or_else(String::new, |first| text(&first["waits"]))
    };
    let path = format!("/equipment/{equipment}");
    let change = json!({ "version": 1, "serial_number": "TG-2042" });
    known.desk.at_customer(200, "PATCH", &path, Some(&change));
    known.desk.edge.deliver();
    assert_eq!(of("TG-2041", 1), "unknown", "it has another number now");
    known.desk.at_customer(200, "POST", &format!("{path}/retire"), None);
    known.desk.edge.deliver();
    assert_eq!(of("TG-2042", 2), "unknown", "it was retired");
    known.desk.at_customer(200, "POST", &format!("{path}/restore"), None);
    known.desk.edge.deliver();
    let key = Key::new(3);
    let request = known.identified("TG-2042", &key);
    known.enrolled(&request, &key);
    // A large import is told in more than one message.
    let rows: String = (0..450).map(|number| format!("装置,BATCH-{number}\r\n")).collect();
    let file = b64::encode_standard(format!("name,serial_number\r\n{rows}"));
    known
        .desk
        .at_customer(200, "POST", "/equipment/import", Some(&json!({ "data": file })));
    known.desk.edge.deliver();
    let key = Key::new(4);
    let request = known.identified("BATCH-449", &key);
    known.code_of(&request, &key);
}

#[test]
fn equipment_that_is_retired_before_the_machine_enrols_lets_nobody_in() {
    let known = Known::new();
    let (equipment, key) = (known.registered("TG-2041"), Key::new(41));
    let request = known.identified("TG-2041", &key);
    let code = known.code_of(&request, &key);
    let retire = format!("/equipment/{equipment}/retire");
    known.desk.at_customer(200, "POST", &retire, None);
    known.desk.edge.deliver();
    assert_eq!(error(&known.enrol(&code, &key)), "invalid_grant");
    // Asking again starts anew, and now waits for somebody.
    assert_eq!(known.identified("TG-2041", &key), request);
    assert_eq!(known.error_of_poll(&request, &key), "authorization_pending");
    assert_eq!(known.waiting_at_desk()[0]["waits"], "unknown");
    // The desk's order comes too late as well.
    known.accepted_by_desk(&equipment);
    assert_eq!(known.error_of_poll(&request, &key), "authorization_pending");
    assert_eq!(known.waiting_at_desk()[0]["waits"], "unknown");
    assert_eq!(known.agent(&equipment), None);
}

#[test]
fn suspended_tenants_let_no_machine_in() {
    let known = Known::new();
    let (equipment, key) = (known.registered("TG-2041"), Key::new(41));
    let state = |slug: &str, what: &str| {
        let path = format!("/operator/v1/tenants/{slug}/{what}");
        let done = Call::post(&path).bearer(OPERATOR).send(&known.desk.edge);
        assert_eq!(done.status, 200, "{}", done.body);
        known.desk.edge.deliver();
    };
    state("minato", "suspend");
    let request = known.identified("TG-2041", &key);
    assert_eq!(known.error_of_poll(&request, &key), "authorization_pending");
    assert_eq!(known.waiting_at_desk()[0]["waits"], "suspended");
    known.accepted_by_desk(&equipment);
    assert_eq!(known.error_of_poll(&request, &key), "authorization_pending", "not yet");
    state("kita-desk", "suspend");
    let identify = || {
        let call = known.call(&known.code, "TG-2041").proven(&key, None);
        call.send(&known.desk.edge).status.as_u16()
    };
    assert_eq!((identify(), known.poll(&request, &key).status.as_u16()), (503, 503));
    state("kita-desk", "resume");
    state("minato", "resume");
    known.accepted_by_desk(&equipment);
    known.enrolled(&request, &key);
}

#[test]
fn a_request_expires_and_its_code_with_it() {
    let mut known = Known::new();
    known.registered("TG-2041");
    let (key, other) = (Key::new(41), Key::new(42));
    let (accepted, waits) = (known.identified("TG-2041", &key), known.identified("TG-77", &other));
    let code = known.code_of(&accepted, &key);
    known.desk.edge.advance(14 * 24 * 3600);
    known.desk.agent = cookie_of(&log_in(&known.desk.edge, "kita-desk", "hanako", PASSWORD));
    assert_eq!(known.error_of_poll(&accepted, &key), "expired_token");
    assert_eq!(known.error_of_poll(&waits, &other), "expired_token");
    assert_eq!(error(&known.enrol(&code, &key)), "expired_token");
    assert!(known.waiting_at_desk().is_empty());
}

#[test]
fn a_customer_forgets_requests_that_expired_long_ago() {
    let mut known = Known::new();
    known.registered("TG-2041");
    let (first, second, third) = (Key::new(41), Key::new(42), Key::new(43));
    known.enrolled(&known.identified("TG-2041", &first), &first);
    known.identified("TG-2041", &second);
    known.desk.edge.advance(45 * 24 * 3600);
    known.identified("TG-2041", &third);
    known.desk.customer = cookie_of(&log_in(&known.desk.edge, "minato", "hanako", PASSWORD));
    let kept = known.desk.at_customer(200, "GET", "/enrolments?state=all", None);
    let keys: Vec<Value> = listed(&kept).iter().map(|machine| machine["jkt"].clone()).collect();
    assert_eq!(keys, [json!(third.thumbprint())]);
}

#[test]
fn what_the_desk_refuses_closes_at_the_customer_too() {
    let known = Known::new();
    known.registered("TG-2041");
    let own = known.identified("TG-2041", &Key::new(41));
    known.enrolled(&own, &Key::new(41));
    let other = known.identified("TG-2041", &Key::new(42));
    assert_eq!(known.waiting_at_customer().len(), 1);
    let decide = format!("/desk/enrolments/{}/decision", text(&known.waiting_at_desk()[0]["id"]));
    known
        .desk
        .at_desk(200, "POST", &decide, Some(&json!({ "outcome": "refused" })));
    known.desk.edge.deliver();
    assert!(known.waiting_at_customer().is_empty());
    assert_eq!(known.error_of_poll(&other, &Key::new(42)), "access_denied");
}

#[test]
fn an_administrators_refusal_stands_against_the_desk() {
    let known = Known::new();
    let equipment = known.registered("TG-2041");
    let own = known.identified("TG-2041", &Key::new(41));
    known.enrolled(&own, &Key::new(41));
    let other = known.identified("TG-2041", &Key::new(42));
    let id = text(&known.waiting_at_customer()[0]["id"]);
    let accept = json!({ "outcome": "approved", "customer": "minato", "equipment": equipment });
    let (at_desk, at_customer) = (
        format!("/desk/enrolments/{id}/decision"),
        format!("/enrolments/{id}/decision"),
    );
    // Both answer before either object has heard of the other.
    known
        .desk
        .at_customer(200, "POST", &at_customer, Some(&json!({ "outcome": "refused" })));
    known.desk.at_desk(200, "POST", &at_desk, Some(&accept));
    known.desk.edge.deliver();
    assert_eq!(known.error_of_poll(&other, &Key::new(42)), "access_denied");
    assert_eq!(known.agent(&equipment), Some(Key::new(41).thumbprint()));
}

#[test]
fn another_providers_desk_sees_and_answers_nothing() {
    let known = Known::new();
    let equipment = known.registered("TG-2041");
    known.identified("TG-77", &Key::new(41));
    let id = text(&known.waiting_at_desk()[0]["id"]);
    let provider = json!({
        "slug": "minami-desk", "kind": "provider", "name": "南サービス", "locale": "ja", "time_zone": "Asia/Tokyo",
        "administrator": administrator("minami-desk"),
    });
    let made = Call::post("/operator/v1/tenants")
        .bearer(OPERATOR)
        .json(&provider)
        .send(&known.desk.edge);
    assert_eq!(made.status, 201, "{}", made.body);
    let first = secret_line(&known.desk.edge.mails().pop().unwrap().text);
    let theirs = settle(&known.desk.edge, "minami-desk", "hanako", &first);
    let to = |method: &str, path: &str, body: Option<&Value>| {
        send(&known.desk.edge, "minami-desk", &theirs, method, path, body)
    };
    assert_eq!(to("GET", "/desk/enrolments", None).json()["items"], json!([]));
    let accept = json!({ "outcome": "approved", "customer": "minato", "equipment": equipment });
    assert_eq!(
        to("POST", &format!("/desk/enrolments/{id}/decision"), Some(&accept)).status,
        404
    );
    // Their verification code opens nothing at this provider.
    let issued = to("POST", "/service-organization/verification-code", None).json();
    known.desk.edge.deliver();
    assert_ne!(issued["organization"], known.organization);
    let code = text(&issued["verification_code"]);
    let answer = known
        .call(&code, "TG-2041")
        .proven(&Key::new(42), None)
        .send(&known.desk.edge);
    assert_eq!(error(&answer), "invalid_grant");
    // A machine that they vouch for is not one of this customer's.
    let issued = Known {
        organization: text(&issued["organization"]),
        code,
        desk: Desk::new(),
    };
    let call = issued.call(&issued.code, "TG-2041").proven(&Key::new(42), None);
    assert_eq!(call.send(&known.desk.edge).status, 200);
    known.desk.edge.deliver();
    assert_eq!(
        to("GET", "/desk/enrolments", None).json()["items"][0]["waits"],
        "unknown"
    );
}

#[test]
fn an_organisation_administrator_answers_for_their_own_equipment_only() {
    let known = Known::new();
    let organization = |name: &str| {
        let made = known
            .desk
            .at_customer(201, "POST", "/organizations", Some(&json!({ "name": name })));
        text(&made["id"])
    };
    let (ours, theirs) = (organization("製造部"), organization("営業部"));
    let new = json!({ "name": "検査装置", "serial_number": "TG-1", "organization": ours });
    known.desk.at_customer(201, "POST", "/equipment", Some(&new));
    known.desk.edge.deliver();
    let own = known.identified("TG-1", &Key::new(41));
    known.enrolled(&own, &Key::new(41));
    let other = known.identified("TG-1", &Key::new(42));
    let administrator = |account: &str, of: &str| {
        let emails = json!([{ "value": format!("{account}@minato.example"), "type": "work", "primary": true }]);
        let user = json!({ "display_name": account, "emails": emails, "organization": of });
        let id = text(&known.desk.at_customer(201, "POST", "/users", Some(&user))["id"]);
        let account_of = json!({
            "account": account, "role": "organization_administrator", "organization": of, "locale": "ja",
            "time_zone": "Asia/Tokyo", "password": "a first password, typed", "password_confirmation": "a first password, typed",
        });
        let path = format!("/users/{id}/account");
        known.desk.at_customer(201, "PUT", &path, Some(&account_of));
        settle(&known.desk.edge, "minato", account, "a first password, typed")
    };
    let (responsible, outsider) = (administrator("yuki", &ours), administrator("niels", &theirs));
    let to = |cookie: &str, method: &str, path: &str, body: Option<&Value>| {
        send(&known.desk.edge, "minato", cookie, method, path, body)
    };
    assert_eq!(to(&outsider, "GET", "/enrolments", None).json()["items"], json!([]));
    let id = text(&to(&responsible, "GET", "/enrolments?state=open", None).json()["items"][0]["id"]);
    let (decide, refuse) = (format!("/enrolments/{id}/decision"), json!({ "outcome": "refused" }));
    assert_eq!(to(&outsider, "POST", &decide, Some(&refuse)).status, 404);
    let refused = to(&responsible, "POST", &decide, Some(&refuse));
    assert_eq!(
        (refused.status.as_u16(), &refused.json()["state"]),
        (200, &json!("refused"))
    );
    known.desk.edge.deliver();
    assert_eq!(known.error_of_poll(&other, &Key::new(42)), "access_denied");
}

#[test]
fn accepting_and_renewing_take_a_person_who_has_just_logged_in() {
    let known = Known::new();
    let equipment = known.registered("TG-2041");
    known.identified("TG-77", &Key::new(41));
    let id = text(&known.waiting_at_desk()[0]["id"]);
    let wanted = json!({ "name": "t", "scopes": ["desk"], "expires_in_days": 1 });
    let token = text(&known.desk.at_desk(201, "POST", "/tokens", Some(&wanted))["token"]);
    let decide = format!("/desk/enrolments/{id}/decision");
    let accept = json!({ "outcome": "approved", "customer": "minato", "equipment": equipment });
    let by_token = Call::post(&format!("/t/kita-desk/api/v1{decide}"))
        .bearer(&token)
        .json(&accept)
        .send(&known.desk.edge);
    assert_eq!(
        (by_token.status.as_u16(), by_token.code().as_str()),
        (403, "login-required")
    );
    known.desk.edge.advance(700);
    let stale = known.desk.at_desk(403, "POST", &decide, Some(&accept));
    assert_eq!(stale["code"], "fresh-login-required");
    let stale = known
        .desk
        .at_desk(403, "POST", "/service-organization/verification-code", None);
    assert_eq!(stale["code"], "fresh-login-required");
    assert_eq!(known.waiting_at_desk().len(), 1);
}

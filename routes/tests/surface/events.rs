//! The event socket of an open console: who opens one, and what it is told.

use serde_json::json;
use tegata_domain::events::{Event, Topic};
use tegata_domain::secret::HashedSecret;
use tegata_domain::slug::Slug;

use crate::support::call::{Answer, Call};
use crate::support::edge::EDGE;
use crate::support::staff::{Credential, Staff};

fn ticket(staff: &Staff, who: &Credential) -> String {
    let issued = staff.send(who, "POST", "/events/ticket", None);
    assert_eq!(issued.status, 200, "{}", issued.body);
    issued.json()["ticket"].as_str().unwrap().to_owned()
}

fn handshake(tenant: &str, ticket: &str) -> Call {
    Call::get(&format!("/t/{tenant}/api/v1/events"))
        .header("upgrade", "websocket")
        .header("connection", "Upgrade")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("sec-websocket-protocol", &format!("tegata.events.v1, {ticket}"))
}

fn open(staff: &Staff, ticket: &str) -> Answer {
    handshake("aozora", ticket).header("origin", EDGE).send(staff.edge())
}

#[test]
fn a_ticket_opens_one_socket_for_a_page_of_the_edge() {
    let staff = Staff::new();
    let first = ticket(&staff, &staff.administrator);
    assert_eq!(open(&staff, &first).status, 101);
    assert_eq!(open(&staff, &first).status, 403, "a ticket works once");
    let second = ticket(&staff, &staff.administrator);
    let elsewhere = handshake("aozora", &second).header("origin", "https://evil.example");
    assert_eq!(elsewhere.send(staff.edge()).status, 403);
    assert_eq!(
        handshake("aozora", &second).send(staff.edge()).status,
        403,
        "no page at all"
    );
    assert_eq!(
        handshake("nordlys", &second)
            .header("origin", EDGE)
            .send(staff.edge())
            .status,
        403
    );
    assert_eq!(open(&staff, &second).status, 101, "none of these has spent it");
    let third = ticket(&staff, &staff.administrator);
    staff.edge().advance(30);
    assert_eq!(open(&staff, &third).status, 403, "it ends after 30 seconds");
    for wrong in ["", "x", "tg_et_", &"a".repeat(10_000)] {
        assert!(matches!(open(&staff, wrong).status.as_u16(), 400 | 403), "{wrong}");
    }
}

#[test]
fn a_token_gets_no_ticket_and_a_session_that_ended_opens_nothing() {
    let staff = Staff::new();
    let token = staff.token(&["registrations.read"]);
    assert_eq!(staff.send(&token, "POST", "/events/ticket", None).status, 403);
    let (_, them) = staff.join("ichiro", "system_administrator", None);
    let theirs = ticket(&staff, &them);
    assert_eq!(staff.send(&them, "DELETE", "/session", None).status, 204);
    assert_eq!(open(&staff, &theirs).status, 403);
}

#[test]
fn a_socket_is_told_what_its_holder_may_list_and_ends_with_the_session() {
    let staff = Staff::new();
    let organization = staff.organization("製造部", None);
    let (_, limited) = staff.join("mio", "organization_administrator", Some(&organization));
    let attached = |who: &Credential| {
        let ticket = ticket(&staff, who);
        staff.edge().admitted(&Slug::parse("aozora").unwrap(), &ticket).unwrap()
    };
    let (all, some) = (attached(&staff.administrator), attached(&limited));
    let told = |attachment: &HashedSecret| {
        staff.edge().told(
            &Slug::parse("aozora").unwrap(),
            attachment,
            &[Topic::Users, Topic::Audit],
        )
    };
    assert_eq!(
        told(&all),
        Some(Event {
            changed: vec![Topic::Users, Topic::Audit]
        })
    );
    assert_eq!(
        told(&some),
        Some(Event {
            changed: vec![Topic::Users]
        })
    );
    staff.send(&limited, "DELETE", "/session", None);
    assert_eq!(told(&some), None);
    assert_eq!(json!(told(&all)), json!({ "changed": ["users", "audit"] }));
}

//! Alerts: who is told of what, and who is not.

use serde_json::json;
use tegata_domain::account::Alerts;
use tegata_domain::alert::PAUSE;
use tegata_domain::approval::Outcome;
use tegata_domain::command::{AddAdministrator, SetTenantState, UpdateTenant};
use tegata_domain::tenant::TenantState;
use tegata_domain::wire::json;
use tegata_kv_schema::sql::Sql as _;

use crate::support::mail::{Mail, sent};
use crate::support::viewer::{Asking, TARO_ASKS};
use crate::support::world::{HANAKO, World, administrator};

const JIRO: &str = "jiro.suzuki@aozora.example";

/// A tenant with two administrators, Hanako and Jiro, who both have the support option.
fn world() -> World {
    let world = World::new();
    let jiro = AddAdministrator {
        administrator: administrator("jiro", JIRO),
        idempotency_key: None,
    };
    world.send(jiro).unwrap();
    world.support_everybody();
    world.deliver();
    world
}

/// Asks from another PC, and answers with the link that was mailed to `approver`.
fn answered(world: &World, key: &str, approver: &str, outcome: Outcome) {
    let asking = Asking {
        key: Some(key),
        ..TARO_ASKS
    };
    world.ask(asking).unwrap();
    let mails = world.deliver();
    let asked = mails
        .iter()
        .find(|mail| mail.to == approver)
        .expect("the approver is asked");
    world.answer(&asked.link(), outcome, None).unwrap();
}

/// The alert mails, once they are due, by recipient.
fn alerts(world: &World) -> Vec<Mail> {
    world.deliver();
    world.advance(PAUSE);
    let mut mails = world.deliver();
    mails.retain(|mail| mail.kind == "alerts");
    mails.sort_by(|a, b| a.to.cmp(&b.to));
    mails
}

fn set(world: &World, state: TenantState) {
    world.send(SetTenantState { state }).unwrap();
}

fn forward_to(world: &World, origin: Option<&str>) {
    let policy = json!({ "data_origin": origin }).as_object().cloned();
    let change = UpdateTenant {
        policy,
        ..UpdateTenant::default()
    };
    world.send(change).unwrap();
}

#[test]
fn who_refuses_is_not_alerted_to_it() {
    let world = world();
    answered(&world, "pc-2", HANAKO, Outcome::Refused);
    let mails = alerts(&world);
    assert_eq!(sent(&mails), [("alerts", JIRO)]);
    answered(&world, "pc-3", JIRO, Outcome::Refused);
    assert_eq!(sent(&alerts(&world)), [("alerts", HANAKO)]);
}

#[test]
fn a_mail_of_several_alerts_leaves_out_what_its_reader_did() {
    let world = world();
    answered(&world, "pc-2", JIRO, Outcome::Refused);
    answered(&world, "pc-3", HANAKO, Outcome::Refused);
    answered(&world, "pc-4", HANAKO, Outcome::Refused);
    let told: Vec<(String, usize)> = alerts(&world)
        .into_iter()
        .map(|mail| (mail.to, mail.text.matches("申請が拒否されました").count()))
        .collect();
    assert_eq!(told, [(HANAKO.to_owned(), 1), (JIRO.to_owned(), 2)]);
}

#[test]
fn a_suspension_by_the_operator_and_its_end_are_told_to_both() {
    let world = world();
    set(&world, TenantState::Suspended);
    set(&world, TenantState::Suspended);
    let mails = alerts(&world);
    assert_eq!(sent(&mails), [("alerts", HANAKO), ("alerts", JIRO)]);
    let told = "サービスの運用者により、ご契約の利用が停止されました。";
    assert_eq!(mails[0].text.matches(told).count(), 1, "{}", mails[0].text);
    set(&world, TenantState::Active);
    let mails = alerts(&world);
    assert_eq!(mails.len(), 2);
    let told = "サービスの運用者により、ご契約の利用が再開されました。";
    assert!(mails[0].text.contains(told), "{}", mails[0].text);
}

#[test]
fn a_changed_data_origin_is_told_by_its_hosts() {
    let world = world();
    for (origin, told) in [
        (Some("https://data.aozora.example/v1"), "– → data[.]aozora[.]example"),
        (
            Some("https://data.minato.example:8443"),
            "data[.]aozora[.]example → data[.]minato[.]example:8443",
        ),
        (None, "data[.]minato[.]example:8443 → –"),
    ] {
        forward_to(&world, origin);
        forward_to(&world, origin);
        let mails = alerts(&world);
        assert_eq!(mails.len(), 2);
        let line = format!("データサーバーのURLが変更されました。{told}");
        assert_eq!(mails[0].text.matches(&line).count(), 1, "{}", mails[0].text);
    }
}

#[test]
fn each_of_the_new_alerts_can_be_switched_off() {
    let world = world();
    let off: Alerts = json::read(
        r#"{"device":true,"refused":true,"lockout":true,"token_reuse":true,"undeliverable":true,"audit":true,"data_origin":false,"suspended":false}"#,
    )
    .unwrap();
    let text = serde_json::to_string(&off).unwrap();
    let switch = "UPDATE account SET record = json_set(record, '$.alerts', json(?)) WHERE name = 'hanako'";
    world.sql.run(switch, vec![text.into()]).unwrap();
    for act in [
        &(|| set(&world, TenantState::Suspended)) as &dyn Fn(),
        &|| set(&world, TenantState::Active),
        &|| forward_to(&world, Some("https://data.aozora.example")),
    ] {
        act();
        assert_eq!(sent(&alerts(&world)), [("alerts", JIRO)]);
    }
}

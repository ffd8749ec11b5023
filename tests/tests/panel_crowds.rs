//! Administrators who act at the same moment: a one-time action happens once (C5, C6), and no change is lost.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use tegata_acceptance::edge::{Shared, state};
use tegata_acceptance::panel::{Administrator, PASSWORD};
use tegata_acceptance::tenant::Tenant;
use tegata_acceptance::world::World;
use xtask::edge::EdgeOptions;

static EDGE: Shared = Shared::new();

fn world() -> World {
    EDGE.world(|| EdgeOptions::new(state(env!("CARGO_TARGET_TMPDIR"), "panel-crowds")).expect("options"))
}

async fn staffed(count: usize) -> (Tenant, Vec<Administrator>) {
    let tenant = world().tenant().approver_count(count).create().await;
    let mut staff = Vec::new();
    for number in 0..count {
        staff.push(Administrator::of(&tenant, number).await);
    }
    (tenant, staff)
}

#[tokio::test]
async fn of_six_who_are_given_the_fifth_support_option_at_once_one_gets_it() {
    let (tenant, staff) = staffed(10).await;
    let mut accounts = Vec::new();
    for administrator in &staff {
        accounts.push(format!("/users/{}/account", administrator.id().await));
    }
    let grant = json!({ "version": 1, "support_option": true });
    for account in &accounts[..4] {
        staff[0].send(Method::PATCH, account, Some(&grant)).await.expect(200);
    }
    let answers = join_all(
        accounts[4..]
            .iter()
            .map(|account| staff[0].send(Method::PATCH, account, Some(&grant))),
    )
    .await;
    let given = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(given, 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(
            (answer.status, answer.member("code").as_str()),
            (409, "support-options-used-up")
        );
    }
    tenant.intact_audit().await;
}

#[tokio::test]
async fn the_last_two_administrators_cannot_demote_each_other_at_once() {
    let (tenant, staff) = staffed(2).await;
    let first = format!("/users/{}/account", staff[0].id().await);
    let second = format!("/users/{}/account", staff[1].id().await);
    let demote = json!({ "version": 1, "role": "auditor" });
    let (one, other) = tokio::join!(
        staff[0].send(Method::PATCH, &second, Some(&demote)),
        staff[1].send(Method::PATCH, &first, Some(&demote)),
    );
    let mut outcomes = [one.status, other.status];
    outcomes.sort_unstable();
    assert_eq!(outcomes, [200, 403], "{one:?} {other:?}");
    tenant.intact_audit().await;
}

#[tokio::test]
async fn of_fifty_edits_of_one_version_one_is_written_and_the_others_see_it() {
    let (_, staff) = staffed(1).await;
    let emails = json!([{ "value": "yuki@aozora.example", "type": "work", "primary": true }]);
    let user = json!({ "display_name": "雪", "emails": emails });
    let path = format!(
        "/users/{}",
        staff[0].send(Method::POST, "/users", Some(&user)).await.member("id")
    );
    let answers = join_all((0..50).map(|number| {
        let (staff, path) = (&staff, &path);
        async move {
            let change = json!({ "version": 1, "display_name": format!("雪 {number}") });
            staff[0].send(Method::PATCH, path, Some(&change)).await
        }
    }))
    .await;
    let written: Vec<Value> = answers.iter().filter(|a| a.status == 200).map(|a| a.json()).collect();
    assert_eq!(written.len(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!((answer.status, answer.member("code").as_str()), (409, "changed"));
        assert_eq!(answer.json()["current"]["display_name"], written[0]["display_name"]);
    }
}

#[tokio::test]
async fn a_crowd_of_wrong_passwords_is_counted_one_by_one() {
    let (tenant, _) = staffed(1).await;
    let answers = join_all((0..60).map(|number| {
        let tenant = &tenant;
        async move {
            let login = tenant.world.http.post(format!("{}/api/v1/login", tenant.issuer));
            // Each from its own address; the right password comes too late.
            let password = if number == 59 { PASSWORD } else { "wrong, wrong, wrong" };
            let login = login
                .header("cf-connecting-ip", format!("192.0.2.{number}"))
                .json(&json!({ "account": "kanri0", "password": password }));
            tenant.world.send(login).await.status
        }
    }))
    .await;
    let counted = answers.iter().filter(|status| **status != 429).count();
    assert_eq!(counted, 5, "{answers:?}");
}

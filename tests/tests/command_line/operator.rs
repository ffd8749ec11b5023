//! `tegata operator`, as an operator uses it.

use tegata_acceptance::tenant::Tenant;

use crate::program::{BROKEN_PIPE, Pc};
use crate::world;

/// `tegata operator …` on this edge.
pub fn operator<'a>(tenant: &'a Tenant, arguments: &[&'a str]) -> Vec<&'a str> {
    let edge = tenant.world.url.as_str();
    let access = ["operator", "--edge", edge, "--token", &tenant.world.operator_token];
    [&access[..], arguments].concat()
}

#[tokio::test]
async fn an_administrator_is_added_once_and_written_to_in_their_own_language() {
    let tenant = world().tenant().create().await;
    let (pc, email) = (Pc::new(), format!("jens@{}.example", tenant.slug));
    let person = ["--name", "Jens Holm", "--email", &email, "--account", "jens"];
    let language = ["--locale", "da", "--time-zone", "Europe/Copenhagen"];
    let key = ["--idempotency-key", "ticket-7"];
    let add = ["administrator", "add", &tenant.slug];
    let add = operator(&tenant, &[&add[..], &person, &language, &key].concat());
    let before = tenant.count("administrator.create").await;
    let first = pc.run(&add).await.expect(0).json();
    assert_eq!(first["locale"], "da");
    assert_eq!(pc.run(&add).await.expect(0).json(), first);

    let mail = tenant.world.mail_to(&email, |_| true).await;
    assert!(mail.subject.contains("Din konto"), "{}", mail.subject);
    tenant.settled().await;
    assert_eq!(tenant.world.mails_to(&email).await.len(), 1);
    assert_eq!(tenant.count("administrator.create").await, before + 1);
}

#[tokio::test]
async fn a_locale_is_the_tenants_and_nothing_else_has_one() {
    let tenant = world().tenant().create().await;
    let pc = Pc::new();
    let update = operator(&tenant, &["tenant", "update", &tenant.slug, "--locale", "da"]);
    assert_eq!(pc.run(&update).await.expect(0).json()["locale"], "da");
    let retry = ["outbox", "retry", &tenant.slug, "nothing", "--locale", "da"];
    pc.run(&operator(&tenant, &retry)).await.expect(2);
}

#[tokio::test]
async fn a_value_that_cannot_be_taken_is_named() {
    let tenant = world().tenant().create().await;
    let update = ["tenant", "update", &tenant.slug, "--data-origin", "http://data.example"];
    let told = Pc::new().read(&operator(&tenant, &update)).await.expect(2);
    assert!(told.stderr.starts_with("tegata: policy.data_origin: "), "{told:?}");
}

#[tokio::test]
async fn the_audit_log_can_be_read_and_cut_off() {
    let tenant = world().tenant().create().await;
    let pc = Pc::new();
    let email = format!("taro@{}.example", tenant.slug);
    pc.register(&tenant, &email).await.expect(0);
    let list = operator(&tenant, &["audit", "list", &tenant.slug]);
    let told = pc.read(&list).await.expect(0);
    let lines = told.stdout.lines();
    let actors: Vec<&str> = lines.filter_map(|line| line.split('\t').nth(2)).collect();
    assert!(actors.contains(&"operator"), "{actors:?}");
    let requester = format!("requester {email} ");
    assert!(actors.iter().any(|actor| actor.starts_with(&requester)), "{actors:?}");
    assert!(!told.stdout.contains('{'), "{told:?}");

    let cut = pc.read_by_nobody(&list).await.expect(BROKEN_PIPE);
    assert_eq!(cut.stderr, "");
}

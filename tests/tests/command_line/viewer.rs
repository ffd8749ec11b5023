//! `tegata viewer`.

use std::fs;

use tegata_acceptance::mail::Mail;
use tegata_acceptance::origin::{DATA, Origin};
use tegata_acceptance::tenant::Tenant;

use crate::program::Pc;
use crate::world;

const PENDING: i32 = 4;
const REFUSED: i32 = 3;

async fn decide(tenant: &Tenant, email: &str, decision: &str) {
    let about = |mail: &Mail| mail.is_question() && mail.text.contains(email);
    let link = tenant.world.mail_to(&tenant.approvers[0], about).await.link();
    let fields = [
        ("decision", decision),
        (if decision == "refuse" { "refuse" } else { "confirm" }, "yes"),
        ("lang", "ja"),
    ];
    tenant.world.form(&link, &fields).await.expect(200);
}

async fn code(tenant: &Tenant, email: &str) -> String {
    let mail = tenant.world.mail_to(email, |mail| mail.code().is_some()).await;
    mail.code().expect("the mail was selected by its code")
}

#[tokio::test]
async fn a_person_lets_a_pc_in_reads_data_and_forgets_it() {
    let world = world();
    let origin = Origin::start();
    let tenant = world.tenant().data_origin(origin.url()).create().await;
    let email = format!("taro@{}.example", tenant.slug);
    let pc = Pc::new();
    assert_eq!(pc.run(&["viewer", "status"]).await.expect(1).error(), "not_registered");

    let registered = pc.register(&tenant, &email).await.expect(0).json();
    assert_eq!(registered["state"], "pending");
    let status = pc.run(&["viewer", "status"]).await.expect(PENDING).json();
    assert_eq!(status["state"], "awaiting_approval");
    let early = pc.file("early.txt");
    pc.run(&["viewer", "get", "data", "--output", &early])
        .await
        .expect(PENDING);

    decide(&tenant, &email, "approve").await;
    let code = code(&tenant, &email).await;
    let wrong = pc.run(&["viewer", "activate", "22222-22222"]).await;
    assert_eq!(wrong.error(), "wrong_code");
    // As people type: lower case, and a space instead of the hyphen.
    let typed = code.to_lowercase().replace('-', " ");
    let active = pc.run(&["viewer", "activate", &typed]).await.expect(0).json();
    assert_eq!(active["state"], "active");
    assert_eq!(active["issuer"], tenant.issuer);
    for offline in [&[][..], &["--offline"]] {
        let status = [&["viewer", "status"], offline].concat();
        let known = pc.run(&status).await.expect(0).json();
        assert_eq!(known["checked"], offline.is_empty());
        assert!(known["confirmed_at"].is_u64(), "{known}");
    }
    let told = pc.read(&["viewer", "status", "--offline"]).await.expect(0).stdout;
    assert!(told.contains("was not asked") && told.contains("--offline"), "{told}");

    let file = pc.file("data.txt");
    pc.run(&["viewer", "get", "/målinger?fra=1", "--output", &file])
        .await
        .expect(0);
    assert_eq!(fs::read_to_string(&file).expect("a file"), DATA);
    assert_eq!(origin.received()[0].target, "/m%C3%A5linger?fra=1");

    pc.run(&["viewer", "forget"]).await.expect(0);
    assert_eq!(tenant.list("devices").await[0]["state"], "revoked");
    assert_eq!(pc.run(&["viewer", "status"]).await.expect(1).error(), "not_registered");
}

#[tokio::test]
async fn a_copied_data_directory_is_worth_nothing_without_the_key() {
    let world = world();
    let origin = Origin::start();
    let tenant = world.tenant().data_origin(origin.url()).create().await;
    let email = format!("taro@{}.example", tenant.slug);
    let pc = Pc::new();
    pc.register(&tenant, &email).await.expect(0);
    decide(&tenant, &email, "approve").await;
    let code = code(&tenant, &email).await;
    pc.run(&["viewer", "activate", &code]).await.expect(0);

    let copy = Pc::with_data_copied_from(&pc);
    let file = copy.file("data.txt");
    let get = ["viewer", "get", "data", "--output", &file];
    assert_eq!(copy.run(&get).await.expect(1).error(), "key_missing");
    assert_eq!(copy.run(&["viewer", "forget"]).await.expect(1).error(), "key_missing");
    // Another PC's key does not help either.
    let other = Pc::new();
    other.register(&tenant, "jiro@elsewhere.example").await.expect(0);
    fs::copy(other.data().join("key.json"), copy.data().join("key.json")).expect("copied");
    assert_eq!(copy.run(&get).await.expect(1).error(), "key_mismatch");
    assert_eq!(origin.received().len(), 0);

    let file = pc.file("data.txt");
    pc.run(&["viewer", "get", "data", "--output", &file]).await.expect(0);
}

#[tokio::test]
async fn a_refused_person_is_told_so() {
    let tenant = world().tenant().create().await;
    let email = format!("taro@{}.example", tenant.slug);
    let pc = Pc::new();
    pc.register(&tenant, &email).await.expect(0);
    decide(&tenant, &email, "refuse").await;
    let status = pc.run(&["viewer", "status"]).await.expect(REFUSED).json();
    assert_eq!(status["state"], "refused");
    pc.run(&["viewer", "activate", "22222-22222"]).await.expect(REFUSED);
    assert_eq!(tenant.list("devices").await.len(), 0);
}

#[tokio::test]
async fn a_pc_that_forgets_while_it_waits_takes_its_request_back() {
    let world = world();
    let tenant = world.tenant().create().await;
    let email = format!("taro@{}.example", tenant.slug);
    let pc = Pc::new();
    pc.register(&tenant, &email).await.expect(0);
    let link = world.mail_to(&tenant.approvers[0], Mail::is_question).await.link();
    pc.run(&["viewer", "forget"]).await.expect(0);
    let fields = [("decision", "approve"), ("confirm", "yes"), ("lang", "ja")];
    world.form(&link, &fields).await.expect(410);
    assert_eq!(tenant.count("approval.decide").await, 0);
    assert_eq!(tenant.count("registration.withdraw").await, 1);
}

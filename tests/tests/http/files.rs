//! Files of inquiries: they move from their tenant's object to the blob store and are served as before.

use std::fs;
use std::path::Path;

use reqwest::Method;
use serde_json::json;
use tegata_acceptance::panel::Administrator;
use tegata_domain::wire::b64;

use crate::world;

#[tokio::test]
async fn a_file_lies_in_the_store_of_blobs_and_is_answered_from_there() {
    let world = world();
    let provider = world.tenant().a_provider().create().await;
    let tenant = world.tenant().served_by(&provider).create().await;
    let administrator = Administrator::of(&tenant, 0).await;
    let user = administrator.id().await;
    let account = administrator
        .send(Method::GET, &format!("/users/{user}"), None)
        .await
        .json()["account"]
        .clone();
    let option = json!({ "version": account["version"], "support_option": true });
    let path = format!("/users/{user}/account");
    administrator
        .send(Method::PATCH, &path, Some(&option))
        .await
        .expect(200);

    // Every byte value, and more than one chunk of them.
    let content: Vec<u8> = b"%PDF-1.7\n"
        .iter()
        .copied()
        .chain((0..=255).cycle().take(300_000))
        .collect();
    let file = json!({ "name": "記録.pdf", "type": "application/pdf", "data": b64::encode_standard(&content) });
    let question = json!({ "subject": "更新の手順", "body": "教えてください。", "attachments": [file] });
    let asked = administrator
        .send(Method::POST, "/inquiries", Some(&question))
        .await
        .expect(201)
        .json();
    let inquiry = asked["inquiry"]["id"].as_str().expect("an id").to_owned();
    let id = asked["messages"][0]["attachments"][0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    tenant.settled().await;

    let stored = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("http/blobs")
        .join(&tenant.slug)
        .join("inquiries")
        .join(&inquiry)
        .join(&id);
    assert_eq!(fs::read(stored).expect("the blob is a file"), content);
    let path = format!("/inquiries/{inquiry}/attachments/{id}");
    let fetched = administrator
        .request(Method::GET, &path, None)
        .send()
        .await
        .expect("it answers");
    assert_eq!(fetched.status(), 200);
    assert_eq!(fetched.headers()["content-type"], "application/pdf");
    assert_eq!(fetched.bytes().await.expect("a body"), content);
}

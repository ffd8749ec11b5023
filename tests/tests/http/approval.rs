//! `/a/{token}`: opening it changes nothing, a link cannot be forged or altered, and the first answer stays.

use reqwest::Method;
use tegata_acceptance::forged::{changed, positions};

use crate::world;

const APPROVE: [(&str, &str); 3] = [("decision", "approve"), ("confirm", "yes"), ("lang", "ja")];

#[tokio::test]
async fn looking_decides_nothing_whoever_looks() {
    let world = world();
    let tenant = world.tenant().create().await;
    let asked = tenant.viewer().ask().await;
    let link = asked.link().await;
    for _ in 0..3 {
        world.get(&link).await.expect(200);
        world.send(world.http.head(&link)).await.expect(200);
        world.get(&format!("{link}?lang=da")).await.expect(200);
    }
    world.get(&format!("{link}/receipt")).await.expect(404);
    // A scanner that presses buttons: the tick is missing.
    world
        .form(&link, &[("decision", "approve"), ("lang", "ja")])
        .await
        .expect(422);
    world.form(&link, &[("confirm", "yes")]).await.expect(422);
    assert_eq!(asked.state().await, "awaiting_approval");
    assert_eq!(tenant.count("approval.decide").await, 0);
    tenant.settled().await;
    assert_eq!(world.mails_to(&asked.viewer.email).await.len(), 0);
}

#[tokio::test]
async fn a_link_with_one_byte_changed_is_no_link() {
    let world = world();
    let tenant = world.tenant().create().await;
    let asked = tenant.viewer().ask().await;
    let link = asked.link().await;
    let (base, token) = link.split_once("/a/").expect("a link");
    for position in positions(token, 5) {
        let bent = format!("{base}/a/{}", changed(token, position));
        assert_eq!(world.get(&bent).await.status, 404, "{position}");
        assert_eq!(world.form(&bent, &APPROVE).await.status, 404, "{position}");
        assert_eq!(world.get(&format!("{bent}/receipt")).await.status, 404, "{position}");
    }
    for cut in [&token[..token.len() - 1], &token[1..], "", "."] {
        let answer = world.form(&format!("{base}/a/{cut}"), &APPROVE).await;
        assert_eq!(answer.status, 404, "{cut}");
    }
    assert_eq!(asked.state().await, "awaiting_approval");
    assert_eq!(tenant.count("approval.decide").await, 0);
}

#[tokio::test]
async fn a_second_approver_sees_the_first_answer() {
    let world = world();
    let tenant = world.tenant().approver_count(2).create().await;
    let asked = tenant.viewer().ask().await;
    let first = asked.question_to(&tenant.approvers[0]).await.link();
    let second = asked.question_to(&tenant.approvers[1]).await.link();
    let refuse = [("decision", "refuse"), ("refuse", "yes"), ("lang", "ja")];
    world.form(&first, &refuse).await.expect(200);
    let page = world.form(&second, &APPROVE).await.expect(200);
    assert!(page.text.contains("拒否済みの申請です"), "{}", page.text);
    assert_eq!(asked.state().await, "refused");
    let receipts = [&first, &second].map(|link| format!("{link}/receipt"));
    let receipt = world.get(&receipts[0]).await.expect(200);
    assert_eq!(receipt.header("content-type"), "application/jwt");
    assert_eq!(receipt.text, world.get(&receipts[1]).await.expect(200).text);
    assert_eq!(tenant.count("approval.decide").await, 1);
}

#[tokio::test]
async fn a_form_of_another_site_decides_nothing() {
    let world = world();
    let tenant = world.tenant().create().await;
    let asked = tenant.viewer().ask().await;
    let link = asked.link().await;
    for (name, value) in [
        ("origin", "https://phish.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let request = world.posting(&link, &APPROVE).header(name, value);
        assert_eq!(world.send(request).await.status, 403, "{name}: {value}");
    }
    assert_eq!(asked.state().await, "awaiting_approval");
    let own = world.posting(&link, &APPROVE).header("origin", &world.url);
    world.send(own).await.expect(200);
    assert_eq!(asked.state().await, "awaiting_code");
}

#[tokio::test]
async fn only_the_methods_of_a_page_are_taken() {
    let world = world();
    let tenant = world.tenant().create().await;
    let asked = tenant.viewer().ask().await;
    let link = asked.link().await;
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = world.send(world.http.request(method.clone(), &link)).await;
        assert_eq!(answer.status, 405, "{method}");
    }
    assert_eq!(asked.state().await, "awaiting_approval");
}

//! `/t/{slug}/oauth/device_authorization`: input that people type, and input of attackers.

use tegata_acceptance::answer::Answer;
use tegata_acceptance::tenant::Tenant;
use tegata_acceptance::viewer::Viewer;

use crate::world;

async fn ask_with(viewer: &Viewer, changes: &[(&'static str, &str)]) -> Answer {
    let mut details = viewer.details();
    for (name, value) in changes {
        details.retain(|(present, _)| present != name);
        details.push((*name, (*value).to_owned()));
    }
    viewer.ask_with(&details).await
}

/// Checks that nothing changed and that nobody got a mail.
async fn assert_untouched(tenant: &Tenant) {
    assert_eq!(tenant.count("registration.create").await, 0);
    tenant.settled().await;
    let mails = tenant.world.mails_to(&tenant.approvers[0]).await;
    assert!(mails.iter().all(|mail| !mail.is_question()), "{mails:?}");
}

#[tokio::test]
async fn header_injection_in_names_and_addresses_changes_nothing() {
    let world = world();
    let tenant = world.tenant().create().await;
    let names = [
        "山田\r\nBcc: victim@elsewhere.example",
        "山田\nSubject: x",
        "山田\r",
        "山田\u{0}",
        "山田\u{85}Bcc: x",
        "山田\u{2028}x",
        "山田\u{202e}gpj.exe",
        "山\u{200b}田",
        "",
        "   ",
    ];
    for field in ["name", "organization", "device_name"] {
        for name in names {
            let answer = ask_with(&tenant.viewer(), &[(field, name)]).await;
            assert_eq!(
                answer.refusal(),
                (400, "invalid_request".to_owned()),
                "{field}: {name:?}"
            );
            assert_eq!(answer.member("field"), field, "{name:?}");
        }
    }
    let addresses = [
        "taro@aozora.example\r\nBcc: victim@elsewhere.example",
        "taro@aozora.example,victim@elsewhere.example",
        "taro@aozora.example>\r\nRCPT TO:<victim@elsewhere.example",
        "\"taro victim@elsewhere.example\"@aozora.example",
        "taro@[127.0.0.1]",
        "taro@localhost",
        "taro @aozora.example",
        "太郎@aozora.example",
        "taro@青空.example/",
        "taro@青空.example:25",
        "taro@аozora.example",
        "ta..ro@aozora.example",
        "taro",
        "@aozora.example",
    ];
    for address in addresses {
        let answer = ask_with(&tenant.viewer(), &[("email", address)]).await;
        assert_eq!(answer.refusal(), (400, "invalid_request".to_owned()), "{address:?}");
        assert_eq!(answer.member("field"), "email", "{address:?}");
    }
    assert_untouched(&tenant).await;
    assert!(
        world
            .mails()
            .await
            .iter()
            .all(|mail| !mail.to.contains("elsewhere.example"))
    );
}

#[tokio::test]
async fn texts_are_bounded_in_characters_not_in_bytes() {
    let tenant = world().tenant().create().await;
    for field in ["name", "organization", "device_name"] {
        let answer = ask_with(&tenant.viewer(), &[(field, "鬱".repeat(101).as_str())]).await;
        assert_eq!(answer.expect(400).member("field"), field);
    }
    let address = format!("{}@{}.example", "a".repeat(65), tenant.slug);
    assert_eq!(
        ask_with(&tenant.viewer(), &[("email", address.as_str())]).await.status,
        400
    );
    assert_untouched(&tenant).await;
    ask_with(&tenant.viewer(), &[("name", "鬱".repeat(100).as_str())])
        .await
        .expect(200);
}

#[tokio::test]
async fn names_of_the_world_reach_the_approver_as_they_were_typed() {
    let world = world();
    let tenant = world.tenant().create().await;
    let viewer = tenant.viewer();
    // The last is in decomposed form, as some keyboards send it.
    for (name, shown) in [
        ("Søren Ågård", "Søren Ågård"),
        ("髙橋　﨑子", "髙橋 﨑子"),
        ("𠮷田 😀", "𠮷田 😀"),
        ("<b>O'Brien</b> & Søn", "<b>O'Brien</b> & Søn"),
        ("か\u{3099}くせい", "がくせい"),
    ] {
        let mut other = tenant.viewer();
        other.address.clone_from(&viewer.address);
        ask_with(&other, &[("name", name)]).await.expect(200);
        let mail = world
            .mail_to(&tenant.approvers[0], |mail| mail.text.contains(&other.email))
            .await;
        assert!(mail.text.contains(shown), "{name}: {}", mail.text);
        let page = world.get(&mail.link()).await.expect(200);
        assert!(!page.text.contains("<b>O"), "the page shows a name as text");
    }
}

#[tokio::test]
async fn an_international_domain_reaches_the_approver_in_both_forms() {
    let world = world();
    let tenant = world.tenant().create().await;
    for (number, (typed, ascii, written)) in (1..).zip([
        ("taro@日本語.jp", "xn--wgv71a119e.jp", "日本語.jp"),
        ("ｔａｒｏ＠青空。example", "xn--grzr40d.example", "青空.example"),
        ("taro@BÜCHER.example", "xn--bcher-kva.example", "bücher.example"),
        ("taro@straße.example", "xn--strae-oqa.example", "straße.example"),
        ("taro@xn--wgv71a119e.jp", "xn--wgv71a119e.jp", "日本語.jp"),
    ]) {
        let mut viewer = tenant.viewer();
        viewer.device_name = format!("PC-{number}");
        ask_with(&viewer, &[("email", typed)]).await.expect(200);
        let device = viewer.device_name.as_str();
        let mail = world
            .mail_to(&tenant.approvers[0], |mail| {
                mail.is_question() && mail.subject.contains(device)
            })
            .await;
        let unlinked = written.replace('.', "[.]");
        let told = format!("taro@{ascii} ({unlinked})");
        assert!(mail.text.contains(&told), "{typed}: {}", mail.text);
        let page = world.get(&mail.link()).await.expect(200);
        assert!(
            page.text.contains(&format!("taro@{ascii} ({written})")),
            "{typed}: {}",
            page.text
        );
    }
}

#[tokio::test]
async fn an_address_that_a_carrier_gave_out_is_mailed_in_quotes() {
    let world = world();
    let tenant = world.tenant().create().await;
    let mut viewer = tenant.viewer();
    viewer.email = format!("a..{}.@docomo.ne.jp", tenant.slug);
    let asked = viewer.ask().await;
    asked.answer("approve").await.expect(200);
    let mail = world.mail_to(&viewer.email, |mail| mail.code().is_some()).await;
    let header = mail.raw["headers"].to_string();
    let quoted = format!(r#"<\"a..{}.\"@docomo.ne.jp>"#, tenant.slug);
    assert!(header.contains(&quoted), "{header}");
}

#[tokio::test]
async fn a_request_that_is_not_one_is_named() {
    let tenant = world().tenant().create().await;
    let cases = [
        ("client_id", "console", (401, "invalid_client")),
        ("client_id", "", (400, "invalid_request")),
        ("scope", "admin", (400, "invalid_scope")),
        ("dpop_jkt", "short", (400, "invalid_request")),
        ("locale", "tlh", (400, "invalid_request")),
    ];
    for (name, value, (status, error)) in cases {
        let answer = ask_with(&tenant.viewer(), &[(name, value)]).await;
        assert_eq!(answer.refusal(), (status, error.to_owned()), "{name}={value}");
    }
    assert_untouched(&tenant).await;
}

#[tokio::test]
async fn asking_again_from_the_same_pc_renews_and_mails_nobody_twice() {
    let world = world();
    let tenant = world.tenant().create().await;
    let viewer = tenant.viewer();
    let first = viewer.ask().await;
    let second = viewer.ask().await;
    assert_ne!(first.device_code, second.device_code);
    tenant.settled().await;
    let questions = world.mails_to(&tenant.approvers[0]).await;
    assert_eq!(questions.iter().filter(|mail| mail.is_question()).count(), 1);
    assert_eq!(tenant.count("registration.create").await, 1);
}

#[tokio::test]
async fn one_address_gets_only_so_many_mails() {
    let tenant = world().tenant().create().await;
    let victim = format!("ofre@{}.example", tenant.slug);
    for _ in 0..5 {
        ask_with(&tenant.viewer(), &[("email", &victim)]).await.expect(200);
    }
    let capitals = victim.to_uppercase();
    for address in [victim.as_str(), capitals.as_str()] {
        let answer = ask_with(&tenant.viewer(), &[("email", address)]).await;
        assert_eq!(answer.refusal(), (429, "slow_down".to_owned()));
        assert!(
            answer
                .header("retry-after")
                .parse::<u32>()
                .is_ok_and(|seconds| seconds > 0)
        );
    }
    assert_eq!(tenant.count("registration.create").await, 5);
}

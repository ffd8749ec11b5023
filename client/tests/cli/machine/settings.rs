//! 「Remote Service」: what is set there reaches the agent.

use super::{enrolled, opened, says};
use crate::support::command::Pc;
use crate::support::fake_edge::FakeEdge;
use serde_json::Value;

async fn settings(pc: &Pc) -> Value {
    pc.run(&["--json", "agent", "settings"]).await.json()
}

#[tokio::test]
async fn the_remote_service_is_switched_off_and_on() {
    let (_edge, pc, mut agent, _program, browser) = enrolled().await;
    let page = browser.post("service", &[]).await;
    page.says("Off: the remote service is disabled");
    page.says("class=\"light off\"");
    assert_eq!(settings(&pc).await["remote_service"], false);
    browser.post("service", &[("on", "yes")]).await;
    assert_eq!(settings(&pc).await["remote_service"], true);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_proxy_is_set_by_hand_and_its_password_never_comes_back() {
    let (_edge, pc, mut agent, _program, browser) = enrolled().await;
    let form = |address: &'static str, user: &'static str, password: &'static str| {
        [
            ("mode", "manual"),
            ("proxy", address),
            ("proxy_domain", "AOZORA"),
            ("proxy_user", user),
            ("proxy_password", password),
        ]
    };
    let wrong = browser.post("proxy", &form("proxy.example", "line7", "geheim")).await;
    assert_eq!((wrong.status, wrong.wrong()), (422, vec!["proxy".to_owned()]));
    wrong.says("Enter host:port.");
    wrong.says("value=\"proxy.example\"");
    assert!(!wrong.text.contains("geheim"), "{wrong:?}");
    assert_eq!(settings(&pc).await["proxy"]["mode"], "automatic");

    let page = browser
        .post("proxy", &form("proxy.example:3128", "line7", "geheim"))
        .await;
    page.says("The change was saved.");
    page.says("A password is saved.");
    assert!(!page.text.contains("geheim"), "{page:?}");
    let stored = settings(&pc).await;
    assert_eq!(
        (
            &stored["proxy"]["host"],
            &stored["proxy"]["user"],
            &stored["proxy"]["password_set"]
        ),
        (&"proxy.example".into(), &"line7".into(), &true.into())
    );
    browser.post("proxy", &form("proxy.example:3128", "line7", "")).await;
    assert_eq!(
        settings(&pc).await["proxy"]["password_set"],
        true,
        "an empty field keeps it"
    );
    browser.post("proxy", &form("other.example:3128", "line7", "")).await;
    assert_eq!(
        settings(&pc).await["proxy"]["password_set"],
        false,
        "but not for another proxy"
    );
    browser.post("proxy", &[("mode", "none")]).await;
    assert_eq!(settings(&pc).await["proxy"]["mode"], "none");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn remote_assistance_names_what_is_missing_until_the_proxy_is_settled() {
    let pc = Pc::new();
    let mut command = pc.command(&["--language", "en", "agent", "run", "--service"]);
    command.env("HTTPS_PROXY", "http://line7:geheim@proxy.example:3128");
    command.env("HTTP_PROXY", "http://line7:geheim@proxy.example:3128");
    let mut agent = command.spawn().unwrap();
    let (_program, browser) = opened(&pc).await;
    says(&browser, "", "This machine is not enrolled yet.").await;
    let page = browser.get("service").await;
    page.says("id=\"assistance-missing\"");
    let (_, form) = page.text.split_once("action=\"assistance\"").unwrap();
    assert!(
        form.trim_start_matches(['>', '\n']).starts_with("<fieldset disabled>"),
        "{form}"
    );
    let refused = browser.post("assistance", &[("on", "yes")]).await;
    assert_eq!(refused.status, 409);
    assert_eq!(settings(&pc).await["remote_assistance"], false);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn remote_assistance_is_allowed_once_nothing_is_missing() {
    let (_edge, pc, mut agent, _program, browser) = enrolled().await;
    let page = browser.get("service").await;
    assert!(!page.text.contains("assistance-missing"), "{page:?}");
    browser.post("assistance", &[("on", "yes")]).await;
    assert_eq!(settings(&pc).await["remote_assistance"], true);
    browser.post("assistance", &[]).await;
    assert_eq!(settings(&pc).await["remote_assistance"], false);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_proxy_that_was_found_is_copied() {
    let (_edge, pc, mut agent, _program, browser) = enrolled().await;
    agent.kill().await.unwrap();
    let mut command = pc.command(&["agent", "run", "--service"]);
    command.env("HTTP_PROXY", "http://line7:geheim@proxy.example:3128");
    let mut agent = command.spawn().unwrap();
    let page = says(&browser, "service", "This system names the proxy proxy.example:3128.").await;
    assert!(page.contains("assistance-missing"), "{page}");
    assert!(!page.contains("geheim"));
    let page = browser.post("adopt", &[]).await;
    page.says("value=\"proxy.example:3128\"");
    page.says("value=\"line7\"");
    assert!(
        !page.text.contains("assistance-missing") && !page.text.contains("geheim"),
        "{page:?}"
    );
    assert_eq!(settings(&pc).await["proxy"]["password_set"], true);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_connection_test_shows_each_step_and_what_is_in_the_way() {
    let (_edge, _pc, mut agent, _program, browser) = enrolled().await;
    let page = browser.post("test", &[]).await;
    assert_eq!((page.status, page.heading()), (200, "Remote Service"));
    page.says("<li class=\"passed\">Enrolment accepted: ok</li>");
    page.says("<li class=\"skipped\">Authentication at the proxy: not needed</li>");
    browser
        .post("proxy", &[("mode", "manual"), ("proxy", "127.0.0.1:1")])
        .await;
    let page = browser.post("test", &[]).await;
    page.says("<li class=\"failed\">Network connection: failed</li>");
    page.says("<li class=\"skipped\">Enrolment accepted: not tested</li>");
    page.says("127.0.0.1:1");
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn before_the_enrolment_the_address_in_its_form_is_tested() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let mut agent = super::service(&pc);
    let (_program, browser) = opened(&pc).await;
    says(&browser, "", "This machine is not enrolled yet.").await;
    let page = browser.post("test", &[("edge", ""), ("tenant", "aozora")]).await;
    assert_eq!((page.status, page.wrong()), (422, vec!["edge".to_owned()]));
    let page = browser
        .post("test", &[("edge", edge.url.as_str()), ("tenant", "aozora")])
        .await;
    page.says("<li class=\"passed\">Service answers: ok</li>");
    page.says(&format!("value=\"{}\"", edge.url));
    agent.kill().await.unwrap();
}

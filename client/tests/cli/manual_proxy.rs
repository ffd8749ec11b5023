//! An agent behind a proxy: everything it does goes through it, with the authentication that the proxy asks for.

use crate::agent::{enrol, enrolled, running, shows, status};
use crate::support::command::{Pc, finish};
use crate::support::fake_edge::FakeEdge;
use crate::support::fake_proxy::{FakeProxy, Rules, ntlm_message};
use std::time::Duration;
use tokio::time::{Instant, sleep};

const CODE: &str = "tg_enr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn basic() -> Rules {
    Rules {
        basic: Some("line7:ひみつ".to_owned()),
        offers: vec!["Basic realm=\"Kantor\""],
        ..Rules::default()
    }
}

async fn set(pc: &Pc, options: &[&str]) {
    let run = pc.run(&[&["--json", "agent", "settings"], options].concat()).await;
    assert_eq!(run.code, 0, "{run:?}");
}

async fn set_password(pc: &Pc, password: &str) {
    let file = pc.file("password");
    std::fs::write(&file, password).unwrap();
    let file = file.to_str().unwrap();
    set(pc, &["--proxy-user", "line7", "--proxy-password-file", file]).await;
}

#[tokio::test]
async fn enrolment_and_connection_go_through_the_proxy_with_its_password() {
    for rules in [
        basic(),
        Rules {
            closes: true,
            ..basic()
        },
        Rules { old: true, ..basic() },
        Rules::default(),
    ] {
        let (edge, pc, proxy) = (
            FakeEdge::start().await,
            Pc::new(),
            FakeProxy::start(rules.clone()).await,
        );
        edge.now().control.codes.insert(CODE, "good");
        set(&pc, &["--proxy", &proxy.address]).await;
        set_password(&pc, "ひみつ").await;
        let run = enrol(&pc, &edge).await;
        assert_eq!(run.code, 0, "{run:?}");
        let mut agent = running(&pc);
        shows(&pc, "green").await;
        agent.kill().await.unwrap();
        let asked = proxy.asked();
        let connect = format!("CONNECT {} HTTP/1.1", edge.url.strip_prefix("http://").unwrap());
        assert!(asked.iter().all(|(line, _)| *line == connect), "{asked:?}");
        let through = asked
            .iter()
            .filter(|(_, authorization)| authorization.is_some() || rules.offers.is_empty());
        assert_eq!(
            through.count(),
            edge.connections(),
            "there is no way around the proxy: {asked:?}"
        );
        if rules.offers.is_empty() {
            assert!(
                asked.iter().all(|(_, sent)| sent.is_none()),
                "the password is not sent unasked"
            );
        }
    }
}

#[tokio::test]
async fn a_proxy_that_changes_its_password_is_named_and_the_new_one_helps_at_once() {
    let (_edge, pc) = enrolled().await;
    let proxy = FakeProxy::start(basic()).await;
    set(&pc, &["--proxy", &proxy.address]).await;
    set_password(&pc, "ひみつ").await;
    let mut agent = running(&pc);
    shows(&pc, "green").await;
    proxy.demand(Rules {
        basic: Some("line7:changed".to_owned()),
        ..basic()
    });
    // It shows with the next connection, which a further setting brings about.
    set(&pc, &["--proxy-domain", "AOZORA"]).await;
    let end = Instant::now() + Duration::from_secs(20);
    let trouble = loop {
        let shown = status(&pc).await;
        if !shown["trouble"].is_null() {
            break shown["trouble"].clone();
        }
        assert!(Instant::now() < end, "{shown}");
        sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(trouble["code"], "proxy_authentication", "{trouble}");
    assert_eq!(trouble["why"], "refused");
    assert_eq!(trouble["schemes"], serde_json::json!(["Basic"]));
    let asked = proxy.asked().len();
    sleep(Duration::from_secs(6)).await;
    assert_eq!(
        proxy.asked().len(),
        asked,
        "a refused password is not repeated soon: it would lock the account"
    );
    set_password(&pc, "changed").await;
    let waited = Instant::now();
    shows(&pc, "green").await;
    assert!(
        waited.elapsed() < Duration::from_secs(5),
        "without waiting for the next try"
    );
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_proxy_that_was_only_found_connects_but_allows_no_remote_assistance() {
    let (edge, pc) = enrolled().await;
    set(&pc, &["--remote-assistance", "on"]).await;
    let proxy = FakeProxy::start(basic()).await;
    let found = format!("http://line7:{}@{}", "%E3%81%B2%E3%81%BF%E3%81%A4", proxy.address);
    let mut command = pc.command(&["agent", "run"]);
    let mut agent = command.env("ALL_PROXY", &found).spawn().unwrap();
    let shown = shows(&pc, "green").await;
    assert_eq!(shown["found_proxy"], proxy.address);
    assert_eq!(shown["missing_for_remote_assistance"], serde_json::json!(["proxy"]));
    assert!(!proxy.asked().is_empty());
    let told = pc.run(&["--language", "en", "agent", "status"]).await.stdout;
    let expected = "Green: connected since";
    let why = "Remote assistance has no effect at the moment. Still missing: a proxy set by hand";
    assert!(told.contains(expected) && told.contains(why), "{told}");
    let end = Instant::now() + Duration::from_secs(5);
    while edge.now().control.switches.is_empty() {
        assert!(Instant::now() < end, "it does not say what it allows");
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(edge.now().control.switches, [false], "whatever is stored");
    let mut command = pc.command(&["agent", "settings", "--adopt-proxy"]);
    let run = finish(command.env("ALL_PROXY", &found).spawn().unwrap()).await;
    assert_eq!(run.code, 0, "{run:?}");
    let end = Instant::now() + Duration::from_secs(5);
    while edge.now().control.switches != [false, true] {
        assert!(Instant::now() < end, "{:?}", edge.now().control.switches);
        sleep(Duration::from_millis(20)).await;
    }
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_choice_of_no_proxy_overrides_the_environment() {
    let (edge, pc) = enrolled().await;
    let proxy = FakeProxy::start(Rules::default()).await;
    set(&pc, &["--proxy", "none"]).await;
    let before = edge.connections();
    let mut command = pc.command(&["agent", "run"]);
    let mut agent = command
        .env("ALL_PROXY", format!("http://{}", proxy.address))
        .spawn()
        .unwrap();
    shows(&pc, "green").await;
    assert!(proxy.asked().is_empty() && edge.connections() > before);
    agent.kill().await.unwrap();
}

/// The kinds of the NTLM messages that the proxy was sent, in order.
fn ntlm_kinds(proxy: &FakeProxy) -> Vec<u8> {
    let sent = proxy.asked().into_iter().filter_map(|(_, authorization)| authorization);
    sent.map(|authorization| ntlm_message(&authorization).unwrap().1)
        .collect()
}

#[tokio::test]
async fn ntlm_is_exchanged_on_one_connection_and_preferred_to_a_readable_password() {
    let (edge, pc) = enrolled().await;
    let ntlm = || Rules {
        basic: Some("line7:ひみつ".to_owned()),
        ntlm: Some("line7"),
        offers: vec!["NTLM", "Basic realm=\"Kantor\""],
        ..Rules::default()
    };
    let proxy = FakeProxy::start(ntlm()).await;
    set(&pc, &["--proxy", &proxy.address, "--proxy-domain", "AOZORA"]).await;
    set_password(&pc, "ひみつ").await;
    let before = edge.connections();
    let run = pc.run(&["--json", "agent", "diagnose"]).await;
    assert_eq!(run.code, 0, "{run:?}");
    let connections = edge.connections() - before;
    assert_eq!(ntlm_kinds(&proxy), [1, 3].repeat(connections));

    let proxy = FakeProxy::start(Rules { closes: true, ..ntlm() }).await;
    set(&pc, &["--proxy", &proxy.address]).await;
    set_password(&pc, "ひみつ").await;
    let run = pc.run(&["--json", "agent", "diagnose"]).await;
    assert_eq!(run.code, 0, "a proxy may close after it has asked: {run:?}");

    let proxy = FakeProxy::start(Rules {
        ntlm: Some("another user"),
        ..ntlm()
    })
    .await;
    set(&pc, &["--proxy", &proxy.address]).await;
    set_password(&pc, "ひみつ").await;
    let run = pc.run(&["--json", "agent", "diagnose"]).await;
    assert_eq!(run.json()["outcome"]["why"], "refused", "{run:?}");
    assert_eq!(run.json()["outcome"]["schemes"], serde_json::json!(["NTLM", "Basic"]));
    assert_eq!(
        ntlm_kinds(&proxy),
        [1, 3],
        "a refused password is not tried again, nor sent readably"
    );
}

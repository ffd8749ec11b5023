//! `tegata agent diagnose`: each thing that can be in the way is told apart from the others.

use crate::agent::{enrolled, running, shows};
use crate::support::command::{Pc, Run, finish};
use crate::support::fake_edge::FakeEdge;
use crate::support::fake_proxy::{FakeProxy, Rules};
use crate::support::tls::{Fault, Tls};
use serde_json::{Value, json};
use tokio::net::TcpListener;

async fn diagnose(pc: &Pc, options: &[&str]) -> Run {
    let command = ["--json", "--language", "en", "agent", "diagnose"];
    pc.run(&[&command[..], options].concat()).await
}

/// The name of the check that failed.
fn failed(run: &Run) -> String {
    let json = run.json();
    let checks = json["checks"].as_array().unwrap();
    let failed = checks.iter().find(|check| check["state"] == "failed");
    failed.map_or(String::new(), |check| check["check"].as_str().unwrap().to_owned())
}

#[track_caller]
fn says(run: &Run, exit: i32, outcome: &Value, check: &str) {
    assert_eq!(run.json()["outcome"], *outcome, "{run:?}");
    assert_eq!(failed(run), check, "{run:?}");
    assert_eq!(run.code, exit, "{run:?}");
}

async fn closed_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test]
async fn a_machine_that_can_connect_is_told_so_running_or_not() {
    let (edge, pc) = enrolled().await;
    let run = diagnose(&pc, &[]).await;
    says(&run, 0, &json!({"code": "ok"}), "");
    let states: Vec<Value> = run.json()["checks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|check| check["state"].clone())
        .collect();
    let expected = [
        "passed",
        "passed",
        "passed",
        "passed",
        "not_needed",
        "not_needed",
        "not_needed",
        "passed",
        "passed",
        "passed",
    ];
    assert_eq!(states, expected);
    assert_eq!(edge.now().control.hellos.len(), 1, "it connected to be sure");
    let mut agent = running(&pc);
    shows(&pc, "green").await;
    let connected = edge.now().control.hellos.len();
    says(&diagnose(&pc, &[]).await, 0, &json!({"code": "ok"}), "");
    assert_eq!(
        edge.now().control.hellos.len(),
        connected,
        "and leaves a running agent alone"
    );
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_way_can_be_tested_before_the_machine_is_enrolled() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let run = diagnose(&pc, &["--edge", &edge.url]).await;
    says(&run, 0, &json!({"code": "ok"}), "");
    assert_eq!(
        run.json()["checks"][9],
        json!({"check": "admission", "state": "not_needed"})
    );
    let run = diagnose(&pc, &[]).await;
    assert_eq!((run.code, run.error().as_str()), (2, "usage"));
}

#[tokio::test]
async fn name_and_connection_are_told_apart() {
    let pc = Pc::new();
    let run = diagnose(&pc, &["--edge", "https://edge.invalid"]).await;
    assert_eq!((run.code, failed(&run).as_str()), (5, "name"));
    assert_eq!(run.json()["outcome"]["code"], "dns");
    assert_eq!(run.json()["outcome"]["host"], "edge.invalid");
    let run = diagnose(&pc, &["--edge", &format!("http://127.0.0.1:{}", closed_port().await)]).await;
    assert_eq!((run.code, failed(&run).as_str()), (5, "connection"));
    assert_eq!(run.json()["outcome"]["code"], "unreachable");
}

#[tokio::test]
async fn what_a_proxy_does_not_do_is_told_apart() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let set = async |options: &[&str]| {
        let run = pc.run(&[&["--json", "agent", "settings"], options].concat()).await;
        assert_eq!(run.code, 0, "{run:?}");
    };
    let edge_option = ["--edge", &edge.url];
    let gone = format!("127.0.0.1:{}", closed_port().await);
    set(&["--proxy", &gone]).await;
    let run = diagnose(&pc, &edge_option).await;
    assert_eq!((run.code, failed(&run).as_str()), (5, "connection"));
    assert_eq!(run.json()["outcome"]["code"], "proxy_unreachable");
    assert_eq!(run.json()["outcome"]["proxy"], gone);

    let asking = || Rules {
        basic: Some("line7:secret".to_owned()),
        offers: vec!["Negotiate, NTLM", "Basic realm=\"x\""],
        ..Rules::default()
    };
    let proxy = FakeProxy::start(asking()).await;
    let authentication = |schemes: &[&str], why: &str| json!({"code": "proxy_authentication", "proxy": proxy.address, "schemes": schemes, "why": why});
    set(&["--proxy", &proxy.address]).await;
    let run = diagnose(&pc, &edge_option).await;
    let expected = authentication(&["Negotiate", "NTLM", "Basic"], "no_credentials");
    says(&run, 5, &expected, "proxy_authentication");
    assert!(
        run.json()["message"]
            .as_str()
            .unwrap()
            .contains("(Negotiate, NTLM, Basic)"),
        "{run:?}"
    );

    let password = pc.file("password");
    std::fs::write(&password, "wrong").unwrap();
    set(&[
        "--proxy-user",
        "line7",
        "--proxy-password-file",
        password.to_str().unwrap(),
    ])
    .await;
    proxy.demand(Rules {
        offers: vec!["Basic realm=\"x\""],
        ..asking()
    });
    let run = diagnose(&pc, &edge_option).await;
    says(&run, 5, &authentication(&["Basic"], "refused"), "proxy_authentication");

    proxy.demand(Rules {
        offers: vec!["Basic realm=\"x\""],
        old: true,
        ..asking()
    });
    let run = diagnose(&pc, &edge_option).await;
    says(&run, 5, &authentication(&["Basic"], "refused"), "proxy_authentication");

    proxy.demand(Rules {
        offers: vec!["Digest realm=\"x\", nonce=\"y\""],
        ..asking()
    });
    let run = diagnose(&pc, &edge_option).await;
    says(
        &run,
        5,
        &authentication(&["Digest"], "no_scheme"),
        "proxy_authentication",
    );

    proxy.demand(Rules {
        refuses: Some(403),
        ..Rules::default()
    });
    let run = diagnose(&pc, &edge_option).await;
    let expected = json!({"code": "proxy_refused", "proxy": proxy.address, "status": 403});
    says(&run, 5, &expected, "proxy_tunnel");
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_named_by_its_issuer() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let behind = edge.url.strip_prefix("http://").unwrap();
    let diagnosed = async |tls: &Tls, trusted: bool| {
        let file = pc.file("authority.pem");
        std::fs::write(&file, &tls.authority).unwrap();
        let arguments = ["--json", "--language", "ja", "agent", "diagnose", "--edge", &tls.url];
        let mut command = pc.command(&arguments);
        if trusted {
            command.env("SSL_CERT_FILE", file);
        }
        finish(command.spawn().unwrap()).await
    };
    let tls = Tls::before(behind, "Kantor 検査 CA", Fault::Nothing).await;
    let run = diagnosed(&tls, false).await;
    says(
        &run,
        5,
        &json!({"code": "interception", "issuer": "Kantor 検査 CA"}),
        "encryption",
    );
    let expected =
        "暗号化された通信が途中で開かれています。証明書の発行者「Kantor 検査 CA」は、この機器では信頼されていません。";
    assert!(run.json()["message"].as_str().unwrap().starts_with(expected), "{run:?}");
    let run = diagnosed(&tls, true).await;
    says(&run, 0, &json!({"code": "ok"}), "");

    let tls = Tls::before(behind, "Kantor CA", Fault::Expired).await;
    let run = diagnosed(&tls, true).await;
    says(
        &run,
        5,
        &json!({"code": "certificate_time", "issuer": "Kantor CA"}),
        "encryption",
    );
    let tls = Tls::before(behind, "Kantor CA", Fault::OtherName).await;
    let run = diagnosed(&tls, true).await;
    assert_eq!(run.json()["outcome"]["code"], "certificate", "{run:?}");
    assert_eq!(run.json()["outcome"]["issuer"], "Kantor CA");
}

#[tokio::test]
async fn a_wrong_clock_is_told_by_how_much_and_in_which_direction() {
    let (edge, pc) = enrolled().await;
    for (ahead, seconds, words) in [(3600, -3600, "3600 seconds slow"), (-3600, 3600, "3600 seconds fast")] {
        edge.now().clock_ahead = ahead;
        let run = diagnose(&pc, &[]).await;
        let told = run.json()["outcome"]["seconds"].as_i64().unwrap();
        assert!((told - seconds).abs() <= 2, "{run:?}");
        assert_eq!((run.code, failed(&run).as_str()), (1, "clock"));
        let message = run.json()["message"]
            .as_str()
            .unwrap()
            .replace("3601", "3600")
            .replace("3599", "3600");
        assert!(message.contains(words), "{run:?}");
    }
    edge.now().clock_ahead = 50;
    says(&diagnose(&pc, &[]).await, 0, &json!({"code": "ok"}), "");
}

#[tokio::test]
async fn a_refusal_by_the_edge_is_told_from_a_suspended_tenant() {
    let (edge, pc) = enrolled().await;
    edge.now().control.turns_away = true;
    says(
        &diagnose(&pc, &[]).await,
        3,
        &json!({"code": "turned_away"}),
        "admission",
    );
    edge.now().revoked = true;
    says(&diagnose(&pc, &[]).await, 3, &json!({"code": "ended"}), "admission");
    says(&diagnose(&pc, &[]).await, 3, &json!({"code": "ended"}), "admission");
}

#[tokio::test]
async fn something_else_at_the_address_is_not_taken_for_the_service() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().keys = "<html>Log in to the guest network</html>";
    let run = diagnose(&pc, &["--edge", &edge.url]).await;
    assert_eq!((run.code, failed(&run).as_str()), (5, "service"));
    assert_eq!(run.json()["outcome"]["code"], "not_the_service");
}

#[tokio::test]
async fn nothing_is_tested_while_the_remote_service_is_off() {
    let (edge, pc) = enrolled().await;
    pc.run(&["agent", "settings", "--remote-service", "off"]).await;
    let before = edge.connections();
    let run = diagnose(&pc, &[]).await;
    says(&run, 1, &json!({"code": "remote_service_off"}), "remote_service");
    assert_eq!(run.json()["checks"][3]["state"], "not_reached");
    assert_eq!(edge.connections(), before);
}

//! The whole life of a registration: register, wait, activate, read, forget, and every other way it can end.

use crate::support::command::{Pc, REGISTRATION, finish};
use crate::support::fake_edge::{Break, CODE, DATA, FakeEdge};
use std::time::Duration;

fn waiting(edge: &FakeEdge) -> Vec<&str> {
    [
        &["--json", "viewer", "register", "--edge", edge.url.as_str()],
        &REGISTRATION[..],
    ]
    .concat()
}

/// Waits until the edge has been polled this often.
async fn polled(edge: &FakeEdge, times: usize) {
    while edge.now().polls.len() < times {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Waits until the client has learned that the registration is in this state.
async fn told(edge: &FakeEdge, state: &str) {
    while !edge.now().told.contains(&state) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_pc_is_registered_activated_and_reads_data() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());

    let registered = pc.register(&edge.url).await;
    assert_eq!(registered.code, 0, "{registered:?}");
    assert_eq!(registered.json()["user_code"], "BCDF-GHJK");
    let form = &edge.posted("device_authorization")[0];
    assert_eq!(
        (form["name"].as_str(), form["organization"].as_str()),
        ("山田 太郎", "青空病院")
    );
    assert_eq!((form["client_id"].as_str(), form["scope"].as_str()), ("viewer", "view"));
    assert_eq!(
        (form["device_name"].as_str(), form["locale"].as_str()),
        ("受付のPC", "en")
    );
    assert_eq!(form["dpop_jkt"].len(), 43);

    let status = pc.run(&["--json", "viewer", "status"]).await;
    assert_eq!(
        (status.code, status.json()["state"].as_str()),
        (4, Some("awaiting_approval"))
    );
    let early = pc.run(&["--json", "viewer", "activate", "ABCDE-23456"]).await;
    assert_eq!((early.code, early.error().as_str()), (4, "pending"));

    edge.now().state = "awaiting_code";
    let polls = edge.now().polls.len();
    let malformed = pc.run(&["--json", "viewer", "activate", "ABCDE-2345"]).await;
    assert_eq!((malformed.code, malformed.error().as_str()), (2, "invalid_input"));
    assert_eq!(
        edge.now().polls.len(),
        polls,
        "a malformed code must not use up an attempt"
    );
    let wrong = pc.run(&["--json", "viewer", "activate", "ZZZZZ-ZZZZZ"]).await;
    assert_eq!((wrong.code, wrong.error().as_str()), (3, "wrong_code"));
    let right = pc
        .run(&["--json", "viewer", "activate", "ａｂｃｄｅ－２３４５６"])
        .await;
    assert_eq!(
        (right.code, right.json()["state"].as_str()),
        (0, Some("active")),
        "{right:?}"
    );
    assert_eq!(edge.posted("token").last().unwrap()["activation_code"], CODE);

    let read = pc.run(&["viewer", "get", "vitals/målinger?fra=1"]).await;
    assert_eq!((read.code, read.stdout.as_str()), (0, DATA), "{read:?}");
    let file = pc.file("målinger.json");
    let saved = pc
        .run(&["--json", "viewer", "get", "/vitals", "-o", file.to_str().unwrap()])
        .await;
    assert_eq!(
        (saved.code, saved.json()["bytes"].as_u64()),
        (0, Some(DATA.len() as u64)),
        "{saved:?}"
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap(), DATA);
}

#[tokio::test]
async fn a_waiting_register_ends_when_the_code_is_entered_in_the_browser() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let child = pc.start(&waiting(&edge));
    told(&edge, "awaiting_approval").await;
    edge.now().state = "awaiting_code";
    told(&edge, "awaiting_code").await;
    edge.now().state = "activated";
    let run = finish(child).await;
    assert_eq!((run.code, run.json()["state"].as_str()), (0, Some("active")), "{run:?}");
    assert!(
        run.stderr.contains("Waiting for an administrator") && run.stderr.contains("Approved."),
        "{run:?}"
    );
}

#[tokio::test]
async fn a_code_entered_in_the_browser_is_enough_to_read_and_to_see_the_status() {
    for (command, output) in [
        (&["viewer", "get", "x"][..], DATA),
        (&["viewer", "status"], "can now view"),
    ] {
        let (edge, pc) = (FakeEdge::start().await, Pc::new());
        pc.register(&edge.url).await;
        edge.now().state = "awaiting_code";
        let early = pc.run(command).await;
        assert_eq!(early.code, 4, "{early:?}");
        edge.now().state = "activated";
        let run = pc.run(command).await;
        assert!(run.code == 0 && run.stdout.contains(output), "{run:?}");
        assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
    }
}

#[tokio::test]
async fn a_process_killed_between_grant_and_reply_collects_its_tokens_later() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    edge.now().breaks = Break::Silence;
    let mut child = pc.start(&waiting(&edge));
    polled(&edge, 1).await;
    child.kill().await.unwrap();
    assert_eq!(edge.now().state, "redeemed");
    let run = pc.run(&["viewer", "activate"]).await;
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
}

#[tokio::test]
async fn a_process_killed_right_after_the_code_was_typed_loses_nothing() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    pc.register(&edge.url).await;
    let saved = pc.state()["phase"]["pending"].clone();
    assert!(
        saved["redeem_key"].is_string() && saved["device_code"].is_string(),
        "saved before the first poll"
    );
    edge.now().state = "awaiting_code";
    edge.now().breaks = Break::Silence;
    let mut child = pc.start(&["viewer", "activate", "ABCDE-23456"]);
    polled(&edge, 1).await;
    child.start_kill().unwrap();
    let killed = finish(child).await;
    assert_eq!(killed.stderr, "Checking the code…\n", "told before the answer");
    assert_eq!(edge.now().state, "redeemed");
    assert_eq!(pc.state()["phase"]["pending"]["redeem_key"], saved["redeem_key"]);

    let status = pc.run(&["viewer", "status"]).await;
    assert_eq!(status.code, 4, "{status:?}");
    assert!(status.stdout.contains("\"tegata viewer activate\""), "{status:?}");
    assert!(
        !status.stdout.contains("forget"),
        "forgetting would lose it: {status:?}"
    );
    // The edge answers only to the same Idempotency-Key.
    let collected = pc.run(&["viewer", "activate"]).await;
    assert_eq!(collected.code, 0, "{collected:?}");
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
}

#[tokio::test]
async fn status_asks_the_edge_unless_it_is_told_not_to() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    assert_eq!(finish(pc.start(&waiting(&edge))).await.code, 0);
    let asked = edge.posted("token").len();

    let known = pc.run(&["viewer", "status", "--offline"]).await;
    let lines: Vec<&str> = known.stdout.lines().collect();
    assert_eq!((known.code, lines.len()), (0, 3), "{known:?}");
    assert!(
        lines[0].starts_with("According to what is stored on this PC"),
        "{known:?}"
    );
    assert!(
        lines[1].starts_with("The service last confirmed it on ") && lines[1].ends_with(" (JST)."),
        "{known:?}"
    );
    assert!(lines[2].contains("was not asked") && lines[2].contains("--offline"));
    let json = pc.run(&["--json", "viewer", "status", "--offline"]).await.json();
    assert_eq!(json["checked"], false);
    assert_eq!(
        json["confirmed_at"],
        pc.state()["phase"]["active"]["tokens"]["received_at"]
    );
    assert!(json["confirmed_at"].is_u64());
    assert_eq!(edge.posted("token").len(), asked);

    let checked = pc.run(&["viewer", "status"]).await;
    assert_eq!((checked.code, checked.stdout.lines().count()), (0, 1), "{checked:?}");
    assert!(checked.stdout.contains("was asked just now"), "{checked:?}");
    assert_eq!(edge.posted("token").len(), asked + 1);
    assert_eq!(pc.run(&["--json", "viewer", "status"]).await.json()["checked"], true);
    edge.now().revoked = true;
    assert_eq!(
        pc.run(&["viewer", "status", "--offline"]).await.code,
        0,
        "nobody has told it"
    );
    assert_eq!(pc.run(&["--json", "viewer", "status"]).await.error(), "revoked");
    let told = pc.run(&["--json", "viewer", "status", "--offline"]).await;
    assert_eq!((told.code, told.error().as_str()), (3, "revoked"));
}

#[tokio::test]
async fn status_of_a_pending_registration_can_be_seen_offline() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    pc.register(&edge.url).await;
    let run = pc.run(&["--json", "viewer", "status", "--offline"]).await;
    assert_eq!((run.code, run.json()["state"].as_str()), (4, Some("pending")));
    let people = pc.run(&["viewer", "status", "--offline"]).await;
    assert!(people.stdout.contains("BCDF-GHJK"), "{people:?}");
    assert!(edge.now().told.is_empty(), "the edge was not asked");
}

#[tokio::test]
async fn sentences_have_local_time_and_programs_get_seconds() {
    for (language, zone, end) in [
        ("ja", "Asia/Tokyo", "分です。"),
        ("en", "Asia/Tokyo", " (JST)."),
        ("en", "America/St_Johns", ":30)."),
        ("en", "UTC", " (UTC)."),
        ("da", "UTC", " (UTC)."),
    ] {
        let (edge, pc) = (FakeEdge::start().await, Pc::new());
        let register = [
            "viewer",
            "register",
            "--no-wait",
            "--language",
            language,
            "--edge",
            &edge.url,
        ];
        let mut command = pc.command(&[&register[..], &REGISTRATION].concat());
        let run = finish(command.env("TZ", zone).spawn().unwrap()).await;
        let first = run.stdout.lines().next().unwrap_or_default();
        assert!(run.code == 0 && first.ends_with(end), "{run:?}");
        let json = pc.run(&["--json", "viewer", "status"]).await.json();
        assert!(json["expires_at"].is_u64(), "{json}");
    }
}

#[tokio::test]
async fn slow_down_adds_five_seconds() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().slow_downs = 1;
    edge.now().state = "activated";
    let run = finish(pc.start(&waiting(&edge))).await;
    assert_eq!(run.code, 0, "{run:?}");
    let polls = edge.now().polls.clone();
    assert_eq!(polls.len(), 2);
    // The client counts whole seconds, so one may be nearly over when it starts.
    assert!(
        polls[1] - polls[0] > Duration::from_secs(5),
        "{:?}",
        polls[1] - polls[0]
    );
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reason_and_a_new_registration_is_possible() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "refused";
    edge.now().reason = Some("当院の職員ではありません\u{1b}[2J");
    let run = finish(pc.start(&[&waiting(&edge)[..], &["--language", "ja"]].concat())).await;
    assert_eq!((run.code, run.error().as_str()), (3, "refused"));
    let message = run.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("承認しませんでした") && message.contains("当院の職員ではありません"),
        "{message}"
    );
    assert!(!message.contains('\u{1b}'), "a reason must not control the terminal");
    assert_eq!(pc.run(&["--json", "viewer", "status"]).await.error(), "refused");
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.code, 3);
    assert_eq!(pc.register(&edge.url).await.code, 0);
}

#[tokio::test]
async fn five_wrong_codes_and_expiry_end_the_registration() {
    for (state, code, exit) in [
        ("expired", "expired", 4),
        ("failed", "failed", 3),
        ("redeemed", "redeemed", 3),
    ] {
        let (edge, pc) = (FakeEdge::start().await, Pc::new());
        edge.now().state = state;
        let run = finish(pc.start(&waiting(&edge))).await;
        assert_eq!((run.code, run.error().as_str()), (exit, code));
    }
}

#[tokio::test]
async fn a_registration_that_expires_says_so_once() {
    let over = "The registration has expired.";
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let child = pc.start(&waiting(&edge)[1..]);
    told(&edge, "awaiting_approval").await;
    // The poll finds it waiting, and the look at its state a moment later finds it expired.
    edge.now().shown = Some("expired");
    let run = finish(child).await;
    assert_eq!((run.code, run.stdout.as_str()), (4, ""), "{run:?}");
    assert_eq!(run.stderr.matches("Waiting for an administrator").count(), 1, "{run:?}");
    assert_eq!(run.stderr.matches(over).count(), 1, "{run:?}");
    for command in ["activate", "status"] {
        let run = pc.run(&["viewer", command]).await;
        assert_eq!(run.code, 4, "{run:?}");
        assert_eq!((run.stdout + &run.stderr).matches(over).count(), 1);
    }
}

#[tokio::test]
async fn after_status_has_told_of_an_end_a_new_registration_is_possible() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    assert_eq!(pc.register(&edge.url).await.code, 0);
    edge.now().state = "expired";
    let status = pc.run(&["--json", "viewer", "status"]).await;
    assert_eq!((status.code, status.json()["state"].as_str()), (4, Some("expired")));
    assert_eq!(pc.run(&["--json", "viewer", "status"]).await.error(), "expired");
    edge.now().state = "awaiting_approval";
    assert_eq!(pc.register(&edge.url).await.code, 0);
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_before_anything_is_sent() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let with = |option: &'static str, value: &'static str| {
        let mut arguments: Vec<String> = waiting(&edge).into_iter().map(str::to_owned).collect();
        let place = arguments.iter().position(|argument| argument == option).unwrap();
        arguments[place + 1] = value.to_owned();
        arguments
    };
    for (option, value) in [
        ("--email", "taro aozora.example"),
        ("--email", "taro@aozora"),
        ("--name", " "),
        ("--tenant", "../aozora"),
        ("--edge", "http://edge.example"),
    ] {
        let arguments = with(option, value);
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = pc.run(&arguments).await;
        assert_eq!(
            (run.code, run.error().as_str()),
            (2, "invalid_input"),
            "{option} {value}: {run:?}"
        );
    }
    let incomplete = pc.run(&["--json", "viewer", "register", "--edge", &edge.url]).await;
    assert_eq!((incomplete.code, incomplete.error().as_str()), (2, "usage"));
    assert!(incomplete.stdout.contains("--email"), "{incomplete:?}");
    for (language, missing) in [
        ("en", "--edge or TEGATA_EDGE, --tenant, "),
        ("ja", "--edge（または環境変数 TEGATA_EDGE）、--tenant、"),
        ("da", "--edge eller TEGATA_EDGE, --tenant, "),
    ] {
        let run = pc.run(&["viewer", "register", "--language", language]).await;
        assert!(run.code == 2 && run.stderr.contains(missing), "{run:?}");
    }
    assert!(edge.now().posted.is_empty());
    assert!(!pc.data().exists());
}

#[tokio::test]
async fn an_unknown_tenant_is_told_as_such() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let arguments = [
        &REGISTRATION[2..],
        &[
            "--json", "viewer", "register", "--tenant", "midori", "--edge", &edge.url,
        ],
    ]
    .concat();
    let (details, head) = arguments.split_at(8);
    let run = pc.run(&[head, details].concat()).await;
    assert_eq!((run.code, run.error().as_str()), (1, "unknown_tenant"), "{run:?}");
    assert!(run.stdout.contains("--tenant"), "it says what to do: {run:?}");
    assert!(edge.now().posted.is_empty());
    assert!(!pc.data().exists(), "nothing is kept");
}

#[tokio::test]
async fn an_edge_that_cannot_be_reached_has_its_own_exit_code() {
    let run = Pc::new().register("http://127.0.0.1:1").await;
    assert_eq!((run.code, run.error().as_str()), (5, "network"));
}

#[tokio::test]
async fn a_second_registration_needs_the_first_to_be_forgotten() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    pc.register(&edge.url).await;
    assert_eq!(pc.register(&edge.url).await.error(), "already_registered");
    assert_eq!(edge.posted("device_authorization").len(), 1);

    assert_eq!(pc.run(&["--json", "viewer", "resend"]).await.code, 0);
    assert_eq!(edge.posted("resend").len(), 1);
    let forgotten = pc.run(&["--json", "viewer", "forget"]).await;
    assert_eq!(
        (forgotten.code, forgotten.json()["forgotten"].as_bool()),
        (0, Some(true))
    );
    assert!(edge.now().withdrawn);
    assert!(!pc.data().exists());
    assert_eq!(pc.run(&["--json", "viewer", "status"]).await.error(), "not_registered");
    assert_eq!(pc.register(&edge.url).await.code, 0);
}

#[tokio::test]
async fn forgetting_an_active_pc_revokes_it() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    assert_eq!(finish(pc.start(&waiting(&edge))).await.code, 0);
    assert_eq!(pc.run(&["viewer", "forget"]).await.code, 0);
    assert_eq!(edge.posted("revoke")[0]["token"], "tg_rt_0");
    assert!(!pc.data().exists());
}

#[tokio::test]
async fn a_server_nonce_is_repeated_in_the_proof() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    edge.now().nonce = Some("n-1");
    assert_eq!(finish(pc.start(&waiting(&edge))).await.code, 0);
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
}

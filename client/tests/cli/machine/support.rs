//! 「リモートサポート起動」 (K6): what the agent says of it is shown, and what a person presses reaches the agent. An agent
//! of the test's own answers here.

use super::says;
use crate::support::browser::{Browser, Program};
use crate::support::command::Pc;
use serde_json::{Value, json};
use std::os::unix::fs::DirBuilderExt as _;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::UnixListener;

/// What the agent says of remote support, and what it was asked to do.
#[derive(Clone, Default)]
struct Agent {
    support: Arc<Mutex<Value>>,
    orders: Arc<Mutex<Vec<String>>>,
}

impl Agent {
    fn listen(pc: &Pc) -> Self {
        let agent = Self::default();
        agent.becomes(json!({"phase": "idle"}));
        std::fs::DirBuilder::new().mode(0o700).create(pc.data()).unwrap();
        let listener = UnixListener::bind(pc.data().join("control.sock")).unwrap();
        let answering = agent.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut stream = BufReader::new(stream);
                let mut line = String::new();
                stream.read_line(&mut line).await.unwrap();
                let request: Value = serde_json::from_str(&line).unwrap();
                let answer = answering.hear(&request).to_string();
                stream.get_mut().write_all(answer.as_bytes()).await.unwrap();
                stream.get_mut().write_all(b"\n").await.unwrap();
            }
        });
        agent
    }

    fn becomes(&self, support: Value) {
        *self.support.lock().unwrap() = support;
    }

    fn orders(&self) -> Vec<String> {
        self.orders.lock().unwrap().clone()
    }

    fn hear(&self, request: &Value) -> Value {
        match request["do"].as_str().unwrap() {
            "file_accept" | "file_decline" | "support_chat" => {
                self.orders.lock().unwrap().push(request.to_string());
                json!({"ok": true, "done": {}})
            }
            asked => self.answer(asked),
        }
    }

    fn answer(&self, request: &str) -> Value {
        match request {
            "status" => json!({"ok": true, "status": {
                "caller": "person", "state": "enrolled", "edge": "https://edge.example", "tenant": "aozora",
                "light": "green", "connected_since": 1_795_000_000, "equipment": "5軸加工機 7号機", "serial_number": "SN-0007",
            }}),
            "settings" => json!({"ok": true, "settings": {
                "remote_service": true, "proxy": {"mode": "none"}, "found_proxy": null, "remote_assistance": true,
                "missing_for_remote_assistance": [],
            }}),
            "support_state" => json!({"ok": true, "support": *self.support.lock().unwrap()}),
            "file_accept" | "file_decline" | "support_chat" => unreachable!("they say more"),
            order => {
                self.orders.lock().unwrap().push(order.to_owned());
                json!({"ok": true, "done": {}})
            }
        }
    }
}

async fn opened(pc: &Pc, language: &str) -> (Program, Browser) {
    let open = ["--json", "--language", language, "agent", "open", "--no-browser"];
    let program = Program::run(pc.start(&open)).await;
    let browser = program.enter().await;
    (program, browser)
}

fn session(password: Option<&str>) -> Value {
    json!({"phase": "open", "session": {
        "number": "123456789", "password": password, "provider": "青空サポート <株>", "contact": ["03-1234-5678", "desk@support.example"],
        "until": 1_795_003_600, "present": ["Morgan Reed"],
        "deeds": [
            {"by": "Morgan Reed", "ability": "diagnostics", "detail": "logger.log", "outcome": "done"},
            {"by": "Morgan Reed", "ability": "restart_software"},
        ],
    }})
}

#[tokio::test]
async fn a_person_on_site_reads_the_id_and_the_password_and_ends_the_session() {
    let pc = Pc::new();
    let agent = Agent::listen(&pc);
    let (_program, browser) = opened(&pc, "ja").await;
    browser
        .get("")
        .await
        .says("<a class=\"button\" href=\"support\">リモートサポート起動</a>");
    let page = browser.get("support").await;
    assert_eq!(page.heading(), "リモートサポート起動");
    page.says("お客様からご連絡になったサポートデスクにだけ");
    assert!(agent.orders().is_empty(), "looking starts nothing");
    browser.post("support", &[]).await;
    assert_eq!(agent.orders(), ["support_start"]);

    agent.becomes(json!({"phase": "starting"}));
    let before = browser.get("state").await.text;
    browser.get("support").await.says("起動しています。");
    agent.becomes(session(Some("ABCD-EFGH")));
    assert_ne!(before, browser.get("state").await.text, "the page loads itself again");
    let page = browser.get("support").await;
    for words in [
        "使用中のID</dt><dd>123 456 789</dd>",
        "パスワード</dt><dd>ABCD-EFGH</dd>",
        "サポートデスクから連絡があるまで、この画面を閉じないでください。",
        "青空サポート &#60;株&#62;<br>03-1234-5678<br>desk@support.example",
        "接続している担当者</dt><dd>Morgan Reed</dd>",
        "ログファイル「logger.log」の確認（Morgan Reed）：完了",
        "ソフトウェアの再起動（Morgan Reed）：実行中",
    ] {
        page.says(words);
    }
    browser.get("").await.says("リモートサポートを起動しています。");
    browser.post("support-end", &[]).await;
    assert_eq!(agent.orders(), ["support_start", "support_end"]);
    agent.becomes(json!({"phase": "idle", "ended": "machine"}));
    let page = browser.get("support").await;
    page.says("リモートサポートを終了しました。");
    assert!(!page.text.contains("ABCD"), "{page:?}");
}

#[tokio::test]
async fn a_session_from_afar_is_shown_without_a_password_and_can_be_ended() {
    let pc = Pc::new();
    let agent = Agent::listen(&pc);
    let (_program, browser) = opened(&pc, "en").await;
    agent.becomes(session(None));
    let page = says(&browser, "support", "The support desk has started remote support").await;
    assert!(
        page.contains("Morgan Reed") && !page.contains("Do not close this window"),
        "{page}"
    );
    browser.post("support-end", &[]).await;
    assert_eq!(agent.orders(), ["support_end"]);
}

#[tokio::test]
async fn a_start_that_was_declined_says_why() {
    let pc = Pc::new();
    let agent = Agent::listen(&pc);
    let (_program, browser) = opened(&pc, "da").await;
    for (why, words) in [
        ("not_allowed", "Fjernsupport må ikke startes på denne maskine."),
        ("busy", "Fjernsupport er allerede åben."),
        ("no_desk", "Jeres kontrakt har ingen support."),
        ("too_many", "Der har været for mange starter."),
        ("something_newer", "Prøv igen senere."),
    ] {
        agent.becomes(json!({"phase": "idle", "declined": why}));
        browser.get("support").await.says(words);
    }
}

#[tokio::test]
async fn a_page_of_another_site_starts_nothing() {
    let pc = Pc::new();
    let agent = Agent::listen(&pc);
    let (_program, browser) = opened(&pc, "en").await;
    for path in ["support", "support-end"] {
        let refused = browser
            .sending(path)
            .header("origin", "http://evil.example")
            .send()
            .await
            .unwrap();
        assert_eq!(refused.status(), 403);
        let bare = browser.sending(path).send().await.unwrap();
        assert_eq!(bare.status(), 403);
    }
    assert_eq!(browser.get("support-end").await.heading(), "Start remote support");
    assert!(agent.orders().is_empty());
}

/// A session in which somebody sees the screen, a file is offered, and something was written.
fn busy() -> Value {
    let mut support = session(None);
    support["session"]["uses"] = json!([{"by": "Morgan Reed", "ability": "control_screen"}]);
    support["session"]["offers"] = json!([
        {"id": "AAECAwQFBgcICQoLDA0ODw", "by": "Morgan Reed", "name": "更新 <1>.zip", "size": 12_345_678, "state": "waiting"},
        {"id": "BAECAwQFBgcICQoLDA0ODw", "by": "Morgan Reed", "name": "b.log", "size": 2_000, "state": "receiving", "bytes": 500},
    ]);
    support["session"]["chat"] = json!([
        {"number": 1, "by": "Morgan Reed", "at": 1_795_000_000, "text": "電源を入れて\nください <b>"},
        {"number": 2, "at": 1_795_000_060, "text": "入れました"},
    ]);
    support
}

#[tokio::test]
async fn a_person_on_site_sees_who_looks_decides_about_files_and_writes() {
    let pc = Pc::new();
    let agent = Agent::listen(&pc);
    agent.becomes(busy());
    let (_program, browser) = opened(&pc, "ja").await;
    let page = browser.get("support").await;
    for words in [
        "<dt>画面を見て操作できる担当者</dt><dd>Morgan Reed</dd>",
        "更新 &#60;1&#62;.zip」（12.3 MB、送信者：Morgan Reed）：受け取るかどうかを選んでください",
        "b.log」（2.0 kB、送信者：Morgan Reed）：受信中（25%）",
        "全員に表示されます",
        "電源を入れて\nください &#60;b&#62;",
        "<b>この機器</b>",
    ] {
        page.says(words);
    }
    assert_eq!(
        page.text.matches("value=\"accept\"").count(),
        1,
        "only what waits can be decided about"
    );
    let decided = [("id", "AAECAwQFBgcICQoLDA0ODw"), ("decision", "accept")];
    browser.post("support-file", &decided).await;
    assert_eq!(
        agent.orders(),
        [r#"{"do":"file_accept","id":"AAECAwQFBgcICQoLDA0ODw"}"#]
    );
    browser
        .post("support-file", &[("id", "no id"), ("decision", "decline")])
        .await;
    let page = browser.get("chat").await;
    page.says("<textarea id=\"text\"");
    assert!(
        !page.text.contains("http-equiv"),
        "what is typed is not lost where there are no scripts"
    );
    let page = browser.post("chat", &[("text", &"長".repeat(2_001))]).await;
    page.says("2,000文字以内");
    browser.post("chat", &[("text", "了解です\r\n待ちます")]).await;
    assert_eq!(
        agent.orders()[1..],
        [json!({"do": "support_chat", "text": "了解です\n待ちます"}).to_string()]
    );
    agent.becomes(json!({"phase": "idle", "ended": "desk"}));
    browser
        .get("chat")
        .await
        .says("サポートデスクがリモートサポートを終了しました。");
}

#[tokio::test]
async fn the_same_is_done_in_a_terminal() {
    let pc = Pc::new();
    let agent = Agent::listen(&pc);
    agent.becomes(busy());
    let listed = pc.run(&["--language", "en", "agent", "file"]).await;
    assert!(
        listed
            .stdout
            .contains("AAECAwQFBgcICQoLDA0ODw  \"更新 <1>.zip\" (12.3 MB, from Morgan Reed): accept it or decline it"),
        "{listed:?}"
    );
    let wrong = pc.run(&["--json", "agent", "file", "--accept", "更新"]).await;
    assert_eq!(wrong.code, 2, "{wrong:?}");
    for arguments in [
        &["--json", "agent", "file", "--decline", "AAECAwQFBgcICQoLDA0ODw"][..],
        &["--json", "agent", "chat", "はい"],
    ] {
        let run = pc.run(arguments).await;
        assert_eq!(run.code, 0, "{run:?}");
    }
    assert_eq!(
        agent.orders(),
        [
            r#"{"do":"file_decline","id":"AAECAwQFBgcICQoLDA0ODw"}"#,
            r#"{"do":"support_chat","text":"はい"}"#
        ]
    );
}

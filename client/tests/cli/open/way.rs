//! The whole way of a person on the page: the form, waiting, the code, the state, and the end; and the command on the same
//! PC.

use super::{FORM, active, opened};
use crate::support::browser::Program;
use crate::support::command::{Pc, finish};
use crate::support::fake_edge::{CODE, DATA, FakeEdge};

const WAITING: &str = "Waiting for approval";
const CODE_PAGE: &str = "Enter the activation code";
const ACTIVE: &str = "This PC can view the data";

#[tokio::test]
async fn a_person_gets_permission_and_reads_data_without_a_terminal() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (_program, browser) = opened(&edge, &pc).await;

    let form = browser.get("").await;
    assert_eq!(form.heading(), "Request permission for this PC");
    assert!(!form.text.contains("id=\"edge\"") && !form.text.contains("id=\"tenant\""));
    form.says("aozora");
    browser.post("request", &FORM).await;
    let sent = &edge.posted("device_authorization")[0];
    assert_eq!(
        (sent["name"].as_str(), sent["email"].as_str(), sent["locale"].as_str()),
        ("山田 太郎", "taro@aozora.example", "en")
    );

    let waiting = browser.until(WAITING).await;
    for told in ["taro@aozora.example", "BCDF-GHJK", "(JST)"] {
        waiting.says(told);
    }
    assert!(!waiting.text.contains("id=\"code\""), "there is no code yet");

    edge.now().state = "awaiting_code";
    browser.until(CODE_PAGE).await;
    let polls = edge.now().polls.len();
    let malformed = browser.post("code", &[("code", "ABCDE")]).await;
    assert_eq!((malformed.status, malformed.wrong()), (422, vec!["code".to_owned()]));
    malformed.says("does not count as an attempt");
    let tried = || {
        edge.posted("token")
            .iter()
            .filter(|form| form.contains_key("activation_code"))
            .count()
    };
    assert!(tried() == 0 && edge.now().polls.len() >= polls, "it was not sent");
    let wrong = browser.post("code", &[("code", "zzzzz-zzzzz")]).await;
    assert_eq!((wrong.status, wrong.wrong()), (422, vec!["code".to_owned()]));
    wrong.says("4 attempts left");
    let right = browser.post("code", &[("code", "ａｂｃｄｅ－２３４５６")]).await;
    assert_eq!((right.status, right.heading()), (200, ACTIVE), "{right:?}");
    assert_eq!(edge.posted("token").last().unwrap()["activation_code"], CODE);
    for told in [
        "山田 太郎",
        "taro@aozora.example",
        "青空病院",
        "受付のPC",
        "aozora",
        "Permitted since",
    ] {
        right.says(told);
    }

    let data = browser.post("data", &[("path", "/vitals.json")]).await;
    data.says("&#34;脈拍&#34;: 72");
    browser.get("data").await.says("value=\"/vitals.json\"");
    assert_eq!(pc.run(&["viewer", "get", "/vitals.json"]).await.stdout, DATA);
}

#[tokio::test]
async fn the_page_and_the_command_go_on_where_the_other_stopped() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (_program, browser) = opened(&edge, &pc).await;
    pc.register(&edge.url).await;
    browser.until(WAITING).await;
    edge.now().state = "awaiting_code";
    assert_eq!(pc.run(&["viewer", "activate", "ABCDE-23456"]).await.code, 0);
    assert_eq!(browser.get("").await.heading(), ACTIVE);
    assert_eq!(pc.run(&["viewer", "forget"]).await.code, 0);
    assert_eq!(browser.get("").await.heading(), "Request permission for this PC");

    edge.now().state = "awaiting_approval";
    browser.post("request", &FORM).await;
    let status = pc.run(&["--json", "viewer", "status"]).await;
    assert_eq!(
        (status.code, status.json()["state"].as_str()),
        (4, Some("awaiting_approval"))
    );
    edge.now().state = "awaiting_code";
    assert_eq!(pc.run(&["viewer", "activate", "ABCDE-23456"]).await.code, 0);
    assert_eq!(browser.get("").await.heading(), ACTIVE);
}

#[tokio::test]
async fn a_code_entered_elsewhere_shows_by_itself() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (_program, browser) = opened(&edge, &pc).await;
    browser.post("request", &FORM).await;
    browser.until(WAITING).await;
    let before = browser.get("state").await.text;
    edge.now().state = "activated";
    browser.until(ACTIVE).await;
    assert_ne!(
        browser.get("state").await.text,
        before,
        "the page's script learns it too"
    );
}

#[tokio::test]
async fn every_mistake_is_shown_at_its_field_before_anything_is_sent() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let program = Program::start(&pc, &[]).await;
    let browser = program.enter().await;
    let all = browser.post("request", &[]).await;
    let every = [
        "name",
        "email",
        "email_again",
        "organization",
        "device_name",
        "edge",
        "tenant",
    ];
    assert_eq!((all.status, all.wrong()), (422, every.map(str::to_owned).to_vec()));
    assert!(all.text.contains("<title>Error: "), "{all:?}");

    let place = [("edge", edge.url.as_str()), ("tenant", "aozora")];
    let with = |name: &'static str, value: &'static str| {
        let changed = FORM.map(|(field, old)| if field == name { (field, value) } else { (field, old) });
        [&changed[..], &place[..]].concat()
    };
    for (name, value, text) in [
        ("email", "taro@aozora", "not a valid email address"),
        ("email_again", "tarou@aozora.example", "do not match"),
        ("name", " ", "name of 1 to 100"),
    ] {
        let page = browser.post("request", &with(name, value)).await;
        assert_eq!((page.status, page.wrong()), (422, vec![name.to_owned()]), "{page:?}");
        page.says(text);
        page.says("value=\"青空病院\"");
    }
    let unknown = [&FORM[..], &[place[0], ("tenant", "midori")]].concat();
    let unknown = browser.post("request", &unknown).await;
    assert_eq!(unknown.wrong(), ["tenant"]);
    assert!(edge.now().posted.is_empty(), "nothing was sent");

    edge.now().rejected = Some("email");
    let rejected = browser.post("request", &with("name", "山田 次郎")).await;
    assert_eq!((rejected.status, rejected.wrong()), (409, vec!["email".to_owned()]));
    edge.now().rejected = None;
    browser.post("request", &with("name", "山田 次郎")).await;
    browser.until(WAITING).await;
    assert!(
        browser.post("request", &with("name", "x")).await.heading() == WAITING,
        "once only"
    );
    assert_eq!(
        browser.get("code").await.heading(),
        WAITING,
        "a form's address leads to the first page"
    );
    assert_eq!(edge.posted("device_authorization").len(), 1);
}

#[tokio::test]
async fn a_pending_request_can_be_reminded_of_and_withdrawn() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let (_program, browser) = opened(&edge, &pc).await;
    browser.post("request", &FORM).await;
    let waiting = browser.until(WAITING).await;
    assert!(
        !waiting.text.contains("action=\"resend\""),
        "no mail to this person is due"
    );
    edge.now().state = "awaiting_code";
    browser.until(CODE_PAGE).await.says("action=\"resend\"");
    browser.post("resend", &[]).await.says("The email has been sent again.");
    assert_eq!(edge.posted("resend").len(), 1);

    assert_eq!(browser.get("forget").await.heading(), "Withdraw the request?");
    assert!(!edge.now().withdrawn, "looking withdraws nothing");
    let form = browser.post("forget", &[]).await;
    assert_eq!(form.heading(), "Request permission for this PC");
    assert!(edge.now().withdrawn);
    assert!(!pc.data().join("state.json").exists() && !pc.data().join("key.json").exists());
}

#[tokio::test]
async fn expired_is_told_apart_from_refused_and_both_lead_to_a_new_request() {
    for (state, reason, heading) in [
        (
            "refused",
            Some("当院の職員ではありません<b>"),
            "The request was refused",
        ),
        ("expired", None, "The request has expired"),
        ("failed", None, "Too many incorrect activation codes"),
        ("withdrawn", None, "The request was withdrawn"),
    ] {
        let (edge, pc) = (FakeEdge::start().await, Pc::new());
        let (_program, browser) = opened(&edge, &pc).await;
        browser.post("request", &FORM).await;
        edge.now().state = state;
        edge.now().reason = reason;
        let ended = browser.until(heading).await;
        if reason.is_some() {
            ended.says("当院の職員ではありません&#60;b&#62;");
        }
        let again = browser.get("request").await;
        again.says("value=\"山田 太郎\"");
        edge.now().state = "awaiting_approval";
        browser.post("request", &FORM).await;
        browser.until(WAITING).await;
    }
}

#[tokio::test]
async fn a_permission_is_checked_revoked_and_given_up() {
    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    let asked = edge.posted("token").len();
    assert_eq!(browser.get("").await.heading(), ACTIVE);
    assert_eq!(edge.posted("token").len(), asked, "looking asks nothing");
    browser.post("check", &[]).await.says("was asked just now");
    assert_eq!(edge.posted("token").len(), asked + 1);

    edge.now().revoked = true;
    let revoked = browser.post("check", &[]).await;
    assert_eq!(revoked.heading(), "This PC is no longer permitted");
    revoked.says("The service said so on");
    assert_eq!(
        browser.get("data?path=/x").await.heading(),
        "This PC is no longer permitted"
    );
    assert_eq!(
        browser.get("forget").await.heading(),
        "Delete what is stored on this PC?"
    );

    let (edge, pc) = active().await;
    let (_program, browser) = opened(&edge, &pc).await;
    assert_eq!(browser.get("forget").await.heading(), "Give up the permission?");
    assert!(edge.posted("revoke").is_empty());
    assert_eq!(
        browser.post("forget", &[]).await.heading(),
        "Request permission for this PC"
    );
    assert_eq!(edge.posted("revoke")[0]["token"], "tg_rt_0");
}

#[tokio::test]
async fn the_language_is_the_options_the_switchs_or_the_browsers() {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    let open = ["--json", "viewer", "open", "--no-browser", "--edge", &edge.url];
    let program = Program::run(pc.start(&open)).await;
    let browser = program.enter().await;
    let danish = browser.asking("").header("accept-language", "fr, da;q=0.9");
    let danish = danish.send().await.unwrap().text().await.unwrap();
    assert!(danish.contains("<html lang=\"da\">") && danish.contains("Anmod om aktiveringskode"));
    let japanese = browser
        .post("language", &[("lang", "ja"), ("back", "//evil.example")])
        .await;
    japanese.says("<html lang=\"ja\">");
    japanese.says("認証トークン要求実行");

    let again = Program::run(pc.start(&open)).await;
    again.enter().await.get("").await.says("<html lang=\"ja\">");
    let english = Program::start(&pc, &["--edge", &edge.url]).await;
    english.enter().await.get("").await.says("<html lang=\"en\">");
}

#[tokio::test]
async fn closing_the_viewer_ends_the_program_and_keeps_the_permission() {
    let (edge, pc) = active().await;
    let (program, browser) = opened(&edge, &pc).await;
    let closed = browser.post("quit", &[]).await;
    assert_eq!(closed.heading(), "The Viewer has been closed");
    let run = finish(program.child).await;
    assert_eq!(run.code, 0, "{run:?}");
    assert_eq!(pc.run(&["viewer", "get", "x"]).await.stdout, DATA);
}

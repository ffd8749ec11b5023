//! `tegata agent open`: the agent's page on the machine.

mod door;
mod identification;
mod light;
mod people;
mod settings;
mod support;

use crate::support::browser::{Browser, Program};
use crate::support::command::Pc;
use crate::support::fake_edge::FakeEdge;
use std::time::Duration;
use tokio::process::Child;

pub(crate) const CODE: &str = "tg_enr_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Opens the page in English, without a browser of its own.
async fn opened(pc: &Pc) -> (Program, Browser) {
    let open = ["--json", "--language", "en", "agent", "open", "--no-browser"];
    let program = Program::run(pc.start(&open)).await;
    let browser = program.enter().await;
    (program, browser)
}

/// An agent that runs as a service, and does not find a proxy.
fn service(pc: &Pc) -> Child {
    pc.start(&["--language", "en", "agent", "run", "--service"])
}

/// A machine that is enrolled, with its agent running, and the page open.
async fn enrolled() -> (FakeEdge, Pc, Child, Program, Browser) {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    enrol(&edge, &pc).await;
    let agent = service(&pc);
    let (program, browser) = opened(&pc).await;
    says(&browser, "", "Green: connected").await;
    (edge, pc, agent, program, browser)
}

async fn enrol(edge: &FakeEdge, pc: &Pc) {
    edge.now().control.codes.insert(CODE, "good");
    let arguments = [
        "agent", "enrol", "--edge", &edge.url, "--tenant", "aozora", "--code", CODE,
    ];
    assert_eq!(pc.run(&arguments).await.code, 0);
}

/// Loads the page until it says `words`, and returns it.
async fn says(browser: &Browser, path: &str, words: &str) -> String {
    for _ in 0..200 {
        let page = browser.get(path).await;
        if page.text.contains(words) {
            return page.text;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the page never said \"{words}\": {:?}", browser.get(path).await);
}

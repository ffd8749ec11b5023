//! `tegata viewer open`: the page for people who use no terminal, as a browser sees it.

mod data;
mod door;
mod installer;
mod outage;
mod way;

use crate::support::browser::{Browser, Program};
use crate::support::command::{Pc, REGISTRATION};
use crate::support::fake_edge::FakeEdge;

/// The form as 山田 太郎 fills it in where the installer chose the place.
const FORM: [(&str, &str); 5] = [
    ("name", "山田 太郎"),
    ("email", "taro@aozora.example"),
    ("email_again", "taro@aozora.example"),
    ("organization", "青空病院"),
    ("device_name", "受付のPC"),
];

/// The program at the edge's tenant, and its page.
async fn opened(edge: &FakeEdge, pc: &Pc) -> (Program, Browser) {
    let program = Program::start(pc, &["--edge", &edge.url, "--tenant", "aozora"]).await;
    let browser = program.enter().await;
    (program, browser)
}

/// A PC that was registered by the command.
async fn active() -> (FakeEdge, Pc) {
    let (edge, pc) = (FakeEdge::start().await, Pc::new());
    edge.now().state = "activated";
    let run = pc
        .run(&[&["viewer", "register", "--edge", &edge.url], &REGISTRATION[..]].concat())
        .await;
    assert_eq!(run.code, 0, "{run:?}");
    (edge, pc)
}

//! A launch on the real edge with a real agent process: of a thousand executions, one reaches the machine (K9, B2).

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use std::fs;
use tegata_acceptance::answer::Answer;
use tegata_acceptance::panel::Administrator;
use tegata_acceptance::wait::{PATIENCE, eventually};
use tegata_acceptance::world::World;
use tokio::process::Child;

use crate::agent::{Kept, enrol_at};
use crate::program::Pc;

/// Number of concurrent executions.
const CROWD: usize = 1_000;

/// A provider's desk, and a customer's machine that allows remote assistance.
pub struct Support {
    pub desk: Administrator,
    pub machine: Kept,
    pub pc: Pc,
}

impl Support {
    pub async fn at(world: &World) -> Self {
        let provider = world.tenant().a_provider().create().await;
        let desk = Administrator::of(&provider, 0).await;
        let machine = Kept::of(world.tenant().served_by(&provider).create().await).await;
        let on = json!({ "version": 1, "remote_assistance": true });
        let switches = format!("{}/switches", machine.path);
        let switched = machine.administrator.send(Method::PATCH, &switches, Some(&on)).await;
        switched.expect(200);
        let pc = Pc::new();
        let code = machine.code().await;
        assert_eq!(enrol_at(&pc, &machine, &code).await.0, 0);
        for change in [["--proxy", "none"], ["--remote-assistance", "on"]] {
            pc.run(&[&["agent", "settings"], &change[..]].concat()).await.expect(0);
        }
        Self { desk, machine, pc }
    }

    /// Starts the agent, and waits until the desk can reach it.
    pub async fn agent(&self) -> Child {
        let running = self.pc.start(&["agent", "run"]);
        eventually("the agent's switch", PATIENCE, async || {
            let agent = self.machine.agent().await;
            (agent["connected_since"].is_i64() && agent["remote_assistance"] == true).then_some(())
        })
        .await;
        running
    }

    /// The desk requests a launch, and the administrator approves it. Returns its path at the desk.
    pub async fn approved(&self, key: &str) -> String {
        let slug = &self.machine.tenant.slug;
        let equipment = self.machine.path.trim_start_matches("/equipment/");
        let wanted = json!({ "equipment": equipment, "reason": "ログを確認します。", "period": 7_200 });
        let path = format!("/customers/{slug}/launches");
        let request = self.desk.request(Method::POST, &path, Some(&wanted));
        let made = self
            .machine
            .tenant
            .world
            .send(request.header("idempotency-key", key))
            .await;
        let id = made.expect(201).member("id");
        let yes = json!({ "outcome": "approved", "confirmed": true });
        let decision = format!("/launches/{id}/decision");
        let answer = self
            .machine
            .administrator
            .send(Method::POST, &decision, Some(&yes))
            .await;
        // A repeated answer learns that it has been given.
        assert!([200, 409].contains(&answer.status), "{answer:?}");
        format!("/desk/launches/{slug}/{id}")
    }

    pub async fn execute(&self, launch: &str) -> Answer {
        self.desk.send(Method::POST, &format!("{launch}/execute"), None).await
    }

    pub async fn shown(&self, launch: &str) -> Value {
        self.desk.send(Method::GET, launch, None).await.expect(200).json()
    }

    /// The lines of the agent's journal.
    pub fn journal(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.pc.data().join("journal.jsonl")).unwrap_or_default();
        text.lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect()
    }
}

#[tokio::test]
async fn of_a_thousand_executions_at_once_one_reaches_the_machine() {
    let support = Support::at(&crate::world()).await;
    let _running = support.agent().await;
    let launch = support.approved("crowd").await;
    let answers = join_all((0..CROWD).map(|_| support.execute(&launch))).await;
    let executed = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(executed, 1);
    for answer in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!((answer.status, answer.member("code").as_str()), (409, "conflict"));
    }
    eventually("the session", PATIENCE, async || {
        (support.shown(&launch).await["state"] == "running").then_some(())
    })
    .await;
    support.machine.tenant.settled().await;
    let entries = support.machine.tenant.intact_audit().await;
    let count = |action: &str| entries.iter().filter(|entry| entry.act.action == action).count();
    assert_eq!(
        ["launch.execute", "launch.start", "launch.open"].map(count),
        [1, 1, 1],
        "one execution, one start, one session"
    );
    let started: Vec<_> = support.journal().iter().map(|line| line["id"].clone()).collect();
    let mut once = started.clone();
    once.dedup();
    assert_eq!(once.len(), 1, "one command: {started:?}");
}

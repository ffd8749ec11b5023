//! `tegata agent` on the real edge: it comes back after the edge was killed and after the object has slept, and it ends
//! when an administrator ends it (P1, P9).

use std::time::Duration;

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use tegata_acceptance::edge::{development, start};
use tegata_acceptance::panel::Administrator;
use tegata_acceptance::tenant::Tenant;
use tegata_acceptance::wait::{PATIENCE, eventually};
use tegata_acceptance::world::World;
use tokio::task::spawn_blocking;

use crate::program::{Pc, finish};

/// Longer than an object stays awake without work: 10 s.
const ASLEEP: Duration = Duration::from_secs(13);

/// A piece of equipment, and the administrator who keeps it.
pub struct Kept {
    pub tenant: Tenant,
    pub administrator: Administrator,
    pub path: String,
}

impl Kept {
    pub async fn at(world: &World) -> Self {
        Self::of(world.tenant().create().await).await
    }

    pub async fn of(tenant: Tenant) -> Self {
        let administrator = Administrator::of(&tenant, 0).await;
        let new = json!({ "name": "5軸加工機 7号機", "serial_number": "SN-0007" });
        let made = administrator.send(Method::POST, "/equipment", Some(&new)).await;
        let path = format!("/equipment/{}", made.expect(201).member("id"));
        Self {
            tenant,
            administrator,
            path,
        }
    }

    pub async fn code(&self) -> String {
        let path = format!("{}/enrolment", self.path);
        let issued = self.administrator.send(Method::POST, &path, Some(&json!({}))).await;
        issued.expect(201).member("code")
    }

    pub async fn agent(&self) -> Value {
        let shown = self.administrator.send(Method::GET, &self.path, None).await;
        shown.expect(200).json()["agent"].clone()
    }

    /// Waits until the panel shows the agent as connected, or as away.
    async fn shows(&self, connected: bool) {
        let probe = async || (self.agent().await["connected_since"].is_i64() == connected).then_some(());
        eventually("the agent's presence", PATIENCE, probe).await;
    }
}

pub async fn enrol(pc: &Pc, edge: &str, tenant: &str, code: &str) -> (i32, String) {
    let options = ["--edge", edge, "--tenant", tenant, "--code", code];
    let run = pc.run(&[&["agent", "enrol"], &options[..]].concat()).await;
    let said = if run.code == 0 { String::new() } else { run.error() };
    (run.code, said)
}

pub async fn enrol_at(pc: &Pc, kept: &Kept, code: &str) -> (i32, String) {
    enrol(pc, &kept.tenant.world.url, &kept.tenant.slug, code).await
}

/// Waits until the agent on `pc` shows `light`.
pub async fn light(pc: &Pc, light: &str) {
    let probe = async || (pc.run(&["agent", "status"]).await.json()["light"] == light).then_some(());
    eventually(light, PATIENCE, probe).await;
}

#[tokio::test]
async fn an_agent_outlives_the_edge_and_ends_when_an_administrator_ends_it() {
    let mut edge = start(development(env!("CARGO_TARGET_TMPDIR"), "agent"));
    let kept = Kept::at(&World::of(&edge).insisting()).await;
    let pc = Pc::new();
    assert_eq!(enrol_at(&pc, &kept, &kept.code().await).await.0, 0);
    let agent = pc.start(&["agent", "run"]);
    light(&pc, "green").await;
    kept.shows(true).await;
    tokio::time::sleep(ASLEEP).await;
    kept.shows(true).await;

    let killed = spawn_blocking(move || {
        edge.kill().expect("killed");
        edge
    });
    let mut edge = killed.await.expect("the edge is gone");
    light(&pc, "orange").await;
    let restarted = spawn_blocking(move || {
        edge.restart().expect("restarted");
        edge
    });
    let mut edge = restarted.await.expect("the edge is back");
    light(&pc, "green").await;
    kept.shows(true).await;

    tokio::time::sleep(ASLEEP).await;
    let end = format!("{}/agent/end", kept.path);
    kept.administrator.send(Method::POST, &end, None).await.expect(200);
    let ended = tokio::time::timeout(PATIENCE, finish(agent)).await;
    assert_eq!(ended.expect("the agent stops").code, 3);
    assert_eq!(pc.run(&["agent", "status"]).await.error(), "ended");
    kept.shows(false).await;
    kept.tenant.intact_audit().await;
    edge.stop().expect("stopped");
}

#[tokio::test]
async fn of_twelve_machines_with_one_code_one_is_enrolled() {
    let kept = Kept::at(&crate::world()).await;
    let code = kept.code().await;
    let pcs: Vec<Pc> = (0..12).map(|_| Pc::new()).collect();
    let mut outcomes = join_all(pcs.iter().map(|pc| enrol_at(pc, &kept, &code))).await;
    outcomes.sort();
    let refused = (3, "wrong_enrolment_code".to_owned());
    assert_eq!(outcomes.first(), Some(&(0, String::new())));
    assert!(outcomes[1..].iter().all(|outcome| *outcome == refused), "{outcomes:?}");
}

#[tokio::test]
async fn a_copied_directory_ends_the_agent_for_both() {
    let kept = Kept::at(&crate::world()).await;
    let (pc, thief) = (Pc::new(), Pc::new());
    assert_eq!(enrol_at(&pc, &kept, &kept.code().await).await.0, 0);
    thief.copy_of(&pc);
    // Two renewals: the token that the thief holds is then neither the present one nor the one before.
    for _ in 0..2 {
        pc.expire_agent_token();
        let running = pc.start(&["agent", "run"]);
        light(&pc, "green").await;
        drop(running);
        light(&pc, "stopped").await;
    }
    let ours = pc.start(&["agent", "run"]);
    light(&pc, "green").await;
    thief.expire_agent_token();
    assert_eq!(
        finish(thief.start(&["agent", "run"])).await.code,
        3,
        "the copy is refused"
    );
    let ended = tokio::time::timeout(PATIENCE, finish(ours)).await;
    assert_eq!(ended.expect("ours stops as well").code, 3);
    assert_eq!(kept.agent().await["ended"], "cloned");
}

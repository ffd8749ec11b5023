//! The remote service switched off (P1): no connection, and nothing on any interface, until it is switched on.

use crate::agent::{enrolled, running, shows, status};
use crate::support::command::Pc;
use serde_json::Value;
use std::time::Duration;
use tokio::time::sleep;

async fn switch(pc: &Pc, on: &str) {
    let run = pc.run(&["--json", "agent", "settings", "--remote-service", on]).await;
    assert_eq!(run.code, 0, "{run:?}");
}

#[tokio::test]
async fn while_it_is_off_there_is_no_connection_and_a_running_agent_follows_the_switch() {
    let (edge, pc) = enrolled().await;
    switch(&pc, "off").await;
    let before = edge.connections();
    let mut agent = running(&pc);
    let shown = shows(&pc, "off").await;
    assert!(
        shown["trouble"].is_null() && shown["connected_since"].is_null(),
        "{shown}"
    );
    sleep(Duration::from_secs(3)).await;
    assert_eq!(edge.connections(), before, "not one connection");
    switch(&pc, "on").await;
    shows(&pc, "green").await;
    assert!(edge.connections() > before);
    switch(&pc, "off").await;
    shows(&pc, "off").await;
    let before = edge.connections();
    sleep(Duration::from_secs(3)).await;
    assert_eq!(
        edge.connections(),
        before,
        "nor a further one after it was switched off"
    );
    agent.kill().await.unwrap();
    assert_eq!(status(&pc).await["light"], "stopped");
}

#[tokio::test]
async fn no_other_command_connects_either() {
    let (edge, pc) = enrolled().await;
    switch(&pc, "off").await;
    let before = edge.connections();
    let run = pc.run(&["--json", "agent", "forget"]).await;
    assert_eq!((run.code, run.error().as_str()), (1, "remote_service_off"));
    assert!(
        pc.data().join("key.json").exists(),
        "nothing was deleted: the edge would not know"
    );
    assert_eq!(edge.connections(), before);
}

#[tokio::test]
async fn settings_that_cannot_be_read_are_no_permission_to_connect() {
    let (edge, pc) = enrolled().await;
    switch(&pc, "on").await;
    std::fs::write(pc.data().join("settings.json"), "{").unwrap();
    let before = edge.connections();
    let mut agent = running(&pc);
    let shown = loop {
        let shown = shows(&pc, "orange").await;
        if !shown["trouble"].is_null() {
            break shown;
        }
        sleep(Duration::from_millis(50)).await;
    };
    assert_eq!(shown["trouble"]["code"], "settings", "{shown}");
    assert_eq!(edge.connections(), before);
    agent.kill().await.unwrap();
}

#[cfg(target_os = "linux")]
mod namespace {
    use super::switch;
    use crate::agent::enrolled;
    use crate::support::command::Pc;
    use std::time::Duration;
    use tokio::process::Child;
    use tokio::time::{Instant, sleep};

    /// Bytes and packets, received and sent, of all interfaces together that `process` sees.
    fn traffic(process: u32) -> u64 {
        let table = std::fs::read_to_string(format!("/proc/{process}/net/dev")).unwrap();
        let rows = table.lines().filter_map(|line| line.split_once(':'));
        let columns = rows.map(|(_, counters)| {
            let numbers: Vec<u64> = counters
                .split_whitespace()
                .map(|number| number.parse().unwrap())
                .collect();
            numbers[0] + numbers[1] + numbers[8] + numbers[9]
        });
        columns.sum()
    }

    /// The agent in a network namespace of its own, whose loopback interface and default route are up, so that whatever
    /// it sent would be counted.
    fn isolated(pc: &Pc) -> Child {
        let script = concat!(
            "ip link set lo up && ip link add out type dummy && ip addr add 192.0.2.1/24 dev out && ",
            "ip link set out up arp off && sysctl -qw net.ipv6.conf.all.disable_ipv6=1; exec \"$0\" agent run"
        );
        let mut command = tokio::process::Command::new("unshare");
        command
            .args(["--net", "sh", "-c", script, env!("CARGO_BIN_EXE_tegata")])
            .env("TEGATA_DATA_DIR", pc.data())
            .env("HOME", pc.file(""))
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .kill_on_drop(true);
        command.spawn().unwrap()
    }

    async fn may_isolate() -> bool {
        let mut command = tokio::process::Command::new("unshare");
        command.args(["--net", "ip", "link", "set", "lo", "up"]);
        let permitted = command.output().await.is_ok_and(|output| output.status.success());
        if !permitted {
            eprintln!("skipped: this takes root, unshare and ip");
        }
        permitted
    }

    async fn quiet_for(time: Duration) {
        if !may_isolate().await {
            return;
        }
        let (_edge, pc) = enrolled().await;
        switch(&pc, "off").await;
        let mut agent = isolated(&pc);
        let process = agent.id().unwrap();
        super::shows(&pc, "off").await;
        let end = Instant::now() + time;
        let before = traffic(process);
        while Instant::now() < end {
            sleep(Duration::from_millis(500)).await;
            assert_eq!(traffic(process), before, "something was sent");
        }
        // The same machine, switched on, does try: the counters would have shown it.
        switch(&pc, "on").await;
        let end = Instant::now() + Duration::from_secs(20);
        while traffic(process) == before {
            assert!(Instant::now() < end, "the counters count nothing");
            sleep(Duration::from_millis(100)).await;
        }
        agent.kill().await.unwrap();
    }

    #[tokio::test]
    async fn the_counters_of_all_interfaces_stand_still_while_it_is_off() {
        quiet_for(Duration::from_secs(5)).await;
    }

    #[tokio::test]
    #[ignore = "takes a minute: cargo test -p tegata-client --test cli -- --ignored for_a_minute"]
    async fn the_counters_of_all_interfaces_stand_still_for_a_minute() {
        quiet_for(Duration::from_secs(60)).await;
    }
}

/// Both names of the light agree with what people read.
#[tokio::test]
async fn the_light_is_explained_in_every_language() {
    let (_edge, pc) = enrolled().await;
    switch(&pc, "off").await;
    let mut agent = running(&pc);
    shows(&pc, "off").await;
    for (language, words) in [
        ("en", "Off: the remote service is switched off"),
        ("ja", "オフ：リモートサービスがオフのため"),
        ("da", "Fra: fjerntjenesten er slået fra"),
    ] {
        let run = pc.run(&["--language", language, "agent", "status"]).await;
        assert!(run.stdout.contains(words), "{run:?}");
    }
    agent.kill().await.unwrap();
    let json: Value = status(&pc).await;
    assert_eq!(json["light"], "stopped");
}

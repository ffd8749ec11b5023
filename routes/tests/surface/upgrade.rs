//! No other route opens a socket: every upgrade is rejected and leaves no trace.

use crate::gate::rightful;
use crate::support::call::Call;
use crate::support::edge::assert_same;
use crate::support::rows::{ROWS, Row};
use crate::support::scene::{Scene, Stage};

fn asking(call: &Call) -> Call {
    call.clone()
        .header("connection", "Upgrade")
        .header("upgrade", "websocket")
        .header("sec-websocket-version", "13")
        .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==")
}

#[test]
fn an_upgrade_is_refused_at_every_route_before_anything_happens() {
    let scene = Scene::at(Stage::Redeemed);
    let before = scene.edge.rows();
    // Four routes open sockets; events.rs, agents.rs, support_sessions.rs and appointments.rs try who may.
    let opens =
        |row: &&Row| ["Ticket", "Agent", "Session"].contains(&row.access) || row.path.ends_with("/check/socket");
    for row in ROWS.iter().filter(|row| !opens(row)) {
        for call in (row.calls)(&scene.ours) {
            let answer = asking(&call).send(&scene.edge);
            let place = format!("{} {}", call.method, call.path);
            assert_eq!(answer.status, 501, "{place}: {}", answer.body);
            assert!(call.method == "HEAD" || answer.code() == "no-upgrades", "{place}");
            assert!(!answer.grants() && scene.edge.forwarded().is_empty(), "{place}");
        }
    }
    assert_same(&before, &scene.edge.rows(), "an upgrade");
    assert!(scene.edge.mails().is_empty());
}

#[test]
fn the_gate_hands_no_socket_through() {
    let scene = Scene::at(Stage::Redeemed);
    let answer = asking(&rightful(&scene)).send(&scene.edge);
    assert_eq!((answer.status.as_u16(), answer.code()), (501, "no-upgrades".to_owned()));
    assert!(!answer.passed && scene.edge.forwarded().is_empty());
    let other = rightful(&scene).header("upgrade", "h2c");
    assert!(
        other.send(&scene.edge).passed,
        "an upgrade to another protocol is ignored"
    );
}

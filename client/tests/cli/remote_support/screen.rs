//! The machine's screen: who may look and who may control, that people at the machine see it, and what becomes of the
//! server that the agent starts.

use super::{allowed, ask, configure, eventually, in_session, started};
use crate::agent::status;
use crate::support::command::Pc;
use crate::support::display::Display;
use crate::support::fake_edge::{FakeEdge, Inner};
use serde_json::{Value, json};
use std::time::Duration;
use tegata_domain::session::frame::Kind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::process::Child;
use tokio::time::sleep;

/// A connected agent in a session with these abilities, on a display.
async fn on_display(abilities: &[&str]) -> (FakeEdge, Pc, Child, Display) {
    let display = Display::start().await;
    let (edge, pc, agent) = allowed(&format!("[screen]\ndisplay = \"{}\"\n", display.name)).await;
    edge.now().session.pays = true;
    in_session(&edge, abilities).await;
    (edge, pc, agent, display)
}

/// What came on the stream, once it is at least `length` bytes.
async fn came(edge: &FakeEdge, stream: u32, length: usize) -> Vec<u8> {
    eventually(edge, "bytes of the screen", |now| {
        let came = now.session.streams.get(&stream)?;
        (came.len() >= length).then(|| came.clone())
    })
    .await
}

async fn closed(edge: &FakeEdge, stream: u32) {
    let closed = |now: &Inner| now.session.closed.contains(&stream).then_some(());
    eventually(edge, "the stream's end", closed).await;
}

/// Opens a stream and sees the screen on it. Returns its width and height, and how many bytes have come.
async fn sees(edge: &FakeEdge, stream: u32) -> (u16, u16, usize) {
    edge.now().session.open(stream, Kind::Screen);
    assert_eq!(came(edge, stream, 12).await, b"RFB 003.008\n");
    edge.now().session.send(stream, b"RFB 003.008\n");
    assert_eq!(came(edge, stream, 14).await[12..], [1, 1], "no login");
    edge.now().session.send(stream, &[1]);
    came(edge, stream, 18).await;
    // It wants the screen for itself, and gets it with others.
    edge.now().session.send(stream, &[0]);
    let start = came(edge, stream, 18 + 24).await;
    let number = |at: usize| u16::from_be_bytes([start[at], start[at + 1]]);
    let name = usize::from(number(18 + 22));
    let length = came(edge, stream, 18 + 24 + name).await.len();
    (number(18), number(20), length)
}

/// Has the whole screen sent, as it is. Returns how many bytes have come then.
async fn refresh(edge: &FakeEdge, stream: u32, (width, height, had): (u16, u16, usize)) -> usize {
    let [w0, w1] = width.to_be_bytes();
    let [h0, h1] = height.to_be_bytes();
    edge.now().session.send(stream, &[2, 0, 0, 1, 0, 0, 0, 0]);
    edge.now().session.send(stream, &[3, 0, 0, 0, 0, 0, w0, w1, h0, h1]);
    came(edge, stream, had + usize::from(width) * usize::from(height) * 4)
        .await
        .len()
}

fn pointer(x: u16, y: u16) -> Vec<u8> {
    let mut event = vec![5, 0];
    event.extend(x.to_be_bytes());
    event.extend(y.to_be_bytes());
    event
}

async fn uses(pc: &Pc) -> Value {
    status(pc).await["session"]["uses"].clone()
}

/// Waits until people at the machine see this.
async fn shows(pc: &Pc, expected: Value) {
    for _ in 0..200 {
        if uses(pc).await == expected {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("{expected}: {}", uses(pc).await);
}

/// The VNC servers that run for a display.
fn servers(display: &Display) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let words: Vec<&[u8]> = command.split(|byte| *byte == 0).collect();
        if words.contains(&&b"-rfbunixpath"[..]) && words.contains(&display.name.as_bytes()) {
            found.push(entry.file_name().to_str().unwrap().parse().unwrap());
        }
    }
    found
}

async fn no_server(display: &Display) {
    for _ in 0..200 {
        if servers(display).is_empty() {
            return;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("still there: {:?}", servers(display));
}

#[tokio::test]
async fn who_may_control_moves_the_pointer_and_the_person_at_the_machine_sees_who_it_is() {
    let (edge, pc, mut agent, display) = on_display(&["control_screen"]).await;
    assert!(servers(&display).is_empty(), "nothing runs before somebody looks");
    let seen = sees(&edge, 1).await;
    assert_eq!((seen.0, seen.1), (320, 200));
    refresh(&edge, 1, seen).await;
    let shown = json!([{"by": "Morgan Reed", "ability": "control_screen"}]);
    shows(&pc, shown.clone()).await;
    edge.now().session.send(1, &pointer(40, 60));
    while display.pointer().await != (40, 60) {
        sleep(Duration::from_millis(20)).await;
    }
    let processes = servers(&display);
    assert_eq!(processes.len(), 1);
    sees(&edge, 2).await;
    assert_eq!(servers(&display), processes, "everybody looks through one server");
    edge.now().session.close(1);
    closed(&edge, 1).await;
    sleep(Duration::from_millis(300)).await;
    assert_eq!(servers(&display), processes, "somebody still looks");
    assert_eq!(uses(&pc).await, shown);
    edge.now().session.close(2);
    no_server(&display).await;
    shows(&pc, Value::Null).await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn who_may_look_changes_nothing() {
    let (edge, pc, mut agent, display) = on_display(&["view_screen"]).await;
    let before = display.pointer().await;
    let (width, height, had) = sees(&edge, 1).await;
    shows(&pc, json!([{"by": "Morgan Reed", "ability": "view_screen"}])).await;
    edge.now().session.send(1, &pointer(11, 12));
    edge.now().session.send(1, &[4, 1, 0, 0, 0, 0, 0, 0x61]);
    // The server has answered what came behind it.
    refresh(&edge, 1, (width, height, had)).await;
    assert_eq!(display.pointer().await, before);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_session_without_the_ability_or_the_configuration_shows_nothing() {
    let (edge, _pc, mut agent, display) = on_display(&["diagnostics"]).await;
    edge.now().session.open(1, Kind::Screen);
    closed(&edge, 1).await;
    assert!(servers(&display).is_empty());
    agent.kill().await.unwrap();
    let (edge, _pc, mut agent) = allowed("").await;
    in_session(&edge, &["control_screen"]).await;
    edge.now().session.open(1, Kind::Screen);
    closed(&edge, 1).await;
    assert!(!edge.now().session.streams.contains_key(&1));
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn a_server_that_dies_closes_the_stream_and_the_next_one_starts_it_anew() {
    let (edge, _pc, mut agent, display) = on_display(&["control_screen"]).await;
    sees(&edge, 1).await;
    let died = servers(&display);
    let kill = std::process::Command::new("kill")
        .args(["-9", &died[0].to_string()])
        .status();
    assert!(kill.unwrap().success());
    closed(&edge, 1).await;
    sees(&edge, 2).await;
    assert_ne!(servers(&display), died);
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_person_at_the_machine_ends_it_at_once() {
    let (edge, pc, mut agent, display) = on_display(&["control_screen"]).await;
    sees(&edge, 1).await;
    let ended = ask(&pc, &json!({"do": "support_end"})).await;
    assert_eq!(ended["ok"], true, "{ended}");
    no_server(&display).await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn what_the_viewer_must_not_say_ends_the_stream() {
    let (edge, _pc, mut agent, display) = on_display(&["control_screen"]).await;
    sees(&edge, 1).await;
    edge.now().session.send(1, &[7, 7, 7]);
    closed(&edge, 1).await;
    no_server(&display).await;
    edge.now().session.open(2, Kind::Screen);
    came(&edge, 2, 12).await;
    edge.now().session.send(2, b"GET / HTTP/1");
    closed(&edge, 2).await;
    agent.kill().await.unwrap();
}

#[tokio::test]
async fn the_layout_of_the_keyboard_is_told() {
    let (edge, _pc, mut agent, display) = on_display(&["diagnostics", "control_screen"]).await;
    display.ask("setxkbmap", &["jp"]).await;
    edge.now()
        .session
        .request(&super::id('O'), &json!({"what": "overview"}), Some(1));
    closed(&edge, 1).await;
    let overview: Value = serde_json::from_slice(&edge.now().session.streams[&1]).unwrap();
    assert_eq!(overview["keyboard_layout"], "jp", "{overview}");
    assert_eq!(overview["screen"], "display");
    agent.kill().await.unwrap();
}

/// A VNC server that wants the password `secret`, and then says what it hears.
async fn server_with_password() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            stream.write_all(b"RFB 003.008\n").await.unwrap();
            let mut version = [0; 12];
            stream.read_exact(&mut version).await.unwrap();
            stream.write_all(&[1, 2]).await.unwrap();
            assert_eq!(stream.read_u8().await.unwrap(), 2);
            stream.write_all(&[0; 16]).await.unwrap();
            let mut answer = [0; 16];
            stream.read_exact(&mut answer).await.unwrap();
            let right = answer == SECRET_OF_ZEROS;
            stream.write_all(&[0, 0, 0, u8::from(!right)]).await.unwrap();
            if !right {
                continue;
            }
            assert_eq!(stream.read_u8().await.unwrap(), 1, "shared with others");
            let mut start = vec![
                0, 8, 0, 6, 32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0, 0, 0, 0, 4,
            ];
            start.extend(b"test");
            stream.write_all(&start).await.unwrap();
            let mut heard = [0; 6];
            if stream.read_exact(&mut heard).await.is_ok() {
                stream.write_all(&heard).await.unwrap();
            }
            // The server ends here.
        }
    });
    port
}

/// 16 zeros under DES with the password `secret`, as OpenSSL has it.
const SECRET_OF_ZEROS: [u8; 16] = [150, 19, 162, 63, 29, 202, 197, 65, 150, 19, 162, 63, 29, 202, 197, 65];

#[tokio::test]
async fn the_agent_logs_in_to_a_server_for_the_viewer() {
    let port = server_with_password().await;
    let (edge, pc, mut agent) = allowed("").await;
    agent.kill().await.unwrap();
    let file = pc.file("vnc-password");
    for (password, right) in [("secret\n", true), ("wrong\n", false)] {
        std::fs::write(&file, password).unwrap();
        configure(
            &pc,
            &format!(
                "[screen]\nvnc = \"127.0.0.1:{port}\"\npassword_file = \"{}\"\n",
                file.display()
            ),
        );
        let mut agent = started(&edge, &pc).await;
        edge.now().session.connections = 0;
        edge.now().session.streams.clear();
        edge.now().session.closed.clear();
        in_session(&edge, &["control_screen"]).await;
        if right {
            let (width, height, had) = sees(&edge, 1).await;
            assert_eq!((width, height), (8, 6));
            edge.now().session.send(1, &pointer(1, 2));
            assert_eq!(came(&edge, 1, had + 6).await[had..], pointer(1, 2));
            closed(&edge, 1).await;
        } else {
            edge.now().session.open(1, Kind::Screen);
            closed(&edge, 1).await;
            assert!(!edge.now().session.streams.contains_key(&1), "the viewer hears nothing");
        }
        agent.kill().await.unwrap();
        edge.now().control.said.clear();
    }
}

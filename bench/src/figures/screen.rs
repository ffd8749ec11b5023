//! Remote desktop in real browsers: from a key to the pixel that it changes, and frames of an animation. noVNC shows the
//! display of a real agent through the edge; the peer is noVNC over websockify, on the same page, to the same VNC server.

use std::{fs, path::Path, process::Stdio, time::Duration};

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::json;
use tokio::time::sleep;
use xtask::{
    http::free_port,
    process::{Leashed, leashed, now},
    tools,
};

use crate::{
    browser::Driver,
    compare::{Comparison, Pace, Spread, p95},
    fleet::{CUSTOMER, Fleet, PROVIDER},
    machine::{Agent, Display},
    report::{Row, Target},
};

/// Pixels of the display.
const SIZE: (u32, u32) = (1280, 800);
/// The latest that a key's pixel may come, at the 95th percentile, in ms; and as a multiple of the peer's time.
const LATEST: f64 = 40.0;
const LATEST_BESIDE: f64 = 1.25;
/// Frames a second of the animation.
const LEAST_FRAMES: f64 = 25.0;

/// What one viewer saw in one round.
#[derive(Deserialize)]
struct Seen {
    /// From each key to its pixel, in ms.
    keys: Vec<f64>,
    /// Different frames of the animation in a second.
    frames: f64,
    /// Mbit/s that came meanwhile.
    rate: f64,
}

/// Both sides, round by round.
#[derive(Deserialize)]
struct Both {
    ours: Vec<Seen>,
    peer: Vec<Seen>,
}

/// A VNC server for the display as the agent starts one, and websockify in front of it.
struct Websockify {
    _server: Leashed,
    _relay: Leashed,
    port: u16,
}

impl Websockify {
    async fn start(directory: &Path, display: &Display) -> Result<Self> {
        let socket = directory.join("rfb");
        // The options are the agent's (client/src/agent/session/screen/server.rs).
        let mut server = leashed("X0tigervnc")?;
        server
            .args(["-display", &display.name, "-rfbunixpath"])
            .arg(&socket)
            .args([
                "-rfbunixmode",
                "0600",
                "-rfbport",
                "-1",
                "-SecurityTypes",
                "None",
                "-AlwaysShared",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let server = Leashed::start(&mut server)?;
        let port = free_port()?;
        let mut relay = leashed(tools::websockify()?)?;
        relay
            .arg(format!("--unix-target={}", socket.display()))
            .arg(format!("127.0.0.1:{port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let relay = Leashed::start(&mut relay)?;
        let end = now() + Duration::from_secs(20);
        while !socket.exists() || std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            if now() > end {
                bail!("websockify did not start");
            }
            sleep(Duration::from_millis(50)).await;
        }
        Ok(Self {
            _server: server,
            _relay: relay,
            port,
        })
    }
}

/// Keys and frames.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let fleet = Fleet::in_reach(0)?;
    let directory = fleet.scratch("screen");
    fs::create_dir_all(&directory)?;
    let display = Display::start(&directory, SIZE).await?;
    let configuration = format!("[screen]\ndisplay = \"{}\"\n", display.name);
    let agent = Agent::start(&fleet, &directory.join("agent"), &configuration, &[]).await?;
    let session = agent.support().await?;
    let websockify = Websockify::start(&directory, &display).await?;
    let argument = json!({
        "edge": fleet.origin(), "provider": PROVIDER, "customer": CUSTOMER, "cookie": fleet.desk_cookie(),
        "number": session.number, "password": session.password,
        "display": display.name, "width": SIZE.0, "height": SIZE.1,
        "peer": format!("ws://127.0.0.1:{}/", websockify.port),
        "rounds": pace.rounds, "keys": if pace.quick { 20 } else { 100 }, "animation": if pace.quick { 2 } else { 5 },
    });
    let Both { ours, peer } = Driver::start("screen", &argument)?.end().await?;
    let (mut middle, mut late, mut frames) = <(Comparison, Comparison, Comparison)>::default();
    for (round, (ours, peer)) in ours.iter().zip(&peer).enumerate() {
        let medians = [ours, peer].map(|seen| Spread::of(seen.keys.clone()).median);
        let lates = [ours, peer].map(|seen| p95(seen.keys.clone()));
        eprintln!(
            "  round {}: median {:.1} and {:.1} ms, p95 {:.1} and {:.1} ms, {:.1} and {:.1} frames/s, {:.1} and {:.1} Mbit/s",
            round + 1,
            medians[0],
            medians[1],
            lates[0],
            lates[1],
            ours.frames,
            peer.frames,
            ours.rate,
            peer.rate,
        );
        middle.note(medians[0], medians[1]);
        late.note(lates[0], lates[1]);
        frames.note(ours.frames, peer.frames);
    }
    let all = p95(ours.iter().flat_map(|seen| seen.keys.iter().copied()).collect());
    Ok(vec![
        Row::beside("screen, key to pixel, median", "ms", &middle),
        Row::beside("screen, key to pixel, p95", "ms", &late).with_target(Target::RatioAtMost(LATEST_BESIDE)),
        Row::of("screen, key to pixel, p95, by itself", "ms", all).with_target(Target::AtMost(LATEST)),
        Row::beside("screen, animation", "frames/s", &frames).with_target(Target::AtLeast(LEAST_FRAMES)),
    ])
}

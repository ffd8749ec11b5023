//! A shared screen over the edge, for those between whom no peer connection comes up: frames and delay in a real browser
//! beside the same over a relay on plain node, a viewer who stalls among five, and ten participants of one session.

use std::{
    collections::HashMap,
    fs::{self, File},
    path::Path,
    time::Duration,
};

use anyhow::{Context, Result, bail};
use futures::future::{join_all, try_join_all};
use serde::Deserialize;
use serde_json::json;
use tegata_domain::session::frame::MOST_CREDIT;
use tokio::time::{sleep, timeout};
use xtask::{
    paths,
    process::{Leashed, leashed, now},
};

use crate::{
    attended::Attended,
    audience::{Came, Viewer},
    browser::Driver,
    compare::{Comparison, Pace, Spread, p95},
    fleet::{Fleet, PROVIDER},
    machine::Display,
    memory::held_by,
    party::Seat,
    report::{Row, Target},
};

/// Pixels of the screen.
const SIZE: (u32, u32) = (1280, 800);
/// Frames a second at least, and the latest in ms that one may be there, at the 95th percentile.
const LEAST_FRAMES: f64 = 25.0;
const LATEST: f64 = 60.0;
/// Viewers among whom one stalls, and with whom a session has ten participants.
const FIVE: usize = 5;
const NINE: usize = 9;
/// Within how long everybody sees the first picture.
const BEGUN: Duration = Duration::from_secs(60);
/// How long the sender finds out what the lines carry.
const SETTLED: Duration = Duration::from_secs(5);

/// What a browser saw in one round.
#[derive(Deserialize)]
struct Seen {
    /// Decoded in a second, and captured.
    frames: f64,
    captured: f64,
    /// From the capture of each frame until it was decoded, in ms.
    delays: Vec<f64>,
    /// Pixels of the picture: the sender makes it smaller on a line that carries less.
    width: u32,
}

/// Both sides, round by round.
#[derive(Deserialize)]
struct Both {
    ours: Vec<Seen>,
    peer: Vec<Seen>,
}

/// The relay on plain node.
struct Relay {
    _process: Leashed,
    origin: String,
}

impl Relay {
    async fn start(directory: &Path, people: usize) -> Result<Self> {
        let told = directory.join("relay");
        let mut command = leashed(paths::npm_program("node"))?;
        command
            .arg(paths::root().join("bench/peers/relay.mjs"))
            .arg(people.to_string())
            .stdout(File::create(&told)?);
        let mut process = Leashed::start(&mut command)?;
        let end = now() + Duration::from_secs(20);
        loop {
            let origin = fs::read_to_string(&told)?;
            if let Some(origin) = origin.strip_suffix('\n') {
                let origin = origin.to_owned();
                return Ok(Self {
                    _process: process,
                    origin,
                });
            }
            if process.try_wait()?.is_some() || now() > end {
                bail!("the relay did not start");
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    fn seat(&self, number: usize) -> Result<Seat> {
        let (_, host) = self.origin.split_once("//").context("an origin without a host")?;
        let (_, port) = host.rsplit_once(':').context("an origin without a port")?;
        Ok(Seat {
            port: port.parse()?,
            host: host.to_owned(),
            origin: self.origin.clone(),
            path: "/t/aozora/sessions/482913705".to_owned(),
            ticket: number.to_string(),
        })
    }
}

/// An edge and a display.
async fn prepare() -> Result<(Fleet, Display)> {
    let fleet = Fleet::in_reach(0)?;
    let directory = fleet.scratch("sharing");
    fs::create_dir_all(&directory)?;
    let display = Display::start(&directory, SIZE).await?;
    Ok((fleet, display))
}

/// Frames and delay in a real browser, and a viewer who stalls.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let (fleet, display) = prepare().await?;
    let session = Attended::open(&fleet).await?;
    let relay = Relay::start(&fleet.scratch("sharing"), 2).await?;
    let argument = json!({
        "edge": fleet.origin(), "provider": PROVIDER, "cookie": fleet.desk_cookie(),
        "number": session.number, "password": session.password, "token": session.token,
        "display": display.name, "width": SIZE.0, "height": SIZE.1, "peer": relay.origin.replace("http", "ws"),
        "rounds": pace.rounds, "seconds": if pace.quick { 3 } else { 6 },
    });
    let Both { ours, peer } = Driver::start("sharing", &argument)?.end().await?;
    let (mut frames, mut middle, mut late) = <(Comparison, Comparison, Comparison)>::default();
    for (round, (ours, peer)) in ours.iter().zip(&peer).enumerate() {
        let medians = [ours, peer].map(|seen| Spread::of(seen.delays.clone()).median);
        let lates = [ours, peer].map(|seen| p95(seen.delays.clone()));
        eprintln!(
            "  round {}: {:.1} and {:.1} frames/s of {:.1} and {:.1}, median {:.1} and {:.1} ms, p95 {:.1} and {:.1} ms",
            round + 1,
            ours.frames,
            peer.frames,
            ours.captured,
            peer.captured,
            medians[0],
            medians[1],
            lates[0],
            lates[1],
        );
        frames.note(ours.frames, peer.frames);
        middle.note(medians[0], medians[1]);
        late.note(lates[0], lates[1]);
    }
    let narrowest = ours.iter().map(|seen| seen.width).min().unwrap_or_default();
    let mut rows = vec![
        Row::beside(
            "a shared screen over the edge, 1280 × 800, decoded",
            "frames/s",
            &frames,
        )
        .with_target(Target::AtLeast(LEAST_FRAMES)),
        Row::of(
            "a shared screen, least width of the picture",
            "pixels",
            f64::from(narrowest),
        )
        .with_target(Target::AtLeast(f64::from(SIZE.0))),
        Row::beside("a shared screen, capture to decoded, median", "ms", &middle),
        Row::beside("a shared screen, capture to decoded, p95", "ms", &late).with_target(Target::AtMost(LATEST)),
    ];
    drop(relay);
    rows.extend(stalled(&fleet, &display, pace).await?);
    Ok(rows)
}

/// A browser that shares, with people who view as sockets of ours.
struct Shared {
    viewers: Vec<Viewer>,
    driver: Driver,
    over: std::path::PathBuf,
}

impl Shared {
    /// `seats` has the seat of who shares first.
    async fn begin(fleet: &Fleet, display: &Display, name: &str, seats: &[Seat]) -> Result<Self> {
        let (sharer, others) = seats.split_first().context("nobody shares")?;
        let over = fleet.scratch("sharing").join(name);
        let argument = json!({
            "edge": fleet.origin(), "display": display.name, "width": SIZE.0, "height": SIZE.1, "over": over,
            "seat": {"path": format!("ws://{}{}", sharer.host, sharer.path), "ticket": sharer.ticket},
        });
        let driver = Driver::start("share", &argument)?;
        let viewers = try_join_all(others.iter().map(Viewer::join)).await?;
        let begun = timeout(BEGUN, join_all(viewers.iter().map(Viewer::begun))).await;
        begun.context("no picture comes")?.into_iter().collect::<Result<()>>()?;
        sleep(SETTLED).await;
        Ok(Self { viewers, driver, over })
    }

    /// What each of these viewers sees in this time.
    async fn watch(&self, from: usize, during: Duration) -> Result<Vec<Vec<Came>>> {
        let watching = self.viewers.get(from..).unwrap_or_default();
        watching.iter().for_each(|viewer| drop(viewer.take()));
        sleep(during).await;
        watching
            .iter()
            .map(|viewer| viewer.sound().map(|()| viewer.take()))
            .collect()
    }

    /// Ends the sharing. Returns when each frame was captured.
    async fn end(self) -> Result<HashMap<i64, f64>> {
        File::create(&self.over)?;
        let captured: Vec<(i64, f64)> = self.driver.end().await?;
        Ok(captured.into_iter().collect())
    }
}

/// How many frames came to somebody in a second, and their delays at the 95th percentile, in ms.
fn quality(came: &[Came], captured: &HashMap<i64, f64>, during: Duration) -> (f64, f64) {
    let delays = came
        .iter()
        .filter_map(|came| Some(came.at - captured.get(&came.frame)?))
        .collect();
    (came.len() as f64 / during.as_secs_f64(), p95(delays))
}

/// The fewest frames that anybody got, and the longest delay.
fn worst(all: &[Vec<Came>], captured: &HashMap<i64, f64>, during: Duration) -> (f64, f64) {
    let each = all.iter().map(|came| quality(came, captured, during));
    each.fold((f64::INFINITY, 0.0), |(frames, delay), (fewer, longer)| {
        (frames.min(fewer), delay.max(longer))
    })
}

/// What the one who stalls has paid for at most, in MB.
const CREDIT: f64 = MOST_CREDIT as f64 / 1e6;

/// Five view, and the first of them stalls: what the others see before and after, and what the worker holds more.
async fn stalled(fleet: &Fleet, display: &Display, pace: Pace) -> Result<Vec<Row>> {
    let seats = guests(fleet, FIVE + 1).await?;
    let shared = Shared::begin(fleet, display, "stalled", &seats).await?;
    let during = pace.round * 3;
    let start = held_by(fleet.group());
    let before = shared.watch(1, during).await?;
    let between = held_by(fleet.group());
    if let Some(first) = shared.viewers.first() {
        first.stall();
    }
    let after = shared.watch(1, during).await?;
    let end = held_by(fleet.group());
    let captured = shared.end().await?;
    let (frames_before, delay_before) = worst(&before, &captured, during);
    let (frames, delay) = worst(&after, &captured, during);
    let grown = [(between, end), (start, between)].map(|(from, to)| (to as f64 - from as f64) / 1000.0);
    eprintln!(
        "  stalled: {frames:.1} frames/s after {frames_before:.1}, p95 {delay:.1} ms after {delay_before:.1}, {:.1} MB more, {:.1} before",
        grown[0], grown[1],
    );
    Ok(vec![
        Row::with_peer(
            "one of five viewers stalls: frames of the others, beside before",
            "frames/s",
            frames,
            frames_before,
        )
        .with_target(Target::RatioAtLeast(0.9)),
        Row::with_peer(
            "one of five viewers stalls: p95 of the others, beside before",
            "ms",
            delay,
            delay_before,
        )
        .with_target(Target::AtMost(LATEST)),
        Row::with_peer(
            "one of five viewers stalls: growth of memory, beside before",
            "MB",
            grown[0],
            grown[1],
        )
        .with_target(Target::AtMost(1.1)),
        Row::of(
            "one of five viewers stalls: growth of memory beyond that before",
            "MB",
            grown[0] - grown[1],
        )
        .with_target(Target::AtMost(CREDIT)),
    ])
}

/// An attended session with this many people at the customer.
async fn guests(fleet: &Fleet, count: usize) -> Result<Vec<Seat>> {
    let session = Attended::open(fleet).await?;
    let mut seats = Vec::new();
    for place in 1..=count {
        seats.push(session.guest(fleet, u8::try_from(place)?).await?);
    }
    Ok(seats)
}

/// Ten participants of one session: a browser that shares, and nine who view. The peer is the same on plain node.
pub async fn crowd(pace: Pace) -> Result<Vec<Row>> {
    let (fleet, display) = prepare().await?;
    let during = pace.round * 3;
    let (mut frames, mut delays) = <(Comparison, Comparison)>::default();
    let mut each = Vec::new();
    for round in 0..pace.rounds.min(3) {
        let mut worsts = Vec::new();
        for side in ["ours", "peer"] {
            let mut relay = None;
            let seats = if side == "ours" {
                guests(&fleet, NINE + 1).await?
            } else {
                let started = relay.insert(Relay::start(&fleet.scratch("sharing"), NINE + 1).await?);
                (0..=NINE).map(|number| started.seat(number)).collect::<Result<_>>()?
            };
            let shared = Shared::begin(&fleet, &display, &format!("crowd-{side}-{round}"), &seats).await?;
            let came = shared.watch(0, during).await?;
            let captured = shared.end().await?;
            if side == "ours" {
                each = came.iter().map(|came| quality(came, &captured, during)).collect();
            }
            worsts.push(worst(&came, &captured, during));
            drop(relay);
        }
        if let [ours, peer] = worsts[..] {
            eprintln!(
                "  round {}: the fewest frames {:.1} and {:.1} a second, the longest p95 {:.1} and {:.1} ms",
                round + 1,
                ours.0,
                peer.0,
                ours.1,
                peer.1,
            );
            frames.note(ours.0, peer.0);
            delays.note(ours.1, peer.1);
        }
    }
    for (number, (frames, delay)) in each.iter().enumerate() {
        eprintln!("  viewer {}: {frames:.1} frames/s, p95 {delay:.1} ms", number + 1);
    }
    Ok(vec![
        Row::beside(
            "ten participants: frames of the viewer with the fewest",
            "frames/s",
            &frames,
        )
        .with_target(Target::AtLeast(LEAST_FRAMES)),
        Row::beside(
            "ten participants: capture to arrival, p95 of the slowest",
            "ms",
            &delays,
        )
        .with_target(Target::AtMost(LATEST)),
    ])
}

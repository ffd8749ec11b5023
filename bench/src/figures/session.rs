//! A remote support session: how much passes through its object, how long a message takes there and back, what a reader
//! who stalls costs, and how two sessions share an edge. The peer is a JavaScript object with the same envelope, credit and sockets.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use futures::future::{Either, select, try_join};
use serde_json::{Value, json};
use tegata_domain::session::frame::{
    self, AGENT, Act, HEADER, Header, Kind, LARGEST_PAYLOAD, MOST_CREDIT, PROTOCOL, cost,
};
use tokio::time::sleep;
use xtask::process::now;

use crate::{
    compare::{Comparison, Pace, Side, Spread, p95},
    fleet::{Caller, Fleet, Machine},
    memory::held_by,
    peer::Peer,
    report::{Row, Target},
    signing::{private_jwk, random_text},
    socket::Socket,
};

/// The desk's address: it is the first to join.
const DESK: u16 = AGENT + 1;
/// The receiver restates its credit after this many bytes, as the console does.
const RESTATE: u64 = MOST_CREDIT / 4;
/// Round trips of a round.
const TRIPS: usize = 1_000;
/// Bytes of a message that goes there and back.
const SMALL: usize = 100;
/// Streams that a stalled reader has paid for: as many as a participant may have.
const STALLED: u32 = 32;

/// Both ends of a session on one side.
struct Ends {
    desk: Socket,
    agent: Socket,
    /// The highest stream that was opened.
    streams: u32,
}

impl Ends {
    /// The desk opens another stream.
    async fn open(&mut self) -> Result<u32> {
        self.streams += 1;
        let header = Header::new(Act::Open, Kind::Diagnostics, AGENT, self.streams);
        send(&mut self.desk, header, &[]).await?;
        let (header, _) = next(&mut self.agent, self.streams).await?;
        if header.act != Act::Open {
            bail!("the stream was not opened: {header:?}");
        }
        Ok(self.streams)
    }
}

async fn send(socket: &mut Socket, header: Header, payload: &[u8]) -> Result<()> {
    socket
        .feed(frame::write(header, payload).context("too long a payload")?)
        .await?;
    socket.flush().await
}

/// The next frame of this stream; what belongs to one before, or is said by the session itself, is skipped.
async fn next(socket: &mut Socket, stream: u32) -> Result<(Header, usize)> {
    loop {
        let message = socket.receive().await?;
        let (header, payload) = frame::read(&message)?;
        if header.kind != Kind::Control && header.stream == stream {
            return Ok((header, payload.len()));
        }
    }
}

/// Opens a session as a person at the machine does (K6), and has the desk join.
async fn ours(fleet: &Fleet, machine: &Machine) -> Result<(Ends, Socket)> {
    let mut control = fleet.connect(fleet.port, machine).await?;
    let command = random_text::<16>()?;
    control.say(&json!({"type": "support", "command": command})).await?;
    let session = loop {
        let message = control.hear().await?;
        match message["type"].as_str() {
            Some("session") => break message,
            Some("support_declined") => bail!("declined: {message}"),
            _ => {}
        }
    };
    let text = |document: &Value, name: &str| {
        let text = document[name].as_str().map(str::to_owned);
        text.with_context(|| format!("no {name} in {document}"))
    };
    let (number, password) = (text(&session, "number")?, text(&session, "password")?);
    let agent = fleet
        .agent_socket(fleet.port, machine, &format!("sessions/{number}"), PROTOCOL)
        .await?;
    let typed = json!({"number": number, "password": password});
    let joined = fleet.call(Caller::Desk, "POST", "desk/sessions/join", &typed).await?;
    let desk = fleet.desk_socket(&number, &text(&joined, "ticket")?).await?;
    let ends = Ends {
        desk,
        agent,
        streams: 0,
    };
    Ok((ends, control))
}

async fn theirs(peer: &Peer) -> Result<Ends> {
    let open = async |address: u16| {
        let path = format!("/t/hayate/sessions/100000001?as={address}");
        Socket::open(
            peer.port(),
            "peer.example",
            &path,
            &[("sec-websocket-protocol", PROTOCOL)],
        )
        .await
    };
    Ok(Ends {
        desk: open(DESK).await?,
        agent: open(AGENT).await?,
        streams: 0,
    })
}

/// Throughput in Mbit/s of payload from the agent to the desk for `during`, in frames of `length` bytes with their header.
async fn stream(ends: &mut Ends, length: usize, during: Duration) -> Result<f64> {
    let stream = ends.open().await?;
    let payload = vec![7; length.saturating_sub(HEADER)];
    let began = now();
    let received = {
        let sending = pin!(keep_sending(&mut ends.agent, stream, &payload, began + during));
        let receiving = pin!(keep_receiving(&mut ends.desk, stream));
        match select(sending, receiving).await {
            Either::Left((sent, receiving)) => {
                sent?;
                receiving.await?
            }
            Either::Right((received, _)) => received?,
        }
    };
    let taken = now().saturating_duration_since(began).as_secs_f64();
    send(
        &mut ends.desk,
        Header::new(Act::Close, Kind::Diagnostics, AGENT, stream),
        &[],
    )
    .await?;
    Ok(received as f64 * 8.0 / 1e6 / taken)
}

/// Sends as long as there is credit and time, then closes the stream.
async fn keep_sending(socket: &mut Socket, stream: u32, payload: &[u8], end: Instant) -> Result<()> {
    let mut header = Header::new(Act::Data, Kind::Diagnostics, DESK, stream);
    let mut credit = frame::FIRST_CREDIT;
    let each = cost(u32::try_from(payload.len())?);
    while now() < end {
        if header.offset + each <= credit {
            socket
                .feed(frame::write(header, payload).context("too long a payload")?)
                .await?;
            header.offset += each;
        } else {
            socket.flush().await?;
            let (restated, _) = next(socket, stream).await?;
            if restated.act == Act::Credit {
                credit = restated.offset;
            }
        }
    }
    send(socket, Header::new(Act::Close, Kind::Diagnostics, DESK, stream), &[]).await
}

/// Receives until the stream is closed, and pays for what it has read. Returns the bytes of the payloads.
async fn keep_receiving(socket: &mut Socket, stream: u32) -> Result<u64> {
    let mut credit = Header::new(Act::Credit, Kind::Diagnostics, AGENT, stream);
    let (mut read, mut bytes) = (0, 0);
    loop {
        if read + MOST_CREDIT >= credit.offset + RESTATE {
            // What the sender has sent is known to be at least what was read.
            credit.offset = read + MOST_CREDIT;
            send(socket, credit, &[]).await?;
        }
        let (header, length) = next(socket, stream).await?;
        match header.act {
            Act::Data => {
                read = header.offset + cost(u32::try_from(length)?);
                bytes += u64::try_from(length)?;
            }
            Act::Close => return Ok(bytes),
            Act::Credit | Act::Open => {}
        }
    }
}

/// The times in ms in which small messages go from the desk to the agent and back.
async fn trips(ends: &mut Ends, count: usize) -> Result<Vec<f64>> {
    let stream = ends.open().await?;
    let mut there = Header::new(Act::Data, Kind::Diagnostics, AGENT, stream);
    let mut back = Header::new(Act::Data, Kind::Diagnostics, DESK, stream);
    let payload = [7; SMALL];
    let each = cost(u32::try_from(SMALL)?);
    let mut taken = Vec::new();
    for _ in 0..count {
        // Both pay long before they run out.
        if there.offset.is_multiple_of(1024 * each) {
            let credit = |to| Header {
                offset: there.offset + MOST_CREDIT,
                ..Header::new(Act::Credit, Kind::Diagnostics, to, stream)
            };
            send(&mut ends.desk, credit(AGENT), &[]).await?;
            next(&mut ends.agent, stream).await?;
            send(&mut ends.agent, credit(DESK), &[]).await?;
            next(&mut ends.desk, stream).await?;
        }
        let began = now();
        send(&mut ends.desk, there, &payload).await?;
        next(&mut ends.agent, stream).await?;
        send(&mut ends.agent, back, &payload).await?;
        next(&mut ends.desk, stream).await?;
        taken.push(now().saturating_duration_since(began).as_secs_f64() * 1e3);
        there.offset += each;
        back.offset += each;
    }
    for (socket, to) in [(&mut ends.desk, AGENT), (&mut ends.agent, DESK)] {
        send(socket, Header::new(Act::Close, Kind::Diagnostics, to, stream), &[]).await?;
    }
    next(&mut ends.desk, stream).await?;
    next(&mut ends.agent, stream).await?;
    Ok(taken)
}

/// A desk pays for all that it may, and reads nothing. Returns how much the worker grows, and how much was paid for, in MB.
async fn stall(fleet: &Fleet) -> Result<(f64, f64)> {
    let machine = fleet.machines.first().context("no machine")?;
    let (mut ends, control) = ours(fleet, machine).await?;
    let mut streams = Vec::new();
    for _ in 0..STALLED {
        let stream = ends.open().await?;
        let mut credit = Header::new(Act::Credit, Kind::Diagnostics, AGENT, stream);
        credit.offset = MOST_CREDIT;
        send(&mut ends.desk, credit, &[]).await?;
        next(&mut ends.agent, stream).await?;
        streams.push(stream);
    }
    sleep(Duration::from_secs(2)).await;
    let before = held_by(fleet.group());
    let payload = vec![7; usize::try_from(LARGEST_PAYLOAD)?];
    let (each, mut paid) = (cost(LARGEST_PAYLOAD), 0);
    for stream in streams {
        let mut header = Header::new(Act::Data, Kind::Diagnostics, DESK, stream);
        while header.offset + each <= MOST_CREDIT {
            ends.agent
                .feed(frame::write(header, &payload).context("too long a payload")?)
                .await?;
            header.offset += each;
        }
        paid += header.offset;
    }
    ends.agent.flush().await?;
    sleep(Duration::from_secs(2)).await;
    let grown = held_by(fleet.group()).saturating_sub(before) as f64 / 1000.0;
    // One frame more than is paid for ends its sender.
    let mut unpaid = Header::new(Act::Data, Kind::Diagnostics, DESK, STALLED);
    unpaid.offset = MOST_CREDIT / each * each;
    send(&mut ends.agent, unpaid, &payload).await?;
    if ends.agent.receive().await.is_ok() {
        bail!("an unpaid frame was accepted");
    }
    control.close().await;
    Ok((grown, paid as f64 / 1e6))
}

/// A session for measuring what passes through it beside something else, in frames of the largest size.
pub struct Raw {
    ends: Ends,
    /// The session lives as long as the agent's other socket.
    _control: Socket,
}

impl Raw {
    /// Opens one, with the first machine.
    pub async fn open(fleet: &Fleet) -> Result<Self> {
        let machine = fleet.machines.first().context("no machine")?;
        let (ends, control) = ours(fleet, machine).await?;
        Ok(Self {
            ends,
            _control: control,
        })
    }

    /// Mbit/s from the agent to the desk.
    pub async fn rate(&mut self, during: Duration) -> Result<f64> {
        stream(&mut self.ends, usize::try_from(frame::LARGEST)?, during).await
    }
}

/// Two sessions at full rate at the same time on one edge: how fast the slower one is beside the faster one.
async fn together(pace: Pace) -> Result<Row> {
    let fleet = Fleet::prepare(2)?;
    let mut both = Vec::new();
    for machine in &fleet.machines {
        both.push(ours(&fleet, machine).await?);
    }
    let [(one, _), (other, _)] = &mut both[..] else {
        bail!("not two sessions");
    };
    let mut compared = Comparison::default();
    for round in 0..=pace.rounds {
        let rates = try_join(stream(one, 64 * 1024, pace.round), stream(other, 64 * 1024, pace.round)).await?;
        if round > 0 {
            eprintln!("  round {round}: together {:.0} and {:.0} Mbit/s", rates.0, rates.1);
            compared.note(rates.0.min(rates.1), rates.0.max(rates.1));
        }
    }
    let row = Row::beside(
        "two sessions at full rate, the slower beside the faster",
        "Mbit/s",
        &compared,
    );
    Ok(row.with_target(Target::RatioAtLeast(0.8)))
}

/// Throughput, round trips, and a stalled reader.
pub async fn measure(pace: Pace) -> Result<Vec<Row>> {
    let fleet = Fleet::prepare(1)?;
    let key = private_jwk(&fleet.signers().token);
    let settings = [("EDGE_URL", "https://edge.example"), ("SIGNING_KEY", key.as_str())];
    let peer = Peer::start("remote", &fleet.scratch("remote"), &[], &settings)?;
    let (ends, control) = ours(&fleet, fleet.machines.first().context("no machine")?).await?;
    let mut sides = [(Side::Ours, ends), (Side::Peer, theirs(&peer).await?)];
    let mut rows = Vec::new();
    for (name, length) in [("1 KB", 1024), ("64 KB", 64 * 1024)] {
        let mut compared = Comparison::default();
        for round in 0..=pace.rounds {
            let mut rates = [0.0; 2];
            for (rate, (_, ends)) in rates.iter_mut().zip(&mut sides) {
                *rate = stream(ends, length, pace.round).await?;
            }
            // The first warms both up.
            if round > 0 {
                eprintln!("  round {round}: {name} {:.0} and {:.0} Mbit/s", rates[0], rates[1]);
                compared.note(rates[0], rates[1]);
            }
        }
        let row = Row::beside(format!("a session, {name} messages"), "Mbit/s", &compared);
        rows.push(row.with_target(Target::RatioAtLeast(0.9)));
        if length > 1024 {
            let row = Row::of(
                format!("a session, {name} messages, by itself"),
                "Mbit/s",
                compared.ours(),
            );
            rows.push(row.with_target(Target::AtLeast(300.0)));
        }
    }
    let (mut middle, mut late) = (Comparison::default(), Comparison::default());
    for round in 0..=pace.rounds {
        let mut taken = [Vec::new(), Vec::new()];
        for (taken, (_, ends)) in taken.iter_mut().zip(&mut sides) {
            *taken = trips(ends, TRIPS).await?;
        }
        if round > 0 {
            let [ours, theirs] = taken.clone().map(p95);
            eprintln!("  round {round}: there and back, p95 {ours:.2} and {theirs:.2} ms");
            late.note(ours, theirs);
            let [ours, theirs] = taken.map(|taken| Spread::of(taken).median);
            middle.note(ours, theirs);
        }
    }
    rows.push(Row::beside(
        "a session, 100 bytes there and back, median",
        "ms",
        &middle,
    ));
    let row = Row::beside("a session, 100 bytes there and back, p95", "ms", &late);
    rows.push(row.with_target(Target::AtMost(1.0)));
    drop(sides);
    control.close().await;
    // The offer of the session that is over is not answered anew: another process begins without it.
    sleep(Duration::from_secs(1)).await;
    let fleet = Fleet::prepare(1)?;
    let (grown, paid) = stall(&fleet).await?;
    eprintln!("  stalled: {grown:.1} MB more for {paid:.1} MB of credit");
    let row = Row::of(
        format!("a stalled reader with {paid:.0} MB of credit: growth of memory"),
        "MB",
        grown,
    );
    rows.push(row.with_target(Target::AtMost(paid)));
    rows.push(together(pace).await?);
    Ok(rows)
}

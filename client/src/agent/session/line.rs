//! One connection to a session: it reads frames and writes those of the control stream and of all others, the urgent ones
//! first. What a stream's task has of it is in `stream`, what frames cost in `flow`; what the control messages mean is
//! decided in `session`.

use super::flow::Inflow;
use super::pace::{PROBED, Pace};
use super::stream::{Incoming, Outgoing, Stream};
use crate::agent::Agent;
use crate::agent::connection::{MISSED, ping_interval};
use crate::agent::socket::{self, Socket};
use crate::error::Error;
use bytes::Bytes;
use futures::task::AtomicWaker;
use futures::{SinkExt as _, StreamExt as _};
use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::ops::Bound::{Excluded, Included, Unbounded};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tegata_domain::session::SessionNumber;
use tegata_domain::session::control::{FromParticipant, ToParticipant};
use tegata_domain::session::frame::{
    AGENT, Act, ENDED, HEADER, Header, Kind, LARGEST, LARGEST_CONTROL, LOWER_OPENS, MALFORMED, MOST_CREDIT,
    MOST_STREAMS, PROTOCOL, SESSION, cost, read, write,
};
use tokio::time::{Instant, Sleep, sleep_until, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

/// How long the handshake may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most open streams of all connections of the desk together.
const MOST: usize = 4 * MOST_STREAMS;
/// Frames that are written before the line reads again.
const BURST: usize = 32;
/// The longest frame of a patient stream beside others, in bytes.
const PATIENT: usize = 16 * 1024;
/// After how many bytes of others a patient stream has its turn.
const TURN: usize = 64 * 1024;

/// Why a connection is of no use any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// The edge closed it because the session has ended.
    Ended,
    /// It broke off, or was closed otherwise.
    Lost,
    /// The other side broke the protocol; it is closed with this code.
    Malformed(u16),
}

/// What came.
#[derive(Debug)]
pub(super) enum Heard {
    /// The session said something.
    Said(ToParticipant),
    /// Somebody has opened a stream.
    Opened(Opened),
}

/// A stream that was opened, with the ends for its task.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) by: u16,
    pub(super) number: u32,
    pub(super) kind: Kind,
    pub(super) incoming: Incoming,
    pub(super) outgoing: Outgoing,
}

/// An open connection. Dropping it ends its streams.
pub(super) struct Line {
    socket: Socket,
    ping: Pin<Box<Sleep>>,
    unanswered: u32,
    /// What the session said, and up to where the agent has paid.
    control: Inflow,
    /// What leaves before anything else.
    urgent: VecDeque<Message>,
    streams: BTreeMap<(u16, u32), Stream>,
    /// The number of the stream that the agent has opened last.
    last_own: u32,
    /// The stream whose turn it was last.
    turn: (u16, u32),
    /// Bytes of others since a patient stream had its turn.
    since_patient: usize,
    pace: Pace,
    /// Bytes of streams that are not patient since a ping left.
    since_ping: usize,
    /// When the pace is measured next.
    probe: Pin<Box<Sleep>>,
    wake: Arc<AtomicWaker>,
    /// Whether the session has said who is there and what was said before.
    pub(super) welcomed: bool,
    /// The desk's staff in the session, by address.
    pub(super) names: BTreeMap<u16, String>,
}

impl Line {
    /// Connects to the session.
    pub(super) async fn open(agent: &Agent, number: &SessionNumber) -> Result<Self, Error> {
        let path = format!("sessions/{number}");
        let largest = usize::try_from(LARGEST).unwrap_or(usize::MAX);
        let opened = timeout(PATIENCE, socket::open(agent, &path, PROTOCOL, largest)).await;
        let socket = opened.unwrap_or(Err(Error::Protocol("the edge did not answer in time")))?;
        let mut line = Self {
            socket,
            ping: Box::pin(sleep_until(Instant::now() + ping_interval())),
            unanswered: 0,
            control: Inflow::SMALL,
            urgent: VecDeque::new(),
            streams: BTreeMap::new(),
            last_own: LOWER_OPENS,
            turn: (0, 0),
            since_patient: 0,
            pace: Pace::new(),
            since_ping: 0,
            probe: Box::pin(sleep_until(Instant::now())),
            wake: Arc::new(AtomicWaker::new()),
            welcomed: false,
            names: BTreeMap::new(),
        };
        // What a ping takes while nothing queues is known from here on.
        line.send_ping();
        Ok(line)
    }

    /// The names of the desk's staff in the session.
    pub(super) fn who(&self) -> Vec<String> {
        self.names.values().cloned().collect()
    }

    /// The name of somebody in the session.
    pub(super) fn name(&self, address: u16) -> String {
        self.names.get(&address).cloned().unwrap_or_default()
    }

    /// Somebody has left, and every stream with them has ended.
    pub(super) fn left(&mut self, id: u16) {
        self.names.remove(&id);
        self.streams.retain(|(who, _), _| *who != id);
    }

    /// Says something to the session.
    pub(super) fn say(&mut self, message: &FromParticipant) {
        let header = Header::new(Act::Data, Kind::Control, SESSION, 0);
        let text = serde_json::to_vec(message).unwrap_or_default();
        if let Some(message) = write(header, &text) {
            self.urgent.push_back(Message::binary(message));
        }
    }

    /// Opens a stream of the agent's own. `None` while as many are open as may be.
    pub(super) fn open_stream(&mut self, to: u16, kind: Kind) -> Option<(Incoming, Outgoing)> {
        let own = self.streams.keys().filter(|(_, number)| *number > LOWER_OPENS).count();
        if own >= MOST_STREAMS || to <= AGENT {
            return None;
        }
        self.last_own = self.last_own.checked_add(1)?;
        let (stream, incoming, outgoing) = Stream::new(kind, Arc::clone(&self.wake));
        if stream.is_patient() {
            self.pace.come(0, Instant::now());
        }
        let key = (to, self.last_own);
        self.urgent.push_back(empty(Act::Open, kind, key, 0));
        self.streams.insert(key, stream);
        Some((incoming, outgoing))
    }

    /// Waits until something comes that means something. Reads and writes meanwhile. Nothing is lost when the caller
    /// stops waiting, but nothing moves either.
    pub(super) async fn hear(&mut self) -> Result<Heard, Broken> {
        poll_fn(|cx| self.poll(cx)).await
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<Heard, Broken>> {
        self.wake.register(cx.waker());
        loop {
            self.poll_write(cx)?;
            if self.ping.as_mut().poll(cx).is_ready() {
                if self.unanswered >= MISSED {
                    return Poll::Ready(Err(Broken::Lost));
                }
                self.unanswered = self.unanswered.saturating_add(1);
                self.ping.as_mut().reset(Instant::now() + ping_interval());
                self.send_ping();
                continue;
            }
            let now = Instant::now();
            if !self.is_alone() && self.pace.expects(now) && self.probe.as_mut().poll(cx).is_ready() {
                self.probe.as_mut().reset(now + PROBED);
                self.send_ping();
                continue;
            }
            match self.socket.poll_next_unpin(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(message))) => {
                    if let Some(heard) = self.take(message)? {
                        return Poll::Ready(Ok(heard));
                    }
                }
                Poll::Ready(Some(Err(_)) | None) => return Poll::Ready(Err(Broken::Lost)),
            }
        }
    }

    /// Writes as much as the socket takes.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Result<(), Broken> {
        let mut written = 0;
        while let Poll::Ready(ready) = self.socket.poll_ready_unpin(cx) {
            ready.map_err(|_| Broken::Lost)?;
            if written >= BURST {
                cx.waker().wake_by_ref();
                break;
            }
            let Some(message) = self.next_message() else {
                break;
            };
            self.socket.start_send_unpin(message).map_err(|_| Broken::Lost)?;
            written = written.saturating_add(1);
        }
        match self.socket.poll_flush_unpin(cx) {
            Poll::Ready(Err(_)) => Err(Broken::Lost),
            Poll::Ready(Ok(())) | Poll::Pending => Ok(()),
        }
    }

    /// What is to leave next.
    fn next_message(&mut self) -> Option<Message> {
        if self.urgent.is_empty() {
            let now = Instant::now();
            let open = |stream: &&Stream| stream.is_patient() && !stream.closed;
            let files = self.streams.values().filter(open).count() as u64;
            let ahead = if self.is_alone() {
                MOST_CREDIT
            } else {
                self.pace.ahead(files)
            };
            for (key, stream) in &mut self.streams {
                if let Some(paid) = stream.due(if stream.is_patient() { ahead } else { MOST_CREDIT }, now) {
                    self.urgent.push_back(empty(Act::Credit, stream.kind, *key, paid));
                }
                if stream.is_complete() {
                    stream.closed = true;
                    self.urgent.push_back(empty(Act::Close, stream.kind, *key, 0));
                }
            }
        }
        self.urgent.pop_front().or_else(|| self.next_data())
    }

    /// Whether nobody looks at a screen or types.
    fn is_alone(&self) -> bool {
        self.streams.values().all(Stream::is_patient)
    }

    fn next_data(&mut self) -> Option<Message> {
        let alone = self.is_alone();
        let room = match alone {
            true => usize::MAX,
            false => usize::try_from(self.pace.room()).unwrap_or(PATIENT).min(PATIENT),
        };
        let patient_first = self.since_patient >= TURN;
        for patient in [patient_first, !patient_first] {
            let most = if patient { room } else { usize::MAX };
            let Some(message) = self.next_of(patient, most) else {
                continue;
            };
            if !patient {
                self.since_patient = self.since_patient.saturating_add(message.len());
                self.since_ping = self.since_ping.saturating_add(message.len());
            } else {
                self.since_patient = 0;
                self.pace.send(message.len() as u64);
                if !alone && self.pace.wants_probe() {
                    self.send_ping();
                }
            }
            return Some(Message::Binary(message));
        }
        self.since_patient = 0;
        None
    }

    /// The next frame of the streams that are patient, or of those that are not, each in its turn.
    fn next_of(&mut self, patient: bool, most: usize) -> Option<Bytes> {
        let turn = self.turn;
        for range in [(Excluded(turn), Unbounded), (Unbounded, Included(turn))] {
            for (key, stream) in self.streams.range_mut(range) {
                if stream.closed || stream.is_patient() != patient {
                    continue;
                }
                if let Some(message) = stream.next(*key, most) {
                    self.turn = *key;
                    return Some(message.freeze());
                }
            }
        }
        None
    }

    fn send_ping(&mut self) {
        self.pace.probe(Instant::now(), std::mem::take(&mut self.since_ping));
        self.urgent.push_back(Message::text("ping"));
    }

    /// Accounts for a message.
    fn take(&mut self, message: Message) -> Result<Option<Heard>, Broken> {
        self.unanswered = 0;
        match message {
            Message::Binary(bytes) => {
                let (header, _) = read(&bytes).map_err(|_| Broken::Malformed(MALFORMED))?;
                self.frame(&header, bytes.slice(HEADER..))
            }
            Message::Close(frame) => Err(match frame.map(|frame| u16::from(frame.code)) {
                Some(ENDED) => Broken::Ended,
                _ => Broken::Lost,
            }),
            Message::Text(text) => {
                if text == "pong" {
                    self.pace.answered(Instant::now());
                }
                Ok(None)
            }
            // What keeps the connection alive.
            _ => Ok(None),
        }
    }

    fn frame(&mut self, header: &Header, payload: Bytes) -> Result<Option<Heard>, Broken> {
        match header.kind {
            Kind::Control => self.control(header, &payload).map(Some),
            Kind::Diagnostics | Kind::Screen | Kind::Terminal | Kind::File => self.stream(header, payload),
            // What a newer side has, and what is not for machines.
            Kind::Chat | Kind::Signalling | Kind::Other(_) => Ok(None),
        }
    }

    fn control(&mut self, header: &Header, payload: &[u8]) -> Result<Heard, Broken> {
        let fits = header.act == Act::Data && header.stream == 0 && header.length <= LARGEST_CONTROL;
        if header.from != SESSION || !fits {
            return Err(Broken::Malformed(MALFORMED));
        }
        self.control.take(header)?;
        if let Some(paid) = self.control.pay_received(Instant::now()) {
            self.urgent
                .push_back(empty(Act::Credit, Kind::Control, (SESSION, 0), paid));
        }
        // JSON that is no message breaks the protocol; a type of a newer edge is skipped by its own rule.
        serde_json::from_slice(payload)
            .map(Heard::Said)
            .map_err(|_| Broken::Malformed(MALFORMED))
    }

    fn stream(&mut self, header: &Header, payload: Bytes) -> Result<Option<Heard>, Broken> {
        if header.stream == 0 || header.from <= AGENT {
            return Err(Broken::Malformed(MALFORMED));
        }
        let key = (header.from, header.stream);
        if header.act == Act::Open {
            let of_agent = header.stream >= LOWER_OPENS;
            if of_agent || self.streams.contains_key(&key) {
                return Err(Broken::Malformed(MALFORMED));
            }
            // The relay counts streams for each pair of participants: many together may want more than there is room for.
            if self.streams.len() >= MOST {
                self.urgent.push_back(empty(Act::Close, header.kind, key, 0));
                return Ok(None);
            }
            let (stream, incoming, outgoing) = Stream::new(header.kind, Arc::clone(&self.wake));
            self.streams.insert(key, stream);
            return Ok(Some(Heard::Opened(Opened {
                by: header.from,
                number: header.stream,
                kind: header.kind,
                incoming,
                outgoing,
            })));
        }
        // It may have crossed the stream's end.
        let Some(stream) = self.streams.get_mut(&key) else {
            return Ok(None);
        };
        match header.act {
            Act::Data => {
                stream.take(header, payload)?;
                if stream.is_patient() {
                    self.pace.come(cost(header.length), Instant::now());
                }
            }
            Act::Credit => stream.pay(header.offset)?,
            Act::Close => {
                if let Some(stream) = self.streams.remove(&key) {
                    if !stream.closed {
                        self.urgent.push_back(empty(Act::Close, stream.kind, key, 0));
                    }
                    stream.close();
                }
            }
            Act::Open => {}
        }
        Ok(None)
    }

    /// Closes the connection, with a code if the other side broke the protocol. What was said before leaves first.
    pub(super) async fn close(&mut self, code: Option<u16>) {
        let frame = code.map(|code| CloseFrame {
            code: code.into(),
            reason: "".into(),
        });
        let said: Vec<Message> = self.urgent.drain(..).collect();
        let _ = timeout(Duration::from_secs(2), async {
            for message in said {
                let _ = self.socket.send(message).await;
            }
            self.socket.close(frame).await
        })
        .await;
    }
}

/// A frame without a payload.
fn empty(act: Act, kind: Kind, (to, stream): (u16, u32), offset: u64) -> Message {
    let mut header = Header::new(act, kind, to, stream);
    header.offset = offset;
    Message::binary(header.write().to_vec())
}

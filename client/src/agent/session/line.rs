//! One connection to a session: frames and their streams. What they cost is in `flow`; what the control messages mean is
//! decided in `session`.

use super::flow::{Inflow, Stream};
use crate::agent::Agent;
use crate::agent::connection::{MISSED, ping_interval};
use crate::agent::socket::{self, Socket};
use crate::error::Error;
use futures::{SinkExt as _, StreamExt as _};
use std::collections::{BTreeMap, HashMap};
use std::time::Duration;
use tegata_domain::session::SessionNumber;
use tegata_domain::session::control::{FromParticipant, ToParticipant};
use tegata_domain::session::frame::{
    AGENT, Act, ENDED, Header, Kind, LARGEST, LARGEST_CONTROL, MALFORMED, MOST_STREAMS, PROTOCOL, SESSION, read, write,
};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

/// How long the handshake may take, and the writing of one frame.
const PATIENCE: Duration = Duration::from_secs(30);
/// Most open streams of all connections of the desk together.
const MOST: usize = 4 * MOST_STREAMS;

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

/// An open connection.
pub(super) struct Line {
    socket: Socket,
    next_ping: Instant,
    unanswered: u32,
    /// What the session said, and up to where the agent has paid.
    control: Inflow,
    streams: HashMap<(u16, u32), Stream>,
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
        Ok(Self {
            socket,
            next_ping: Instant::now() + ping_interval(),
            unanswered: 0,
            control: Inflow::NEW,
            streams: HashMap::new(),
            names: BTreeMap::new(),
        })
    }

    /// The names of the desk's staff in the session.
    pub(super) fn who(&self) -> Vec<String> {
        self.names.values().cloned().collect()
    }

    /// Somebody has left, and every stream with them has ended.
    pub(super) fn left(&mut self, id: u16) {
        self.names.remove(&id);
        self.streams.retain(|(who, _), _| *who != id);
    }

    /// Says something to the session.
    pub(super) async fn say(&mut self, message: &FromParticipant) -> Result<(), Broken> {
        let text = serde_json::to_vec(message).map_err(|_| Broken::Lost)?;
        let header = Header::new(Act::Data, Kind::Control, SESSION, 0);
        self.write(header, &text).await
    }

    /// Puts bytes on a stream. They leave as the desk pays for them.
    pub(super) fn bring(&mut self, to: u16, stream: u32, bytes: Vec<u8>) {
        if let Some(stream) = self.streams.get_mut(&(to, stream)) {
            stream.waiting = bytes;
            stream.written = 0;
        }
    }

    /// Nothing more comes on the stream: it is closed once all of it has left.
    pub(super) fn end_stream(&mut self, to: u16, stream: Option<u32>) {
        if let Some(stream) = stream.and_then(|stream| self.streams.get_mut(&(to, stream))) {
            stream.complete = true;
        }
    }

    /// Sends what is paid for, and closes the streams of which everything was sent.
    pub(super) async fn flush(&mut self) -> Result<(), Broken> {
        let keys: Vec<(u16, u32)> = self.streams.keys().copied().collect();
        for key in keys {
            while let Some((header, bytes)) = self.streams.get_mut(&key).and_then(|stream| stream.send_next(key)) {
                self.write(header, &bytes).await?;
            }
            let Some(stream) = self.streams.get_mut(&key) else {
                continue;
            };
            if stream.complete && !stream.closed && stream.is_written() {
                stream.closed = true;
                let header = Header::new(Act::Close, stream.kind, key.0, key.1);
                self.write(header, &[]).await?;
            }
        }
        Ok(())
    }

    async fn write(&mut self, header: Header, payload: &[u8]) -> Result<(), Broken> {
        let message = write(header, payload).ok_or(Broken::Lost)?;
        let sent = timeout(PATIENCE, self.socket.send(Message::binary(message))).await;
        sent.map_err(|_| Broken::Lost)?.map_err(|_| Broken::Lost)
    }

    /// Waits for a frame and accounts for it. Returns what the session said, if it was a control message. Nothing is
    /// lost when the caller stops waiting.
    pub(super) async fn hear(&mut self) -> Result<Option<ToParticipant>, Broken> {
        let message = match timeout_at(self.next_ping, self.socket.next()).await {
            Err(_) if self.unanswered >= MISSED => return Err(Broken::Lost),
            Err(_) => {
                self.unanswered = self.unanswered.saturating_add(1);
                self.next_ping = Instant::now() + ping_interval();
                let sent = timeout(PATIENCE, self.socket.send(Message::text("ping"))).await;
                return match sent {
                    Ok(Ok(())) => Ok(None),
                    _ => Err(Broken::Lost),
                };
            }
            Ok(Some(Ok(message))) => message,
            Ok(Some(Err(_)) | None) => return Err(Broken::Lost),
        };
        self.unanswered = 0;
        match message {
            Message::Binary(bytes) => {
                let (header, payload) = read(&bytes).map_err(|_| Broken::Malformed(MALFORMED))?;
                self.frame(&header, payload).await
            }
            Message::Close(frame) => Err(match frame.map(|frame| u16::from(frame.code)) {
                Some(ENDED) => Broken::Ended,
                _ => Broken::Lost,
            }),
            // `pong`, and what keeps the connection alive.
            _ => Ok(None),
        }
    }

    async fn frame(&mut self, header: &Header, payload: &[u8]) -> Result<Option<ToParticipant>, Broken> {
        match header.kind {
            Kind::Control => self.control(header, payload).await,
            Kind::Diagnostics => self.stream(header).await.map(|()| None),
            // Other kinds stand for abilities that this agent does not have.
            _ => Ok(None),
        }
    }

    async fn control(&mut self, header: &Header, payload: &[u8]) -> Result<Option<ToParticipant>, Broken> {
        let fits = header.act == Act::Data && header.stream == 0 && header.length <= LARGEST_CONTROL;
        if header.from != SESSION || !fits {
            return Err(Broken::Malformed(MALFORMED));
        }
        self.control.take(header)?;
        if let Some(paid) = self.control.pay() {
            let mut credit = Header::new(Act::Credit, Kind::Control, SESSION, 0);
            credit.offset = paid;
            self.write(credit, &[]).await?;
        }
        // JSON that is no message breaks the protocol; a type of a newer edge is skipped by its own rule.
        serde_json::from_slice(payload)
            .map(Some)
            .map_err(|_| Broken::Malformed(MALFORMED))
    }

    async fn stream(&mut self, header: &Header) -> Result<(), Broken> {
        if header.stream == 0 || header.from <= AGENT {
            return Err(Broken::Malformed(MALFORMED));
        }
        let key = (header.from, header.stream);
        if header.act == Act::Open {
            if self.streams.len() >= MOST || self.streams.contains_key(&key) {
                return Err(Broken::Malformed(MALFORMED));
            }
            self.streams.insert(key, Stream::new(header.kind));
            return Ok(());
        }
        // It may have crossed the stream's end.
        let Some(stream) = self.streams.get_mut(&key) else {
            return Ok(());
        };
        match header.act {
            // The desk has nothing to say on these streams; what it sends is counted and gets no new credit.
            Act::Data => stream.incoming.take(header)?,
            Act::Credit => stream.pay(header.offset)?,
            Act::Close => {
                let (answered, kind) = (stream.closed, stream.kind);
                self.streams.remove(&key);
                if !answered {
                    self.write(Header::new(Act::Close, kind, key.0, key.1), &[]).await?;
                }
            }
            Act::Open => {}
        }
        Ok(())
    }

    /// Closes the connection, with a code if the other side broke the protocol.
    pub(super) async fn close(&mut self, code: Option<u16>) {
        let frame = code.map(|code| CloseFrame {
            code: code.into(),
            reason: "".into(),
        });
        let _ = timeout(Duration::from_secs(2), self.socket.close(frame)).await;
    }
}

//! A participant of a session, as a socket of ours: says hello, keeps what the session says, opens streams, and pays for
//! what it reads. What is on the streams is the figures'.

use std::collections::VecDeque;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use tegata_domain::session::frame::{
    self, Act, FIRST_CREDIT, Header, Kind, LARGEST_PAYLOAD, LOWER_OPENS, MOST_CREDIT, PROTOCOL, SESSION, cost,
};

use crate::socket::Socket;

/// Where a participant opens their socket, and with which ticket.
#[derive(Clone, Debug)]
pub struct Seat {
    /// The port.
    pub port: u16,
    /// The value of `Host`.
    pub host: String,
    /// The page's origin.
    pub origin: String,
    /// The path.
    pub path: String,
    /// Lets one connection in.
    pub ticket: String,
}

/// A frame is not made smaller than this to fit what is paid for, in bytes.
const LEAST: usize = 1024;

/// What comes next.
pub enum Event {
    /// The session says something.
    Said(Value),
    /// A frame of a stream.
    Frame(Header, Vec<u8>),
}

/// Somebody in the session.
pub struct Party {
    /// Their address.
    pub you: u16,
    /// What the session said and nobody has asked for, oldest first.
    pub heard: VecDeque<Value>,
    socket: Socket,
    /// Up to where the session may speak.
    allowed: u64,
    streams: u32,
}

impl Party {
    /// Joins with a seat's ticket, and waits for the welcome, which is the first that was heard.
    pub async fn join(seat: &Seat) -> Result<Self> {
        let protocols = format!("{PROTOCOL}, {}", seat.ticket);
        let headers = [
            ("origin", seat.origin.as_str()),
            ("sec-websocket-protocol", protocols.as_str()),
            ("x-forwarded-proto", "https"),
        ];
        let socket = Socket::open(seat.port, &seat.host, &seat.path, &headers).await?;
        let mut party = Self {
            you: 0,
            heard: VecDeque::new(),
            socket,
            allowed: FIRST_CREDIT,
            streams: 0,
        };
        party.say(&json!({"type": "hello"})).await?;
        while party.you == 0 {
            if let Event::Said(said) = party.next().await? {
                party.you = address(&said["you"]).unwrap_or_default();
                party.heard.push_back(said);
            }
        }
        Ok(party)
    }

    /// Says something to the session.
    pub async fn say(&mut self, message: &Value) -> Result<()> {
        let header = Header::new(Act::Data, Kind::Control, SESSION, 0);
        self.send(header, message.to_string().as_bytes()).await
    }

    /// Sends a frame.
    pub async fn send(&mut self, header: Header, payload: &[u8]) -> Result<()> {
        self.feed(header, payload).await?;
        self.flush().await
    }

    /// Sends a frame, which leaves with the next [`flush`](Self::flush) or when the buffer is full.
    pub async fn feed(&mut self, header: Header, payload: &[u8]) -> Result<()> {
        let bytes = frame::write(header, payload).context("too long a payload")?;
        self.socket.feed(bytes).await
    }

    /// Sends what is still in the buffer.
    pub async fn flush(&mut self) -> Result<()> {
        self.socket.flush().await
    }

    /// Waits for what comes next.
    pub async fn next(&mut self) -> Result<Event> {
        loop {
            let message = self.socket.receive().await?;
            let (header, payload) = frame::read(&message)?;
            if header.kind != Kind::Control {
                return Ok(Event::Frame(header, payload.to_vec()));
            }
            if header.act != Act::Data {
                continue;
            }
            let read = header.offset + cost(header.length);
            if read + FIRST_CREDIT / 2 >= self.allowed {
                self.allowed = read + FIRST_CREDIT;
                let mut credit = Header::new(Act::Credit, Kind::Control, SESSION, 0);
                credit.offset = self.allowed;
                self.send(credit, &[]).await?;
            }
            return Ok(Event::Said(serde_json::from_slice(payload)?));
        }
    }

    /// Waits until participant `id` is there.
    pub async fn meets(&mut self, id: u16) -> Result<()> {
        let is = |who: &Value| address(&who["id"]) == Some(id);
        let among = |said: &Value| said["roster"].as_array().is_some_and(|roster| roster.iter().any(is));
        if !self.heard.iter().any(among) {
            self.hears(|said| said["type"] == "joined" && is(said)).await?;
        }
        Ok(())
    }

    /// The next that the session says and `wanted` accepts. Frames that come before are dropped.
    pub async fn hears(&mut self, wanted: impl Fn(&Value) -> bool) -> Result<Value> {
        if let Some(at) = self.heard.iter().position(&wanted) {
            return self.heard.remove(at).context("nothing was heard");
        }
        loop {
            match self.next().await? {
                Event::Said(said) if wanted(&said) => return Ok(said),
                Event::Said(said) => self.heard.push_back(said),
                Event::Frame(..) => {}
            }
        }
    }

    /// Opens a stream to somebody. Returns its number.
    pub async fn open(&mut self, kind: Kind, to: u16) -> Result<u32> {
        self.streams += 1;
        let first = if self.you < to { LOWER_OPENS } else { 1 };
        let number = first + self.streams - 1;
        self.send(Header::new(Act::Open, kind, to, number), &[]).await?;
        Ok(number)
    }

    /// The next frame of this stream. What the session says meanwhile is kept; other streams are dropped.
    pub async fn frame(&mut self, stream: u32) -> Result<(Header, Vec<u8>)> {
        loop {
            match self.next().await? {
                Event::Frame(header, payload) if header.stream == stream => return Ok((header, payload)),
                Event::Frame(..) => {}
                Event::Said(said) => self.heard.push_back(said),
            }
        }
    }

    /// Says goodbye.
    pub async fn leave(self) {
        self.socket.close().await;
    }
}

/// An address in a message.
pub fn address(value: &Value) -> Option<u16> {
    value.as_u64().and_then(|id| u16::try_from(id).ok())
}

/// What a receiver pays for on one stream.
pub struct Paying {
    credit: Header,
    ahead: u64,
}

impl Paying {
    /// Pays for `ahead` bytes beyond what was read, at most.
    pub fn new(kind: Kind, to: u16, stream: u32, ahead: u64) -> Self {
        let mut credit = Header::new(Act::Credit, kind, to, stream);
        credit.offset = FIRST_CREDIT;
        Self {
            credit,
            ahead: ahead.min(MOST_CREDIT),
        }
    }

    /// Takes a data frame that was read; pays for more where half of what is allowed is used up.
    pub async fn read(&mut self, party: &mut Party, header: &Header) -> Result<()> {
        let read = header.offset + cost(header.length);
        if read + self.ahead / 2 >= self.credit.offset {
            self.credit.offset = read + self.ahead;
            party.send(self.credit, &[]).await?;
        }
        Ok(())
    }
}

/// What a sender may send on one stream.
pub struct Paid {
    header: Header,
    credit: u64,
}

impl Paid {
    /// At the beginning of a stream.
    pub fn new(kind: Kind, to: u16, stream: u32) -> Self {
        Self {
            header: Header::new(Act::Data, kind, to, stream),
            credit: FIRST_CREDIT,
        }
    }

    /// Sends one frame as soon as all of it is paid for: a message.
    pub async fn post(&mut self, party: &mut Party, payload: &[u8]) -> Result<()> {
        let each = cost(u32::try_from(payload.len())?);
        while self.header.offset + each > self.credit {
            self.wait(party).await?;
        }
        party.feed(self.header, payload).await?;
        self.header.offset += each;
        Ok(())
    }

    /// Sends bytes in as few frames as what is paid for allows, none of them tiny (`console/src/session/outflow.ts`).
    pub async fn send(&mut self, party: &mut Party, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let room = self.credit.saturating_sub(self.header.offset + cost(0));
            let most = bytes.len().min(usize::try_from(LARGEST_PAYLOAD)?);
            let fits = most.min(usize::try_from(room)?);
            if fits < most.min(LEAST) {
                self.wait(party).await?;
                continue;
            }
            let (now, later) = bytes.split_at(fits);
            self.post(party, now).await?;
            bytes = later;
        }
        Ok(())
    }

    async fn wait(&mut self, party: &mut Party) -> Result<()> {
        party.flush().await?;
        let (header, _) = party.frame(self.header.stream).await?;
        match header.act {
            Act::Credit => self.credit = header.offset,
            Act::Close => bail!("the receiver has closed the stream"),
            Act::Data | Act::Open => {}
        }
        Ok(())
    }
}

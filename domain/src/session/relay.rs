//! What may pass between the participants of a session, and how much of it: who is connected, their open streams, and
//! the credit of each direction. It sees headers only; the host passes the payloads on. It is kept in memory, and each
//! [`Seat`] with its socket while the object sleeps. The rules are those of docs/session-protocol.md.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::session::frame::{
    AGENT, Act, FIRST_CREDIT, Header, Kind, LARGEST_CONTROL, LEAST_CREDIT, LOWER_OPENS, MALFORMED, MOST_CREDIT,
    MOST_STREAMS, SESSION, UNPAID, cost, write,
};
use crate::session::{Ability, DeedOutcome};

/// Somebody sees a screen or uses a terminal, or cannot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remark {
    /// The address of who has opened it.
    pub by: u16,
    /// The address of whose it is.
    pub of: u16,
    /// The kind of the stream.
    pub kind: Kind,
    /// Whether anything was shown or sent.
    pub outcome: DeedOutcome,
}

/// What becomes of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passed {
    /// It goes to this participant, with its sender's address in it.
    To(u16),
    /// It goes to this participant, and the session has noted who sees a screen, or could not.
    Noted(u16),
    /// It goes to this participant, and its payload is kept for the session's record.
    Kept(u16),
    /// Its payload is a control message for the session.
    Control,
    /// It is skipped.
    Skip,
    /// Its sender is disconnected with this code.
    End(u16),
}

/// One direction of a stream: the offset after what was sent, and up to where the receiver has paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Flow {
    #[serde(rename = "s")]
    sent: u64,
    #[serde(rename = "c")]
    credit: u64,
}

impl Flow {
    const NEW: Self = Self {
        sent: 0,
        credit: FIRST_CREDIT,
    };

    /// Accounts for a data frame, unless it is out of place or unpaid.
    fn send(&mut self, offset: u64, length: u32) -> Result<(), u16> {
        let end = offset.saturating_add(cost(length));
        if offset != self.sent {
            return Err(MALFORMED);
        }
        if end > self.credit {
            return Err(UNPAID);
        }
        self.sent = end;
        Ok(())
    }

    /// Raises the credit to `offset`. Returns whether it rose.
    fn pay(&mut self, offset: u64) -> Result<bool, u16> {
        if offset > self.sent.saturating_add(MOST_CREDIT) {
            return Err(MALFORMED);
        }
        let rises = offset >= self.credit.saturating_add(LEAST_CREDIT);
        if rises {
            self.credit = offset;
        }
        Ok(rises)
    }
}

const fn agent() -> u16 {
    AGENT
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_agent(peer: &u16) -> bool {
    *peer == AGENT
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
const fn is_none(stream: &u32) -> bool {
    *stream == 0
}

/// A stream, kept with the connection that has opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stream {
    #[serde(rename = "k")]
    kind: u8,
    /// From who has opened it to the other side.
    #[serde(rename = "t")]
    there: Flow,
    /// From the other side.
    #[serde(rename = "b")]
    back: Flow,
    /// Whether who has opened it has closed it, and whether the other side has.
    #[serde(rename = "e")]
    ended: (bool, bool),
    /// The other side. Seats that were stored before there were others have streams to the agent.
    #[serde(rename = "p", default = "agent", skip_serializing_if = "is_agent")]
    peer: u16,
}

/// Which of two participants opens the stream with this number.
fn opener(stream: u32, one: u16, other: u16) -> u16 {
    match stream >= LOWER_OPENS {
        true => one.min(other),
        false => one.max(other),
    }
}

/// Whether streams of this kind run between these two at all.
fn runs(kind: Kind, opener: u16, other: u16) -> bool {
    match kind {
        Kind::File => true,
        Kind::Screen => opener != AGENT,
        Kind::Terminal | Kind::Diagnostics => other == AGENT,
        Kind::Signalling => opener != AGENT && other != AGENT,
        Kind::Control | Kind::Chat | Kind::Other(_) => false,
    }
}

/// A connected participant, with what has to outlast the object's sleep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The participant's address.
    pub address: u16,
    /// The number of the connection. The agent keeps its address when it connects again.
    pub connection: u16,
    /// Whether it is being disconnected.
    #[serde(skip)]
    ending: bool,
    /// What the session says to it.
    control: Flow,
    /// The highest stream it has opened below [`LOWER_OPENS`].
    #[serde(default)]
    opened: u32,
    /// The highest stream it has opened from there on.
    #[serde(default, skip_serializing_if = "is_none")]
    opened_as_lower: u32,
    /// The streams it has opened, until both sides have closed them.
    #[serde(default)]
    streams: BTreeMap<u32, Stream>,
}

impl Seat {
    /// A participant that has just connected.
    #[must_use]
    pub const fn new(address: u16, connection: u16) -> Self {
        Self {
            address,
            connection,
            ending: false,
            control: Flow::NEW,
            opened: 0,
            opened_as_lower: 0,
            streams: BTreeMap::new(),
        }
    }

    /// Opens `stream` to `peer`, unless it is not allowed.
    fn open(&mut self, stream: u32, peer: u16, kind: Kind, abilities: &[Ability]) -> Result<(), u16> {
        let allowed = runs(kind, self.address, peer) && abilities.iter().any(|ability| ability.allows(kind));
        let highest = match stream >= LOWER_OPENS {
            true => &mut self.opened_as_lower,
            false => &mut self.opened,
        };
        if !allowed || stream <= *highest || self.streams.len() >= MOST_STREAMS {
            return Err(MALFORMED);
        }
        *highest = stream;
        let new = Stream {
            peer,
            kind: kind.byte(),
            there: Flow::NEW,
            back: Flow::NEW,
            ended: (false, false),
        };
        self.streams.insert(stream, new);
        Ok(())
    }

    /// What becomes of a frame on a stream that this participant has opened to `peer`. `there` says that it comes from
    /// this participant.
    fn pass(&mut self, there: bool, peer: u16, header: &Header) -> Result<bool, u16> {
        let stream = self
            .streams
            .get_mut(&header.stream)
            .filter(|stream| stream.peer == peer);
        let Some(stream) = stream else {
            return Ok(false);
        };
        if stream.kind != header.kind.byte() {
            return Err(MALFORMED);
        }
        let (own, other) = match there {
            true => (&mut stream.ended.0, stream.ended.1),
            false => (&mut stream.ended.1, stream.ended.0),
        };
        if *own {
            return Ok(false);
        }
        match header.act {
            Act::Close => {
                *own = true;
                if other {
                    self.streams.remove(&header.stream);
                }
                return Ok(true);
            }
            // What crossed the other side's farewell is of no use to it.
            _ if other => return Ok(false),
            Act::Data | Act::Credit | Act::Open => {}
        }
        // Data moves in the sender's direction; credit is for the other.
        let flow = match there == (header.act == Act::Data) {
            true => &mut stream.there,
            false => &mut stream.back,
        };
        match header.act {
            Act::Data => flow.send(header.offset, header.length).map(|()| true),
            Act::Credit => flow.pay(header.offset),
            Act::Open | Act::Close => Err(MALFORMED),
        }
    }
}

/// The participants that are connected.
#[derive(Debug, Default)]
pub struct Relay {
    seats: BTreeMap<u16, Seat>,
    abilities: Vec<Ability>,
}

impl Relay {
    /// The relay of a session with these abilities and connections.
    #[must_use]
    pub fn new(abilities: Vec<Ability>, seats: Vec<Seat>) -> Self {
        let seats = seats.into_iter().map(|seat| (seat.address, seat)).collect();
        Self { seats, abilities }
    }

    /// The addresses of everybody who is connected.
    pub fn connected(&self) -> impl Iterator<Item = u16> {
        self.seats.keys().copied()
    }

    /// The connection of a participant.
    #[must_use]
    pub fn seat(&self, address: u16) -> Option<&Seat> {
        self.seats.get(&address)
    }

    /// Whether this is the participant's connection, and not one that another has replaced.
    #[must_use]
    pub fn is_current(&self, address: u16, connection: u16) -> bool {
        self.seats
            .get(&address)
            .is_some_and(|seat| seat.connection == connection)
    }

    /// Connects a participant, in place of its earlier connection if it has one.
    pub fn enter(&mut self, seat: Seat) {
        self.leave(seat.address);
        self.seats.insert(seat.address, seat);
    }

    /// Disconnects a participant, which ends its streams. Returns whether it was connected.
    pub fn leave(&mut self, address: u16) -> bool {
        for seat in self.seats.values_mut() {
            seat.streams.retain(|_, stream| stream.peer != address);
        }
        self.seats.remove(&address).is_some()
    }

    /// The frame that says `text` to a participant: `None` for one that is not connected.
    ///
    /// # Errors
    /// The participant has left too much unread.
    pub fn say(&mut self, address: u16, text: &str) -> Result<Option<Vec<u8>>, Stalled> {
        let Some(seat) = self.seats.get_mut(&address) else {
            return Ok(None);
        };
        let mut header = Header::new(Act::Data, Kind::Control, address, 0);
        header.offset = seat.control.sent;
        let length = u32::try_from(text.len()).map_err(|_| Stalled)?;
        seat.control.send(header.offset, length).map_err(|_| Stalled)?;
        write(header, text.as_bytes()).map(Some).ok_or(Stalled)
    }

    /// What becomes of a frame from the participant `from`. Nothing more is taken from one that is disconnected for it.
    pub fn pass(&mut self, from: u16, header: &Header) -> Passed {
        let passed = match header.kind {
            _ if self.seats.get(&from).is_none_or(|seat| seat.ending) => Ok(Passed::Skip),
            Kind::Other(_) => Ok(Passed::Skip),
            Kind::Control => self.control(from, header),
            Kind::Chat | Kind::File | Kind::Screen | Kind::Terminal | Kind::Diagnostics | Kind::Signalling => {
                self.stream(from, header)
            }
        };
        passed.unwrap_or_else(|code| {
            if let Some(seat) = self.seats.get_mut(&from) {
                seat.ending = true;
            }
            Passed::End(code)
        })
    }

    /// Whether this frame, which has not passed yet, says that somebody sees a screen or uses a terminal, or cannot: it is
    /// the first that the other side shows on the stream, or that its opener sends before that; or the other side closes
    /// the stream instead.
    #[must_use]
    pub fn remark(&self, from: u16, header: &Header) -> Option<Remark> {
        if !matches!(header.kind, Kind::Screen | Kind::Terminal | Kind::Signalling) {
            return None;
        }
        let by = opener(header.stream, from, header.to);
        let of = if by == from { header.to } else { from };
        let stream = self.seats.get(&by).and_then(|seat| seat.streams.get(&header.stream));
        let stream = stream.filter(|stream| stream.peer == of && stream.ended == (false, false))?;
        if stream.back.sent > 0 {
            return None;
        }
        let first = stream.there.sent == 0;
        let outcome = match header.act {
            // A terminal is asked for with the first that its opener sends; what follows is typed.
            Act::Data if by != from || first != (header.kind == Kind::Terminal) => DeedOutcome::Done,
            Act::Close if by != from => DeedOutcome::Failed,
            _ => return None,
        };
        let kind = header.kind;
        Some(Remark { by, of, kind, outcome })
    }

    fn control(&mut self, from: u16, header: &Header) -> Result<Passed, u16> {
        let seat = self.seats.get_mut(&from).ok_or(MALFORMED)?;
        match header.act {
            _ if header.to != SESSION || header.stream != 0 => Err(MALFORMED),
            Act::Data if header.offset == 0 && header.length <= LARGEST_CONTROL => Ok(Passed::Control),
            Act::Credit => seat.control.pay(header.offset).map(|_| Passed::Skip),
            Act::Data | Act::Open | Act::Close => Err(MALFORMED),
        }
    }

    fn stream(&mut self, from: u16, header: &Header) -> Result<Passed, u16> {
        let to = header.to;
        if to == SESSION || to == from || header.stream == 0 {
            return Err(MALFORMED);
        }
        let present = self.seats.contains_key(&to);
        let opener = opener(header.stream, from, to);
        if header.act == Act::Open {
            let seat = self.seats.get_mut(&from).filter(|_| opener == from).ok_or(MALFORMED)?;
            if !present {
                // Whoever opens it is about to learn that the other side has left.
                return Ok(Passed::Skip);
            }
            seat.open(header.stream, to, header.kind, &self.abilities)?;
            return Ok(Passed::To(to));
        }
        let (there, peer) = (opener == from, if opener == from { to } else { from });
        let Some(seat) = self.seats.get_mut(&opener).filter(|_| present) else {
            return Ok(Passed::Skip);
        };
        Ok(match seat.pass(there, peer, header)? {
            true if header.kind == Kind::Terminal && header.act == Act::Data => Passed::Kept(to),
            true => Passed::To(to),
            false => Passed::Skip,
        })
    }
}

/// A participant has left too many control messages unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stalled;

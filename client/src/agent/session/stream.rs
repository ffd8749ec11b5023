//! A stream: the end that the connection has, and the two that a task has, `Incoming` and `Outgoing`. Between them lies
//! what has come and was not consumed, which the credit bounds, and what is to leave, which `QUEUED` bounds. So a task
//! that stops reading stops its own sender, and one that writes faster than the line waits, and neither is in anybody's
//! way.

use super::flow::{Inflow, Outflow};
use super::line::Broken;
use bytes::{Bytes, BytesMut};
use futures::task::AtomicWaker;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tegata_domain::session::frame::{Act, HEADER, Header, Kind, cost};
use tokio::sync::Notify;
use tokio::time::Instant;

/// How many bytes may wait to leave before their task waits.
const QUEUED: usize = 128 * 1024;

/// The stream has ended: its other side has closed it, or the connection is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone;

/// How a stream ended, as far as it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// The other side has closed it, or has not ended it at all.
    Closed,
    /// The connection is gone, or the other side has left.
    Lost,
}

/// What lies between the connection and the task.
#[derive(Debug)]
struct Shared {
    between: Mutex<Between>,
    /// Something has come, or the stream has ended.
    came: Notify,
    /// Something has left, or the stream has ended.
    left: Notify,
    /// Wakes the connection.
    line: Arc<AtomicWaker>,
}

#[derive(Debug, Default)]
struct Between {
    came: VecDeque<Bytes>,
    /// What the task has consumed, as an offset.
    consumed: u64,
    leaves: VecDeque<Bytes>,
    /// Bytes in `leaves`.
    queued: usize,
    /// The task has nothing more to say.
    complete: bool,
    ended: bool,
    /// The other side has closed the stream.
    closed: bool,
}

impl Shared {
    fn locked(&self) -> MutexGuard<'_, Between> {
        // No holder panics, and what lies between is whole between any two statements.
        self.between.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What comes on a stream, for one task.
#[derive(Debug)]
pub(super) struct Incoming {
    shared: Arc<Shared>,
    /// The cost of what the task has in hand.
    in_hand: u64,
}

impl Incoming {
    /// The payload of the next frame; `None` when the stream has ended. Asking for it says that the one before has been
    /// consumed. Nothing is lost when the caller stops waiting.
    pub(super) async fn next(&mut self) -> Option<Bytes> {
        if self.in_hand > 0 {
            let mut between = self.shared.locked();
            between.consumed = between.consumed.saturating_add(std::mem::take(&mut self.in_hand));
            drop(between);
            self.shared.line.wake();
        }
        loop {
            {
                let mut between = self.shared.locked();
                if let Some(bytes) = between.came.pop_front() {
                    self.in_hand = cost(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
                    return Some(bytes);
                }
                if between.ended {
                    return None;
                }
            }
            self.shared.came.notified().await;
        }
    }

    /// How the stream ended.
    pub(super) fn ending(&self) -> Ending {
        let between = self.shared.locked();
        match between.ended && !between.closed {
            true => Ending::Lost,
            false => Ending::Closed,
        }
    }
}

/// What leaves on a stream, for one task. The stream is closed once this is dropped and everything has left.
#[derive(Debug)]
pub(super) struct Outgoing {
    shared: Arc<Shared>,
}

impl Outgoing {
    /// Has `bytes` leave, after waiting for room.
    pub(super) async fn send(&mut self, bytes: Bytes) -> Result<(), Gone> {
        loop {
            {
                let mut between = self.shared.locked();
                if between.ended {
                    return Err(Gone);
                }
                if between.queued < QUEUED {
                    between.queued = between.queued.saturating_add(bytes.len());
                    between.leaves.push_back(bytes);
                    drop(between);
                    self.shared.line.wake();
                    return Ok(());
                }
            }
            self.shared.left.notified().await;
        }
    }

    /// Ready when the stream has ended.
    pub(super) async fn gone(&mut self) {
        while !self.shared.locked().ended {
            self.shared.left.notified().await;
        }
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        self.shared.locked().complete = true;
        self.shared.line.wake();
    }
}

/// The connection's end of a stream.
#[derive(Debug)]
pub(super) struct Stream {
    pub(super) kind: Kind,
    inflow: Inflow,
    outflow: Outflow,
    shared: Arc<Shared>,
    /// The agent has closed it, and waits for the other side to do the same.
    pub(super) closed: bool,
}

impl Stream {
    /// A stream that has just been opened, with the ends for its task.
    pub(super) fn new(kind: Kind, line: Arc<AtomicWaker>) -> (Self, Incoming, Outgoing) {
        let shared = Arc::new(Shared {
            between: Mutex::default(),
            came: Notify::new(),
            left: Notify::new(),
            line,
        });
        let incoming = Incoming {
            shared: Arc::clone(&shared),
            in_hand: 0,
        };
        let outgoing = Outgoing {
            shared: Arc::clone(&shared),
        };
        let stream = Self {
            kind,
            inflow: match kind {
                Kind::File => Inflow::GROWING,
                _ => Inflow::SMALL,
            },
            outflow: Outflow::NEW,
            shared,
            closed: false,
        };
        (stream, incoming, outgoing)
    }

    /// Whether its bytes can wait for those of others.
    pub(super) const fn is_patient(&self) -> bool {
        matches!(self.kind, Kind::File | Kind::Diagnostics)
    }

    /// A data frame has come.
    pub(super) fn take(&mut self, header: &Header, payload: Bytes) -> Result<(), Broken> {
        self.inflow.take(header)?;
        self.shared.locked().came.push_back(payload);
        self.shared.came.notify_one();
        Ok(())
    }

    /// Accounts for credit from the other side.
    pub(super) fn pay(&mut self, offset: u64) -> Result<(), Broken> {
        self.outflow.pay(offset)
    }

    /// The other side closes it.
    pub(super) fn close(self) {
        self.shared.locked().closed = true;
    }

    /// The credit that is due for what the task has consumed: at most `ahead` beyond it.
    pub(super) fn due(&mut self, ahead: u64, now: Instant) -> Option<u64> {
        let consumed = {
            let between = self.shared.locked();
            // A stream that ends needs no credit.
            (!between.complete && !self.closed).then_some(between.consumed)
        };
        self.inflow.pay(consumed?, ahead, now)
    }

    /// The next data frame that the other side has paid for, with at most `most` bytes. `key` is the stream's. In a
    /// terminal each frame is one message; elsewhere as much as waits leaves together.
    pub(super) fn next(&mut self, key: (u16, u32), most: usize) -> Option<BytesMut> {
        let mut between = self.shared.locked();
        let room = self.outflow.room();
        let length = match self.kind {
            Kind::Terminal => between
                .leaves
                .front()
                .map(Bytes::len)
                .filter(|length| *length <= room)?,
            _ => between.queued.min(room).min(most),
        };
        if length == 0 {
            between.leaves.pop_front_if(|bytes| bytes.is_empty());
            return None;
        }
        let mut header = Header::new(Act::Data, self.kind, key.0, key.1);
        header.length = u32::try_from(length).ok()?;
        header.offset = self.outflow.sent;
        let mut message = BytesMut::with_capacity(HEADER.saturating_add(length));
        message.extend_from_slice(&header.write());
        let mut missing = length;
        while missing > 0 {
            let first = between.leaves.front_mut()?;
            let part = first.split_to(missing.min(first.len()));
            message.extend_from_slice(&part);
            missing = missing.saturating_sub(part.len());
            if first.is_empty() {
                between.leaves.pop_front();
            }
        }
        between.queued = between.queued.saturating_sub(length);
        drop(between);
        self.outflow.send(header.length);
        self.shared.left.notify_one();
        Some(message)
    }

    /// Whether the agent has said everything on it, and has not closed it yet.
    pub(super) fn is_complete(&self) -> bool {
        let between = self.shared.locked();
        between.complete && between.queued == 0 && !self.closed
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.shared.locked().ended = true;
        self.shared.came.notify_one();
        self.shared.left.notify_one();
    }
}

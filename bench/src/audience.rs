//! People who view a shared screen over the edge, as sockets of ours: they take the pictures, note when each one came, and
//! pay as the console does. The pictures are not decoded. One of them may stall: it pays for all that it may, and reads
//! nothing more.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tegata_domain::session::frame::{Act, Header, Kind, MOST_CREDIT, cost};
use tokio::{
    sync::Notify,
    task::{JoinHandle, spawn_local},
};

use crate::{
    clock::unix_milliseconds,
    party::{Party, Paying, Seat, address},
};

/// How far ahead of what was read the sender may be (`console/src/session/inflow.ts`).
const AHEAD: u64 = 262_144;
/// Bytes before the rest of a message on the stream, and before the picture in it: a kind and a length; a time.
const HEAD: usize = 5;
const TIME: usize = 8;
/// The kinds of messages with a picture.
const PICTURES: [u8; 2] = [1, 2];

/// A picture that came: its time by the sharing browser's clock of frames, in microseconds, and when it came, in ms since 1970.
#[derive(Clone, Copy, Debug)]
pub struct Came {
    /// Of the frame.
    pub frame: i64,
    /// Here.
    pub at: f64,
}

#[derive(Default)]
struct Known {
    pictures: RefCell<Vec<Came>>,
    stalls: Cell<bool>,
    failure: RefCell<Option<String>>,
    changed: Notify,
}

/// Somebody who views; dropping it ends their connection.
pub struct Viewer {
    known: Rc<Known>,
    task: JoinHandle<()>,
}

impl Drop for Viewer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Viewer {
    /// Joins with a seat's ticket, and views the first who shares, as soon as somebody does.
    pub async fn join(seat: &Seat) -> Result<Self> {
        let party = Party::join(seat).await?;
        let known = Rc::<Known>::default();
        let shared = Rc::clone(&known);
        let task = spawn_local(async move {
            if let Err(error) = view(party, &shared).await {
                *shared.failure.borrow_mut() = Some(format!("{error:#}"));
            }
            shared.changed.notify_waiters();
        });
        Ok(Self { known, task })
    }

    /// Waits until a picture has come.
    pub async fn begun(&self) -> Result<()> {
        loop {
            let changed = self.known.changed.notified();
            if !self.known.pictures.borrow().is_empty() {
                return Ok(());
            }
            self.sound()?;
            changed.await;
        }
    }

    /// Pays for as much as is allowed with the next picture, and reads nothing more.
    pub fn stall(&self) {
        self.known.stalls.set(true);
    }

    /// Fails if the connection has ended.
    pub fn sound(&self) -> Result<()> {
        match &*self.known.failure.borrow() {
            Some(failure) => bail!("a viewer is gone: {failure}"),
            None => Ok(()),
        }
    }

    /// The pictures that have come since the last time.
    pub fn take(&self) -> Vec<Came> {
        self.known.pictures.take()
    }
}

/// The address of who shares, by what the session says.
fn sharer(said: &Value) -> Option<u16> {
    match said["type"].as_str()? {
        "welcome" => {
            let mut all = said["roster"].as_array()?.iter();
            all.find(|one| one["sharing"].is_string())
                .and_then(|one| address(&one["id"]))
        }
        "sharing" if said["surface"].is_string() => address(&said["id"]),
        _ => None,
    }
}

async fn view(mut party: Party, known: &Known) -> Result<()> {
    let said = party.hears(|said| sharer(said).is_some()).await?;
    let from = sharer(&said).context("nobody shares")?;
    let stream = party.open(Kind::Screen, from).await?;
    let mut paying = Paying::new(Kind::Screen, from, stream, AHEAD);
    let mut messages = Vec::new();
    loop {
        let (header, payload) = party.frame(stream).await?;
        match header.act {
            Act::Data => {}
            Act::Close => bail!("the picture has ended"),
            Act::Open | Act::Credit => continue,
        }
        messages.extend(payload);
        note(&mut messages, known);
        if known.stalls.get() {
            let mut credit = Header::new(Act::Credit, Kind::Screen, from, stream);
            credit.offset = header.offset + cost(header.length) + MOST_CREDIT;
            party.send(credit, &[]).await?;
            std::future::pending::<()>().await;
        }
        paying.read(&mut party, &header).await?;
    }
}

/// Takes the complete messages, and notes the pictures among them.
fn note(messages: &mut Vec<u8>, known: &Known) {
    let mut at = 0;
    while let Some([kind, length @ ..]) = messages.get(at..at + HEAD) {
        let length = length.try_into().map(u32::from_be_bytes).unwrap_or_default();
        let end = at + HEAD + usize::try_from(length).unwrap_or(usize::MAX);
        let Some(rest) = messages.get(at + HEAD..end) else {
            break;
        };
        if let (true, Some(time)) = (PICTURES.contains(kind), rest.first_chunk::<TIME>()) {
            known.pictures.borrow_mut().push(Came {
                frame: i64::from_be_bytes(*time),
                at: unix_milliseconds(),
            });
            known.changed.notify_waiters();
        }
        at = end;
    }
    messages.drain(..at);
}

#[cfg(test)]
mod tests {
    use super::{Known, note};

    #[test]
    fn pictures_are_found_wherever_their_messages_are_cut() {
        let mut all = vec![0, 0, 0, 0, 2, b'{', b'}'];
        for (kind, time) in [(1, 40_i64), (2, 73)] {
            all.extend([kind, 0, 0, 0, 11]);
            all.extend(time.to_be_bytes());
            all.extend([7; 3]);
        }
        let known = Known::default();
        let mut messages = Vec::new();
        for byte in all {
            messages.push(byte);
            note(&mut messages, &known);
        }
        let frames: Vec<_> = known.pictures.take().iter().map(|came| came.frame).collect();
        assert_eq!(frames, [40, 73]);
        assert!(messages.is_empty());
    }
}

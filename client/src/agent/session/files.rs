//! Files between the desk and this machine (Z6): what is offered and who has to accept it, and the streams on which files
//! travel. What happens on disk is in `receive` and `offer`.

pub(super) mod offer;
#[cfg(unix)]
pub(super) mod receive;

use super::Session;
use super::deeds::Carried;
use super::line::Line;
use super::stream::{Incoming, Outgoing};
use crate::agent::assistance::Uses;
use crate::agent::config::Accept;
use crate::agent::journal::{Entry, What};
use crate::agent::support::{OfferState, ShownOffer};
use bytes::Bytes;
use offer::{Own, Wish};
#[cfg(unix)]
use receive::Arrival;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tegata_domain::id::CommandId;
use tegata_domain::session::control::{FromParticipant, Offered};
use tegata_domain::session::files::{FileOffer, Received};
use tegata_domain::session::frame::{AGENT, Kind};
use tegata_domain::session::{Ability, DeedOutcome};
use tokio::select;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

/// The files of one session.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    /// What is offered to the machine.
    offered: BTreeMap<CommandId, Theirs>,
    /// What the machine offers.
    own: Arc<OwnOffers>,
}

/// Something that is offered to the machine.
#[derive(Debug)]
struct Theirs {
    offered: Offered,
    state: OfferState,
    /// Whether its stream is open.
    under_way: bool,
    /// Whether it was taken back. Also told to the thread that receives it.
    withdrawn: Arc<AtomicBool>,
}

/// What the machine offers.
#[derive(Debug, Default)]
pub(super) struct OwnOffers {
    offers: Mutex<Vec<Own>>,
}

impl OwnOffers {
    fn locked(&self) -> MutexGuard<'_, Vec<Own>> {
        // No holder panics, and the list is whole between any two statements.
        self.offers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    /// Takes up what a process before this one has offered in this session.
    pub(super) fn take_up_offers(&mut self) {
        let stored = offer::stored(self.agent.data_dir().path(), &self.order.launch);
        *self.exchange.own.locked() = stored;
    }

    /// The session tells what is offered, after a connection.
    pub(super) fn welcome_offers(&mut self, line: &mut Line, offers: Vec<Offered>) {
        let known: Vec<CommandId> = offers.iter().map(|offered| offered.file.id.clone()).collect();
        // What was withdrawn meanwhile is gone. Of many offers the session tells the latest: one that is being received
        // is not gone because it is not among them.
        let still = |theirs: &Theirs| matches!(theirs.state, OfferState::Receiving { .. });
        self.exchange
            .offered
            .retain(|id, theirs| known.contains(id) || still(theirs));
        for offered in offers {
            self.offered(line, offered);
        }
        let own: Vec<_> = self.exchange.own.locked().iter().map(|own| own.file.clone()).collect();
        for file in own {
            if !known.contains(&file.id) {
                line.say(&FromParticipant::Offer(file));
            }
        }
    }

    /// Somebody offers a file, or offers it from another address now.
    pub(super) fn offered(&mut self, line: &mut Line, offered: Offered) {
        let id = offered.file.id.clone();
        if offered.by == AGENT {
            self.settled(line, &id, DeedOutcome::Done);
            return;
        }
        if !self.can(Ability::Files) {
            return;
        }
        if let Some(theirs) = self.exchange.offered.get_mut(&id) {
            theirs.offered.by = offered.by;
        } else {
            let state = self.first_state(&offered.file);
            let theirs = Theirs {
                offered,
                state,
                under_way: false,
                withdrawn: Arc::default(),
            };
            self.exchange.offered.insert(id.clone(), theirs);
            match state {
                OfferState::Waiting if self.accepts_all() => self.decide(line, &id, true),
                OfferState::Waiting if self.receives_nothing() => self.decide(line, &id, false),
                _ => {}
            }
        }
        self.receive(line, &id);
        self.repeat_end(line, &id);
        self.show_offers();
    }

    /// Under which id the journal notes what is decided about a file. It names this session and this file, whatever id
    /// the file is offered under: a yes to one is never a yes to another.
    fn decision(&self, file: &FileOffer) -> CommandId {
        let mut hash = Sha256::new();
        let size = file.size.to_string();
        let named = [
            self.order.launch.as_str(),
            file.id.as_str(),
            file.sha256.as_str(),
            &size,
            file.name.as_str(),
        ];
        for part in named {
            hash.update(part.len().to_be_bytes());
            hash.update(part);
        }
        CommandId::of(hash.finalize().first_chunk().copied().unwrap_or_default())
    }

    /// What the journal knows of it: it may have been accepted before the agent was killed.
    fn first_state(&self, file: &FileOffer) -> OfferState {
        match self.agent.assistance().journal.find(&self.decision(file)) {
            Ok(None) => OfferState::Waiting,
            Ok(Some(Entry { what, .. })) if what != What::ReceiveFile => OfferState::Failed,
            Ok(Some(entry)) => match entry.outcome {
                None => OfferState::Receiving { bytes: 0 },
                Some(DeedOutcome::Done) => OfferState::Done,
                Some(DeedOutcome::Refused) => OfferState::Declined,
                Some(DeedOutcome::Failed | DeedOutcome::Unknown) => OfferState::Failed,
            },
            Err(_) => OfferState::Failed,
        }
    }

    fn accepts_all(&self) -> bool {
        let files = self.agent.assistance().config().files.as_ref();
        files.is_some_and(|files| files.folder.is_some() && files.accept == Accept::Approval)
    }

    fn receives_nothing(&self) -> bool {
        let files = self.agent.assistance().config().files.as_ref();
        cfg!(not(unix)) || files.is_none_or(|files| files.folder.is_none())
    }

    /// It was taken back. What was not whole by then never gets its name.
    pub(super) fn withdrawn(&mut self, line: &mut Line, id: &CommandId) {
        if let Some(theirs) = self.exchange.offered.get(id) {
            theirs.withdrawn.store(true, Ordering::Relaxed);
            match (theirs.state, theirs.under_way) {
                // Its thread says how far it was.
                (OfferState::Receiving { .. }, true) => {}
                (OfferState::Receiving { .. }, false) => {
                    self.arrived(line, id, Received::Failed);
                    self.exchange.offered.remove(id);
                }
                _ => drop(self.exchange.offered.remove(id)),
            }
        }
        self.exchange.own.locked().retain(|own| own.file.id != *id);
        self.show_offers();
    }

    /// Somebody at the machine decides about what was shown to them under this id.
    pub(super) fn decided(&mut self, line: &mut Line, shown: &CommandId, accept: bool) {
        let mut offered = self.exchange.offered.iter();
        let found = offered.find(|(_, theirs)| self.decision(&theirs.offered.file) == *shown);
        if let Some(id) = found.map(|(id, _)| id.clone()) {
            self.decide(line, &id, accept);
        }
    }

    /// Somebody at the machine, or the configuration, decides.
    fn decide(&mut self, line: &mut Line, id: &CommandId, accept: bool) {
        let Some(theirs) = self.exchange.offered.get(id) else {
            return;
        };
        if theirs.state != OfferState::Waiting {
            return;
        }
        // What cannot be noted is not received: it could not be gone on with.
        let decision = self.decision(&theirs.offered.file);
        let noted = self.agent.assistance().journal.begin(&decision, What::ReceiveFile);
        let Some(theirs) = self.exchange.offered.get_mut(id) else {
            return;
        };
        if accept && matches!(noted, Ok(None)) {
            theirs.state = OfferState::Receiving { bytes: 0 };
            self.receive(line, id);
        } else {
            let why = if accept { Received::Failed } else { Received::Declined };
            self.arrived(line, id, why);
        }
        self.show_offers();
    }

    /// Opens a stream for a file that was accepted.
    #[cfg(unix)]
    fn receive(&mut self, line: &mut Line, id: &CommandId) {
        let files = self.agent.assistance().config().files.as_ref();
        let Some(folder) = files.and_then(|files| files.folder.clone()) else {
            return;
        };
        let Some(theirs) = self.exchange.offered.get_mut(id) else {
            return;
        };
        if !matches!(theirs.state, OfferState::Receiving { .. }) || theirs.under_way {
            return;
        }
        // With too many streams, the next connection or the end of another file brings the next try.
        let Some((incoming, outgoing)) = line.open_stream(theirs.offered.by, Kind::File) else {
            return;
        };
        theirs.under_way = true;
        let (id, offer, carried) = (id.clone(), theirs.offered.file.clone(), self.carried.clone());
        let (progress, own) = (self.carried.clone(), id.clone());
        let withdrawn = Arc::clone(&theirs.withdrawn);
        spawn_blocking(move || {
            let told = std::cell::Cell::new(0u64);
            let arrival = receive::receive(&folder, &offer, (incoming, outgoing), &withdrawn, |bytes| {
                if bytes.saturating_sub(told.get()) >= PROGRESS {
                    told.set(bytes);
                    let id = own.clone();
                    let _ = progress.send(Carried::Progress { id, bytes });
                }
            });
            let _ = carried.send(Carried::Arrived { id, arrival });
        });
    }

    #[cfg(not(unix))]
    fn receive(&mut self, _line: &mut Line, _id: &CommandId) {}

    /// A part of a file has arrived.
    pub(super) fn progress(&mut self, id: &CommandId, bytes: u64) {
        if let Some(theirs) = self.exchange.offered.get_mut(id)
            && matches!(theirs.state, OfferState::Receiving { .. })
        {
            theirs.state = OfferState::Receiving { bytes };
        }
        self.show_offers();
    }

    /// A stream for a file has ended.
    #[cfg(unix)]
    pub(super) fn ended(&mut self, line: &mut Line, id: &CommandId, arrival: &Arrival) {
        if let Some(theirs) = self.exchange.offered.get_mut(id) {
            theirs.under_way = false;
        }
        let gone = (self.exchange.offered.get(id)).is_some_and(|theirs| theirs.withdrawn.load(Ordering::Relaxed));
        match arrival {
            Arrival::Ended(how) => self.arrived(line, id, *how),
            Arrival::Interrupted if gone => self.arrived(line, id, Received::Failed),
            Arrival::Interrupted => {}
        }
        if gone {
            self.exchange.offered.remove(id);
        }
        let waiting: Vec<CommandId> = self.exchange.offered.keys().cloned().collect();
        for other in waiting {
            // One that was interrupted goes on when its sender is there again.
            if other != *id || self.is_reachable(line, id) {
                self.receive(line, &other);
            }
        }
        self.show_offers();
    }

    #[cfg(unix)]
    fn is_reachable(&self, line: &Line, id: &CommandId) -> bool {
        let theirs = self.exchange.offered.get(id);
        theirs.is_some_and(|theirs| line.names.contains_key(&theirs.offered.by))
    }

    fn arrived(&mut self, line: &mut Line, id: &CommandId, how: Received) {
        let Some(theirs) = self.exchange.offered.get_mut(id) else {
            return;
        };
        let (state, outcome) = match how {
            Received::Done => (OfferState::Done, DeedOutcome::Done),
            Received::Declined => (OfferState::Declined, DeedOutcome::Refused),
            Received::Mismatch => (OfferState::Mismatch, DeedOutcome::Failed),
            Received::Failed => (OfferState::Failed, DeedOutcome::Failed),
        };
        theirs.state = state;
        let decision = theirs.offered.file.clone();
        let decision = self.decision(&decision);
        // If it cannot be noted, the file is received again after a restart, under another name.
        let _ = self.agent.assistance().journal.end(&decision, outcome);
        line.say(&FromParticipant::Received {
            id: id.clone(),
            outcome: how,
        });
    }

    /// Says again how it ended: the session may not have heard it.
    fn repeat_end(&self, line: &mut Line, id: &CommandId) {
        let outcome = match self.exchange.offered.get(id).map(|theirs| theirs.state) {
            Some(OfferState::Done) => Received::Done,
            Some(OfferState::Declined) => Received::Declined,
            Some(OfferState::Mismatch) => Received::Mismatch,
            Some(OfferState::Failed) => Received::Failed,
            Some(OfferState::Waiting | OfferState::Receiving { .. }) | None => return,
        };
        let id = id.clone();
        line.say(&FromParticipant::Received { id, outcome });
    }

    fn show_offers(&self) {
        let shown = self.exchange.offered.values().map(|theirs| ShownOffer {
            // Somebody may press on a page that shows an earlier session: the name of a decision is that of one file.
            id: self.decision(&theirs.offered.file),
            by: theirs.offered.person.clone(),
            name: theirs.offered.file.name.to_string(),
            size: u64::try_from(theirs.offered.file.size).unwrap_or_default(),
            state: theirs.state,
        });
        self.agent.assistance().offers(&self.order.launch, shown.collect());
    }

    /// A file was read through at the desk's wish, and is offered now. The request ends when the session has passed the
    /// offer on.
    pub(super) fn offer(&mut self, line: &mut Line, own: Own) {
        let file = own.file.clone();
        {
            let mut offers = self.exchange.own.locked();
            offers.push(own);
            offer::store(self.agent.data_dir().path(), &self.order.launch, &offers);
        }
        // Before the welcome it waits for that: the session takes no id twice.
        if line.welcomed {
            line.say(&FromParticipant::Offer(file));
        }
    }

    /// The session has passed the machine's own offer on, or not.
    pub(super) fn settled(&mut self, line: &mut Line, id: &CommandId, outcome: DeedOutcome) {
        if outcome != DeedOutcome::Done {
            self.exchange.own.locked().retain(|own| own.file.id != *id);
        }
        if self.doing.contains(id) {
            let assistance = self.agent.assistance();
            let _ = assistance.journal.end(id, outcome);
            assistance.did(&self.order.launch, id, outcome);
            self.answer(line, id.clone(), outcome);
        }
    }

    /// A stream that the desk has opened: for what a request brings, or for a file that the machine has offered.
    pub(super) fn file_stream(&mut self, key: (u16, u32), name: String, mut incoming: Incoming, outgoing: Outgoing) {
        let (brings, brought) = oneshot::channel::<Vec<u8>>();
        self.waiting.insert(key, brings);
        let own = Arc::clone(&self.exchange.own);
        let (agent, launch) = (self.agent.clone(), self.order.launch.clone());
        tokio::spawn(async move {
            let mut outgoing = outgoing;
            let first = select! {
                bytes = brought => {
                    if let Ok(bytes) = bytes {
                        let _ = outgoing.send(Bytes::from(bytes)).await;
                    }
                    return;
                }
                first = incoming.next() => first,
            };
            let wish = first.and_then(|first| serde_json::from_slice::<Wish>(&first).ok());
            let Some(wish) = wish else { return };
            let found = own.locked().iter().find(|own| own.file.id == wish.offer).cloned();
            let Some(found) = found else { return };
            let _uses = Uses::begin(&agent, &launch, name, Ability::Files);
            // However it ended, the receiver sees by the size and the hash whether it has everything.
            let _ = spawn_blocking(move || found.send(&wish, outgoing)).await;
        });
    }
}

/// After how many bytes people see the next figure.
const PROGRESS: u64 = 1024 * 1024;

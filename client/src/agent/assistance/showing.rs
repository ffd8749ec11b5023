//! What people see of remote support, and how it changes: who is in the session and what they do.

use super::{Assistance, Running};
use crate::agent::support::{OfferState, Phase, Session, ShownDeed, ShownMessage, ShownOffer, Support};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use tegata_domain::id::{CommandId, LaunchId};
use tegata_domain::session::control::Deed;
use tegata_domain::session::{DeedOutcome, SessionEnd};
use tegata_domain::time::UnixSeconds;
use tempfile::NamedTempFile;

/// Most things that the desk had done and that are still shown.
const MOST_DEEDS: usize = 20;
/// Most offers that are shown.
const MOST_OFFERS: usize = 20;

impl Assistance {
    /// Who of the desk is in the session of `launch`.
    pub(in crate::agent) fn present(&self, launch: &LaunchId, who: Vec<String>) {
        let mut held = self.locked();
        if let Some(running) = held.running_in(launch) {
            running.was_joined |= !who.is_empty();
            self.show_session(|session| session.present = who);
        }
    }

    /// The session of `launch` ends at another time.
    pub(in crate::agent) fn lasts_until(&self, launch: &LaunchId, until: UnixSeconds) {
        if self.locked().running_in(launch).is_some() {
            self.show_session(|session| session.until = seconds(until));
        }
    }

    /// Something is being done in the session of `launch`. Returns whether the session still runs: otherwise nothing may
    /// be done.
    pub(in crate::agent) fn does(&self, launch: &LaunchId, id: &CommandId, who: &str, deed: &Deed) -> bool {
        let mut held = self.locked();
        let Some(running) = held.running_in(launch) else {
            return false;
        };
        let shown = ShownDeed {
            by: who.to_owned(),
            ability: deed.ability(),
            detail: deed.detail(),
            outcome: None,
        };
        running.deeds.push((id.clone(), shown));
        let surplus = running.deeds.len().saturating_sub(MOST_DEEDS);
        running.deeds.drain(..surplus);
        self.show_deeds(running);
        true
    }

    /// It has ended.
    pub(in crate::agent) fn did(&self, launch: &LaunchId, id: &CommandId, outcome: DeedOutcome) {
        let mut held = self.locked();
        if let Some(running) = held.running_in(launch) {
            let deed = running.deeds.iter_mut().find(|(known, _)| known == id);
            if let Some((_, deed)) = deed {
                deed.outcome = Some(outcome);
            }
            self.show_deeds(running);
        }
    }

    /// What is offered in the session of `launch`: what waits for somebody first, then the latest.
    pub(in crate::agent) fn offers(&self, launch: &LaunchId, mut offers: Vec<ShownOffer>) {
        if self.locked().running_in(launch).is_some() {
            offers.sort_by_key(|offer| offer.state != OfferState::Waiting);
            offers.truncate(MOST_OFFERS);
            self.show_session(|session| session.offers = offers);
        }
    }

    /// The latest of what was written in the session of `launch`.
    pub(in crate::agent) fn talk(&self, launch: &LaunchId, chat: Vec<ShownMessage>) {
        if self.locked().running_in(launch).is_some() {
            self.show_session(|session| session.chat = chat);
        }
    }

    fn show_deeds(&self, running: &Running) {
        let deeds = running.deeds.iter().map(|(_, deed)| deed.clone()).collect();
        self.show_session(|session| session.deeds = deeds);
    }

    pub(super) fn show_session(&self, change: impl FnOnce(&mut Session)) {
        self.show(|shown| {
            if let Some(session) = &mut shown.session {
                change(session);
            }
        });
    }

    /// Changes what people see.
    pub(super) fn show(&self, change: impl FnOnce(&mut Support)) {
        self.shown.send_if_modified(|shown| {
            let before = shown.clone();
            change(shown);
            if *shown == before {
                return false;
            }
            store(&self.notice, shown);
            true
        });
    }
}

/// Not being able to store what people see keeps nobody from ending the session.
pub(super) fn store(file: &Path, shown: &Support) {
    let mut stored = shown.clone();
    if let Some(session) = &mut stored.session {
        session.password = None;
    }
    if let Ok(json) = serde_json::to_vec(&stored) {
        let _ = replace(file, &json);
    }
}

/// Replaces the file at once. It need not outlast a power cut: no session does without its agent.
fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().ok_or(ErrorKind::InvalidInput)?;
    let mut written = NamedTempFile::new_in(folder)?;
    written.write_all(bytes)?;
    written.persist(file)?;
    Ok(())
}

/// While there is no session yet.
pub(super) fn starting() -> Support {
    Support {
        phase: Phase::Starting,
        ..Support::default()
    }
}

/// After the end of one.
pub(super) fn after(why: SessionEnd) -> Support {
    Support {
        ended: Some(why),
        ..Support::default()
    }
}

pub(super) fn seconds(time: UnixSeconds) -> u64 {
    u64::try_from(time.0).unwrap_or_default()
}

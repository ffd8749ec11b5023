//! How an attended session moves from one state to the next. Each move says whether it was possible; one that was not
//! changes nothing.

use super::{Attended, AttendedState, Consent, Invited, MOST_CONSENTS, MOST_INVITED};
use crate::launch::{LaunchEnded, Moved, StepKind};
use crate::session::{SessionEnd, SessionNumber};
use crate::time::UnixSeconds;

/// Why a consent is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// The session's number is still being claimed.
    NotOpenYet,
    /// It is over.
    Over,
    /// It has as many consents as one session may have.
    TooMany,
}

impl Attended {
    /// Another session has the number: the next try gets `number`.
    pub fn renumber(&mut self, taken: &SessionNumber, number: SessionNumber) -> Moved {
        if self.number != *taken || self.running_at.is_some() || self.ended.is_some() {
            return Moved::No;
        }
        self.number = number;
        self.version = self.version.saturating_add(1);
        Moved::Yes
    }

    /// The session's object has claimed `number`: the session can be joined, unless its period is over.
    pub fn opens(&mut self, number: &SessionNumber, now: UnixSeconds) -> Moved {
        if self.number != *number || self.state(now) != AttendedState::Opening {
            return Moved::No;
        }
        self.running_at = Some(now);
        self.step(now, StepKind::Issued, None, None);
        Moved::Yes
    }

    /// The place of `person` among the invited, who is invited now or was before; `None` when the list is full.
    pub fn invite(&mut self, person: &Invited, by: &str, now: UnixSeconds) -> Option<usize> {
        let known = self.invited.iter().position(|known| known.email == person.email);
        let place = match known {
            Some(place) => place,
            None if self.invited.len() < MOST_INVITED => {
                self.invited.push(person.clone());
                self.invited.len().saturating_sub(1)
            }
            None => return None,
        };
        let name = person.name.as_str();
        self.step(now, StepKind::Invited, Some(by), Some(name));
        Some(place)
    }

    /// Whether a consent would be taken at `now`.
    ///
    /// # Errors
    /// Why it would not.
    pub fn takes_consent(&self, now: UnixSeconds) -> Result<(), NotTaken> {
        match self.state(now) {
            AttendedState::Opening => Err(NotTaken::NotOpenYet),
            AttendedState::Open | AttendedState::Running if self.consents.len() >= MOST_CONSENTS => {
                Err(NotTaken::TooMany)
            }
            AttendedState::Open | AttendedState::Running => Ok(()),
            AttendedState::Ended | AttendedState::Expired | AttendedState::Withdrawn => Err(NotTaken::Over),
        }
    }

    /// Takes a consent.
    ///
    /// # Errors
    /// Why it is not taken; nothing changed.
    pub fn consent(&mut self, consent: Consent) -> Result<(), NotTaken> {
        self.takes_consent(consent.at)?;
        let (at, name) = (consent.at, consent.name.to_string());
        self.consents.push(consent);
        self.step(at, StepKind::Consented, Some(&name), None);
        Ok(())
    }

    /// Ends it. Returns whether it had not ended before.
    pub fn end(&mut self, why: SessionEnd, by: Option<&str>, now: UnixSeconds) -> Moved {
        if self.ended.is_some() {
            return Moved::No;
        }
        self.ended = Some(LaunchEnded {
            at: now,
            why,
            by: by.map(str::to_owned),
        });
        let what = match self.state(now) {
            AttendedState::Withdrawn => StepKind::Withdrawn,
            _ => StepKind::Ended,
        };
        self.step(now, what, by, Some(why.name()));
        Moved::Yes
    }
}

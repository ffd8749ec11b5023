//! How an appointment moves from one state to the next. A move that is not possible says why, and changes nothing.

use super::{
    Agreement, Appointment, AppointmentState, AppointmentStep, AppointmentStepKind, Event, MOST_PROPOSALS, Over,
    OverWhy, Proposal, Time,
};
use crate::calendar::{Occurrence, Resolved, resolve};
use crate::inquiry::Side;
use crate::locale::Locale;
use crate::text::{PersonName, Reason};
use crate::time::UnixSeconds;

/// Why a move is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotPossible {
    /// It is over.
    Over,
    /// The proposal that was answered is not the one that waits for an answer: it was answered, withdrawn or replaced.
    Stale,
    /// The proposal waits for the other side's answer.
    NotTheirs,
    /// The time has passed.
    TooLate,
    /// There were too many proposals.
    TooMany,
    /// The date is that of a launch, and changes only with the launch.
    OfLaunch,
}

/// Who makes a move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mover {
    /// Their side.
    pub side: Side,
    /// Their name.
    pub name: PersonName,
    /// The place among the participants of the person whose link they used.
    pub place: Option<usize>,
    /// The language in which they read what it means.
    pub locale: Option<Locale>,
}

impl Time {
    /// The same wall-clock time by the zone's rules as they are now. A time that does not exist any more moves as the clock
    /// does; without rules, the instant is all there is to go by.
    #[must_use]
    pub fn by_rules(&self) -> Self {
        let found = self.time_zone.known().and_then(|zone| resolve(&zone, self.start));
        let at = match (found, self.occurrence) {
            (None, _) => self.at,
            (Some(Resolved::Once(at)), _) => at,
            (Some(Resolved::Twice(_, second)), Some(Occurrence::Second)) => second,
            (Some(Resolved::Twice(first, _)), _) => first,
            (Some(Resolved::Never(_, later)), _) => later,
        };
        Self { at, ..self.clone() }
    }
}

impl Appointment {
    /// A step of this person.
    fn step_of(&self, by: &Mover, now: UnixSeconds, what: AppointmentStepKind) -> AppointmentStep {
        let owner = by.place.and_then(|place| self.participants.get(place));
        AppointmentStep {
            by: Some(by.side),
            name: Some(by.name.to_string()),
            link_of: owner
                .filter(|owner| owner.name != by.name)
                .map(|owner| owner.name.to_string()),
            ..AppointmentStep::new(now, what)
        }
    }

    fn check_alive(&self, now: UnixSeconds) -> Result<(), NotPossible> {
        match self.state(now).is_alive() {
            true => Ok(()),
            false => Err(NotPossible::Over),
        }
    }

    /// Proposes `times`, in place of what was proposed before. What is agreed stands until one of them is chosen.
    ///
    /// # Errors
    /// Why it is not possible.
    pub fn propose(
        &mut self,
        by: &Mover,
        times: Vec<Time>,
        reason: Option<Reason>,
        now: UnixSeconds,
    ) -> Result<(), NotPossible> {
        // A first proposal that nobody answered in time can be followed by another.
        if self.state(now) != AppointmentState::Unanswered && self.proposals > 0 {
            self.check_alive(now)?;
        }
        if matches!(self.event, Event::Launch { .. }) {
            return Err(NotPossible::OfLaunch);
        }
        if self.proposals >= MOST_PROPOSALS {
            return Err(NotPossible::TooMany);
        }
        self.over = None;
        self.proposals = self.proposals.saturating_add(1);
        let step = AppointmentStep {
            times: times.clone(),
            reason: reason.clone(),
            ..self.step_of(by, now, AppointmentStepKind::Proposed)
        };
        self.step(step);
        self.proposal = Some(Proposal {
            number: self.proposals,
            by: by.side,
            name: by.name.clone(),
            at: now,
            times,
            reason,
            place: by.place,
            locale: by.locale,
        });
        Ok(())
    }

    /// The proposal `number`, if `side` may answer it now.
    fn answerable(&self, number: u32, side: Side, now: UnixSeconds) -> Result<&Proposal, NotPossible> {
        self.check_alive(now)?;
        let proposal = self.proposal.as_ref().filter(|proposal| proposal.number == number);
        let proposal = proposal.ok_or(NotPossible::Stale)?;
        match proposal.by == side {
            true => Err(NotPossible::NotTheirs),
            false => Ok(proposal),
        }
    }

    /// The time that `side` would choose by answering the proposal `number`.
    ///
    /// # Errors
    /// Why it cannot be chosen at `now`.
    pub fn choice(&self, number: u32, index: usize, side: Side, now: UnixSeconds) -> Result<Time, NotPossible> {
        let time = self.answerable(number, side, now)?.times.get(index);
        let time = time.ok_or(NotPossible::Stale)?.by_rules();
        match now < time.at {
            true => Ok(time),
            false => Err(NotPossible::TooLate),
        }
    }

    /// Chooses a time of the proposal `number`: the date is agreed.
    ///
    /// # Errors
    /// Why it is not possible.
    pub fn choose(&mut self, number: u32, index: usize, by: &Mover, now: UnixSeconds) -> Result<Time, NotPossible> {
        let time = self.choice(number, index, by.side, now)?;
        self.settle(time.clone(), by, now);
        Ok(time)
    }

    /// The date is `time` from now on.
    pub fn settle(&mut self, time: Time, by: &Mover, now: UnixSeconds) {
        if self.agreed.is_some() {
            self.sequence = self.sequence.saturating_add(1);
        }
        let step = AppointmentStep {
            times: vec![time.clone()],
            ..self.step_of(by, now, AppointmentStepKind::Agreed)
        };
        self.step(step);
        self.proposal = None;
        self.agreed = Some(Agreement {
            time,
            name: by.name.clone(),
            by: by.side,
            at: now,
        });
        self.begin_anew();
    }

    /// The date has changed: what is done before it is done anew.
    fn begin_anew(&mut self) {
        self.compared_at = None;
        self.check_asked = false;
        self.reminded_at = None;
        if let Event::Attended { session } = &mut self.event {
            *session = None;
        }
    }

    /// Declines the proposal `number`. What was agreed before stands; without that, the appointment is over.
    ///
    /// # Errors
    /// Why it is not possible.
    pub fn decline(
        &mut self,
        number: u32,
        by: &Mover,
        reason: Option<Reason>,
        now: UnixSeconds,
    ) -> Result<(), NotPossible> {
        self.answerable(number, by.side, now)?;
        let step = AppointmentStep {
            reason: reason.clone(),
            ..self.step_of(by, now, AppointmentStepKind::Declined)
        };
        self.step(step);
        self.proposal = None;
        if self.agreed.is_none() {
            self.end(OverWhy::Declined, Some(by), reason, now);
        }
        Ok(())
    }

    /// Cancels it.
    ///
    /// # Errors
    /// [`NotPossible::Over`].
    pub fn cancel(&mut self, by: &Mover, reason: Reason, now: UnixSeconds) -> Result<(), NotPossible> {
        self.check_alive(now)?;
        let step = AppointmentStep {
            reason: Some(reason.clone()),
            ..self.step_of(by, now, AppointmentStepKind::Cancelled)
        };
        self.step(step);
        self.end(OverWhy::Cancelled, Some(by), Some(reason), now);
        Ok(())
    }

    /// Ends it, without a step. A date that was agreed and does not take place gets a new SEQUENCE.
    pub(crate) fn end(&mut self, why: OverWhy, by: Option<&Mover>, reason: Option<Reason>, now: UnixSeconds) {
        let takes_place = matches!(why, OverWhy::Past);
        if self.agreed.is_some() && !takes_place {
            self.sequence = self.sequence.saturating_add(1);
        }
        self.proposal = None;
        self.version = self.version.saturating_add(1);
        self.over = Some(Over {
            at: now,
            why,
            by: by.map(|by| by.side),
            name: by.map(|by| by.name.clone()),
            reason,
        });
    }

    /// Compares the agreed instant with the zone's rules. If they have changed, the wall-clock time stays and the instant
    /// moves. Returns whether it moved.
    pub fn compare(&mut self, now: UnixSeconds) -> bool {
        self.compared_at = Some(now);
        let Some(agreed) = &mut self.agreed else {
            return false;
        };
        // What was approved with a launch is an instant.
        if matches!(self.event, Event::Launch { .. }) {
            return false;
        }
        let moved = agreed.time.by_rules();
        if moved.at == agreed.time.at {
            return false;
        }
        agreed.time = moved.clone();
        self.sequence = self.sequence.saturating_add(1);
        self.step(AppointmentStep {
            times: vec![moved],
            ..AppointmentStep::new(now, AppointmentStepKind::Shifted)
        });
        true
    }
}

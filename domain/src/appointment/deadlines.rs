//! What an appointment waits for.

use super::{
    Appointment, AppointmentStep, AppointmentStepKind, CHECK_BEFORE, Event, OverWhy, Preflight, REMIND_BEFORE,
};
use crate::inquiry::Side;
use crate::text::PersonName;
use crate::time::UnixSeconds;

/// When the zone's rules are compared with the agreed instant, in seconds before it: rules change weeks ahead, as a rule,
/// and sometimes days. The last of them leaves time for a mail.
const COMPARED_BEFORE: [i64; 4] = [30 * DAY, 7 * DAY, DAY, 3 * 3600];
const DAY: i64 = 24 * 3600;
/// A reminder of the pre-flight check needs this much time before the start, and after the agreement, in seconds.
const CHECK_PAUSE: i64 = 3600;

/// What is to be done now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nobody has answered the proposal in time.
    Unanswered,
    /// A proposed change was not answered in time: the agreed date stands.
    ChangeUnanswered,
    /// The zone's rules are to be compared with the agreed instant.
    Compare,
    /// Those who have not tried their PC are to be reminded of it.
    AskForCheck,
    /// The reminder is to be sent, and the session opened.
    Remind,
    /// The time has passed.
    Past,
}

impl Appointment {
    /// What is to be done next, and when. `None` once it is over.
    #[must_use]
    pub fn due(&self) -> Option<(UnixSeconds, Due)> {
        if self.over.is_some() {
            return None;
        }
        let proposed = self.proposal.as_ref().map(|proposal| proposal.closes_at());
        let Some(agreed) = &self.agreed else {
            return Some((proposed.unwrap_or(self.created_at), Due::Unanswered));
        };
        let start = agreed.time.at;
        let mut waits = vec![(start.plus(self.length), Due::Past)];
        waits.extend(proposed.map(|at| (at, Due::ChangeUnanswered)));
        if self.reminded_at.is_none() {
            waits.push((start.plus(-REMIND_BEFORE), Due::Remind));
            let since = self.compared_at.unwrap_or(agreed.at);
            let compared = COMPARED_BEFORE
                .into_iter()
                .map(|before| start.plus(before.saturating_neg()));
            if matches!(self.event, Event::Attended { .. }) {
                waits.extend(compared.filter(|at| since < *at).map(|at| (at, Due::Compare)));
            }
            if let Some(at) = self.asks_for_check_at() {
                waits.push((at, Due::AskForCheck));
            }
        }
        waits.into_iter().min_by_key(|(at, _)| *at)
    }

    /// When those without a check are reminded of it, if they are.
    fn asks_for_check_at(&self) -> Option<UnixSeconds> {
        let agreed = self.agreed.as_ref()?;
        let start = agreed.time.at;
        let at = start.plus(-CHECK_BEFORE).max(agreed.at.plus(CHECK_PAUSE));
        let in_time = at.plus(CHECK_PAUSE) < start;
        let missing = (0..self.participants.len()).any(|place| self.lacks_check(place));
        (!self.check_asked && in_time && missing).then_some(at)
    }

    /// Notes that nobody has answered: the appointment is over, or a proposed change is dropped.
    pub fn unanswered(&mut self, now: UnixSeconds) {
        self.step(AppointmentStep::new(now, AppointmentStepKind::Unanswered));
        match self.agreed {
            Some(_) => self.proposal = None,
            None => {
                // The proposal stays, for those who look at what it was.
                let proposal = self.proposal.clone();
                self.end(OverWhy::Unanswered, None, None, now);
                self.proposal = proposal;
            }
        }
    }

    /// Notes that those were reminded who have not tried their PC.
    pub fn asked_for_check(&mut self, now: UnixSeconds) {
        self.check_asked = true;
        self.step(AppointmentStep::new(now, AppointmentStepKind::CheckAsked));
    }

    /// Notes that the reminder is given.
    pub fn reminded(&mut self, now: UnixSeconds) {
        self.reminded_at = Some(now);
        self.step(AppointmentStep::new(now, AppointmentStepKind::Reminded));
    }

    /// Notes that the time has passed.
    pub fn passed(&mut self, now: UnixSeconds) {
        self.step(AppointmentStep::new(now, AppointmentStepKind::Past));
        self.end(OverWhy::Past, None, None, now);
    }

    /// The customer's service is suspended: the date does not take place.
    pub fn suspended(&mut self, now: UnixSeconds) {
        self.step(AppointmentStep::new(now, AppointmentStepKind::Cancelled));
        self.end(OverWhy::Suspended, None, None, now);
    }

    /// The launch whose date it is has ended before it.
    pub fn launch_ended(&mut self, by: Option<PersonName>, now: UnixSeconds) {
        self.step(AppointmentStep {
            name: by.as_ref().map(ToString::to_string),
            ..AppointmentStep::new(now, AppointmentStepKind::Cancelled)
        });
        self.end(OverWhy::Cancelled, None, None, now);
        if let Some(over) = &mut self.over {
            over.name = by;
        }
    }

    /// Whether the PC of the participant at `place`, or the machine that the date is on, has not been tried.
    #[must_use]
    pub fn lacks_check(&self, place: usize) -> bool {
        match &self.event {
            Event::Attended { .. } => self.participants.get(place).is_some_and(|one| one.preflight.is_none()),
            Event::Launch { preflight, .. } => preflight.is_none(),
        }
    }

    /// Keeps what was found when the machine was tried.
    pub fn machine_checked(&mut self, found: Preflight, now: UnixSeconds) {
        if let Event::Launch { preflight, .. } = &mut self.event {
            *preflight = Some(found);
            self.step(AppointmentStep::new(now, AppointmentStepKind::Checked));
        }
    }

    /// The side whose answer is awaited.
    #[must_use]
    pub fn awaits(&self, now: UnixSeconds) -> Option<Side> {
        self.open_proposal(now).map(|proposal| match proposal.by {
            Side::Desk => Side::Customer,
            Side::Customer => Side::Desk,
        })
    }
}

//! The state of an appointment at a moment: by what has happened to it, and by the time.

use serde::{Deserialize, Serialize};

use super::{Appointment, OverWhy};
use crate::inquiry::Side;
use crate::time::UnixSeconds;

/// The state of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppointmentState {
    /// The desk has proposed times; the customer's answer is awaited.
    Proposed,
    /// The customer has proposed times; the desk's answer is awaited.
    Countered,
    /// A date is agreed. A change of it may be proposed.
    Agreed,
    /// The reminder was sent, and the time is not over.
    Imminent,
    /// The proposal was declined.
    Declined,
    /// It was cancelled.
    Cancelled,
    /// Nobody answered in time.
    Unanswered,
    /// Its time has passed.
    Past,
}

impl AppointmentState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Proposed,
        Self::Countered,
        Self::Agreed,
        Self::Imminent,
        Self::Declined,
        Self::Cancelled,
        Self::Unanswered,
        Self::Past,
    ];

    /// Whether it is not over.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        matches!(self, Self::Proposed | Self::Countered | Self::Agreed | Self::Imminent)
    }

    /// The name in records and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Countered => "countered",
            Self::Agreed => "agreed",
            Self::Imminent => "imminent",
            Self::Declined => "declined",
            Self::Cancelled => "cancelled",
            Self::Unanswered => "unanswered",
            Self::Past => "past",
        }
    }
}

impl Appointment {
    /// The state at `now`.
    #[must_use]
    pub fn state(&self, now: UnixSeconds) -> AppointmentState {
        if let Some(over) = &self.over {
            return match over.why {
                OverWhy::Declined => AppointmentState::Declined,
                OverWhy::Cancelled | OverWhy::Suspended => AppointmentState::Cancelled,
                OverWhy::Unanswered => AppointmentState::Unanswered,
                OverWhy::Past => AppointmentState::Past,
            };
        }
        if let Some(until) = self.until() {
            return match (now < until, self.reminded_at) {
                (false, _) => AppointmentState::Past,
                (true, Some(_)) => AppointmentState::Imminent,
                (true, None) => AppointmentState::Agreed,
            };
        }
        match &self.proposal {
            Some(proposal) if proposal.is_open(now) => match proposal.by {
                Side::Desk => AppointmentState::Proposed,
                Side::Customer => AppointmentState::Countered,
            },
            _ => AppointmentState::Unanswered,
        }
    }
}

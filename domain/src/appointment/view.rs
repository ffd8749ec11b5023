//! Appointments as people see them: in the customer's panel, at the provider's desk, and on the page behind a link.

use serde::{Deserialize, Serialize};

use super::{Agreement, Appointment, AppointmentState, AppointmentStep, Event, Over, Participant, Proposal, Time};
use crate::calendar::ZoneName;
use crate::id::{AppointmentId, InquiryId};
use crate::inquiry::Side;
use crate::question::Asker;
use crate::slug::Slug;
use crate::text::{OrganizationName, SessionTitle};
use crate::time::UnixSeconds;

/// An appointment as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentView {
    /// Its id.
    pub id: AppointmentId,
    /// What it is about.
    pub title: SessionTitle,
    /// The member of the desk's staff who holds it.
    pub host: Asker,
    /// The host's time zone.
    pub host_time_zone: ZoneName,
    /// The customer's time zone.
    pub time_zone: ZoneName,
    /// The inquiry that it belongs to.
    pub inquiry: Option<InquiryId>,
    /// What takes place.
    pub event: Event,
    /// How long it is to take, in seconds.
    pub length: i64,
    /// Who is to be there from the customer.
    pub participants: Vec<Participant>,
    /// The state.
    pub state: AppointmentState,
    /// The side whose answer is awaited.
    pub awaits: Option<Side>,
    /// The proposal that waits for an answer, or was the last without one.
    pub proposal: Option<Proposal>,
    /// What was agreed; it stands while a change is only proposed.
    pub agreed: Option<Agreement>,
    /// How it ended.
    pub over: Option<Over>,
    /// How often the agreed date has changed, its cancellation included: the SEQUENCE of its invitations.
    pub sequence: i64,
    /// The history.
    pub steps: Vec<AppointmentStep>,
    /// When it was created.
    pub created_at: UnixSeconds,
    /// When it starts, or could start first.
    pub starts_at: UnixSeconds,
    /// Incremented with each change.
    pub version: i64,
}

impl AppointmentView {
    /// The view of `appointment` at `now`, for a customer in `zone`.
    #[must_use]
    pub fn of(appointment: Appointment, zone: ZoneName, now: UnixSeconds) -> Self {
        Self {
            state: appointment.state(now),
            awaits: appointment.awaits(now),
            starts_at: appointment.starts_at(),
            id: appointment.id,
            title: appointment.title,
            host: appointment.host,
            host_time_zone: appointment.host_zone,
            time_zone: zone,
            inquiry: appointment.inquiry,
            event: appointment.event,
            length: appointment.length,
            participants: appointment.participants,
            proposal: appointment.proposal.map(|proposal| Proposal {
                times: proposal.times.iter().map(Time::by_rules).collect(),
                ..proposal
            }),
            agreed: appointment.agreed,
            over: appointment.over,
            sequence: appointment.sequence,
            steps: appointment.steps,
            created_at: appointment.created_at,
            version: appointment.version,
        }
    }

    /// The end of the agreed period.
    #[must_use]
    pub fn until(&self) -> Option<UnixSeconds> {
        self.agreed.as_ref().map(|agreed| agreed.time.at.plus(self.length))
    }

    /// Until when it is open; `None` once it is over.
    #[must_use]
    pub fn open_until(&self) -> Option<UnixSeconds> {
        let proposed = || self.proposal.as_ref().map(Proposal::closes_at);
        match self.state.is_alive() {
            true => self.until().or_else(proposed),
            false => None,
        }
    }

    /// The same view at a later `now`: its time may have passed in the meantime.
    #[must_use]
    pub fn at(mut self, now: UnixSeconds) -> Self {
        if self.open_until().is_some_and(|until| now >= until) {
            self.awaits = None;
            self.state = match &self.agreed {
                Some(_) => AppointmentState::Past,
                None => AppointmentState::Unanswered,
            };
        }
        self
    }
}

/// A customer's appointment in its provider's calendar. It is a copy; the customer's tenant decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskAppointment {
    /// The customer.
    pub tenant: Slug,
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The appointment as the customer last reported it.
    pub appointment: AppointmentView,
}

//! An appointment (Z1, B7): a date that the desk and people at the customer agree on, for an attended session or for remote
//! support on equipment. This file defines the record that the customer's tenant keeps; `state` its states, `moves` how it gets
//! from one to the next, [`due`](Appointment::due) what it waits for, [`statement`] the text that a person agrees to, and
//! [`preflight`] what was found when somebody tried their PC beforehand. Agreeing on a date lets nobody in: the session is
//! opened shortly before the start, and each person joins by pressing 「参加する」.

mod deadlines;
mod moves;
pub mod page;
pub mod preflight;
mod request;
mod state;
mod statement;
mod view;

use serde::{Deserialize, Serialize};

use crate::attended::Invited;
use crate::calendar::{LocalTime, Occurrence, ZoneName};
use crate::email::EmailAddress;
use crate::id::{AppointmentId, EquipmentId, InquiryId, LaunchId, UserId};
use crate::inquiry::Side;
use crate::locale::Locale;
use crate::question::Asker;
use crate::text::{EquipmentName, PersonName, Reason, SessionTitle};
use crate::time::{TimeZone, UnixSeconds};

pub use deadlines::Due;
pub use moves::{Mover, NotPossible};
pub use preflight::Preflight;
pub use request::{Answer, Cancel, Counter, NewAppointment, NewTime, Propose, TimeAsked, times};
pub use state::AppointmentState;
pub use statement::{counter_statement, signed_statement, statement, time_in_words};
pub use view::{AppointmentView, DeskAppointment};

/// Shortest and longest appointment, in seconds: a quarter of an hour to eight hours.
pub const LENGTH: core::ops::RangeInclusive<i64> = 15 * 60..=8 * 3600;
/// The usual length, in seconds: an hour.
pub const USUAL_LENGTH: i64 = 3600;
/// How far ahead a date can be agreed, in seconds: 60 days. The link in a mail works for that long, because the key that signed
/// it is kept for 62 days ([`crate::keyring::KeyPurpose::kept`]).
pub const FARTHEST: i64 = 60 * 24 * 3600;
/// Most times in one proposal.
pub const MOST_TIMES: usize = 5;
/// Most proposals from both sides together; after that, people had better call each other.
pub const MOST_PROPOSALS: u32 = 30;
/// How long before the start the reminder is sent, and the session is opened, in seconds.
pub const REMIND_BEFORE: i64 = 10 * 60;
/// How long before the start those are reminded who have not tried their PC, in seconds.
pub const CHECK_BEFORE: i64 = 24 * 3600;
/// For how long a session can go on after the agreed end, in seconds.
pub const OVERRUN: i64 = 30 * 60;
/// How long the links in the mails of an appointment work after its beginning, in seconds; each at most for as long as the
/// key is kept that signed it ([`crate::keyring::KeyPurpose::kept`]).
pub const LINK_LIFE: i64 = 400 * 24 * 3600;
/// Maximum number of steps that the history keeps; the audit log has all of them.
const MOST_STEPS: usize = 100;

/// Somebody at the customer who is to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Participant {
    /// Their name.
    pub name: PersonName,
    /// The address that mails go to.
    pub email: EmailAddress,
    /// The language of the mails.
    pub locale: Locale,
    /// The time zone that they have chosen; the customer's without one.
    #[serde(default)]
    pub time_zone: Option<ZoneName>,
    /// Their user, if they are one of the customer's administrators.
    #[serde(default)]
    pub user: Option<UserId>,
    /// What they found when they last tried their PC.
    #[serde(default)]
    pub preflight: Option<Preflight>,
}

impl From<Invited> for Participant {
    fn from(invited: Invited) -> Self {
        Self {
            name: invited.name,
            email: invited.email,
            locale: invited.locale,
            time_zone: None,
            user: None,
            preflight: None,
        }
    }
}

/// What takes place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AppointmentEvent))]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// An attended session, opened shortly before the start.
    Attended {
        /// The session, once it is opened.
        #[serde(default)]
        session: Option<LaunchId>,
    },
    /// Remote support on equipment. The date is that of the launch, which the administrators have approved.
    Launch {
        /// The launch.
        launch: LaunchId,
        /// The equipment.
        equipment: EquipmentId,
        /// Its name.
        equipment_name: EquipmentName,
        /// What was found when the machine was last tried.
        #[serde(default)]
        preflight: Option<Preflight>,
    },
}

/// A time that was proposed or agreed: the wall-clock time and its zone, and the instant that they mean. When a zone's rules
/// change, the wall-clock time stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AppointmentTime))]
pub struct Time {
    /// The wall-clock time.
    pub start: LocalTime,
    /// Its zone.
    pub time_zone: ZoneName,
    /// The instant.
    pub at: UnixSeconds,
    /// Which of two instants it is, if the wall-clock time exists twice.
    #[serde(default)]
    pub occurrence: Option<Occurrence>,
}

/// A proposal of one side that the other may answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = TimesProposal))]
pub struct Proposal {
    /// Its number; an answer names it, so that nobody answers a proposal that they have not seen.
    pub number: u32,
    /// The side that proposes.
    pub by: Side,
    /// The person who proposes.
    pub name: PersonName,
    /// When.
    pub at: UnixSeconds,
    /// The times, of which one is to be chosen.
    pub times: Vec<Time>,
    /// Why, or what else there is to say.
    #[serde(default)]
    pub reason: Option<Reason>,
    /// The place among the participants of the person that the link was mailed to, if it came by one.
    #[serde(default)]
    pub place: Option<usize>,
    /// The language in which that person read what a proposal means.
    #[serde(default)]
    pub locale: Option<Locale>,
}

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = DateAgreement))]
pub struct Agreement {
    /// The time.
    pub time: Time,
    /// Who settled it.
    pub name: PersonName,
    /// Their side.
    pub by: Side,
    /// When.
    pub at: UnixSeconds,
}

/// How it came to an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OverWhy {
    /// The proposal was declined, and no other followed.
    Declined,
    /// One side cancelled it.
    Cancelled,
    /// Nobody answered in time.
    Unanswered,
    /// Its time has passed.
    Past,
    /// The customer's service is suspended.
    Suspended,
}

/// The end of an appointment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = AppointmentOver))]
pub struct Over {
    /// When.
    pub at: UnixSeconds,
    /// How.
    pub why: OverWhy,
    /// The side that ended it, if one did.
    #[serde(default)]
    pub by: Option<Side>,
    /// The person who ended it, if one did.
    #[serde(default)]
    pub name: Option<PersonName>,
    /// Why they did.
    #[serde(default)]
    pub reason: Option<Reason>,
}

/// What happened, for the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AppointmentStepKind {
    /// Times were proposed.
    Proposed,
    /// A proposed time was chosen.
    Agreed,
    /// A proposal was declined.
    Declined,
    /// It was cancelled.
    Cancelled,
    /// Nobody answered in time.
    Unanswered,
    /// The zone's rules have changed: the wall-clock time stayed, the instant moved.
    Shifted,
    /// Somebody tried their PC, or the machine was tried.
    Checked,
    /// Those were reminded who had not tried their PC.
    CheckAsked,
    /// The reminder was sent, and the session opened.
    Reminded,
    /// Its time has passed.
    Past,
}

/// One step of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AppointmentStep {
    /// When.
    pub at: UnixSeconds,
    /// What.
    pub what: AppointmentStepKind,
    /// The side, if a person did it.
    #[serde(default)]
    pub by: Option<Side>,
    /// The person.
    #[serde(default)]
    pub name: Option<String>,
    /// The person whose link it was, if somebody else used it.
    #[serde(default)]
    pub link_of: Option<String>,
    /// The times it is about.
    #[serde(default)]
    pub times: Vec<Time>,
    /// Why.
    #[serde(default)]
    pub reason: Option<Reason>,
}

/// An appointment as stored by the customer's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Its id, which is also its UID in calendars.
    pub id: AppointmentId,
    /// What it is about.
    pub title: SessionTitle,
    /// The member of the desk's staff who holds it, and their provider.
    pub host: Asker,
    /// The host's time zone.
    pub host_zone: ZoneName,
    /// The inquiry that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<InquiryId>,
    /// What takes place.
    pub event: Event,
    /// How long it is to take, in seconds.
    pub length: i64,
    /// Who is to be there from the customer. The place of each is in their link, so nobody is ever removed.
    pub participants: Vec<Participant>,
    /// The proposal that waits for an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<Proposal>,
    /// The number of the last proposal.
    pub proposals: u32,
    /// What was agreed; it stands while a change is only proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Agreement>,
    /// The SEQUENCE of RFC 5546: how often the agreed date has changed, its cancellation included.
    pub sequence: i64,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over: Option<Over>,
    /// When the zone's rules were last compared with the agreed instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared_at: Option<UnixSeconds>,
    /// Whether those without a pre-flight check were reminded of it.
    #[serde(default)]
    pub check_asked: bool,
    /// When the reminder of the agreed date was given, and the session opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded_at: Option<UnixSeconds>,
    /// The history.
    pub steps: Vec<AppointmentStep>,
    /// When it was created.
    pub created_at: UnixSeconds,
    /// Incremented with each change, so that copies can be kept in order.
    pub version: i64,
}

/// What is known of an appointment from its beginning.
#[derive(Debug)]
pub struct Beginning {
    /// Its id.
    pub id: AppointmentId,
    /// What it is about.
    pub title: SessionTitle,
    /// The member of the desk's staff who holds it, and their provider.
    pub host: Asker,
    /// The host's time zone.
    pub host_zone: ZoneName,
    /// The inquiry that it belongs to.
    pub inquiry: Option<InquiryId>,
    /// What takes place.
    pub event: Event,
    /// How long it is to take, in seconds.
    pub length: i64,
    /// Who is to be there from the customer.
    pub participants: Vec<Participant>,
}

impl Appointment {
    /// An appointment for which nothing is proposed or agreed yet.
    #[must_use]
    pub fn begun(with: Beginning, now: UnixSeconds) -> Self {
        Self {
            id: with.id,
            title: with.title,
            host: with.host,
            host_zone: with.host_zone,
            inquiry: with.inquiry,
            event: with.event,
            length: with.length,
            participants: with.participants,
            proposal: None,
            proposals: 0,
            agreed: None,
            sequence: 0,
            over: None,
            compared_at: None,
            check_asked: false,
            reminded_at: None,
            steps: Vec::new(),
            created_at: now,
            version: 0,
        }
    }

    /// The agreed start.
    #[must_use]
    pub fn start(&self) -> Option<UnixSeconds> {
        self.agreed.as_ref().map(|agreed| agreed.time.at)
    }

    /// The agreed end.
    #[must_use]
    pub fn until(&self) -> Option<UnixSeconds> {
        self.start().map(|start| start.plus(self.length))
    }

    /// The proposal that can be answered at `now`.
    #[must_use]
    pub fn open_proposal(&self, now: UnixSeconds) -> Option<&Proposal> {
        self.proposal
            .as_ref()
            .filter(|proposal| self.over.is_none() && proposal.is_open(now))
    }

    /// By when it sorts: the agreed start, else the first time of its last proposal, else its creation.
    #[must_use]
    pub fn starts_at(&self) -> UnixSeconds {
        let proposed = || {
            self.proposal
                .iter()
                .flat_map(|proposal| &proposal.times)
                .map(|time| time.at)
                .min()
        };
        self.start().or_else(proposed).unwrap_or(self.created_at)
    }

    /// The zone of the participant at `place`, or the customer's.
    #[must_use]
    pub fn zone_of(&self, place: usize, customer: &TimeZone) -> TimeZone {
        let chosen = self.participants.get(place).and_then(|one| one.time_zone.as_ref());
        chosen.and_then(ZoneName::known).unwrap_or_else(|| customer.clone())
    }

    /// The attended session, once it is opened.
    #[must_use]
    pub const fn session(&self) -> Option<&LaunchId> {
        match &self.event {
            Event::Attended { session } => session.as_ref(),
            Event::Launch { .. } => None,
        }
    }

    /// Those who are to be there, as an attended session invites them.
    #[must_use]
    pub fn invited(&self) -> Vec<Invited> {
        let invited = self.participants.iter().map(|one| Invited {
            name: one.name.clone(),
            email: one.email.clone(),
            locale: one.locale,
        });
        invited.collect()
    }

    /// Adds a step to the history. When it is full, later steps are in the audit log only. Of several checks of the same
    /// PC it has the last.
    pub fn step(&mut self, step: AppointmentStep) {
        self.version = self.version.saturating_add(1);
        if step.what == AppointmentStepKind::Checked {
            self.steps.retain(|one| one.what != step.what || one.name != step.name);
        }
        if self.steps.len() < MOST_STEPS {
            self.steps.push(step);
        }
    }
}

impl Proposal {
    /// Whether one of its times is still to come.
    #[must_use]
    pub fn is_open(&self, now: UnixSeconds) -> bool {
        self.times.iter().any(|time| now < time.at)
    }

    /// When the last of its times has come.
    #[must_use]
    pub fn closes_at(&self) -> UnixSeconds {
        self.times.iter().map(|time| time.at).max().unwrap_or(self.at)
    }
}

impl AppointmentStep {
    /// A step without particulars.
    #[must_use]
    pub const fn new(at: UnixSeconds, what: AppointmentStepKind) -> Self {
        Self {
            at,
            what,
            by: None,
            name: None,
            link_of: None,
            times: Vec::new(),
            reason: None,
        }
    }
}

#[cfg(test)]
mod tests;

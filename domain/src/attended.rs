//! An attended session (Z3, Z4, B8): people at the customer show their screens from a browser, and the desk looks. This
//! file defines the record that the customer's tenant keeps and its states; `moves` how it gets from one to the next,
//! [`statement`] the text that a person consents to, and [`page`] what the page behind a link shows. Nothing is approved
//! beforehand: the consent of the first person opens the session to the desk.

mod invitation;
mod moves;
pub mod page;
mod request;
mod statement;
mod view;

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::id::{AppointmentId, GuestId, InquiryId, LaunchId};
use crate::launch::{Granted, LaunchEnded, Step, StepKind};
use crate::locale::Locale;
use crate::question::Asker;
use crate::receipt::ReceiptAttended;
use crate::session::{Ability, SessionEnd, SessionNote, SessionNumber};
use crate::text::{PersonName, SessionTitle};
use crate::time::UnixSeconds;

pub use invitation::{ANYBODY, holder, holder_of};
pub use moves::NotTaken;
pub use request::NewAttended;
pub use statement::{signed_statement, statement};
pub use view::{AttendedView, DeskAttended, HandOver};

/// Shortest and longest period, in seconds: a quarter of an hour to twelve hours.
pub const PERIOD: core::ops::RangeInclusive<i64> = 15 * 60..=12 * 3600;
/// The usual period, in seconds: four hours.
pub const USUAL_PERIOD: i64 = 4 * 3600;
/// Most people who are invited by mail.
pub const MOST_INVITED: usize = 10;
/// Most consents in one session. A person who reloads the page consents anew.
pub const MOST_CONSENTS: usize = 50;
/// Maximum number of steps that the timeline keeps; the audit log has all of them.
const MOST_STEPS: usize = 100;

/// Somebody at the customer who is invited by mail. They need no account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Invited {
    /// Their name.
    pub name: PersonName,
    /// The address that the invitation goes to.
    pub email: EmailAddress,
    /// The language of the invitation.
    pub locale: Locale,
}

/// One person's consent: they pressed 「参加する」. Its signed receipt is stored apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consent {
    /// The id of the consent, by which the session knows the person.
    pub guest: GuestId,
    /// Their name, as they gave it.
    pub name: PersonName,
    /// The address that was invited, if they came by a mailed link.
    #[serde(default)]
    pub email: Option<EmailAddress>,
    /// When.
    pub at: UnixSeconds,
    /// The language of the text that they consented to.
    pub locale: Locale,
}

/// An attended session as stored by the customer's tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attended {
    /// Its id, which also names it to the session's object.
    pub id: LaunchId,
    /// What it is about.
    pub title: SessionTitle,
    /// The member of the desk's staff who opened it, and their provider.
    pub opened_by: Asker,
    /// The inquiry that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inquiry: Option<InquiryId>,
    /// The appointment that it was opened for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub appointment: Option<AppointmentId>,
    /// Who is invited by mail. The place of each is in their link, so nobody is ever removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invited: Vec<Invited>,
    /// The session's number. It may turn out to be taken, and is then replaced.
    pub number: SessionNumber,
    /// ID of the link key that the session's password is derived from.
    pub kid: String,
    /// When it was opened.
    pub opened_at: UnixSeconds,
    /// The period.
    pub granted: Granted,
    /// When the session's object claimed the number: from then on it can be joined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running_at: Option<UnixSeconds>,
    /// Who has consented, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<LaunchEnded>,
    /// What the desk says of it afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<SessionNote>,
    /// The timeline.
    pub steps: Vec<Step>,
    /// The number of the last report of the session that was taken.
    #[serde(default)]
    pub reported: i64,
    /// Incremented with each change, so that copies can be kept in order.
    pub version: i64,
}

/// The state of an attended session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AttendedState {
    /// Its number is being claimed.
    Opening,
    /// It can be joined, and nobody has consented yet.
    Open,
    /// Somebody has consented.
    Running,
    /// It has ended after somebody had consented.
    Ended,
    /// Its period passed, and nobody had come.
    Expired,
    /// The desk withdrew it before anybody had come.
    Withdrawn,
}

impl AttendedState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Opening,
        Self::Open,
        Self::Running,
        Self::Ended,
        Self::Expired,
        Self::Withdrawn,
    ];

    /// Whether it is not over.
    #[must_use]
    pub const fn is_alive(self) -> bool {
        matches!(self, Self::Opening | Self::Open | Self::Running)
    }

    /// The name in records and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Open => "open",
            Self::Running => "running",
            Self::Ended => "ended",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Attended {
    /// The name of somebody who has consented.
    #[must_use]
    pub fn guest(&self, id: &GuestId) -> Option<&PersonName> {
        let mut consents = self.consents.iter();
        consents
            .find(|consent| consent.guest == *id)
            .map(|consent| &consent.name)
    }

    /// The state at `now`.
    #[must_use]
    pub fn state(&self, now: UnixSeconds) -> AttendedState {
        let came = !self.consents.is_empty();
        match &self.ended {
            Some(_) if came => return AttendedState::Ended,
            Some(ended) if ended.why == SessionEnd::Expired => return AttendedState::Expired,
            Some(ended) if ended.why == SessionEnd::Desk => return AttendedState::Withdrawn,
            Some(_) => return AttendedState::Ended,
            None => {}
        }
        match (now < self.granted.until, came) {
            (false, true) => AttendedState::Ended,
            (false, false) => AttendedState::Expired,
            (true, true) => AttendedState::Running,
            (true, false) if self.running_at.is_some() => AttendedState::Open,
            (true, false) => AttendedState::Opening,
        }
    }

    /// Adds a step to the timeline. When it is full, later steps are in the audit log only, but for the end.
    pub fn step(&mut self, at: UnixSeconds, what: StepKind, by: Option<&str>, detail: Option<&str>) {
        self.version = self.version.saturating_add(1);
        if self.steps.len() >= MOST_STEPS && what != StepKind::Ended {
            return;
        }
        self.steps.push(Step {
            at,
            what,
            by: by.map(str::to_owned),
            detail: detail.map(str::to_owned),
        });
    }

    /// The session's number, once it is claimed.
    #[must_use]
    pub fn session(&self) -> Option<&SessionNumber> {
        self.running_at.map(|_| &self.number)
    }

    /// When it needs attention next: at the end of its period. `None` once it is over.
    #[must_use]
    pub fn due(&self) -> Option<UnixSeconds> {
        self.ended.is_none().then_some(self.granted.until)
    }

    /// What its receipts say of it.
    #[must_use]
    pub fn in_receipt(&self) -> ReceiptAttended {
        ReceiptAttended {
            title: self.title.to_string(),
            abilities: Ability::ATTENDED.to_vec(),
            granted: self.granted,
        }
    }
}

#[cfg(test)]
mod tests;

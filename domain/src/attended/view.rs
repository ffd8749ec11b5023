//! Attended sessions as people see them: in the customer's panel and at the provider's desk.

use serde::{Deserialize, Serialize};

use super::{Attended, AttendedState, Consent, Invited};
use crate::id::{InquiryId, LaunchId};
use crate::launch::{Granted, LaunchEnded, Step};
use crate::question::Asker;
use crate::session::{SessionNote, SessionNumber};
use crate::slug::Slug;
use crate::text::{OrganizationName, SessionTitle};
use crate::time::UnixSeconds;

/// An attended session as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AttendedView {
    /// Its id.
    pub id: LaunchId,
    /// What it is about.
    pub title: SessionTitle,
    /// The member of the desk's staff who opened it.
    pub opened_by: Asker,
    /// The inquiry that it belongs to.
    pub inquiry: Option<InquiryId>,
    /// Who is invited by mail.
    pub invited: Vec<Invited>,
    /// The state.
    pub state: AttendedState,
    /// When it was opened.
    pub opened_at: UnixSeconds,
    /// The period.
    pub granted: Granted,
    /// Who has consented, in order. Each consent has a signed receipt.
    pub consents: Vec<Consent>,
    /// The session's number, once it can be joined, and after its end.
    pub session: Option<SessionNumber>,
    /// How it ended.
    pub ended: Option<LaunchEnded>,
    /// What the desk says of it afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<SessionNote>,
    /// The timeline.
    pub steps: Vec<Step>,
    /// Incremented with each change.
    pub version: i64,
    /// What the desk hands over; present only at the desk, where one session is shown that can be joined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<HandOver>,
}

/// What the desk hands over to the people at the customer: the link, or the ID and the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HandOver {
    /// The page that anybody with its address can join from.
    pub link: String,
    /// The page where ID and password are typed.
    pub page: String,
    /// The session's ID in groups of three, for reading aloud.
    pub number: String,
    /// The session's password, as people read it. The desk joins with it too.
    pub password: String,
}

impl AttendedView {
    /// The view of `attended` at `now`.
    #[must_use]
    pub fn of(attended: Attended, now: UnixSeconds) -> Self {
        Self {
            state: attended.state(now),
            session: attended.session().cloned(),
            id: attended.id,
            title: attended.title,
            opened_by: attended.opened_by,
            inquiry: attended.inquiry,
            invited: attended.invited,
            opened_at: attended.opened_at,
            granted: attended.granted,
            consents: attended.consents,
            ended: attended.ended,
            note: attended.note,
            steps: attended.steps,
            version: attended.version,
            hand_over: None,
        }
    }

    /// Until when it is open; `None` once it is over.
    #[must_use]
    pub fn open_until(&self) -> Option<UnixSeconds> {
        self.state.is_alive().then_some(self.granted.until)
    }

    /// The same view at a later `now`: its period may have passed in the meantime.
    #[must_use]
    pub fn at(mut self, now: UnixSeconds) -> Self {
        if self.open_until().is_some_and(|until| now >= until) {
            self.state = match self.consents.is_empty() {
                true => AttendedState::Expired,
                false => AttendedState::Ended,
            };
        }
        self
    }
}

/// A customer's attended session in its provider's list. It is a copy; the customer's tenant decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskAttended {
    /// The customer.
    pub tenant: Slug,
    /// The customer's name.
    pub tenant_name: OrganizationName,
    /// The session as the customer last reported it.
    pub attended: AttendedView,
}

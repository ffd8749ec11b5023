//! Viewers' requests.

use serde::{Deserialize, Serialize};

use crate::approval::{Decision, Outcome};
use crate::id::RegistrationId;
use crate::locale::Locale;
use crate::registration::{Registration, Stage};
use crate::right::Right;
use crate::text::Reason;
use crate::time::UnixSeconds;
use crate::wire::page::Page;

use super::lists::{Order, WaitingFilter, search};

actions! {
    "Requests of Viewers"
    List -> Page<PanelRegistration> {
        /// Which of them.
        #[serde(default)]
        state: WaitingFilter,
        /// What a name, an address, a company or a PC's name begins with.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// The newest or the oldest first; where something is searched for, by what was found.
        #[serde(default)]
        order: Order,
        /// Where to begin.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_registrations", Right::RegistrationsRead).reading();

    "One request"
    Show -> PanelRegistration {
        /// Which.
        id: RegistrationId,
        /// The language of the statement; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("show_registration", Right::RegistrationsRead).reading();

    "The signed receipt of the decision on a request"
    Receipt -> String {
        /// Which request.
        id: RegistrationId,
    }
    = Action::new("show_registration_receipt", Right::RegistrationsRead).reading();

    "Approves or refuses a request"
    Decide -> PanelRegistration {
        /// Which.
        id: RegistrationId,
        /// The answer.
        outcome: Outcome,
        /// Whether the confirmation was ticked (B1).
        #[serde(default)]
        confirmed: bool,
        /// Why, where it is refused.
        #[serde(default)]
        reason: Option<Reason>,
        /// The language of the text that was shown; otherwise one's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("decide", Right::RegistrationsDecide).fresh().entering(&["approval.decide"]);
}

/// A Viewer's request as an administrator sees it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PanelRegistration {
    /// Its name.
    pub id: RegistrationId,
    /// Where it stands.
    pub state: Stage,
    /// The requester's name, as typed.
    pub name: String,
    /// The requester's address.
    pub email: String,
    /// The address's domain as it is written, where it is an international one (青空.example for `xn--grzr40d.example`): show both.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub email_domain: Option<String>,
    /// The requester's company, as typed.
    pub organization: String,
    /// What the PC is called.
    pub device_name: String,
    /// Whether the PC registered a key of its own.
    pub has_key: bool,
    /// Whether the address lies outside the tenant's own mail domains.
    pub outside_mail_domains: bool,
    /// When it was asked.
    pub requested_at: UnixSeconds,
    /// When the current wait ends, or ended.
    pub expires_at: UnixSeconds,
    /// The answer, once there is one.
    pub decision: Option<Decision>,
    /// The text that is consented to, as it must be shown; in answers about one request only.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub statement: Option<String>,
}

impl PanelRegistration {
    /// What is seen of `registration` at `now`.
    #[must_use]
    pub fn of(registration: &Registration, decision: Option<Decision>, now: UnixSeconds) -> Self {
        let applicant = &registration.applicant;
        Self {
            id: registration.id.clone(),
            state: registration.stage(now),
            name: applicant.name.to_string(),
            email: applicant.email.to_string(),
            email_domain: applicant.email.written_domain(),
            organization: applicant.organization.to_string(),
            device_name: applicant.device_name.to_string(),
            has_key: applicant.jkt.is_some(),
            outside_mail_domains: registration.outside_mail_domains,
            requested_at: registration.requested_at,
            expires_at: registration.expires_at,
            decision,
            statement: None,
        }
    }
}

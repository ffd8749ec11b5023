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
    "Lists Viewers' requests"
    List -> Page<PanelRegistration> {
        /// Filter by state.
        #[serde(default)]
        state: WaitingFilter,
        /// Search text: prefix of a name, a mail address, a company or a PC name.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Sort order by request time, or by expiry for requests that await an answer; search results are sorted by the
        /// matching term instead.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_registrations", Right::RegistrationsRead).reading();

    "Shows a Viewer's request"
    Show -> PanelRegistration {
        /// ID of the request.
        id: RegistrationId,
        /// Language of the statement; defaults to the user's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("show_registration", Right::RegistrationsRead).reading();

    "Returns the signed receipt of the decision on a request"
    Receipt -> String {
        /// ID of the request.
        id: RegistrationId,
    }
    = Action::new("show_registration_receipt", Right::RegistrationsRead).reading();

    "Approves or refuses a request"
    Decide -> PanelRegistration {
        /// ID of the request.
        id: RegistrationId,
        /// Answer to the request.
        outcome: Outcome,
        /// Whether the confirmation box was ticked (B1).
        #[serde(default)]
        confirmed: bool,
        /// Reason for a refusal.
        #[serde(default)]
        reason: Option<Reason>,
        /// Language in which the statement was shown; defaults to the user's own.
        #[serde(default)]
        locale: Option<Locale>,
    }
    = Action::new("decide", Right::RegistrationsDecide).fresh().entering(&["approval.decide"]);
}

/// A Viewer's request, as seen by an administrator.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PanelRegistration {
    /// ID of the request.
    pub id: RegistrationId,
    /// Current stage.
    pub state: Stage,
    /// The requester's name, as typed.
    pub name: String,
    /// The requester's address.
    pub email: String,
    /// Unicode form of an internationalised mail domain (青空.example for `xn--grzr40d.example`). Show both forms.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub email_domain: Option<String>,
    /// The requester's company, as typed.
    pub organization: String,
    /// Name of the PC.
    pub device_name: String,
    /// Whether the PC registered its own key.
    pub has_key: bool,
    /// Whether the address lies outside the tenant's own mail domains.
    pub outside_mail_domains: bool,
    /// Time of the request.
    pub requested_at: UnixSeconds,
    /// End of the current or last waiting period.
    pub expires_at: UnixSeconds,
    /// The decision, once there is one.
    pub decision: Option<Decision>,
    /// Consent statement, to be shown verbatim; only in responses about a single request.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    #[cfg_attr(feature = "openapi", schema(nullable = false))]
    pub statement: Option<String>,
}

impl PanelRegistration {
    /// The view of `registration` at `now`.
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

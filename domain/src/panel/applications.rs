//! Applications for a contract, at the provider's desk (C1).

use crate::application::{ApplicationOutcome, ApplicationState, ApplicationView};
use crate::contract::ContactPerson;
use crate::date::Date;
use crate::id::ApplicationId;
use crate::inquiry::Body;
use crate::right::Right;
use crate::slug::Slug;
use crate::text::{OrganizationName, Reason};
use crate::wire::page::Page;

use super::lists::Order;

actions! {
    "Lists the applications that the desk has recorded, by date of application"
    List -> Page<ApplicationView> {
        /// Filter by state.
        #[serde(default)]
        state: ApplicationFilter,
        /// Sort order by date of application.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_applications", Right::Desk).reading();

    "Shows an application"
    Show -> ApplicationView {
        /// ID of the application.
        id: ApplicationId,
    }
    = Action::new("show_application", Right::Desk).reading();

    "Records an application for a contract"
    Create -> ApplicationView {
        /// Name of the company that applies.
        company: OrganizationName,
        /// The company's contact person.
        contact: ContactPerson,
        /// Domain that the company wishes for.
        #[serde(default)]
        domain: Option<Slug>,
        /// Date of application, not in the future.
        applied_on: Date,
        /// A note for the desk.
        #[serde(default)]
        note: Option<Body>,
    }
    = Action::new("create_application", Right::Desk).repeatable().entering(&["application.create"]);

    "Closes an application: a contract was made, or the application was declined"
    Close -> ApplicationView {
        /// ID of the application.
        id: ApplicationId,
        /// The outcome.
        outcome: ApplicationOutcome,
        /// Domain of the customer whose contract was made; with the outcome `contract` only.
        #[serde(default)]
        customer: Option<Slug>,
        /// The reason; required with the outcome `declined`.
        #[serde(default)]
        reason: Option<Reason>,
    }
    = Action::new("close_application", Right::Desk).entering(&["application.close"]);
}

choices! {
    /// State filter for lists of applications.
    ApplicationFilter {
        /// Applications that await an answer.
        Open "open",
        /// Answered applications.
        Closed "closed",
        /// All applications.
        #[default]
        All "all",
    }
}

impl ApplicationFilter {
    /// The state that passes the filter; `None` for every state.
    #[must_use]
    pub const fn state(self) -> Option<ApplicationState> {
        match self {
            Self::Open => Some(ApplicationState::Open),
            Self::Closed => Some(ApplicationState::Closed),
            Self::All => None,
        }
    }
}

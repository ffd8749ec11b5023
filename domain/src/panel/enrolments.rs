//! Machines that ask to be enrolled without a code (P2): what a provider is known by on a machine, and the requests that
//! wait for a customer's administrators. Those that wait for the desk are in `desk.rs`.

use crate::approval::Outcome;
use crate::enrolment::EnrolmentRequestView;
use crate::enrolment::organization::{ServiceOrganizationView, VerificationCodeIssued};
use crate::id::EnrolmentRequestId;
use crate::right::Right;
use crate::wire::page::Page;

use super::lists::Order;

actions! {
    "Shows the organisation id by which machines find the provider"
    Show -> ServiceOrganizationView {}
    = Action::new("show_service_organization", Right::Enrolment).reading();

    "Issues a new verification code for machines; the code before it ends"
    /// The first code comes with the organisation id, which then stays.
    Renew -> VerificationCodeIssued {}
    = Action::new("renew_verification_code", Right::Enrolment).fresh().touching_copies().entering(&["enrolment.renew"]);

    "Lists machines that asked to be enrolled for the tenant's equipment"
    List -> Page<EnrolmentRequestView> {
        /// Filter by state.
        #[serde(default)]
        state: EnrolmentFilter,
        /// Sort order by time of the request.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_enrolments", Right::EquipmentRead).reading();

    "Accepts or refuses a machine that asked to be enrolled for a piece of equipment"
    /// If the equipment has an agent, accepting ends it as soon as the machine enrols.
    Answer -> EnrolmentRequestView {
        /// ID of the request.
        id: EnrolmentRequestId,
        /// Answer to the request.
        outcome: Outcome,
    }
    = Action::new("answer_enrolment", Right::EquipmentWrite).fresh().entering(&["enrolment.accept", "enrolment.refuse"]);
}

choices! {
    /// State filter for lists of machines that asked to be enrolled.
    EnrolmentFilter {
        /// Those that await an answer.
        Open "open",
        /// All.
        #[default]
        All "all",
    }
}

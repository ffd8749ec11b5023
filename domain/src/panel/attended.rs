//! Attended sessions with the tenant's own people, as its administrators see them (Z3, Z4).

use crate::attended::AttendedView;
use crate::id::{GuestId, LaunchId};
use crate::right::Right;
use crate::session::SessionReport;
use crate::wire::page::Page;

use super::lists::Order;

actions! {
    "Lists attended sessions with people of the tenant"
    List -> Page<AttendedView> {
        /// Filter by state.
        #[serde(default)]
        state: AttendedFilter,
        /// Sort order by the time of opening.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_attended", Right::LaunchesRead).reading();

    "Shows an attended session with its participants and its timeline"
    Show -> AttendedView {
        /// ID of the session.
        id: LaunchId,
    }
    = Action::new("show_attended", Right::LaunchesRead).reading();

    "Lists what happened in the session: who was in it, what was shared, written and exchanged"
    Record -> Page<SessionReport> {
        /// ID of the session.
        id: LaunchId,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("show_attended_record", Right::LaunchesRead).reading();

    "Returns the signed receipt of a participant's consent"
    Receipt -> String {
        /// ID of the session.
        id: LaunchId,
        /// ID of the consent.
        guest: GuestId,
    }
    = Action::new("show_attended_receipt", Right::LaunchesRead).reading();

    "Ends an attended session, before or while people take part"
    End -> AttendedView {
        /// ID of the session.
        id: LaunchId,
    }
    = Action::new("end_attended", Right::LaunchesDecide).entering(&["attended.end"]);
}

choices! {
    /// State filter for lists of attended sessions.
    AttendedFilter {
        /// What is not over.
        Open "open",
        /// All.
        #[default]
        All "all",
    }
}

//! Appointments with the tenant's own people, as its administrators see them (Z1, B7).

use crate::appointment::AppointmentView;
use crate::id::AppointmentId;
use crate::right::Right;
use crate::text::Reason;
use crate::wire::page::Page;

use super::lists::Order;

actions! {
    "Lists appointments with people of the tenant"
    List -> Page<AppointmentView> {
        /// Filter by state.
        #[serde(default)]
        state: AppointmentFilter,
        /// Sort order by start.
        #[serde(default)]
        order: Order,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_appointments", Right::LaunchesRead).reading();

    "Shows an appointment with its participants and its history"
    Show -> AppointmentView {
        /// ID of the appointment.
        id: AppointmentId,
    }
    = Action::new("show_appointment", Right::LaunchesRead).reading();

    "Returns the signed receipt of the agreed date"
    Receipt -> String {
        /// ID of the appointment.
        id: AppointmentId,
    }
    = Action::new("show_appointment_receipt", Right::LaunchesRead).reading();

    "Cancels an appointment; everybody who is invited is mailed"
    Cancel -> AppointmentView {
        /// ID of the appointment.
        id: AppointmentId,
        /// Why; everybody who is invited reads it.
        reason: Reason,
    }
    = Action::new("cancel_appointment", Right::LaunchesDecide).entering(&["appointment.cancel"]);
}

choices! {
    /// State filter for lists of appointments.
    AppointmentFilter {
        /// What is not over.
        Open "open",
        /// All.
        #[default]
        All "all",
    }
}

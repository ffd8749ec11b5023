//! Exports of lists (C4).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::right::Right;

actions! {
    "Exports a list"
    Export -> ExportPiece {
        /// List to export.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        list: Exported,
        /// Export format.
        #[serde(default)]
        format: ExportFormat,
        /// Filters, as accepted by the list itself.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        filter: Map<String, Value>,
        /// Cursor from the previous piece.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        cursor: Option<String>,
    }
    = Action::new("export", Right::Own).reading().deferred();
}

choices! {
    /// A list that can be exported.
    Exported {
        /// Viewers' requests.
        Registrations "registrations",
        /// Devices.
        Devices "devices",
        /// Users.
        #[default]
        Users "users",
        /// The audit log.
        Audit "audit",
        /// Organisations.
        Organizations "organizations",
        /// The tenant's inquiries.
        Inquiries "inquiries",
        /// The provider's customers.
        Customers "customers",
        /// Customers' inquiries, as listed at the desk.
        DeskInquiries "desk_inquiries",
        /// Applications for a contract.
        Applications "applications",
        /// Undeliverable mails.
        Mails "mails",
        /// The provider's questions.
        Questions "questions",
        /// Equipment.
        Equipment "equipment",
        /// Remote support on the tenant's equipment.
        Launches "launches",
        /// Remote support at the desk's customers.
        DeskLaunches "desk_launches",
        /// Attended sessions with people of the tenant.
        Attended "attended",
        /// Attended sessions at the desk's customers.
        DeskAttended "desk_attended",
        /// Appointments with people of the tenant.
        Appointments "appointments",
        /// Appointments at the desk's customers.
        DeskAppointments "desk_appointments",
        /// Questions that the desk has asked its customers.
        DeskQuestions "desk_questions",
    }
    /// An export format.
    ExportFormat {
        /// Comma-separated values (RFC 4180).
        #[default]
        Csv "csv",
        /// JSON Lines: one document per line.
        Jsonl "jsonl",
    }
}

/// One piece of an export.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportPiece {
    /// Text of the piece.
    pub text: String,
    /// Cursor for the next piece; `None` after the last.
    pub cursor: Option<String>,
    /// The date of the export in the reader's time zone, `2026-11-21`.
    pub day: String,
}

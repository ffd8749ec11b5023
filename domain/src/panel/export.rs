//! Lists written out (C4).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::right::Right;

actions! {
    "Writes a list out"
    Export -> ExportPiece {
        /// Which list.
        #[cfg_attr(feature = "openapi", schema(ignore))]
        list: Exported,
        /// In which format.
        #[serde(default)]
        format: ExportFormat,
        /// What the list is limited to, as when it is listed.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        filter: Map<String, Value>,
        /// Where to go on.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(ignore))]
        cursor: Option<String>,
    }
    = Action::new("export", Right::Own).reading().deferred();
}

choices! {
    /// Which list is written out.
    Exported {
        /// Requests of Viewers.
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
        /// A provider's customers.
        Customers "customers",
        /// Their inquiries.
        DeskInquiries "desk_inquiries",
        /// Mails that could not be delivered.
        Mails "mails",
        /// The provider's questions.
        Questions "questions",
        /// Questions that the desk has asked.
        DeskQuestions "desk_questions",
    }
    /// How a list is written out.
    ExportFormat {
        /// Comma-separated values (RFC 4180).
        #[default]
        Csv "csv",
        /// JSON Lines: one document a line.
        Jsonl "jsonl",
    }
}

/// A piece of a list that is written out.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExportPiece {
    /// The piece.
    pub text: String,
    /// Where the next begins; `None` after the last.
    pub cursor: Option<String>,
}

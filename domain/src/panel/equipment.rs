//! Equipment (K7).

use serde::{Deserialize, Serialize};

use crate::agent::EnrolmentIssued;
use crate::equipment::{EquipmentDescription, EquipmentNotes, EquipmentView, ResponsibleUsers, SerialNumber};
use crate::id::{EquipmentId, OrganizationId};
use crate::right::Right;
use crate::text::{EquipmentModel, EquipmentName, EquipmentPlace};
use crate::wire::page::Page;

use super::lists::{present, search};

actions! {
    "Lists equipment, sorted by name"
    List -> Page<EquipmentView> {
        /// Filter by state.
        #[serde(default)]
        state: EquipmentFilter,
        /// Filter by organisation, including the organisations below it.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Search text: prefix of a word in the name, the model, the serial number or the place. Search results are
        /// sorted by time of registration, newest first.
        #[serde(default, deserialize_with = "search")]
        #[cfg_attr(feature = "openapi", schema(max_length = 100))]
        q: Option<String>,
        /// Cursor from the previous page.
        #[serde(default)]
        cursor: Option<String>,
    }
    = Action::new("list_equipment", Right::EquipmentRead).reading();

    "Shows a piece of equipment"
    Show -> EquipmentView {
        /// ID of the equipment.
        id: EquipmentId,
    }
    = Action::new("show_equipment", Right::EquipmentRead).reading();

    "Registers a piece of equipment"
    /// Remote assistance is not allowed at first; the manual launch is.
    Create -> EquipmentView {
        /// Name of the equipment.
        name: EquipmentName,
        /// Model.
        #[serde(default)]
        model: Option<EquipmentModel>,
        /// Serial number. No other equipment in use may have it; case, width and the kind of dash make no difference.
        serial_number: SerialNumber,
        /// Where it stands.
        #[serde(default)]
        place: Option<EquipmentPlace>,
        /// Organisation that it belongs to.
        #[serde(default)]
        organization: Option<OrganizationId>,
        /// Users who are responsible for it: administrators of the tenant or of its organisation.
        #[serde(default)]
        responsible: ResponsibleUsers,
        /// Notes, with line breaks.
        #[serde(default)]
        notes: Option<EquipmentNotes>,
    }
    = Action::new("create_equipment", Right::EquipmentWrite).repeatable().entering(&["equipment.create"]);

    "Changes a piece of equipment"
    /// Absent members stay unchanged.
    Change -> EquipmentView {
        /// ID of the equipment.
        id: EquipmentId,
        /// Version that the change is based on.
        version: i64,
        /// Name of the equipment.
        #[serde(default)]
        name: Option<EquipmentName>,
        /// Model; null for none.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<EquipmentModel>))]
        model: Option<Option<EquipmentModel>>,
        /// Serial number.
        #[serde(default)]
        serial_number: Option<SerialNumber>,
        /// Where it stands; null for unknown.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<EquipmentPlace>))]
        place: Option<Option<EquipmentPlace>>,
        /// Organisation that it belongs to; null for none.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<OrganizationId>))]
        organization: Option<Option<OrganizationId>>,
        /// Complete list of the users who are responsible for it.
        #[serde(default)]
        responsible: Option<ResponsibleUsers>,
        /// Notes; null for none.
        #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(value_type = Option<EquipmentNotes>))]
        notes: Option<Option<EquipmentNotes>>,
    }
    = Action::new("change_equipment", Right::EquipmentWrite).entering(&["equipment.update"]);

    "Allows or forbids remote assistance and the manual launch"
    /// Absent members stay unchanged.
    Switch -> EquipmentView {
        /// ID of the equipment.
        id: EquipmentId,
        /// Version that the change is based on.
        version: i64,
        /// Whether the desk may start remote support on it.
        #[serde(default)]
        remote_assistance: Option<bool>,
        /// Whether remote support may be started at the machine itself.
        #[serde(default)]
        manual_launch: Option<bool>,
    }
    = Action::new("switch_equipment", Right::EquipmentSwitch).fresh().entering(&["equipment.switches"]);

    "Retires a piece of equipment, which frees its serial number and ends its remote assistance"
    Retire -> EquipmentView {
        /// ID of the equipment.
        id: EquipmentId,
    }
    = Action::new("retire_equipment", Right::EquipmentWrite).entering(&["equipment.retire", "agent.end"]);

    "Brings a retired piece of equipment back into use"
    Restore -> EquipmentView {
        /// ID of the equipment.
        id: EquipmentId,
    }
    = Action::new("restore_equipment", Right::EquipmentWrite).entering(&["equipment.restore"]);

    "Issues an enrolment code for the agent of a piece of equipment"
    /// The code works once. It ends the code that was issued for the equipment before.
    Enrol -> EnrolmentIssued {
        /// ID of the equipment.
        id: EquipmentId,
        /// Seconds for which the code is valid: at most a week, and a day if absent.
        #[serde(default)]
        #[cfg_attr(feature = "openapi", schema(minimum = 60, maximum = 604_800))]
        expires_in: Option<i64>,
    }
    = Action::new("enrol_equipment", Right::EquipmentWrite).fresh().entering(&["equipment.enrolment_code"]);

    "Ends the agent of a piece of equipment, and its enrolment code"
    /// The agent is disconnected at once and has to be enrolled again.
    EndAgent -> EquipmentView {
        /// ID of the equipment.
        id: EquipmentId,
    }
    = Action::new("end_agent", Right::EquipmentWrite).entering(&["agent.end", "equipment.enrolment_end"]);

    "Imports equipment from a CSV file: registers it or changes it, by ID or serial number"
    /// The whole file is imported, or nothing of it.
    Import -> ImportReport {
        /// Content of the file in base64 (RFC 4648 section 4): at most 1 MB, with a header row and at most 2,000 rows, in
        /// UTF-8 or Shift_JIS. The headings are those of an export in any of its languages, or the names of members.
        data: String,
        /// Whether to only report what an import would do.
        #[serde(default)]
        dry_run: bool,
    }
    = Action::new("import_equipment", Right::EquipmentWrite)
        .with_files()
        .entering(&["equipment.import", "equipment.create", "equipment.update"]);
}

impl From<Create> for EquipmentDescription {
    fn from(new: Create) -> Self {
        Self {
            name: new.name,
            model: new.model,
            serial_number: new.serial_number,
            place: new.place,
            organization: new.organization,
            responsible: new.responsible,
            notes: new.notes,
        }
    }
}

impl Change {
    /// What is written about the equipment after this change to `now`.
    #[must_use]
    pub fn applied_to(self, now: EquipmentDescription) -> EquipmentDescription {
        EquipmentDescription {
            name: self.name.unwrap_or(now.name),
            model: self.model.unwrap_or(now.model),
            serial_number: self.serial_number.unwrap_or(now.serial_number),
            place: self.place.unwrap_or(now.place),
            organization: self.organization.unwrap_or(now.organization),
            responsible: self.responsible.unwrap_or(now.responsible),
            notes: self.notes.unwrap_or(now.notes),
        }
    }
}

choices! {
    /// State filter for lists of equipment.
    EquipmentFilter {
        /// Equipment in use.
        Active "active",
        /// Retired equipment.
        Retired "retired",
        /// All equipment.
        #[default]
        All "all",
    }
    /// What an import does with a row.
    ImportOutcome {
        /// Registers the equipment.
        Create "create",
        /// Changes the equipment.
        Update "update",
        /// Leaves the equipment as it is.
        #[default]
        Unchanged "unchanged",
        /// Nothing, because the row has errors; the file cannot be imported.
        Error "error",
    }
}

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportError {
    /// The column, by the name of the member that it holds.
    pub column: String,
    /// What would be valid, in English.
    pub detail: String,
}

/// One row of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportRow {
    /// Number of the row in the file; the header row is 1.
    pub row: i64,
    /// The serial number, as it is in the file.
    pub serial_number: String,
    /// What the import does with the row.
    pub outcome: ImportOutcome,
    /// Names of the members that change.
    pub changes: Vec<String>,
    /// What is wrong with the row.
    pub errors: Vec<ImportError>,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ImportReport {
    /// Whether the import was carried out.
    pub imported: bool,
    /// Number of pieces of equipment registered.
    pub created: i64,
    /// Number of pieces of equipment changed.
    pub updated: i64,
    /// Number of rows that change nothing.
    pub unchanged: i64,
    /// Number of rows with errors.
    pub wrong: i64,
    /// The rows, in the order of the file.
    pub rows: Vec<ImportRow>,
}

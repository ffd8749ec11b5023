//! Equipment at the customer: machines and installations that remote support starts on. This file defines the record
//! and its rules; [`responsible`] says who is asked about one, and [`serial_number`] when two numbers are the same.

pub mod responsible;
pub mod serial_number;

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::agent::AgentView;
use crate::audit::change::{Told, changes, members};
use crate::error::{FieldError, Refusal};
use crate::id::{EquipmentId, OrganizationId, UserId};
use crate::phonetic::folded;
use crate::text::{EquipmentModel, EquipmentName, EquipmentPlace, deceives};
use crate::time::UnixSeconds;

pub use serial_number::SerialNumber;

/// Maximum number of responsible administrators per piece of equipment.
const MOST_RESPONSIBLE: usize = 10;

/// Notes on a piece of equipment: 1 to 2,000 characters, with line breaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 2_000))]
#[serde(try_from = "String")]
pub struct EquipmentNotes(String);

impl EquipmentNotes {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EquipmentNotes {
    type Error = FieldError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        const MOST: usize = 2_000;
        let refuse = |detail| Err(FieldError::new("notes", detail));
        // Line breaks may take two characters each before they are unified.
        if text.len() > MOST.saturating_mul(8) {
            return refuse("must be at most 2,000 characters long");
        }
        let text = text.replace("\r\n", "\n").replace('\t', " ");
        if text.split('\n').any(deceives) {
            return refuse("must not contain control characters or invisible characters");
        }
        let text = crate::unicode::nfc(text.trim()).into_owned();
        match text.chars().count() {
            0 => refuse("must not be empty"),
            length if length > MOST => refuse("must be at most 2,000 characters long"),
            _ => Ok(Self(text)),
        }
    }
}

impl fmt::Display for EquipmentNotes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The administrators responsible for a piece of equipment: at most ten, no duplicates. Empty if its organisation's
/// administrators are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(max_items = 10))]
#[serde(try_from = "Vec<UserId>")]
pub struct ResponsibleUsers(Vec<UserId>);

impl ResponsibleUsers {
    /// Their ids, in the order given.
    #[must_use]
    pub fn all(&self) -> &[UserId] {
        &self.0
    }
}

impl TryFrom<Vec<UserId>> for ResponsibleUsers {
    type Error = FieldError;
    fn try_from(users: Vec<UserId>) -> Result<Self, Self::Error> {
        let refuse = |detail| Err(FieldError::new("responsible", detail));
        if users.len() > MOST_RESPONSIBLE {
            return refuse("must contain at most 10 users");
        }
        let twice = |(at, user): (usize, &UserId)| users.iter().skip(at.saturating_add(1)).any(|other| other == user);
        if users.iter().enumerate().any(twice) {
            return refuse("must not contain a user twice");
        }
        Ok(Self(users))
    }
}

/// Whether a piece of equipment is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum EquipmentState {
    /// In use.
    Active,
    /// Retired; its serial number is free again.
    Retired,
}

impl EquipmentState {
    /// The name it is shown under.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
        }
    }
}

/// What people write about a piece of equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EquipmentDescription {
    /// Its name.
    pub name: EquipmentName,
    /// Its model.
    pub model: Option<EquipmentModel>,
    /// Its serial number.
    pub serial_number: SerialNumber,
    /// Where it stands.
    pub place: Option<EquipmentPlace>,
    /// The organisation it belongs to.
    pub organization: Option<OrganizationId>,
    /// The responsible administrators.
    pub responsible: ResponsibleUsers,
    /// Notes.
    pub notes: Option<EquipmentNotes>,
}

/// A piece of equipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Equipment {
    /// The equipment's id.
    pub id: EquipmentId,
    /// What people write about it.
    pub description: EquipmentDescription,
    /// Whether the desk may start remote support on it (P10).
    pub remote_assistance: bool,
    /// Whether remote support may be started at the machine itself (K6).
    pub manual_launch: bool,
    /// Incremented with each change.
    pub version: i64,
    /// Time of registration.
    pub created_at: UnixSeconds,
    /// Time of the last change.
    pub updated_at: UnixSeconds,
    /// Time of retirement, if it is retired.
    pub retired_at: Option<UnixSeconds>,
}

impl Equipment {
    /// Registers a piece of equipment. Nobody has allowed remote assistance yet; the manual launch is allowed.
    #[must_use]
    pub const fn register(id: EquipmentId, description: EquipmentDescription, now: UnixSeconds) -> Self {
        Self {
            id,
            description,
            remote_assistance: false,
            manual_launch: true,
            version: 1,
            created_at: now,
            updated_at: now,
            retired_at: None,
        }
    }

    /// Whether it is in use.
    #[must_use]
    pub const fn state(&self) -> EquipmentState {
        if self.retired_at.is_some() {
            EquipmentState::Retired
        } else {
            EquipmentState::Active
        }
    }

    const fn touch(&mut self, now: UnixSeconds) {
        self.version = self.version.saturating_add(1);
        self.updated_at = now;
    }

    /// Replaces what is written about it.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] if it is retired.
    pub fn describe(&mut self, description: EquipmentDescription, now: UnixSeconds) -> Result<(), Refusal> {
        if self.retired_at.is_some() {
            return Err(Refusal::Conflict);
        }
        self.description = description;
        self.touch(now);
        Ok(())
    }

    /// Sets the switches that are given. Returns whether this allowed remote assistance.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] if it is retired.
    pub fn switch(
        &mut self,
        remote_assistance: Option<bool>,
        manual_launch: Option<bool>,
        now: UnixSeconds,
    ) -> Result<bool, Refusal> {
        if self.retired_at.is_some() {
            return Err(Refusal::Conflict);
        }
        let was = self.remote_assistance;
        self.remote_assistance = remote_assistance.unwrap_or(was);
        self.manual_launch = manual_launch.unwrap_or(self.manual_launch);
        self.touch(now);
        Ok(self.remote_assistance && !was)
    }

    /// Retires it. This also ends the permission for remote assistance, so that bringing the equipment back does not
    /// open it to the desk. Returns whether it was in use.
    pub const fn retire(&mut self, now: UnixSeconds) -> bool {
        if self.retired_at.is_some() {
            return false;
        }
        self.retired_at = Some(now);
        self.remote_assistance = false;
        self.touch(now);
        true
    }

    /// Brings it back into use. Returns whether it was retired. Its serial number must be free.
    pub const fn restore(&mut self, now: UnixSeconds) -> bool {
        if self.retired_at.is_none() {
            return false;
        }
        self.retired_at = None;
        self.touch(now);
        true
    }

    /// The differences in `after`, as the audit log records them. Notes may contain anything, so the log only names
    /// them.
    #[must_use]
    pub fn changes(&self, after: &Self) -> String {
        const WRITTEN: [&str; 6] = ["name", "model", "serial_number", "place", "organization", "responsible"];
        const SWITCHES: [&str; 2] = ["remote_assistance", "manual_launch"];
        let told = |of: &Self| {
            let mut told = members(&of.description, &WRITTEN);
            told.extend(members(of, &SWITCHES));
            told
        };
        let told = changes(&told(self), &told(after), Told::BeforeAndNow);
        let notes = |of: &Self| members(&of.description, &["notes"]);
        let notes = changes(&notes(self), &notes(after), Told::Names);
        match (told.as_str(), notes.as_str()) {
            (_, "done") => told,
            ("done", _) => notes,
            _ => format!("{told}, {notes}"),
        }
    }

    /// The words by which a search finds it. The serial number is found with and without its punctuation.
    #[must_use]
    pub fn search_words(&self) -> String {
        let about = &self.description;
        let serial = about.serial_number.as_str();
        let compact: String = serial.chars().filter(char::is_ascii_alphanumeric).collect();
        let model = about.model.as_ref().map_or("", EquipmentModel::as_str);
        let place = about.place.as_ref().map_or("", EquipmentPlace::as_str);
        [about.name.as_str(), model, serial, &compact, place]
            .map(folded)
            .join(" ")
    }

    /// The name and the serial number, for texts that tell which equipment is meant.
    #[must_use]
    pub fn called(&self) -> String {
        format!("{} ({})", self.description.name, self.description.serial_number)
    }

    /// The equipment as an administrator or the desk sees it, with its agent.
    #[must_use]
    pub fn view(&self, agent: Option<AgentView>) -> EquipmentView {
        let about = self.description.clone();
        EquipmentView {
            id: self.id.clone(),
            name: about.name,
            model: about.model,
            serial_number: about.serial_number,
            place: about.place,
            organization: about.organization,
            responsible: about.responsible,
            remote_assistance: self.remote_assistance,
            manual_launch: self.manual_launch,
            notes: about.notes,
            state: self.state(),
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
            retired_at: self.retired_at,
            agent,
        }
    }
}

/// A piece of equipment as an administrator or the desk sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EquipmentView {
    /// The equipment's id.
    pub id: EquipmentId,
    /// Its name.
    pub name: EquipmentName,
    /// Its model.
    pub model: Option<EquipmentModel>,
    /// Its serial number, as written when it was registered.
    pub serial_number: SerialNumber,
    /// Where it stands.
    pub place: Option<EquipmentPlace>,
    /// The organisation it belongs to.
    pub organization: Option<OrganizationId>,
    /// Users who are responsible for it. If there is none who can act, the administrators of its organisation are
    /// responsible, and failing those, all system administrators.
    pub responsible: ResponsibleUsers,
    /// Whether the desk may start remote support on it.
    pub remote_assistance: bool,
    /// Whether remote support may be started at the machine itself.
    pub manual_launch: bool,
    /// Notes.
    pub notes: Option<EquipmentNotes>,
    /// Whether it is in use.
    pub state: EquipmentState,
    /// Incremented with each change; a request to change it names the version it is based on.
    pub version: i64,
    /// Time of registration.
    pub created_at: UnixSeconds,
    /// Time of the last change.
    pub updated_at: UnixSeconds,
    /// Time of retirement, if it is retired.
    pub retired_at: Option<UnixSeconds>,
    /// Its agent: the one that is accepted, or else the one that was enrolled last; null if there never was one.
    pub agent: Option<AgentView>,
}

#[cfg(test)]
mod tests;

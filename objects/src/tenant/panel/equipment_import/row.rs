//! One row: what its cells say about a piece of equipment. A cell that holds what an export writes for the present value
//! changes nothing, whatever an apostrophe against formulas has made of it.

use std::collections::BTreeMap;

use tegata_domain::account::AccountName;
use tegata_domain::equipment::{
    Equipment, EquipmentDescription, EquipmentNotes, EquipmentState, ResponsibleUsers, SerialNumber,
};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{EquipmentId, OrganizationId, UserId};
use tegata_domain::locale::Locale;
use tegata_domain::names;
use tegata_domain::organization::{Organization, Tree};
use tegata_domain::panel::equipment::ImportError;
use tegata_domain::phonetic::folded;
use tegata_domain::text::{EquipmentModel, EquipmentName, EquipmentPlace};
use tegata_domain::texts;
use tegata_domain::wire::csv::{Record, disarmed, is_written_as};
use tegata_kv_schema::{accounts, equipment};

use crate::context::{Context, OrStorage as _};
use crate::tenant::equipment::NOT_RESPONSIBLE;
use crate::tenant::panel::visitor::Scope;

/// The cells of a row, by the names of the members in their columns.
pub(super) struct Cells<'a> {
    columns: &'a [&'static str],
    record: &'a Record,
}

impl<'a> Cells<'a> {
    pub(super) const fn new(columns: &'a [&'static str], record: &'a Record) -> Self {
        Self { columns, record }
    }

    pub(super) const fn number(&self) -> i64 {
        self.record.number
    }

    /// The cell as it is in the file; `None` if the file does not have the column.
    fn cell(&self, column: &str) -> Option<&'a str> {
        let mut cells = self.columns.iter().zip(&self.record.cells);
        cells.find(|(name, _)| **name == column).map(|(_, cell)| cell.as_str())
    }

    /// What a person means by the cell.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        Some(disarmed(self.cell(column)?).trim().to_owned())
    }
}

fn wrong(column: &str, detail: &str) -> ImportError {
    ImportError {
        column: column.to_owned(),
        detail: detail.to_owned(),
    }
}

/// What rows are checked against.
pub(super) struct Registry {
    scope: Scope,
    /// The organisations in scope, by their folded names. Folding asks the platform, so it is done once for a file.
    names: BTreeMap<String, Vec<OrganizationId>>,
    pub(super) tree: Tree,
}

/// Collects what is wrong with a row's cells.
struct Reading<'a, 'b> {
    cells: &'b Cells<'a>,
    errors: Vec<ImportError>,
}

impl Reading<'_, '_> {
    /// The value of a cell: the present one if the file lacks the column or the cell is what an export writes for it.
    fn value<T>(
        &mut self,
        column: &str,
        present: Option<(T, String)>,
        parse: impl FnOnce(String) -> Result<T, FieldError>,
    ) -> Option<T> {
        let cell = self.cells.cell(column);
        match (cell, present) {
            (None, Some((present, _))) => Some(present),
            (Some(cell), Some((present, written))) if is_written_as(&written, cell) => Some(present),
            _ => match parse(self.cells.text(column).unwrap_or_default()) {
                Ok(value) => Some(value),
                Err(FieldError { detail, .. }) => {
                    self.errors.push(wrong(column, &detail));
                    None
                }
            },
        }
    }

    /// Notes an error if the cell asks for a change that an import does not make.
    fn unchangeable(&mut self, column: &str, present: &[String], detail: &str) {
        let text = self.cells.text(column).unwrap_or_default();
        if !text.is_empty() && !present.contains(&text) {
            self.errors.push(wrong(column, detail));
        }
    }
}

fn optional<T>(text: String, parse: impl FnOnce(String) -> Result<T, FieldError>) -> Result<Option<T>, FieldError> {
    if text.is_empty() {
        Ok(None)
    } else {
        parse(text).map(Some)
    }
}

fn written<T: ToString>(value: Option<&T>) -> String {
    value.map(T::to_string).unwrap_or_default()
}

fn in_every_language(code: &str, named: impl Fn(Locale) -> String) -> Vec<String> {
    Locale::ALL
        .iter()
        .map(|locale| named(*locale))
        .chain([code.to_owned()])
        .collect()
}

fn yes_or_no(yes: bool) -> Vec<String> {
    let (code, key) = if yes {
        ("true", "export-yes")
    } else {
        ("false", "export-no")
    };
    in_every_language(code, |locale| texts::text(locale, key))
}

impl Registry {
    pub(super) fn new(scope: Scope, organizations: &[Organization]) -> Self {
        let mut names: BTreeMap<String, Vec<OrganizationId>> = BTreeMap::new();
        for one in organizations.iter().filter(|one| scope.holds(Some(&one.id))) {
            names.entry(folded(one.name.as_str())).or_default().push(one.id.clone());
        }
        Self {
            scope,
            names,
            tree: Tree::of(organizations),
        }
    }

    /// The equipment that the row is about, by its id or else by the serial number; `None` if the row registers one.
    pub(super) fn known(
        &self,
        ctx: &Context<'_>,
        cells: &Cells<'_>,
    ) -> Result<Result<Option<Equipment>, ImportError>, Refusal> {
        let visible = |found: &Equipment| self.scope.holds(found.description.organization.as_ref());
        if let Some(id) = cells.text("id").filter(|id| !id.is_empty()) {
            let found = match EquipmentId::parse(&id) {
                Some(id) => equipment::load(ctx.sql, &id).or_storage()?.filter(visible),
                None => None,
            };
            let missing = || {
                wrong(
                    "id",
                    "must be the ID of registered equipment, or empty for new equipment",
                )
            };
            return Ok(found.map(Some).ok_or_else(missing));
        }
        let serial = SerialNumber::parse(&cells.text("serial_number").unwrap_or_default());
        Ok(Ok(match serial {
            Ok(serial) => equipment::load_by_serial(ctx.sql, &serial)
                .or_storage()?
                .filter(visible),
            Err(_) => None,
        }))
    }

    /// What the row says about the equipment `known`, or a new one, and what is wrong with its cells.
    pub(super) fn description(
        &self,
        ctx: &Context<'_>,
        cells: &Cells<'_>,
        known: Option<&Equipment>,
    ) -> Result<(Option<EquipmentDescription>, Vec<ImportError>), Refusal> {
        let mut reading = Reading {
            cells,
            errors: Vec::new(),
        };
        check_unchangeable(&mut reading, known);
        let now = known.map(|known| known.description.clone());
        let now = now.as_ref();
        let name = reading.value(
            "name",
            now.map(|now| (now.name.clone(), now.name.to_string())),
            |text| EquipmentName::parse(&text),
        );
        let model = reading.value(
            "model",
            now.map(|now| (now.model.clone(), written(now.model.as_ref()))),
            |text| optional(text, EquipmentModel::try_from),
        );
        let serial = now.map(|now| (now.serial_number.clone(), now.serial_number.to_string()));
        let serial_number = reading.value("serial_number", serial, |text| SerialNumber::parse(&text));
        let place = reading.value(
            "place",
            now.map(|now| (now.place.clone(), written(now.place.as_ref()))),
            |text| optional(text, EquipmentPlace::try_from),
        );
        let of = now.map(|now| (now.organization.clone(), written(now.organization.as_ref())));
        let organization = reading.value("organization", of, |text| self.organization(&text));
        let responsible = now.map(|now| {
            let ids: Vec<&str> = now.responsible.all().iter().map(UserId::as_str).collect();
            (now.responsible.clone(), ids.join(" "))
        });
        let mut failed = None;
        let responsible = reading.value("responsible", responsible, |text| {
            people(ctx, &text).unwrap_or_else(|refusal| {
                failed = Some(refusal);
                Err(FieldError::new("responsible", "could not be read"))
            })
        });
        if let Some(refusal) = failed {
            return Err(refusal);
        }
        let notes = reading.value(
            "notes",
            now.map(|now| (now.notes.clone(), written(now.notes.as_ref()))),
            |text| optional(text, EquipmentNotes::try_from),
        );
        let description = || {
            Some(EquipmentDescription {
                name: name?,
                model: model?,
                serial_number: serial_number?,
                place: place?,
                organization: organization?,
                responsible: responsible?,
                notes: notes?,
            })
        };
        Ok((description(), reading.errors))
    }

    /// The organisation named by its id, or by a name that no other one has.
    fn organization(&self, text: &str) -> Result<Option<OrganizationId>, FieldError> {
        let refuse = |detail| Err(FieldError::new("organization", detail));
        if text.is_empty() {
            return match self.scope {
                Scope::All => Ok(None),
                Scope::Within(_) => refuse("must be an organisation that you administer"),
            };
        }
        let is_visible = |id: &OrganizationId| self.tree.holds(id) && self.scope.holds(Some(id));
        if let Some(id) = OrganizationId::parse(text).filter(is_visible) {
            return Ok(Some(id));
        }
        match self.names.get(&folded(text)).map(Vec::as_slice) {
            Some([only]) => Ok(Some(only.clone())),
            Some([_, ..]) => refuse("must be an ID, because several organisations have this name"),
            None | Some([]) => refuse("must be the ID or the name of an organisation that you administer"),
        }
    }
}

/// Checks the columns that an export holds and an import does not change.
fn check_unchangeable(reading: &mut Reading<'_, '_>, known: Option<&Equipment>) {
    let state = known.map_or(EquipmentState::Active, Equipment::state).name();
    let states = in_every_language(state, |locale| names::name(locale, "console-equipment-state-", state));
    reading.unchangeable(
        "state",
        &states,
        "is changed by retiring the equipment or bringing it back",
    );
    let (remote, manual) = known.map_or((false, true), |known| (known.remote_assistance, known.manual_launch));
    for (column, present) in [("remote_assistance", remote), ("manual_launch", manual)] {
        let detail = "is changed by a system administrator, for each piece of equipment";
        reading.unchangeable(column, &yes_or_no(present), detail);
    }
}

/// The users named by their ids or account names.
fn people(ctx: &Context<'_>, text: &str) -> Result<Result<ResponsibleUsers, FieldError>, Refusal> {
    let mut users = Vec::new();
    for name in text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'))
        .filter(|name| !name.is_empty())
    {
        let name = disarmed(name);
        let user = match (UserId::parse(&name), AccountName::parse(&name.to_lowercase())) {
            (Some(user), _) => Some(user),
            (None, Ok(account)) => accounts::load_by_name(ctx.sql, &account)
                .or_storage()?
                .map(|account| account.user),
            (None, Err(_)) => None,
        };
        let Some(user) = user else {
            // In the same words as for an account that may not be responsible, so that nobody learns which accounts exist.
            return Ok(Err(FieldError::new("responsible", NOT_RESPONSIBLE)));
        };
        users.push(user);
    }
    Ok(ResponsibleUsers::try_from(users))
}

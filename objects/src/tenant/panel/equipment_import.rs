//! The import of equipment from a CSV file, such as an export that somebody has edited. Every row is checked before
//! anything is written, and one wrong row stops the whole file.

mod file;
mod row;

use std::collections::BTreeSet;

use tegata_domain::equipment::{Equipment, EquipmentDescription, SerialNumber};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::EquipmentId;
use tegata_domain::panel::equipment::{Import, ImportError, ImportOutcome, ImportReport, ImportRow};
use tegata_kv_schema::equipment as stored;
use tegata_kv_schema::organizations;

use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::equipment::{check_people, describe, object, register};
use file::Table;
use row::{Cells, Registry};

/// What a row asks for.
enum Plan {
    Create(EquipmentDescription),
    Update(Box<Equipment>, EquipmentDescription),
    Unchanged,
}

/// Checks a row against the registry and the rows before it.
struct Checker {
    registry: Registry,
    serials: BTreeSet<String>,
    ids: BTreeSet<EquipmentId>,
}

impl Checker {
    fn plan(&mut self, ctx: &Context<'_>, cells: &Cells<'_>) -> Result<Result<Plan, Vec<ImportError>>, Refusal> {
        let known = match self.registry.known(ctx, cells)? {
            Ok(known) => known,
            Err(error) => return Ok(Err(vec![error])),
        };
        let before = known.as_ref().map(|equipment| &equipment.description);
        let (description, mut errors) = self.registry.description(ctx, cells, known.as_ref())?;
        if let Some(description) = &description {
            errors.extend(self.check_whole(ctx, known.as_ref(), description)?);
        }
        let plan = match (description, errors.is_empty()) {
            (Some(description), true) if before == Some(&description) => Plan::Unchanged,
            (Some(description), true) => match known {
                None => Plan::Create(description),
                Some(known) => Plan::Update(Box::new(known), description),
            },
            _ => return Ok(Err(errors)),
        };
        Ok(Ok(plan))
    }

    /// What is wrong with a row whose cells are right, each by itself.
    fn check_whole(
        &mut self,
        ctx: &Context<'_>,
        known: Option<&Equipment>,
        new: &EquipmentDescription,
    ) -> Result<Vec<ImportError>, Refusal> {
        let mut errors = Vec::new();
        let mut wrong = |column: &str, detail: &str| {
            errors.push(ImportError {
                column: column.to_owned(),
                detail: detail.to_owned(),
            });
        };
        if known.is_some_and(|known| !self.ids.insert(known.id.clone())) {
            wrong("id", "must not stand in the file twice");
        }
        let is_retired = known.is_some_and(|known| known.retired_at.is_some());
        if is_retired {
            if known.is_some_and(|known| known.description != *new) {
                wrong("state", "must be in use to be changed");
            }
            return Ok(errors);
        }
        if !self.serials.insert(new.serial_number.key()) {
            wrong("serial_number", "must not stand in the file twice");
        }
        if is_taken(ctx, &new.serial_number, known)? {
            wrong("serial_number", "belongs to other equipment in use");
        }
        match check_people(ctx, &self.registry.tree, known.map(|known| &known.description), new) {
            Err(Refusal::Invalid(FieldError { field, detail })) => wrong(&field, &detail),
            other => other?,
        }
        Ok(errors)
    }
}

fn is_taken(ctx: &Context<'_>, serial: &SerialNumber, known: Option<&Equipment>) -> Result<bool, Refusal> {
    let holder = stored::load_by_serial(ctx.sql, serial).or_storage()?;
    Ok(holder.is_some_and(|holder| known.is_none_or(|known| known.id != holder.id)))
}

/// The names of the members that differ.
fn changed(before: &EquipmentDescription, now: &EquipmentDescription) -> Vec<String> {
    let members = [
        ("name", before.name != now.name),
        ("model", before.model != now.model),
        ("serial_number", before.serial_number != now.serial_number),
        ("place", before.place != now.place),
        ("organization", before.organization != now.organization),
        ("responsible", before.responsible != now.responsible),
        ("notes", before.notes != now.notes),
    ];
    let differ = members.into_iter().filter(|(_, differs)| *differs);
    differ.map(|(name, _)| name.to_owned()).collect()
}

pub(super) fn import(ctx: &Context<'_>, visitor: &Visitor, input: &Import) -> Result<ImportReport, Refusal> {
    let table = Table::read(&input.data, visitor.person.account.locale)?;
    let organizations = organizations::list(ctx.sql).or_storage()?;
    let mut checker = Checker {
        registry: Registry::new(visitor.scope(ctx)?, &organizations),
        serials: BTreeSet::new(),
        ids: BTreeSet::new(),
    };
    let mut plans = Vec::new();
    let mut report = ImportReport {
        imported: false,
        created: 0,
        updated: 0,
        unchanged: 0,
        wrong: 0,
        rows: Vec::new(),
    };
    for cells in table.rows() {
        let (outcome, changes, errors) = match checker.plan(ctx, &cells)? {
            Err(errors) => (ImportOutcome::Error, Vec::new(), errors),
            Ok(plan) => {
                let (outcome, changes) = match &plan {
                    Plan::Create(_) => (ImportOutcome::Create, Vec::new()),
                    Plan::Update(before, now) => (ImportOutcome::Update, changed(&before.description, now)),
                    Plan::Unchanged => (ImportOutcome::Unchanged, Vec::new()),
                };
                plans.push(plan);
                (outcome, changes, Vec::new())
            }
        };
        let count = match outcome {
            ImportOutcome::Create => &mut report.created,
            ImportOutcome::Update => &mut report.updated,
            ImportOutcome::Unchanged => &mut report.unchanged,
            ImportOutcome::Error => &mut report.wrong,
        };
        *count = count.saturating_add(1);
        report.rows.push(ImportRow {
            row: cells.number(),
            serial_number: cells.text("serial_number").unwrap_or_default(),
            outcome,
            changes,
            errors,
        });
    }
    if input.dry_run {
        return Ok(report);
    }
    if let Some(error) = first_error(&report) {
        return Err(error.into());
    }
    carry_out(ctx, visitor, &checker.registry, plans, &report)?;
    Ok(ImportReport {
        imported: true,
        ..report
    })
}

/// The first error of a file that cannot be imported.
fn first_error(report: &ImportReport) -> Option<FieldError> {
    let row = report.rows.iter().find(|row| !row.errors.is_empty())?;
    let ImportError { column, detail } = row.errors.first()?;
    let others = report.wrong.saturating_sub(1);
    let detail = format!(
        "row {}, {column}: {detail} ({others} further rows have errors)",
        row.row
    );
    Some(FieldError::new("data", &detail))
}

fn carry_out(
    ctx: &Context<'_>,
    visitor: &Visitor,
    registry: &Registry,
    plans: Vec<Plan>,
    report: &ImportReport,
) -> Result<(), Refusal> {
    let whole = format!(
        "created: {}, updated: {}, unchanged: {}",
        report.created, report.updated, report.unchanged
    );
    visitor.audit::<Import>(ctx, "equipment/import".to_owned(), &whole)?;
    for plan in plans {
        match plan {
            Plan::Create(new) => {
                let new = register(ctx, &registry.tree, new)?;
                visitor.note(ctx, "equipment.create", object(&new.id), "done")?;
            }
            Plan::Update(before, now) => {
                let (equipment, changes) = describe(ctx, &registry.tree, *before, now)?;
                visitor.note(ctx, "equipment.update", object(&equipment.id), &changes)?;
            }
            Plan::Unchanged => {}
        }
    }
    Ok(())
}

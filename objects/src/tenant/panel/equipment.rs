//! Equipment (K7): organisation administrators keep that of their organisations, and only system administrators allow
//! remote support on it.

use tegata_domain::alert::AlertKind;
use tegata_domain::equipment::{Equipment, EquipmentView};
use tegata_domain::error::Refusal;
use tegata_domain::id::EquipmentId;
use tegata_domain::panel::equipment::{Change, Create, List, Restore, Retire, Switch};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::equipment as stored;

use super::lists::changed;
use super::organizations::check_place;
use super::visitor::{Scope, Visitor};
use crate::context::{Context, OrStorage as _};
use crate::tenant::alerts::alert_by;
use crate::tenant::equipment::{self, check_serial, describe, load, object, register, tree};

/// Loads a piece of equipment if it is within `scope`.
pub(super) fn found(ctx: &Context<'_>, scope: &Scope, id: &EquipmentId) -> Result<Equipment, Refusal> {
    let equipment = load(ctx, id)?;
    if scope.holds(equipment.description.organization.as_ref()) {
        Ok(equipment)
    } else {
        Err(Refusal::NotFound)
    }
}

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<EquipmentView>, Refusal> {
    let wanted = match &input.organization {
        None => None,
        Some(id) => Some(tree(ctx)?.below(id)),
    };
    let within = visitor.scope(ctx)?.narrowed(wanted);
    equipment::list(ctx, input, within.as_deref())
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, id: &EquipmentId) -> Result<EquipmentView, Refusal> {
    Ok(found(ctx, &visitor.scope(ctx)?, id)?.view())
}

pub(super) fn create(ctx: &Context<'_>, visitor: &Visitor, input: Create) -> Result<EquipmentView, Refusal> {
    check_place(&visitor.scope(ctx)?, input.organization.as_ref(), "organization")?;
    let new = register(ctx, &tree(ctx)?, input.into())?;
    visitor.audit::<Create>(ctx, object(&new.id), "done")?;
    Ok(new.view())
}

pub(super) fn change(ctx: &Context<'_>, visitor: &Visitor, input: Change) -> Result<EquipmentView, Refusal> {
    let scope = visitor.scope(ctx)?;
    let equipment = found(ctx, &scope, &input.id)?;
    if equipment.version != input.version {
        return Err(changed(&equipment.view()));
    }
    let new = input.applied_to(equipment.description.clone());
    check_place(&scope, new.organization.as_ref(), "organization")?;
    let (equipment, changes) = describe(ctx, &tree(ctx)?, equipment, new)?;
    visitor.audit::<Change>(ctx, object(&equipment.id), &changes)?;
    Ok(equipment.view())
}

pub(super) fn switch(ctx: &Context<'_>, visitor: &Visitor, input: &Switch) -> Result<EquipmentView, Refusal> {
    let mut equipment = found(ctx, &visitor.scope(ctx)?, &input.id)?;
    if equipment.version != input.version {
        return Err(changed(&equipment.view()));
    }
    let was = equipment.clone();
    let is_opened = equipment.switch(input.remote_assistance, input.manual_launch, ctx.now)?;
    stored::save(ctx.sql, &equipment).or_storage()?;
    if is_opened {
        alert_by(ctx, visitor.present(), AlertKind::RemoteAssistance, equipment.called())?;
    }
    visitor.audit::<Switch>(ctx, object(&equipment.id), &was.changes(&equipment))?;
    Ok(equipment.view())
}

pub(super) fn retire(ctx: &Context<'_>, visitor: &Visitor, id: &EquipmentId) -> Result<EquipmentView, Refusal> {
    let (equipment, changes) = equipment::retire(ctx, found(ctx, &visitor.scope(ctx)?, id)?)?;
    if let Some(changes) = changes {
        visitor.audit::<Retire>(ctx, object(id), &changes)?;
    }
    Ok(equipment.view())
}

pub(super) fn restore(ctx: &Context<'_>, visitor: &Visitor, id: &EquipmentId) -> Result<EquipmentView, Refusal> {
    let mut equipment = found(ctx, &visitor.scope(ctx)?, id)?;
    if equipment.restore(ctx.now) {
        check_serial(ctx, &equipment.description.serial_number, Some(id))?;
        stored::save(ctx.sql, &equipment).or_storage()?;
        visitor.audit::<Restore>(ctx, object(id), "done")?;
    }
    Ok(equipment.view())
}

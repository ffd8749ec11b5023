//! Equipment (K7): organisation administrators keep that of their organisations, and only system administrators allow
//! remote support on it.

use tegata_domain::agent::{
    Agent, AgentEnd, CODE_LIFE, Enrolment, EnrolmentIssued, LONGEST_CODE_LIFE, SHORTEST_CODE_LIFE,
};
use tegata_domain::alert::AlertKind;
use tegata_domain::equipment::{Equipment, EquipmentState, EquipmentView};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::EquipmentId;
use tegata_domain::panel::equipment::{Change, Create, Enrol, List, Restore, Retire, Switch};
use tegata_domain::secret::PlainEnrolmentCode;
use tegata_domain::session::SessionEnd;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{agents as stored_agents, equipment as stored};

use super::lists::changed;
use super::organizations::check_place;
use super::visitor::{Scope, Visitor};
use crate::context::{Context, OrStorage as _};
use crate::tenant::agents;
use crate::tenant::alerts::alert_by;
use crate::tenant::enrolments::serials;
use crate::tenant::equipment::{self, check_serial, describe, load, object, register, tree, view};
use crate::tenant::launches::{Which, end_on_equipment};

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
    view(ctx, &found(ctx, &visitor.scope(ctx)?, id)?)
}

pub(super) fn create(ctx: &Context<'_>, visitor: &Visitor, input: Create) -> Result<EquipmentView, Refusal> {
    check_place(&visitor.scope(ctx)?, input.organization.as_ref(), "organization")?;
    let new = register(ctx, &tree(ctx)?, input.into())?;
    visitor.audit::<Create>(ctx, object(&new.id), "done")?;
    view(ctx, &new)
}

pub(super) fn change(ctx: &Context<'_>, visitor: &Visitor, input: Change) -> Result<EquipmentView, Refusal> {
    let scope = visitor.scope(ctx)?;
    let equipment = found(ctx, &scope, &input.id)?;
    if equipment.version != input.version {
        return Err(changed(&view(ctx, &equipment)?));
    }
    let new = input.applied_to(equipment.description.clone());
    check_place(&scope, new.organization.as_ref(), "organization")?;
    let (equipment, changes) = describe(ctx, &tree(ctx)?, equipment, new)?;
    visitor.audit::<Change>(ctx, object(&equipment.id), &changes)?;
    view(ctx, &equipment)
}

pub(super) fn switch(ctx: &Context<'_>, visitor: &Visitor, input: &Switch) -> Result<EquipmentView, Refusal> {
    let mut equipment = found(ctx, &visitor.scope(ctx)?, &input.id)?;
    if equipment.version != input.version {
        return Err(changed(&view(ctx, &equipment)?));
    }
    let was = equipment.clone();
    let is_opened = equipment.switch(input.remote_assistance, input.manual_launch, ctx.now)?;
    stored::save(ctx.sql, &equipment).or_storage()?;
    if is_opened {
        alert_by(ctx, visitor.present(), AlertKind::RemoteAssistance, equipment.called())?;
    }
    visitor.audit::<Switch>(ctx, object(&equipment.id), &was.changes(&equipment))?;
    let (actor, why) = (visitor.actor(), SessionEnd::Forbidden);
    if was.remote_assistance && !equipment.remote_assistance {
        end_on_equipment(ctx, &equipment.id, Which::OfDesk, why, &actor)?;
    }
    if was.manual_launch && !equipment.manual_launch {
        end_on_equipment(ctx, &equipment.id, Which::OfMachine, why, &actor)?;
    }
    view(ctx, &equipment)
}

pub(super) fn retire(ctx: &Context<'_>, visitor: &Visitor, id: &EquipmentId) -> Result<EquipmentView, Refusal> {
    let (equipment, changes) = equipment::retire(ctx, found(ctx, &visitor.scope(ctx)?, id)?, visitor.actor())?;
    if let Some(changes) = changes {
        visitor.audit::<Retire>(ctx, object(id), &changes)?;
    }
    view(ctx, &equipment)
}

pub(super) fn restore(ctx: &Context<'_>, visitor: &Visitor, id: &EquipmentId) -> Result<EquipmentView, Refusal> {
    let mut equipment = found(ctx, &visitor.scope(ctx)?, id)?;
    if equipment.restore(ctx.now) {
        check_serial(ctx, &equipment.description.serial_number, Some(id))?;
        stored::save(ctx.sql, &equipment).or_storage()?;
        serials::changed(ctx, &equipment)?;
        visitor.audit::<Restore>(ctx, object(id), "done")?;
    }
    view(ctx, &equipment)
}

/// Issues the code that lets an agent in. The code before it ends.
pub(super) fn enrol(ctx: &Context<'_>, visitor: &Visitor, input: &Enrol) -> Result<EnrolmentIssued, Refusal> {
    let equipment = found(ctx, &visitor.scope(ctx)?, &input.id)?;
    if equipment.state() == EquipmentState::Retired {
        return Err(Refusal::Conflict);
    }
    let life = input.expires_in.unwrap_or(CODE_LIFE);
    if !(SHORTEST_CODE_LIFE..=LONGEST_CODE_LIFE).contains(&life) {
        return Err(FieldError::new("expires_in", "must be between 60 and 604800 seconds").into());
    }
    let code = PlainEnrolmentCode::generate(ctx.random);
    let enrolment = Enrolment {
        equipment: equipment.id,
        hash: code.hashed(),
        expires_at: ctx.now.plus(life),
        used_by: None,
        jkt: None,
    };
    stored_agents::save_enrolment(ctx.sql, &enrolment).or_storage()?;
    visitor.audit::<Enrol>(ctx, object(&enrolment.equipment), "done")?;
    Ok(EnrolmentIssued {
        code,
        expires_at: enrolment.expires_at,
    })
}

/// Ends the agent of a piece of equipment and the code that could let in another.
pub(super) fn end_agent(ctx: &Context<'_>, visitor: &Visitor, id: &EquipmentId) -> Result<EquipmentView, Refusal> {
    let equipment = found(ctx, &visitor.scope(ctx)?, id)?;
    if stored_agents::end_enrolment(ctx.sql, id).or_storage()? {
        visitor.note(ctx, "equipment.enrolment_end", object(id), "done")?;
    }
    if let Some(agent) = stored_agents::of_equipment(ctx.sql, id)
        .or_storage()?
        .filter(Agent::is_accepted)
    {
        agents::end(ctx, agent, visitor.actor(), AgentEnd::Revoked)?;
    }
    view(ctx, &equipment)
}

//! Enrolment without a code, at the customer: whether a machine that the provider vouches for may enrol. It may at once
//! if its equipment never had an agent, or one that gave its credential back, and no enrolment code waits for one;
//! otherwise somebody decides. What it may use is an enrolment code that is bound to its key, so there is one way in.

use tegata_domain::agent::{AgentEnd, CodeUse, Enrolment};
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::enrolment::answer::{AnsweredMachine, NoteMachineAnswer};
use tegata_domain::enrolment::machine::{NoteMachine, Order};
use tegata_domain::enrolment::{Machine, MachineAnswer, Waits};
use tegata_domain::equipment::{Equipment, EquipmentState};
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::{EnrolmentRequestId, EquipmentId};
use tegata_domain::outbox::Message;
use tegata_domain::secret::HashedSecret;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantState};
use tegata_kv_schema::{agents, enrolments as stored, equipment};

use super::forget_old;
use crate::context::{Context, OrStorage as _};
use crate::tenant::alerts::alert;
use crate::tenant::equipment::object;
use crate::tenant::outbox::enqueue;

/// Takes the provider's message about a machine.
pub(in crate::tenant) fn note(ctx: &Context<'_>, tenant: &TenantRecord, note: NoteMachine) -> Result<(), Refusal> {
    let genuine = note.is_genuine(&tenant.slug, &ctx.signers.links);
    if tenant.provider.as_ref() != Some(&note.provider) || !genuine {
        return Err(Refusal::Forbidden);
    }
    let known = stored::load(ctx.sql, &note.machine.request).or_storage()?;
    let waited = known
        .as_ref()
        .is_some_and(|known| matches!(known.answer, MachineAnswer::Waits(_)));
    if let Some(known) = known {
        match (&note.order, &known.answer) {
            (Order::Close, _) => return close(ctx, tenant, known),
            // An administrator of this tenant has the last word on its equipment.
            (Order::Ask | Order::Accept { .. }, MachineAnswer::Refused) => return tell(ctx, &known.machine.request),
            (Order::Ask | Order::Accept { .. }, _) => {}
        }
    }
    let mut machine = AnsweredMachine {
        machine: note.machine,
        provider: note.provider,
        equipment: None,
        answer: MachineAnswer::Waits(Waits::Unknown),
        answered_at: ctx.now,
    };
    if ctx.now >= machine.machine.expires_at {
        return Ok(());
    }
    match note.order {
        Order::Close => return Ok(()),
        _ if tenant.state == TenantState::Suspended => machine.answer = MachineAnswer::Waits(Waits::Suspended),
        Order::Accept { equipment, by } => {
            if let Some(equipment) = in_use(ctx, &equipment)? {
                accept(ctx, tenant, &mut machine, &equipment, by.actor())?;
            }
        }
        Order::Ask => {
            if let Some(equipment) = equipment::load_by_serial(ctx.sql, &machine.machine.serial_number).or_storage()? {
                consider(ctx, tenant, &mut machine, &equipment)?;
                if !waited && matches!(machine.answer, MachineAnswer::Waits(_)) {
                    alert(ctx, AlertKind::MachineWaits, equipment.called())?;
                }
            }
        }
    }
    forget_old(ctx)?;
    stored::save(ctx.sql, &machine).or_storage()?;
    ctx.news.note(&[Topic::Enrolments]);
    tell(ctx, &machine.machine.request)
}

/// The equipment `id`, if it is in use.
pub(in crate::tenant) fn in_use(ctx: &Context<'_>, id: &EquipmentId) -> Result<Option<Equipment>, Refusal> {
    let found = equipment::load(ctx.sql, id).or_storage()?;
    Ok(found.filter(|found| found.state() == EquipmentState::Active))
}

/// Accepts a machine for equipment that has neither an agent nor a code for another; else it waits.
fn consider(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    machine: &mut AnsweredMachine,
    equipment: &Equipment,
) -> Result<(), Refusal> {
    let issued = agents::enrolment(ctx.sql, &equipment.id).or_storage()?;
    let own = hash(ctx, tenant, &machine.machine, &equipment.id);
    let issued = issued.filter(|issued| issued.usable(ctx.now) == CodeUse::First);
    if issued.as_ref().is_some_and(|issued| Some(&issued.hash) == own.as_ref()) {
        machine.equipment = Some(equipment.id.clone());
        machine.answer = MachineAnswer::Accepted(equipment.id.clone());
        return Ok(());
    }
    let last = agents::of_equipment(ctx.sql, &equipment.id).or_storage()?;
    let agent = last.as_ref().filter(|agent| agent.is_accepted());
    if let Some(agent) = agent.filter(|agent| agent.jkt == machine.machine.jkt) {
        if agent.seen_at.is_none() && agent.refresh.generation == 0 {
            // The machine never got the answer to its enrolment, and it may not have been able to ask again in time.
            return accept(ctx, tenant, machine, equipment, Actor::new("system", None, None));
        }
        // The machine has enrolled, and this message has come a second time.
        machine.equipment = Some(equipment.id.clone());
        machine.answer = MachineAnswer::Accepted(equipment.id.clone());
        return Ok(());
    }
    // An agent that was revoked, cloned or replaced is no reason to let another in unasked: only one that gave its
    // credential back has left the place free.
    let taken = last.is_some_and(|agent| agent.ended.is_none_or(|(_, why)| why != AgentEnd::GivenBack));
    if issued.is_some() || taken {
        machine.equipment = Some(equipment.id.clone());
        machine.answer = MachineAnswer::Waits(Waits::Enrolled);
        return Ok(());
    }
    accept(ctx, tenant, machine, equipment, Actor::new("system", None, None))
}

/// The hash of the enrolment code of `machine`.
fn hash(ctx: &Context<'_>, tenant: &TenantRecord, machine: &Machine, equipment: &EquipmentId) -> Option<HashedSecret> {
    let code = machine.code(&tenant.slug, equipment, &ctx.signers.links)?;
    Some(code.hashed())
}

/// Issues the code with which `machine` may enrol for `equipment`. The code before it ends.
pub(in crate::tenant) fn accept(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    machine: &mut AnsweredMachine,
    equipment: &Equipment,
    by: Actor,
) -> Result<(), Refusal> {
    let enrolment = Enrolment {
        equipment: equipment.id.clone(),
        // The key that the request names was ended by the operator.
        hash: hash(ctx, tenant, &machine.machine, &equipment.id).ok_or(Refusal::Conflict)?,
        expires_at: machine.machine.expires_at,
        used_by: None,
        jkt: Some(machine.machine.jkt.clone()),
    };
    agents::save_enrolment(ctx.sql, &enrolment).or_storage()?;
    machine.equipment = Some(equipment.id.clone());
    machine.answer = MachineAnswer::Accepted(equipment.id.clone());
    machine.answered_at = ctx.now;
    ctx.audit(Act::new(
        by,
        "enrolment.accept",
        object(&equipment.id),
        machine.machine.jkt.as_str(),
    ))
}

/// Closes a request that was decided elsewhere. A code that was issued for it ends, unless it was used.
fn close(ctx: &Context<'_>, tenant: &TenantRecord, mut machine: AnsweredMachine) -> Result<(), Refusal> {
    if let MachineAnswer::Accepted(equipment) = &machine.answer {
        let issued = agents::enrolment(ctx.sql, equipment).or_storage()?;
        let own = hash(ctx, tenant, &machine.machine, equipment);
        match issued.filter(|issued| Some(&issued.hash) == own.as_ref()) {
            Some(used) if used.used_by.is_some() => return Ok(()),
            Some(_) => {
                agents::end_enrolment(ctx.sql, equipment).or_storage()?;
                let by = Actor::new("system", None, None);
                ctx.audit(Act::new(by, "equipment.enrolment_end", object(equipment), "done"))?;
            }
            None => {}
        }
    }
    machine.answer = MachineAnswer::Refused;
    machine.answered_at = ctx.now;
    ctx.news.note(&[Topic::Enrolments]);
    stored::save(ctx.sql, &machine).or_storage()
}

/// Tells the provider what became of a machine.
pub(in crate::tenant) fn tell(ctx: &Context<'_>, request: &EnrolmentRequestId) -> Result<(), Refusal> {
    let request = request.clone();
    enqueue(ctx, Message::TellMachineAnswer { request })
}

/// The message to the provider about a machine, as it stands now.
pub(in crate::tenant) fn news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &EnrolmentRequestId,
) -> Result<Option<(Slug, NoteMachineAnswer)>, Refusal> {
    let machine = stored::load(ctx.sql, id).or_storage()?;
    Ok(machine.map(|machine| {
        let note = NoteMachineAnswer {
            tenant: tenant.slug.clone(),
            request: id.clone(),
            answer: machine.answer,
        };
        (machine.provider, note)
    }))
}

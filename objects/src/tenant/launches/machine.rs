//! What the machine's agent says about launches: its answer to an execution, the start at the machine (K6), the end, and
//! the machine's own switch (P10).

use tegata_domain::agent::Agent;
use tegata_domain::approval::Outcome;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::control::{Declined, SupportDeclined, ToAgent};
use tegata_domain::equipment::Equipment;
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::{CommandId, LaunchId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::launch::{
    CONFIRM_WITHIN, Execution, Granted, Launch, LaunchState, MANUAL_LIFE, Moved, Origin, StepKind, statement,
};
use tegata_domain::limit::SUPPORT_STARTS;
use tegata_domain::outbox::{LaunchNews, Message};
use tegata_domain::receipt::{ReceiptClaims, ReceiptPerson, ShownText, TYP};
use tegata_domain::session::{Ability, SessionEnd, SessionNumber};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::text::OrganizationName;
use tegata_kv_schema::{agents, equipment, launches};

use super::desk::launch_order;
use super::session::session_order;
use super::{Ending, MOST_OPEN, Which, approval, end, end_on_equipment, found, object, order, save, tell};
use crate::context::{Context, OrStorage as _};
use crate::tenant::faces;
use crate::tenant::object::take;
use crate::tenant::outbox::enqueue;

fn actor(agent: &Agent) -> Actor {
    Actor::new("agent", Some(agent.id.as_str()), None)
}

/// The launches on the agent's equipment that are not over.
fn open(ctx: &Context<'_>, agent: &Agent) -> Result<Vec<Launch>, Refusal> {
    launches::open_of(ctx.sql, &agent.equipment, MOST_OPEN.saturating_mul(2)).or_storage()
}

/// The open launch that `agent` executes by `command`.
fn executed(ctx: &Context<'_>, agent: &Agent, command: &CommandId) -> Result<Option<Launch>, Refusal> {
    let is_meant = |execution: &Execution| execution.agent == agent.id && execution.command == *command;
    Ok(open(ctx, agent)?
        .into_iter()
        .find(|launch| launch.execution.as_ref().is_some_and(is_meant)))
}

/// The machine's administrator has allowed or forbidden remote assistance. Forbidding ends what the desk has started.
pub(in crate::tenant) fn switch(ctx: &Context<'_>, agent: &mut Agent, allowed: bool) -> Result<(), Refusal> {
    if agent.remote_assistance == allowed {
        return Ok(());
    }
    agent.remote_assistance = allowed;
    agents::save(ctx.sql, agent).or_storage()?;
    ctx.news.note(&[Topic::Equipment, Topic::Launches]);
    let outcome = if allowed { "allowed" } else { "forbidden" };
    let object = crate::tenant::equipment::object(&agent.equipment);
    ctx.audit(Act::new(actor(agent), "agent.switch", object, outcome))?;
    if allowed {
        return Ok(());
    }
    end_on_equipment(
        ctx,
        &agent.equipment,
        Which::OfDesk,
        SessionEnd::Forbidden,
        &actor(agent),
    )
}

/// What an agent is told once it has connected: what it has to start, and the sessions that it belongs in. The desk is
/// told if somebody waits for the machine.
pub(in crate::tenant) fn connected(ctx: &Context<'_>, agent: &Agent) -> Result<Vec<ToAgent>, Refusal> {
    let mut orders = Vec::new();
    for mut launch in open(ctx, agent)? {
        let approval = approval(ctx, &launch)?;
        let awaited = launch.awaited_by.is_some() && !launch.told_of_return;
        if awaited && launch.state(approval.as_ref(), ctx.now) == LaunchState::Approved {
            launch.told_of_return = true;
            launch.step(ctx.now, StepKind::MachineBack, None, None);
            tell(ctx, &launch.id, Some(LaunchNews::MachineBack))?;
            save(ctx, &launch, approval.as_ref())?;
        }
        let Some(execution) = launch
            .execution
            .as_ref()
            .filter(|execution| execution.agent == agent.id)
        else {
            continue;
        };
        match (execution.started_at, execution.running_at, launch.granted) {
            (None, _, Some(granted)) => {
                let awaited = ctx.now.since(execution.at) < CONFIRM_WITHIN && ctx.now < granted.until;
                if awaited {
                    orders.push(ToAgent::Launch(launch_order(&launch, granted)?));
                }
            }
            (Some(_), Some(_), _) => orders.extend(session_order(ctx, &launch)?.map(ToAgent::Session)),
            _ => {}
        }
    }
    Ok(orders)
}

/// The agent is ready: the session gets a number, and its object is told to claim it. Everything that let the launch be
/// executed has to hold still.
pub(in crate::tenant) fn started(ctx: &Context<'_>, agent: &Agent, command: &CommandId) -> Result<(), Refusal> {
    let Some(mut launch) = executed(ctx, agent, command)? else {
        return Ok(());
    };
    let approval = approval(ctx, &launch)?;
    let alive = launch.granted.is_some_and(|granted| ctx.now < granted.until);
    if !alive {
        return Ok(());
    }
    let (kid, _) = ctx.signers.links.current().ok_or(Refusal::Storage)?;
    if launch.started(command, SessionNumber::generate(ctx.random), kid, ctx.now) == Moved::No {
        return Ok(());
    }
    save(ctx, &launch, approval.as_ref())?;
    ctx.audit(Act::new(actor(agent), "launch.start", object(&launch.id), "done").asked_by(&super::asked_by(&launch)))?;
    let launch = launch.id;
    tell(ctx, &launch, None)?;
    enqueue(ctx, Message::OpenSession { launch })
}

/// The agent does not start: the launch is approved as before.
pub(in crate::tenant) fn declined(
    ctx: &Context<'_>,
    agent: &Agent,
    command: &CommandId,
    why: Declined,
) -> Result<(), Refusal> {
    let Some(mut launch) = executed(ctx, agent, command)? else {
        return Ok(());
    };
    let approval = approval(ctx, &launch)?;
    if launch.declined(command, why, ctx.now) == Moved::No {
        return Ok(());
    }
    save(ctx, &launch, approval.as_ref())?;
    ctx.audit(Act::new(actor(agent), "launch.decline", object(&launch.id), why.name()))?;
    tell(ctx, &launch.id, None)
}

/// Somebody at the machine ends it.
pub(in crate::tenant) fn ended(ctx: &Context<'_>, agent: &Agent, id: &LaunchId) -> Result<(), Refusal> {
    let (mut launch, approval) = match found(ctx, id) {
        Ok(found) => found,
        Err(Refusal::NotFound) => return Ok(()),
        Err(refusal) => return Err(refusal),
    };
    let own = launch
        .execution
        .as_ref()
        .is_some_and(|execution| execution.agent == agent.id);
    if !own {
        return Ok(());
    }
    let ending = Ending {
        why: SessionEnd::Machine,
        by: None,
        actor: actor(agent),
    };
    end(ctx, &mut launch, approval.as_ref(), ending)
}

/// Somebody at the machine starts remote support (K6). Being there is the consent, and it is good for this session
/// alone. Asked again under the same id, it starts nothing else.
pub(in crate::tenant) fn support(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    agent: &Agent,
    command: &CommandId,
) -> Result<Option<ToAgent>, Refusal> {
    let declined = |why| {
        Ok(Some(ToAgent::SupportDeclined {
            command: command.clone(),
            why,
        }))
    };
    if let Some(launch) = executed(ctx, agent, command)? {
        // While the number is being claimed there is nothing to tell yet.
        return Ok(session_order(ctx, &launch)?.map(ToAgent::Session));
    }
    let equipment = equipment::load(ctx.sql, &agent.equipment)
        .or_storage()?
        .ok_or(Refusal::NotFound)?;
    if !equipment.manual_launch {
        return declined(SupportDeclined::NotAllowed);
    }
    let Some(provider) = tenant.provider.clone() else {
        return declined(SupportDeclined::NoDesk);
    };
    // A provider that has not said how it presents itself is known by its domain alone.
    let provider_name = match faces::face(ctx)? {
        Some(face) => face.name,
        None => OrganizationName::parse(provider.as_str())?,
    };
    let busy = |launch: &Launch| launch.execution.is_some();
    if open(ctx, agent)?.iter().any(busy) {
        return declined(SupportDeclined::Busy);
    }
    match take(ctx, &format!("support/{}", agent.id), SUPPORT_STARTS) {
        Err(Refusal::TooMany { .. }) => return declined(SupportDeclined::TooMany),
        other => other?,
    }
    let (kid, _) = ctx.signers.links.current().ok_or(Refusal::Storage)?;
    let granted = Granted::of(MANUAL_LIFE, None, ctx.now);
    let mut launch = Launch {
        id: LaunchId::generate(ctx.random),
        equipment: equipment.id.clone(),
        equipment_name: equipment.description.name.clone(),
        serial_number: equipment.description.serial_number.clone(),
        place: equipment.description.place.clone(),
        provider,
        provider_name,
        origin: Origin::Machine {
            agent: agent.id.clone(),
            command: command.clone(),
            receipt: String::new(),
            joined: false,
        },
        abilities: Ability::ALL.to_vec(),
        period: MANUAL_LIFE,
        starts_at: None,
        extends: None,
        replaces: None,
        requested_at: ctx.now,
        granted: Some(granted),
        execution: Some(Execution {
            command: command.clone(),
            agent: agent.id.clone(),
            by: None,
            at: ctx.now,
            started_at: Some(ctx.now),
            number: Some(SessionNumber::generate(ctx.random)),
            kid: Some(kid.to_owned()),
            running_at: None,
        }),
        awaited_by: None,
        told_of_return: false,
        ended: None,
        steps: Vec::new(),
        note: None,
        reported: 0,
        version: 0,
    };
    let signed = consent(ctx, tenant, &launch, &equipment);
    if let Origin::Machine { receipt, .. } = &mut launch.origin {
        *receipt = signed;
    }
    launch.step(ctx.now, StepKind::Offered, None, None);
    save(ctx, &launch, None)?;
    ctx.audit(Act::new(actor(agent), "launch.offer", object(&launch.id), "done"))?;
    tell(ctx, &launch.id, None)?;
    let launch = launch.id;
    enqueue(ctx, Message::OpenSession { launch })?;
    Ok(None)
}

/// The receipt of a consent given at the machine. No name is known there, so the machine stands for the person.
fn consent(ctx: &Context<'_>, tenant: &TenantRecord, launch: &Launch, equipment: &Equipment) -> String {
    let shown = statement(tenant.locale, &tenant.time_zone, tenant.name.as_str(), launch, None);
    let present = ReceiptPerson {
        name: equipment.called(),
        email: String::new(),
        organization: Some(tenant.name.to_string()),
    };
    let claims = ReceiptClaims {
        iss: ctx.issuer(&tenant.slug),
        jti: launch.id.to_string(),
        iat: ctx.now,
        sub: launch.id.to_string(),
        kind: "launch".to_owned(),
        outcome: Outcome::Approved,
        reason: None,
        requested_at: ctx.now,
        expires_at: ctx.now.plus(launch.period),
        decided_at: ctx.now,
        requester: present.clone(),
        device: None,
        question: None,
        launch: Some(launch.in_receipt()),
        attended: None,
        appointment: None,
        approvals: None,
        approver: present,
        text: ShownText {
            lang: tenant.locale,
            sha256: sha256_b64(&shown),
            statement: shown,
        },
    };
    ctx.signers.receipt.sign(TYP, &claims)
}

/// The agent's equipment has just lost its agent: what executes or runs on it ends.
pub(in crate::tenant) fn lost(ctx: &Context<'_>, agent: &Agent, by: &Actor) -> Result<(), Refusal> {
    end_on_equipment(ctx, &agent.equipment, Which::Under, SessionEnd::Agent, by)
}

/// Tells the agent of a launch on its socket.
pub(super) fn tell_session(ctx: &Context<'_>, launch: &Launch) -> Result<(), Refusal> {
    match (session_order(ctx, launch)?, &launch.execution) {
        (Some(told), Some(execution)) => order(ctx, execution, &ToAgent::Session(told)),
        _ => Ok(()),
    }
}

//! What the provider's desk does with launches in the customer's tenant: request, withdraw, execute, end.

use tegata_domain::agent::Agent;
use tegata_domain::approval::Subject;
use tegata_domain::audit::Act;
use tegata_domain::control::{LaunchOrder, ToAgent};
use tegata_domain::desk::{DeskAction, DeskActor, DeskReply, MailSteps, NoteOutcome, RequestLaunch};
use tegata_domain::equipment::{EquipmentState, EquipmentView};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{ApprovalId, CommandId, EquipmentId, LaunchId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::launch::{
    Executor, Granted, Launch, LaunchState, LaunchView, NewLaunch, Obstacle, Origin, StepKind, obstacle,
};
use tegata_domain::limit::{LAUNCHES, PER_ADDRESS};
use tegata_domain::outbox::Message;
use tegata_domain::question::Asker;
use tegata_domain::session::SessionEnd;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{agents, approvals, equipment, launches};

use super::{Ending, MOST_OPEN, approval, asked_by, end_by_person, found, object, order, receipt, save, tell, view};
use crate::context::{Context, OrStorage as _};
use crate::tenant::approvals::ask;
use crate::tenant::approvals::launch::Launching;
use crate::tenant::customers::{Repeat, audit};
use crate::tenant::equipment::{object as machine_object, view as machine_view};
use crate::tenant::object::take;
use crate::tenant::outbox::enqueue;
use crate::tenant::session_record;

/// Carries out one of the desk's actions on launches. A suspended customer's launches can only be read and ended.
pub(in crate::tenant) fn act(
    ctx: &Context<'_>,
    tenant: TenantRecord,
    by: &DeskActor,
    action: DeskAction,
) -> Result<DeskReply, Refusal> {
    let shown = |view: LaunchView| DeskReply::Launch(Box::new(view));
    match action {
        DeskAction::RequestLaunch(new) => request(ctx, &tenant.working()?, by, *new).map(shown),
        DeskAction::ShowLaunch(id) => show(ctx, &id).map(shown),
        DeskAction::WithdrawLaunch(id) => withdraw(ctx, by, &id).map(shown),
        DeskAction::ExecuteLaunch(id) => {
            tenant.working()?;
            execute(ctx, by, &id).map(shown)
        }
        DeskAction::MailSteps(steps) => {
            tenant.working()?;
            mail_steps(ctx, by, *steps).map(|view| DeskReply::Equipment(Box::new(view)))
        }
        DeskAction::ShowRecord(input) => {
            found(ctx, &input.id)?;
            session_record::page(ctx, &input.id, input.cursor.as_deref()).map(DeskReply::Record)
        }
        DeskAction::NoteOutcome(note) => note_outcome(ctx, by, *note).map(shown),
        DeskAction::EndLaunch(id) => end_by_desk(ctx, by, &id).map(shown),
        DeskAction::FetchLaunchReceipt(id) => receipt(ctx, &id).map(DeskReply::Receipt),
        _ => Err(Refusal::Conflict),
    }
}

pub(in crate::tenant) fn show(ctx: &Context<'_>, id: &LaunchId) -> Result<LaunchView, Refusal> {
    let (launch, approval) = found(ctx, id)?;
    view(ctx, launch, approval.as_ref())
}

/// Asks the administrators responsible for the equipment (K7). Repeating the request with the same person and key
/// returns the first launch.
fn request(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    by: &DeskActor,
    request: RequestLaunch,
) -> Result<LaunchView, Refusal> {
    let repeat = Repeat::of("launch", by, request.idempotency_key, &request.launch)?;
    if let Some(id) = repeat.made::<LaunchId>(ctx)? {
        return show(ctx, &id);
    }
    take(ctx, "launch", LAUNCHES)?;
    let launch = ask_for(ctx, tenant, by, request.launch)?;
    repeat.keep(ctx, &launch)?;
    show(ctx, &launch)
}

fn ask_for(ctx: &Context<'_>, tenant: &TenantRecord, by: &DeskActor, new: NewLaunch) -> Result<LaunchId, Refusal> {
    let mut terms = new.terms(tenant.policy.approval_life_seconds, ctx.now)?;
    let equipment = equipment::load(ctx.sql, &new.equipment).or_storage()?;
    let equipment = equipment
        .filter(|equipment| equipment.state() == EquipmentState::Active)
        .ok_or(Refusal::NotFound)?;
    let agent = agents::of_equipment(ctx.sql, &equipment.id).or_storage()?;
    if let Some(obstacle) = obstacle(&equipment, agent.as_ref()) {
        return Err(Refusal::Blocked(obstacle));
    }
    // An extension follows on the period that was granted, and has to be approved before that is over.
    if let Some(extended) = extended(ctx, new.extends.as_ref(), &equipment.id)? {
        let end = extended.granted.map(|granted| granted.until);
        terms.starts_at = end;
        terms.answer_by = end.map_or(terms.answer_by, |end| end.min(terms.answer_by));
        terms.abilities = extended.abilities;
    }
    if let Some(replaced) = &new.replaces {
        let (replaced, approval) = found(ctx, replaced)?;
        let approved = replaced.state(approval.as_ref(), ctx.now) == LaunchState::Approved;
        let open = launches::open_of(ctx.sql, &equipment.id, MOST_OPEN).or_storage()?;
        let asked_already = open.iter().any(|one| one.replaces.as_ref() == Some(&replaced.id));
        if replaced.equipment != equipment.id || !approved || asked_already {
            return Err(Refusal::Conflict);
        }
    }
    if launches::open_of(ctx.sql, &equipment.id, MOST_OPEN).or_storage()?.len()
        >= usize::try_from(MOST_OPEN).unwrap_or(0)
    {
        return Err(Refusal::Conflict);
    }
    let mut launch = Launch {
        id: LaunchId::generate(ctx.random),
        equipment: equipment.id.clone(),
        equipment_name: equipment.description.name.clone(),
        serial_number: equipment.description.serial_number.clone(),
        place: equipment.description.place.clone(),
        provider: by.provider.clone(),
        provider_name: by.provider_name.clone(),
        origin: Origin::Desk {
            asked_by: Asker {
                provider: by.provider.clone(),
                provider_name: by.provider_name.clone(),
                user: by.user.clone(),
                name: by.name.clone(),
                email: by.email.clone().ok_or(Refusal::Conflict)?,
            },
            reason: new.reason,
            approval: ApprovalId::generate(ctx.random),
        },
        abilities: terms.abilities,
        period: terms.period,
        starts_at: terms.starts_at,
        extends: new.extends,
        replaces: new.replaces,
        requested_at: ctx.now,
        granted: None,
        execution: None,
        awaited_by: None,
        told_of_return: false,
        ended: None,
        steps: Vec::new(),
        note: None,
        reported: 0,
        version: 0,
    };
    launch.step(ctx.now, StepKind::Requested, Some(by.name.as_str()), None);
    let kind = Launching::of(ctx, launch.clone(), Some(&equipment))?;
    let (able, required) = (kind.asked().len(), tenant.policy.launch_approvals);
    if usize::try_from(required).is_ok_and(|required| required > able) {
        let detail = format!("{required} administrators have to approve, and only {able} can for this equipment");
        return Err(FieldError::new("equipment", &detail).into());
    }
    let approval = launch.approval().cloned().ok_or(Refusal::Storage)?;
    let subject = (approval, Subject::Launch(launch.id.clone()));
    let approval = ask::ask(ctx, &kind, subject, required, terms.answer_by)?;
    save(ctx, &launch, Some(&approval))?;
    audit(ctx, by, "launch.request", object(&launch.id), "done")?;
    tell(ctx, &launch.id, None)?;
    Ok(launch.id)
}

/// The launch that a request wants to extend, if it is one on the same equipment that is not over.
fn extended(ctx: &Context<'_>, id: Option<&LaunchId>, equipment: &EquipmentId) -> Result<Option<Launch>, Refusal> {
    let Some(id) = id else {
        return Ok(None);
    };
    let (launch, approval) = found(ctx, id)?;
    if launch.equipment != *equipment || !launch.state(approval.as_ref(), ctx.now).is_alive() {
        return Err(Refusal::Conflict);
    }
    Ok(Some(launch))
}

/// Notes the outcome, in place of an earlier note. A request that waits for its answer has none.
fn note_outcome(ctx: &Context<'_>, by: &DeskActor, note: NoteOutcome) -> Result<LaunchView, Refusal> {
    let (mut launch, approval) = found(ctx, &note.launch)?;
    if launch.state(approval.as_ref(), ctx.now) == LaunchState::Requested {
        return Err(Refusal::Conflict);
    }
    launch.note = Some(session_record::note(ctx, by, note.outcome)?);
    launch.version = launch.version.saturating_add(1);
    save(ctx, &launch, approval.as_ref())?;
    audit(ctx, by, "launch.note", object(&launch.id), "done")?;
    tell(ctx, &launch.id, None)?;
    view(ctx, launch, approval.as_ref())
}

/// Mails somebody at the machine how to start remote support there.
fn mail_steps(ctx: &Context<'_>, by: &DeskActor, steps: MailSteps) -> Result<EquipmentView, Refusal> {
    let equipment = equipment::load(ctx.sql, &steps.equipment)
        .or_storage()?
        .ok_or(Refusal::NotFound)?;
    if equipment.state() != EquipmentState::Active || !equipment.manual_launch {
        return Err(Refusal::Conflict);
    }
    take(
        ctx,
        &format!("address/{}", sha256_b64(steps.to.address.as_str())),
        PER_ADDRESS,
    )?;
    take(ctx, "support_steps", LAUNCHES)?;
    audit(ctx, by, "launch.mail_steps", machine_object(&equipment.id), "mailed")?;
    let message = Message::SupportSteps {
        equipment: equipment.id.clone(),
        to: steps.to,
        provider_name: by.provider_name.clone(),
    };
    enqueue(ctx, message)?;
    machine_view(ctx, &equipment)
}

/// Withdraws a request that nobody has answered.
fn withdraw(ctx: &Context<'_>, by: &DeskActor, id: &LaunchId) -> Result<LaunchView, Refusal> {
    let (mut launch, approval) = found(ctx, id)?;
    let mut approval = approval.ok_or(Refusal::Conflict)?;
    if !approval.withdraw(ctx.now) {
        return Err(Refusal::Conflict);
    }
    approvals::save(ctx.sql, &approval).or_storage()?;
    launch.step(ctx.now, StepKind::Withdrawn, Some(by.name.as_str()), None);
    save(ctx, &launch, Some(&approval))?;
    audit(ctx, by, "launch.withdraw", object(id), "done")?;
    tell(ctx, id, None)?;
    view(ctx, launch, Some(&approval))
}

/// Executes an approved launch: tells the agent to start. If the machine is away, nothing is executed; that somebody
/// waits for it is noted, and they are told when it returns.
fn execute(ctx: &Context<'_>, by: &DeskActor, id: &LaunchId) -> Result<LaunchView, Refusal> {
    let (mut launch, approval) = found(ctx, id)?;
    let granted = launch
        .executable(approval.as_ref(), ctx.now)
        .ok_or(Refusal::Conflict)?
        .map_err(Refusal::Blocked)?;
    let agent = ready(ctx, &launch)?;
    let present = ctx.sockets.connected_since(&[&agent.id]).into_iter().flatten().next();
    let outcome = if present.is_some() {
        tell_agent(ctx, by, &mut launch, &agent, granted)?;
        "done"
    } else {
        launch.awaited_by = Some(by.user.clone());
        launch.told_of_return = false;
        launch.step(ctx.now, StepKind::MachineAway, Some(by.name.as_str()), None);
        Obstacle::MachineAway.name()
    };
    save(ctx, &launch, approval.as_ref())?;
    let act = Act::new(by.actor(), "launch.execute", object(id), outcome);
    ctx.audit(act.asked_by(&asked_by(&launch)))?;
    tell(ctx, id, None)?;
    // Nothing else stands in its way, or the machine would not be ready.
    let mut shown = LaunchView::of(launch, approval.as_ref(), ctx.now);
    shown.connected = Some(present.is_some());
    shown.obstacle = present.is_none().then(|| Obstacle::MachineAway.name().to_owned());
    Ok(shown)
}

/// The agent of the launch's equipment, if nothing but its absence stands in the way.
fn ready(ctx: &Context<'_>, launch: &Launch) -> Result<Agent, Refusal> {
    let equipment = equipment::load(ctx.sql, &launch.equipment)
        .or_storage()?
        .ok_or(Refusal::NotFound)?;
    let agent = agents::of_equipment(ctx.sql, &launch.equipment).or_storage()?;
    if let Some(obstacle) = obstacle(&equipment, agent.as_ref()) {
        return Err(Refusal::Blocked(obstacle));
    }
    for other in launches::open_of(ctx.sql, &launch.equipment, MOST_OPEN.saturating_mul(2)).or_storage()? {
        if other.id == launch.id {
            continue;
        }
        let state = other.state(approval(ctx, &other)?.as_ref(), ctx.now);
        if matches!(state, LaunchState::Executing | LaunchState::Running) {
            return Err(Refusal::Blocked(Obstacle::MachineBusy));
        }
    }
    agent.ok_or(Refusal::Blocked(Obstacle::NoAgent))
}

fn tell_agent(
    ctx: &Context<'_>,
    by: &DeskActor,
    launch: &mut Launch,
    agent: &Agent,
    granted: Granted,
) -> Result<(), Refusal> {
    let executor = Executor {
        user: by.user.clone(),
        name: by.name.clone(),
        email: by.email.clone(),
    };
    launch.execute(CommandId::generate(ctx.random), agent.id.clone(), executor, ctx.now);
    let Some(execution) = &launch.execution else {
        return Err(Refusal::Storage);
    };
    order(ctx, execution, &ToAgent::Launch(launch_order(launch, granted)?))
}

/// What the agent is told to start.
pub(super) fn launch_order(launch: &Launch, granted: Granted) -> Result<LaunchOrder, Refusal> {
    let execution = launch.execution.as_ref().ok_or(Refusal::Storage)?;
    let reason = match &launch.origin {
        Origin::Desk { reason, .. } => reason.to_string(),
        Origin::Machine { .. } => String::new(),
    };
    Ok(LaunchOrder {
        command: execution.command.clone(),
        launch: launch.id.clone(),
        provider: launch.provider_name.to_string(),
        supporter: execution.by.as_ref().map(|by| by.name.to_string()).unwrap_or_default(),
        reason,
        abilities: launch.abilities.clone(),
        until: granted.until,
    })
}

fn end_by_desk(ctx: &Context<'_>, by: &DeskActor, id: &LaunchId) -> Result<LaunchView, Refusal> {
    let (launch, approval) = found(ctx, id)?;
    let ending = Ending {
        why: SessionEnd::Desk,
        by: Some(by.name.as_str()),
        actor: by.actor(),
    };
    end_by_person(ctx, launch, approval.as_ref(), ending)
}

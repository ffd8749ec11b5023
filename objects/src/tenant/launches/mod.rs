//! Launches (K6 to K9) in the customer's tenant: remote support from the request to the end. This file has what every
//! part needs: loading, storing, showing, ending. [`desk`] has the desk's actions, [`machine`] what the agent says,
//! [`session`] the session's object on the other side, [`due`] the deadlines. The approval itself is a kind of the
//! engine, `approvals/launch.rs`.

pub(super) mod copies;
pub(super) mod desk;
pub(super) mod due;
pub(super) mod machine;
pub(super) mod session;

use tegata_domain::approval::Approval;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::control::ToAgent;
use tegata_domain::error::Refusal;
use tegata_domain::id::{EquipmentId, LaunchId, UserId};
use tegata_domain::launch::{Execution, Launch, LaunchState, LaunchView, Moved, Origin, obstacle};
use tegata_domain::outbox::{LaunchNews, Message};
use tegata_domain::session::SessionEnd;
use tegata_domain::socket::Tag;
use tegata_kv_schema::{agents, approvals, equipment, launches};

use super::appointments;
use super::outbox::enqueue;
use crate::context::{Context, OrStorage as _};

/// Maximum number of launches of one piece of equipment that are not over.
pub(super) const MOST_OPEN: i64 = 5;

/// Its name in the audit log.
pub(super) fn object(id: &LaunchId) -> String {
    format!("launch/{id}")
}

/// Loads a launch, and the approval of one that the desk requested.
pub(super) fn found(ctx: &Context<'_>, id: &LaunchId) -> Result<(Launch, Option<Approval>), Refusal> {
    let launch = launches::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    let approval = approval(ctx, &launch)?;
    Ok((launch, approval))
}

/// The approval of a launch that the desk requested.
pub(super) fn approval(ctx: &Context<'_>, launch: &Launch) -> Result<Option<Approval>, Refusal> {
    match launch.approval() {
        Some(id) => approvals::load(ctx.sql, id)
            .or_storage()?
            .ok_or(Refusal::Storage)
            .map(Some),
        None => Ok(None),
    }
}

/// Stores a launch, with when it needs attention next.
pub(super) fn save(ctx: &Context<'_>, launch: &Launch, approval: Option<&Approval>) -> Result<(), Refusal> {
    launches::save(ctx.sql, launch, launch.due(approval, ctx.now)).or_storage()
}

/// Enqueues an update for the provider's list, and with `news` a mail to the desk.
pub(super) fn tell(ctx: &Context<'_>, id: &LaunchId, news: Option<LaunchNews>) -> Result<(), Refusal> {
    let launch = id.clone();
    let at = news.map(|_| ctx.now);
    enqueue(ctx, Message::TellLaunch { launch, news, at })
}

/// The launch as both sides see it, with what stands in its way now.
pub(super) fn view(ctx: &Context<'_>, launch: Launch, approval: Option<&Approval>) -> Result<LaunchView, Refusal> {
    let agent = agents::of_equipment(ctx.sql, &launch.equipment).or_storage()?;
    let connected = match &agent {
        Some(agent) => ctx.sockets.connected_since(&[&agent.id]).into_iter().flatten().next(),
        None => None,
    };
    let equipment = equipment::load(ctx.sql, &launch.equipment).or_storage()?;
    let hindered = equipment.and_then(|equipment| obstacle(&equipment, agent.as_ref()));
    let mut view = LaunchView::of(launch, approval, ctx.now);
    view.connected = Some(connected.is_some());
    view.obstacle = hindered.map(|obstacle| obstacle.name().to_owned());
    Ok(view)
}

/// The signed receipt of the consent.
pub(super) fn receipt(ctx: &Context<'_>, id: &LaunchId) -> Result<String, Refusal> {
    let (launch, approval) = found(ctx, id)?;
    match launch.origin {
        Origin::Machine { receipt, .. } => Ok(receipt),
        Origin::Desk { .. } => approval.and_then(|approval| approval.receipt).ok_or(Refusal::NotFound),
    }
}

/// Who asked for it, for the audit log: the requester's mail address, or the machine.
pub(super) fn asked_by(launch: &Launch) -> String {
    match &launch.origin {
        Origin::Desk { asked_by, .. } => asked_by.email.to_string(),
        Origin::Machine { agent, .. } => format!("agent/{agent}"),
    }
}

/// Sends a message to the agent that executes the launch.
fn order(ctx: &Context<'_>, execution: &Execution, message: &ToAgent) -> Result<(), Refusal> {
    let text = serde_json::to_string(message).map_err(|_| Refusal::Storage)?;
    ctx.news.send(Tag::agent(&execution.agent), text);
    Ok(())
}

/// Why a launch ends, and who ends it.
pub(super) struct Ending<'a> {
    pub(super) why: SessionEnd,
    /// The person's name, if a person ends it.
    pub(super) by: Option<&'a str>,
    pub(super) actor: Actor,
}

/// Ends a launch that was approved: its session, and the agent's part in it.
pub(super) fn end(
    ctx: &Context<'_>,
    launch: &mut Launch,
    approval: Option<&Approval>,
    ending: Ending<'_>,
) -> Result<(), Refusal> {
    if launch.end(ending.why, ending.by, ctx.now) == Moved::No {
        return Ok(());
    }
    save(ctx, launch, approval)?;
    if let Some(execution) = &launch.execution {
        let ended = ToAgent::Ended {
            launch: launch.id.clone(),
            why: ending.why,
        };
        order(ctx, execution, &ended)?;
        if execution.number.is_some() {
            let launch = launch.id.clone();
            enqueue(ctx, Message::EndSession { launch })?;
        }
    }
    appointments::launches::ended(ctx, launch, ending.by)?;
    let act = Act::new(ending.actor, "launch.end", object(&launch.id), ending.why.name());
    ctx.audit(act.asked_by(&asked_by(launch)))?;
    tell(ctx, &launch.id, None)
}

/// Ends what was approved, executes or runs, because a person says so. Ending it again changes nothing.
///
/// Errors: `Conflict` if it was never approved.
pub(super) fn end_by_person(
    ctx: &Context<'_>,
    mut launch: Launch,
    approval: Option<&Approval>,
    ending: Ending<'_>,
) -> Result<LaunchView, Refusal> {
    match launch.state(approval, ctx.now) {
        state if state.is_alive() => end(ctx, &mut launch, approval, ending)?,
        // It is over, also where nobody has noted that yet.
        _ if launch.granted.is_some() => {}
        _ => return Err(Refusal::Conflict),
    }
    view(ctx, launch, approval)
}

/// Ends the launch that `launch`, which was approved, replaces, unless it has begun. Its date has moved on to this one already.
pub(super) fn end_replaced(ctx: &Context<'_>, launch: &Launch) -> Result<(), Refusal> {
    let Some(replaced) = &launch.replaces else {
        return Ok(());
    };
    let (mut replaced, approval) = found(ctx, replaced)?;
    if replaced.state(approval.as_ref(), ctx.now) != LaunchState::Approved {
        return Ok(());
    }
    let ending = Ending {
        why: SessionEnd::Desk,
        by: None,
        actor: Actor::new("system", None, None),
    };
    end(ctx, &mut replaced, approval.as_ref(), ending)
}

/// Which launches of a piece of equipment end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// All that execute or run.
    Under,
    /// Those that the desk started, as when remote assistance is forbidden.
    OfDesk,
    /// Those that were started at the machine, as when the manual launch is forbidden.
    OfMachine,
}

/// Ends what executes or runs on `equipment`. What was only requested or approved stays, and cannot be executed.
pub(super) fn end_on_equipment(
    ctx: &Context<'_>,
    equipment: &EquipmentId,
    which: Which,
    why: SessionEnd,
    actor: &Actor,
) -> Result<(), Refusal> {
    for mut launch in launches::open_of(ctx.sql, equipment, MOST_OPEN.saturating_mul(2)).or_storage()? {
        let meant = match (which, &launch.origin) {
            (Which::Under, _) | (Which::OfDesk, Origin::Desk { .. }) | (Which::OfMachine, Origin::Machine { .. }) => {
                true
            }
            (Which::OfDesk | Which::OfMachine, _) => false,
        };
        if !meant || launch.execution.is_none() {
            continue;
        }
        let approval = approval(ctx, &launch)?;
        let ending = Ending {
            why,
            by: None,
            actor: actor.clone(),
        };
        end(ctx, &mut launch, approval.as_ref(), ending)?;
    }
    Ok(())
}

/// The people to mail about the launch at the desk: who asked, and who executed.
pub(super) fn concerned(launch: &Launch) -> Vec<UserId> {
    let asked = match &launch.origin {
        Origin::Desk { asked_by, .. } => Some(asked_by.user.clone()),
        Origin::Machine { .. } => None,
    };
    let executed = launch.execution.as_ref().and_then(|execution| execution.by.as_ref());
    let executed = executed
        .map(|by| by.user.clone())
        .filter(|user| Some(user) != asked.as_ref());
    let awaits = launch.awaited_by.clone();
    let mut people: Vec<UserId> = asked.into_iter().chain(executed).collect();
    people.extend(
        awaits
            .filter(|user| !people.contains(user))
            .into_iter()
            .collect::<Vec<_>>(),
    );
    people
}

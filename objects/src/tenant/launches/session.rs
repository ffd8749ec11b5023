//! The other side of a launch: the session's object. The tenant has it open and end sessions, and takes its reports. An
//! id that is no launch's may be an attended session's.

use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{EndSession, ExtendSession, NoteSession, OpenSession, SessionOn};
use tegata_domain::control::SessionOrder;
use tegata_domain::error::Refusal;
use tegata_domain::id::LaunchId;
use tegata_domain::launch::{Launch, Moved, Origin};
use tegata_domain::outbox::{LaunchNews, Message};
use tegata_domain::panel::lists::Order;
use tegata_domain::session::party::Party;
use tegata_domain::session::{SessionEnd, SessionEvent, SessionNumber, SessionPassword, SessionReport};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::timeline::Span;
use tegata_kv_schema::{agents, desk, launches};

use super::machine::tell_session;
use super::{Ending, approval, asked_by, end, found, object, save, tell};
use crate::context::{Context, OrStorage as _};
use crate::tenant::alerts::alert;
use crate::tenant::approvals::launch::Launching;
use crate::tenant::attended::session as attended;
use crate::tenant::faces;
use crate::tenant::outbox::enqueue;
use crate::tenant::session_events;

/// How many launches are read at a time where all are meant.
const MOST_AT_ONCE: i64 = 200;

/// The password of the launch's session; `None` before it has a number, and when its key is gone.
pub(in crate::tenant) fn password(ctx: &Context<'_>, launch: &Launch) -> Option<(SessionNumber, SessionPassword)> {
    let execution = launch.execution.as_ref()?;
    let (number, kid) = (execution.number.as_ref()?, execution.kid.as_ref()?);
    let password = SessionPassword::derive(&ctx.signers.links, kid, number, &launch.id)?;
    Some((number.clone(), password))
}

/// What the session's object is told to open, and its name; `None` when there is nothing to open any more.
pub(in crate::tenant) fn opening(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &LaunchId,
) -> Result<Option<(SessionNumber, OpenSession)>, Refusal> {
    let Some(launch) = launches::load(ctx.sql, id).or_storage()? else {
        return attended::opening(ctx, tenant, id);
    };
    let (Some(execution), Some(granted)) = (&launch.execution, launch.granted) else {
        return Ok(None);
    };
    let over = launch.ended.is_some() || execution.running_at.is_some() || ctx.now >= granted.until;
    let agent = agents::load(ctx.sql, &execution.agent).or_storage()?;
    let agent = agent.filter(|agent| agent.is_accepted() && !over);
    let (Some(agent), Some((number, password)), Some(kid)) = (agent, password(ctx, &launch), &execution.kid) else {
        return Ok(None);
    };
    let Some(password_hash) = password.hashed(&ctx.signers.links, kid, &number) else {
        return Ok(None);
    };
    let open = OpenSession {
        number: number.clone(),
        tenant: tenant.slug.clone(),
        tenant_name: tenant.name.clone(),
        provider: launch.provider.clone(),
        launch: launch.id.clone(),
        on: SessionOn::Equipment {
            equipment: launch.equipment_name.to_string(),
            serial_number: launch.serial_number.to_string(),
            agent: agent.id,
            jkt: agent.jkt,
            report: agent.report,
        },
        files: tenant.policy.session_files.clone(),
        kid: kid.clone(),
        password_hash,
        abilities: launch.abilities,
        until: granted.until,
    };
    Ok(Some((number, open)))
}

/// What the session's object is told of more time, and its name; `None` unless the launch runs.
pub(in crate::tenant) fn extending(
    ctx: &Context<'_>,
    id: &LaunchId,
) -> Result<Option<(SessionNumber, ExtendSession)>, Refusal> {
    let launch = launches::load(ctx.sql, id)
        .or_storage()?
        .filter(|launch| launch.ended.is_none());
    Ok(launch.and_then(|launch| {
        let number = launch.session()?.clone();
        let until = launch.granted?.until;
        Some((
            number,
            ExtendSession {
                launch: launch.id,
                until,
            },
        ))
    }))
}

/// Moves the end of the launch `id` to `until`, as an approval of more time has granted it.
pub(in crate::tenant) fn extend(ctx: &Context<'_>, id: &LaunchId, until: UnixSeconds, by: &str) -> Result<(), Refusal> {
    let (mut launch, approval) = found(ctx, id)?;
    if launch.extend(until, by, approval.as_ref(), ctx.now) == Moved::No {
        return Ok(());
    }
    save(ctx, &launch, approval.as_ref())?;
    let system = Actor::new("system", None, None);
    entry(ctx, &launch, system, "launch.extend", "done")?;
    tell_session(ctx, &launch)?;
    tell(ctx, id, None)?;
    enqueue(ctx, Message::ExtendSession { launch: id.clone() })
}

/// What the session's object is told at the end, and its name.
pub(in crate::tenant) fn ending(
    ctx: &Context<'_>,
    id: &LaunchId,
) -> Result<Option<(SessionNumber, EndSession)>, Refusal> {
    let Some(launch) = launches::load(ctx.sql, id).or_storage()? else {
        return attended::ending(ctx, id);
    };
    let number = launch.execution.and_then(|execution| execution.number);
    let ended = number.zip(launch.ended);
    let launch = launch.id;
    Ok(ended.map(|(number, ended)| (number, EndSession { launch, why: ended.why })))
}

/// What the agent is told of a session that runs; `None` if none does. The password is for the screen of the machine on
/// which the launch was started, and for nobody else.
pub(super) fn session_order(ctx: &Context<'_>, launch: &Launch) -> Result<Option<SessionOrder>, Refusal> {
    let (Some(execution), Some(granted)) = (&launch.execution, launch.granted) else {
        return Ok(None);
    };
    let runs = execution.running_at.is_some() && launch.ended.is_none() && ctx.now < granted.until;
    let Some((number, password)) = password(ctx, launch).filter(|_| runs) else {
        return Ok(None);
    };
    let password = match launch.origin {
        Origin::Machine { joined: false, .. } => Some(password.shown()),
        Origin::Machine { .. } | Origin::Desk { .. } => None,
    };
    let contact = faces::face(ctx)?.map(|face| face.contact).unwrap_or_default();
    Ok(Some(SessionOrder {
        launch: launch.id.clone(),
        number,
        command: execution.command.clone(),
        password,
        provider: launch.provider_name.to_string(),
        contact: contact.iter().map(|line| line.as_str().to_owned()).collect(),
        abilities: launch.abilities.clone(),
        until: granted.until,
    }))
}

/// Takes a session's reports: each once, in order.
pub(in crate::tenant) fn note(ctx: &Context<'_>, note: NoteSession) -> Result<(), Refusal> {
    if launches::load(ctx.sql, &note.launch).or_storage()?.is_none() {
        return attended::note(ctx, note);
    }
    for report in note.reports {
        let (launch, _) = found(ctx, &note.launch)?;
        match report.event {
            // The object of another session says so, whose reports have numbers of their own.
            SessionEvent::Taken => taken(ctx, launch, &note.number)?,
            _ => take(ctx, launch, &note.number, report)?,
        }
    }
    Ok(())
}

/// The number belongs to another session: the next try gets another.
fn taken(ctx: &Context<'_>, mut launch: Launch, number: &SessionNumber) -> Result<(), Refusal> {
    if launch.renumber(number, SessionNumber::generate(ctx.random)) == Moved::No {
        return Ok(());
    }
    save(ctx, &launch, approval(ctx, &launch)?.as_ref())?;
    enqueue(ctx, Message::OpenSession { launch: launch.id })
}

fn take(ctx: &Context<'_>, mut launch: Launch, number: &SessionNumber, report: SessionReport) -> Result<(), Refusal> {
    let own = launch
        .execution
        .as_ref()
        .and_then(|execution| execution.number.as_ref())
        == Some(number);
    if !own || report.number <= launch.reported {
        return Ok(());
    }
    launch.reported = report.number;
    let approval = approval(ctx, &launch)?;
    match report.event {
        SessionEvent::Opened => return opened(ctx, launch, number),
        SessionEvent::Ended { why, ref by } => {
            session_events::keep(ctx, &launch.id, &report)?;
            save(ctx, &launch, approval.as_ref())?;
            let actor = match by {
                Some(by) => session_events::actor(by, None),
                None => session_events::session_actor(number),
            };
            let name = by.as_ref().map(Party::name);
            for user in Launching::of(ctx, launch.clone(), None)?.asked() {
                let (launch, user) = (launch.id.clone(), user.clone());
                enqueue(ctx, Message::SessionSummary { launch, user })?;
            }
            return end(ctx, &mut launch, approval.as_ref(), Ending { why, by: name, actor });
        }
        SessionEvent::Joined { by: Party::Desk(_) } => {
            if let Origin::Machine { joined, .. } = &mut launch.origin {
                *joined = true;
            }
        }
        SessionEvent::Locked => {
            let what = format!("{} ({})", launch.equipment_name, launch.serial_number);
            alert(ctx, AlertKind::SessionLocked, what)?;
        }
        _ => {}
    }
    session_events::keep(ctx, &launch.id, &report)?;
    let agent = launch.execution.as_ref().map(|execution| execution.agent.clone());
    if let Some(noted) = session_events::noted(&report.event, number, agent.as_ref()) {
        if let Some(shown) = noted.step {
            launch.step(report.at, shown.what, shown.by.as_deref(), shown.detail.as_deref());
        }
        let action = format!("launch.{}", noted.verb);
        entry(ctx, &launch, noted.actor, &action, &noted.said)?;
    }
    save(ctx, &launch, approval.as_ref())?;
    tell(ctx, &launch.id, None)
}

/// The session can be joined: ID and password exist from now on. They are mailed to the desk and to the administrators
/// (K9), or shown at the machine (K6).
fn opened(ctx: &Context<'_>, mut launch: Launch, number: &SessionNumber) -> Result<(), Refusal> {
    let approval = approval(ctx, &launch)?;
    let moved = launch.runs(number, ctx.now);
    save(ctx, &launch, approval.as_ref())?;
    if moved == Moved::No {
        // It is over: the session may have been told so before it was opened, or is told by the deadline.
        return match launch.ended {
            Some(_) => enqueue(ctx, Message::EndSession { launch: launch.id }),
            None => Ok(()),
        };
    }
    let actor = Actor::new("session", Some(number.as_str()), None);
    entry(ctx, &launch, actor, "launch.open", "done")?;
    tell_session(ctx, &launch)?;
    let by_desk = matches!(launch.origin, Origin::Desk { .. });
    if by_desk {
        for user in Launching::of(ctx, launch.clone(), None)?.asked() {
            let (launch, user) = (launch.id.clone(), user.clone());
            enqueue(ctx, Message::LaunchStarted { launch, user })?;
        }
    }
    tell(ctx, &launch.id, by_desk.then_some(LaunchNews::Started))
}

fn entry(ctx: &Context<'_>, launch: &Launch, actor: Actor, action: &str, outcome: &str) -> Result<(), Refusal> {
    ctx.audit(Act::new(actor, action, object(&launch.id), outcome).asked_by(&asked_by(launch)))
}

/// Ends every session of the tenant, as when it is suspended.
pub(in crate::tenant) fn end_all(ctx: &Context<'_>, actor: &Actor) -> Result<(), Refusal> {
    loop {
        let found = launches::under_way(ctx.sql, MOST_AT_ONCE).or_storage()?;
        if found.is_empty() {
            return Ok(());
        }
        for mut launch in found {
            let approval = approval(ctx, &launch)?;
            let ending = Ending {
                why: SessionEnd::Suspended,
                by: None,
                actor: actor.clone(),
            };
            end(ctx, &mut launch, approval.as_ref(), ending)?;
        }
    }
}

/// Ends every session that the provider's desk may be in, as when the provider is suspended. The sessions report it to
/// the customers.
pub(in crate::tenant) fn end_at_customers(ctx: &Context<'_>) -> Result<(), Refusal> {
    let mut after = (String::new(), String::new());
    loop {
        let span = Span {
            order: Order::Newest,
            after: (&after.0, &after.1),
            most: MOST_AT_ONCE,
        };
        let listed = desk::list_launches(ctx.sql, None, Some(ctx.now), span).or_storage()?;
        for (_, entry) in &listed.rows {
            if entry.launch.session.is_some() && entry.launch.ended.is_none() {
                let (tenant, launch) = (entry.tenant.clone(), entry.launch.id.clone());
                enqueue(ctx, Message::EndDeskSession { tenant, launch })?;
            }
        }
        let full = usize::try_from(MOST_AT_ONCE).is_ok_and(|most| listed.rows.len() >= most);
        let last = listed
            .rows
            .last()
            .map(|(place, entry)| (place.clone(), entry.launch.id.to_string()));
        after = match (last.filter(|_| full), listed.more) {
            (Some(last), _) | (None, Some(last)) => last,
            (None, None) => return Ok(()),
        };
    }
}

/// What the session of a customer's launch is told when the provider is suspended, and its name.
pub(in crate::tenant) fn ending_at_customer(
    ctx: &Context<'_>,
    tenant: &Slug,
    id: &LaunchId,
) -> Result<Option<(SessionNumber, EndSession)>, Refusal> {
    let Some(entry) = desk::load_launch(ctx.sql, tenant, id).or_storage()? else {
        return attended::ending_at_customer(ctx, tenant, id);
    };
    let (launch, why) = (entry.launch.id, SessionEnd::Suspended);
    Ok(entry.launch.session.map(|number| (number, EndSession { launch, why })))
}

//! The other side of an attended session: its object. The tenant has it open and end the session, and takes its reports.

use tegata_domain::alert::AlertKind;
use tegata_domain::attended::Attended;
use tegata_domain::audit::Actor;
use tegata_domain::command::{EndSession, NoteSession, OpenSession, SessionOn};
use tegata_domain::error::Refusal;
use tegata_domain::id::LaunchId;
use tegata_domain::launch::Moved;
use tegata_domain::outbox::Message;
use tegata_domain::right::Role;
use tegata_domain::session::party::Party;
use tegata_domain::session::{Ability, SessionEnd, SessionEvent, SessionNumber, SessionPassword, SessionReport};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::{accounts, attended as store, desk_attended};

use super::{end, entry, found, tell};
use crate::context::{Context, OrStorage as _};
use crate::tenant::alerts::alert;
use crate::tenant::appointments;
use crate::tenant::launches::Ending;
use crate::tenant::outbox::enqueue;
use crate::tenant::session_events;

/// How many sessions are read at a time where all are meant.
const MOST_AT_ONCE: i64 = 200;

/// The password of the session; `None` when its key is gone.
pub(super) fn password(ctx: &Context<'_>, attended: &Attended) -> Option<SessionPassword> {
    SessionPassword::derive(&ctx.signers.links, &attended.kid, &attended.number, &attended.id)
}

/// What the session's object is told to open, and its name; `None` when there is nothing to open any more.
pub(in crate::tenant) fn opening(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &LaunchId,
) -> Result<Option<(SessionNumber, OpenSession)>, Refusal> {
    let Some(attended) = store::load(ctx.sql, id).or_storage()? else {
        return Ok(None);
    };
    let over = !attended.state(ctx.now).is_alive() || attended.running_at.is_some();
    let Some(password) = password(ctx, &attended).filter(|_| !over) else {
        return Ok(None);
    };
    let number = attended.number;
    let Some(password_hash) = password.hashed(&ctx.signers.links, &attended.kid, &number) else {
        return Ok(None);
    };
    let open = OpenSession {
        number: number.clone(),
        tenant: tenant.slug.clone(),
        tenant_name: tenant.name.clone(),
        provider: attended.opened_by.provider,
        launch: attended.id,
        on: SessionOn::Attended { title: attended.title },
        files: tenant.policy.session_files.clone(),
        kid: attended.kid,
        password_hash,
        abilities: Ability::ATTENDED.to_vec(),
        until: attended.granted.until,
    };
    Ok(Some((number, open)))
}

/// What the session's object is told at the end, and its name.
pub(in crate::tenant) fn ending(
    ctx: &Context<'_>,
    id: &LaunchId,
) -> Result<Option<(SessionNumber, EndSession)>, Refusal> {
    let attended = store::load(ctx.sql, id).or_storage()?;
    Ok(attended.and_then(|attended| {
        let why = attended.ended?.why;
        let launch = attended.id;
        Some((attended.number, EndSession { launch, why }))
    }))
}

/// Takes a session's reports: each once, in order.
pub(in crate::tenant) fn note(ctx: &Context<'_>, note: NoteSession) -> Result<(), Refusal> {
    for report in note.reports {
        let attended = found(ctx, &note.launch)?;
        match report.event {
            // The object of another session says so, whose reports have numbers of their own.
            SessionEvent::Taken => taken(ctx, attended, &note.number)?,
            _ => take(ctx, attended, &note.number, &report)?,
        }
    }
    Ok(())
}

/// The number is another session's: the next try has another number, and with it another password.
fn taken(ctx: &Context<'_>, mut attended: Attended, number: &SessionNumber) -> Result<(), Refusal> {
    if attended.renumber(number, SessionNumber::generate(ctx.random)) == Moved::No {
        return Ok(());
    }
    store::save(ctx.sql, &attended).or_storage()?;
    let launch = attended.id;
    enqueue(ctx, Message::OpenSession { launch })
}

fn take(
    ctx: &Context<'_>,
    mut attended: Attended,
    number: &SessionNumber,
    report: &SessionReport,
) -> Result<(), Refusal> {
    if attended.number != *number || report.number <= attended.reported {
        return Ok(());
    }
    attended.reported = report.number;
    match &report.event {
        SessionEvent::Opened => return opened(ctx, attended, number),
        SessionEvent::Ended { why, by } => {
            session_events::keep(ctx, &attended.id, report)?;
            store::save(ctx.sql, &attended).or_storage()?;
            let actor = match by {
                Some(by) => session_events::actor(by, None),
                None => session_events::session_actor(number),
            };
            let ending = Ending {
                why: *why,
                by: by.as_ref().map(Party::name),
                actor,
            };
            for account in accounts::of_role(ctx.sql, Role::SystemAdministrator).or_storage()? {
                let (attended, user) = (attended.id.clone(), account.user);
                enqueue(ctx, Message::AttendedSummary { attended, user })?;
            }
            return end(ctx, &mut attended, ending);
        }
        SessionEvent::Locked => alert(ctx, AlertKind::SessionLocked, attended.title.to_string())?,
        _ => {}
    }
    session_events::keep(ctx, &attended.id, report)?;
    if let Some(noted) = session_events::noted(&report.event, number, None) {
        if let Some(shown) = noted.step {
            attended.step(report.at, shown.what, shown.by.as_deref(), shown.detail.as_deref());
        }
        entry(ctx, &attended, noted.actor, noted.verb, &noted.said)?;
    }
    store::save(ctx.sql, &attended).or_storage()?;
    tell(ctx, &attended.id)
}

/// The number is claimed: the session can be joined, and whoever is invited is mailed.
fn opened(ctx: &Context<'_>, mut attended: Attended, number: &SessionNumber) -> Result<(), Refusal> {
    let moved = attended.opens(number, ctx.now);
    store::save(ctx.sql, &attended).or_storage()?;
    if moved == Moved::No {
        // It is over: the session may have been told so before it was opened, or is told by the deadline.
        return match attended.ended {
            Some(_) => enqueue(ctx, Message::EndSession { launch: attended.id }),
            None => Ok(()),
        };
    }
    entry(ctx, &attended, session_events::session_actor(number), "ready", "done")?;
    match &attended.appointment {
        Some(appointment) => {
            let appointment = appointments::found(ctx, appointment)?;
            // A date that has moved on in the meantime has another session, or none yet.
            if appointment.session() == Some(&attended.id) {
                appointments::deadlines::joinable(ctx, appointment)?;
            }
        }
        None => {
            for place in 0..attended.invited.len() {
                let attended = attended.id.clone();
                enqueue(ctx, Message::AttendedInvitation { attended, place })?;
            }
        }
    }
    tell(ctx, &attended.id)
}

/// Ends every attended session of the tenant, as when it is suspended.
pub(in crate::tenant) fn end_all(ctx: &Context<'_>, actor: &Actor) -> Result<(), Refusal> {
    loop {
        let found = store::under_way(ctx.sql, MOST_AT_ONCE).or_storage()?;
        if found.is_empty() {
            return Ok(());
        }
        for mut attended in found {
            let ending = Ending {
                why: SessionEnd::Suspended,
                by: None,
                actor: actor.clone(),
            };
            end(ctx, &mut attended, ending)?;
        }
    }
}

/// Ends every attended session that the provider's desk may be in, as when the provider is suspended. The sessions report
/// it to the customers.
pub(in crate::tenant) fn end_at_customers(ctx: &Context<'_>) -> Result<(), Refusal> {
    let mut after = (UnixSeconds(0), String::new(), String::new());
    loop {
        let place = (after.0, after.1.as_str(), after.2.as_str());
        let found = desk_attended::under_way(ctx.sql, ctx.now, place, MOST_AT_ONCE).or_storage()?;
        for entry in &found {
            let (tenant, launch) = (entry.tenant.clone(), entry.attended.id.clone());
            enqueue(ctx, Message::EndDeskSession { tenant, launch })?;
        }
        match found.last().and_then(|last| Some((last, last.attended.open_until()?))) {
            Some((last, until)) => after = (until, last.tenant.to_string(), last.attended.id.to_string()),
            None => return Ok(()),
        }
    }
}

/// What the session at a customer is told when the provider is suspended, and its name.
pub(in crate::tenant) fn ending_at_customer(
    ctx: &Context<'_>,
    tenant: &Slug,
    id: &LaunchId,
) -> Result<Option<(SessionNumber, EndSession)>, Refusal> {
    let entry = desk_attended::load(ctx.sql, tenant, id).or_storage()?;
    Ok(entry.and_then(|entry| {
        let (launch, why) = (entry.attended.id, SessionEnd::Suspended);
        Some((entry.attended.session?, EndSession { launch, why }))
    }))
}

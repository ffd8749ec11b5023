//! Attended sessions (Z3, Z4, B8) in the customer's tenant. This file has what every part needs: loading, showing,
//! ending, links. [`desk`] has the desk's actions, [`consent`] what people do who open a link, [`session`] the session's
//! object on the other side, [`copies`] the provider's list, [`knock`] the provider's page for ID and password.

pub(super) mod consent;
pub(super) mod copies;
pub(super) mod desk;
pub(super) mod knock;
pub(super) mod mails;
pub(super) mod session;

use tegata_domain::attended::{ANYBODY, Attended, AttendedState, AttendedView, HandOver, Invited, holder};
use tegata_domain::audit::{Act, Actor};
use tegata_domain::error::Refusal;
use tegata_domain::id::{AppointmentId, GuestId, InquiryId, LaunchId};
use tegata_domain::launch::{Granted, Moved, StepKind};
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::mail::JoinByMail;
use tegata_domain::outbox::Message;
use tegata_domain::question::Asker;
use tegata_domain::session::{SessionEnd, SessionNumber};
use tegata_domain::slug::Slug;
use tegata_domain::text::SessionTitle;
use tegata_kv_schema::attended as store;

use super::appointments;
use super::launches::Ending;
use super::outbox::enqueue;
use crate::context::{Context, OrStorage as _};

/// How many sessions one run of the deadlines takes.
const BATCH: i64 = 16;

/// Its name in the audit log.
pub(super) fn object(id: &LaunchId) -> String {
    format!("attended/{id}")
}

/// Loads an attended session.
pub(super) fn found(ctx: &Context<'_>, id: &LaunchId) -> Result<Attended, Refusal> {
    store::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)
}

/// Enqueues an update for the provider's list.
fn tell(ctx: &Context<'_>, id: &LaunchId) -> Result<(), Refusal> {
    enqueue(ctx, Message::TellAttended { attended: id.clone() })
}

/// Logs what `actor` has done to the session.
fn entry(ctx: &Context<'_>, attended: &Attended, actor: Actor, verb: &str, outcome: &str) -> Result<(), Refusal> {
    let action = format!("attended.{verb}");
    let act = Act::new(actor, &action, object(&attended.id), outcome);
    ctx.audit(act.asked_by(attended.opened_by.email.as_str()))
}

/// The token of the link for `holder`.
fn token(ctx: &Context<'_>, tenant: &Slug, attended: &Attended, holder: String) -> Result<String, Refusal> {
    let link = Link {
        tenant: tenant.clone(),
        subject: attended.id.to_string(),
        holder,
        expires_at: attended.granted.until,
    };
    link.seal(LinkPurpose::Attended, &ctx.signers.links)
        .ok_or(Refusal::Storage)
}

/// The URL of the page behind the link for `holder`.
fn link(ctx: &Context<'_>, tenant: &Slug, attended: &Attended, holder: String) -> Result<String, Refusal> {
    let token = token(ctx, tenant, attended, holder)?;
    Ok(format!("{}/j/{token}", ctx.settings.edge_url))
}

/// The URL of the page where ID and password are typed.
fn knock_page(ctx: &Context<'_>, attended: &Attended) -> String {
    format!("{}/join", ctx.issuer(&attended.opened_by.provider))
}

/// The session as the desk sees it, with what it hands over while the session can be joined.
fn at_desk(ctx: &Context<'_>, tenant: &Slug, attended: Attended) -> Result<AttendedView, Refusal> {
    let joinable = matches!(attended.state(ctx.now), AttendedState::Open | AttendedState::Running);
    let hand_over = match session::password(ctx, &attended).filter(|_| joinable) {
        Some(password) => Some(HandOver {
            link: link(ctx, tenant, &attended, ANYBODY.to_owned())?,
            page: knock_page(ctx, &attended),
            number: attended.number.shown(),
            password: password.shown(),
        }),
        None => None,
    };
    let mut view = AttendedView::of(attended, ctx.now);
    view.hand_over = hand_over;
    Ok(view)
}

/// The signed receipt of the consent `guest`.
pub(super) fn receipt(ctx: &Context<'_>, id: &LaunchId, guest: &GuestId) -> Result<String, Refusal> {
    store::receipt(ctx.sql, id, guest)
        .or_storage()?
        .ok_or(Refusal::NotFound)
}

/// A session to be opened.
pub(super) struct Beginning {
    pub(super) title: SessionTitle,
    pub(super) opened_by: Asker,
    pub(super) inquiry: Option<InquiryId>,
    pub(super) invited: Vec<Invited>,
    pub(super) granted: Granted,
    pub(super) appointment: Option<AppointmentId>,
}

/// Opens a session: its number is claimed next.
pub(super) fn begin(ctx: &Context<'_>, new: Beginning, actor: &Actor) -> Result<Attended, Refusal> {
    let (kid, _) = ctx.signers.links.current().ok_or(Refusal::Storage)?;
    let host = new.opened_by.name.clone();
    let mut attended = Attended {
        id: LaunchId::generate(ctx.random),
        title: new.title,
        opened_by: new.opened_by,
        inquiry: new.inquiry,
        appointment: new.appointment,
        invited: Vec::new(),
        number: SessionNumber::generate(ctx.random),
        kid: kid.to_owned(),
        opened_at: ctx.now,
        granted: new.granted,
        running_at: None,
        consents: Vec::new(),
        ended: None,
        note: None,
        steps: Vec::new(),
        reported: 0,
        version: 0,
    };
    attended.step(ctx.now, StepKind::Opened, Some(host.as_str()), None);
    for person in &new.invited {
        attended
            .invite(person, host.as_str(), ctx.now)
            .ok_or(Refusal::Conflict)?;
    }
    store::save(ctx.sql, &attended).or_storage()?;
    entry(ctx, &attended, actor.clone(), "open", "done")?;
    for person in &new.invited {
        entry(ctx, &attended, actor.clone(), "invite", person.email.as_str())?;
    }
    tell(ctx, &attended.id)?;
    let launch = attended.id.clone();
    enqueue(ctx, Message::OpenSession { launch })?;
    Ok(attended)
}

/// The address of the session's page for the person at `place` among the invited, while it can be joined.
pub(super) fn join_link(
    ctx: &Context<'_>,
    tenant: &Slug,
    id: &LaunchId,
    place: usize,
) -> Result<Option<String>, Refusal> {
    let attended = found(ctx, id)?;
    match attended.state(ctx.now) {
        AttendedState::Open | AttendedState::Running => link(ctx, tenant, &attended, holder(place)).map(Some),
        _ => Ok(None),
    }
}

/// How the person at `place` joins, for their mail.
pub(super) fn join_by_mail(
    ctx: &Context<'_>,
    tenant: &Slug,
    id: &LaunchId,
    place: usize,
) -> Result<Option<JoinByMail>, Refusal> {
    let attended = found(ctx, id)?;
    let page = knock_page(ctx, &attended);
    let link = join_link(ctx, tenant, id, place)?;
    Ok(link.map(|link| JoinByMail {
        link,
        number: attended.number,
        page,
    }))
}

/// Ends a session that has not ended: its object, and what the provider's list says.
fn end(ctx: &Context<'_>, attended: &mut Attended, ending: Ending<'_>) -> Result<(), Refusal> {
    if attended.end(ending.why, ending.by, ctx.now) == Moved::No {
        return Ok(());
    }
    store::save(ctx.sql, attended).or_storage()?;
    let verb = match attended.state(ctx.now) {
        AttendedState::Expired => "expire",
        AttendedState::Withdrawn => "withdraw",
        _ => "end",
    };
    entry(ctx, attended, ending.actor, verb, ending.why.name())?;
    let launch = attended.id.clone();
    enqueue(ctx, Message::EndSession { launch })?;
    appointments::deadlines::session_over(ctx, attended)?;
    tell(ctx, &attended.id)
}

/// Ends it because a person says so. Ending it again changes nothing.
pub(super) fn end_by_person(
    ctx: &Context<'_>,
    mut attended: Attended,
    ending: Ending<'_>,
) -> Result<Attended, Refusal> {
    if attended.state(ctx.now).is_alive() {
        end(ctx, &mut attended, ending)?;
    }
    Ok(attended)
}

/// Ends every session whose period is over.
pub(super) fn attend(ctx: &Context<'_>) -> Result<(), Refusal> {
    for mut attended in store::due(ctx.sql, ctx.now, BATCH).or_storage()? {
        let ending = Ending {
            why: SessionEnd::Expired,
            by: None,
            actor: Actor::new("system", None, None),
        };
        end(ctx, &mut attended, ending)?;
    }
    Ok(())
}

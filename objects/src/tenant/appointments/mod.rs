//! Appointments (Z1, B7) in the customer's tenant. This file has what every part needs: loading, storing, telling, links.
//! [`desk`] has the desk's actions, [`page`] what people do who open a link, [`deadlines`] what is done when its time has
//! come, [`launches`] the dates of launches, [`mails`] the mails, and [`copies`] the provider's calendar.

pub(super) mod copies;
pub(super) mod deadlines;
pub(super) mod desk;
pub(super) mod launches;
pub(super) mod mails;
pub(super) mod page;

use tegata_domain::appointment::{Appointment, AppointmentView, Event, LINK_LIFE, Mover, NotPossible, OVERRUN, Time};
use tegata_domain::approval::Outcome;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::calendar::ZoneName;
use tegata_domain::error::Refusal;
use tegata_domain::id::AppointmentId;
use tegata_domain::inquiry::Side;
use tegata_domain::jwk::sha256_b64;
use tegata_domain::launch::Granted;
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::locale::Locale;
use tegata_domain::mail::AppointmentNews;
use tegata_domain::outbox::Message;
use tegata_domain::receipt::{ReceiptAppointment, ReceiptClaims, ReceiptPerson, ShownText, TYP};
use tegata_domain::session::SessionEnd;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::text::{PersonName, Reason};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::appointments as store;

use super::attended;
use super::launches::Ending;
use super::outbox::enqueue;
use crate::context::{Context, OrStorage as _};

/// Its name in the audit log.
pub(super) fn object(id: &AppointmentId) -> String {
    format!("appointment/{id}")
}

/// Loads an appointment.
pub(super) fn found(ctx: &Context<'_>, id: &AppointmentId) -> Result<Appointment, Refusal> {
    store::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)
}

/// The appointment as both sides see it.
pub(super) fn view(ctx: &Context<'_>, tenant: &TenantRecord, appointment: Appointment) -> AppointmentView {
    AppointmentView::of(appointment, ZoneName::from(&tenant.time_zone), ctx.now)
}

/// Stores an appointment, and enqueues an update for the provider's calendar; with `news` its host is mailed.
fn save(ctx: &Context<'_>, appointment: &Appointment, news: Option<AppointmentNews>) -> Result<(), Refusal> {
    store::save(ctx.sql, appointment).or_storage()?;
    let (appointment, version) = (appointment.id.clone(), appointment.version);
    enqueue(
        ctx,
        Message::TellAppointment {
            appointment,
            news,
            version,
        },
    )
}

/// Mails every participant.
fn mail(ctx: &Context<'_>, appointment: &Appointment, news: AppointmentNews) -> Result<(), Refusal> {
    let proposal = match news {
        AppointmentNews::Proposed => appointment.proposal.as_ref().map(|proposal| proposal.number),
        _ => None,
    };
    for place in 0..appointment.participants.len() {
        let (appointment, sequence) = (appointment.id.clone(), appointment.sequence);
        enqueue(
            ctx,
            Message::Appointment {
                appointment,
                place,
                news,
                sequence,
                proposal,
            },
        )?;
    }
    Ok(())
}

/// Logs what `actor` has done.
fn entry(ctx: &Context<'_>, appointment: &Appointment, actor: Actor, verb: &str, outcome: &str) -> Result<(), Refusal> {
    let action = format!("appointment.{verb}");
    let act = Act::new(actor, &action, object(&appointment.id), outcome);
    ctx.audit(act.asked_by(appointment.host.email.as_str()))
}

fn system() -> Actor {
    Actor::new("system", None, None)
}

/// Why a move is refused.
fn refused(ctx: &Context<'_>, tenant: &TenantRecord, appointment: &Appointment, why: NotPossible) -> Refusal {
    match why {
        NotPossible::TooMany => Refusal::TooMany { retry_after: 24 * 3600 },
        NotPossible::NotTheirs | NotPossible::OfLaunch => Refusal::Conflict,
        NotPossible::Over | NotPossible::Stale | NotPossible::TooLate => {
            let view = view(ctx, tenant, appointment.clone());
            Refusal::Changed {
                current: serde_json::to_value(view).unwrap_or_default(),
            }
        }
    }
}

/// The URL of the page behind the link of the participant at `place`.
fn link(ctx: &Context<'_>, tenant: &TenantRecord, appointment: &Appointment, place: usize) -> Result<String, Refusal> {
    let link = Link {
        tenant: tenant.slug.clone(),
        subject: appointment.id.to_string(),
        holder: tegata_domain::attended::holder(place),
        expires_at: appointment.created_at.plus(LINK_LIFE),
    };
    let token = link
        .seal(LinkPurpose::Appointment, &ctx.signers.links)
        .ok_or(Refusal::Storage)?;
    Ok(format!("{}/m/{token}", ctx.settings.edge_url))
}

/// The audit log's outcome for a date.
fn written(time: &Time) -> String {
    format!("{} {}", time.start, time.time_zone)
}

/// Ends the session of an appointment whose date is given up, if it is open.
fn close_session(
    ctx: &Context<'_>,
    appointment: &Appointment,
    side: Side,
    by: &PersonName,
    actor: Actor,
) -> Result<(), Refusal> {
    let Some(session) = appointment.session() else {
        return Ok(());
    };
    let why = match side {
        Side::Desk => SessionEnd::Desk,
        Side::Customer => SessionEnd::Guest,
    };
    let ending = Ending {
        why,
        by: Some(by.as_str()),
        actor,
    };
    attended::end_by_person(ctx, attended::found(ctx, session)?, ending).map(drop)
}

/// Who agreed on a date for the customer, and what they read.
struct Agreed<'a> {
    name: &'a PersonName,
    place: Option<usize>,
    /// When they did.
    at: UnixSeconds,
    locale: Locale,
    statement: String,
}

/// Signs and stores the receipt of the agreed date.
fn keep_receipt(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    appointment: &Appointment,
    time: &Time,
    agreed: Agreed<'_>,
) -> Result<(), Refusal> {
    let host = &appointment.host;
    let owner = agreed.place.and_then(|place| appointment.participants.get(place));
    let own = owner.filter(|owner| owner.name == *agreed.name);
    let claims = ReceiptClaims {
        iss: ctx.issuer(&tenant.slug),
        jti: format!("{}.{}", appointment.id, appointment.sequence),
        iat: ctx.now,
        sub: appointment.id.to_string(),
        kind: "appointment".to_owned(),
        outcome: Outcome::Approved,
        reason: None,
        requested_at: appointment.created_at,
        expires_at: time.at,
        decided_at: agreed.at,
        requester: ReceiptPerson {
            name: host.name.to_string(),
            email: host.email.to_string(),
            organization: Some(host.provider_name.to_string()),
        },
        device: None,
        question: None,
        launch: None,
        attended: None,
        appointment: Some(ReceiptAppointment {
            title: appointment.title.to_string(),
            start: time.start,
            time_zone: time.time_zone.clone(),
            at: time.at,
            length: appointment.length,
            link_of: owner.filter(|_| own.is_none()).map(|owner| owner.name.to_string()),
        }),
        approvals: None,
        approver: ReceiptPerson {
            name: agreed.name.to_string(),
            email: own.map(|own| own.email.to_string()).unwrap_or_default(),
            organization: Some(tenant.name.to_string()),
        },
        text: ShownText {
            lang: agreed.locale,
            sha256: sha256_b64(&agreed.statement),
            statement: agreed.statement,
        },
    };
    let receipt = ctx.signers.receipt.sign(TYP, &claims);
    store::keep_receipt(ctx.sql, &appointment.id, &receipt).or_storage()
}

/// The signed receipt of the agreed date: of an attended session's, the participant's; of a launch's, its approval's.
pub(super) fn receipt(ctx: &Context<'_>, id: &AppointmentId) -> Result<String, Refusal> {
    let appointment = found(ctx, id)?;
    if let Event::Launch { launch, .. } = &appointment.event {
        return super::launches::receipt(ctx, launch);
    }
    store::receipt(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)
}

/// Cancels an appointment because `by` says so: its session ends, and everybody who knows of it is told.
pub(super) fn cancelled(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    mut appointment: Appointment,
    by: &Mover,
    reason: Reason,
    actor: Actor,
) -> Result<AppointmentView, Refusal> {
    if matches!(appointment.event, Event::Launch { .. }) {
        return Err(Refusal::Conflict);
    }
    let cancelled = appointment.cancel(by, reason, ctx.now);
    cancelled.map_err(|why| refused(ctx, tenant, &appointment, why))?;
    close_session(ctx, &appointment, by.side, &by.name, actor.clone())?;
    mail(ctx, &appointment, AppointmentNews::Cancelled)?;
    save(ctx, &appointment, Some(AppointmentNews::Cancelled))?;
    entry(ctx, &appointment, actor, "cancel", by.name.as_str())?;
    Ok(view(ctx, tenant, appointment))
}

/// The period in which the session of an appointment can be joined.
fn period(appointment: &Appointment, now: UnixSeconds) -> Option<Granted> {
    let until = appointment.until()?.plus(OVERRUN);
    Some(Granted { from: now, until })
}

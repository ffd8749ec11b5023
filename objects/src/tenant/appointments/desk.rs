//! What the provider's desk does with appointments in the customer's tenant: propose, answer, cancel.

use tegata_domain::appointment::{
    Answer, Appointment, Beginning, Event, Mover, NotPossible, Participant, Proposal, Propose, Time, counter_statement,
    signed_statement, times,
};
use tegata_domain::attended::Invited;
use tegata_domain::calendar::ZoneName;
use tegata_domain::desk::{CreateAppointment, DeskAction, DeskActor, DeskReply};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::AppointmentId;
use tegata_domain::inquiry::Side;
use tegata_domain::jwk::sha256_b64;
use tegata_domain::limit::{APPOINTMENTS, INVITATIONS, PER_ADDRESS};
use tegata_domain::mail::AppointmentNews;
use tegata_domain::question::Asker;
use tegata_domain::tenant::Tenant as TenantRecord;

use super::{
    Agreed, cancelled, close_session, entry, found, keep_receipt, mail, receipt, refused, save, view, written,
};
use crate::context::Context;
use crate::tenant::customers::Repeat;
use crate::tenant::object::take;
use crate::tenant::session_record;

/// Carries out one of the desk's actions on appointments. A suspended customer's can only be read and cancelled.
pub(in crate::tenant) fn act(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    by: &DeskActor,
    action: DeskAction,
) -> Result<DeskReply, Refusal> {
    let working = || tenant.clone().working().map(drop);
    let appointment = match action {
        DeskAction::CreateAppointment(new) => {
            working()?;
            create(ctx, by, *new)?
        }
        DeskAction::ShowAppointment(id) => found(ctx, &id)?,
        DeskAction::ProposeTimes(id, new) => {
            working()?;
            propose(ctx, tenant, by, &id, *new)?
        }
        DeskAction::AnswerTimes(id, answer) => {
            working()?;
            self::answer(ctx, tenant, by, &id, *answer)?
        }
        DeskAction::CancelAppointment(id, cancel) => {
            let view = cancelled(ctx, tenant, found(ctx, &id)?, &mover(by), cancel.reason, by.actor())?;
            return Ok(DeskReply::Appointment(Box::new(view)));
        }
        DeskAction::FetchAppointmentReceipt(id) => return receipt(ctx, &id).map(DeskReply::Receipt),
        _ => return Err(Refusal::Conflict),
    };
    Ok(DeskReply::Appointment(Box::new(view(ctx, tenant, appointment))))
}

fn mover(by: &DeskActor) -> Mover {
    Mover {
        side: Side::Desk,
        name: by.name.clone(),
        place: None,
        locale: None,
    }
}

/// Counts the mails of a proposal.
fn take_mails<'a>(ctx: &Context<'_>, to: impl Iterator<Item = &'a EmailAddress>) -> Result<(), Refusal> {
    for address in to {
        take(ctx, &format!("address/{}", sha256_b64(address.as_str())), PER_ADDRESS)?;
        take(ctx, "invitation", INVITATIONS)?;
    }
    Ok(())
}

/// Proposes an appointment. Repeating the request with the same person and key returns the first one.
fn create(ctx: &Context<'_>, by: &DeskActor, create: CreateAppointment) -> Result<Appointment, Refusal> {
    let new = create.appointment;
    let repeat = Repeat::of("appointment", by, create.idempotency_key, &new)?;
    if let Some(id) = repeat.made::<AppointmentId>(ctx)? {
        return found(ctx, &id);
    }
    take(ctx, "appointment", APPOINTMENTS)?;
    let (times, length) = new.terms(ctx.now)?;
    session_record::check_inquiry(ctx, new.inquiry.as_ref())?;
    take_mails(ctx, new.participants.iter().map(|person: &Invited| &person.email))?;
    let host_zone = match &new.host_time_zone {
        Some(zone) => ZoneName::from(zone),
        None => times
            .first()
            .map(|time| time.time_zone.clone())
            .ok_or(Refusal::Storage)?,
    };
    let mut appointment = Appointment::begun(
        Beginning {
            id: AppointmentId::generate(ctx.random),
            title: new.title,
            host: Asker {
                provider: by.provider.clone(),
                provider_name: by.provider_name.clone(),
                user: by.user.clone(),
                name: by.name.clone(),
                email: by.email.clone().ok_or(Refusal::Conflict)?,
            },
            host_zone,
            inquiry: new.inquiry,
            event: Event::Attended { session: None },
            length,
            participants: new.participants.into_iter().map(Participant::from).collect(),
        },
        ctx.now,
    );
    let proposed = appointment.propose(&mover(by), times, new.reason, ctx.now);
    proposed.map_err(|_| Refusal::Conflict)?;
    save(ctx, &appointment, None)?;
    entry(ctx, &appointment, by.actor(), "propose", "done")?;
    mail(ctx, &appointment, AppointmentNews::Proposed)?;
    repeat.keep(ctx, &appointment.id)?;
    Ok(appointment)
}

/// Proposes other times. Once a date was agreed, this asks to move it, and says why.
fn propose(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    by: &DeskActor,
    id: &AppointmentId,
    new: Propose,
) -> Result<Appointment, Refusal> {
    let mut appointment = found(ctx, id)?;
    if appointment.agreed.is_some() && new.reason.is_none() {
        return Err(FieldError::new("reason", "is required to move an agreed date").into());
    }
    let times = times(&new.times, ctx.now)?;
    take_mails(ctx, appointment.participants.iter().map(|person| &person.email))?;
    let proposed = appointment.propose(&mover(by), times, new.reason, ctx.now);
    proposed.map_err(|why| refused(ctx, tenant, &appointment, why))?;
    save(ctx, &appointment, None)?;
    entry(ctx, &appointment, by.actor(), "propose", "done")?;
    mail(ctx, &appointment, AppointmentNews::Proposed)?;
    Ok(appointment)
}

/// Answers the customer's proposal.
fn answer(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    by: &DeskActor,
    id: &AppointmentId,
    answer: Answer,
) -> Result<Appointment, Refusal> {
    let mut appointment = found(ctx, id)?;
    let refuse = |appointment: &Appointment, why: NotPossible| refused(ctx, tenant, appointment, why);
    let Some(index) = answer.time else {
        let declined = appointment.decline(answer.proposal, &mover(by), answer.reason, ctx.now);
        declined.map_err(|why| refuse(&appointment, why))?;
        save(ctx, &appointment, None)?;
        entry(ctx, &appointment, by.actor(), "decline", "done")?;
        mail(ctx, &appointment, AppointmentNews::Declined)?;
        return Ok(appointment);
    };
    let proposal = appointment.proposal.clone();
    let before = appointment.clone();
    let chosen = appointment.choose(answer.proposal, index, &mover(by), ctx.now);
    let time = chosen.map_err(|why| refuse(&before, why))?;
    close_session(ctx, &before, Side::Desk, &by.name, by.actor())?;
    if let Some(proposal) = proposal {
        countersigned(ctx, tenant, &appointment, &proposal, &time)?;
    }
    let news = agreed_news(&before);
    save(ctx, &appointment, Some(news))?;
    entry(ctx, &appointment, by.actor(), "agree", &written(&time))?;
    mail(ctx, &appointment, news)?;
    Ok(appointment)
}

/// What is told when a date is agreed.
pub(super) fn agreed_news(before: &Appointment) -> AppointmentNews {
    match before.agreed {
        Some(_) => AppointmentNews::Moved,
        None => AppointmentNews::Scheduled,
    }
}

/// The receipt of a date that the customer proposed and the desk accepted: of the person who proposed it.
fn countersigned(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    appointment: &Appointment,
    proposal: &Proposal,
    time: &Time,
) -> Result<(), Refusal> {
    let locale = proposal.locale.unwrap_or(tenant.locale);
    let shown = counter_statement(locale, appointment, time);
    let agreed = Agreed {
        name: &proposal.name,
        place: proposal.place,
        at: proposal.at,
        locale,
        statement: signed_statement(locale, &shown, &proposal.name),
    };
    keep_receipt(ctx, tenant, appointment, time, agreed)
}

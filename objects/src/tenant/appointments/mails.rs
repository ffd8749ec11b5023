//! The mails of an appointment, composed when they are sent. One whose occasion is gone is dropped: a date that has changed
//! since, a proposal that was answered, a reminder after the end.

use tegata_domain::appointment::{AppointmentStepKind, AppointmentView, Event as What, OverWhy};
use tegata_domain::attended::AttendedState;
use tegata_domain::calendar::{Attendee, Event, ZoneName};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::AppointmentId;
use tegata_domain::inquiry::Side;
use tegata_domain::mail::{AppointmentMail, AppointmentNews, MailContent, Recipient};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::text::{PersonName, Reason};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::{appointments as store, desk_appointments};

use super::{link, view};
use crate::context::{Context, OrStorage as _};
use crate::tenant::attended;
use crate::tenant::people::person;

/// Whether what a mail tells still holds.
fn holds(ctx: &Context<'_>, of: &AppointmentView, news: AppointmentNews, sequence: i64, proposal: Option<u32>) -> bool {
    let alive = of.state.is_alive();
    let dated = alive && of.sequence == sequence && of.agreed.is_some();
    let open = |by: Side| alive && of.proposal.as_ref().is_some_and(|one| one.by == by);
    match news {
        AppointmentNews::Proposed => {
            open(Side::Desk)
                && proposal.is_none_or(|number| of.proposal.as_ref().is_some_and(|one| one.number == number))
        }
        AppointmentNews::Countered => open(Side::Customer),
        AppointmentNews::Scheduled | AppointmentNews::Moved | AppointmentNews::Shifted => dated,
        AppointmentNews::CheckMissing | AppointmentNews::Reminder => {
            dated && of.until().is_some_and(|until| ctx.now < until)
        }
        AppointmentNews::Cancelled => of.over.is_some() && of.sequence == sequence,
        AppointmentNews::Declined | AppointmentNews::Unanswered => true,
    }
}

/// Who on the other side did what is told, and what they wrote.
fn said(of: &AppointmentView, news: AppointmentNews) -> (Option<PersonName>, Option<Reason>) {
    let step = |what: AppointmentStepKind| {
        let mut steps = of.steps.iter().rev();
        let step = steps.find(|step| step.what == what);
        let name = step.and_then(|step| PersonName::parse(step.name.as_deref()?).ok());
        (name, step.and_then(|step| step.reason.clone()))
    };
    match news {
        AppointmentNews::Proposed | AppointmentNews::Countered => {
            let proposal = of.proposal.as_ref();
            (
                proposal.map(|one| one.name.clone()),
                proposal.and_then(|one| one.reason.clone()),
            )
        }
        AppointmentNews::Scheduled => (of.agreed.as_ref().map(|agreed| agreed.name.clone()), None),
        // Why a date moves stands with the proposal that led to it.
        AppointmentNews::Moved => (
            of.agreed.as_ref().map(|agreed| agreed.name.clone()),
            step(AppointmentStepKind::Proposed).1,
        ),
        AppointmentNews::Cancelled => {
            let over = of.over.as_ref();
            (
                over.and_then(|over| over.name.clone()),
                over.and_then(|over| over.reason.clone()),
            )
        }
        AppointmentNews::Declined => step(AppointmentStepKind::Declined),
        _ => (None, None),
    }
}

/// The date, as calendar programs have it. Its texts come with the mail. One for a participant, at the address `only`, has no
/// other address: a link and its mail can be forwarded.
fn event(of: &AppointmentView, stamp: UnixSeconds, only: Option<&EmailAddress>) -> Option<Event> {
    let time = &of.agreed.as_ref()?.time;
    let attendee = |name: &PersonName, email: &EmailAddress, chairs| Attendee {
        name: name.to_string(),
        address: email.addr_spec().into_owned(),
        chairs,
    };
    let mut attendees = vec![attendee(&of.host.name, &of.host.email, true)];
    let named = of
        .participants
        .iter()
        .filter(|one| only.is_none_or(|only| one.email == *only));
    attendees.extend(named.map(|one| attendee(&one.name, &one.email, false)));
    Some(Event {
        uid: of.id.to_string(),
        sequence: of.sequence,
        stamp,
        start: time.at,
        end: time.at.plus(of.length),
        zone: time.time_zone.clone(),
        summary: String::new(),
        description: String::new(),
        url: None,
        attendees,
        cancelled: of.over.as_ref().is_some_and(|over| over.why != OverWhy::Past),
    })
}

/// What the mails of both sides have in common.
fn content(ctx: &Context<'_>, of: &AppointmentView, tenant_name: &str, news: AppointmentNews) -> AppointmentMail {
    let (by, reason) = said(of, news);
    let agreed = of.agreed.as_ref().map(|agreed| agreed.time.at);
    AppointmentMail {
        tenant_name: tenant_name.to_owned(),
        provider_name: of.host.provider_name.clone(),
        host: of.host.name.clone(),
        guests: of.participants.iter().map(|one| one.name.clone()).collect(),
        title: of.title.clone(),
        equipment: match &of.event {
            What::Launch { equipment_name, .. } => Some(equipment_name.to_string()),
            What::Attended { .. } => None,
        },
        news,
        to_desk: false,
        agreed,
        length: of.length,
        times: of
            .proposal
            .iter()
            .flat_map(|one| &one.times)
            .map(|time| time.at)
            .collect(),
        other_zone: of.host_time_zone.clone(),
        by,
        reason,
        late: agreed.is_some_and(|start| start <= ctx.now),
        link: String::new(),
        check_link: None,
        join: None,
        event: None,
    }
}

/// A mail to the participant at `place`.
pub(in crate::tenant) fn to_participant(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &AppointmentId,
    place: usize,
    (news, sequence, proposal, stamp): (AppointmentNews, i64, Option<u32>, UnixSeconds),
) -> Result<Option<(Recipient, MailContent)>, Refusal> {
    let Some(appointment) = store::load(ctx.sql, id).or_storage()? else {
        return Ok(None);
    };
    let Some(person) = appointment.participants.get(place).cloned() else {
        return Ok(None);
    };
    let of = view(ctx, tenant, appointment.clone());
    let checked = news == AppointmentNews::CheckMissing && !appointment.lacks_check(place);
    if !holds(ctx, &of, news, sequence, proposal) || checked {
        return Ok(None);
    }
    let zone = appointment.zone_of(place, &tenant.time_zone);
    let own = link(ctx, tenant, &appointment, place)?;
    let mut mail = content(ctx, &of, tenant.name.as_str(), news);
    mail.check_link = mail.equipment.is_none().then(|| format!("{own}/check"));
    mail.link = own;
    mail.event = event(&of, stamp, Some(&person.email));
    if news == AppointmentNews::Reminder
        && let Some(session) = appointment.session()
    {
        let joinable = [AttendedState::Open, AttendedState::Running];
        if !joinable.contains(&attended::found(ctx, session)?.state(ctx.now)) {
            return Ok(None);
        }
        mail.join = attended::join_by_mail(ctx, &tenant.slug, session, place)?;
    }
    let to = Recipient {
        name: person.name,
        address: person.email,
        locale: person.locale,
        time_zone: zone,
    };
    Ok(Some((to, MailContent::Appointment(Box::new(mail)))))
}

/// A mail to the host, composed by their own tenant from its copy.
pub(in crate::tenant) fn to_host(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    (customer, id): (&Slug, &AppointmentId),
    (news, sequence, stamp): (AppointmentNews, i64, UnixSeconds),
) -> Result<Option<(Recipient, MailContent)>, Refusal> {
    let Some(entry) = desk_appointments::load(ctx.sql, customer, id).or_storage()? else {
        return Ok(None);
    };
    let of = entry.appointment.at(ctx.now);
    if !holds(ctx, &of, news, sequence, None) {
        return Ok(None);
    }
    let Some(to) = person(ctx, &of.host.user)?.and_then(|person| person.recipient()) else {
        return Ok(None);
    };
    let mut mail = content(ctx, &of, entry.tenant_name.as_str(), news);
    mail.to_desk = true;
    mail.other_zone = of.agreed.as_ref().map_or_else(
        || of.time_zone.clone(),
        |agreed| match agreed.time.time_zone == ZoneName::from(&to.time_zone) {
            true => of.time_zone.clone(),
            false => agreed.time.time_zone.clone(),
        },
    );
    mail.link = format!("{}/#/desk/appointments/{customer}/{id}", ctx.issuer(&tenant.slug));
    mail.event = event(&of, stamp, None);
    Ok(Some((to, MailContent::Appointment(Box::new(mail)))))
}

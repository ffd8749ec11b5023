//! What people do who open a link to an appointment: they look, which changes nothing; they answer for the customer; and
//! their browser reports what it has measured. The first answer counts, and the others see whose it was.

use tegata_domain::appointment::page::AppointmentPage;
use tegata_domain::appointment::{
    Appointment, AppointmentStep, AppointmentStepKind, Mover, Participant, Preflight, signed_statement, statement,
    times,
};
use tegata_domain::attended::holder;
use tegata_domain::audit::Actor;
use tegata_domain::calendar::ZoneName;
use tegata_domain::command::{AnswerAppointment, AppointmentAct, ReportPreflight, ViewAppointment};
use tegata_domain::error::Refusal;
use tegata_domain::id::AppointmentId;
use tegata_domain::inquiry::Side;
use tegata_domain::limit::{APPOINTMENT_ANSWERS, PREFLIGHTS};
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::locale::Locale;
use tegata_domain::mail::AppointmentNews;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantState};
use tegata_domain::time::TimeZone;
use tegata_kv_schema::appointments as store;

use super::desk::agreed_news;
use super::{Agreed, cancelled, close_session, entry, keep_receipt, mail, refused, save, view as shown, written};
use crate::context::{Context, OrStorage as _};
use crate::tenant::attended;
use crate::tenant::object::Tenant;

/// Opens the appointment behind a link, and the place among its participants of the person that the link was mailed to.
fn opened(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<(Appointment, usize), Refusal> {
    let link = Link::open(token, LinkPurpose::Appointment, &ctx.signers.links, ctx.now)
        .filter(|link| link.tenant == tenant.slug)
        .ok_or(Refusal::BadLink)?;
    let id = AppointmentId::parse(&link.subject).ok_or(Refusal::BadLink)?;
    let appointment = store::load(ctx.sql, &id).or_storage()?.ok_or(Refusal::BadLink)?;
    let place = (0..appointment.participants.len()).find(|place| holder(*place) == link.holder);
    Ok((appointment, place.ok_or(Refusal::BadLink)?))
}

/// The zone to show times in: the one that was asked for, else the person's, else the customer's.
fn zone(tenant: &TenantRecord, appointment: &Appointment, place: usize, asked: Option<&str>) -> TimeZone {
    let asked = asked.and_then(|name| TimeZone::parse(name).ok());
    asked.unwrap_or_else(|| appointment.zone_of(place, &tenant.time_zone))
}

fn page(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    (appointment, place): (Appointment, usize),
    locale: Locale,
    zone: TimeZone,
) -> Result<AppointmentPage, Refusal> {
    let join = match appointment.session() {
        Some(session) => attended::join_link(ctx, &tenant.slug, session, place)?,
        None => None,
    };
    let invited = appointment
        .participants
        .get(place)
        .ok_or(Refusal::BadLink)?
        .name
        .clone();
    let mut view = shown(ctx, tenant, appointment.clone());
    // What is read before a choice is of the same instants as the list that is chosen from.
    let offered = view.proposal.iter().filter(|proposal| proposal.by == Side::Desk);
    let times = offered
        .filter(|_| view.awaits == Some(Side::Customer))
        .flat_map(|proposal| &proposal.times);
    let statements = times
        .map(|time| statement(locale, &zone, tenant.name.as_str(), &appointment, time.at))
        .collect();
    // A link can be forwarded: what it shows of the others are their names.
    for (at, one) in view.participants.iter_mut().enumerate() {
        if at != place {
            one.preflight = None;
        }
    }
    Ok(AppointmentPage {
        tenant_name: tenant.name.clone(),
        view,
        place,
        invited,
        locale,
        time_zone: zone,
        suspended: tenant.state == TenantState::Suspended,
        statements,
        join,
    })
}

pub(in crate::tenant) fn view(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: &ViewAppointment,
) -> Result<AppointmentPage, Refusal> {
    let (appointment, place) = opened(ctx, tenant, &command.token)?;
    let own = appointment.participants.get(place).map(|one| one.locale);
    let locale = command.asked.or(own).unwrap_or(command.browser);
    let zone = zone(tenant, &appointment, place, command.zone.as_deref());
    page(ctx, tenant, (appointment, place), locale, zone)
}

fn actor(appointment: &Appointment, place: usize, client: &str) -> Actor {
    let email = appointment.participants.get(place).map(|one| one.email.to_string());
    Actor::new("participant", email.as_deref(), Some(client))
}

impl Tenant {
    /// Takes a person's answer.
    pub(in crate::tenant) fn answer_appointment(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: AnswerAppointment,
    ) -> Result<AppointmentPage, Refusal> {
        let (mut appointment, place) = opened(ctx, tenant, &command.token)?;
        let what = format!("appointment/{}", appointment.id);
        self.limited_client(ctx, &what, &command.client, APPOINTMENT_ANSWERS)?;
        let zone = zone(tenant, &appointment, place, command.zone.as_deref());
        let by = Mover {
            side: Side::Customer,
            name: command.name,
            place: Some(place),
            locale: Some(command.locale),
        };
        if let Some(one) = appointment.participants.get_mut(place) {
            one.time_zone = Some(ZoneName::from(&zone));
        }
        let actor = actor(&appointment, place, &command.client);
        let before = appointment.clone();
        let refuse = |why| refused(ctx, tenant, &before, why);
        let (verb, date, news) = match command.act {
            AppointmentAct::Choose { proposal, time } => {
                let time = appointment.choose(proposal, time, &by, ctx.now).map_err(refuse)?;
                close_session(ctx, &before, Side::Customer, &by.name, actor.clone())?;
                let read = statement(command.locale, &zone, tenant.name.as_str(), &before, time.at);
                let agreed = Agreed {
                    name: &by.name,
                    place: by.place,
                    at: ctx.now,
                    locale: command.locale,
                    statement: signed_statement(command.locale, &read, &by.name),
                };
                keep_receipt(ctx, tenant, &appointment, &time, agreed)?;
                let news = agreed_news(&before);
                mail(ctx, &appointment, news)?;
                ("agree", Some(written(&time)), news)
            }
            AppointmentAct::Decline { proposal, reason } => {
                appointment.decline(proposal, &by, reason, ctx.now).map_err(refuse)?;
                ("decline", None, AppointmentNews::Declined)
            }
            AppointmentAct::Counter(counter) => {
                let times = times(&counter.times, ctx.now)?;
                let sent = appointment.open_proposal(ctx.now);
                if sent.is_some_and(|sent| sent.by == by.side && sent.times == times && sent.reason == counter.reason) {
                    // The form was sent twice.
                    return page(ctx, tenant, (before, place), command.locale, zone);
                }
                let proposed = appointment.propose(&by, times, counter.reason, ctx.now);
                proposed.map_err(refuse)?;
                ("propose", None, AppointmentNews::Countered)
            }
            AppointmentAct::Cancel { reason } => {
                // The person's zone, which was chosen on the way, is no part of a cancellation.
                cancelled(ctx, tenant, before, &by, reason, actor)?;
                let (appointment, place) = opened(ctx, tenant, &command.token)?;
                return page(ctx, tenant, (appointment, place), command.locale, zone);
            }
        };
        save(ctx, &appointment, Some(news))?;
        let outcome = match date {
            Some(date) => format!("{date}, {}", by.name),
            None => by.name.to_string(),
        };
        entry(ctx, &appointment, actor, verb, &outcome)?;
        page(ctx, tenant, (appointment, place), command.locale, zone)
    }

    /// Keeps what a participant's browser has measured.
    pub(in crate::tenant) fn report_preflight(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: ReportPreflight,
    ) -> Result<Preflight, Refusal> {
        let (mut appointment, place) = opened(ctx, tenant, &command.token)?;
        let what = format!("preflight/{}", appointment.id);
        self.limited_client(ctx, &what, &command.client, PREFLIGHTS)?;
        if !appointment.state(ctx.now).is_alive() {
            return Err(Refusal::SessionOver);
        }
        let found = command.measured.judged(ctx.now);
        let name = appointment
            .participants
            .get(place)
            .map(|one: &Participant| one.name.to_string());
        if let Some(one) = appointment.participants.get_mut(place) {
            one.preflight = Some(found.clone());
        }
        appointment.step(AppointmentStep {
            by: Some(Side::Customer),
            name,
            ..AppointmentStep::new(ctx.now, AppointmentStepKind::Checked)
        });
        save(ctx, &appointment, None)?;
        entry(
            ctx,
            &appointment,
            actor(&appointment, place, &command.client),
            "check",
            found.verdict().name(),
        )?;
        Ok(found)
    }
}

/// The receipt, for whoever has the link.
pub(in crate::tenant) fn receipt(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<String, Refusal> {
    let (appointment, _) = opened(ctx, tenant, token)?;
    super::receipt(ctx, &appointment.id)
}

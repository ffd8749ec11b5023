//! What is done when the time of an appointment has come. Each step is noted in the write that enqueues its mails, so that
//! it is done once, however often the object is killed around it.

use tegata_domain::alert::AlertKind;
use tegata_domain::appointment::{Appointment, Due, Event, REMIND_BEFORE};
use tegata_domain::attended::Attended;
use tegata_domain::error::Refusal;
use tegata_domain::inquiry::Side;
use tegata_domain::mail::AppointmentNews;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantState};
use tegata_kv_schema::appointments as store;

use super::{entry, found, launches, mail, period, save, system, written};
use crate::context::{Context, OrStorage as _};
use crate::tenant::alerts::alert;
use crate::tenant::attended::{self, Beginning};

/// How many appointments one round takes, and how many rounds one run has: several steps can be due at once.
const BATCH: i64 = 64;
const ROUNDS: usize = 6;

/// Attends to every appointment whose time has come.
pub(in crate::tenant) fn attend(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<(), Refusal> {
    for _ in 0..ROUNDS {
        let due = store::due(ctx.sql, ctx.now, BATCH).or_storage()?;
        if due.is_empty() {
            break;
        }
        for appointment in due {
            attend_to(ctx, tenant, appointment)?;
        }
    }
    Ok(())
}

fn attend_to(ctx: &Context<'_>, tenant: &TenantRecord, mut appointment: Appointment) -> Result<(), Refusal> {
    // After a time without power, several steps are due: each is done in turn, and those that make no sense any more are
    // left out, because a later one comes first.
    let now = ctx.now;
    if appointment.until().is_some_and(|until| until <= now) {
        return past(ctx, appointment);
    }
    let Some((_, due)) = appointment.due().filter(|(at, _)| *at <= now) else {
        return store::save(ctx.sql, &appointment).or_storage();
    };
    match due {
        Due::Past => past(ctx, appointment),
        Due::Unanswered | Due::ChangeUnanswered => {
            let by = appointment.proposal.as_ref().map(|proposal| proposal.by);
            appointment.unanswered(now);
            match by {
                // The desk has left people waiting, whom it owes a word.
                Some(Side::Customer) => mail(ctx, &appointment, AppointmentNews::Unanswered)?,
                _ if due == Due::Unanswered => {
                    alert(ctx, AlertKind::AppointmentUnanswered, appointment.title.to_string())?;
                }
                _ => {}
            }
            entry(ctx, &appointment, system(), "expire", "unanswered")?;
            save(ctx, &appointment, Some(AppointmentNews::Unanswered))
        }
        Due::Compare => {
            if !appointment.compare(now) {
                return store::save(ctx.sql, &appointment).or_storage();
            }
            let date = appointment.agreed.as_ref().map(|agreed| written(&agreed.time));
            entry(ctx, &appointment, system(), "shift", &date.unwrap_or_default())?;
            mail(ctx, &appointment, AppointmentNews::Shifted)?;
            save(ctx, &appointment, Some(AppointmentNews::Shifted))
        }
        // There is no time left to try anything.
        Due::AskForCheck
            if appointment
                .start()
                .is_some_and(|start| start.plus(-REMIND_BEFORE) <= now) =>
        {
            appointment.check_asked = true;
            store::save(ctx.sql, &appointment).or_storage()
        }
        Due::AskForCheck => {
            appointment.asked_for_check(now);
            launches::ask_for_check(ctx, &appointment)?;
            entry(ctx, &appointment, system(), "ask_for_check", "mailed")?;
            mail(ctx, &appointment, AppointmentNews::CheckMissing)?;
            save(ctx, &appointment, Some(AppointmentNews::CheckMissing))
        }
        Due::Remind => remind(ctx, tenant, appointment),
    }
}

/// Gives the reminder. The mails of an attended session leave once its number is claimed, so that their link works.
fn remind(ctx: &Context<'_>, tenant: &TenantRecord, mut appointment: Appointment) -> Result<(), Refusal> {
    if tenant.state == TenantState::Suspended {
        appointment.suspended(ctx.now);
        entry(ctx, &appointment, system(), "cancel", "suspended")?;
        mail(ctx, &appointment, AppointmentNews::Cancelled)?;
        return save(ctx, &appointment, Some(AppointmentNews::Cancelled));
    }
    appointment.reminded(ctx.now);
    entry(ctx, &appointment, system(), "remind", "done")?;
    let granted = period(&appointment, ctx.now).ok_or(Refusal::Storage)?;
    if let Event::Launch { .. } = &appointment.event {
        mail(ctx, &appointment, AppointmentNews::Reminder)?;
        return save(ctx, &appointment, Some(AppointmentNews::Reminder));
    }
    let beginning = Beginning {
        title: appointment.title.clone(),
        opened_by: appointment.host.clone(),
        inquiry: appointment.inquiry.clone(),
        invited: appointment.invited(),
        granted,
        appointment: Some(appointment.id.clone()),
    };
    let session = attended::begin(ctx, beginning, &system())?;
    appointment.event = Event::Attended {
        session: Some(session.id),
    };
    save(ctx, &appointment, None)
}

/// The number of an appointment's session is claimed: whoever is to be there is mailed how to join.
pub(in crate::tenant) fn joinable(ctx: &Context<'_>, mut appointment: Appointment) -> Result<(), Refusal> {
    appointment.version = appointment.version.saturating_add(1);
    mail(ctx, &appointment, AppointmentNews::Reminder)?;
    save(ctx, &appointment, Some(AppointmentNews::Reminder))
}

/// The session of an appointment has ended, before or after the agreed end. Where nobody came, the date stands until then.
pub(in crate::tenant) fn session_over(ctx: &Context<'_>, attended: &Attended) -> Result<(), Refusal> {
    let Some(id) = attended.appointment.as_ref().filter(|_| !attended.consents.is_empty()) else {
        return Ok(());
    };
    let appointment = found(ctx, id)?;
    match appointment.session() == Some(&attended.id) && appointment.state(ctx.now).is_alive() {
        true => past(ctx, appointment),
        false => Ok(()),
    }
}

fn past(ctx: &Context<'_>, mut appointment: Appointment) -> Result<(), Refusal> {
    let outcome = match (&appointment.event, appointment.session()) {
        (Event::Launch { .. }, _) => "done",
        // Nothing was running at its time: nobody could come.
        (Event::Attended { .. }, None) => "not_opened",
        (Event::Attended { .. }, Some(session)) => match attended::found(ctx, session)?.consents.is_empty() {
            true => "nobody_came",
            false => "done",
        },
    };
    if outcome == "nobody_came" {
        alert(ctx, AlertKind::AppointmentMissed, appointment.title.to_string())?;
    }
    appointment.passed(ctx.now);
    entry(ctx, &appointment, system(), "pass", outcome)?;
    save(ctx, &appointment, None)
}

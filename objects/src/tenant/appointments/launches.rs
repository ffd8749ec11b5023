//! Dates of launches: a launch that was approved with a start time is an appointment of its own, which its approvers and the
//! desk have in their calendars. It follows the launch, and never the other way round.

use tegata_domain::appointment::preflight::MachineMeasured;
use tegata_domain::appointment::{Appointment, Beginning, Event, Mover, Participant, Time};
use tegata_domain::approval::Decision;
use tegata_domain::calendar::{LocalTime, ZoneName};
use tegata_domain::control::ToAgent;
use tegata_domain::error::Refusal;
use tegata_domain::id::{AppointmentId, EquipmentId, UserId};
use tegata_domain::inquiry::Side;
use tegata_domain::launch::{Launch, Origin};
use tegata_domain::mail::AppointmentNews;
use tegata_domain::socket::Tag;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::text::{PersonName, Reason, SessionTitle};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::{agents, appointments as store};

use super::{entry, mail, save, system, written};
use crate::context::{Context, OrStorage as _};
use crate::tenant::people::person;

/// Longest title that is taken from a launch, in characters.
const TITLE: usize = 110;

/// The date of `at`, in the customer's zone.
fn time(tenant: &TenantRecord, at: UnixSeconds) -> Option<Time> {
    Some(Time {
        start: LocalTime::of(&tenant.time_zone, at)?,
        time_zone: ZoneName::from(&tenant.time_zone),
        at,
        occurrence: None,
    })
}

/// The administrators who are asked about the equipment, as participants.
fn participants(ctx: &Context<'_>, asked: &[UserId]) -> Result<Vec<Participant>, Refusal> {
    let mut participants = Vec::new();
    for user in asked {
        let Some(to) = person(ctx, user)?.and_then(|person| person.recipient()) else {
            continue;
        };
        participants.push(Participant {
            name: to.name,
            email: to.address,
            locale: to.locale,
            time_zone: Some(ZoneName::from(&to.time_zone)),
            user: Some(user.clone()),
            preflight: None,
        });
    }
    Ok(participants)
}

/// The launch was approved: if it has a start time that is to come, that is a date for everybody concerned. One that
/// replaces another launch takes over its date.
pub(in crate::tenant) fn approved(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    launch: &Launch,
    asked: &[UserId],
    decision: &Decision,
) -> Result<(), Refusal> {
    let by = Mover {
        side: Side::Customer,
        name: decision.name.clone(),
        place: None,
        locale: Some(decision.locale),
    };
    let start = launch
        .starts_at
        .filter(|start| ctx.now < *start && launch.extends.is_none());
    let replaced = match &launch.replaces {
        Some(replaced) => store::of_launch(ctx.sql, replaced).or_storage()?,
        None => None,
    };
    let replaced = replaced.filter(|known| known.state(ctx.now).is_alive());
    let (Some(time), Origin::Desk { asked_by, reason, .. }) = (start.and_then(|at| time(tenant, at)), &launch.origin)
    else {
        return Ok(());
    };
    let event = Event::Launch {
        launch: launch.id.clone(),
        equipment: launch.equipment.clone(),
        equipment_name: launch.equipment_name.clone(),
        preflight: None,
    };
    let (appointment, news) = match replaced {
        Some(mut known) => {
            known.settle(time.clone(), &by, ctx.now);
            known.event = event;
            known.length = launch.period;
            (known, AppointmentNews::Moved)
        }
        None => {
            let mut fresh = Appointment::begun(
                Beginning {
                    id: AppointmentId::generate(ctx.random),
                    title: title(launch, reason)?,
                    host: asked_by.clone(),
                    host_zone: ZoneName::from(&tenant.time_zone),
                    inquiry: None,
                    event,
                    length: launch.period,
                    participants: participants(ctx, asked)?,
                },
                ctx.now,
            );
            fresh.settle(time.clone(), &by, ctx.now);
            (fresh, AppointmentNews::Scheduled)
        }
    };
    mail(ctx, &appointment, news)?;
    save(ctx, &appointment, Some(news))?;
    ask_for_check(ctx, &appointment)?;
    entry(ctx, &appointment, system(), "agree", &written(&time))
}

/// What the date is called in calendars: the equipment and the reason, as far as there is room.
fn title(launch: &Launch, reason: &Reason) -> Result<SessionTitle, Refusal> {
    let whole = format!("{}: {reason}", launch.equipment_name);
    let title: String = whole.chars().take(TITLE).collect();
    SessionTitle::parse(&title).map_err(Refusal::from)
}

/// The launch has ended. If that was before its date, the date is cancelled.
pub(in crate::tenant) fn ended(ctx: &Context<'_>, launch: &Launch, by: Option<&str>) -> Result<(), Refusal> {
    let Some(mut appointment) = store::of_launch(ctx.sql, &launch.id).or_storage()? else {
        return Ok(());
    };
    let before = appointment.start().is_some_and(|start| ctx.now < start);
    if !before || !appointment.state(ctx.now).is_alive() {
        return Ok(());
    }
    appointment.launch_ended(by.and_then(|name| PersonName::parse(name).ok()), ctx.now);
    mail(ctx, &appointment, AppointmentNews::Cancelled)?;
    save(ctx, &appointment, Some(AppointmentNews::Cancelled))?;
    entry(ctx, &appointment, system(), "cancel", "launch_ended")
}

/// How many dates on one machine are looked at.
const MOST_DATES: i64 = 16;

/// Keeps what a machine's agent has measured, with every date on the machine that is to come.
pub(in crate::tenant) fn measured(
    ctx: &Context<'_>,
    equipment: &EquipmentId,
    measured: &MachineMeasured,
) -> Result<(), Refusal> {
    let found = measured.judged(ctx.now);
    for mut appointment in store::open_on_equipment(ctx.sql, equipment.as_str(), MOST_DATES).or_storage()? {
        appointment.machine_checked(found.clone(), ctx.now);
        save(ctx, &appointment, None)?;
        entry(ctx, &appointment, system(), "check", "done")?;
    }
    Ok(())
}

/// Whether a date on the machine is to come for which it has not been tried.
pub(in crate::tenant) fn lacks_check(ctx: &Context<'_>, equipment: &EquipmentId) -> Result<bool, Refusal> {
    let dates = store::open_on_equipment(ctx.sql, equipment.as_str(), MOST_DATES).or_storage()?;
    Ok(dates
        .iter()
        .any(|date| matches!(date.event, Event::Launch { preflight: None, .. })))
}

/// Has the machine tried that the date is on. One that is away is asked when it connects.
pub(super) fn ask_for_check(ctx: &Context<'_>, appointment: &Appointment) -> Result<(), Refusal> {
    let Event::Launch { equipment, .. } = &appointment.event else {
        return Ok(());
    };
    if let Some(agent) = agents::of_equipment(ctx.sql, equipment).or_storage()? {
        let text = serde_json::to_string(&ToAgent::Check).map_err(|_| Refusal::Storage)?;
        ctx.news.send(Tag::agent(&agent.id), text);
    }
    Ok(())
}

//! Copies of appointments at the provider: the update that a customer sends, what the provider makes of it, and the feeds
//! that calendar programs read.

use tegata_domain::account::AccountState;
use tegata_domain::appointment::{AppointmentView, DeskAppointment, OverWhy};
use tegata_domain::calendar::{Event, feed};
use tegata_domain::calendar_feed::{BACK, FeedOf, MOST_EVENTS};
use tegata_domain::desk::NoteAppointment;
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::AppointmentId;
use tegata_domain::jwk::sha256_b64;
use tegata_domain::limit::FEED_READINGS;
use tegata_domain::mail::AppointmentNews;
use tegata_domain::outbox::Message;
use tegata_domain::right::{Right, allows};
use tegata_domain::secret::PlainFeedToken;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind};
use tegata_domain::texts::text;
use tegata_kv_schema::{calendar_feeds, desk_appointments, proofs};

use super::{found, view};
use crate::context::{Context, OrStorage as _};
use crate::tenant::object::take;
use crate::tenant::outbox::enqueue;
use crate::tenant::people::person;

/// The update that tells the provider about an appointment, and the provider's slug.
pub(in crate::tenant) fn news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &AppointmentId,
    (news, told): (Option<AppointmentNews>, i64),
) -> Result<Option<(Slug, NoteAppointment)>, Refusal> {
    let appointment = found(ctx, id)?;
    let provider = appointment.host.provider.clone();
    let entry = Box::new(DeskAppointment {
        tenant: tenant.slug.clone(),
        tenant_name: tenant.name.clone(),
        appointment: view(ctx, tenant, appointment),
    });
    Ok(Some((provider, NoteAppointment { entry, news, told })))
}

/// How long it is remembered that a host was told of a change, in seconds.
const REMEMBERED: i64 = 30 * 24 * 3600;

/// Stores a customer's update about an appointment, unless the copy is newer, and mails its host. An update may arrive
/// twice, and after a later one: each change is told once.
pub(in crate::tenant) fn note(ctx: &Context<'_>, tenant: &TenantRecord, note: NoteAppointment) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    let NoteAppointment { entry, news, told } = note;
    let (customer, view) = (&entry.tenant, &entry.appointment);
    let known = desk_appointments::load(ctx.sql, customer, &view.id).or_storage()?;
    if known.is_none_or(|known| known.appointment.version < view.version) {
        desk_appointments::save(ctx.sql, &entry).or_storage()?;
        ctx.news.note(&[Topic::DeskAppointments]);
    }
    let Some(news) = news else {
        return Ok(());
    };
    let change = sha256_b64(format!("appointment-news.{customer}.{}.{told}", view.id));
    if !proofs::first_use(ctx.sql, &change, ctx.now.plus(REMEMBERED)).or_storage()? {
        return Ok(());
    }
    enqueue(
        ctx,
        Message::DeskAppointment {
            tenant: customer.clone(),
            appointment: view.id.clone(),
            news,
            sequence: view.sequence,
        },
    )
}

/// The feed whose secret is `token`, as the text of a calendar.
///
/// # Errors
/// [`Refusal::NotFound`] for a feed that does not exist, or whose owner can use the desk no more.
pub(in crate::tenant) fn feed_text(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    token: &PlainFeedToken,
) -> Result<String, Refusal> {
    let stored = calendar_feeds::load(ctx.sql, &token.hashed())
        .or_storage()?
        .ok_or(Refusal::NotFound)?;
    let owner = person(ctx, &stored.user)?.ok_or(Refusal::NotFound)?;
    let account = &owner.account;
    let may = allows(account.role, tenant.kind, account.support_option, Right::Desk)
        && account.state(ctx.now) == AccountState::Active;
    if !may {
        return Err(Refusal::NotFound);
    }
    take(ctx, &format!("feed/{}", stored.id), FEED_READINGS)?;
    let host = (stored.of == FeedOf::Own).then_some(&stored.user);
    let from = ctx.now.plus(-BACK);
    let rows = desk_appointments::since(ctx.sql, host, from, MOST_EVENTS).or_storage()?;
    let events: Vec<Event> = rows.iter().filter_map(|row| event(ctx, tenant, row)).collect();
    let name = format!("{} {}", text(account.locale, "common-appointments"), tenant.name);
    Ok(feed(&ctx.settings.product, &name, &events))
}

/// What a feed has of an appointment: nothing until a date is agreed.
fn event(ctx: &Context<'_>, tenant: &TenantRecord, entry: &DeskAppointment) -> Option<Event> {
    let AppointmentView {
        id,
        title,
        agreed,
        length,
        host,
        participants,
        sequence,
        over,
        ..
    } = &entry.appointment;
    let time = &agreed.as_ref()?.time;
    let guests: Vec<&str> = participants.iter().map(|one| one.name.as_str()).collect();
    let cancelled = over.as_ref().is_some_and(|over| over.why != OverWhy::Past);
    Some(Event {
        uid: id.to_string(),
        sequence: *sequence,
        stamp: agreed.as_ref()?.at,
        start: time.at,
        end: time.at.plus(*length),
        zone: time.time_zone.clone(),
        summary: format!("{title} ({})", entry.tenant_name),
        description: format!("{}\n{}", host.name, guests.join(", ")),
        url: Some(format!(
            "{}/#/desk/appointments/{}/{id}",
            ctx.issuer(&tenant.slug),
            entry.tenant
        )),
        attendees: Vec::new(),
        cancelled,
    })
}

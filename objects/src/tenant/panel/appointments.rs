//! Appointments in the panel: viewed and cancelled by the tenant's administrators; and, at the provider, those of its
//! customers, and the feeds that calendar programs read. An appointment belongs to no organisation, so an organisation
//! administrator has none of them.

use tegata_domain::appointment::{Appointment, AppointmentView, DeskAppointment, Event, Mover};
use tegata_domain::calendar_feed::{CalendarFeed, MOST_FEEDS, NewCalendarFeed, StoredFeed};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{AppointmentId, CalendarFeedId};
use tegata_domain::inquiry::Side;
use tegata_domain::panel::appointments::{AppointmentFilter, Cancel, List, Receipt};
use tegata_domain::panel::desk::{Appointments as AtDesk, CreateFeed, RevokeFeed};
use tegata_domain::secret::PlainFeedToken;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::desk_appointments::Filter;
use tegata_kv_schema::search::Listed;
use tegata_kv_schema::{appointments, calendar_feeds, desk_appointments};

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::appointments as shared;

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<AppointmentView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let open = input.state == AppointmentFilter::Open;
    let listed = match visitor.scope(ctx)?.holds(None) {
        true => appointments::list(ctx.sql, open, span(input.order, &after)).or_storage()?,
        false => Listed {
            rows: Vec::new(),
            more: None,
        },
    };
    page(
        listed,
        |appointment| appointment.id.to_string(),
        |appointment| Ok(shared::view(ctx, &visitor.tenant, appointment.clone())),
    )
}

/// Loads the appointment `id` if the visitor may see it.
fn found(ctx: &Context<'_>, visitor: &Visitor, id: &AppointmentId) -> Result<Appointment, Refusal> {
    let appointment = shared::found(ctx, id)?;
    match visitor.scope(ctx)?.holds(None) {
        true => Ok(appointment),
        false => Err(Refusal::NotFound),
    }
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, id: &AppointmentId) -> Result<AppointmentView, Refusal> {
    Ok(shared::view(ctx, &visitor.tenant, found(ctx, visitor, id)?))
}

pub(super) fn receipt(ctx: &Context<'_>, visitor: &Visitor, input: &Receipt) -> Result<String, Refusal> {
    found(ctx, visitor, &input.id)?;
    shared::receipt(ctx, &input.id)
}

/// An administrator cancels it. The date of a launch ends with the launch alone.
pub(super) fn cancel(ctx: &Context<'_>, visitor: &Visitor, input: Cancel) -> Result<AppointmentView, Refusal> {
    let appointment = found(ctx, visitor, &input.id)?;
    if matches!(appointment.event, Event::Launch { .. }) {
        return Err(Refusal::Conflict);
    }
    let by = Mover {
        side: Side::Customer,
        name: visitor.person.user.display_name.clone(),
        place: None,
        locale: None,
    };
    shared::cancelled(ctx, &visitor.tenant, appointment, &by, input.reason, visitor.actor())
}

pub(super) fn at_customers(ctx: &Context<'_>, input: &AtDesk) -> Result<Page<DeskAppointment>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let filter = Filter {
        tenant: input.customer.as_ref(),
        host: input.host.as_ref(),
        from: input.from,
        until: input.to,
        open: (input.state == AppointmentFilter::Open).then_some(ctx.now),
    };
    let listed = desk_appointments::list(ctx.sql, &filter, span(input.order, &after)).or_storage()?;
    page(
        listed,
        |entry| entry.appointment.id.to_string(),
        |entry| {
            Ok(DeskAppointment {
                appointment: entry.appointment.clone().at(ctx.now),
                ..entry.clone()
            })
        },
    )
}

pub(super) fn feeds(ctx: &Context<'_>, visitor: &Visitor) -> Result<Page<CalendarFeed>, Refusal> {
    let feeds = calendar_feeds::of_user(ctx.sql, &visitor.person.user.id).or_storage()?;
    Ok(Page {
        items: feeds.into_iter().map(CalendarFeed::from).collect(),
        cursor: None,
    })
}

fn object(id: &CalendarFeedId) -> String {
    format!("calendar_feed/{id}")
}

pub(super) fn create_feed(ctx: &Context<'_>, visitor: &Visitor, input: CreateFeed) -> Result<NewCalendarFeed, Refusal> {
    let user = visitor.person.user.id.clone();
    if calendar_feeds::of_user(ctx.sql, &user).or_storage()?.len() >= MOST_FEEDS {
        return Err(FieldError::new("name", "an account can have at most ten feeds; revoke one first").into());
    }
    let token = PlainFeedToken::generate(ctx.random);
    let stored = StoredFeed {
        id: CalendarFeedId::generate(ctx.random),
        hash: token.hashed(),
        user,
        name: input.name,
        of: input.of,
        created_at: ctx.now,
    };
    calendar_feeds::insert(ctx.sql, &stored).or_storage()?;
    visitor.audit::<CreateFeed>(ctx, object(&stored.id), "done")?;
    Ok(NewCalendarFeed {
        url: format!("{}/calendar/{}.ics", ctx.issuer(&visitor.tenant.slug), token.expose()),
        feed: stored.into(),
        token,
    })
}

pub(super) fn revoke_feed(ctx: &Context<'_>, visitor: &Visitor, input: &RevokeFeed) -> Result<(), Refusal> {
    if !calendar_feeds::delete(ctx.sql, &visitor.person.user.id, &input.id).or_storage()? {
        return Err(Refusal::NotFound);
    }
    visitor.audit::<RevokeFeed>(ctx, object(&input.id), "done")
}

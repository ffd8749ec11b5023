//! Applications for a contract, as the desk records and closes them (C1).

use tegata_domain::application::{Application, ApplicationView, Closing};
use tegata_domain::date::Date;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::ApplicationId;
use tegata_domain::panel::applications::{Close, Create, List};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{applications, desk};

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::applications::{object, save_closed};

/// The date in the provider's time zone.
pub(super) fn today(ctx: &Context<'_>, visitor: &Visitor) -> Result<Date, Refusal> {
    Date::of(&visitor.tenant.time_zone, ctx.now).ok_or(Refusal::Storage)
}

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<ApplicationView>, Refusal> {
    let (after, today) = (cursor(input.cursor.as_deref())?, today(ctx, visitor)?);
    let listed = applications::list(ctx.sql, input.state.state(), span(input.order, &after)).or_storage()?;
    page(
        listed,
        |application| application.id.to_string(),
        |application| Ok(application.clone().view(today)),
    )
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, id: &ApplicationId) -> Result<ApplicationView, Refusal> {
    let application = applications::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    Ok(application.view(today(ctx, visitor)?))
}

pub(super) fn create(ctx: &Context<'_>, visitor: &Visitor, input: Create) -> Result<ApplicationView, Refusal> {
    let today = today(ctx, visitor)?;
    // The desk's staff may be in a zone where it is already tomorrow.
    if input.applied_on > today.later(1) {
        return Err(FieldError::new("applied_on", "must not be in the future").into());
    }
    let application = Application {
        id: ApplicationId::generate(ctx.random),
        company: input.company,
        contact: input.contact,
        domain: input.domain,
        applied_on: input.applied_on,
        note: input.note,
        recorded_at: ctx.now,
        recorded_by: visitor.person.user.id.clone(),
        recorded_by_name: visitor.person.user.display_name.clone(),
        closed: None,
    };
    applications::save(ctx.sql, &application).or_storage()?;
    visitor.audit::<Create>(ctx, object(&application.id), "done")?;
    Ok(application.view(today))
}

pub(super) fn close(ctx: &Context<'_>, visitor: &Visitor, input: Close) -> Result<ApplicationView, Refusal> {
    let found = applications::load(ctx.sql, &input.id).or_storage()?;
    let mut application = found.ok_or(Refusal::NotFound)?;
    if application.closed.is_some() {
        return Err(Refusal::Conflict);
    }
    if let Some(customer) = &input.customer
        && desk::load_customer(ctx.sql, customer).or_storage()?.is_none()
    {
        return Err(FieldError::new("customer", "must be a customer of this desk").into());
    }
    let closing = Closing {
        outcome: input.outcome,
        customer: input.customer,
        reason: input.reason,
        at: ctx.now,
        by: Some(visitor.person.user.id.clone()),
        by_name: Some(visitor.person.user.display_name.clone()),
    };
    save_closed(ctx, &mut application, closing, visitor.actor())?;
    Ok(application.view(today(ctx, visitor)?))
}

//! The desk's own lists, and vouchers for its actions in a customer's object.

use tegata_domain::desk::{Customer, DeskActor, DeskDeed, DeskStaff, DeskVoucher};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::inquiry::DeskInquiry;
use tegata_domain::limit::NEW_CUSTOMERS;
use tegata_domain::panel::desk::{Assign, Assignment, Customers, Inquiries, Vouch, VouchForChange, VouchForLaunch};
use tegata_domain::phonetic::folded;
use tegata_domain::slug::Slug;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::desk;

use super::inquiries;
use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::applications::check_answered_by;
use crate::tenant::customers::staff;
use crate::tenant::faces;
use crate::tenant::object::take;
use crate::tenant::operator::PAGE;

pub(super) fn customers(ctx: &Context<'_>, input: &Customers) -> Result<Page<Customer>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let prefix = input.q.as_deref().map(folded);
    let after = (after.0.as_str(), after.1.as_str());
    let most = PAGE.saturating_add(1);
    let rows = desk::list_customers(ctx.sql, prefix.as_deref(), input.sort, after, most).or_storage()?;
    page(
        rows,
        |customer| customer.slug.to_string(),
        |customer| Ok(customer.clone()),
    )
}

pub(super) fn inquiries(ctx: &Context<'_>, input: &Inquiries) -> Result<Page<DeskInquiry>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let (prefix, span) = (input.q.as_deref().map(folded), span(input.order, &after));
    let listed = desk::list_inquiries(ctx.sql, prefix.as_deref(), input.state.state(), span).or_storage()?;
    page(listed, |entry| entry.inquiry.id.to_string(), |entry| Ok(entry.clone()))
}

/// The inbox entry of an inquiry, which shows who is assigned to it.
pub(super) fn assignment(ctx: &Context<'_>, input: &Assignment) -> Result<DeskInquiry, Refusal> {
    let found = desk::load_inquiry(ctx.sql, &input.customer, &input.id).or_storage()?;
    found.ok_or(Refusal::NotFound)
}

pub(super) fn assign(ctx: &Context<'_>, visitor: &Visitor, input: Assign) -> Result<DeskInquiry, Refusal> {
    let mut entry = desk::load_inquiry(ctx.sql, &input.customer, &input.id)
        .or_storage()?
        .ok_or(Refusal::NotFound)?;
    let name = match &input.user {
        None => None,
        Some(user) => {
            let found = staff(ctx)?.into_iter().find(|(id, _)| id == user);
            Some(
                found
                    .ok_or_else(|| FieldError::new("user", "must be a member of the desk"))?
                    .1,
            )
        }
    };
    entry.assigned = input.user;
    entry.assigned_name = name;
    desk::save_inquiry(ctx.sql, &entry).or_storage()?;
    let outcome = entry.assigned.as_ref().map_or("nobody", |user| user.as_str());
    visitor.audit::<Assign>(ctx, inquiries::object(&input.id), outcome)?;
    Ok(entry)
}

pub(super) fn list_staff(ctx: &Context<'_>) -> Result<Page<DeskStaff>, Refusal> {
    let items = staff(ctx)?
        .into_iter()
        .map(|(user_id, name)| DeskStaff { user_id, name });
    Ok(Page {
        items: items.collect(),
        cursor: None,
    })
}

/// The visitor as a member of the desk's staff who acts at a customer.
pub(super) fn actor_of(visitor: &Visitor) -> DeskActor {
    DeskActor {
        provider: visitor.tenant.slug.clone(),
        provider_name: visitor.tenant.name.clone(),
        email: visitor.person.user.emails.primary().cloned(),
        user: visitor.person.user.id.clone(),
        name: visitor.person.user.display_name.clone(),
        client: visitor.client.clone(),
    }
}

fn vouched(ctx: &Context<'_>, visitor: &Visitor, deed: DeskDeed, customer: Slug) -> Result<DeskVoucher, Refusal> {
    let face = match deed {
        DeskDeed::Create => faces::news(ctx, &visitor.tenant, &customer)?.map(|(_, face)| face),
        _ => None,
    };
    let by = actor_of(visitor);
    DeskVoucher::seal(by, deed, customer, face, &ctx.signers.links, ctx.random, ctx.now).ok_or(Refusal::Storage)
}

/// Issues a voucher to look at a customer or to answer it. Changing the customer itself needs [`vouch_for_change`].
pub(super) fn vouch(ctx: &Context<'_>, visitor: &Visitor, input: Vouch) -> Result<DeskVoucher, Refusal> {
    if input.deed.changes_customer() || input.deed.takes_a_person() {
        return Err(Refusal::Forbidden);
    }
    let customer = desk::load_customer(ctx.sql, &input.customer).or_storage()?;
    customer.ok_or(Refusal::NotFound)?;
    vouched(ctx, visitor, input.deed, input.customer)
}

/// Issues a voucher to execute an approved launch.
pub(super) fn vouch_for_launch(
    ctx: &Context<'_>,
    visitor: &Visitor,
    input: VouchForLaunch,
) -> Result<DeskVoucher, Refusal> {
    let customer = desk::load_customer(ctx.sql, &input.customer).or_storage()?;
    customer.ok_or(Refusal::NotFound)?;
    visitor.audit::<VouchForLaunch>(ctx, format!("customer/{}", input.customer), "asked")?;
    vouched(ctx, visitor, DeskDeed::ExecuteLaunch, input.customer)
}

pub(super) fn vouch_for_change(
    ctx: &Context<'_>,
    visitor: &Visitor,
    input: VouchForChange,
) -> Result<DeskVoucher, Refusal> {
    let known = desk::load_customer(ctx.sql, &input.customer).or_storage()?.is_some();
    match (known, input.deed) {
        (_, DeskDeed::Create) => {
            if let Some(application) = &input.application {
                check_answered_by(ctx, application, &input.customer)?;
            }
            take(ctx, "customer", NEW_CUSTOMERS)?;
        }
        (true, deed) if deed.changes_customer() => {}
        (true, _) => return Err(Refusal::Forbidden),
        (false, _) => return Err(Refusal::NotFound),
    }
    let object = format!("customer/{}", input.customer);
    visitor.note(ctx, input.deed.name(), object, "asked")?;
    vouched(ctx, visitor, input.deed, input.customer)
}

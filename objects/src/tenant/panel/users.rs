//! Users (C3).

use tegata_domain::account::Account;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{OrganizationId, UserId};
use tegata_domain::organization::Tree;
use tegata_domain::outbox::Message;
use tegata_domain::panel::users::{Change, Create, Delete, List};
use tegata_domain::phonetic::folded;
use tegata_domain::right::Right;
use tegata_domain::text::bounded;
use tegata_domain::user::{User, UserView};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::users::{Person, Query};
use tegata_kv_schema::{accounts, organizations, users};

use super::lists::{changed, cursor, page};
use super::organizations::check_place;
use super::visitor::{Scope, Visitor};
use crate::context::{Context, OrStorage as _};
use crate::tenant::operator::PAGE;
use crate::tenant::outbox::enqueue;
use crate::tenant::setup;

fn object(id: &UserId) -> String {
    format!("user/{id}")
}

/// Loads a user and their account if the user is within `scope`.
pub(super) fn found(ctx: &Context<'_>, scope: &Scope, id: &UserId) -> Result<Person, Refusal> {
    let user = users::load(ctx.sql, id)
        .or_storage()?
        .filter(|user| scope.holds(user.organization.as_ref()))
        .ok_or(Refusal::NotFound)?;
    Ok((user, accounts::load(ctx.sql, id).or_storage()?))
}

pub(super) fn view(ctx: &Context<'_>, user: &User, account: Option<&Account>) -> UserView {
    user.view(account.map(|account| account.view(ctx.now)))
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor, id: &UserId) -> Result<UserView, Refusal> {
    let (user, account) = found(ctx, &visitor.scope(ctx)?, id)?;
    Ok(view(ctx, &user, account.as_ref()))
}

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<UserView>, Refusal> {
    let scope = visitor.scope(ctx)?;
    let wanted = match &input.organization {
        None => None,
        Some(id) => Some(Tree::of(&organizations::list(ctx.sql).or_storage()?).below(id)),
    };
    let within = scope.narrowed(wanted);
    let prefix = input.q.as_deref().map(folded);
    let after = cursor(input.cursor.as_deref())?;
    let query = Query {
        prefix: prefix.as_deref(),
        within: within.as_deref(),
        account: input.account,
        sort: input.sort,
        after: (&after.0, &after.1),
        most: PAGE.saturating_add(1),
    };
    let listed = users::list(ctx.sql, &query).or_storage()?;
    page(
        listed,
        |(user, _)| user.id.to_string(),
        |(user, account)| Ok(view(ctx, user, account.as_ref())),
    )
}

/// Fails unless the organisation exists and is within `scope`.
fn check_organization(ctx: &Context<'_>, scope: &Scope, organization: Option<&OrganizationId>) -> Result<(), Refusal> {
    check_place(scope, organization, "organization")?;
    match organization {
        Some(id) if organizations::load(ctx.sql, id).or_storage()?.is_none() => {
            Err(FieldError::new("organization", "must be an organisation of this tenant").into())
        }
        _ => Ok(()),
    }
}

pub(super) fn create(ctx: &Context<'_>, visitor: &Visitor, input: Create) -> Result<UserView, Refusal> {
    check_organization(ctx, &visitor.scope(ctx)?, input.organization.as_ref())?;
    let external_id = input
        .external_id
        .map(|text| bounded("external_id", &text, 200))
        .transpose()?;
    let user = User {
        id: UserId::generate(ctx.random),
        display_name: input.display_name,
        phonetic_name: input.phonetic_name,
        emails: input.emails,
        organization: input.organization,
        external_id,
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    };
    setup::told(ctx, &visitor.tenant, || users::save(ctx.sql, &user, None).or_storage())?;
    visitor.audit::<Create>(ctx, object(&user.id), "done")?;
    Ok(view(ctx, &user, None))
}

pub(super) fn change(ctx: &Context<'_>, visitor: &Visitor, input: Change) -> Result<UserView, Refusal> {
    let scope = visitor.scope(ctx)?;
    let (mut user, account) = found(ctx, &scope, &input.id)?;
    if user.version != input.version {
        return Err(changed(&view(ctx, &user, account.as_ref())));
    }
    if let Some(account) = &account {
        visitor.check_target(&scope, account)?;
        if input.emails.as_ref().is_some_and(|emails| *emails != user.emails) {
            // Approval links and new passwords go to the main address, so changing it requires the same rights as
            // changing the account.
            visitor.check_may(Right::AccountsWrite)?;
            visitor.check_holds(account)?;
            visitor.check_fresh(ctx)?;
        }
    }
    let was = user.clone();
    if let Some(organization) = input.organization {
        check_organization(ctx, &scope, organization.as_ref())?;
        user.organization = organization;
    }
    user.display_name = input.display_name.unwrap_or(user.display_name);
    user.phonetic_name = input.phonetic_name.unwrap_or(user.phonetic_name);
    user.emails = input.emails.unwrap_or(user.emails);
    if let (Some(address), true) = (was.emails.primary().cloned(), account.is_some())
        && user.emails.primary() != Some(&address)
    {
        let (user, at) = (user.id.clone(), ctx.now);
        enqueue(ctx, Message::AddressChanged { user, address, at })?;
    }
    user.version = user.version.saturating_add(1);
    user.updated_at = ctx.now;
    let name = account.as_ref().map(|account| account.name.as_str());
    users::save(ctx.sql, &user, name).or_storage()?;
    visitor.audit::<Change>(ctx, object(&user.id), &was.changes(&user))?;
    Ok(view(ctx, &user, account.as_ref()))
}

pub(super) fn delete(ctx: &Context<'_>, visitor: &Visitor, id: &UserId) -> Result<(), Refusal> {
    let (user, account) = found(ctx, &visitor.scope(ctx)?, id)?;
    if account.is_some() {
        return Err(Refusal::NotEmpty);
    }
    setup::told(ctx, &visitor.tenant, || users::delete(ctx.sql, &user.id).or_storage())?;
    visitor.audit::<Delete>(ctx, object(id), "done")
}

//! Accounts of users (C4 to C7, K1).

use tegata_domain::account::{Account, Alerts, FIRST_PASSWORD_LIFE, Password, new_issue};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{OrganizationId, UserId};
use tegata_domain::panel::accounts::{Change, Create, Delete, Reissue};
use tegata_domain::right::Role;
use tegata_domain::tenant::TenantKind;
use tegata_domain::user::{User, UserView};
use tegata_kv_schema::{accounts, organizations, users};

use super::lists::changed;
use super::users::{found, view};
use super::visitor::{Entrance, Scope, Visitor};
use crate::context::{Context, OrStorage as _};
use crate::tenant::login::object;
use crate::tenant::outbox::tell_provider;
use crate::tenant::people::{self, check_contract, first_password, mail_first_password};
use crate::tenant::people::{end_everything, forget_passkeys};

/// Fails unless the role fits its organisation, its options and the tenant, and the visitor may grant it.
fn check_role(ctx: &Context<'_>, visitor: &Visitor, scope: &Scope, account: &Account) -> Result<(), Refusal> {
    let refuse = |field, detail| Err(FieldError::new(field, detail).into());
    let limited = account.role == Role::OrganizationAdministrator;
    match &account.organization {
        None if limited => return refuse("organization", "is required for an organisation administrator"),
        Some(_) if !limited => return refuse("organization", "is allowed for organisation administrators only"),
        Some(id) if organizations::load(ctx.sql, id).or_storage()?.is_none() => {
            return refuse("organization", "must be an organisation of this tenant");
        }
        _ => {}
    }
    if account.support_option && account.role != Role::SystemAdministrator {
        return refuse("support_option", "is allowed for system administrators only");
    }
    if account.role == Role::DeskStaff && visitor.tenant.kind != TenantKind::Provider {
        return refuse("role", "is available to providers only");
    }
    visitor.check_target(scope, account)?;
    visitor.check_holds(account)
}

fn saved(ctx: &Context<'_>, visitor: &Visitor, user: &User, account: &Account) -> Result<UserView, Refusal> {
    tell_provider(ctx, &visitor.tenant)?;
    accounts::save(ctx.sql, account).or_storage()?;
    users::save(ctx.sql, user, Some(account.name.as_str())).or_storage()?;
    Ok(view(ctx, user, Some(account)))
}

pub(super) fn create(ctx: &Context<'_>, visitor: &Visitor, input: Create) -> Result<UserView, Refusal> {
    let scope = visitor.scope(ctx)?;
    let (user, existing) = found(ctx, &scope, &input.id)?;
    if existing.is_some() {
        return Err(Refusal::Conflict);
    }
    if accounts::load_by_name(ctx.sql, &input.account).or_storage()?.is_some() {
        return Err(Refusal::AccountTaken);
    }
    if input.hash.is_some() && matches!(visitor.entrance, Entrance::Token(_)) {
        // The caller would know the password and could log in with it, which no token allows.
        return Err(FieldError::new(
            "password",
            "must be omitted with a token; a temporary password is mailed instead",
        )
        .into());
    }
    let password = match input.hash {
        // The person who typed it knows it. Like a mailed one it only opens the page where the holder sets one of their own.
        Some(hash) => Password::First {
            hash,
            key: None,
            issue: new_issue(ctx.random),
            until: ctx.now.plus(FIRST_PASSWORD_LIFE),
        },
        None => first_password(ctx, &visitor.tenant.slug, &user.id, new_issue(ctx.random))?,
    };
    let account = Account {
        user: user.id.clone(),
        name: input.account,
        role: input.role,
        organization: input.organization,
        support_option: input.support_option,
        alerts: Alerts::default(),
        locale: input.locale,
        time_zone: input.time_zone,
        password,
        created_at: ctx.now,
        second_factor: false,
        last_login_at: None,
        version: 1,
    };
    check_role(ctx, visitor, &scope, &account)?;
    check_contract(ctx, &user.id, Some(&account))?;
    mail_first_password(ctx, &account)?;
    visitor.audit::<Create>(ctx, object(&user.id), account.role.name())?;
    saved(ctx, visitor, &user, &account)
}

/// Loads the user `id` with their account, if the visitor may change it.
fn target(ctx: &Context<'_>, visitor: &Visitor, scope: &Scope, id: &UserId) -> Result<(User, Account), Refusal> {
    let (user, account) = found(ctx, scope, id)?;
    let account = account.ok_or(Refusal::NotFound)?;
    visitor.check_target(scope, &account)?;
    visitor.check_holds(&account)?;
    Ok((user, account))
}

pub(super) fn change(ctx: &Context<'_>, visitor: &Visitor, input: Change) -> Result<UserView, Refusal> {
    let scope = visitor.scope(ctx)?;
    let (user, mut account) = target(ctx, visitor, &scope, &input.id)?;
    if account.version != input.version {
        return Err(changed(&view(ctx, &user, Some(&account))));
    }
    let was = account.clone();
    account.role = input.role.unwrap_or(account.role);
    let organization: Option<OrganizationId> = match input.organization {
        Some(organization) => organization,
        // A role without an organisation limit has no organisation.
        None => account
            .organization
            .filter(|_| account.role == Role::OrganizationAdministrator),
    };
    account.organization = organization;
    account.support_option = input.support_option.unwrap_or(account.support_option);
    account.locale = input.locale.unwrap_or(account.locale);
    if let Some(zone) = input.time_zone {
        account.time_zone = zone;
    }
    account.version = account.version.saturating_add(1);
    check_role(ctx, visitor, &scope, &account)?;
    check_contract(ctx, &user.id, Some(&account))?;
    visitor.audit::<Change>(ctx, object(&user.id), &was.changes(&account))?;
    saved(ctx, visitor, &user, &account)
}

pub(super) fn delete(ctx: &Context<'_>, visitor: &Visitor, id: &UserId) -> Result<UserView, Refusal> {
    let (user, mut account) = target(ctx, visitor, &visitor.scope(ctx)?, id)?;
    check_contract(ctx, &account.user, None)?;
    forget_passkeys(ctx, &mut account)?;
    accounts::delete(ctx.sql, id).or_storage()?;
    users::save(ctx.sql, &user, None).or_storage()?;
    end_everything(ctx, id)?;
    tell_provider(ctx, &visitor.tenant)?;
    visitor.audit::<Delete>(ctx, object(id), "done")?;
    Ok(view(ctx, &user, None))
}

pub(super) fn reissue(ctx: &Context<'_>, visitor: &Visitor, id: &UserId) -> Result<UserView, Refusal> {
    let (user, mut account) = target(ctx, visitor, &visitor.scope(ctx)?, id)?;
    people::reissue(ctx, &visitor.tenant, &mut account)?;
    visitor.audit::<Reissue>(ctx, object(id), "mailed")?;
    Ok(view(ctx, &user, Some(&account)))
}

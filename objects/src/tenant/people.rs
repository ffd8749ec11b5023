//! Users with accounts: their mail addresses, and how an account is created and its credential reissued.

use tegata_domain::account::{
    Account, AdministratorView, Alerts, CONTRACT_ISSUE, FIRST_PASSWORD_LIFE, MOST_SUPPORT_OPTIONS, NewAdministrator,
    Password, new_issue,
};
use tegata_domain::audit::{Act, Actor};
use tegata_domain::code::{FIRST_PASSWORD_LENGTH, derived_code, grouped};
use tegata_domain::console_session::{ConsoleSession, SessionState};
use tegata_domain::error::Refusal;
use tegata_domain::id::UserId;
use tegata_domain::limit::{PER_ADDRESS, PER_TENANT};
use tegata_domain::mail::{Occasion, Recipient};
use tegata_domain::outbox::Message;
use tegata_domain::panel::me::{SessionTenant, SessionView};
use tegata_domain::password::{HashedPassword, PlainPassword};
use tegata_domain::right::{Right, Role, allows};
use tegata_domain::slug::Slug;
use tegata_domain::tenant::Tenant;
use tegata_domain::time::UnixSeconds;
use tegata_domain::user::{Emails, User};
use tegata_kv_schema::{accounts, calendar_feeds, passkeys, personal_tokens, sessions, users};

use super::object::take;
use super::outbox::{enqueue, tell_provider};
use crate::context::{Context, OrStorage as _};

/// A user with an account.
pub(super) struct Person {
    pub(super) user: User,
    pub(super) account: Account,
}

impl Person {
    /// Whether they are asked for approvals: all system administrators are.
    pub(super) fn is_approver(&self) -> bool {
        self.account.role == Role::SystemAdministrator
    }

    /// The recipient for mail to them: their main address, in the account's language and time zone.
    pub(super) fn recipient(&self) -> Option<Recipient> {
        Some(Recipient {
            name: self.user.display_name.clone(),
            address: self.user.emails.primary()?.clone(),
            locale: self.account.locale,
            time_zone: self.account.time_zone.clone(),
        })
    }
}

/// Loads the user `id` if they have an account.
pub(super) fn person(ctx: &Context<'_>, id: &UserId) -> Result<Option<Person>, Refusal> {
    let Some(account) = accounts::load(ctx.sql, id).or_storage()? else {
        return Ok(None);
    };
    let user = users::load(ctx.sql, id).or_storage()?.ok_or(Refusal::Storage)?;
    Ok(Some(Person { user, account }))
}

/// Lists the approvers, who are the system administrators.
pub(super) fn approvers(ctx: &Context<'_>) -> Result<Vec<UserId>, Refusal> {
    let accounts = accounts::of_role(ctx.sql, Role::SystemAdministrator).or_storage()?;
    Ok(accounts.into_iter().map(|account| account.user).collect())
}

/// Loads the user `id` if they are an approver.
pub(super) fn approver(ctx: &Context<'_>, id: &UserId) -> Result<Option<Person>, Refusal> {
    Ok(person(ctx, id)?.filter(Person::is_approver))
}

/// Creates a user with an account as system administrator, and mails first password number `issue` (C1).
pub(super) fn insert_administrator(
    ctx: &Context<'_>,
    tenant: &Slug,
    new: NewAdministrator,
    issue: i64,
    actor: Actor,
) -> Result<AdministratorView, Refusal> {
    if accounts::load_by_name(ctx.sql, &new.account).or_storage()?.is_some() {
        return Err(Refusal::AccountTaken);
    }
    let person = new.clone();
    let user = User {
        id: UserId::generate(ctx.random),
        display_name: new.name,
        phonetic_name: None,
        emails: Emails::only(new.email),
        organization: None,
        external_id: None,
        version: 1,
        created_at: ctx.now,
        updated_at: ctx.now,
    };
    let account = Account {
        user: user.id.clone(),
        name: new.account,
        role: Role::SystemAdministrator,
        organization: None,
        support_option: false,
        alerts: Alerts::default(),
        locale: new.locale,
        time_zone: new.time_zone,
        password: first_password(ctx, tenant, &user.id, issue)?,
        second_factor: false,
        created_at: ctx.now,
        last_login_at: None,
        version: 1,
    };
    users::save(ctx.sql, &user, Some(account.name.as_str())).or_storage()?;
    accounts::save(ctx.sql, &account).or_storage()?;
    mail_first_password(ctx, &account)?;
    let object = format!("administrator/{}", user.id);
    ctx.audit(Act::new(actor, "administrator.create", object, "done"))?;
    Ok(AdministratorView {
        id: user.id,
        person,
        role: account.role,
        created_at: account.created_at,
    })
}

/// Enqueues the mail with an account's first password.
pub(super) fn mail_first_password(ctx: &Context<'_>, account: &Account) -> Result<(), Refusal> {
    let issue = match account.password {
        Password::First { issue, .. } => issue,
        Password::Own { .. } | Password::Spent { .. } => return Ok(()),
    };
    let administrator = account.user.clone();
    enqueue(ctx, Message::FirstCredential { administrator, issue })
}

/// Reissues the credential of `account` by mail (K1). Its old password, passkeys, sessions and tokens are revoked.
pub(super) fn reissue(ctx: &Context<'_>, tenant: &Tenant, account: &mut Account) -> Result<(), Refusal> {
    account.password = first_password(ctx, &tenant.slug, &account.user, new_issue(ctx.random))?;
    forget_passkeys(ctx, account)?;
    accounts::save(ctx.sql, account).or_storage()?;
    end_everything(ctx, &account.user)?;
    mail_first_password(ctx, account)?;
    tell_provider(ctx, tenant)
}

/// Replaces the first password of an account that has no own one, as asked for on the login page at `requested_at`. The
/// sessions that the previous one opened go on, because the holder may be choosing a password in one: anybody who knows the
/// account's name can ask. Returns `None` if there is nothing to replace: the holder has chosen a password, an administrator
/// has typed one, or a later request was carried out before. Repeating it changes nothing, because a mail may be composed
/// more than once.
pub(super) fn invite_again(
    ctx: &Context<'_>,
    tenant: &Tenant,
    user: &UserId,
    (issue, requested_at): (i64, UnixSeconds),
) -> Result<Option<Occasion>, Refusal> {
    let Some(mut account) = accounts::load(ctx.sql, user).or_storage()? else {
        return Ok(None);
    };
    let until = requested_at.plus(FIRST_PASSWORD_LIFE);
    match &account.password {
        Password::Own { .. } => return Ok(None),
        Password::First { issue: present, .. } if *present == issue => return Ok(Some(Occasion::Invitation)),
        Password::First { until: present, .. } if present.since(until) > 0 => return Ok(None),
        handed @ Password::First { .. } if handed.was_handed_over(ctx.now) => return Ok(None),
        Password::First { .. } | Password::Spent { .. } => {}
    }
    let (hash, key) = hashed_first_password(ctx, &tenant.slug, user, issue)?;
    account.password = Password::First {
        hash,
        key: Some(key),
        issue,
        until,
    };
    accounts::save(ctx.sql, &account).or_storage()?;
    let system = Actor::new("system", None, None);
    ctx.audit(Act::new(system, "account.invite", format!("account/{user}"), "mailed"))?;
    Ok(Some(Occasion::Invitation))
}

/// The hash of first password number `issue`, and the id of the key it is derived from.
fn hashed_first_password(
    ctx: &Context<'_>,
    tenant: &Slug,
    user: &UserId,
    issue: i64,
) -> Result<(HashedPassword, String), Refusal> {
    let (kid, key) = ctx.signers.links.current().ok_or(Refusal::Storage)?;
    let plain = PlainPassword::typed(&plain_first_password(key, tenant, user, issue));
    let hash = plain.hashed(ctx.random, ctx.settings.password_cost);
    Ok((hash.ok_or(Refusal::Storage)?, kid.to_owned()))
}

/// Generates first password number `issue` of an account. It is derived from the link key, so that no plain text has to
/// be stored for the mail. Limited per account and per tenant, since each one costs a hash and a mail.
pub(super) fn first_password(ctx: &Context<'_>, tenant: &Slug, user: &UserId, issue: i64) -> Result<Password, Refusal> {
    take(ctx, &format!("first_password/{user}"), PER_ADDRESS)?;
    take(ctx, "first_password", PER_TENANT)?;
    let (hash, key) = hashed_first_password(ctx, tenant, user, issue)?;
    Ok(Password::First {
        hash,
        key: Some(key),
        issue,
        until: ctx.now.plus(FIRST_PASSWORD_LIFE),
    })
}

/// The first password as it appears in the mail.
pub(super) fn plain_first_password(key: &[u8; 32], tenant: &Slug, user: &UserId, issue: i64) -> String {
    let number = issue.to_string();
    let parts = ["first-password", tenant.as_str(), user.as_str(), &number];
    // The contract's first password was derived without a number, before there were others.
    let parts = if issue == CONTRACT_ISSUE {
        parts.get(..3).unwrap_or(&parts)
    } else {
        &parts
    };
    grouped(&derived_code(key, parts, FIRST_PASSWORD_LENGTH), 5)
}

/// Checks the tenant's rules for an account about to be written: one system administrator must remain (C5), and at most
/// five accounts may have the support option (C6). `becomes` is the account afterwards; `None` when it is deleted.
pub(super) fn check_contract(ctx: &Context<'_>, user: &UserId, becomes: Option<&Account>) -> Result<(), Refusal> {
    let administers = becomes.is_some_and(|account| account.role == Role::SystemAdministrator);
    let others = accounts::count_settled(ctx.sql, Role::SystemAdministrator, user).or_storage()?;
    if !administers && others == 0 {
        return Err(Refusal::LastAdministrator);
    }
    let asks = becomes.is_some_and(|account| account.support_option);
    if asks && accounts::count_support_options(ctx.sql, user).or_storage()? >= MOST_SUPPORT_OPTIONS {
        return Err(Refusal::SupportOptionsUsedUp);
    }
    Ok(())
}

/// A session as its holder sees it.
pub(super) fn session_view(tenant: &Tenant, person: &Person, session: &ConsoleSession) -> SessionView {
    let account = &person.account;
    let allowed = |right: &&Right| {
        session.state == SessionState::SignedIn && allows(account.role, tenant.kind, account.support_option, **right)
    };
    SessionView {
        state: session.state,
        user_id: account.user.clone(),
        account: account.name.clone(),
        name: person.user.display_name.clone(),
        email: person.user.emails.primary().cloned(),
        role: account.role,
        organization: account.organization.clone(),
        rights: Right::ALL.iter().filter(allowed).copied().collect(),
        support_option: account.support_option,
        alerts: account.alerts,
        locale: account.locale,
        time_zone: account.time_zone.clone(),
        second_factor: account.second_factor,
        fresh_until: session.fresh_until(),
        expires_at: session.expires_at,
        tenant: SessionTenant::from(tenant),
    }
}

/// Deletes the sessions, personal access tokens and calendar feeds of an account.
pub(super) fn end_everything(ctx: &Context<'_>, user: &UserId) -> Result<(), Refusal> {
    sessions::delete_of_user(ctx.sql, user, None).or_storage()?;
    calendar_feeds::delete_of_user(ctx.sql, user).or_storage()?;
    personal_tokens::delete_of_user(ctx.sql, user).or_storage()
}

/// Deletes every passkey of an account and turns its second factor off: a new first password starts from scratch (K1).
pub(super) fn forget_passkeys(ctx: &Context<'_>, account: &mut Account) -> Result<(), Refusal> {
    account.second_factor = false;
    for passkey in passkeys::of_user(ctx.sql, &account.user).or_storage()? {
        passkeys::delete(ctx.sql, &passkey.id).or_storage()?;
    }
    Ok(())
}

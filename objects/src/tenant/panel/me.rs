//! The visitor's own account: session, password, language.

use tegata_domain::account::{Account, Password};
use tegata_domain::console_session::{ConsoleSession, SessionEntry};
use tegata_domain::error::Refusal;
use tegata_domain::panel::me::{Change, End, EndSession, FinishFresh, SessionView, SetPassword};
use tegata_domain::password::HashedPassword;
use tegata_domain::secret::HashedSecret;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{accounts, calendar_feeds, login_tries, personal_tokens, sessions};

use super::visitor::{Entrance, Visitor};
use crate::context::{Context, OrStorage as _};
use crate::tenant::login::{self, own_tries_key, proven};
use crate::tenant::object::Tenant;
use crate::tenant::outbox::tell_provider;
use crate::tenant::people::session_view;

/// The session that sent the action. A token cannot get here: none holds [`Right::Own`].
pub(super) fn session(visitor: &mut Visitor) -> Result<(&HashedSecret, &mut ConsoleSession), Refusal> {
    match &mut visitor.entrance {
        Entrance::Session(hash, session) => Ok((hash, session)),
        Entrance::Token(_) => Err(Refusal::Forbidden),
    }
}

pub(super) fn show(visitor: &Visitor) -> Result<SessionView, Refusal> {
    match &visitor.entrance {
        Entrance::Session(_, session) => Ok(session_view(&visitor.tenant, &visitor.person, session)),
        Entrance::Token(_) => Err(Refusal::Forbidden),
    }
}

pub(super) fn end(ctx: &Context<'_>, visitor: &mut Visitor) -> Result<(), Refusal> {
    let id = session(visitor)?.1.id.clone();
    sessions::delete(ctx.sql, &visitor.person.user.id, &id).or_storage()?;
    visitor.audit::<End>(ctx, format!("session/{id}"), "signed_out")
}

/// Fails if the account requires a passkey, which is then the only way to authenticate afresh.
const fn password_is_enough(account: &Account) -> Result<(), Refusal> {
    if account.second_factor {
        return Err(Refusal::PasskeyRequired);
    }
    Ok(())
}

impl Tenant {
    pub(super) fn start_fresh(&self, ctx: &Context<'_>, visitor: &Visitor) -> Result<HashedPassword, Refusal> {
        let account = &visitor.person.account;
        password_is_enough(account)?;
        self.count_try(ctx, &own_tries_key(&visitor.person), Some(account), &visitor.client)?;
        let hash = account.usable_password(&ctx.signers.links, ctx.now).cloned();
        Ok(hash.unwrap_or_else(|| HashedPassword::nobodys(ctx.settings.password_cost)))
    }
}

pub(super) fn finish_fresh(
    ctx: &Context<'_>,
    visitor: &mut Visitor,
    input: FinishFresh,
) -> Result<SessionView, Refusal> {
    let account = visitor.person.account.clone();
    password_is_enough(&account)?;
    let person = proven(ctx, account, input.verified, &visitor.client)?.ok_or(Refusal::WrongCredentials)?;
    login_tries::delete(ctx.sql, &own_tries_key(&person)).or_storage()?;
    let (hash, session) = session(visitor)?;
    session.authenticated_at = ctx.now;
    let object = format!("session/{}", session.id);
    sessions::save(ctx.sql, hash, session).or_storage()?;
    visitor.audit::<FinishFresh>(ctx, object, "done")?;
    show(visitor)
}

pub(super) fn set_password(
    ctx: &Context<'_>,
    visitor: &mut Visitor,
    input: SetPassword,
) -> Result<SessionView, Refusal> {
    let passkey_too = visitor.person.account.second_factor;
    let (hash, session) = session(visitor)?;
    session.become_whole();
    if !passkey_too {
        session.authenticated_at = ctx.now;
    }
    sessions::save(ctx.sql, hash, session).or_storage()?;
    let id = session.id.clone();
    let account = &mut visitor.person.account;
    account.password = Password::Own {
        hash: input.hash,
        since: ctx.now,
    };
    accounts::save(ctx.sql, account).or_storage()?;
    // Ends whatever someone who learnt the old password may have opened or created with it.
    sessions::delete_of_user(ctx.sql, &account.user, Some(&id)).or_storage()?;
    personal_tokens::delete_of_user(ctx.sql, &account.user).or_storage()?;
    calendar_feeds::delete_of_user(ctx.sql, &account.user).or_storage()?;
    tell_provider(ctx, &visitor.tenant)?;
    visitor.audit::<SetPassword>(ctx, login::object(&visitor.person.user.id), "done")?;
    show(visitor)
}

pub(super) fn sessions(ctx: &Context<'_>, visitor: &mut Visitor) -> Result<Page<SessionEntry>, Refusal> {
    let current = session(visitor)?.1.id.clone();
    let mut all = sessions::of_user(ctx.sql, &visitor.person.user.id).or_storage()?;
    all.retain(|session| session.is_alive(ctx.now));
    let entry = |session: ConsoleSession| SessionEntry {
        current: session.id == current,
        id: session.id,
        created_at: session.created_at,
        last_seen_at: session.last_seen_at,
        address: session.address,
        agent: session.agent,
    };
    Ok(Page {
        items: all.into_iter().rev().map(entry).collect(),
        cursor: None,
    })
}

pub(super) fn end_other(ctx: &Context<'_>, visitor: &Visitor, input: &EndSession) -> Result<(), Refusal> {
    if !sessions::delete(ctx.sql, &visitor.person.user.id, &input.id).or_storage()? {
        return Err(Refusal::NotFound);
    }
    visitor.audit::<EndSession>(ctx, format!("session/{}", input.id), "ended")
}

pub(super) fn change(ctx: &Context<'_>, visitor: &mut Visitor, input: Change) -> Result<SessionView, Refusal> {
    let account = &mut visitor.person.account;
    let was = account.clone();
    account.locale = input.locale.unwrap_or(account.locale);
    account.alerts = input.alerts.unwrap_or(account.alerts);
    if let Some(zone) = input.time_zone {
        account.time_zone = zone;
    }
    account.version = account.version.saturating_add(1);
    accounts::save(ctx.sql, account).or_storage()?;
    let told = was.changes(account);
    visitor.audit::<Change>(ctx, login::object(&visitor.person.user.id), &told)?;
    show(visitor)
}

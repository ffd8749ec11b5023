//! The visitor's own passkeys: the second step of a login, fresh authentication, and adding, renaming and removing them
//! (C2).

use tegata_domain::console_session::SessionState;
use tegata_domain::error::Refusal;
use tegata_domain::id::PasskeyId;
use tegata_domain::outbox::Message;
use tegata_domain::panel::me::SessionView;
use tegata_domain::panel::passkeys::{Add, Answer, Find, Remove, Rename, SetSecondFactor};
use tegata_domain::passkey::options::{PasskeyCreation, PasskeyRequest, PasskeyUser, RelyingParty};
use tegata_domain::passkey::{Attested, MOST, Passkey, PasskeyName, PasskeyView, Purpose, rp_id};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{accounts, login_tries, passkeys, sessions};

use super::me::{session, show};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::login::{self, own_tries_key};
use crate::tenant::object::Tenant;
use crate::tenant::outbox::enqueue;
use crate::tenant::passkeys::{answered, read, taken};

fn own(ctx: &Context<'_>, visitor: &Visitor) -> Result<Vec<Passkey>, Refusal> {
    passkeys::of_user(ctx.sql, &visitor.person.user.id).or_storage()
}

impl Tenant {
    pub(super) fn start_passkey_check(
        &self,
        ctx: &Context<'_>,
        visitor: &mut Visitor,
    ) -> Result<PasskeyRequest, Refusal> {
        let passkeys = own(ctx, visitor)?;
        if passkeys.is_empty() {
            return Err(Refusal::NoPasskey);
        }
        let session = session(visitor)?.1.id.clone();
        let challenge = self.challenge(ctx, (Purpose::Confirm, Some(&session)), &visitor.client)?;
        Ok(PasskeyRequest::new(challenge, rp_id(&ctx.settings.edge_url), &passkeys))
    }

    pub(super) fn find_own_passkey(
        &self,
        ctx: &Context<'_>,
        visitor: &Visitor,
        input: &Find,
    ) -> Result<Option<String>, Refusal> {
        let account = &visitor.person.account;
        self.count_try(ctx, &own_tries_key(&visitor.person), Some(account), &visitor.client)?;
        let found = passkeys::load_by_credential(ctx.sql, &input.credential).or_storage()?;
        let found = found.filter(|passkey| passkey.user == account.user);
        Ok(found.map(|passkey| passkey.public_key))
    }

    pub(super) fn start_passkey(&self, ctx: &Context<'_>, visitor: &mut Visitor) -> Result<PasskeyCreation, Refusal> {
        let others = own(ctx, visitor)?;
        if others.len() >= MOST {
            return Err(Refusal::Conflict);
        }
        let session = session(visitor)?.1.id.clone();
        let challenge = self.challenge(ctx, (Purpose::Add, Some(&session)), &visitor.client)?;
        let rp = RelyingParty {
            id: rp_id(&ctx.settings.edge_url).to_owned(),
            name: ctx.settings.product.clone(),
        };
        let person = &visitor.person;
        let user = PasskeyUser {
            id: person.user.id.clone(),
            // All tenants share one host, so the browser's list of passkeys must tell them apart.
            name: format!("{}@{}", person.account.name.as_str(), visitor.tenant.slug),
            display_name: person.user.display_name.to_string(),
        };
        Ok(PasskeyCreation::new(challenge, rp, user, &others))
    }
}

pub(super) fn finish_check(ctx: &Context<'_>, visitor: &mut Visitor, input: &Answer) -> Result<SessionView, Refusal> {
    let id = session(visitor)?.1.id.clone();
    let asked = (Purpose::Confirm, Some(&id));
    let user = &visitor.person.user.id;
    if answered(ctx, asked, input, Some(user), &visitor.client)?.is_none() {
        return Err(Refusal::WrongCredentials);
    }
    login_tries::delete(ctx.sql, &own_tries_key(&visitor.person)).or_storage()?;
    let (hash, session) = session(visitor)?;
    let logs_in = session.state == SessionState::Passkey;
    session.become_whole();
    session.authenticated_at = ctx.now;
    session.with_passkey = true;
    let object = format!("session/{}", session.id);
    sessions::save(ctx.sql, hash, session).or_storage()?;
    if logs_in {
        visitor.person.account.last_login_at = Some(ctx.now);
        accounts::save(ctx.sql, &visitor.person.account).or_storage()?;
        visitor.note(ctx, "session.create", object, "password_and_passkey")?;
    } else {
        visitor.audit::<Answer>(ctx, object, "passkey")?;
    }
    show(visitor)
}

pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor) -> Result<Page<PasskeyView>, Refusal> {
    Ok(Page {
        items: own(ctx, visitor)?.iter().map(Passkey::view).collect(),
        cursor: None,
    })
}

/// Mails the owner at their main address.
fn tell_owner(ctx: &Context<'_>, visitor: &Visitor, name: PasskeyName, added: bool) -> Result<(), Refusal> {
    let (user, at) = (visitor.person.user.id.clone(), ctx.now);
    enqueue(ctx, Message::PasskeyChanged { user, name, added, at })
}

pub(super) fn add(ctx: &Context<'_>, visitor: &mut Visitor, input: Add) -> Result<PasskeyView, Refusal> {
    let id = session(visitor)?.1.id.clone();
    let was_asked = taken(ctx, &input.challenge, (Purpose::Add, Some(&id)))?;
    let attested = input.attested.filter(|_| was_asked);
    let Some(attested) = attested.and_then(|text| read::<Attested>(&text)) else {
        return Err(Refusal::WrongCredentials);
    };
    let (id, user) = (PasskeyId::generate(ctx.random), visitor.person.user.id.clone());
    let passkey = Passkey::made(id, user, input.name, attested, ctx.now);
    if own(ctx, visitor)?.len() >= MOST || !passkeys::insert(ctx.sql, &passkey).or_storage()? {
        return Err(Refusal::Conflict);
    }
    visitor.audit::<Add>(ctx, format!("passkey/{}", passkey.id), "done")?;
    tell_owner(ctx, visitor, passkey.name.clone(), true)?;
    Ok(passkey.view())
}

pub(super) fn rename(ctx: &Context<'_>, visitor: &Visitor, input: Rename) -> Result<PasskeyView, Refusal> {
    let found = own(ctx, visitor)?.into_iter().find(|passkey| passkey.id == input.id);
    let mut passkey = found.ok_or(Refusal::NotFound)?;
    passkey.name = input.name;
    passkeys::update(ctx.sql, &passkey).or_storage()?;
    visitor.audit::<Rename>(ctx, format!("passkey/{}", passkey.id), "done")?;
    Ok(passkey.view())
}

pub(super) fn remove(ctx: &Context<'_>, visitor: &Visitor, input: &Remove) -> Result<(), Refusal> {
    let passkeys = own(ctx, visitor)?;
    let is_last = passkeys.len() == 1;
    let found = passkeys.into_iter().find(|passkey| passkey.id == input.id);
    let passkey = found.ok_or(Refusal::NotFound)?;
    if is_last && visitor.person.account.second_factor {
        return Err(Refusal::LastPasskey);
    }
    passkeys::delete(ctx.sql, &passkey.id).or_storage()?;
    visitor.audit::<Remove>(ctx, format!("passkey/{}", passkey.id), "done")?;
    tell_owner(ctx, visitor, passkey.name, false)
}

pub(super) fn set_second_factor(
    ctx: &Context<'_>,
    visitor: &mut Visitor,
    input: &SetSecondFactor,
) -> Result<SessionView, Refusal> {
    if input.required && own(ctx, visitor)?.is_empty() {
        return Err(Refusal::NoPasskey);
    }
    if visitor.person.account.second_factor != input.required {
        let id = session(visitor)?.1.id.clone();
        let account = &mut visitor.person.account;
        account.second_factor = input.required;
        accounts::save(ctx.sql, account).or_storage()?;
        if input.required {
            // They may have been opened with the password alone.
            sessions::delete_of_user(ctx.sql, &account.user, Some(&id)).or_storage()?;
        }
        let object = login::object(&account.user);
        let outcome = if input.required { "on" } else { "off" };
        visitor.audit::<SetSecondFactor>(ctx, object, outcome)?;
    }
    show(visitor)
}

//! Logging in (C1, C2): attempts are counted before the password is compared, sessions start afterwards, and forgotten
//! passwords are reset by mail.

use tegata_domain::account::{Account, AccountName, Password, new_issue};
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{CompleteReset, FinishLogin, OpenReset, RequestReset, ResetOpened, SignedIn, StartLogin};
use tegata_domain::console_session::{self, ConsoleSession, SessionState};
use tegata_domain::error::Refusal;
use tegata_domain::gathered::{Failures, Gathered};
use tegata_domain::id::{SessionId, UserId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::limit::{LOGINS, PER_ADDRESS, PER_TENANT};
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::outbox::Message;
use tegata_domain::password::HashedPassword;
use tegata_domain::password::Verified;
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{accounts, gathered, login_tries, sessions};

use super::alerts::alert;
use super::object::Tenant;
use super::outbox::enqueue;
use super::people::{Person, end_everything, person, session_view};
use crate::context::{Context, OrStorage as _};

/// How long a password reset link is valid, in seconds.
pub(super) const RESET_LIFE: i64 = 3600;

/// Loads the account for a login name as typed, in any case and width.
fn named(ctx: &Context<'_>, typed: &str) -> Result<Option<Account>, Refusal> {
    match AccountName::parse(&folded_name(typed)) {
        Ok(name) => accounts::load_by_name(ctx.sql, &name).or_storage(),
        Err(_) => Ok(None),
    }
}

fn folded_name(typed: &str) -> String {
    tegata_domain::phonetic::folded(&typed.chars().take(256).collect::<String>())
}

pub(super) fn tries_key(typed: &str) -> String {
    sha256_b64(folded_name(typed))
}

pub(super) fn actor(id: &UserId, client: &str) -> Actor {
    Actor::new("account", Some(id.as_str()), Some(client))
}

pub(super) fn object(id: &UserId) -> String {
    format!("account/{id}")
}

impl Tenant {
    pub(super) fn start_login(&self, ctx: &Context<'_>, command: &StartLogin) -> Result<HashedPassword, Refusal> {
        self.limited_client(ctx, "login", &command.client, LOGINS)?;
        let account = named(ctx, &command.account)?;
        self.count_try(ctx, &tries_key(&command.account), account.as_ref(), &command.client)?;
        let hash = account
            .as_ref()
            .and_then(|account| account.usable_password(&ctx.signers.links, ctx.now));
        Ok(hash
            .cloned()
            .unwrap_or_else(|| HashedPassword::nobodys(ctx.settings.password_cost)))
    }

    /// Counts an attempt to log in. Names that do not exist are counted the same way.
    pub(super) fn count_try(
        &self,
        ctx: &Context<'_>,
        key: &str,
        account: Option<&Account>,
        client: &str,
    ) -> Result<(), Refusal> {
        let tries = login_tries::load(ctx.sql, key).or_storage()?.unwrap_or_default();
        let (tries, closed) = tries
            .count(ctx.now)
            .map_err(|retry_after| Refusal::TooMany { retry_after })?;
        login_tries::save(ctx.sql, key, &tries).or_storage()?;
        if let Some(account) = account.filter(|_| closed) {
            let actor = Actor::new("visitor", None, Some(client));
            ctx.audit(Act::new(actor, "account.lock", object(&account.user), "wrong_password"))?;
            alert(ctx, AlertKind::Lockout, format!("{} ({client})", account.name.as_str()))?;
        }
        Ok(())
    }

    pub(super) fn finish_login(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: FinishLogin,
    ) -> Result<SignedIn, Refusal> {
        let Some(account) = named(ctx, &command.account)? else {
            // Logged like a wrong password: it takes as long, and shows who is guessing names.
            failed_nobodys(ctx, "wrong_password", &command.client)?;
            return Err(Refusal::WrongCredentials);
        };
        let Some(person) = proven(ctx, account, command.verified, &command.client)? else {
            return Err(Refusal::WrongCredentials);
        };
        check_working(ctx, tenant, &person, &command.client)?;
        let state = match person.account.password {
            // It stays valid: who is interrupted before choosing an own password can come back with the same mail.
            Password::First { .. } => SessionState::NewPassword,
            Password::Own { .. } if person.account.second_factor => SessionState::Passkey,
            Password::Own { .. } | Password::Spent { .. } => SessionState::SignedIn,
        };
        let outcome = match state {
            SessionState::Passkey => "passkey_awaited",
            SessionState::SignedIn | SessionState::NewPassword => "done",
        };
        logged_in(
            ctx,
            tenant,
            person,
            Authenticated {
                state,
                with_passkey: false,
                outcome,
            },
            (&command.client, &command.agent),
        )
    }

    pub(super) fn request_reset(&self, ctx: &Context<'_>, command: &RequestReset) -> Result<(), Refusal> {
        self.limited_client(ctx, "login", &command.client, LOGINS)?;
        let Some(account) = named(ctx, &command.account)? else {
            return Ok(());
        };
        if account.password.was_handed_over(ctx.now) {
            // Its holder has it from an administrator in person. A stranger who knows the name must not end it.
            return Ok(());
        }
        for (key, limit) in [
            (format!("reset/{}", tries_key(&command.account)), PER_ADDRESS),
            ("reset".to_owned(), PER_TENANT),
        ] {
            match self.limited(ctx, &key, limit) {
                Ok(()) => {}
                // Fails silently, because an error would reveal that the account exists.
                Err(Refusal::TooMany { .. }) => return Ok(()),
                Err(refusal) => return Err(refusal),
            }
        }
        let client = Actor::new("visitor", None, Some(&command.client));
        ctx.audit(Act::new(
            client,
            "password.request_reset",
            object(&account.user),
            "mailed",
        ))?;
        let (user, requested_at) = (account.user, ctx.now);
        let message = match account.password {
            Password::Own { .. } => Message::PasswordReset { user, requested_at },
            Password::First { .. } | Password::Spent { .. } => Message::Invitation {
                user,
                issue: new_issue(ctx.random),
                requested_at,
            },
        };
        enqueue(ctx, message)
    }
}

/// Fails unless the tenant is active, and logs the attempt when it is suspended.
pub(super) fn check_working(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    person: &Person,
    client: &str,
) -> Result<(), Refusal> {
    if tenant.clone().working().is_ok() {
        return Ok(());
    }
    failed(ctx, object(&person.user.id), "suspended", client)?;
    Err(Refusal::Suspended)
}

/// How somebody has authenticated.
#[derive(Clone, Copy)]
pub(super) struct Authenticated {
    /// What is still to do before the session is good for anything.
    pub(super) state: SessionState,
    /// Whether a passkey was used.
    pub(super) with_passkey: bool,
    /// The outcome in the audit log.
    pub(super) outcome: &'static str,
}

/// Starts the session of an authenticated person on a client and its browser.
pub(super) fn logged_in(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    mut person: Person,
    how: Authenticated,
    (client, agent): (&str, &str),
) -> Result<SignedIn, Refusal> {
    // After the first of two factors, the attempts still count until the second one succeeds.
    if how.state != SessionState::Passkey {
        login_tries::delete(ctx.sql, &own_tries_key(&person)).or_storage()?;
        person.account.last_login_at = Some(ctx.now);
    }
    accounts::save(ctx.sql, &person.account).or_storage()?;
    let (token, session) = begin(ctx, &person, how, (client, agent))?;
    let name = format!("session/{}", session.id);
    ctx.audit(Act::new(
        actor(&person.user.id, client),
        "session.create",
        name,
        how.outcome,
    ))?;
    let session = session_view(tenant, &person, &session);
    Ok(SignedIn { token, session })
}

/// Logs a failed login.
pub(super) fn failed(ctx: &Context<'_>, object: String, outcome: &str, client: &str) -> Result<(), Refusal> {
    let visitor = Actor::new("visitor", None, Some(client));
    ctx.audit(Act::new(visitor, "session.create", object, outcome))
}

/// Logs a failed login that belongs to no account. Such failures are combined into few entries, because there is no
/// account whose lockout would limit them (`domain::gathered`).
pub(super) fn failed_nobodys(ctx: &Context<'_>, outcome: &str, client: &str) -> Result<(), Refusal> {
    let before = gathered::load(ctx.sql, outcome).or_storage()?.unwrap_or_default();
    written(ctx, outcome, before.count(client, ctx.now))
}

/// Stores `gathered` and writes the audit entry that is due, if any.
fn written(
    ctx: &Context<'_>,
    outcome: &str,
    (gathered, failures): (Gathered, Option<Failures>),
) -> Result<(), Refusal> {
    gathered::save(ctx.sql, outcome, &gathered).or_storage()?;
    let Some(failures) = failures else {
        return Ok(());
    };
    let visitor = Actor::new("visitor", None, failures.client.as_deref());
    let told = failures.outcome(outcome);
    ctx.audit(Act::new(visitor, "session.create", "account/unknown".to_owned(), &told))
}

/// Writes the audit entries for gathered failures that are due.
pub(super) fn write_gathered(ctx: &Context<'_>) -> Result<(), Refusal> {
    while let Some((due, outcome)) = gathered::next_due(ctx.sql).or_storage()?
        && due <= ctx.now
    {
        let before = gathered::load(ctx.sql, &outcome).or_storage()?.unwrap_or_default();
        written(ctx, &outcome, before.write(ctx.now))?;
    }
    Ok(())
}

/// Returns the account's holder if the password was right and is still the one it was compared with. Otherwise logs the
/// failure.
pub(super) fn proven(
    ctx: &Context<'_>,
    mut account: Account,
    verified: Option<Verified>,
    client: &str,
) -> Result<Option<Person>, Refusal> {
    let right =
        verified.filter(|verified| account.usable_password(&ctx.signers.links, ctx.now) == Some(&verified.against));
    let Some(verified) = right else {
        failed(ctx, object(&account.user), "wrong_password", client)?;
        return Ok(None);
    };
    if let (Password::Own { hash, .. }, Some(renewed)) = (&mut account.password, verified.renewed) {
        *hash = renewed;
        accounts::save(ctx.sql, &account).or_storage()?;
    }
    Ok(person(ctx, &account.user)?.map(|person| Person { account, ..person }))
}

/// Starts a session. At the limit on sessions, the oldest one ends.
fn begin(
    ctx: &Context<'_>,
    person: &Person,
    how: Authenticated,
    (client, agent): (&str, &str),
) -> Result<(PlainSessionToken, ConsoleSession), Refusal> {
    sessions::sweep(ctx.sql, ctx.now).or_storage()?;
    let others = sessions::of_user(ctx.sql, &person.user.id).or_storage()?;
    let surplus = others.len().saturating_add(1).saturating_sub(console_session::MOST);
    for old in others.iter().take(surplus) {
        sessions::delete(ctx.sql, &person.user.id, &old.id).or_storage()?;
        let by = actor(&person.user.id, client);
        ctx.audit(Act::new(by, "session.end", format!("session/{}", old.id), "too_many"))?;
    }
    let token = PlainSessionToken::generate(ctx.random);
    let session = ConsoleSession {
        id: SessionId::generate(ctx.random),
        user: person.user.id.clone(),
        state: how.state,
        created_at: ctx.now,
        last_seen_at: ctx.now,
        authenticated_at: ctx.now,
        with_passkey: how.with_passkey,
        expires_at: ctx.now.plus(how.state.life()),
        address: client.to_owned(),
        agent: agent.chars().filter(|c| !c.is_control()).take(200).collect(),
    };
    sessions::save(ctx.sql, &token.hashed(), &session).or_storage()?;
    Ok((token, session))
}

/// Fingerprint of the current password and mail address. A reset link holds it, so changing either invalidates the
/// link.
pub(super) fn fingerprint(person: &Person) -> String {
    let password = serde_json::to_string(&person.account.password).unwrap_or_default();
    let address = person.user.emails.primary().map(ToString::to_string);
    sha256_b64(format!("{password}\n{}", address.unwrap_or_default()))
}

fn opened(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<Person, Refusal> {
    let link = Link::open(token, LinkPurpose::PasswordReset, &ctx.signers.links, ctx.now)
        .filter(|link| link.tenant == tenant.slug && ctx.now < link.expires_at)
        .ok_or(Refusal::BadLink)?;
    let id = UserId::parse(&link.subject).ok_or(Refusal::BadLink)?;
    person(ctx, &id)?
        .filter(|person| fingerprint(person) == link.holder)
        .ok_or(Refusal::BadLink)
}

pub(super) fn open_reset(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: &OpenReset,
) -> Result<ResetOpened, Refusal> {
    let person = opened(ctx, tenant, &command.token)?;
    Ok(ResetOpened {
        context: vec![
            person.account.name.as_str().to_owned(),
            person.user.display_name.to_string(),
            tenant.slug.to_string(),
            tenant.name.to_string(),
        ],
        locale: person.account.locale,
    })
}

pub(super) fn complete_reset(ctx: &Context<'_>, tenant: &TenantRecord, command: CompleteReset) -> Result<(), Refusal> {
    let mut person = opened(ctx, tenant, &command.token)?;
    person.account.password = Password::Own {
        hash: command.password,
        since: ctx.now,
    };
    accounts::save(ctx.sql, &person.account).or_storage()?;
    end_everything(ctx, &person.user.id)?;
    login_tries::delete(ctx.sql, &tries_key(person.account.name.as_str())).or_storage()?;
    let actor = actor(&person.user.id, &command.client);
    ctx.audit(Act::new(actor, "password.reset", object(&person.user.id), "done"))
}

/// The key that counts attempts at the account of `person`, derived from their login name.
pub(super) fn own_tries_key(person: &Person) -> String {
    tries_key(person.account.name.as_str())
}

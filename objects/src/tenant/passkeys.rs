//! Passkeys (C2): issuing challenges, checking answers, and logging in with a passkey alone. `panel/passkeys.rs` has
//! what owners do with them in the panel.

use serde::de::DeserializeOwned;
use tegata_domain::account::{Account, Password};
use tegata_domain::alert::AlertKind;
use tegata_domain::command::{FindPasskey, FinishPasskeyLogin, SignedIn, StartPasskeyLogin};
use tegata_domain::console_session::SessionState;
use tegata_domain::error::Refusal;
use tegata_domain::id::{SessionId, UserId};
use tegata_domain::limit::LOGINS;
use tegata_domain::panel::passkeys::Answer;
use tegata_domain::passkey::options::PasskeyRequest;
use tegata_domain::passkey::{Asserted, CHALLENGE_LIFE, Challenge, IssuedChallenge, Mismatch, Purpose, rp_id};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::wire::json;
use tegata_kv_schema::{accounts, passkey_challenges, passkeys};

use super::alerts::alert;
use super::login::{Authenticated, check_working, failed, failed_nobodys, logged_in, object, tries_key};
use super::object::Tenant;
use super::people::person;
use crate::context::{Context, OrStorage as _};

/// The purpose of a challenge, and the session it is bound to.
type Asked<'a> = (Purpose, Option<&'a SessionId>);

impl Tenant {
    /// Issues a challenge.
    pub(super) fn challenge(&self, ctx: &Context<'_>, asked: Asked<'_>, client: &str) -> Result<Challenge, Refusal> {
        self.limited_client(ctx, "passkey", client, LOGINS)?;
        let challenge = Challenge::generate(ctx.random);
        let issued = IssuedChallenge {
            purpose: asked.0,
            session: asked.1.cloned(),
            expires_at: ctx.now.plus(CHALLENGE_LIFE),
        };
        passkey_challenges::save(ctx.sql, &challenge.hashed(), &issued).or_storage()?;
        Ok(challenge)
    }

    pub(super) fn start_passkey_login(
        &self,
        ctx: &Context<'_>,
        command: &StartPasskeyLogin,
    ) -> Result<PasskeyRequest, Refusal> {
        let challenge = self.challenge(ctx, (Purpose::LogIn, None), &command.client)?;
        // Listing credentials would reveal who has an account, so the authenticator offers its own.
        Ok(PasskeyRequest::new(challenge, rp_id(&ctx.settings.edge_url), &[]))
    }

    /// Counts the attempt like a password attempt, before the signature is checked.
    pub(super) fn find_passkey(&self, ctx: &Context<'_>, command: &FindPasskey) -> Result<Option<String>, Refusal> {
        self.limited_client(ctx, "login", &command.client, LOGINS)?;
        let Some(passkey) = passkeys::load_by_credential(ctx.sql, &command.credential).or_storage()? else {
            return Ok(None);
        };
        let Some(account) = accounts::load(ctx.sql, &passkey.user).or_storage()? else {
            return Ok(None);
        };
        let key = tries_key(account.name.as_str());
        self.count_try(ctx, &key, Some(&account), &command.client)?;
        Ok(Some(passkey.public_key))
    }
}

pub(super) fn finish_login(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: FinishPasskeyLogin,
) -> Result<SignedIn, Refusal> {
    let user = answered(ctx, (Purpose::LogIn, None), &command.answer, None, &command.client)?;
    let person = user.map(|user| person(ctx, &user)).transpose()?.flatten();
    // Reissuing a password removes the passkeys, so none is accepted while a first password is pending.
    let own = |account: &Account| matches!(account.password, Password::Own { .. });
    let person = person
        .filter(|person| own(&person.account))
        .ok_or(Refusal::WrongCredentials)?;
    check_working(ctx, tenant, &person, &command.client)?;
    if person.account.second_factor {
        failed(ctx, object(&person.user.id), "password_missing", &command.client)?;
        return Err(Refusal::PasswordRequired);
    }
    let how = Authenticated {
        state: SessionState::SignedIn,
        with_passkey: true,
        outcome: "passkey",
    };
    logged_in(ctx, tenant, person, how, (&command.client, &command.agent))
}

/// Parses the library's result from its JSON.
pub(super) fn read<T: DeserializeOwned>(found: &str) -> Option<T> {
    json::read(found).ok()
}

/// Spends a challenge. Returns whether it was issued for `asked` and has not expired.
pub(super) fn taken(ctx: &Context<'_>, challenge: &Challenge, asked: Asked<'_>) -> Result<bool, Refusal> {
    let issued = passkey_challenges::take(ctx.sql, &challenge.hashed()).or_storage()?;
    Ok(issued.is_some_and(|issued| (issued.purpose, issued.session.as_ref()) == asked && ctx.now < issued.expires_at))
}

/// Returns the user whose passkey answered the challenge, which must be `expected` if given. Logs an invalid answer and
/// returns `None`. The challenge is spent in either case.
pub(super) fn answered(
    ctx: &Context<'_>,
    asked: Asked<'_>,
    answer: &Answer,
    expected: Option<&UserId>,
    client: &str,
) -> Result<Option<UserId>, Refusal> {
    let was_asked = taken(ctx, &answer.challenge, asked)?;
    let passkey = passkeys::load_by_credential(ctx.sql, &answer.credential).or_storage()?;
    let passkey = passkey.filter(|passkey| expected.is_none_or(|user| passkey.user == *user));
    let Some(mut passkey) = passkey else {
        // An answer to a challenge that was not issued is no attempt, and is not logged.
        if was_asked {
            match expected {
                Some(user) => failed(ctx, object(user), "wrong_passkey", client)?,
                None => failed_nobodys(ctx, "wrong_passkey", client)?,
            }
        }
        return Ok(None);
    };
    let asserted = answer.asserted.as_ref().and_then(|text| read::<Asserted>(text));
    let outcome = match &asserted {
        Some(asserted) if was_asked => passkey.take(asserted, expected.is_none(), ctx.now),
        _ => Err(Mismatch::Other),
    };
    if let Err(mismatch) = outcome {
        refused(ctx, &passkey.user, client, mismatch)?;
        return Ok(None);
    }
    passkeys::update(ctx.sql, &passkey).or_storage()?;
    Ok(Some(passkey.user))
}

/// Logs a rejected passkey of `user`, and raises an alert if it may have been copied.
fn refused(ctx: &Context<'_>, user: &UserId, client: &str, mismatch: Mismatch) -> Result<(), Refusal> {
    if mismatch == Mismatch::Other {
        return failed(ctx, object(user), "wrong_passkey", client);
    }
    failed(ctx, object(user), "passkey_went_back", client)?;
    match accounts::load(ctx.sql, user).or_storage()? {
        Some(account) => {
            let what = format!("{} ({client})", account.name.as_str());
            alert(ctx, AlertKind::PasskeyCopied, what)
        }
        None => Ok(()),
    }
}

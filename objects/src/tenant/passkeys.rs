//! Passkeys (C2): challenges, answers to them, and logging in with a passkey alone. What their owners do with them in the
//! panel stands in `panel/passkeys.rs`.

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
use super::login::{check_working, failed, failed_nobodys, logged_in, object, tries_key};
use super::object::Tenant;
use super::people::person;
use crate::context::{Context, OrStorage as _};

/// What a challenge is for, and the session that it is for.
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
        // Naming credentials would tell who has an account: the authenticator offers those that it keeps.
        Ok(PasskeyRequest::new(challenge, rp_id(&ctx.settings.edge_url), &[]))
    }

    /// Counts the try as a wrong password would be, before the signature is looked at.
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
    // Passkeys go with a re-issued password; where one is under way none would do.
    let own = |account: &Account| matches!(account.password, Password::Own { .. });
    let person = person
        .filter(|person| own(&person.account))
        .ok_or(Refusal::WrongCredentials)?;
    check_working(ctx, tenant, &person, &command.client)?;
    if person.account.second_factor {
        failed(ctx, object(&person.user.id), "password_missing", &command.client)?;
        return Err(Refusal::PasswordRequired);
    }
    let whole = (SessionState::SignedIn, "passkey");
    logged_in(ctx, tenant, person, whole, (&command.client, &command.agent))
}

/// What the library has found, as it wrote it.
pub(super) fn read<T: DeserializeOwned>(found: &str) -> Option<T> {
    json::read(found).ok()
}

/// Takes a challenge; whether it was issued for what is `asked` and can still be answered. From here on it is spent.
pub(super) fn taken(ctx: &Context<'_>, challenge: &Challenge, asked: Asked<'_>) -> Result<bool, Refusal> {
    let issued = passkey_challenges::take(ctx.sql, &challenge.hashed()).or_storage()?;
    Ok(issued.is_some_and(|issued| (issued.purpose, issued.session.as_ref()) == asked && ctx.now < issued.expires_at))
}

/// Whose passkey has answered, which must be `expected` where somebody is; `None` where the answer does not count, which is
/// written down. The challenge is spent in any case.
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
        // What answers nothing that was asked is no try, and leaves nothing.
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

/// Writes down that a passkey of `user` did not let in, and tells where there may be a copy of it.
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

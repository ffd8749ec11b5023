//! Tokens after the first grant: refresh with rotation, revocation, introspection.

use tegata_domain::access_token::{AccessClaims, Confirmation, LIFE, Scope, TYP};
use tegata_domain::agent::Agent;
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::Actor;
use tegata_domain::command::{
    CheckedProof, Granted, Introspect, Introspected, RefreshTokens, RevokeToken, RevokedToken,
};
use tegata_domain::device::Device;
use tegata_domain::dpop::TOKEN_WINDOW;
use tegata_domain::error::Refusal;
use tegata_domain::random;
use tegata_domain::refresh::{Presented, RETRY_WINDOW, RefreshFamily};
use tegata_domain::secret::{HashedSecret, PlainRefreshToken};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::wire::b64;
use tegata_kv_schema::{agents, devices, proofs, spent_refresh};

use super::alerts::alert;
use super::object::Tenant;
use super::operator::take_away;
use crate::context::{Context, OrStorage as _};

/// Records a proof, or fails if it was used before.
pub(super) fn first_use(ctx: &Context<'_>, proof: Option<&CheckedProof>) -> Result<(), Refusal> {
    let Some(proof) = proof else { return Ok(()) };
    // Kept until no clock within the window would accept it any more.
    let forget_at = proof.issued_at.plus(TOKEN_WINDOW.saturating_add(1)).max(ctx.now);
    if proofs::first_use(ctx.sql, &proof.jti_hash, forget_at).or_storage()? {
        Ok(())
    } else {
        Err(Refusal::ReplayedProof)
    }
}

/// The reply with a device's tokens.
pub(super) fn granted(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    device: &Device,
    refresh_token: PlainRefreshToken,
) -> Granted {
    let issuer = ctx.issuer(&tenant.slug);
    let end = ctx.now.plus(LIFE);
    let claims = AccessClaims {
        sub: device.id.to_string(),
        aud: Scope::View.audience(&issuer),
        iss: issuer,
        client_id: device.client_id.clone(),
        scope: device.scope.clone(),
        iat: ctx.now,
        exp: device.expires_at.map_or(end, |last| last.min(end)),
        jti: b64::encode(random::bytes::<12>(ctx.random)),
        cnf: device.applicant.jkt.clone().map(|jkt| Confirmation { jkt }),
        name: device.applicant.name.to_string(),
        email: device.applicant.email.to_string(),
    };
    let signer = &ctx.signers.token;
    Granted {
        access_token: signer.sign(TYP, &claims),
        token_type: if claims.cnf.is_some() { "DPoP" } else { "Bearer" }.to_owned(),
        expires_in: claims.exp.since(ctx.now),
        refresh_token,
        scope: claims.scope,
    }
}

/// The device that a refresh token names, and the token's hash. The token itself is not checked here.
fn owner(ctx: &Context<'_>, token: &PlainRefreshToken) -> Result<Option<(Device, HashedSecret)>, Refusal> {
    let Some(id) = token.device() else { return Ok(None) };
    let Some(device) = devices::load(ctx.sql, &id).or_storage()? else {
        return Ok(None);
    };
    Ok(Some((device, token.hashed())))
}

/// What became of a presented refresh token.
pub(super) enum Turned {
    /// The family has a new one; the caller saves it with its holder.
    Rotated,
    /// It was spent before: two parties hold the family.
    Reused,
    /// It was never one of the family, or so long ago that nobody remembers.
    Unknown,
}

/// Presents `token` to the family of the device or agent with the id `holder`, for the previous token within `window` (see
/// [`RefreshFamily::present`]), and remembers the token that is spent by it. `next` becomes the current one.
pub(super) fn turn(
    ctx: &Context<'_>,
    holder: &str,
    family: &mut RefreshFamily,
    window: Option<i64>,
    token: &HashedSecret,
    next: &PlainRefreshToken,
) -> Result<Turned, Refusal> {
    match family.present(window, token, next.hashed(), ctx.now) {
        Presented::Rotated(spent) => {
            if let Some(spent) = spent {
                spent_refresh::add(ctx.sql, holder, family.generation, &spent).or_storage()?;
            }
            Ok(Turned::Rotated)
        }
        Presented::Unknown
            if family.is_previous(token) || spent_refresh::contains(ctx.sql, holder, token).or_storage()? =>
        {
            Ok(Turned::Reused)
        }
        Presented::Unknown => Ok(Turned::Unknown),
    }
}

impl Tenant {
    pub(super) fn refresh(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: &RefreshTokens,
    ) -> Result<Granted, Refusal> {
        let Some((mut device, token)) = owner(ctx, &command.refresh_token)? else {
            return self.refresh_agent(ctx, tenant, command);
        };
        if device.client_id != command.client_id || !device.is_usable(ctx.now) {
            return Err(Refusal::InvalidGrant);
        }
        proven(&device, command.proof.as_ref())?;
        self.once(ctx, command.proof.as_ref())?;
        let next = PlainRefreshToken::generate(ctx.random, &device.id);
        let (holder, window) = (device.id.to_string(), Some(RETRY_WINDOW));
        match turn(ctx, &holder, &mut device.refresh, window, &token, &next)? {
            Turned::Rotated => {
                devices::save(ctx.sql, &device).or_storage()?;
                Ok(granted(ctx, tenant, &device, next))
            }
            Turned::Reused => {
                let actor = Actor::new("device", Some(device.id.as_str()), None);
                let what = device.applicant.device_name.to_string();
                take_away(ctx, device, actor, "refresh_token_reused")?;
                alert(ctx, AlertKind::TokenReuse, what)?;
                Err(Refusal::InvalidGrant)
            }
            Turned::Unknown => Err(Refusal::InvalidGrant),
        }
    }

    /// Revokes the device of a token that its client returns. A key-bound token needs a proof of its key, so that a
    /// copied token alone cannot revoke the device.
    pub(super) fn revoke(&self, ctx: &Context<'_>, command: &RevokeToken) -> Result<(), Refusal> {
        let device = match &command.token {
            RevokedToken::Access(id) => devices::load(ctx.sql, id).or_storage()?,
            RevokedToken::Refresh(token) => match owner(ctx, token)? {
                Some((device, hash)) if is_own(ctx, &device, &hash)? => Some(device),
                _ => None,
            },
        };
        if device.is_none()
            && let Some(agent) = agent_of(ctx, &command.token)?
        {
            return self.give_back(ctx, agent, &command.client_id, command.proof.as_ref());
        }
        // RFC 7009 section 2.2: an unknown token is answered like a revoked one.
        let live = |device: &Device| device.client_id == command.client_id && device.revoked_at.is_none();
        let Some(device) = device.filter(live) else {
            return Ok(());
        };
        proven(&device, command.proof.as_ref())?;
        self.once(ctx, command.proof.as_ref())?;
        let actor = Actor::new("device", Some(device.id.as_str()), None);
        take_away(ctx, device, actor, "given_back")
    }
}

/// The agent whose token this is.
fn agent_of(ctx: &Context<'_>, token: &RevokedToken) -> Result<Option<Agent>, Refusal> {
    match token {
        RevokedToken::Access(_) => Ok(None),
        RevokedToken::Refresh(token) => {
            let agent = token.agent().map_or(Ok(None), |id| agents::load(ctx.sql, &id));
            let own = |agent: &Agent| {
                let hash = token.hashed();
                agent.refresh.current.matches(&hash) || agent.refresh.is_previous(&hash)
            };
            Ok(agent.or_storage()?.filter(own))
        }
    }
}

/// Fails unless the caller proves possession of the device's key, if it has one.
fn proven(device: &Device, proof: Option<&CheckedProof>) -> Result<(), Refusal> {
    match (&device.applicant.jkt, proof) {
        (Some(jkt), Some(proof)) if *jkt == proof.jkt => Ok(()),
        (Some(_), _) => Err(Refusal::WrongKey),
        (None, _) => Ok(()),
    }
}

fn is_own(ctx: &Context<'_>, device: &Device, token: &HashedSecret) -> Result<bool, Refusal> {
    Ok(device.refresh.current.matches(token)
        || device.refresh.is_previous(token)
        // A spent token may be all that a client without a key has; with a key, it is an old copy.
        || (device.applicant.jkt.is_none() && spent_refresh::contains(ctx.sql, device.id.as_str(), token).or_storage()?))
}

pub(super) fn introspect(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: &Introspect,
) -> Result<Introspected, Refusal> {
    let known = tenant
        .introspection
        .as_ref()
        .is_some_and(|hash| hash.matches(&command.secret.hashed()));
    if !known {
        return Err(Refusal::UnknownClient);
    }
    let device = match &command.token {
        None => None,
        Some(RevokedToken::Access(id)) => devices::load(ctx.sql, id).or_storage()?,
        Some(RevokedToken::Refresh(token)) => owner(ctx, token)?
            .filter(|(device, hash)| device.refresh.current.matches(hash))
            .map(|(device, _)| device),
    };
    let suspended = tenant.clone().working().is_err();
    let device = device.filter(|device| device.is_usable(ctx.now) && !suspended);
    Ok(Introspected {
        active: device.is_some(),
        expires_at: device.as_ref().and_then(|device| device.expires_at),
        jkt: device.as_ref().and_then(|device| device.applicant.jkt.clone()),
        device: device.map(|device| device.id),
    })
}

//! Redeeming an approved registration: a Viewer collects its tokens, with the mailed code if the policy requires one
//! (K4, RFC 8628).

use tegata_domain::activation::is_right;
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::code::{activation_code, user_code};
use tegata_domain::command::{CheckedProof, CodesEntered, EnterCodes, Granted, RedeemDeviceCode};
use tegata_domain::device::Device;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::DeviceId;
use tegata_domain::limit::WRONG_CODES;
use tegata_domain::refresh::RefreshFamily;
use tegata_domain::registration::{CodeTried, REDEEM_RETRY_WINDOW, Registration, Stage};
use tegata_domain::secret::{HashedSecret, PlainRefreshToken};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::found::{self, Among};
use tegata_kv_schema::{approvals, devices, registrations};

use super::alerts::alert;
use super::object::{Tenant, room};
use super::outbox::tell_provider;
use super::registrations::held;
use super::tokens::{first_use, granted};
use crate::context::{Context, OrStorage as _};

impl Tenant {
    pub(super) fn redeem(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: RedeemDeviceCode,
    ) -> Result<Granted, Refusal> {
        let mut registration = held(ctx, &command.device_code)?;
        if registration.client_id != command.client_id {
            return Err(Refusal::InvalidGrant);
        }
        bound(tenant, &registration, command.proof.as_ref())?;
        match (registration.stage(ctx.now), &command.activation_code) {
            (Stage::AwaitingAddress | Stage::AwaitingApproval, _) | (Stage::AwaitingCode, None) => {
                Err(self.pending(ctx, &command.device_code.hashed()))
            }
            (Stage::AwaitingCode, Some(typed)) => {
                check_form(typed)?;
                self.once(ctx, command.proof.as_ref())?;
                try_code(ctx, tenant, &mut registration, typed, None)?;
                collect(ctx, tenant, registration, command.proof, command.idempotency_key)
            }
            (Stage::Activated, _) => {
                self.once(ctx, command.proof.as_ref())?;
                collect(ctx, tenant, registration, command.proof, command.idempotency_key)
            }
            (Stage::Redeemed, _) => {
                self.once(ctx, command.proof.as_ref())?;
                collect_again(ctx, tenant, &registration, &command)
            }
            (Stage::Expired, _) => Err(Refusal::ExpiredToken),
            (Stage::Refused | Stage::Withdrawn | Stage::Failed, _) => Err(Refusal::AccessDenied),
        }
    }

    pub(super) fn pending(&self, ctx: &Context<'_>, code: &HashedSecret) -> Refusal {
        let kept = self
            .polls
            .borrow_mut()
            .keeps_interval(code, ctx.now, ctx.settings.poll_interval);
        if kept {
            Refusal::AuthorizationPending
        } else {
            Refusal::SlowDown
        }
    }

    /// Enforces single use of a proof. Polls that change nothing do not record theirs, because replaying such a poll
    /// changes nothing either.
    pub(super) fn once(&self, ctx: &Context<'_>, proof: Option<&CheckedProof>) -> Result<(), Refusal> {
        self.sweep(ctx)?;
        first_use(ctx, proof)
    }

    pub(super) fn enter_codes(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: &EnterCodes,
    ) -> Result<CodesEntered, Refusal> {
        // Malformed codes are rejected before any lookup: they are no guesses, and the error reveals nothing about any
        // registration.
        let user_code = user_code(&command.user_code)
            .ok_or_else(|| FieldError::new("user_code", "must be the 8 letters that the Viewer shows"))?;
        check_form(&command.activation_code)?;
        room(ctx, "codes", &command.client, WRONG_CODES)?;
        let entered = enter(ctx, tenant, &user_code, command);
        if matches!(
            entered,
            Err(Refusal::NotFound | Refusal::WrongCode { .. } | Refusal::AccessDenied)
        ) {
            self.limited_client(ctx, "codes", &command.client, WRONG_CODES)?;
        }
        entered
    }
}

/// Fails unless `typed` has the form of an activation code. A malformed code does not count as an attempt, so typing
/// errors cannot use up a registration.
fn check_form(typed: &str) -> Result<(), FieldError> {
    if activation_code(typed).is_some() {
        return Ok(());
    }
    let detail = "must be the 10 letters and digits of the code in the mail, none of them 0, 1, I, L, O or U";
    Err(FieldError::new("activation_code", detail))
}

fn enter(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    user_code: &str,
    command: &EnterCodes,
) -> Result<CodesEntered, Refusal> {
    let mut registration = registrations::load_by_user_code(ctx.sql, user_code)
        .or_storage()?
        .ok_or(Refusal::NotFound)?;
    match registration.stage(ctx.now) {
        Stage::AwaitingCode => try_code(
            ctx,
            tenant,
            &mut registration,
            &command.activation_code,
            Some(&command.client),
        )?,
        Stage::AwaitingAddress | Stage::AwaitingApproval => return Err(Refusal::AuthorizationPending),
        // Entering the right code twice is harmless; a wrong one reveals nothing.
        Stage::Activated
            if is_right(
                &ctx.signers.links,
                &tenant.slug,
                &registration,
                &command.activation_code,
            ) => {}
        Stage::Failed => return Err(Refusal::AccessDenied),
        _ => return Err(Refusal::NotFound),
    }
    Ok(CodesEntered {
        device_name: registration.applicant.device_name.to_string(),
    })
}

/// Checks the key binding: a registration with a key needs a proof of that key, and a registration without one fails
/// when the tenant requires keys.
fn bound(tenant: &TenantRecord, registration: &Registration, proof: Option<&CheckedProof>) -> Result<(), Refusal> {
    match (&registration.applicant.jkt, proof) {
        (Some(jkt), Some(proof)) if *jkt == proof.jkt => Ok(()),
        (Some(_), _) => Err(Refusal::WrongKey),
        (None, None) if tenant.policy.key_required => Err(Refusal::KeyRequired),
        (None, _) => Ok(()),
    }
}

/// Counts one attempt with a typed code and records it, whatever the result. `client` is the address of the page's
/// visitor; `None` when the device sent the code.
fn try_code(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    registration: &mut Registration,
    typed: &str,
    client: Option<&str>,
) -> Result<(), Refusal> {
    let right = is_right(&ctx.signers.links, &tenant.slug, registration, typed);
    let tried = registration.try_code(right, ctx.now);
    registrations::save(ctx.sql, registration).or_storage()?;
    let (outcome, result) = match tried {
        CodeTried::Right => ("right", Ok(())),
        CodeTried::Wrong(tries_left) => ("wrong", Err(Refusal::WrongCode { tries_left })),
        CodeTried::Failed => ("failed", Err(Refusal::AccessDenied)),
        CodeTried::NotAwaited => return Err(Refusal::InvalidGrant),
    };
    let actor = Actor::new("requester", Some(registration.applicant.email.as_str()), client);
    let place = if client.is_some() { "page" } else { "device" };
    ctx.audit(Act::new(
        actor,
        &format!("registration.code.{place}"),
        format!("registration/{}", registration.id),
        outcome,
    ))?;
    result
}

/// Creates the device and its first tokens.
fn collect(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    mut registration: Registration,
    proof: Option<CheckedProof>,
    idempotency_key: Option<HashedSecret>,
) -> Result<Granted, Refusal> {
    let id = DeviceId::generate(ctx.random);
    // Design rule 1: no approval, no credential. Only the approver's decision sets these two fields.
    let (Some(approval), Some(approved_at)) = (registration.approval.clone(), registration.approved_at) else {
        return Err(Refusal::InvalidGrant);
    };
    let expires_at = tenant.policy.device_life_seconds.map(|life| approved_at.plus(life));
    if expires_at.is_some_and(|end| ctx.now >= end) {
        return Err(Refusal::ExpiredToken);
    }
    if !registration.redeem(id.clone(), idempotency_key, ctx.now) {
        return Err(Refusal::InvalidGrant);
    }
    registrations::save(ctx.sql, &registration).or_storage()?;
    let refresh_token = PlainRefreshToken::generate(ctx.random, &id);
    let mut applicant = registration.applicant.clone();
    // A client that named no key in its request binds its tokens to the key it redeems with (RFC 9449 section 5).
    applicant.jkt = applicant.jkt.or_else(|| proof.map(|proof| proof.jkt));
    let device = Device {
        approval,
        client_id: registration.client_id.clone(),
        scope: registration.scope.clone(),
        applicant,
        approved_at,
        activated_at: ctx.now,
        expires_at,
        revoked_at: None,
        refresh: RefreshFamily::new(refresh_token.hashed(), ctx.now),
        id,
    };
    let is_first = !devices::any(ctx.sql).or_storage()?;
    devices::save(ctx.sql, &device).or_storage()?;
    if is_first {
        tell_provider(ctx, tenant)?;
    }
    let applicant = &device.applicant;
    let what = format!(
        "{} ({}), {}",
        applicant.name,
        applicant.email.shown(),
        applicant.device_name
    );
    alert(ctx, AlertKind::Device, what)?;
    let found = (device.id.as_str(), device.activated_at);
    found::save(ctx.sql, Among::Devices, found, &device.applicant.search_words()).or_storage()?;
    let actor = Actor::new("requester", Some(device.applicant.email.as_str()), None);
    let object = format!("device/{}", device.id);
    let mut act = Act::new(actor, "device.create", object, registration.id.as_str());
    let approval = approvals::load(ctx.sql, &device.approval).or_storage()?;
    if let Some(decision) = approval.and_then(|approval| approval.decision) {
        act = act.answered_by(decision.by.as_str());
    }
    ctx.audit(act)?;
    Ok(granted(ctx, tenant, &device, refresh_token))
}

/// Answers a retry whose first reply may have been lost. It requires the same `Idempotency-Key`, and that the first
/// tokens are unused.
fn collect_again(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    registration: &Registration,
    command: &RedeemDeviceCode,
) -> Result<Granted, Refusal> {
    let same = matches!(
        (&registration.redeem_key, &command.idempotency_key),
        (Some(first), Some(key)) if first.matches(key)
    );
    let id = registration
        .device
        .as_ref()
        .filter(|_| same)
        .ok_or(Refusal::InvalidGrant)?;
    let mut device = devices::load(ctx.sql, id).or_storage()?.ok_or(Refusal::InvalidGrant)?;
    if device.applicant.jkt.as_ref() != command.proof.as_ref().map(|proof| &proof.jkt) {
        return Err(Refusal::WrongKey);
    }
    let late = ctx.now.since(device.activated_at) > REDEEM_RETRY_WINDOW;
    if late || device.refresh.generation != 0 || !device.is_usable(ctx.now) {
        return Err(Refusal::InvalidGrant);
    }
    let refresh_token = PlainRefreshToken::generate(ctx.random, &device.id);
    device.refresh = RefreshFamily::new(refresh_token.hashed(), ctx.now);
    devices::save(ctx.sql, &device).or_storage()?;
    Ok(granted(ctx, tenant, &device, refresh_token))
}

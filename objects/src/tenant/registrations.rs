//! A Viewer's registration from the requester's side (K2): request it, confirm the mail address, show its state,
//! withdraw it.

use tegata_domain::approval::Subject;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::code::{USER_CODE_ALPHABET, USER_CODE_LENGTH, grouped, random_code};
use tegata_domain::command::{ConfirmAddress, ConfirmationView, Register, Registered, RegistrationView, ResendMail};
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, RegistrationId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::limit::{
    MOST_WAITING, MOST_WAITING_OF_NETWORK, PER_ADDRESS, PER_CLIENT, PER_TENANT, WAITING_PAUSE, network,
};
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::outbox::Message;
use tegata_domain::registration::{CLIENT_VIEWER, MAX_DEVICE_CODES, MAX_TRIES, Registration, Stage};
use tegata_domain::secret::PlainDeviceCode;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::day_counts::{self, Counted};
use tegata_kv_schema::found::{self, Among};
use tegata_kv_schema::{approvals as stored_approvals, registrations};

use super::approvals::ask::ask;
use super::approvals::viewer::Viewing;
use super::object::Tenant;
use super::outbox::enqueue;
use super::waiting::Waiting;
use crate::context::{Context, OrStorage as _};

fn requester(registration: &Registration, client: Option<&str>) -> Actor {
    Actor::new("requester", Some(registration.applicant.email.as_str()), client)
}

fn object(registration: &Registration) -> String {
    format!("registration/{}", registration.id)
}

impl Tenant {
    pub(super) fn register(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: Register,
    ) -> Result<Registered, Refusal> {
        if command.client_id != CLIENT_VIEWER {
            return Err(Refusal::UnknownClient);
        }
        let repeat_key = proven_repeat_key(&command)?;
        let repeated = match &repeat_key {
            Some(key) => registrations::load_repeat(ctx.sql, key).or_storage()?,
            None => None,
        };
        self.limited_client(ctx, "client", &command.client, PER_CLIENT)?;
        self.once(ctx, command.proof.as_ref())?;
        if let Some(registration) = repeated.filter(|registration| registration.stage(ctx.now).is_pending()) {
            // Each renewal writes an audit entry, and one PC's requests may come from any number of addresses.
            self.limited(ctx, &format!("renew/{}", registration.id), PER_CLIENT)?;
            let actor = requester(&registration, Some(&command.client));
            ctx.audit(Act::new(actor, "registration.renew", object(&registration), "done"))?;
            return add_device_code(ctx, registration);
        }
        check_network(ctx, &command.client)?;
        let waiting = self.check_waiting(ctx)?;
        let mut registration = new_registration(ctx, tenant, &command);
        // The address's limit comes first: a requester who has exhausted it must not use up the tenant's.
        self.limit_address(ctx, &registration)?;
        if registration.stage == Stage::AwaitingAddress {
            self.limited(ctx, "tenant", PER_TENANT)?;
        }
        self.waiting.set(Some(waiting.and_one()));
        ctx.audit(Act::new(
            requester(&registration, Some(&command.client)),
            "registration.create",
            object(&registration),
            "done",
        ))?;
        match registration.stage {
            Stage::AwaitingAddress => enqueue(
                ctx,
                Message::ConfirmAddress {
                    registration: registration.id.clone(),
                },
            )?,
            _ => registration.approval = Some(ask_approvers(ctx, tenant, &registration)?),
        }
        day_counts::add(ctx.sql, &tenant.time_zone.day(ctx.now), Counted::Request).or_storage()?;
        let found = (registration.id.as_str(), registration.requested_at);
        found::save(
            ctx.sql,
            Among::Registrations,
            found,
            &registration.applicant.search_words(),
        )
        .or_storage()?;
        if let Some(key) = &repeat_key {
            registrations::save_repeat(ctx.sql, key, &registration.id).or_storage()?;
        }
        add_device_code(ctx, registration)
    }

    /// Counts one mail against the limit of the requester's address.
    fn limit_address(&self, ctx: &Context<'_>, registration: &Registration) -> Result<(), Refusal> {
        let mailbox = sha256_b64(registration.applicant.email.limit_key());
        self.limited(ctx, &format!("address/{mailbox}"), PER_ADDRESS)
    }

    /// Fails when the tenant stores the maximum number of unanswered requests; otherwise returns how many there are.
    fn check_waiting(&self, ctx: &Context<'_>) -> Result<Waiting, Refusal> {
        let known = self.waiting.get().filter(|known| known.is_good(ctx.now));
        let waiting = match known {
            Some(known) => known,
            None => Waiting {
                count: registrations::count_unanswered(ctx.sql, ctx.now, MOST_WAITING).or_storage()?,
                at: ctx.now,
            },
        };
        self.waiting.set(Some(waiting));
        if waiting.count < MOST_WAITING {
            return Ok(waiting);
        }
        let retry_after = WAITING_PAUSE;
        Err(Refusal::TooMany { retry_after })
    }

    pub(super) fn resend(&self, ctx: &Context<'_>, command: &ResendMail) -> Result<(), Refusal> {
        let mut registration = held(ctx, &command.device_code)?;
        match registration.resend_wait(ctx.now) {
            None => return Err(Refusal::Conflict),
            Some(0) => {}
            Some(wait) => {
                return Err(Refusal::TooMany {
                    retry_after: wait.min(24 * 3600),
                });
            }
        }
        self.limit_address(ctx, &registration)?;
        if registration.stage(ctx.now) == Stage::AwaitingAddress {
            self.limited(ctx, "tenant", PER_TENANT)?;
        }
        registration.resends = registration.resends.saturating_add(1);
        registration.mailed_at = ctx.now;
        registrations::save(ctx.sql, &registration).or_storage()?;
        let id = registration.id.clone();
        enqueue(
            ctx,
            match registration.stage(ctx.now) {
                Stage::AwaitingAddress => Message::ConfirmAddress { registration: id },
                _ => Message::ActivationCode { registration: id },
            },
        )?;
        let actor = requester(&registration, Some(&command.client));
        ctx.audit(Act::new(actor, "registration.resend", object(&registration), "done"))
    }
}

/// The key under which repeated requests from the same PC and address share one registration. A thumbprint is no
/// secret, so only a request that proves the key can reach an earlier one; a request without a proof always stands
/// alone.
fn proven_repeat_key(command: &Register) -> Result<Option<String>, Refusal> {
    match (&command.proof, &command.applicant.jkt) {
        (Some(proof), Some(jkt)) if proof.jkt == *jkt => Ok(registrations::repeat_key(&command.applicant)),
        (Some(_), _) => Err(Refusal::WrongKey),
        (None, _) => Ok(None),
    }
}

/// Fails when the client's network has reached its share of the stored unanswered requests.
fn check_network(ctx: &Context<'_>, client: &str) -> Result<(), Refusal> {
    let Some(network) = network(client) else {
        return Ok(());
    };
    let most = MOST_WAITING_OF_NETWORK;
    if registrations::count_of_network(ctx.sql, &network, ctx.now, most).or_storage()? < most {
        return Ok(());
    }
    let retry_after = WAITING_PAUSE;
    Err(Refusal::TooMany { retry_after })
}

fn new_registration(ctx: &Context<'_>, tenant: &TenantRecord, command: &Register) -> Registration {
    let policy = &tenant.policy;
    let own = &policy.mail_domains;
    Registration {
        id: RegistrationId::generate(ctx.random),
        client_id: command.client_id.clone(),
        scope: command.scope.clone(),
        outside_mail_domains: !own.is_empty() && !command.applicant.email.is_within(own),
        applicant: command.applicant.clone(),
        activation: policy.activation,
        stage: if policy.confirm_address_first {
            Stage::AwaitingAddress
        } else {
            Stage::AwaitingApproval
        },
        requested_at: ctx.now,
        expires_at: ctx.now.plus(policy.approval_life_seconds),
        approval: None,
        approved_at: None,
        code_key: None,
        tries_left: MAX_TRIES,
        resends: 0,
        mailed_at: ctx.now,
        reason: None,
        device: None,
        redeem_key: None,
        device_codes: Vec::new(),
        network: network(&command.client),
    }
}

/// Asks the tenant's approvers about `registration`.
fn ask_approvers(ctx: &Context<'_>, tenant: &TenantRecord, registration: &Registration) -> Result<ApprovalId, Refusal> {
    let subject = Subject::Viewer(registration.id.clone());
    let asked = (ApprovalId::generate(ctx.random), subject);
    let expires_at = ctx.now.plus(tenant.policy.approval_life_seconds);
    Ok(ask(ctx, &Viewing(registration.clone()), asked, 1, expires_at)?.id)
}

/// Adds a device code to the registration. Beyond [`MAX_DEVICE_CODES`], the oldest one is deleted.
fn add_device_code(ctx: &Context<'_>, mut registration: Registration) -> Result<Registered, Refusal> {
    let device_code = PlainDeviceCode::generate(ctx.random);
    let mut user_code = random_code(ctx.random, USER_CODE_ALPHABET, USER_CODE_LENGTH);
    while registrations::user_code_exists(ctx.sql, &user_code).or_storage()? {
        user_code = random_code(ctx.random, USER_CODE_ALPHABET, USER_CODE_LENGTH);
    }
    registrations::insert_device_code(ctx.sql, &device_code.hashed(), &registration.id, &user_code).or_storage()?;
    registration.device_codes.push(device_code.hashed());
    if registration.device_codes.len() > MAX_DEVICE_CODES {
        registrations::delete_device_code(ctx.sql, &registration.device_codes.remove(0)).or_storage()?;
    }
    registrations::save(ctx.sql, &registration).or_storage()?;
    let expires_in = registration.expires_at.since(ctx.now);
    Ok(Registered {
        device_code,
        user_code: grouped(&user_code, 4),
        expires_in,
    })
}

/// Loads the registration to which `code` belongs.
pub(super) fn held(ctx: &Context<'_>, code: &PlainDeviceCode) -> Result<Registration, Refusal> {
    registrations::load_by_device_code(ctx.sql, &code.hashed())
        .or_storage()?
        .ok_or(Refusal::InvalidGrant)
}

pub(super) fn show(ctx: &Context<'_>, code: &PlainDeviceCode) -> Result<RegistrationView, Refusal> {
    let registration = held(ctx, code)?;
    Ok(RegistrationView {
        state: registration.stage(ctx.now),
        activation: registration.activation,
        expires_at: registration.expires_at,
        tries_left: registration.tries_left,
        refusal_reason: registration.reason,
    })
}

pub(super) fn withdraw(ctx: &Context<'_>, code: &PlainDeviceCode) -> Result<(), Refusal> {
    let mut registration = held(ctx, code)?;
    if !registration.withdraw(ctx.now) {
        return Err(Refusal::Conflict);
    }
    if let Some(id) = &registration.approval
        && let Some(mut approval) = stored_approvals::load(ctx.sql, id).or_storage()?
        && approval.withdraw(ctx.now)
    {
        stored_approvals::save(ctx.sql, &approval).or_storage()?;
    }
    registrations::save(ctx.sql, &registration).or_storage()?;
    ctx.audit(Act::new(
        requester(&registration, None),
        "registration.withdraw",
        object(&registration),
        "done",
    ))
}

fn linked(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<Registration, Refusal> {
    let link = Link::open(token, LinkPurpose::ConfirmAddress, &ctx.signers.links, ctx.now).ok_or(Refusal::BadLink)?;
    let id = RegistrationId::parse(&link.subject)
        .filter(|_| link.tenant == tenant.slug)
        .ok_or(Refusal::BadLink)?;
    registrations::load(ctx.sql, &id).or_storage()?.ok_or(Refusal::BadLink)
}

fn confirmation(ctx: &Context<'_>, tenant: &TenantRecord, registration: &Registration) -> ConfirmationView {
    ConfirmationView {
        tenant_name: tenant.name.clone(),
        time_zone: tenant.time_zone.clone(),
        locale: registration.applicant.locale,
        device_name: registration.applicant.device_name.to_string(),
        expires_at: registration.expires_at,
        state: registration.stage(ctx.now),
    }
}

pub(super) fn view_confirmation(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    token: &str,
) -> Result<ConfirmationView, Refusal> {
    Ok(confirmation(ctx, tenant, &linked(ctx, tenant, token)?))
}

pub(super) fn confirm_address(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: &ConfirmAddress,
) -> Result<ConfirmationView, Refusal> {
    let mut registration = linked(ctx, tenant, &command.token)?;
    if registration.stage(ctx.now) == Stage::AwaitingAddress {
        if !command.confirmed {
            return Err(Refusal::NotConfirmed);
        }
        let approval = ask_approvers(ctx, tenant, &registration)?;
        registration.confirm_address(approval, ctx.now, tenant.policy.approval_life_seconds);
        registrations::save(ctx.sql, &registration).or_storage()?;
        ctx.audit(Act::new(
            requester(&registration, Some(&command.client)),
            "registration.confirm_address",
            object(&registration),
            "done",
        ))?;
    }
    Ok(confirmation(ctx, tenant, &registration))
}

//! Enrolment without a code (P2), at the provider: a machine shows organisation id, verification code and serial number,
//! and polls until it was accepted. `customer` decides at the customer, `organization` keeps what the provider is known
//! by, and `serials` keeps the index of serial numbers. Answers of people come in through `panel/enrolments.rs`.

pub(super) mod customer;
pub(super) mod organization;
pub(super) mod serials;

use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{IdentifyMachine, MachineAccepted, MachineIdentified, PollEnrolment};
use tegata_domain::enrolment::answer::NoteMachineAnswer;
use tegata_domain::enrolment::machine::{NoteMachine, Order};
use tegata_domain::enrolment::{
    EnrolmentRequest, EnrolmentState, MOST_WAITING, Machine, REQUEST_KEPT, REQUEST_LIFE, Stage, Waits,
};
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::EnrolmentRequestId;
use tegata_domain::limit::{ALL_WRONG_VERIFICATION_CODES, ENROLMENT_REQUESTS, WAITING_PAUSE, WRONG_VERIFICATION_CODES};
use tegata_domain::outbox::Message;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind};
use tegata_kv_schema::{enrolments as stored, limits, serials as index};

use super::alerts::alert;
use super::object::{Tenant, room};
use super::outbox::enqueue;
use crate::context::{Context, OrStorage as _};

/// How many customers' equipment with one serial number is looked at.
const CANDIDATES: i64 = 10;
/// How many old requests a new one deletes.
const FORGOTTEN: i64 = 16;

/// Its name in the provider's audit log.
pub(super) fn object(id: &EnrolmentRequestId) -> String {
    format!("enrolment/{id}")
}

impl Tenant {
    /// Takes a machine's request. A wrong verification code is counted, here and against the client's address; while
    /// either limit is exhausted, the right one is not even compared. The same machine asking again gets its request back.
    pub(super) fn identify(
        &self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        command: &IdentifyMachine,
    ) -> Result<MachineIdentified, Refusal> {
        self.check_verification_code(ctx, command)?;
        self.once(ctx, Some(&command.proof))?;
        self.limited_client(ctx, "enrolment", &command.client, ENROLMENT_REQUESTS)?;
        let known = stored::load_by_machine(ctx.sql, &command.proof.jkt, &command.serial_number).or_storage()?;
        let request = match known {
            Some(mut request) if request.state(ctx.now) == EnrolmentState::Accepted => {
                // The code that it was given may have ended since, with its equipment or at an administrator's hand.
                request.stage = Stage::Asked;
                request.answered_at = None;
                stored::save_desk(ctx.sql, &request).or_storage()?;
                tell(ctx, &request)?;
                request
            }
            Some(request) if request.state(ctx.now) == EnrolmentState::Open => request,
            _ => ask(ctx, tenant, command)?,
        };
        let secret = request.machine.secret(&tenant.slug, &ctx.signers.links);
        Ok(MachineIdentified {
            request: secret.ok_or(Refusal::Storage)?,
            expires_in: request.machine.expires_at.since(ctx.now),
            interval: ctx.settings.poll_interval,
        })
    }

    fn check_verification_code(&self, ctx: &Context<'_>, command: &IdentifyMachine) -> Result<(), Refusal> {
        const ALL: &str = "verification";
        self.sweep(ctx)?;
        let mut counts = room(ctx, ALL, &command.client, WRONG_VERIFICATION_CODES)?;
        let all = limits::load(ctx.sql, ALL).or_storage()?;
        let all = ALL_WRONG_VERIFICATION_CODES
            .take(all, ctx.now)
            .map_err(|retry_after| Refusal::TooMany { retry_after })?;
        counts.push((ALL.to_owned(), all));
        let known = stored::organization(ctx.sql).or_storage()?;
        let code = known.filter(|known| known.number == command.organization);
        let typed = command.verification_code.as_deref();
        if code.zip(typed).is_some_and(|(known, typed)| known.code.matches(typed)) {
            return Ok(());
        }
        for (key, arrival) in counts {
            limits::save(ctx.sql, &key, arrival).or_storage()?;
        }
        Err(Refusal::InvalidGrant)
    }

    /// Answers a machine that asks whether it was accepted.
    pub(super) fn poll_enrolment(
        &self,
        ctx: &Context<'_>,
        command: &PollEnrolment,
    ) -> Result<MachineAccepted, Refusal> {
        let secret = command.request.hashed();
        let request = stored::load_by_secret(ctx.sql, &secret).or_storage()?;
        let request = request.ok_or(Refusal::InvalidGrant)?;
        if request.machine.jkt != command.proof.jkt {
            return Err(Refusal::WrongKey);
        }
        match (request.state(ctx.now), &request.stage, &request.customer) {
            (EnrolmentState::Accepted, Stage::Accepted(equipment), Some(customer)) => {
                self.once(ctx, Some(&command.proof))?;
                let code = request.machine.code(customer, equipment, &ctx.signers.links);
                Ok(MachineAccepted {
                    tenant: customer.clone(),
                    // Its key has ended, and the code with it.
                    enrolment_code: code.ok_or(Refusal::ExpiredToken)?,
                })
            }
            (EnrolmentState::Refused, ..) => Err(Refusal::AccessDenied),
            (EnrolmentState::Expired, ..) => Err(Refusal::ExpiredToken),
            (EnrolmentState::Open | EnrolmentState::Accepted, ..) => Err(self.pending(ctx, &secret)),
        }
    }
}

/// Forgets requests that expired long ago, here or at the customer.
fn forget_old(ctx: &Context<'_>) -> Result<(), Refusal> {
    stored::forget(ctx.sql, ctx.now.plus(-(REQUEST_LIFE + REQUEST_KEPT)), FORGOTTEN).or_storage()
}

/// Stores a new request, and tells the customer if exactly one has equipment with this serial number.
fn ask(ctx: &Context<'_>, tenant: &TenantRecord, command: &IdentifyMachine) -> Result<EnrolmentRequest, Refusal> {
    forget_old(ctx)?;
    if stored::count_open(ctx.sql, ctx.now, MOST_WAITING).or_storage()? >= MOST_WAITING {
        let retry_after = WAITING_PAUSE;
        return Err(Refusal::TooMany { retry_after });
    }
    let found = index::of(ctx.sql, &command.serial_number, CANDIDATES).or_storage()?;
    let mut customers: Vec<Slug> = found.into_iter().map(|candidate| candidate.customer).collect();
    customers.dedup();
    let several = customers.len() > 1;
    let customer = customers.pop().filter(|_| !several);
    let stage = match &customer {
        Some(_) => Stage::Asked,
        None if several => Stage::Waiting(Waits::Several),
        None => Stage::Waiting(Waits::Unknown),
    };
    let (kid, _) = ctx.signers.links.current().ok_or(Refusal::Storage)?;
    let request = EnrolmentRequest {
        machine: Machine {
            request: EnrolmentRequestId::generate(ctx.random),
            serial_number: command.serial_number.clone(),
            jkt: command.proof.jkt.clone(),
            report: command.report.clone(),
            requested_at: ctx.now,
            expires_at: ctx.now.plus(REQUEST_LIFE),
            kid: kid.to_owned(),
        },
        customer,
        stage,
        answered_at: None,
    };
    let secret = request.machine.secret(&tenant.slug, &ctx.signers.links);
    stored::insert_desk(ctx.sql, &request, &secret.ok_or(Refusal::Storage)?.hashed()).or_storage()?;
    tell(ctx, &request)?;
    if request.customer.is_none() {
        alert(ctx, AlertKind::MachineWaits, request.machine.serial_number.to_string())?;
    }
    ctx.audit(Act::new(
        Actor::new("agent", None, Some(&command.client)),
        "enrolment.request",
        object(&request.machine.request),
        request.machine.serial_number.as_str(),
    ))?;
    Ok(request)
}

/// Tells the customer of the request about it, if it has one.
pub(super) fn tell(ctx: &Context<'_>, request: &EnrolmentRequest) -> Result<(), Refusal> {
    match &request.customer {
        Some(customer) => tell_customer(ctx, request, customer.clone()),
        None => Ok(()),
    }
}

/// Tells `customer` about the request.
pub(super) fn tell_customer(ctx: &Context<'_>, request: &EnrolmentRequest, customer: Slug) -> Result<(), Refusal> {
    let request = request.machine.request.clone();
    enqueue(ctx, Message::TellMachine { request, customer })
}

/// The message to `customer` about a request, as it stands now.
pub(super) fn news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &EnrolmentRequestId,
    customer: &Slug,
) -> Result<Option<(Slug, NoteMachine)>, Refusal> {
    let request = stored::load_desk(ctx.sql, id).or_storage()?;
    let Some(request) = request.filter(|request| ctx.now < request.machine.expires_at) else {
        return Ok(None);
    };
    let order = match request.stage {
        _ if request.customer.as_ref() != Some(customer) => Order::Close,
        Stage::Asked => Order::Ask,
        Stage::Ordered { equipment, by } => Order::Accept { equipment, by },
        Stage::Refused => Order::Close,
        // The customer's own answer arrived in the meantime.
        Stage::Waiting(_) | Stage::Accepted(_) => return Ok(None),
    };
    let (provider, links) = (tenant.slug.clone(), &ctx.signers.links);
    let note = NoteMachine::seal(provider, customer.clone(), request.machine, order, links);
    // Without its key, the request cannot be collected either.
    Ok(note.map(|note| (customer.clone(), note)))
}

/// Takes a customer's answer.
pub(super) fn note_answer(ctx: &Context<'_>, tenant: &TenantRecord, note: &NoteMachineAnswer) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    let Some(mut request) = stored::load_desk(ctx.sql, &note.request).or_storage()? else {
        return Ok(());
    };
    if request.take(&note.tenant, &note.answer, ctx.now) {
        stored::save_desk(ctx.sql, &request).or_storage()?;
        ctx.news.note(&[Topic::DeskEnrolments]);
        // The customer cannot answer after all: its equipment is another, or it is suspended.
        if matches!(request.stage, Stage::Waiting(Waits::Unknown | Waits::Suspended)) {
            alert(ctx, AlertKind::MachineWaits, request.machine.serial_number.to_string())?;
        }
    }
    Ok(())
}

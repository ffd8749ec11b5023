//! Machines that asked to be enrolled without a code (P2): listed and answered by the customer's administrators, who see
//! those for equipment of their organisations, and by the provider's desk.

use tegata_domain::approval::Outcome;
use tegata_domain::enrolment::organization::VerificationCodeIssued;
use tegata_domain::enrolment::{EnrolmentRequest, EnrolmentRequestView, MachineAnswer, Stage};
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::panel::desk::{AnswerEnrolment, Enrolments};
use tegata_domain::panel::enrolments::{Answer, EnrolmentFilter, List, Renew};
use tegata_domain::wire::page::Page;
use tegata_kv_schema::{desk, enrolments as stored, serials};

use super::desk::actor_of;
use super::equipment::found;
use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::enrolments::{customer, object, organization, tell, tell_customer};
use crate::tenant::equipment::object as equipment_object;

/// How much equipment with the serial number of one request is shown.
const CANDIDATES: i64 = 10;
const REFUSE: &str = "enrolment.refuse";

/// Issues a new verification code.
pub(super) fn renew(ctx: &Context<'_>, visitor: &Visitor) -> Result<VerificationCodeIssued, Refusal> {
    let issued = organization::renew(ctx)?;
    let object = format!("tenant/{}", visitor.tenant.slug);
    visitor.audit::<Renew>(ctx, object, "done")?;
    Ok(issued)
}

/// Lists the machines for the visitor's equipment.
pub(super) fn list(ctx: &Context<'_>, visitor: &Visitor, input: &List) -> Result<Page<EnrolmentRequestView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let within = visitor.scope(ctx)?.narrowed(None);
    let open = (input.state == EnrolmentFilter::Open).then_some(ctx.now);
    let listed = stored::list(ctx.sql, within.as_deref(), open, span(input.order, &after)).or_storage()?;
    page(
        listed,
        |machine| machine.machine.request.to_string(),
        |machine| Ok(machine.view(ctx.now)),
    )
}

/// Answers for the customer.
pub(super) fn answer(ctx: &Context<'_>, visitor: &Visitor, input: &Answer) -> Result<EnrolmentRequestView, Refusal> {
    let machine = stored::load(ctx.sql, &input.id).or_storage()?;
    let mut machine = machine.ok_or(Refusal::NotFound)?;
    let id = machine.equipment.clone().ok_or(Refusal::NotFound)?;
    found(ctx, &visitor.scope(ctx)?, &id)?;
    if !machine.can_be_answered(ctx.now) {
        return Err(Refusal::Conflict);
    }
    match input.outcome {
        Outcome::Approved => {
            let equipment = customer::in_use(ctx, &id)?.ok_or(Refusal::Conflict)?;
            customer::accept(ctx, &visitor.tenant, &mut machine, &equipment, visitor.actor())?;
        }
        Outcome::Refused => {
            machine.answer = MachineAnswer::Refused;
            machine.answered_at = ctx.now;
            visitor.note(ctx, REFUSE, equipment_object(&id), machine.machine.jkt.as_str())?;
        }
    }
    stored::save(ctx.sql, &machine).or_storage()?;
    customer::tell(ctx, &machine.machine.request)?;
    Ok(machine.view(ctx.now))
}

fn view(ctx: &Context<'_>, request: &EnrolmentRequest) -> Result<EnrolmentRequestView, Refusal> {
    let candidates = serials::of(ctx.sql, &request.machine.serial_number, CANDIDATES).or_storage()?;
    Ok(request.view(candidates, ctx.now))
}

/// Lists the machines that asked the provider.
pub(super) fn at_desk(ctx: &Context<'_>, input: &Enrolments) -> Result<Page<EnrolmentRequestView>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let open = (input.state == EnrolmentFilter::Open).then_some(ctx.now);
    let listed = stored::list_desk(ctx.sql, open, span(input.order, &after)).or_storage()?;
    page(
        listed,
        |request| request.machine.request.to_string(),
        |request| view(ctx, request),
    )
}

/// Answers for the desk. A machine that it accepts is accepted as soon as the customer's object has heard of it.
pub(super) fn answer_at_desk(
    ctx: &Context<'_>,
    visitor: &Visitor,
    input: AnswerEnrolment,
) -> Result<EnrolmentRequestView, Refusal> {
    let request = stored::load_desk(ctx.sql, &input.id).or_storage()?;
    let mut request = request.ok_or(Refusal::NotFound)?;
    if !request.can_be_answered(ctx.now) {
        return Err(Refusal::Conflict);
    }
    let before = request.customer.clone();
    match input.outcome {
        Outcome::Approved => {
            let missing = |field| FieldError::new(field, "is required to accept a machine");
            let customer = input.customer.ok_or_else(|| missing("customer"))?;
            let equipment = input.equipment.ok_or_else(|| missing("equipment"))?;
            if desk::load_customer(ctx.sql, &customer).or_storage()?.is_none() {
                return Err(FieldError::new("customer", "must be a customer of this provider").into());
            }
            let outcome = format!("{customer}/{equipment}");
            visitor.audit::<AnswerEnrolment>(ctx, object(&input.id), &outcome)?;
            let by = Box::new(actor_of(visitor));
            request.customer = Some(customer);
            request.stage = Stage::Ordered { equipment, by };
        }
        Outcome::Refused => {
            visitor.note(ctx, REFUSE, object(&input.id), "done")?;
            request.stage = Stage::Refused;
            request.answered_at = Some(ctx.now);
        }
    }
    stored::save_desk(ctx.sql, &request).or_storage()?;
    tell(ctx, &request)?;
    if let Some(before) = before.filter(|before| request.customer.as_ref() != Some(before)) {
        tell_customer(ctx, &request, before)?;
    }
    view(ctx, &request)
}

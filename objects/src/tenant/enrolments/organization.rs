//! What a provider is known by on a machine: its organisation id, entered in the directory so that the edge finds the
//! provider, and its verification code.

use tegata_domain::audit::{Act, Actor};
use tegata_domain::enrolment::organization::{
    OrganizationNumber, ServiceOrganization, ServiceOrganizationView, StoredCode, VerificationCodeIssued,
};
use tegata_domain::error::Refusal;
use tegata_domain::outbox::Message;
use tegata_kv_schema::{enrolments as stored, tenants};

use crate::context::{Context, OrStorage as _};
use crate::tenant::outbox::enqueue;

/// What the provider is known by, as its administrators see it.
pub(in crate::tenant) fn view(ctx: &Context<'_>) -> Result<ServiceOrganizationView, Refusal> {
    let known = stored::organization(ctx.sql).or_storage()?;
    Ok(ServiceOrganizationView {
        code_issued_at: known.as_ref().map(|known| known.code.issued_at),
        organization: known.map(|known| known.number),
    })
}

/// Issues a new verification code; the first comes with the organisation id. The code before it ends.
pub(in crate::tenant) fn renew(ctx: &Context<'_>) -> Result<VerificationCodeIssued, Refusal> {
    let known = stored::organization(ctx.sql).or_storage()?;
    let (verification_code, code) = StoredCode::issue(ctx.random, ctx.now);
    let number = match known {
        Some(known) => known.number,
        None => {
            enqueue(ctx, Message::PublishOrganization)?;
            OrganizationNumber::generate(ctx.random)
        }
    };
    let organization = ServiceOrganization { number, code };
    stored::save_organization(ctx.sql, &organization).or_storage()?;
    Ok(VerificationCodeIssued {
        organization: organization.number,
        verification_code,
        code_issued_at: ctx.now,
    })
}

/// Draws another organisation id: the directory has the current one for another provider, which had it first.
pub(in crate::tenant) fn taken(ctx: &Context<'_>) -> Result<(), Refusal> {
    let Some(known) = stored::organization(ctx.sql).or_storage()? else {
        return Ok(());
    };
    let Some(tenant) = tenants::load(ctx.sql).or_storage()? else {
        return Ok(());
    };
    let number = OrganizationNumber::generate(ctx.random);
    ctx.audit(Act::new(
        Actor::new("system", None, None),
        "enrolment.number",
        format!("tenant/{}", tenant.slug),
        number.as_str(),
    ))?;
    stored::save_organization(ctx.sql, &ServiceOrganization { number, ..known }).or_storage()?;
    enqueue(ctx, Message::PublishOrganization)
}

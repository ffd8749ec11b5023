//! What each mail says, put together when it leaves. A mail whose occasion is gone is not sent.

use tegata_domain::activation::code;
use tegata_domain::approval::ApprovalState;
use tegata_domain::code::grouped;
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, RegistrationId, UserId};
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::mail::{MailContent, Recipient};
use tegata_domain::outbox::Message;
use tegata_domain::registration::{Registration, Stage};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{administrators, approvals, registrations};

use super::operator::first_password;
use crate::context::{Context, OrStorage as _};

type Letter = Option<(Recipient, MailContent)>;

/// To whom `message` goes and what it says; `None` when there is nothing to say any more.
pub(super) fn letter(ctx: &Context<'_>, tenant: &TenantRecord, message: &Message) -> Result<Letter, Refusal> {
    match message {
        Message::FirstCredential { administrator } => first_credential(ctx, tenant, administrator),
        Message::ApprovalRequest { approval, approver } => approval_request(ctx, tenant, approval, approver),
        Message::ConfirmAddress { registration } => waiting(
            ctx,
            registration,
            Stage::AwaitingAddress,
            |registration| {
                let link = Link {
                    tenant: tenant.slug.clone(),
                    subject: registration.id.to_string(),
                    holder: registration.id.to_string(),
                    expires_at: registration.expires_at,
                };
                let token = link.seal(LinkPurpose::ConfirmAddress, &ctx.signers.links)?;
                Some(MailContent::ConfirmAddress {
                    tenant_name: tenant.name.to_string(),
                    device_name: registration.applicant.device_name.clone(),
                    expires_at: registration.expires_at,
                    link: format!("{}/c/{token}", ctx.settings.edge_url),
                })
            },
            tenant,
        ),
        Message::ActivationCode { registration } => waiting(
            ctx,
            registration,
            Stage::AwaitingCode,
            |registration| {
                Some(MailContent::ActivationCode {
                    tenant_name: tenant.name.to_string(),
                    device_name: registration.applicant.device_name.clone(),
                    code: grouped(&code(&ctx.signers.links, &tenant.slug, registration)?, 5),
                    activate_url: format!("{}/activate", ctx.issuer(&tenant.slug)),
                    expires_at: registration.expires_at,
                })
            },
            tenant,
        ),
        Message::Refused { registration } => waiting(
            ctx,
            registration,
            Stage::Refused,
            |registration| {
                Some(MailContent::Refused {
                    tenant_name: tenant.name.to_string(),
                    device_name: registration.applicant.device_name.clone(),
                    reason: registration.reason.clone(),
                })
            },
            tenant,
        ),
        Message::PublishDirectory | Message::PublishRevocations => Ok(None),
    }
}

fn first_credential(ctx: &Context<'_>, tenant: &TenantRecord, id: &UserId) -> Result<Letter, Refusal> {
    let Some(administrator) = administrators::load(ctx.sql, id).or_storage()? else {
        return Ok(None);
    };
    if ctx.now >= administrator.password_until {
        return Ok(None);
    }
    let Some(key) = ctx.signers.links.find(&administrator.password_key) else {
        return Ok(None);
    };
    let content = MailContent::FirstCredential {
        tenant_name: tenant.name.to_string(),
        slug: tenant.slug.clone(),
        login_url: format!("{}/", ctx.issuer(&tenant.slug)),
        account: administrator.person.account.as_str().to_owned(),
        password: first_password(key, &tenant.slug, id),
        valid_until: administrator.password_until,
    };
    let person = administrator.person;
    Ok(Some((
        Recipient {
            name: person.name,
            address: person.email,
            locale: person.locale,
            time_zone: person.time_zone.clone(),
        },
        content,
    )))
}

fn approval_request(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    approval: &ApprovalId,
    approver: &UserId,
) -> Result<Letter, Refusal> {
    let Some(approval) = approvals::load(ctx.sql, approval).or_storage()? else {
        return Ok(None);
    };
    let Some(approver) = administrators::load(ctx.sql, approver).or_storage()? else {
        return Ok(None);
    };
    let Some(id) = RegistrationId::parse(&approval.subject) else {
        return Ok(None);
    };
    let Some(registration) = registrations::load(ctx.sql, &id).or_storage()? else {
        return Ok(None);
    };
    if approval.state(ctx.now) != ApprovalState::Open {
        return Ok(None);
    }
    let link = Link {
        tenant: tenant.slug.clone(),
        subject: approval.id.to_string(),
        holder: approver.id.to_string(),
        expires_at: approval.expires_at,
    };
    let Some(token) = link.seal(LinkPurpose::Approval, &ctx.signers.links) else {
        return Ok(None);
    };
    let applicant = registration.applicant;
    let content = MailContent::ApprovalRequest {
        tenant_name: tenant.name.to_string(),
        requester_name: applicant.name,
        requester_email: applicant.email,
        organization: applicant.organization,
        device_name: applicant.device_name,
        requested_at: approval.requested_at,
        expires_at: approval.expires_at,
        outside_mail_domains: registration.outside_mail_domains,
        link: format!("{}/a/{token}", ctx.settings.edge_url),
    };
    let person = approver.person;
    Ok(Some((
        Recipient {
            name: person.name,
            address: person.email,
            locale: person.locale,
            time_zone: person.time_zone.clone(),
        },
        content,
    )))
}

/// A mail to a requester, while the registration stands at `stage`.
fn waiting(
    ctx: &Context<'_>,
    id: &RegistrationId,
    stage: Stage,
    content: impl Fn(&Registration) -> Option<MailContent>,
    tenant: &TenantRecord,
) -> Result<Letter, Refusal> {
    let Some(registration) = registrations::load(ctx.sql, id).or_storage()? else {
        return Ok(None);
    };
    if registration.stage(ctx.now) != stage {
        return Ok(None);
    }
    let Some(content) = content(&registration) else {
        return Ok(None);
    };
    let applicant = registration.applicant;
    let to = Recipient {
        name: applicant.name,
        address: applicant.email,
        locale: applicant.locale,
        time_zone: tenant.time_zone.clone(),
    };
    Ok(Some((to, content)))
}

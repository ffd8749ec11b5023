//! Mails to approvers (K3): one mail per request, or one digest for many requests during a flood.

use tegata_domain::asked::MOST_NAMED;
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, RegistrationId, UserId};
use tegata_domain::mail::{MailContent, Named, Recipient};
use tegata_domain::outbox::{Message, OutboxRow};
use tegata_domain::registration::Registration;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{asked, outbox};

use super::outbox::{enqueue, enqueue_at};
use super::people::approver;
use crate::context::{Context, OrStorage as _};

/// Mails `approvers` about the request of `approval`, or adds it to the digest of an approver who already got too many
/// mails.
pub(super) fn tell(
    ctx: &Context<'_>,
    registration: &RegistrationId,
    approval: &ApprovalId,
    approvers: Vec<UserId>,
) -> Result<(), Refusal> {
    let mut number = None;
    for approver in approvers {
        let mut mailed = asked::load(ctx.sql, &approver).or_storage()?;
        if mailed.take_single(ctx.now) {
            asked::save(ctx.sql, &approver, &mailed).or_storage()?;
            let approval = approval.clone();
            enqueue(ctx, Message::ApprovalRequest { approval, approver })?;
            continue;
        }
        let from = match number {
            Some(number) => number,
            None => asked::gather(ctx.sql, registration).or_storage()?,
        };
        number = Some(from);
        if let Some(due) = mailed.gather(from, ctx.now) {
            asked::save(ctx.sql, &approver, &mailed).or_storage()?;
            let message = Message::ApprovalDigest {
                approver,
                from,
                to: None,
            };
            enqueue_at(ctx, message, due)?;
        }
    }
    Ok(())
}

/// Closes a digest of requests that is due. Later requests go into the next mail.
pub(super) fn closed(ctx: &Context<'_>, mut row: OutboxRow) -> Result<OutboxRow, Refusal> {
    if let Message::ApprovalDigest { approver, to, .. } = &mut row.message
        && to.is_none()
    {
        *to = Some(asked::last(ctx.sql).or_storage()?);
        let mut mailed = asked::load(ctx.sql, approver).or_storage()?;
        mailed.close(ctx.now);
        asked::save(ctx.sql, approver, &mailed).or_storage()?;
        outbox::save(ctx.sql, &row).or_storage()?;
    }
    Ok(row)
}

/// The mail to `user` with the requests `from` to `to` that still wait for an answer.
pub(super) fn letter(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    user: &UserId,
    numbers: (i64, i64),
) -> Result<Option<(Recipient, MailContent)>, Refusal> {
    let Some(person) = approver(ctx, user)? else {
        return Ok(None);
    };
    let (count, first) = asked::waiting(ctx.sql, numbers, ctx.now, MOST_NAMED).or_storage()?;
    if count == 0 {
        return Ok(None);
    }
    let named = |registration: Registration| Named {
        name: registration.applicant.name,
        organization: registration.applicant.organization,
        device_name: registration.applicant.device_name,
    };
    let content = MailContent::ApprovalDigest {
        tenant_name: tenant.name.to_string(),
        count,
        named: first.into_iter().map(named).collect(),
        link: format!("{}/#/registrations", ctx.issuer(&tenant.slug)),
    };
    Ok(person.recipient().map(|to| (to, content)))
}

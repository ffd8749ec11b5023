//! What the outbox holds, on its way: prepared for delivery when its time has come, settled by what came of it.

use tegata_domain::access_token::LIFE;
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::blob::BlobKey;
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::error::Refusal;
use tegata_domain::jws::LEEWAY;
use tegata_domain::mail::compose;
use tegata_domain::outbox::{DeliveryError, Message, OutboxRow, OutboxState};
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::object::{Command, Object, Told};
use tegata_kv_schema::search::{self, Among};
use tegata_kv_schema::{approvals, devices, gathered, inquiries, outbox, registrations};

use super::alerts::{self, alert};
use super::asking;
use super::customers;
use super::mails::letter;
use super::object::Tenant;
use crate::context::{Context, OrStorage as _, whole};
use crate::hosted::{Delivery, MailToSend};

/// Rows of a kind, copies or mails, taken in one go.
const BATCH: i64 = 16;
/// How long a registration is kept after its wait has ended, in seconds: longer than its link can be looked at.
const REGISTRATION_KEPT: i64 = 90 * 24 * 3600;

/// News for another object, as they travel.
fn telling<C: Command>(news: Option<(<C::To as Object>::Name, C)>) -> Option<Delivery> {
    let (to, command) = news?;
    Some(Delivery::Tell(Told::new(&to, command)?))
}

impl Tenant {
    /// The rows due now, each with what to do for it. Rows that have nothing to say any more are deleted.
    pub(super) fn take_due(&self, ctx: &Context<'_>) -> Result<Vec<(OutboxRow, Delivery)>, Refusal> {
        whole(ctx, &mut || {
            let mut due = Vec::new();
            for row in outbox::due(ctx.sql, ctx.now, BATCH).or_storage()? {
                let row = asking::closed(ctx, alerts::closed(ctx, row)?)?;
                match self.prepare(ctx, &row)? {
                    Some(delivery) => due.push((row, delivery)),
                    None => outbox::delete(ctx.sql, &row.id).or_storage()?,
                }
            }
            Ok(due)
        })
    }

    fn prepare(&self, ctx: &Context<'_>, row: &OutboxRow) -> Result<Option<Delivery>, Refusal> {
        let tenant = self.tenant(ctx.sql)?;
        Ok(match &row.message {
            Message::PublishDirectory => Some(Delivery::Directory(DirectoryEntry::from(&tenant))),
            Message::PublishRevocations => {
                let since = ctx.now.plus(LIFE.saturating_add(LEEWAY).saturating_neg());
                let revoked = devices::revoked_since(ctx.sql, since).or_storage()?;
                let devices = revoked
                    .into_iter()
                    .filter_map(|device| Some((device.id, device.revoked_at?)))
                    .collect();
                Some(Delivery::Revocations(tenant.slug, RevocationSnapshot { devices }))
            }
            Message::TellCustomer => telling(customers::news(ctx, &tenant)?),
            Message::TellInquiry { inquiry } => telling(customers::inquiry_news(ctx, &tenant, inquiry)?),
            Message::TellQuestion { question } => telling(customers::question_news(ctx, &tenant, question)?),
            Message::MoveAttachment { inquiry, attachment } => {
                let kept = inquiries::attachment(ctx.sql, inquiry, attachment).or_storage()?;
                let key = BlobKey::attachment(&tenant.slug, inquiry, attachment);
                kept.and_then(|kept| kept.data).map(|data| Delivery::Blob(key, data))
            }
            mail => letter(ctx, &tenant, mail)?.map(|(to, content)| {
                let mail = compose(&content, &to, &ctx.settings.product);
                Delivery::Mail(Box::new(MailToSend {
                    id: row.id.clone(),
                    date: row.created_at,
                    // Counted once: a transport that is down does not use up what the address may get.
                    budget: row.message.budget(&to.address).filter(|_| row.attempts == 0),
                    to,
                    mail,
                }))
            }),
        })
    }
}

/// Records what came of delivering `row`: gone, or kept with the error.
pub(super) fn settle(ctx: &Context<'_>, row: &OutboxRow, result: &Result<(), DeliveryError>) -> Result<(), Refusal> {
    let error = match result {
        Ok(()) => {
            if let Message::MoveAttachment { attachment, .. } = &row.message {
                inquiries::moved(ctx.sql, attachment).or_storage()?;
            }
            return outbox::delete(ctx.sql, &row.id).or_storage();
        }
        Err(error) => error,
    };
    // Somebody may have put it back in line, or settled it, while it was on its way.
    let Some(mut row) = outbox::load(ctx.sql, &row.id).or_storage()?.filter(|now| now == row) else {
        return Ok(());
    };
    row.failed(error, ctx.now, ctx.settings.retry_base);
    outbox::save(ctx.sql, &row).or_storage()?;
    if row.state != OutboxState::Undeliverable {
        return Ok(());
    }
    let actor = Actor::new("system", None, None);
    let object = format!("outbox/{}", row.id);
    ctx.audit(Act::new(actor, "outbox.give_up", object, row.message.kind()))?;
    // Not of the mail that tells of alerts: it would go on for ever.
    if matches!(row.message, Message::Alerts { .. }) {
        return Ok(());
    }
    let what = format!("{} ({error})", row.message.kind());
    alert(ctx, AlertKind::Undeliverable, what)
}

/// When the outbox, a registration that ended long ago, or a failure that waits to be written down, next has something to do.
pub(super) fn next_wake(ctx: &Context<'_>) -> Result<Option<UnixSeconds>, Refusal> {
    let due = outbox::next_due(ctx.sql).or_storage()?;
    let tidy = registrations::first_end(ctx.sql)
        .or_storage()?
        .map(|end| end.plus(REGISTRATION_KEPT.saturating_add(1)));
    let gathered = gathered::next_due(ctx.sql).or_storage()?.map(|(due, _)| due);
    Ok(due.into_iter().chain(tidy).chain(gathered).min())
}

/// Deletes registrations that ended long ago, some at a time, with their approvals and codes; their audit entries stay.
pub(super) fn forget_ended(ctx: &Context<'_>) -> Result<(), Refusal> {
    let before = ctx.now.plus(REGISTRATION_KEPT.saturating_neg());
    for registration in registrations::ended_before(ctx.sql, before, BATCH).or_storage()? {
        for code in &registration.device_codes {
            registrations::delete_device_code(ctx.sql, code).or_storage()?;
        }
        if let Some(key) = registrations::repeat_key(&registration.applicant) {
            registrations::delete_repeat(ctx.sql, &key, &registration.id).or_storage()?;
        }
        // A decided approval stays, for its receipt.
        if let Some(id) = &registration.approval
            && approvals::load(ctx.sql, id)
                .or_storage()?
                .is_some_and(|approval| approval.decision.is_none())
        {
            approvals::delete(ctx.sql, id).or_storage()?;
        }
        search::delete(ctx.sql, Among::Registrations, registration.id.as_str()).or_storage()?;
        registrations::delete(ctx.sql, &registration.id).or_storage()?;
    }
    Ok(())
}

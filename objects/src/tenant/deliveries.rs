//! Delivery of outbox entries: prepares those that are due, and settles them by the result.

use tegata_domain::access_token::LIFE;
use tegata_domain::alert::AlertKind;
use tegata_domain::audit::head::due;
use tegata_domain::audit::{Act, Actor};
use tegata_domain::blob::BlobKey;
use tegata_domain::device::RevocationSnapshot;
use tegata_domain::directory::DirectoryEntry;
use tegata_domain::error::Refusal;
use tegata_domain::jws::LEEWAY;
use tegata_domain::mail::{Look, compose};
use tegata_domain::outbox::{DeliveryError, Message, OutboxRow, OutboxState};
use tegata_domain::time::UnixSeconds;
use tegata_domain::wire::object::{Command, Object, Told};
use tegata_kv_schema::found::{self, Among};
use tegata_kv_schema::wake::waits;
use tegata_kv_schema::{approvals, devices, enrolments, inquiries, outbox, registrations};

use super::alerts::{self, alert};
use super::appointments;
use super::asking;
use super::attended;
use super::customers;
use super::enrolments as machines;
use super::enrolments::serials;
use super::faces;
use super::launches;
use super::mails::letter;
use super::object::Tenant;
use crate::context::{Context, OrStorage as _, whole};
use crate::hosted::{Delivery, MailToSend};

/// How many entries of each kind, copies or mails, one run takes.
const BATCH: i64 = 16;
/// How long a registration is kept after it ended, in seconds. This is longer than its link stays valid for viewing.
const REGISTRATION_KEPT: i64 = 90 * 24 * 3600;

/// An update for another object, as a delivery.
fn telling<C: Command>(news: Option<(<C::To as Object>::Name, C)>) -> Option<Delivery> {
    let (to, command) = news?;
    Some(Delivery::Tell(Told::new(&to, command)?))
}

impl Tenant {
    /// Lists the entries due now, each with its delivery. Entries that have nothing left to deliver are deleted.
    pub(super) fn take_due(&self, ctx: &Context<'_>) -> Result<Vec<(OutboxRow, Delivery)>, Refusal> {
        whole(ctx, &mut || {
            let mut due = Vec::new();
            for row in outbox::due(ctx.sql, ctx.now, BATCH).or_storage()? {
                let row = serials::closed(ctx, asking::closed(ctx, alerts::closed(ctx, row)?)?)?;
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
            Message::PublishDirectory => Some(Delivery::Directory(DirectoryEntry::of(&tenant, faces::face(ctx)?))),
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
            Message::TellFace { customer } => telling(faces::news(ctx, &tenant, customer)?),
            Message::PublishOrganization => {
                let known = enrolments::organization(ctx.sql).or_storage()?;
                known.map(|known| Delivery::Organization(known.number, tenant.slug))
            }
            Message::TellEquipment { to } => telling(serials::news(ctx, &tenant, *to)?),
            Message::TellMachine { request, customer } => telling(machines::news(ctx, &tenant, request, customer)?),
            Message::TellMachineAnswer { request } => telling(machines::customer::news(ctx, &tenant, request)?),
            Message::TellInquiry { inquiry } => telling(customers::inquiry_news(ctx, &tenant, inquiry)?),
            Message::TellLaunch { launch, news, at } => {
                telling(launches::copies::news(ctx, &tenant, launch, *news, *at)?)
            }
            Message::TellAttended { attended } => telling(attended::copies::news(ctx, &tenant, attended)?),
            Message::TellAppointment {
                appointment,
                news,
                version,
            } => telling(appointments::copies::news(
                ctx,
                &tenant,
                appointment,
                (*news, *version),
            )?),
            Message::OpenSession { launch } => telling(launches::session::opening(ctx, &tenant, launch)?),
            Message::ExtendSession { launch } => telling(launches::session::extending(ctx, launch)?),
            Message::EndSession { launch } => telling(launches::session::ending(ctx, launch)?),
            Message::EndDeskSession {
                tenant: customer,
                launch,
            } => telling(launches::session::ending_at_customer(ctx, customer, launch)?),
            Message::TellQuestion { question } => telling(customers::question_news(ctx, &tenant, question)?),
            Message::MoveAttachment { inquiry, attachment } => {
                let kept = inquiries::attachment(ctx.sql, inquiry, attachment).or_storage()?;
                let key = BlobKey::attachment(&tenant.slug, inquiry, attachment);
                kept.and_then(|kept| kept.data).map(|data| Delivery::Blob(key, data))
            }
            mail => {
                let Some((to, content)) = letter(ctx, &tenant, mail, row.created_at)? else {
                    return Ok(None);
                };
                let face = faces::face(ctx)?;
                let look = Look {
                    product: &ctx.settings.product,
                    face: face.as_ref(),
                };
                let mail = compose(&content, &to, look);
                let logo = match &face {
                    Some(face) if face.logo.is_some() => faces::logo(ctx)?,
                    _ => None,
                };
                let (sender, reply_to) = face.map(|face| (face.sender, face.reply_to)).unwrap_or_default();
                Some(Delivery::Mail(Box::new(MailToSend {
                    id: row.id.clone(),
                    date: row.created_at,
                    sender: sender.map(|name| name.to_string()),
                    reply_to,
                    logo,
                    // Counted on the first attempt only, so that a failing transport does not use up the address's
                    // budget.
                    budget: row.message.budget(&to.address).filter(|_| row.attempts == 0),
                    to,
                    mail,
                })))
            }
        })
    }
}

/// Records the result of delivering `row`: deletes the entry, or keeps it with the error.
pub(super) fn settle(ctx: &Context<'_>, row: &OutboxRow, result: &Result<(), DeliveryError>) -> Result<(), Refusal> {
    let error = match result {
        Ok(()) => {
            match &row.message {
                Message::MoveAttachment { attachment, .. } => inquiries::moved(ctx.sql, attachment).or_storage()?,
                Message::TellEquipment { to } => serials::told(ctx, *to)?,
                _ => {}
            }
            return outbox::delete(ctx.sql, &row.id).or_storage();
        }
        Err(DeliveryError::Permanent(_)) if row.message == Message::PublishOrganization => {
            outbox::delete(ctx.sql, &row.id).or_storage()?;
            return machines::organization::taken(ctx);
        }
        Err(error) => error,
    };
    // The entry may have been retried or settled during the delivery.
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
    // A failed alert mail raises no alert, which would cause the next alert mail without end.
    if matches!(row.message, Message::Alerts { .. }) {
        return Ok(());
    }
    let what = format!("{} ({error})", row.message.kind());
    alert(ctx, AlertKind::Undeliverable, what)
}

/// Returns when there is work next: an outbox entry to deliver, an old registration to delete, failures to write to the
/// audit log, a launch that needs attention, or a head to sign.
pub(super) fn next_wake(ctx: &Context<'_>) -> Result<Option<UnixSeconds>, Refusal> {
    let waits = waits(ctx.sql).or_storage()?;
    let tidy = waits.first_end.map(|end| end.plus(REGISTRATION_KEPT.saturating_add(1)));
    Ok(waits.due.into_iter().chain(tidy).chain(waits.uncovered.map(due)).min())
}

/// Deletes registrations that ended long ago, in batches, with their open approvals and device codes. Their audit
/// entries stay.
pub(super) fn forget_ended(ctx: &Context<'_>) -> Result<(), Refusal> {
    let before = ctx.now.plus(REGISTRATION_KEPT.saturating_neg());
    for registration in registrations::ended_before(ctx.sql, before, BATCH).or_storage()? {
        for code in &registration.device_codes {
            registrations::delete_device_code(ctx.sql, code).or_storage()?;
        }
        if let Some(key) = registrations::repeat_key(&registration.applicant) {
            registrations::delete_repeat(ctx.sql, &key, &registration.id).or_storage()?;
        }
        // A decided approval is kept for its receipt.
        if let Some(id) = &registration.approval
            && approvals::load(ctx.sql, id)
                .or_storage()?
                .is_some_and(|approval| approval.decision.is_none())
        {
            approvals::delete(ctx.sql, id).or_storage()?;
        }
        let found = (registration.id.as_str(), registration.requested_at);
        found::delete(ctx.sql, Among::Registrations, found).or_storage()?;
        registrations::delete(ctx.sql, &registration.id).or_storage()?;
    }
    Ok(())
}

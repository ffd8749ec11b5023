//! Delivers outbox entries: one attempt each, and one result that tells the outbox whether to retry.

pub(crate) mod mail;

use tegata_domain::blob::BlobKey;
use tegata_domain::calendar::Organizer;
use tegata_domain::enrolment::organization::OrganizationNumber;
use tegata_domain::face::Logo;
use tegata_domain::mail_budget::{MailAllowance, Mailbox, TakeMail};
use tegata_domain::outbox::DeliveryError;
use tegata_domain::slug::Slug;
use tegata_domain::wire::object::Told;
use tegata_domain::wire::{b64, json};
use tegata_kv_schema::kv::{Directory, Family, Organizations, Revocations};
use tegata_objects::hosted::{Delivery, MailToSend};
use worker::Env;

use self::mail::{Calendar, Outgoing};
use crate::objects::{self, Unanswered};
use crate::platform::{BLOBS, binding, blob_put, kv_get, kv_put};
use crate::settings::Settings;

/// Makes one attempt.
pub(crate) async fn deliver(settings: &Settings, env: &Env, delivery: &Delivery) -> Result<(), DeliveryError> {
    match delivery {
        Delivery::Mail(mail) => {
            if let Some(mailbox) = &mail.budget {
                within_budget(env, mailbox).await?;
            }
            mail::deliver(&settings.mail, env, &outgoing(settings, mail)).await
        }
        Delivery::Directory(entry) => publish::<Directory>(env, &entry.slug, entry).await,
        Delivery::Organization(number, slug) => enter(env, number, slug).await,
        Delivery::Revocations(slug, snapshot) => publish::<Revocations>(env, slug, snapshot).await,
        Delivery::Tell(told) => tell(env, told).await,
        Delivery::Blob(key, content) => keep(env, key, content).await,
    }
}

fn temporary(what: &str, why: impl core::fmt::Display) -> DeliveryError {
    DeliveryError::Temporary(format!("{what}: {why}"))
}

/// Sends a command to another object.
async fn tell(env: &Env, told: &Told) -> Result<(), DeliveryError> {
    match objects::ask(env, &told.to, &told.command).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(refusal)) => Err(temporary(&told.to.name, refusal)),
        Err(Unanswered) => Err(temporary(&told.to.name, "no response")),
    }
}

/// Writes a blob. Its content was validated when it was received.
async fn keep(env: &Env, key: &BlobKey, content: &str) -> Result<(), DeliveryError> {
    let content = b64::decode_standard(content).ok_or_else(|| temporary(BLOBS, "the content is not base64"))?;
    blob_put(&binding(env, BLOBS), key.as_str(), &content)
        .await
        .map_err(|error| DeliveryError::Temporary(format!("{BLOBS}: {error:?}")))
}

/// Takes one mail from the deployment's budget for an address.
async fn within_budget(env: &Env, mailbox: &Mailbox) -> Result<(), DeliveryError> {
    let take = TakeMail {
        mailbox: mailbox.clone(),
    };
    match objects::told(env, mailbox, take).await {
        Ok(Ok(MailAllowance::Granted)) => Ok(()),
        Ok(Ok(MailAllowance::Wait(seconds))) => Err(DeliveryError::Postponed(seconds)),
        Ok(Err(refusal)) => Err(temporary("mail budget", refusal)),
        Err(Unanswered) => Err(temporary("mail budget", "no response")),
    }
}

/// Enters a provider's organisation id in the directory, unless another provider has it.
async fn enter(env: &Env, number: &OrganizationNumber, slug: &Slug) -> Result<(), DeliveryError> {
    let key = Organizations::key(number);
    let entered = kv_get(&binding(env, Organizations::NAMESPACE), &key)
        .await
        .map_err(|error| DeliveryError::Temporary(format!("{}: {error:?}", Organizations::NAMESPACE)))?;
    let entered = entered.as_string().and_then(|text| json::read::<Slug>(&text).ok());
    if entered.is_some_and(|entered| entered != *slug) {
        let taken = "another provider has this organisation id";
        return Err(DeliveryError::Permanent(taken.to_owned()));
    }
    publish::<Organizations>(env, number, slug).await
}

async fn publish<F: Family>(env: &Env, name: &F::Name, record: &F::Record) -> Result<(), DeliveryError> {
    let text = serde_json::to_string(record).map_err(|error| temporary(F::NAMESPACE, error))?;
    kv_put(&binding(env, F::NAMESPACE), &F::key(name), &text)
        .await
        .map_err(|error| DeliveryError::Temporary(format!("{}: {error:?}", F::NAMESPACE)))
}

fn outgoing(settings: &Settings, mail: &MailToSend) -> Outgoing {
    Outgoing {
        message_id: format!("{}@{}", mail.id, settings.mail.domain()),
        date_unix: mail.date.0,
        to_name: mail.to.name.to_string(),
        to_address: mail.to.address.to_string(),
        subject: mail.mail.subject.clone(),
        text: mail.mail.text.clone(),
        html: mail.mail.html.clone(),
        locale: mail.to.locale.tag().to_owned(),
        sender_name: mail.sender.clone(),
        reply_to: mail.reply_to.clone(),
        logo: mail.logo.as_ref().map(Logo::bytes),
        calendar: mail.mail.invite.as_ref().map(|invite| {
            // The organiser is the sender of this very mail: calendar programs compare the two.
            let (name, address) = settings.mail.organizer(mail.sender.as_deref());
            let organizer = Organizer {
                name,
                address: &address,
            };
            Calendar {
                method: invite.method,
                text: invite.event.message(invite.method, &settings.object.product, organizer),
            }
        }),
    }
}

//! A provider's face (B16): set in the provider's object, copied to its customers by the outbox.

use tegata_domain::audit::{Act, Actor};
use tegata_domain::desk::NoteFace;
use tegata_domain::error::Refusal;
use tegata_domain::face::{Face, Logo};
use tegata_domain::outbox::Message;
use tegata_domain::panel::desk::CustomerSort;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind};
use tegata_kv_schema::{desk, faces};

use super::outbox::enqueue;
use crate::context::{Context, OrStorage as _};

/// How many customers are read at a time.
const BATCH: i64 = 200;

/// The face of `tenant` if it is a provider, or the copy of its provider's; `None` if none has been set.
pub(super) fn face(ctx: &Context<'_>) -> Result<Option<Face>, Refusal> {
    faces::load(ctx.sql).or_storage()
}

pub(super) fn logo(ctx: &Context<'_>) -> Result<Option<Logo>, Refusal> {
    faces::logo(ctx.sql).or_storage()
}

/// Tells every customer of the provider.
pub(super) fn tell_all(ctx: &Context<'_>) -> Result<(), Refusal> {
    let mut after = (String::new(), String::new());
    loop {
        let place = (after.0.as_str(), after.1.as_str());
        let listed = desk::list_customers(ctx.sql, None, CustomerSort::Name, place, BATCH).or_storage()?;
        for (_, customer) in &listed.rows {
            let customer = customer.slug.clone();
            enqueue(ctx, Message::TellFace { customer })?;
        }
        match listed.rows.last() {
            Some((name, customer)) if listed.rows.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX) => {
                after = (name.clone(), customer.slug.to_string());
            }
            _ => return Ok(()),
        }
    }
}

/// The update that tells `customer` about the face, if there is one.
pub(super) fn news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    customer: &Slug,
) -> Result<Option<(Slug, NoteFace)>, Refusal> {
    let logo = logo(ctx)?;
    Ok(face(ctx)?.map(|face| {
        let provider = tenant.slug.clone();
        (customer.clone(), NoteFace { provider, face, logo })
    }))
}

/// Stores the provider's update, and logs it: it changes what this tenant's mails and pages show. Drops an update that is not newer than the copy.
pub(super) fn note(ctx: &Context<'_>, tenant: &TenantRecord, note: &NoteFace) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Tenant || tenant.provider.as_ref() != Some(&note.provider) {
        return Err(Refusal::Forbidden);
    }
    let known = face(ctx)?;
    if known.as_ref().is_some_and(|known| known.version >= note.face.version) {
        return Ok(());
    }
    faces::save(ctx.sql, &note.face, note.logo.as_ref()).or_storage()?;
    let before = known.unwrap_or_else(|| Face::plain(note.face.name.clone()));
    ctx.audit(Act::new(
        Actor::new("system", None, None),
        "face.update",
        format!("tenant/{}", note.provider),
        &before.changes(&note.face),
    ))?;
    enqueue(ctx, Message::PublishDirectory)
}

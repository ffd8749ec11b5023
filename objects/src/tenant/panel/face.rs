//! The provider sets its face (B16).

use tegata_domain::error::Refusal;
use tegata_domain::face::{Face, Logo};
use tegata_domain::outbox::Message;
use tegata_domain::panel::face::{Change, FaceView};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::faces as stored;

use super::lists::changed;
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::faces;
use crate::tenant::outbox::enqueue;

fn view(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<FaceView, Refusal> {
    Ok(FaceView {
        face: faces::face(ctx)?.unwrap_or_else(|| Face::plain(tenant.name.clone())),
        image: faces::logo(ctx)?,
    })
}

pub(super) fn show(ctx: &Context<'_>, visitor: &Visitor) -> Result<FaceView, Refusal> {
    view(ctx, &visitor.tenant)
}

/// Stores the new face and tells every customer.
pub(super) fn change(ctx: &Context<'_>, visitor: &Visitor, input: Change) -> Result<FaceView, Refusal> {
    let FaceView { face: before, image } = view(ctx, &visitor.tenant)?;
    if before.version != input.version {
        return Err(changed(&FaceView { face: before, image }));
    }
    let image = input.logo.or(image).filter(|_| !input.remove_logo);
    let after = Face {
        version: before.version.saturating_add(1),
        name: input.name,
        contact: input.contact.into(),
        accent: input.accent,
        sender: input.sender,
        reply_to: input.reply_to,
        logo: image.as_ref().map(Logo::hash),
    };
    stored::save(ctx.sql, &after, image.as_ref()).or_storage()?;
    let object = format!("tenant/{}", visitor.tenant.slug);
    visitor.audit::<Change>(ctx, object, &before.changes(&after))?;
    enqueue(ctx, Message::PublishDirectory)?;
    faces::tell_all(ctx)?;
    Ok(FaceView { face: after, image })
}

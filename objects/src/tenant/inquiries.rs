//! Inquiries (C6). The customer's object keeps the threads; its provider gets an update on each change and answers
//! here.

use tegata_domain::blob::BlobKey;
use tegata_domain::desk::FetchedAttachment;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{AttachmentId, InquiryId};
use tegata_domain::inquiry::{
    Body, Inquiry, InquiryMessage, InquiryState, InquiryThread, MOST_ATTACHMENTS, MOST_KEPT, MOST_MESSAGES,
    MOST_WRITTEN, NewAttachment, Side,
};
use tegata_domain::outbox::Message;
use tegata_domain::slug::Slug;
use tegata_domain::text::PersonName;
use tegata_kv_schema::inquiries;

use super::outbox::enqueue;
use crate::context::{Context, OrStorage as _};

/// Loads the inquiry `id`, or fails with [`Refusal::NotFound`].
pub(super) fn found(ctx: &Context<'_>, id: &InquiryId) -> Result<Inquiry, Refusal> {
    inquiries::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)
}

/// Loads the thread of an inquiry.
pub(super) fn thread(ctx: &Context<'_>, inquiry: Inquiry) -> Result<InquiryThread, Refusal> {
    let messages = inquiries::messages(ctx.sql, &inquiry.id).or_storage()?;
    Ok(InquiryThread { inquiry, messages })
}

/// Adds a message from `side` and notifies the other side.
pub(super) fn write(
    ctx: &Context<'_>,
    mut inquiry: Inquiry,
    side: Side,
    name: PersonName,
    body: Body,
    files: &[NewAttachment],
) -> Result<InquiryThread, Refusal> {
    if files.len() > MOST_ATTACHMENTS {
        return Err(FieldError::new("attachments", "must be at most three").into());
    }
    let written = inquiries::written(ctx.sql, &inquiry.id).or_storage()?;
    if inquiry.messages >= MOST_MESSAGES || written >= MOST_WRITTEN {
        return Err(FieldError::new("body", "this inquiry is full; open a new one").into());
    }
    if !files.is_empty() && inquiries::count_attachments(ctx.sql).or_storage()? >= MOST_KEPT {
        return Err(FieldError::new(
            "attachments",
            "no more files can be stored; send the message without files",
        )
        .into());
    }
    inquiry.written(side, ctx.now);
    let mut attachments = Vec::new();
    for file in files {
        let attachment = file.checked(AttachmentId::generate(ctx.random))?;
        inquiries::add_attachment(ctx.sql, &inquiry.id, &attachment, &file.data).or_storage()?;
        if ctx.settings.blobs {
            let (inquiry, attachment) = (inquiry.id.clone(), attachment.id.clone());
            enqueue(ctx, Message::MoveAttachment { inquiry, attachment })?;
        }
        attachments.push(attachment);
    }
    let message = InquiryMessage {
        number: inquiry.messages,
        at: ctx.now,
        side,
        name,
        body,
        attachments,
    };
    inquiries::add_message(ctx.sql, &inquiry.id, &message).or_storage()?;
    inquiries::save(ctx.sql, &inquiry).or_storage()?;
    tell(ctx, &inquiry)?;
    if side == Side::Desk {
        enqueue(
            ctx,
            Message::InquiryAnswered {
                inquiry: inquiry.id.clone(),
                number: message.number,
            },
        )?;
    }
    thread(ctx, inquiry)
}

/// Closes an inquiry if it is open.
pub(super) fn close(ctx: &Context<'_>, mut inquiry: Inquiry) -> Result<InquiryThread, Refusal> {
    if inquiry.close(ctx.now) {
        inquiries::save(ctx.sql, &inquiry).or_storage()?;
        tell(ctx, &inquiry)?;
    }
    thread(ctx, inquiry)
}

fn tell(ctx: &Context<'_>, inquiry: &Inquiry) -> Result<(), Refusal> {
    enqueue(
        ctx,
        Message::TellInquiry {
            inquiry: inquiry.id.clone(),
        },
    )
}

/// Fetches an attachment of an inquiry.
pub(super) fn file(
    ctx: &Context<'_>,
    tenant: &Slug,
    inquiry: &InquiryId,
    id: &AttachmentId,
) -> Result<FetchedAttachment, Refusal> {
    let kept = inquiries::attachment(ctx.sql, inquiry, id)
        .or_storage()?
        .ok_or(Refusal::NotFound)?;
    let moved = kept.data.is_none();
    Ok(FetchedAttachment {
        name: kept.file.name,
        media_type: kept.file.media_type,
        data: kept.data.unwrap_or_default(),
        blob: moved.then(|| BlobKey::attachment(tenant, inquiry, id)),
    })
}

/// Counts the customer's inquiries with an unread answer, stopping at `most`.
pub(super) fn count_answered(ctx: &Context<'_>, most: i64) -> Result<i64, Refusal> {
    inquiries::count(ctx.sql, InquiryState::Answered, most).or_storage()
}

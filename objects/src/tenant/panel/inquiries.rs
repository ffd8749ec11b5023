//! Inquiries to the provider's support (C7).

use tegata_domain::error::Refusal;
use tegata_domain::id::InquiryId;
use tegata_domain::inquiry::{Inquiry, InquiryState, InquiryThread, Side};
use tegata_domain::limit::MESSAGES;
use tegata_domain::panel::inquiries::{Answer, Close, Create, List};
use tegata_domain::phonetic::folded;
use tegata_domain::wire::page::Page;
use tegata_kv_schema::inquiries;

use super::lists::{cursor, page, span};
use super::visitor::Visitor;
use crate::context::{Context, OrStorage as _};
use crate::tenant::inquiries as threads;
use crate::tenant::object::Tenant;

pub(super) fn object(id: &InquiryId) -> String {
    format!("inquiry/{id}")
}

pub(super) fn list(ctx: &Context<'_>, input: &List) -> Result<Page<Inquiry>, Refusal> {
    let after = cursor(input.cursor.as_deref())?;
    let (prefix, span) = (input.q.as_deref().map(folded), span(input.order, &after));
    let listed = inquiries::list(ctx.sql, prefix.as_deref(), input.state.state(), span).or_storage()?;
    page(listed, |inquiry| inquiry.id.to_string(), |inquiry| Ok(inquiry.clone()))
}

impl Tenant {
    pub(super) fn create_inquiry(
        &self,
        ctx: &Context<'_>,
        visitor: &Visitor,
        input: Create,
    ) -> Result<InquiryThread, Refusal> {
        if visitor.tenant.provider.is_none() {
            return Err(Refusal::Conflict);
        }
        self.limited(ctx, "inquiry", MESSAGES)?;
        let inquiry = Inquiry {
            id: InquiryId::generate(ctx.random),
            subject: input.subject,
            state: InquiryState::Open,
            by: visitor.person.user.id.clone(),
            by_name: visitor.person.user.display_name.clone(),
            created_at: ctx.now,
            updated_at: ctx.now,
            messages: 0,
            version: 0,
        };
        visitor.audit::<Create>(ctx, object(&inquiry.id), "done")?;
        let name = inquiry.by_name.clone();
        threads::write(ctx, inquiry, Side::Customer, name, input.body, &input.attachments)
    }

    pub(super) fn answer_inquiry(
        &self,
        ctx: &Context<'_>,
        visitor: &Visitor,
        input: Answer,
    ) -> Result<InquiryThread, Refusal> {
        let inquiry = threads::found(ctx, &input.id)?;
        self.limited(ctx, "inquiry", MESSAGES)?;
        visitor.audit::<Answer>(ctx, object(&inquiry.id), "done")?;
        let name = visitor.person.user.display_name.clone();
        threads::write(ctx, inquiry, Side::Customer, name, input.body, &input.attachments)
    }
}

pub(super) fn close(ctx: &Context<'_>, visitor: &Visitor, id: &InquiryId) -> Result<InquiryThread, Refusal> {
    let inquiry = threads::found(ctx, id)?;
    visitor.audit::<Close>(ctx, object(id), "done")?;
    threads::close(ctx, inquiry)
}

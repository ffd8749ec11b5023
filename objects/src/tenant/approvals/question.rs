//! The kind "question" (B12): any yes/no question of the provider. Its answer is recorded and sent to the provider.

use tegata_domain::approval::{Approval, Decision, Follows, Outcome, Subject};
use tegata_domain::audit::Act;
use tegata_domain::desk::DeskActor;
use tegata_domain::error::{FieldError, Refusal};
use tegata_domain::id::{ApprovalId, QuestionId};
use tegata_domain::link::LinkPurpose;
use tegata_domain::mail::MailContent;
use tegata_domain::outbox::Message;
use tegata_domain::question::{Asker, NewQuestion, Question, QuestionView, statement};
use tegata_domain::receipt::{ReceiptFacts, ReceiptPerson, ReceiptQuestion};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{approvals, questions};

use super::kind::{Kind, Shown};
use crate::context::{Context, OrStorage as _};
use crate::tenant::outbox::enqueue;
use crate::tenant::people::approvers;

/// A provider's question.
pub(in crate::tenant) struct Questioned(Question);

impl Questioned {
    pub(super) fn load(ctx: &Context<'_>, id: &QuestionId) -> Result<Option<Self>, Refusal> {
        Ok(questions::load(ctx.sql, id).or_storage()?.map(Self))
    }
}

impl Kind for Questioned {
    fn purpose(&self) -> LinkPurpose {
        LinkPurpose::Question
    }

    fn asked_by(&self) -> &str {
        self.0.asked_by.email.as_str()
    }

    fn needs_caution(&self) -> bool {
        false
    }

    fn follows(&self, _: Outcome) -> Follows {
        Follows::Answer
    }

    fn statement(&self, shown: &Shown<'_>) -> String {
        let tenant = shown.tenant.name.as_str();
        statement(shown.locale, shown.zone, tenant, &self.0, shown.approval)
    }

    fn facts(&self) -> ReceiptFacts {
        let Question {
            title,
            reference,
            asked_by,
            ..
        } = &self.0;
        ReceiptFacts {
            requester: ReceiptPerson {
                name: asked_by.name.to_string(),
                email: asked_by.email.to_string(),
                organization: Some(asked_by.provider_name.to_string()),
            },
            device: None,
            launch: None,
            question: Some(ReceiptQuestion {
                title: title.to_string(),
                reference: reference.as_ref().map(ToString::to_string),
            }),
        }
    }

    fn mail(&self, tenant: &TenantRecord, approval: &Approval, link: String) -> Option<MailContent> {
        Some(MailContent::QuestionAsked {
            tenant_name: tenant.name.to_string(),
            provider_name: self.0.asked_by.provider_name.clone(),
            asker: self.0.asked_by.name.clone(),
            title: self.0.title.clone(),
            text: self.0.text.clone(),
            reference: self.0.reference.clone(),
            required: approval.required,
            expires_at: approval.expires_at,
            link,
        })
    }

    fn changed(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        tell(ctx, &self.0.id)
    }

    /// Marks the question as closed; nothing else follows.
    fn settled(&mut self, ctx: &Context<'_>, _: &TenantRecord, _: &Decision) -> Result<(), Refusal> {
        questions::close(ctx.sql, &self.0.id).or_storage()
    }
}

/// Asks the tenant's approvers.
pub(in crate::tenant) fn ask(ctx: &Context<'_>, by: &DeskActor, new: NewQuestion) -> Result<QuestionView, Refusal> {
    let (life, required) = new.terms()?;
    let able = approvers(ctx)?.len();
    if usize::try_from(required).is_ok_and(|required| required > able) {
        let detail = format!("must be at most {able}, the number of approvers at this customer");
        return Err(FieldError::new("required", &detail).into());
    }
    let asker = Asker {
        provider: by.provider.clone(),
        provider_name: by.provider_name.clone(),
        user: by.user.clone(),
        name: by.name.clone(),
        email: by.email.clone().ok_or(Refusal::Conflict)?,
    };
    let question = Question {
        id: QuestionId::generate(ctx.random),
        title: new.title,
        text: new.text,
        reference: new.reference,
        asked_by: asker,
        asked_at: ctx.now,
        approval: ApprovalId::generate(ctx.random),
    };
    let expires_at = ctx.now.plus(life);
    questions::insert(ctx.sql, &question, expires_at).or_storage()?;
    let subject = (question.approval.clone(), Subject::Question(question.id.clone()));
    let approval = super::ask::ask(ctx, &Questioned(question.clone()), subject, required, expires_at)?;
    written(ctx, by, "question.ask", &question.id)?;
    Ok(QuestionView::of(question, &approval, ctx.now))
}

/// Withdraws a question that nobody has answered.
pub(in crate::tenant) fn withdraw(ctx: &Context<'_>, by: &DeskActor, id: &QuestionId) -> Result<QuestionView, Refusal> {
    let (question, mut approval) = found(ctx, id)?;
    if !approval.withdraw(ctx.now) {
        return Err(Refusal::Conflict);
    }
    approvals::save(ctx.sql, &approval).or_storage()?;
    questions::close(ctx.sql, id).or_storage()?;
    written(ctx, by, "question.withdraw", id)?;
    Ok(QuestionView::of(question, &approval, ctx.now))
}

/// Logs what the desk did, and enqueues an update for its own tenant.
fn written(ctx: &Context<'_>, by: &DeskActor, action: &str, id: &QuestionId) -> Result<(), Refusal> {
    ctx.audit(Act::new(by.actor(), action, format!("question/{id}"), "done"))?;
    tell(ctx, id)
}

fn tell(ctx: &Context<'_>, id: &QuestionId) -> Result<(), Refusal> {
    enqueue(ctx, Message::TellQuestion { question: id.clone() })
}

/// Loads the question `id` with its approval.
pub(in crate::tenant) fn found(ctx: &Context<'_>, id: &QuestionId) -> Result<(Question, Approval), Refusal> {
    let question = questions::load(ctx.sql, id).or_storage()?.ok_or(Refusal::NotFound)?;
    let approval = approvals::load(ctx.sql, &question.approval).or_storage()?;
    Ok((question, approval.ok_or(Refusal::Storage)?))
}

/// The question `id` as both sides see it.
pub(in crate::tenant) fn show(ctx: &Context<'_>, id: &QuestionId) -> Result<QuestionView, Refusal> {
    let (question, approval) = found(ctx, id)?;
    Ok(QuestionView::of(question, &approval, ctx.now))
}

/// The signed receipt of the outcome.
pub(in crate::tenant) fn receipt(ctx: &Context<'_>, id: &QuestionId) -> Result<String, Refusal> {
    found(ctx, id)?.1.receipt.ok_or(Refusal::NotFound)
}

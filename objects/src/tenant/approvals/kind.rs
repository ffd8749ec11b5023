//! What one kind of approval supplies to the engine. Each kind is a file of its own beside this one.

use tegata_domain::approval::{Approval, Decision, Follows, Outcome};
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, UserId};
use tegata_domain::link::LinkPurpose;
use tegata_domain::locale::Locale;
use tegata_domain::mail::MailContent;
use tegata_domain::outbox::Message;
use tegata_domain::receipt::ReceiptFacts;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::TimeZone;

use crate::context::Context;
use crate::tenant::outbox::enqueue;
use crate::tenant::people::{Person, approvers};

/// One kind of approval, with the record that a question of it is about.
pub(in crate::tenant) trait Kind {
    /// The label of its links: a link of one kind is never one of another.
    fn purpose(&self) -> LinkPurpose;

    /// Who is asked: where nothing else is said, everybody who approves.
    fn approvers(&self, ctx: &Context<'_>) -> Result<Vec<UserId>, Refusal> {
        approvers(ctx)
    }

    /// Writes to those who are asked.
    fn tell(&self, ctx: &Context<'_>, approval: &ApprovalId, approvers: Vec<UserId>) -> Result<(), Refusal> {
        for approver in approvers {
            let approval = approval.clone();
            enqueue(ctx, Message::ApprovalRequest { approval, approver })?;
        }
        Ok(())
    }

    /// Whether `person` may answer now.
    fn may_answer(&self, person: &Person) -> bool {
        person.is_approver()
    }

    /// Who asks: a mail address, for the audit log.
    fn asked_by(&self) -> &str;

    /// Whether the page warns the approver of something in the statement.
    fn needs_caution(&self) -> bool;

    /// What follows from `outcome`, as the approver is told.
    fn follows(&self, outcome: Outcome) -> Follows;

    /// The text that is consented to.
    fn statement(&self, shown: &Shown<'_>) -> String;

    /// What the receipt says of it.
    fn facts(&self) -> ReceiptFacts;

    /// The mail to an approver, with their own `link`.
    fn mail(&self, tenant: &TenantRecord, approval: &Approval, link: String) -> MailContent;

    /// What follows from every answer that counts, such as news to those who keep a copy.
    fn changed(&self, _: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// What follows from `decision`, which has settled the question and is recorded.
    fn settled(&mut self, ctx: &Context<'_>, tenant: &TenantRecord, decision: &Decision) -> Result<(), Refusal>;
}

/// To whom a statement is shown.
pub(in crate::tenant) struct Shown<'a> {
    pub(in crate::tenant) tenant: &'a TenantRecord,
    pub(in crate::tenant) approval: &'a Approval,
    pub(in crate::tenant) locale: Locale,
    pub(in crate::tenant) zone: &'a TimeZone,
}

//! The interface of a kind of approval to the engine. Each kind has its own file beside this one.

use tegata_domain::approval::{Approval, Decision, Follows, Outcome};
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, UserId};
use tegata_domain::link::LinkPurpose;
use tegata_domain::locale::Locale;
use tegata_domain::mail::MailContent;
use tegata_domain::outbox::Message;
use tegata_domain::policy::{ApproverLogin, Policy};
use tegata_domain::receipt::ReceiptFacts;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::time::TimeZone;

use crate::context::Context;
use crate::tenant::outbox::enqueue;
use crate::tenant::people::{Person, approvers};

/// One kind of approval, holding the record that the approval is about.
pub(in crate::tenant) trait Kind {
    /// The label of its links, which keeps a link of one kind from being accepted for another.
    fn purpose(&self) -> LinkPurpose;

    /// The users who are asked; by default all approvers.
    fn approvers(&self, ctx: &Context<'_>) -> Result<Vec<UserId>, Refusal> {
        approvers(ctx)
    }

    /// Notifies the users who are asked.
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

    /// What a person shows, besides the link in the mail, to answer on the page behind it.
    fn login(&self, policy: &Policy) -> ApproverLogin {
        if policy.approver_must_log_in {
            ApproverLogin::Login
        } else {
            ApproverLogin::None
        }
    }

    /// The requester's mail address, for the audit log.
    fn asked_by(&self) -> &str;

    /// Whether the page warns the approver about something in the statement.
    fn needs_caution(&self) -> bool;

    /// What follows from `outcome`; the page tells the approver.
    fn follows(&self, outcome: Outcome) -> Follows;

    /// The text to which the approver consents.
    fn statement(&self, shown: &Shown<'_>) -> String;

    /// The facts recorded in the receipt.
    fn facts(&self) -> ReceiptFacts;

    /// The mail to an approver, with their personal `link`; `None` if nobody is asked by mail.
    fn mail(&self, tenant: &TenantRecord, approval: &Approval, link: String) -> Option<MailContent>;

    /// Runs after every recorded answer, for example to update copies.
    fn changed(&self, _: &Context<'_>) -> Result<(), Refusal> {
        Ok(())
    }

    /// Runs once `decision` has settled the approval and is recorded.
    fn settled(&mut self, ctx: &Context<'_>, tenant: &TenantRecord, decision: &Decision) -> Result<(), Refusal>;
}

/// The context in which a statement is shown.
pub(in crate::tenant) struct Shown<'a> {
    pub(in crate::tenant) tenant: &'a TenantRecord,
    pub(in crate::tenant) approval: &'a Approval,
    pub(in crate::tenant) locale: Locale,
    pub(in crate::tenant) zone: &'a TimeZone,
}

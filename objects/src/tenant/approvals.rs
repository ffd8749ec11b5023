//! Approvers look at an approval, answer it, and fetch its receipt (K3, B1 to B3).

use tegata_domain::account::Administrator;
use tegata_domain::approval::{Answered, Approval, ApprovalKind, Decision, Outcome};
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{ApprovalView, DecideApproval, ViewApproval};
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, RegistrationId, UserId};
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::locale::Locale;
use tegata_domain::outbox::Message;
use tegata_domain::policy::Activation;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::registration::Registration;
use tegata_domain::statement::{ViewerStatement, viewer_statement};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::{administrators, approvals, registrations};

use super::outbox::enqueue;
use crate::context::{Context, OrStorage as _};

/// What a link leads to: the question, what it is about, and who may answer.
struct Opened {
    approval: Approval,
    registration: Registration,
    approver: Administrator,
}

fn open(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<Opened, Refusal> {
    let link = Link::open(token, LinkPurpose::Approval, &ctx.signers.links, ctx.now).ok_or(Refusal::BadLink)?;
    if link.tenant != tenant.slug {
        return Err(Refusal::BadLink);
    }
    let approval = ApprovalId::parse(&link.subject).ok_or(Refusal::BadLink)?;
    let approval = approvals::load(ctx.sql, &approval)
        .or_storage()?
        .ok_or(Refusal::BadLink)?;
    let approver = UserId::parse(&link.holder).ok_or(Refusal::BadLink)?;
    let approver = administrators::load(ctx.sql, &approver)
        .or_storage()?
        .ok_or(Refusal::BadLink)?;
    let registration = match approval.kind {
        ApprovalKind::Viewer => RegistrationId::parse(&approval.subject).ok_or(Refusal::BadLink)?,
    };
    let registration = registrations::load(ctx.sql, &registration)
        .or_storage()?
        .ok_or(Refusal::BadLink)?;
    Ok(Opened {
        approval,
        registration,
        approver,
    })
}

impl Opened {
    /// The text that is consented to, in `locale` and in the approver's time zone.
    fn statement(&self, tenant: &TenantRecord, locale: Locale) -> String {
        let applicant = &self.registration.applicant;
        viewer_statement(
            locale,
            &self.approver.person.time_zone,
            &ViewerStatement {
                tenant_name: tenant.name.as_str(),
                requester_name: applicant.name.as_str(),
                requester_email: applicant.email.as_str(),
                organization: applicant.organization.as_str(),
                device_name: applicant.device_name.as_str(),
                requested_at: self.approval.requested_at,
                expires_at: self.approval.expires_at,
                outside_mail_domains: self.registration.outside_mail_domains,
            },
        )
    }

    fn view(&self, ctx: &Context<'_>, tenant: &TenantRecord, locale: Locale, just_now: bool) -> ApprovalView {
        ApprovalView {
            tenant_name: tenant.name.clone(),
            locale,
            time_zone: self.approver.person.time_zone.clone(),
            statement: self.statement(tenant, locale),
            outside_mail_domains: self.registration.outside_mail_domains,
            expires_at: self.approval.expires_at,
            state: self.approval.state(ctx.now),
            decision: self.approval.decision.clone(),
            just_now,
        }
    }
}

pub(super) fn view(ctx: &Context<'_>, tenant: &TenantRecord, command: &ViewApproval) -> Result<ApprovalView, Refusal> {
    let opened = open(ctx, tenant, &command.token)?;
    let locale = command.locale.unwrap_or(opened.approver.person.locale);
    Ok(opened.view(ctx, tenant, locale, false))
}

pub(super) fn decide(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    command: DecideApproval,
) -> Result<ApprovalView, Refusal> {
    let mut opened = open(ctx, tenant, &command.token)?;
    if opened.approval.decision.is_none() && !command.confirmed {
        return Err(Refusal::NotConfirmed);
    }
    let decision = Decision {
        outcome: command.outcome,
        by: opened.approver.id.clone(),
        name: opened.approver.person.name.clone(),
        email: opened.approver.person.email.clone(),
        at: ctx.now,
        reason: command.reason.filter(|_| command.outcome == Outcome::Refused),
        locale: command.locale,
    };
    let first = opened.approval.answer(decision.clone()) == Answered::First;
    if first {
        let statement = opened.statement(tenant, decision.locale);
        apply(ctx, tenant, &mut opened, &decision, statement)?;
        let actor = Actor::new("approver", Some(decision.by.as_str()), Some(&command.client));
        let object = format!("approval/{}", opened.approval.id);
        let act = Act::new(actor, "approval.decide", object, decision.outcome.name());
        ctx.audit(act.asked_by(opened.registration.applicant.email.as_str()))?;
    }
    Ok(opened.view(ctx, tenant, command.locale, first))
}

/// What follows from the first answer: the receipt, the registration's next stage, and the mail to the requester.
fn apply(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    opened: &mut Opened,
    decision: &Decision,
    statement: String,
) -> Result<(), Refusal> {
    let issuer = ctx.issuer(&tenant.slug);
    let claims = ReceiptClaims::viewer(&issuer, &opened.approval, decision, &opened.registration, statement);
    let signer = &ctx.signers.receipt;
    opened.approval.receipt = Some(signer.sign(TYP, &claims));
    approvals::save(ctx.sql, &opened.approval).or_storage()?;
    let registration = &mut opened.registration;
    let code_key = ctx.signers.links.current().map(|(kid, _)| kid.to_owned());
    let code_life = tenant.policy.code_life_seconds;
    registration.decided(decision.outcome, decision.reason.clone(), ctx.now, code_life, code_key);
    registrations::save(ctx.sql, registration).or_storage()?;
    let id = registration.id.clone();
    match (decision.outcome, registration.activation) {
        (Outcome::Refused, _) => enqueue(ctx, Message::Refused { registration: id }),
        (Outcome::Approved, Activation::MailedCode) => enqueue(ctx, Message::ActivationCode { registration: id }),
        (Outcome::Approved, Activation::ApprovalOnly) => Ok(()),
    }
}

pub(super) fn receipt(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<String, Refusal> {
    open(ctx, tenant, token)?.approval.receipt.ok_or(Refusal::NotFound)
}

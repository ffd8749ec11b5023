//! Approvers look at an approval, answer it, and fetch its receipt (K3, B1 to B3).

use tegata_domain::alert::AlertKind;
use tegata_domain::approval::{Answered, Approval, ApprovalKind, Decision, Outcome};
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{ApprovalView, DecideApproval, ViewApproval};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, RegistrationId, UserId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::link::{Link, LinkPurpose};
use tegata_domain::locale::Locale;
use tegata_domain::mail::Recipient;
use tegata_domain::outbox::Message;
use tegata_domain::policy::Activation;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::registration::Registration;
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::session::{Session, SessionState};
use tegata_domain::statement::{ViewerStatement, viewer_statement};
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::day_counts::{self, Counted};
use tegata_kv_schema::{approvals, registrations, sessions};

use super::alerts::alert;
use super::outbox::enqueue;
use super::panel::day;
use super::people::{Person, approver};
use crate::context::{Context, OrStorage as _};

/// A question, what it is about, and how whoever may answer it reads.
pub(super) struct Opened {
    pub(super) approval: Approval,
    pub(super) registration: Registration,
    approver: Recipient,
    id: UserId,
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
    let (id, address) = link.holder.split_once('~').unwrap_or((&link.holder, ""));
    let id = UserId::parse(id).ok_or(Refusal::BadLink)?;
    let approver = approver(ctx, &id)?
        .and_then(|person| person.recipient())
        // A link from before links named an address lives for as long as it was given.
        .filter(|approver| address.is_empty() || address == address_mark(&approver.address))
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
        id,
    })
}

/// To whom a link is mailed: `person`, at the address they have then. Whoever reads another address's mail later, or an
/// old one's, answers nothing.
pub(super) fn holder(person: &UserId, to: &Recipient) -> String {
    format!("{person}~{}", address_mark(&to.address))
}

/// 96 bits that stand for an address.
fn address_mark(address: &EmailAddress) -> String {
    sha256_b64(address.as_str()).chars().take(16).collect()
}

impl Opened {
    /// The question about `registration`, as put to `person`; `None` where none was asked.
    pub(super) fn by(ctx: &Context<'_>, registration: Registration, person: &Person) -> Result<Option<Self>, Refusal> {
        let approval = match &registration.approval {
            Some(id) => approvals::load(ctx.sql, id).or_storage()?,
            None => None,
        };
        Ok(approval.zip(person.recipient()).map(|(approval, approver)| Self {
            approval,
            registration,
            approver,
            id: person.user.id.clone(),
        }))
    }

    /// The text that is consented to, in `locale` and in the approver's time zone.
    pub(super) fn statement(&self, tenant: &TenantRecord, locale: Locale) -> String {
        let applicant = &self.registration.applicant;
        viewer_statement(
            locale,
            &self.approver.time_zone,
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
            time_zone: self.approver.time_zone.clone(),
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
    check_login(ctx, tenant, &opened, command.session.as_ref())?;
    let locale = command.locale.unwrap_or(opened.approver.locale);
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
    check_login(ctx, tenant, &opened, command.session.as_ref())?;
    let decision = Decision {
        outcome: command.outcome,
        by: opened.id.clone(),
        name: opened.approver.name.clone(),
        email: opened.approver.address.clone(),
        at: ctx.now,
        reason: command.reason.filter(|_| command.outcome == Outcome::Refused),
        locale: command.locale,
    };
    let by = Actor::new("approver", Some(opened.id.as_str()), Some(&command.client));
    let first = decide_opened(ctx, tenant, &mut opened, decision, by)? == Answered::First;
    Ok(opened.view(ctx, tenant, command.locale, first))
}

/// Where the tenant asks for it, only the approver's own session answers.
fn check_login(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    opened: &Opened,
    session: Option<&PlainSessionToken>,
) -> Result<(), Refusal> {
    if !tenant.policy.approver_must_log_in || opened.approval.decision.is_some() {
        return Ok(());
    }
    let session = match session {
        Some(token) => sessions::load(ctx.sql, &token.hashed()).or_storage()?,
        None => None,
    };
    let logged_in = |session: &Session| session.state == SessionState::SignedIn && session.is_alive(ctx.now);
    match session.filter(logged_in) {
        Some(session) if session.user == opened.id => Ok(()),
        Some(_) => Err(Refusal::OtherAccount),
        None => Err(Refusal::LoginRequired),
    }
}

/// Answers an opened question. What follows and the audit entry come with the first answer only.
pub(super) fn decide_opened(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    opened: &mut Opened,
    decision: Decision,
    by: Actor,
) -> Result<Answered, Refusal> {
    let answered = opened.approval.answer(decision.clone());
    if answered == Answered::First {
        let statement = opened.statement(tenant, decision.locale);
        apply(ctx, tenant, opened, &decision, statement)?;
        let object = format!("approval/{}", opened.approval.id);
        let act = Act::new(by, "approval.decide", object, decision.outcome.name());
        ctx.audit(act.asked_by(opened.registration.applicant.email.as_str()))?;
        let counted = match decision.outcome {
            Outcome::Approved => Counted::Approved,
            Outcome::Refused => Counted::Refused,
        };
        day_counts::add(ctx.sql, &day(&tenant.time_zone, ctx.now), counted).or_storage()?;
    }
    Ok(answered)
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
        (Outcome::Refused, _) => {
            let applicant = &registration.applicant;
            let what = format!("{} ({}), {}", applicant.name, applicant.email, applicant.device_name);
            alert(ctx, AlertKind::Refused, what)?;
            enqueue(ctx, Message::Refused { registration: id })
        }
        (Outcome::Approved, Activation::MailedCode) => enqueue(ctx, Message::ActivationCode { registration: id }),
        (Outcome::Approved, Activation::ApprovalOnly) => Ok(()),
    }
}

pub(super) fn receipt(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<String, Refusal> {
    open(ctx, tenant, token)?.approval.receipt.ok_or(Refusal::NotFound)
}

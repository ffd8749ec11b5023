//! The approval engine (B1 to B3): approvers are asked, look at a question, answer it, and fetch its receipt. What is
//! asked and what follows is for the kinds beside this file; nothing here names one.

pub(super) mod ask;
pub(super) mod kind;
mod kinds;
pub(super) mod question;
pub(super) mod viewer;

use std::mem;

use tegata_domain::approval::{Answered, Approval, Decision, Outcome};
use tegata_domain::audit::{Act, Actor};
use tegata_domain::command::{ApprovalView, DecideApproval, ViewApproval};
use tegata_domain::console_session::{ConsoleSession, SessionState};
use tegata_domain::email::EmailAddress;
use tegata_domain::error::Refusal;
use tegata_domain::id::{ApprovalId, UserId};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::link::Link;
use tegata_domain::locale::Locale;
use tegata_domain::mail::{MailContent, Recipient};
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::text::Reason;
use tegata_kv_schema::{approvals, sessions};

use self::kind::{Kind, Shown};
use super::people::{Person, person};
use crate::context::{Context, OrStorage as _};

/// A question, what it is about, and the approver before whom it lies.
pub(super) struct Opened {
    pub(super) approval: Approval,
    /// Whose approvals were taken out of it; written down with the next answer.
    lapsed: Vec<UserId>,
    kind: Box<dyn Kind>,
    approver: Recipient,
    id: UserId,
}

/// What an approver answers: on the page behind the link, or in the panel.
pub(super) struct Given {
    pub(super) outcome: Outcome,
    /// Why; of a refusal alone.
    pub(super) reason: Option<Reason>,
    /// The language of the text that was shown to them.
    pub(super) locale: Locale,
}

/// The mail that asks `asked`; `None` when there is nothing to ask any more.
pub(super) fn letter(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    approval: &ApprovalId,
    asked: &UserId,
) -> Result<Option<(Recipient, MailContent)>, Refusal> {
    let Some(approval) = approvals::load(ctx.sql, approval).or_storage()? else {
        return Ok(None);
    };
    let Some(kind) = kinds::load(ctx, &approval.subject)?.filter(|_| approval.is_open(ctx.now)) else {
        return Ok(None);
    };
    let Some(to) = answerer(ctx, &*kind, asked)?.and_then(|person| person.recipient()) else {
        return Ok(None);
    };
    let link = Link {
        tenant: tenant.slug.clone(),
        subject: approval.id.to_string(),
        holder: holder(asked, &to),
        expires_at: approval.expires_at,
    };
    Ok(link.seal(kind.purpose(), &ctx.signers.links).map(|token| {
        let link = format!("{}/a/{token}", ctx.settings.edge_url);
        (to, kind.mail(tenant, &approval, link))
    }))
}

/// The person `id`, if they may answer questions of `kind`.
fn answerer(ctx: &Context<'_>, kind: &dyn Kind, id: &UserId) -> Result<Option<Person>, Refusal> {
    Ok(person(ctx, id)?.filter(|person| kind.may_answer(person)))
}

/// The question behind a link. Which kind it is, and so which label the link carries, is found by the approval that the
/// link names; nothing of the link is believed before its MAC is checked.
fn open(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<Opened, Refusal> {
    let named = Link::claimed_subject(token).and_then(ApprovalId::parse);
    let approval = approvals::load(ctx.sql, &named.ok_or(Refusal::BadLink)?)
        .or_storage()?
        .ok_or(Refusal::BadLink)?;
    let kind = kinds::load(ctx, &approval.subject)?.ok_or(Refusal::BadLink)?;
    let link = Link::open(token, kind.purpose(), &ctx.signers.links, ctx.now)
        .filter(|link| link.tenant == tenant.slug)
        .ok_or(Refusal::BadLink)?;
    let (id, address) = link.holder.split_once('~').unwrap_or((&link.holder, ""));
    let id = UserId::parse(id).ok_or(Refusal::BadLink)?;
    let approver = answerer(ctx, &*kind, &id)?
        .and_then(|person| person.recipient())
        // A link from before links named an address lives for as long as it was given.
        .filter(|approver| address.is_empty() || address == address_mark(&approver.address))
        .ok_or(Refusal::BadLink)?;
    Opened::before(ctx, approval, kind, (approver, id))
}

/// To whom a link is mailed: `person`, at the address they have then. Whoever reads another address's mail later, or an
/// old one's, answers nothing.
fn holder(person: &UserId, to: &Recipient) -> String {
    format!("{person}~{}", address_mark(&to.address))
}

/// 96 bits that stand for an address.
fn address_mark(address: &EmailAddress) -> String {
    sha256_b64(address.as_str()).chars().take(16).collect()
}

impl Opened {
    /// The approval `id`, as put to `person`; `None` where there is none, or its record is gone.
    pub(super) fn by(ctx: &Context<'_>, id: Option<&ApprovalId>, person: &Person) -> Result<Option<Self>, Refusal> {
        let approval = match id {
            Some(id) => approvals::load(ctx.sql, id).or_storage()?,
            None => None,
        };
        let Some((approval, approver)) = approval.zip(person.recipient()) else {
            return Ok(None);
        };
        let kind = kinds::load(ctx, &approval.subject)?;
        kind.map(|kind| Self::before(ctx, approval, kind, (approver, person.user.id.clone())))
            .transpose()
    }

    /// The question as it lies before an approver. Approvals of those who may not answer any more are taken out: what was
    /// approved with an account that somebody had taken over does not count once it is found out.
    fn before(
        ctx: &Context<'_>,
        mut approval: Approval,
        kind: Box<dyn Kind>,
        (approver, id): (Recipient, UserId),
    ) -> Result<Self, Refusal> {
        let mut lapsed = Vec::new();
        // What is settled stays as it was settled.
        if approval.decision.is_none() {
            for agreement in mem::take(&mut approval.agreed) {
                match answerer(ctx, &*kind, &agreement.decision.by)? {
                    Some(_) => approval.agreed.push(agreement),
                    None => lapsed.push(agreement.decision.by),
                }
            }
        }
        Ok(Self {
            approval,
            lapsed,
            kind,
            approver,
            id,
        })
    }

    /// The text that is consented to, in `locale` and in the approver's time zone.
    pub(super) fn statement(&self, tenant: &TenantRecord, locale: Locale) -> String {
        self.kind.statement(&Shown {
            tenant,
            approval: &self.approval,
            locale,
            zone: &self.approver.time_zone,
        })
    }

    fn view(&self, ctx: &Context<'_>, tenant: &TenantRecord, locale: Locale, just_now: bool) -> ApprovalView {
        let outcome = self.approval.decision.as_ref().map_or(Outcome::Approved, |decision| decision.outcome);
        ApprovalView {
            kind: self.approval.subject.kind(),
            tenant_name: tenant.name.clone(),
            locale,
            time_zone: self.approver.time_zone.clone(),
            statement: self.statement(tenant, locale),
            needs_caution: self.kind.needs_caution(),
            approver_name: self.approver.name.clone(),
            approver_email: self.approver.address.shown(),
            expires_at: self.approval.expires_at,
            state: self.approval.state(ctx.now),
            required: self.approval.required,
            agreed: self.approval.agreed_decisions(),
            own_agreement: self.approval.agreed_by(&self.id).is_some(),
            decision: self.approval.decision.clone(),
            just_now,
            follows: self.kind.follows(outcome),
        }
    }

    /// Records the approver's answer. What follows from it comes with the one that settles the question, and never twice.
    pub(super) fn answer(
        &mut self,
        ctx: &Context<'_>,
        tenant: &TenantRecord,
        given: Given,
        by: Actor,
    ) -> Result<Answered, Refusal> {
        let decision = Decision {
            outcome: given.outcome,
            by: self.id.clone(),
            name: self.approver.name.clone(),
            email: self.approver.address.clone(),
            at: ctx.now,
            reason: given.reason.filter(|_| given.outcome == Outcome::Refused),
            locale: given.locale,
        };
        let answered = self.approval.weigh(&decision);
        if matches!(answered, Answered::Before | Answered::Closed) {
            return Ok(answered);
        }
        let statement = self.statement(tenant, decision.locale);
        let issuer = ctx.issuer(&tenant.slug);
        let claims = ReceiptClaims::of(&issuer, &self.approval, &decision, self.kind.facts(), statement);
        let receipt = ctx.signers.receipt.sign(TYP, &claims);
        self.approval.record(decision.clone(), receipt);
        approvals::save(ctx.sql, &self.approval).or_storage()?;
        let action = match answered {
            Answered::Settled => "approval.decide",
            _ => "approval.agree",
        };
        let object = format!("approval/{}", self.approval.id);
        for person in mem::take(&mut self.lapsed) {
            let system = Actor::new("system", None, None);
            ctx.audit(Act::new(system, "approval.lapse", object.clone(), person.as_str()))?;
        }
        let act = Act::new(by, action, object, decision.outcome.name());
        ctx.audit(act.asked_by(self.kind.asked_by()))?;
        if answered == Answered::Settled {
            self.kind.settled(ctx, tenant, &decision)?;
        }
        self.kind.changed(ctx)?;
        Ok(answered)
    }

    /// The receipt that concerns this approver: of the outcome, or else of their own approval.
    fn receipt(self) -> Option<String> {
        let own = self
            .approval
            .agreed_by(&self.id)
            .map(|agreement| agreement.receipt.clone());
        self.approval.receipt.or(own)
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
    let given = Given {
        outcome: command.outcome,
        reason: command.reason,
        locale: command.locale,
    };
    let by = Actor::new("approver", Some(opened.id.as_str()), Some(&command.client));
    let answered = opened.answer(ctx, tenant, given, by)?;
    let just_now = matches!(answered, Answered::Settled | Answered::Agreed);
    Ok(opened.view(ctx, tenant, command.locale, just_now))
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
    let logged_in = |session: &ConsoleSession| session.state == SessionState::SignedIn && session.is_alive(ctx.now);
    match session.filter(logged_in) {
        Some(session) if session.user == opened.id => Ok(()),
        Some(_) => Err(Refusal::OtherAccount),
        None => Err(Refusal::LoginRequired),
    }
}

pub(super) fn receipt(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<String, Refusal> {
    open(ctx, tenant, token)?.receipt().ok_or(Refusal::NotFound)
}

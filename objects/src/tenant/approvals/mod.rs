//! The approval engine (B1 to B3): it asks approvers, shows them the question, records their answers and issues
//! receipts. The kinds beside this file define what is asked and what follows; nothing here names one.

pub(super) mod ask;
pub(super) mod kind;
mod kinds;
pub(super) mod launch;
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
use tegata_domain::policy::ApproverLogin;
use tegata_domain::receipt::{ReceiptClaims, TYP};
use tegata_domain::secret::PlainSessionToken;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::text::Reason;
use tegata_kv_schema::{approvals, sessions};

use self::kind::{Kind, Shown};
use super::people::{Person, person};
use crate::context::{Context, OrStorage as _};

/// An approval with its kind, opened by one approver.
pub(super) struct Opened {
    pub(super) approval: Approval,
    /// Approvers whose approvals were dropped; logged with the next answer.
    lapsed: Vec<UserId>,
    kind: Box<dyn Kind>,
    approver: Recipient,
    id: UserId,
}

/// An approver's answer, given on the page behind the link or in the panel.
pub(super) struct Given {
    pub(super) outcome: Outcome,
    /// The reason; only for a refusal.
    pub(super) reason: Option<Reason>,
    /// The language of the text they were shown.
    pub(super) locale: Locale,
}

/// The mail that asks `asked`; `None` when there is nothing left to ask.
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
    Ok(link.seal(kind.purpose(), &ctx.signers.links).and_then(|token| {
        let link = format!("{}/a/{token}", ctx.settings.edge_url);
        Some((to, kind.mail(tenant, &approval, link)?))
    }))
}

/// Loads the person `id` if they may answer questions of `kind`.
fn answerer(ctx: &Context<'_>, kind: &dyn Kind, id: &UserId) -> Result<Option<Person>, Refusal> {
    Ok(person(ctx, id)?.filter(|person| kind.may_answer(person)))
}

/// Opens the approval behind a link. The approval that the link names determines the kind, and with it the link's
/// label; nothing in the link is trusted before its MAC is verified.
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
        // Links issued before links named an address stay valid until they expire.
        .filter(|approver| address.is_empty() || address == address_mark(&approver.address))
        .ok_or(Refusal::BadLink)?;
    Opened::before(ctx, approval, kind, (approver, id))
}

/// The holder of a link: `person`, at their address at that time. Access to the mail of any other address, or of an
/// earlier one, is not enough to answer.
fn holder(person: &UserId, to: &Recipient) -> String {
    format!("{person}~{}", address_mark(&to.address))
}

/// 96 bits of a hash that identify an address.
fn address_mark(address: &EmailAddress) -> String {
    sha256_b64(address.as_str()).chars().take(16).collect()
}

impl Opened {
    /// Opens the approval `id` for `person`; `None` if it, its record or their mail address does not exist.
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

    /// Opens an approval for an approver. While it is undecided, approvals by people who may no longer answer are
    /// dropped: an approval given through a stolen account must not count once the theft is discovered.
    fn before(
        ctx: &Context<'_>,
        mut approval: Approval,
        kind: Box<dyn Kind>,
        (approver, id): (Recipient, UserId),
    ) -> Result<Self, Refusal> {
        let mut lapsed = Vec::new();
        // A settled approval stays as it is.
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

    /// Fails unless the approver may answer in the panel: the session has the passkey that the tenant requires.
    pub(super) fn check_panel(&self, tenant: &TenantRecord, with_passkey: bool) -> Result<(), Refusal> {
        match self.kind.login(&tenant.policy) {
            ApproverLogin::Passkey if !with_passkey => Err(Refusal::PasskeyRequired),
            _ => Ok(()),
        }
    }

    /// The text to which the approver consents, in `locale` and in their time zone.
    pub(super) fn statement(&self, tenant: &TenantRecord, locale: Locale) -> String {
        self.kind.statement(&Shown {
            tenant,
            approval: &self.approval,
            locale,
            zone: &self.approver.time_zone,
        })
    }

    fn view(&self, ctx: &Context<'_>, tenant: &TenantRecord, locale: Locale, just_now: bool) -> ApprovalView {
        let outcome = self
            .approval
            .decision
            .as_ref()
            .map_or(Outcome::Approved, |decision| decision.outcome);
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

    /// Records the approver's answer. The consequences follow from the answer that settles the approval, and only once.
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

    /// The receipt for this approver: that of the outcome, or else that of their own approval.
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

/// Fails unless the request comes from a session of the approver, and one with a passkey, where the tenant requires it.
fn check_login(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    opened: &Opened,
    session: Option<&PlainSessionToken>,
) -> Result<(), Refusal> {
    let login = opened.kind.login(&tenant.policy);
    if login == ApproverLogin::None || opened.approval.decision.is_some() {
        return Ok(());
    }
    let session = match session {
        Some(token) => sessions::load(ctx.sql, &token.hashed()).or_storage()?,
        None => None,
    };
    let logged_in = |session: &ConsoleSession| session.state == SessionState::SignedIn && session.is_alive(ctx.now);
    match session.filter(logged_in) {
        Some(session) if session.user == opened.id => match login {
            ApproverLogin::Passkey if !session.with_passkey => Err(Refusal::PasskeyRequired),
            _ => Ok(()),
        },
        Some(_) => Err(Refusal::OtherAccount),
        None => Err(Refusal::LoginRequired),
    }
}

pub(super) fn receipt(ctx: &Context<'_>, tenant: &TenantRecord, token: &str) -> Result<String, Refusal> {
    open(ctx, tenant, token)?.receipt().ok_or(Refusal::NotFound)
}

//! Both ends of the desk (K1): in a customer's object, the provider's actions and the updates sent to the provider; in
//! a provider's object, the copies made from those updates.

use serde::Serialize;
use serde::de::DeserializeOwned;
use tegata_domain::account::{Account, Password};
use tegata_domain::audit::Act;
use tegata_domain::desk::{
    AskQuestion, Customer, CustomerAdministrator, CustomerDetails, Desk, DeskAction, DeskActor, DeskDeed, DeskReply,
    DeskVoucher, NoteCustomer, NoteInquiry, NoteQuestion,
};
use tegata_domain::error::Refusal;
use tegata_domain::events::Topic;
use tegata_domain::id::{InquiryId, QuestionId, UserId};
use tegata_domain::inquiry::{DeskInquiry, InquiryState, Side};
use tegata_domain::jwk::sha256_b64;
use tegata_domain::limit::{MESSAGES, QUESTIONS};
use tegata_domain::outbox::{Message, OutboxRow};
use tegata_domain::panel::lists::Order;
use tegata_domain::question::{DeskQuestion, QuestionView};
use tegata_domain::right::Role;
use tegata_domain::secret::HashedSecret;
use tegata_domain::slug::Slug;
use tegata_domain::tenant::{Tenant as TenantRecord, TenantKind};
use tegata_kv_schema::search::Listed;
use tegata_kv_schema::timeline::Span;
use tegata_kv_schema::{accounts, desk, idempotency, inquiries, outbox, proofs, users};

use super::applications;
use super::appointments;
use super::approvals::question;
use super::attended;
use super::desk_equipment;
use super::faces;
use super::inquiries as threads;
use super::launches;
use super::login;
use super::object::Tenant;
use super::operator::PAGE;
use super::outbox::enqueue;
use super::people::{self, person};
use super::setup;
use crate::context::{Context, OrStorage as _};

impl Tenant {
    /// Runs an action of the desk of the customer's own provider, to the extent that the provider vouched for it.
    pub(super) fn desk(&self, ctx: &Context<'_>, command: Desk) -> Result<DeskReply, Refusal> {
        let Desk { voucher, action } = command;
        if let DeskAction::Create(create) = action {
            let by = opened(ctx, &voucher, DeskDeed::Create, &create.slug)?;
            if create.provider.as_ref() != Some(&by.provider) || create.kind != TenantKind::Tenant {
                return Err(Refusal::Forbidden);
            }
            self.create(ctx, *create, by.actor())?;
            self.spend(ctx, &voucher)?;
            let tenant = self.tenant(ctx.sql)?;
            if let Some(face) = &voucher.face {
                faces::note(ctx, &tenant, face)?;
            }
            return Ok(DeskReply::Customer(Box::new(details(ctx, &tenant)?)));
        }
        let tenant = self.tenant(ctx.sql)?;
        let by = opened(ctx, &voucher, action.deed(), &tenant.slug)?;
        if tenant.provider.as_ref() != Some(&by.provider) {
            return Err(Refusal::NotFound);
        }
        self.spend(ctx, &voucher)?;
        let thread = |thread| DeskReply::Inquiry(Box::new(thread));
        let asked = |question| DeskReply::Question(Box::new(question));
        match action {
            DeskAction::Create(_) => Err(Refusal::Conflict),
            DeskAction::Show => Ok(DeskReply::Customer(Box::new(details(ctx, &tenant)?))),
            DeskAction::SetState(state) => {
                self.set_state(ctx, tenant, state, Some(&by))?;
                let tenant = self.tenant(ctx.sql)?;
                Ok(DeskReply::Customer(Box::new(details(ctx, &tenant)?)))
            }
            DeskAction::Reissue(user) => {
                reissue(ctx, &tenant, &user, &by)?;
                Ok(DeskReply::Customer(Box::new(details(ctx, &tenant)?)))
            }
            DeskAction::ShowInquiry(id) => threads::thread(ctx, threads::found(ctx, &id)?).map(thread),
            DeskAction::AnswerInquiry(id, body, files) => {
                let inquiry = threads::found(ctx, &id)?;
                self.limited(ctx, "inquiry_answer", MESSAGES)?;
                audit(ctx, &by, "inquiry.answer", format!("inquiry/{id}"), "done")?;
                threads::write(ctx, inquiry, Side::Desk, by.name, body, &files).map(thread)
            }
            DeskAction::CloseInquiry(id) => {
                let inquiry = threads::found(ctx, &id)?;
                audit(ctx, &by, "inquiry.close", format!("inquiry/{id}"), "done")?;
                threads::close(ctx, inquiry).map(thread)
            }
            DeskAction::FetchAttachment(id, file) => threads::file(ctx, &tenant.slug, &id, &file).map(DeskReply::File),
            DeskAction::Ask(ask) => self.ask_question(ctx, &by, *ask).map(asked),
            DeskAction::ShowQuestion(id) => question::show(ctx, &id).map(asked),
            DeskAction::WithdrawQuestion(id) => question::withdraw(ctx, &by, &id).map(asked),
            DeskAction::FetchQuestionReceipt(id) => question::receipt(ctx, &id).map(DeskReply::Receipt),
            DeskAction::RequestLaunch(_)
            | DeskAction::ShowLaunch(_)
            | DeskAction::WithdrawLaunch(_)
            | DeskAction::ExecuteLaunch(_)
            | DeskAction::EndLaunch(_)
            | DeskAction::MailSteps(_)
            | DeskAction::ShowRecord(_)
            | DeskAction::NoteOutcome(_)
            | DeskAction::FetchLaunchReceipt(_) => launches::desk::act(ctx, tenant, &by, action),
            DeskAction::OpenAttended(_)
            | DeskAction::ShowAttended(_)
            | DeskAction::InviteAttended(..)
            | DeskAction::WithdrawAttended(_)
            | DeskAction::EndAttended(_)
            | DeskAction::ShowAttendedRecord(_)
            | DeskAction::NoteAttended(_)
            | DeskAction::FetchAttendedReceipt(..) => attended::desk::act(ctx, tenant, &by, action),
            DeskAction::CreateAppointment(_)
            | DeskAction::ShowAppointment(_)
            | DeskAction::ProposeTimes(..)
            | DeskAction::AnswerTimes(..)
            | DeskAction::CancelAppointment(..)
            | DeskAction::FetchAppointmentReceipt(_) => appointments::desk::act(ctx, &tenant, &by, action),
            DeskAction::ListEquipment(_)
            | DeskAction::ShowEquipment(_)
            | DeskAction::CreateEquipment(_)
            | DeskAction::ChangeEquipment(_)
            | DeskAction::RetireEquipment(_) => desk_equipment::act(ctx, tenant, &by, action),
        }
    }

    /// Spends a voucher for a write, so that it works once. A voucher for reading is not spent, since reading must not
    /// write anything.
    fn spend(&self, ctx: &Context<'_>, voucher: &DeskVoucher) -> Result<(), Refusal> {
        if !voucher.deed.writes() {
            return Ok(());
        }
        self.sweep(ctx)?;
        let name = sha256_b64(format!("desk-voucher.{}", voucher.jti));
        if proofs::first_use(ctx.sql, &name, voucher.expires_at.plus(1)).or_storage()? {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }
}

/// Checks the voucher for `deed` at this customer and returns the person it vouches for.
fn opened(ctx: &Context<'_>, voucher: &DeskVoucher, deed: DeskDeed, customer: &Slug) -> Result<DeskActor, Refusal> {
    let by = voucher.open(deed, customer, &ctx.signers.links, ctx.now);
    by.cloned().ok_or(Refusal::Forbidden)
}

pub(super) fn audit(
    ctx: &Context<'_>,
    by: &DeskActor,
    action: &str,
    object: String,
    outcome: &str,
) -> Result<(), Refusal> {
    ctx.audit(Act::new(by.actor(), action, object, outcome))
}

/// Reissues an administrator's credential (K1).
fn reissue(ctx: &Context<'_>, tenant: &TenantRecord, user: &UserId, by: &DeskActor) -> Result<(), Refusal> {
    let mut account = accounts::load(ctx.sql, user)
        .or_storage()?
        .filter(|account| account.role == Role::SystemAdministrator)
        .ok_or(Refusal::NotFound)?;
    people::reissue(ctx, tenant, &mut account)?;
    audit(ctx, by, "account.reissue", login::object(user), "mailed")
}

fn details(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<CustomerDetails, Refusal> {
    let first = Span {
        order: Order::Newest,
        after: ("", ""),
        most: PAGE,
    };
    let given_up = outbox::undeliverable(ctx.sql, first).or_storage()?;
    let mut administrators = Vec::new();
    for account in accounts::of_role(ctx.sql, Role::SystemAdministrator).or_storage()? {
        if let Some(person) = person(ctx, &account.user)? {
            administrators.push(CustomerAdministrator {
                user_id: account.user.clone(),
                name: person.user.display_name.clone(),
                email: person.user.emails.primary().cloned(),
                account: account.name.as_str().to_owned(),
                state: account.state(ctx.now),
                undeliverable: undelivered(&given_up, &account),
            });
        }
    }
    Ok(CustomerDetails {
        customer: customer(ctx, tenant)?,
        administrators,
        contract: tenant.contract(),
    })
}

/// The delivery error of the mail with the first password of `account`, if it is among `given_up`.
fn undelivered(given_up: &Listed<OutboxRow>, account: &Account) -> Option<String> {
    let Password::First { issue, .. } = account.password else {
        return None;
    };
    let carries = |message: &Message| match message {
        Message::FirstCredential {
            administrator: user,
            issue: mailed,
        }
        | Message::Invitation {
            user, issue: mailed, ..
        } => *user == account.user && *mailed == issue,
        _ => false,
    };
    let (_, row) = given_up.rows.iter().find(|(_, row)| carries(&row.message))?;
    Some(row.last_error.clone().unwrap_or_default())
}

/// The tenant as its provider sees it.
fn customer(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<Customer, Refusal> {
    let accounts = accounts::of_role(ctx.sql, Role::SystemAdministrator).or_storage()?;
    let steps = setup::steps(ctx, tenant, accounts.len(), &accounts)?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(Customer {
        slug: tenant.slug.clone(),
        name: tenant.name.clone(),
        state: tenant.state,
        locale: tenant.locale,
        time_zone: tenant.time_zone.clone(),
        created_at: tenant.created_at,
        setup_done: count(steps.iter().filter(|step| step.done).count()),
        setup_of: count(steps.len()),
        administrators: count(accounts.len()),
        version: ctx.now.0,
    })
}

impl Tenant {
    /// Asks the customer's approvers. Repeating the request with the same person and key returns the first question.
    fn ask_question(&self, ctx: &Context<'_>, by: &DeskActor, ask: AskQuestion) -> Result<QuestionView, Refusal> {
        let repeat = Repeat::of("question", by, ask.idempotency_key, &ask.question)?;
        if let Some(id) = repeat.made::<QuestionId>(ctx)? {
            return question::show(ctx, &id);
        }
        self.tenant(ctx.sql)?.working()?;
        self.limited(ctx, "question", QUESTIONS)?;
        let view = question::ask(ctx, by, ask.question)?;
        repeat.keep(ctx, &view.id)?;
        Ok(view)
    }
}

/// A request of the desk that creates something, and may be repeated under an idempotency key.
pub(super) struct Repeat {
    key: Option<HashedSecret>,
    input: HashedSecret,
}

impl Repeat {
    /// The key includes the operation and the person.
    pub(super) fn of(
        operation: &str,
        by: &DeskActor,
        key: Option<HashedSecret>,
        input: &impl Serialize,
    ) -> Result<Self, Refusal> {
        let whole = |key: HashedSecret| format!("{operation}/{}/{}/{}", by.provider, by.user, key.as_str());
        let input = serde_json::to_string(input).map_err(|_| Refusal::Storage)?;
        Ok(Self {
            key: key.map(|key| HashedSecret::of(&whole(key))),
            input: HashedSecret::of(&input),
        })
    }

    /// The id of what an earlier request with the same key has created.
    pub(super) fn made<I: DeserializeOwned>(&self, ctx: &Context<'_>) -> Result<Option<I>, Refusal> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        match idempotency::load::<(I, HashedSecret)>(ctx.sql, key, ctx.now).or_storage()? {
            Some((id, input)) if input == self.input => Ok(Some(id)),
            Some(_) => Err(Refusal::Conflict),
            None => Ok(None),
        }
    }

    /// Remembers what this request has created.
    pub(super) fn keep(self, ctx: &Context<'_>, id: &impl Serialize) -> Result<(), Refusal> {
        match &self.key {
            Some(key) => idempotency::save(ctx.sql, key, &(id, &self.input), ctx.now).or_storage(),
            None => Ok(()),
        }
    }
}

/// The update that tells the provider about the customer, and the provider's slug.
pub(super) fn news(ctx: &Context<'_>, tenant: &TenantRecord) -> Result<Option<(Slug, NoteCustomer)>, Refusal> {
    let Some(provider) = tenant.provider.clone() else {
        return Ok(None);
    };
    let note = NoteCustomer {
        customer: customer(ctx, tenant)?,
        application: tenant.application.clone(),
    };
    Ok(Some((provider, note)))
}

/// The update that tells the provider about an inquiry, and the provider's slug.
pub(super) fn inquiry_news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &InquiryId,
) -> Result<Option<(Slug, NoteInquiry)>, Refusal> {
    let Some(provider) = tenant.provider.clone() else {
        return Ok(None);
    };
    let inquiry = inquiries::load(ctx.sql, id).or_storage()?;
    Ok(inquiry.map(|inquiry| {
        let note = NoteInquiry {
            tenant: tenant.slug.clone(),
            tenant_name: tenant.name.clone(),
            inquiry,
        };
        (provider, note)
    }))
}

/// The update that tells the provider about a question, and the provider's slug.
pub(super) fn question_news(
    ctx: &Context<'_>,
    tenant: &TenantRecord,
    id: &QuestionId,
) -> Result<Option<(Slug, NoteQuestion)>, Refusal> {
    let question = question::show(ctx, id)?;
    let provider = question.asked_by.provider.clone();
    let entry = DeskQuestion {
        tenant: tenant.slug.clone(),
        tenant_name: tenant.name.clone(),
        question,
    };
    Ok(Some((provider, NoteQuestion { entry })))
}

/// Stores a customer's update about a question, and mails its asker when it was answered. Drops an update that is not
/// newer than the copy.
pub(super) fn note_question(ctx: &Context<'_>, tenant: &TenantRecord, note: NoteQuestion) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    let entry = note.entry;
    let known = desk::load_question(ctx.sql, &entry.tenant, &entry.question.id).or_storage()?;
    if known.as_ref().is_some_and(|known| !entry.is_newer_than(known)) {
        return Ok(());
    }
    desk::save_question(ctx.sql, &entry).or_storage()?;
    ctx.news.note(&[Topic::DeskQuestions]);
    if entry.question.decision.is_none() {
        return Ok(());
    }
    let message = Message::QuestionAnswered {
        tenant: entry.tenant,
        question: entry.question.id,
        user: entry.question.asked_by.user,
    };
    enqueue(ctx, message)
}

/// Stores a customer's update about itself, and closes the application that its contract answers. Drops an update that
/// is older than the copy.
pub(super) fn note(ctx: &Context<'_>, tenant: &TenantRecord, note: &NoteCustomer) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    if let Some(application) = &note.application {
        applications::answer(ctx, application, &note.customer.slug)?;
    }
    let known = desk::load_customer(ctx.sql, &note.customer.slug).or_storage()?;
    if known.is_none() {
        let customer = note.customer.slug.clone();
        enqueue(ctx, Message::TellFace { customer })?;
    }
    if known.is_some_and(|known| known.version > note.customer.version) {
        return Ok(());
    }
    ctx.news.note(&[Topic::Customers]);
    desk::save_customer(ctx.sql, &note.customer).or_storage()
}

/// Stores a customer's update about an inquiry. A new message from the customer is mailed to the person assigned to the
/// inquiry, or to the whole desk when nobody is.
pub(super) fn note_inquiry(ctx: &Context<'_>, tenant: &TenantRecord, note: NoteInquiry) -> Result<(), Refusal> {
    if tenant.kind != TenantKind::Provider {
        return Err(Refusal::Forbidden);
    }
    let known = desk::load_inquiry(ctx.sql, &note.tenant, &note.inquiry.id).or_storage()?;
    let (assigned, assigned_name, messages) = match known {
        Some(known) if known.inquiry.version >= note.inquiry.version => return Ok(()),
        Some(known) => (known.assigned, known.assigned_name, known.inquiry.messages),
        None => (None, None, 0),
    };
    let has_written = note.inquiry.state == InquiryState::Open && note.inquiry.messages > messages;
    let entry = DeskInquiry {
        tenant: note.tenant,
        tenant_name: note.tenant_name,
        inquiry: note.inquiry,
        assigned,
        assigned_name,
    };
    desk::save_inquiry(ctx.sql, &entry).or_storage()?;
    ctx.news.note(&[Topic::DeskInquiries]);
    if !has_written {
        return Ok(());
    }
    let told = match &entry.assigned {
        Some(user) => vec![user.clone()],
        None => staff(ctx)?.into_iter().map(|(user, _)| user).collect(),
    };
    for user in told {
        enqueue(
            ctx,
            Message::InquiryArrived {
                tenant: entry.tenant.clone(),
                inquiry: entry.inquiry.id.clone(),
                user,
            },
        )?;
    }
    Ok(())
}

/// Lists the members of a provider's desk.
pub(super) fn staff(ctx: &Context<'_>) -> Result<Vec<(UserId, tegata_domain::text::PersonName)>, Refusal> {
    let mut staff = Vec::new();
    for role in [Role::DeskStaff, Role::SystemAdministrator] {
        for account in accounts::of_role(ctx.sql, role).or_storage()? {
            if let Some(user) = users::load(ctx.sql, &account.user).or_storage()? {
                staff.push((account.user, user.display_name));
            }
        }
    }
    Ok(staff)
}

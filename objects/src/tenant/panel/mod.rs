//! The panel: finds out who asks, whether they may, and hands the action to the file of its resource.

mod audit;
mod desk;
mod export;
mod lists;
mod me;
mod organizations;
mod overview;
mod passkeys;
mod policies;
mod questions;
mod registrations;
mod user_accounts;
mod users;
mod visitor;

use serde_json::Value;
use tegata_domain::document;
use tegata_domain::error::Refusal;
use tegata_domain::panel::{
    Act, AddPasskey, AnswerInquiry, AnswerQuestion, AssignInquiry, ChangeAccount, ChangeMe, ChangeOrganization,
    ChangePolicies, ChangeUser, CloseInquiry, CreateAccount, CreateInquiry, CreateOrganization, CreateToken,
    CreateUser, Decide, DeleteAccount, DeleteOrganization, DeleteUser, EndSession, EndSessionOf, Export,
    FetchAttachment, FindOwnPasskey, FinishFresh, ListCustomers, ListDeskInquiries, ListDeskQuestions, ListDeskStaff,
    ListInquiries, ListMails, ListOrganizations, ListPanelAudit, ListPanelDevices, ListPanelHeads, ListPasskeys,
    ListQuestions, ListRegistrations, ListSessions, ListTokens, ListUsers, Panel, PasskeyAnswer, ReissueAccount,
    RemovePasskey, RenamePasskey, RetryMail, RevokePanelDevice, RevokeToken, SetPassword, SetSecondFactor,
    ShowAssignment, ShowDevice, ShowInquiry, ShowOverview, ShowPanelRegistration, ShowPolicies, ShowQuestion,
    ShowQuestionReceipt, ShowReceipt, ShowRegistrationReceipt, ShowSession, ShowUser, StartFresh, StartPasskey,
    StartPasskeyCheck, VouchForDesk, VouchForDeskChange, described,
};
use tegata_domain::secret::HashedSecret;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_kv_schema::idempotency;

use super::approvals::question;
use super::{Tenant, audit as log, inquiries};
use crate::context::{Context, OrStorage as _};
use visitor::Visitor;

pub(super) use me::session_view;
pub(super) use overview::day;

/// Reads an action's input.
fn parsed<A: Act>(input: &Value) -> Result<A, Refusal> {
    document::read(&input.to_string()).map_err(|error| match error.field.as_str() {
        // It names nothing that could be here.
        "id" if input.get("id").is_some() => Refusal::NotFound,
        _ => error.into(),
    })
}

fn answered<A: Act>(reply: Result<A::Reply, Refusal>) -> Result<String, Refusal> {
    serde_json::to_string(&reply?).map_err(|_| Refusal::Storage)
}

impl Tenant {
    pub(super) fn panel(&self, ctx: &Context<'_>, tenant: TenantRecord, command: Panel) -> Result<String, Refusal> {
        let visitor = Visitor::enter(ctx, tenant, &command)?;
        let action = described(&command.action).ok_or(Refusal::NotFound)?;
        visitor.check(ctx, action)?;
        if command.only_check {
            return Ok("null".to_owned());
        }
        let repeat = command
            .idempotency_key
            .map(|key| Repeat::of(&visitor, key, &command.input));
        if let Some(reply) = repeat.as_ref().map(|repeat| repeat.reply(ctx)).transpose()?.flatten() {
            return Ok(reply);
        }
        let reply = self.act(ctx, visitor, action.name, &command.input)?;
        if let Some(repeat) = repeat.filter(|_| action.repeatable) {
            repeat.keep(ctx, &reply)?;
        }
        Ok(reply)
    }

    fn act(&self, ctx: &Context<'_>, mut visitor: Visitor, name: &str, input: &Value) -> Result<String, Refusal> {
        macro_rules! with {
            ($action:ty, $call:expr) => {
                answered::<$action>(parsed::<$action>(input).and_then($call))
            };
        }
        // All inputs without members are read as one type: each would be a copy of the same code.
        macro_rules! nothing_with {
            ($action:ty, $call:expr) => {
                answered::<$action>(parsed::<ShowSession>(input).and_then(|_| $call))
            };
        }
        let visitor = &mut visitor;
        match name {
            ShowSession::NAME => nothing_with!(ShowSession, me::show(visitor)),
            EndSession::NAME => nothing_with!(EndSession, me::end(ctx, visitor)),
            StartFresh::NAME => nothing_with!(StartFresh, self.start_fresh(ctx, visitor)),
            FinishFresh::NAME => with!(FinishFresh, |input| me::finish_fresh(ctx, visitor, input)),
            SetPassword::NAME => with!(SetPassword, |input| me::set_password(ctx, visitor, input)),
            StartPasskeyCheck::NAME => nothing_with!(StartPasskeyCheck, self.start_passkey_check(ctx, visitor)),
            FindOwnPasskey::NAME => with!(FindOwnPasskey, |input| self.find_own_passkey(ctx, visitor, &input)),
            PasskeyAnswer::NAME => with!(PasskeyAnswer, |input| passkeys::finish_check(ctx, visitor, &input)),
            ListPasskeys::NAME => nothing_with!(ListPasskeys, passkeys::list(ctx, visitor)),
            StartPasskey::NAME => nothing_with!(StartPasskey, self.start_passkey(ctx, visitor)),
            AddPasskey::NAME => with!(AddPasskey, |input| passkeys::add(ctx, visitor, input)),
            RenamePasskey::NAME => with!(RenamePasskey, |input| passkeys::rename(ctx, visitor, input)),
            RemovePasskey::NAME => with!(RemovePasskey, |input| passkeys::remove(ctx, visitor, &input)),
            SetSecondFactor::NAME => {
                with!(SetSecondFactor, |input| passkeys::set_second_factor(
                    ctx, visitor, &input
                ))
            }
            ListSessions::NAME => nothing_with!(ListSessions, me::sessions(ctx, visitor)),
            EndSessionOf::NAME => with!(EndSessionOf, |input| me::end_other(ctx, visitor, &input)),
            ChangeMe::NAME => with!(ChangeMe, |input| me::change(ctx, visitor, input)),
            ListTokens::NAME => nothing_with!(ListTokens, me::tokens(ctx, visitor)),
            CreateToken::NAME => with!(CreateToken, |input| me::create_token(ctx, visitor, input)),
            RevokeToken::NAME => with!(RevokeToken, |input| me::revoke_token(ctx, visitor, &input)),
            ShowOverview::NAME => nothing_with!(ShowOverview, overview::show(ctx, visitor)),
            ListRegistrations::NAME => with!(ListRegistrations, |input| registrations::list(ctx, &input)),
            ShowPanelRegistration::NAME => {
                with!(ShowPanelRegistration, |input| registrations::show(ctx, visitor, &input))
            }
            ShowRegistrationReceipt::NAME => {
                with!(ShowRegistrationReceipt, |input| registrations::receipt(ctx, &input.id))
            }
            Decide::NAME => with!(Decide, |input| registrations::decide(ctx, visitor, input)),
            ListQuestions::NAME => with!(ListQuestions, |input| questions::list(ctx, &input)),
            ShowQuestion::NAME => with!(ShowQuestion, |input| questions::show(ctx, visitor, &input)),
            ShowQuestionReceipt::NAME => with!(ShowQuestionReceipt, |input| question::receipt(ctx, &input.id)),
            AnswerQuestion::NAME => with!(AnswerQuestion, |input| questions::answer(ctx, visitor, input)),
            ListPanelDevices::NAME => with!(ListPanelDevices, |input| lists::devices(ctx, &input)),
            ShowDevice::NAME => with!(ShowDevice, |input| lists::device(ctx, &input.id)),
            ShowReceipt::NAME => with!(ShowReceipt, |input| lists::device_receipt(ctx, &input.id)),
            RevokePanelDevice::NAME => with!(RevokePanelDevice, |input| lists::revoke(ctx, visitor, &input.id)),
            ListOrganizations::NAME => nothing_with!(ListOrganizations, organizations::list(ctx, visitor)),
            CreateOrganization::NAME => {
                with!(CreateOrganization, |input| organizations::create(ctx, visitor, input))
            }
            ChangeOrganization::NAME => {
                with!(ChangeOrganization, |input| organizations::change(ctx, visitor, input))
            }
            DeleteOrganization::NAME => {
                with!(DeleteOrganization, |input| organizations::delete(
                    ctx, visitor, &input.id
                ))
            }
            ListUsers::NAME => with!(ListUsers, |input| users::list(ctx, visitor, &input)),
            ShowUser::NAME => with!(ShowUser, |input| users::show(ctx, visitor, &input.id)),
            CreateUser::NAME => with!(CreateUser, |input| users::create(ctx, visitor, input)),
            ChangeUser::NAME => with!(ChangeUser, |input| users::change(ctx, visitor, input)),
            DeleteUser::NAME => with!(DeleteUser, |input| users::delete(ctx, visitor, &input.id)),
            CreateAccount::NAME => with!(CreateAccount, |input| user_accounts::create(ctx, visitor, input)),
            ChangeAccount::NAME => with!(ChangeAccount, |input| user_accounts::change(ctx, visitor, input)),
            DeleteAccount::NAME => with!(DeleteAccount, |input| user_accounts::delete(ctx, visitor, &input.id)),
            ReissueAccount::NAME => with!(ReissueAccount, |input| user_accounts::reissue(ctx, visitor, &input.id)),
            ListPanelAudit::NAME => with!(ListPanelAudit, |input| audit::list(ctx, visitor, input)),
            ListPanelHeads::NAME => {
                with!(ListPanelHeads, |input| log::list_heads(ctx, input.cursor.as_deref()))
            }
            Export::NAME => with!(Export, |input| export::export(ctx, visitor, &input)),
            ShowPolicies::NAME => nothing_with!(ShowPolicies, Ok(policies::view(&visitor.tenant))),
            ChangePolicies::NAME => with!(ChangePolicies, |input| self.change_policies(ctx, visitor, input)),
            ListInquiries::NAME => with!(ListInquiries, |input| desk::inquiries(ctx, &input)),
            ShowInquiry::NAME => {
                with!(ShowInquiry, |input| inquiries::thread(
                    ctx,
                    inquiries::found(ctx, &input.id)?
                ))
            }
            CreateInquiry::NAME => with!(CreateInquiry, |input| self.create_inquiry(ctx, visitor, input)),
            AnswerInquiry::NAME => with!(AnswerInquiry, |input| self.answer_inquiry(ctx, visitor, input)),
            CloseInquiry::NAME => with!(CloseInquiry, |input| desk::close_inquiry(ctx, visitor, &input.id)),
            FetchAttachment::NAME => {
                with!(FetchAttachment, |input| inquiries::file(
                    ctx,
                    &input.id,
                    &input.attachment
                ))
            }
            ListCustomers::NAME => with!(ListCustomers, |input| desk::customers(ctx, &input)),
            ListDeskInquiries::NAME => with!(ListDeskInquiries, |input| desk::desk_inquiries(ctx, &input)),
            ShowAssignment::NAME => with!(ShowAssignment, |input| desk::desk_inquiry(ctx, &input)),
            AssignInquiry::NAME => with!(AssignInquiry, |input| desk::assign(ctx, visitor, input)),
            ListDeskQuestions::NAME => with!(ListDeskQuestions, |input| questions::asked(ctx, &input)),
            ListDeskStaff::NAME => nothing_with!(ListDeskStaff, desk::list_staff(ctx)),
            VouchForDesk::NAME => with!(VouchForDesk, |input| desk::vouch(ctx, visitor, input)),
            VouchForDeskChange::NAME => {
                with!(VouchForDeskChange, |input| desk::vouch_for_change(ctx, visitor, input))
            }
            ListMails::NAME => with!(ListMails, |input| lists::mails(ctx, visitor, &input)),
            RetryMail::NAME => with!(RetryMail, |input| lists::retry_mail(ctx, visitor, &input.id)),
            _ => Err(Refusal::NotFound),
        }
    }
}

/// A request that may come twice.
struct Repeat {
    key: HashedSecret,
    input: HashedSecret,
}

impl Repeat {
    /// One key of two people is two keys.
    fn of(visitor: &Visitor, key: HashedSecret, input: &Value) -> Self {
        Self {
            key: HashedSecret::of(&format!("{}\n{}", visitor.person.user.id, key.as_str())),
            input: HashedSecret::of(&input.to_string()),
        }
    }

    /// The answer that was given before.
    fn reply(&self, ctx: &Context<'_>) -> Result<Option<String>, Refusal> {
        let kept: Option<(HashedSecret, String)> = idempotency::load(ctx.sql, &self.key, ctx.now).or_storage()?;
        match kept {
            Some((input, reply)) if input == self.input => Ok(Some(reply)),
            Some(_) => Err(Refusal::Conflict),
            None => Ok(None),
        }
    }

    fn keep(self, ctx: &Context<'_>, reply: &str) -> Result<(), Refusal> {
        idempotency::save(ctx.sql, &self.key, &(self.input, reply), ctx.now).or_storage()
    }
}

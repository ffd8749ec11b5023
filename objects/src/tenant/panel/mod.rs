//! The panel: authenticates the visitor, checks their rights, and passes the action to the file of its resource.

mod applications;
mod appointments;
mod attended;
mod audit;
mod columns;
mod desk;
mod devices;
mod enrolments;
mod equipment;
mod equipment_import;
mod export;
mod face;
mod inquiries;
mod launches;
pub(super) mod lists;
mod mails;
mod me;
mod organizations;
mod overview;
mod passkeys;
mod policies;
mod questions;
mod registrations;
mod session_tries;
mod tokens;
mod user_accounts;
mod users;
mod visitor;

use serde_json::Value;
use serde_json::value::RawValue;
use tegata_domain::error::Refusal;
use tegata_domain::panel::{self, Act, Panel, described};
use tegata_domain::secret::HashedSecret;
use tegata_domain::tenant::Tenant as TenantRecord;
use tegata_domain::wire::{document, json};
use tegata_kv_schema::idempotency;

use super::approvals::question;
use super::enrolments::organization;
use super::object::Tenant;
use super::{audit as log, inquiries as threads};
use crate::context::{Context, OrStorage as _};
use visitor::{Entrance, Visitor};

/// Parses an action's input.
fn parsed<A: Act>(input: &RawValue) -> Result<A, Refusal> {
    let input = input.get();
    document::read(input).map_err(|error| match error.field.as_str() {
        // A malformed id cannot name anything that exists.
        "id" if json::read::<Value>(input).is_ok_and(|input| input.get("id").is_some()) => Refusal::NotFound,
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
            .filter(|_| action.repeatable)
            .map(|key| Repeat::of(&visitor, key, &command.input));
        if let Some(reply) = repeat.as_ref().map(|repeat| repeat.reply(ctx)).transpose()?.flatten() {
            return Ok(reply);
        }
        let reply = self.act(ctx, visitor, action.name, &command.input)?;
        if let Some(repeat) = repeat {
            repeat.keep(ctx, &reply)?;
        }
        Ok(reply)
    }

    fn act(&self, ctx: &Context<'_>, mut visitor: Visitor, name: &str, input: &RawValue) -> Result<String, Refusal> {
        macro_rules! with {
            ($action:ty, $call:expr) => {
                answered::<$action>(parsed::<$action>(input).and_then($call))
            };
        }
        // All inputs without members share one type: each would add a copy of the same code to the module.
        macro_rules! nothing_with {
            ($action:ty, $call:expr) => {
                answered::<$action>(parsed::<panel::me::Show>(input).and_then(|_| $call))
            };
        }
        let visitor = &mut visitor;
        match name {
            panel::me::Show::NAME => nothing_with!(panel::me::Show, me::show(visitor)),
            panel::me::End::NAME => nothing_with!(panel::me::End, me::end(ctx, visitor)),
            panel::me::StartFresh::NAME => nothing_with!(panel::me::StartFresh, self.start_fresh(ctx, visitor)),
            panel::me::FinishFresh::NAME => {
                with!(panel::me::FinishFresh, |input| me::finish_fresh(ctx, visitor, input))
            }
            panel::me::SetPassword::NAME => {
                with!(panel::me::SetPassword, |input| me::set_password(ctx, visitor, input))
            }
            panel::passkeys::StartCheck::NAME => {
                nothing_with!(panel::passkeys::StartCheck, self.start_passkey_check(ctx, visitor))
            }
            panel::passkeys::Find::NAME => with!(panel::passkeys::Find, |input| self
                .find_own_passkey(ctx, visitor, &input)),
            panel::passkeys::Answer::NAME => with!(panel::passkeys::Answer, |input| passkeys::finish_check(
                ctx, visitor, &input
            )),
            panel::passkeys::List::NAME => nothing_with!(panel::passkeys::List, passkeys::list(ctx, visitor)),
            panel::passkeys::Start::NAME => nothing_with!(panel::passkeys::Start, self.start_passkey(ctx, visitor)),
            panel::passkeys::Add::NAME => with!(panel::passkeys::Add, |input| passkeys::add(ctx, visitor, input)),
            panel::passkeys::Rename::NAME => {
                with!(panel::passkeys::Rename, |input| passkeys::rename(ctx, visitor, input))
            }
            panel::passkeys::Remove::NAME => {
                with!(panel::passkeys::Remove, |input| passkeys::remove(ctx, visitor, &input))
            }
            panel::passkeys::SetSecondFactor::NAME => {
                with!(panel::passkeys::SetSecondFactor, |input| passkeys::set_second_factor(
                    ctx, visitor, &input
                ))
            }
            panel::me::Sessions::NAME => nothing_with!(panel::me::Sessions, me::sessions(ctx, visitor)),
            panel::me::EndSession::NAME => with!(panel::me::EndSession, |input| me::end_other(ctx, visitor, &input)),
            panel::me::Change::NAME => with!(panel::me::Change, |input| me::change(ctx, visitor, input)),
            panel::tokens::List::NAME => nothing_with!(panel::tokens::List, tokens::list(ctx, visitor)),
            panel::tokens::Create::NAME => with!(panel::tokens::Create, |input| tokens::create(ctx, visitor, input)),
            panel::tokens::Revoke::NAME => with!(panel::tokens::Revoke, |input| tokens::revoke(ctx, visitor, &input)),
            panel::overview::Show::NAME => nothing_with!(panel::overview::Show, overview::show(ctx, visitor)),
            panel::registrations::List::NAME => {
                with!(panel::registrations::List, |input| registrations::list(ctx, &input))
            }
            panel::registrations::Show::NAME => {
                with!(panel::registrations::Show, |input| registrations::show(
                    ctx, visitor, &input
                ))
            }
            panel::registrations::Receipt::NAME => {
                with!(panel::registrations::Receipt, |input| registrations::receipt(
                    ctx, &input.id
                ))
            }
            panel::registrations::Decide::NAME => with!(panel::registrations::Decide, |input| registrations::decide(
                ctx, visitor, input
            )),
            panel::questions::List::NAME => with!(panel::questions::List, |input| questions::list(ctx, &input)),
            panel::questions::Show::NAME => {
                with!(panel::questions::Show, |input| questions::show(ctx, visitor, &input))
            }
            panel::questions::Receipt::NAME => {
                with!(panel::questions::Receipt, |input| question::receipt(ctx, &input.id))
            }
            panel::questions::Answer::NAME => {
                with!(panel::questions::Answer, |input| questions::answer(ctx, visitor, input))
            }
            panel::launches::List::NAME => with!(panel::launches::List, |input| launches::list(ctx, visitor, &input)),
            panel::launches::Show::NAME => with!(panel::launches::Show, |input| launches::show(ctx, visitor, &input)),
            panel::launches::Record::NAME => {
                with!(panel::launches::Record, |input| launches::record(ctx, visitor, &input))
            }
            panel::launches::Receipt::NAME => {
                with!(panel::launches::Receipt, |input| launches::receipt(
                    ctx, visitor, &input.id
                ))
            }
            panel::launches::Answer::NAME => {
                with!(panel::launches::Answer, |input| launches::answer(ctx, visitor, input))
            }
            panel::launches::End::NAME => with!(panel::launches::End, |input| launches::end(ctx, visitor, &input.id)),
            panel::appointments::List::NAME => {
                with!(panel::appointments::List, |input| appointments::list(
                    ctx, visitor, &input
                ))
            }
            panel::appointments::Show::NAME => {
                with!(panel::appointments::Show, |input| appointments::show(
                    ctx, visitor, &input.id
                ))
            }
            panel::appointments::Receipt::NAME => {
                with!(panel::appointments::Receipt, |input| appointments::receipt(
                    ctx, visitor, &input
                ))
            }
            panel::appointments::Cancel::NAME => {
                with!(panel::appointments::Cancel, |input| appointments::cancel(
                    ctx, visitor, input
                ))
            }
            panel::attended::List::NAME => with!(panel::attended::List, |input| attended::list(ctx, visitor, &input)),
            panel::attended::Show::NAME => {
                with!(panel::attended::Show, |input| attended::show(ctx, visitor, &input.id))
            }
            panel::attended::Record::NAME => {
                with!(panel::attended::Record, |input| attended::record(ctx, visitor, &input))
            }
            panel::attended::Receipt::NAME => {
                with!(panel::attended::Receipt, |input| attended::receipt(
                    ctx, visitor, &input
                ))
            }
            panel::attended::End::NAME => with!(panel::attended::End, |input| attended::end(ctx, visitor, &input.id)),
            panel::devices::List::NAME => with!(panel::devices::List, |input| devices::list(ctx, &input)),
            panel::devices::Show::NAME => with!(panel::devices::Show, |input| devices::show(ctx, &input.id)),
            panel::devices::Receipt::NAME => with!(panel::devices::Receipt, |input| devices::receipt(ctx, &input.id)),
            panel::devices::Revoke::NAME => {
                with!(panel::devices::Revoke, |input| devices::revoke(ctx, visitor, &input.id))
            }
            panel::equipment::List::NAME => {
                with!(panel::equipment::List, |input| equipment::list(ctx, visitor, &input))
            }
            panel::equipment::Show::NAME => {
                with!(panel::equipment::Show, |input| equipment::show(ctx, visitor, &input.id))
            }
            panel::equipment::Create::NAME => {
                with!(panel::equipment::Create, |input| equipment::create(ctx, visitor, input))
            }
            panel::equipment::Change::NAME => {
                with!(panel::equipment::Change, |input| equipment::change(ctx, visitor, input))
            }
            panel::equipment::Switch::NAME => {
                with!(panel::equipment::Switch, |input| equipment::switch(
                    ctx, visitor, &input
                ))
            }
            panel::equipment::Retire::NAME => {
                with!(panel::equipment::Retire, |input| equipment::retire(
                    ctx, visitor, &input.id
                ))
            }
            panel::equipment::Restore::NAME => {
                with!(panel::equipment::Restore, |input| equipment::restore(
                    ctx, visitor, &input.id
                ))
            }
            panel::equipment::Enrol::NAME => {
                with!(panel::equipment::Enrol, |input| equipment::enrol(ctx, visitor, &input))
            }
            panel::equipment::EndAgent::NAME => {
                with!(panel::equipment::EndAgent, |input| equipment::end_agent(
                    ctx, visitor, &input.id
                ))
            }
            panel::equipment::Import::NAME => {
                with!(panel::equipment::Import, |input| equipment_import::import(
                    ctx, visitor, &input
                ))
            }
            panel::enrolments::Show::NAME => nothing_with!(panel::enrolments::Show, organization::view(ctx)),
            panel::enrolments::Renew::NAME => nothing_with!(panel::enrolments::Renew, enrolments::renew(ctx, visitor)),
            panel::enrolments::List::NAME => {
                with!(panel::enrolments::List, |input| enrolments::list(ctx, visitor, &input))
            }
            panel::enrolments::Answer::NAME => {
                with!(panel::enrolments::Answer, |input| enrolments::answer(
                    ctx, visitor, &input
                ))
            }
            panel::desk::Enrolments::NAME => {
                with!(panel::desk::Enrolments, |input| enrolments::at_desk(ctx, &input))
            }
            panel::desk::AnswerEnrolment::NAME => {
                with!(panel::desk::AnswerEnrolment, |input| enrolments::answer_at_desk(
                    ctx, visitor, input
                ))
            }
            panel::organizations::List::NAME => {
                nothing_with!(panel::organizations::List, organizations::list(ctx, visitor))
            }
            panel::organizations::Create::NAME => {
                with!(panel::organizations::Create, |input| organizations::create(
                    ctx, visitor, input
                ))
            }
            panel::organizations::Change::NAME => {
                with!(panel::organizations::Change, |input| organizations::change(
                    ctx, visitor, input
                ))
            }
            panel::organizations::Delete::NAME => {
                with!(panel::organizations::Delete, |input| organizations::delete(
                    ctx, visitor, &input.id
                ))
            }
            panel::users::List::NAME => with!(panel::users::List, |input| users::list(ctx, visitor, &input)),
            panel::users::Show::NAME => with!(panel::users::Show, |input| users::show(ctx, visitor, &input.id)),
            panel::users::Create::NAME => with!(panel::users::Create, |input| users::create(ctx, visitor, input)),
            panel::users::Change::NAME => with!(panel::users::Change, |input| users::change(ctx, visitor, input)),
            panel::users::Delete::NAME => with!(panel::users::Delete, |input| users::delete(ctx, visitor, &input.id)),
            panel::accounts::Create::NAME => with!(panel::accounts::Create, |input| user_accounts::create(
                ctx, visitor, input
            )),
            panel::accounts::Change::NAME => with!(panel::accounts::Change, |input| user_accounts::change(
                ctx, visitor, input
            )),
            panel::accounts::Delete::NAME => with!(panel::accounts::Delete, |input| user_accounts::delete(
                ctx, visitor, &input.id
            )),
            panel::accounts::Reissue::NAME => with!(panel::accounts::Reissue, |input| user_accounts::reissue(
                ctx, visitor, &input.id
            )),
            panel::audit::List::NAME => with!(panel::audit::List, |input| audit::list(ctx, visitor, input)),
            panel::audit::Heads::NAME => {
                with!(panel::audit::Heads, |input| log::list_heads(
                    ctx,
                    input.cursor.as_deref()
                ))
            }
            panel::export::Export::NAME => with!(panel::export::Export, |input| export::export(ctx, visitor, &input)),
            panel::policies::Show::NAME => nothing_with!(panel::policies::Show, Ok(policies::view(&visitor.tenant))),
            panel::policies::Change::NAME => with!(panel::policies::Change, |input| self
                .change_policies(ctx, visitor, input)),
            panel::events::Ticket::NAME => nothing_with!(
                panel::events::Ticket,
                match &visitor.entrance {
                    Entrance::Session(session, _) => Ok(self.issue_ticket(ctx, session.clone())),
                    Entrance::Token(_) => Err(Refusal::LoginRequired),
                }
            ),
            panel::face::Show::NAME => nothing_with!(panel::face::Show, face::show(ctx, visitor)),
            panel::face::Change::NAME => with!(panel::face::Change, |input| face::change(ctx, visitor, input)),
            panel::inquiries::List::NAME => with!(panel::inquiries::List, |input| inquiries::list(ctx, &input)),
            panel::inquiries::Show::NAME => {
                with!(panel::inquiries::Show, |input| threads::thread(
                    ctx,
                    threads::found(ctx, &input.id)?
                ))
            }
            panel::inquiries::Create::NAME => with!(panel::inquiries::Create, |input| self
                .create_inquiry(ctx, visitor, input)),
            panel::inquiries::Answer::NAME => with!(panel::inquiries::Answer, |input| self
                .answer_inquiry(ctx, visitor, input)),
            panel::inquiries::Close::NAME => with!(panel::inquiries::Close, |input| inquiries::close(
                ctx, visitor, &input.id
            )),
            panel::inquiries::Attachment::NAME => {
                with!(panel::inquiries::Attachment, |input| threads::file(
                    ctx,
                    &visitor.tenant.slug,
                    &input.id,
                    &input.attachment
                ))
            }
            panel::desk::Customers::NAME => with!(panel::desk::Customers, |input| desk::customers(ctx, &input)),
            panel::desk::Inquiries::NAME => with!(panel::desk::Inquiries, |input| desk::inquiries(ctx, &input)),
            panel::desk::Assignment::NAME => with!(panel::desk::Assignment, |input| desk::assignment(ctx, &input)),
            panel::desk::Assign::NAME => with!(panel::desk::Assign, |input| desk::assign(ctx, visitor, input)),
            panel::desk::Questions::NAME => with!(panel::desk::Questions, |input| questions::asked(ctx, &input)),
            panel::desk::Launches::NAME => with!(panel::desk::Launches, |input| launches::at_customers(ctx, &input)),
            panel::desk::Attended::NAME => with!(panel::desk::Attended, |input| attended::at_customers(ctx, &input)),
            panel::desk::Appointments::NAME => {
                with!(panel::desk::Appointments, |input| appointments::at_customers(
                    ctx, &input
                ))
            }
            panel::desk::Feeds::NAME => nothing_with!(panel::desk::Feeds, appointments::feeds(ctx, visitor)),
            panel::desk::CreateFeed::NAME => {
                with!(panel::desk::CreateFeed, |input| appointments::create_feed(
                    ctx, visitor, input
                ))
            }
            panel::desk::RevokeFeed::NAME => {
                with!(panel::desk::RevokeFeed, |input| appointments::revoke_feed(
                    ctx, visitor, &input
                ))
            }
            panel::desk::VouchForLaunch::NAME => {
                with!(panel::desk::VouchForLaunch, |input| desk::vouch_for_launch(
                    ctx, visitor, input
                ))
            }
            panel::desk::Staff::NAME => nothing_with!(panel::desk::Staff, desk::list_staff(ctx)),
            panel::desk::Vouch::NAME => with!(panel::desk::Vouch, |input| desk::vouch(ctx, visitor, input)),
            panel::desk::VouchForSession::NAME => {
                with!(panel::desk::VouchForSession, |input| session_tries::vouch(
                    ctx, visitor, input
                ))
            }
            panel::desk::SettleSessionTry::NAME => {
                with!(panel::desk::SettleSessionTry, |input| session_tries::settle(
                    ctx, visitor, &input
                ))
            }
            panel::desk::VouchForChange::NAME => {
                with!(panel::desk::VouchForChange, |input| desk::vouch_for_change(
                    ctx, visitor, input
                ))
            }
            panel::applications::List::NAME => {
                with!(panel::applications::List, |input| applications::list(
                    ctx, visitor, &input
                ))
            }
            panel::applications::Show::NAME => {
                with!(panel::applications::Show, |input| applications::show(
                    ctx, visitor, &input.id
                ))
            }
            panel::applications::Create::NAME => {
                with!(panel::applications::Create, |input| applications::create(
                    ctx, visitor, input
                ))
            }
            panel::applications::Close::NAME => {
                with!(panel::applications::Close, |input| applications::close(
                    ctx, visitor, input
                ))
            }
            panel::mails::List::NAME => with!(panel::mails::List, |input| mails::list(ctx, visitor, &input)),
            panel::mails::Retry::NAME => with!(panel::mails::Retry, |input| mails::retry(ctx, visitor, &input.id)),
            _ => Err(Refusal::NotFound),
        }
    }
}

/// A request that may be repeated under an idempotency key.
struct Repeat {
    key: HashedSecret,
    input: HashedSecret,
}

impl Repeat {
    /// The key includes the person: the same key from two people is two keys.
    fn of(visitor: &Visitor, key: HashedSecret, input: &RawValue) -> Self {
        Self {
            key: HashedSecret::of(&format!("{}\n{}", visitor.person.user.id, key.as_str())),
            input: HashedSecret::of(input.get()),
        }
    }

    /// The stored reply to an earlier request with the same key.
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

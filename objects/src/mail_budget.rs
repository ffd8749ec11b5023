//! The object that holds one share of the mail budget. It counts the mails that strangers caused to each address of its
//! share.

use tegata_domain::error::Refusal;
use tegata_domain::mail_budget::{self, MailAllowance, MailBudgetCommand, PER_MAILBOX};
use tegata_domain::time::UnixSeconds;
use tegata_kv_schema::{limits, migrations};

use crate::context::{Context, OrStorage as _, whole};
use crate::hosted::{Aftermath, Hosted};
use crate::travelling::reply;

/// The object keeps nothing in memory.
#[derive(Debug, Default)]
pub struct MailBudget;

impl Hosted for MailBudget {
    type Class = mail_budget::MailBudget;

    fn handle(&self, ctx: &Context<'_>, command: MailBudgetCommand) -> Result<String, Refusal> {
        let MailBudgetCommand::TakeMail(take) = command;
        reply(whole(ctx, &mut || {
            migrations::apply(ctx.sql, migrations::MAIL_BUDGET).or_storage()?;
            let key = take.mailbox.as_str();
            let (allowance, arrival) = MailAllowance::take(limits::load(ctx.sql, key).or_storage()?, ctx.now);
            if let Some(arrival) = arrival {
                limits::save(ctx.sql, key, arrival).or_storage()?;
            }
            Ok(allowance)
        }))
    }

    fn aftermath(_: &MailBudgetCommand) -> Aftermath {
        Aftermath::Alarm
    }

    /// One window after the earliest stored arrival time. That entry no longer limits anything then, and the sweep
    /// deletes others along with it.
    fn next_wake(&self, ctx: &Context<'_>) -> Result<Option<UnixSeconds>, Refusal> {
        if !migrations::exists(ctx.sql).or_storage()? {
            return Ok(None);
        }
        let earliest = limits::earliest(ctx.sql).or_storage()?;
        Ok(earliest.map(|arrival| arrival.plus(PER_MAILBOX.window)))
    }

    fn tidy(&self, ctx: &Context<'_>) -> Result<(), Refusal> {
        match migrations::exists(ctx.sql).or_storage()? {
            true => limits::sweep(ctx.sql, ctx.now).or_storage(),
            false => Ok(()),
        }
    }
}

//! The deployment's mail budget per address: a limit, across all tenants, on the mails that strangers can cause. A
//! tenant's object already limits its own mails to one address ([`crate::limit::PER_ADDRESS`]); this budget counts
//! requests made at many tenants in another person's name. It never refuses a request: a mail beyond the budget waits
//! in its outbox.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::jwk::sha256_b64;
use crate::limit::Limit;
use crate::time::UnixSeconds;
use crate::wire::object::{Command, Object};

/// Mails that strangers can cause to one address, across all tenants of the deployment.
pub const PER_MAILBOX: Limit = Limit { most: 20, window: 3600 };

/// Number of objects over which the addresses are distributed.
const SHARES: u32 = 64;

/// A mail address as the budget knows it: by its hash, which also determines the object that counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mailbox(String);

impl Mailbox {
    /// The mailbox that `address` denotes, for mails that somebody is waiting for.
    #[must_use]
    pub fn of(address: &EmailAddress) -> Self {
        Self(sha256_b64(address.limit_key()))
    }

    /// The same mailbox, for mails that may be unsolicited. They have a budget of their own, so that they cannot delay
    /// a code or a new password.
    #[must_use]
    pub fn unasked(address: &EmailAddress) -> Self {
        Self(sha256_b64(format!("unasked/{}", address.limit_key())))
    }

    /// The key under which its object counts it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn share(&self) -> u32 {
        let sum = self
            .0
            .bytes()
            .fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
        sum.checked_rem(SHARES).unwrap_or(0)
    }
}

/// The name of the object that counts it.
impl fmt::Display for Mailbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "share-{}", self.share())
    }
}

/// A fixed number of objects per deployment. Each counts the mails that strangers cause to its share of the mail
/// addresses.
#[derive(Debug)]
pub enum MailBudget {}

impl Object for MailBudget {
    const BINDING: &'static str = "MAIL_BUDGET";
    type Name = Mailbox;
    type Command = MailBudgetCommand;
}

/// Any command to a budget's object, as sent to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailBudgetCommand {
    /// Asks whether a mail may be sent now.
    TakeMail(TakeMail),
}

/// See [`MailBudgetCommand::TakeMail`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakeMail {
    /// The mailbox it is addressed to.
    pub mailbox: Mailbox,
}

impl From<TakeMail> for MailBudgetCommand {
    fn from(command: TakeMail) -> Self {
        Self::TakeMail(command)
    }
}

impl Command for TakeMail {
    type To = MailBudget;
    type Reply = MailAllowance;
}

/// Whether a mail may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAllowance {
    /// The mail may be sent, and is counted.
    Granted,
    /// The mail must wait for this number of seconds, and is not counted.
    Wait(i64),
}

impl MailAllowance {
    /// Decides by the stored instant. Returns the new instant to store if the mail is granted.
    #[must_use]
    pub fn take(stored: Option<UnixSeconds>, now: UnixSeconds) -> (Self, Option<UnixSeconds>) {
        match PER_MAILBOX.take(stored, now) {
            Ok(arrival) => (Self::Granted, Some(arrival)),
            Err(seconds) => (Self::Wait(seconds), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, SHARES};
    use crate::email::EmailAddress;

    #[test]
    fn shares_are_even_and_spellings_of_one_mailbox_lie_in_one() {
        let mailbox = |text: &str| Mailbox::of(&EmailAddress::parse(text).unwrap());
        assert_eq!(mailbox("Taro@aozora.example"), mailbox("taro@AOZORA.example"));
        let mut count = vec![0; SHARES as usize];
        for number in 0..SHARES * 50 {
            count[mailbox(&format!("user{number}@aozora.example")).share() as usize] += 1;
        }
        assert!(count.iter().all(|of_share| (20..=90).contains(of_share)), "{count:?}");
    }
}

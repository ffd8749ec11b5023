//! The deployment's budget of mails for each address: what strangers can cause, over all tenants together.
//!
//! A tenant's object counts what it mails to one address ([`crate::limit::PER_ADDRESS`]). Someone who asks at many tenants
//! in another person's name is counted here. The budget never refuses a request: a mail beyond it waits in its outbox.

use core::fmt;

use serde::{Deserialize, Serialize};

use crate::email::EmailAddress;
use crate::jwk::sha256_b64;
use crate::limit::Limit;
use crate::time::UnixSeconds;
use crate::wire::object::{Command, Object};

/// Mails that strangers can cause to one address, from all tenants of the deployment.
pub const PER_MAILBOX: Limit = Limit { most: 20, window: 3600 };

/// Among how many objects the addresses are shared out.
const SHARES: u32 = 64;

/// A mail address as the budget knows it: by its hash, which also says which object counts it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mailbox(String);

impl Mailbox {
    /// The mailbox that `address` is one spelling of, for mails that somebody waits for.
    #[must_use]
    pub fn of(address: &EmailAddress) -> Self {
        Self(sha256_b64(address.limit_key()))
    }

    /// The same for mails that nobody may have asked for: those cannot hold back a code or a new password.
    #[must_use]
    pub fn unasked(address: &EmailAddress) -> Self {
        Self(sha256_b64(format!("unasked/{}", address.limit_key())))
    }

    /// Its name among those that one object counts.
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

/// A fixed number per deployment, each for its share of the mail addresses: how many mails strangers caused to each.
#[derive(Debug)]
pub enum MailBudget {}

impl Object for MailBudget {
    const BINDING: &'static str = "MAIL_BUDGET";
    type Name = Mailbox;
    type Command = MailBudgetCommand;
}

/// Any command to a budget's object, as it travels.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailBudgetCommand {
    /// A mail is about to leave.
    TakeMail(TakeMail),
}

/// See [`MailBudgetCommand::TakeMail`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakeMail {
    /// To whom.
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

/// Whether a mail may leave now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailAllowance {
    /// It may, and is counted.
    Granted,
    /// Not before so many seconds. It is not counted.
    Wait(i64),
}

impl MailAllowance {
    /// Decides by the stored instant; with it, the instant to store.
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

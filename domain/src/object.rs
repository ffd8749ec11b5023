//! Durable Objects as the rest of the service addresses them: which class, which one of it, and what it can be told.
//!
//! A route asks an object, an object's outbox tells another one; both name it by an [`Address`]. What an object does is
//! in the crate `objects`, and how the platform carries a command to it in the worker.

use core::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::command::TenantCommand;
use crate::keyring_command::KeyringCommand;
use crate::mail_budget::{MailBudgetCommand, Mailbox};
use crate::slug::Slug;

/// A class of objects.
pub trait Object {
    /// The binding of its class in the worker's environment.
    const BINDING: &'static str;
    /// What one object of the class is named by.
    type Name: Display;
    /// Any command to it, as it travels.
    type Command: Serialize + DeserializeOwned;
}

/// A command with the object that takes it and the type of its reply.
pub trait Command: Into<<Self::To as Object>::Command> {
    /// Who takes it.
    type To: Object;
    /// What comes back when it was carried out.
    type Reply: Serialize + DeserializeOwned;
}

/// One object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The binding of its class.
    pub binding: &'static str,
    /// Its name.
    pub name: String,
}

impl Address {
    /// The object of class `O` that is called `name`.
    #[must_use]
    pub fn of<O: Object>(name: &O::Name) -> Self {
        Self {
            binding: O::BINDING,
            name: name.to_string(),
        }
    }
}

/// A command on its way: the object that takes it, and its JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Who takes it.
    pub to: Address,
    /// The command, as it travels.
    pub command: String,
}

impl Told {
    /// `command` to the object called `name`; `None` where it has no JSON form, which none of ours lacks.
    #[must_use]
    pub fn new<C: Command>(name: &<C::To as Object>::Name, command: C) -> Option<Self> {
        let command: <C::To as Object>::Command = command.into();
        Some(Self {
            to: Address::of::<C::To>(name),
            command: serde_json::to_string(&command).ok()?,
        })
    }
}

/// One per customer contract or provider: everything that is decided about it.
#[derive(Debug)]
pub enum Tenant {}

impl Object for Tenant {
    const BINDING: &'static str = "TENANT";
    type Name = Slug;
    type Command = TenantCommand;
}

/// One per deployment: the signing keys.
#[derive(Debug)]
pub enum Keyring {}

/// The name of the only keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TheKeyring;

impl Display for TheKeyring {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("keyring")
    }
}

impl Object for Keyring {
    const BINDING: &'static str = "KEYRING";
    type Name = TheKeyring;
    type Command = KeyringCommand;
}

/// A fixed number per deployment, each for its share of the mail addresses: how many mails strangers caused to each.
#[derive(Debug)]
pub enum MailBudget {}

impl Object for MailBudget {
    const BINDING: &'static str = "MAIL_BUDGET";
    type Name = Mailbox;
    type Command = MailBudgetCommand;
}

#[cfg(test)]
mod tests {
    use super::{Address, Keyring, MailBudget, Tenant, TheKeyring};
    use crate::email::EmailAddress;
    use crate::mail_budget::Mailbox;
    use crate::slug::Slug;

    #[test]
    fn addresses_unchanged() {
        // An object that is called otherwise tomorrow is another object, and an empty one.
        let slug = Slug::parse("aozora").unwrap();
        let mailbox = Mailbox::of(&EmailAddress::parse("taro@aozora.example").unwrap());
        for (address, binding, name) in [
            (Address::of::<Tenant>(&slug), "TENANT", "aozora"),
            (Address::of::<Keyring>(&TheKeyring), "KEYRING", "keyring"),
            (Address::of::<MailBudget>(&mailbox), "MAIL_BUDGET", "share-56"),
        ] {
            assert_eq!((address.binding, address.name.as_str()), (binding, name));
        }
    }
}

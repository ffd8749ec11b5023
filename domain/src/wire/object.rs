//! Durable Objects as the rest of the service addresses them: which class, which one of it, and what it can be told.
//!
//! A route asks an object, an object's outbox tells another one; both name it by an [`Address`]. What an object does is
//! in the crate `objects`, and how the platform carries a command to it in the worker.

use core::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

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

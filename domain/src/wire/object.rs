//! How the rest of the service addresses Durable Objects: by class and name, with the commands that the class accepts.
//! Routes and objects' outboxes both send commands to an [`Address`]. The crate `objects` implements what the objects
//! do, and the worker carries the commands to them.

use core::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A class of objects.
pub trait Object {
    /// The binding of the class in the worker's environment.
    const BINDING: &'static str;
    /// The type of name that identifies one object of the class.
    type Name: Display;
    /// Any command to the class, in its wire form.
    type Command: Serialize + DeserializeOwned;
}

/// A command, with the class that handles it and the type of its reply.
pub trait Command: Into<<Self::To as Object>::Command> {
    /// The class that handles it.
    type To: Object;
    /// The reply to a successful command.
    type Reply: Serialize + DeserializeOwned;
}

/// The address of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The binding of the object's class.
    pub binding: &'static str,
    /// The object's name.
    pub name: String,
}

impl Address {
    /// The address of the object of class `O` named `name`.
    #[must_use]
    pub fn of<O: Object>(name: &O::Name) -> Self {
        Self {
            binding: O::BINDING,
            name: name.to_string(),
        }
    }
}

/// A serialised command with its recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The recipient.
    pub to: Address,
    /// The command as JSON.
    pub command: String,
}

impl Told {
    /// Addresses `command` to the object named `name`; `None` if it has no JSON form, which all our commands have.
    #[must_use]
    pub fn new<C: Command>(name: &<C::To as Object>::Name, command: C) -> Option<Self> {
        let command: <C::To as Object>::Command = command.into();
        Some(Self {
            to: Address::of::<C::To>(name),
            command: serde_json::to_string(&command).ok()?,
        })
    }
}

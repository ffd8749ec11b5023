//! What administrators do: each action of the panel and of its API, what it takes, and its answer. A file for each
//! resource declares its actions, with their input, and what they answer.
//!
//! An action arrives at the tenant's object as JSON, with the credential of whoever sends it. The object finds out who that
//! is, whether they may, and only then reads the input: one write, one answer.

#[macro_use]
mod declare;

pub mod accounts;
pub mod audit;
pub mod desk;
pub mod devices;
pub mod export;
pub mod inquiries;
pub mod lists;
pub mod mails;
pub mod me;
pub mod organizations;
pub mod overview;
pub mod passkeys;
pub mod policies;
pub mod questions;
pub mod registrations;
pub mod tokens;
pub mod users;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::console_session::SessionState;
use crate::right::Right;
#[cfg(feature = "openapi")]
use crate::schema::{self, NamedSchema, Schemas};
use crate::secret::{HashedSecret, PlainPersonalToken, PlainSessionToken};

/// What somebody shows with an action.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Credential {
    /// A browser's cookie.
    Session(PlainSessionToken),
    /// A personal access token.
    Token(PlainPersonalToken),
}

/// See [`crate::command::TenantCommand::Panel`].
#[derive(Clone, Serialize, Deserialize)]
pub struct Panel {
    /// Who asks.
    pub credential: Credential,
    /// The client's network address.
    pub client: String,
    /// An action's name.
    pub action: String,
    /// What goes with it, as it was sent: read where it is known what it must be.
    pub input: Box<RawValue>,
    /// The request's `Idempotency-Key`, hashed.
    pub idempotency_key: Option<HashedSecret>,
    /// Whether it is only asked if the action may be taken now: before what costs much is done for it.
    #[serde(default)]
    pub only_check: bool,
}

impl core::fmt::Debug for Panel {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Panel({})", self.action)
    }
}

/// An action's input, with what it answers and what the action is.
pub trait Act: DeserializeOwned {
    /// What is answered.
    type Reply: Serialize;
    /// What the action is.
    const ACTION: &'static Action;
    /// The name it travels under.
    const NAME: &'static str = Self::ACTION.name;
}

/// What an action is: what it takes, and what it leaves behind. Each is declared once, in the file of its resource.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// The name it travels under.
    pub name: &'static str,
    /// What it does.
    pub summary: &'static str,
    /// What it takes.
    pub right: Right,
    /// Whether the right it takes is another action's, which its input names: that one is checked when the input is read.
    pub deferred: bool,
    /// Whether it takes a password or a passkey given lately.
    pub fresh: bool,
    /// Whether its answer is kept under the request's `Idempotency-Key`, and given again where that comes twice.
    pub repeatable: bool,
    /// Whether it leaves nothing to do later: neither a delivery, nor an entry that waits for its signed head.
    pub quiet: bool,
    /// Whether it may change what the edge keeps copies of: the directory or the revocations.
    pub touches_copies: bool,
    /// Whether files may come with it, and its document be so large as they are.
    pub with_files: bool,
    /// The state of a session, besides the whole one, in which it may be taken.
    pub step_of: Option<SessionState>,
    /// Whether it may be taken in a session of any state, and while the tenant is suspended: to see so, and to leave.
    pub always: bool,
    /// The names of the entries in the audit log that it may leave, the usual one first. With none it leaves none.
    pub entries: &'static [&'static str],
    /// The schemas of its input and of its answer.
    #[cfg(feature = "openapi")]
    pub schemas: fn(&mut Schemas) -> (NamedSchema, NamedSchema),
}

impl Action {
    /// One that takes `right` and nothing else, and leaves no entry.
    const fn new(name: &'static str, right: Right) -> Self {
        Self {
            name,
            summary: "",
            right,
            deferred: false,
            fresh: false,
            repeatable: false,
            quiet: false,
            touches_copies: false,
            with_files: false,
            step_of: None,
            always: false,
            entries: &[],
            #[cfg(feature = "openapi")]
            schemas: undescribed,
        }
    }

    const fn deferred(mut self) -> Self {
        self.deferred = true;
        self
    }

    const fn fresh(mut self) -> Self {
        self.fresh = true;
        self
    }

    const fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    const fn reading(mut self) -> Self {
        self.quiet = true;
        self
    }

    const fn touching_copies(mut self) -> Self {
        self.touches_copies = true;
        self
    }

    const fn with_files(mut self) -> Self {
        self.with_files = true;
        self
    }

    const fn step_of(mut self, state: SessionState) -> Self {
        self.step_of = Some(state);
        self
    }

    const fn always(mut self) -> Self {
        self.always = true;
        self
    }

    const fn entering(mut self, entries: &'static [&'static str]) -> Self {
        self.entries = entries;
        self
    }

    /// Whether the state of a session lets it be taken; rights and freshness are checked besides.
    #[must_use]
    pub fn fits(&self, state: SessionState) -> bool {
        self.always || state == SessionState::SignedIn || self.step_of == Some(state)
    }

    /// The usual name of its entry in the audit log. Only an action that declares one compiles where it is asked
    /// (`Visitor::audit`); for others it is the action's own.
    #[must_use]
    pub const fn entry(&self) -> &'static str {
        match self.entries {
            [first, ..] => first,
            [] => self.name,
        }
    }
}

/// Every action, by resource.
const RESOURCES: [&[&Action]; 16] = [
    me::ACTIONS,
    passkeys::ACTIONS,
    tokens::ACTIONS,
    overview::ACTIONS,
    registrations::ACTIONS,
    questions::ACTIONS,
    devices::ACTIONS,
    organizations::ACTIONS,
    users::ACTIONS,
    accounts::ACTIONS,
    audit::ACTIONS,
    export::ACTIONS,
    policies::ACTIONS,
    inquiries::ACTIONS,
    desk::ACTIONS,
    mails::ACTIONS,
];

/// Every action.
pub fn actions() -> impl Iterator<Item = &'static Action> {
    RESOURCES.iter().copied().flatten().copied()
}

/// The action called `name`.
#[must_use]
pub fn described(name: &str) -> Option<&'static Action> {
    actions().find(|action| action.name == name)
}

#[cfg(feature = "openapi")]
fn undescribed(into: &mut Schemas) -> (NamedSchema, NamedSchema) {
    (schema::of::<()>(into), schema::of::<()>(into))
}

/// The schemas of an action. Its input is called as it travels: inputs of several resources share their types' names.
#[cfg(feature = "openapi")]
fn schemas_of<A>(into: &mut Schemas) -> (NamedSchema, NamedSchema)
where
    A: Act + utoipa::ToSchema,
    A::Reply: utoipa::ToSchema,
{
    let words = A::NAME.split('_');
    let name = words.flat_map(|word| {
        word.chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .chain(word.chars().skip(1))
    });
    ((name.collect(), schema::of::<A>(into).1), schema::of::<A::Reply>(into))
}

#[cfg(test)]
mod tests {
    use super::{actions, described};

    #[test]
    fn each_action_has_a_name_of_its_own() {
        for one in actions() {
            assert!(core::ptr::eq(described(one.name).unwrap(), one), "{}", one.name);
        }
    }

    #[test]
    fn what_leaves_an_entry_is_not_quiet() {
        for one in actions() {
            assert!(
                !one.quiet || (one.entries.is_empty() && !one.touches_copies),
                "{}",
                one.name
            );
        }
    }
}
